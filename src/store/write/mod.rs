//! Writes: batches of entries, each in one durable transaction.

mod batch;
pub mod edit;
mod identity;
mod import;
pub mod judge;
mod meaning;
mod named;
mod quote;
mod reference;
mod remove;
mod replace;
mod resolve;
mod shared;
mod small;
mod statements;
mod tenure;

pub use batch::{Account, Entry, Exported, Mode, Outcome, VanishedNote};
pub(in crate::store) use import::save as save_import;
pub use import::{ImportAccount, ImportRow, MAX_REJECTIONS, RejectionRow};
pub use meaning::Change;
pub(in crate::store) use quote::{QuoteValues, ReadingValues};
pub(in crate::store) use replace::SeenRow;
pub use replace::{Swept, Vanished};
pub use resolve::{Changed, Resolved};
pub(in crate::store) use shared::UNDATED;
pub(in crate::store) use shared::{
    ArticleValues, OrganisationValues, RoleValues, SpeakerValues, StatementValues,
};
pub use small::{SmallRow, Written as SmallRowWritten, import as import_small};
pub use tenure::{TenureEntry, Touched, resolve_again as resolve_tenures_again};
pub(in crate::store) use tenure::{TenureValues, bound};

use std::thread;
use std::time::{Duration, Instant};

use named::Memory;

use super::audit::Actor;
use super::dialect::{Connection, whole};
use super::{Position, Result, Store, StoreError};
use crate::domain::id::Id;

/// The right to write, for as long as one import runs.
pub struct Writer {
    store: Store,
    /// `None` while a lost one is replaced.
    connection: Option<Connection>,
    memory: Memory,
    rehearsal: bool,
    /// Tells whether `memory` still agrees with the database.
    turn: Option<i64>,
    /// How many entries were written.
    entries: usize,
    mode: Mode,
    /// Articles of which rows were rejected.
    spared: Vec<Id>,
    /// An import that nobody goes on with.
    given_up: Option<Id>,
}

/// How many entries make it worth telling the planner.
const ANALYSED_AFTER: usize = 10_000;

/// How long a writer waits for a server that went away before it gives up. What it wrote stays.
const RECONNECT: Duration = Duration::from_secs(60);
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(100);

impl Store {
    /// A writer. With `rehearsal` everything is done as always and undone at the end.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection becomes free in time.
    pub fn writer(&self, rehearsal: bool) -> Result<Writer> {
        let mut connection = self.pools.writer(self.options.wait)?;
        if rehearsal {
            connection.begin_write()?;
            // One transaction, however long its input takes.
            whole::lift_limits(&mut connection)?;
        }
        Ok(Writer {
            store: self.clone(),
            connection: Some(connection),
            memory: Memory::new(),
            rehearsal,
            turn: None,
            entries: 0,
            mode: Mode::Add,
            spared: Vec::new(),
            given_up: None,
        })
    }
}

/// What was written, and where the server's log is since.
pub type Written<T> = (T, Option<Position>);

impl Store {
    /// Runs `work` in one transaction that no other writer runs beside. It is not tried again where
    /// the connection is lost: whoever asked looks whether it was done.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where no connection becomes free in time, or another writer does not
    /// make way.
    pub fn write<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<Written<T>> {
        let mut connection = self.pools.writer(self.options.wait)?;
        let done = connection.write_within(self.options.wait, |c| told(c, work))?;
        let position = connection.position().unwrap_or_else(|error| {
            tracing::warn!(%error, "the position in the log is not known");
            None
        });
        Ok((done, position))
    }

    /// Runs `work` like [`Store::write`], and undoes it.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn rehearse<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let mut connection = self.pools.writer(self.options.wait)?;
        let mut done = None;
        let undone = connection.write_within(self.options.wait, |c| {
            done = Some(work(c)?);
            Err::<(), _>(StoreError::Query(diesel::result::Error::RollbackTransaction))
        });
        match (done, undone) {
            (Some(done), Err(StoreError::Query(diesel::result::Error::RollbackTransaction))) => {
                Ok(done)
            }
            (_, Err(error)) => Err(error),
            // It cannot have been committed: the work ends in an error.
            (_, Ok(())) => Err(StoreError::Query(diesel::result::Error::RollbackTransaction)),
        }
    }

    /// The same for an operator's command, which waits for its turn as long as an import does.
    pub(in crate::store) fn write_patiently<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T>,
    ) -> Result<T> {
        self.pools.writer(self.options.wait)?.write(|connection| told(connection, work))
    }
}

/// Runs `work`, and lets imports that run beside it learn that they remember an old state.
fn told<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T>,
) -> Result<T> {
    connection.others_wrote(&mut None)?;
    work(connection)
}

impl Writer {
    /// Writes a batch and the import's record in one transaction: after a crash the database has
    /// both or neither. One outcome an entry, in order; `record` makes the record of them, and may
    /// be asked again, or refuse; `before` is the record as it was written last. Where the connection
    /// is lost the batch is written on another one, unless the record tells that it was written
    /// already: no batch is lost, none counted twice.
    pub fn write(
        &mut self,
        entries: &[Entry],
        actor: &Actor,
        before: Option<&ImportRow>,
        mut record: impl FnMut(&[Outcome]) -> Result<ImportAccount>,
    ) -> Result<ImportRow> {
        let mode = self.mode;
        let work = |c: &mut Connection, memory: &mut Memory| batch::write(c, memory, entries, mode);
        let row = self.durably((actor, before), work, |outcomes| record(outcomes))?;
        self.entries += entries.len();
        Ok(row)
    }

