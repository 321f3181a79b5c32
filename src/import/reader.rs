//! The reading thread: an input is opened, recognised, cut into records and read row by row.

mod beginning;

use std::io::{self, Cursor, Read as _};
use std::sync::Arc;

use self::beginning::{Beginning, Rest, peek};
use super::batch::{Batch, Message};
use super::context::{Context, Implied, Settings};
use super::cut::{
    Body, Cells, Cut, Digest, MAX_COLUMNS, MAX_DOCUMENT, MAX_LINE, Place, Record, Shape, Tape,
    cutter, delimiter, head,
};
use super::format::{Format, Reader, Text};
use super::record::{Origin, Row, check_cells, check_depth};
use super::rejection::{Code, Fault, RowPlace};
use super::report::LineCounts;
use super::resume::{Earlier, Looking};
use super::sight::Sight;
use super::source::{Source, SourceError, archive, open};
use super::stop::Stop;
use crate::domain::import::ImportState;

/// How far an earlier run read an input.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    /// How many bytes, inflated.
    pub bytes: u64,
    /// Their digest.
    pub digest: Digest,
    /// Whether an input that begins otherwise is an error, and not read from its beginning.
    pub insisted: bool,
    /// Whether that was all of it, and it was begun to look for what it does not hold any more: where it
    /// has grown since, that must be done anew.
    pub whole: bool,
}

/// The longest head of a table, in bytes: it is kept with each rejected row.
const MAX_HEAD: usize = 16 << 10;

/// The writer gave up.
pub struct Stopped;

/// Reads inputs and tells what is in them.
pub struct Reading<T> {
    /// The format to insist on.
    pub format: Option<Format>,
    /// What was said of all inputs.
    pub settings: Arc<Settings>,
    /// Asks to stop.
    pub stop: Stop,
    /// What the inputs are called that name no document.
    pub implied: Arc<Implied>,
    /// Looks what earlier runs left; a rehearsal has nothing to do with them.
    pub looking: Option<Looking>,
    /// Tells who writes.
    pub tell: T,
}

/// An input that was opened and recognised.
struct Opened {
    cut: Box<dyn Cut>,
    format: Format,
    reader: Box<dyn Reader>,
    /// The head of a table, as it is printed.
    head: Option<Arc<str>>,
    /// The cells of that head.
    names: Cells,
    shape: Shape,
    resumed_behind: Option<u64>,
    /// Whether it is whole and holds nothing.
    is_empty: bool,
}

impl<T: Fn(Message) -> Result<(), Stopped>> Reading<T> {
    /// Reads one input to its end, or until it is asked to stop.
    ///
    /// # Errors
    /// Where nobody listens any more.
    pub fn read(&self, source: &Source) -> Result<(), Stopped> {
        let name = source.to_string();
        let looked = self.looking.as_ref();
        let earlier = looked.map(|looking| looking.look(source, self.format, &self.settings));
        let earlier = match earlier.transpose() {
            Ok(Some(Earlier { done: true, .. })) => return self.tell(Message::Known(name)),
            Ok(earlier) => earlier.unwrap_or_default(),
            Err(error) => {
                self.tell(Message::Broke(error))?;
                return Err(Stopped);
            }
        };
        let mut opened = match self.open(source, earlier.behind) {
            Ok(opened) => opened,
            Err(error) => return self.tell(Message::Failed(error)),
        };
        self.tell(Message::Begin {
            source: name.clone(),
            format: opened.format,
            resumed_behind: opened.resumed_behind,
            earlier: Box::new(earlier),
        })?;
        let source: Arc<str> = name.as_str().into();
        let mut batch = Batch::default();
        let mut any = opened.resumed_behind.is_some() || opened.head.is_some() || opened.is_empty;
        let (state, read) = loop {
            let place = opened.place();
            if self.stop.is_asked() {
                break (ImportState::Interrupted, place);
            }
            let full = batch.is_full();
            let record = match opened.cut.next() {
                Ok(Some(record)) => record,
                Ok(None) if any => break (ImportState::Finished, opened.place()),
                Ok(None) => {
                    return self.tell(Message::Failed(SourceError::Empty { source_name: name }));
                }
                Err(cause) => {
                    let line = opened.cut.tape().line();
                    let error = SourceError::Read { source_name: name, line, cause };
                    self.tell(Message::Failed(error))?;
                    // What stands before the break is good, and is written below; a record that was
                    // read in part is read again where the input is given whole.
                    break (ImportState::Broken, place);
                }
            };
            any |= !record.body.bytes().trim_ascii().is_empty();
            if full {
                let mut next = Batch::default();
                opened.take(&mut next, &source, record);
                if !batch.is_continued_by(&next) {
                    let read = place.into();
                    self.tell(Message::Batch(Batch { read, ..std::mem::take(&mut batch) }))?;
                }
                batch.append(next);
                continue;
            }
            opened.take(&mut batch, &source, record);
            // Rows of one article go together where they stand together.
            if batch.is_full() && !self.settings.replace_articles {
                let read = opened.place().into();
                self.tell(Message::Batch(Batch { read, ..std::mem::take(&mut batch) }))?;
            }
        };
        // Told of the input as a whole, by its first line.
        batch.notes.extend(self.implied.untold().into_iter().map(|note| (1, note)));
        self.tell(Message::Batch(Batch { state, read: read.into(), ..batch }))
    }

