//! Gender Gap Tracker and what is built on it (ATAP's quotation tool): a JSON array a document, or a
//! table of several documents.
//!
//! Places are texts such as `(84,173)`, in characters of the article; `(0,0)` is none. An array does
//! not say of which document it is: the file is called like it. Entities and counts of tokens are left
//! behind, and so are the places of speaker and verb.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::found::{Attributed, Piece, Words, line, quotes, without_text};
use super::one_quote::{Scalar, is_missing};
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::field::{MAX_ID, optional};
use crate::domain::offset::{Index, Unit};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::{Cells, Shape};
use crate::import::record::{Line, Row, json, part};
use crate::import::rejection::{Code, Fault};

pub(super) const KNOWN: Known = Known {
    name: "gender-gap-tracker",
    about: "Gender Gap Tracker and ATAP's quotation tool, a JSON array a document or a table",
    shapes: &[Shape::Document, Shape::Table],
    recognises: |sight| {
        sight.has(&["quote", "speaker"])
            && (sight.has(&["quote_index"]) || sight.has(&["quote_type", "is_floating_quote"]))
    },
    reader: |context| {
        let context = context.clone();
        Ok(Box::new(Tracker { context, columns: Vec::new(), text: None, is_told: false }))
    },
};

/// The columns that are read. Tables have others, the article's whole text among them.
const FIELDS: [&str; 8] =
    ["text_id", "text_name", "quote_id", "quote", "quote_index", "speaker", "verb", "quote_type"];

#[derive(Deserialize)]
struct Quote {
    quote: String,
    #[serde(default)]
    speaker: Scalar,
    #[serde(default)]
    quote_index: Scalar,
    #[serde(default)]
    verb: Scalar,
    #[serde(default)]
    quote_type: Scalar,
    #[serde(default)]
    text_id: Scalar,
    #[serde(default)]
    text_name: Scalar,
    #[serde(default)]
    quote_id: Scalar,
}

/// An array, with a name; so a rejected row is kept, with the number that it had.
#[derive(Deserialize)]
struct Document {
    #[serde(rename = "quotes")]
    _quotes: Vec<IgnoredAny>,
    #[serde(default)]
    position: u32,
}

struct Tracker {
    context: Context,
    /// The field in each column of a table.
    columns: Vec<Option<&'static str>>,
    /// The last document, with its text where that is at hand.
    text: Option<(Option<String>, Option<Index>)>,
    /// Whether it was told that a text is not at hand.
    is_told: bool,
}

impl Reader for Tracker {
    fn head(&mut self, cells: &Cells) -> Result<(), Fault> {
        let field = |name: &str| FIELDS.into_iter().find(|field| *field == name.trim());
        self.columns = cells.iter().map(field).collect();
        for field in FIELDS {
            if self.columns.iter().filter(|column| **column == Some(field)).count() > 1 {
                let reason = "the table has two such columns".to_owned();
                return Err(Fault { field: Some(field.into()), code: Code::UnknownField, reason });
            }
        }
        Ok(())
    }

    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        let mut rows = match record.cells {
            Some(cells) => vec![Row::of(self.row(cells).and_then(|quote| self.line(quote, None)))],
            None => self.array(record.text).unwrap_or_else(|fault| vec![Row::of(Err(fault))]),
        };
        let is_blind = matches!(self.text, Some((_, None)));
        if is_blind && !self.is_told && rows.iter().any(|row| row.read.is_ok()) {
            without_text(&mut rows);
            self.is_told = true;
        }
        rows
    }
}

impl Tracker {
    fn array(&mut self, text: &str) -> Result<Vec<Row>, Fault> {
        let named = if text.trim_start().starts_with('[') {
            Cow::Owned(format!("{{\"quotes\":{text}}}"))
        } else {
            Cow::Borrowed(text)
        };
        let document: Document = json(&named)?;
        let first = i64::from(document.position);
        let mut rows = Vec::new();
        for (position, quote) in (first..).zip(quotes(&named, "quotes")?) {
            let read = json(quote).and_then(|quote| self.line(quote, Some(position)));
            let alone = format!("{{\"position\":{position},\"quotes\":[{quote}]}}");
            rows.push(Row::within(format!("[{position}]"), alone, read));
        }
        Ok(rows)
    }

