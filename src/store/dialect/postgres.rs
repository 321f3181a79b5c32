//! PostgreSQL: pools with time limits, an advisory lock for who writes, another for migrations.

use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::r2d2::{self, ConnectionManager, CustomizeConnection, Error, PooledConnection};
use diesel::sql_types::{BigInt, Text};
use diesel_migrations::{EmbeddedMigrations, embed_migrations};

use super::pool::{PoolHealth, Purpose};
use super::replica::{Position, Replica, Replicas};
use super::{Applied, Options, failed, printable, said};
use crate::store::error::{Result, StoreError};
use crate::store::migration::{Migrating, raise};

/// A connection that goes back to its pool when it is dropped.
pub type Pooled = PooledConnection<ConnectionManager<PgConnection>>;
/// Connections to one server.
pub type Pool = super::pool::Pool<PgConnection>;

/// A read transaction: every statement of it sees the state at the first.
pub const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// A writing transaction, whatever the database's default: each statement sees what was committed
/// when it began, above all what the last holder of the lock wrote.
pub const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// Keys of the advisory locks, which all programs that use the database share: "dixit" and a number.
const WRITING: i64 = 0x6469_7869_7400_0001;
const MIGRATING: i64 = 0x6469_7869_7400_0002;

/// Connections that write, in one process. They take turns by the lock of writing.
const WRITERS: u32 = 4;

/// Limits of what reads, beside the time of a statement. `jit` costs more than it gives for queries
/// of a millisecond.
const READER: &str = "SET default_transaction_read_only = on; SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = '15s'; SET jit = off;";
/// Limits of what writes: as long as another import's batch may take, and no longer. The server
/// notices by itself that a client is gone, and lets go of the lock.
const WRITER: &str = "SET statement_timeout = '120s'; SET lock_timeout = '60s'; \
    SET idle_in_transaction_session_timeout = '120s'; SET jit = off; \
    SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 2;";

/// What a URL gets where it does not say it itself: a server that does not answer must not hold a
/// thread for ever. Seconds, but for `tcp_user_timeout`; 2 is the least that the client library
/// takes to connect.
const LIMITS: [&str; 6] = [
    "connect_timeout=2",
    "tcp_user_timeout=10000",
    "keepalives_idle=10",
    "keepalives_interval=5",
    "keepalives_count=2",
    "application_name=dixit",
];

/// The oldest version that this is tested with, as `server_version_num` has it.
const OLDEST: i32 = 150_000;

/// Connections to a primary and its replicas.
#[derive(Clone)]
pub struct Pools {
    writers: Arc<Pool>,
    readers: Arc<Pool>,
    replicas: Arc<Replicas>,
}

#[derive(Debug)]
struct Setup(String);

impl CustomizeConnection<PgConnection, Error> for Setup {
    fn on_acquire(&self, connection: &mut PgConnection) -> std::result::Result<(), Error> {
        connection.batch_execute(&self.0).map_err(Error::QueryError)
    }
}

/// Tells the log why a connection cannot be had; the pool goes on trying.
#[derive(Debug)]
struct Telling {
    url: String,
}

impl r2d2::HandleError<Error> for Telling {
    fn handle_error(&self, error: Error) {
        let error = said(&self.url, error);
        tracing::warn!(error, "no connection to PostgreSQL");
    }
}

impl Pools {
    /// Opens and migrates the database at `url`.
    pub fn open(url: &str, options: &Options) -> Result<Self> {
        raise::<PgConnection>(url)?;
        Ok(Self {
            writers: Arc::new(pool(url, WRITERS, WRITER.to_owned())),
            readers: Arc::new(pool(url, options.readers, reading(options.statement))),
            replicas: Replicas::watch(url, options)?,
        })
    }

    /// A connection that can only read, with the replica that it leads to, if any.
    pub fn reader(
        &self,
        wait: Duration,
        since: Option<Position>,
    ) -> Result<(Pooled, Option<Arc<Replica>>)> {
        if let Some((connection, replica)) = self.replicas.reader(since) {
            return Ok((connection, Some(replica)));
        }
        Ok((self.readers.get(wait)?, None))
    }

    /// The servers and how they are doing.
    pub fn replicas(&self) -> &Replicas {
        &self.replicas
    }

    /// A connection that writes.
    pub fn writer(&self, wait: Duration) -> Result<Pooled> {
        self.writers.get(wait)
    }

