//! An input as it is read: how far, on which line, and the digest of all of it so far.

use std::io::{self, BufRead};

use sha2::{Digest as _, Sha256};

/// The SHA-256 digest of bytes that were read.
pub type Digest = [u8; 32];

/// How many bytes are passed over at a time.
const STEP: usize = 256 << 10;

/// A reader that remembers how far it was read. What is taken from it is digested; what is only
/// looked at is not.
pub struct Tape {
    reader: Box<dyn BufRead + Send>,
    digest: Sha256,
    offset: u64,
    lines: u64,
    /// The last byte that was taken and is no white space.
    last: Option<u8>,
    in_line: bool,
    is_quoted: bool,
}

/// A place on a tape, and the digest of everything before it.
#[derive(Clone)]
pub struct Place {
    /// How many bytes stand before it.
    pub bytes: u64,
    digest: Sha256,
}

impl Place {
    /// The digest of the bytes before it.
    pub fn digest(self) -> Digest {
        self.digest.finalize().into()
    }
}

impl Tape {
    /// The beginning of an input.
    pub fn new(reader: Box<dyn BufRead + Send>) -> Self {
        Self {
            reader,
            digest: Sha256::new(),
            offset: 0,
            lines: 0,
            last: None,
            in_line: false,
            is_quoted: false,
        }
    }

    /// How many bytes were taken.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The line on which the next byte stands, from 1.
    pub fn line(&self) -> u64 {
        self.lines + 1
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        Place { bytes: self.offset, digest: self.digest.clone() }
    }

    /// Whether it stands in the middle of a line.
    pub fn is_in_line(&self) -> bool {
        self.in_line
    }

    /// Whether a table may have a cell here that goes on: an odd number of double quotes was taken.
    pub fn is_quoted(&self) -> bool {
        self.is_quoted
    }

    /// The last byte that was taken and is no white space.
    pub fn last(&self) -> Option<u8> {
        self.last
    }

    /// The bytes that come next, none at the end.
    pub fn ahead(&mut self) -> io::Result<&[u8]> {
        loop {
            match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                // The borrow checker does not see that the first look has ended.
                Ok(_) => return self.reader.fill_buf(),
            }
        }
    }

    /// Takes so many of the bytes that [`Tape::ahead`] gave.
    pub fn take(&mut self, count: usize) -> io::Result<()> {
        let ahead = self.reader.fill_buf()?;
        let taken = &ahead[..count.min(ahead.len())];
        self.digest.update(taken);
        self.lines += memchr::memchr_iter(b'\n', taken).count() as u64;
        self.is_quoted ^= !memchr::memchr_iter(b'"', taken).count().is_multiple_of(2);
        self.offset += taken.len() as u64;
        self.in_line = taken.last().map_or(self.in_line, |last| !matches!(last, b'\r' | b'\n'));
        self.last = taken.trim_ascii_end().last().copied().or(self.last);
        let taken = taken.len();
        self.reader.consume(taken);
        Ok(())
    }

    /// Passes over the bytes up to this offset; false where the input ends before.
    pub fn skip_to(&mut self, offset: u64) -> io::Result<bool> {
        while self.offset < offset {
            let left = usize::try_from(offset - self.offset).unwrap_or(STEP);
            let ahead = self.ahead()?.len();
            if ahead == 0 {
                return Ok(false);
            }
            self.take(ahead.min(left))?;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_counted_and_digested_however_it_is_taken() {
        let text: &[u8] = b"one\ntwo\nthree";
        let tape = || Tape::new(Box::new(io::BufReader::with_capacity(8, text)));
        let mut one = tape();
        assert!(one.skip_to(8).expect("it is read"));
        assert_eq!((one.offset(), one.line()), (8, 3));
        let mut other = tape();
        for count in [3, 5] {
            assert!(other.ahead().expect("it is read").len() >= count);
            other.take(count).expect("it is read");
        }
        assert_eq!(one.place().digest(), other.place().digest());
        assert!(!one.skip_to(14).expect("it is read"), "it has thirteen bytes");
    }
}
