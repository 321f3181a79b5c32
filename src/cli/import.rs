//! `dixit import`: files or standard input into the database, with an account of every line.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use indicatif::ProgressBar;

use super::{Failure, open, print, spinner};
use crate::config::{Config, Database};
use crate::domain::text::mended;
use crate::import::format::Format;
use crate::import::{Options, Progress, Rejection, Report, Source, SourceError, run};
use crate::store::StoreError;
use crate::store::migration::{self, State};

/// How much of a rejected row is shown on standard error, in characters.
const SHOWN: usize = 300;

/// Import what a quote extractor wrote.
///
/// The format is found out from the content: dixit's native JSON lines or Quotebank's
/// quote-centric JSON lines, plain or compressed by bzip2, gzip or zstd. Importing the same input
/// twice changes nothing; after an interruption, run the same import again.
///
/// Exit code: 0 when every line was taken, 1 when some were rejected or an input failed, 2 when
/// nothing could be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit import statements.jsonl\n  \
    dixit import --json --rejects rejects.jsonl quotes-2017.json.bz2\n  \
    zcat night.jsonl.gz | dixit import --format native -")]
pub struct Import {
    /// Files to import, in order; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Insist on a format instead of finding it out: native or quotebank.
    #[arg(long)]
    format: Option<Format>,
    /// Do everything and undo it at the end: the report tells what would happen. Other imports into
    /// the same database wait meanwhile.
    #[arg(long)]
    dry_run: bool,
    /// Print the report as one JSON object on standard output.
    #[arg(long)]
    json: bool,
    /// Write rejected rows to this file as JSON lines instead of to standard error.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

impl Import {
    /// Runs the import.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        self.refuse_own_input()?;
        // A rehearsal must not leave a database behind where there was none.
        let (database, _temporary) = rehearsal_database(&config.database, self.dry_run)?;
        // It reads nothing from replicas.
        let replicas = Vec::new();
        let store = open(&Database { replicas, ..database })?;
        let mut rejects = None;
        if let Some(path) = &self.rejects {
            let file = File::create(path)
                .map_err(|error| Failure(format!("--rejects {}: {error}", path.display())))?;
            rejects = Some(BufWriter::new(file));
        }
        let sources = self.files.iter().map(|name| Source::named(name)).collect();
        let options = Options { format: self.format, dry_run: self.dry_run };
        let mut teller = Teller { bar: spinner(), rejects, broken: None };
        let report = run(&store, sources, &options, &mut teller)?;
        teller.bar.finish_and_clear();
        if let Some(error) = teller.finish() {
            return Err(Failure(format!("--rejects: {error}")));
        }
        print(&if self.json { json(&report)? } else { summary(&report) })?;
        Ok(ExitCode::from(report.exit_code()))
    }
}

impl Import {
    /// `--rejects` empties its file: it must not be one that is to be read.
    fn refuse_own_input(&self) -> Result<(), Failure> {
        let Some(rejects) = self.rejects.as_deref().and_then(|path| path.canonicalize().ok())
        else {
            return Ok(());
        };
        let is_input = |file: &PathBuf| file.canonicalize().is_ok_and(|file| file == rejects);
        match self.files.iter().find(|file| is_input(file)) {
            Some(file) => {
                let text = format!("--rejects {} is an input of this import", file.display());
                Err(Failure(text))
            }
            None => Ok(()),
        }
    }
}

/// Where a rehearsal takes place: in the database itself, or, where that does not exist yet or has no
/// tables, in a temporary one.
fn rehearsal_database(
    database: &Database,
    dry_run: bool,
) -> Result<(Database, Option<tempfile::TempDir>), Failure> {
    if !dry_run || has_tables(&database.url)? {
        return Ok((database.clone(), None));
    }
    let directory = tempfile::tempdir()?;
    let url = format!("sqlite://{}", directory.path().join("rehearsal.db").display());
    Ok((Database { url, replicas: Vec::new(), ..database.clone() }, Some(directory)))
}