    /// How the writers, the readers and those of each replica are doing.
    pub fn health(&self) -> Vec<PoolHealth> {
        let writers = self.writers.health(0, Purpose::Writer);
        let readers = self.readers.health(0, Purpose::Reader);
        [writers, readers].into_iter().chain(self.replicas.pools()).collect()
    }
}

/// Half of this is the longest pause between two attempts to connect.
const RETRYING: Duration = Duration::from_secs(2);

/// A pool that connects when it can and goes on trying when it cannot.
pub fn pool(url: &str, size: u32, setup: String) -> Pool {
    let connections = r2d2::Pool::builder()
        .max_size(size.max(1))
        .min_idle(Some(1))
        // Callers bring a limit of their own; here it only bounds the pauses between attempts.
        .connection_timeout(RETRYING)
        .connection_customizer(Box::new(Setup(setup)))
        .error_handler(Box::new(Telling { url: url.to_owned() }))
        // The first statement of each transaction is the test; see `Store::read`.
        .test_on_check_out(false)
        .build_unchecked(ConnectionManager::new(bounded(url)));
    Pool::of(connections)
}

/// The settings of a session that reads: what takes longer than an answer may is stopped.
pub fn reading(statement: Duration) -> String {
    format!("{READER} SET statement_timeout = {};", statement.as_millis().max(1))
}

/// Refuses a URL that the client library would cut in the wrong places: its messages would then tell
/// parts of the password, as the name of a host, say.
///
/// # Errors
/// [`StoreError::Url`].
pub fn check(url: &str) -> Result<()> {
    let refuse =
        |problem: &str| Err(StoreError::Url { url: printable(url), problem: problem.to_owned() });
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let at = rest.rfind('@').unwrap_or(0);
    let question = match rest.find('?') {
        Some(first) if rest[..first].contains('/') => Some(first),
        // A password may hold a question mark.
        _ => rest[at..].find('?').map(|behind| at + behind),
    };
    let (address, query) =
        question.map_or((rest, ""), |place| (&rest[..place], &rest[place + 1..]));
    if address.rsplit_once('@').is_some_and(|(user, _)| user.contains(['@', '/'])) {
        return refuse("write @ in a password as %40 and / as %2F");
    }
    for escape in rest.split('%').skip(1) {
        let digits = escape.as_bytes().get(..2).unwrap_or_default();
        if digits.len() < 2 || digits == b"00" || !digits.iter().all(u8::is_ascii_hexdigit) {
            return refuse("write % as %25");
        }
    }
    let mut parts = query.split('&').filter(|part| !part.is_empty());
    if parts.any(|part| part.matches('=').count() != 1) {
        return refuse("behind the ? stands NAME=VALUE&NAME=VALUE; write & in a value as %26");
    }
    Ok(())
}

/// The URL with limits on how long its server may say nothing.
pub fn bounded(url: &str) -> String {
    // A password may hold a question mark.
    let address = &url[url.rfind('@').unwrap_or(0)..];
    let query = address.split_once('?').map(|(_, query)| query);
    let mut bounded = url.to_owned();
    let mut joint = match query {
        None => "?",
        Some("") => "",
        Some(_) => "&",
    };
    for limit in LIMITS {
        let name = limit.split_inclusive('=').next().unwrap_or_default();
        let given = |part: &str| part.starts_with(name);
        if !query.is_some_and(|query| query.split('&').any(given)) {
            bounded.push_str(joint);
            bounded.push_str(limit);
            joint = "&";
        }
    }
    bounded
}

impl Migrating for PgConnection {
    const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

    fn connect(url: &str) -> Result<Self> {
        check(url)?;
        let mut connection = Self::establish(&bounded(url)).map_err(|error| failed(url, error))?;
        connection.batch_execute(WRITER)?;
        Ok(connection)
    }

    fn prepare(&mut self) -> QueryResult<()> {
        let problem: String = diesel::select(sql::<Text>(&format!(
            "CASE WHEN current_setting('server_version_num')::int < {OLDEST} \
             THEN 'is PostgreSQL ' || current_setting('server_version') || '; dixit needs 15' \
             WHEN current_setting('server_encoding') <> 'UTF8' \
             THEN 'has the encoding ' || current_setting('server_encoding') || '; dixit needs UTF8' \
             ELSE '' END"
        )))
        .get_result(self)?;
        match problem.as_str() {
            "" => Ok(()),
            _ => Err(diesel::result::Error::QueryBuilderError(problem.into())),
        }
    }

    fn exists(_: &str) -> Result<bool> {
        // Connecting makes nothing, and tells itself what is not there.
        Ok(true)
    }

