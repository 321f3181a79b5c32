//! Migrations: where the tables of a database are, and how they move up and down.
//!
//! Whoever moves them does so alone among all programs, and decides under that lock what there is
//! to do. A database that a newer dixit wrote is left alone: nobody here knows what it means.

use diesel::connection::Connection;
use diesel::migration::{Migration as _, MigrationSource as _};
use diesel::result::QueryResult;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness};

use super::dialect::{of, printable};
use super::error::{Result, StoreError};
use super::{Options, Store};

/// Whether a migration was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It was.
    Applied,
    /// Not yet: `dixit migrate up`, and opening the database, run it.
    Pending,
    /// It was, by a newer dixit: this one does not know it.
    Unknown,
}

/// One migration of a database.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Migration {
    /// Its folder's name; of one that this program does not know, its version alone.
    pub name: String,
    /// Whether it was run.
    pub state: State,
}

/// What each database does in its own way; the rest of this file does it.
pub(in crate::store) trait Migrating:
    Connection + MigrationHarness<<Self as Connection>::Backend>
{
    /// The migrations that this program knows.
    const MIGRATIONS: EmbeddedMigrations;

    /// A connection to the database at `url`; a file is made where there is none.
    fn connect(url: &str) -> Result<Self>;

    /// Sets what stays with the database and is no table.
    fn prepare(&mut self) -> QueryResult<()> {
        Ok(())
    }

    /// Whether the database exists, as far as that can be known without making it.
    fn exists(url: &str) -> Result<bool>;

    /// The versions that were run. Writes nothing.
    fn versions(&mut self) -> QueryResult<Vec<String>>;

    /// Runs `work` while no other program migrates this database.
    fn alone<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T>;
}

/// Every migration, the oldest first. Makes neither a file nor a table.
///
/// # Errors
/// [`StoreError::Missing`] where there is no database.
pub fn status(url: &str) -> Result<Vec<Migration>> {
    of!(url, |C| {
        require_existing::<C>(url)?;
        C::connect(url).and_then(|mut c| look(&mut c)).map_err(|error| error.at(url))
    })
}

/// Runs what is pending; answers the names of what it ran. Makes the database's file where there is
/// none.
///
/// # Errors
/// [`StoreError::Newer`] for a database of a newer dixit.
pub fn up(url: &str) -> Result<Vec<String>> {
    of!(url, |C| raise::<C>(url))
}

/// The newest migration that was run: what [`down`] would revert.
///
/// # Errors
/// As [`down`].
pub fn newest(url: &str) -> Result<Option<String>> {
    Ok(newest_of(refuse_newer(url, status(url)?)?))
}

/// Reverts the newest migration, with all data in its tables; answers its name, `None` where there
/// was nothing to revert.
///
/// # Errors
/// [`StoreError::Missing`] where there is no database, [`StoreError::Newer`] where its newest
/// migration is of a newer dixit, which alone knows how to revert it.
pub fn down(url: &str) -> Result<Option<String>> {
    of!(url, |C| {
        require_existing::<C>(url)?;
        let mut connection = C::connect(url).map_err(|error| error.at(url))?;
        let reverted = connection.alone(|c| {
            let newest = newest_of(refuse_newer(url, look(c)?)?);
            if newest.is_some() {
                c.revert_last_migration(C::MIGRATIONS).map_err(StoreError::migration)?;
            }
            Ok(newest)
        });
        reverted.map_err(|error| error.at(url))
    })
}

impl Store {
    /// Opens a database that is there, with its tables as this program has them.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none and [`StoreError::Behind`] where migrations are
    /// pending: a command that only looks neither makes nor changes one.
    pub fn open_existing(url: &str, options: Options) -> Result<Self> {
        let pending = refuse_newer(url, status(url)?)?.into_iter();
        let pending = pending.filter(|migration| migration.state == State::Pending);
        match pending.map(|migration| migration.name).collect::<Vec<_>>() {
            none if none.is_empty() => Self::open(url, options),
            pending => {
                Err(StoreError::Behind { url: printable(url), migrations: pending.join(", ") })
            }
        }
    }
}

/// Runs what is pending in the database at `url`.
pub(in crate::store) fn raise<C: Migrating>(url: &str) -> Result<Vec<String>> {
    let pending = |c: &mut C| -> Result<Vec<String>> {
        let migrations = refuse_newer(url, look(c)?)?.into_iter();
        let pending = migrations.filter(|migration| migration.state == State::Pending);
        Ok(pending.map(|migration| migration.name).collect())
    };
    let raised = C::connect(url).and_then(|mut connection| {
        connection.prepare()?;
        // Looked at without the lock, which another program may hold, and without the right to
        // write: a reading role may open what is up to date. The look itself may fail where
        // another first start writes at this moment: then the second look, under the lock, decides.
        match pending(&mut connection) {
            Ok(names) if names.is_empty() => return Ok(names),
            Err(error @ StoreError::Newer { .. }) => return Err(error),
            _ => {}
        }
        connection.alone(|c| {
            let names = pending(c)?;
            if !names.is_empty() {
                c.run_pending_migrations(C::MIGRATIONS).map_err(StoreError::migration)?;
            }
            Ok(names)
        })
    });
    raised.map_err(|error| error.at(url))
}

fn require_existing<C: Migrating>(url: &str) -> Result<()> {
    match C::exists(url)? {
        true => Ok(()),
        false => Err(StoreError::Missing { url: printable(url) }),
    }
}

/// Every migration of this program and of the database, the oldest first.
fn look<C: Migrating>(connection: &mut C) -> Result<Vec<Migration>> {
    let mut run = connection.versions()?;
    let known = C::MIGRATIONS.migrations().map_err(StoreError::migration)?;
    let mut found: Vec<(String, Migration)> = Vec::new();
    for migration in &known as &[Box<dyn diesel::migration::Migration<C::Backend>>] {
        let (version, name) =
            (migration.name().version().to_string(), migration.name().to_string());
        let state = match run.iter().position(|other| *other == version) {
            Some(place) => {
                run.swap_remove(place);
                State::Applied
            }
            None => State::Pending,
        };
        found.push((version, Migration { name, state }));
    }
    let unknown =
        |version: String| (version.clone(), Migration { name: version, state: State::Unknown });
    found.extend(run.into_iter().map(unknown));
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found.into_iter().map(|(_, migration)| migration).collect())
}

/// These migrations, all of which this program must know.
fn refuse_newer(url: &str, migrations: Vec<Migration>) -> Result<Vec<Migration>> {
    let unknown = migrations.iter().filter(|migration| migration.state == State::Unknown);
    let unknown: Vec<&str> = unknown.map(|migration| migration.name.as_str()).collect();
    if unknown.is_empty() {
        return Ok(migrations);
    }
    Err(StoreError::Newer { url: printable(url), migrations: unknown.join(", ") })
}

/// The newest of these that was run.
fn newest_of(migrations: Vec<Migration>) -> Option<String> {
    let mut applied = migrations.into_iter().filter(|m| m.state == State::Applied);
    applied.next_back().map(|migration| migration.name)
}
