//! The file of rejected rows. A row is in it before its batch is durable, so that a crash loses none;
//! an import that goes on finds out which rows are of batches that are, so that none is there twice.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{
    self, BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _,
};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::import::Rejection;

/// Where rejected rows go.
pub(super) struct Rejects {
    path: PathBuf,
    file: File,
    /// Whether it can be read and cut: a pipe cannot.
    is_file: bool,
    /// Whether rows of earlier runs are in it.
    is_continued: bool,
    /// The imports of this run.
    imports: Vec<Id>,
    /// Of the batch that was written last: how many rows of its import stood before it, and where it
    /// begins in the file.
    last: Option<(u64, u64)>,
}

/// A line of the file.
#[derive(Serialize)]
struct Line<'a> {
    import: Id,
    #[serde(flatten)]
    rejection: &'a Rejection,
}

/// What is looked at of a line.
#[derive(Deserialize)]
struct Found {
    #[serde(default)]
    import: Option<String>,
    source: String,
    #[serde(default)]
    reason: Option<IgnoredAny>,
}

/// How each line begins.
const BEGINNING: &[u8] = b"{\"import\":";
/// The longest line of the file, in bytes: a row of 1 MiB, its head, and what JSON makes of them.
const MOST: u64 = 16 << 20;

impl Found {
    fn import(&self) -> Option<Id> {
        self.import.as_deref()?.parse().ok()
    }

    fn is_rejected(&self) -> bool {
        self.reason.is_some()
    }
}

/// Opens the file for as long as this import lasts. Another import would take out rows that this one
/// writes.
fn held(path: &Path) -> io::Result<File> {
    loop {
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let reason = "is being written by another import: name another file";
                return Err(io::Error::new(io::ErrorKind::ResourceBusy, reason));
            }
            // Where files cannot be locked, nobody is kept away.
            Err(TryLockError::Error(_)) => return Ok(file),
        }
        // The one before may have put another file into its place meanwhile.
        let (mine, there) = (file.metadata()?, path.metadata()?);
        if (mine.dev(), mine.ino()) == (there.dev(), there.ino()) {
            return Ok(file);
        }
    }
}

/// Whether both paths lead to one file, by links of either kind.
pub(super) fn is_one_file(one: &Path, other: &Path) -> bool {
    match (one.metadata(), other.metadata()) {
        (Ok(one), Ok(other)) => {
            one.is_file() && (one.dev(), one.ino()) == (other.dev(), other.ino())
        }
        _ => false,
    }
}

impl Rejects {
    /// Opens the file and empties it, but for rows of imports of which `are_kept` answers the ids. A file
    /// that holds something else is refused.
    pub fn open<E: From<io::Error>>(
        path: &Path,
        are_kept: impl FnOnce(&[Id]) -> Result<Vec<Id>, E>,
    ) -> Result<Self, E> {
        let is_file = path.metadata().map_or(true, |found| found.is_file());
        let file = if is_file { held(path)? } else { OpenOptions::new().write(true).open(path)? };
        let mut rejects = Self {
            path: path.to_owned(),
            file,
            is_file,
            is_continued: false,
            imports: Vec::new(),
            last: None,
        };
        if is_file {
            rejects.refuse_other_files()?;
            let mut imports = BTreeSet::new();
            rejects.look(|found| imports.extend(found.import()))?;
            let imports: Vec<Id> = imports.into_iter().collect();
            let kept = if imports.is_empty() { imports } else { are_kept(&imports)? };
            rejects.retain(|found| found.import().is_some_and(|import| kept.contains(&import)))?;
            rejects.is_continued = !kept.is_empty();
        }
        Ok(rejects)
    }

