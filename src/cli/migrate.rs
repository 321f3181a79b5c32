//! `dixit migrate`: what the tables of the database are at, up and down.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Failure, options, print};
use crate::config::Config;
use crate::store::Store;
use crate::store::dialect::printable;
use crate::store::migration::{self, State};

/// Bring the database's tables up to date, or take the newest migration back.
///
/// Every command that opens a database brings it up to date first; `up` does this alone, and makes
/// the database's file where there is none.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit migrate status --json\n  \
    DATABASE_URL=postgres://dixit@db.example/dixit dixit migrate up\n  \
    dixit migrate down --yes")]
pub struct Migrate {
    #[command(subcommand)]
    direction: Direction,
}

#[derive(Debug, Subcommand)]
enum Direction {
    /// List the migrations and whether they are applied; changes nothing.
    ///
    /// Exit code: 0 when the database is up to date, 1 when migrations are pending or were applied
    /// by a newer dixit, 2 when there is no database.
    #[command(after_help = "Examples:\n  \
        dixit migrate status\n  \
        dixit migrate status --json")]
    Status {
        /// Print one JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Run what is pending, and make the indexes that need it.
    #[command(after_help = "Examples:\n  \
        dixit migrate up\n  \
        DATABASE_URL=postgres://dixit@db.example/dixit dixit migrate up")]
    Up,
    /// Take the newest migration back, with all data in its tables.
    #[command(after_help = "Example:\n  dixit migrate down --yes")]
    Down {
        /// Really delete the data.
        #[arg(long)]
        yes: bool,
    },
}

impl Migrate {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let url = &config.database.url;
        match self.direction {
            Direction::Status { json } => status(url, json),
            Direction::Up => {
                let names = migration::up(url)?;
                // Opening it makes the indexes that rows of before need.
                Store::open(url, options(&config.database))?;
                let told: String = names.iter().map(|name| format!("applied {name}\n")).collect();
                print(if told.is_empty() { "nothing was pending\n" } else { &told })?;
                Ok(ExitCode::SUCCESS)
            }
            Direction::Down { yes } => down(url, yes),
        }
    }
}

fn status(url: &str, json: bool) -> Result<ExitCode, Failure> {
    let migrations = migration::status(url)?;
    let up_to_date = migrations.iter().all(|migration| migration.state == State::Applied);
    let text = if json {
        let database = printable(url);
        let all = serde_json::json!({
            "database": database, "upToDate": up_to_date, "migrations": migrations
        });
        format!("{all}\n")
    } else {
        let line = |migration: &migration::Migration| {
            let state = match migration.state {
                State::Applied => "applied",
                State::Pending => "pending",
                State::Unknown => "unknown to this dixit",
            };
            format!("{}  {state}\n", migration.name)
        };
        migrations.iter().map(line).collect()
    };
    print(&text)?;
    Ok(ExitCode::from(u8::from(!up_to_date)))
}

fn down(url: &str, yes: bool) -> Result<ExitCode, Failure> {
    if !yes {
        let what = match migration::newest(url)? {
            Some(name) => format!("{name} of {}", printable(url)),
            None => return nothing_to_revert(),
        };
        return Err(Failure(format!(
            "this would revert {what} and delete all data in its tables: \
             make a backup (`dixit backup FILE`), then say `dixit migrate down --yes`"
        )));
    }
    match migration::down(url)? {
        Some(name) => {
            print(&format!("reverted {name}\n"))?;
            Ok(ExitCode::SUCCESS)
        }
        None => nothing_to_revert(),
    }
}

fn nothing_to_revert() -> Result<ExitCode, Failure> {
    print("no migration is applied\n")?;
    Ok(ExitCode::SUCCESS)
}
