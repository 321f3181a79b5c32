//! A connection to either database: the dispatch, transactions, and writing in bulk.

use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;

use super::replica::Position;
use super::{postgres, sqlite};
use crate::store::error::Result;

/// A connection that goes back to its pool when it is dropped.
pub enum Connection {
    /// To the embedded database.
    Sqlite(sqlite::Pooled),
    /// To a PostgreSQL server.
    Postgres(postgres::Pooled),
}

/// Compiles one text for each database: `on!(connection, |c| query.load(c))`.
macro_rules! on {
    ($connection:expr, |$c:ident| $body:expr) => {
        match $connection {
            $crate::store::dialect::Connection::Sqlite(pooled) => {
                let $c: &mut diesel::sqlite::SqliteConnection = pooled;
                $body
            }
            $crate::store::dialect::Connection::Postgres(pooled) => {
                let $c: &mut diesel::pg::PgConnection = pooled;
                $body
            }
        }
    };
}
pub(in crate::store) use on;

/// Writes new rows: one by one through a statement that stays prepared on SQLite, by COPY on
/// PostgreSQL. The caller holds the right to write and has looked the rows up, so that none of them
/// is there; one that another program wrote meanwhile makes the batch fail and is not overwritten.
macro_rules! insert {
    ($connection:expr, $table:path, $rows:expr) => {{
        let rows: &[_] = $rows;
        match $connection {
            _ if rows.is_empty() => Ok(()),
            $crate::store::dialect::Connection::Sqlite(pooled) => {
                let c: &mut diesel::sqlite::SqliteConnection = pooled;
                rows.iter().try_for_each(|row| {
                    diesel::insert_into($table).values(row).execute(c).map(drop)
                })
            }
            $crate::store::dialect::Connection::Postgres(pooled) => {
                let c: &mut diesel::pg::PgConnection = pooled;
                diesel::copy_from($table).from_insertable(rows).execute(c).map(drop)
            }
        }
    }};
}
pub(in crate::store) use insert;

/// Writes those of these small rows whose key is not there yet.
macro_rules! insert_missing {
    ($connection:expr, $table:path, $rows:expr) => {{
        let rows: &[_] = $rows;
        match $connection {
            $crate::store::dialect::Connection::Sqlite(pooled) => {
                let c: &mut diesel::sqlite::SqliteConnection = pooled;
                rows.iter().try_for_each(|row| {
                    diesel::insert_into($table)
                        .values(row)
                        .on_conflict_do_nothing()
                        .execute(c)
                        .map(drop)
                })
            }
            $crate::store::dialect::Connection::Postgres(pooled) => {
                let c: &mut diesel::pg::PgConnection = pooled;
                // A statement takes 65,535 values.
                rows.chunks(1_000).try_for_each(|rows| {
                    diesel::insert_into($table)
                        .values(rows)
                        .on_conflict_do_nothing()
                        .execute(c)
                        .map(drop)
                })
            }
        }
    }};
}
pub(in crate::store) use insert_missing;

impl Connection {
    /// Runs `work` in a transaction that sees one state of the database and cannot write.
    pub fn read<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        match self {
            Self::Sqlite(c) => begin(&mut **c, sqlite::BEGIN_READ),
            Self::Postgres(c) => begin(&mut **c, postgres::BEGIN_READ),
        }?;
        let done = work(self);
        self.end(done)
    }

    /// Runs `work` in a transaction that no other writer of any process runs beside. Within one
    /// that is open already it becomes a part of it, which can fail alone.
    pub fn write<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.begin_write()?;
        let done = work(self);
        self.end(done)
    }

    /// [`Connection::write`] for who cannot wait as long as an import may: not longer than this.
    pub fn write_within<T>(
        &mut self,
        wait: Duration,
        work: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        match self {
            Self::Sqlite(c) => sqlite::begin_write_within(c, wait),
            Self::Postgres(c) => {
                begin(&mut **c, postgres::BEGIN_WRITE)?;
                postgres::lock_writing_within(c, wait).inspect_err(|_| {
                    drop(AnsiTransactionManager::rollback_transaction(&mut **c));
                })
            }
        }?;
        let done = work(self);
        self.end(done)
    }

    /// Opens what [`Connection::write`] runs in.
    pub fn begin_write(&mut self) -> QueryResult<()> {
        if on!(self, |c| is_open(c)) {
            return on!(self, |c| AnsiTransactionManager::begin_transaction(c));
        }
        match self {
            Self::Sqlite(c) => begin(&mut **c, sqlite::BEGIN_WRITE),
            Self::Postgres(c) => {
                begin(&mut **c, postgres::BEGIN_WRITE)?;
                // A transaction that has not got the right to write is not left open.
                postgres::lock_writing(c).inspect_err(|_| {
                    drop(AnsiTransactionManager::rollback_transaction(&mut **c));
                })
            }
        }
    }

    /// Commits what went well and rolls back what did not.
    pub fn end<T>(&mut self, done: Result<T>) -> Result<T> {
        match done {
            Ok(value) => {
                on!(self, |c| AnsiTransactionManager::commit_transaction(c))?;
                Ok(value)
            }
            Err(error) => match self.roll_back() {
                Ok(()) => Err(error),
                Err(_) => Err(match self {
                    // Nothing answers any more: that is what went wrong, whatever it looked like.
                    Self::Postgres(_) => error.of_a_lost_connection(),
                    // A full disk, say, has ended the transaction already.
                    Self::Sqlite(_) => error,
                }),
            },
        }
    }

    /// Undoes the open transaction.
    pub fn roll_back(&mut self) -> QueryResult<()> {
        on!(self, |c| AnsiTransactionManager::rollback_transaction(c))
    }

    /// Where the server's log is now, for a client that wants to read what it wrote.
    pub fn position(&mut self) -> QueryResult<Option<Position>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(c) => postgres::position(c),
        }
    }

    /// Lets the planner know what a large import has written; SQLite plans without.
    pub fn analyse(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(c) => postgres::analyse(c),
        }
    }

    /// Whether another connection may have written since the last call with this `turn`.
    pub fn others_wrote(&mut self, turn: &mut Option<i64>) -> QueryResult<bool> {
        let (now, expected) = match self {
            Self::Sqlite(c) => (sqlite::data_version(c)?, *turn),
            Self::Postgres(c) => (postgres::next_turn(c)?, turn.map(|last| last + 1)),
        };
        *turn = Some(now);
        Ok(expected != Some(now))
    }
}

pub(super) fn begin<C>(c: &mut C, sql: &str) -> QueryResult<()>
where
    C: diesel::Connection<TransactionManager = AnsiTransactionManager>,
{
    AnsiTransactionManager::begin_transaction_sql(c, sql)
}

fn is_open<C>(c: &mut C) -> bool
where
    C: diesel::Connection<TransactionManager = AnsiTransactionManager>,
{
    use diesel::connection::TransactionManagerStatus::Valid;
    let status = AnsiTransactionManager::transaction_manager_status_mut(c);
    matches!(status, Valid(status) if status.transaction_depth().is_some())
}
