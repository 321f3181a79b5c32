//! `Speaker`: a person who speaks.

use async_graphql::{Context, ID, Object, Result};

use super::connection::{JudgementConnection, PageArguments, QuoteConnection, cost};
use super::filter::QuoteFilter;
use super::judgement::{CANDIDATES, MergeCandidate, candidates_of, judgements_about};
use super::loader::{Below, quotes_below};
use super::quote::QuoteOrder;
use crate::store::speaker::SpeakerRow;

/// A speaker with what the query asks for around it.
#[derive(Clone)]
pub struct Speaker {
    pub(super) row: SpeakerRow,
    pub(super) aliases: Vec<String>,
    pub(super) candidates: Vec<String>,
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

    /// Every spelling that was printed, titles included, in alphabetical order.
    async fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// The Wikidata id that the source settles; null where it does not.
    async fn wikidata_id(&self) -> Option<&str> {
        self.row.wikidata.as_deref()
    }

    /// Wikidata ids that the extractor thinks possible: candidates, not an identity.
    async fn wikidata_candidates(&self) -> &[String] {
        &self.candidates
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
