//! How the inputs of mutations become readings and articles, and what is wrong with them.

use std::borrow::Cow;

use async_graphql::{ID, MaybeUndefined};

use super::super::date::FuzzyDateInput;
use super::input::{
    ArticleInput, CreateQuoteInput, DeleteQuoteInput, PrintedAttributionInput, RestoreArticleInput,
    TakeDownArticleInput, UpdateQuoteInput,
};
use crate::domain::article::Article;
use crate::domain::field::{
    Fault, MAX_ID, MAX_NAME, MAX_TEXT, address, language, optional, required, wikidata,
};
use crate::domain::id::Id;
use crate::domain::reading::{Printed, Reading};
use crate::store::article;
use crate::store::dialect::Connection;
use crate::store::error::Result as StoreResult;

/// Which quote is meant, and what was seen of it.
pub struct Seen {
    /// Which one.
    pub id: Id,
    /// The fingerprint of what it showed.
    pub version: Vec<u8>,
    /// Why.
    pub reason: Option<String>,
}

/// The article that a new quote stands in.
pub enum Place {
    /// One that must be there.
    Known(Id),
    /// One that is made where it is not there.
    Described(Id, Box<Article>),
}

impl CreateQuoteInput {
    /// The place, the reading, and why.
    pub fn read(self) -> Result<(Place, Reading, Option<String>), Fault> {
        let place = match (self.article_id, self.article) {
            (Some(id), None) => Place::Known(read_id("articleId", &id)?),
            (None, Some(article)) => article.read()?,
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
            said_at: self.said_at.map(|date| date.0),
            reported_at: self.reported_at.map(|date| date.0),
            language: language("language", self.language.map(Cow::Owned))?,
            confidence: None,
            extractor: None,
            wikidata: wikidata("wikidataId", self.wikidata_id.map(Cow::Owned))?,
            external_id: None,
            further_speakers: Vec::new(),
        };
        Ok((place, reading, reason(self.reason)?))
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
        let name = |field: &str, value| text(field, value, MAX_NAME);
        let long = |field: &str, value| text(field, value, MAX_TEXT);
        let date = |value: Option<FuzzyDateInput>| Ok(value.map(|date| date.0));
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
        patch(&mut reading.said_at, self.said_at, date)?;
        patch(&mut reading.reported_at, self.reported_at, date)?;
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
    fn read(self) -> Result<Place, Fault> {
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
            published_at: self.published_at.map(|date| date.0),
            language: language("article.language", self.language.map(Cow::Owned))?,
            licence: text("article.licence", self.licence, MAX_NAME)?,
            archive_url: archive.map(|address| address.printed),
        };
        match article.id() {
            Some(id) => Ok(Place::Described(id, Box::new(article))),
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
        Ok((read_id("id", &self.id)?, reason(self.reason)?))
    }
}

impl RestoreArticleInput {
    /// Which article, and why.
    pub fn read(self) -> Result<(Id, Option<String>), Fault> {
        Ok((read_id("id", &self.id)?, reason(self.reason)?))
    }
}

impl Seen {
    fn read(id: &ID, version: &str, why: Option<String>) -> Result<Self, Fault> {
        let version = data_encoding::HEXLOWER.decode(version.as_bytes());
        let version = version
            .map_err(|_| Fault::value("version", "not a version: take it from `Quote.version`"))?;
        Ok(Self { id: read_id("id", id)?, version, reason: reason(why)? })
    }
}

impl Place {
    /// The article's id, what is said of it, and the reading with what it has from there: its date
    /// and language. `None` where the article must be there and is not.
    pub fn complete(
        self,
        connection: &mut Connection,
        reading: Reading,
    ) -> StoreResult<Option<(Id, Article, Reading)>> {
        let (id, described, published, language) = match self {
            Self::Described(id, article) => {
                let (published, language) = (article.published_at, article.language.clone());
                (id, *article, published, language)
            }
            Self::Known(id) => {
                let Some(row) = article::by_id(connection, &[id])?.pop() else { return Ok(None) };
                (id, Article::default(), row.published_at(), row.language)
            }
        };
        let reading = Reading {
            reported_at: reading.reported_at.or(published),
            language: reading.language.or(language),
            ..reading
        };
        Ok(Some((id, described, reading)))
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

fn text(field: &str, value: Option<String>, limit: usize) -> Result<Option<String>, Fault> {
    optional(field, value.map(Cow::Owned), limit)
}

fn reason(value: Option<String>) -> Result<Option<String>, Fault> {
    text("reason", value, MAX_NAME)
}

fn read_id(field: &str, id: &ID) -> Result<Id, Fault> {
    id.parse().map_err(|error| Fault::value(field, error))
}
