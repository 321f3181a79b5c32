//! Words that carry the meaning of a statement: negations, modal verbs, numbers and names.
//!
//! Taken literally, as the verification guide does: a word of one of these kinds that was added,
//! dropped or changed, whether or not the sentence now says something else. English first; the
//! commonest negations and numbers of German, French and Spanish where they are no English words.

use std::ops::Range;

use super::number::numbers;
use super::words::Words;
use crate::domain::organisation::{self, Reading};
use crate::domain::person::is_given_name;
use crate::domain::text::is_apostrophe;

/// A text with its words, and whether its capitals tell names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Print<'a> {
    pub text: &'a str,
    pub words: &'a Words,
    capitals: bool,
}

/// What some words carry, each kind in an order in which equal sets are equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub negations: Vec<&'static str>,
    pub modals: Vec<&'static str>,
    pub numbers: Vec<String>,
    pub names: Vec<String>,
}

const NEGATIONS: &[&str] = &[
    "not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without",
    "hardly", "scarcely", "barely", "non", // German, French, Spanish:
    "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "niemand",
    "nichts", "weder", "ohne", "ne", "pas", "jamais", "rien", "aucun", "aucune", "sans", "ni",
    "nunca", "jamás", "nada", "nadie", "tampoco", "ningún", "ninguno", "ninguna",
];

const MODALS: &[&str] =
    &["will", "would", "shall", "should", "can", "could", "may", "might", "must", "ought"];

/// What "n't" is put to, folded, and the modal in it.
const SHORTENED: &[(&str, Option<&str>)] = &[
    ("isnt", None),
    ("arent", None),
    ("wasnt", None),
    ("werent", None),
    ("aint", None),
    ("dont", None),
    ("doesnt", None),
    ("didnt", None),
    ("hasnt", None),
    ("havent", None),
    ("hadnt", None),
    ("neednt", None),
    ("darent", None),
    ("wont", Some("will")),
    ("wouldnt", Some("would")),
    ("shant", Some("shall")),
    ("shouldnt", Some("should")),
    ("cant", Some("can")),
    ("cannot", Some("can")),
    ("couldnt", Some("could")),
    ("maynt", Some("may")),
    ("mightnt", Some("might")),
    ("mustnt", Some("must")),
    ("oughtnt", Some("ought")),
    // As the tokenisers of some extractors cut it: "do n't".
    ("nt", None),
];

/// Modals before an "n't" that was cut off: "ca n't".
const CUT_OFF: &[(&str, &str)] = &[("ca", "can"), ("wo", "will"), ("sha", "shall")];

impl<'a> Print<'a> {
    pub fn of(text: &'a str, words: &'a Words) -> Self {
        // In a headline or a shout, and where nothing has one, a capital tells no name.
        let capital = |at: &usize| text[words.place(*at)].starts_with(char::is_uppercase);
        let small = |at: &usize| words.fold(*at).chars().count() < 4;
        let longer = (0..words.len()).filter(|at| !small(at));
        let (all, capitals) = longer
            .fold((0, 0), |(all, capitals), at| (all + 1, capitals + usize::from(capital(&at))));
        let capitals = all < 4 || capitals * 10 < all * 6;
        Self { text, words, capitals }
    }

    /// What is carried by the words of a stretch that are not left out.
    pub fn meaning(&self, stretch: Range<usize>, left_out: impl Fn(usize) -> bool) -> Meaning {
        let mut found = Meaning::default();
        let kept: Vec<usize> = stretch.filter(|at| !left_out(*at)).collect();
        for at in kept.iter().copied() {
            let fold = self.words.fold(at);
            found.negations.extend(NEGATIONS.iter().find(|word| **word == fold));
            if let Some((_, modal)) = SHORTENED.iter().find(|(word, _)| *word == fold) {
                found.negations.push("not");
                found.modals.extend(modal);
            }
            if self.is_name(at) {
                found.names.push(fold.to_owned());
            } else {
                found.modals.extend(self.modal(at));
            }
        }
        found.numbers = numbers(self.text, self.words, &kept);
        found.negations.sort_unstable();
        found.modals.sort_unstable();
        found.numbers.sort_unstable();
        found.names.sort_unstable();
        found
    }

