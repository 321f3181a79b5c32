//! What JournalismAI hands to its search: `metadata`, `paragraphs`, and `entities` with places in a
//! paragraph. The text is that of all paragraphs.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::json;

use super::super::super::found::unknown;
use super::super::super::one_quote::{self, Scalar};
use super::super::spans::{Label, Span, within_bounds, within_growth};
use super::{article, behind, linked, quoted};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, MAX_NAME, address, optional};
use crate::domain::offset::{Index, Unit};
use crate::import::context::Context;
use crate::import::record::{self, Row};
use crate::import::rejection::Fault;

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    paragraphs: Vec<String>,
    #[serde(default)]
    entities: Vec<Entity>,
    /// Where the paragraphs begin in the text of the article: in a row that was rejected.
    #[serde(default)]
    begins: u32,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    path: Scalar,
    #[serde(default)]
    url: Scalar,
    #[serde(default)]
    publisher: Scalar,
    #[serde(default)]
    publish_date: Scalar,
    #[serde(default)]
    title: Scalar,
}

#[derive(Deserialize)]
struct Entity {
    #[serde(default)]
    index: Scalar,
    span_text: String,
    #[serde(default)]
    span_coref: Option<String>,
    span_label: String,
    #[serde(default)]
    span_start: Scalar,
    #[serde(default)]
    paragraph_start: Scalar,
    #[serde(default)]
    paragraph_end: Scalar,
}

/// The rows of a record: one for each content.
pub fn rows(context: &Context, text: &str) -> Result<Vec<Row>, Fault> {
    let document: Document = record::json(text)?;
    within_bounds(document.entities.len())?;
    let about = &document.metadata;
    let article = article(context, own(about)?)?;
    let mut begins = vec![0];
    for paragraph in &document.paragraphs {
        begins.push(begins.last().copied().unwrap_or(0) + paragraph.chars().count());
    }
    let mut spans = Vec::new();
    for (at, entity) in document.entities.iter().enumerate() {
        let fault = |fault: Fault| Fault {
            field: fault.field.map(|field| format!("entities[{at}].{field}")),
            ..fault
        };
        spans.extend(span(&begins, at, entity).map_err(fault)?);
    }
    let index = Index::new(document.paragraphs.concat());
    let end = begins.last().copied().unwrap_or_default();
    let mut rows = Vec::new();
    let mut length = 0;
    for content in spans.iter().filter(|span| span.label == Label::Content) {
        let position = document.entities[content.at].index.count("index");
        let begins = Some(i64::from(document.begins));
        let read = position.and_then(|position| {
            quoted(&article, content, &spans, (&index, begins), (position, None))
        });
        let linked = linked(content, &spans);
        let from = linked.iter().map(|span| span.start).min().unwrap_or_default().min(end);
        let to = linked.iter().map(|span| span.end).max().unwrap_or_default().min(end);
        let place = index.span(from as u64, to as u64, Unit::Characters);
        let piece = place.map(|place| index.text(&place)).unwrap_or_default();
        length += piece.len() + linked.iter().map(|span| span.text.len()).sum::<usize>();
        within_growth(length, text.len())?;
        let alone = alone(&document, &linked, from, piece);
        rows.push(Row::within(format!("entities[{}]", content.at), alone, read));
    }
    unknown(&mut rows, context, article.document_id.as_deref());
    Ok(rows)
}

/// A record of these stretches alone, with the piece of the text from the first to the last of them as
/// its one paragraph.
fn alone(document: &Document, linked: &[&Span<'_>], from: usize, piece: &str) -> String {
    let about = &document.metadata;
    let entity = |span: &&Span<'_>| {
        json!({
            "index": document.entities[span.at].index.text(),
            "span_text": span.text,
            "span_coref": span.means,
            "span_label": span.label.as_str(),
            "span_start": span.start.saturating_sub(from),
        })
    };
    json!({
        "metadata": {
            "path": about.path.text(),
            "url": about.url.text(),
            "publisher": about.publisher.text(),
            "publish_date": about.publish_date.text(),
            "title": about.title.text(),
        },
        "begins": behind(document.begins, from),
        "paragraphs": [piece],
        "entities": linked.iter().map(entity).collect::<Vec<_>>(),
    })
    .to_string()
}

fn own(about: &Metadata) -> Result<Article, Fault> {
    Ok(Article {
        address: address("metadata.url", about.url.cow())?,
        document_id: optional("metadata.path", about.path.cow(), MAX_ID)?,
        title: optional("metadata.title", about.title.cow(), MAX_NAME)?,
        publisher: optional("metadata.publisher", about.publisher.cow(), MAX_NAME)?,
        published_at: one_quote::date("metadata.publish_date", about.publish_date.text())?,
        ..Article::default()
    })
}

/// The stretch of an entity. Its end is that of its words: of one in several paragraphs the tool counts
/// it in several ways.
fn span<'a>(begins: &[usize], at: usize, entity: &'a Entity) -> Result<Option<Span<'a>>, Fault> {
    let Some(label) = Label::read(&entity.span_label) else { return Ok(None) };
    let number = |field: &str, value: &Scalar| -> Result<usize, Fault> {
        Ok(value.count(field)?.and_then(|number| usize::try_from(number).ok()).unwrap_or_default())
    };
    let first = number("paragraph_start", &entity.paragraph_start)?;
    let last = number("paragraph_end", &entity.paragraph_end)?.max(first);
    let inside = number("span_start", &entity.span_start)?;
    let start = begins.get(first).copied().unwrap_or_default() + inside;
    Ok(Some(Span {
        label,
        text: entity.span_text.as_str().into(),
        means: entity.span_coref.as_deref().filter(|means| !means.trim().is_empty()).map(Cow::from),
        start,
        end: start + entity.span_text.chars().count(),
        paragraphs: (first, last),
        at,
    }))
}
