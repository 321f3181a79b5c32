//! Everything that differs between databases: opening, pools, transactions, migrations, bulk.
//!
//! Nothing above this module names a database. A query is written once, inside [`on!`], and
//! compiled for each: a static dispatch, so that diesel's types and the prepared statements of each
//! database stay what they are.

mod connection;
pub mod postgres;
pub mod quotes;
pub mod sqlite;

pub use connection::Connection;
pub(in crate::store) use connection::{insert, insert_missing, on};

use std::time::Duration;

use super::error::{Result, StoreError};

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Reading connections, to each server.
    pub readers: u32,
    /// How long a caller waits for a connection.
    pub wait: Duration,
}

/// The connections to one database.
#[derive(Clone)]
pub enum Pools {
    /// One writer and several readers of one file.
    Sqlite(sqlite::Pools),
    /// Connections to a server.
    Postgres(postgres::Pools),
}

impl Pools {
    /// Opens the database at `url` and brings its tables up to date; a file is made where there is
    /// none.
    pub fn open(url: &str, options: &Options) -> Result<Self> {
        Ok(if is_postgres(url) {
            Self::Postgres(postgres::Pools::open(url, options)?)
        } else {
            Self::Sqlite(sqlite::Pools::open(url, options)?)
        })
    }

    /// A connection to read on. It may be dead already: its first statement tells.
    pub fn reader(&self, wait: Duration) -> Result<Connection> {
        match self {
            Self::Sqlite(pools) => pools.reader(wait).map(Connection::Sqlite),
            Self::Postgres(pools) => pools.reader(wait).map(Connection::Postgres),
        }
    }

    /// A connection that writes.
    pub fn writer(&self, wait: Duration) -> Result<Connection> {
        match self {
            Self::Sqlite(pools) => pools.writer(wait).map(Connection::Sqlite),
            Self::Postgres(pools) => pools.writer(wait).map(Connection::Postgres),
        }
    }
}

/// Whether the URL names a PostgreSQL server; any other is for the embedded database to judge.
fn is_postgres(url: &str) -> bool {
    matches!(url.split_once("://"), Some(("postgres" | "postgresql", _)))
}

/// The URL as it may stand in logs: a password becomes `***`.
pub fn printable(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut parsed) if parsed.password().is_some() => {
            // Fails for URLs that cannot have a password, which have none.
            let _ = parsed.set_password(Some("***"));
            parsed.into()
        }
        _ => url.to_owned(),
    }
}

/// What a database could not do at opening.
fn failed(url: &str, cause: impl std::fmt::Display) -> StoreError {
    StoreError::Open { url: printable(url), cause: cause.to_string() }
}
