//! Prodigy and spaCy: `text`, and `spans`, `ents` or `entities` with `start`, `end` and `label`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::super::super::found::{document as file, tell, unknown};
use super::super::super::one_quote::Scalar;
use super::super::spans::{Label, Span, within_bounds, within_growth};
use super::{Text, article, behind, linked, quoted};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, MAX_NAME, address, optional, required};
use crate::domain::offset::Index;
use crate::import::context::Context;
use crate::import::record::{self, Note, Row};
use crate::import::rejection::{Code, Fault};

#[derive(Deserialize)]
pub struct Document {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    spans: Marks,
    #[serde(default)]
    ents: Marks,
    #[serde(default)]
    entities: Marks,
    #[serde(default)]
    meta: Meta,
    /// Whether the annotator took it: `accept`, `reject`, `ignore`.
    #[serde(default)]
    answer: Scalar,
    /// Prodigy's own name of the text.
    #[serde(default, rename = "_input_hash")]
    hash: Scalar,
    /// In a row that was rejected: where the text begins in that which was marked.
    #[serde(default)]
    begins: u32,
    /// And where that begins in the text of the article, where it is known.
    #[serde(default)]
    base: Option<u32>,
    /// And what that is called, where Prodigy does not say so.
    #[serde(default)]
    task: Scalar,
}

/// Marked stretches: a list of them, or as spaCy prints groups of spans the lists by their names.
#[derive(Default)]
struct Marks(Vec<Marked>);

#[derive(Deserialize)]
struct Marked {
    #[serde(default)]
    start: Scalar,
    #[serde(default)]
    end: Scalar,
    label: String,
    #[serde(default)]
    text: Option<String>,
}

impl<'de> Deserialize<'de> for Marks {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Marks;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a list of marked stretches")
            }

            fn visit_unit<E>(self) -> Result<Marks, E> {
                Ok(Marks::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Marks, A::Error> {
                let mut all = Vec::new();
                while let Some(marked) = list.next_element()? {
                    all.push(marked);
                }
                Ok(Marks(all))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut groups: A) -> Result<Marks, A::Error> {
                let mut all = Vec::new();
                while let Some((_, group)) = groups.next_entry::<IgnoredAny, Vec<Marked>>()? {
                    all.extend(group);
                }
                Ok(Marks(all))
            }
        }

        from.deserialize_any(All)
    }
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
        paragraphs: Option<IgnoredAny>,
    }

    let shown: Shown = record::json(text)?;
    if shown.paragraphs.is_some() { Ok(None) } else { record::json(text).map(Some) }
}

/// The rows of a document: one for each content.
pub fn rows(context: &Context, document: &Document, record: &Text<'_>) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    if let Some(answer) = document.answer.text().filter(|answer| *answer != "accept") {
        let answer: String = answer.chars().take(80).collect();
        tell(&mut rows, vec![Note::NoQuote(format!("1 × answer {answer}"))]);
        return Ok(rows);
    }
    let Some(text) = &document.text else {
        let field = Some("text".to_owned());
        return Err(Fault { field, code: Code::MissingField, reason: "is missing".to_owned() });
    };
    let Some((name, marks)) = document.marks() else { return Ok(rows) };
    within_bounds(marks.len())?;
    let text = Characters::of(text);
    let mut spans = Vec::new();
    for (at, marked) in marks.iter().enumerate() {
        let fault = |fault| Fault { field: Some(format!("{name}[{at}]")), ..fault };
        spans.extend(text.span(at, marked).map_err(fault)?);
    }
    let hash = optional("_input_hash", document.hash.cow(), MAX_ID)?;
    let article = article(context, own(context, document, hash.as_deref(), record.line)?)?;
    let is_whole = is_whole(context, document, &article);
    let base = if is_whole { Some(0) } else { base(context, document, &article, text.text)? };
    let named = hash.or(optional("task", document.task.cow(), MAX_ID)?);
    let task = named.or_else(|| (!is_whole).then(|| digest(text.text)));
    let begins = base.map(|base| base + i64::from(document.begins));
    let index = Index::new(text.text);
    let mut length = 0;
    for content in spans.iter().filter(|span| span.label == Label::Content) {
        let place = |at: usize| at + document.begins as usize;
        // Texts of one article may have equal words at equal places.
        let id = task.as_deref().map(|task| {
            let id = format!("{task}:{}-{}", place(content.start), place(content.end));
            required("_input_hash", &id, MAX_ID)
        });
        let read = id
            .transpose()
            .map_err(Fault::from)
            .and_then(|id| quoted(&article, content, &spans, (&index, begins), (None, id)));
        let linked = linked(content, &spans);
        let from = linked.iter().map(|span| span.start).min().unwrap_or_default();
        let to = linked.iter().map(|span| span.end).max().unwrap_or_default();
        length += to - from;
        within_growth(length, record.text.len())?;
        let piece = (from, text.between(from, to));
        let alone = alone(document, (task.as_deref(), base), &linked, piece);
        rows.push(Row::within(format!("{name}[{}]", content.at), alone, read));
    }
    if rows.is_empty() {
        tell(&mut rows, vec![Note::NoQuote(labels(marks))]);
        return Ok(rows);
    }
    unknown(&mut rows, context, article.document_id.as_deref());
    if base.is_none() {
        let reason = "in which place of the article this text stands is not known (--articles)";
        tell(&mut rows, vec![Note::Offset(reason.to_owned())]);
    }
    Ok(rows)
}

