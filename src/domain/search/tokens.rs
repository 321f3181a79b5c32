//! A text cut into the words that search compares, each with its place in the print.

use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::domain::id::digest;
use crate::domain::text::is_apostrophe;
use crate::domain::verification::Words;

/// The longest word that is looked for as it is, in bytes; of a longer one its digest is. PostgreSQL
/// keeps no word above 2,046 bytes.
const LONGEST_WORD: usize = 512;

/// The words of a text as search compares them: those of [`crate::domain::text::words`], with accents
/// removed too, since people search without; of scripts that set no blanks each character. What an
/// apostrophe joins is cut there, so that "l'Europe" is found by what is behind it, and is known as a
/// whole too ([`Joined`]).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tokens {
    /// The words, each behind a blank.
    folded: String,
    list: Vec<Token>,
    joined: Vec<Joined>,
}

/// Words that an apostrophe joins: "it's" is "it" and "s", and as a whole "its"; of "don't" the cut is
/// that of the Penn treebank ("do", "n't"), so that nobody finds it who looks for Don.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Which of the words.
    pub words: Range<usize>,
    /// As one word.
    pub whole: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    fold: Range<usize>,
    at: Range<usize>,
}

impl Tokens {
    /// Cuts a text. What has no letter and no digit has no words.
    pub fn of(text: &str) -> Self {
        let folded = String::with_capacity(text.len() + 1);
        let mut tokens = Self { folded, ..Self::default() };
        if text.is_ascii() {
            tokens.cut_ascii(text);
            return tokens;
        }
        let words = Words::of(text);
        for (number, fold) in words.folds().enumerate() {
            if fold.contains(char::is_alphanumeric) {
                tokens.take(text, words.place(number), |out| plain(fold, out));
            }
        }
        tokens
    }

    /// Takes a word, or what an apostrophe joins in its print.
    fn take(&mut self, text: &str, at: Range<usize>, word: impl FnOnce(&mut String)) {
        let parts = text.get(at.clone()).map(parts).unwrap_or_default();
        let folded: Option<Vec<String>> = parts
            .iter()
            .map(|part| {
                let words = Words::of(text.get(at.start + part.start..at.start + part.end)?);
                let mut fold = String::new();
                plain(words.fold(0), &mut fold);
                (words.len() == 1 && fold.contains(char::is_alphanumeric)).then_some(fold)
            })
            .collect();
        let Some(folded) = folded.filter(|folded| !folded.is_empty()) else {
            return self.push(at, word);
        };
        let mut whole = String::new();
        word(&mut whole);
        shorten(&mut whole, 0);
        let first = self.list.len();
        for (part, fold) in parts.into_iter().zip(folded) {
            self.push(at.start + part.start..at.start + part.end, |out| out.push_str(&fold));
        }
        self.joined.push(Joined { words: first..self.list.len(), whole });
    }

    /// The common case, without a table look-up a character.
    fn cut_ascii(&mut self, print: &str) {
        let text = print.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let start = at;
            let mut end = start;
            while let Some(&byte) = text.get(at) {
                let next = text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
                if byte.is_ascii_alphanumeric() {
                    end = at + 1;
                } else if !(end > start && is_apostrophe(char::from(byte)) && next) {
                    break;
                }
                at += 1;
            }
            if end > start {
                let word = text[start..end].iter().filter(|byte| byte.is_ascii_alphanumeric());
                let is_joined = word.clone().count() < end - start;
                let fold = |out: &mut String| {
                    out.extend(word.map(|byte| char::from(byte.to_ascii_lowercase())));
                };
                match is_joined {
                    true => self.take(print, start..end, fold),
                    false => self.push(start..end, fold),
                }
            } else {
                at += 1;
            }
        }
    }

    fn push(&mut self, at: Range<usize>, word: impl FnOnce(&mut String)) {
        if !self.folded.is_empty() {
            self.folded.push(' ');
        }
        let start = self.folded.len();
        word(&mut self.folded);
        shorten(&mut self.folded, start);
        self.list.push(Token { fold: start..self.folded.len(), at });
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The words, joined by blanks.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The words in their order.
    pub fn words(&self) -> impl Iterator<Item = &str> + Clone {
        self.list.iter().map(|token| &self.folded[token.fold.clone()])
    }

    /// What apostrophes join, in order.
    pub fn joined(&self) -> &[Joined] {
        &self.joined
    }

    /// The words in their order, what an apostrophe joins as one.
    pub fn wholes(&self) -> Vec<&str> {
        let mut wholes = Vec::with_capacity(self.list.len());
        let mut next = 0;
        for joined in &self.joined {
            wholes.extend((next..joined.words.start).map(|number| self.word(number)));
            wholes.push(&joined.whole);
            next = joined.words.end;
        }
        wholes.extend((next..self.list.len()).map(|number| self.word(number)));
        wholes
    }

    /// A word; nothing behind the last one.
    pub fn word(&self, number: usize) -> &str {
        self.list.get(number).map_or("", |token| &self.folded[token.fold.clone()])
    }

    /// The bytes of a word in the text as given; nothing behind the last one.
    pub fn place(&self, number: usize) -> Range<usize> {
        self.list.get(number).map_or(0..0, |token| token.at.clone())
    }
}

