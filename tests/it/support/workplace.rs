//! The real binary, run as a user runs it: in a directory of its own, with a clean environment.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::database::Backend;

/// A directory to work in, with a database that does not exist yet.
pub struct Workplace {
    directory: TempDir,
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
        let directory = tempfile::tempdir().unwrap();
        let url = match backend {
            Backend::Sqlite => "sqlite://work.db".to_owned(),
        };
        Self { directory, url }
    }

    /// One with a database that is elsewhere.
    pub fn at(url: String) -> Self {
        Self { directory: tempfile::tempdir().unwrap(), url }
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file into it; answers its name, as one types it.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).unwrap();
        name.to_owned()
    }

    /// Its database's file, existing or not.
    pub fn database_file(&self) -> PathBuf {
        self.path("work.db")
    }

    /// `dixit ARGUMENTS`, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        dixit(self.directory.path(), &self.url, arguments)
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
