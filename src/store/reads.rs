//! What became of the reads: how many ended how, and how long they took.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use super::error::{Result, StoreError};
use crate::histogram::{Counted, Histogram};

/// How a read ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was answered.
    Answered,
    /// No connection became free, or something else was in use.
    Busy,
    /// The server went away.
    Lost,
    /// It took longer than a statement may.
    Timeout,
    /// The database failed.
    Failed,
}

impl Outcome {
    /// Every outcome, in the order of their declaration.
    const ALL: [Self; 5] = [Self::Answered, Self::Busy, Self::Lost, Self::Timeout, Self::Failed];

    /// How this ended.
    pub fn of<T>(done: &Result<T>) -> Self {
        match done {
            Ok(_) => Self::Answered,
            Err(StoreError::Lost(_)) => Self::Lost,
            Err(error) if error.is_passing() => Self::Busy,
            Err(error) if error.is_timeout() => Self::Timeout,
            Err(_) => Self::Failed,
        }
    }

    /// The word for it in `/metrics` and in traces.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Busy => "busy",
            Self::Lost => "lost",
            Self::Timeout => "timeout",
            Self::Failed => "failed",
        }
    }
}

/// Counts of reads.
#[derive(Debug, Default)]
pub struct Reads {
    outcomes: [AtomicU64; Outcome::ALL.len()],
    times: Histogram,
}

impl Reads {
    /// Counts one, which took so long with all its attempts.
    pub fn add(&self, outcome: Outcome, time: Duration) {
        if let Some(count) = self.outcomes.get(outcome as usize) {
            count.fetch_add(1, Relaxed);
        }
        self.times.add(time);
    }

    /// How many ended how.
    pub fn outcomes(&self) -> impl Iterator<Item = (Outcome, u64)> {
        Outcome::ALL.into_iter().zip(self.outcomes.iter().map(|count| count.load(Relaxed)))
    }

    /// How long they took.
    pub fn times(&self) -> Counted {
        self.times.read()
    }
}
