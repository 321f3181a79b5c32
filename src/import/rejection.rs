//! Why a row was rejected: which row, which field, what is wrong, what to do.

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
    /// The line, from 1.
    pub line: u64,
    /// The field, as a path (`article.url`), where one is to blame.
    pub field: Option<String>,
    /// What sort of fault it is.
    #[serde(serialize_with = "code")]
    pub code: Code,
    /// What is wrong and what to do, for a person.
    pub reason: String,
    /// The row; of an overlong line its beginning.
    pub row: String,
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

impl From<field::Fault> for Fault {
    fn from(fault: field::Fault) -> Self {
        let code = match fault.kind {
            FaultKind::Value => Code::BadValue,
            FaultKind::Text => Code::BadText,
        };
        Self { field: Some(fault.field), code, reason: fault.reason }
    }
}

fn code<S: serde::Serializer>(code: &Code, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(code.as_str())
}
