//! The beginning of an input: as much of it as shows what it is.

use std::io::{self, BufRead};

use crate::import::cut::{Shape, head};
use crate::import::format::Format;
use crate::import::sight::{PEEKED, Sight};

/// The beginning of an input.
pub struct Beginning {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether there is no more.
    pub whole: bool,
    /// The format, and how records lie in it, where the beginning shows that.
    pub found: Option<(Format, Shape)>,
    /// Why reading stopped behind these bytes.
    pub error: Option<io::Error>,
}

/// Reads the beginning of an input until it shows its format. Where columns were given to fields, a
/// table that shows none is of any columns.
pub fn peek(
    reader: &mut impl BufRead,
    insisted: Option<Format>,
    is_mapped: bool,
) -> io::Result<Beginning> {
    let (mut bytes, mut error) = (Vec::new(), None);
    let mut looked_at = 0;
    loop {
        let ahead = match reader.fill_buf() {
            Ok(ahead) => ahead,
            Err(again) if again.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) if bytes.is_empty() => return Err(cause),
            Err(cause) => {
                error = Some(cause);
                &[]
            }
        };
        let taken = ahead.len();
        bytes.extend_from_slice(ahead);
        reader.consume(taken);
        let whole = taken == 0;
        // An input may come byte by byte: it is looked at when there is twice as much of it.
        if !whole && bytes.len() < PEEKED.min(looked_at * 2) {
            continue;
        }
        looked_at = bytes.len();
        let enough = whole || bytes.len() >= PEEKED;
        let sights = Sight::all(&bytes, whole);
        let found = match insisted {
            None => Format::recognise(&sights)
                .or_else(|| is_mapped.then(|| Format::mapped(&sights)).flatten()),
            // A line further on may be the first that shows how the others lie.
            Some(format) => format
                .shown(&sights)
                .or_else(|| enough.then(|| format.supposed(&sights)))
                .map(|shape| (format, shape)),
        };
        // The head of a table is needed whole.
        let headless = |shape: Shape| shape == Shape::Table && head(&bytes).is_none();
        let found = found.filter(|(_, shape)| enough || !headless(*shape));
        if found.is_some() || enough {
            return Ok(Beginning { bytes, whole, found, error });
        }
    }
}

/// What follows the beginning of an input, with the error that was met there.
pub struct Rest<R> {
    /// The error, until it was told.
    pub error: Option<io::Error>,
    /// What follows.
    pub reader: R,
}

impl<R: BufRead> BufRead for Rest<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.reader.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        self.reader.consume(count);
    }
}

impl<R: BufRead> io::Read for Rest<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.reader.read(buffer),
        }
    }
}
