//! The native format: JSON lines, one statement a line.
//!
//! `text`, `kind` and `article` (with a `url` or a `document_id`) are required, everything else is
//! optional; a field that is not listed here is refused, so that a misspelt one loses nothing.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Known, OneRow};
use crate::domain::article::Article;
use crate::domain::field::{
    self, MAX_ID, MAX_NAME, MAX_TEXT, address, language, optional, required, wikidata,
};
use crate::domain::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind};
use crate::domain::reading::{Extractor, FurtherSpeaker, Printed, Reading};
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Object, Unified, json, parsed, share, word};
use crate::import::rejection::{Code, Fault};
use crate::store::write::{Account, Entry};

pub(super) const KNOWN: Known = Known {
    name: "native",
    about: "dixit's own, one statement a line",
    shapes: &[Shape::Lines, Shape::Elements],
    recognises: |sight| sight.has(&["text"]) && (sight.has(&["article"]) || sight.has(&["kind"])),
    reader: |context| Ok(Box::new(OneRow(read, context.clone()))),
};

type Text<'a> = Option<Cow<'a, str>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    article: Object<ArticlePart<'a>>,
    #[serde(borrow, default)]
    speaker_kind: Text<'a>,
    #[serde(borrow, default)]
    speaker: Text<'a>,
    #[serde(borrow, default)]
    role: Text<'a>,
    #[serde(borrow, default)]
    organisation: Text<'a>,
    #[serde(borrow, default)]
    attribution: Text<'a>,
    #[serde(borrow, default)]
    cue: Text<'a>,
    #[serde(borrow, default)]
    via: Text<'a>,
    #[serde(borrow, default)]
    medium: Text<'a>,
    #[serde(default)]
    start: Option<u32>,
    #[serde(default)]
    end: Option<u32>,
    #[serde(default)]
    position: Option<u32>,
    #[serde(borrow, default)]
    context_before: Text<'a>,
    #[serde(borrow, default)]
    context_after: Text<'a>,
    #[serde(borrow, default)]
    said_at: Text<'a>,
    #[serde(borrow, default)]
    reported_at: Text<'a>,
    #[serde(borrow, default)]
    language: Text<'a>,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(borrow, default)]
    extractor: Option<Object<ExtractorPart<'a>>>,
    #[serde(borrow, default)]
    wikidata: Text<'a>,
    #[serde(borrow, default)]
    external_id: Text<'a>,
    #[serde(borrow, default)]
    further_speakers: Vec<Object<FurtherPart<'a>>>,
    /// What an export adds: both follow from the rest.
    #[serde(default, rename = "id")]
    _id: Option<IgnoredAny>,
    #[serde(default, rename = "resolved")]
    _resolved: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::import) struct ArticlePart<'a> {
    #[serde(borrow, default)]
    pub url: Text<'a>,
    #[serde(borrow, default)]
    pub document_id: Text<'a>,
    #[serde(borrow, default)]
    pub title: Text<'a>,
    #[serde(borrow, default)]
    pub publisher: Text<'a>,
    #[serde(borrow, default)]
    pub authors: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow, default)]
    pub published_at: Text<'a>,
    #[serde(borrow, default)]
    pub language: Text<'a>,
    #[serde(borrow, default)]
    pub licence: Text<'a>,
    #[serde(borrow, default)]
    pub archive_url: Text<'a>,
    /// What an export adds.
    #[serde(default, rename = "id")]
    pub _id: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtractorPart<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    version: Text<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FurtherPart<'a> {
    #[serde(borrow)]
    mode: Cow<'a, str>,
    #[serde(borrow, default)]
    name: Text<'a>,
    #[serde(default)]
    probability: Option<f64>,
}

