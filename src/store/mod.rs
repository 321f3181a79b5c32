//! The database: the only layer that names diesel.
//!
//! One concrete [`Store`]; reads take a reading connection, writes the writer. What differs from
//! database to database stands in `dialect` and nowhere else.

pub mod article;
pub mod dialect;
pub mod error;
pub mod organisation;
pub mod page;
pub mod quote;
pub mod role;
mod schema;
pub mod speaker;
pub mod statement;
mod types;
pub mod write;

use std::time::Duration;

pub use error::{Result, StoreError};

use dialect::{Connection, Pools};
use diesel::Connection as _;

/// A handle on one database; clones share its connections.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
}

impl Store {
    /// Opens the database at `url`, creating it and bringing its tables up to date first.
    ///
    /// `readers` is the number of reading connections, `wait` how long a caller waits for one.
    ///
    /// # Errors
    /// [`StoreError::Url`] for a URL that names no known database, [`StoreError::Open`] where the
    /// database cannot be opened or migrated.
    pub fn open(url: &str, readers: u32, wait: Duration) -> Result<Self> {
        Ok(Self { pools: Pools::open(url, readers, wait)? })
    }

    /// One trip: runs `work` on one reading connection, seeing one state of the database.
    pub fn read<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let mut connection = self.pools.reader()?;
        let connection: &mut Connection = &mut connection;
        connection.transaction(work)
    }

    /// Whether the database answers.
    pub fn ping(&self) -> Result<()> {
        use diesel::RunQueryDsl as _;
        self.read(|connection| {
            diesel::sql_query("SELECT 1").execute(connection)?;
            Ok(())
        })
    }
}
