//! What a written batch did: what is counted, rejected and told of it.

use super::now;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::import::batch::Batch;
use crate::import::record::Note;
use crate::import::rejection::{Code, Fault, Rejection};
use crate::import::replaced::Replaced;
use crate::import::report::Report;
use crate::store::write::{ImportRow, MAX_REJECTIONS, Outcome, RejectionRow};

/// What a batch makes of the accounts.
#[derive(Default)]
pub(super) struct Done {
    /// Of the input, with what earlier runs wrote of it.
    pub account: Report,
    /// Of the run.
    pub report: Report,
    /// The rows that were rejected.
    pub rejections: Vec<Rejection>,
    /// What is worth telling of rows that were taken, with their lines.
    pub notes: Vec<(u64, Note)>,
}

impl Done {
    /// What became of a batch, by its outcomes.
    pub fn of(batch: &Batch, mut outcomes: &[Outcome], account: &Report, report: &Report) -> Self {
        let mut done = Self {
            account: account.clone(),
            report: report.clone(),
            rejections: batch.rejections.clone(),
            notes: Vec::new(),
        };
        for line in &batch.lines {
            let (of_line, rest) = outcomes.split_at(line.entries.min(outcomes.len()));
            outcomes = rest;
            done.account.count(line, of_line);
            done.report.count(line, of_line);
            // Quotes that a person removed: the row is rejected where nothing else is in it.
            let removed = of_line.iter().filter_map(|outcome| match outcome {
                Outcome::Removed(row) => Some(row.to_string()),
                _ => None,
            });
            let reasons: Vec<String> = removed.collect();
            if !reasons.is_empty() && reasons.len() == of_line.len() {
                let fault = Fault::line(Code::Removed, reasons.join("; "));
                done.rejections.push(line.place.clone().reject(fault));
            } else {
                let told =
                    reasons.into_iter().map(|reason| (line.place.line, Note::Removed(reason)));
                done.notes.extend(told);
            }
        }
        for rejection in &batch.rejections {
            done.account.reject(rejection.code);
            done.report.reject(rejection.code);
        }
        done.account.blank += batch.blank;
        done.report.blank += batch.blank;
        done
    }

    /// Adds what was not found any more.
    pub fn add(&mut self, replaced: &Replaced) {
        for report in [&mut self.account, &mut self.report] {
            report.replaced.get_or_insert_default().add(replaced);
        }
    }

    /// The import's record with this batch.
    pub fn record(&self, before: &ImportRow, batch: &Batch, state: ImportState) -> ImportRow {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let account = &self.account;
        ImportRow {
            lines: count(account.lines),
            accepted: count(account.accepted),
            known: count(account.known),
            changed: count(account.changed),
            rejected: count(account.rejected),
            changed_at: now(),
            state,
            behind: count(batch.read.bytes),
            digest: Some(batch.read.digest.to_vec()),
            // Numbers and words: serialising them cannot fail.
            account: serde_json::to_string(account).unwrap_or_default(),
            ..before.clone()
        }
    }
}

/// The first rejected rows of an import, as the database keeps them; `first` is the number of those
/// before.
pub(in crate::import) fn kept(
    import: Id,
    first: i64,
    rejections: &[Rejection],
) -> Vec<RejectionRow> {
    let rows = (first..MAX_REJECTIONS).zip(rejections).map(|(number, rejection)| RejectionRow {
        import_id: import,
        number,
        line: i64::try_from(rejection.line).unwrap_or(i64::MAX),
        place: rejection.place.clone(),
        field: rejection.field.clone(),
        code: rejection.code.as_str().to_owned(),
        reason: storable(&rejection.reason),
        format: rejection.format.to_owned(),
        head: rejection.head.as_deref().map(storable),
        row: storable(&rejection.row),
        cut: i64::from(rejection.cut || rejection.row.contains('\0')),
    });
    rows.collect()
}

/// A text that every database takes.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}
