//! What the fields of a quote and its article may say: the checks that every way in shares.

use std::borrow::Cow;

use super::address::Address;
use super::language::tag;
use super::reading::{EDITOR, Extractor};
use super::text;

/// The longest quote, context or attribution, in Unicode scalar values.
pub const MAX_TEXT: usize = 10_000;
/// The longest name, title or address, in Unicode scalar values.
pub const MAX_NAME: usize = 4_000;
/// The longest id of an extractor's, in Unicode scalar values: it is looked up by an index, and
/// PostgreSQL's take 2,700 bytes.
pub const MAX_ID: usize = 500;
/// A field that says what it cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, as a path (`article.url`).
    pub field: String,
    /// What sort of fault it is.
    pub kind: FaultKind,
    /// What is wrong and what to do, for a person.
    pub reason: String,
}

/// What sort of fault a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A value that it cannot have.
    Value,
    /// A text that is empty, too long, or holds characters that could deceive.
    Text,
}

impl FaultKind {
    /// The word by which reports of imports name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Value => "bad_value",
            Self::Text => "bad_text",
        }
    }
}

impl Fault {
    /// A field has a value that it cannot have.
    pub fn value(field: &str, reason: impl ToString) -> Self {
        Self { field: field.to_owned(), kind: FaultKind::Value, reason: reason.to_string() }
    }
}

/// A required text.
pub fn required(field: &str, value: &str, limit: usize) -> Result<String, Fault> {
    text::stored(value, limit).map_err(|refused| Fault {
        field: field.to_owned(),
        kind: FaultKind::Text,
        reason: refused.to_string(),
    })
}

/// An optional text; empty is absent.
pub fn optional(
    field: &str,
    value: Option<Cow<'_, str>>,
    limit: usize,
) -> Result<Option<String>, Fault> {
    match value {
        Some(value) if !value.trim().is_empty() => required(field, &value, limit).map(Some),
        _ => Ok(None),
    }
}

/// An optional number from 0 to 1.
pub fn share(field: &str, value: Option<f64>) -> Result<Option<f64>, Fault> {
    match value {
        Some(value) if !(0.0..=1.0).contains(&value) => {
            Err(Fault::value(field, format!("{value} is not between 0 and 1")))
        }
        // Minus zero is equal to zero and prints otherwise.
        value => Ok(value.map(|value| value + 0.0)),
    }
}

/// The program that found a quote; its fields are `extractor.name` and `extractor.version`.
pub fn extractor(name: &str, version: Option<Cow<'_, str>>) -> Result<Extractor, Fault> {
    let name = required("extractor.name", name, MAX_NAME)?;
    if name == EDITOR {
        let reason = format!("`{EDITOR}` marks what people have written by the API");
        return Err(Fault::value("extractor.name", reason));
    }
    Ok(Extractor { name, version: optional("extractor.version", version, MAX_NAME)? })
}

/// An optional address.
pub fn address(field: &str, value: Option<Cow<'_, str>>) -> Result<Option<Address>, Fault> {
    match optional(field, value, MAX_NAME)? {
        Some(url) => Address::read(&url).map(Some).map_err(|error| Fault::value(field, error)),
        None => Ok(None),
    }
}

/// An optional BCP 47 language tag, looked at for its shape.
pub fn language(field: &str, value: Option<Cow<'_, str>>) -> Result<Option<String>, Fault> {
    let Some(text) = optional(field, value, MAX_NAME)? else { return Ok(None) };
    tag(&text).map(Some).ok_or_else(|| {
        let shown: String = text.chars().take(80).collect();
        Fault::value(field, format!("`{shown}` is not a language tag such as en or pt-BR"))
    })
}

/// An optional Wikidata id.
pub fn wikidata(field: &str, value: Option<Cow<'_, str>>) -> Result<Option<String>, Fault> {
    let Some(item) = optional(field, value, MAX_NAME)? else { return Ok(None) };
    let digits = item.strip_prefix('Q').unwrap_or_default();
    let number = digits.bytes().all(|byte| byte.is_ascii_digit());
    if number && !digits.is_empty() && digits.len() <= 12 && !digits.starts_with('0') {
        Ok(Some(item))
    } else {
        let shown: String = item.chars().take(80).collect();
        Err(Fault::value(field, format!("`{shown}` is not a Wikidata id such as Q42")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shapes_that_can_be_are_taken() {
        let item = |t: &'static str| wikidata("wikidata", Some(t.into()));
        assert!(item("Q42").is_ok() && item("42").is_err() && item("Q").is_err());
        assert!(item("Q0").is_err() && item("Q042").is_err());
        let url = |t: &'static str| address("article.url", Some(t.into()));
        assert!(url("https://news.example/1").is_ok() && url("javascript:alert(1)").is_err());
        assert_eq!(url(" "), Ok(None));
    }

    #[test]
    fn a_fault_names_its_field_and_its_sort() {
        let fault = required("text", "a\u{202e}b", MAX_TEXT).expect_err("it could deceive");
        assert_eq!((fault.field.as_str(), fault.kind), ("text", FaultKind::Text));
    }
}
