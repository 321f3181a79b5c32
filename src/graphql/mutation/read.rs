//! How the inputs of mutations become readings and articles, and what is wrong with them.

use std::borrow::Cow;

use async_graphql::{ID, MaybeUndefined};

use super::super::date::FuzzyDateInput;
use super::input::{
    ArticleInput, CreateQuoteInput, DeleteQuoteInput, PrintedAttributionInput, RestoreArticleInput,
    RestoreQuoteInput, TakeDownArticleInput, UpdateQuoteInput,
};
use crate::domain::article::Article;
use crate::domain::date::FuzzyDate;
use crate::domain::field::{
    Fault, MAX_ID, MAX_NAME, MAX_TEXT, address, language, optional, required, wikidata,
};
use crate::domain::id::{Id, Kind};
use crate::domain::reading::{Printed, Reading};

/// Which quote is meant, and what was seen of it.
pub struct Seen {
    /// Which one.
    pub id: Id,
    /// The fingerprint of what it showed.
    pub version: Vec<u8>,
    /// Why.
    pub reason: Option<String>,
}

/// A quote that is to be written.
pub struct NewQuote {
    /// The article that it stands in.
    pub article_id: Id,
    /// What is said of the article; without it, it must be there.
    pub described: Option<Article>,
    /// What it says.
    pub reading: Reading,
    /// Why.
    pub reason: Option<String>,
}

impl CreateQuoteInput {
    /// The quote that it describes.
    pub fn read(self) -> Result<NewQuote, Fault> {
        let (article_id, described) = match (self.article_id, self.article) {
            (Some(id), None) => (read_id("articleId", &id)?, None),
            (None, Some(article)) => {
                let (id, article) = article.read()?;
                (id, Some(article))
            }
            _ => return Err(Fault::value("article", "give either `articleId` or `article`")),
        };
        let offset = |field: &str, value: Option<i32>| match value {
            Some(value) if value < 0 => Err(Fault::value(field, format!("{value} is negative"))),
            value => Ok(value.map(i64::from)),
        };
        let (start, end) = (offset("start", self.start)?, offset("end", self.end)?);
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            return Err(Fault::value("end", format!("{end} lies before start {start}")));
        }
        let mut printed = Printed::default();
        self.printed.unwrap_or_default().change(&mut printed)?;
        let reading = Reading {
            kind: self.kind,
            text: required("text", &self.text, MAX_TEXT)?,
            printed,
            speaker_kind: self.speaker_kind,
            cue: text("cue", self.cue, MAX_NAME)?,
            via: text("via", self.via, MAX_NAME)?,
            medium: self.medium,
            start,
            end,
            position: offset("position", self.position)?,
            context_before: text("contextBefore", self.context_before, MAX_TEXT)?,
            context_after: text("contextAfter", self.context_after, MAX_TEXT)?,
            said_at: date("saidAt", self.said_at)?,
            reported_at: date("reportedAt", self.reported_at)?,
            language: language("language", self.language.map(Cow::Owned))?,
            confidence: None,
            extractor: None,
            wikidata: wikidata("wikidataId", self.wikidata_id.map(Cow::Owned))?,
            external_id: None,
            further_speakers: Vec::new(),
        };
        Ok(NewQuote { article_id, described, reading, reason: reason(self.reason)? })
    }
}

impl UpdateQuoteInput {
    /// Which quote, and why.
    pub fn seen(&self) -> Result<Seen, Fault> {
        Seen::read(&self.id, &self.version, self.reason.clone())
    }

    /// The reading with what changes.
    pub fn change(self, shown: Reading) -> Result<Reading, Fault> {
        let mut reading = shown;
        let before = reading.printed.speaker.clone();
        match self.kind {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => return Err(Fault::value("kind", "a quote has a kind")),
            MaybeUndefined::Value(kind) => reading.kind = kind,
        }
        match self.text {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => return Err(Fault::value("text", "a quote has words")),
            MaybeUndefined::Value(words) => reading.text = required("text", &words, MAX_TEXT)?,
        }
        match self.printed {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => reading.printed = Printed::default(),
            MaybeUndefined::Value(printed) => printed.change(&mut reading.printed)?,
        }
        if reading.printed.speaker != before {
            // Who was settled, and who was weighed beside, belongs to the name that was printed.
            reading.wikidata = None;
            reading.further_speakers = Vec::new();
        }
        let name = |field: &str, value| text(field, value, MAX_NAME);
        let long = |field: &str, value| text(field, value, MAX_TEXT);
        patch(&mut reading.cue, self.cue, |value| name("cue", value))?;
        patch(&mut reading.via, self.via, |value| name("via", value))?;
        patch(&mut reading.context_before, self.context_before, |v| long("contextBefore", v))?;
        patch(&mut reading.context_after, self.context_after, |v| long("contextAfter", v))?;
        patch(&mut reading.language, self.language, |value| {
            language("language", value.map(Cow::Owned))
        })?;
        patch(&mut reading.wikidata, self.wikidata_id, |value| {
            wikidata("wikidataId", value.map(Cow::Owned))
        })?;
        patch(&mut reading.medium, self.medium, Ok)?;
        patch(&mut reading.speaker_kind, self.speaker_kind, Ok)?;
        patch(&mut reading.said_at, self.said_at, |value| date("saidAt", value))?;
        patch(&mut reading.reported_at, self.reported_at, |value| date("reportedAt", value))?;
        Ok(reading)
    }
}

