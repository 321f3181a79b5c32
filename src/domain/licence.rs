//! Licences of articles: whether the text around a quotation may be repeated, and how much where it may
//! not.
//!
//! The quotation itself may always be shown: article 10 of the Berne Convention lets everybody quote
//! what was lawfully published, newspaper articles by name, with source and author. What stands around
//! it is not quoted for its own sake. It is shown whole where the licence lets everybody repeat it, and
//! else as a "very short extract", which article 15 (1) of Directive (EU) 2019/790 leaves free. The
//! directive has no number; we take that of the arbitration board at the German Patent and Trade Mark
//! Office, which proposed seven words (24 September 2015, Sch-Urh 13/14).

/// How many words of an article that does not allow more are shown on each side of a quotation.
pub const WORDS: usize = 7;
/// The same in Unicode scalar values, for scripts that do not part words.
pub const CHARACTERS: usize = 60;

/// Stands where an extract was cut.
const CUT: char = '…';

/// A licence that lets everybody repeat a text as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLicence {
    /// Where it can be read.
    pub address: String,
}

impl OpenLicence {
    /// The licence of these words, if they name one: `CC-BY-4.0`, `CC BY-SA 3.0 DE`, `CC0-1.0`, or an
    /// address of Creative Commons. Every other text is none, also those that forbid commercial use
    /// (NC): whether that is made of a page is not known here.
    pub fn of(licence: &str) -> Option<Self> {
        let lower = licence.trim().to_ascii_lowercase();
        let deed = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
        let path = deed.and_then(|rest| {
            rest.strip_prefix("www.").unwrap_or(rest).strip_prefix("creativecommons.org/")
        });
        let text = match path.and_then(|path| path.split_once('/')) {
            Some(("licenses", rest)) => format!("cc {rest}"),
            Some(("publicdomain", rest)) => format!("publicdomain {rest}"),
            _ if lower.contains('/') => return None,
            _ => lower,
        };
        // Behind the licence its address may tell who sent the reader, and in which language it is read.
        let text = text.split(['?', '#']).next().unwrap_or_default();
        let text = text.split("/deed").next().unwrap_or_default();
        let mut words = text.split(['-', ' ', '/', '_']).filter(|word| !word.is_empty());
        let terms = match words.next()? {
            "cc0" => "publicdomain/zero".to_owned(),
            "pdm" => "publicdomain/mark".to_owned(),
            "publicdomain" => match words.next()? {
                tool @ ("zero" | "mark") => format!("publicdomain/{tool}"),
                _ => return None,
            },
            "cc" => {
                let mut terms: Vec<&str> = Vec::new();
                let mut rest = words.clone();
                while let Some(term) = rest.next() {
                    if !matches!(term, "by" | "sa" | "nd") {
                        break;
                    }
                    terms.push(term);
                    words = rest.clone();
                }
                let known = matches!(terms[..], ["by"] | ["by", "sa"] | ["by", "nd"]);
                known.then(|| format!("licenses/{}", terms.join("-")))?
            }
            _ => return None,
        };
        let of_public_domain = terms.starts_with("publicdomain");
        let version = match words.next() {
            None if of_public_domain => "1.0",
            None => "4.0",
            Some("1.0") => "1.0",
            Some(version @ ("2.0" | "2.5" | "3.0" | "4.0")) if !of_public_domain => version,
            Some(_) => return None,
        };
        let port = match words.next() {
            None | Some("unported" | "generic" | "international" | "universal") => String::new(),
            // These were ported to no country's law: it is a language that is named.
            Some(port) if is_port(port) && (of_public_domain || version == "4.0") => String::new(),
            Some(port) if is_port(port) => format!("{port}/"),
            Some(_) => return None,
        };
        if words.next().is_some() {
            return None;
        }
        Some(Self { address: format!("https://creativecommons.org/{terms}/{version}/{port}") })
    }
}

/// Whether a word can be whose law a licence was ported to: a country's code, in which "NC" and the like
/// are none, since they are terms of licences.
fn is_port(word: &str) -> bool {
    let is_code = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    match word {
        "by" | "nc" | "nd" | "sa" => false,
        "igo" | "scotland" => true,
        _ => is_code,
    }
}

