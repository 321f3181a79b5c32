//! One run: a thread that reads, parses and resolves; the caller's thread that writes.

mod done;
mod sweep;

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use self::done::Done;
pub(super) use self::done::kept;
use super::batch::{Batch, Message, Read};
use super::context::Settings;
use super::format::Format;
use super::reader::{Reading, Stopped};
use super::rejection::Rejection;
use super::replaced::{Replaced, VanishedQuote, articles_of};
use super::report::{Report, SourceReport};
use super::resume::{Earlier, Looking, Resume};
use super::source::{Source, SourceError};
use super::stop::Stop;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::store::audit::Actor;
use crate::store::write::{ImportAccount, ImportRow, Writer};
use crate::store::{Store, StoreError};

/// How many batches may wait to be written.
const WAITING: usize = 2;
/// How often it is looked whether somebody asked to stop while nothing is to be written.
const LOOK: Duration = Duration::from_millis(100);
/// How long the reading thread may take to notice; longer, it waits for its input.
const NOTICE: Duration = Duration::from_secs(1);

/// Why a run stopped. What was written before stays; the same run again completes it.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The input cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Rejected rows cannot be kept: the batch that they belong to was not written.
    #[error("rejected rows cannot be kept: {0}")]
    Rejections(#[source] io::Error),
    /// The reading thread could not be started, or panicked.
    #[error("the reading thread failed: {0}")]
    Reader(String),
}

/// How a run is done.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format to insist on; found out from the content where absent.
    pub format: Option<Format>,
    /// What is said of all inputs.
    pub settings: Arc<Settings>,
    /// Undo everything at the end.
    pub dry_run: bool,
    /// What to do with an input of which an earlier run stopped in the middle.
    pub resume: Resume,
    /// By what an interrupted run is found again, where it is not by its file.
    pub origin: Option<String>,
    /// How many rows may be rejected; one more, and the run stops.
    pub max_rejects: Option<u64>,
    /// Asks it to stop with the batch that it is at.
    pub stop: Stop,
    /// Who imports, as the audit has it.
    pub actor: Actor,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            settings: Arc::default(),
            dry_run: false,
            resume: Resume::default(),
            origin: None,
            max_rejects: None,
            stop: Stop::default(),
            actor: Actor::command_line(),
        }
    }
}

/// Hears how a run goes on; each method is called from the thread that called [`run`].
pub trait Progress {
    /// After each batch.
    fn written(&mut self, report: &Report);
    /// Before each batch of this import is durable, with its rejected rows: to keep them where they
    /// outlive a crash. So many were kept before that; where it is told the same again, those behind
    /// were of a batch that did not become durable.
    ///
    /// # Errors
    /// Where they cannot be kept: then the batch is not written.
    fn keep(
        &mut self,
        _import: Id,
        _source: &str,
        _before: u64,
        _: &[Rejection],
    ) -> io::Result<()> {
        Ok(())
    }
    /// For each rejected row, once its batch is durable.
    fn rejected(&mut self, rejection: &Rejection);
    /// For each thing worth telling of a row that was taken.
    fn told(&mut self, source: &str, line: u64, what: &str);
    /// For each input that cannot be read, or not to its end.
    fn failed(&mut self, error: &SourceError);
    /// For each quote that an import which replaces articles did not find any more.
    fn vanished(&mut self, _source: &str, _quote: &VanishedQuote) {}
    /// Once it was asked to stop.
    fn stopping(&mut self) {}
    /// For each input that is read, before its first batch.
    fn begun(&mut self, _source: &SourceReport) {}
}

