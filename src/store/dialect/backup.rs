//! A copy of a database in one file, made while it is used, with the digest of what is in it.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use tempfile::NamedTempFile;

use super::{Connection, Options, Pools, sqlite, whole};
use crate::store::Store;
use crate::store::digest::{Digest, Progress, whole as digest_of};
use crate::store::error::StoreError;

/// PostgreSQL's own program for backups.
const PG_DUMP: &str = "pg_dump";

/// A backup that was made.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Backup {
    /// The file.
    pub file: PathBuf,
    /// `sqlite`, a database to be opened as it is, or `pg_dump`, for `pg_restore`.
    pub format: &'static str,
    /// Its size.
    pub bytes: u64,
    /// Whether the digest is known to be that of the database at the moment of the backup; false
    /// where an embedded database was written to meanwhile, so that there was nothing to compare.
    pub compared: bool,
    /// The digest of what is in the file.
    #[serde(flatten)]
    pub digest: Digest,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something has the name of the file.
    #[error("{} is there already: a backup overwrites nothing", .0.display())]
    Exists(PathBuf),
    /// The file could not be written.
    #[error("cannot write {}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// What was written is not what was read.
    #[error("the backup is damaged and was removed: {0}")]
    Damaged(String),
    /// The program is missing.
    #[error(
        "cannot run {PG_DUMP}, which a backup of PostgreSQL needs: install PostgreSQL's client programs"
    )]
    NoProgram(#[source] io::Error),
    /// The program does not know so new a server.
    #[error(
        "{PG_DUMP} is of PostgreSQL {program} and cannot read the server, which is {server}: \
         install the client programs of PostgreSQL {server}"
    )]
    OldProgram {
        /// Its major version.
        program: u32,
        /// The server's.
        server: u32,
    },
    /// The program failed.
    #[error("{PG_DUMP} failed: {0}")]
    Program(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a backup of the database at `url` to a new file. The file has its name when it is whole
/// and on the disk, and not before.
///
/// # Errors
/// Whenever there is no backup that can be relied on; no file is left then.
pub fn backup(
    url: &str,
    options: &Options,
    file: &Path,
    progress: Progress<'_>,
) -> Result<Backup, BackupError> {
    let failed = |cause| BackupError::File { file: file.to_owned(), cause };
    if file.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let store = Store::open_existing(url, options.clone())?;
    let unfinished = tempfile::Builder::new()
        .prefix(file.file_name().unwrap_or(OsStr::new("dixit")))
        .suffix(".unfinished")
        .tempfile_in(folder)
        .map_err(failed)?;
    let (format, digest, compared) = match &store.pools {
        Pools::Sqlite(pools) => {
            let source = pools.writer(options.wait)?;
            let (digest, compared) = vacuum(source, unfinished.path(), progress)?;
            ("sqlite", digest, compared)
        }
        Pools::Postgres(_) => ("pg_dump", dump(&store, url, unfinished.path(), progress)?, true),
    };
    let bytes = keep(unfinished, file, folder).map_err(failed)?;
    Ok(Backup { file: file.to_owned(), format, bytes, compared, digest })
}

/// Gives a file its name, unless there is one of that name by now; answers its size.
fn keep(unfinished: NamedTempFile, file: &Path, folder: &Path) -> io::Result<u64> {
    unfinished.as_file().sync_all()?;
    let kept = unfinished.persist_noclobber(file).map_err(|error| error.error)?;
    // Its name is on the disk when the folder is.
    std::fs::File::open(folder)?.sync_all()?;
    Ok(kept.metadata()?.len())
}

/// Writes the embedded database to an empty file and looks whether all of it is there; whether that
/// could be compared comes with its digest.
fn vacuum(
    mut source: sqlite::Pooled,
    file: &Path,
    progress: Progress<'_>,
) -> Result<(Digest, bool), BackupError> {
    let query = |error: diesel::result::Error| StoreError::from(error);
    let before = sqlite::data_version(&mut source).map_err(query)?;
    whole::vacuum_into(&mut source, file).map_err(query)?;
    let mut copy = whole::open_copy(file)?;
    let damage = whole::damage(&mut copy).map_err(query)?;
    if !damage.is_empty() {
        return Err(BackupError::Damaged(damage.join("; ")));
    }
    let written = copy.read(|copy| digest_of(copy, progress))?;
    let mut source = Connection::Sqlite(source);
    let held = source.read(|source| {
        // What others wrote meanwhile is not in the backup, and nothing tells how it was before.
        let mut turn = Some(before);
        Ok(match source.others_wrote(&mut turn)? {
            false => Some(digest_of(source, progress)?),
            true => None,
        })
    })?;
    match held {
        Some(held) if held != written => {
            let tables = held.differing(&written).join(", ");
            Err(BackupError::Damaged(format!("it differs from the database in {tables}")))
        }
        held => Ok((written, held.is_some())),
    }
}

/// Has `pg_dump` write what one transaction sees, of which the digest is made meanwhile.
fn dump(
    store: &Store,
    url: &str,
    file: &Path,
    progress: Progress<'_>,
) -> Result<Digest, BackupError> {
    let program = program_version()?;
    let server = store.snapshot(|connection| Ok(whole::server_version(connection)?))?;
    if program < server {
        return Err(BackupError::OldProgram { program, server });
    }
    let (address, password) = without_password(url);
    let (digest, output) = store.snapshot(|connection| {
        let mut command = Command::new(PG_DUMP);
        command.args(["--format=custom", "--no-password", "--snapshot"]);
        command.arg(whole::export_snapshot(connection)?).arg("--file").arg(file);
        command.arg("--dbname").arg(&address);
        // Not among the arguments, which every user of the machine sees.
        command.envs(password.as_ref().map(|password| ("PGPASSWORD", password)));
        let dumping = thread::spawn(move || command.output());
        let digest = digest_of(connection, progress);
        // The program needs this transaction to begin with: it is not ended before the program.
        let output = dumping.join().unwrap_or_else(|_| Err(io::Error::other("a thread panicked")));
        Ok((digest?, output))
    })?;
    let output = output.map_err(BackupError::NoProgram)?;
    if !output.status.success() {
        return Err(BackupError::Program(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        ));
    }
    Ok(digest)
}

/// The major version of `pg_dump`.
fn program_version() -> Result<u32, BackupError> {
    let output = Command::new(PG_DUMP).arg("--version").output().map_err(BackupError::NoProgram)?;
    // `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `pg_dump (PostgreSQL) 19beta1`
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let number = text.split(' ').nth(2).unwrap_or_default();
    let major = number.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    major.parse().map_err(|_| BackupError::Program(format!("it says that its version is `{text}`")))
}

/// A PostgreSQL URL without its password, and the password.
fn without_password(url: &str) -> (String, Option<String>) {
    let mut password = None;
    let mut bare = url.to_owned();
    // As the client library reads it: whatever stands before the first `@`, if no `/` comes sooner.
    let begin = url.find("://").map_or(0, |at| at + 3);
    let end = url[begin..].find(['@', '/']).map_or(url.len(), |at| begin + at);
    if url[end..].starts_with('@')
        && let Some((name, secret)) = url[begin..end].split_once(':')
    {
        password = Some(decoded(secret));
        bare = format!("{}{name}{}", &url[..begin], &url[end..]);
    }
    let whole = bare;
    let (address, query) = whole.split_once('?').unwrap_or((&whole, ""));
    let mut bare = address.to_owned();
    let mut joint = '?';
    for part in query.split('&').filter(|part| !part.is_empty()) {
        if let Some(secret) = part.strip_prefix("password=") {
            password = Some(decoded(secret));
        } else {
            bare.push(joint);
            bare.push_str(part);
            joint = '&';
        }
    }
    (bare, password)
}

/// A part of a URL as it was before it was percent-encoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let escape = (*first == b'%').then(|| behind.get(..2)).flatten();
        let escaped = escape.and_then(|two| u8::from_str_radix(str::from_utf8(two).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_a_url_wherever_it_stands() {
        for (url, bare, password) in [
            ("postgres://u:a%40b%2@h:1/d?x=1", "postgres://u@h:1/d?x=1", Some("a@b%2")),
            ("postgres://u:s:c@h,g/d", "postgres://u@h,g/d", Some("s:c")),
            ("postgres://u:s?c@h/d?x=1", "postgres://u@h/d?x=1", Some("s?c")),
            ("postgres://h/d?password=s&x=1&y=2", "postgres://h/d?x=1&y=2", Some("s")),
            ("postgres://u@h:1/d?x=1", "postgres://u@h:1/d?x=1", None),
        ] {
            let found = without_password(url);
            assert_eq!((found.0.as_str(), found.1.as_deref()), (bare, password), "{url}");
        }
    }
}
