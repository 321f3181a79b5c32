//! On SQLite: an FTS5 table whose rows are numbered in the order of time, and whose number is whose.
//!
//! A number is a day and, within it, a part of the quote's id, or the next that is free. So the newest
//! of a word that everybody uses come out of its list first, and a list never sorts more than a day;
//! the exact order within days is made here. A statement cannot be broken off: each is bounded by an
//! index and a limit, counting aside, which reads the list of each word once.

mod compare;
mod stream;

use std::cell::RefCell;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::SqliteConnection;

pub use compare::compare;
pub use stream::stream;

use super::{FEW, Reads, Row, Stretch};
use crate::domain::id::Id;
use crate::domain::search::{self, Query};
use crate::store::predicate::Predicate;
use crate::store::schema::quote;

/// How many of a thousand quotes make a beginning common.
const COMMON: usize = 50;

const DAY: i64 = 86_400_000_000;
/// The bits of a number within its day: 67 million quotes.
const BITS: u32 = 26;
/// So that numbers are positive, also of the earliest moment that can be told.
const FIRST_DAY: i64 = 1 << 27;
/// How far a number is from its place at most as a rule.
const NEAR: i64 = 1_024;

diesel::table! {
    quote_word (rowid) {
        rowid -> BigInt,
        words -> Text,
        #[sql_name = "quote_word"]
        command -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;

    quote_word_place (number) {
        number -> BigInt,
        article_id -> SqlId,
        quote_id -> SqlId,
    }
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// Whether a search finds a text in this language.
    fn search_finds(text: Text, language: Nullable<Text>, search: Text) -> Bool;
}

thread_local! {
    /// The search that was read last: a statement asks for the same again and again.
    static READ: RefCell<Option<Query>> = const { RefCell::new(None) };
}

/// Gives a connection the function by which a statement tests a row.
pub fn register(c: &mut SqliteConnection) -> QueryResult<()> {
    let finds = |text: String, language: Option<String>, typed: String| {
        READ.with_borrow_mut(|read| {
            if read.as_ref().is_none_or(|query| query.typed != typed) {
                *read = Some(Query::read(&typed));
            }
            let text = search::Text::of(&text, language.as_deref());
            read.as_ref().is_some_and(|query| query.finds(&text))
        })
    };
    search_finds_utils::register_impl(c, finds)
}

/// The day of a moment.
fn day(moment: i64) -> i64 {
    moment.div_euclid(DAY) + FIRST_DAY
}

/// The numbers of a day.
fn numbers_of(day: i64) -> (i64, i64) {
    (day << BITS, (day << BITS) + (1 << BITS) - 1)
}

/// The number that a quote has where it is free.
fn number(row: &Row) -> i64 {
    let [.., a, b, c, d] = *row.id.as_bytes();
    let within = i64::from(u32::from_be_bytes([a, b, c, d])) & ((1 << BITS) - 1);
    day(row.ordered_at) << BITS | within
}

/// The number behind this one, in the same day.
fn next(number: i64) -> i64 {
    let (first, last) = numbers_of(number >> BITS);
    if number == last { first } else { number + 1 }
}

/// See [`super::add`].
pub fn add(c: &mut SqliteConnection, rows: Vec<Row>) -> QueryResult<()> {
    let mut numbered = Vec::with_capacity(rows.len());
    let mut rows: Vec<(i64, Row)> = rows.into_iter().map(|row| (number(&row), row)).collect();
    rows.sort_by_key(|(number, _)| *number);
    for (mut at, row) in rows {
        let place = |at: i64| {
            let values = (
                quote_word_place::number.eq(at),
                quote_word_place::article_id.eq(row.article_id),
                quote_word_place::quote_id.eq(row.id),
            );
            diesel::insert_into(quote_word_place::table).values(values).on_conflict_do_nothing()
        };
        while place(at).execute(c)? == 0 {
            at = next(at);
        }
        numbered.push((at, row.entry.joined()));
    }
    // FTS5 gathers what comes in ascending order, and writes whenever it does not.
    numbered.sort_by_key(|(number, _)| *number);
    for (number, words) in numbered {
        let values = (quote_word::rowid.eq(number), quote_word::words.eq(words));
        diesel::insert_into(quote_word::table).values(values).execute(c)?;
    }
    Ok(())
}

/// The number of a quote, if it is near its place.
pub fn near(c: &mut SqliteConnection, row: &Row) -> QueryResult<Option<i64>> {
    let at = number(row);
    numbered(c, row, (at, at + NEAR))
}

fn numbered(
    c: &mut SqliteConnection,
    row: &Row,
    (from, to): (i64, i64),
) -> QueryResult<Option<i64>> {
    quote_word_place::table
        .filter(quote_word_place::number.between(from, to))
        .filter(quote_word_place::quote_id.eq(row.id))
        .select(quote_word_place::number)
        .first(c)
        .optional()
}

/// See [`super::remove`].
pub fn remove(c: &mut SqliteConnection, rows: Vec<Row>) -> QueryResult<()> {
    for row in rows {
        let found = match near(c, &row)? {
            None => numbered(c, &row, numbers_of(day(row.ordered_at)))?,
            found => found,
        };
        // One that the index has not got yet.
        let Some(number) = found else { continue };
        let values = (
            quote_word::command.eq("delete"),
            quote_word::rowid.eq(number),
            quote_word::words.eq(row.entry.joined()),
        );
        diesel::insert_into(quote_word::table).values(values).execute(c)?;
        diesel::delete(quote_word_place::table.find(number)).execute(c)?;
    }
    Ok(())
}

/// See [`super::clear`].
pub fn clear(c: &mut SqliteConnection) -> QueryResult<()> {
    let all = quote_word::command.eq("delete-all");
    diesel::insert_into(quote_word::table).values(all).execute(c)?;
    diesel::delete(quote_word_place::table).execute(c).map(drop)
}

/// See [`super::predicate`].
pub fn predicate(c: &mut SqliteConnection, query: &Query, reads: Reads) -> QueryResult<Predicate> {
    Ok(match reads == Reads::All || finds_few(c, query)? {
        true => Predicate::Told {
            before: "quote.rowid IN (SELECT found.rowid FROM quote_word \
                     CROSS JOIN quote_word_place place ON place.number = quote_word.rowid \
                     CROSS JOIN quote found ON found.article_id = place.article_id \
                     AND found.id = place.quote_id WHERE quote_word MATCH ",
            text: query.fts5(),
            behind: ")",
        },
        false => tested(query),
    })
}

/// See [`super::reads`].
pub fn reads(c: &mut SqliteConnection, others: &Predicate) -> QueryResult<Reads> {
    let met = quote::table.filter(others.clone()).select(quote::id).limit(i64::from(FEW) + 1);
    let met: Vec<Id> = met.load(c)?;
    Ok(if met.len() <= usize::from(FEW) { Reads::Some } else { Reads::All })
}

/// The predicate that looks at each quote by itself.
fn tested(query: &Query) -> Predicate {
    Predicate::Told {
        before: "search_finds(quote.text, quote.language, ",
        text: query.typed.clone(),
        behind: ")",
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// See [`super::finds_few`].
pub fn finds_few(c: &mut SqliteConnection, query: &Query) -> QueryResult<bool> {
    let newest = Stretch { descending: true, behind: None, until: None, limit: COMMON };
    if query.has_prefix()
        && stream::met(c, query, &newest, 1_000)?.is_some_and(|rows| rows.len() == COMMON)
    {
        return Ok(false);
    }
    let few = usize::from(FEW);
    Ok(found(c, query, (0, i64::MAX), true, few + 1)?.len() <= few)
}

/// The numbers that a search finds between these two.
fn found(
    c: &mut SqliteConnection,
    query: &Query,
    (from, to): (i64, i64),
    descending: bool,
    limit: usize,
) -> QueryResult<Vec<i64>> {
    let order = if descending { "DESC" } else { "ASC" };
    let statement = format!(
        "SELECT rowid AS number FROM quote_word WHERE quote_word MATCH ? \
         AND rowid >= ? AND rowid <= ? ORDER BY rowid {order} LIMIT ?"
    );
    let rows: Vec<Number> = diesel::sql_query(statement)
        .bind::<Text, _>(query.fts5())
        .bind::<BigInt, _>(from)
        .bind::<BigInt, _>(to)
        .bind::<BigInt, _>(i64::try_from(limit).unwrap_or(i64::MAX))
        .load(c)?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

/// See [`super::count`].
pub fn count(c: &mut SqliteConnection, query: &Query) -> QueryResult<i64> {
    let count = "SELECT count(*) AS number FROM quote_word WHERE quote_word MATCH ?";
    let row: Number = diesel::sql_query(count).bind::<Text, _>(query.fts5()).get_result(c)?;
    Ok(row.number)
}
