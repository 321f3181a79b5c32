//! Ctrl-C and SIGTERM: the first asks an import to stop, the next one ends the process at once.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::import::Stop;

/// What the process was told.
pub(super) struct Signals {
    asked: Arc<AtomicBool>,
    /// The signal.
    which: Arc<AtomicUsize>,
}

impl Signals {
    /// Listens from now on.
    pub fn hear() -> io::Result<Self> {
        let signals = Self { asked: Arc::default(), which: Arc::default() };
        for signal in [SIGINT, SIGTERM] {
            // In this order: the flag that ends the process is raised behind the look at it.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&signals.asked))?;
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&signals.which), number)?;
            flag::register(signal, Arc::clone(&signals.asked))?;
        }
        Ok(signals)
    }

    /// What is asked with the first signal.
    pub fn stop(&self) -> Stop {
        Stop::with(Arc::clone(&self.asked))
    }

    /// As shells tell that a signal ended a program: 130 after Ctrl-C, 143 after SIGTERM.
    pub fn exit_code(&self) -> u8 {
        u8::try_from(128 + self.which.load(Ordering::Relaxed)).unwrap_or(u8::MAX)
    }
}
