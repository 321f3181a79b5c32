//! What travels from the reading thread to the writing one.

use super::cut::{Digest, Place};
use super::format::Format;
use super::record::Note;
use super::rejection::Rejection;
use super::report::LineCounts;
use super::resume::Earlier;
use super::source::SourceError;
use crate::domain::import::ImportState;
use crate::store::StoreError;
use crate::store::write::Entry;

/// Entries of one transaction at least, where the input has so many.
pub const ENTRIES: usize = 5_000;

/// Bytes of rows that are held together at most, give or take one record: memory stays flat.
pub const BYTES: usize = 8 << 20;

/// Rows of one input, to be written together.
#[derive(Debug, Default)]
pub struct Batch {
    /// The entries of all rows, in order.
    pub entries: Vec<Entry>,
    /// The rows that were read, in order.
    pub lines: Vec<LineCounts>,
    /// The rows that were rejected.
    pub rejections: Vec<Rejection>,
    /// What is worth telling of rows that were taken, with the line.
    pub notes: Vec<(u64, Note)>,
    /// Length of the rows in bytes.
    pub bytes: usize,
    /// Blank lines.
    pub blank: u64,
    /// How the import stands once this batch is written.
    pub state: ImportState,
    /// How far the input was read.
    pub read: Read,
}

/// How far an input was read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Read {
    /// How many bytes, inflated.
    pub bytes: u64,
    /// Their digest.
    pub digest: Digest,
}

impl From<Place> for Read {
    fn from(place: Place) -> Self {
        Self { bytes: place.bytes, digest: place.digest() }
    }
}

impl Batch {
    /// Whether it is large enough to be written.
    pub fn is_full(&self) -> bool {
        self.entries.len() >= ENTRIES
            || self.lines.len() + self.rejections.len() >= ENTRIES
            || self.bytes >= BYTES
    }

    /// Whether the first row of `next` is of the last row's article, or of none, and there is room for
    /// it.
    pub fn is_continued_by(&self, next: &Self) -> bool {
        let rows = self.lines.len() + self.rejections.len();
        let room = rows.max(self.entries.len()) < 4 * ENTRIES && self.bytes < 4 * BYTES;
        let last = self.entries.last().map(|entry| entry.article_id);
        room && next.entries.first().is_none_or(|first| Some(first.article_id) == last)
    }

    /// Adds the rows of another one, save for how far it was read.
    pub fn append(&mut self, mut next: Self) {
        self.entries.append(&mut next.entries);
        self.lines.append(&mut next.lines);
        self.rejections.append(&mut next.rejections);
        self.notes.append(&mut next.notes);
        self.bytes += next.bytes;
        self.blank += next.blank;
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
        /// The line behind which it goes on, where it does.
        resumed_behind: Option<u64>,
        /// What is known of it from before.
        earlier: Box<Earlier>,
    },
    /// An input was imported whole before.
    Known(String),
    /// Rows to write.
    Batch(Batch),
    /// An input cannot be read, or not to its end.
    Failed(SourceError),
    /// The database cannot be asked what earlier runs left.
    Broke(StoreError),
    /// There is no further input.
    End,
}
