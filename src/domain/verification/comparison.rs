//! One stored text beside the question: whether it holds its words, and how much of them.

use std::ops::Range;

use super::alignment::{Alignment, Hunk, align};
use super::diff::{Stretch, changes, whole_characters};
use super::meaning::Print;
use super::question::Question;
use super::runs::{Numbered, Run, in_order};
use super::source::Source;
use super::verdict::{Change, Match};
use super::words::Words;

/// The shortest excerpt, in words, as the verification guide has it. Shorter ones are in every text.
pub(super) const EXCERPT: usize = 5;

/// The shortest part of an excerpt beside a part of [`EXCERPT`] words. The guide's parts have five;
/// of fewer than three words, in a long text any may be found.
const PART: usize = 3;

/// Shared runs shorter than this are chance: "of the" is everywhere.
const RUN: usize = 3;

/// The same for questions of few words, in which a single change leaves no longer run.
const SHORT_RUN: usize = 2;

/// From this score on a text is plainly from a stored quote; below, it is not on record. Measured on
/// texts altered by two to four edits (all score above 0.67) and on others made of the corpus' own
/// phrases or with every other word replaced (nearly all score below 0.62).
const PLAIN: f64 = 0.66;

/// What makes a text plainly from a stored quote must be so many words, or else so large a share of
/// the stored quote: four common words in a row are no evidence.
const EVIDENCE: (usize, f64) = (6, 0.6);

