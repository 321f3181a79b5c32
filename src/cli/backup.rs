//! `dixit backup`: the database in one file, while it is used.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::digest::{Told, table};
use super::{Failure, options, print};
use crate::config::Config;
use crate::store::backup::backup;

/// Write the database to one new file, while it is used.
///
/// The file gets its name when it is whole and on the disk. Of an embedded database it is a
/// database itself: copy it back, or serve it. Of PostgreSQL it is `pg_dump`'s custom format, for
/// `pg_restore`; `pg_dump` must be installed, of the server's version or newer. The digest that is
/// printed is that of what is in the file: `dixit digest` proves a restored one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit backup night.db\n  \
    DATABASE_URL=sqlite://night.db dixit digest\n  \
    DATABASE_URL=postgres://dixit@db.example/dixit dixit backup night.dump\n  \
    pg_restore --dbname=postgres://dixit@db.example/restored night.dump")]
pub struct Backup {
    /// The file to write; there must be none of that name.
    file: PathBuf,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
}

impl Backup {
    /// Makes the backup.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let database = &config.database;
        let told = Told::new();
        let progress = &mut |table: &'static str, rows| told.progress("checking", table, rows);
        let made = backup(&database.url, &options(database), &self.file, progress)?;
        told.done();
        if self.json {
            print(&(serde_json::to_string(&made)? + "\n"))?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut text = table(&made.digest);
        text += &format!("{} has {} bytes\n", made.file.display(), made.bytes);
        if !made.compared {
            text += "The file is sound; the database was written to meanwhile, so that the two \
                     could not be compared.\n";
        }
        print(&text)?;
        Ok(ExitCode::SUCCESS)
    }
}
