//! What JournalismAI hands to its search: `metadata`, `paragraphs`, and `entities` with places in a
//! paragraph. The text is that of all paragraphs.

use serde::Deserialize;
use serde_json::json;

use super::super::super::one_quote::{self, Scalar};
use super::super::spans::{Label, Span, within_bounds};
use super::{article, quoted};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, MAX_NAME, address, optional};
use crate::domain::offset::Index;
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
    let row = |content: &Span| {
        let entity = &document.entities[content.at];
        let position = entity.index.count("index");
        let read =
            position.and_then(|position| quoted(&article, content, &spans, (&index, 0), position));
        // Without the paragraphs, which hold the whole article.
        let small = json!({
            "metadata": {
                "path": about.path.text(),
                "url": about.url.text(),
                "publisher": about.publisher.text(),
                "publish_date": about.publish_date.text(),
                "title": about.title.text(),
            },
            "paragraphs": [],
            "entities": [{
                "index": entity.index.text(),
                "span_text": entity.span_text,
                "span_label": entity.span_label,
            }],
        });
        Row::within(format!("entities[{}]", content.at), small.to_string(), read)
    };
    let contents = spans.iter().filter(|span| span.label == Label::Content);
    Ok(contents.map(row).collect())
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
fn span(begins: &[usize], at: usize, entity: &Entity) -> Result<Option<Span>, Fault> {
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
        text: entity.span_text.clone(),
        means: entity.span_coref.clone().filter(|means| !means.trim().is_empty()),
        start,
        end: start + entity.span_text.chars().count(),
        paragraphs: (first, last),
        at,
    }))
}
