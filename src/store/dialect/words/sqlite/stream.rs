//! Stretches of what a search finds, in the exact order of time, out of an index that orders by day.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel::sqlite::{Sqlite, SqliteConnection};

use super::{BITS, DAY, FIRST_DAY, Stretch, day, found, numbers_of, tested};
use crate::domain::search::{self, Query};
use crate::store::quote::QuoteRow;
use crate::store::schema::quote;

/// How many of one day are sorted; of more, those are looked for along the order of time.
const OF_A_DAY: usize = 1_000;
/// How many quotes are read at once along the order of time, …
const MET_AT_ONCE: usize = 500;
/// … and how many at most, with some for each that is wanted, before the index is asked for the beginning of
/// a word: it gathers the lists of all words that begin so first, which takes a second where these are in
/// most quotes, and then some quotes are soon met.
const MET: usize = 2_000;
const MET_FOR_EACH: usize = 5;

/// See [`super::super::stream`].
pub fn stream(
    c: &mut SqliteConnection,
    query: &Query,
    stretch: &Stretch,
) -> QueryResult<Vec<QuoteRow>> {
    let Stretch { descending, behind, limit, .. } = *stretch;
    if query.has_prefix()
        && let Some(rows) = met(c, query, stretch, MET + MET_FOR_EACH * limit)?
    {
        return Ok(rows);
    }
    let mut rows = Vec::new();
    let mut left = (0, i64::MAX);
    // The day of which not everything was found yet.
    let mut open = behind.map(|(moment, _)| day(moment));
    loop {
        if let Some(day) = open.take() {
            rows.extend(of_day(c, query, stretch, day, limit.saturating_sub(rows.len()))?);
            let (first, last) = numbers_of(day);
            left = if descending { (0, first - 1) } else { (last + 1, i64::MAX) };
        }
        if rows.len() >= limit {
            break;
        }
        let mut numbers = found(c, query, left, descending, limit + 1)?;
        let (all, last) = (numbers.len() <= limit, numbers.last().map(|number| number >> BITS));
        if !all {
            open = last;
            numbers.retain(|number| Some(number >> BITS) != open);
        }
        let (found, ended) = (numbers.len(), quotes(c, &numbers, stretch)?);
        // What was found and is not in the stretch lies behind its end.
        let ends = ended.len() < found;
        rows.extend(ended);
        if all || ends {
            break;
        }
    }
    rows.truncate(limit);
    Ok(rows)
}

/// What a search finds of one day.
fn of_day(
    c: &mut SqliteConnection,
    query: &Query,
    stretch: &Stretch,
    day: i64,
    limit: usize,
) -> QueryResult<Vec<QuoteRow>> {
    let numbers = found(c, query, numbers_of(day), true, OF_A_DAY + 1)?;
    if numbers.len() <= OF_A_DAY {
        return quotes(c, &numbers, stretch);
    }
    // So many that they are met soon, in whatever order ids have.
    let first = (day - FIRST_DAY).saturating_mul(DAY);
    ordered(stretch)
        .filter(quote::ordered_at.between(first, first.saturating_add(DAY - 1)))
        .filter(tested(query))
        .select(QuoteRow::as_select())
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .load(c)
}

/// The quotes of a stretch, found or not.
fn ordered(stretch: &Stretch) -> quote::BoxedQuery<'static, Sqlite> {
    let mut walk = quote::table.into_boxed();
    for (place, behind) in [(stretch.behind, true), (stretch.until, false)] {
        let Some((moment, id)) = place else { continue };
        walk = if behind != stretch.descending {
            let later = quote::ordered_at.gt(moment).or(quote::id.gt(id));
            walk.filter(quote::ordered_at.ge(moment).and(later))
        } else {
            let earlier = quote::ordered_at.lt(moment).or(quote::id.lt(id));
            walk.filter(quote::ordered_at.le(moment).and(earlier))
        };
    }
    match stretch.descending {
        true => walk.order((quote::ordered_at.desc(), quote::id.desc())),
        false => walk.order((quote::ordered_at.asc(), quote::id.asc())),
    }
}

/// The whole stretch of what a search finds, if it is met among the next quotes, of which this many are
/// looked at.
pub fn met(
    c: &mut SqliteConnection,
    query: &Query,
    stretch: &Stretch,
    most: usize,
) -> QueryResult<Option<Vec<QuoteRow>>> {
    let (mut left, mut rows) = (stretch.clone(), Vec::new());
    let at_once = i64::try_from(MET_AT_ONCE).unwrap_or(i64::MAX);
    for _ in 0..most.div_ceil(MET_AT_ONCE) {
        let next = ordered(&left).select(QuoteRow::as_select()).limit(at_once);
        let next: Vec<QuoteRow> = next.load(c)?;
        let ended = next.len() < MET_AT_ONCE;
        left.behind = next.last().map(|row| (row.ordered_at, row.id));
        let finds =
            |row: &QuoteRow| query.finds(&search::Text::of(&row.text, row.language.as_deref()));
        rows.extend(next.into_iter().filter(finds));
        if ended || rows.len() >= stretch.limit {
            rows.truncate(stretch.limit);
            return Ok(Some(rows));
        }
    }
    Ok(None)
}

/// The quotes of these numbers that lie in a stretch, in its order.
fn quotes(
    c: &mut SqliteConnection,
    numbers: &[i64],
    stretch: &Stretch,
) -> QueryResult<Vec<QuoteRow>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let among = sql::<Bool>("quote.rowid IN (SELECT found.rowid FROM json_each(")
        .bind::<Text, _>(format!("[{}]", numbers.join(",")))
        .sql(
            ") CROSS JOIN quote_word_place place ON place.number = json_each.value \
         CROSS JOIN quote found ON found.article_id = place.article_id \
         AND found.id = place.quote_id)",
        );
    let mut rows: Vec<QuoteRow> =
        quote::table.filter(among).select(QuoteRow::as_select()).load(c)?;
    let inside = |row: &QuoteRow| {
        let place = (row.ordered_at, row.id);
        let (behind, until) = (stretch.behind, stretch.until);
        match stretch.descending {
            true => behind.is_none_or(|at| place < at) && until.is_none_or(|at| place > at),
            false => behind.is_none_or(|at| place > at) && until.is_none_or(|at| place < at),
        }
    };
    rows.retain(inside);
    stretch.sort(&mut rows);
    Ok(rows)
}
