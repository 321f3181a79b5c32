//! Records of separated values after RFC 4180: a cell in double quotes may hold separators, line ends
//! and double quotes written twice.

use std::io;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::{BYTE_ORDER_MARK, Body, Cut, Gathered, MAX_LINE, Record, Tape, bounded_gap};

/// How many cells a record may have.
pub const MAX_COLUMNS: usize = 1_000;

/// For how much text of a record there is room at first, in bytes.
const ROOM: usize = 4 << 10;

/// The cells of a record, unquoted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    text: Vec<u8>,
    ends: Vec<usize>,
    misquoted: Option<usize>,
}

impl Cells {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell at this place, from 0; `None` behind the last, and where it is not UTF-8.
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        std::str::from_utf8(self.text.get(start..end)?).ok()
    }

    /// The first cell, from 1, in which a quotation mark closes what goes on behind it: what was meant
    /// nobody knows, and the words would lose their marks.
    pub fn misquoted(&self) -> Option<usize> {
        self.misquoted
    }

    /// All cells, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at).unwrap_or_default())
    }
}

/// Cuts records.
pub(super) struct Table {
    tape: Tape,
    delimiter: u8,
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Table {
    pub(super) fn new(tape: Tape, delimiter: u8) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
        // It takes a byte order mark off the first bytes that it sees, wherever in the input these
        // stand: a line end, which is no record, is seen first.
        reader.read_record(b"\n", &mut [0], &mut [0]);
        Self { tape, delimiter, reader, text: vec![0; ROOM], ends: vec![0; MAX_COLUMNS + 1] }
    }
}

impl Cut for Table {
    fn next(&mut self) -> io::Result<Option<Record>> {
        if self.tape.offset() == 0 && self.tape.ahead()?.starts_with(BYTE_ORDER_MARK) {
            self.tape.take(BYTE_ORDER_MARK.len())?;
        }
        // Blank lines between records are no part of the next one.
        let mut blank = 0;
        loop {
            let ends = |byte: &&u8| matches!(byte, b'\r' | b'\n');
            let ends = self.tape.ahead()?.iter().take_while(ends).count();
            if ends == 0 {
                break;
            }
            blank += ends as u64;
            bounded_gap(blank)?;
            self.tape.take(ends)?;
        }
        let line = self.tape.line();
        let mut gathered = Gathered::default();
        let (mut written, mut ended, mut wide) = (0, 0, false);
        loop {
            let ahead = self.tape.ahead()?;
            let (result, taken, text, ends) =
                self.reader.read_record(ahead, &mut self.text[written..], &mut self.ends[ended..]);
            gathered.push(&ahead[..taken], MAX_LINE)?;
            self.tape.take(taken)?;
            written += text;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                // A cell is no longer than what it is written in.
                ReadRecordResult::OutputFull if gathered.length <= MAX_LINE as u64 + 2 => {
                    let longer = self.text.len() * 2;
                    self.text.resize(longer, 0);
                }
                // What is too long is passed over: its cells are not looked at.
                ReadRecordResult::OutputFull => written = 0,
                ReadRecordResult::OutputEndsFull => (ended, wide) = (0, true),
                ReadRecordResult::Record => break,
                ReadRecordResult::End if gathered.length == 0 => return Ok(None),
                ReadRecordResult::End => break,
            }
        }
        wide |= ended > MAX_COLUMNS;
        let body = match gathered.body(MAX_LINE) {
            Body::Whole(mut bytes) if wide => {
                bytes.truncate(super::KEPT);
                Body::TooWide(bytes)
            }
            Body::Whole(bytes) => {
                let text = self.text[..written].to_vec();
                let misquoted = misquoted(&bytes, self.delimiter);
                Body::Cells(bytes, Cells { text, ends: self.ends[..ended].to_vec(), misquoted })
            }
            body => body,
        };
        Ok(Some(Record { line, body }))
    }

    fn tape(&mut self) -> &mut Tape {
        &mut self.tape
    }
}

/// The first cell of a record, from 1, in which more than blanks follows the mark that closes it.
fn misquoted(record: &[u8], delimiter: u8) -> Option<usize> {
    let mut rest = record;
    for cell in 1.. {
        if let Some(quoted) = rest.strip_prefix(b"\"") {
            rest = quoted;
            loop {
                // One that is not closed is told by the number of cells.
                let mark = memchr::memchr(b'"', rest)?;
                rest = &rest[mark + 1..];
                match rest.strip_prefix(b"\"") {
                    Some(behind) => rest = behind,
                    None => break,
                }
            }
            let behind = rest.iter().find(|byte| !matches!(byte, b' ' | b'\r' | b'\n'));
            if behind.is_some_and(|byte| *byte != delimiter) {
                return Some(cell);
            }
        }
        rest = &rest[memchr::memchr(delimiter, rest)? + 1..];
    }
    None
}

