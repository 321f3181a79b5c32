//! The real binary, run as a user runs it: in a directory of its own, with a clean environment.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::backend::Backend;
use super::direct::Direct;
use super::home::Home;

/// A directory to work in, with a database where dixit has never been.
pub struct Workplace {
    backend: Backend,
    home: Home,
    /// What `DATABASE_URL` says.
    url: String,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Finished {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Workplace {
    /// An empty one.
    pub fn new(backend: Backend) -> Self {
        let home = Home::new(backend);
        let url = match backend {
            // As one types it, at the place.
            Backend::Sqlite => "sqlite://work.db".to_owned(),
            Backend::Postgres => home.url().to_owned(),
        };
        Self { backend, home, url }
    }

    /// One with a database that is elsewhere.
    pub fn at(url: String) -> Self {
        let sqlite = url.starts_with("sqlite:");
        let backend = if sqlite { Backend::Sqlite } else { Backend::Postgres };
        Self { backend, home: Home::at(url.clone()), url }
    }

    /// The kind of its database.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// What `DATABASE_URL` says of its database.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.directory().join(name)
    }

    /// Writes a file into it; answers its name, as one types it.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).unwrap();
        name.to_owned()
    }

    /// The file of an embedded database, existing or not.
    pub fn database_file(&self) -> PathBuf {
        assert_eq!(self.backend, Backend::Sqlite, "only SQLite's database is a file");
        self.path("work.db")
    }

    /// A connection past dixit; `None` as long as there is no file to connect to.
    pub fn direct(&self) -> Option<Direct> {
        // Opening SQLite's file would make it.
        let there = self.backend == Backend::Postgres || self.database_file().exists();
        there.then(|| self.home.direct())
    }

    /// All that is stored, to be compared; `None` as long as dixit has not been here.
    pub fn stored(&self) -> Option<Vec<u8>> {
        let mut direct = self.direct()?;
        match self.backend {
            Backend::Sqlite => Some(std::fs::read(self.database_file()).unwrap()),
            Backend::Postgres => {
                let tables = direct.tables();
                (!tables.is_empty()).then(|| direct.dump_of(&tables).into_bytes())
            }
        }
    }

    /// `dixit ARGUMENTS`, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        dixit(self.home.directory(), &self.url, arguments)
    }

    /// Runs `dixit ARGUMENTS` to its end.
    pub fn dixit(&self, arguments: &[&str]) -> Finished {
        self.dixit_reading(arguments, b"")
    }

    /// Runs `dixit ARGUMENTS < input`.
    pub fn dixit_reading(&self, arguments: &[&str], input: &[u8]) -> Finished {
        finish(self.command(arguments), input)
    }

    /// Runs `dixit import --json --rejects rejects.jsonl FILES`: exit code, report, rejected rows.
    pub fn import(&self, files: &[&str]) -> (i32, Value, Vec<Value>) {
        let mut arguments = vec!["import", "--json", "--rejects", "rejects.jsonl"];
        arguments.extend(files);
        let done = self.dixit(&arguments);
        let report = serde_json::from_str(&done.out)
            .unwrap_or_else(|error| panic!("no report: {error}; {done:?}"));
        let rejects = super::read(self.path("rejects.jsonl"));
        let rejects = rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (done.code, report, rejects)
    }
}

/// `dixit ARGUMENTS` in a directory, knowing nothing but its database.
pub fn dixit(directory: &Path, url: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
    command.args(arguments).current_dir(directory).env_clear().env("DATABASE_URL", url);
    command
}

/// Runs a command to its end.
pub fn finish(mut command: Command, input: &[u8]) -> Finished {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command need not read its input: a broken pipe is no failure.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Finished {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
