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
    misquoted: Option<Misquoted>,
}

/// Quotation marks that are not what they seem, by the cell, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misquoted {
    /// A mark closes what goes on behind it: what was meant nobody knows, and the words would lose their
    /// marks.
    GoesOn(usize),
    /// The cell holds so many lines that are rows of the table: a mark that closes nothing was met by
    /// chance by another one.
    Swallows(usize, usize),
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

    /// The first cell of which the quotation marks are not what they seem.
    pub fn misquoted(&self) -> Option<Misquoted> {
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
        // Not a copy of one that was built before: that of `csv-core` 0.1 forgets what separates cells.
        let reader = ReaderBuilder::new().delimiter(delimiter).build();
        Self { tape, delimiter, reader, text: vec![0; ROOM], ends: vec![0; MAX_COLUMNS + 1] }
    }

    /// Passes over blank lines and byte order marks before a record: tables put behind each other have
    /// several. Answers the line on which it begins, and how many bytes of it that could have been of a
    /// mark were passed over too.
    fn advance(&mut self) -> io::Result<(u64, usize)> {
        let (mut blank, mut mark) = (0, 0);
        loop {
            let ahead = self.tape.ahead()?;
            let ends = ahead.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let is_mark = ahead.first() == BYTE_ORDER_MARK.get(mark);
            // It may come byte by byte.
            let passed = if is_mark { 1 } else { ends };
            if passed == 0 || (mark > 0 && !is_mark) {
                return Ok((self.tape.line(), mark));
            }
            blank += passed as u64;
            bounded_gap(blank)?;
            self.tape.take(passed)?;
            mark = if is_mark { (mark + 1) % BYTE_ORDER_MARK.len() } else { 0 };
        }
    }
}

impl Cut for Table {
    fn next(&mut self) -> io::Result<Option<Record>> {
        let is_first = self.tape.offset() == 0;
        let record = self.record()?;
        match record {
            Some(record) if is_first && is_separator_line(record.body.bytes()) => self.record(),
            record => Ok(record),
        }
    }

    fn tape(&mut self) -> &mut Tape {
        &mut self.tape
    }
}

impl Table {
    fn record(&mut self) -> io::Result<Option<Record>> {
        let (line, mark) = self.advance()?;
        let mut gathered = Gathered::default();
        let (mut written, mut ended, mut wide) = (0, 0, false);
        // What began like a byte order mark and is none.
        let mut before = &BYTE_ORDER_MARK[..mark];
        loop {
            let is_before = !before.is_empty();
            let ahead = if is_before { before } else { self.tape.ahead()? };
            let (result, taken, text, ends) =
                self.reader.read_record(ahead, &mut self.text[written..], &mut self.ends[ended..]);
            gathered.push(&ahead[..taken], MAX_LINE)?;
            if is_before {
                before = &before[taken..];
            } else {
                self.tape.take(taken)?;
            }
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
                let misquoted = misquoted(&bytes, self.delimiter, ended);
                Body::Cells(bytes, Cells { text, ends: self.ends[..ended].to_vec(), misquoted })
            }
            body => body,
        };
        Ok(Some(Record { line, body }))
    }
}

/// `sep=;`, as spreadsheets write it in front of a head.
fn is_separator_line(line: &[u8]) -> bool {
    matches!(line, [said @ .., b',' | b';' | b'\t'] if said.eq_ignore_ascii_case(b"sep="))
}

/// The first cell of a record of so many cells in which more than blanks follows the mark that closes
/// it, or that holds rows.
fn misquoted(record: &[u8], delimiter: u8, width: usize) -> Option<Misquoted> {
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
                return Some(Misquoted::GoesOn(cell));
            }
            let inside = &quoted[..quoted.len() - rest.len() - 1];
            if let Some(rows) = swallowed(inside, delimiter, cell, width) {
                return Some(Misquoted::Swallows(cell, rows));
            }
        }
        rest = &rest[memchr::memchr(delimiter, rest)? + 1..];
    }
    None
}

/// How many rows a quoted cell holds, where its lines show themselves as such: with what stands before
/// and behind it, the first and the last one have as many cells as the record, and so has at least half of
/// those between.
fn swallowed(inside: &[u8], delimiter: u8, cell: usize, width: usize) -> Option<usize> {
    let mut lines = inside.split(|byte| matches!(byte, b'\r' | b'\n'));
    let first = lines.next()?;
    let last = lines.next_back()?;
    let has = |line: &[u8], count: usize| separators(line, delimiter) == Some(count);
    if width < 2 || !has(first, width - cell) || !has(last, cell - 1) {
        return None;
    }
    let (mut rows, mut others) = (2, 0);
    for line in lines.filter(|line| !line.trim_ascii().is_empty()) {
        match has(line, width - 1) {
            true => rows += 1,
            false => others += 1,
        }
    }
    (others <= rows - 2).then_some(rows)
}

