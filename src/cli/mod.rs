//! The command line: what a person or a script types.

mod backup;
mod copy;
mod demo;
mod digest;
mod doctor;
mod export;
mod import;
mod man;
mod migrate;
mod names;
mod resolve;
mod role;
mod schema;
mod serve;
mod tenures;
mod token;
mod verify;
mod vocabulary;

use std::process::ExitCode;
use std::time::Duration;

use clap::{CommandFactory as _, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use crate::config::{Config, Database};
use crate::store::dialect::printable;
use crate::store::{Options, Store, StoreError, chain};

/// A quote and speaker database: who said exactly what, in which role, for which organisation, in
/// which source article.
///
/// Settings come from the environment and `.env`; `dixit config --example` lists them.
#[derive(Debug, Parser)]
#[command(
    name = "dixit",
    version,
    propagate_version = true,
    after_help = "Examples:\n  \
    dixit import statements.jsonl\n  \
    dixit verify 'We will … never give up'\n  \
    dixit doctor\n\n\
    Colours are left out in a pipe, where NO_COLOR is set, and where CLICOLOR is 0."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API, the front end and the playground over the configured database.
    #[command(after_help = "Examples:\n  \
        dixit serve\n  \
        DATABASE_URL=sqlite://dixit.db DIXIT_LISTEN=127.0.0.1:0 dixit serve")]
    Serve,
    /// Serve a sample of invented statements from a temporary database, to look around.
    #[command(after_help = "Example:\n  \
        DIXIT_LISTEN=127.0.0.1:0 dixit demo")]
    Demo,
    /// Import what a quote extractor wrote.
    Import(Box<import::Import>),
    Export(export::Export),
    Verify(verify::Command),
    Resolve(resolve::Resolve),
    Migrate(migrate::Migrate),
    Copy(copy::Copy),
    Digest(digest::Command),
    Doctor(doctor::Doctor),
    Names(names::Command),
    Backup(backup::Backup),
    Role(role::Command),
    Token(token::Token),
    Vocabulary(vocabulary::Vocabulary),
    Tenures(tenures::Tenures),
    /// Print the GraphQL schema (SDL).
    #[command(after_help = "Example:\n  dixit schema > schema.graphql")]
    Schema,
    /// Check the settings, or print them as an example.
    #[command(after_help = "Examples:\n  dixit config\n  dixit config --example > .env")]
    Config {
        /// Print `.env.example` instead.
        #[arg(long)]
        example: bool,
    },
    /// Print completions for a shell.
    #[command(after_help = "Examples:\n  \
        dixit completions bash > dixit.bash\n  \
        dixit completions zsh > _dixit\n  \
        dixit completions fish > dixit.fish")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    Man(man::Man),
}

/// Why a command failed; shown to the user as it stands.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        // The whole chain: the user of the command line is the operator.
        Self(chain(&error))
    }
}

/// A spinner on a terminal, nothing in a pipe.
fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Runs the command that the process was called with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let code = run(cli.command).unwrap_or_else(|Failure(why)| {
        crate::telemetry::failed(&why);
        ExitCode::from(2)
    });
    crate::telemetry::stop();
    code
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Schema => schema::print_sdl(),
        Command::Completions { shell } => {
            // Into memory: it panics where it cannot write, as into `| head`.
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "dixit", &mut text);
            print(&String::from_utf8_lossy(&text))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man(man) => man.run(Cli::command()),
        Command::Config { example: true } => {
            print(&crate::config::example())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Config { example: false } => {
            let mut config = configuration()?;
            let database = &mut config.database;
            for url in std::iter::once(&mut database.url).chain(&mut database.replicas) {
                *url = printable(url);
            }
            print(&format!("{config:#?}\n"))?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Import(import) => import.run(&configuration()?),
        Command::Export(export) => export.run(&configuration()?),
        Command::Verify(verify) => verify.run(&configuration()?),
        Command::Resolve(resolve) => resolve.run(&configuration()?),
        Command::Migrate(migrate) => migrate.run(&configuration()?),
        Command::Copy(copy) => copy.run(&configuration()?),
        Command::Digest(digest) => digest.run(&configuration()?),
        Command::Doctor(doctor) => doctor.run(configuration),
        Command::Names(names) => names.run(&configuration()?),
        Command::Backup(backup) => backup.run(&configuration()?),
        Command::Role(role) => role.run(),
        Command::Vocabulary(vocabulary) => vocabulary.run(),
        Command::Token(token) => token.run(&configuration()?),
        Command::Tenures(tenures) => tenures.run(&configuration()?),
        Command::Serve => serve::run(&configuration()?),
        Command::Demo => demo::run(&configuration()?),
    }
}

/// The configuration, with logging started as it says.
fn configuration() -> Result<Config, Failure> {
    let started = || -> Result<Config, Failure> {
        let config = Config::from_environment()?;
        crate::telemetry::start(&config.log).map_err(Failure)?;
        Ok(config)
    };
    started().inspect_err(|_| {
        if crate::config::wants_json() {
            crate::telemetry::start_bare();
        }
    })
}

fn open(database: &Database) -> Result<Store, StoreError> {
    let replicas = database.replicas.clone();
    Store::open(&database.url, Options { readers: database.readers, replicas, ..options(database) })
}

/// How a command opens a database that it reads or writes as a whole: without its replicas, which
/// may lag behind.
fn options(database: &Database) -> Options {
    Options {
        readers: 1,
        wait: database.wait,
        statement: database.statement,
        replicas: Vec::new(),
        max_replica_lag: database.max_replica_lag,
    }
}

/// Writes to standard output; a reader that went away (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    print_on(text).map(|_| ())
}

/// Writes to standard output, and tells whether anybody reads on.
fn print_on(text: &str) -> Result<bool, Failure> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(false),
        done => Ok(done.map(|()| true)?),
    }
}
