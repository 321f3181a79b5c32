//! What stands around a printed speaker, and words that stand for nobody.

use crate::domain::organisation::tsv::rows;
use crate::domain::role::words::MODIFIERS;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words for nobody, and pronouns.
static NOBODY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    rows(MODIFIERS)
        .filter(|row| matches!(row.column(0), "NOBODY" | "PRONOUN"))
        .flat_map(|row| row.values(1).map(|(_, text)| text).collect::<Vec<_>>())
        .collect()
});

/// Takes stray punctuation off; a bracket only where it has no counterpart inside, or both
/// stand around the whole.
pub(super) fn trim(printed: &str) -> &str {
    const STRAY: [char; 8] = [',', ';', ':', '"', '\u{201c}', '\u{201d}', '\u{2013}', '\u{2014}'];
    let mut text = printed;
    loop {
        let stray = |c: char| STRAY.contains(&c) || c == '-' || c.is_whitespace();
        text = text.trim_matches(stray);
        let (opened, closed) = (text.matches('(').count(), text.matches(')').count());
        text = match (text.strip_prefix('('), text.strip_suffix(')')) {
            (Some(rest), None) => rest,
            (Some(_), Some(_)) if opened == 1 && closed == 1 => &text[1..text.len() - 1],
            (None, Some(rest)) if closed > opened => rest,
            _ => match text.strip_suffix('(') {
                Some(rest) => rest,
                None => return text,
            },
        };
    }
}

/// Whether an extractor or a pronoun says that nobody is named.
pub(super) fn is_nobody(text: &str) -> bool {
    // "Speaker 1" and the like of transcripts.
    let numbered =
        text.rsplit_once([' ', '_']).filter(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()));
    if let Some((word, _)) = numbered
        && ["speaker", "spk", "person", "unknown"].contains(&word.to_lowercase().as_str())
    {
        return true;
    }
    text.len() <= 24 && (NOBODY.contains(text) || NOBODY.contains(text.to_lowercase().as_str()))
}

/// A title without stray punctuation and single-spaced; its article stays as printed.
pub(super) fn tidy_title(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '(' | ')') || c.is_whitespace())
        .to_owned()
}
