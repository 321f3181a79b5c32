//! Stretches of what a search finds, by one of two ways: along the order of time, on which what is common
//! is soon met, or out of the index. The server's planner cannot choose: a word is looked for by its stem in
//! every language too, and of each of these that it has not met it supposes a quote in a thousand.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::super::{FEW, Stretch};
use super::languages::tsquery;
use super::{SHORTER, time};
use crate::domain::id::Id;
use crate::domain::search::{Query, in_time};
use crate::store::dialect::quotes::{self, Key};
use crate::store::quote::QuoteRow;
use crate::store::types::SqlId;

/// How many quotes are looked at along the order of time, …
const MET: usize = 4_000;
/// … and how many more for each that is wanted, before the index is asked.
const MET_FOR_EACH: usize = 16;

/// For the quotes of how many times, each 12.7 days, the index is asked at once, …
const TIMES: u64 = 64;
/// … and of how many quotes: it goes through all of them. Where more are needed it is asked for what is
/// found at any time.
const OF_TIMES: usize = 100_000;

/// How many of [`MET`] quotes make a search common.
const COMMON: usize = 40;

/// A quote and its moment.
#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlId)]
    article_id: Id,
    #[diesel(sql_type = SqlId)]
    quote_id: Id,
    #[diesel(sql_type = BigInt)]
    ordered_at: i64,
}

/// A quote on the way.
#[derive(QueryableByName)]
struct Met {
    #[diesel(embed)]
    quote: Found,
    /// The how manieth it is.
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Bool)]
    finds: bool,
}

/// What is met at the beginning of a stretch.
struct Beginning {
    found: Vec<Found>,
    /// Where it goes on behind that, the moments of its first and its last quote.
    open: Option<(i64, i64)>,
}

/// The places between which a stretch lies, without them.
fn ends(stretch: &Stretch) -> [(i64, Id); 2] {
    let (lower, upper) = match stretch.descending {
        true => (stretch.until, stretch.behind),
        false => (stretch.behind, stretch.until),
    };
    [
        lower.unwrap_or((i64::MIN, Id::from_bytes([0; 16]))),
        upper.unwrap_or((i64::MAX, Id::from_bytes([u8::MAX; 16]))),
    ]
}

/// The order of a stretch.
fn order(stretch: &Stretch) -> &'static str {
    match stretch.descending {
        true => "ordered_at DESC, quote_id DESC",
        false => "ordered_at, quote_id",
    }
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// See [`super::super::stream`].
pub fn stream(
    c: &mut PgConnection,
    query: &Query,
    stretch: &Stretch,
) -> QueryResult<Vec<QuoteRow>> {
    let wanted = tsquery(c, query)?;
    let most = MET + MET_FOR_EACH * stretch.limit;
    let beginning = met(c, &wanted, stretch, most)?;
    let found = match beginning.open {
        Some(moments) if beginning.found.len() < stretch.limit => {
            let near = match times(stretch, most, beginning.found.len(), moments) {
                Some(times) => of_times(c, &wanted, stretch, &times)?,
                None => Vec::new(),
            };
            match near.len() < stretch.limit {
                true => of_times(c, &wanted, stretch, &[])?,
                false => near,
            }
        }
        _ => beginning.found,
    };
    let keys: Vec<Key> = found.iter().map(|found| (found.article_id, found.quote_id)).collect();
    let mut rows = quotes::rows(c, &keys)?;
    stretch.sort(&mut rows);
    Ok(rows)
}