/// What may be shown of the text before a quotation: all of it, or its last words.
pub fn before(text: &str, open: bool) -> String {
    if open || fits(text) {
        return text.to_owned();
    }
    let from_word = text.trim_end().rmatch_indices(char::is_whitespace).nth(WORDS - 1);
    let from_character = text.char_indices().rev().nth(CHARACTERS - 1);
    let from = from_word.map_or(0, |(at, space)| at + space.len());
    let from = from.max(from_character.map_or(0, |(at, _)| at));
    format!("{CUT}{}", text[from..].trim_start())
}

/// What may be shown of the text behind a quotation: all of it, or its first words.
pub fn after(text: &str, open: bool) -> String {
    if open || fits(text) {
        return text.to_owned();
    }
    let words = text.trim_start();
    let skipped = text.len() - words.len();
    let to_word = words.match_indices(char::is_whitespace).nth(WORDS - 1);
    let to_character = text.char_indices().nth(CHARACTERS);
    let to = to_word.map_or(text.len(), |(at, _)| skipped + at);
    let to = to.min(to_character.map_or(text.len(), |(at, _)| at));
    format!("{}{CUT}", text[..to].trim_end())
}

/// Whether a text is a very short extract as it stands.
fn fits(text: &str) -> bool {
    text.split_whitespace().count() <= WORDS && text.chars().count() <= CHARACTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_that_lets_everybody_repeat_is_known_by_its_names() {
        for (named, address) in [
            ("CC0-1.0", "publicdomain/zero/1.0/"),
            ("cc0", "publicdomain/zero/1.0/"),
            ("CC-BY-4.0", "licenses/by/4.0/"),
            (" CC BY-SA 3.0 DE ", "licenses/by-sa/3.0/de/"),
            ("CC-BY-ND-4.0", "licenses/by-nd/4.0/"),
            ("CC BY", "licenses/by/4.0/"),
            ("CC0 1.0 Universal", "publicdomain/zero/1.0/"),
            ("CC BY 4.0 International", "licenses/by/4.0/"),
            ("CC BY 4.0 DE", "licenses/by/4.0/"),
            ("CC BY-SA 3.0 Unported", "licenses/by-sa/3.0/"),
            ("CC-BY-3.0-IGO", "licenses/by/3.0/igo/"),
            ("https://creativecommons.org/licenses/by/4.0/?ref=chooser-v1", "licenses/by/4.0/"),
            ("https://creativecommons.org/licenses/by/4.0/deed.de", "licenses/by/4.0/"),
            ("http://www.creativecommons.org/licenses/by-sa/2.5/", "licenses/by-sa/2.5/"),
            ("https://creativecommons.org/publicdomain/mark/1.0/", "publicdomain/mark/1.0/"),
        ] {
            let found = OpenLicence::of(named).map(|licence| licence.address);
            assert_eq!(found, Some(format!("https://creativecommons.org/{address}")), "{named}");
        }
    }

    #[test]
    fn everything_else_is_not_taken_for_one() {
        for named in [
            "",
            "CC-BY-NC-4.0",
            "CC BY-NC-SA",
            "CC",
            "CC-SA-1.0",
            "CC BY 4.0 NC",
            "CC BY 3.0 only",
            "CC0-4.0",
            "Mark",
            "zero",
            "CC-BY-9.0",
            "CC-BY-4.0 but not for you",
            "CC-BY-4.0 with exceptions for pictures",
            "All rights reserved",
            "MIT",
            "© 2021",
            "https://creativecommons.org.evil.example/licenses/by/4.0/",
            "https://news.example/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by-nc/4.0/",
        ] {
            assert_eq!(OpenLicence::of(named), None, "{named}");
        }
    }

    #[test]
    fn around_a_quotation_an_article_that_allows_no_more_is_shown_for_seven_words() {
        let text = "one two three four five six seven eight nine";
        assert_eq!(before(text, true), text);
        assert_eq!(before(text, false), "…three four five six seven eight nine");
        assert_eq!(before(&format!("{text} "), false), "…three four five six seven eight nine ");
        assert_eq!(after(text, false), "one two three four five six seven…");
        assert_eq!(after(&format!(", {text}"), false), ", one two three four five six…");
        assert_eq!((before("a “", false), after(".”", false)), ("a “".into(), ".”".into()));
    }

    #[test]
    fn scripts_that_do_not_part_words_are_cut_by_characters() {
        let text = "語".repeat(400);
        for shown in [before(&text, false), after(&text, false)] {
            assert_eq!(shown.chars().count(), CHARACTERS + 1, "{shown}");
        }
    }
}
