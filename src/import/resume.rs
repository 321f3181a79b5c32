//! Whether an earlier run of an input stopped in the middle, and where.

use std::fs::File;

use sha2::{Digest as _, Sha256};

use super::context::Settings;
use super::format::Format;
use super::reader::Behind;
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
    /// Go on behind what was written, standard input included; one that begins otherwise is an error,
    /// and one that was read whole is not read again.
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
}

/// Looks for the run of an input that stopped in the middle.
pub(super) fn look(
    store: &Store,
    source: &Source,
    given: Option<&str>,
    resume: Resume,
    format: Option<Format>,
    settings: &Settings,
) -> Result<Earlier> {
    let origin = match given {
        Some(given) => Some(given.to_owned()),
        None => origin(source, resume, format, settings),
    };
    let Some(origin) = origin else { return Ok(Earlier::default()) };
    let nothing = Earlier { origin: Some(origin.clone()), ..Earlier::default() };
    // Whoever imports the file now, holds it: this one begins anew, and both do the whole.
    if resume == Resume::Never || is_held(source) {
        return Ok(nothing);
    }
    let newest = store.at_the_primary().read(|c| imports::of_origin(c, &origin))?;
    let Some(row) = newest else { return Ok(nothing) };
    if row.state == ImportState::Finished {
        return Ok(Earlier { done: resume == Resume::Insist, ..nothing });
    }
    let digest = row.digest.as_deref().and_then(|digest| digest.try_into().ok());
    let behind = digest.map(|digest| Behind {
        bytes: u64::try_from(row.behind).unwrap_or(0),
        digest,
        insisted: resume == Resume::Insist,
    });
    Ok(Earlier { row: Some(row), behind, ..nothing })
}

/// By what an input is found again: the whole path, and all that was said of how to read it.
fn origin(
    source: &Source,
    resume: Resume,
    format: Option<Format>,
    settings: &Settings,
) -> Option<String> {
    let place = match source {
        Source::File(path) => path.canonicalize().ok()?.to_string_lossy().into_owned(),
        Source::Stdin if resume == Resume::Insist => source.to_string(),
        Source::Stdin | Source::Given { .. } | Source::Shipped { .. } => return None,
    };
    let said = settings.told(format.map(Format::as_str));
    if said.is_empty() {
        return Some(place);
    }
    let digest = Sha256::digest(said.as_bytes());
    Some(format!("{place} {}", digest[..8].iter().map(|b| format!("{b:02x}")).collect::<String>()))
}

/// Whether a process that runs now imports this file: each holds a lock on it while it reads.
fn is_held(source: &Source) -> bool {
    let Source::File(path) = source else { return false };
    let is_held = |file: File| matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock));
    File::open(path).is_ok_and(is_held)
}
