//! What JournalismAI hands to its search: `metadata`, `paragraphs`, and `entities` with places in a
//! paragraph.
//!
//! The places are not reliable where an entity goes over several paragraphs: one is taken only where
//! the entity's words stand there.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::super::super::one_quote::{self, Scalar, within_bounds};
use super::super::spans::{Label, Span};
use super::{article, reading};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, MAX_NAME, address, optional};
use crate::import::context::Context;
use crate::import::record::{Line, Row, part};
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
pub fn rows(context: &Context, record: Map<String, Value>) -> Result<Vec<Row>, Fault> {
    let metadata = record.get("metadata").cloned().unwrap_or_default();
    let record = Value::Object(record);
    let document: Document = part(&record)?;
    let about = &document.metadata;
    let own = Article {
        address: address("metadata.url", about.url.cow())?,
        document_id: optional("metadata.path", about.path.cow(), MAX_ID)?,
        title: optional("metadata.title", about.title.cow(), MAX_NAME)?,
        publisher: optional("metadata.publisher", about.publisher.cow(), MAX_NAME)?,
        published_at: one_quote::date("metadata.publish_date", about.publish_date.text())?,
        ..Article::default()
    };
    let article = article(context, own)?;
    let text: Vec<char> = document.paragraphs.iter().flat_map(|text| text.chars()).collect();
    let mut begins = vec![0];
    for paragraph in &document.paragraphs {
        begins.push(begins.last().copied().unwrap_or(0) + paragraph.chars().count());
    }
    within_bounds(&document.entities)?;
    let mut spans = Vec::new();
    for (at, entity) in document.entities.iter().enumerate() {
        let found = span(&text, &begins, at, entity);
        spans.extend(found.map_err(|fault| Fault {
            field: fault.field.map(|field| format!("entities[{at}].{field}")),
            ..fault
        })?);
    }
    let row = |(content, is_there): &(Span, bool)| {
        let all: Vec<Span> = spans.iter().map(|(span, _)| span.clone()).collect();
        let place = is_there.then_some((content.start, content.end));
        let index = &document.entities[content.at].index;
        let read = quoted(article.clone(), content, &all, place, index);
        // Without the paragraphs, which hold the whole article.
        let entity = &record["entities"][content.at];
        let small = json!({ "metadata": metadata, "paragraphs": [], "entities": [entity] });
        Row::within(format!("entities[{}]", content.at), small.to_string(), read)
    };
    let contents = spans.iter().filter(|(span, _)| span.label == Label::Content);
    Ok(contents.map(row).collect())
}

/// The stretch of an entity, and whether its words stand where it says.
fn span(
    text: &[char],
    begins: &[usize],
    at: usize,
    entity: &Entity,
) -> Result<Option<(Span, bool)>, Fault> {
    let Some(label) = Label::read(&entity.span_label) else { return Ok(None) };
    let number = |field: &str, value: &Scalar| -> Result<usize, Fault> {
        Ok(value.count(field)?.unwrap_or_default() as usize)
    };
    let first = number("paragraph_start", &entity.paragraph_start)?;
    let last = number("paragraph_end", &entity.paragraph_end)?.max(first);
    let inside = number("span_start", &entity.span_start)?;
    let start = begins.get(first).copied().unwrap_or_default() + inside;
    let length = entity.span_text.chars().count();
    let is_there = text
        .get(start..start + length)
        .is_some_and(|there| there.iter().copied().eq(entity.span_text.chars()));
    let span = Span {
        label,
        text: entity.span_text.clone(),
        means: entity.span_coref.clone(),
        start,
        end: start + length,
        paragraphs: (first, last),
        at,
    };
    Ok(Some((span, is_there)))
}

fn quoted(
    article: Article,
    content: &Span,
    all: &[Span],
    place: Option<(usize, usize)>,
    index: &Scalar,
) -> Result<Line, Fault> {
    let (mut reading, words) = reading(content, all)?;
    if let Some((start, _)) = place {
        let start = start as i64 + words.before;
        reading.start = Some(start);
        reading.end = Some(start + words.length);
    }
    reading.position = index.count("index")?;
    one_quote::line(article, reading, Vec::new())
}