impl PrintedAttributionInput {
    fn change(self, printed: &mut Printed) -> Result<(), Fault> {
        let name = |field: &str, value| text(field, value, MAX_NAME);
        patch(&mut printed.speaker, self.speaker, |v| name("printed.speaker", v))?;
        patch(&mut printed.role, self.role, |v| name("printed.role", v))?;
        patch(&mut printed.organisation, self.organisation, |v| name("printed.organisation", v))?;
        patch(&mut printed.attribution, self.attribution, |v| {
            text("printed.attribution", v, MAX_TEXT)
        })
    }
}

impl ArticleInput {
    fn read(self) -> Result<(Id, Article), Fault> {
        let mut authors = Vec::new();
        for author in self.authors.unwrap_or_default() {
            authors.extend(text("article.authors", Some(author), MAX_NAME)?);
        }
        let archive = address("article.archiveUrl", self.archive_url.map(Cow::Owned))?;
        let article = Article {
            address: address("article.url", self.url.map(Cow::Owned))?,
            document_id: text("article.documentId", self.document_id, MAX_ID)?,
            title: text("article.title", self.title, MAX_NAME)?,
            publisher: text("article.publisher", self.publisher, MAX_NAME)?,
            authors,
            published_at: date("article.publishedAt", self.published_at)?,
            language: language("article.language", self.language.map(Cow::Owned))?,
            licence: text("article.licence", self.licence, MAX_NAME)?,
            archive_url: archive.map(|address| address.printed),
        };
        match article.id() {
            Some(id) => Ok((id, article)),
            None => Err(Fault::value("article", "it needs a `url` or a `documentId`")),
        }
    }
}

impl DeleteQuoteInput {
    /// Which quote, and why.
    pub fn seen(self) -> Result<Seen, Fault> {
        Seen::read(&self.id, &self.version, self.reason)
    }
}

impl TakeDownArticleInput {
    /// Which article, and why.
    pub fn read(self) -> Result<(Id, Option<String>), Fault> {
        named(&self.id, Kind::Article, self.reason)
    }
}

impl RestoreQuoteInput {
    /// Which quote, and why.
    pub fn read(self) -> Result<(Id, Option<String>), Fault> {
        named(&self.id, Kind::Quote, self.reason)
    }
}

impl RestoreArticleInput {
    /// Which article, and why.
    pub fn read(self) -> Result<(Id, Option<String>), Fault> {
        named(&self.id, Kind::Article, self.reason)
    }
}

impl Seen {
    fn read(id: &ID, version: &str, why: Option<String>) -> Result<Self, Fault> {
        let version = data_encoding::HEXLOWER.decode(version.as_bytes());
        let version = version
            .map_err(|_| Fault::value("version", "not a version: take it from `Quote.version`"))?;
        Ok(Self { id: of_kind(id, Kind::Quote)?, version, reason: reason(why)? })
    }
}

/// Puts a value in the place of another, takes it away, or leaves it.
fn patch<T, I>(
    field: &mut Option<T>,
    given: MaybeUndefined<I>,
    read: impl FnOnce(Option<I>) -> Result<Option<T>, Fault>,
) -> Result<(), Fault> {
    match given {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *field = None,
        MaybeUndefined::Value(value) => *field = read(Some(value))?,
    }
    Ok(())
}

/// An optional text; empty is absent.
pub(super) fn text(
    field: &str,
    value: Option<String>,
    limit: usize,
) -> Result<Option<String>, Fault> {
    optional(field, value.map(Cow::Owned), limit)
}

fn date(field: &str, value: Option<FuzzyDateInput>) -> Result<Option<FuzzyDate>, Fault> {
    value.map(|value| value.0.map_err(|error| Fault::value(field, error))).transpose()
}

fn reason(value: Option<String>) -> Result<Option<String>, Fault> {
    text("reason", value, MAX_NAME)
}

fn read_id(field: &str, id: &ID) -> Result<Id, Fault> {
    id.parse().map_err(|error| Fault::value(field, error))
}

/// What is meant, and why.
fn named(id: &ID, kind: Kind, why: Option<String>) -> Result<(Id, Option<String>), Fault> {
    Ok((of_kind(id, kind)?, reason(why)?))
}

/// The id of a quote or an article, as `id` has it.
fn of_kind(id: &ID, kind: Kind) -> Result<Id, Fault> {
    let id = read_id("id", id)?;
    match id.kind() == Some(kind) {
        true => Ok(id),
        false => Err(Fault::value("id", format!("{id} is the id of something else"))),
    }
}