    /// From now on the entries hold, for each article in them, everything that their extractors
    /// found there; this is the import's record.
    pub fn replace_articles(&mut self, import: Id) {
        self.mode = Mode::Replace { import };
    }

    /// Remembers that rows of these articles were rejected in an import that replaces articles: what
    /// it did not find there stays. It is written with the next batch, and must be told before that.
    pub fn spare(&mut self, articles: Vec<Id>) {
        self.spared = articles;
    }

    /// Says of an import that stopped in the middle that nobody goes on with it, since its input is
    /// another one now. It is written with the next batch, and must be told before that.
    pub fn give_up(&mut self, import: Id) {
        self.given_up = Some(import);
    }

    /// Looks, in one transaction with the import's record, at the next articles of an import that
    /// replaces articles and has read its whole input, for what was not found any more at the moment
    /// `at` (microseconds since 1970). With `spare_all` nothing vanishes. To be asked again until
    /// nothing is [left](Swept::more).
    pub fn sweep(
        &mut self,
        (at, spare_all): (i64, bool),
        actor: &Actor,
        before: Option<&ImportRow>,
        record: impl FnMut(&Swept) -> Result<ImportAccount>,
    ) -> Result<ImportRow> {
        let mode = self.mode;
        let work = |connection: &mut Connection, memory: &mut Memory| match mode {
            Mode::Add => Ok(Swept::default()),
            Mode::Replace { import } => replace::sweep(connection, memory, import, at, spare_all),
        };
        self.durably((actor, before), work, record)
    }

    /// Does some work in one transaction with the import's record; see [`Writer::write`].
    fn durably<T>(
        &mut self,
        by: (&Actor, Option<&ImportRow>),
        mut work: impl FnMut(&mut Connection, &mut Memory) -> Result<T>,
        mut record: impl FnMut(&T) -> Result<ImportAccount>,
    ) -> Result<ImportRow> {
        let started = Instant::now();
        let mut attempted = None;
        let mut lost_at = None;
        loop {
            let done = self.attempt(&mut work, by, &mut record, &mut attempted);
            if done.is_err() {
                self.memory.forget();
            }
            match done {
                Err(error) if error.is_passing() && !self.rehearsal => {
                    let since = *lost_at.get_or_insert_with(Instant::now);
                    if since.elapsed() > RECONNECT {
                        return Err(error);
                    }
                    tracing::warn!(%error, "the batch was not written; writing it again");
                    thread::sleep(BETWEEN_ATTEMPTS);
                }
                done => {
                    if done.is_ok() {
                        self.spared.clear();
                        self.given_up = None;
                    }
                    if !self.rehearsal {
                        self.store.pools.make_way(started.elapsed());
                    }
                    return done;
                }
            }
        }
    }

    /// Works, after a look whether the attempt before this one was written after all.
    fn attempt<T>(
        &mut self,
        work: &mut impl FnMut(&mut Connection, &mut Memory) -> Result<T>,
        (actor, before): (&Actor, Option<&ImportRow>),
        record: &mut impl FnMut(&T) -> Result<ImportAccount>,
        attempted: &mut Option<ImportRow>,
    ) -> Result<ImportRow> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => match self.store.pools.writer(self.store.options.wait) {
                // Not free, because there is none to be had: the server is still away.
                Err(busy @ StoreError::Busy(_)) => return Err(StoreError::Lost(Box::new(busy))),
                connection => connection?,
            },
        };
        let Self { memory, turn, mode, spared, given_up, .. } = self;
        let done = connection.write(|connection| {
            if let Some(row) = attempted
                && import::is_saved(connection, row)?
            {
                return Ok(row.clone());
            }
            // What others wrote in between is not what is remembered.
            if connection.others_wrote(turn)? {
                memory.forget();
            }
            if let Mode::Replace { import } = *mode {
                replace::spare(connection, import, spared)?;
            }
            if let Some(import) = *given_up {
                import::give_up(connection, import)?;
                replace::give_up(connection, import)?;
            }
            let account = record(&work(connection, memory)?)?;
            import::save(connection, actor, before, &account)?;
            *attempted = Some(account.row.clone());
            Ok(account.row)
        });
        // A lost one is not kept.
        if !matches!(done, Err(StoreError::Lost(_))) {
            self.connection = Some(connection);
        }
        done
    }

    /// Where the server's log is now: whoever reads since there sees what was written. `None` for a
    /// file, for a rehearsal, and where the server does not say: what was written is written.
    pub fn position(&mut self) -> Option<Position> {
        let connection = self.connection.as_mut().filter(|_| !self.rehearsal)?;
        connection.position().unwrap_or_else(|error| {
            tracing::warn!(%error, "the position in the log is not known");
            None
        })
    }

    /// Ends the run; a rehearsal is undone.
    pub fn finish(mut self) -> Result<()> {
        if let Some(connection) = self.connection.as_mut().filter(|_| !self.rehearsal)
            && self.entries > ANALYSED_AFTER
            && let Err(error) = connection.analyse()
        {
            // What was written is written.
            tracing::warn!(%error, "the planner does not know yet what was imported");
        }
        self.undo_rehearsal()
    }

    fn undo_rehearsal(&mut self) -> Result<()> {
        match (std::mem::take(&mut self.rehearsal), &mut self.connection) {
            (true, Some(connection)) => Ok(connection.roll_back()?),
            _ => Ok(()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // The connection goes back to its pool; it must not carry an open transaction.
        if let Err(error) = self.undo_rehearsal() {
            tracing::error!(%error, "a rehearsal could not be rolled back");
        }
    }
}
