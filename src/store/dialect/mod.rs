//! Everything that differs between databases: opening, pools, transactions, migrations, bulk.
//!
//! Nothing above this module names a database. A query is written once, inside [`on!`], and
//! compiled for each: a static dispatch, so that diesel's types and the prepared statements of each
//! database stay what they are.

pub mod backup;
mod connection;
pub mod near;
pub mod pool;
pub mod postgres;
pub mod quotes;
pub mod replica;
pub mod sqlite;
pub mod whole;

pub use connection::Connection;
pub(in crate::store) use connection::{insert, insert_missing, on};

use std::sync::Arc;
use std::time::Duration;

use pool::PoolHealth;
use replica::{Position, Replica, ServerHealth};

use super::error::{Result, StoreError};

/// What part of a batch's time its writer stays away from an unfair lock, and at most how long.
const PAUSE_PART: u32 = 20;
const MAX_PAUSE: Duration = Duration::from_millis(50);

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Reading connections, to each server.
    pub readers: u32,
    /// How long a caller waits for a connection.
    pub wait: Duration,
    /// How long one statement of a reader may take, where the database can stop it.
    pub statement: Duration,
    /// URLs of streaming replicas, which reads go to.
    pub replicas: Vec<String>,
    /// How far behind a replica may be to be asked.
    pub max_replica_lag: Duration,
}

/// A connection to read on, and the replica that it leads to.
pub struct Reader {
    /// It may be dead already: its first statement tells.
    pub connection: Connection,
    /// `None` for the primary, and for the embedded database.
    pub replica: Option<Arc<Replica>>,
}

/// The connections to one database.
#[derive(Clone)]
pub enum Pools {
    /// One writer and several readers of one file.
    Sqlite(sqlite::Pools),
    /// Connections to a server.
    Postgres(postgres::Pools),
}

impl Pools {
    /// Opens the database at `url` and brings its tables up to date; a file is made where there is
    /// none.
    pub fn open(url: &str, options: &Options) -> Result<Self> {
        Ok(if is_postgres(url) {
            Self::Postgres(postgres::Pools::open(url, options)?)
        } else if let Some(replica) = options.replicas.first() {
            return Err(failed(replica, "an embedded database has no replicas"));
        } else {
            Self::Sqlite(sqlite::Pools::open(url, options)?)
        })
    }

    /// A connection to a server that has everything up to `since`.
    pub fn reader(&self, wait: Duration, since: Option<Position>) -> Result<Reader> {
        Ok(match self {
            Self::Sqlite(pools) => {
                Reader { connection: Connection::Sqlite(pools.reader(wait)?), replica: None }
            }
            Self::Postgres(pools) => {
                let (connection, replica) = pools.reader(wait, since)?;
                Reader { connection: Connection::Postgres(connection), replica }
            }
        })
    }

    /// The servers behind the database, the primary first; none for a file.
    pub fn servers(&self) -> Vec<ServerHealth> {
        match self {
            Self::Sqlite(_) => Vec::new(),
            Self::Postgres(pools) => pools.replicas().health(),
        }
    }

    /// The pools and how they are doing.
    pub fn health(&self) -> Vec<PoolHealth> {
        match self {
            Self::Sqlite(pools) => pools.health(),
            Self::Postgres(pools) => pools.health(),
        }
    }

    /// Stays away from the embedded database's lock after a batch that took this long: that lock is
    /// not fair, and another process which waits for it shall have a turn. A server's is.
    pub fn make_way(&self, after: Duration) {
        if matches!(self, Self::Sqlite(_)) {
            std::thread::sleep((after / PAUSE_PART).min(MAX_PAUSE));
        }
    }

    /// Whether several servers may answer a read.
    pub fn have_replicas(&self) -> bool {
        matches!(self, Self::Postgres(pools) if pools.replicas().exist())
    }

    /// A connection that writes.
    pub fn writer(&self, wait: Duration) -> Result<Connection> {
        match self {
            Self::Sqlite(pools) => pools.writer(wait).map(Connection::Sqlite),
            Self::Postgres(pools) => pools.writer(wait).map(Connection::Postgres),
        }
    }
}

/// Runs `$body` with `$type` as the connection of the database at this URL.
macro_rules! of {
    ($url:expr, |$type:ident| $body:expr) => {
        if $crate::store::dialect::is_postgres($url) {
            type $type = diesel::pg::PgConnection;
            $body
        } else {
            type $type = diesel::sqlite::SqliteConnection;
            $body
        }
    };
}
pub(in crate::store) use of;

