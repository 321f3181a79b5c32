//! The embedded database: one writer, several readers, a file that survives a power cut.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::{Connection as _, SimpleConnection as _};
use diesel::prelude::*;
use diesel::r2d2::{self, ConnectionManager, CustomizeConnection, Error, PooledConnection};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use super::connection::begin;
use super::pool::{Pool, PoolHealth, Purpose};
use super::words::sqlite as words;
use super::{Applied, Options, failed, printable};
use crate::store::error::{Result, StoreError};
use crate::store::migration::{Migrating, raise};

/// A connection that goes back to its pool when it is dropped.
pub type Pooled = PooledConnection<ConnectionManager<SqliteConnection>>;

/// A read transaction: it sees one state of the database from its first statement on.
pub const BEGIN_READ: &str = "BEGIN";
/// A transaction that takes the write lock at once: a plain BEGIN that writes later fails with
/// SQLITE_BUSY in spite of the busy timeout.
pub const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// How long opening waits for another process's transaction.
const OPEN_WAIT: Duration = Duration::from_secs(10);
/// How long it stays away before it asks again for what SQLite refuses without waiting.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// How long a writer in a hurry stays away from the lock between two tries.
const BETWEEN_TRIES: Duration = Duration::from_millis(3);

/// A writer pool of one and a pool of readers that cannot write.
#[derive(Clone)]
pub struct Pools {
    writer: Arc<Pool<SqliteConnection>>,
    readers: Arc<Pool<SqliteConnection>>,
}

#[derive(Debug)]
struct Setup(&'static str);

impl CustomizeConnection<SqliteConnection, Error> for Setup {
    fn on_acquire(&self, connection: &mut SqliteConnection) -> std::result::Result<(), Error> {
        connection.batch_execute(self.0).map_err(Error::QueryError)?;
        words::register(connection).map_err(Error::QueryError)
    }
}

/// FULL: what is acknowledged survives a power cut. Foreign keys are off by SQLite's default. The
/// wait is long: SQLite's lock is not fair, and another import takes it again and again.
const WRITER: &str = "PRAGMA synchronous = FULL; \
    PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; \
    PRAGMA wal_autocheckpoint = 16384; PRAGMA busy_timeout = 60000;";
const PATIENT: &str = "PRAGMA busy_timeout = 60000";
const IMPATIENT: &str = "PRAGMA busy_timeout = 0";
/// What a question gathers goes to a file where it is more than the cache: facets of what a million quotes
/// have take 85 MB so instead of 239, and no longer.
const READER: &str = "PRAGMA busy_timeout = 2000; PRAGMA query_only = ON; \
    PRAGMA temp_store = FILE; PRAGMA cache_size = -16384; PRAGMA mmap_size = 1073741824;";

/// The file that a `sqlite://` URL names.
///
/// # Errors
/// [`StoreError::Url`] for any other scheme, an empty path or a parameter: a mistyped URL must not
/// quietly make a new file.
pub fn file(url: &str) -> Result<PathBuf> {
    let refuse = |problem: &str| StoreError::Url { url: printable(url), problem: problem.into() };
    let Some(path) = url.strip_prefix("sqlite://") else {
        return Err(match url.split_once("://") {
            Some((scheme, _)) => {
                refuse(&format!("unknown scheme `{scheme}`; use sqlite://FILE or postgres://…"))
            }
            None => refuse("it has no scheme; write sqlite://FILE or postgres://…"),
        });
    };
    if path.is_empty() || path == "/" {
        return Err(refuse(
            "it names no file; write sqlite://dixit.db or sqlite:///var/lib/dixit.db",
        ));
    }
    if path.contains(['?', '#']) {
        return Err(refuse("parameters are not understood; write the path alone"));
    }
    if path == ":memory:" {
        return Err(refuse("a database in memory is lost with its connection; name a file"));
    }
    Ok(PathBuf::from(path))
}

impl Pools {
    /// Opens, creates and migrates the database at `url`.
    pub fn open(url: &str, options: &Options) -> Result<Self> {
        let path = file(url)?;
        raise::<SqliteConnection>(url)?;
        let name = path.to_string_lossy().into_owned();
        let pool = |size: u32, setup: &'static str| {
            r2d2::Pool::builder()
                .max_size(size)
                .min_idle(Some(1.min(size)))
                .connection_timeout(options.wait)
                .connection_customizer(Box::new(Setup(setup)))
                .test_on_check_out(false)
                .build(ConnectionManager::new(&name))
                .map(|connections| Arc::new(Pool::of(connections)))
                .map_err(|error| failed(url, error))
        };
        Ok(Self { writer: pool(1, WRITER)?, readers: pool(options.readers.max(1), READER)? })
    }

    /// A connection that can only read.
    pub fn reader(&self, wait: Duration) -> Result<Pooled> {
        self.readers.get(wait)
    }

    /// The connection that writes.
    pub fn writer(&self, wait: Duration) -> Result<Pooled> {
        self.writer.get(wait)
    }

    /// How the writer and the readers are doing.
    pub fn health(&self) -> Vec<PoolHealth> {
        vec![self.writer.health(0, Purpose::Writer), self.readers.health(0, Purpose::Reader)]
    }
}