    fn row(&self, cells: &Cells) -> Result<Quote, Fault> {
        let filled = self.columns.iter().zip(cells.iter()).filter_map(|(field, cell)| {
            let field = (*field)?;
            let is_there = field == "quote" && !cell.trim().is_empty() || !is_missing(cell);
            is_there.then(|| (field.to_owned(), Value::from(cell)))
        });
        part(&Value::Object(filled.collect::<Map<_, _>>()))
    }

    fn line(&mut self, quote: Quote, position: Option<i64>) -> Result<Line, Fault> {
        let named = quote.text_name.cow().or(quote.text_id.cow());
        // A table that names documents is not called like any of them.
        let names = ["text_id", "text_name"].map(Some);
        let is_named = self.columns.iter().any(|column| names.contains(column));
        let implied = || match is_named {
            true => self.context.settings.articles.document().map(str::to_owned),
            false => self.context.document(),
        };
        let document = optional("text_id", named, MAX_ID)?.or_else(implied);
        let article = self.context.article(document.as_deref())?;
        let span = quote.quote_index.text().map(|text| span("quote_index", text)).transpose()?;
        let piece = Piece { text: Cow::Borrowed(&quote.quote), span: span.flatten() };
        let mut words = Words::of(&[piece], self.index(document)?, &[Unit::Characters]);
        // The order of content, verb, speaker and quotation marks: `QCQSV` has the content in marks,
        // which the tool leaves out of it more often than not.
        let is_inside = quote.quote_type.text().is_some_and(|order| order.contains("QCQ"));
        if is_inside {
            words.kind = QuoteKind::Direct;
        }
        let by = Attributed {
            printed: Speakers::of(quote.speaker.text(), []).printed,
            cue: quote.verb.text().map(str::to_owned),
            position: position
                .map_or_else(|| quote.quote_id.count("quote_id"), |at| Ok(Some(at)))?,
            ..Attributed::default()
        };
        let extractor = Extractor { name: KNOWN.name.to_owned(), version: None };
        line(&article, words, by, extractor)
    }

    /// The text of a document.
    fn index(&mut self, document: Option<String>) -> Result<Option<&Index>, Fault> {
        if self.text.as_ref().is_none_or(|(last, _)| *last != document) {
            // Of a table the file is not called like any document.
            let beside = self.columns.is_empty().then(|| self.context.beside("txt")).flatten();
            let text = self.context.text_or(document.as_deref(), beside)?;
            self.text = Some((document, text.map(Index::new)));
        }
        Ok(self.text.as_ref().and_then(|(_, index)| index.as_ref()))
    }
}

/// A place such as `(84,173)`; `None` for `(0,0)`.
fn span(field: &str, text: &str) -> Result<Option<(u64, u64)>, Fault> {
    let pair = text.trim().strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let pair = pair.and_then(|pair| pair.split_once(','));
    let number = |text: &str| text.trim().parse::<u64>().ok();
    match pair.and_then(|(start, end)| Some((number(start)?, number(end)?))) {
        Some((_, 0)) => Ok(None),
        Some((start, end)) if start <= end => Ok(Some((start, end))),
        _ => {
            let shown: String = text.chars().take(80).collect();
            Err(Fault::value(field, format!("`{shown}` is not a place such as (84,173)")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_text_and_may_be_none() {
        assert_eq!(span("i", "(84,173)"), Ok(Some((84, 173))));
        assert_eq!(span("i", "(84, 173)"), Ok(Some((84, 173))));
        assert_eq!(span("i", "(0,0)"), Ok(None));
        for text in ["84,173", "(84)", "(-1,3)", "(9,3)", "(a,b)", "(1,2,3)"] {
            assert!(span("i", text).is_err(), "{text}");
        }
    }
}
