//! A stored text as a match: which stretch of it, and how the question differs.

use std::ops::Range;

use super::alignment::Hunk;
use super::comparison::Compared;
use super::diff::{Stretch, changes};
use super::question::Question;
use super::runs::Run;
use super::verdict::Match;

impl Compared<'_> {
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

    /// The match of the whole question with this text.
    pub fn matched(&self, question: &Question<'_>, meaning_bearing: bool) -> Match {
        let span = self.span();
        let stored = self.bytes(span);
        let asked =
            Stretch { text: question.text(), words: question.words(), bytes: question.bytes() };
        let text = Stretch { text: self.source.text, words: self.words(), bytes: stored.clone() };
        let diff = changes(&asked, &text, 0..question.words().len(), &self.hunks);
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
        let text = Stretch { text: self.source.text, words: self.words(), bytes: stored.clone() };
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
            false => self.words().place(words.start).start..self.words().place(words.end - 1).end,
        }
    }
}
