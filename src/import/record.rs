//! What a format makes of a line: readings in articles, and the checks that all formats share.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeOwned, MapAccess, Visitor};
use serde_json::Value;

use super::cut::{Cells, Misquoted};
use super::format::Format;
use super::rejection::{Code, Fault};
use crate::domain::address::Rule;
use crate::domain::field;
use crate::domain::json::{Mark, marks};
use crate::store::write::Entry;

/// How deep JSON may nest.
pub const MAX_DEPTH: usize = 32;

/// What one line holds.
#[derive(Debug)]
pub struct Line {
    /// One entry an article.
    pub entries: Vec<Entry>,
    /// How the line's addresses became fewer.
    pub unified: Unified,
    /// Whether the line attributes its words to a named speaker.
    pub names_speaker: bool,
    /// What is worth telling of a line that was taken.
    pub notes: Vec<Note>,
}

/// One row of a record: a quote, in one or more articles.
#[derive(Debug)]
pub struct Row {
    /// What it holds.
    pub read: Result<Line, Fault>,
    /// Where in its record it stands (`quotes[3]`); `None` where it is all of it.
    pub place: Option<String>,
    /// The row as a record of its own, that the format would read again; `None` where it is all of its
    /// record.
    pub text: Option<String>,
    /// Where it stood when it was rejected before.
    pub origin: Option<Box<Origin>>,
}

/// Where a row stood when it was rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The input.
    pub source: String,
    /// The line.
    pub line: u64,
    /// The format.
    pub format: Format,
    /// The head of its table.
    pub head: Option<String>,
}

impl Row {
    /// A row that is all of its record.
    pub fn of(read: Result<Line, Fault>) -> Self {
        Self { read, place: None, text: None, origin: None }
    }

    /// A row at a place in its record, which as a record of its own would be `text`.
    pub fn within(place: String, text: String, read: Result<Line, Fault>) -> Self {
        Self { read, place: Some(place), text: Some(text), origin: None }
    }
}

/// What is worth telling of a line that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// An address that is none was left out.
    LeftOut(String),
    /// Characters that may not be stored were replaced.
    Mended(String),
    /// A quote was left out that a person removed.
    Removed(String),
    /// Where an extractor says that the words stand was left out.
    Offset(String),
    /// What an extractor found beside quotes was left out.
    NoQuote(String),
    /// Values of which only one is kept.
    Several(String),
    /// Something that the format has no place for was left behind.
    Unread(String),
    /// A document of which `--articles` says nothing.
    Lacking(String),
    /// Two inputs that may be about different articles were taken to be about one.
    OneArticle(String),
}

impl std::fmt::Display for Note {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LeftOut(what) => write!(out, "an address was left out: {what}"),
            Self::Mended(what) => write!(out, "mended with U+FFFD: {what}"),
            Self::Removed(what) => write!(out, "a quote was left out: {what}"),
            Self::Offset(what) => write!(out, "offset not usable: {what}"),
            Self::NoQuote(what) => write!(out, "not imported, since it is no quote: {what}"),
            Self::Several(what) => write!(out, "only the first is kept of {what}"),
            Self::Unread(what) => write!(out, "not read: {what}"),
            Self::Lacking(document) => {
                write!(out, "--articles says nothing of the document `{document}`")
            }
            Self::OneArticle(what) => write!(out, "taken for one article: {what}"),
        }
    }
}

/// How many quote–article pairs a line had, and which of them were one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unified {
    /// Pairs as given.
    pub pairs: u64,
    /// Pairs that turned out to be another one, by the first rule that shows it, in the order of
    /// [`Rule::ALL`].
    pub by_rule: [u64; Rule::ALL.len()],
}

/// Refuses JSON that nests deeper than [`MAX_DEPTH`], without building anything. Text that is no JSON
/// may hold as many brackets as it likes.
pub fn check_depth(line: &[u8]) -> Result<(), Fault> {
    if !matches!(line.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return Ok(());
    }
    let mut depth = 0usize;
    for mark in marks(line) {
        match mark {
            Mark::Open => depth += 1,
            Mark::Close => depth = depth.saturating_sub(1),
            Mark::String | Mark::Word | Mark::Colon => continue,
        }
        if depth > MAX_DEPTH {
            let reason = format!("nests deeper than {MAX_DEPTH} levels");
            return Err(Fault::line(Code::NotJson, reason));
        }
    }
    Ok(())
}

/// Refuses a record of a table that has more or fewer cells than the head, whose quotation marks are
/// not what they seem, or that is the head once more, as where tables were joined.
pub fn check_cells(cells: &Cells, head: &Cells) -> Result<(), Fault> {
    let reason = if cells.len() != head.len() {
        format!(
            "has {} cells, the head has {}: is a quotation mark not closed, or a separator not quoted?",
            cells.len(),
            head.len(),
        )
    } else if let Some(misquoted) = cells.misquoted() {
        match misquoted {
            Misquoted::GoesOn(number) => format!(
                "in cell {number} a quotation mark closes what goes on behind it: a cell in quotation \
                 marks holds its own ones twice"
            ),
            Misquoted::Swallows(number, rows) => format!(
                "in cell {number} stand {rows} lines in quotation marks which are rows of the table, it \
                 seems: write such marks twice, in a cell in quotation marks"
            ),
        }
    } else if cells == head {
        "is the head of the table once more: no quote stands in it".to_owned()
    } else {
        return Ok(());
    };
    Err(Fault::line(Code::BadCells, reason))
}

