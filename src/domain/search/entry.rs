//! What an index has of a text.

use std::collections::BTreeSet;

use super::language::Language;
use super::tokens::Tokens;

/// With this begins what is no word of the text; no word has it.
const MARK: char = '§';

/// How many places of one word PostgreSQL keeps.
pub const PER_WORD: usize = 255;

/// What an index has of a text: its words in their order, and what else it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The words, in their order.
    pub tokens: Tokens,
    /// What else it is found by, each once: [`every`], what an apostrophe joins ([`whole`]), and of a
    /// text in a sure language [`in_language`] and the stems ([`stem`]) that differ from their words.
    pub others: BTreeSet<String>,
}

/// What every text is found by.
pub fn every() -> String {
    MARK.to_string()
}

/// What every text of a language is found by.
pub fn in_language(language: Language) -> String {
    format!("{MARK}{}", language.tag())
}

/// What texts of a language are found by that have a word with this stem which is not the stem.
pub fn stem(language: Language, stem: &str) -> String {
    format!("{MARK}{}{stem}", language.tag())
}

/// What texts of a time, however an index numbers times, are found by.
pub fn in_time(time: i64) -> String {
    format!("{MARK}@{time}")
}

/// What texts are found by that have these words joined by an apostrophe.
pub fn whole(whole: &str) -> String {
    format!("{MARK}{MARK}{whole}")
}

impl Entry {
    /// The entry of a text with this tag of a language (BCP 47).
    pub fn of(text: &str, tag: Option<&str>) -> Self {
        let tokens = Tokens::of(text);
        let mut others = BTreeSet::from([every()]);
        others.extend(tokens.joined().iter().map(|joined| whole(&joined.whole)));
        if let Some(language) = Language::of(tag, &tokens) {
            others.insert(in_language(language));
            for word in tokens.words() {
                let own = language.stem(word);
                if own != word {
                    others.insert(stem(language, &own));
                }
            }
        }
        Self { tokens, others }
    }

    /// Everything in one text, the words first.
    pub fn joined(&self) -> String {
        let mut joined = self.tokens.folded().to_owned();
        for other in &self.others {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(other);
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_has_words_stems_and_marks() {
        let entry = Entry::of("The talks", Some("en"));
        assert_eq!(entry.joined(), "the talks § §en §entalk");
        assert_eq!(Entry::of("l'Europe", None).joined(), "l europe § §§leurope");
        assert_eq!(Entry::of("?!", None).joined(), "§");
    }
}
