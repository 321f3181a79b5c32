//! What clients write: the inputs of mutations. `read` makes readings and articles of them.

use async_graphql::{ID, InputObject, MaybeUndefined};

use super::super::date::FuzzyDateInput;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};

/// An article, as far as it is known. It is identified by its `url`; without one, by its `documentId`
/// at its `publisher`. One that is there already stays as it is.
#[derive(InputObject, Debug)]
pub struct ArticleInput {
    /// Its address. This or `documentId` is needed.
    pub(super) url: Option<String>,
    /// The id under which you know it.
    pub(super) document_id: Option<String>,
    /// Its title.
    pub(super) title: Option<String>,
    /// The publisher's name as printed.
    pub(super) publisher: Option<String>,
    /// Its authors as printed.
    pub(super) authors: Option<Vec<String>>,
    /// When it was published.
    pub(super) published_at: Option<FuzzyDateInput>,
    /// Its language (BCP 47).
    pub(super) language: Option<String>,
    /// The licence of its text, for example `CC-BY-4.0`.
    pub(super) licence: Option<String>,
    /// Where an archive keeps it.
    pub(super) archive_url: Option<String>,
}

/// The attribution exactly as the article prints it. Of what it means dixit makes speaker, role and
/// organisation itself.
#[derive(InputObject, Debug, Default)]
pub struct PrintedAttributionInput {
    /// The speaker's name as printed, for example `President Donald Trump`.
    pub(super) speaker: MaybeUndefined<String>,
    /// The role as printed, for example `defense department spokesman`.
    pub(super) role: MaybeUndefined<String>,
    /// The organisation as printed, for example `Pentagon`.
    pub(super) organisation: MaybeUndefined<String>,
    /// The whole attribution as printed, for example `residents, who told media outlets`.
    pub(super) attribution: MaybeUndefined<String>,
}

/// A quote, as an article prints it.
#[derive(InputObject, Debug)]
pub struct CreateQuoteInput {
    /// The article's id. This or `article` is needed.
    pub(super) article_id: Option<ID>,
    /// The article, where it is not there yet or its id is not known.
    pub(super) article: Option<ArticleInput>,
    /// How the words are rendered.
    pub(super) kind: QuoteKind,
    /// The words, without outer quotation marks; at most 10,000 characters.
    pub(super) text: String,
    /// The language of the words (BCP 47); the article's where absent.
    pub(super) language: Option<String>,
    /// What stands before the words in the article.
    pub(super) context_before: Option<String>,
    /// What stands behind the words in the article.
    pub(super) context_after: Option<String>,
    /// Where the words begin in the article's text, in Unicode scalar values from 0. It tells the
    /// same words in two places apart.
    pub(super) start: Option<i32>,
    /// Where the words end in the article's text, exclusive.
    pub(super) end: Option<i32>,
    /// The number of the quote in its article.
    pub(super) position: Option<i32>,
    /// The reporting verb or phrase.
    pub(super) cue: Option<String>,
    /// Where the words were first given, as far as the article says.
    pub(super) medium: Option<Medium>,
    /// Who passed the words on.
    pub(super) via: Option<String>,
    /// The attribution as printed.
    pub(super) printed: Option<PrintedAttributionInput>,
    /// What sort of source it is; worked out from the rest where absent.
    pub(super) speaker_kind: Option<SpeakerKind>,
    /// The speaker's Wikidata id where it is settled, for example `Q42`.
    pub(super) wikidata_id: Option<String>,
    /// When the words were said, as far as the article says.
    pub(super) said_at: Option<FuzzyDateInput>,
    /// When they first stood in print; the article's date where absent.
    pub(super) reported_at: Option<FuzzyDateInput>,
    /// Why, for the audit.
    pub(super) reason: Option<String>,
}

/// What changes of a quote. A field that is left out stays as it is; null takes its value away.
/// Which article it stands in and where is the quote's identity and cannot be changed.
#[derive(InputObject, Debug)]
pub struct UpdateQuoteInput {
    /// The quote's id.
    pub(super) id: ID,
    /// `Quote.version` as you saw it. Where the quote was changed meanwhile, nothing is written.
    pub(super) version: String,
    /// How the words are rendered; not null.
    pub(super) kind: MaybeUndefined<QuoteKind>,
    /// The words; not null.
    pub(super) text: MaybeUndefined<String>,
    /// The language of the words (BCP 47).
    pub(super) language: MaybeUndefined<String>,
    /// What stands before the words in the article.
    pub(super) context_before: MaybeUndefined<String>,
    /// What stands behind the words in the article.
    pub(super) context_after: MaybeUndefined<String>,
    /// The reporting verb or phrase.
    pub(super) cue: MaybeUndefined<String>,
    /// Where the words were first given.
    pub(super) medium: MaybeUndefined<Medium>,
    /// Who passed the words on.
    pub(super) via: MaybeUndefined<String>,
    /// The attribution as printed; null takes all of it away.
    pub(super) printed: MaybeUndefined<PrintedAttributionInput>,
    /// What sort of source it is; null has it worked out from the rest.
    pub(super) speaker_kind: MaybeUndefined<SpeakerKind>,
    /// The speaker's settled Wikidata id. Where the printed speaker changes and this is left out, it
    /// is taken away: it was another name's.
    pub(super) wikidata_id: MaybeUndefined<String>,
    /// When the words were said.
    pub(super) said_at: MaybeUndefined<FuzzyDateInput>,
    /// When they first stood in print.
    pub(super) reported_at: MaybeUndefined<FuzzyDateInput>,
    /// Why, for the audit.
    pub(super) reason: Option<String>,
}

/// Which quote goes.
#[derive(InputObject, Debug)]
pub struct DeleteQuoteInput {
    /// The quote's id.
    pub(super) id: ID,
    /// `Quote.version` as you saw it. Where the quote was changed meanwhile, nothing is deleted.
    pub(super) version: String,
    /// Why, for the audit and for whoever imports it again.
    pub(super) reason: Option<String>,
}

/// Which article goes.
#[derive(InputObject, Debug)]
pub struct TakeDownArticleInput {
    /// The article's id.
    pub(super) id: ID,
    /// Why, for the audit and for whoever imports it again.
    pub(super) reason: Option<String>,
}

/// Which quote may come back.
#[derive(InputObject, Debug)]
pub struct RestoreQuoteInput {
    /// The quote's id.
    pub(super) id: ID,
    /// Why, for the audit.
    pub(super) reason: Option<String>,
}

/// Which article may come back.
#[derive(InputObject, Debug)]
pub struct RestoreArticleInput {
    /// The article's id.
    pub(super) id: ID,
    /// Why, for the audit.
    pub(super) reason: Option<String>,
}
