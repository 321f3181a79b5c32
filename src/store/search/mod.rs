//! Search over quotes: the index of their words, kept in step where quotes are written, and lists by it.

use diesel::prelude::*;

use super::dialect::words::{self, Row, Stretch};
use super::dialect::{Connection, on};
use super::error::{Result, StoreError};
use super::index::{Compared, Index};
use super::page::{Page, Place, Window};
use super::quote::{Condition, Order, QuoteRow, list, place};
use super::schema::quote;
use super::write::QuoteValues;
use crate::domain::id::Id;
use crate::domain::search::{Entry, Query, Text};

/// How many quotes, the newest that a search finds, are put into the order of relevance.
pub const SCORED: usize = 1_000;

/// How many quotes are indexed in one transaction where the index is made anew.
const FILLED_AT_ONCE: i64 = 5_000;

/// The index of quotes' words.
pub const INDEX: Index = Index { name: "quote_word", version: 2, clear, fill, compare };

fn row(quote: &QuoteValues) -> Row {
    let QuoteValues { article_id, id, ordered_at, .. } = *quote;
    let entry = Entry::of(&quote.text, quote.language.as_deref());
    Row { article_id, id, ordered_at, entry }
}

/// Writes the entries of new quotes.
pub fn add(connection: &mut Connection, quotes: &[QuoteValues]) -> QueryResult<()> {
    words::add(connection, quotes.iter().map(row).collect())
}

/// Removes the entries of quotes, which are still there.
pub fn remove(connection: &mut Connection, quotes: &[QuoteValues]) -> QueryResult<()> {
    words::remove(connection, quotes.iter().map(row).collect())
}

/// Writes the entries of quotes that were changed, in place of those that they had before.
pub fn replace<'a>(
    connection: &mut Connection,
    before: impl Iterator<Item = &'a QuoteValues>,
    after: &[QuoteValues],
) -> QueryResult<()> {
    let same = |one: &QuoteValues, other: &QuoteValues| {
        one.text == other.text
            && one.language == other.language
            && one.ordered_at == other.ordered_at
    };
    let outlast = words::outlast(connection);
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for (before, after) in before.zip(after) {
        if outlast && same(before, after) {
            continue;
        }
        gone.push(row(before));
        new.push(row(after));
    }
    words::remove(connection, gone)?;
    words::add(connection, new)
}

fn clear(connection: &mut Connection) -> Result<()> {
    Ok(words::clear(connection)?)
}

fn compare(connection: &mut Connection) -> Result<Compared> {
    Ok(words::compare(connection)?)
}

fn fill(connection: &mut Connection, behind: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
    let id = |bytes: &[u8]| Some(Id::from_bytes(bytes.try_into().ok()?));
    let behind = behind.and_then(|place| Some((id(place.get(..16)?)?, id(place.get(16..)?)?)));
    let quotes = quote::table
        .select((quote::article_id, quote::id, quote::ordered_at, quote::text, quote::language))
        .order((quote::article_id, quote::id))
        .limit(FILLED_AT_ONCE);
    type Found = (Id, Id, i64, String, Option<String>);
    let found: Vec<Found> = match behind {
        None => on!(connection, |c| quotes.load(c))?,
        Some((article, id)) => {
            let later = quote::article_id.gt(article).or(quote::id.gt(id));
            on!(connection, |c| quotes.filter(quote::article_id.ge(article).and(later)).load(c))?
        }
    };
    let place = found.last().map(|(article, id, ..)| {
        [article.as_bytes().as_slice(), id.as_bytes().as_slice()].concat()
    });
    let row = |(article_id, id, ordered_at, text, language): Found| {
        let entry = Entry::of(&text, language.as_deref());
        Row { article_id, id, ordered_at, entry }
    };
    words::add_missing(connection, found.into_iter().map(row).collect())?;
    Ok(place)
}

/// The rows of a window over what a search finds, in the direction of the window, read from the index
/// in its order; `None` in an order that the index has not.
pub fn stream(
    connection: &mut Connection,
    query: &Query,
    order: Order,
    window: &Window,
) -> Result<Option<Vec<QuoteRow>>> {
    let newest_first = match order {
        Order::Newest => true,
        Order::Oldest => false,
        Order::ArticlePosition | Order::Relevance => return Ok(None),
    };
    let moment = |place: &Option<Place>| match place {
        None => Ok(None),
        Some(Place::Time(moment, id)) => Ok(Some((*moment, *id))),
        Some(_) => Err(StoreError::Query(diesel::result::Error::NotFound)),
    };
    let (after, before) = (moment(&window.after)?, moment(&window.before)?);
    let (behind, until) = if window.from_end { (before, after) } else { (after, before) };
    let descending = newest_first != window.from_end;
    let stretch = Stretch { descending, behind, until, limit: window.limit.saturating_add(1) };
    Ok(Some(words::stream(connection, query, &stretch)?))
}

/// How well a quote answers these searches, on average; `None` where there is none.
pub fn score(searches: &[Query], row: &QuoteRow) -> Option<u16> {
    let text = Text::of(&row.text, row.language.as_deref());
    let sum: u32 = searches.iter().map(|query| u32::from(query.score(&text))).sum();
    let mean = sum.checked_div(u32::try_from(searches.len()).ok()?)?;
    u16::try_from(mean).ok()
}

/// The quotes that meet a condition, by relevance, windowed.
pub fn ranked(
    connection: &mut Connection,
    condition: &Condition,
    window: &Window,
) -> Result<Page<QuoteRow>> {
    let newest =
        Window { limit: SCORED, from_end: false, after: None, before: None, count: window.count };
    let Page { rows, total, .. } = list(connection, condition, Order::Newest, &newest)?;
    let searches: Vec<Query> = condition.searches().into_iter().cloned().collect();
    let rows =
        rows.into_iter().map(|row| (place(&row, Order::Relevance, score(&searches, &row)), row));
    let mut rows: Vec<(Place, QuoteRow)> = rows.collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    let Page { rows, has_next, has_previous, .. } = window.cut(rows, |(place, _)| place.clone());
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(Page { rows, has_next, has_previous, total })
}
