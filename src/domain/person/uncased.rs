//! Names in scripts without case.

use super::vocabulary::UNCASED_OFFICES;

/// Whether all letters are of scripts without case.
pub(super) fn is_uncased(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && !letters.any(|c| c.is_lowercase() || c.is_uppercase())
}

/// A name in a script without case: two to four Han characters or Korean syllables, else two to
/// four words, none of them an office.
pub(super) fn is_uncased_name(text: &str) -> bool {
    if text.chars().any(char::is_numeric)
        || UNCASED_OFFICES
            .iter()
            .any(|word| text.starts_with(word) && word.chars().count() > 1 || text.ends_with(word))
    {
        return false;
    }
    let words = text
        .split([' ', '\u{a0}', '\u{30fb}', '\u{b7}', '\u{ff65}'])
        .filter(|word| !word.is_empty())
        .count();
    let dense = text.chars().any(|c| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
    });
    match words {
        1 => dense && (2..=4).contains(&text.chars().count()),
        2..=4 => text.chars().count() <= 40,
        _ => false,
    }
}
