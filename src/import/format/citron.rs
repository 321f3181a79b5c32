//! BBC Citron: the quotes of one document, as its extractor writes them and as its corpora have them.
//!
//! Offsets count characters (Python). `contents` are the pieces of one quote ([`super::found`]),
//! `sources` are its speakers together, and `coreferences` are what the first of them refers to.
//! `confidence` is a string. The extractor's output names no document: it is called as its file.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::found::{Attributed, Piece, Words, document, line, quotes, without_text};
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, optional, required};
use crate::domain::offset::{Index, Unit};
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Number, Object, Row, json, share};
use crate::import::rejection::{Code, Fault};

pub(super) const KNOWN: Known = Known {
    name: "citron",
    about: "BBC Citron, one document",
    shapes: &[Shape::Document, Shape::Lines],
    recognises: |sight| {
        sight.has(&["quotes"])
            && (sight.holds(&["contents", "sources"]) || sight.holds(&["application"]))
    },
    reader: |context| Ok(Box::new(Citron(context.clone()))),
};

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(rename = "quotes")]
    _quotes: Vec<IgnoredAny>,
    #[serde(borrow, default)]
    source: Option<Object<Application<'a>>>,
    /// The number of the first quote, in a rejected row: the others of its document are not there.
    #[serde(default)]
    position: u32,
}

#[derive(Deserialize)]
struct Application<'a> {
    #[serde(borrow)]
    application: Cow<'a, str>,
    /// The colon is its own.
    #[serde(borrow, default, rename = "model:", alias = "model")]
    model: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Quote<'a> {
    #[serde(borrow)]
    sources: Vec<Object<Span<'a>>>,
    #[serde(borrow, default)]
    cue: Option<Object<Span<'a>>>,
    #[serde(borrow)]
    contents: Vec<Object<Span<'a>>>,
    #[serde(borrow, default)]
    coreferences: Vec<Object<Span<'a>>>,
    #[serde(borrow, default)]
    confidence: Option<Number<'a>>,
    #[serde(default)]
    id: Option<Id>,
}

#[derive(Deserialize)]
struct Span<'a> {
    #[serde(default)]
    start: Option<u64>,
    #[serde(default)]
    end: Option<u64>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

struct Citron(Context);

impl Reader for Citron {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        self.rows(record).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl Citron {
    fn rows(&self, record: &Text<'_>) -> Result<Vec<Row>, Fault> {
        let Self(context) = self;
        let read: Document<'_> = json(record.text)?;
        let document = document(context, None, "quotes", record.line)?;
        let article = context.article(document.as_deref())?;
        let text: Option<Arc<str>> = match read.text {
            Some(text) => Some(text.into()),
            None => context.text_or(document.as_deref(), context.beside("txt"))?,
        };
        let index = text.map(Index::new);
        let (name, version) = match read.source {
            Some(Object(source)) => (
                required("source.application", &source.application, MAX_ID)?,
                optional("source.model:", source.model, MAX_ID)?,
            ),
            None => (KNOWN.name.to_owned(), None),
        };
        let of = serde_json::json!({ "application": name, "model:": version });
        let extractor = Extractor { name, version };
        let mut rows: Vec<Row> = Vec::new();
        for (at, quote) in quotes(record.text, "quotes")?.into_iter().enumerate() {
            let position = i64::from(read.position) + i64::try_from(at).unwrap_or(0);
            let alone = format!("{{\"position\":{position},\"quotes\":[{quote}],\"source\":{of}}}");
            let row = self::quote(quote, position, &article, index.as_ref(), extractor.clone());
            rows.push(Row::within(format!("quotes[{position}]"), alone, row));
        }
        if index.is_none() && !rows.is_empty() {
            without_text(&mut rows);
        }
        Ok(rows)
    }
}

fn quote(
    text: &str,
    position: i64,
    article: &Article,
    index: Option<&Index>,
    extractor: Extractor,
) -> Result<Line, Fault> {
    let quote: Quote<'_> = json(text)?;
    if quote.contents.is_empty() {
        let reason = "has no contents: there are no words to keep";
        let code = Code::MissingField;
        return Err(Fault { field: Some("contents".to_owned()), code, reason: reason.to_owned() });
    }
    let mut contents = quote.contents;
    contents.sort_by_key(|Object(piece)| piece.start);
    let pieces: Vec<Piece<'_>> = contents
        .iter()
        .map(|Object(span)| Piece {
            text: Cow::Borrowed(&span.text),
            span: span.start.zip(span.end),
        })
        .collect();
    let words = Words::of(&pieces, index, &Unit::ALL);
    let (first, others) = match quote.sources.split_first() {
        Some((first, others)) => (Some(&*first.0.text), others),
        None => (None, [].as_slice()),
    };
    let referents = quote.coreferences.iter().map(|span| &*span.0.text);
    let mut speakers = Speakers::of(first, referents);
    for other in others {
        speakers.joined_by(&other.0.text);
    }
    let confidence = match &quote.confidence {
        Some(number) => number.read("confidence")?,
        None => None,
    };
    let by = Attributed {
        printed: speakers.printed,
        further: speakers.further,
        cue: quote.cue.map(|Object(cue)| cue.text.into_owned()),
        confidence: share("confidence", confidence)?,
        position: Some(position),
        external_id: match quote.id {
            Some(Id::Text(text)) => optional("id", Some(text.into()), MAX_ID)?,
            Some(Id::Number(number)) => Some(number.to_string()),
            None => None,
        },
    };
    line(article, words, by, extractor)
}
