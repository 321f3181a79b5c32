//! Stanford CoreNLP's JSON, one document: its own output, or the quotes of it alone.
//!
//! Offsets are UTF-16 units (Java's `String`). `mention` is what is printed beside the quote, `speaker`
//! the name that CoreNLP takes for it, and `canonicalSpeaker` the first mention of the same entity,
//! after coreference: all three may be `"Unknown"`, and the last two a pronoun. Older versions have no
//! `mention`, and `speaker` stands for it. What decides is in [`Speakers`].

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::found::{
    Around, Attributed, Piece, Words, document, line, quotes, span, unit, unknown, without_text,
};
use super::one_quote::Scalar;
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::offset::{Before, Index, Unit};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Row, json};
use crate::import::rejection::Fault;

pub(super) const KNOWN: Known = Known {
    name: "corenlp",
    about: "Stanford CoreNLP's JSON, one document",
    shapes: &[Shape::Document, Shape::Lines],
    recognises: |sight| {
        sight.has(&["quotes"])
            && (sight.has(&["docId"])
                || sight.has(&["sentences"])
                || sight.holds(&["beginIndex", "endIndex"]))
    },
    reader: |context| Ok(Box::new(CoreNlp(context.clone()))),
};

/// In what Java counts, and what others do.
const UNITS: [Unit; 3] = [Unit::Utf16, Unit::Characters, Unit::Bytes];

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(default, rename = "docId")]
    id: Scalar,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(rename = "quotes")]
    _quotes: Vec<IgnoredAny>,
    /// The number of the first quote, in a rejected row: the others of its document are not there.
    #[serde(default)]
    position: u32,
    /// In such a row: in what it counts, and what lies in the document before its `text`.
    #[serde(default)]
    unit: Option<Unit>,
    #[serde(default)]
    before: Before,
}

#[derive(Deserialize)]
struct Quote<'a> {
    #[serde(default)]
    id: Scalar,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default, rename = "beginIndex")]
    begin: Scalar,
    #[serde(default, rename = "endIndex")]
    end: Scalar,
    #[serde(borrow, default)]
    mention: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    speaker: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "canonicalSpeaker")]
    canonical: Option<Cow<'a, str>>,
}

/// Where the words of a quote stand that may have other faults.
#[derive(Deserialize)]
struct Place {
    #[serde(default, rename = "beginIndex")]
    begin: Scalar,
    #[serde(default, rename = "endIndex")]
    end: Scalar,
}

impl Quote<'_> {
    fn piece(&self) -> Result<Piece<'_>, Fault> {
        let span = span(("beginIndex", &self.begin), ("endIndex", &self.end))?;
        Ok(Piece { text: Cow::Borrowed(&self.text), span })
    }
}

/// The place of the words, as far as it can be read.
fn place(quote: &str) -> Option<(u64, u64)> {
    let place: Place = json(quote).ok()?;
    span(("beginIndex", &place.begin), ("endIndex", &place.end)).ok()?
}

struct CoreNlp(Context);

impl Reader for CoreNlp {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        self.rows(record).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl CoreNlp {
    fn rows(&self, record: &Text<'_>) -> Result<Vec<Row>, Fault> {
        let Self(context) = self;
        let read: Document<'_> = json(record.text)?;
        let document = document(context, read.id.text(), "docId", record.line)?;
        let article = context.article(document.as_deref())?;
        // The output of `x.txt` is called `x.txt.json`.
        let files = [context.beside("txt"), context.beside("")].into_iter().flatten();
        let is_own = read.text.is_some();
        let text: Option<Arc<str>> = match read.text {
            Some(text) => Some(text.into()),
            None => context.text_or(document.as_deref(), files)?,
        };
        let index = text.map(|text| Index::within(text, read.before));
        let index = index.as_ref();
        let texts = quotes(record.text, "quotes")?;
        let all: Vec<Result<Quote<'_>, Fault>> = texts.iter().map(|text| json(text)).collect();
        let pieces = all.iter().flatten().filter_map(|quote| quote.piece().ok());
        let unit = read.unit.or_else(|| unit(index, &UNITS, pieces));
        let mut around =
            Around::new(index.filter(|_| is_own), (unit, Unit::Utf16), record.text.len());
        let id = serde_json::json!(read.id.text());
        let mut rows: Vec<Row> = Vec::new();
        for (at, (text, quote)) in texts.into_iter().zip(all).enumerate() {
            let number = i64::from(read.position) + i64::try_from(at).unwrap_or(0);
            let kept = around.members(place(text).into_iter());
            let alone =
                format!("{{\"docId\":{id},\"position\":{number},\"quotes\":[{text}]{kept}}}");
            let row = quote.and_then(|quote| self::quote(&quote, number, &article, (index, unit)));
            rows.push(Row::within(format!("quotes[{number}]"), alone, row));
        }
        unknown(&mut rows, context, document.as_deref());
        if index.is_none() && !rows.is_empty() {
            without_text(&mut rows);
        }
        Ok(rows)
    }
}

fn quote(
    quote: &Quote<'_>,
    number: i64,
    article: &Arc<Article>,
    (index, unit): (Option<&Index>, Option<Unit>),
) -> Result<Line, Fault> {
    // All that it finds stands in quotation marks.
    let words =
        Words { kind: QuoteKind::Direct, ..Words::of(&[quote.piece()?], index, unit.as_slice()) };
    let mention = quote.mention.as_deref().or(quote.speaker.as_deref());
    let referents = [quote.speaker.as_deref(), quote.canonical.as_deref()];
    let Speakers { printed, further } = Speakers::of(mention, referents.into_iter().flatten());
    let by = Attributed {
        printed,
        further,
        position: quote.id.count("id")?.or(Some(number)),
        ..Attributed::default()
    };
    line(article, words, by, Extractor { name: "corenlp".to_owned(), version: None })
}
