//! The native format: JSON lines, one statement a line.
//!
//! `text`, `kind` and `article` (with a `url` or a `document_id`) are required, everything else is
//! optional; a field that is not listed here is refused, so that a misspelt one loses nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::one_quote::completed;
use super::{Known, OneRow};
use crate::domain::article::Article;
use crate::domain::date::{DatePrecision, FuzzyDate};
use crate::domain::field::{
    self, MAX_ID, MAX_NAME, MAX_TEXT, address, language, optional, required, wikidata,
};
use crate::domain::id::Id;
use crate::domain::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind};
use crate::domain::reading::{EDITOR, Extractor, FurtherSpeaker, Printed, Reading};
use crate::import::articles::Articles;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Object, Unified, json, parsed, share, word};
use crate::import::rejection::{Code, Fault};
use crate::store::write::{Account, Entry, Exported, VanishedNote};

/// The name of the format.
pub(in crate::import) const NAME: &str = "native";

pub(super) const KNOWN: Known = Known {
    name: NAME,
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
    #[serde(borrow, default)]
    wikidata_candidates: Vec<Cow<'a, str>>,
    /// What an export adds, beside the last, which follows from the rest.
    #[serde(borrow, default)]
    id: Text<'a>,
    #[serde(borrow, default)]
    earlier_ids: Vec<Cow<'a, str>>,
    #[serde(borrow, default)]
    vanished: Option<Object<VanishedPart<'a>>>,
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
struct VanishedPart<'a> {
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    by: Cow<'a, str>,
    #[serde(borrow, default)]
    version: Text<'a>,
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
fn read(context: &Context, line: &str) -> Result<Line, Fault> {
    let row: Row<'_> = json(line).map_err(|fault| not_a_quote(line).unwrap_or(fault))?;
    let trusted = context.settings.trusted;
    let own = article(row.article.0)?;
    let exported = exported(row.id, row.earlier_ids, row.vanished)?;
    let told = exported.as_ref().is_some_and(Exported::tells_more_than_the_id);
    if !trusted && told {
        let reason = "only an import from the command line takes `earlier_ids` and `vanished`";
        return Err(Fault::value("id", reason));
    }
    // A row of an export is whole: neither its article, which other rows described too, nor what is
    // known beside it adds anything to it.
    let (article, published, spoken) = match exported {
        Some(_) => (own, None, None),
        None => {
            let known = context.settings.articles.article(own.document_id.as_deref())?;
            let article = completed(own, known);
            let (published, spoken) = (article.published_at, article.language.clone());
            (article, published, spoken)
        }
    };
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
        reported_at: parsed("reported_at", row.reported_at)?.or(published),
        language: language("language", row.language)?.or(spoken),
        confidence: share("confidence", row.confidence)?,
        extractor: row
            .extractor
            .map(|Object(part)| extractor(part, trusted && exported.is_some()))
            .transpose()?,
        wikidata: wikidata("wikidata", row.wikidata)?,
        external_id: optional("external_id", row.external_id, MAX_ID)?,
        further_speakers: row
            .further_speakers
            .into_iter()
            .map(|Object(part)| further(part))
            .collect::<Result<_, _>>()?,
    };
    let unified = Unified { pairs: 1, ..Unified::default() };
    let mut candidates = Vec::new();
    for item in row.wikidata_candidates {
        candidates.extend(wikidata("wikidata_candidates", Some(item))?);
    }
    let account = Arc::new(Account::new(reading, candidates));
    let names_speaker = account.resolution.speaker.is_some();
    let entry = Entry::new(article, account).ok_or_else(|| {
        Fault::line(Code::NoArticle, "the article has neither url nor document_id")
    })?;
    let home = entry.article_id;
    if let Some(Exported { id, earlier_ids, .. }) = &exported
        && let Some(strange) = std::iter::once(id).chain(earlier_ids).find(|id| !id.is_within(home))
    {
        return Err(Fault::value("id", format!("{strange} is no quote's id in this article")));
    }
    let entry = entry.exported(exported);
    Ok(Line { entries: vec![entry], unified, names_speaker, notes: Vec::new() })
}

