//! What an input holds, read as an import reads it and written nowhere: the way of fuzzing to the
//! formats.

use std::cell::RefCell;
use std::sync::Arc;

use super::batch::Message;
use super::context::Settings;
use super::format::Format;
use super::reader::Reading;
use super::rejection::Rejection;
use super::source::{Source, SourceError};
use super::stop::Stop;
use crate::store::write::Entry;

/// All that an input holds.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its format, where one was found.
    pub format: Option<Format>,
    /// What would be written, in order.
    pub entries: Vec<Entry>,
    /// How many rows are good.
    pub taken: u64,
    /// The rows that are not.
    pub rejections: Vec<Rejection>,
    /// Blank lines.
    pub blank: u64,
    /// Why it cannot be read, or not to its end.
    pub failed: Option<SourceError>,
}

/// Reads an input to its end. What is read is held: this is for inputs of some megabytes at most.
pub fn contents(source: &Source, format: Option<Format>, settings: &Arc<Settings>) -> Contents {
    let contents = RefCell::new(Contents::default());
    let tell = |message| {
        contents.borrow_mut().take(message);
        Ok(())
    };
    let settings = Arc::clone(settings);
    let reading = Reading {
        format,
        settings,
        stop: Stop::default(),
        implied: Arc::default(),
        looking: None,
        tell,
    };
    // The listener stays to the end: nothing can stop the reading.
    let _ = reading.read(source);
    contents.into_inner()
}

impl Contents {
    fn take(&mut self, message: Message) {
        match message {
            Message::Begin { format, .. } => self.format = Some(format),
            Message::Failed(error) => self.failed = Some(error),
            Message::Batch(batch) => {
                self.taken += batch.lines.len() as u64;
                self.blank += batch.blank;
                self.entries.extend(batch.entries);
                self.rejections.extend(batch.rejections);
            }
            // Nothing is known from before, and no database is asked.
            Message::Known(_) | Message::Broke(_) | Message::End => {}
        }
    }
}
