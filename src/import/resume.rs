//! Whether an earlier run of an input stopped in the middle, and where.

use std::fs::{File, TryLockError};

use sha2::{Digest as _, Sha256};

use super::context::Settings;
use super::format::Format;
use super::reader::Behind;
use super::report::Report;
use super::source::Source;
use crate::domain::import::ImportState;
use crate::store::write::ImportRow;
use crate::store::{Result, Store, imports};

/// What to do with an input of which an earlier run stopped in the middle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Resume {
    /// Go on behind what was written, where the input begins as it did; else from its beginning. Not
    /// for standard input, which may be anything each time.
    #[default]
    Auto,
    /// Go on behind what was written, standard input included; one that begins otherwise is an error.
    /// Of a file that was imported whole, what it has grown by is read.
    Insist,
    /// Read it from its beginning.
    Never,
}

/// What is known of an input before it is read.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// By what it is found again.
    pub origin: Option<String>,
    /// The record of the run that stopped.
    pub row: Option<ImportRow>,
    /// How far that came.
    pub behind: Option<Behind>,
    /// Whether it was read whole, and needs not be read again.
    pub done: bool,
    /// The lock that tells others that it is being imported.
    pub held: Option<File>,
}

/// Looks what earlier runs left of inputs.
pub(super) struct Looking {
    /// Where their records are.
    pub store: Store,
    /// What is wanted.
    pub resume: Resume,
    /// By what the input is found again, where it is not by its file.
    pub origin: Option<String>,
}

impl Looking {
    /// Looks for the run of an input that stopped in the middle.
    ///
    /// # Errors
    /// Where the database cannot be asked.
    pub fn look(
        &self,
        source: &Source,
        format: Option<Format>,
        settings: &Settings,
    ) -> Result<Earlier> {
        let given = self.origin.clone();
        let is_given = given.is_some();
        let origin = given.or_else(|| origin(source, format, settings));
        let Some(origin) = origin else { return Ok(Earlier::default()) };
        let (held, is_free) = hold(source);
        let nothing = Earlier { origin: Some(origin.clone()), held, ..Earlier::default() };
        // Whoever imports the file now, holds it: this one begins anew, and both do the whole.
        let is_any = matches!(source, Source::Stdin) && self.resume != Resume::Insist;
        if self.resume == Resume::Never || !is_free || is_any {
            return Ok(nothing);
        }
        let newest = self.store.at_the_primary().read(|c| imports::of_origin(c, &origin))?;
        let Some(row) = newest else { return Ok(nothing) };
        if row.state == ImportState::Finished {
            // What it has grown by may be of articles of which the rest stands before.
            let is_anew = matches!(source, Source::Stdin) || settings.replace_articles;
            if self.resume != Resume::Insist || is_anew {
                return Ok(nothing);
            }
            if is_given {
                return Ok(Earlier { done: true, ..nothing });
            }
        }
        let account: Report = serde_json::from_str(&row.account).unwrap_or_default();
        let digest = row.digest.as_deref().and_then(|digest| digest.try_into().ok());
        let behind = digest.map(|digest| Behind {
            bytes: u64::try_from(row.behind).unwrap_or(0),
            digest,
            insisted: self.resume == Resume::Insist && row.state != ImportState::Finished,
            whole: account.replaced.is_some_and(|replaced| replaced.read),
        });
        Ok(Earlier { row: Some(row), behind, ..nothing })
    }
}

/// By what an input is found again: the whole path, and all that was said of how to read it. A pipe is
/// another one each time, and opening it to look would end it.
fn origin(source: &Source, format: Option<Format>, settings: &Settings) -> Option<String> {
    let place = match source {
        Source::File(path) if path.is_file() => {
            path.canonicalize().ok()?.to_string_lossy().into_owned()
        }
        Source::Stdin => source.to_string(),
        Source::File(_) | Source::Kept { .. } | Source::Given { .. } | Source::Shipped { .. } => {
            return None;
        }
    };
    let said = settings.told(format.map(Format::as_str));
    if said.is_empty() {
        return Some(place);
    }
    let digest = Sha256::digest(said.as_bytes());
    Some(format!("{place} {}", digest[..8].iter().map(|b| format!("{b:02x}")).collect::<String>()))
}

/// Locks a file for as long as it is imported; false where another import has it. Where files cannot
/// be locked, the records of imports tell in the end that another one went on with this one.
fn hold(source: &Source) -> (Option<File>, bool) {
    let (Source::File(path) | Source::Kept { path, .. }) = source else { return (None, true) };
    let Ok(file) = File::open(path) else { return (None, true) };
    match file.try_lock() {
        Ok(()) => (Some(file), true),
        Err(TryLockError::WouldBlock) => (None, false),
        Err(TryLockError::Error(_)) => (None, true),
    }
}