    /// Tells that there is no further input.
    ///
    /// # Errors
    /// Where nobody listens any more.
    pub fn end(&self) -> Result<(), Stopped> {
        self.tell(Message::End)
    }

    fn tell(&self, message: Message) -> Result<(), Stopped> {
        (self.tell)(message)
    }

    fn open(&self, source: &Source, behind: Option<Behind>) -> Result<Opened, SourceError> {
        let name = source.to_string();
        let content = |problem: String| SourceError::Content { source_name: name.clone(), problem };
        let failed = |cause| SourceError::Read { source_name: name.clone(), line: 0, cause };
        let mut reader = open(source)?;
        let Beginning { bytes: peeked, whole, found, error } =
            peek(&mut reader, self.format, !self.settings.map.is_empty()).map_err(failed)?;
        if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] = peeked.as_slice() {
            return Err(content("is UTF-16: convert it to UTF-8 first (`iconv -f UTF-16`)".into()));
        }
        if let Some(reason) = archive(&peeked) {
            return Err(content(reason.to_owned()));
        }
        let empty = whole.then(|| Format::empty(self.format, &name, &peeked)).flatten();
        let Some((format, shape)) = empty.or(found) else {
            if let Some(cause) = error {
                return Err(failed(cause));
            }
            if let Some(reason) = Format::why_not(&Sight::all(&peeked, whole)) {
                return Err(content(reason.to_owned()));
            }
            let source_name = name;
            return Err(match whole && peeked.trim_ascii().is_empty() {
                true => SourceError::Empty { source_name },
                false => SourceError::Unrecognised { source_name, known: Format::names() },
            });
        };
        if !self.settings.map.is_empty() && !format.takes_map() {
            let reason =
                format!("is read as {format}, whose fields are where they are: leave --map out");
            return Err(content(reason));
        }
        let mut reading = format
            .reader(&Context::new(&name, Arc::clone(&self.settings)).among(&self.implied))
            .map_err(|fault| content(fault.to_string()))?;
        let mut table_head = None;
        if shape == Shape::Table {
            let there = head(&peeked).map(|record| record.body);
            let Some(Body::Cells(text, cells)) = there else {
                let limit = format!("its head has more than {MAX_COLUMNS} columns or 1 MiB");
                return Err(content(limit));
            };
            if text.len() > MAX_HEAD {
                return Err(content(format!("its head has more than {MAX_HEAD} bytes")));
            }
            reading.head(&cells).map_err(|fault| content(fault.to_string()))?;
            let Ok(text) = String::from_utf8(text) else {
                return Err(content("its head is not UTF-8".to_owned()));
            };
            table_head = Some((Arc::from(text), cells));
        }
        let is_stdin = matches!(source, Source::Stdin);
        let separator = delimiter(&peeked);
        let mut tape = Tape::new(Box::new(Cursor::new(peeked).chain(Rest { error, reader })));
        let resumed_behind = match behind.filter(|behind| behind.bytes > 0) {
            None => None,
            Some(behind) => {
                let there = tape.skip_to(behind.bytes).map_err(failed)?;
                let same = there && tape.place().digest() == behind.digest;
                if !same || goes_on_within(shape, &mut tape).map_err(failed)? {
                    return self.read_anew(source, behind.insisted);
                }
                // What came to an end within a quoted cell was no whole record of a table; where that is
                // only a stray mark, nothing is lost by reading on from the beginning.
                let is_torn = shape == Shape::Table && tape.is_quoted() && !is_stdin;
                let has_more = behind.whole && !tape.ahead().map_err(failed)?.is_empty();
                if is_torn || has_more {
                    return self.read_anew(source, false);
                }
                Some(tape.line() - 1)
            }
        };
        let (head, names) = table_head.map(|(head, names)| (Some(head), names)).unwrap_or_default();
        let mut cut = cutter(shape, tape, separator);
        if shape == Shape::Table && resumed_behind.is_none() {
            // The head was read above.
            cut.next().map_err(failed)?;
        }
        let is_empty = empty.is_some();
        Ok(Opened { cut, format, reader: reading, head, names, shape, resumed_behind, is_empty })
    }

    /// Opens an input that is not the one of which an earlier run read the beginning.
    fn read_anew(&self, source: &Source, insisted: bool) -> Result<Opened, SourceError> {
        if insisted || matches!(source, Source::Stdin) {
            return Err(SourceError::Content {
                source_name: source.to_string(),
                problem:
                    "does not begin as it did when its import stopped, or goes on where that had \
                          come to its end: import it anew with --from-start"
                        .to_owned(),
            });
        }
        self.open(source, None)
    }
}