    /// Writes the rejected rows of a batch; `before` is how many of its import are durable already.
    pub fn keep(
        &mut self,
        import: Id,
        source: &str,
        before: u64,
        rejections: &[Rejection],
    ) -> io::Result<()> {
        if self.imports.last() != Some(&import) {
            self.imports.push(import);
            self.last = None;
            if self.is_continued {
                self.go_on(import, source, before)?;
            }
        }
        if self.is_file {
            let end = match self.last {
                // The same batch once more: its first attempt was not durable.
                Some((of, start)) if of == before => start,
                _ => self.file.seek(SeekFrom::End(0))?,
            };
            self.file.set_len(end)?;
            self.file.seek(SeekFrom::Start(end))?;
            self.last = Some((before, end));
        }
        if rejections.is_empty() {
            return Ok(());
        }
        let mut out = BufWriter::new(&self.file);
        for rejection in rejections {
            serde_json::to_writer(&mut out, &Line { import, rejection })?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        drop(out);
        if self.is_file { self.file.sync_data() } else { Ok(()) }
    }

    /// Takes out what is of no durable batch of this import, and what an import of the same source
    /// told that this one begins anew.
    fn go_on(&mut self, import: Id, source: &str, before: u64) -> io::Result<()> {
        let imports = self.imports.clone();
        let mut kept = 0;
        self.retain(|found| match found.import() {
            Some(of) if of == import => {
                kept += 1;
                kept <= before
            }
            Some(of) => found.source != source || imports.contains(&of),
            None => false,
        })
    }

    /// Refuses a file whose first line no import wrote: it would be emptied. A torn one may be left of a
    /// crash.
    fn refuse_other_files(&self) -> io::Result<()> {
        let mut first = Vec::new();
        BufReader::new(File::open(&self.path)?.take(MOST)).read_until(b'\n', &mut first)?;
        let is_own = match first.ends_with(b"\n") {
            true => serde_json::from_slice::<Found>(&first).is_ok_and(|found| found.is_rejected()),
            false => BEGINNING.starts_with(&first) || first.starts_with(BEGINNING),
        };
        let reason = "holds something else than rejected rows: name another file, or remove it";
        if is_own { Ok(()) } else { Err(io::Error::new(io::ErrorKind::AlreadyExists, reason)) }
    }

    /// Looks at every line; one that is torn tells nothing.
    fn look(&self, mut each: impl FnMut(&Found)) -> io::Result<()> {
        self.lines(|line| {
            if let Ok(found) = serde_json::from_slice(line) {
                each(&found);
            }
            Ok(())
        })
    }

    fn lines(&self, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut reader = BufReader::new(File::open(&self.path)?);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            each(&line)?;
            line.clear();
        }
        Ok(())
    }

    /// Takes out the lines that are not wanted. The file is there whole before and after.
    fn retain(&mut self, mut is_wanted: impl FnMut(&Found) -> bool) -> io::Result<()> {
        // How far it stays as it is; what is taken out stands at the end as a rule.
        let (mut stays, mut read, mut more) = (0, 0, false);
        let mut wanted = Vec::new();
        self.lines(|line| {
            let whole = line.ends_with(b"\n");
            let keep = whole && serde_json::from_slice(line).is_ok_and(|found| is_wanted(&found));
            if keep && stays == read {
                stays += line.len() as u64;
            } else {
                more |= keep;
            }
            wanted.push(keep);
            read += line.len() as u64;
            Ok(())
        })?;
        if !more {
            return if stays < read { self.file.set_len(stays) } else { Ok(()) };
        }
        let directory = self.path.parent().filter(|path| !path.as_os_str().is_empty());
        let mut other = tempfile::NamedTempFile::new_in(directory.unwrap_or(Path::new(".")))?;
        other.as_file().set_permissions(self.file.metadata()?.permissions())?;
        other.as_file().lock()?;
        let mut out = BufWriter::new(other.as_file_mut());
        let mut wanted = wanted.into_iter();
        self.lines(|line| match wanted.next() {
            Some(true) => out.write_all(line),
            _ => Ok(()),
        })?;
        out.flush()?;
        drop(out);
        other.as_file().sync_data()?;
        self.file = other.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}
