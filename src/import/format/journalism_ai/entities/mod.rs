//! Sources, cues and contents that are marked in a text: as Prodigy and spaCy write them (`text` and
//! `spans`, in characters of the text), and as JournalismAI hands them to its search
//! (`paragraphs` and `entities`, in characters of a paragraph, with what coreference found).

mod marked;
mod searched;

use serde_json::{Map, Value};

use super::super::one_quote::{self, source, words};
use super::super::{Known, Reader, Text};
use super::spans::{Label, Span, belonging};
use crate::domain::article::Article;
use crate::domain::field::{MAX_NAME, optional};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Reading;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Row, tree};
use crate::import::rejection::Fault;

pub(in crate::import::format) const KNOWN: Known = Known {
    name: "journalismai",
    about: "sources, cues and contents as JournalismAI, Prodigy and spaCy mark them",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| {
        let is_marked = ["spans", "ents", "entities"].iter().any(|name| sight.has(&[name]));
        is_marked && (sight.has(&["text"]) || sight.has(&["paragraphs"]))
    },
    reader: |context| Ok(Box::new(Entities(context.clone()))),
};

struct Entities(Context);

impl Reader for Entities {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        let rows = tree(record.text).and_then(|record| self.rows(record));
        rows.unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl Entities {
    fn rows(&self, record: Map<String, Value>) -> Result<Vec<Row>, Fault> {
        if record.contains_key("paragraphs") {
            searched::rows(&self.0, record)
        } else {
            marked::rows(&self.0, record)
        }
    }
}

/// What the stretches of a content say; where it stands is for whoever knows the text.
fn reading(content: &Span, all: &[Span]) -> Result<(Reading, one_quote::Words), Fault> {
    let words = words("text", &content.text)?;
    // What is said without quotation marks is marked as well.
    let kind = match words.kind {
        QuoteKind::Indirect => QuoteKind::Indirect,
        kind => kind,
    };
    let mut reading = one_quote::reading("journalismai", kind, words.text.clone());
    if let Some(span) = belonging(content, Label::Source, all) {
        let means = span.means.as_deref().filter(|means| !means.trim().is_empty());
        reading.printed = source("source", Some(means.unwrap_or(&span.text)))?;
        // "He" stands in the text; that he is the mayor, the tool has found out.
        if means.is_some() {
            reading.printed.attribution = optional("source", Some(span.text.as_str().into()), MAX_NAME)?;
        }
    }
    if let Some(span) = belonging(content, Label::Cue, all) {
        reading.cue = optional("cue", Some(span.text.as_str().into()), MAX_NAME)?;
    }
    Ok((reading, words))
}

/// What the record says of its article, completed by what is known beside it.
fn article(context: &Context, own: Article) -> Result<Article, Fault> {
    let document = own.document_id.clone();
    if own.address.is_some() {
        return Ok(one_quote::completed(own, context.settings.articles.article(document.as_deref())?));
    }
    let document = document.or_else(|| context.document());
    Ok(one_quote::completed(own, context.article(document.as_deref())?))
}
