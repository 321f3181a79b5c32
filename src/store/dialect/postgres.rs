//! PostgreSQL: pools with time limits, an advisory lock for who writes, another for migrations.

use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::migration::MigrationSource as _;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Error, Pool, PooledConnection};
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use super::{Options, failed};
use crate::store::error::{Result, StoreError};

/// A connection that goes back to its pool when it is dropped.
pub type Pooled = PooledConnection<ConnectionManager<PgConnection>>;

/// What the migrations of this database are.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A read transaction: every statement of it sees the state at the first.
pub const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Keys of the advisory locks, which all programs that use the database share: "dixit" and a number.
const WRITING: i64 = 0x6469_7869_7400_0001;
const MIGRATING: i64 = 0x6469_7869_7400_0002;

/// Connections that write, in one process. They take turns by the lock of writing.
const WRITERS: u32 = 4;

/// Limits of what reads: a statement that takes longer than an answer may is stopped. `jit` costs
/// more than it gives for queries of a millisecond.
const READER: &str = "SET default_transaction_read_only = on; SET statement_timeout = '5s'; \
    SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '15s'; SET jit = off;";
/// Limits of what writes: as long as another import's batch may take, and no longer.
const WRITER: &str = "SET statement_timeout = '120s'; SET lock_timeout = '60s'; \
    SET idle_in_transaction_session_timeout = '120s'; SET jit = off;";

/// What a URL gets where it does not say it itself: a server that does not answer must not hold a
/// thread for ever (seconds; 2 is the least that the client library takes).
const CONNECT_TIMEOUT: &str = "connect_timeout=2";

/// Connections to one server.
#[derive(Clone)]
pub struct Pools {
    writers: Pool<ConnectionManager<PgConnection>>,
    readers: Pool<ConnectionManager<PgConnection>>,
}

#[derive(Debug)]
struct Setup(&'static str);

impl CustomizeConnection<PgConnection, Error> for Setup {
    fn on_acquire(&self, connection: &mut PgConnection) -> std::result::Result<(), Error> {
        connection.batch_execute(self.0).map_err(Error::QueryError)
    }
}

/// Tells the log why a connection cannot be had; the pool goes on trying.
#[derive(Debug)]
struct Telling;

impl diesel::r2d2::HandleError<Error> for Telling {
    fn handle_error(&self, error: Error) {
        tracing::warn!(%error, "no connection to PostgreSQL");
    }
}

impl Pools {
    /// Opens and migrates the database at `url`.
    pub fn open(url: &str, options: &Options) -> Result<Self> {
        let bounded = bounded(url);
        migrate(&bounded).map_err(|cause| failed(url, cause))?;
        let pool = |size: u32, setup: &'static str| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(options.wait)
                .connection_customizer(Box::new(Setup(setup)))
                .error_handler(Box::new(Telling))
                // The first statement of each transaction is the test; see `Store::read`.
                .test_on_check_out(false)
                .build(ConnectionManager::new(&bounded))
                .map_err(|error| failed(url, error))
        };
        Ok(Self { writers: pool(WRITERS, WRITER)?, readers: pool(options.readers.max(1), READER)? })
    }

    /// A connection that can only read.
    pub fn reader(&self, wait: Duration) -> Result<Pooled> {
        self.readers.get_timeout(wait).map_err(|_| StoreError::Busy(wait))
    }

    /// A connection that writes.
    pub fn writer(&self, wait: Duration) -> Result<Pooled> {
        self.writers.get_timeout(wait).map_err(|_| StoreError::Busy(wait))
    }
}

/// The URL with a limit on how long connecting may take.
fn bounded(url: &str) -> String {
    if url.contains("connect_timeout=") {
        return url.to_owned();
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{CONNECT_TIMEOUT}")
}

/// Runs pending migrations, alone among all programs that open this database.
fn migrate(url: &str) -> std::result::Result<(), String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let mut connection = PgConnection::establish(url).map_err(|error| text(&error))?;
    connection.batch_execute(WRITER).map_err(|error| text(&error))?;
    // Looked at without the lock and without the right to create: a reading role may open a
    // database that is up to date.
    if is_up_to_date(&mut connection)? {
        return Ok(());
    }
    let lock = format!("SELECT pg_advisory_lock({MIGRATING})");
    connection.batch_execute(&lock).map_err(|error| text(&error))?;
    // The lock goes with the connection, at the end of this function.
    connection.run_pending_migrations(MIGRATIONS).map_err(|error| text(&error))?;
    Ok(())
}

/// Whether every migration of this program has been run.
fn is_up_to_date(connection: &mut PgConnection) -> std::result::Result<bool, String> {
    #[derive(QueryableByName)]
    struct Applied {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let there = diesel::sql_query(
        "SELECT 'there' AS version WHERE to_regclass('__diesel_schema_migrations') IS NOT NULL",
    );
    let there: Vec<Applied> = there.load(connection).map_err(|error| error.to_string())?;
    if there.is_empty() {
        return Ok(false);
    }
    let applied: Vec<Applied> =
        diesel::sql_query("SELECT version::text FROM __diesel_schema_migrations")
            .load(connection)
            .map_err(|error| error.to_string())?;
    let known: Vec<Box<dyn diesel::migration::Migration<diesel::pg::Pg>>> =
        MIGRATIONS.migrations().map_err(|error| error.to_string())?;
    Ok(known.iter().all(|migration| {
        let version = migration.name().version().to_string();
        applied.iter().any(|row| row.version == version)
    }))
}

/// Waits for the right to write and holds it to the end of the transaction. One writer at a time,
/// as on the embedded database: what is read before it is merged cannot change meanwhile, without
/// row locks and without retries. The queue is fair.
pub fn lock_writing(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(&format!("SELECT pg_advisory_xact_lock({WRITING})"))
}

/// Takes the next number of those who write.
pub fn next_turn(connection: &mut PgConnection) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Turn {
        #[diesel(sql_type = BigInt)]
        turn: i64,
    }
    let turn: Turn =
        diesel::sql_query("SELECT nextval('write_turn') AS turn").get_result(connection)?;
    Ok(turn.turn)
}
