//! Runs of words that two texts share, and where some words stand in others.

use std::collections::HashMap;
use std::ops::Range;

use super::words::{Sign, Words};

/// What a word is numbered that the question has not: it equals nothing.
const FOREIGN: u32 = u32::MAX;

/// How many pairs of equal words are looked at for one question. Ten thousand characters of prose
/// against twenty stored texts have a tenth of it; the same word said five thousand times over
/// would have 25 million.
pub(super) const PAIRS: usize = 2_000_000;

/// The words of a question, numbered: equal words have equal numbers. Digits are equal with equal signs.
#[derive(Debug)]
pub(super) struct Numbered<'q> {
    numbers: HashMap<(&'q str, Sign), u32>,
    /// The question in numbers.
    pub asked: Vec<u32>,
    /// The places of each number in the question, rising.
    places: Vec<Vec<u32>>,
}

impl<'q> Numbered<'q> {
    pub fn of(words: &'q Words) -> Self {
        let mut numbered = Self { numbers: HashMap::new(), asked: Vec::new(), places: Vec::new() };
        for (at, word) in (0_u32..).zip(signed(words)) {
            let next = u32::try_from(numbered.places.len()).unwrap_or(FOREIGN);
            let number = *numbered.numbers.entry(word).or_insert(next);
            if number == next {
                numbered.places.push(Vec::new());
            }
            numbered.places[number as usize].push(at);
            numbered.asked.push(number);
        }
        numbered
    }

    /// A stored text in the question's numbers.
    pub fn read(&self, stored: &Words) -> Vec<u32> {
        signed(stored).map(|word| self.numbers.get(&word).copied().unwrap_or(FOREIGN)).collect()
    }

    /// Every longest run of at least so many words that a stored text shares with the question.
    /// `pairs` goes down with each pair of equal words; at 0 the rest of the text is left out.
    pub fn runs(&self, stored: &[u32], least: usize, pairs: &mut usize) -> Vec<Run> {
        let mut found = Vec::new();
        // Of each word of the question: how long a run ends there, and at which stored word.
        let mut length = vec![0_u32; self.asked.len()];
        let mut until = vec![usize::MAX; self.asked.len()];
        for (at, number) in stored.iter().enumerate() {
            let Some(places) = self.places.get(*number as usize) else { continue };
            if *pairs < places.len() {
                *pairs = 0;
                break;
            }
            *pairs -= places.len();
            // From behind, so that the run before a word is still that of the stored word before.
            for place in places.iter().rev().map(|place| *place as usize) {
                let before =
                    place.checked_sub(1).filter(|before| at > 0 && until[*before] == at - 1);
                length[place] = before.map_or(0, |before| length[before]) + 1;
                until[place] = at;
                let goes_on =
                    stored.get(at + 1).is_some_and(|next| self.asked.get(place + 1) == Some(next));
                let len = length[place] as usize;
                if !goes_on && len >= least {
                    found.push(Run { asked: place + 1 - len, stored: at + 1 - len, len });
                }
            }
        }
        found
    }
}

/// The folded words with their signs.
fn signed(words: &Words) -> impl Iterator<Item = (&str, Sign)> {
    (0..words.len()).map(|at| (words.fold(at), words.sign_of(at)))
}

/// Words that stand in the same order, without a gap, in the question and in a stored text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// Its first word in the question.
    pub asked: usize,
    /// Its first word in the stored text.
    pub stored: usize,
    /// How many words.
    pub len: usize,
}

impl Run {
    /// What is left of the run beside some words of the question, where that still is a run.
    pub fn without(self, taken: impl Fn(&usize) -> bool) -> Vec<Self> {
        let words: Vec<usize> = (self.asked..self.asked + self.len).collect();
        let left = words.split(taken).filter(|words| words.len() == self.len || words.len() > 2);
        let piece = |words: &[usize]| {
            let asked = *words.first()?;
            Some(Self { asked, stored: self.stored + asked - self.asked, len: words.len() })
        };
        left.filter_map(piece).collect()
    }

    /// What of the run lies in a stretch of the question.
    pub fn cut(&self, asked: Range<usize>) -> Self {
        let start = self.asked.clamp(asked.start, asked.end);
        let end = (self.asked + self.len).clamp(start, asked.end);
        Self { asked: start, stored: self.stored + start - self.asked.min(start), len: end - start }
    }
}

/// Where words stand in others without a gap, as the first of these; the leftmost place.
pub(super) fn in_a_row<W: PartialEq>(words: &[W], stored: &[W]) -> Option<usize> {
    stored.windows(words.len().max(1)).position(|window| window == words)
}

/// Where the parts of a question stand in a stored text in their order, as the stored word that
/// each begins with; the leftmost places.
pub(super) fn in_order(
    asked: &[u32],
    parts: &[Range<usize>],
    stored: &[u32],
) -> Option<Vec<usize>> {
    let mut from = 0;
    let mut found = Vec::with_capacity(parts.len());
    for part in parts {
        let words = &asked[part.clone()];
        let at = from + in_a_row(words, stored.get(from..)?)?;
        found.push(at);
        from = at + words.len();
    }
    Some(found)
}
