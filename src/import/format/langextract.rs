//! LangExtract 1.x: JSON lines, a document a line, with its text.
//!
//! Extractions of the class `quote` are quotes, with what the prompt asked for in `attributes`: taken
//! are `speaker`, `role`, `organisation` (or `organization`), `cue` and `kind`. An attribute may be a
//! list: speakers of a list say it together; of other lists the first value is kept and the rest is
//! told, since nothing says how they belong together. What has another class is told.
//!
//! The model's words need not be the text's. `char_interval` counts characters (Python), and is a
//! position where LangExtract aligned exactly (`match_exact`) and the text has the words there.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::found::{Attributed, Piece, Words, document, line, quotes, tell, without_text};
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::attribution::nobody;
use crate::domain::offset::{Index, Unit};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Note, Object, Row, json, word};
use crate::import::rejection::Fault;

pub(super) const KNOWN: Known = Known {
    name: "langextract",
    about: "LangExtract's JSON lines, one document a line",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| {
        sight.has(&["extractions"])
            && (sight.has(&["document_id"])
                || sight.has(&["text"])
                || sight.holds(&["extraction_class", "extraction_text"]))
    },
    reader: |context| Ok(Box::new(LangExtract(context.clone()))),
};

/// The class of quotes.
const QUOTE: &str = "quote";
/// How LangExtract says that it found the words as they are.
const EXACT: &str = "match_exact";

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, default)]
    document_id: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(default, rename = "extractions")]
    _extractions: Option<Vec<IgnoredAny>>,
    /// The number of the first extraction, in a rejected row: the others are not there.
    #[serde(default)]
    position: u32,
}

#[derive(Deserialize)]
struct Class<'a> {
    #[serde(borrow)]
    extraction_class: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Extraction<'a> {
    #[serde(borrow)]
    extraction_text: Cow<'a, str>,
    #[serde(default)]
    char_interval: Option<Object<Interval>>,
    #[serde(borrow, default)]
    alignment_status: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    attributes: Option<Object<Attributes<'a>>>,
}

#[derive(Deserialize)]
struct Interval {
    #[serde(default)]
    start_pos: Option<u64>,
    #[serde(default)]
    end_pos: Option<u64>,
}

#[derive(Deserialize, Default)]
struct Attributes<'a> {
    #[serde(borrow, default)]
    speaker: Values<'a>,
    #[serde(borrow, default)]
    role: Values<'a>,
    #[serde(borrow, default, alias = "organization")]
    organisation: Values<'a>,
    #[serde(borrow, default)]
    cue: Values<'a>,
    #[serde(borrow, default)]
    kind: Values<'a>,
}

/// One value or several.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Values<'a> {
    #[default]
    None,
    #[serde(borrow)]
    One(Cow<'a, str>),
    #[serde(borrow)]
    Several(Vec<Cow<'a, str>>),
}

impl Values<'_> {
    /// Those that say something.
    fn all(&self) -> impl Iterator<Item = &str> {
        let (one, several) = match self {
            Self::None => (None, [].as_slice()),
            Self::One(one) => (Some(one), [].as_slice()),
            Self::Several(several) => (None, several.as_slice()),
        };
        one.into_iter().chain(several).map(AsRef::as_ref).filter(|value: &&str| !nobody(value))
    }

    /// The first one; the others are told.
    fn first(&self, field: &str, notes: &mut Vec<Note>) -> Option<String> {
        let mut all = self.all();
        let first = all.next().map(str::to_owned);
        let others: Vec<&str> = all.collect();
        if let (Some(first), false) = (&first, others.is_empty()) {
            notes.push(Note::Several(format!("{field}: {first}, not {}", others.join(", "))));
        }
        first
    }
}

struct LangExtract(Context);

