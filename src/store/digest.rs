//! The digest of everything that a database holds: equal digests are equal databases, whichever
//! database holds them.
//!
//! SHA-256 over each table's rows in the order of its primary key, each row as one line of JSON
//! with its columns in the order of its struct; and over the tables' digests. Two digests can be
//! compared when both were made with the same migrations applied.

use sha2::{Digest as _, Sha256};

use super::dialect::Connection;
use super::error::Result;
use super::table::{Row, Visitor, each_chunk, each_table};
use super::{Store, dialect};

/// What a database holds, in one number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Digest {
    /// SHA-256 over all tables, in hexadecimal.
    pub digest: String,
    /// The rows of all tables.
    pub rows: u64,
    /// The same of each table, those first that others point to.
    pub tables: Vec<TableDigest>,
}

/// What a table holds, in one number.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct TableDigest {
    /// The table.
    pub table: &'static str,
    /// Its rows.
    pub rows: u64,
    /// SHA-256 over them, in hexadecimal.
    pub digest: String,
}

/// Is told how far it is: the table, and how many rows of it are done.
pub type Progress<'a> = &'a mut dyn FnMut(&'static str, u64);

impl Digest {
    /// The digest of a database with these tables.
    pub(super) fn of(tables: Vec<TableDigest>) -> Self {
        let mut sha = Sha256::new();
        for TableDigest { table, rows, digest } in &tables {
            sha.update(format!("{table} {rows} {digest}\n"));
        }
        let rows = tables.iter().map(|table| table.rows).sum();
        Self { digest: hexadecimal(sha), rows, tables }
    }

    /// The tables in which this one differs from another.
    pub(super) fn differing(&self, other: &Self) -> Vec<&'static str> {
        let pairs = self.tables.iter().zip(&other.tables);
        pairs.filter(|(one, other)| one != other).map(|(one, _)| one.table).collect()
    }
}

impl Store {
    /// The digest of one state of the database.
    pub fn digest(&self, progress: Progress<'_>) -> Result<Digest> {
        self.snapshot(|connection| whole(connection, progress))
    }

    /// Runs `work` on one state of the database itself, not of a replica that may lag behind,
    /// however long it takes.
    pub(super) fn snapshot<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        self.pools.writer(self.options.wait)?.read(|connection| {
            dialect::whole::lift_limits(connection)?;
            work(connection)
        })
    }
}

/// The digest of what the open transaction sees.
pub(super) fn whole(connection: &mut Connection, progress: Progress<'_>) -> Result<Digest> {
    struct Reading<'a> {
        connection: &'a mut Connection,
        progress: Progress<'a>,
        tables: Vec<TableDigest>,
    }
    impl Visitor for Reading<'_> {
        fn visit<R: Row>(&mut self) -> Result<()> {
            let mut table = Table::new();
            each_chunk::<R>(self.connection, |rows| {
                table.add(&rows)?;
                (self.progress)(R::TABLE, table.rows);
                Ok(())
            })?;
            self.tables.push(table.finish(R::TABLE));
            Ok(())
        }
    }
    let mut reading = Reading { connection, progress, tables: Vec::new() };
    each_table(&mut reading)?;
    Ok(Digest::of(reading.tables))
}

/// The digest of a table, as its rows come.
pub(super) struct Table {
    sha: Sha256,
    pub rows: u64,
    line: Vec<u8>,
}

impl Table {
    /// Of no rows yet.
    pub fn new() -> Self {
        Self { sha: Sha256::new(), rows: 0, line: Vec::new() }
    }

    /// Adds the next rows.
    pub fn add<R: Row>(&mut self, rows: &[R]) -> Result<()> {
        for row in rows {
            self.line.clear();
            serde_json::to_writer(&mut self.line, row)
                .map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
            self.line.push(b'\n');
            self.sha.update(&self.line);
            self.rows += 1;
        }
        Ok(())
    }

    /// The digest of what was added.
    pub fn finish(self, table: &'static str) -> TableDigest {
        TableDigest { table, rows: self.rows, digest: hexadecimal(self.sha) }
    }
}

fn hexadecimal(sha: Sha256) -> String {
    data_encoding::HEXLOWER.encode(&sha.finalize())
}
