//! Prodigy and spaCy: `text`, and `spans`, `ents` or `entities` with `start`, `end` and `label`.

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
    text: String,
    #[serde(default)]
    spans: Option<Vec<Marked>>,
    #[serde(default)]
    ents: Option<Vec<Marked>>,
    #[serde(default)]
    entities: Option<Vec<Marked>>,
    #[serde(default)]
    meta: Option<Meta>,
    /// Whether the annotator took it: `accept`, `reject`, `ignore`.
    #[serde(default)]
    answer: Scalar,
    /// Prodigy's own name of the text.
    #[serde(default, rename = "_input_hash")]
    hash: Scalar,
    /// Where the text begins in that of its article: in a row that was rejected.
    #[serde(default)]
    begins: u32,
}

#[derive(Deserialize)]
struct Marked {
    start: u32,
    end: u32,
    label: String,
    #[serde(default)]
    text: Option<String>,
}

/// What Prodigy passes on from its input.
#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    url: Scalar,
    #[serde(default)]
    title: Scalar,
    #[serde(default, alias = "id", alias = "doc_id")]
    document_id: Scalar,
}

/// The rows of a record: one for each content.
pub fn rows(context: &Context, record: Map<String, Value>) -> Result<Vec<Row>, Fault> {
    let record = Value::Object(record);
    let document: Document = part(&record)?;
    if document.answer.text().is_some_and(|answer| answer != "accept") {
        return Ok(Vec::new());
    }
    let characters: Vec<char> = document.text.chars().collect();
    let lists = [("spans", document.spans), ("ents", document.ents), ("entities", document.entities)];
    let Some((name, marked)) = lists.into_iter().find_map(|(name, list)| Some((name, list?))) else {
        return Ok(Vec::new());
    };
    within_bounds(&marked)?;
    let mut spans = Vec::new();
    for (at, marked) in marked.iter().enumerate() {
        spans.extend(span(&characters, at, marked).map_err(|fault| Fault {
            field: Some(format!("{name}[{at}]")),
            ..fault
        })?);
    }
    let own = match &document.meta {
        Some(meta) => Article {
            address: address("meta.url", meta.url.cow())?,
            title: optional("meta.title", meta.title.cow(), MAX_NAME)?,
            document_id: optional("meta.document_id", meta.document_id.cow(), MAX_ID)?,
            ..Article::default()
        },
        None => Article::default(),
    };
    let named = own.address.is_some() || own.document_id.is_some();
    let hash = document.hash.text().filter(|_| !named);
    let file = context.document().unwrap_or_default();
    let own = Article {
        document_id: hash.map(|hash| format!("{file}#{hash}")).or(own.document_id.clone()),
        ..own
    };
    let article = article(context, own)?;
    let contents: Vec<&Span> = spans.iter().filter(|span| span.label == Label::Content).collect();
    let row = |content: &&Span| {
        let read = quoted(article.clone(), content, &spans, document.begins);
        let place = format!("{name}[{}]", content.at);
        Row::within(place, alone(&record, content, &spans, document.begins), read)
    };
    Ok(contents.iter().map(row).collect())
}

fn span(characters: &[char], at: usize, marked: &Marked) -> Result<Option<Span>, Fault> {
    let Some(label) = Label::read(&marked.label) else { return Ok(None) };
    let (start, end) = (marked.start as usize, marked.end as usize);
    let inside = characters.get(start..end).filter(|inside| !inside.is_empty());
    let text: String = inside
        .ok_or_else(|| {
            let length = characters.len();
            Fault::value("", format!("{start} to {end} is no stretch of a text of {length} characters"))
        })?
        .iter()
        .collect();
    if marked.text.as_deref().is_some_and(|said| said != text) {
        let shown: String = text.chars().take(80).collect();
        let reason = format!(
            "`{shown}` stands at {start} to {end}, and not its `text`: are the places counted in \
             characters of this text?"
        );
        return Err(Fault::value("", reason));
    }
    let breaks = |end: usize| characters[..end].iter().filter(|c| **c == '\n').count();
    let paragraphs = (breaks(start), breaks(end));
    Ok(Some(Span { label, text, means: None, start, end, paragraphs, at }))
}

fn quoted(article: Article, content: &Span, all: &[Span], begins: u32) -> Result<Line, Fault> {
    let (mut reading, words) = reading(content, all)?;
    let start = i64::from(begins) + content.start as i64 + words.before;
    reading.start = Some(start);
    reading.end = Some(start + words.length);
    one_quote::line(article, reading, Vec::new())
}

/// A record of this content alone, with the stretches that belong to it and the text from the first to
/// the last of them.
fn alone(record: &Value, content: &Span, all: &[Span], begins: u32) -> String {
    use super::super::spans::belonging;
    let linked = [Label::Source, Label::Cue].map(|label| belonging(content, label, all));
    let spans: Vec<&Span> = std::iter::once(content).chain(linked.into_iter().flatten()).collect();
    let from = spans.iter().map(|span| span.start).min().unwrap_or_default();
    let to = spans.iter().map(|span| span.end).max().unwrap_or_default();
    let text = record["text"].as_str().unwrap_or_default();
    let text: String = text.chars().skip(from).take(to - from).collect();
    let name = |label: Label| match label {
        Label::Source => "Source",
        Label::Cue => "Cue",
        Label::Content => "Content",
    };
    let spans: Vec<Value> = spans
        .into_iter()
        .map(|span| json!({ "start": span.start - from, "end": span.end - from, "label": name(span.label) }))
        .collect();
    let begins = begins as usize + from;
    let mut small = json!({ "text": text, "spans": spans, "begins": begins });
    for name in ["meta", "_input_hash"] {
        if let Some(value) = record.get(name) {
            small[name] = value.clone();
        }
    }
    small.to_string()
}
