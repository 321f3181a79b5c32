//! Which statements share shingles with a text: a full-text index without texts on SQLite, a table
//! with one index on PostgreSQL. Both answer a look-up in the same order, so that a bounded one
//! answers the same.

use std::collections::{HashMap, HashSet};

use data_encoding::BASE32HEX_NOPAD;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use super::Connection;

/// How many entries one statement removes on PostgreSQL.
const AT_ONCE: usize = 10_000;

/// For how many shingles one statement asks on PostgreSQL.
const ASKED_AT_ONCE: usize = 64;

/// A statement with its shingles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The first 48 bits of its id.
    pub statement: i64,
    /// Numbers of 40 bits.
    pub shingles: Vec<i64>,
}

/// SQLite's index; a text is matched against, and commands are written to, the column that is
/// called as the table.
mod lite {
    diesel::table! {
        statement_near (rowid) {
            rowid -> BigInt,
            shingles -> Text,
            #[sql_name = "statement_near"]
            whole -> Text,
        }
    }
    diesel::infix_operator!(Matches, " MATCH ", backend: diesel::sqlite::Sqlite);
}

/// PostgreSQL's table.
mod pg {
    diesel::table! {
        statement_near (shingle, statement) {
            shingle -> BigInt,
            statement -> BigInt,
        }
    }

    /// A row of it.
    #[derive(diesel::Insertable)]
    #[diesel(table_name = statement_near)]
    #[diesel(treat_none_as_default_value = false)]
    pub struct Posting {
        pub shingle: i64,
        pub statement: i64,
    }
}

/// Writes entries of statements that have none.
pub fn add(connection: &mut Connection, mut entries: Vec<Entry>) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => {
            // A smaller number than the one before makes the index write what it has gathered.
            entries.sort_unstable_by_key(|entry| entry.statement);
            entries.iter().try_for_each(|entry| {
                let row = (
                    lite::statement_near::rowid.eq(entry.statement),
                    lite::statement_near::shingles.eq(text(entry)),
                );
                diesel::insert_into(lite::statement_near::table).values(row).execute(&mut **c)?;
                Ok(())
            })
        }
        Connection::Postgres(c) => {
            let mut rows: Vec<pg::Posting> = postings(&entries)
                .map(|(shingle, statement)| pg::Posting { shingle, statement })
                .collect();
            // Neighbours in the index are written together.
            rows.sort_unstable_by_key(|row| (row.shingle, row.statement));
            if !rows.is_empty() {
                diesel::copy_from(pg::statement_near::table)
                    .from_insertable(rows.as_slice())
                    .execute(&mut **c)?;
            }
            Ok(())
        }
    }
}

/// Removes entries as they were written.
pub fn remove(connection: &mut Connection, mut entries: Vec<Entry>) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => {
            entries.sort_unstable_by_key(|entry| entry.statement);
            entries.iter().try_for_each(|entry| {
                let row = (
                    lite::statement_near::whole.eq("delete"),
                    lite::statement_near::rowid.eq(entry.statement),
                    lite::statement_near::shingles.eq(text(entry)),
                );
                diesel::insert_into(lite::statement_near::table).values(row).execute(&mut **c)?;
                Ok(())
            })
        }
        Connection::Postgres(c) => {
            let pairs: Vec<(i64, i64)> = postings(&entries).collect();
            for pairs in pairs.chunks(AT_ONCE) {
                let (shingles, statements): (Vec<i64>, Vec<i64>) = pairs.iter().copied().unzip();
                diesel::sql_query(
                    "DELETE FROM statement_near WHERE (shingle, statement) IN \
                     (SELECT * FROM unnest($1, $2))",
                )
                .bind::<Array<BigInt>, _>(shingles)
                .bind::<Array<BigInt>, _>(statements)
                .execute(&mut **c)?;
            }
            Ok(())
        }
    }
}

/// Those of these statements that have an entry.
pub fn among(connection: &mut Connection, entries: &[Entry]) -> QueryResult<HashSet<i64>> {
    let first =
        entries.iter().filter_map(|entry| Some((*entry.shingles.first()?, entry.statement)));
    let mut found = HashSet::new();
    match connection {
        Connection::Sqlite(c) => {
            use lite::statement_near::{rowid, table, whole};
            for (shingle, statement) in first {
                let there = table
                    .filter(lite::Matches::new(whole, token(shingle).into_sql::<Text>()))
                    .filter(rowid.eq(statement))
                    .select(rowid);
                found.extend(there.first::<i64>(&mut **c).optional()?);
            }
        }
        Connection::Postgres(c) => {
            #[derive(QueryableByName)]
            struct There {
                #[diesel(sql_type = BigInt)]
                statement: i64,
            }
            let (shingles, statements): (Vec<i64>, Vec<i64>) = first.unzip();
            let there: Vec<There> = diesel::sql_query(
                "SELECT DISTINCT near.statement FROM unnest($1, $2) AS asked (shingle, statement) \
                 JOIN statement_near near USING (shingle, statement)",
            )
            .bind::<Array<BigInt>, _>(shingles)
            .bind::<Array<BigInt>, _>(statements)
            .load(&mut **c)?;
            found.extend(there.into_iter().map(|row| row.statement));
        }
    }
    Ok(found)
}

