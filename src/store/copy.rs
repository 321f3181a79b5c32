//! Copying a whole database into an empty one, of either kind, all or nothing, and the proof that
//! nothing was lost.

use super::dialect::{self, Connection, printable};
use super::digest::{Digest, Progress, Table, TableDigest};
use super::error::{Result as StoreResult, StoreError};
use super::table::{Row, Visitor, each_chunk, each_table};
use super::{Options, Store};

/// Why a copy was not made, or not believed.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Both URLs name one database.
    #[error("{from} and {to} are the same database: name another one to copy to")]
    Same {
        /// The source.
        from: String,
        /// The target.
        to: String,
    },
    /// The target is in use.
    #[error("{to} holds rows already (in its table `{table}`): copy to an empty database")]
    Occupied {
        /// The target.
        to: String,
        /// The first table with rows.
        table: &'static str,
    },
    /// The target is not what the source was.
    #[error(
        "{to} differs from {from} after the copy, in {tables}: unless something else wrote there \
         meanwhile, please report this"
    )]
    Differs {
        /// The source.
        from: String,
        /// The target.
        to: String,
        /// The tables.
        tables: String,
    },
    /// A URL that names no database that this program knows.
    #[error("{argument} {url}: {problem}")]
    Url {
        /// The argument that gave it.
        argument: &'static str,
        /// The URL, without any password.
        url: String,
        /// What is wrong with it and what to do.
        problem: String,
    },
    /// A database failed. Nothing was written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Copies the database at one URL to another, which is brought up to date first; answers the digest
/// of what both hold now.
///
/// # Errors
/// Whenever anything went wrong: nothing was written then, save by [`CopyError::Differs`].
pub fn copy(
    from: &str,
    to: &str,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Digest, CopyError> {
    let (from_shown, to_shown) = (printable(from), printable(to));
    // Before the target is opened, which would make its file.
    let source = Store::open_existing(from, options.clone()).map_err(|e| opening("--from", e))?;
    let target = Store::open(to, options.clone()).map_err(|e| opening("--to", e))?;
    if source.identity()? == target.identity()? {
        return Err(CopyError::Same { from: from_shown, to: to_shown });
    }
    let mut writer = target.pools.writer(options.wait)?;
    let written = writer.write(|target| {
        dialect::whole::lift_limits(target)?;
        if let Some(table) = first_occupied(target)? {
            return Ok(Err(table));
        }
        // Other programs that write learn that somebody did.
        target.others_wrote(&mut None)?;
        source.snapshot(|source| transfer(source, target, progress)).map(Ok)
    })?;
    if let Err(error) = writer.analyse() {
        // What was written is written.
        tracing::warn!(%error, "the planner does not know yet what was copied");
    }
    // It goes back to its pool, which has no other one on the embedded database.
    drop(writer);
    let read = written.map_err(|table| CopyError::Occupied { to: to_shown.clone(), table })?;
    let held = target.digest(progress)?;
    if held == read {
        return Ok(held);
    }
    let tables = held.differing(&read).join(", ");
    Err(CopyError::Differs { from: from_shown, to: to_shown, tables })
}

/// Why a database could not be opened, with the argument that named it.
fn opening(argument: &'static str, error: StoreError) -> CopyError {
    match error {
        StoreError::Url { url, problem } => CopyError::Url { argument, url, problem },
        other => CopyError::Store(other),
    }
}

impl Store {
    /// What tells this database from every other.
    fn identity(&self) -> StoreResult<String> {
        self.snapshot(|connection| Ok(dialect::whole::identity(connection)?))
    }
}

/// The first table that has rows.
fn first_occupied(connection: &mut Connection) -> StoreResult<Option<&'static str>> {
    struct Looking<'a>(&'a mut Connection, Option<&'static str>);
    impl Visitor for Looking<'_> {
        fn visit<R: Row>(&mut self) -> StoreResult<()> {
            if self.1.is_none() && R::any(self.0)? {
                self.1 = Some(R::TABLE);
            }
            Ok(())
        }
    }
    let mut looking = Looking(connection, None);
    each_table(&mut looking)?;
    Ok(looking.1)
}

/// Writes every row of the source to the target; answers the digest of what was read.
fn transfer(
    source: &mut Connection,
    target: &mut Connection,
    progress: Progress<'_>,
) -> StoreResult<Digest> {
    struct Copying<'a> {
        source: &'a mut Connection,
        target: &'a mut Connection,
        progress: Progress<'a>,
        tables: Vec<TableDigest>,
    }
    impl Visitor for Copying<'_> {
        fn visit<R: Row>(&mut self) -> StoreResult<()> {
            let mut table = Table::new();
            each_chunk::<R>(self.source, |rows| {
                table.add(&rows)?;
                R::insert(self.target, rows)?;
                (self.progress)(R::TABLE, table.rows);
                Ok(())
            })?;
            self.tables.push(table.finish(R::TABLE));
            if R::POINTS {
                each_chunk::<R>(self.source, |rows| {
                    Ok(rows.iter().try_for_each(|row| row.point(self.target))?)
                })?;
            }
            Ok(())
        }
    }
    let mut copying = Copying { source, target, progress, tables: Vec::new() };
    each_table(&mut copying)?;
    Ok(Digest::of(copying.tables))
}
