//! How an import is asked to stop: a flag that whoever started it may raise.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks an import to end with the batch that it is at. Clones ask the same import.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// One that is raised with this flag.
    pub fn with(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }

    /// Asks it.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
