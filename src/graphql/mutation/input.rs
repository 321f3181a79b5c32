//! What clients write: the inputs of mutations, and how they become readings and articles.

use std::borrow::Cow;

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::super::date::FuzzyDateInput;
use crate::domain::article::Article;
use crate::domain::field::{
    Fault, MAX_ID, MAX_NAME, MAX_TEXT, address, language, optional, required, wikidata,
};
use crate::domain::id::Id;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::reading::{Printed, Reading};
use crate::store::article;
use crate::store::dialect::Connection;
use crate::store::error::Result as StoreResult;

/// An article, as far as it is known. One that is there already is recognised by its `url`, or by
/// its `documentId` at its `publisher`, and learns what is new.
#[derive(InputObject, Debug)]
pub struct ArticleInput {
    /// Its address. This or `documentId` is needed.
    url: Option<String>,
    /// The id under which you know it.
    document_id: Option<String>,
    /// Its title.
    title: Option<String>,
    /// The publisher's name as printed.
    publisher: Option<String>,
    /// Its authors as printed.
    authors: Option<Vec<String>>,
    /// When it was published.
    published_at: Option<FuzzyDateInput>,
    /// Its language (BCP 47).
    language: Option<String>,
    /// The licence of its text, for example `CC-BY-4.0`.
    licence: Option<String>,
    /// Where an archive keeps it.
    archive_url: Option<String>,
}

/// The attribution exactly as the article prints it. Of what it means dixit makes speaker, role and
/// organisation itself.
#[derive(InputObject, Debug, Default)]
pub struct PrintedAttributionInput {
    /// The speaker's name as printed, for example `President Donald Trump`.
    speaker: MaybeUndefined<String>,
    /// The role as printed, for example `defense department spokesman`.
    role: MaybeUndefined<String>,
    /// The organisation as printed, for example `Pentagon`.
    organisation: MaybeUndefined<String>,
    /// The whole attribution as printed, for example `residents, who told media outlets`.
    attribution: MaybeUndefined<String>,
}

/// A quote, as an article prints it.
#[derive(InputObject, Debug)]
pub struct CreateQuoteInput {
    /// The article's id. This or `article` is needed.
    article_id: Option<ID>,
    /// The article, where it is not there yet or its id is not known.
    article: Option<ArticleInput>,
    /// How the words are rendered.
    kind: QuoteKind,
    /// The words, without outer quotation marks; at most 10,000 characters.
    text: String,
    /// The language of the words (BCP 47); the article's where absent.
    language: Option<String>,
    /// What stands before the words in the article.
    context_before: Option<String>,
    /// What stands behind the words in the article.
    context_after: Option<String>,
    /// Where the words begin in the article's text, in Unicode scalar values from 0. It tells the
    /// same words in two places apart.
    start: Option<i32>,
    /// Where the words end in the article's text, exclusive.
    end: Option<i32>,
    /// The number of the quote in its article.
    position: Option<i32>,
    /// The reporting verb or phrase.
    cue: Option<String>,
    /// Where the words were first given, as far as the article says.
    medium: Option<Medium>,
    /// Who passed the words on.
    via: Option<String>,
    /// The attribution as printed.
    printed: Option<PrintedAttributionInput>,
    /// What sort of source it is; worked out from the rest where absent.
    speaker_kind: Option<SpeakerKind>,
    /// The speaker's Wikidata id where it is settled, for example `Q42`.
    wikidata_id: Option<String>,
    /// When the words were said, as far as the article says.
    said_at: Option<FuzzyDateInput>,
    /// When they first stood in print; the article's date where absent.
    reported_at: Option<FuzzyDateInput>,
    /// Why, for the audit.
    reason: Option<String>,
}

/// What changes of a quote. A field that is left out stays as it is; null takes its value away.
/// Which article it stands in and where is the quote's identity and cannot be changed.
#[derive(InputObject, Debug)]
pub struct UpdateQuoteInput {
    /// The quote's id.
    id: ID,
    /// `Quote.version` as you saw it. Where the quote was changed meanwhile, nothing is written.
    version: String,
    /// How the words are rendered; not null.
    kind: MaybeUndefined<QuoteKind>,
    /// The words; not null.
    text: MaybeUndefined<String>,
    /// The language of the words (BCP 47).
    language: MaybeUndefined<String>,
    /// What stands before the words in the article.
    context_before: MaybeUndefined<String>,
    /// What stands behind the words in the article.
    context_after: MaybeUndefined<String>,
    /// The reporting verb or phrase.
    cue: MaybeUndefined<String>,
    /// Where the words were first given.
    medium: MaybeUndefined<Medium>,
    /// Who passed the words on.
    via: MaybeUndefined<String>,
    /// The attribution as printed; null takes all of it away.
    printed: MaybeUndefined<PrintedAttributionInput>,
    /// What sort of source it is; null has it worked out from the rest.
    speaker_kind: MaybeUndefined<SpeakerKind>,
    /// The speaker's settled Wikidata id.
    wikidata_id: MaybeUndefined<String>,
    /// When the words were said.
    said_at: MaybeUndefined<FuzzyDateInput>,
    /// When they first stood in print.
    reported_at: MaybeUndefined<FuzzyDateInput>,
    /// Why, for the audit.
    reason: Option<String>,
}

/// Which quote goes.
#[derive(InputObject, Debug)]
pub struct DeleteQuoteInput {
    /// The quote's id.
    id: ID,
    /// `Quote.version` as you saw it. Where the quote was changed meanwhile, nothing is deleted.
    version: String,
    /// Why, for the audit and for whoever imports it again.
    reason: Option<String>,
}

/// Which article goes.
#[derive(InputObject, Debug)]
pub struct TakeDownArticleInput {
    /// The article's id.
    id: ID,
    /// Why, for the audit and for whoever imports it again.
    reason: Option<String>,
}

/// Which article may come back.
#[derive(InputObject, Debug)]
pub struct RestoreArticleInput {
    /// The article's id.
    id: ID,
    /// Why, for the audit.
    reason: Option<String>,
}

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
