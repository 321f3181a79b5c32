//! Sources, cues and contents that are marked in a text: as Prodigy and spaCy write them (`text` and
//! `spans`, in characters of the text), and as JournalismAI hands them to its search
//! (`paragraphs` and `entities`, in characters of a paragraph, with what coreference found).

mod marked;
mod searched;

use std::borrow::Cow;

use super::super::found::{Attributed, Piece, Words, line};
use super::super::one_quote::completed;
use super::super::speakers::Speakers;
use super::super::{Known, Reader, Text};
use super::spans::{Label, Span, belonging};
use crate::domain::article::Article;
use crate::domain::offset::{Index, Unit};
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Row};
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
        // One of the two has paragraphs, the other none.
        let rows = match marked::document(record.text) {
            Ok(Some(document)) => marked::rows(&self.0, document),
            Ok(None) => searched::rows(&self.0, record.text),
            Err(fault) => Err(fault),
        };
        rows.unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

/// The line of a content, among the stretches that are marked beside it in this text.
fn quoted(
    article: &Article,
    content: &Span,
    all: &[Span],
    (index, begins): (&Index, i64),
    position: Option<i64>,
) -> Result<Line, Fault> {
    let span = Some((content.start as u64, content.end as u64));
    let piece = Piece { text: Cow::Borrowed(&content.text), span };
    let mut words = Words::of(&[piece], Some(index), &[Unit::Characters]);
    words.place = words.place.map(|(start, end)| (start + begins, end + begins));
    let source = belonging(content, Label::Source, all);
    let means = source.and_then(|span| span.means.as_deref());
    let by = Attributed {
        printed: Speakers::of(source.map(|span| span.text.as_str()), means).printed,
        cue: belonging(content, Label::Cue, all).map(|span| span.text.clone()),
        position,
        ..Attributed::default()
    };
    line(article, words, by, Extractor { name: KNOWN.name.to_owned(), version: None })
}

/// What the record says of its article, completed by what is known beside it.
fn article(context: &Context, own: Article) -> Result<Article, Fault> {
    let document = own.document_id.clone();
    if own.address.is_some() {
        return Ok(completed(own, context.settings.articles.article(document.as_deref())?));
    }
    let document = document.or_else(|| context.document());
    Ok(completed(own, context.article(document.as_deref())?))
}
