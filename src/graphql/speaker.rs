//! `Speaker`: a person who speaks.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::connection::{JudgementConnection, PageArguments, TenureConnection, cost};
use super::filter::QuoteFilter;
use super::judgement::{CANDIDATES, MergeCandidate, candidates_of, judgements_about};
use super::loader::{Below, quotes_below};
use super::quote::QuoteOrder;
use super::search::QuoteConnection;
use super::tenure::tenures_below;
use crate::domain::vocabulary::SpeakerAliasKind;
use crate::store::speaker::{SpeakerAliasRow, SpeakerRow};
use crate::store::tenure::Of;

/// A speaker with what the query asks for around it.
#[derive(Clone)]
pub struct Speaker {
    pub(super) row: SpeakerRow,
    pub(super) aliases: Vec<SpeakerAliasRow>,
    pub(super) candidates: Vec<String>,
    pub(super) quotes: i64,
    pub(super) statements: i64,
}

/// A name of a speaker.
#[derive(SimpleObject)]
pub struct SpeakerAlias {
    /// The name.
    name: String,
    /// Where it comes from.
    kind: SpeakerAliasKind,
    /// The language of the name (BCP 47), where a record tells it.
    language: Option<String>,
    /// The record that gives it; null where articles alone do.
    source: Option<String>,
}

/// A Wikidata item that a speaker may be.
#[derive(SimpleObject)]
pub struct WikidataCandidate {
    /// The item, for example `Q42`.
    wikidata_id: String,
    /// How likely it is, from 0 to 1. Where the source does not weigh its candidates each has the
    /// same share.
    probability: f64,
}

/// A person who speaks. Only a printed name makes a speaker: "a Taliban spokesman" is none, and two
/// of them are never one person. People of one name are one speaker until a Wikidata id tells them
/// apart.
#[Object]
impl Speaker {
    /// The id: the same after every rebuild from the same input.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The name without titles, in the best spelling that was printed.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Every spelling that was printed, titles included, and every name that a record gives, in
    /// alphabetical order.
    async fn aliases(&self) -> Vec<&str> {
        self.aliases.iter().map(|alias| alias.name.as_str()).collect()
    }

    /// The same names, each with where it comes from.
    async fn known_as(&self) -> Vec<SpeakerAlias> {
        let kind = |row: &SpeakerAliasRow| match row.source {
            Some(_) => SpeakerAliasKind::Recorded,
            None => SpeakerAliasKind::Printed,
        };
        let alias = |row: &SpeakerAliasRow| SpeakerAlias {
            kind: kind(row),
            name: row.name.clone(),
            language: row.language.clone(),
            source: row.source.clone(),
        };
        self.aliases.iter().map(alias).collect()
    }

    /// The Wikidata id that the source settles; null where it does not.
    async fn wikidata_id(&self) -> Option<&str> {
        self.row.wikidata.as_deref()
    }

    /// Wikidata ids that the extractor thinks possible: candidates, not an identity.
    async fn wikidata_candidates(&self) -> &[String] {
        &self.candidates
    }

    /// The same, each with how likely it is.
    async fn candidates(&self) -> Vec<WikidataCandidate> {
        let share = 1.0 / self.candidates.len() as f64;
        let candidate =
            |item: &String| WikidataCandidate { wikidata_id: item.clone(), probability: share };
        self.candidates.iter().map(candidate).collect()
    }

    /// How many quotes there are of the speaker.
    async fn quote_count(&self) -> i64 {
        self.quotes
    }

    /// How many statements there are of the speaker.
    async fn statement_count(&self) -> i64 {
        self.statements
    }

    /// The speaker's roles over time, by the record and by quotes, the earliest beginning first.
    /// What has no date stands before everything else.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn tenures(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<TenureConnection> {
        let page = PageArguments { first, after, last, before };
        tenures_below(context, Of::Speaker(self.row.id), page).await
    }

    /// The speaker's quotes, newest first unless you ask for another order.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "these are the arguments of every list")]
    async fn quotes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only quotes that meet this.")] filter: Option<QuoteFilter>,
        #[graphql(desc = "The order.", default_with = "QuoteOrder::Newest")] order_by: QuoteOrder,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<QuoteConnection> {
        let page = PageArguments { first, after, last, before };
        quotes_below(context, Below::Speaker(self.row.id), filter, order_by, page).await
    }

    /// Other speakers that may be this one, the likeliest first, at most 20: see the root's
    /// `mergeCandidates`.
    #[graphql(complexity = "CANDIDATES * child_complexity.max(1)")]
    async fn merge_candidates(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How much must speak for it at least, from 0 to 1.", default = 0.5)]
        min_score: f64,
    ) -> Result<Vec<MergeCandidate>> {
        candidates_of(context, self.row.id, min_score).await
    }

    /// The judgements in force about this speaker, the newest first: why it is shown as it is.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn judgements(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<JudgementConnection> {
        let page = PageArguments { first, after, last, before };
        judgements_about(context, self.row.id, page).await
    }
}
