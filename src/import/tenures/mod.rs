//! Imports of tenures: who held which role when, as Popolo JSON or as a plain table (CSV).
//!
//! Such a file is one document and small beside an import of quotes: it is read as a whole, checked
//! row by row, and written in batches, each with the import's record in its transaction.

mod document;
mod people;
mod popolo;
mod report;
mod row;
mod table;

use std::io::Read as _;

pub use report::TenureReport;

use super::rejection::{Code, Fault, Rejection};
use super::run::{RunError, kept, now};
use super::source::{Source, SourceError, open};
use crate::domain::import::ImportState;
use crate::store::Store;
use crate::store::write::{ImportAccount, ImportRow, Outcome, TenureEntry, Touched};

/// How large a file may be, in bytes, when it is inflated.
const MAX_FILE: u64 = 256 << 20;
/// How many tenures one transaction writes.
const BATCH: usize = 2_000;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TenureFormat {
    /// Popolo JSON, as EveryPolitician has it.
    Popolo,
    /// A table with a head.
    Csv,
}

impl TenureFormat {
    /// Every form.
    pub const ALL: [Self; 2] = [Self::Popolo, Self::Csv];

    /// The name under which reports and records have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Popolo => "popolo",
            Self::Csv => "tenures-csv",
        }
    }
}

/// What a file holds.
#[derive(Debug, Default)]
struct Content {
    entries: Vec<TenureEntry>,
    rejections: Vec<Rejection>,
    people: u64,
}

impl Content {
    /// Adds what a row gives, or why it gives nothing.
    fn take(&mut self, place: Place<'_>, read: Result<TenureEntry, Fault>) {
        match read {
            Ok(entry) => self.entries.push(entry),
            Err(fault) => self.reject(place, fault),
        }
    }

    fn reject(&mut self, place: Place<'_>, Fault { field, code, reason }: Fault) {
        let Place { source, line, path, row } = place;
        let field = match (path.is_empty(), field) {
            (true, field) => field,
            (false, None) => Some(path),
            (false, Some(field)) => Some(format!("{path}.{field}")),
        };
        let (source, row) = (source.to_owned(), row.to_owned());
        self.rejections.push(Rejection {
            source,
            line,
            place: None,
            field,
            code,
            reason,
            format: "tenures",
            head: None,
            row,
            cut: false,
        });
    }
}

/// Where a row stands.
#[derive(Debug, Clone)]
struct Place<'a> {
    source: &'a str,
    /// The line on which it begins, from 1.
    line: u64,
    /// Its path in the document (`memberships[3]`); empty in a table.
    path: String,
    row: &'a str,
}

/// Imports a file of tenures. `dataset` is the name under which they stand where they name no
/// source of their own: who imports a newer edition of a file gives it the same. `rejected` hears of
/// each row that is not taken, once its batch is durable.
///
/// Answers the report, and whose tenures are new or changed.
///
/// # Errors
/// [`RunError`] where the file cannot be read as what it is, or the store fails. What was written
/// before stays; the same import again completes it.
pub fn run(
    store: &Store,
    source: &Source,
    format: Option<TenureFormat>,
    dataset: &str,
    rejected: &mut dyn FnMut(&Rejection),
) -> Result<(TenureReport, Touched), RunError> {
    let name = source.to_string();
    let text = read(source)?;
    let format = format.unwrap_or_else(|| recognise(&text));
    let content = match format {
        TenureFormat::Popolo => popolo::read(&name, dataset, &text),
        TenureFormat::Csv => table::read(&name, dataset, &text),
    };
    let Content { entries, rejections, people } = content.map_err(|fault| {
        let at = fault.field.map(|field| format!("`{field}`: ")).unwrap_or_default();
        SourceError::Content { source_name: name.clone(), problem: format!("{at}{}", fault.reason) }
    })?;
    let mut report = TenureReport::new(&name, format, dataset, people);
    let mut record = ImportRow::begin(&name, format.as_str());
    let mut written: Option<ImportRow> = None;
    let mut touched = Touched::default();
    let mut batches: Vec<&[TenureEntry]> = entries.chunks(BATCH).collect();
    if batches.is_empty() {
        // Its record tells of the rejections.
        batches.push(&[]);
    }
    let last = batches.len() - 1;
    for (number, batch) in batches.into_iter().enumerate() {
        let refused = if number == last { rejections.as_slice() } else { &[] };
        let mut after = report.clone();
        let write = |outcomes: &[Outcome]| {
            outcomes.iter().for_each(|outcome| after.count(outcome));
            refused.iter().for_each(|rejection| after.reject(rejection.code));
            let state = if number == last { ImportState::Finished } else { ImportState::Running };
            record = after.record(ImportRow { state, changed_at: now(), ..record.clone() });
            let first = i64::try_from(report.rejected).unwrap_or(i64::MAX);
            ImportAccount { rejections: kept(record.id, first, refused), row: record.clone() }
        };
        touched.extend(store.write_tenures(batch, written.as_ref(), write)?);
        written = Some(record.clone());
        report = after;
    }
    rejections.iter().for_each(rejected);
    Ok((report, touched))
}

/// The whole of a file, as text.
fn read(source: &Source) -> Result<String, SourceError> {
    let source_name = source.to_string();
    let mut bytes = Vec::new();
    if let Err(cause) = open(source)?.take(MAX_FILE + 1).read_to_end(&mut bytes) {
        return Err(SourceError::Read { source_name, line: 0, cause });
    }
    let problem = |problem| SourceError::Content { source_name: source_name.clone(), problem };
    if bytes.len() as u64 > MAX_FILE {
        return Err(problem(format!("is larger than {MAX_FILE} bytes: divide it")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        problem(format!("is not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
    })?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    if text.trim().is_empty() {
        return Err(SourceError::Empty { source_name });
    }
    Ok(text)
}

/// A JSON document begins with a brace, and no head of a table does.
fn recognise(text: &str) -> TenureFormat {
    if text.trim_start().starts_with('{') { TenureFormat::Popolo } else { TenureFormat::Csv }
}

/// A reference to something that the file does not have.
fn dangling(field: &str, what: &str, id: &str) -> Fault {
    let shown: String = id.chars().take(80).collect();
    Fault::value(field, format!("the file has no {what} `{shown}`"))
}

/// A field that must be there.
fn missing(field: &str) -> Fault {
    let reason = format!("missing field `{field}`");
    Fault { field: Some(field.to_owned()), code: Code::MissingField, reason }
}
