//! The table that pandas makes of Quotebank: one column a field, lists as literals of Python.

use serde_json::{Map, Value};

use super::Row;
use crate::import::cut::Cells;
use crate::import::record::{Line, Note, part};
use crate::import::rejection::{Code, Fault};

/// The columns that are read, and whether a table must have them.
const FIELDS: [(&str, bool); 7] = [
    ("quoteID", true),
    ("quotation", true),
    ("speaker", false),
    ("qids", false),
    ("date", true),
    ("probas", false),
    ("urls", true),
];
/// The columns that are known to say nothing of a quote; the last ones are an index, as pandas calls
/// its own.
const LEFT: [&str; 6] = ["numOccurrences", "phase", "", "index", "level_0", "Unnamed: 0"];

/// Which field stands in which column.
#[derive(Debug, Default)]
pub struct Columns {
    fields: Vec<Option<&'static str>>,
    /// What is to be told of columns that are not read, once.
    untold: Option<Note>,
}

impl Columns {
    /// Reads the head of a table.
    ///
    /// # Errors
    /// Where a column is missing, or there twice.
    pub fn read(cells: &Cells) -> Result<Self, Fault> {
        let names: Vec<&str> = cells.iter().map(str::trim).collect();
        for (field, required) in FIELDS {
            let count = names.iter().filter(|name| **name == field).count();
            let fault = |code, reason: &str| Fault {
                field: Some(field.to_owned()),
                code,
                reason: reason.to_owned(),
            };
            if count == 0 && required {
                return Err(fault(Code::MissingField, "the table has no such column"));
            }
            if count > 1 {
                return Err(fault(Code::UnknownField, "the table has two such columns"));
            }
        }
        let field = |name: &&str| FIELDS.into_iter().find(|(field, _)| field == name);
        let fields = names.iter().map(|name| field(name).map(|(field, _)| field)).collect();
        let unread = names.iter().filter(|name| field(name).is_none() && !LEFT.contains(name));
        let unread: Vec<String> = unread.map(|name| format!("`{name}`")).collect();
        let untold = (!unread.is_empty())
            .then(|| Note::Unread(format!("the columns {}", unread.join(", "))));
        Ok(Self { fields, untold })
    }

    /// The row in these cells. What pandas writes for nothing is absent.
    pub fn row(&self, cells: &Cells) -> Result<Row, Fault> {
        let absent = |field: &str, cell: &str| {
            cell.is_empty() || cell == "nan" && !["quoteID", "quotation"].contains(&field)
        };
        let filled = self.fields.iter().zip(cells.iter()).filter_map(|(field, cell)| {
            let field = (*field)?;
            (!absent(field, cell)).then(|| (field.to_owned(), Value::from(cell)))
        });
        part(&Value::Object(filled.collect::<Map<_, _>>()))
    }

    /// The line, which the first time says which columns are not read.
    pub fn tell(&mut self, mut line: Line) -> Line {
        line.notes.extend(self.untold.take());
        line
    }
}