/// Removes every entry.
pub fn clear(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => {
            let command = lite::statement_near::whole.eq("delete-all");
            diesel::insert_into(lite::statement_near::table).values(command).execute(&mut **c)?;
        }
        Connection::Postgres(c) => {
            diesel::delete(pg::statement_near::table).execute(&mut **c)?;
        }
    }
    Ok(())
}

/// For each of these shingles the statements that have it, the smallest numbers first, at most so
/// many.
pub fn look_up(
    connection: &mut Connection,
    shingles: &[i64],
    most: i64,
) -> QueryResult<HashMap<i64, Vec<i64>>> {
    let mut found = HashMap::new();
    match connection {
        Connection::Sqlite(c) => {
            for &shingle in shingles {
                use lite::statement_near::{rowid, table, whole};
                let there = table
                    .filter(lite::Matches::new(whole, token(shingle).into_sql::<Text>()))
                    .order(rowid)
                    .select(rowid)
                    .limit(most);
                found.insert(shingle, there.load(&mut **c)?);
            }
        }
        Connection::Postgres(c) => {
            #[derive(QueryableByName)]
            struct Found {
                #[diesel(sql_type = BigInt)]
                shingle: i64,
                #[diesel(sql_type = BigInt)]
                statement: i64,
            }
            // One trip for many of them, each by its own range of the index. (LATERAL would say it
            // shorter, and is nothing that can be distributed.)
            for shingles in shingles.chunks(ASKED_AT_ONCE) {
                let each = |shingle: &i64| {
                    format!(
                        "(SELECT shingle, statement FROM statement_near WHERE shingle = {shingle} \
                         ORDER BY statement LIMIT {most})"
                    )
                };
                let query: Vec<String> = shingles.iter().map(each).collect();
                let rows: Vec<Found> =
                    diesel::sql_query(query.join(" UNION ALL ")).load(&mut **c)?;
                for row in rows {
                    found.entry(row.shingle).or_insert_with(Vec::new).push(row.statement);
                }
            }
        }
    }
    Ok(found)
}

/// Every entry in the index as (shingle, statement), in no order.
pub fn all(connection: &mut Connection, mut each: impl FnMut(i64, i64)) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => {
            #[derive(QueryableByName)]
            struct Entry {
                #[diesel(sql_type = Text)]
                term: String,
                #[diesel(sql_type = BigInt)]
                doc: i64,
            }
            let entries = diesel::sql_query("SELECT term, doc FROM statement_near_entry");
            for entry in
                entries.load_iter::<Entry, diesel::connection::DefaultLoadingMode>(&mut **c)?
            {
                let entry = entry?;
                each(number(&entry.term), entry.doc);
            }
        }
        Connection::Postgres(c) => {
            use diesel::pg::PgRowByRowLoadingMode;
            let entries = pg::statement_near::table;
            for entry in entries.load_iter::<(i64, i64), PgRowByRowLoadingMode>(&mut **c)? {
                let (shingle, statement) = entry?;
                each(shingle, statement);
            }
        }
    }
    Ok(())
}

fn postings(entries: &[Entry]) -> impl Iterator<Item = (i64, i64)> {
    entries.iter().flat_map(|entry| entry.shingles.iter().map(|s| (*s, entry.statement)))
}

/// The text that SQLite's index cuts into shingles again.
fn text(entry: &Entry) -> String {
    let mut text = String::with_capacity(entry.shingles.len() * 9);
    for shingle in &entry.shingles {
        text.push_str(&token(*shingle));
        text.push(' ');
    }
    text
}

/// A shingle as a word, in small letters, as the index keeps it.
fn token(shingle: i64) -> String {
    let bytes = shingle.to_be_bytes();
    BASE32HEX_NOPAD.encode(&bytes[3..]).to_ascii_lowercase()
}

/// The shingle that a word stands for; what is none stands for what no shingle is.
fn number(token: &str) -> i64 {
    let bytes = BASE32HEX_NOPAD.decode(token.to_ascii_uppercase().as_bytes()).unwrap_or_default();
    let Ok(low) = <[u8; 5]>::try_from(bytes) else { return -1 };
    low.iter().fold(0, |number, byte| number << 8 | i64::from(*byte))
}
