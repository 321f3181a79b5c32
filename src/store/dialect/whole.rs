//! What is done with a database as a whole: telling it from others, copies of it in a file.

use std::path::Path;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool};
use diesel::sql_types::Text;

use super::{Connection, failed, on, sqlite};
use crate::store::error::Result;

#[derive(QueryableByName)]
struct Cell {
    #[diesel(sql_type = Text)]
    value: String,
}

/// Lifts the limits on time to the end of the open transaction: what walks through a whole database
/// may wait for another one in between.
pub fn lift_limits(connection: &mut Connection) -> QueryResult<()> {
    match connection {
        Connection::Sqlite(_) => Ok(()),
        Connection::Postgres(c) => c.batch_execute(
            "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0",
        ),
    }
}

/// What tells this database from every other, under whichever address it was reached.
pub fn identity(connection: &mut Connection) -> QueryResult<String> {
    let query = match connection {
        Connection::Sqlite(_) => {
            "SELECT file AS value FROM pragma_database_list WHERE name = 'main'"
        }
        Connection::Postgres(_) => {
            "SELECT system_identifier || '/' || current_database() AS value \
             FROM pg_control_system()"
        }
    };
    let cell: Cell = on!(connection, |c| diesel::sql_query(query).get_result(c))?;
    Ok(cell.value)
}

/// What a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its kind.
    pub kind: &'static str,
    /// The version of what serves it.
    pub version: String,
    /// What it takes, in bytes.
    pub bytes: u64,
}

/// What this database is.
pub fn about(connection: &mut Connection) -> QueryResult<About> {
    let (kind, query) = match connection {
        Connection::Sqlite(_) => (
            "SQLite",
            "SELECT sqlite_version() || ' ' || (page_count * page_size) AS value \
             FROM pragma_page_count, pragma_page_size",
        ),
        Connection::Postgres(_) => (
            "PostgreSQL",
            "SELECT current_setting('server_version') || ' ' \
             || pg_database_size(current_database()) AS value",
        ),
    };
    let cell: Cell = on!(connection, |c| diesel::sql_query(query).get_result(c))?;
    let (version, bytes) = cell.value.rsplit_once(' ').unwrap_or((&cell.value, ""));
    Ok(About { kind, version: version.to_owned(), bytes: bytes.parse().unwrap_or_default() })
}

/// Writes the embedded database, as it is now, to a file that is empty or not there.
pub fn vacuum_into(connection: &mut sqlite::Pooled, file: &Path) -> QueryResult<()> {
    let file = file.to_string_lossy().into_owned();
    diesel::sql_query("VACUUM INTO $1").bind::<Text, _>(file).execute(&mut **connection).map(drop)
}

/// Opens a copy of the embedded database as it lies there: nothing is set or made beside it.
pub fn open_copy(file: &Path) -> Result<Connection> {
    let name = file.to_string_lossy();
    let manager = ConnectionManager::new(name.as_ref());
    let pool = Pool::builder().max_size(1).build(manager).map_err(|error| failed(&name, error))?;
    Ok(Connection::Sqlite(pool.get().map_err(|error| failed(&name, error))?))
}

/// What is damaged in an embedded database; nothing in a good one.
pub fn damage(connection: &mut Connection) -> QueryResult<Vec<String>> {
    let check = "SELECT integrity_check AS value FROM pragma_integrity_check";
    let found: Vec<Cell> = on!(connection, |c| diesel::sql_query(check).load(c))?;
    Ok(found.into_iter().map(|cell| cell.value).filter(|value| value != "ok").collect())
}

/// A name for what the open transaction sees, by which another session sees the same.
pub fn export_snapshot(connection: &mut Connection) -> QueryResult<String> {
    let query = "SELECT pg_export_snapshot() AS value";
    let cell: Cell = on!(connection, |c| diesel::sql_query(query).get_result(c))?;
    Ok(cell.value)
}

/// The major version of a PostgreSQL server.
pub fn server_version(connection: &mut Connection) -> QueryResult<u32> {
    let query = "SELECT (current_setting('server_version_num')::int / 10000)::text AS value";
    let cell: Cell = on!(connection, |c| diesel::sql_query(query).get_result(c))?;
    Ok(cell.value.parse().unwrap_or_default())
}
