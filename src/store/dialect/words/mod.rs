//! The index of quotes' words: FTS5 on SQLite, a `tsvector` of our own making on PostgreSQL. Both hold
//! the same words, so that both find the same.

mod postgres;
pub(super) mod sqlite;

use std::cmp::Reverse;

use diesel::prelude::*;

use super::Connection;
use crate::domain::id::Id;
use crate::domain::search::{Entry, Query};
use crate::store::index::Compared;
use crate::store::predicate::Predicate;
use crate::store::quote::QuoteRow;

/// A quote's part of the index.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its article.
    pub article_id: Id,
    /// Its id.
    pub id: Id,
    /// When it stands in lists by time.
    pub ordered_at: i64,
    /// What it is found by.
    pub entry: Entry,
}

/// How many quotes a search may find to be looked up one by one; where it finds more they are so common
/// that they are met on the way.
const FEW: u16 = 2_000;

/// A stretch of a list by time.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Whether it goes from newer to older.
    pub descending: bool,
    /// It begins behind this moment and id, in its own direction.
    pub behind: Option<(i64, Id)>,
    /// It ends before these.
    pub until: Option<(i64, Id)>,
    /// How many rows it has at most.
    pub limit: usize,
}

impl Stretch {
    /// Puts quotes into its order.
    fn sort(&self, rows: &mut [QuoteRow]) {
        match self.descending {
            true => rows.sort_by_key(|row| Reverse((row.ordered_at, row.id))),
            false => rows.sort_by_key(|row| (row.ordered_at, row.id)),
        }
    }
}

/// How much is read of the quotes that a search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// The first of a list: what is common is met soon.
    Some,
    /// All of them.
    All,
}

/// Writes the entries of new quotes.
pub fn add(connection: &mut Connection, rows: Vec<Row>) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => sqlite::add(c, rows),
        Connection::Postgres(c) => postgres::add(c, rows),
    }
}

/// Writes those of these entries that are not there.
pub fn add_missing(connection: &mut Connection, rows: Vec<Row>) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => {
            let mut missing = Vec::with_capacity(rows.len());
            for row in rows {
                if sqlite::near(c, &row)?.is_none() {
                    missing.push(row);
                }
            }
            sqlite::add(c, missing)
        }
        Connection::Postgres(c) => postgres::add_missing(c, rows),
    }
}

/// Removes entries, which are told again as they were written.
pub fn remove(connection: &mut Connection, rows: Vec<Row>) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => sqlite::remove(c, rows),
        // They go with their quotes.
        Connection::Postgres(_) => Ok(()),
    }
}

/// Whether quotes that are replaced keep their entries.
pub fn outlast(connection: &Connection) -> bool {
    matches!(connection, Connection::Sqlite(_))
}

/// Removes every entry.
pub fn clear(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(c) => sqlite::clear(c),
        Connection::Postgres(c) => postgres::clear(c),
    }
}

/// Compares every entry with its quote, and every quote with its entry.
pub fn compare(connection: &mut Connection) -> QueryResult<Compared> {
    match connection {
        Connection::Sqlite(c) => sqlite::compare(c),
        Connection::Postgres(c) => postgres::compare(c),
    }
}

/// The predicate on `quote` that a search finds it.
pub fn predicate(
    connection: &mut Connection,
    query: &Query,
    reads: Reads,
) -> QueryResult<Predicate> {
    match connection {
        Connection::Sqlite(c) => sqlite::predicate(c, query, reads),
        Connection::Postgres(c) => postgres::predicate(c, query, reads),
    }
}

/// How a search is answered to who reads all that it finds among the quotes that meet this too.
pub fn reads(connection: &mut Connection, others: &Predicate) -> QueryResult<Reads> {
    match connection {
        Connection::Sqlite(c) => sqlite::reads(c, others),
        // Its planner decides.
        Connection::Postgres(_) => Ok(Reads::All),
    }
}

/// Whether a search finds so few quotes that they are looked up one by one.
pub fn finds_few(connection: &mut Connection, query: &Query) -> QueryResult<bool> {
    match connection {
        Connection::Sqlite(c) => sqlite::finds_few(c, query),
        Connection::Postgres(c) => postgres::finds_few(c, query),
    }
}

/// How many quotes a search finds.
pub fn count(connection: &mut Connection, query: &Query) -> QueryResult<i64> {
    match connection {
        Connection::Sqlite(c) => sqlite::count(c, query),
        Connection::Postgres(c) => postgres::count(c, query),
    }
}

/// A stretch of what a search finds, in its own direction.
pub fn stream(
    connection: &mut Connection,
    query: &Query,
    stretch: &Stretch,
) -> QueryResult<Vec<QuoteRow>> {
    match connection {
        Connection::Sqlite(c) => sqlite::stream(c, query, stretch),
        Connection::Postgres(c) => postgres::stream(c, query, stretch),
    }
}
