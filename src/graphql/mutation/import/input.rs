//! What `importQuotes` takes: the rows of the native format, as GraphQL spells them.

use async_graphql::InputObject;

use super::super::super::date::FuzzyDateInput;
use super::super::input::{ArticleInput, CreateQuoteInput, PrintedAttributionInput};
use super::super::read::{NewQuote, text};
use crate::domain::field::{Fault, MAX_ID, MAX_NAME, extractor, share};
use crate::domain::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind};
use crate::domain::reading::{FurtherSpeaker, Reading};
use crate::store::write::{Account, Entry};

/// A small batch of what a program found.
#[derive(InputObject, Debug)]
pub struct ImportQuotesInput {
    /// What the batch is called in `Import.source`, for example the run that made it;
    /// `importQuotes` where absent.
    pub(super) source: Option<String>,
    /// The rows, 1 to `importRows` (`serviceConfig`).
    pub(super) quotes: Vec<ImportQuoteInput>,
}

/// The program that found a quote.
#[derive(InputObject, Debug)]
pub struct ExtractorInput {
    /// Its name.
    name: String,
    /// Its version, compared number by number: a newer one replaces what an older one said.
    version: Option<String>,
}

/// A further speaker of the same words, as the program gives it.
#[derive(InputObject, Debug)]
pub struct FurtherSpeakerInput {
    /// Together with the first speaker, or instead.
    mode: FurtherSpeakerMode,
    /// The name as printed; absent where the program weighs that nobody is named.
    name: Option<String>,
    /// From 0 to 1.
    probability: Option<f64>,
}

/// A quote that a program found in an article: a row of the native format.
#[derive(InputObject, Debug)]
pub struct ImportQuoteInput {
    /// The article; what is told of one that is there already is merged into it.
    article: ArticleInput,
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
    /// How sure the program is, from 0 to 1.
    confidence: Option<f64>,
    /// The program.
    extractor: Option<ExtractorInput>,
    /// The program's own id of the quote.
    external_id: Option<String>,
    /// Further speakers of the same words.
    further_speakers: Option<Vec<FurtherSpeakerInput>>,
}

impl ImportQuoteInput {
    /// The entry that an import makes of the same row.
    pub(super) fn read(self) -> Result<Entry, Fault> {
        let confidence = share("confidence", self.confidence)?;
        let external_id = text("externalId", self.external_id, MAX_ID)?;
        let program = self
            .extractor
            .map(|ExtractorInput { name, version }| extractor(&name, version.map(Into::into)));
        let further = self.further_speakers.unwrap_or_default().into_iter();
        let further_speakers =
            further.map(FurtherSpeakerInput::read).collect::<Result<Vec<_>, _>>()?;
        let quote = CreateQuoteInput {
            article_id: None,
            article: Some(self.article),
            kind: self.kind,
            text: self.text,
            language: self.language,
            context_before: self.context_before,
            context_after: self.context_after,
            start: self.start,
            end: self.end,
            position: self.position,
            cue: self.cue,
            medium: self.medium,
            via: self.via,
            printed: self.printed,
            speaker_kind: self.speaker_kind,
            wikidata_id: self.wikidata_id,
            said_at: self.said_at,
            reported_at: self.reported_at,
            reason: None,
        };
        let NewQuote { described, reading, .. } = quote.read()?;
        let article = described.unwrap_or_default();
        let reading = Reading {
            reported_at: reading.reported_at.or(article.published_at),
            language: reading.language.or_else(|| article.language.clone()),
            confidence,
            extractor: program.transpose()?,
            external_id,
            further_speakers,
            ..reading
        };
        Entry::new(article, Account::new(reading, Vec::new()).into())
            .ok_or_else(|| Fault::value("article", "it needs a `url` or a `documentId`"))
    }
}

impl FurtherSpeakerInput {
    fn read(self) -> Result<FurtherSpeaker, Fault> {
        Ok(FurtherSpeaker {
            mode: self.mode,
            name: text("furtherSpeakers.name", self.name, MAX_NAME)?,
            probability: share("furtherSpeakers.probability", self.probability)?,
        })
    }
}
