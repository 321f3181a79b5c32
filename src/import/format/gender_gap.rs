//! Gender Gap Tracker and what is built on it (ATAP's quotation tool): a JSON array a document, or a
//! table of several documents; one record is one quote.
//!
//! Places are texts such as `(84,173)`, in characters of the article; `(0,0)` is none. An array does
//! not say of which document it is: the file is called like it. Entities and counts of tokens are left
//! behind, and so is `speaker_index`.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::one_quote::{self, Scalar, count, source, words};
use super::{Known, Reader, Text};
use crate::domain::field::{MAX_NAME, optional};
use crate::domain::quote::QuoteKind;
use crate::import::context::Context;
use crate::import::cut::{Cells, Shape};
use crate::import::record::{Line, Row, json, part};
use crate::import::rejection::{Code, Fault};

pub(super) const KNOWN: Known = Known {
    name: "gender-gap-tracker",
    about: "Gender Gap Tracker and ATAP's quotation tool, a JSON array a document or a table",
    shapes: &[Shape::Elements, Shape::Lines, Shape::Table],
    recognises: |sight| {
        sight.has(&["quote", "speaker"])
            && (sight.has(&["quote_index"]) || sight.has(&["quote_type", "is_floating_quote"]))
    },
    reader: |context| Ok(Box::new(Tracker { context: context.clone(), columns: Vec::new() })),
};

/// The columns that are read. Tables have others, the article's whole text among them.
const FIELDS: [&str; 9] = [
    "text_id",
    "text_name",
    "quote_id",
    "quote",
    "quote_index",
    "speaker",
    "verb",
    "quote_type",
    "is_floating_quote",
];

#[derive(Deserialize)]
struct Quoted {
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

struct Tracker {
    context: Context,
    /// The field in each column of a table.
    columns: Vec<Option<&'static str>>,
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
        let quoted = match record.cells {
            Some(cells) => self.row(cells),
            None => json(record.text),
        };
        vec![Row::of(quoted.and_then(|quoted| self.line(quoted)))]
    }
}

impl Tracker {
    fn row(&self, cells: &Cells) -> Result<Quoted, Fault> {
        let filled = self.columns.iter().zip(cells.iter()).filter_map(|(field, cell)| {
            let field = (*field)?;
            (!cell.trim().is_empty()).then(|| (field.to_owned(), Value::from(cell)))
        });
        part(&Value::Object(filled.collect::<Map<_, _>>()))
    }

    fn line(&self, quoted: Quoted) -> Result<Line, Fault> {
        let named = quoted.text_name.text().or(quoted.text_id.text()).map(str::to_owned);
        let article = self.context.article(named.or_else(|| self.context.document()).as_deref())?;
        let words = words("quote", &quoted.quote)?;
        let is_inside = quoted.quote_type.text().is_some_and(|order| order.contains("QCQ"));
        // The order of content, verb, speaker and quotation marks: `QCQSV` has the content in marks,
        // which the tool leaves out of it more often than not.
        let kind = match words.kind {
            QuoteKind::Indirect if is_inside => QuoteKind::Direct,
            kind => kind,
        };
        let place = quoted.quote_index.text().map(|text| span("quote_index", text)).transpose()?;
        let mut reading = one_quote::reading("gender-gap-tracker", kind, words.text);
        if let Some((start, end)) = place.flatten() {
            let whole = quoted.quote.chars().count() as i64 == end - start;
            reading.start = Some(start + words.before);
            // Sentences that the tool joins are shorter than what they span: where their last mark
            // stands cannot be told.
            reading.end = match (words.bared, whole) {
                (false, _) => Some(end),
                (true, true) => Some(start + words.before + words.length),
                (true, false) => None,
            };
        }
        reading.position = quoted.quote_id.count("quote_id")?;
        reading.printed = source("speaker", quoted.speaker.text())?;
        reading.cue = optional("verb", quoted.verb.cow(), MAX_NAME)?;
        one_quote::line(article, reading, Vec::new())
    }
}

/// A place such as `(84,173)`; `None` for `(0,0)`.
fn span(field: &str, text: &str) -> Result<Option<(i64, i64)>, Fault> {
    let inside = text.trim().strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let Some((start, end)) = inside.and_then(|inside| inside.split_once(',')) else {
        let shown: String = text.chars().take(80).collect();
        return Err(Fault::value(field, format!("`{shown}` is not a place such as (84,173)")));
    };
    let (start, end) = (count(field, start)?, count(field, end)?);
    if end < start {
        return Err(Fault::value(field, format!("the end {end} lies before the start {start}")));
    }
    Ok((end > 0).then_some((start, end)))
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
