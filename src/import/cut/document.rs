//! The whole input as one record.

use std::io;

use super::{BYTE_ORDER_MARK, Body, Cut, Gathered, MAX_DOCUMENT, Record, Tape};

/// Takes a document.
pub(super) struct Document {
    tape: Tape,
}

impl Document {
    pub(super) fn new(tape: Tape) -> Self {
        Self { tape }
    }
}

impl Cut for Document {
    fn next(&mut self) -> io::Result<Option<Record>> {
        let line = self.tape.line();
        let mut gathered = Gathered::default();
        loop {
            let ahead = self.tape.ahead()?;
            let taken = ahead.len();
            if taken == 0 {
                break;
            }
            gathered.push(ahead, MAX_DOCUMENT)?;
            self.tape.take(taken)?;
        }
        if gathered.length == 0 {
            return Ok(None);
        }
        let mut body = gathered.body(MAX_DOCUMENT);
        if let Body::Whole(bytes) = &mut body
            && bytes.starts_with(BYTE_ORDER_MARK)
        {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        Ok(Some(Record { line, body }))
    }

    fn tape(&mut self) -> &mut Tape {
        &mut self.tape
    }
}
