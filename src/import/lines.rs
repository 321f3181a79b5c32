//! Lines of an input: bounded, numbered, without byte order mark and line ends.

use std::io::{self, BufRead};

/// The longest line that is read, in bytes.
pub const MAX_LINE: usize = 1 << 20;
/// How much of a longer line is kept for the report.
const KEPT: usize = 1 << 10;

/// A line as it was found.
#[derive(Debug, PartialEq, Eq)]
pub enum Raw<'a> {
    /// A line within the limit.
    Whole(&'a [u8]),
    /// A longer one: its beginning and its length in bytes.
    TooLong(&'a [u8], u64),
}

/// Reads lines into one buffer.
pub struct Lines<R> {
    reader: R,
    buffer: Vec<u8>,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    /// Lines of `reader`.
    pub fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), number: 0 }
    }

    /// Number of the last line read, from 1; 0 before the first.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line, or `None` at the end.
    pub fn read(&mut self) -> io::Result<Option<Raw<'_>>> {
        self.buffer.clear();
        let mut length = 0u64;
        let mut ended = false;
        while !ended {
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() {
                if length == 0 {
                    return Ok(None);
                }
                break;
            }
            let end = memchr::memchr(b'\n', chunk);
            let taken = end.map_or(chunk.len(), |end| end + 1);
            // Of an overlong line no more is kept than shows that it is one.
            let room = (MAX_LINE + 2).saturating_sub(self.buffer.len());
            self.buffer.extend_from_slice(&chunk[..taken.min(room)]);
            length += taken as u64;
            ended = end.is_some();
            self.reader.consume(taken);
        }
        self.number += 1;
        let mut line = self.buffer.as_slice();
        line = line.strip_suffix(b"\n").unwrap_or(line);
        line = line.strip_suffix(b"\r").unwrap_or(line);
        if self.number == 1 {
            line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        }
        Ok(Some(if line.len() > MAX_LINE {
            Raw::TooLong(&line[..KEPT], length)
        } else {
            Raw::Whole(line)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_are_no_part_of_a_line() {
        let mut lines = Lines::new(&b"\xEF\xBB\xBFone\r\ntwo\n\nlast"[..]);
        for expected in ["one", "two", "", "last"] {
            assert_eq!(lines.read().ok().flatten(), Some(Raw::Whole(expected.as_bytes())));
        }
        assert_eq!(lines.read().ok(), Some(None));
        assert_eq!(lines.number(), 4);
    }

    #[test]
    fn an_overlong_line_is_passed_over_whole() {
        let mut input = vec![b'x'; MAX_LINE * 2];
        input.extend_from_slice(b"\nnext\n");
        let mut lines = Lines::new(input.as_slice());
        let Ok(Some(Raw::TooLong(kept, length))) = lines.read() else { panic!("not too long") };
        assert_eq!((kept.len(), length), (KEPT, MAX_LINE as u64 * 2 + 1));
        assert_eq!(lines.read().ok().flatten(), Some(Raw::Whole(b"next")));
    }

    #[test]
    fn the_longest_line_allowed_is_whole() {
        let mut input = vec![b'x'; MAX_LINE];
        input.extend_from_slice(b"\r\n");
        let mut lines = Lines::new(input.as_slice());
        assert!(matches!(lines.read(), Ok(Some(Raw::Whole(line))) if line.len() == MAX_LINE));
    }
}
