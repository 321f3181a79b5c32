//! Why a row was rejected: which row, which field, what is wrong, what to do.

use std::sync::Arc;

use serde::Serialize;

use crate::domain::field::{self, FaultKind};

/// What sort of fault a row has; stable, for programs that read reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// The line is longer than 1 MiB.
    LineTooLong,
    /// The line is not UTF-8.
    NotUtf8,
    /// The line is not one JSON object, or nests deeper than 32 levels.
    NotJson,
    /// A field that the format does not have, or the same field twice.
    UnknownField,
    /// A record of a table has more cells than are read, or another number of them than the head.
    BadCells,
    /// The line tells of something else than a quote, as exports do.
    NotAQuote,
    /// A required field is absent.
    MissingField,
    /// A field has a value that it cannot have.
    BadValue,
    /// A text holds characters that could deceive, or is too long.
    BadText,
    /// The row names no article.
    NoArticle,
    /// A person removed the quote, or took its article down.
    Removed,
}

impl Code {
    /// The code as reports print it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LineTooLong => "line_too_long",
            Self::NotUtf8 => "not_utf8",
            Self::NotJson => "not_json",
            Self::UnknownField => "unknown_field",
            Self::BadCells => "bad_cells",
            Self::NotAQuote => "not_a_quote",
            Self::MissingField => "missing_field",
            Self::BadValue => "bad_value",
            Self::BadText => "bad_text",
            Self::NoArticle => "no_article",
            Self::Removed => "removed",
        }
    }
}

/// A rejected row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// The input.
    pub source: String,
    /// The line, from 1, on which its record begins.
    pub line: u64,
    /// Where in that record it stands (`quotes[3]`), where the record has several rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The field, as a path (`article.url`), where one is to blame.
    pub field: Option<String>,
    /// What sort of fault it is.
    #[serde(serialize_with = "code")]
    pub code: Code,
    /// What is wrong and what to do, for a person.
    pub reason: String,
    /// The format that it was read as.
    pub format: &'static str,
    /// The head of its table.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shared")]
    pub head: Option<Arc<str>>,
    /// The row, as a record of its own, save where it is `cut`.
    pub row: String,
    /// Whether it could not be kept as it stands: only the beginning of an overlong one is, and U+FFFD
    /// stands for what is not UTF-8.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// Where a row stands, and what it says: all that is told of it beside what is wrong.
#[derive(Debug, Clone)]
pub(super) struct RowPlace {
    pub source: Arc<str>,
    pub line: u64,
    pub place: Option<String>,
    pub format: &'static str,
    pub head: Option<Arc<str>>,
    pub row: Vec<u8>,
    pub cut: bool,
}

impl RowPlace {
    /// The rejection of this row.
    pub fn reject(self, Fault { field, code, reason }: Fault) -> Rejection {
        Rejection {
            source: self.source.to_string(),
            line: self.line,
            place: self.place,
            field,
            code,
            reason,
            format: self.format,
            head: self.head,
            cut: self.cut || std::str::from_utf8(&self.row).is_err(),
            row: String::from_utf8_lossy(&self.row).into_owned(),
        }
    }
}

/// A fault of a row, before it is known which row it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, as a path.
    pub field: Option<String>,
    /// What sort of fault it is.
    pub code: Code,
    /// What is wrong and what to do.
    pub reason: String,
}

impl Fault {
    /// A field has a value that it cannot have.
    pub fn value(field: &str, reason: impl ToString) -> Self {
        Self { field: Some(field.to_owned()), code: Code::BadValue, reason: reason.to_string() }
    }

    /// A whole line is at fault.
    pub fn line(code: Code, reason: impl ToString) -> Self {
        Self { field: None, code, reason: reason.to_string() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(field) = &self.field {
            write!(out, "field `{field}`: ")?;
        }
        out.write_str(&self.reason)
    }
}

impl From<field::Fault> for Fault {
    fn from(fault: field::Fault) -> Self {
        let code = match fault.kind {
            FaultKind::Value => Code::BadValue,
            FaultKind::Text => Code::BadText,
        };
        Self { field: Some(fault.field), code, reason: fault.reason }
    }
}

/// One head is that of many rows.
fn shared<S: serde::Serializer>(text: &Option<Arc<str>>, to: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(to)
}

fn code<S: serde::Serializer>(code: &Code, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(code.as_str())
}
