//! Stored words turned into the question's, word by word.

use std::ops::Range;

use super::alignment::{Alignment, Hunk};
use super::verdict::{Change, Op};
use super::words::Words;

/// A text with its words, and which stretch of its bytes is meant.
#[derive(Debug, Clone)]
pub(super) struct Stretch<'a> {
    pub text: &'a str,
    pub words: &'a Words,
    pub bytes: Range<usize>,
}

/// The changes of some words of the question. White space and marks between two words go with the
/// first of them, and those before the first word with it.
pub(super) fn changes(
    asked: &Stretch<'_>,
    stored: &Stretch<'_>,
    of: Range<usize>,
    hunks: &[Hunk],
) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    let mut push = |op: Op, text: &str| match out.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.op == op => last.text.push_str(text),
        _ => out.push(Change { op, text: text.to_owned() }),
    };
    let mut from = of.start;
    for hunk in hunks {
        push(Op::Equal, asked.cut(from..hunk.inserted.start));
        push(Op::Delete, stored.cut(hunk.deleted.clone()));
        push(Op::Insert, asked.cut(hunk.inserted.clone()));
        from = hunk.inserted.end;
    }
    push(Op::Equal, asked.cut(from..of.end));
    out
}

impl Stretch<'_> {
    /// The print of some words, up to the word behind them or the end of the stretch.
    fn cut(&self, words: Range<usize>) -> &str {
        if words.is_empty() {
            return "";
        }
        let start =
            if words.start == 0 { self.bytes.start } else { self.words.place(words.start).start };
        let end = if words.end < self.words.len() {
            self.words.place(words.end).start
        } else {
            self.bytes.end
        };
        self.text.get(start.max(self.bytes.start)..end.min(self.bytes.end)).unwrap_or_default()
    }
}

/// An alignment in which words that one character gives ("½"), or that are one number ("1,200"), are
/// equal together or not at all: neither can be half deleted.
pub(super) fn whole_characters(alignment: &mut Alignment, asked: &Words, stored: &Words) {
    let torn = |words: &Words, at: usize| words.is_torn(at);
    if !(0..asked.len()).any(|at| torn(asked, at)) && !(0..stored.len()).any(|at| torn(stored, at))
    {
        return;
    }
    loop {
        let pairs = &alignment.pairs;
        let has = |pair: (usize, usize)| pairs.binary_search(&pair).is_ok();
        let keeps = |(one, other): (usize, usize)| {
            let before = torn(asked, one) || torn(stored, other);
            let behind = torn(asked, one + 1) && one + 1 < asked.len()
                || torn(stored, other + 1) && other + 1 < stored.len();
            (!before || has((one.wrapping_sub(1), other.wrapping_sub(1))))
                && (!behind || has((one + 1, other + 1)))
        };
        let kept: Vec<_> = pairs.iter().copied().filter(|pair| keeps(*pair)).collect();
        if kept.len() == pairs.len() {
            return;
        }
        alignment.pairs = kept;
    }
}