/// Whether dixit has been in the database at this URL.
fn has_tables(url: &str) -> Result<bool, Failure> {
    match migration::status(url) {
        Ok(migrations) => Ok(migrations.iter().any(|m| m.state != State::Pending)),
        Err(StoreError::Missing { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Tells a person how it goes.
struct Teller {
    bar: ProgressBar,
    rejects: Option<BufWriter<File>>,
    broken: Option<std::io::Error>,
}

impl Teller {
    fn finish(mut self) -> Option<std::io::Error> {
        let flushed = self.rejects.as_mut().map(Write::flush);
        self.broken.or_else(|| flushed.and_then(Result::err))
    }

    fn say(&self, text: &str) {
        // Nobody may be reading any more (`2>&1 | head`): the import goes on.
        self.bar.suspend(|| drop(writeln!(std::io::stderr(), "{text}")));
    }
}

impl Progress for Teller {
    fn written(&mut self, report: &Report) {
        let rate = report.lines as f64 / report.seconds.max(0.001);
        self.bar.set_message(format!(
            "{} lines: {} accepted, {} known, {} changed, {} rejected ({rate:.0} lines/s)",
            report.lines, report.accepted, report.known, report.changed, report.rejected
        ));
    }

    fn rejected(&mut self, rejection: &Rejection) {
        if let Some(file) = &mut self.rejects {
            let written = serde_json::to_writer(&mut *file, rejection)
                .map_err(std::io::Error::from)
                .and_then(|()| file.write_all(b"\n"));
            if let Err(error) = written {
                self.broken.get_or_insert(error);
            }
            return;
        }
        let Rejection { source, line, field, code, reason, row } = rejection;
        let field = field.as_deref().map(|field| format!("field `{field}`: ")).unwrap_or_default();
        let code = code.as_str();
        let mut shown: String = row.chars().take(SHOWN).collect();
        let cut = shown.len() < row.len();
        shown = shown_safely(&shown);
        if cut {
            shown.push('…');
        }
        let why = shown_safely(&format!("{source}:{line}: rejected ({code}): {field}{reason}"));
        self.say(&format!("{why}\n    {shown}"));
    }

    fn told(&mut self, source: &str, line: u64, what: &str) {
        self.say(&shown_safely(&format!("{source}:{line}: {what}")));
    }

    fn failed(&mut self, error: &SourceError) {
        self.say(&shown_safely(&format!("dixit: {error}")));
    }
}

/// A text on one line, without anything that could steer the terminal or reorder what it shows.
fn shown_safely(text: &str) -> String {
    mended(text).0.replace(['\n', '\r', '\t'], " ")
}

fn json(report: &Report) -> Result<String, Failure> {
    Ok(serde_json::to_string(report)? + "\n")
}

fn summary(report: &Report) -> String {
    let mut text = String::new();
    let mut line = |words: String| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{words}");
    };
    for source in &report.sources {
        line(shown_safely(&format!("{} ({})", source.source, source.format)));
    }
    line(format!(
        "{} lines in {:.1} s: {} accepted, {} known already, {} changed, {} rejected",
        report.lines,
        report.seconds,
        report.accepted,
        report.known,
        report.changed,
        report.rejected
    ));
    let quotes = report.quotes;
    line(format!(
        "{} quotes: {} new, {} known already, {} changed ({} keep readings that contradict each other)",
        quotes.accepted + quotes.known + quotes.changed,
        quotes.accepted,
        quotes.known,
        quotes.changed,
        quotes.contradicting
    ));
    line(format!("{} lines name no speaker", report.without_speaker));
    let articles = &report.articles;
    if articles.unified > 0 || articles.left_out > 0 {
        let by: Vec<String> =
            articles.unified_by.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        line(format!(
            "{} quote–article pairs: {} were another one of their line ({}), {} addresses left out",
            articles.pairs,
            articles.unified,
            by.join(", "),
            articles.left_out
        ));
    }
    if report.mended > 0 {
        line(format!("{} lines had characters replaced by U+FFFD", report.mended));
    }
    for (code, count) in &report.rejected_by {
        line(format!("rejected as {code}: {count}"));
    }
    if report.dry_run {
        line("dry run: nothing was kept".to_owned());
    }
    text
}