/// Imports every source into the store, in order.
///
/// # Errors
/// [`RunError`] where the store fails. Inputs that cannot be read are told to `progress` and do not
/// stop the others.
pub fn run(
    store: &Store,
    sources: Vec<Source>,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Report, RunError> {
    let writer = store.writer(options.dry_run)?;
    let report = Report { dry_run: options.dry_run, ..Report::default() };
    let mut run = Run {
        options,
        writer,
        report,
        progress,
        current: None,
        has_ended: false,
        started: Instant::now(),
    };
    let looking =
        Looking { store: store.clone(), resume: options.resume, origin: options.origin.clone() };
    let (sender, receiver) = sync_channel(WAITING);
    let reading = Reading {
        format: options.format,
        settings: Arc::clone(&options.settings),
        stop: options.stop.clone(),
        implied: Arc::default(),
        looking: (!options.dry_run).then_some(looking),
        tell: move |message| sender.send(message).map_err(|_| Stopped),
    };
    let reader = thread::Builder::new()
        .name("import-reader".to_owned())
        .spawn(move || {
            for source in &sources {
                // An error of sending means that the writer gave up: so does the reader.
                if reading.stop.is_asked() || reading.read(source).is_err() {
                    return;
                }
            }
            drop(reading.end());
        })
        .map_err(|error| RunError::Reader(error.to_string()))?;
    let ended = run.hear(&receiver)?;
    drop(receiver);
    // One that waits for its input may wait for ever, and has nothing more to say.
    if ended == Ended::Itself && reader.join().is_err() {
        return Err(RunError::Reader("it panicked".to_owned()));
    }
    run.finish()
}

/// The writing side of a run.
struct Run<'a> {
    options: &'a Options,
    writer: Writer,
    report: Report,
    progress: &'a mut dyn Progress,
    current: Option<Current>,
    /// Whether the last input was read to its end.
    has_ended: bool,
    started: Instant,
}

/// Why nothing more is heard of the reading thread.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// It ended.
    Itself,
    /// It waits for its input, or has more than is wanted.
    NotYet,
}

/// The input that is being written.
struct Current {
    /// Its record with the last batch.
    record: ImportRow,
    /// Whether the database has it.
    saved: bool,
    /// Its own account, with what earlier runs wrote of it.
    account: Report,
    /// The lock on its file.
    _held: Option<File>,
}

