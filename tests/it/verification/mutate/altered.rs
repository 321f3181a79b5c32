//! Words on record with changes.

use super::{Maker, Mutant};

pub const MODALS: &[&str] = &["will", "would", "can", "could", "may", "might", "must", "should"];
pub const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "hundred",
    "thousand", "million", "billion", "first", "second", "third",
];
pub const AUXILIARIES: &[&str] = &[
    "is", "are", "was", "were", "will", "would", "can", "could", "should", "may", "might", "must",
];
pub const NAMES: &[&str] =
    &["Victoria", "Hamilton", "Venezuela", "Vietnam", "Margaret", "Jackson", "Denmark", "Oslo"];

/// What is changed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Whole,
    Excerpt,
    /// A whole quote of few words.
    Short,
}

impl Maker<'_> {
    pub fn altered(
        &mut self,
        of: Of,
        change: impl Fn(&mut Self, &mut Vec<String>) -> Option<Option<bool>>,
    ) -> Option<Mutant> {
        let at = self.any();
        let mut words: Vec<String> =
            self.stored[at].text.split_whitespace().map(str::to_owned).collect();
        let unfit =
            if of == Of::Short { !(6..=10).contains(&words.len()) } else { words.len() < 9 };
        if unfit {
            return None;
        }
        if of == Of::Excerpt {
            let length = self.random.within(9, words.len().max(10)).min(words.len());
            let from = self.random.below(words.len() - length + 1);
            words = words[from..from + length].to_vec();
        }
        let bearing = change(self, &mut words)?;
        let mut mutant = self.mutant(words.join(" "), &[at]);
        mutant.meaning_bearing = bearing;
        Some(self.by(mutant, at))
    }

    pub fn substitute(&mut self, words: &mut [String]) -> Option<Option<bool>> {
        let at = self.random.within(1, words.len() - 2);
        if !words[at].chars().all(char::is_alphabetic) {
            return None;
        }
        words[at] = self.word();
        Some(None)
    }

    /// Another number in the same writing.
    pub fn other_number(&mut self, number: &str) -> String {
        let plus = u32::try_from(self.random.within(1, 7)).unwrap();
        let other = |digit: u32| char::from_digit((digit + plus) % 9 + 1, 10);
        if number.contains(|c: char| c.is_ascii_digit()) {
            return number.chars().map(|c| c.to_digit(10).and_then(other).unwrap_or(c)).collect();
        }
        loop {
            let word = self.random.pick(NUMBERS);
            if word != number {
                return word.to_owned();
            }
        }
    }
}
