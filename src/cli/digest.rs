//! `dixit digest`: what a database holds, in one number.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;
use indicatif::ProgressBar;

use super::{Failure, options, print, spinner};
use crate::config::Config;
use crate::store::Store;
use crate::store::digest::Digest;

/// Print a digest of everything that the database holds.
///
/// Two databases with one digest hold the same rows, with the same ids, whether they are files or
/// servers; so `copy` and a restored backup are proved. It reads one state of the database while
/// others write. Digests are comparable between databases with the same migrations applied.
#[derive(Debug, Args)]
#[command(
    name = "digest",
    after_help = "Examples:\n  \
    dixit digest\n  \
    DATABASE_URL=sqlite://backup.db dixit digest --json"
)]
pub struct Command {
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
}

impl Command {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let store = Store::open_existing(&config.database.url, options(&config.database))?;
        let told = Told::new();
        let digest = store.digest(&mut |table, rows| told.progress("reading", table, rows))?;
        told.done();
        print(&if self.json { serde_json::to_string(&digest)? + "\n" } else { table(&digest) })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// How far it is, on a terminal; nothing in a pipe.
pub struct Told(ProgressBar);

impl Told {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self(spinner())
    }

    /// So many rows of a table are done.
    pub fn progress(&self, doing: &str, table: &str, rows: u64) {
        self.0.set_message(format!("{doing} {table}: {rows} rows"));
    }

    /// All is done.
    pub fn done(&self) {
        self.0.finish_and_clear();
    }
}

/// A digest for people: the rows of each table, and the digest.
pub fn table(digest: &Digest) -> String {
    let mut text = String::new();
    for table in &digest.tables {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:>12}  {}", table.rows, table.table);
    }
    let _ = writeln!(text, "{:>12}  rows in all\ndigest {}", digest.rows, digest.digest);
    text
}
