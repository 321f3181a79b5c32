//! Who is quoted, where an article says so plainly beside a quotation: `"…," said Bob Stone` and
//! `Bob Stone said: "…"`.

use std::ops::Range;

use super::narrative::SAYING;
use crate::domain::attribution;

/// Words that may follow a name, and are no part of it.
const BEHIND: &[&str] = &[
    "on",
    "in",
    "at",
    "during",
    "after",
    "before",
    "to",
    "from",
    "of",
    "when",
    "while",
    "as",
    "who",
    "and",
    "but",
    "told",
    "late",
    "earlier",
    "yesterday",
    "today",
];

/// Titles that end in a point which ends no sentence.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "st", "rev", "hon"];

/// The printed name, with its titles, of the one person to whom the words beside a quotation, given by
/// its bytes without the marks, say that it belongs.
pub fn said_by(text: &str, quotation: &Range<usize>) -> Option<String> {
    let behind = text.get(quotation.end..)?;
    let behind = behind.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '\n');
    behind_it(sentence(behind)).or_else(|| before_it(text.get(..quotation.start)?))
}

/// "said Bob Stone on Monday", "Bob Stone said".
fn behind_it(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let at = words.iter().take(8).position(|word| is_saying(word))?;
    if at > 0 {
        return person(&words[..at]);
    }
    let rest = &words[1..];
    let comma = rest.iter().position(|word| word.ends_with(',')).map_or(rest.len(), |at| at + 1);
    let end = rest.iter().position(|word| BEHIND.contains(word)).unwrap_or(rest.len());
    person(&rest[..comma.min(end)])
}

/// "Bob Stone said: ", "Bob Stone, the mayor, said that ".
fn before_it(head: &str) -> Option<String> {
    let head = head.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n');
    let start = head.char_indices().rfind(|(at, c)| ends(head, *at, *c));
    let sentence = &head[start.map_or(0, |(at, c)| at + c.len_utf8())..];
    let mut words: Vec<&str> = sentence.split_whitespace().collect();
    if words.last() == Some(&"that") {
        words.pop();
    }
    is_saying(words.pop()?).then_some(())?;
    person(&words)
}

fn is_saying(word: &str) -> bool {
    SAYING.contains(&word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
}

/// The words, if they name one person and nobody else.
fn person(words: &[&str]) -> Option<String> {
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    attribution::split(name).speaker.map(|_| name.to_owned())
}

/// What stands before the end of the sentence, or before the next quotation.
fn sentence(text: &str) -> &str {
    let end = text.char_indices().find(|(at, c)| ends(text, *at, *c));
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Whether a sentence ends here. "J. Stone" and "Mr. Stone" go on.
fn ends(text: &str, at: usize, character: char) -> bool {
    match character {
        '!' | '?' | ';' | '\n' | '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => true,
        '.' => {
            let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let is_initial = word.chars().count() == 1;
            !is_initial && !TITLES.contains(&word.to_lowercase().as_str())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quotation_marks::quotations;

    #[test]
    fn who_is_quoted_stands_beside_it() {
        for (text, who) in [
            ("\"We go home now,\" said Bob Stone.", Some("Bob Stone")),
            ("\"We go home now,\" said Mr. Stone on Monday.", Some("Mr. Stone")),
            ("\"We go home now,\" Mayor Bob J. Stone said.", Some("Mayor Bob J. Stone")),
            ("It rained. Bob Stone said: \"We go home now.\"", Some("Bob Stone")),
            ("\"It rains,\" said Ada Quill. \"We go home now.\"", Some("Ada Quill")),
            ("\"We go home now,\" he said.", None),
            ("He added: \"We go home now.\"", None),
            ("\"We go home now.\" Bob Stone was not there.", None),
            ("They called Bob Stone a \"man of the storm\".", None),
        ] {
            let place = quotations(text).remove(0);
            assert_eq!(said_by(text, &place).as_deref(), who, "{text}");
        }
    }
}
