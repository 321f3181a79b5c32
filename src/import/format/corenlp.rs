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

use super::found::{Attributed, Piece, Words, document, line, quotes, without_text};
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::offset::{Index, Unit};
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

/// Where the numbers of quotes begin of a record that holds not all of its document.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default, rename = "docId")]
    id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(rename = "quotes")]
    _quotes: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Quote<'a> {
    #[serde(default)]
    id: Option<u32>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default, rename = "beginIndex")]
    begin: Option<u64>,
    #[serde(default, rename = "endIndex")]
    end: Option<u64>,
    #[serde(borrow, default)]
    mention: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    speaker: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "canonicalSpeaker")]
    canonical: Option<Cow<'a, str>>,
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
        let document = document(context, read.id.as_deref(), "docId", record.line)?;
        let article = context.article(document.as_deref())?;
        // The output of `x.txt` is called `x.txt.json`.
        let files = [context.beside("txt"), context.beside("")].into_iter().flatten();
        let text: Option<Arc<str>> = match read.text {
            Some(text) => Some(text.into()),
            None => context.text_or(document.as_deref(), files)?,
        };
        let index = text.map(Index::new);
        let mut rows: Vec<Row> = Vec::new();
        for (number, quote) in quotes(record.text, "quotes")?.into_iter().enumerate() {
            let id = serde_json::to_string(&read.id).unwrap_or_default();
            let alone = format!("{{\"docId\":{id},\"quotes\":[{quote}]}}");
            let row = self::quote(quote, number, &article, index.as_ref());
            rows.push(Row::within(format!("quotes[{number}]"), alone, row));
        }
        if index.is_none() && !rows.is_empty() {
            without_text(&mut rows);
        }
        Ok(rows)
    }
}

fn quote(
    text: &str,
    number: usize,
    article: &Article,
    index: Option<&Index>,
) -> Result<Line, Fault> {
    let quote: Quote<'_> = json(text)?;
    let span = quote.begin.zip(quote.end);
    let piece = Piece { text: Cow::Borrowed(&quote.text), span };
    let units = [Unit::Utf16, Unit::Characters, Unit::Bytes];
    // All that it finds stands in quotation marks.
    let words = Words { kind: QuoteKind::Direct, ..Words::of(&[piece], index, &units) };
    let mention = quote.mention.as_deref().or(quote.speaker.as_deref());
    let referents = [quote.speaker.as_deref(), quote.canonical.as_deref()];
    let Speakers { printed, further } = Speakers::of(mention, referents.into_iter().flatten());
    let by = Attributed {
        printed,
        further,
        position: quote.id.map(i64::from).or_else(|| i64::try_from(number).ok()),
        ..Attributed::default()
    };
    line(article, words, by, Extractor { name: "corenlp".to_owned(), version: None })
}
