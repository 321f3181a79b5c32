//! One run: a thread that reads, parses and resolves; the caller's thread that writes.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::batch::{Batch, Message};
use super::format::Format;
use super::lines::{Lines, MAX_LINE, Raw};
use super::record::{Note, check_depth};
use super::rejection::{Code, Fault, Rejection};
use super::report::{LineCounts, Report, SourceReport};
use super::source::{Source, SourceError, open};
use crate::domain::id::{Id, Kind};
use crate::domain::import::ImportState;
use crate::store::write::{ImportRow, Outcome};
use crate::store::{Store, StoreError};

/// How many batches may wait to be written.
const WAITING: usize = 2;
/// How many lines are looked at for one that shows the format.
const PEEKED_LINES: usize = 1_000;
/// How many bytes of lines are held back while looking.
const PEEKED_BYTES: usize = 4 << 20;

/// Why a run stopped. What was written before stays; the same run again completes it.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The input cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The reading thread could not be started, or panicked.
    #[error("the reading thread failed: {0}")]
    Reader(String),
}

/// How a run is done.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The format to insist on; found out from the content where absent.
    pub format: Option<Format>,
    /// Undo everything at the end.
    pub dry_run: bool,
}

/// Hears how a run goes on; each method is called from the thread that called [`run`].
pub trait Progress {
    /// After each batch.
    fn written(&mut self, report: &Report);
    /// For each rejected line.
    fn rejected(&mut self, rejection: &Rejection);
    /// For each thing worth telling of a line that was taken.
    fn told(&mut self, source: &str, line: u64, what: &str);
    /// For each input that cannot be read, or not to its end.
    fn failed(&mut self, error: &SourceError);
}

