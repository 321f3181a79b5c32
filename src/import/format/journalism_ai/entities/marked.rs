//! Prodigy and spaCy: `text`, and `spans`, `ents` or `entities` with `start`, `end` and `label`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::super::one_quote::Scalar;
use super::super::spans::{Label, Span, belonging, within_bounds};
use super::{article, quoted};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, MAX_NAME, address, optional};
use crate::domain::offset::Index;
use crate::import::context::Context;
use crate::import::record::{self, Row};
use crate::import::rejection::{Code, Fault};

#[derive(Deserialize)]
pub struct Document {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    spans: Option<Vec<Marked>>,
    #[serde(default)]
    ents: Option<Vec<Marked>>,
    #[serde(default)]
    entities: Option<Vec<Marked>>,
    #[serde(default)]
    meta: Meta,
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
#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default)]
    url: Scalar,
    #[serde(default)]
    title: Scalar,
    #[serde(default, alias = "id", alias = "doc_id")]
    document_id: Scalar,
}

/// The document of a record; `None` where it has paragraphs instead of a text.
pub fn document(text: &str) -> Result<Option<Document>, Fault> {
    #[derive(Deserialize)]
    struct Shown {
        #[serde(default)]
        paragraphs: Option<serde::de::IgnoredAny>,
    }

    let shown: Shown = record::json(text)?;
    if shown.paragraphs.is_some() { Ok(None) } else { record::json(text).map(Some) }
}

/// The rows of a document: one for each content.
pub fn rows(context: &Context, document: Document) -> Result<Vec<Row>, Fault> {
    if document.answer.text().is_some_and(|answer| answer != "accept") {
        return Ok(Vec::new());
    }
    let Some(text) = &document.text else {
        let field = Some("text".to_owned());
        return Err(Fault { field, code: Code::MissingField, reason: "is missing".to_owned() });
    };
    let lists =
        [("spans", &document.spans), ("ents", &document.ents), ("entities", &document.entities)];
    let list = lists.into_iter().find_map(|(name, list)| Some((name, list.as_ref()?)));
    let Some((name, marked)) = list else { return Ok(Vec::new()) };
    within_bounds(marked.len())?;
    let text = Characters::of(text);
    let mut spans = Vec::new();
    for (at, marked) in marked.iter().enumerate() {
        let fault = |fault| Fault { field: Some(format!("{name}[{at}]")), ..fault };
        spans.extend(text.span(at, marked).map_err(fault)?);
    }
    let article = article(context, own(context, &document)?)?;
    let index = Index::new(text.text);
    let contents = spans.iter().filter(|span| span.label == Label::Content);
    let row = |content: &Span| {
        let place = (&index, i64::from(document.begins));
        let read = quoted(&article, content, &spans, place, None);
        let place = format!("{name}[{}]", content.at);
        Row::within(place, alone(&document, &text, content, &spans), read)
    };
    Ok(contents.map(row).collect())
}

/// What the document says of its article. A text of several is told from the others by Prodigy's hash.
fn own(context: &Context, document: &Document) -> Result<Article, Fault> {
    let meta = &document.meta;
    let address = address("meta.url", meta.url.cow())?;
    let named = optional("meta.document_id", meta.document_id.cow(), MAX_ID)?;
    let hash = document.hash.cow().filter(|_| address.is_none());
    let hash = optional("_input_hash", hash, MAX_ID)?;
    let file = context.document().unwrap_or_default();
    Ok(Article {
        address,
        title: optional("meta.title", meta.title.cow(), MAX_NAME)?,
        document_id: named.or_else(|| hash.map(|hash| format!("{file}#{hash}"))),
        ..Article::default()
    })
}

/// A text, counted in characters.
struct Characters<'a> {
    text: &'a str,
    /// Where each character begins, in bytes, and where the text ends.
    begins: Vec<u32>,
    /// Before which characters lines end.
    breaks: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn of(text: &'a str) -> Self {
        let begins = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let begins = begins.map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect();
        let breaks = text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at);
        Self { text, begins, breaks: breaks.collect() }
    }

    fn between(&self, start: usize, end: usize) -> Option<&'a str> {
        let (start, end) = (*self.begins.get(start)?, *self.begins.get(end)?);
        self.text.get(start as usize..end as usize)
    }

    fn paragraph(&self, at: usize) -> usize {
        self.breaks.partition_point(|end| *end < at)
    }

    fn span(&self, at: usize, marked: &Marked) -> Result<Option<Span>, Fault> {
        let Some(label) = Label::read(&marked.label) else { return Ok(None) };
        let (start, end) = (marked.start as usize, marked.end as usize);
        let Some(text) = self.between(start, end).filter(|text| !text.is_empty()) else {
            let length = self.begins.len() - 1;
            let reason = format!("{start} to {end} is no stretch of a text of {length} characters");
            return Err(Fault::value("", reason));
        };
        if marked.text.as_deref().is_some_and(|said| said != text) {
            let shown: String = text.chars().take(80).collect();
            let reason = format!(
                "`{shown}` stands at {start} to {end}, and not its `text`: are the places counted \
                 in characters of this text?"
            );
            return Err(Fault::value("", reason));
        }
        let paragraphs = (self.paragraph(start), self.paragraph(end));
        let text = text.to_owned();
        Ok(Some(Span { label, text, means: None, start, end, paragraphs, at }))
    }
}

/// A record of this content alone, with the stretches that belong to it and the text from the first to
/// the last of them.
fn alone(document: &Document, text: &Characters<'_>, content: &Span, all: &[Span]) -> String {
    let linked = [Label::Source, Label::Cue].map(|label| belonging(content, label, all));
    let spans: Vec<&Span> = std::iter::once(content).chain(linked.into_iter().flatten()).collect();
    let from = spans.iter().map(|span| span.start).min().unwrap_or_default();
    let to = spans.iter().map(|span| span.end).max().unwrap_or_default();
    let moved = |span: &&Span| {
        let (start, end, label) = (span.start - from, span.end - from, span.label.as_str());
        json!({ "start": start, "end": end, "label": label })
    };
    let spans: Vec<Value> = spans.iter().map(moved).collect();
    let meta = &document.meta;
    json!({
        "text": text.between(from, to),
        "spans": spans,
        "begins": document.begins as usize + from,
        "_input_hash": document.hash.text(),
        "meta": {
            "url": meta.url.text(),
            "title": meta.title.text(),
            "document_id": meta.document_id.text(),
        },
    })
    .to_string()
}
