//! `dixit resolve`: what every quote means, worked out anew from what was printed.

use std::fmt::Write as _;
use std::process::ExitCode;

use clap::Args;

use super::{Failure, options, print, spinner};
use crate::config::Config;
use crate::store::Store;
use crate::store::write::Resolved;

/// Resolve every quote anew from what was printed, and tell what changed.
///
/// Run it after an update of dixit whose vocabularies know more titles, names or organisations.
/// Judgements stay in force. It can be stopped and run again at any time; imports and readers go on
/// beside it.
#[derive(Debug, Args)]
#[command(
    name = "resolve",
    after_help = "Examples:\n  \
    dixit resolve --dry-run --limit 50\n  \
    dixit resolve --json > changes.json"
)]
pub struct Resolve {
    /// Tell what would change, and change nothing. Nobody else can write meanwhile.
    #[arg(long)]
    dry_run: bool,
    /// How many kinds of changes to list, the most frequent first.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Print one JSON object on standard output.
    #[arg(long)]
    json: bool,
}

impl Resolve {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let store = Store::open_existing(&config.database.url, options(&config.database))?;
        let bar = spinner();
        let report = store.resolve_all(self.dry_run, &mut |articles| {
            bar.set_message(format!("resolving: {articles} articles"));
        })?;
        bar.finish_and_clear();
        print(&if self.json {
            serde_json::to_string(&report)? + "\n"
        } else {
            text(&report, self.dry_run, self.limit)
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The report for people. Writing to a String cannot fail.
fn text(report: &Resolved, dry_run: bool, limit: usize) -> String {
    let mut text = String::new();
    let would = if dry_run { "would mean" } else { "mean" };
    let _ = writeln!(
        text,
        "{:>12}  articles\n{:>12}  quotes {would} something else\n{:>12}  organisations have \
         changed in the vocabulary\n{:>12}  articles have another publisher",
        report.articles, report.changed, report.organisations, report.publishers
    );
    for change in report.changes.iter().take(limit) {
        let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "nothing".to_owned());
        let (from, to) = (name(&change.from), name(&change.to));
        let _ = writeln!(text, "{:>12}  {}: {from} → {to}", change.quotes, change.field);
    }
    let more = report.changes.len().saturating_sub(limit);
    if more > 0 {
        let _ = writeln!(text, "{:>12}  … and {more} more changes: see --limit, --json", "");
    }
    text
}
