//! On PostgreSQL: a table beside the quotes, with a `tsvector` that the server's parser never sees.

use std::collections::BTreeMap;
use std::io::Write as _;

use diesel::dsl::sql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Nullable, Text};

use super::Row;
use crate::domain::id::Id;
use crate::domain::search::{Entry, PER_WORD, Query};
use crate::store::index::Compared;
use crate::store::predicate::Predicate;
use crate::store::schema::quote;

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
        words -> SqlWords,
    }
}

/// The words of an entry.
#[derive(Debug, diesel::expression::AsExpression)]
#[diesel(sql_type = SqlWords)]
struct Words(Entry);

/// As `tsvectorrecv` reads it: how many words; each with an end and its places.
impl ToSql<SqlWords, Pg> for Words {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let mut places: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
        for (number, word) in self.0.tokens.words().enumerate() {
            let places = places.entry(word).or_default();
            if places.len() < PER_WORD {
                // A quote is not as long as that.
                places.extend(u16::try_from(number + 1).ok().filter(|place| *place < 1 << 14));
            }
        }
        places.extend(self.0.others.iter().map(|other| (other.as_str(), Vec::new())));
        out.write_all(&u32::try_from(places.len())?.to_be_bytes())?;
        for (word, places) in places {
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
    words: Words,
}

fn values(rows: Vec<Row>) -> Vec<Values> {
    let one =
        |row: Row| Values { article_id: row.article_id, quote_id: row.id, words: Words(row.entry) };
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
pub fn predicate(query: &Query) -> Predicate {
    Predicate::Told {
        before: "EXISTS (SELECT 1 FROM quote_word WHERE quote_word.article_id = quote.article_id \
                 AND quote_word.quote_id = quote.id AND quote_word.words @@ ",
        text: query.tsquery(),
        behind: "::tsquery)",
    }
}

/// See [`super::count`].
pub fn count(c: &mut PgConnection, query: &Query) -> QueryResult<i64> {
    let found = sql::<diesel::sql_types::Bool>("words @@ ")
        .bind::<Text, _>(query.tsquery())
        .sql("::tsquery");
    quote_word::table.filter(found).select(sql::<BigInt>("count(*)")).get_result(c)
}

/// An entry as the server shows it.
fn shown(entry: &Entry) -> String {
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (number, word) in entry.tokens.words().enumerate() {
        let places = places.entry(word).or_default();
        if places.len() < PER_WORD {
            places.push((number + 1).to_string());
        }
    }
    places.extend(entry.others.iter().map(|other| (other.as_str(), Vec::new())));
    let word = |(word, places): (&str, Vec<String>)| match places.is_empty() {
        true => format!("'{word}'"),
        false => format!("'{word}':{}", places.join(",")),
    };
    places.into_iter().map(word).collect::<Vec<_>>().join(" ")
}

/// How many quotes are compared at once.
const COMPARED_AT_ONCE: i64 = 1_000;

/// See [`super::compare`]. No entry is without its quote: a foreign key sees to that.
pub fn compare(c: &mut PgConnection) -> QueryResult<Compared> {
    type Found = (Id, Id, String, Option<String>, Option<String>);
    let mut compared = Compared::default();
    let mut last: Option<(Id, Id)> = None;
    loop {
        let entry = sql::<Nullable<Text>>(
            "(SELECT words::text FROM quote_word WHERE quote_word.article_id = quote.article_id \
             AND quote_word.quote_id = quote.id)",
        );
        let rows = quote::table
            .select((quote::article_id, quote::id, quote::text, quote::language, entry))
            .order((quote::article_id, quote::id))
            .limit(COMPARED_AT_ONCE);
        let rows: Vec<Found> = match last {
            None => rows.load(c)?,
            Some((article, id)) => {
                let later = quote::article_id.gt(article).or(quote::id.gt(id));
                rows.filter(quote::article_id.ge(article).and(later)).load(c)?
            }
        };
        let Some(behind) = rows.last().map(|row| (row.0, row.1)) else { return Ok(compared) };
        last = Some(behind);
        for (_, _, text, language, entry) in rows {
            compared.rows += 1;
            match entry {
                None => compared.missing += 1,
                Some(entry) if entry == shown(&Entry::of(&text, language.as_deref())) => {}
                Some(_) => compared.wrong += 1,
            }
        }
    }
}
