//! One stored text beside the question: whether it holds its words, and how much of them.

use std::ops::Range;

use super::alignment::{Alignment, Hunk, align};
use super::diff::whole_characters;
use super::meaning::Print;
use super::question::Question;
use super::runs::{Numbered, Run, in_order};
use super::source::Source;
use super::words::Words;
use crate::domain::person::name_key;

/// The shortest excerpt, in words, as the verification guide has it. Shorter ones are in every
/// text.
pub(super) const EXCERPT: usize = 5;

/// The shortest part of an excerpt beside a part of [`EXCERPT`] words. The guide's parts have five;
/// of fewer than three words, in a long text any may be found.
const PART: usize = 3;

/// An ellipsis that stands for more words than this leaves out a thought, and not a word of one.
const SWALLOWED: usize = 4;

/// What an editor's word is numbered: no text has it.
const EDITORS: u32 = u32::MAX - 1;

/// How a stored text holds the question's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    /// As its own words, all.
    Whole,
    /// As an honest excerpt.
    Part,
    /// With other words, or not.
    Otherwise,
}

/// A stored text compared with the question.
#[derive(Debug)]
pub(super) struct Compared<'a> {
    pub source: &'a Source<'a>,
    words: Words,
    pub(super) numbers: Vec<u32>,
    pub holds: Holds,
    pub runs: Vec<Run>,
    /// How many words of the question stand in shared runs.
    pub covered: usize,
    pub(super) alignment: Alignment,
    /// What differs, and is more than typography.
    pub hunks: Vec<Hunk>,
    pub score: f64,
}

impl<'a> Compared<'a> {
    /// Looks at a stored text. `pairs` is what is left of [`super::runs::PAIRS`].
    pub fn of(
        question: &Question<'_>,
        numbered: &Numbered<'_>,
        source: &'a Source<'a>,
        pairs: &mut usize,
    ) -> Self {
        let words = Words::of(source.text);
        let numbers = numbered.read(&words);
        let mut compared = Self {
            source,
            words,
            numbers,
            holds: Holds::Otherwise,
            runs: Vec::new(),
            covered: 0,
            alignment: Alignment::default(),
            hunks: Vec::new(),
            score: 0.0,
        };
        compared.hold(question, &numbered.asked);
        if compared.holds == Holds::Otherwise {
            compared.share(numbered, pairs);
        }
        compared
    }

    /// Finds out whether the text holds the question's words as they are: all in a row, or the
    /// parts between ellipses in their order.
    fn hold(&mut self, question: &Question<'_>, asked: &[u32]) {
        let whole = std::iter::once(0..asked.len()).collect::<Vec<_>>();
        let at =
            |parts: &[Range<usize>]| Some((in_order(asked, parts, &self.numbers)?, parts.to_vec()));
        let Some((starts, parts)) = at(&whole).or_else(|| at(question.parts())) else { return };
        let pairs = starts.into_iter().zip(parts).flat_map(|(at, part)| {
            let from = part.start;
            part.map(move |word| (word, at + word - from))
        });
        self.alignment = Alignment { pairs: pairs.collect() };
        self.hunks = self.alignment.hunks(asked.len(), self.numbers.len());
        self.holds = match self.numbers == asked {
            true => Holds::Whole,
            false if self.is_excerpt(question) => Holds::Part,
            false => return,
        };
        self.covered = asked.len();
        self.score = 1.0;
    }

    /// Whether words that stand here in order, but for what an ellipsis leaves out, are an excerpt:
    /// a word here and one there prove nothing. Where a negation or a number is what is left out, the
    /// parts have to be as long as the guide has them, and more than that word has to be gone.
    fn is_excerpt(&self, question: &Question<'_>) -> bool {
        let cuts = || self.hunks.iter().filter(|hunk| question.is_cut(hunk));
        let ends: Vec<usize> = cuts().map(|hunk| hunk.inserted.start).collect();
        let mut bearing = cuts().filter(|hunk| self.is_swallowed(hunk)).peekable();
        let least = if bearing.peek().is_some() { EXCERPT } else { PART };
        if bearing.any(|hunk| hunk.deleted.len() < 2) {
            return false;
        }
        let asked = question.words().len();
        if ends.is_empty() {
            return asked >= question.shortest();
        }
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let parts = starts.zip(ends.iter().copied().chain([asked])).map(|(start, end)| end - start);
        let longest = parts.clone().max().unwrap_or(0);
        longest >= EXCERPT && parts.min().unwrap_or(0) >= least
    }

    /// Whether an ellipsis stands for little more than a negation or a number.
    pub fn is_swallowed(&self, cut: &Hunk) -> bool {
        let meaning = self.print().meaning(cut.deleted.clone(), |_| false);
        let bears = !meaning.negations.is_empty() || !meaning.numbers.is_empty();
        cut.deleted.len() <= SWALLOWED && bears
    }

