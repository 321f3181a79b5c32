//! `dixit import`: files or standard input into the database, with an account of every line.

mod again;
mod article;
mod map;
mod rejects;
mod signals;
mod tell;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use self::article::ArticleArguments;
use self::map::{Mapped, columns};
use self::rejects::Rejects;
use self::signals::Signals;
use self::tell::{Teller, json, summary};
use super::{Failure, open, print, spinner};
use crate::config::{Config, Database};
use crate::domain::id::Id;
use crate::import::format::Format;
use crate::import::{Options, Resume, RunError, Settings, Source, run};
use crate::store::migration::{self, State};
use crate::store::{Store, StoreError, chain, imports};

/// Import what a quote extractor wrote.
///
/// The format is found out from the content, plain or compressed by bzip2, gzip or zstd. Importing the
/// same input twice changes nothing. After an interruption or a crash the same import, given again,
/// goes on behind what is written. Ctrl-C finishes the batch at hand and says how to go on; once more,
/// and it ends at once.
///
/// Exit code: 0 when every row was taken, 1 when some were rejected or an input failed, 2 when nothing
/// could be read, 130 after Ctrl-C and 143 after SIGTERM.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit import statements.jsonl\n  \
    dixit import --json --rejects rejects.jsonl quotes-2017.json.bz2\n  \
    zcat night.jsonl.gz | dixit import --format native -")]
pub struct Import {
    /// Files to import, in order; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Insist on a format instead of finding it out.
    #[arg(long, long_help = formats())]
    format: Option<Format>,
    /// Go on behind what an earlier run of the same input wrote, standard input included. A file goes
    /// on by itself; with this, one that begins otherwise than it did is an error instead of being
    /// read from its beginning, and of one that was imported whole only what it has grown by is read.
    #[arg(long, conflicts_with_all = ["from_start", "dry_run"])]
    resume: bool,
    /// Read every input from its beginning, even where an earlier run stopped in the middle.
    #[arg(long)]
    from_start: bool,
    /// Stop when more than so many rows were rejected. What was written stays.
    #[arg(long, value_name = "N")]
    max_rejects: Option<u64>,
    /// What is known of the articles: JSON lines with `document_id`, the fields of the native format's
    /// `article`, and `text` or `text_file` (relative to this file).
    #[arg(long, value_name = "FILE")]
    articles: Option<PathBuf>,
    #[command(flatten)]
    article: ArticleArguments,
    /// Which columns of a table hold which fields of the native format: `quote=Text,speaker=Who`.
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Vec<Mapped>,
    /// Whose annotations to take, where an input has those of several.
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// Each input holds, for each article in it, everything that its extractor found there: quotes keep
    /// their ids where the words are the same, the extractor's older readings make way, and what it
    /// did not find any more is marked as vanished. Nothing vanishes from an article of which a row is
    /// rejected.
    #[arg(long)]
    replace_article: bool,
    /// Do everything and undo it at the end: the report tells what would happen. Other imports into
    /// the same database wait meanwhile.
    #[arg(long)]
    dry_run: bool,
    /// Print the report as one JSON object on standard output.
    #[arg(long)]
    json: bool,
    /// Write rejected rows to this file as JSON lines instead of to standard error. What is in it of
    /// imports that stopped in the middle stays; the rest is removed.
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
        let rejects = self.rejects(&store)?;
        let sources = self.files.iter().map(|name| Source::named(name)).collect();
        let signals = Signals::hear()?;
        let options = Options { stop: signals.stop(), ..self.options()? };
        let mut teller = Teller { bar: spinner(), rejects };
        let done = run(&store, sources, &options, &mut teller);
        teller.bar.finish_and_clear();
        let report = done.map_err(|error| self.failed(&error))?;
        print(&if self.json { json(&report)? } else { summary(&report) })?;
        if !report.interrupted {
            return Ok(ExitCode::from(report.exit_code()));
        }
        if !self.dry_run {
            teller.say(&format!("dixit: interrupted; {}", how_to_go_on()));
        }
        Ok(ExitCode::from(signals.exit_code()))
    }
}

/// Where what is written stays, and the same command goes on behind it.
fn how_to_go_on() -> String {
    let arguments = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned());
    format!("to go on behind what is written:\n    {}", again::command(arguments))
}

impl Import {
    fn options(&self) -> Result<Options, Failure> {
        let mut articles = self.article.articles()?;
        if let Some(path) = &self.articles {
            articles = articles.with_sidecar(path)?;
        }
        let settings = Settings {
            articles,
            map: columns(&self.map).map_err(Failure)?,
            annotator: self.annotator.clone(),
            trusted: true,
            replace_articles: self.replace_article,
        };
        let resume = match (self.resume, self.from_start) {
            (true, _) => Resume::Insist,
            (_, true) => Resume::Never,
            _ => Resume::Auto,
        };
        Ok(Options {
            format: self.format,
            settings: Arc::new(settings),
            dry_run: self.dry_run,
            resume,
            max_rejects: self.max_rejects,
            ..Options::default()
        })
    }

    /// What a person is told of an import that failed in the middle.
    fn failed(&self, error: &RunError) -> Failure {
        let why = chain(error);
        match error {
            RunError::Store(StoreError::Overtaken) => Failure(why),
            _ if self.dry_run => Failure(why),
            _ => Failure(format!("{why}\nWhen that is mended, {}", how_to_go_on())),
        }
    }

    /// Opens `--rejects`.
    fn rejects(&self, store: &Store) -> Result<Option<Rejects>, Failure> {
        let Some(path) = &self.rejects else { return Ok(None) };
        let are_kept = |ids: &[Id]| -> Result<Vec<Id>, Failure> {
            if self.dry_run {
                return Ok(Vec::new());
            }
            let with_finished = self.resume;
            Ok(store.at_the_primary().read(|c| imports::to_go_on(c, ids, with_finished))?)
        };
        let named = |Failure(why)| Failure(format!("--rejects {}: {why}", path.display()));
        Rejects::open(path, are_kept).map(Some).map_err(named)
    }

    /// `--rejects` empties its file: it must not be one that is to be read.
    fn refuse_own_input(&self) -> Result<(), Failure> {
        let Some(rejects) = self.rejects.as_deref() else { return Ok(()) };
        let is_input = |file: &PathBuf| rejects::is_one_file(file, rejects);
        match self.files.iter().chain(&self.articles).find(|file| is_input(file)) {
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

/// What `--help` says of formats.
fn formats() -> String {
    let each = Format::all().map(|format| format!("  {format}: {}", format.about()));
    let all: Vec<String> = each.collect();
    format!("Insist on a format instead of finding it out:\n{}", all.join("\n"))
}
