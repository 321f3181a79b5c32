//! Nested lists, batched: the quotes below all articles of a page are one trip.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::runtime::{Timer, TokioSpawner};
use async_graphql::{Context, Error, Result};
use tracing::Instrument as _;

use super::aggregate::{Asked, Tallies};
use super::connection::PageArguments;
use super::error::REQUEST_ID;
use super::filter::QuoteFilter;
use super::load;
use super::quote::{Quote, QuoteOrder};
use super::search::{QuoteConnection, Searched};
use super::trip::trip_to;
use super::wanted::Wanted;
use crate::domain::facet::Counted;
use crate::domain::id::Id;
use crate::store::aggregate::Over;
use crate::store::dialect::Connection;
use crate::store::page::{Page, Window};
use crate::store::quote::{self, ArticleMatch, Condition, Order, OrganisationMatch};
use crate::store::{self, Store};

/// What a nested list of quotes hangs below.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Below {
    /// An article.
    Article(Id),
    /// A statement.
    Statement(Id),
    /// A speaker.
    Speaker(Id),
    /// An organisation; with `true` also every organisation below it.
    Organisation(Id, bool),
}

/// A nested list of quotes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct QuotesBelow {
    below: Below,
    condition: Condition,
    order: Order,
    window: Window,
    wanted: Wanted,
    asked: Asked,
}

/// Loads nested lists from the store, for one request.
pub struct Lists {
    store: Store,
    request_id: Option<String>,
    span: tracing::Span,
}

impl Lists {
    /// One trip, as part of the request.
    pub async fn trip<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Connection) -> store::Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let trip = trip_to(self.store.clone(), work);
        match &self.request_id {
            Some(id) => REQUEST_ID.scope(id.clone(), trip).instrument(self.span.clone()).await,
            None => trip.await,
        }
    }
}

/// A loader for one request; must be called on a Tokio runtime.
pub fn loader(store: Store) -> DataLoader<Lists> {
    // Lists are loaded on another task: what belongs to the request goes with them.
    let request_id = REQUEST_ID.try_with(Clone::clone).ok();
    let lists = Lists { store, request_id, span: tracing::Span::current() };
    DataLoader::new(lists, TokioSpawner::current(), Yield).delay(Duration::ZERO)
}

/// Waits until every list of this level has been asked for, and not a moment longer: a real timer
/// costs one or two milliseconds a level.
struct Yield;

impl Timer for Yield {
    fn delay(&self, _: Duration) -> futures_util::future::BoxFuture<'static, ()> {
        Box::pin(tokio::task::yield_now())
    }
}

impl Loader<QuotesBelow> for Lists {
    type Value = (Page<Quote>, Tallies);
    type Error = Error;

    async fn load(&self, keys: &[QuotesBelow]) -> Result<HashMap<QuotesBelow, Self::Value>> {
        self.each(keys, |connection, key| {
            let condition = key.condition();
            let page = quote::list(connection, &condition, key.order, &key.window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = load::quotes(connection, rows, &key.wanted)?;
            let over = |counted| Over::quotes_or_statements(&condition, counted);
            let tallies = key.asked.answer(connection, over)?;
            Ok((Page { rows, has_next, has_previous, total }, tallies))
        })
        .await
    }
}

impl Lists {
    /// All lists of one level in one trip.
    pub(super) async fn each<K, T>(
        &self,
        keys: &[K],
        list: impl Fn(&mut Connection, &K) -> store::Result<T> + Send + Sync + 'static,
    ) -> Result<HashMap<K, T>>
    where
        K: Clone + Eq + Hash + Send + Sync + 'static,
        T: Send + 'static,
    {
        let keys = keys.to_vec();
        self.trip(move |connection| {
            let mut lists = HashMap::with_capacity(keys.len());
            for key in &keys {
                lists.insert(key.clone(), list(connection, key)?);
            }
            Ok(lists)
        })
        .await
    }
}

impl QuotesBelow {
    fn condition(&self) -> Condition {
        let below = match self.below {
            Below::Article(id) => Condition::Article(ArticleMatch::Id(vec![id])),
            Below::Statement(id) => Condition::Statement(vec![id]),
            Below::Speaker(id) => Condition::Speaker(vec![id]),
            Below::Organisation(id, descendants) => Condition::Organisation(OrganisationMatch {
                ids: Some(vec![id]),
                name: None,
                descendants,
            }),
        };
        Condition::All(vec![below, self.condition.clone()])
    }
}

/// The quotes below something, as its `quotes` field answers.
pub async fn quotes_below(
    context: &Context<'_>,
    below: Below,
    filter: Option<QuoteFilter>,
    order: QuoteOrder,
    page: PageArguments,
) -> Result<QuoteConnection> {
    let wanted = Wanted::of(context);
    let window = page.window(&wanted, order.fits())?;
    let condition = QuoteFilter::condition_of(filter)?;
    let searched = Searched::of(&condition, order)?;
    let (order, wanted) = (order.order(), wanted.nodes());
    let asked = Asked::of(context, Counted::Quotes)?;
    let key = QuotesBelow { below, condition, order, window, wanted, asked };
    let lists = context.data::<DataLoader<Lists>>()?;
    let (page, tallies) = lists.load_one(key).await?.ok_or_else(|| Error::new("internal error"))?;
    Ok(QuoteConnection::of(page, order, searched, tallies))
}
