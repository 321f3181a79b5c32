//! What travels from the reading thread to the writing one.

use super::format::Format;
use super::record::Note;
use super::rejection::Rejection;
use super::report::LineCounts;
use super::source::SourceError;
use crate::domain::import::ImportState;
use crate::store::write::Entry;

/// Entries of one transaction at least, where the input has so many.
pub const ENTRIES: usize = 5_000;

/// Bytes of lines that are held together at most, give or take one line: memory stays flat.
pub const BYTES: usize = 8 << 20;

/// Lines of one input, to be written together.
#[derive(Debug, Default)]
pub struct Batch {
    /// The entries of all lines, in order.
    pub entries: Vec<Entry>,
    /// The lines that were read, in order.
    pub lines: Vec<LineCounts>,
    /// The lines that were rejected.
    pub rejections: Vec<Rejection>,
    /// What is worth telling of lines that were taken, with the line.
    pub notes: Vec<(u64, Note)>,
    /// Length of the lines in bytes.
    pub bytes: usize,
    /// Blank lines.
    pub blank: u64,
    /// How the import stands once this batch is written.
    pub state: ImportState,
}

impl Batch {
    /// Whether it is large enough to be written.
    pub fn is_full(&self) -> bool {
        self.entries.len() >= ENTRIES
            || self.lines.len() + self.rejections.len() >= ENTRIES
            || self.bytes >= BYTES
    }
}

/// What the reading thread tells.
#[derive(Debug)]
pub enum Message {
    /// An input begins.
    Begin {
        /// Its name.
        source: String,
        /// Its format.
        format: Format,
    },
    /// Lines to write.
    Batch(Batch),
    /// An input cannot be read, or not to its end.
    Failed(SourceError),
}
