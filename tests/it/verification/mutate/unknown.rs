//! Words of somebody else, and words that are not on record.

use super::{Maker, Mutant, folds};

impl Maker<'_> {
    pub fn misattributed(&mut self, mut mutant: Mutant) -> Option<Mutant> {
        let other = self.any();
        let speaker = self.stored[other].speaker;
        let source =
            self.stored.iter().find(|quote| mutant.sources.iter().any(|id| id == quote.id))?;
        if speaker.is_empty() || source.speaker.is_empty() {
            return None;
        }
        let shares = |word: &str| speaker.split(' ').any(|own| own.eq_ignore_ascii_case(word));
        if source.speaker.split(' ').next_back().is_some_and(shares)
            || speaker.split(' ').count() < 2
        {
            return None;
        }
        mutant.attributed_to = Some(speaker.to_owned());
        Some(mutant)
    }

    pub fn heldout(&mut self) -> Option<Mutant> {
        let at = self.random.below(self.held_out.len());
        let quote = self.held_out[at];
        if self.whole.contains_key(&folds(quote.text).join(" ")) {
            return None;
        }
        let mut mutant = self.mutant(quote.text.to_owned(), &[]);
        mutant.attributed_to = (!quote.speaker.is_empty() && self.random.below(2) == 0)
            .then(|| quote.speaker.to_owned());
        Some(mutant)
    }

    pub fn markov(&mut self) -> Option<Mutant> {
        let at = self.any();
        let mut words: Vec<String> =
            self.stored[at].text.split_whitespace().take(2).map(str::to_owned).collect();
        let length = self.random.within(10, 28);
        while words.len() < length {
            let last = words.len().checked_sub(2)?;
            let Some(next) = self.chain.get(&(words[last].clone(), words[last + 1].clone())) else {
                break;
            };
            let next = next[self.random.below(next.len())].clone();
            words.push(next);
        }
        (words.len() >= 9).then(|| self.mutant(words.join(" "), &[]))
    }

    /// Every other word replaced: beyond recognition.
    pub fn paraphrase(&mut self) -> Option<Mutant> {
        let at = self.any();
        let mut words: Vec<String> =
            self.stored[at].text.split_whitespace().map(str::to_owned).collect();
        if words.len() < 8 {
            return None;
        }
        for word in &mut words {
            if self.random.below(100) < 60 {
                *word = self.word();
            }
        }
        Some(self.mutant(words.join(" "), &[]))
    }
}