    /// Whether a word denies: "no", "don't".
    pub fn is_negation(&self, at: usize) -> bool {
        !self.meaning(at..at + 1, |_| false).negations.is_empty()
    }

    /// The modal verb that a word is or ends in ("we'll").
    fn modal(&self, at: usize) -> Option<&'static str> {
        let fold = self.words.fold(at);
        if let Some(modal) = MODALS.iter().find(|modal| **modal == fold) {
            return Some(modal);
        }
        if let Some((_, modal)) = CUT_OFF.iter().find(|(word, _)| *word == fold) {
            return (self.words.fold(at + 1) == "nt").then_some(*modal);
        }
        let print = &self.text[self.words.place(at)];
        let is_shortened = |end: &str| {
            let head = print.len().checked_sub(end.len()).and_then(|at| print.get(..at));
            fold.ends_with(end) && head.is_some_and(|head| head.ends_with(is_apostrophe))
        };
        match () {
            () if is_shortened("ll") => Some("will"),
            () if is_shortened("d") => Some("would"),
            () => None,
        }
    }

    /// A word with a capital where a sentence does not begin, and not "I"; where one begins, a listed
    /// place or body ("Kabul"), or a given name before another name.
    pub fn is_name(&self, at: usize) -> bool {
        self.has_capital(at)
            && !matches!(self.words.fold(at), "i" | "im" | "id" | "ill" | "ive")
            && (!self.begins_sentence(at) || self.is_known(at))
    }

    pub fn has_capital(&self, at: usize) -> bool {
        let print = self.text.get(self.words.place(at)).unwrap_or_default();
        self.capitals && print.starts_with(char::is_uppercase)
    }

    /// Whether a word is known as a name. Short ones are other words too ("Who", "Us").
    fn is_known(&self, at: usize) -> bool {
        let fold = self.words.fold(at);
        let print = self.text.get(self.words.place(at)).unwrap_or_default();
        let is_word = MODALS.contains(&fold) || NEGATIONS.contains(&fold) || fold.len() < 4;
        let next = at + 1;
        let is_before_name =
            || next < self.words.len() && self.has_capital(next) && !self.begins_sentence(next);
        !is_word
            && (matches!(organisation::read(print), Reading::Known(_))
                || is_given_name(fold) && is_before_name())
    }

    pub fn begins_sentence(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let gap = self.words.place(before).end..self.words.place(at).start;
        self.text.get(gap).is_some_and(|gap| {
            gap.contains(['.', '!', '?', '…', ':', '"', '“', '„', '‘', '`', '«', '\n'])
                && !self.is_initial(before)
        })
    }

    /// "J." of "J. Quill" ends no sentence.
    fn is_initial(&self, at: usize) -> bool {
        let print = &self.text[self.words.place(at)];
        print.chars().count() == 1 && print.starts_with(char::is_uppercase) && print != "I"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(text: &str) -> Meaning {
        let words = Words::of(text);
        Print::of(text, &words).meaning(0..words.len(), |_| false)
    }

    #[test]
    fn a_shortened_word_carries_what_the_long_one_does() {
        for (short, long) in [
            ("we won't go", "we will not go"),
            ("they can\u{2019}t", "they can not"),
            ("she'll say", "she will say"),
            ("we don't", "we do not"),
            ("it cannot be", "it can't be"),
            ("we ca n't go", "we can't go"),
            ("they do n't", "they don't"),
        ] {
            assert_eq!(meaning(short), meaning(long), "{short}");
        }
        assert_ne!(meaning("we can't"), meaning("we don't"));
        assert_eq!(meaning("a well is ill"), Meaning::default());
    }

    #[test]
    fn capitals_tell_names_inside_sentences() {
        assert_eq!(meaning("The storm that I saw in Dorvat. It went on").names, ["dorvat"]);
        assert_eq!(meaning("Kabul fell to them at night").names, ["kabul"]);
        assert_eq!(meaning("Storms fell upon them at night").names, Vec::<String>::new());
        assert!(meaning("THE STORM THAT WE SAW IN DORVAT WENT ON").names.is_empty());
        assert!(meaning("The Storm That We Have Seen In Dorvat Went On").names.is_empty());
        assert_eq!(meaning("in May it may rain").modals, ["may"]);
    }
}
