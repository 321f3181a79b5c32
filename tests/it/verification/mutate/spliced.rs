//! Parts of several quotes, or of one out of order.

use super::honest::ELLIPSES;
use super::{Maker, Mutant, folds};

impl Maker<'_> {
    pub fn piece(&mut self, at: usize, length: usize) -> Option<String> {
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let from = self.random.below(words.len().checked_sub(length)? + 1);
        let text = words[from..from + length].join(" ");
        (folds(&text).len() >= 6).then_some(text)
    }

    pub fn spliced(&mut self, lengths: &[usize], same: bool, between: &str) -> Option<Mutant> {
        let group = if same {
            let at = self.random.below(self.by_speaker.len());
            self.by_speaker[at].clone()
        } else {
            Vec::new()
        };
        if same && group.len() < lengths.len() {
            return None;
        }
        let (mut sources, mut pieces) = (Vec::new(), Vec::new());
        for length in lengths {
            let at = if same { group[self.random.below(group.len())] } else { self.any() };
            if sources.contains(&at) {
                return None;
            }
            let length = length + self.random.below(6);
            pieces.push(self.piece(at, length)?);
            sources.push(at);
        }
        let between = if between == "..." { self.random.pick(ELLIPSES) } else { between };
        let mutant = self.mutant(pieces.join(between), &sources);
        Some(self.by(mutant, sources[0]))
    }

    pub fn reversed(&mut self, between: &str) -> Option<Mutant> {
        let at = self.any();
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let middle = self.random.between(8, words.len().checked_sub(8)?)?;
        let head = words[..middle].join(" ");
        let tail = words.get(middle + self.random.below(3)..)?.join(" ");
        if folds(&head).len() < 6 || folds(&tail).len() < 6 {
            return None;
        }
        let between = if between == "..." { self.random.pick(ELLIPSES) } else { between };
        let mutant = self.mutant(format!("{tail}{between}{head}"), &[at]);
        Some(self.by(mutant, at))
    }

    pub fn sandwich(&mut self) -> Option<Mutant> {
        let (at, other) = (self.any(), self.any());
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let middle = self.random.between(8, words.len().checked_sub(8)?)?;
        let (head, tail) = (words[..middle].join(" "), words.get(middle..)?.join(" "));
        if at == other || folds(&head).len() < 6 || folds(&tail).len() < 6 {
            return None;
        }
        let length = 8 + self.random.below(5);
        let inner = self.piece(other, length)?;
        let mutant = self.mutant(format!("{head} {inner} {tail}"), &[at, other]);
        Some(self.by(mutant, at))
    }
}