    fn versions(&mut self) -> QueryResult<Vec<String>> {
        let history = "SELECT 'there' AS version \
                       WHERE to_regclass('__diesel_schema_migrations') IS NOT NULL";
        let history: Vec<Applied> = diesel::sql_query(history).load(self)?;
        if history.is_empty() {
            return Ok(Vec::new());
        }
        let run = diesel::sql_query("SELECT version::text FROM __diesel_schema_migrations");
        Ok(run.load::<Applied>(self)?.into_iter().map(|row| row.version).collect())
    }

    fn alone<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        // A migration takes as long as it takes. The lock goes with the connection.
        let begin = format!("SELECT pg_advisory_lock({MIGRATING}); SET statement_timeout = 0");
        self.batch_execute(&begin)?;
        work(self)
    }
}

/// The place in the log up to which everything is written that this server has acknowledged.
pub fn position(connection: &mut PgConnection) -> QueryResult<Option<Position>> {
    let place: String =
        diesel::select(sql::<Text>("pg_current_wal_insert_lsn()::text")).get_result(connection)?;
    Ok(place.parse().ok())
}

/// Counts what the planner goes by, at once: the server's own housekeeping would come a minute later. And puts
/// in its place what the index of words has gathered, through which every search would have to read (12 ms of
/// the 4 MB that it may be); the server lets its owner alone do that.
pub fn analyse(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(
        "ANALYZE article, quote, quote_word, statement, speaker, speaker_alias, role;
         SELECT gin_clean_pending_list(oid) FROM pg_class
         WHERE oid = to_regclass('quote_word_words') AND pg_has_role(relowner, 'USAGE')",
    )
}

/// Waits for the right to write and holds it to the end of the transaction. One writer at a time,
/// as on the embedded database: what is read before it is merged cannot change meanwhile, without
/// row locks and without retries. The queue is fair.
pub fn lock_writing(connection: &mut PgConnection) -> QueryResult<()> {
    connection.batch_execute(&format!("SELECT pg_advisory_xact_lock({WRITING})"))
}

/// [`lock_writing`], waiting no longer than this; nor does anything in the transaction after it.
pub fn lock_writing_within(connection: &mut PgConnection, wait: Duration) -> QueryResult<()> {
    let wait = wait.as_millis().max(1);
    connection.batch_execute(&format!("SET LOCAL lock_timeout = {wait}"))?;
    lock_writing(connection)
}

/// Takes the next number of those who write.
pub fn next_turn(connection: &mut PgConnection) -> QueryResult<i64> {
    diesel::select(sql::<BigInt>("nextval('write_turn')")).get_result(connection)
}

#[cfg(test)]
mod tests {
    use super::{LIMITS, bounded, check};

    #[test]
    fn a_url_that_would_be_cut_through_its_password_is_refused() {
        for url in [
            "postgres://u:s3/cret@h/d",
            "postgres://u:s3@cret@h/d",
            "postgres://u:s3/c?cret@h/d",
            "postgres://u:s3cret%@h/d",
            "postgres://u:s3cret%zz@h/d",
            "postgres://h/d?password=%+1s3cret",
            "postgres://h/d?password=s3&cret",
            "postgres://h/d?password=s3=cret",
        ] {
            let refusal = check(url).expect_err(url).to_string();
            assert!(!refusal.contains("cret"), "{refusal}");
        }
        for url in [
            "postgres://h",
            "postgres://u@h/d",
            "postgres://u:pa?ss@h/d",
            "postgres://u:s3%40cr:et%2F@h1:1,h2:2/d?sslmode=require&",
            "postgres://h:1/d?user=a@b&password=s3%26cret",
            "postgres://u:s3cret@/d?host=/run/postgresql",
        ] {
            assert!(check(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn a_url_gets_the_limits_that_it_does_not_have() {
        let all = LIMITS.join("&");
        for url in ["postgres://u@h/d", "postgres://u:pa?ss@h/d"] {
            assert_eq!(bounded(url), format!("{url}?{all}"));
        }
        assert_eq!(bounded("postgres://u@h/d?"), format!("postgres://u@h/d?{all}"));
        let own = bounded("postgres://u@h/d?connect_timeout=9&sslmode=require");
        assert!(
            own.starts_with("postgres://u@h/d?connect_timeout=9&sslmode=require&tcp_"),
            "{own}"
        );
        assert_eq!(own.matches("connect_timeout").count(), 1);
    }
}
