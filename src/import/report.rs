//! The account of an import: what became of every line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::record::{Line, Note};
use super::rejection::{Code, RowPlace};
use super::replaced::Replaced;
use crate::domain::address::Rule;
use crate::domain::import::ImportState;
use crate::store::write::Outcome;

/// What became of the lines of one or more inputs. Every line that is not blank is in exactly one
/// of `accepted`, `known`, `changed` and `rejected`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Report {
    /// The inputs that were read, each with its format.
    pub sources: Vec<SourceReport>,
    /// Whether everything was undone at the end.
    pub dry_run: bool,
    /// Whether it was asked to stop, and did so before the end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub interrupted: bool,
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
    /// What was not found any more, where whole articles were replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced: Option<Replaced>,
    /// Wall time in seconds.
    pub seconds: f64,
    /// Where PostgreSQL's log was at the end: a client that sends this as `Dixit-Position` is
    /// answered from a server that has all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
}

/// One input that was read.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceReport {
    /// Its name.
    pub source: String,
    /// Its format.
    pub format: String,
    /// The line behind which this run went on, where an earlier one had stopped.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub resumed_behind: Option<u64>,
    /// How it stands.
    pub state: String,
}

/// What became of quotes.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(default)]
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
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PairCounts {
    /// Pairs before addresses were unified.
    pub pairs: u64,
    /// Pairs that were another one of the same line under a second address.
    pub unified: u64,
    /// The same, by the rule that unified them.
    pub unified_by: BTreeMap<String, u64>,
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
                *self.articles.unified_by.entry(rule.as_str().to_owned()).or_default() += unified;
            }
        }
    }

    /// Adds the counts of another account to this one.
    pub(super) fn add(&mut self, other: &Self) {
        self.lines += other.lines;
        self.accepted += other.accepted;
        self.known += other.known;
        self.changed += other.changed;
        self.rejected += other.rejected;
        self.blank += other.blank;
        self.mended += other.mended;
        self.quotes.accepted += other.quotes.accepted;
        self.quotes.known += other.quotes.known;
        self.quotes.changed += other.quotes.changed;
        self.quotes.contradicting += other.quotes.contradicting;
        self.quotes.removed += other.quotes.removed;
        self.without_speaker += other.without_speaker;
        self.articles.pairs += other.articles.pairs;
        self.articles.unified += other.articles.unified;
        self.articles.left_out += other.articles.left_out;
        for (rule, count) in &other.articles.unified_by {
            *self.articles.unified_by.entry(rule.clone()).or_default() += count;
        }
        if let Some(replaced) = &other.replaced {
            self.replaced.get_or_insert_default().add(replaced);
        }
        for (code, count) in &other.rejected_by {
            *self.rejected_by.entry(code.clone()).or_default() += count;
        }
    }

    /// Whether it stopped before the end of an input.
    fn is_stopped(&self) -> bool {
        let whole = |source: &SourceReport| source.state == ImportState::Finished.as_str();
        !self.sources.iter().all(whole)
    }

    /// Whether everything was imported whole before.
    fn is_done(&self) -> bool {
        !self.sources.is_empty() && self.failed.is_empty() && !self.is_stopped()
    }

    /// The exit code: 0, 1 where something was rejected, failed or stopped, 2 where nothing could be
    /// read.
    pub fn exit_code(&self) -> u8 {
        if self.lines == 0 && !self.is_done() {
            2
        } else {
            u8::from(self.rejected > 0 || !self.failed.is_empty() || self.is_stopped())
        }
    }
}

/// What is counted of a row beside its outcomes.
#[derive(Debug)]
pub(super) struct LineCounts {
    /// The row, to be told where it is rejected at last.
    pub place: RowPlace,
    /// How many entries it has.
    pub entries: usize,
    pairs: u64,
    by_rule: [u64; Rule::ALL.len()],
    names_speaker: bool,
    left_out: u64,
    mended: bool,
}

impl LineCounts {
    /// The counts of a row.
    pub fn of(place: RowPlace, line: &Line) -> Self {
        Self {
            place,
            entries: line.entries.len(),
            pairs: line.unified.pairs,
            by_rule: line.unified.by_rule,
            names_speaker: line.names_speaker,
            left_out: line.notes.iter().filter(|n| matches!(n, Note::LeftOut(_))).count() as u64,
            mended: line.notes.iter().any(|note| matches!(note, Note::Mended(_))),
        }
    }
}