/// Questions of fewer words than this are short.
const SHORT: usize = 9;

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
    numbers: Vec<u32>,
    pub holds: Holds,
    pub runs: Vec<Run>,
    /// How many words of the question stand in shared runs.
    pub covered: usize,
    alignment: Alignment,
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
            let least = if numbered.asked.len() < SHORT { SHORT_RUN } else { RUN };
            compared.runs = numbered.runs(&compared.numbers, least, pairs);
            compared.covered = covered(&compared.runs, numbered.asked.len());
        }
        compared
    }

    /// Finds out whether the text holds the question's words as they are.
    fn hold(&mut self, question: &Question<'_>, asked: &[u32]) {
        let whole = std::iter::once(0..asked.len());
        let starts = if self.numbers == asked {
            self.holds = Holds::Whole;
            Some((vec![0], whole.collect::<Vec<_>>()))
        } else {
            let parts = question.parts();
            let enough = asked.len() >= question.shortest();
            let long = parts.iter().any(|part| part.len() >= EXCERPT)
                && parts.iter().all(|part| part.len() >= PART);
            let whole: Vec<_> = whole.collect();
            let found = |parts: &[Range<usize>]| in_order(asked, parts, &self.numbers);
            found(&whole)
                .filter(|_| enough)
                .map(|starts| (starts, whole))
                .or_else(|| found(parts).filter(|_| long).map(|starts| (starts, parts.to_vec())))
        };
        let Some((starts, parts)) = starts else { return };
        if self.holds == Holds::Otherwise {
            self.holds = Holds::Part;
        }
        let pairs = starts.into_iter().zip(parts).flat_map(|(at, part)| {
            let from = part.start;
            part.map(move |word| (word, at + word - from))
        });
        self.alignment = Alignment { pairs: pairs.collect() };
        self.covered = asked.len();
        self.hunks = self.alignment.hunks(asked.len(), self.numbers.len());
        self.score = 1.0;
    }

    /// Aligns a text that does not hold the words as they are, and scores it.
    pub fn align(&mut self, question: &Question<'_>, asked: &[u32]) {
        if self.holds != Holds::Otherwise || self.runs.is_empty() {
            return;
        }
        self.alignment = align(asked, &self.numbers, &self.runs);
        whole_characters(&mut self.alignment, question.words(), &self.words);
        self.hunks = self.alignment.hunks(asked.len(), self.numbers.len());
        self.score = self.scored(question);
        let changed = self
            .hunks
            .iter()
            .any(|hunk| !self.is_typography(question, hunk) && !question.is_cut(hunk));
        if changed {
            return;
        }
        // Blanks, hyphens or brackets stand elsewhere ("[ w ] hen"), or an ellipsis left words out.
        let all = |range: Range<usize>| range.len();
        let typography = !self.hunks.iter().any(|hunk| question.is_cut(hunk));
        let stored: usize = self.alignment.pairs.len()
            + self.hunks.iter().map(|hunk| all(hunk.deleted.clone())).sum::<usize>();
        self.holds = match typography && stored == self.numbers.len() {
            true => Holds::Whole,
            false if asked.len() >= question.shortest() => Holds::Part,
            false => Holds::Otherwise,
        };
        if self.holds != Holds::Otherwise {
            self.score = 1.0;
        }
    }

    /// Whether both sides of a difference have the same letters: "[ w ] hen" and "when", "wind farm"
    /// and "windfarm".
    pub fn is_typography(&self, question: &Question<'_>, hunk: &Hunk) -> bool {
        let letters = |words: &Words, range: Range<usize>| -> String {
            range.map(|at| words.fold(at).to_owned()).collect()
        };
        !hunk.inserted.is_empty()
            && !hunk.deleted.is_empty()
            && letters(question.words(), hunk.inserted.clone())
                == letters(&self.words, hunk.deleted.clone())
    }

    /// The share of the question's words that stand here in their order, words in brackets apart. A
    /// word that equals alone counts less than one in a run, and dropped words count against it.
    fn scored(&self, question: &Question<'_>) -> f64 {
        let edited =
            |hunk: &Hunk| hunk.inserted.clone().filter(|at| question.is_bracketed(*at)).count();
        let asked = question.words().len() - self.hunks.iter().map(edited).sum::<usize>();
        let equal: f64 = self
            .aligned()
            .map(|run| {
                run.len as f64
                    * match run.len {
                        1 => 0.4,
                        2 => 0.8,
                        _ => 1.0,
                    }
            })
            .sum();
        let dropped: usize = self
            .hunks
            .iter()
            .filter(|hunk| !question.is_cut(hunk))
            .map(|hunk| hunk.deleted.len().saturating_sub(hunk.inserted.len()).min(3))
            .sum();
        (equal / (asked as f64 + dropped as f64 / 2.0).max(1.0)).min(1.0)
    }

    /// Whether the question is plainly made of this text, with changes.
    pub fn is_from(&self) -> bool {
        let runs = self.aligned().filter(|run| run.len >= SHORT_RUN);
        let equal: usize = runs.map(|run| run.len).sum();
        let (words, share) = EVIDENCE;
        self.score >= PLAIN && (equal >= words || equal as f64 >= share * self.numbers.len() as f64)
    }

    /// The longest stretch of the question outside the aligned runs. Words of which it is not `asked`
    /// count neither way.
    pub fn foreign(&self, words: usize, asked: impl Fn(usize) -> bool) -> usize {
        let mut own = vec![false; words];
        for run in self.aligned().filter(|run| run.len >= RUN) {
            own[run.asked..run.asked + run.len].fill(true);
        }
        let counted: Vec<bool> = (0..words).filter(|at| asked(*at)).map(|at| own[at]).collect();
        counted.split(|own| *own).map(<[bool]>::len).max().unwrap_or(0)
    }

    /// The longest runs of the alignment.
    fn aligned(&self) -> impl Iterator<Item = Run> {
        let follows = |one: &(usize, usize), next: &(usize, usize)| {
            one.0 + 1 == next.0 && one.1 + 1 == next.1
        };
        self.alignment.pairs.chunk_by(follows).filter_map(|run| {
            run.first().map(|(asked, stored)| Run {
                asked: *asked,
                stored: *stored,
                len: run.len(),
            })
        })
    }

    /// The words of the text, and what its capitals tell.
    pub fn print(&self) -> Print<'_> {
        Print::of(self.source.text, &self.words)
    }

    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The stored words from the first of the question's to the last.
    pub fn span(&self) -> Range<usize> {
        let pairs = &self.alignment.pairs;
        let ends = pairs.first().zip(pairs.last()).map(|(first, last)| first.1..last.1 + 1);
        let mut span = ends.unwrap_or(0..0);
        for hunk in self.hunks.iter().filter(|hunk| !hunk.deleted.is_empty()) {
            span = span.start.min(hunk.deleted.start)..span.end.max(hunk.deleted.end);
        }
        span
    }

    pub fn pairs(&self) -> &[(usize, usize)] {
        &self.alignment.pairs
    }

    /// The match of the whole question with this text.
    pub fn matched(&self, question: &Question<'_>, meaning_bearing: bool) -> Match {
        let span = self.span();
        let stored = self.bytes(span);
        let asked =
            Stretch { text: question.text(), words: question.words(), bytes: question.bytes() };
        let text = Stretch { text: self.source.text, words: &self.words, bytes: stored.clone() };
        let diff: Vec<Change> = changes(&asked, &text, 0..question.words().len(), &self.hunks);
        Match {
            source: self.source.key,
            score: self.score,
            part: question.bytes(),
            stored,
            diff,
            meaning_bearing,
        }
    }

    /// The match of a stretch of a spliced question with a run of this text.
    pub fn piece(&self, question: &Question<'_>, stretch: Range<usize>, own: Run) -> Match {
        let words = question.words();
        let (start, end) = (stretch.start, stretch.end);
        let from = if start == 0 { 0 } else { words.place(start).start };
        let to = if end < words.len() { words.place(end).start } else { question.bytes().end };
        let hunks: Vec<Hunk> = [start..own.asked, own.asked + own.len..end]
            .into_iter()
            .zip([own.stored, own.stored + own.len])
            .filter(|(inserted, _)| !inserted.is_empty())
            .map(|(inserted, at)| Hunk { inserted, deleted: at..at })
            .collect();
        let stored = self.bytes(own.stored..own.stored + own.len);
        let asked = Stretch { text: question.text(), words, bytes: from..to };
        let text = Stretch { text: self.source.text, words: &self.words, bytes: stored.clone() };
        Match {
            source: self.source.key,
            score: own.len as f64 / words.len() as f64,
            part: from..to,
            stored,
            diff: changes(&asked, &text, stretch, &hunks),
            meaning_bearing: false,
        }
    }

    /// The bytes of some words of the text.
    pub fn bytes(&self, words: Range<usize>) -> Range<usize> {
        match words.is_empty() {
            true => 0..0,
            false => self.words.place(words.start).start..self.words.place(words.end - 1).end,
        }
    }
}

/// How many words stand in some run.
fn covered(runs: &[Run], asked: usize) -> usize {
    let mut inside = vec![false; asked];
    for run in runs {
        inside.iter_mut().skip(run.asked).take(run.len).for_each(|word| *word = true);
    }
    inside.into_iter().filter(|inside| *inside).count()
}
