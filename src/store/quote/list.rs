//! Lists of quotes, by condition and order.

use diesel::prelude::*;

use super::condition::Condition;
use super::row::QuoteRow;
use crate::domain::id::Id;
use crate::store::dialect::{Connection, on, words};
use crate::store::error::{Result, StoreError};
use crate::store::page::{Page, Place, Window, keyset};
use crate::store::schema::quote;
use crate::store::search;

/// The order of a list of quotes; each ends in the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// By the best date known (said, else reported), newest first; undated last.
    Newest,
    /// By the best date known, oldest first; undated first.
    Oldest,
    /// By article, then reading order in it; quotes without a place come last.
    ArticlePosition,
    /// By how well they answer the searches of the condition, of the newest that do
    /// ([`SCORED`](crate::store::search::SCORED)), best first; then newest first.
    Relevance,
}

/// The place of a quote in an order.
pub fn place(row: &QuoteRow, order: Order, score: Option<u16>) -> Place {
    match order {
        Order::Newest | Order::Oldest => Place::Time(row.ordered_at, row.id),
        Order::Relevance => Place::ranked(score.unwrap_or_default(), row.ordered_at, row.id),
        Order::ArticlePosition => Place::Position(row.article_id, row.ordinal, row.id),
    }
}

/// The quotes of these ids that exist, in no order.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<QuoteRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        // A quote's id begins with its article's: the primary key, which begins with the article,
        // is entered by that.
        let (from, to) = id.neighbours();
        let here = quote::article_id.between(from, to).and(quote::id.eq(id));
        let row = on!(connection, |c| {
            quote::table.filter(here).select(QuoteRow::as_select()).first(c).optional()
        });
        found.extend(row?);
    }
    Ok(found)
}

/// The quotes that meet a condition, windowed.
pub fn list(
    connection: &mut Connection,
    condition: &Condition,
    order: Order,
    window: &Window,
) -> Result<Page<QuoteRow>> {
    if order == Order::Relevance {
        return search::ranked(connection, condition, window);
    }
    let sole = condition.as_search().filter(|query| !query.is_everything());
    let mut total = None;
    if let Some(query) = sole {
        if window.count {
            total = Some(words::count(connection, query)?);
        }
        if let Some(rows) = search::stream(connection, query, order, window)? {
            return Ok(window.page(rows, total));
        }
    }
    let meets = condition.predicate(connection)?;
    let counted = match window.count && total.is_none() {
        true if condition.searches().is_empty() => Some(meets.clone()),
        true => Some(condition.predicate_of_all(connection)?),
        false => None,
    };
    on!(connection, |c| {
        if let Some(meets) = counted {
            total = Some(quote::table.filter(meets).count().get_result(c)?);
        }
        let query = quote::table.select(QuoteRow::as_select()).filter(meets).into_boxed();
        let rows = match order {
            Order::Newest => {
                keyset!(query, window, true, quote::ordered_at, quote::id, Time).load(c)?
            }
            Order::Oldest => {
                keyset!(query, window, false, quote::ordered_at, quote::id, Time).load(c)?
            }
            // The other one is ordered elsewhere.
            Order::ArticlePosition | Order::Relevance => by_position!(query, window).load(c)?,
        };
        Ok(window.page(rows, total))
    })
}

/// [`keyset!`] for the three columns of the reading order.
macro_rules! by_position {
    ($query:expr, $window:expr) => {{
        let mut query = $query;
        for (place, behind) in [(&$window.after, true), (&$window.before, false)] {
            let Some(place) = place else { continue };
            let Place::Position(article, ordinal, id) = place else {
                return Err(StoreError::Query(diesel::result::Error::NotFound));
            };
            query = if behind {
                let same =
                    quote::ordinal.gt(ordinal).or(quote::ordinal.eq(ordinal).and(quote::id.gt(id)));
                query.filter(
                    quote::article_id.ge(article).and(quote::article_id.gt(article).or(same)),
                )
            } else {
                let same =
                    quote::ordinal.lt(ordinal).or(quote::ordinal.eq(ordinal).and(quote::id.lt(id)));
                query.filter(
                    quote::article_id.le(article).and(quote::article_id.lt(article).or(same)),
                )
            };
        }
        query = if $window.from_end {
            query.order((quote::article_id.desc(), quote::ordinal.desc(), quote::id.desc()))
        } else {
            query.order((quote::article_id.asc(), quote::ordinal.asc(), quote::id.asc()))
        };
        query.limit($window.fetch())
    }};
}
use by_position;