/// Whether a record that was taken for whole goes on where the tape stands, since the input has grown.
fn goes_on_within(shape: Shape, tape: &mut Tape) -> io::Result<bool> {
    let in_line = tape.is_in_line();
    let next = tape.ahead()?.first().copied();
    Ok(match (shape, next) {
        (_, None) | (Shape::Elements, _) => false,
        (Shape::Lines | Shape::Table, Some(next)) => in_line && !matches!(next, b'\r' | b'\n'),
        (Shape::Document, Some(_)) => true,
    })
}

impl Opened {
    /// How far it was read.
    fn place(&mut self) -> Place {
        self.cut.tape().place()
    }

    /// Reads one record into the batch.
    fn take(&mut self, batch: &mut Batch, source: &Arc<str>, record: Record) {
        let Record { line, body } = record;
        if matches!(&body, Body::Whole(bytes) if bytes.trim_ascii().is_empty()) {
            batch.blank += 1;
            return;
        }
        let cut = matches!(body, Body::TooLong(..) | Body::TooWide(_));
        let rows = self.rows(line, &body).unwrap_or_else(|fault| vec![Row::of(Err(fault))]);
        let (Body::Whole(bytes)
        | Body::Cells(bytes, _)
        | Body::TooLong(bytes, _)
        | Body::TooWide(bytes)) = body;
        batch.bytes += bytes.len();
        let mut whole = RowPlace {
            source: Arc::clone(source),
            line,
            place: None,
            format: self.format.as_str(),
            head: self.head.clone(),
            row: Vec::new(),
            cut,
        };
        if rows.len() == 1 && rows.iter().all(|row| row.text.is_none()) {
            whole.row = bytes;
        } else {
            batch.bytes +=
                rows.iter().filter_map(|row| Some(row.text.as_ref()?.len())).sum::<usize>();
        }
        for Row { read, place, text, origin } in rows {
            let mut at = whole.clone();
            at.place = place;
            if let Some(text) = text {
                at.row = text.into_bytes();
            }
            if let Some(origin) = origin {
                let Origin { source, line, format, head } = *origin;
                at.source = source.into();
                at.line = line;
                at.format = format.as_str();
                at.head = head.map(Arc::from);
            }
            match read {
                Ok(line) => {
                    let number = at.line;
                    batch.lines.push(LineCounts::of(at, &line));
                    batch.notes.extend(line.notes.into_iter().map(|note| (number, note)));
                    batch.entries.extend(line.entries);
                }
                Err(fault) => {
                    batch.bytes +=
                        fault.reason.len() + at.head.as_ref().map_or(0, |head| head.len());
                    batch.rejections.push(at.reject(fault));
                }
            }
        }
    }

    /// The rows of a record.
    fn rows(&mut self, line: u64, body: &Body) -> Result<Vec<Row>, Fault> {
        let limit = if self.shape == Shape::Document { MAX_DOCUMENT } else { MAX_LINE };
        let (bytes, cells) = match body {
            Body::TooLong(_, length) => {
                let (what, hint) = match self.shape {
                    Shape::Document => ("document", ""),
                    Shape::Table => (
                        "record that begins here",
                        ": is a quotation mark not closed? What stands up to the next one was not read",
                    ),
                    Shape::Lines | Shape::Elements => ("line", ""),
                };
                let reason = format!("the {what} has {length} bytes, the limit is {limit}{hint}");
                return Err(Fault::line(Code::LineTooLong, reason));
            }
            Body::TooWide(_) => {
                let reason = format!("has more than {MAX_COLUMNS} cells");
                return Err(Fault::line(Code::BadCells, reason));
            }
            Body::Whole(bytes) => (bytes, None),
            Body::Cells(bytes, cells) => (bytes, Some(cells)),
        };
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let reason = format!("is not UTF-8 at byte {}", error.valid_up_to());
            Fault::line(Code::NotUtf8, reason)
        })?;
        match cells {
            Some(cells) => check_cells(cells, &self.names)?,
            None if self.format.is_plain() => {}
            None => check_depth(bytes)?,
        }
        Ok(self.reader.read(&Text { line, text, cells }))
    }
}
