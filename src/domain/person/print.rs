//! What stands around a printed speaker, and words that stand for nobody.

use super::name_key;
use super::vocabulary::{Class, is_given_name};
use crate::domain::organisation::{self, tsv::rows};
use crate::domain::role::words::MODIFIERS;
use std::borrow::Cow;
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

/// Writes what stands in the middle of a name as the grammar knows it: "Ada (Dolly) Quill" with
/// quotation marks, "Ada Quill, Jr." without the comma, a dash between spaces as a comma.
pub(super) fn straighten(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if let Some((before, rest)) = text.split_once(" (")
        && let Some((nickname, after)) = rest.split_once(") ")
        && after.starts_with(char::is_uppercase)
        && nickname.starts_with(char::is_uppercase)
        && before
            .split_whitespace()
            .chain([after])
            .all(|word| is_given_name(&name_key(word)) || word == after)
        && !nickname.contains([' ', '-'])
    {
        text = Cow::Owned(format!("{before} \"{nickname}\" {after}"));
    }
    for dash in [" - ", " \u{2013} "] {
        if text.contains(dash) {
            text = Cow::Owned(text.replacen(dash, ", ", 1));
        }
    }
    if let Some((name, rest)) = text.split_once(',') {
        let word = rest.split_whitespace().next().unwrap_or_default();
        let bare = word.trim_end_matches([',', '.']);
        if bare.starts_with(char::is_uppercase) && Class::Generation.has(&name_key(bare)) {
            text = Cow::Owned(format!("{}{rest}", name.trim_end()));
        }
    }
    text
}

/// Whether an extractor or a pronoun says that nobody is named.
pub(super) fn is_nobody(text: &str) -> bool {
    // "Speaker 1" and the like of transcripts.
    let numbered = text
        .rsplit_once([' ', '_'])
        .filter(|(_, end)| end.bytes().all(|b| b.is_ascii_digit()) || end.len() == 1);
    if let Some((word, _)) = numbered
        && ["speaker", "spk", "person", "unknown"].contains(&word.to_lowercase().as_str())
    {
        return true;
    }
    // "Q." and "A." of transcripts, and names that were blacked out.
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let first = letters.next();
    if letters.all(|c| Some(c) == first && matches!(c, 'x' | 'X')) && text.is_ascii() {
        return true;
    }
    if text.len() <= 24 && Class::Nobody.has(&name_key(text)) {
        return true;
    }
    if text.len() > 24 || is_acronym(text) {
        return false;
    }
    NOBODY.contains(text) || NOBODY.contains(text.to_lowercase().as_str())
}

/// "WHO", "US": organisations that are spelled like pronouns.
fn is_acronym(text: &str) -> bool {
    let capital = text.bytes().all(|byte| byte.is_ascii_uppercase());
    capital && matches!(organisation::read(text), organisation::Reading::Known(_))
}

/// A title without stray punctuation and single-spaced; its article stays as printed.
pub(super) fn tidy_title(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '(' | ')') || c.is_whitespace())
        .to_owned()
}