/// Puts the digest of a word that is too long in its place; it begins at `start`.
fn shorten(word: &mut String, start: usize) {
    if word.len() > start + LONGEST_WORD {
        let long = word.split_off(start);
        let digest = u128::from_be_bytes(digest(&[long.as_bytes()]));
        word.push_str(&format!("{digest:032x}"));
    }
}

/// The parts of a printed word that its apostrophes join, in bytes; none where there is only one.
fn parts(print: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, mark) in print.char_indices().filter(|(_, c)| is_apostrophe(*c)) {
        let behind = at + mark.len_utf8();
        let is_not = matches!(&print[behind..], "t" | "T") && print[..at].ends_with(['n', 'N']);
        let (end, next) = if is_not { (at - 1, at - 1) } else { (at, behind) };
        if end > start {
            parts.push(start..end);
            start = next;
        }
    }
    if start > 0 {
        parts.push(start..print.len());
    }
    parts
}

/// A folded word without what people leave away when they search: accents on Latin and Greek letters,
/// stress marks on Cyrillic ones, points of Hebrew and Arabic. What is a letter of its own stays (й).
fn plain(word: &str, out: &mut String) {
    let start = out.len();
    let mut base = ' ';
    for character in word.chars() {
        match character {
            'a'..='z' | '0'..='9' => {
                base = character;
                out.push(character);
            }
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}'
                if is_combining_mark(character) => {}
            '\u{300}'..='\u{36f}' if loses_marks(base) => {}
            '\u{300}' | '\u{301}' if is_cyrillic(base) => {}
            _ => {
                let mut first = None;
                decompose_canonical(character, |part| {
                    first.get_or_insert(part);
                });
                base = first.unwrap_or(character);
                out.push(if loses_marks(base) { base } else { character });
            }
        }
    }
    if out.len() == start {
        out.push_str(word);
    }
}

fn loses_marks(base: char) -> bool {
    matches!(base, 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

fn is_cyrillic(base: char) -> bool {
    matches!(base, '\u{400}'..='\u{52f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        Tokens::of(text).wholes().join(" ")
    }

    #[test]
    fn what_is_typed_is_found_in_what_is_printed() {
        for (printed, typed) in [
            ("\u{201c}Wait until it\u{2019}s too late\u{201d}", "wait until its TOO late"),
            ("St\u{e9}phane \u{2014} Dujarric", "Stephane Dujarric"),
            ("Ste\u{301}phane", "st\u{e9}phane"),
            ("Gda\u{144}sk, \u{141}\u{f3}d\u{17a}", "gdansk lodz"),
            ("STRASSE \u{fb01}n", "stra\u{df}e fin"),
            ("Αθήνα", "αθηνα"),
            ("short\u{a0}-\u{a0}term\u{200b}", "short-term"),
        ] {
            assert_eq!(folded(printed), folded(typed), "{printed}");
        }
        assert_ne!(folded("йод"), folded("иод"));
        assert_eq!(folded("我们 ok"), "我 们 ok");
        assert_eq!(folded("?! …"), "");
    }

    #[test]
    fn an_apostrophe_joins_words() {
        for (print, words, wholes) in [
            ("l\u{2019}Europe", "l europe", "leurope"),
            ("Trump's", "trump s", "trumps"),
            ("O'Brien's", "o brien s", "obriens"),
            ("Don't", "do nt", "dont"),
            ("do n't", "do nt", "do nt"),
            ("won\u{2019}t WON'T", "wo nt wo nt", "wont wont"),
            ("rock 'n' roll", "rock n roll", "rock n roll"),
            ("aujourd\u{2019}hui \u{e9}t\u{e9}", "aujourd hui ete", "aujourdhui ete"),
        ] {
            let tokens = Tokens::of(print);
            assert_eq!((tokens.folded(), tokens.wholes().join(" ").as_str()), (words, wholes));
        }
        let tokens = Tokens::of("\u{e0} l\u{2019}Europe");
        assert_eq!(&"\u{e0} l\u{2019}Europe"[tokens.place(2)], "Europe");
    }

    proptest! {
        #[test]
        fn one_word_for_each_word_of_verification(print in any::<String>()) {
            let words = Words::of(&print);
            let count = words.folds().filter(|fold| fold.contains(char::is_alphanumeric)).count();
            let tokens = Tokens::of(&print);
            prop_assert_eq!(tokens.wholes().len(), count);
            prop_assert!(tokens.words().all(|word| !word.is_empty() && !word.contains(' ')));
        }

        #[test]
        fn ascii_takes_no_other_rule(print in "[ -~]{0,60}") {
            let general = Words::of(&print);
            let words: Vec<_> = general.folds().filter(|f| f.contains(char::is_alphanumeric)).collect();
            let tokens = Tokens::of(&print);
            prop_assert_eq!(tokens.wholes(), words);
            for number in 0..tokens.len() {
                prop_assert_eq!(text::words(&print[tokens.place(number)]), tokens.word(number));
            }
        }
    }
}