/// What is met among the first quotes of a stretch, of which this many are looked at.
fn met(
    c: &mut PgConnection,
    wanted: &str,
    stretch: &Stretch,
    most: usize,
) -> QueryResult<Beginning> {
    let order = order(stretch);
    let statement = format!(
        "SELECT article_id, quote_id, ordered_at, number, words @@ $1::tsquery AS finds FROM (\
           SELECT *, row_number() OVER (ORDER BY {order}) AS number FROM quote_word \
           WHERE (ordered_at, quote_id) > ($2, $3) AND (ordered_at, quote_id) < ($4, $5) \
           ORDER BY {order} LIMIT $6\
         ) next \
         WHERE words @@ $1::tsquery OR number = 1 OR number = $6 ORDER BY {order} LIMIT $7"
    );
    let [lower, upper] = ends(stretch);
    let rows: Vec<Met> = diesel::sql_query(statement)
        .bind::<Text, _>(wanted)
        .bind::<BigInt, _>(lower.0)
        .bind::<SqlId, _>(lower.1)
        .bind::<BigInt, _>(upper.0)
        .bind::<SqlId, _>(upper.1)
        .bind::<BigInt, _>(number(most))
        // With the first and the last, which may not be found.
        .bind::<BigInt, _>(number(stretch.limit + 2))
        .load(c)?;
    let moment = |at: i64| rows.iter().find(|row| row.number == at).map(|row| row.quote.ordered_at);
    let open = moment(1).zip(moment(number(most)));
    let found = rows.into_iter().filter(|row| row.finds).map(|row| row.quote);
    Ok(Beginning { found: found.take(stretch.limit).collect(), open })
}

/// The times in which all that is wanted should lie if the stretch goes on as it begins: of so many quotes,
/// from this moment to that, so many are found. `None` where these are too many times, or quotes.
fn times(
    stretch: &Stretch,
    of: usize,
    found: usize,
    (first, last): (i64, i64),
) -> Option<Vec<i64>> {
    // Half as many again: they do not lie evenly.
    let quotes = (of * stretch.limit * 3 / 2).checked_div(found)?;
    let length = u128::from(first.abs_diff(last)) * quotes as u128 / of as u128;
    let length = u64::try_from(length).ok()?;
    let (from, to) = match stretch.descending {
        true => (first.saturating_sub_unsigned(length), first),
        false => (first, first.saturating_add_unsigned(length)),
    };
    let few = quotes <= OF_TIMES && to.abs_diff(from) >> SHORTER < TIMES;
    few.then(|| (time(from)..=time(to)).collect())
}

/// What the index gives of a stretch, of these times; of none: of all.
fn of_times(
    c: &mut PgConnection,
    wanted: &str,
    stretch: &Stretch,
    times: &[i64],
) -> QueryResult<Vec<Found>> {
    let mut wanted = wanted.to_owned();
    if !times.is_empty() {
        let times: Vec<String> = times.iter().map(|time| format!("'{}'", in_time(*time))).collect();
        wanted = format!("({}) & ({wanted})", times.join(" | "));
    }
    // Materialised: in the order of time the server would walk past all that is not found.
    let statement = format!(
        "WITH found AS MATERIALIZED (SELECT article_id, quote_id, ordered_at FROM quote_word \
           WHERE words @@ $1::tsquery) \
         SELECT * FROM found \
         WHERE (ordered_at, quote_id) > ($2, $3) AND (ordered_at, quote_id) < ($4, $5) \
         ORDER BY {} LIMIT $6",
        order(stretch)
    );
    let [lower, upper] = ends(stretch);
    diesel::sql_query(statement)
        .bind::<Text, _>(wanted)
        .bind::<BigInt, _>(lower.0)
        .bind::<SqlId, _>(lower.1)
        .bind::<BigInt, _>(upper.0)
        .bind::<SqlId, _>(upper.1)
        .bind::<BigInt, _>(number(stretch.limit))
        .load(c)
}

#[derive(QueryableByName)]
struct Few {
    #[diesel(sql_type = Bool)]
    few: bool,
}

/// See [`super::super::finds_few`]; of a search as the index is asked for it.
pub fn finds_few(c: &mut PgConnection, wanted: &str) -> QueryResult<bool> {
    let newest = Stretch { descending: true, behind: None, until: None, limit: COMMON };
    let newest = met(c, wanted, &newest, MET)?;
    if newest.open.is_none() || newest.found.len() == COMMON {
        return Ok(newest.found.len() < COMMON);
    }
    let few = "WITH found AS MATERIALIZED (SELECT 1 FROM quote_word WHERE words @@ $1::tsquery) \
               SELECT count(*) <= $2 AS few FROM (SELECT FROM found LIMIT $2 + 1) found";
    let few: Few = diesel::sql_query(few)
        .bind::<Text, _>(wanted)
        .bind::<BigInt, _>(i64::from(FEW))
        .get_result(c)?;
    Ok(few.few)
}