impl Run<'_> {
    /// Writes what the reading thread tells.
    fn hear(&mut self, receiver: &Receiver<Message>) -> Result<Ended, RunError> {
        let mut asked: Option<Instant> = None;
        loop {
            let heard = receiver.recv_timeout(LOOK);
            if self.options.stop.is_asked() && asked.is_none() {
                asked = Some(Instant::now());
                self.progress.stopping();
            }
            match heard {
                Ok(message) => {
                    if !self.take(message)? {
                        return Ok(Ended::NotYet);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => {
                    self.report.interrupted |= asked.is_some() && !self.has_ended;
                    return Ok(Ended::Itself);
                }
                Err(RecvTimeoutError::Timeout)
                    if asked.is_some_and(|asked| asked.elapsed() > NOTICE) =>
                {
                    self.interrupt()?;
                    return Ok(Ended::NotYet);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }

    /// Takes one message; false where the run is to stop.
    fn take(&mut self, message: Message) -> Result<bool, RunError> {
        match message {
            Message::Begin { source, format, resumed_behind, earlier } => {
                return Ok(self.begin(source, format, resumed_behind, *earlier));
            }
            Message::Known(source) => self.report.sources.push(SourceReport {
                source,
                format: String::new(),
                resumed_behind: None,
                state: ImportState::Finished.as_str().to_owned(),
            }),
            Message::Broke(error) => return Err(error.into()),
            Message::End => self.has_ended = true,
            Message::Failed(error) => {
                self.progress.failed(&error);
                self.report.failed.push(error.to_string());
                if let Some(current) = &mut self.current {
                    current.record.problem = Some(error.to_string());
                }
            }
            Message::Batch(batch) => {
                let stopped = self.write(batch)?;
                self.report.seconds = self.started.elapsed().as_secs_f64();
                self.progress.written(&self.report);
                return Ok(!stopped);
            }
        }
        Ok(true)
    }

    /// Takes up an input; false where the run is to stop.
    fn begin(
        &mut self,
        source: String,
        format: Format,
        behind: Option<u64>,
        earlier: Earlier,
    ) -> bool {
        // One that was not begun goes on from its beginning; one whose input is another is given up.
        let goes_on = |row: &ImportRow| behind.is_some() || row.behind == 0;
        if let Some(row) = earlier.row.as_ref().filter(|row| !goes_on(row)) {
            self.writer.give_up(row.id);
        }
        let row = earlier.row.filter(goes_on);
        let saved = row.is_some();
        let mut record = row.unwrap_or_else(|| ImportRow::begin(&source, format.as_str()));
        record.origin = earlier.origin;
        record.format = format.to_string();
        record.problem = None;
        let account: Report = serde_json::from_str(&record.account).unwrap_or_default();
        self.report.add(&account);
        // What stopped for its rejected rows goes on where more of them are allowed.
        let is_over = self.options.max_rejects.is_some_and(|most| self.report.rejected > most);
        if !is_over {
            record.state = ImportState::Running;
        }
        let told = SourceReport {
            source,
            format: format.to_string(),
            resumed_behind: behind,
            state: record.state.as_str().to_owned(),
        };
        self.progress.begun(&told);
        self.report.sources.push(told);
        if self.options.settings.replace_articles {
            self.writer.replace_articles(record.id);
        }
        self.current = Some(Current { record, saved, account, _held: earlier.held });
        !is_over
    }

    /// Ends an import whose reading thread waits for its input.
    fn interrupt(&mut self) -> Result<(), RunError> {
        self.report.interrupted = true;
        let Some(Current { record, .. }) = &self.current else { return Ok(()) };
        let digest = record.digest.as_deref().and_then(|digest| digest.try_into().ok());
        let bytes = u64::try_from(record.behind).unwrap_or(0);
        let read = Read { bytes, digest: digest.unwrap_or_default() };
        self.write(Batch { state: ImportState::Interrupted, read, ..Batch::default() })?;
        Ok(())
    }

    /// Writes one batch, then counts and tells it: nothing is counted that is not durable. True where
    /// the run is to stop.
    fn write(&mut self, batch: Batch) -> Result<bool, RunError> {
        let Self { options, writer, report, progress, current, .. } = self;
        let Some(Current { record, saved, account, .. }) = current else { return Ok(false) };
        let mut done = Done::default();
        let replaces = options.settings.replace_articles;
        let (spared, unplaced) = match replaces {
            true => articles_of(&batch.rejections, &options.settings.articles),
            false => Default::default(),
        };
        writer.spare(spared);
        let mut unkept = None;
        let before = saved.then(|| record.clone());
        let written = writer.write(&batch.entries, &options.actor, before.as_ref(), |outcomes| {
            done = Done::of(&batch, outcomes, account, report);
            if replaces {
                let read = batch.state == ImportState::Finished;
                done.add(&Replaced { read, unplaced, ..Replaced::default() });
            }
            let too_many = options.max_rejects.is_some_and(|most| done.report.rejected > most);
            let state = match batch.state {
                ImportState::Running | ImportState::Finished if too_many => ImportState::Stopped,
                // What was not found any more is still to be looked for.
                ImportState::Finished if replaces => ImportState::Running,
                state => state,
            };
            let rejected = u64::try_from(record.rejected).unwrap_or(0);
            progress.keep(record.id, &record.source, rejected, &done.rejections).map_err(
                |error| {
                    unkept = Some(error);
                    StoreError::Withdrawn
                },
            )?;
            Ok(ImportAccount {
                row: done.record(record, &batch, state),
                rejections: kept(record.id, record.rejected, &done.rejections),
            })
        });
        let written = match unkept {
            Some(error) => return Err(RunError::Rejections(error)),
            None => written?,
        };
        *record = written;
        *saved = true;
        *account = done.account;
        *report = done.report;
        if let Some(source) = report.sources.last_mut() {
            source.state = record.state.as_str().to_owned();
        }
        for rejection in &done.rejections {
            progress.rejected(rejection);
        }
        for (line, note) in batch.notes.iter().chain(&done.notes) {
            progress.told(&record.source, *line, &note.to_string());
        }
        let stopped = record.state == ImportState::Stopped;
        if replaces && batch.state == ImportState::Finished && !stopped {
            self.sweep()?;
        }
        let Some(Current { record, .. }) = &self.current else { return Ok(stopped) };
        self.report.interrupted |= record.state == ImportState::Interrupted;
        // An input that was read is let go, with its lock: what comes is of another one.
        if record.state != ImportState::Running {
            self.current = None;
        }
        Ok(stopped)
    }

    fn finish(mut self) -> Result<Report, RunError> {
        self.report.position = self.writer.position().map(|position| position.to_string());
        self.writer.finish()?;
        self.report.seconds = self.started.elapsed().as_secs_f64();
        Ok(self.report)
    }
}

/// This moment, in microseconds since 1970 (UTC).
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}
