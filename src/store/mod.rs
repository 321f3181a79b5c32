//! The database: the only layer that names diesel.
//!
//! One concrete [`Store`]; reads take a reading connection, writes the writer. What differs from
//! database to database stands in `dialect` and nowhere else.

pub mod article;
pub mod dialect;
pub mod error;
pub mod organisation;
pub mod page;
mod predicate;
pub mod quote;
pub mod role;
mod schema;
pub mod speaker;
pub mod statement;
mod types;
pub mod write;

use std::time::Instant;

pub use dialect::Options;
pub use error::{Result, StoreError};

use dialect::{Connection, Pools};

/// A handle on one database; clones share its connections.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    options: Options,
}

impl Store {
    /// Opens the database at `url`, creating it and bringing its tables up to date first.
    ///
    /// # Errors
    /// [`StoreError::Url`] for a URL that names no known database, [`StoreError::Open`] where the
    /// database cannot be opened or migrated.
    pub fn open(url: &str, options: Options) -> Result<Self> {
        Ok(Self { pools: Pools::open(url, &options)?, options })
    }

    /// One trip: runs `work` on one reading connection, seeing one state of the database.
    pub fn read<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let started = Instant::now();
        loop {
            let left = self.options.wait.saturating_sub(started.elapsed());
            let mut connection = self.pools.reader(left)?;
            match connection.begin_read() {
                Ok(()) => {
                    let done = work(&mut connection);
                    return connection.end(done);
                }
                // The server went away since this connection was used last: the next one is asked,
                // or a new one, as long as the caller waits.
                Err(error) => match StoreError::from(error) {
                    StoreError::Lost(_) if !left.is_zero() => {}
                    other => return Err(other),
                },
            }
        }
    }

    /// Whether the database answers.
    pub fn ping(&self) -> Result<()> {
        use diesel::RunQueryDsl as _;
        self.read(|connection| {
            dialect::on!(connection, |c| diesel::sql_query("SELECT 1").execute(c))?;
            Ok(())
        })
    }
}
