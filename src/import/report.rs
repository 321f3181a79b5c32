//! The account of an import: what became of every line.

use std::collections::BTreeMap;

use serde::Serialize;

use super::record::{Line, Note};
use super::rejection::Code;
use crate::domain::address::Rule;
use crate::store::write::Outcome;

/// What became of the lines of one or more inputs. Every line that is not blank is in exactly one
/// of `accepted`, `known`, `changed` and `rejected`.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The inputs that were read, each with its format.
    pub sources: Vec<SourceReport>,
    /// Whether everything was undone at the end.
    pub dry_run: bool,
    /// Lines that are not blank.
    pub lines: u64,
    /// Lines with at least one new quote.
    pub accepted: u64,
    /// Lines that told nothing new.
    pub known: u64,
    /// Lines that changed a quote and brought no new one.
    pub changed: u64,
    /// Lines that were not taken; see the rejections.
    pub rejected: u64,
    /// Blank lines, which count nowhere else.
    pub blank: u64,
    /// Lines of which characters that may not be stored were replaced by U+FFFD.
    pub mended: u64,
    /// Inputs that could not be read, or not to their end.
    pub failed: Vec<String>,
    /// The quotes of those lines.
    pub quotes: QuoteCounts,
    /// Lines that attribute their words to no named speaker.
    pub without_speaker: u64,
    /// How quote–article pairs became fewer.
    pub articles: PairCounts,
    /// Why lines were rejected, by code.
    pub rejected_by: BTreeMap<String, u64>,
    /// Wall time in seconds.
    pub seconds: f64,
    /// Where PostgreSQL's log was at the end: a client that sends this as `Dixit-Position` is
    /// answered from a server that has all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
}

/// One input that was read.
#[derive(Debug, Clone, Serialize)]
pub struct SourceReport {
    /// Its name.
    pub source: String,
    /// Its format.
    pub format: String,
}

/// What became of quotes.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct QuoteCounts {
    /// New ones.
    pub accepted: u64,
    /// Ones that told nothing new.
    pub known: u64,
    /// Ones that changed.
    pub changed: u64,
    /// Of the changed ones, those that now keep readings which contradict each other; the one to
    /// show is chosen by confidence, then fullness.
    pub contradicting: u64,
    /// Ones that were left out, because a person removed them or took their article down.
    pub removed: u64,
}

/// What became of quote–article pairs.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PairCounts {
    /// Pairs before addresses were unified.
    pub pairs: u64,
    /// Pairs that were another one of the same line under a second address.
    pub unified: u64,
    /// The same, by the rule that unified them.
    pub unified_by: BTreeMap<&'static str, u64>,
    /// Addresses that are none and were left out of their line.
    pub left_out: u64,
}

impl Report {
    /// Counts a line that was rejected.
    pub(super) fn reject(&mut self, code: Code) {
        self.lines += 1;
        self.rejected += 1;
        *self.rejected_by.entry(code.as_str().to_owned()).or_default() += 1;
    }

    /// Counts a line that was read, with what became of its entries; one of which nothing is left
    /// is rejected.
    pub(super) fn count(&mut self, line: &LineCounts, outcomes: &[Outcome]) {
        let removed = |outcome: &Outcome| matches!(outcome, Outcome::Removed(_));
        if !outcomes.is_empty() && outcomes.iter().all(removed) {
            self.quotes.removed += outcomes.len() as u64;
            return self.reject(Code::Removed);
        }
        self.lines += 1;
        let (mut accepted, mut changed) = (false, false);
        for outcome in outcomes {
            match outcome {
                Outcome::Accepted => {
                    accepted = true;
                    self.quotes.accepted += 1;
                }
                Outcome::Known => self.quotes.known += 1,
                Outcome::Changed { readings } => {
                    changed = true;
                    self.quotes.changed += 1;
                    self.quotes.contradicting += u64::from(*readings > 1);
                }
                Outcome::Removed(_) => self.quotes.removed += 1,
            }
        }
        match (accepted, changed) {
            (true, _) => self.accepted += 1,
            (false, true) => self.changed += 1,
            (false, false) => self.known += 1,
        }
        self.without_speaker += u64::from(!line.names_speaker);
        self.mended += u64::from(line.mended);
        self.articles.pairs += line.pairs;
        self.articles.left_out += line.left_out;
        for (rule, unified) in Rule::ALL.iter().zip(line.by_rule) {
            if unified > 0 {
                self.articles.unified += unified;
                *self.articles.unified_by.entry(rule.as_str()).or_default() += unified;
            }
        }
    }

    /// The exit code: 0, 1 where something was rejected or failed, 2 where nothing could be read.
    pub fn exit_code(&self) -> u8 {
        if self.lines == 0 { 2 } else { u8::from(self.rejected > 0 || !self.failed.is_empty()) }
    }
}

/// What is counted of a line beside its outcomes.
#[derive(Debug)]
pub(super) struct LineCounts {
    /// Its number, from 1.
    pub number: u64,
    /// The line itself, to be told where it is rejected at last.
    pub row: Vec<u8>,
    /// How many entries it has.
    pub entries: usize,
    pairs: u64,
    by_rule: [u64; Rule::ALL.len()],
    names_speaker: bool,
    left_out: u64,
    mended: bool,
}

impl LineCounts {
    /// The counts of a line.
    pub fn of(number: u64, row: Vec<u8>, line: &Line) -> Self {
        Self {
            number,
            row,
            entries: line.entries.len(),
            pairs: line.unified.pairs,
            by_rule: line.unified.by_rule,
            names_speaker: line.names_speaker,
            left_out: line.notes.iter().filter(|n| matches!(n, Note::LeftOut(_))).count() as u64,
            mended: line.notes.iter().any(|note| matches!(note, Note::Mended(_))),
        }
    }
}
