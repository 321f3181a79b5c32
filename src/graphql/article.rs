//! `Article`: the source of quotes.

use async_graphql::{Context, ID, Object, Result};

use super::connection::{PageArguments, cost};
use super::date::DateInterval;
use super::error::internal;
use super::filter::QuoteFilter;
use super::loader::{Below, quotes_below};
use super::organisation::Organisation;
use super::quote::QuoteOrder;
use super::search::QuoteConnection;
use crate::store::article::ArticleRow;

/// An article with what the query asks for around it.
#[derive(Clone)]
pub struct Article {
    pub(super) row: ArticleRow,
    pub(super) publisher: Option<Organisation>,
}

/// The source of quotes: what printed them, where and when.
#[Object]
impl Article {
    /// The id: the same after every rebuild from the same input.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Its address. One article may be printed under several; the best of them stands here:
    /// `https` before `http`, then the shorter.
    async fn url(&self) -> Option<&str> {
        self.row.url.as_deref()
    }

    /// The host of the address without `www.`, for example `news.example`.
    async fn site(&self) -> Option<&str> {
        self.row.site.as_deref()
    }

    /// The id under which the importer knew it.
    async fn document_id(&self) -> Option<&str> {
        self.row.document_id.as_deref()
    }

    /// Its title.
    async fn title(&self) -> Option<&str> {
        self.row.title.as_deref()
    }

    /// The organisation that published it; null where the source names none (see `site`).
    async fn publisher(&self) -> Option<&Organisation> {
        self.publisher.as_ref()
    }

    /// The publisher's name as printed.
    async fn printed_publisher(&self) -> Option<&str> {
        self.row.publisher_printed.as_deref()
    }

    /// Its authors as printed.
    async fn authors(&self) -> Result<Vec<String>> {
        serde_json::from_str(&self.row.authors).map_err(|error| internal(&error))
    }

    /// When it was published, as far as the source tells.
    async fn published_at(&self) -> Option<DateInterval> {
        self.row.published_at().map(DateInterval)
    }

    /// Its language (BCP 47).
    async fn language(&self) -> Option<&str> {
        self.row.language.as_deref()
    }

    /// The licence of its text, for example `CC-BY-4.0`.
    async fn licence(&self) -> Option<&str> {
        self.row.licence.as_deref()
    }

    /// Where an archive keeps it.
    async fn archive_url(&self) -> Option<&str> {
        self.row.archive_url.as_deref()
    }

    /// Its quotes, in reading order unless you ask for another.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "these are the arguments of every list")]
    async fn quotes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only quotes that meet this.")] filter: Option<QuoteFilter>,
        #[graphql(desc = "The order.", default_with = "QuoteOrder::ArticlePosition")]
        order_by: QuoteOrder,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<QuoteConnection> {
        let page = PageArguments { first, after, last, before };
        quotes_below(context, Below::Article(self.row.id), filter, order_by, page).await
    }
}