    /// Aligns a text that does not hold the words as they are, and scores it.
    pub fn align(&mut self, question: &Question<'_>, asked: &[u32]) {
        if self.holds != Holds::Otherwise || self.runs.is_empty() {
            return;
        }
        self.align_by(question, asked, &self.runs.clone());
        if self.is_changed(question) {
            self.align_beside_brackets(question, asked);
            return;
        }
        // Blanks, hyphens or brackets stand elsewhere ("[ w ] hen"), or an ellipsis left words out.
        let cut = self.hunks.iter().any(|hunk| question.is_cut(hunk));
        let deleted: usize = self.hunks.iter().map(|hunk| hunk.deleted.len()).sum();
        let whole = !cut && self.alignment.pairs.len() + deleted == self.numbers.len();
        self.holds = match whole {
            true => Holds::Whole,
            false if self.is_excerpt(question) => Holds::Part,
            false => Holds::Otherwise,
        };
        if self.holds != Holds::Otherwise {
            self.score = 1.0;
        }
    }

    /// Aligns along these runs.
    fn align_by(&mut self, question: &Question<'_>, asked: &[u32], runs: &[Run]) {
        self.alignment = align(asked, &self.numbers, runs);
        whole_characters(&mut self.alignment, question.words(), &self.words);
        self.hunks = self.alignment.hunks(asked.len(), self.numbers.len());
        self.score = self.scored(question);
    }

    /// Whether more differs than typography and what an ellipsis stands for.
    fn is_changed(&self, question: &Question<'_>) -> bool {
        self.hunks.iter().any(|hunk| !self.is_typography(question, hunk) && !question.is_cut(hunk))
    }

    /// Takes the alignment in which words in brackets are an editor's and equal nothing, where that
    /// leaves less changed: the "[not]" of "we will [not] go" may stand elsewhere in the text.
    fn align_beside_brackets(&mut self, question: &Question<'_>, asked: &[u32]) {
        let bracketed = |at: &usize| question.is_bracketed(*at);
        if !(0..asked.len()).any(|at| bracketed(&at)) {
            return;
        }
        let own: Vec<u32> = asked
            .iter()
            .enumerate()
            .map(|(at, number)| if bracketed(&at) { EDITORS } else { *number })
            .collect();
        let runs: Vec<Run> = self.runs.iter().flat_map(|run| run.without(bracketed)).collect();
        let (alignment, hunks, score) =
            (std::mem::take(&mut self.alignment), std::mem::take(&mut self.hunks), self.score);
        self.align_by(question, &own, &runs);
        if self.score <= score {
            (self.alignment, self.hunks, self.score) = (alignment, hunks, score);
        }
    }

    /// Whether both sides of a difference have the same letters: "[ w ] hen" and "when", "wind
    /// farm" and "windfarm"; not "2.5" and "25". A name may lose its accents ("Sao Paulo").
    pub fn is_typography(&self, question: &Question<'_>, hunk: &Hunk) -> bool {
        self.has_letters(question, hunk) && !self.is_resigned(question, hunk)
            || self.is_name_without_accents(question, hunk)
    }

    /// Whether both sides are the same names but for accents. In other words these make other words.
    fn is_name_without_accents(&self, question: &Question<'_>, hunk: &Hunk) -> bool {
        let (inserted, deleted) = (hunk.inserted.clone(), hunk.deleted.clone());
        if inserted.is_empty() || inserted.len() != deleted.len() {
            return false;
        }
        let bare = |words: &Words, at: usize| name_key(words.fold(at));
        let alike = inserted
            .clone()
            .zip(deleted.clone())
            .all(|(one, other)| bare(question.words(), one) == bare(&self.words, other));
        let asked = Print::of(question.text(), question.words());
        alike
            && inserted.into_iter().all(|at| asked.is_name(at))
            && deleted.into_iter().all(|at| self.print().is_name(at))
    }

    /// Whether the text has the question's words as they are, in a row, but for typography.
    pub fn is_unchanged(&self, question: &Question<'_>) -> bool {
        let whole = !self.alignment.pairs.is_empty();
        whole && self.hunks.iter().all(|hunk| self.is_typography(question, hunk))
    }

    /// Whether a difference has the same digits, as another number.
    pub fn is_resigned(&self, question: &Question<'_>, hunk: &Hunk) -> bool {
        let asked = question.words().letters(hunk.inserted.clone());
        self.has_letters(question, hunk) && asked != self.words.letters(hunk.deleted.clone())
    }

    /// Whether both sides of a difference have the same letters and digits.
    fn has_letters(&self, question: &Question<'_>, hunk: &Hunk) -> bool {
        let letters = |words: &Words, range: Range<usize>| -> String {
            range.map(|at| words.fold(at).to_owned()).collect()
        };
        !hunk.inserted.is_empty()
            && !hunk.deleted.is_empty()
            && letters(question.words(), hunk.inserted.clone())
                == letters(&self.words, hunk.deleted.clone())
    }

    /// The words of the text, and what its capitals tell.
    pub fn print(&self) -> Print<'_> {
        Print::of(self.source.text, &self.words)
    }

    pub fn words(&self) -> &Words {
        &self.words
    }

    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.alignment.pairs
    }
}
