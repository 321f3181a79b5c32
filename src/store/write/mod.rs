//! Writes: batches of entries, each in one durable transaction.

mod batch;
mod import;
mod quote;
mod reference;
mod shared;

pub use batch::{Account, Entry, Outcome};
pub use import::ImportRow;

use std::thread;
use std::time::{Duration, Instant};

use batch::Memory;

use super::dialect::sqlite::{self, Pooled};
use super::{Result, Store};

/// The right to write, for as long as one import runs.
pub struct Writer {
    connection: Pooled,
    memory: Memory,
    rehearsal: bool,
    /// The database's version when `memory` was last known to agree with it.
    version: Option<i64>,
}

/// What part of a batch's time its writer then stays away from the lock, so that another process
/// which waits for it gets a turn, and at most how long.
const PAUSE_PART: u32 = 20;
const MAX_PAUSE: Duration = Duration::from_millis(50);

impl Store {
    /// A writer. With `rehearsal` everything is done as always and undone at the end.
    ///
    /// # Errors
    /// [`StoreError::Busy`](super::StoreError::Busy) where another writer of this process does not
    /// finish in time.
    pub fn writer(&self, rehearsal: bool) -> Result<Writer> {
        let mut connection = self.pools.writer()?;
        if rehearsal {
            sqlite::rehearse(&mut connection)?;
        }
        Ok(Writer { connection, memory: Memory::new(), rehearsal, version: None })
    }
}

impl Writer {
    /// Writes a batch and the import's record in one transaction: after a crash the database has
    /// both or neither. One outcome an entry, in order. `record` gets the outcomes to count them.
    pub fn write(
        &mut self,
        entries: &[Entry],
        record: impl FnOnce(&[Outcome]) -> ImportRow,
    ) -> Result<()> {
        let started = Instant::now();
        let Self { connection, memory, version, .. } = self;
        let done = sqlite::immediate(connection, |connection| {
            // What another process wrote in between is not what is remembered.
            let now = Some(sqlite::version(connection)?);
            if *version != now {
                memory.forget();
                *version = now;
            }
            let outcomes = batch::write(connection, memory, entries)?;
            import::save(connection, &record(&outcomes))
        });
        if done.is_err() {
            memory.forget();
        }
        if !self.rehearsal {
            thread::sleep((started.elapsed() / PAUSE_PART).min(MAX_PAUSE));
        }
        done
    }

    /// Ends the run; a rehearsal is undone.
    pub fn finish(mut self) -> Result<()> {
        if self.rehearsal {
            self.rehearsal = false;
            sqlite::forget(&mut self.connection)?;
        }
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.rehearsal {
            // The connection goes back to its pool; it must not carry an open transaction.
            if let Err(error) = sqlite::forget(&mut self.connection) {
                tracing::error!(%error, "a rehearsal could not be rolled back");
            }
        }
    }
}
