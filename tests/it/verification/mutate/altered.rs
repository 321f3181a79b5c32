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

impl Maker<'_> {
    /// `how`: 1 the whole quote, 2 an excerpt, 3 a short quote.
    pub fn altered(
        &mut self,
        how: u8,
        change: impl Fn(&mut Self, &mut Vec<String>) -> Option<Option<bool>>,
    ) -> Option<Mutant> {
        let at = self.any();
        let mut words: Vec<String> =
            self.stored[at].text.split_whitespace().map(str::to_owned).collect();
        if how == 3 && !(6..=10).contains(&words.len()) || words.len() < 9 && how != 3 {
            return None;
        }
        if how == 2 {
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
}
