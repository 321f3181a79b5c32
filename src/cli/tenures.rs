//! `dixit tenures`: the record of who held which role when.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use super::{Failure, open, options, print};
use crate::config::{Config, Database};
use crate::domain::text::mended;
use crate::import::tenures::{TenureFormat, TenureReport, run};
use crate::import::{Rejection, Source};
use crate::store::Store;
use crate::store::page::{Place, Window};
use crate::store::tenure::{self, TenureCondition, TenureRow};

/// How many tenures are read at once.
const AT_ONCE: usize = 1_000;
/// How much of a rejected row is shown, in characters.
const SHOWN: usize = 300;

/// Import and list who held which role when.
///
/// A quote whose printed role the record contradicts is marked `CONFLICT`; see docs/tenures.md.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    dixit tenures import ep-popolo-v1.0.json --source everypolitician-gb-commons\n  \
    dixit tenures import ministers.csv\n  \
    dixit tenures list --json 'Ada Quill'")]
pub struct Tenures {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Import Popolo JSON, or a table: name,wikidata,role,organisation,from,until,source.
    ///
    /// Importing the same file twice changes nothing. Exit code: 0 when every row was taken, 1 when
    /// some were rejected, 2 when the file could not be read as a whole.
    #[command(after_help = "Examples:\n  \
        dixit tenures import ministers.csv\n  \
        dixit tenures import ep-popolo-v1.0.json --source everypolitician-gb-commons\n  \
        cat ministers.csv | dixit tenures import - --source ministers --json")]
    Import {
        /// The file, plain or compressed by bzip2, gzip or zstd; `-` is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Insist on a format instead of finding it out.
        #[arg(long, value_parser = formats())]
        format: Option<TenureFormat>,
        /// The name of the data set, by default that of the file: a newer edition of it has to be
        /// imported under the same name.
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
        /// Print the report as one JSON object on standard output.
        #[arg(long)]
        json: bool,
        /// Write rejected rows to this file as JSON lines instead of to standard error.
        #[arg(long, value_name = "FILE")]
        rejects: Option<PathBuf>,
    },
    /// List recorded tenures, the earliest beginning first.
    #[command(after_help = "Examples:\n  \
        dixit tenures list\n  \
        dixit tenures list --json 'Ada Quill'")]
    List {
        /// Only those of people of this name.
        #[arg(value_name = "NAME")]
        name: Option<String>,
        /// Print each as one JSON object on a line of its own.
        #[arg(long)]
        json: bool,
    },
}

fn formats() -> impl TypedValueParser<Value = TenureFormat> {
    let words = TenureFormat::ALL.map(TenureFormat::as_str);
    PossibleValuesParser::new(words).map(|word| {
        let named = TenureFormat::ALL.into_iter().find(|format| format.as_str() == word);
        named.unwrap_or(TenureFormat::Popolo)
    })
}

impl Tenures {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        match self.action {
            Action::Import { file, format, source, json, rejects } => {
                let database = Database { replicas: Vec::new(), ..config.database.clone() };
                let store = open(&database)?;
                let dataset = source.unwrap_or_else(|| named_after(&file));
                let mut rejected = Vec::new();
                let mut keep = |rejection: &Rejection| rejected.push(rejection.clone());
                let (report, _) = run(&store, &Source::named(&file), format, &dataset, &mut keep)?;
                match rejects {
                    Some(path) => write(&path, &rejected)?,
                    None => tell(&rejected),
                }
                print(&if json { serde_json::to_string(&report)? + "\n" } else { told(&report) })?;
                Ok(ExitCode::from(report.exit_code()))
            }
            Action::List { name, json } => {
                let database = &config.database;
                let store = Store::open_existing(&database.url, options(database))?;
                let condition = TenureCondition { speaker_name: name, ..Default::default() };
                list(&store, &condition, if json { in_json } else { in_words })?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// The name of a file without its folder.
fn named_after(file: &std::path::Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn write(path: &std::path::Path, rejected: &[Rejection]) -> Result<(), Failure> {
    let mut lines = String::new();
    for rejection in rejected {
        lines += &(serde_json::to_string(rejection)? + "\n");
    }
    std::fs::write(path, lines)
        .map_err(|error| Failure(format!("--rejects {}: {error}", path.display())))
}

fn tell(rejected: &[Rejection]) {
    let mut out = std::io::stderr().lock();
    for Rejection { source, line, field, code, reason, row, .. } in rejected {
        let field = field.as_deref().map(|field| format!("field `{field}`: ")).unwrap_or_default();
        let code = code.as_str();
        let row: String = row.chars().take(SHOWN).collect();
        let text = format!("{source}:{line}: rejected ({code}): {field}{reason}\n    {row}");
        let safe: Vec<String> = text.lines().map(|line| mended(line).0.into_owned()).collect();
        // Nobody may be reading any more (`2>&1 | head`).
        let _ = writeln!(out, "{}", safe.join("\n"));
    }
}

fn told(report: &TenureReport) -> String {
    let TenureReport { source, format, dataset, rows, people, .. } = report;
    let mut text = format!(
        "{source} ({format}) as {dataset}\n\
         {rows} rows about {people} people: {} accepted, {} known already, {} changed, {} rejected\n",
        report.accepted, report.known, report.changed, report.rejected
    );
    for (code, count) in &report.rejected_by {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "rejected as {code}: {count}");
    }
    mended(&text).0.into_owned()
}

/// Prints all that meet a condition, a chunk at a time.
fn list(
    store: &Store,
    condition: &TenureCondition,
    line: fn(&TenureRow) -> String,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let window = Window { limit: AT_ONCE, from_end: false, after, before: None, count: false };
        let page = store.read(|connection| tenure::list(connection, condition, &window))?;
        print(&page.rows.iter().map(line).collect::<String>())?;
        match page.rows.last() {
            Some(last) if page.has_next => after = Some(Place::Time(last.begin_earliest, last.id)),
            _ => return Ok(()),
        }
    }
}

/// A bound as a table of tenures writes it.
fn bound(bound: crate::domain::tenure::Bound) -> serde_json::Value {
    serde_json::json!({ "bound": bound.kind(), "date": bound.date() })
}

fn in_json(row: &TenureRow) -> String {
    let told = serde_json::json!({
        "id": row.id,
        "speakerId": row.speaker_id,
        "name": row.name,
        "role": row.title,
        "organisation": row.organisation,
        "area": row.area,
        "onBehalfOf": row.on_behalf_of,
        "function": row.function,
        "domain": row.domain,
        "status": row.status,
        "begin": bound(row.begin()),
        "end": bound(row.end()),
        "source": row.source,
        "externalId": row.external_id,
    });
    format!("{told}\n")
}

fn in_words(row: &TenureRow) -> String {
    let bound = |bound: crate::domain::tenure::Bound| match bound.date() {
        Some(date) => date.to_string(),
        None => bound.kind().as_str().to_ascii_lowercase(),
    };
    let at = row.organisation.as_deref().map(|at| format!(", {at}")).unwrap_or_default();
    let text = format!(
        "{} – {}  {}: {}{at} ({})",
        bound(row.begin()),
        bound(row.end()),
        row.name,
        row.title,
        row.source
    );
    mended(&text).0.into_owned() + "\n"
}
