//! On PostgreSQL: a table beside the quotes, with a `tsvector` that the server's parser never sees. It
//! holds when the quote stands in lists by time too, to about a fortnight: so of a word that is in many
//! quotes the index gives those of some weeks alone.

mod compare;
mod languages;
mod stream;

use std::collections::BTreeMap;
use std::io::Write as _;

use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Text};

pub use compare::compare;
pub use stream::stream;

use super::{Reads, Row};
use crate::domain::id::Id;
use crate::domain::search::{Entry, PER_WORD, Query, in_time};
use crate::store::predicate::Predicate;

/// PostgreSQL's `tsvector`.
#[derive(Debug, Clone, Copy, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(oid = 3614, array_oid = 3643))]
pub struct SqlWords;

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::SqlId;
    use super::SqlWords;

    quote_word (article_id, quote_id) {
        article_id -> SqlId,
        quote_id -> SqlId,
        ordered_at -> BigInt,
        words -> SqlWords,
    }
}

/// By how many bits a moment, in microseconds, is told shorter in the index: to 12.7 days.
const SHORTER: u32 = 40;

/// The time in which a moment lies.
fn time(moment: i64) -> i64 {
    moment >> SHORTER
}

/// What a quote is found by.
#[derive(Debug, diesel::expression::AsExpression)]
#[diesel(sql_type = SqlWords)]
struct Words {
    entry: Entry,
    time: String,
}

impl Words {
    fn of(entry: Entry, ordered_at: i64) -> Self {
        Self { entry, time: in_time(time(ordered_at)) }
    }

    /// Each with its places, of which what is no word has none.
    fn placed(&self) -> BTreeMap<&str, Vec<u16>> {
        let mut placed: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
        for (number, word) in self.entry.tokens.words().enumerate() {
            let places = placed.entry(word).or_default();
            if places.len() < PER_WORD {
                // A quote is not as long as that.
                places.extend(u16::try_from(number + 1).ok().filter(|place| *place < 1 << 14));
            }
        }
        placed.extend(self.entry.others.iter().map(|other| (other.as_str(), Vec::new())));
        placed.insert(&self.time, Vec::new());
        placed
    }
}

/// As `tsvectorrecv` reads it: how many words; each with an end and its places.
impl ToSql<SqlWords, Pg> for Words {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let placed = self.placed();
        out.write_all(&u32::try_from(placed.len())?.to_be_bytes())?;
        for (word, places) in placed {
            out.write_all(word.as_bytes())?;
            out.write_all(&[0])?;
            out.write_all(&u16::try_from(places.len())?.to_be_bytes())?;
            for place in places {
                out.write_all(&place.to_be_bytes())?;
            }
        }
        Ok(IsNull::No)
    }
}

#[derive(Debug, Insertable)]
#[diesel(table_name = quote_word)]
#[diesel(treat_none_as_default_value = false)]
struct Values {
    article_id: Id,
    quote_id: Id,
    ordered_at: i64,
    words: Words,
}

fn values(rows: Vec<Row>) -> Vec<Values> {
    let one = |Row { article_id, id, ordered_at, entry }| Values {
        article_id,
        quote_id: id,
        ordered_at,
        words: Words::of(entry, ordered_at),
    };
    rows.into_iter().map(one).collect()
}

/// See [`super::add`].
pub fn add(c: &mut PgConnection, rows: Vec<Row>) -> QueryResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let values = values(rows);
    diesel::copy_from(quote_word::table).from_insertable(&values).execute(c).map(drop)
}

/// See [`super::add_missing`].
pub fn add_missing(c: &mut PgConnection, rows: Vec<Row>) -> QueryResult<()> {
    // A statement takes 65,535 values.
    values(rows).chunks(1_000).try_for_each(|values| {
        let missing = diesel::insert_into(quote_word::table).values(values);
        missing.on_conflict_do_nothing().execute(c).map(drop)
    })
}

/// See [`super::clear`].
pub fn clear(c: &mut PgConnection) -> QueryResult<()> {
    diesel::delete(quote_word::table).execute(c).map(drop)
}

/// See [`super::predicate`].
pub fn predicate(c: &mut PgConnection, query: &Query, reads: Reads) -> QueryResult<Predicate> {
    let text = languages::tsquery(c, query)?;
    if reads == Reads::Some && stream::finds_few(c, &text)? {
        // Materialised, and bounded by `FEW`: that they are so few the planner does not know.
        return Ok(Predicate::Told {
            before: "(quote.article_id, quote.id) IN (WITH found AS MATERIALIZED (\
                     SELECT article_id, quote_id FROM quote_word WHERE words @@ ",
            text,
            behind: "::tsquery) SELECT article_id, quote_id FROM found LIMIT 2000)",
        });
    }
    Ok(Predicate::Told {
        before: "EXISTS (SELECT 1 FROM quote_word WHERE quote_word.article_id = quote.article_id \
                 AND quote_word.quote_id = quote.id AND quote_word.words @@ ",
        text,
        behind: "::tsquery)",
    })
}

/// See [`super::finds_few`].
pub fn finds_few(c: &mut PgConnection, query: &Query) -> QueryResult<bool> {
    let wanted = languages::tsquery(c, query)?;
    stream::finds_few(c, &wanted)
}

/// See [`super::count`].
pub fn count(c: &mut PgConnection, query: &Query) -> QueryResult<i64> {
    let found = sql::<diesel::sql_types::Bool>("words @@ ")
        .bind::<Text, _>(languages::tsquery(c, query)?)
        .sql("::tsquery");
    quote_word::table.filter(found).select(sql::<BigInt>("count(*)")).get_result(c)
}
