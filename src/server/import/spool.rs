//! Uploads as files, from their first byte until they are imported.
//!
//! An upload that comes is a file `.part-…`, which its writer locks. One that came whole is
//! `ID.data`; beside it `ID.json` says what it is. Whoever has both has a job, whatever happens to the
//! process; what is left of anything else goes when a server begins to work here.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::domain::id::Id;

/// How the file begins that an upload is written to.
const PART: &str = ".part-";
/// The file that the server which works here locks.
const LOCK: &str = ".lock";

/// What is to be imported, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The import's id, as text.
    pub id: String,
    /// By what the import is found again.
    pub origin: String,
    /// What the upload is called.
    pub name: String,
    /// The format to insist on.
    pub format: Option<String>,
    /// How many rows may be rejected.
    pub max_rejects: Option<u64>,
    /// The token that was shown, as text, and its name.
    pub token: (String, String),
    /// The request that brought it.
    pub request: Option<String>,
    /// When it came, in microseconds since 1970.
    pub taken_at: i64,
}

/// A directory of uploads.
pub struct Spool {
    directory: PathBuf,
    /// Held while files come into being or go.
    changing: Mutex<()>,
}

/// The right to work on the jobs of a directory, as long as it is held.
pub struct Turn(#[allow(dead_code, reason = "it is held, not read")] File);

/// An upload that comes.
pub struct Part(NamedTempFile);

impl Part {
    /// Adds what came.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.as_file_mut().write_all(bytes)
    }

    /// Makes durable what came.
    pub fn sync(&self) -> io::Result<()> {
        self.0.as_file().sync_all()
    }
}

impl Spool {
    /// One in this directory, which need not be there yet.
    pub fn new(directory: PathBuf) -> Self {
        Self { directory, changing: Mutex::new(()) }
    }

    /// A file for an upload; it goes with the value.
    pub fn begin(&self) -> io::Result<Part> {
        let _changing = self.changing();
        // Nobody else reads what somebody sent.
        DirBuilder::new().recursive(true).mode(0o700).create(&self.directory)?;
        let file = tempfile::Builder::new().prefix(PART).tempfile_in(&self.directory)?;
        file.as_file().lock()?;
        Ok(Part(file))
    }

    /// Keeps an upload that came whole as this job.
    pub fn keep(&self, part: Part, job: &Job) -> io::Result<()> {
        let _changing = self.changing();
        // First all that may not have room: what fails goes with its file.
        let mut told = tempfile::Builder::new().prefix(PART).tempfile_in(&self.directory)?;
        serde_json::to_writer(&mut told, job)?;
        told.as_file().sync_all()?;
        part.0.as_file().unlock()?;
        let data = self.data(&job.id);
        part.0.persist(&data)?;
        told.persist(self.told(&job.id)).inspect_err(|_| drop(fs::remove_file(&data)))?;
        self.sync()
    }

    /// The upload of a job.
    pub fn data(&self, id: &str) -> PathBuf {
        self.directory.join(format!("{id}.data"))
    }

    /// Whether there is such a job.
    pub fn has(&self, id: Id) -> bool {
        let id = id.to_string();
        self.told(&id).exists() && self.data(&id).exists()
    }

    /// The jobs, those that came first before the others.
    pub fn jobs(&self) -> io::Result<Vec<Job>> {
        let mut jobs = Vec::new();
        for path in self.files()? {
            if path.extension().is_none_or(|ending| ending != "json") {
                continue;
            }
            match fs::read(&path).map(|told| serde_json::from_slice::<Job>(&told)) {
                Ok(Ok(job)) => jobs.push(job),
                Ok(Err(error)) => tracing::error!(path = %path.display(), %error, "no job"),
                // It was just removed.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        jobs.sort_by(|one, other| (one.taken_at, &one.id).cmp(&(other.taken_at, &other.id)));
        Ok(jobs)
    }

    /// Removes a job.
    pub fn remove(&self, id: &str) -> io::Result<()> {
        let _changing = self.changing();
        for path in [self.told(id), self.data(id)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.sync()
    }

    /// The right to work here; `None` while another server has it, or as long as nothing ever came.
    /// Whoever gets it removes what killed processes left.
    pub fn turn(&self) -> io::Result<Option<Turn>> {
        if !self.directory.is_dir() {
            return Ok(None);
        }
        let lock = File::options().create(true).append(true).open(self.directory.join(LOCK))?;
        if lock.try_lock().is_err() {
            return Ok(None);
        }
        let _changing = self.changing();
        for path in self.files()? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let left = match name.strip_suffix(".data") {
                Some(id) => !self.told(id).exists(),
                None => name.starts_with(PART) && File::open(&path)?.try_lock().is_ok(),
            };
            if left {
                fs::remove_file(&path)?;
            }
        }
        Ok(Some(Turn(lock)))
    }

    fn told(&self, id: &str) -> PathBuf {
        self.directory.join(format!("{id}.json"))
    }

    fn files(&self) -> io::Result<Vec<PathBuf>> {
        let entries = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        entries.map(|entry| Ok(entry?.path())).collect()
    }

    /// Makes durable which files there are.
    fn sync(&self) -> io::Result<()> {
        File::open(Path::new(&self.directory))?.sync_all()
    }

    fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upload_that_cannot_be_kept_leaves_nothing() {
        let place = tempfile::tempdir().expect("a directory");
        let spool = Spool::new(place.path().to_owned());
        let job = Job {
            id: "import-1".to_owned(),
            origin: "upload".to_owned(),
            name: "night".to_owned(),
            format: None,
            max_rejects: None,
            token: ("1".to_owned(), "desk".to_owned()),
            request: None,
            taken_at: 0,
        };
        // Where what is told of it would stand, something else does.
        let told = spool.told(&job.id);
        fs::create_dir(&told).expect("it is made");
        let mut part = spool.begin().expect("it begins");
        part.write(b"{}\n").expect("it is written");
        assert!(spool.keep(part, &job).is_err());
        assert_eq!(spool.files().expect("they are read"), [told]);
    }
}
