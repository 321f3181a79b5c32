//! Where a test's database is: a file, or a database of the tests' own server.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tempfile::TempDir;

use super::backend::Backend;
use super::cluster;
use super::direct::Direct;

/// The database that others are copied from: migrated, and empty.
const TEMPLATE: &str = "dixit_template";

/// A place for one database, with a directory beside it; both are gone with the value.
pub struct Home {
    directory: TempDir,
    url: String,
    /// The database's name on the server, if it is there.
    name: Option<String>,
}

impl Home {
    /// One where dixit has never been: no file, or a database without tables.
    pub fn new(backend: Backend) -> Self {
        Self::copied(backend, "template0")
    }

    /// One with a database that is elsewhere.
    pub fn at(url: String) -> Self {
        Self { directory: tempfile::tempdir().unwrap(), url, name: None }
    }

    /// One with all tables, and no rows. SQLite's file is made by who opens it.
    pub fn migrated(backend: Backend) -> Self {
        if backend == Backend::Postgres {
            static MIGRATED: OnceLock<()> = OnceLock::new();
            MIGRATED.get_or_init(|| {
                let server = cluster::shared();
                server.create(TEMPLATE, "template0");
                dixit::store::migration::up(&server.url(TEMPLATE)).unwrap();
                server.psql(
                    "postgres",
                    &format!(
                        "ALTER DATABASE {TEMPLATE} WITH ALLOW_CONNECTIONS false;
                         SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                         WHERE datname = '{TEMPLATE}'"
                    ),
                );
            });
        }
        Self::copied(backend, TEMPLATE)
    }

    fn copied(backend: Backend, template: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        match backend {
            Backend::Sqlite => {
                let url = format!("sqlite://{}", directory.path().join("work.db").display());
                Self { directory, url, name: None }
            }
            Backend::Postgres => {
                static NUMBER: AtomicUsize = AtomicUsize::new(0);
                let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
                let server = cluster::shared();
                server.create(&name, template);
                Self { directory, url: server.url(&name), name: Some(name) }
            }
        }
    }

    /// What `DATABASE_URL` says of it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The directory.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }

    /// A connection past dixit.
    pub fn direct(&self) -> Direct {
        Direct::to(&self.url)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A test that fails has told why; a second panic would end the process.
        if let Some(name) = self.name.take()
            && !std::thread::panicking()
        {
            cluster::shared().drop_database(&name);
        }
    }
}
