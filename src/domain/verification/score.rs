//! How much of a question a stored text has, and from when on that is plain.

use super::alignment::Hunk;
use super::comparison::Compared;
use super::question::Question;
use super::runs::{Numbered, Run};

/// Shared runs shorter than this are chance: "of the" is everywhere.
const RUN: usize = 3;

/// The same for questions of few words, in which a single change leaves no longer run.
const SHORT_RUN: usize = 2;

/// Questions of fewer words than this are short.
const SHORT: usize = 9;

/// From this score on a text is plainly from a stored quote; below, it is not on record. Measured
/// on texts altered by two to four edits (all score above 0.67) and on others made of the corpus'
/// own phrases or with every other word replaced (nearly all score below 0.62).
const PLAIN: f64 = 0.66;

/// What makes a text plainly from a stored quote must be so many words, or else so large a share of
/// the stored quote: four common words in a row are no evidence.
const EVIDENCE: (usize, f64) = (6, 0.6);

impl Compared<'_> {
    /// Finds the runs that the text shares with the question.
    pub fn share(&mut self, numbered: &Numbered<'_>, pairs: &mut usize) {
        let least = if numbered.asked.len() < SHORT { SHORT_RUN } else { RUN };
        self.runs = numbered.runs(&self.numbers, least, pairs);
        self.covered = covered(&self.runs, numbered.asked.len());
    }

    /// The share of the question's words that stand here in their order, words in brackets apart. A
    /// word that equals alone counts less than one in a run, and dropped words count against it.
    pub fn scored(&self, question: &Question<'_>) -> f64 {
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

    /// The longest stretch of the question outside the aligned runs. Words of which it is not
    /// `asked` count neither way.
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
}

/// How many words stand in some run.
fn covered(runs: &[Run], asked: usize) -> usize {
    let mut inside = vec![false; asked];
    for run in runs {
        inside.iter_mut().skip(run.asked).take(run.len).for_each(|word| *word = true);
    }
    inside.into_iter().filter(|inside| *inside).count()
}
