//! One record a line, without its end, and without byte order marks: files put behind each other have
//! several.

use std::io;

use super::{BYTE_ORDER_MARK, Body, Cut, Gathered, MAX_LINE, Record, Tape, bounded_gap};

/// Cuts lines.
pub(super) struct Lines {
    tape: Tape,
    /// How many bytes of blank lines stand before the next record.
    blank: u64,
}

impl Lines {
    pub(super) fn new(tape: Tape) -> Self {
        Self { tape, blank: 0 }
    }
}

impl Cut for Lines {
    fn next(&mut self) -> io::Result<Option<Record>> {
        let line = self.tape.line();
        let mut gathered = Gathered::default();
        loop {
            let ahead = self.tape.ahead()?;
            if ahead.is_empty() {
                break;
            }
            let end = memchr::memchr(b'\n', ahead);
            let taken = end.map_or(ahead.len(), |end| end + 1);
            gathered.push(&ahead[..taken], MAX_LINE)?;
            self.tape.take(taken)?;
            if end.is_some() {
                break;
            }
        }
        if gathered.length == 0 {
            return Ok(None);
        }
        let length = gathered.length;
        let mut body = gathered.body(MAX_LINE);
        if let Body::Whole(bytes) = &mut body
            && bytes.starts_with(BYTE_ORDER_MARK)
        {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        self.blank = if body.bytes().trim_ascii().is_empty() { self.blank + length } else { 0 };
        bounded_gap(self.blank)?;
        Ok(Some(Record { line, body }))
    }

    fn tape(&mut self) -> &mut Tape {
        &mut self.tape
    }
}

#[cfg(test)]
mod tests {
    use super::super::KEPT;
    use super::*;

    fn all(input: Vec<u8>) -> Vec<Record> {
        let mut lines = Lines::new(Tape::new(Box::new(io::Cursor::new(input))));
        std::iter::from_fn(|| lines.next().expect("it is read")).collect()
    }

    #[test]
    fn line_ends_and_marks_are_no_part_of_a_line() {
        let records = all(b"\xEF\xBB\xBFone\r\ntwo\n\nlast".to_vec());
        let whole = |line: u64, text: &str| Record { line, body: Body::Whole(text.into()) };
        assert_eq!(records, [whole(1, "one"), whole(2, "two"), whole(3, ""), whole(4, "last")]);
    }

    #[test]
    fn an_overlong_line_is_passed_over_whole() {
        let mut input = vec![b'x'; MAX_LINE * 2];
        input.extend_from_slice(b"\nnext\n");
        let records = all(input);
        let Body::TooLong(kept, length) = &records[0].body else { panic!("not too long") };
        assert_eq!((kept.len(), *length), (KEPT, MAX_LINE as u64 * 2 + 1));
        assert_eq!(records[1], Record { line: 2, body: Body::Whole(b"next".to_vec()) });
    }

    #[test]
    fn the_longest_line_allowed_is_whole() {
        let mut input = vec![b'x'; MAX_LINE];
        input.extend_from_slice(b"\r\n");
        assert!(matches!(&all(input)[0].body, Body::Whole(line) if line.len() == MAX_LINE));
        assert!(matches!(&all(vec![b'x'; MAX_LINE + 1])[0].body, Body::TooLong(..)));
    }
}