/// What stands between the cells of a table that begins so: a tab where its first line has one, else
/// the more frequent of comma and semicolon.
pub fn delimiter(head: &[u8]) -> u8 {
    let line =
        head.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.trim_ascii().is_empty());
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, line.unwrap_or_default()).count();
    match (count(b'\t'), count(b','), count(b';')) {
        (1.., ..) => b'\t',
        (0, commas, semicolons) if semicolons > commas => b';',
        _ => b',',
    }
}

/// The head of a table that begins so; `None` where it does not end within these bytes, or has too
/// many columns.
pub fn head(bytes: &[u8]) -> Option<Record> {
    let mut table =
        Table::new(Tape::new(Box::new(io::Cursor::new(bytes.to_vec()))), delimiter(bytes));
    let record = table.next().ok()??;
    matches!(record.body, Body::Cells(..)).then_some(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: Vec<u8>) -> Vec<Record> {
        let delimiter = delimiter(&input);
        let reader = io::BufReader::with_capacity(7, io::Cursor::new(input));
        let mut table = Table::new(Tape::new(Box::new(reader)), delimiter);
        std::iter::from_fn(|| table.next().expect("it is read")).collect()
    }

    fn cells(record: &Record) -> Vec<&str> {
        let Body::Cells(_, cells) = &record.body else { panic!("{record:?}") };
        cells.iter().collect()
    }

    #[test]
    fn a_cell_in_quotes_holds_what_it_likes() {
        let input = "\u{feff}a,b\r\n\r\n\"x, \"\"y\"\"\nz\",2\r\n3,\"\"\n";
        let records = all(input.into());
        assert_eq!(cells(&records[0]), ["a", "b"]);
        assert_eq!(cells(&records[1]), ["x, \"y\"\nz", "2"]);
        assert_eq!(cells(&records[2]), ["3", ""]);
        assert_eq!(records.iter().map(|record| record.line).collect::<Vec<_>>(), [1, 3, 5]);
        assert_eq!(records[1].body.bytes(), b"\"x, \"\"y\"\"\nz\",2");
    }

    #[test]
    fn a_byte_order_mark_is_one_at_the_beginning_alone() {
        let input = "\u{feff}a,b\n\u{feff}1,2\n";
        let mut first = Table::new(Tape::new(Box::new(input.as_bytes())), b',');
        let head = first.next().expect("it is read").expect("a head");
        assert_eq!(cells(&head), ["a", "b"]);
        let mut tape = Tape::new(Box::new(input.as_bytes()));
        assert!(tape.skip_to(first.tape().offset()).expect("it is read"));
        let row = Table::new(tape, b',').next().expect("it is read").expect("a row");
        assert_eq!(cells(&row), ["\u{feff}1", "2"]);
        assert_eq!(first.next().expect("it is read"), Some(row));
    }

    #[test]
    fn tabs_and_semicolons_are_seen() {
        assert_eq!(cells(&all(b"a\tb,c\n".to_vec())[0]), ["a", "b,c"]);
        assert_eq!(cells(&all(b"a;b\n".to_vec())[0]), ["a", "b"]);
        // A line may end as it did on the first Macintosh.
        assert_eq!(cells(&all(b"a\r\t".to_vec())[0]), ["a"]);
    }

    #[test]
    fn what_is_too_long_or_too_wide_is_passed_over_whole() {
        let long = format!("a,b\n\"{}\",1\nc,d\n", "x".repeat(MAX_LINE));
        let records = all(long.into());
        assert!(matches!(records[1].body, Body::TooLong(..)));
        assert_eq!(cells(&records[2]), ["c", "d"]);
        let records = all(format!("{}\nc,d\n", ",".repeat(MAX_COLUMNS)).into());
        assert!(matches!(records[0].body, Body::TooWide(_)));
        assert_eq!(cells(&records[1]), ["c", "d"]);
        let records = all(format!("{}\nc,d\n", ",".repeat(MAX_COLUMNS - 1)).into());
        assert_eq!(cells(&records[0]).len(), MAX_COLUMNS);
    }
}
