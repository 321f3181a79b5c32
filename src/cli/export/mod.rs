//! `dixit export`: what the database holds, as JSON lines or CSV.

mod csv;

use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, options};
use crate::config::Config;
use crate::graphql::quote_condition;
use crate::store::Store;
use crate::store::export::{Choice, Part};
use crate::store::quote::Condition;

/// Print what the database holds, as JSON lines or CSV.
///
/// Quotes stand in the native format, one line for each reading, and imported into an empty database
/// they are the same quotes again, ids included; beside what was printed stands what it was resolved
/// to. The same state gives the same bytes, whichever
/// database holds it, and while others write it is one state.
#[derive(Debug, Args)]
#[command(
    name = "export",
    after_help = "Examples:\n  \
    dixit export > quotes.jsonl\n  \
    dixit export --format csv --filter '{\"role\": {\"officialOf\": \"DEFENCE\"}}' > defence.csv\n  \
    dixit export speakers organisations roles judgements\n  \
    dixit export all | gzip > everything.jsonl.gz"
)]
pub struct Export {
    /// What to export; quotes where nothing is said.
    #[arg(value_enum)]
    parts: Vec<Wanted>,
    /// How it is written; CSV holds quotes alone, and is safe from formulas.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Which quotes: JSON, as the argument `filter` of the API's `quotes` takes it.
    #[arg(long, value_name = "JSON", value_parser = quote_condition)]
    filter: Option<Condition>,
    /// Leave out what the quotes were resolved to, which depends on judgements and records too.
    #[arg(long)]
    printed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Form {
    /// JSON lines.
    #[default]
    Native,
    /// CSV.
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    /// Quotes with the readings that contradict them.
    Quotes,
    /// Speakers with their names and the Wikidata items that they may be.
    Speakers,
    /// Organisations with their names.
    Organisations,
    /// Roles.
    Roles,
    /// Judgements in force.
    Judgements,
    /// All of these.
    All,
}

impl Wanted {
    fn parts(self) -> &'static [Part] {
        match self {
            Self::Quotes => &[Part::Quotes],
            Self::Speakers => &[Part::Speakers],
            Self::Organisations => &[Part::Organisations],
            Self::Roles => &[Part::Roles],
            Self::Judgements => &[Part::Judgements],
            Self::All => {
                use Part::{Judgements, Organisations, Quotes, Roles, Speakers};
                &[Quotes, Speakers, Organisations, Roles, Judgements]
            }
        }
    }
}

impl Export {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let store = Store::open_existing(&config.database.url, options(&config.database))?;
        let all = vec![Wanted::Quotes];
        let wanted = if self.parts.is_empty() { &all } else { &self.parts };
        let parts: Vec<Part> = wanted.iter().flat_map(|wanted| wanted.parts()).copied().collect();
        self.refuse_others(&parts)?;
        let choice = Choice { resolved: !self.printed, ..Choice::default() };
        let choice = match self.filter {
            Some(condition) => Choice { condition, ..choice },
            None => choice,
        };
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut failed = match self.format {
            Form::Native => None,
            Form::Csv => csv::head(&mut out).err(),
        };
        store.export_some(&parts, &choice, &mut |line| {
            let written = match self.format {
                _ if failed.is_some() => return ControlFlow::Break(()),
                Form::Native => serde_json::to_writer(&mut out, line)
                    .map_err(io::Error::from)
                    .and_then(|()| out.write_all(b"\n")),
                Form::Csv => csv::row(&mut out, line),
            };
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        let done = match failed {
            Some(error) => Err(error),
            None => out.flush(),
        };
        match done {
            // A reader that went away (`| head`) is no failure.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(ExitCode::SUCCESS),
        }
    }
    /// A filter and CSV are for quotes.
    fn refuse_others(&self, parts: &[Part]) -> Result<(), Failure> {
        let what = match (self.format, &self.filter) {
            (Form::Csv, _) => "--format csv",
            (_, Some(_)) => "--filter",
            _ => return Ok(()),
        };
        match parts.iter().all(|part| *part == Part::Quotes) {
            true => Ok(()),
            false => Err(Failure(format!("{what} is for quotes alone: leave the other parts out"))),
        }
    }
}