/// How many separators a line of text has that could be a table's; `None` where one of them is the
/// text's own. Nobody writes tabs between words. A comma or semicolon of a text has a blank, a mark or
/// nothing behind it, or stands within a number.
fn separators(line: &[u8], delimiter: u8) -> Option<usize> {
    let mut cells = line.split(|byte| *byte == delimiter);
    let mut left = cells.next()?;
    let (mut count, mut at_end) = (0, 0);
    for right in cells {
        let is_text = match (left, right) {
            _ if delimiter == b'\t' => false,
            (_, [b' ' | b'"', ..]) => true,
            ([.., b'0'..=b'9'], [b'0'..=b'9', ..]) => {
                let is_number = |cell: &[u8]| cell.iter().all(|b| b.is_ascii_digit() || *b == b'.');
                !(is_number(left) && is_number(right))
            }
            _ => false,
        };
        if is_text {
            return None;
        }
        count += 1;
        at_end = usize::from(delimiter != b'\t' && right.is_empty());
        left = right;
    }
    (count == 0 || count > at_end).then_some(count)
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
    let mut record = table.next().ok()??;
    let Body::Cells(head, _) = &mut record.body else { return None };
    // What the separator is stays with the head.
    let before = bytes.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before);
    if is_separator_line(before) {
        head.splice(..0, [before, b"\n"].concat());
    }
    Some(record)
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
    fn a_head_is_that_of_the_first_line() {
        for _ in 0..2 {
            let head = head(b"quote,speaker,doc_id\nOne.,Ada Quill,a\n").expect("a head");
            assert_eq!(cells(&head), ["quote", "speaker", "doc_id"]);
        }
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
    fn a_byte_order_mark_before_a_record_is_none_of_it_and_one_within_is() {
        let input = "\u{feff}a,b\n\n\u{feff}\u{feff}\"1,\u{feff}2\",3\n\u{fdfa},4\n";
        let records = all(input.into());
        assert_eq!(cells(&records[0]), ["a", "b"]);
        assert_eq!(cells(&records[1]), ["1,\u{feff}2", "3"]);
        assert_eq!(cells(&records[2]), ["\u{fdfa}", "4"]);
        assert_eq!(records[2].body.bytes(), "\u{fdfa},4".as_bytes());
        assert_eq!(records.iter().map(|record| record.line).collect::<Vec<_>>(), [1, 3, 4]);
        // Wherever it is taken up, and where the input ends within what could be one.
        let mut first = Table::new(Tape::new(Box::new(input.as_bytes())), b',');
        first.next().expect("it is read");
        let mut tape = Tape::new(Box::new(input.as_bytes()));
        assert!(tape.skip_to(first.tape().offset()).expect("it is read"));
        let row = Table::new(tape, b',').next().expect("it is read");
        assert_eq!(first.next().expect("it is read"), row);
        assert_eq!(all(b"a,b\n\xEF\xBB".to_vec())[1].body.bytes(), b"\xEF\xBB");
        assert_eq!(all(b"a,b\n\xEF\xBB\xBF".to_vec()).len(), 1);
    }

    /// Which cell of a row holds how many rows.
    fn swallowed(row: &str, head: &str) -> Option<(usize, usize)> {
        let records = all(format!("{head}\n{row}\n").into());
        let Body::Cells(_, cells) = &records[1].body else { panic!("{records:?}") };
        assert_eq!((cells.len(), records.len()), (head.split(['\t', ',']).count(), 2));
        match cells.misquoted() {
            Some(Misquoted::Swallows(cell, rows)) => Some((cell, rows)),
            _ => None,
        }
    }

    #[test]
    fn a_cell_of_rows_is_told_from_one_of_lines() {
        let tabs = "quote\tspeaker\turl";
        for (row, found) in [
            ("\"Open\tBob\tu/6\nNext\tCyd\tu/6\nLast\"\tDee\tu/6", Some((1, 3))),
            ("\"Open\tBob\t\r\nLast\"\tDee\t", Some((1, 2))),
            ("u/6\tBob\t\"Open\nu/6\tCyd\tNext\nu/6\tDee\tLast\"", Some((3, 3))),
            ("a\t\"Open\tu/6\n\nb\tLast\"\tu/6", Some((2, 2))),
            // Texts with a tab here and there, and a broken row among others.
            ("\"We\tgo.\nNow.\"\tDee\tu/6", None),
            ("\"One\tand\ttwo\nNow.\nThen.\"\tDee\tu/6", None),
            ("\"Open\tBob\tu/6\nbroken\nNext\tCyd\tu/6\nLast\"\tDee\tu/6", Some((1, 3))),
        ] {
            assert_eq!(swallowed(row, tabs), found, "{row}");
        }
        let commas = "quote,speaker,url";
        for (row, found) in [
            ("\"Open,Bob,u/6\nNext,Cyd,u/6\nLast\",Dee,u/6", Some((1, 3))),
            ("\"Open,,\nLast\",Dee,u/6", Some((1, 2))),
            ("Open,Bob,\"u/6\nNext,Cyd,u/7\"", Some((3, 2))),
            // What somebody wrote: lists, lines of verse, numbers, marks.
            ("\"The mayor, Ada, said no.\nThen she left.\",Dee,u/6", None),
            ("\"Dear Sir,\nhe wrote,\nwe go.\",Dee,u/6", None),
            ("\"It cost 1,000,000\nof them.\",Dee,u/6", None),
            ("\"\"\"No,\"\"he said,\"\"now.\"\"\nYes.\",Dee,u/6", None),
            ("\"We go.\n\nNow.\",Dee,u/6", None),
        ] {
            assert_eq!(swallowed(row, commas), found, "{row}");
        }
        assert_eq!(swallowed("\"Open,5,9\nLast\",12,14", "quote,start,end"), Some((1, 2)));
        assert_eq!(swallowed("\"We go.\nNow.\"", "quote"), None);
    }

    #[test]
    fn a_line_that_says_the_separator_is_no_head() {
        let input = "sep=;\r\na, b;c\r\n1;2\r\n";
        let records = all(input.into());
        assert_eq!((records[0].line, cells(&records[0])), (2, vec!["a, b", "c"]));
        assert_eq!(cells(&records[1]), ["1", "2"]);
        let kept = head(input.as_bytes()).expect("a head");
        assert_eq!(kept.body.bytes(), b"sep=;\na, b;c");
        assert_eq!(head(kept.body.bytes()), Some(Record { line: 2, ..kept.clone() }));
        assert_eq!(cells(&all(b"a;b\nsep=;\n".to_vec())[1]), ["sep=", ""]);
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