impl Migrating for SqliteConnection {
    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");

    fn connect(url: &str) -> Result<Self> {
        let path = file(url)?;
        if let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty() && !p.is_dir()) {
            let cause = format!("the directory {} does not exist", parent.display());
            return Err(failed(url, cause));
        }
        let mut connection =
            Self::establish(&path.to_string_lossy()).map_err(|error| failed(url, error))?;
        let wait = OPEN_WAIT.as_millis();
        connection.batch_execute(&format!("PRAGMA busy_timeout = {wait};"))?;
        Ok(connection)
    }

    fn prepare(&mut self) -> QueryResult<()> {
        // Two first starts at once: who changes the mode second is refused at once, whatever the
        // busy timeout, since waiting with a lock in hand could be waiting for each other.
        let started = Instant::now();
        loop {
            match self.batch_execute("PRAGMA journal_mode = WAL;") {
                Err(diesel::result::Error::DatabaseError(_, what))
                    if what.message().contains("locked") && started.elapsed() < OPEN_WAIT =>
                {
                    std::thread::sleep(BETWEEN_LOOKS);
                }
                done => return done,
            }
        }
    }

    fn exists(url: &str) -> Result<bool> {
        Ok(file(url)?.exists())
    }

    fn versions(&mut self) -> QueryResult<Vec<String>> {
        let history = "SELECT name AS version FROM sqlite_master \
                       WHERE name = '__diesel_schema_migrations'";
        let history: Vec<Applied> = diesel::sql_query(history).load(self)?;
        if history.is_empty() {
            return Ok(Vec::new());
        }
        let run = diesel::sql_query("SELECT version FROM __diesel_schema_migrations");
        Ok(run.load::<Applied>(self)?.into_iter().map(|row| row.version).collect())
    }

    fn alone<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        // One transaction around the look and the change: two first starts must not race.
        self.immediate_transaction(work)
    }
}

/// Opens a writing transaction, if the lock can be had in this time. SQLite's own waiting looks
/// every 100 ms in the end, and would miss the moments that an import leaves between its batches.
pub fn begin_write_within(connection: &mut SqliteConnection, wait: Duration) -> QueryResult<()> {
    let started = Instant::now();
    connection.batch_execute(IMPATIENT)?;
    let begun = loop {
        match begin(connection, BEGIN_WRITE) {
            Err(diesel::result::Error::DatabaseError(_, what))
                if what.message().contains("locked") && started.elapsed() < wait =>
            {
                std::thread::sleep(BETWEEN_TRIES);
            }
            done => break done,
        }
    };
    connection.batch_execute(PATIENT)?;
    begun
}

/// A number that changes when another connection has written to the database.
pub fn data_version(connection: &mut SqliteConnection) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Version {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        data_version: i64,
    }
    let version: Version = diesel::sql_query("PRAGMA data_version").get_result(connection)?;
    Ok(version.data_version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_url_never_makes_a_file() {
        for url in [
            "dixit.db",
            "sqlite:dixit.db",
            "mysql://x/y",
            "mariadb://u:secret@h/d",
            "sqlite://",
            "sqlite://a.db?x=1",
            "sqlite://:memory:",
        ] {
            let error = file(url).expect_err(url).to_string();
            assert!(!error.contains("secret"), "{error}");
        }
        assert_eq!(file("sqlite://dixit.db").ok(), Some(PathBuf::from("dixit.db")));
        assert_eq!(file("sqlite:///var/lib/d.db").ok(), Some(PathBuf::from("/var/lib/d.db")));
    }

    #[test]
    fn what_sqlite_says_of_no_room_and_no_right_to_write_is_understood() {
        let said = |statements: &str| {
            let mut connection = SqliteConnection::establish(":memory:").expect("it opens");
            StoreError::from(connection.batch_execute(statements).expect_err(statements))
        };
        let full = "PRAGMA max_page_count = 2; CREATE TABLE t (x); \
                    INSERT INTO t VALUES (zeroblob(100000));";
        assert!(matches!(said(full), StoreError::Full(_)), "{:?}", said(full));
        let read_only = "PRAGMA query_only = ON; CREATE TABLE t (x);";
        assert!(matches!(said(read_only), StoreError::ReadOnly(_)), "{:?}", said(read_only));
    }
}
