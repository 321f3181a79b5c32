//! Many quotes by their keys: by prepared look-ups on SQLite, by a join with the keys on PostgreSQL.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool};

use super::Connection;
use crate::domain::id::Id;
use crate::store::quote::QuoteRow;
use crate::store::schema::{quote, quote_reading};
use crate::store::types::SqlId;
use crate::store::write::QuoteValues;

/// A quote's key: its article and its id.
pub type Key = (Id, Id);

/// How many keys one statement takes on PostgreSQL.
const AT_ONCE: usize = 1_000;

/// The condition that a quote's key is one of these.
macro_rules! among {
    ($keys:expr) => {{
        let (articles, ids): (Vec<Id>, Vec<Id>) = $keys.iter().copied().unzip();
        sql::<Bool>("(quote.article_id, quote.id) IN (SELECT * FROM unnest(")
            .bind::<Array<SqlId>, _>(articles)
            .sql(", ")
            .bind::<Array<SqlId>, _>(ids)
            .sql("))")
    }};
}

/// Those of these quotes that are there, in no order.
pub fn load(connection: &mut Connection, keys: &[Key]) -> QueryResult<Vec<QuoteValues>> {
    let mut found = Vec::new();
    match connection {
        // Each is one look-up in the primary key, where a list of pairs would enter no index.
        Connection::Sqlite(c) => {
            for &(article, id) in keys {
                let there = quote::table
                    .filter(quote::article_id.eq(article))
                    .filter(quote::id.eq(id))
                    .select(QuoteValues::as_select());
                found.extend(there.first(&mut **c).optional()?);
            }
        }
        Connection::Postgres(c) => {
            for keys in keys.chunks(AT_ONCE) {
                let there = quote::table.filter(among!(keys)).select(QuoteValues::as_select());
                found.extend(there.load(&mut **c)?);
            }
        }
    }
    Ok(found)
}

/// Those of these quotes that are there, as they are read, in no order.
pub fn rows(c: &mut PgConnection, keys: &[Key]) -> QueryResult<Vec<QuoteRow>> {
    let mut rows = Vec::with_capacity(keys.len());
    for keys in keys.chunks(AT_ONCE) {
        rows.extend(quote::table.filter(among!(keys)).select(QuoteRow::as_select()).load(c)?);
    }
    Ok(rows)
}

/// Writes over quotes that are there, and forgets their other readings.
pub fn replace(connection: &mut Connection, rows: &[QuoteValues]) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => {
            for row in rows {
                let readings = quote_reading::table
                    .filter(quote_reading::article_id.eq(row.article_id))
                    .filter(quote_reading::quote_id.eq(row.id));
                diesel::delete(readings).execute(&mut **c)?;
                let there = quote::table
                    .filter(quote::article_id.eq(row.article_id))
                    .filter(quote::id.eq(row.id));
                diesel::update(there).set(row).execute(&mut **c)?;
            }
        }
        Connection::Postgres(c) => {
            for rows in rows.chunks(AT_ONCE) {
                let keys: Vec<Key> = rows.iter().map(|row| (row.article_id, row.id)).collect();
                // Their readings go with them.
                diesel::delete(quote::table.filter(among!(keys))).execute(&mut **c)?;
                diesel::copy_from(quote::table).from_insertable(rows).execute(&mut **c)?;
            }
        }
    }
    Ok(())
}

/// Writes what quotes were resolved to, and leaves their readings alone.
pub fn reinterpret(connection: &mut Connection, rows: &[QuoteValues]) -> QueryResult<()> {
    rows.iter().try_for_each(|row| row.reinterpret(connection))
}
