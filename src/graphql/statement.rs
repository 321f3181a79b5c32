//! `Statement`: the utterance behind quotes of the same words by the same source.

use async_graphql::{Context, ID, Object, Result};

use super::connection::{PageArguments, cost};
use super::filter::QuoteFilter;
use super::loader::{Below, quotes_below};
use super::organisation::Organisation;
use super::quote::{Quote, QuoteOrder};
use super::role::Role;
use super::search::QuoteConnection;
use super::speaker::Speaker;
use crate::domain::quote::SpeakerKind;
use crate::store::statement::{Reach, StatementRow};

/// A statement with what the query asks for around it.
#[derive(Clone)]
pub struct Statement {
    pub(super) row: StatementRow,
    pub(super) speaker: Option<Speaker>,
    pub(super) role: Option<Role>,
    pub(super) organisation: Option<Organisation>,
    pub(super) first_quote: Option<Box<Quote>>,
    pub(super) reach: Option<Reach>,
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

    /// The first quote by the best date known (`saidAt`, else `reportedAt`). Dates of one day are
    /// tied; the order within is then that of the ids and means nothing.
    async fn first_quote(&self) -> Option<&Quote> {
        self.first_quote.as_deref()
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
