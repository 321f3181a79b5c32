//! The account of an import of tenures: what became of every row.

use std::collections::BTreeMap;

use serde::Serialize;

use super::TenureFormat;
use crate::import::rejection::Code;
use crate::store::write::{ImportRow, Outcome};

/// What became of a file of tenures. Every row is in exactly one of `accepted`, `known`, `changed`
/// and `rejected`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TenureReport {
    /// The file.
    pub source: String,
    /// Its form.
    pub format: &'static str,
    /// The name under which its tenures stand.
    pub dataset: String,
    /// Memberships or lines, and rejected people or organisations.
    pub rows: u64,
    /// New tenures.
    pub accepted: u64,
    /// Rows that told nothing new.
    pub known: u64,
    /// Tenures of which more is known now, such as their end.
    pub changed: u64,
    /// Rows that were not taken.
    pub rejected: u64,
    /// Why rows were rejected, by code.
    pub rejected_by: BTreeMap<String, u64>,
    /// People in the file, with or without a tenure.
    pub people: u64,
}

impl TenureReport {
    /// Nothing yet.
    pub(super) fn new(source: &str, format: TenureFormat, dataset: &str, people: u64) -> Self {
        Self {
            source: source.to_owned(),
            format: format.as_str(),
            dataset: dataset.to_owned(),
            rows: 0,
            accepted: 0,
            known: 0,
            changed: 0,
            rejected: 0,
            rejected_by: BTreeMap::new(),
            people,
        }
    }

    /// Counts a row that was taken.
    pub(super) fn count(&mut self, outcome: &Outcome) {
        self.rows += 1;
        match outcome {
            Outcome::Accepted => self.accepted += 1,
            Outcome::Changed { .. } => self.changed += 1,
            Outcome::Known | Outcome::Removed(_) => self.known += 1,
        }
    }

    /// Counts a row that was not.
    pub(super) fn reject(&mut self, code: Code) {
        self.rows += 1;
        self.rejected += 1;
        *self.rejected_by.entry(code.as_str().to_owned()).or_default() += 1;
    }

    /// The import's record with these counts.
    pub(super) fn record(&self, record: ImportRow) -> ImportRow {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        ImportRow {
            lines: count(self.rows),
            accepted: count(self.accepted),
            known: count(self.known),
            changed: count(self.changed),
            rejected: count(self.rejected),
            ..record
        }
    }

    /// The exit code: 0, 1 where something was rejected.
    pub fn exit_code(&self) -> u8 {
        u8::from(self.rejected > 0)
    }
}
