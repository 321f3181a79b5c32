//! Printed text: what may be stored, and the folded form in which equal words are equal.

use std::borrow::Cow;

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// Why a printed text is refused. The message is for the person who mends the row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing, or what shows nothing.
    #[error("is empty")]
    Empty,
    /// NUL and other control characters save tab and line ends.
    #[error("holds the control character U+{:04X} at character {at}", *.character as u32)]
    Control {
        /// The character found.
        character: char,
        /// Its place, in Unicode scalar values from 0.
        at: usize,
    },
    /// Bidirectional overrides and isolates, which can make a page show other words than stored.
    #[error("holds the bidirectional control U+{:04X} at character {at}", *.character as u32)]
    Bidirectional {
        /// The character found.
        character: char,
        /// Its place, in Unicode scalar values from 0.
        at: usize,
    },
    /// Tag characters (U+E0000 to U+E007F), invisible and used to smuggle text.
    #[error("holds the invisible tag character U+{:04X} at character {at}", *.character as u32)]
    Tag {
        /// The character found.
        character: char,
        /// Its place, in Unicode scalar values from 0.
        at: usize,
    },
    /// Longer than the limit.
    #[error("is {found} characters long, the limit is {limit}")]
    TooLong {
        /// Length found, in Unicode scalar values.
        found: usize,
        /// The limit, in Unicode scalar values.
        limit: usize,
    },
}

/// The text as stored: Unicode form NFC and nothing else changed, or the reason why not.
pub fn stored(text: &str, limit: usize) -> Result<String, Refused> {
    if text.chars().all(|c| c.is_whitespace() || is_zero_width(c)) {
        return Err(Refused::Empty);
    }
    let mut length = 0;
    for (at, character) in text.chars().enumerate() {
        length = at + 1;
        if let Some(refused) = deceives(character, at) {
            return Err(refused);
        }
    }
    if length > limit {
        return Err(Refused::TooLong { found: length, limit });
    }
    Ok(if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.to_owned()
    } else {
        text.nfc().collect()
    })
}

/// Why a character may not be stored; `None` for those that may.
fn deceives(character: char, at: usize) -> Option<Refused> {
    match character {
        '\t' | '\n' | '\r' => None,
        _ if character.is_control() => Some(Refused::Control { character, at }),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some(Refused::Bidirectional { character, at })
        }
        '\u{E0000}'..='\u{E007F}' => Some(Refused::Tag { character, at }),
        _ => None,
    }
}

/// A text with every character that may not be stored replaced by U+FFFD, which shows that
/// something stood there; and why the first of them may not. For corpora that nobody can mend at
/// the source: their debris must neither cost the row nor reach a page.
pub fn mended(text: &str) -> (Cow<'_, str>, Option<Refused>) {
    let mut found = text.chars().enumerate().filter_map(|(at, c)| deceives(c, at));
    let Some(first) = found.next() else { return (Cow::Borrowed(text), None) };
    let mend = |c| if deceives(c, 0).is_some() { char::REPLACEMENT_CHARACTER } else { c };
    (Cow::Owned(text.chars().map(mend).collect()), Some(first))
}

/// The words of a text, folded: equal results mean "the same words".
///
/// Case, punctuation, quotation marks, dashes, brackets, white space, zero-width characters and
/// Unicode form do not count; a dash separates; an apostrophe between two letters joins (`don't`
/// = `dont`). Accents do count: they make other words in many languages. The rule is that of the
/// verification guide (`data/verify/README.md`). A text without a single word character folds to
/// itself, so that "?!" is not equal to "…".
pub fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        fold_ascii(text.as_bytes(), &mut out);
    } else {
        // NFKC would make the acute accent that stands for an apostrophe a space and a mark; the Greek
        // one is that accent in form NFC.
        let is_accent = |c| matches!(c, '\u{00B4}' | '\u{1FFD}');
        // Nor may what nobody sees stand between a letter and its mark.
        let seen = text.chars().filter(|c| !is_zero_width(*c));
        let straightened = seen.map(|c| if is_accent(c) { '\'' } else { c });
        let folded: Vec<char> =
            straightened.nfkc().default_case_fold().nfkc().filter(|c| !is_zero_width(*c)).collect();
        let mut pending_gap = true;
        for (at, &character) in folded.iter().enumerate() {
            // A mark belongs to the letter before it; without one it shows nothing.
            if character.is_alphanumeric() || is_combining_mark(character) && !pending_gap {
                if pending_gap && !out.is_empty() {
                    out.push(' ');
                }
                pending_gap = false;
                out.push(character);
            } else if !(is_apostrophe(character)
                && !pending_gap
                && folded.get(at + 1).is_some_and(|next| next.is_alphanumeric()))
            {
                pending_gap = true;
            }
        }
    }
    if out.is_empty() { text.trim().nfc().collect() } else { out }
}