/// Reads a line.
fn read(_: &Context, line: &str) -> Result<Line, Fault> {
    let row: Row<'_> = json(line)?;
    let article = article(row.article.0)?;
    if let (Some(start), Some(end)) = (row.start, row.end)
        && end < start
    {
        return Err(Fault::value("end", format!("{end} lies before start {start}")));
    }
    let kind = word("kind", Some(row.kind), QuoteKind::ALL, |kind| kind.as_str())?;
    let reading = Reading {
        kind: kind.ok_or_else(|| Fault::value("kind", "is empty"))?,
        text: required("text", &row.text, MAX_TEXT)?,
        printed: Printed {
            speaker: optional("speaker", row.speaker, MAX_NAME)?,
            role: optional("role", row.role, MAX_NAME)?,
            organisation: optional("organisation", row.organisation, MAX_NAME)?,
            attribution: optional("attribution", row.attribution, MAX_TEXT)?,
        },
        speaker_kind: word("speaker_kind", row.speaker_kind, SpeakerKind::ALL, |k| k.as_str())?,
        cue: optional("cue", row.cue, MAX_NAME)?,
        via: optional("via", row.via, MAX_NAME)?,
        medium: word("medium", row.medium, Medium::ALL, |medium| medium.as_str())?,
        start: row.start.map(i64::from),
        end: row.end.map(i64::from),
        position: row.position.map(i64::from),
        context_before: optional("context_before", row.context_before, MAX_TEXT)?,
        context_after: optional("context_after", row.context_after, MAX_TEXT)?,
        said_at: parsed("said_at", row.said_at)?,
        reported_at: parsed("reported_at", row.reported_at)?.or(article.published_at),
        language: language("language", row.language)?.or_else(|| article.language.clone()),
        confidence: share("confidence", row.confidence)?,
        extractor: row.extractor.map(|Object(part)| extractor(part)).transpose()?,
        wikidata: wikidata("wikidata", row.wikidata)?,
        external_id: optional("external_id", row.external_id, MAX_ID)?,
        further_speakers: row
            .further_speakers
            .into_iter()
            .map(|Object(part)| further(part))
            .collect::<Result<_, _>>()?,
    };
    let unified = Unified { pairs: 1, ..Unified::default() };
    let account = Arc::new(Account::new(reading, Vec::new()));
    let names_speaker = account.resolution.speaker.is_some();
    let entry = Entry::new(article, account).ok_or_else(|| {
        Fault::line(Code::NoArticle, "the article has neither url nor document_id")
    })?;
    Ok(Line { entries: vec![entry], unified, names_speaker, notes: Vec::new() })
}

pub(in crate::import) fn article(part: ArticlePart<'_>) -> Result<Article, Fault> {
    let mut authors = Vec::new();
    for author in part.authors.unwrap_or_default() {
        authors.extend(optional("article.authors", Some(author), MAX_NAME)?);
    }
    let archive = address("article.archive_url", part.archive_url)?;
    Ok(Article {
        address: address("article.url", part.url)?,
        document_id: optional("article.document_id", part.document_id, MAX_ID)?,
        title: optional("article.title", part.title, MAX_NAME)?,
        publisher: optional("article.publisher", part.publisher, MAX_NAME)?,
        authors,
        published_at: parsed("article.published_at", part.published_at)?,
        language: language("article.language", part.language)?,
        licence: optional("article.licence", part.licence, MAX_NAME)?,
        archive_url: archive.map(|address| address.printed),
    })
}

fn extractor(part: ExtractorPart<'_>) -> Result<Extractor, Fault> {
    Ok(field::extractor(&part.name, part.version)?)
}

fn further(part: FurtherPart<'_>) -> Result<FurtherSpeaker, Fault> {
    let field = "further_speakers.mode";
    let mode = word(field, Some(part.mode), FurtherSpeakerMode::ALL, |mode| mode.as_str())?;
    Ok(FurtherSpeaker {
        mode: mode.ok_or_else(|| Fault::value(field, "is empty"))?,
        name: optional("further_speakers.name", part.name, MAX_NAME)?,
        probability: share("further_speakers.probability", part.probability)?,
    })
}
