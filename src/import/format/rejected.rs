//! Rejected rows as `--rejects` writes them: once mended, they are imported as what they were.
//!
//! The `row` is a record of its `format`; of a table `head` is the head.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Cursor;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Format, Known, Reader, Text};
use crate::import::context::Context;
use crate::import::cut::{Body, Cells, Record, Shape, Tape, cutter, delimiter, head};
use crate::import::record::{Origin, Row, check_cells, check_depth, json};
use crate::import::rejection::{Code, Fault};

pub(super) const KNOWN: Known = Known {
    name: "rejects",
    about: "rows that an import rejected, mended",
    shapes: &[Shape::Lines],
    recognises: |sight| sight.has(&["source", "line", "code", "reason", "format", "row"]),
    reader,
};

fn reader(context: &Context) -> Result<Box<dyn Reader>, Fault> {
    if context.settings.replace_articles {
        let reason = "rejected rows are not everything that was found in their articles: import them \
                      without --replace-article, or mend the whole input";
        return Err(Fault::line(Code::BadValue, reason));
    }
    Ok(Box::new(Rejects { context: context.clone(), readers: HashMap::new() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rejected<'a> {
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    format: Cow<'a, str>,
    #[serde(borrow, default)]
    head: Option<Cow<'a, str>>,
    #[serde(borrow)]
    row: Cow<'a, str>,
    #[serde(default)]
    cut: bool,
    line: u64,
    #[serde(rename = "import", default)]
    _import: Option<IgnoredAny>,
    #[serde(rename = "place", default)]
    _place: Option<IgnoredAny>,
    #[serde(rename = "field", default)]
    _field: Option<IgnoredAny>,
    #[serde(rename = "code")]
    _code: IgnoredAny,
    #[serde(rename = "reason")]
    _reason: IgnoredAny,
}

/// Reads each row as its own format does.
struct Rejects {
    context: Context,
    /// By format, source and head.
    readers: HashMap<(String, String, Option<String>), Box<dyn Reader>>,
}

/// How many kinds of rows are remembered.
const REMEMBERED: usize = 100;

impl Reader for Rejects {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        let read = json(record.text).and_then(|rejected| self.rows(&rejected));
        read.unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl Rejects {
    fn rows(&mut self, rejected: &Rejected<'_>) -> Result<Vec<Row>, Fault> {
        if rejected.cut {
            let reason = "the row could not be kept as it stands, since it is too long or not UTF-8: mend it \
                          in the file that it comes from, or here, and take `cut` out";
            return Err(Fault::value("row", reason));
        }
        let format: Format =
            rejected.format.parse().map_err(|e: String| Fault::value("format", e))?;
        if format.as_str() == KNOWN.name {
            return Err(Fault::value("format", "a rejected row is no rejected row's"));
        }
        let source = rejected.source.as_ref();
        let key = (
            rejected.format.to_string(),
            source.to_owned(),
            rejected.head.as_deref().map(str::to_owned),
        );
        let head = rejected.head.as_deref().map(|head| cells(head, "head")).transpose()?;
        if !self.readers.contains_key(&key) {
            let mut reader = format.reader(&self.context.of(source))?;
            if let Some(head) = &head {
                reader.head(head)?;
            }
            if self.readers.len() >= REMEMBERED {
                self.readers.clear();
            }
            self.readers.insert(key.clone(), reader);
        }
        let Some(reader) = self.readers.get_mut(&key) else {
            return Err(Fault::line(Code::BadValue, "the row has no reader"));
        };
        let text = rejected.row.as_ref();
        let records = match rejected.head.as_deref() {
            Some(head) => {
                let records = records_like(head, text)?.into_iter();
                records.map(|(text, cells)| (Cow::Owned(text), Some(cells))).collect()
            }
            None => vec![(Cow::Borrowed(text), None)],
        };
        let origin = Origin {
            source: source.to_owned(),
            line: rejected.line,
            format,
            head: rejected.head.as_deref().map(str::to_owned),
        };
        let mut all = Vec::new();
        for (text, cells) in records {
            let checked = match (&cells, &head) {
                (Some(cells), Some(head)) => check_cells(cells, head),
                _ if format.is_plain() => Ok(()),
                _ => check_depth(text.as_bytes()),
            };
            let record = Text { line: rejected.line, text: &text, cells: cells.as_ref() };
            let rows = match checked {
                Ok(()) => reader.read(&record),
                Err(fault) => vec![Row::of(Err(fault))],
            };
            // What is rejected again is told as it was mended, where it stood.
            all.extend(rows.into_iter().map(|row| Row {
                text: Some(row.text.unwrap_or_else(|| text.clone().into_owned())),
                origin: Some(Box::new(origin.clone())),
                ..row
            }));
        }
        Ok(all)
    }
}

/// The cells of the head of a table.
fn cells(text: &str, field: &str) -> Result<Cells, Fault> {
    match head(text.as_bytes()).map(|record| record.body) {
        Some(Body::Cells(_, cells)) => Ok(cells),
        _ => Err(Fault::value(field, "is not one record of a table")),
    }
}

/// The records of a row of the table with this head, by the separator of which it was cut: one, or those
/// that a quotation mark held together until it was mended.
fn records_like(head: &str, row: &str) -> Result<Vec<(String, Cells)>, Fault> {
    let both = format!("{head}\n{row}\n").into_bytes();
    let delimiter = delimiter(&both);
    let mut table = cutter(Shape::Table, Tape::new(Box::new(Cursor::new(both))), delimiter);
    let records = std::iter::from_fn(|| table.next().ok().flatten()).skip(1);
    let cells = |record: Record| match record.body {
        Body::Cells(bytes, cells) => Some((String::from_utf8(bytes).ok()?, cells)),
        _ => None,
    };
    let records: Option<Vec<_>> = records.map(cells).collect();
    let none = || Fault::value("row", "is no record of a table");
    records.filter(|records| !records.is_empty()).ok_or_else(none)
}