/// Other lines that an export has, which say what follows from quotes and judgements.
fn not_a_quote(line: &str) -> Option<Fault> {
    let keys: BTreeMap<String, IgnoredAny> = serde_json::from_str(line).ok()?;
    let known = ["speaker", "organisation", "role", "judgement"];
    let what = known.into_iter().find(|what| keys.len() == 1 && keys.contains_key(*what))?;
    let reason = format!(
        "is a {what} of an export: an import takes its quotes alone, `dixit copy` moves whole databases"
    );
    Some(Fault { field: Some(what.to_owned()), code: Code::NotAQuote, reason })
}

/// The article of a row that may be faulty in everything else, with what is known beside it.
pub(in crate::import) fn article_of(line: &str, articles: &Articles) -> Option<Id> {
    #[derive(Deserialize)]
    struct Faulty<'a> {
        #[serde(borrow)]
        article: Identity<'a>,
        #[serde(borrow, default)]
        id: Text<'a>,
    }
    #[derive(Deserialize)]
    struct Identity<'a> {
        #[serde(borrow, default)]
        url: Text<'a>,
        #[serde(borrow, default)]
        document_id: Text<'a>,
        #[serde(borrow, default)]
        publisher: Text<'a>,
    }
    let Faulty { article: Identity { url, document_id, publisher }, id } =
        serde_json::from_str(line).ok()?;
    let own = Article {
        address: address("article.url", url).ok()?,
        document_id: optional("article.document_id", document_id, MAX_ID).ok()?,
        publisher: optional("article.publisher", publisher, MAX_NAME).ok()?,
        ..Article::default()
    };
    if id.is_some_and(|id| !id.trim().is_empty()) {
        return own.id();
    }
    let known = articles.article(own.document_id.as_deref()).ok()?;
    completed(own, known).id()
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

/// What an export says of a quote beside its reading.
fn exported(
    id: Text<'_>,
    earlier_ids: Vec<Cow<'_, str>>,
    vanished: Option<Object<VanishedPart<'_>>>,
) -> Result<Option<Exported>, Fault> {
    let Some(id) = parsed("id", id)? else {
        let alone = [("earlier_ids", !earlier_ids.is_empty()), ("vanished", vanished.is_some())];
        return match alone.into_iter().find(|(_, there)| *there) {
            Some((field, _)) => Err(Fault::value(field, "says nothing without an `id`")),
            None => Ok(None),
        };
    };
    let mut earlier = Vec::new();
    for id in earlier_ids {
        earlier.extend(parsed::<Id>("earlier_ids", Some(id))?);
    }
    let vanished = vanished.map(|Object(part)| -> Result<VanishedNote, Fault> {
        let moment = FuzzyDate::from_str(&part.at).ok();
        let moment = moment.filter(|date| date.precision == DatePrecision::Instant);
        let at = moment.ok_or_else(|| Fault::value("vanished.at", "is no moment (RFC 3339)"))?;
        let by: Option<Id> = parsed("vanished.by", Some(part.by))?;
        Ok(VanishedNote {
            at: at.earliest,
            by: by.ok_or_else(|| Fault::value("vanished.by", "is empty"))?,
            version: optional("vanished.version", part.version, MAX_NAME)?,
        })
    });
    Ok(Some(Exported { id, earlier_ids: earlier, vanished: vanished.transpose()? }))
}

/// `edits`: whether people's are let in.
fn extractor(part: ExtractorPart<'_>, edits: bool) -> Result<Extractor, Fault> {
    if edits && part.name == EDITOR {
        let version = optional("extractor.version", part.version, MAX_NAME)?;
        return Ok(Extractor { name: EDITOR.to_owned(), version });
    }
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
