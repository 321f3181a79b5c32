//! Words on record as they are: whole, excerpts, parts.

use super::{Maker, Mutant, Random, folds};

/// An ellipsis in every spelling.
pub const ELLIPSES: &[&str] =
    &[" ... ", "... ", "…", " … ", " [...] ", " […] ", " (...) ", " . . . "];

impl Maker<'_> {
    pub fn verbatim(&mut self, change: impl Fn(&str) -> String) -> Option<Mutant> {
        let at = self.any();
        let mutant = self.mutant(change(self.stored[at].text), &[at]);
        Some(self.by(mutant, at))
    }

    /// At least so many words; `cut` draws the first one and how many, of all and of a length
    /// drawn.
    pub fn excerpt(
        &mut self,
        least: usize,
        cut: impl Fn(&mut Random, usize, usize) -> (usize, usize),
    ) -> Option<Mutant> {
        let at = self.any();
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        if words.len() < least + 3 {
            return None;
        }
        let length = self.random.within(least, words.len() - 2);
        let (from, length) = cut(&mut self.random, words.len(), length);
        let text = words[from..from + length].join(" ");
        if folds(&text).len() < 5 || folds(&text).len() + 1 > folds(self.stored[at].text).len() {
            return None;
        }
        let mutant = self.mutant(text, &[at]);
        Some(self.by(mutant, at))
    }

    pub fn parts(&mut self, count: usize) -> Option<Mutant> {
        let at = self.any();
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let mut text = String::new();
        let mut from = 0;
        for n in 0..count {
            let room = words.len().checked_sub(from + (count - n) * 10)?;
            let start = from + self.random.within(usize::from(n > 0) * 2, 2 + room.min(6));
            let length = self.random.within(6, 9);
            let part = words.get(start..start + length)?.join(" ");
            if folds(&part).len() < 5 {
                return None;
            }
            if n > 0 {
                text.push_str(self.random.pick(ELLIPSES));
            }
            text.push_str(&part);
            from = start + length;
        }
        let mutant = self.mutant(text, &[at]);
        Some(self.by(mutant, at))
    }
}