/// Imports every source into the store, in order.
///
/// # Errors
/// [`RunError`] where the store fails. Inputs that cannot be read are told to `progress` and do not stop the others.
pub fn run(
    store: &Store,
    sources: Vec<Source>,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, RunError> {
    let started = Instant::now();
    let mut writer = store.writer(options.dry_run)?;
    let mut report = Report { dry_run: options.dry_run, ..Report::default() };
    let (sender, receiver) = sync_channel(WAITING);
    let format = options.format;
    let reader = thread::Builder::new()
        .name("import-reader".to_owned())
        .spawn(move || {
            for source in sources {
                // An error of sending means that the writer gave up: so does the reader.
                if read_source(&source, format, &sender).is_err() {
                    return;
                }
            }
        })
        .map_err(|error| RunError::Reader(error.to_string()))?;
    let mut record = None;
    for message in receiver {
        match message {
            Message::Begin { source, format } => {
                record = Some(begin(&source, format.as_str()));
                report.sources.push(SourceReport { source, format: format.to_string() });
            }
            Message::Failed(error) => {
                progress.failed(&error);
                report.failed.push(error.to_string());
            }
            Message::Batch(batch) => {
                let Some(record) = &mut record else { continue };
                write(&mut writer, batch, record, &mut report, progress)?;
                report.seconds = started.elapsed().as_secs_f64();
                progress.written(&report);
            }
        }
    }
    if reader.join().is_err() {
        return Err(RunError::Reader("it panicked".to_owned()));
    }
    report.position = writer.position().map(|position| position.to_string());
    writer.finish()?;
    report.seconds = started.elapsed().as_secs_f64();
    Ok(report)
}

/// This moment, in microseconds since 1970 (UTC).
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// The record of a run that begins.
pub(super) fn begin(source: &str, format: &str) -> ImportRow {
    let started_at = now();
    let process = std::process::id().to_le_bytes();
    ImportRow {
        id: Id::derive(Kind::Import, &[source.as_bytes(), &started_at.to_le_bytes(), &process]),
        source: source.to_owned(),
        format: format.to_string(),
        state: ImportState::Running,
        started_at,
        changed_at: started_at,
        lines: 0,
        accepted: 0,
        known: 0,
        changed: 0,
        rejected: 0,
        origin: None,
        behind: 0,
        digest: None,
        account: "{}".to_owned(),
        problem: None,
    }
}

/// Writes one batch, then counts and tells it: nothing is counted that is not durable.
fn write(
    writer: &mut crate::store::write::Writer,
    mut batch: Batch,
    record: &mut ImportRow,
    report: &mut Report,
    progress: &mut dyn Progress,
) -> Result<(), StoreError> {
    let mut after = report.clone();
    let mut became = Vec::new();
    *record = writer.write(&batch.entries, |outcomes| {
        after = report.clone();
        count(&batch, outcomes, &mut after);
        became = outcomes.to_vec();
        let moved = |now: u64, before: u64| i64::try_from(now - before).unwrap_or(i64::MAX);
        ImportRow {
            lines: record.lines + moved(after.lines, report.lines),
            accepted: record.accepted + moved(after.accepted, report.accepted),
            known: record.known + moved(after.known, report.known),
            changed: record.changed + moved(after.changed, report.changed),
            rejected: record.rejected + moved(after.rejected, report.rejected),
            changed_at: now(),
            state: batch.state,
            ..record.clone()
        }
    })?;
    *report = after;
    refuse_removed(&mut batch, &became, &record.source);
    for rejection in &batch.rejections {
        progress.rejected(rejection);
    }
    for (line, note) in &batch.notes {
        progress.told(&record.source, *line, &note.to_string());
    }
    Ok(())
}

fn count(batch: &Batch, mut outcomes: &[Outcome], report: &mut Report) {
    for line in &batch.lines {
        let (of_line, rest) = outcomes.split_at(line.entries.min(outcomes.len()));
        report.count(line, of_line);
        outcomes = rest;
    }
    for rejection in &batch.rejections {
        report.reject(rejection.code);
    }
    report.blank += batch.blank;
}

/// Tells of the lines whose quotes a person removed: rejected where nothing else is in them.
fn refuse_removed(batch: &mut Batch, mut outcomes: &[Outcome], source: &str) {
    for line in std::mem::take(&mut batch.lines) {
        let (of_line, rest) = outcomes.split_at(line.entries.min(outcomes.len()));
        outcomes = rest;
        let removed = of_line.iter().filter_map(|outcome| match outcome {
            Outcome::Removed(row) => Some(row.to_string()),
            _ => None,
        });
        let reasons: Vec<String> = removed.collect();
        if reasons.is_empty() {
            continue;
        }
        if reasons.len() < of_line.len() {
            let told = reasons.into_iter().map(|reason| (line.number, Note::Removed(reason)));
            batch.notes.extend(told);
            continue;
        }
        batch.rejections.push(Rejection {
            source: source.to_owned(),
            line: line.number,
            field: None,
            code: Code::Removed,
            reason: reasons.join("; "),
            row: String::from_utf8_lossy(&line.row).into_owned(),
        });
    }
}

/// The writer gave up.
struct Stopped;

fn send(sender: &SyncSender<Message>, message: Message) -> Result<(), Stopped> {
    sender.send(message).map_err(|_| Stopped)
}

fn read_source(
    source: &Source,
    insisted: Option<Format>,
    sender: &SyncSender<Message>,
) -> Result<(), Stopped> {
    let opened = match open(source) {
        Ok(opened) => opened,
        Err(error) => return send(sender, Message::Failed(error)),
    };
    let name = source.to_string();
    let mut lines = Lines::new(opened);
    let mut held: Vec<(u64, Held)> = Vec::new();
    let mut format = insisted;
    let mut batch = Batch::default();
    let mut begun = false;
    let mut only_blank = true;
    let mut state = ImportState::Finished;
    loop {
        let line = match lines.read() {
            Ok(line) => line.map(Held::from),
            Err(cause) => {
                let line = lines.number();
                let error = SourceError::Read { source_name: name.clone(), line, cause };
                send(sender, Message::Failed(error))?;
                // What stands before the break is good, and is written below.
                state = ImportState::Broken;
                None
            }
        };
        let ended = line.is_none();
        held.extend(line.map(|line| (lines.number(), line)));
        if format.is_none() {
            format = held.last().and_then(|(_, line)| match line {
                Held::Whole(bytes) => Format::recognise(bytes),
                Held::TooLong(..) => None,
            });
            let bytes: usize = held.iter().map(|(_, line)| line.len()).sum();
            let given_up = ended || held.len() >= PEEKED_LINES || bytes > PEEKED_BYTES;
            if format.is_none() && given_up {
                let source_name = name;
                let empty = held.iter().all(|(_, line)| line.is_blank());
                if state == ImportState::Broken {
                    return Ok(());
                }
                return send(
                    sender,
                    Message::Failed(if empty {
                        SourceError::Empty { source_name }
                    } else {
                        let known = Format::ALL.map(Format::as_str).join(", ");
                        SourceError::Unrecognised { source_name, known }
                    }),
                );
            }
        }
        if let Some(format) = format {
            if !begun {
                begun = true;
                send(sender, Message::Begin { source: name.clone(), format })?;
            }
            for (number, line) in held.drain(..) {
                only_blank &= line.is_blank();
                take(&mut batch, &name, number, line, format);
                if batch.is_full() {
                    send(sender, Message::Batch(std::mem::take(&mut batch)))?;
                }
            }
        }
        if ended && state == ImportState::Finished && only_blank {
            return send(sender, Message::Failed(SourceError::Empty { source_name: name }));
        }
        if ended {
            batch.state = state;
            return send(sender, Message::Batch(batch));
        }
    }
}

/// A line that is held in memory of its own.
enum Held {
    Whole(Vec<u8>),
    TooLong(Vec<u8>, u64),
}

impl From<Raw<'_>> for Held {
    fn from(raw: Raw<'_>) -> Self {
        match raw {
            Raw::Whole(bytes) => Self::Whole(bytes.to_vec()),
            Raw::TooLong(kept, length) => Self::TooLong(kept.to_vec(), length),
        }
    }
}

