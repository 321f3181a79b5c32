//! Which word of a question is which word of a stored text.

use std::ops::Range;

use super::runs::Run;

/// Of the shared runs the longest so many are put in order.
const RUNS: usize = 128;

/// Gaps between runs are aligned word by word up to so many pairs; what differs more is other text.
const CELLS: usize = 16_384;

/// So many stored words before the first run and behind the last one are looked at, beside as many
/// as the question has there.
const MARGIN: usize = 6;

/// Pairs of equal words, in rising order on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Alignment {
    /// A word of the question and its word of the stored text.
    pub pairs: Vec<(usize, usize)>,
}

/// A place where question and stored text differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Words of the question that the stored text has not.
    pub inserted: Range<usize>,
    /// Stored words that the question has not.
    pub deleted: Range<usize>,
}

/// Aligns a question with a stored text along the runs that they share: the best chain of runs in
/// order, then what stands between them.
pub(super) fn align(asked: &[u32], stored: &[u32], runs: &[Run]) -> Alignment {
    let mut pairs = Vec::new();
    let chain = chain(runs);
    let (mut asked_from, mut stored_from) = (0, 0);
    for (n, run) in chain.iter().enumerate() {
        let gap = asked_from..run.asked;
        if n == 0 {
            let from = run.stored.saturating_sub(gap.len() + MARGIN);
            fill(asked, stored, gap, from..run.stored, Free::Start, &mut pairs);
        } else {
            fill(asked, stored, gap, stored_from..run.stored, Free::No, &mut pairs);
        }
        pairs.extend((0..run.len).map(|at| (run.asked + at, run.stored + at)));
        (asked_from, stored_from) = (run.asked + run.len, run.stored + run.len);
    }
    if !chain.is_empty() {
        let gap = asked_from..asked.len();
        let to = stored.len().min(stored_from + gap.len() + MARGIN);
        fill(asked, stored, gap, stored_from..to, Free::End, &mut pairs);
    }
    Alignment { pairs }
}

/// The runs of the heaviest chain in order, cut where they overlap. A run weighs its words, and a
/// jump costs less than a word: near runs go before far ones.
fn chain(runs: &[Run]) -> Vec<Run> {
    let mut runs = runs.to_vec();
    runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.len), run.asked, run.stored));
    runs.truncate(RUNS);
    runs.sort_unstable_by_key(|run| (run.asked, run.stored));
    // Of each run: the weight of the best chain that ends with it, the run before, what is cut off.
    let mut best: Vec<(f64, Option<usize>, usize)> = Vec::with_capacity(runs.len());
    for (n, run) in runs.iter().enumerate() {
        let mut here = (run.len as f64, None, 0);
        for (before, earlier) in runs[..n].iter().enumerate() {
            let asked_end = earlier.asked + earlier.len;
            let stored_end = earlier.stored + earlier.len;
            let cut =
                asked_end.saturating_sub(run.asked).max(stored_end.saturating_sub(run.stored));
            if cut >= run.len || earlier.stored >= run.stored {
                continue;
            }
            let jump = (run.stored + cut - stored_end).abs_diff(run.asked + cut - asked_end);
            let cost = if jump == 0 { 0.0 } else { 0.5 + (jump as f64 / 100.0).min(2.0) };
            let weight = best[before].0 + (run.len - cut) as f64 - cost;
            if weight > here.0 {
                here = (weight, Some(before), cut);
            }
        }
        best.push(here);
    }
    let last = (0..best.len()).max_by(|one, other| best[*one].0.total_cmp(&best[*other].0));
    let mut chain = Vec::new();
    let mut next = last;
    while let Some(at) = next {
        let (_, before, cut) = best[at];
        let Run { asked, stored, len } = runs[at];
        chain.push(Run { asked: asked + cut, stored: stored + cut, len: len - cut });
        next = before;
    }
    chain.reverse();
    chain
}

/// On which side of a stretch stored words may be left over at no cost.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Free {
    No,
    Start,
    End,
}

/// Aligns a stretch of the question with a stretch of the stored text: as many equal words as can
/// be, but not one for which five stored words would count as dropped.
fn fill(
    asked: &[u32],
    stored: &[u32],
    question: Range<usize>,
    text: Range<usize>,
    free: Free,
    pairs: &mut Vec<(usize, usize)>,
) {
    const EQUAL: i32 = 10;
    const DROPPED: i32 = -2;
    let (rows, columns) = (question.len(), text.len());
    if rows == 0 || columns == 0 || rows * columns > CELLS {
        return;
    }
    let (words, others) = (&asked[question.clone()], &stored[text.clone()]);
    let width = columns + 1;
    let cost = |row: usize, side: Free| {
        let end =
            free == side && (side == Free::Start && row == 0 || side == Free::End && row == rows);
        if end { 0 } else { DROPPED }
    };
    // Scores of the best alignment of the first rows with the first columns.
    let mut score = vec![0_i32; (rows + 1) * width];
    for row in 0..=rows {
        let dropped = cost(row, free);
        for column in 0..=columns {
            let here = row * width + column;
            if row == 0 && column == 0 {
                continue;
            }
            let above = if row > 0 { score[here - width] } else { i32::MIN / 2 };
            let left = if column > 0 { score[here - 1] + dropped } else { i32::MIN / 2 };
            let equal = row > 0 && column > 0 && words[row - 1] == others[column - 1];
            let both = if equal { score[here - width - 1] + EQUAL } else { i32::MIN / 2 };
            score[here] = above.max(left).max(both);
        }
    }
    let from = pairs.len();
    let (mut row, mut column) = (rows, columns);
    while row > 0 && column > 0 {
        let here = row * width + column;
        let equal = words[row - 1] == others[column - 1];
        if equal && score[here] == score[here - width - 1] + EQUAL {
            pairs.push((question.start + row - 1, text.start + column - 1));
            row -= 1;
            column -= 1;
        } else if score[here] == score[here - 1] + cost(row, free) {
            column -= 1;
        } else {
            row -= 1;
        }
    }
    pairs[from..].reverse();
}

impl Alignment {
    /// What differs, in order. Stored words before the first equal word and behind the last one are no
    /// part of it, save as many as the question has other words there: those were replaced.
    pub fn hunks(&self, asked: usize, stored: usize) -> Vec<Hunk> {
        let (Some(first), Some(last)) = (self.pairs.first(), self.pairs.last()) else {
            return Vec::new();
        };
        let mut hunks = Vec::new();
        if first.0 > 0 {
            let replaced = replaced(first.0, first.1);
            hunks.push(Hunk { inserted: 0..first.0, deleted: first.1 - replaced..first.1 });
        }
        for pair in self.pairs.windows(2) {
            let (inserted, deleted) = (pair[0].0 + 1..pair[1].0, pair[0].1 + 1..pair[1].1);
            if !inserted.is_empty() || !deleted.is_empty() {
                hunks.push(Hunk { inserted, deleted });
            }
        }
        if last.0 + 1 < asked {
            let replaced = replaced(asked - last.0 - 1, stored - last.1 - 1);
            hunks.push(Hunk {
                inserted: last.0 + 1..asked,
                deleted: last.1 + 1..last.1 + 1 + replaced,
            });
        }
        hunks
    }
}

/// How many stored words at an end count as replaced by so many others: all, where hardly more are
/// there, else as many as there are others, where they are few.
fn replaced(others: usize, there: usize) -> usize {
    match there <= others + 2 {
        true => there,
        false if others <= 3 => others,
        false => 0,
    }
}
