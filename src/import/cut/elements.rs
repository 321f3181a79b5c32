//! The elements of one JSON array, each a record: the array may be of any length.

use std::io;

use super::{BYTE_ORDER_MARK, Cut, Gathered, MAX_LINE, Record, Tape, bounded_gap};

/// Cuts elements.
pub(super) struct Elements {
    tape: Tape,
    place: Place,
}

/// Where between the elements the tape stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the array.
    Before,
    /// Before an element, or the end of the array.
    Within,
    /// Taken up behind what may be the end of the array, or an element that ends like one.
    Unsure,
    /// Behind the array.
    Behind,
}

/// What stands before the next element.
enum Next {
    /// It begins, on this line.
    Element(u64),
    /// Nothing: the input ends.
    End,
}

impl Elements {
    pub(super) fn new(tape: Tape) -> Self {
        let place = match (tape.offset(), tape.last()) {
            (0, _) => Place::Before,
            (_, Some(b']')) => Place::Unsure,
            _ => Place::Within,
        };
        Self { tape, place }
    }

    /// Passes over what stands between elements.
    fn advance(&mut self) -> io::Result<Next> {
        let mut blank = 0;
        loop {
            let first = self.tape.offset() == 0;
            let ahead = self.tape.ahead()?;
            let Some(&byte) = ahead.first() else { return Ok(Next::End) };
            if first && ahead.starts_with(BYTE_ORDER_MARK) {
                self.tape.take(BYTE_ORDER_MARK.len())?;
                continue;
            }
            let spaces = ahead.len() - ahead.trim_ascii_start().len();
            if spaces > 0 {
                blank += spaces as u64;
                bounded_gap(blank)?;
                self.tape.take(spaces)?;
                continue;
            }
            self.place = match (self.place, byte) {
                (Place::Before, b'[') => Place::Within,
                (Place::Within | Place::Unsure, b',') => Place::Within,
                (Place::Within | Place::Unsure, b']') => Place::Behind,
                // What does not belong there is a record, to be rejected.
                _ => return Ok(Next::Element(self.tape.line())),
            };
            self.tape.take(1)?;
        }
    }
}

/// An array that ends before what it is made of does: what was read in part is read again where it is
/// given whole.
fn torn(where_: &str) -> io::Error {
    let reason = format!("the array of the input has no end: it breaks off{where_}");
    io::Error::new(io::ErrorKind::UnexpectedEof, reason)
}

impl Cut for Elements {
    fn next(&mut self) -> io::Result<Option<Record>> {
        let line = match self.advance()? {
            Next::Element(line) => line,
            Next::End if self.place == Place::Within => return Err(torn("")),
            Next::End => return Ok(None),
        };
        let mut gathered = Gathered::default();
        let mut scan = Scan::default();
        loop {
            let ahead = self.tape.ahead()?;
            if ahead.is_empty() && self.place == Place::Within && scan.is_within() {
                return Err(torn(&format!(" in the element that begins on line {line}")));
            }
            if ahead.is_empty() {
                break;
            }
            // Outside of the array no bracket or comma ends anything.
            let end = match self.place {
                Place::Within => scan.end(ahead),
                _ => None,
            };
            let taken = end.unwrap_or(ahead.len());
            gathered.push(&ahead[..taken], MAX_LINE)?;
            self.tape.take(taken)?;
            if end.is_some() {
                break;
            }
        }
        Ok(Some(Record { line, body: gathered.body(MAX_LINE) }))
    }

    fn tape(&mut self) -> &mut Tape {
        &mut self.tape
    }
}

/// Finds the end of an element.
#[derive(Default)]
struct Scan {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Whether the element has not come to its end.
    fn is_within(&self) -> bool {
        self.depth > 0 || self.in_string
    }

    /// Where in these bytes, which follow those before, the element ends.
    fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b',' if self.depth == 0 => return Some(at),
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::Body;
    use super::*;

    fn all(input: &'static str) -> (Vec<(u64, String)>, Option<String>) {
        let reader = io::BufReader::with_capacity(3, input.as_bytes());
        let mut elements = Elements::new(Tape::new(Box::new(reader)));
        let mut found = Vec::new();
        loop {
            match elements.next() {
                Ok(Some(Record { line, body: Body::Whole(bytes) })) => {
                    found.push((line, String::from_utf8_lossy(&bytes).trim().to_owned()));
                }
                Ok(Some(record)) => panic!("{record:?}"),
                Ok(None) => return (found, None),
                Err(error) => return (found, Some(error.to_string())),
            }
        }
    }

    #[test]
    fn elements_are_cut_whatever_stands_in_their_strings() {
        let (found, error) = all("\u{feff}[\n{\"a\": \"],\\\"\"},\n [1, [2]],{} ]\n");
        let expected = [(2, r#"{"a": "],\""}"#), (3, "[1, [2]]"), (3, "{}")];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
        assert_eq!(error, None);
        assert_eq!(all("[]"), (vec![], None));
    }

    #[test]
    fn an_array_without_an_end_is_told_behind_its_elements() {
        let (found, error) = all("[{},{}");
        assert_eq!(found.len(), 2);
        assert!(error.is_some_and(|error| error.contains("no end")));
        // Read on from there it would be other elements.
        let (found, error) = all("[{},\n{\"a\": [{}, {}");
        assert_eq!(found.len(), 1);
        assert!(error.is_some_and(|error| error.contains("the element that begins on line 2")));
    }

    #[test]
    fn an_array_is_taken_up_behind_any_of_its_elements_and_behind_its_end() {
        let text: &'static [u8] = b"[{}, [1] ,{\"a\": 2}]\n";
        for (offset, left) in [(3, 2), (8, 1), (9, 1), (10, 1), (18, 0), (19, 0), (20, 0)] {
            let mut tape = Tape::new(Box::new(text));
            assert!(tape.skip_to(offset).expect("it is read"));
            let mut elements = Elements::new(tape);
            let found = std::iter::from_fn(|| elements.next().expect("it is read")).count();
            assert_eq!(found, left, "behind {offset} bytes");
        }
    }

    #[test]
    fn what_stands_behind_the_array_is_a_record_of_its_own() {
        assert_eq!(all("[{}] [{}]").0, [(1, "{}".to_owned()), (1, "[{}]".to_owned())]);
    }
}
