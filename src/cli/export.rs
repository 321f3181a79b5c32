//! `dixit export`: what the database holds, as JSON lines.

use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, options};
use crate::config::Config;
use crate::store::Store;
use crate::store::export::Part;

/// Print what the database holds, as JSON lines.
///
/// Quotes stand in the native format, one line for each reading, and can be imported again; beside
/// what was printed stands what it was resolved to. The same state gives the same bytes, whichever
/// database holds it, and while others write it is one state.
#[derive(Debug, Args)]
#[command(
    name = "export",
    after_help = "Examples:\n  \
    dixit export > quotes.jsonl\n  \
    dixit export speakers organisations roles judgements\n  \
    dixit export all | zstd > everything.jsonl.zst"
)]
pub struct Export {
    /// What to export; quotes where nothing is said.
    #[arg(value_enum)]
    parts: Vec<Wanted>,
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
        let wanted = if self.parts.is_empty() { vec![Wanted::Quotes] } else { self.parts };
        let parts: Vec<Part> = wanted.iter().flat_map(|wanted| wanted.parts()).copied().collect();
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut failed: Option<io::Error> = None;
        store.export(&parts, &mut |line| {
            let written = serde_json::to_writer(&mut out, line)
                .map_err(io::Error::from)
                .and_then(|()| out.write_all(b"\n"));
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
}
