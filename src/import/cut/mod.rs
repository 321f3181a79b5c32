//! Bytes → records: an input is cut where its shape says, within bounds, and each record knows the
//! line on which it begins.

mod document;
mod elements;
mod lines;
mod table;
mod tape;

use std::io;

pub use table::{Cells, MAX_COLUMNS, Misquoted, delimiter, head};
pub use tape::{Digest, Place, Tape};

use document::Document;
use elements::Elements;
use lines::Lines;
use table::Table;

/// The longest record that is read, in bytes; of a whole document see [`MAX_DOCUMENT`].
pub const MAX_LINE: usize = 1 << 20;
/// The longest document that is read as one record, in bytes: one article with what was found in it.
pub const MAX_DOCUMENT: usize = 8 << 20;
/// How long a record may be to be passed over; with a longer one the input is given up, since it is
/// not what it seems to be, and reading on could take for ever.
const MAX_PASSED: u64 = 16 << 20;
/// How much white space may stand between two records, in bytes; what has more is no input of rows.
const MAX_GAP: u64 = 1 << 20;
/// How much of a longer record is kept for the report, in bytes.
const KEPT: usize = 1 << 10;
/// What some programs write before UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How records lie in an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One a line.
    Lines,
    /// The elements of one JSON array.
    Elements,
    /// Comma-, semicolon- or tab-separated after RFC 4180, with a head: a record may hold line ends.
    Table,
    /// The whole input is one.
    Document,
}

/// A record as it lies in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// What it holds.
    pub body: Body,
}

/// What a record holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Its bytes.
    Whole(Vec<u8>),
    /// Its bytes, and the cells in them.
    Cells(Vec<u8>, Cells),
    /// It is longer than what is read: its beginning and its length in bytes.
    TooLong(Vec<u8>, u64),
    /// It has more than [`MAX_COLUMNS`] cells: its beginning.
    TooWide(Vec<u8>),
}

impl Body {
    /// The bytes that are held.
    pub fn bytes(&self) -> &[u8] {
        let (Self::Whole(bytes)
        | Self::Cells(bytes, _)
        | Self::TooLong(bytes, _)
        | Self::TooWide(bytes)) = self;
        bytes
    }
}

/// Cuts an input of one shape into records.
pub trait Cut {
    /// The next record, or `None` at the end.
    ///
    /// # Errors
    /// Where the input cannot be read, or ends before what it is made of does.
    fn next(&mut self) -> io::Result<Option<Record>>;

    /// What was read so far, to the end of the last record.
    fn tape(&mut self) -> &mut Tape;
}

/// What cuts an input of this shape; on a tape that does not stand at its beginning, what lies
/// behind the records that were read before.
pub fn cutter(shape: Shape, tape: Tape, delimiter: u8) -> Box<dyn Cut> {
    match shape {
        Shape::Lines => Box::new(Lines::new(tape)),
        Shape::Elements => Box::new(Elements::new(tape)),
        Shape::Table => Box::new(Table::new(tape, delimiter)),
        Shape::Document => Box::new(Document::new(tape)),
    }
}

/// What cuts lines from their beginning.
pub fn lines(reader: Box<dyn io::BufRead + Send>) -> Box<dyn Cut> {
    cutter(Shape::Lines, Tape::new(reader), b',')
}

/// Refuses a record that has more bytes than are passed over.
fn bounded(length: u64) -> io::Result<()> {
    refused(length > MAX_PASSED, || format!("a record has more than {MAX_PASSED} bytes"))
}

/// Refuses a gap between two records that has more bytes than are passed over.
fn bounded_gap(length: u64) -> io::Result<()> {
    refused(length > MAX_GAP, || {
        format!("more than {MAX_GAP} bytes of white space stand before the next record")
    })
}

fn refused(is_too_long: bool, reason: impl FnOnce() -> String) -> io::Result<()> {
    if is_too_long {
        return Err(io::Error::new(io::ErrorKind::InvalidData, reason()));
    }
    Ok(())
}

/// Gathers the bytes of one record, and no more of them than shows that it is too long.
#[derive(Debug, Default)]
struct Gathered {
    bytes: Vec<u8>,
    length: u64,
}

impl Gathered {
    /// Adds what comes next.
    ///
    /// # Errors
    /// Where the record is longer than what is passed over.
    fn push(&mut self, bytes: &[u8], limit: usize) -> io::Result<()> {
        // Two more than the limit: a line end is no part of what counts.
        let room = (limit + 2).saturating_sub(self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.length += bytes.len() as u64;
        bounded(self.length)
    }

    /// The body of a record that ends here.
    fn body(mut self, limit: usize) -> Body {
        if self.length <= limit as u64 + 2 {
            let end = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
            let end = end.strip_suffix(b"\r").unwrap_or(end).len();
            self.bytes.truncate(end);
            if end <= limit {
                return Body::Whole(self.bytes);
            }
        }
        self.bytes.truncate(KEPT);
        Body::TooLong(self.bytes, self.length)
    }
}