impl Document {
    /// The first list with a content, else the first one with anything, by its name.
    fn marks(&self) -> Option<(&'static str, &[Marked])> {
        let lists = [("spans", &self.spans), ("ents", &self.ents), ("entities", &self.entities)];
        let lists = lists.map(|(name, Marks(list))| (name, list.as_slice()));
        let is_content = |marked: &Marked| Label::read(&marked.label) == Some(Label::Content);
        let found = lists.into_iter().find(|(_, list)| list.iter().any(is_content));
        found.or_else(|| lists.into_iter().find(|(_, list)| !list.is_empty()))
    }
}

/// How many stretches have which label.
fn labels(marks: &[Marked]) -> String {
    let mut labels: BTreeMap<&str, u32> = BTreeMap::new();
    for marked in marks {
        *labels.entry(marked.label.trim()).or_default() += 1;
    }
    let labels = labels.into_iter().map(|(label, count)| format!("{count} × {label}"));
    labels.collect::<Vec<_>>().join(", ")
}

/// What the document says of its article. A text of several is told from the others by Prodigy's hash.
fn own(
    context: &Context,
    document: &Document,
    hash: Option<&str>,
    line: u64,
) -> Result<Article, Fault> {
    let meta = &document.meta;
    let address = address("meta.url", meta.url.cow())?;
    let named = optional("meta.document_id", meta.document_id.cow(), MAX_ID)?;
    let is_one = address.is_some() || context.settings.articles.are_one();
    let document_id = match (named, hash) {
        (Some(named), _) => Some(named),
        (None, Some(hash)) if address.is_none() => {
            Some(format!("{}#{hash}", context.document().unwrap_or_default()))
        }
        (None, None) if !is_one => file(context, None, "meta", line)?,
        _ => None,
    };
    let title = optional("meta.title", meta.title.cow(), MAX_NAME)?;
    Ok(Article { address, title, document_id, ..Article::default() })
}

/// Whether the text is all of its article, and no part of it. Prodigy cuts articles into paragraphs and
/// sentences and counts in each anew: a text is known to be whole where nothing but its hash or its file
/// names the article.
fn is_whole(context: &Context, document: &Document, article: &Article) -> bool {
    let is_named = document.meta.document_id.text().is_some() || article.address.is_some();
    let is_one = document.hash.text().is_none() && context.settings.articles.are_one();
    !is_named && !is_one
}

/// A name for a text that has none.
fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Where a part of an article begins in its text, which has it once.
fn base(
    context: &Context,
    document: &Document,
    article: &Article,
    text: &str,
) -> Result<Option<i64>, Fault> {
    if let Some(base) = document.base {
        return Ok(Some(i64::from(base)));
    }
    let Some(id) = &article.document_id else { return Ok(None) };
    let Some(whole) = context.text(id)? else { return Ok(None) };
    let found = whole.find(text).filter(|at| {
        let first = text.chars().next().map_or(0, char::len_utf8);
        first > 0 && whole.get(at + first..).is_some_and(|rest| !rest.contains(text))
    });
    let before = found.map(|at| whole.get(..at).unwrap_or_default().chars().count());
    let begins = i64::from(document.begins);
    Ok(before.and_then(|before| i64::try_from(before).ok()).map(|before| before - begins))
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

    fn span(&self, at: usize, marked: &Marked) -> Result<Option<Span<'a>>, Fault> {
        let Some(label) = Label::read(&marked.label) else { return Ok(None) };
        let number = |value: &Scalar| {
            let number = value.count("")?.and_then(|number| usize::try_from(number).ok());
            let reason = "has no `start`, or no `end`".to_owned();
            number.ok_or(Fault { field: None, code: Code::MissingField, reason })
        };
        let (start, end) = (number(&marked.start)?, number(&marked.end)?);
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
        let text = Cow::Borrowed(text);
        Ok(Some(Span { label, text, means: None, start, end, paragraphs, at }))
    }
}

/// A record of these stretches alone, with the text from the first to the last of them.
fn alone(
    document: &Document,
    (task, base): (Option<&str>, Option<i64>),
    linked: &[&Span<'_>],
    (from, text): (usize, Option<&str>),
) -> String {
    let moved = |span: &&Span<'_>| {
        let (start, end, label) = (span.start - from, span.end - from, span.label.as_str());
        json!({ "start": start, "end": end, "label": label })
    };
    let spans: Vec<Value> = linked.iter().map(moved).collect();
    let meta = &document.meta;
    json!({
        "text": text,
        "spans": spans,
        "begins": behind(document.begins, from),
        "base": base.filter(|base| *base >= 0),
        "task": task,
        "_input_hash": document.hash.text(),
        "meta": {
            "url": meta.url.text(),
            "title": meta.title.text(),
            "document_id": meta.document_id.text(),
        },
    })
    .to_string()
}
