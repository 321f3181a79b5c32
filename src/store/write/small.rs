//! A small import that is there as a whole: its rows, what was rejected of them and its record, in
//! one transaction.

use super::batch::{self, Entry, Mode, Outcome};
use super::identity::identify;
use super::import::{self, ImportAccount, ImportRow, RejectionRow};
use super::named::Memory;
use crate::domain::field::Fault;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::store::audit::{Actor, now};
use crate::store::dialect::Connection;
use crate::store::error::Result;

/// A row as it was read.
#[derive(Debug)]
pub struct SmallRow {
    /// What it says, or what is wrong with it.
    pub read: std::result::Result<Entry, Fault>,
    /// The row itself, as JSON, for whoever mends it.
    pub row: String,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It was taken: the quote, and what became of it.
    Taken(Id, Outcome),
    /// It was not taken.
    Rejected(RejectionRow),
}

/// Imports rows, in a transaction of [`Store::write`](crate::store::Store::write). What became of
/// each stands in their order; where one is rejected, the others are taken.
pub fn import(
    connection: &mut Connection,
    actor: &Actor,
    source: &str,
    format: &str,
    rows: Vec<SmallRow>,
) -> Result<(ImportRow, Vec<Written>)> {
    let mut record = ImportRow::begin(source, format);
    let entries: Vec<Entry> =
        rows.iter().filter_map(|row| row.read.as_ref().ok()).cloned().collect();
    // Whoever asks wants to hear which quotes they are.
    let entries = identify(connection, &entries)?;
    let mut ids = entries.iter().map(|entry| entry.quote_id);
    let mut outcomes =
        batch::write(connection, &mut Memory::new(), &entries, Mode::Add)?.into_iter();
    let mut written = Vec::with_capacity(rows.len());
    for (number, SmallRow { read, row }) in (1..).zip(rows) {
        let rejected = |field, code: &str, reason| RejectionRow {
            import_id: record.id,
            number,
            line: number,
            place: None,
            field,
            code: code.to_owned(),
            reason,
            format: format.to_owned(),
            head: None,
            row,
            cut: 0,
        };
        written.push(match read {
            Err(fault) => {
                let code = fault.kind.code();
                Written::Rejected(rejected(Some(fault.field), code, fault.reason))
            }
            Ok(_) => match (ids.next(), outcomes.next()) {
                (_, Some(Outcome::Removed(removal))) => {
                    Written::Rejected(rejected(None, "removed", removal.to_string()))
                }
                (Some(id), Some(outcome)) => Written::Taken(id, outcome),
                _ => continue,
            },
        });
    }
    let count = |meets: fn(&Written) -> bool| {
        i64::try_from(written.iter().filter(|row| meets(row)).count()).unwrap_or(i64::MAX)
    };
    record.lines = count(|_| true);
    record.accepted = count(|row| matches!(row, Written::Taken(_, Outcome::Accepted)));
    record.known = count(|row| matches!(row, Written::Taken(_, Outcome::Known)));
    record.changed = count(|row| matches!(row, Written::Taken(_, Outcome::Changed { .. })));
    record.rejected = count(|row| matches!(row, Written::Rejected(_)));
    record.state = ImportState::Finished;
    record.changed_at = now();
    let rejections = written.iter().filter_map(|row| match row {
        Written::Rejected(rejection) => Some(rejection.clone()),
        Written::Taken(..) => None,
    });
    let account = ImportAccount { row: record, rejections: rejections.collect() };
    import::save(connection, actor, None, &account)?;
    Ok((account.row, written))
}
