//! What is asked: a text with its words, the parts between its ellipses, and what an editor put in.

use std::ops::Range;

use super::alignment::Hunk;
use super::comparison::EXCERPT;
use super::shingles::{SURE, tidy, whole, winnowed};
use super::words::Words;

/// A text that somebody is said to have said, read for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    text: &'a str,
    words: Words,
    /// What stands between ellipses, as ranges of words; none is empty.
    parts: Vec<Range<usize>>,
    /// Of each word: whether it stands in square brackets.
    bracketed: Vec<bool>,
}

impl<'a> Question<'a> {
    /// Reads a text, best in Unicode form NFC: the differences told later are in its own characters.
    ///
    /// - An ellipsis is `…` or two and more dots, with or without blanks between them (`. . .`), or
    ///   three asterisks, alone or in brackets of any kind. It parts words; at either end it is
    ///   decoration.
    /// - Words in square brackets are an editor's, unless all are.
    pub fn read(text: &'a str) -> Self {
        let words = Words::of(text);
        let mut parts = Vec::new();
        let mut start = 0;
        for at in 1..words.len() {
            let gap = text.get(words.place(at - 1).end..words.place(at).start).unwrap_or_default();
            if is_ellipsis(gap) {
                parts.push(start..at);
                start = at;
            }
        }
        if start < words.len() {
            parts.push(start..words.len());
        }
        let bracketed = bracketed(text, &words);
        Self { text, words, parts, bracketed }
    }

    /// The text as given.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// All its words, in order.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The parts between its ellipses, as ranges of words, at least one if there is a word.
    pub fn parts(&self) -> &[Range<usize>] {
        &self.parts
    }

    /// The bytes of the text that are asked.
    pub(super) fn bytes(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// The shortest excerpt that is one, in words.
    pub(super) fn shortest(&self) -> usize {
        EXCERPT
    }

    /// Whether words are left out where the question has an ellipsis.
    pub(super) fn is_cut(&self, hunk: &Hunk) -> bool {
        hunk.inserted.is_empty()
            && self.parts.iter().any(|part| part.start > 0 && part.start == hunk.inserted.start)
    }

    /// Whether a word stands in square brackets.
    pub(super) fn is_bracketed(&self, word: usize) -> bool {
        self.bracketed.get(word).is_some_and(|bracketed| *bracketed)
    }

    /// The numbers to look up among those that [`super::shingles`] gives for stored texts, in rising
    /// order: those of the whole and those of each part.
    pub fn shingles(&self) -> Vec<u64> {
        let parts = self.parts.iter().flat_map(|part| winnowed(&self.words, part.clone()));
        tidy(parts.chain([whole(&self.words)]).collect())
    }

    /// Folded words of the parts that are too short for [`Question::shingles`] to be sure of them:
    /// who has an index of words looks them up as phrases.
    pub fn phrases(&self) -> Vec<String> {
        let short = self.parts.iter().filter(|part| part.len() < SURE);
        short
            .map(|part| part.clone().map(|at| self.words.fold(at)).collect::<Vec<_>>().join(" "))
            .collect()
    }
}

/// Whether what stands between two words is an ellipsis.
fn is_ellipsis(gap: &str) -> bool {
    if gap.contains(['…', '⋯']) || gap.contains("..") {
        return true;
    }
    let tight: String = gap.chars().filter(|c| !c.is_whitespace()).collect();
    tight.contains("...") || tight.contains("***")
}

/// Of each word whether it stands in a pair of square brackets.
fn bracketed(text: &str, words: &Words) -> Vec<bool> {
    let mut pairs = Vec::new();
    let mut open = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'[', None) => open = Some(at),
            (b']', Some(from)) => {
                pairs.push(from..at);
                open = None;
            }
            _ => {}
        }
    }
    let mut pairs = pairs.into_iter().peekable();
    let mut inside = |at: usize| {
        while pairs.next_if(|pair| pair.end <= at).is_some() {}
        pairs.peek().is_some_and(|pair| pair.start < at)
    };
    let found: Vec<bool> = (0..words.len()).map(|word| inside(words.place(word).start)).collect();
    if found.iter().all(|bracketed| *bracketed) { vec![false; found.len()] } else { found }
}
