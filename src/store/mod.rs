//! The database: the only layer that names diesel.
//!
//! One concrete [`Store`]; reads take a reading connection, writes the writer. What differs from
//! database to database stands in `dialect` and nowhere else.

pub mod aggregate;
pub mod article;
pub mod audit;
pub mod copy;
pub mod corpus;
pub mod count;
pub mod dialect;
pub mod digest;
pub mod error;
pub mod export;
pub mod imports;
pub mod index;
pub mod judgement;
pub mod merged;
pub mod migration;
pub(in crate::store) mod moved;
pub mod names;
pub mod near;
pub mod organisation;
pub mod page;
mod predicate;
pub mod quote;
mod reads;
pub mod removal;
pub mod role;
mod schema;
pub mod search;
pub mod speaker;
pub mod statement;
mod table;
pub mod tenure;
pub mod token;
mod types;
pub mod verify;
pub mod write;

use std::sync::Arc;
use std::time::Instant;

use tracing::field::Empty;

pub use dialect::pool::{PoolHealth, Purpose};
pub use dialect::replica::{Position, ServerHealth, ServerState};
pub use dialect::{Options, backup};
pub use error::{Result, StoreError, chain};
pub use reads::{Outcome, Reads};

use dialect::{Connection, Pools, Reader};

/// A handle on one database; clones share its connections.
#[derive(Clone)]
pub struct Store {
    pools: Pools,
    options: Arc<Options>,
    since: Option<Position>,
    reads: Arc<Reads>,
    url: Arc<str>,
}

impl Store {
    /// Opens the database at `url`, creating it and bringing its tables up to date first.
    ///
    /// # Errors
    /// [`StoreError::Url`] for a URL that names no known database, [`StoreError::Open`] where the
    /// database cannot be opened or migrated.
    pub fn open(url: &str, options: Options) -> Result<Self> {
        let store = Self {
            pools: Pools::open(url, &options)?,
            options: Arc::new(options),
            since: None,
            reads: Arc::default(),
            url: url.into(),
        };
        store.complete_indexes()?;
        Ok(store)
    }

    /// The same database by connections of its own: whoever writes on them for long keeps them from
    /// nobody else.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn apart(&self) -> Result<Self> {
        Self::open(
            &self.url,
            Options { readers: 1, replicas: Vec::new(), ..(*self.options).clone() },
        )
    }

    /// The same database, asked only where it has everything up to `since`: what a client that has
    /// just written reads.
    pub fn since(&self, since: Position) -> Self {
        Self { since: Some(since), ..self.clone() }
    }

    /// The same database, asked only where everything is that was committed: at its primary.
    pub fn at_the_primary(&self) -> Self {
        self.since(Position::LAST)
    }

    /// One trip: runs `work` on one reading connection, seeing one state of the database. Where the
    /// server goes away, or a replica has to break it off, it is run again on another connection,
    /// as long as the caller waits.
    pub fn read<T>(&self, work: impl Fn(&mut Connection) -> Result<T>) -> Result<T> {
        let span = tracing::debug_span!("read", outcome = Empty, otel.status_code = Empty);
        let _entered = span.enter();
        let started = Instant::now();
        let done = self.attempts(started, work);
        let outcome = Outcome::of(&done);
        self.reads.add(outcome, started.elapsed());
        span.record("outcome", outcome.as_str());
        if done.is_err() {
            span.record("otel.status_code", "ERROR");
        }
        done
    }

    fn attempts<T>(
        &self,
        started: Instant,
        work: impl Fn(&mut Connection) -> Result<T>,
    ) -> Result<T> {
        loop {
            let left = self.options.wait.saturating_sub(started.elapsed());
            let Reader { mut connection, replica } = self
                .pools
                .reader(left, self.since)
                .map_err(|_| StoreError::Busy(self.options.wait))?;
            let done = connection.read(&work);
            match (done, replica) {
                (Err(StoreError::Lost(cause)), replica) if !left.is_zero() => {
                    tracing::debug!(%cause, "a connection was lost; reading again");
                    if let Some(replica) = replica {
                        replica.lost();
                    }
                }
                (Err(error), Some(_)) if error.is_conflict() && !left.is_zero() => {
                    tracing::debug!(%error, "a replica broke off; reading again");
                }
                (done, _) => return done,
            }
        }
    }

    /// What the database is: its kind, version and size.
    pub fn about(&self) -> Result<dialect::whole::About> {
        self.read(|connection| Ok(dialect::whole::about(connection)?))
    }

    /// The servers behind the database and how they are doing, the primary first; none for a file.
    pub fn servers(&self) -> Vec<ServerHealth> {
        self.pools.servers()
    }

    /// The pools of connections and how they are doing.
    pub fn pools(&self) -> Vec<PoolHealth> {
        self.pools.health()
    }

    /// The reads since it was opened.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Whether a read may go to one of several servers, so that another may know better.
    pub fn has_replicas(&self) -> bool {
        self.pools.have_replicas()
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