/// Whether the URL names a PostgreSQL server; any other is for the embedded database to judge.
pub(in crate::store) fn is_postgres(url: &str) -> bool {
    matches!(url.split_once("://"), Some(("postgres" | "postgresql", _)))
}

/// Parameters of a URL that hold no secret.
const OPEN_PARAMETERS: [&str; 8] = [
    "application_name",
    "connect_timeout",
    "dbname",
    "host",
    "port",
    "sslmode",
    "sslrootcert",
    "user",
];

/// The URL as it may stand in logs: a password becomes `***`, wherever one may be. Rather too much
/// is hidden than too little: a password may hold what divides URLs, and what is no URL may be one.
pub fn printable(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        let of_a_file = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
        let shown = if url.chars().all(of_a_file) { url } else { "***" };
        return shown.to_owned();
    };
    let (user, rest) = match (rest.split_once(':'), rest.split_once('@'), rest.rsplit_once('@')) {
        (Some((user, _)), Some((first, _)), Some((head, last))) if user.len() < first.len() => {
            // The last @ may stand in a parameter: then nothing is certain.
            let certain = !(head.contains('?') && head.contains('='));
            (format!("{user}:***@"), if certain { last } else { "***" })
        }
        _ => (String::new(), rest),
    };
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let mut shown = format!("{scheme}://{user}{address}");
    for (number, part) in query.split('&').filter(|part| !part.is_empty()).enumerate() {
        shown.push(if number == 0 { '?' } else { '&' });
        match part.split_once('=') {
            Some((name, _)) if OPEN_PARAMETERS.contains(&name) => shown.push_str(part),
            Some(("password", _)) => shown.push_str("password=***"),
            // The rest of a password with an ampersand in it, perhaps.
            _ => shown.push_str("***"),
        }
    }
    shown
}

/// A version in the history of migrations.
#[derive(diesel::QueryableByName)]
struct Applied {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

/// What a database could not do at opening.
pub(in crate::store) fn failed(url: &str, cause: impl std::fmt::Display) -> StoreError {
    StoreError::Open { url: printable(url), cause: said(url, cause) }
}

/// What the client library said, as it may stand in logs. Where it stumbles over a URL it tells the
/// whole of it; its messages end with an end of line.
pub(in crate::store) fn said(url: &str, cause: impl std::fmt::Display) -> String {
    cause.to_string().trim_end().replace(url, &printable(url))
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn no_password_is_ever_printed() {
        for (url, shown) in [
            ("postgres://u:s3cret@h:1/d", "postgres://u:***@h:1/d"),
            ("postgres://u:s3:cr@et@h/d?a=b", "postgres://u:***@h/d?***"),
            ("postgres://u:s3?cr/et@h/d?sslmode=x", "postgres://u:***@h/d?sslmode=x"),
            ("postgres://u:p@h/d?password=s3@cret", "postgres://u:***@***"),
            ("postgres://u@h:1/d?password=s3@cret", "postgres://u@h:1/d?password=***"),
            ("postgresql://h/d?password=s3cret&user=u", "postgresql://h/d?password=***&user=u"),
            ("postgres://h/d?user=u&sslpassword=s3cret", "postgres://h/d?user=u&***"),
            ("postgres://h/d?password=s3&cret", "postgres://h/d?password=***&***"),
            ("postgres://h/d?PASSWORD=s3cret", "postgres://h/d?***"),
            ("postgres://h/d?passwd=s3cret", "postgres://h/d?***"),
            ("postgres://h/d?options=s3cret", "postgres://h/d?***"),
            ("postgres://u@h/d", "postgres://u@h/d"),
            ("mysql://u:s3cret@h d", "mysql://u:***@h d"),
            ("host=127.0.0.1 port=1 password=s3cret", "***"),
            ("sqlite:u:s3cret", "***"),
            ("sqlite://a@b.db", "sqlite://a@b.db"),
            ("sqlite:///var/lib/dixit.db", "sqlite:///var/lib/dixit.db"),
            ("/var/lib/dixit.db", "/var/lib/dixit.db"),
            ("dixit.db", "dixit.db"),
        ] {
            assert_eq!(printable(url), shown);
        }
    }
}
