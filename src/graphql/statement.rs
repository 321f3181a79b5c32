//! `Statement`: the utterance behind quotes of the same words by the same source.

use async_graphql::{Context, ID, Object, Result};

use super::connection::{PageArguments, cost};
use super::filter::QuoteFilter;
use super::loader::{Below, quotes_below};
use super::organisation::Organisation;
use super::quote::{Quote, QuoteOrder};
use super::relation::{StatementRelation, related_cost, related_to, standing};
use super::role::Role;
use super::search::QuoteConnection;
use super::speaker::Speaker;
use crate::domain::quote::SpeakerKind;
use crate::domain::statement::{
    FirstQuotePrecision, StatementRelationKind, StatementRelationState,
};
use crate::store::statement::{CANDIDATES, First, Reach, RelatedCondition, StatementRow};

/// A statement with what the query asks for around it.
#[derive(Clone)]
pub struct Statement {
    pub(super) row: StatementRow,
    pub(super) speaker: Option<Speaker>,
    pub(super) role: Option<Role>,
    pub(super) organisation: Option<Organisation>,
    pub(super) first_quote: Option<Box<Quote>>,
    pub(super) reach: Option<Reach>,
    pub(super) independent: Option<i64>,
    pub(super) first: Option<First>,
    pub(super) candidates: Vec<Quote>,
}

/// The utterance behind one or more quotes: the same words by the same source, carried by one or
/// many articles. Words are the same when they are equal but for case, punctuation, quotation
/// marks, dashes, white space and Unicode form. A source is the same when it is the same speaker;
/// else the same organisation, speaking itself or through somebody unnamed; else described alike.
#[Object]
impl Statement {
    /// The id: the same after every rebuild from the same input.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The words, as the first quote prints them.
    async fn text(&self) -> &str {
        &self.row.text
    }

    /// What sort of source the first quote attributes them to.
    async fn speaker_kind(&self) -> SpeakerKind {
        self.row.speaker_kind
    }

    /// The person; null where no name is printed.
    async fn speaker(&self) -> Option<&Speaker> {
        self.speaker.as_ref()
    }

    /// The role, as the first quote gives it.
    async fn role(&self) -> Option<&Role> {
        self.role.as_ref()
    }

    /// The organisation, as the first quote gives it.
    async fn organisation(&self) -> Option<&Organisation> {
        self.organisation.as_ref()
    }

    /// The first quote by the best date known (`saidAt`, else `reportedAt`). How certain that is,
    /// `firstQuotePrecision` tells: of tied quotes the one with the smallest ids stands here, which
    /// means nothing.
    async fn first_quote(&self) -> Option<&Quote> {
        self.first_quote.as_deref()
    }

    /// How certain it is that no other quote here is earlier than `firstQuote`. What was never
    /// imported is not known of: it may be earlier all the same.
    async fn first_quote_precision(&self) -> FirstQuotePrecision {
        self.first.map_or(FirstQuotePrecision::Unknown, |first| first.precision)
    }

    /// How many quotes may have been the first: those that are not certainly later than `firstQuote`,
    /// itself among them.
    async fn first_quote_candidate_count(&self) -> i64 {
        self.first.map_or(0, |first| first.candidates)
    }

    /// The quotes that may have been the first, at most 20: `firstQuote`, those whose dates overlap
    /// with its, by date, and those without a date.
    #[graphql(complexity = "CANDIDATES * child_complexity")]
    async fn first_quote_candidates(&self) -> &[Quote] {
        &self.candidates
    }

    /// How many quotes there are of it.
    async fn quote_count(&self) -> i64 {
        self.reach.map_or(0, |reach| reach.quotes)
    }

    /// How many articles carry it.
    async fn article_count(&self) -> i64 {
        self.reach.map_or(0, |reach| reach.articles)
    }

    /// How many publishers carry it. An article that names no publisher counts by its site.
    async fn publisher_count(&self) -> i64 {
        self.reach.map_or(0, |reach| reach.publishers)
    }

    /// How many sources seem to carry it independently: **at most** so many, since a copy that shows
    /// no sign of it counts by itself. One source are articles that share any of these: the publisher;
    /// the site, all hosts of its domain together; the credit of a news agency, among the authors or
    /// in the address, or its own site; a named author; the title, of four words or more; four longer
    /// words or more, and all of them, in the last telling part of the address; a number of eight
    /// digits or more there that is no date; the eight words before the quote, or the eight behind it.
    /// That one extractor gathered the prints is no such sign. Null where there are more than 1000
    /// quotes to compare.
    async fn independent_count(&self) -> Option<i64> {
        self.independent
    }

    /// Other statements that this one is related to: those that a person has confirmed, then those
    /// that the words suggest, the most alike first. Suggestions are worked out from the words
    /// when you ask, among the statements that share most of them; nothing is merged by them.
    #[graphql(complexity = "related_cost(first, child_complexity)")]
    async fn related(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 1 to 20; 10 where nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only those of one of these kinds.")] kind: Option<
            Vec<StatementRelationKind>,
        >,
        #[graphql(desc = "Only those in one of these states; `SUGGESTED` and `CONFIRMED` where \
                          nothing is said.")]
        state: Option<Vec<StatementRelationState>>,
    ) -> Result<Vec<StatementRelation>> {
        let states = state.unwrap_or_else(standing);
        let wanted = RelatedCondition { kinds: kind, states, contradicting: false };
        related_to(context, self.row.id, wanted, first).await
    }

    /// Statements of the same words, or of nearly the same, by sources that cannot both be right: two
    /// speakers who do not go by forms of one name, or two organisations. Neither is decided for.
    #[graphql(complexity = "related_cost(first, child_complexity)")]
    async fn contradictions(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, 1 to 20; 10 where nothing is said.")] first: Option<i32>,
    ) -> Result<Vec<StatementRelation>> {
        let wanted = RelatedCondition { kinds: None, states: standing(), contradicting: true };
        related_to(context, self.row.id, wanted, first).await
    }

    /// Its quotes, oldest first unless you ask for another order.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "these are the arguments of every list")]
    async fn quotes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only quotes that meet this.")] filter: Option<QuoteFilter>,
        #[graphql(desc = "The order.", default_with = "QuoteOrder::Oldest")] order_by: QuoteOrder,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<QuoteConnection> {
        let page = PageArguments { first, after, last, before };
        quotes_below(context, Below::Statement(self.row.id), filter, order_by, page).await
    }
}
