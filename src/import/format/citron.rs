//! BBC Citron: the quotes of one document, as its extractor writes them and as its corpora have them.
//!
//! Offsets count characters (Python). `contents` are the pieces of one quote ([`super::found`]),
//! `sources` are its speakers together, and `coreferences` are what one of them refers to: of several
//! the one that is a pronoun.
//! `confidence` is a string. The extractor's output names no document: it is called as its file.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::found::{
    Around, Attributed, Piece, Words, document, line, quotes, span, unit, unknown, without_text,
};
use super::one_quote::Scalar;
use super::speakers::{Speakers, is_pronoun};
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, optional, required};
use crate::domain::offset::{Before, Index, Unit};
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Note, Number, Object, Row, json, share};
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
    /// In such a row: in what it counts, and what lies in the document before its `text`.
    #[serde(default)]
    unit: Option<Unit>,
    #[serde(default)]
    before: Before,
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
    id: Scalar,
}

#[derive(Deserialize)]
struct Span<'a> {
    #[serde(default)]
    start: Scalar,
    #[serde(default)]
    end: Scalar,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// Where the words of a quote stand that may have other faults.
#[derive(Deserialize)]
struct Places {
    contents: Vec<Object<Place>>,
}

#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    start: Scalar,
    #[serde(default)]
    end: Scalar,
}

impl Span<'_> {
    fn piece(&self) -> Result<Piece<'_>, Fault> {
        let span = span(("contents.start", &self.start), ("contents.end", &self.end))?;
        Ok(Piece { text: Cow::Borrowed(&self.text), span })
    }
}

/// The places of the contents, as far as they can be read.
fn places(quote: &str) -> impl Iterator<Item = (u64, u64)> + use<> {
    let contents = json::<Places>(quote).map(|places| places.contents).unwrap_or_default();
    let place = |Object(place): Object<Place>| {
        span(("start", &place.start), ("end", &place.end)).ok().flatten()
    };
    contents.into_iter().filter_map(place)
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
        let is_own = read.text.is_some();
        let text: Option<Arc<str>> = match read.text {
            Some(text) => Some(text.into()),
            None => context.text_or(document.as_deref(), context.beside("txt"))?,
        };
        let index = text.map(|text| Index::within(text, read.before));
        let index = index.as_ref();
        let (name, version) = match read.source {
            Some(Object(source)) => (
                required("source.application", &source.application, MAX_ID)?,
                optional("source.model:", source.model, MAX_ID)?,
            ),
            None => (KNOWN.name.to_owned(), None),
        };
        let of = serde_json::json!({ "application": name, "model:": version });
        let extractor = Extractor { name, version };
        let texts = quotes(record.text, "quotes")?;
        let all: Vec<Result<Quote<'_>, Fault>> = texts.iter().map(|text| json(text)).collect();
        let spans =
            all.iter().flatten().flat_map(|quote| quote.contents.iter().chain(&quote.sources));
        let pieces = spans.filter_map(|Object(span)| span.piece().ok());
        let unit = read.unit.or_else(|| unit(index, &Unit::ALL, pieces));
        let mut around =
            Around::new(index.filter(|_| is_own), (unit, Unit::Characters), record.text.len());
        let mut rows: Vec<Row> = Vec::new();
        for (at, (text, quote)) in texts.into_iter().zip(all).enumerate() {
            let position = i64::from(read.position) + i64::try_from(at).unwrap_or(0);
            let kept = around.members(places(text));
            let alone =
                format!("{{\"position\":{position},\"quotes\":[{text}],\"source\":{of}{kept}}}");
            let row = quote.and_then(|quote| {
                self::quote(quote, position, &article, (index, unit), extractor.clone())
            });
            rows.push(Row::within(format!("quotes[{position}]"), alone, row));
        }
        unknown(&mut rows, context, document.as_deref());
        if index.is_none() && !rows.is_empty() {
            without_text(&mut rows);
        }
        Ok(rows)
    }
}

fn quote(
    quote: Quote<'_>,
    position: i64,
    article: &Arc<Article>,
    (index, unit): (Option<&Index>, Option<Unit>),
    extractor: Extractor,
) -> Result<Line, Fault> {
    if quote.contents.is_empty() {
        let reason = "has no contents: there are no words to keep";
        let code = Code::MissingField;
        return Err(Fault { field: Some("contents".to_owned()), code, reason: reason.to_owned() });
    }
    let mut pieces = Vec::new();
    for Object(span) in &quote.contents {
        pieces.push(span.piece()?);
    }
    pieces.sort_by_key(|piece| piece.span);
    let words = Words::of(&pieces, index, unit.as_slice());
    let (speakers, unread) = speakers(&quote);
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
        external_id: optional("id", quote.id.cow(), MAX_ID)?,
    };
    let mut line = line(article, words, by, extractor)?;
    line.notes.extend(unread);
    Ok(line)
}

/// Who says a quote. Of several sources Citron does not say whose its coreferences are: they can only
/// be those of the one pronoun.
fn speakers(quote: &Quote<'_>) -> (Speakers, Option<Note>) {
    let [sources, referents] = [&quote.sources, &quote.coreferences]
        .map(|spans| spans.iter().map(|Object(span)| &*span.text).collect::<Vec<_>>());
    let pronouns: Vec<usize> = (0..sources.len()).filter(|at| is_pronoun(sources[*at])).collect();
    let named = match (sources.as_slice(), pronouns.as_slice()) {
        ([] | [_], _) => Some(0),
        (_, [one]) => Some(*one),
        _ => None,
    };
    let of = |at| if named == Some(at) { referents.as_slice() } else { &[] }.iter().copied();
    let mut speakers = Speakers::of(sources.first().copied(), of(0));
    for (at, source) in sources.iter().enumerate().skip(1) {
        speakers.joined_by_meaning(source, of(at));
    }
    let is_lost = named.is_none() && referents.iter().any(|name| !sources.contains(name));
    let note = is_lost.then(|| {
        Note::Unread(format!(
            "coreferences, since there are several sources: {}",
            referents.join(", ")
        ))
    });
    (speakers, note)
}