impl Held {
    fn len(&self) -> usize {
        match self {
            Self::Whole(bytes) | Self::TooLong(bytes, _) => bytes.len(),
        }
    }

    fn is_blank(&self) -> bool {
        matches!(self, Self::Whole(bytes) if bytes.trim_ascii().is_empty())
    }
}

/// Reads one line into the batch.
fn take(batch: &mut Batch, source: &str, number: u64, line: Held, format: Format) {
    if line.is_blank() {
        batch.blank += 1;
        return;
    }
    batch.bytes += line.len();
    let read = match &line {
        Held::TooLong(_, length) => Err(Fault::line(
            Code::LineTooLong,
            format!("the line has {length} bytes, the limit is {MAX_LINE}"),
        )),
        Held::Whole(bytes) => match std::str::from_utf8(bytes) {
            Err(error) => Err(Fault::line(
                Code::NotUtf8,
                format!("is not UTF-8 at byte {}", error.valid_up_to()),
            )),
            Ok(text) => check_depth(bytes).and_then(|()| format.read(text)),
        },
    };
    let (Held::Whole(bytes) | Held::TooLong(bytes, _)) = line;
    match read {
        Ok(line) => {
            batch.lines.push(LineCounts::of(number, bytes, &line));
            batch.notes.extend(line.notes.into_iter().map(|note| (number, note)));
            batch.entries.extend(line.entries);
        }
        Err(Fault { field, code, reason }) => {
            let row = String::from_utf8_lossy(&bytes).into_owned();
            let source = source.to_owned();
            batch.rejections.push(Rejection { source, line: number, field, code, reason, row });
        }
    }
}