/// A JSON object of a record: serde's own reading of structs takes arrays too, by position.
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
            type Value = Object<T>;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        from.deserialize_map(Members(PhantomData))
    }
}

/// A number that some extractors write as a string.
#[derive(serde::Deserialize)]
#[serde(untagged)]
pub enum Number<'a> {
    /// As a string.
    #[serde(borrow)]
    Text(Cow<'a, str>),
    /// As a number.
    Number(f64),
}

impl Number<'_> {
    /// The number; `None` for an empty string.
    ///
    /// # Errors
    /// Where the string holds none.
    pub fn read(&self, field: &str) -> Result<Option<f64>, Fault> {
        match self {
            Self::Number(number) => Ok(Some(*number)),
            Self::Text(text) if text.trim().is_empty() => Ok(None),
            Self::Text(text) => match text.trim().parse() {
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(Fault::value(field, "holds no number")),
            },
        }
    }
}

/// Reads a line as JSON; a fault names its field, found by reading the line a second time.
pub fn json<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, Fault> {
    if !line.trim_ascii_start().starts_with('{') {
        return Err(Fault::line(Code::NotJson, "is not a JSON object"));
    }
    serde_json::from_str(line).map_err(|_| {
        let mut reader = serde_json::Deserializer::from_str(line);
        match serde_path_to_error::deserialize::<_, T>(&mut reader) {
            Err(error) => json_fault(&error),
            Ok(_) => Fault::line(Code::NotJson, "holds something behind its JSON object"),
        }
    })
}

fn json_fault(error: &serde_path_to_error::Error<serde_json::Error>) -> Fault {
    let path = error.path().to_string();
    let message = error.inner().to_string();
    // serde names the place twice: the column is of no use to who knows the field.
    let reason = message.split(" at line ").next().unwrap_or(&message).to_owned();
    if !error.inner().is_data() {
        let column = error.inner().column();
        let reason = format!("is not JSON at column {column}: {reason}");
        return Fault::line(Code::NotJson, reason);
    }
    let named = reason.split('`').nth(1).map(str::to_owned);
    let inside = |name: Option<String>| match (path.as_str(), name) {
        ("." | "?", name) => name,
        (path, Some(name)) if path.split('.').next_back() != Some(name.as_str()) => {
            Some(format!("{path}.{name}"))
        }
        (path, _) => Some(path.to_owned()),
    };
    let (code, field) =
        if reason.starts_with("unknown field") || reason.starts_with("duplicate field") {
            (Code::UnknownField, inside(named))
        } else if reason.starts_with("missing field") {
            (Code::MissingField, inside(named))
        } else {
            (Code::BadValue, inside(None))
        };
    Fault { field, code, reason }
}

/// Reads a record that was put together from the cells of a table.
pub fn part<'a, T: Deserialize<'a>>(value: &'a Value) -> Result<T, Fault> {
    serde_path_to_error::deserialize(value).map_err(|error| json_fault(&error))
}

/// An optional word of a closed vocabulary, in any case.
pub fn word<T: std::str::FromStr>(
    field: &str,
    value: Option<Cow<'_, str>>,
    all: &[T],
    spelling: impl Fn(&T) -> &'static str,
) -> Result<Option<T>, Fault> {
    let Some(value) = value.filter(|value| !value.trim().is_empty()) else { return Ok(None) };
    value.trim().to_ascii_uppercase().parse().map(Some).map_err(|_| {
        let allowed: Vec<String> =
            all.iter().map(|one| spelling(one).to_ascii_lowercase()).collect();
        let shown: String = value.chars().take(80).collect();
        Fault::value(field, format!("`{shown}` is none of {}", allowed.join(", ")))
    })
}

/// An optional value that is read from text.
pub fn parsed<T>(field: &str, value: Option<Cow<'_, str>>) -> Result<Option<T>, Fault>
where
    T: std::str::FromStr,
    T::Err: ToString,
{
    match value {
        Some(value) if !value.trim().is_empty() => value
            .trim()
            .parse()
            .map(Some)
            .map_err(|error: T::Err| Fault::value(field, error.to_string())),
        _ => Ok(None),
    }
}

/// An optional number from 0 to 1.
pub fn share(field: &str, value: Option<f64>) -> Result<Option<f64>, Fault> {
    Ok(field::share(field, value)?)
}

/// What a line that is one JSON value holds, for recognition.
pub fn peek<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    check_depth(line).ok()?;
    serde_json::from_slice(line).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_json_is_refused_and_brackets_in_strings_are_not() {
        assert!(check_depth(&[b'['; 33]).is_err());
        assert!(
            check_depth(&[b'('; 33]).is_ok()
                && check_depth(b"see [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[").is_ok()
        );
        assert!(check_depth(br#"{"a":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"["}"#).is_ok());
    }

    #[test]
    fn a_share_lies_between_nothing_and_all() {
        assert!(share("confidence", Some(f64::NAN)).is_err());
    }
}
