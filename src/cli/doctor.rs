//! `dixit doctor`: whether settings, database and indexes are as they should be.

use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Failure, options, print};
use crate::config::{Config, Origin, given};
use crate::domain::organisation;
use crate::store::dialect::printable;
use crate::store::migration::{self, State};
use crate::store::{Store, chain};

/// Check the settings, the database and its indexes, and tell the versions of the vocabulary.
///
/// Each setting that is not left at its default is told with where it stands; passwords are not. The
/// indexes by which words are found are compared with the quotes, both ways, in one state of the
/// database while others write. Nothing is changed without `--repair`.
///
/// Exit code: 0 when all is well, 1 when something is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit doctor\n  \
    dixit doctor --repair\n  \
    DATABASE_URL=postgres://dixit@db.example/dixit dixit doctor --json")]
pub struct Doctor {
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
    /// Make indexes anew that do not agree with the quotes.
    #[arg(long)]
    repair: bool,
}

/// What was looked at.
#[derive(Debug, Serialize)]
struct Check {
    /// What it is.
    check: String,
    /// Whether it is well.
    well: bool,
    /// What was seen, and what to do where it is not well.
    told: String,
}

impl Check {
    fn of(check: &str, seen: Result<String, String>) -> Self {
        let well = seen.is_ok();
        Self { check: check.to_owned(), well, told: seen.unwrap_or_else(|wrong| wrong) }
    }
}

impl Doctor {
    /// Runs the command; the settings are the first thing that it looks at.
    pub fn run(self, read: fn() -> Result<Config, Failure>) -> Result<ExitCode, Failure> {
        let checks = match read() {
            Ok(config) => self.look(&config)?,
            Err(Failure(why)) => vec![Check::of("settings", Err(why))],
        };
        let well = checks.iter().all(|check| check.well);
        let text = if self.json {
            format!("{}\n", serde_json::json!({ "well": well, "checks": checks }))
        } else {
            let line = |Check { check, well, told }: &Check| {
                format!("{:5} {check}: {told}\n", if *well { "well" } else { "WRONG" })
            };
            checks.iter().map(line).collect()
        };
        print(&text)?;
        Ok(ExitCode::from(u8::from(!well)))
    }

    fn look(&self, config: &Config) -> Result<Vec<Check>, Failure> {
        let url = &config.database.url;
        let mut checks = settings()?;
        let files = organisation::files().into_iter();
        let files: Vec<String> =
            files.map(|(name, version, _)| format!("{name} {version}")).collect();
        checks.push(Check::of("vocabulary", Ok(files.join(", "))));
        let migrations = match migration::status(url) {
            Ok(migrations) => migrations,
            Err(error) => {
                checks.push(Check::of("database", Err(chain(&error))));
                return Ok(checks);
            }
        };
        checks.push(Check::of("database", Ok(printable(url))));
        let behind = migrations.iter().filter(|migration| migration.state != State::Applied);
        let behind: Vec<&str> = behind.map(|migration| migration.name.as_str()).collect();
        checks.push(Check::of(
            "migrations",
            match behind.is_empty() {
                true => Ok(format!("{} applied", migrations.len())),
                false => Err(format!("not as this dixit has them: {}", behind.join(", "))),
            },
        ));
        if !behind.is_empty() {
            return Ok(checks);
        }
        let store = Store::open_existing(url, options(&config.database))?;
        let about = store.about()?;
        let told = format!("{} {}, {} bytes", about.kind, about.version, about.bytes);
        checks.push(Check::of("database version", Ok(told)));
        let mut seen = store.compare_indexes()?;
        let mut repaired = "";
        if self.repair && seen.iter().any(|(_, compared)| !compared.agrees()) {
            store.remake_indexes()?;
            seen = store.compare_indexes()?;
            repaired = ", made anew";
        }
        for (name, compared) in seen {
            let told = match compared.agrees() {
                true => Ok(format!("{} rows, in step{repaired}", compared.rows)),
                false => Err(format!(
                    "of {} rows {} have no entry, {} another one; {} entries are of no row: run \
                     `dixit doctor --repair`",
                    compared.rows, compared.missing, compared.wrong, compared.stray
                )),
            };
            checks.push(Check::of(&format!("index {name}"), told));
        }
        Ok(checks)
    }
}

/// The settings that somebody has set, and where.
fn settings() -> Result<Vec<Check>, Failure> {
    let given = given()?;
    let mut checks = vec![Check::of("settings", Ok(format!("read; {} are set", given.len())))];
    for one in given {
        // Of several addresses each has its own password.
        let shown: Vec<String> = match one.name.as_str() {
            "DATABASE_URL" => vec![printable(&one.value)],
            "DIXIT_REPLICA_URLS" => one.value.split(',').map(|url| printable(url.trim())).collect(),
            _ => vec![one.value],
        };
        let origin = match one.origin {
            Origin::Environment => "by the environment",
            Origin::File => "in .env",
        };
        let told = format!("{}, {origin}", shown.join(","));
        checks.push(Check::of(&format!("setting {}", one.name), Ok(told)));
    }
    Ok(checks)
}