impl Reader for LangExtract {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        self.rows(record).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl LangExtract {
    fn rows(&self, record: &Text<'_>) -> Result<Vec<Row>, Fault> {
        let Self(context) = self;
        let read: Document<'_> = json(record.text)?;
        let document = document(context, read.document_id.as_deref(), "document_id", record.line)?;
        let article = context.article(document.as_deref())?;
        let text = match read.text {
            Some(text) => Some(text.into()),
            None => context.text_or(document.as_deref(), None)?,
        };
        let index = text.map(Index::new);
        let id = serde_json::to_string(&read.document_id).unwrap_or_default();
        let mut rows: Vec<Row> = Vec::new();
        let mut classes: BTreeMap<String, u32> = BTreeMap::new();
        for (at, text) in quotes(record.text, "extractions")?.into_iter().enumerate() {
            let position = i64::from(read.position) + i64::try_from(at).unwrap_or(0);
            let class = json::<Class<'_>>(text).map(|class| class.extraction_class);
            if let Ok(class) = &class
                && !class.trim().eq_ignore_ascii_case(QUOTE)
            {
                *classes.entry(class.trim().to_owned()).or_default() += 1;
                continue;
            }
            let row = class.and_then(|_| quote(text, position, &article, index.as_ref()));
            let place = format!("extractions[{position}]");
            let alone = format!(
                "{{\"document_id\":{id},\"position\":{position},\"extractions\":[{text}]}}"
            );
            rows.push(Row::within(place, alone, row));
        }
        if index.is_none() && !rows.is_empty() {
            without_text(&mut rows);
        }
        let others = classes.into_iter().map(|(class, count)| format!("{count} × {class}"));
        let others: Vec<String> = others.collect();
        if !others.is_empty() {
            tell(&mut rows, vec![Note::NoQuote(others.join(", "))]);
        }
        Ok(rows)
    }
}

fn quote(
    text: &str,
    position: i64,
    article: &Article,
    index: Option<&Index>,
) -> Result<Line, Fault> {
    let read: Extraction<'_> = json(text)?;
    let attributes = read.attributes.map(|Object(attributes)| attributes).unwrap_or_default();
    let mut notes = Vec::new();
    let span = read.char_interval.and_then(|Object(span)| span.start_pos.zip(span.end_pos));
    let is_exact = read.alignment_status.as_deref() == Some(EXACT);
    if let (Some(_), Some(status), false) = (span, &read.alignment_status, is_exact) {
        notes.push(Note::Offset(format!("LangExtract found no exact match ({status})")));
    }
    let piece = Piece { text: read.extraction_text, span: span.filter(|_| is_exact) };
    let mut words = Words::of(&[piece], index, &[Unit::Characters]);
    let kind = attributes.kind.first("kind", &mut notes).map(Cow::Owned);
    let kind = word("attributes.kind", kind, QuoteKind::ALL, |kind| kind.as_str())?;
    // Its class says that it is a quote, and models leave the marks away.
    words.kind = match (kind, words.kind) {
        (Some(kind), _) => kind,
        (None, QuoteKind::Mixed) => QuoteKind::Mixed,
        (None, _) => QuoteKind::Direct,
    };
    let mut said_by = attributes.speaker.all();
    let mut speakers = Speakers::of(said_by.next(), None);
    for other in said_by {
        speakers.joined_by(other);
    }
    let Speakers { mut printed, further } = speakers;
    // What has an attribute of its own is surer than what the speaker's words show.
    printed.role = attributes.role.first("role", &mut notes).or(printed.role);
    let organisation = attributes.organisation.first("organisation", &mut notes);
    printed.organisation = organisation.or(printed.organisation);
    let by = Attributed {
        printed,
        further,
        cue: attributes.cue.first("cue", &mut notes),
        position: Some(position),
        ..Attributed::default()
    };
    let extractor = Extractor { name: KNOWN.name.to_owned(), version: None };
    let mut line = line(article, words, by, extractor)?;
    line.notes.extend(notes);
    Ok(line)
}
