//! Sources, cues and contents that are marked in a text: as Prodigy and spaCy write them (`text` and
//! `spans`, in characters of the text), and as JournalismAI hands them to its search
//! (`paragraphs` and `entities`, in characters of a paragraph, with what coreference found).

mod marked;
mod searched;

use std::borrow::Cow;
use std::sync::Arc;

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
            Ok(Some(document)) => marked::rows(&self.0, &document, record),
            Ok(None) => searched::rows(&self.0, record.text),
            Err(fault) => Err(fault),
        };
        rows.unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

/// The line of a content, among the stretches that are marked beside it in this text, which begins
/// there in the article's, where that is known.
fn quoted(
    article: &Arc<Article>,
    content: &Span<'_>,
    all: &[Span<'_>],
    (index, begins): (&Index, Option<i64>),
    (position, external_id): (Option<i64>, Option<String>),
) -> Result<Line, Fault> {
    let span = Some((content.start as u64, content.end as u64));
    let piece = Piece { text: Cow::Borrowed(&content.text), span };
    let mut words = Words::of(&[piece], Some(index), &[Unit::Characters]);
    let place = words.place.zip(begins);
    let place = place.map(|((start, end), begins)| (start + begins, end + begins));
    words.place = place.filter(|(_, end)| *end <= i64::from(u32::MAX));
    let source = belonging(content, Label::Source, all);
    let means = source.and_then(|span| span.means.as_deref());
    let Speakers { printed, further } = Speakers::of(source.map(|span| &*span.text), means);
    let by = Attributed {
        printed,
        further,
        cue: belonging(content, Label::Cue, all).map(|span| span.text.to_string()),
        position,
        external_id,
        ..Attributed::default()
    };
    line(article, words, by, Extractor { name: KNOWN.name.to_owned(), version: None })
}

/// So many characters behind a place.
fn behind(place: u32, characters: usize) -> u32 {
    place.saturating_add(u32::try_from(characters).unwrap_or(u32::MAX))
}

/// A content and the source and the cue that belong to it.
fn linked<'a, 's>(content: &'a Span<'s>, all: &'a [Span<'s>]) -> Vec<&'a Span<'s>> {
    let others = [Label::Source, Label::Cue].map(|label| belonging(content, label, all));
    std::iter::once(content).chain(others.into_iter().flatten()).collect()
}

/// What the record says of its article, completed by what is known beside it.
fn article(context: &Context, own: Article) -> Result<Arc<Article>, Fault> {
    let document = own.document_id.clone();
    let known = if own.address.is_some() {
        context.settings.articles.article(document.as_deref())?
    } else {
        let document = document.or_else(|| context.document());
        Arc::unwrap_or_clone(context.article(document.as_deref())?)
    };
    Ok(Arc::new(completed(own, known)))
}