/// [`words`] for the common case, without a table look-up a character.
fn fold_ascii(text: &[u8], out: &mut String) {
    let mut pending_gap = true;
    for (at, &byte) in text.iter().enumerate() {
        if byte.is_ascii_alphanumeric() {
            if pending_gap && !out.is_empty() {
                out.push(' ');
            }
            pending_gap = false;
            out.push(byte.to_ascii_lowercase() as char);
        } else if !(matches!(byte, b'\'' | b'`')
            && !pending_gap
            && text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric))
        {
            pending_gap = true;
        }
    }
}

/// Apostrophes and what is typed for them.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{2032}' | '`')
}

/// Characters that show nothing and separate nothing.
pub(super) fn is_zero_width(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
            | '\u{FE00}'..='\u{FE0F}'
    )
}

/// Orders spellings of one folded name, best first, by a total order: two imports in either order
/// then show the same spelling. Mixed case stands before all-lower and all-upper.
pub fn spelling_rank(name: &str) -> String {
    format!("{}{name}", case_class(name))
}

/// The same of a person's name, in which a word of three letters and more that shouts is no acronym:
/// "Ada Quill" before "Ada QUILL". Then single blanks stand before others.
pub fn name_rank(name: &str) -> String {
    let shouts = |word: &&str| {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        letters().count() > 2 && letters().all(char::is_uppercase)
    };
    let shouting = name.split_whitespace().filter(shouts).count().min(9);
    let spaced = name.split(' ').any(|word| word.is_empty() || word.contains(char::is_whitespace));
    format!("{}{shouting}{}{name}", case_class(name), u8::from(spaced))
}

fn case_class(name: &str) -> char {
    let upper = name.chars().any(char::is_uppercase);
    let lower = name.chars().any(char::is_lowercase);
    match (upper, lower) {
        (true, true) => '0',
        (false, _) => '1',
        (true, false) => '2',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn in_its_stored_form_no_character_folds_otherwise() {
        for character in '\u{80}'..=char::MAX {
            let print = format!("a{character}b");
            let stored: String = print.nfc().collect();
            assert!(stored == print || words(&stored) == words(&print), "{character:?}");
        }
    }

    #[test]
    fn typography_does_not_count() {
        let same = [
            "We don't know -- yet.",
            "\u{201C}We don\u{2019}t know\u{2014}yet\u{201D}",
            "we dont know yet",
            "WE DON`T KNOW [YET]",
            "we d\u{200B}on't know, yet",
        ];
        for text in same {
            assert_eq!(words(text), "we dont know yet", "{text}");
        }
    }

    #[test]
    fn case_folds_fully_and_accents_stay() {
        assert_eq!(words("STRASSE"), words("Straße"));
        assert_ne!(words("pêche"), words("peche"));
    }

    #[test]
    fn marks_alone_stay_apart() {
        assert_ne!(words("?!"), words("…"));
    }

    #[test]
    fn what_could_deceive_is_refused() {
        assert_eq!(stored("  ", 10), Err(Refused::Empty));
        assert!(matches!(stored("a\0b", 10), Err(Refused::Control { at: 1, .. })));
        assert!(matches!(stored("a\u{202E}b", 10), Err(Refused::Bidirectional { .. })));
        assert!(matches!(stored("a\u{E0041}", 10), Err(Refused::Tag { .. })));
        assert_eq!(stored("abc", 2), Err(Refused::TooLong { found: 3, limit: 2 }));
        assert_eq!(stored("e\u{301}", 2), Ok("é".to_owned()));
    }

    #[test]
    fn debris_is_mended_visibly() {
        let (text, first) = mended("on \u{92}notice\u{202D}");
        assert_eq!(text, "on \u{FFFD}notice\u{FFFD}");
        assert!(matches!(first, Some(Refused::Control { at: 3, .. })));
        assert_eq!(mended("plain").1, None);
    }

    #[test]
    fn the_quiet_spelling_is_the_best() {
        let best_first =
            ["Ada Quill", "Ada  Quill", "Ada QUILL", "Ada  QUILL", "ada quill", "ADA QUILL"];
        assert!(best_first.is_sorted_by_key(|name| name_rank(name)));
        assert!(spelling_rank("NATO spokesman") < spelling_rank("Nato spokesman"));
    }

    proptest! {
        #[test]
        fn what_is_mended_can_be_stored(text in any::<String>()) {
            let whole = format!("a{text}");
            prop_assert!(stored(&mended(&whole).0, usize::MAX).is_ok());
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = words(&text);
            prop_assert_eq!(words(&once), once);
        }

        #[test]
        fn ascii_takes_no_other_rule(text in "[ -~]{0,60}") {
            // A trailing é forces the general path; its word is then cut off again.
            let general = words(&format!("{text} é"));
            let general = general.strip_suffix("é").unwrap_or(&general).trim_end();
            if text.bytes().any(|b| b.is_ascii_alphanumeric()) {
                prop_assert_eq!(words(&text), general);
            }
        }
    }
}
