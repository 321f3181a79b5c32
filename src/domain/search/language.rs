//! Languages whose words have stems, and which of them a text surely is in.

use std::collections::HashMap;
use std::sync::LazyLock;

use waken_snowball::{Algorithm, stem};

use super::Tokens;

/// Function words of each language.
const FUNCTION_WORDS: &str = include_str!("../data/function_words.tsv");

/// How many different function words a text has at least whose language is sure, …
const SURE_WORDS: u32 = 2;
/// … and which part of its words they are at least.
const SURE_PART: usize = 6;

/// A language with a stemmer (<https://snowballstem.org>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(usize);

/// Their tags (BCP 47) and stemmers.
const LANGUAGES: [(&str, Algorithm); 15] = [
    ("en", Algorithm::English),
    ("de", Algorithm::German),
    // The other one takes `ge` from the beginning of words too.
    ("nl", Algorithm::DutchPorter),
    ("fr", Algorithm::French),
    ("es", Algorithm::Spanish),
    ("pt", Algorithm::Portuguese),
    ("it", Algorithm::Italian),
    ("ro", Algorithm::Romanian),
    ("sv", Algorithm::Swedish),
    ("da", Algorithm::Danish),
    ("no", Algorithm::Norwegian),
    ("fi", Algorithm::Finnish),
    ("hu", Algorithm::Hungarian),
    ("ru", Algorithm::Russian),
    ("tr", Algorithm::Turkish),
];

/// By function word: a bit for each language that has it.
static FUNCTIONS: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let mut words: HashMap<&str, u16> = HashMap::new();
    for line in FUNCTION_WORDS.lines() {
        let Some((tag, own)) = line.split_once('\t') else { continue };
        let Some(Language(number)) = Language::tagged(tag) else { continue };
        for word in own.split(' ') {
            *words.entry(word).or_default() |= 1 << number;
        }
    }
    words
});

impl Language {
    /// Every language.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LANGUAGES.len()).map(Self)
    }

    /// Its bit in a set of languages.
    pub fn bit(self) -> u32 {
        1 << self.0
    }

    /// The tag.
    pub fn tag(self) -> &'static str {
        LANGUAGES.get(self.0).map_or("", |(tag, _)| tag)
    }

    /// The language of a text: that of its tag, and where it has no tag that of which it is sure.
    pub fn of(tag: Option<&str>, tokens: &Tokens) -> Option<Self> {
        match tag {
            Some(tag) => Self::tagged(tag),
            None => Self::detected(tokens),
        }
    }

    /// The language of a tag (BCP 47), whatever its region.
    fn tagged(tag: &str) -> Option<Self> {
        let primary = match tag.split('-').next().unwrap_or_default() {
            "nb" | "nn" => "no",
            primary => primary,
        };
        LANGUAGES.iter().position(|(tag, _)| *tag == primary).map(Self)
    }

    /// The language whose function words a text has: several of them, not few among its words, and
    /// more than twice as many as of any other language. `None` where it is not as clear as that.
    fn detected(tokens: &Tokens) -> Option<Self> {
        let mut counts = [0_u32; LANGUAGES.len()];
        let mut seen: Vec<&str> = Vec::new();
        for word in tokens.words() {
            let Some(&languages) = FUNCTIONS.get(word) else { continue };
            if seen.contains(&word) {
                continue;
            }
            seen.push(word);
            for (number, count) in counts.iter_mut().enumerate() {
                *count += u32::from(languages >> number & 1);
            }
        }
        let (number, &best) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
        let next = counts.iter().enumerate().filter(|(other, _)| *other != number);
        let next = next.map(|(_, count)| *count).max().unwrap_or_default();
        // The function words of a long text repeat themselves, and are counted once.
        let enough = seen.len().saturating_mul(SURE_PART) >= tokens.len().min(60);
        (best >= SURE_WORDS && best > 2 * next && enough).then_some(Self(number))
    }

    /// The stem of a folded word, accents removed.
    pub fn stem(self, word: &str) -> String {
        match LANGUAGES.get(self.0) {
            Some((_, algorithm)) => stem(*algorithm, word).into_owned(),
            None => word.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn detected(text: &str) -> Option<&'static str> {
        Language::of(None, &Tokens::of(text)).map(Language::tag)
    }

    #[test]
    fn a_language_is_sure_or_not_said() {
        for (text, language) in [
            ("We can't wait until it's too late", Some("en")),
            ("Wir haben das nicht gewusst, und es ist zu spät", Some("de")),
            ("Nous ne savons pas ce que c'est", Some("fr")),
            ("El gobierno está muy bien y los ciudadanos lo saben", Some("es")),
            ("Мы не знаем, что это", Some("ru")),
            ("Vi kan ikke vente", None),
            ("Merkel", None),
            ("2017", None),
            ("die Macht", None),
        ] {
            assert_eq!(detected(text), language, "{text}");
        }
    }

    #[test]
    fn a_tag_decides_whatever_the_words() {
        let tokens = Tokens::of("the war and the peace");
        assert_eq!(Language::of(Some("de-AT"), &tokens).map(Language::tag), Some("de"));
        assert_eq!(Language::of(Some("nb"), &tokens).map(Language::tag), Some("no"));
        assert_eq!(Language::of(Some("zh-Hant"), &tokens), None);
    }

    #[test]
    fn words_of_one_stem_meet() {
        let english = Language::tagged("en").expect("it has a stemmer");
        assert_eq!(english.stem("negotiations"), english.stem("negotiate"));
        assert_ne!(english.stem("news"), english.stem("new"));
    }

    proptest! {
        #[test]
        fn a_stem_is_a_word(text in "([a-z]{1,12}|\\PC{1,8}|[а-я]{2,12}| )*") {
            for word in Tokens::of(&text).words() {
                for language in Language::all() {
                    let stem = language.stem(word);
                    // Whoever compares stems compares first letters first.
                    prop_assert!(stem.is_empty() || stem.chars().next() == word.chars().next());
                    prop_assert!(!stem.contains(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric()));
                }
            }
        }
    }
}
