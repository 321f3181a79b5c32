//! All WebSockets of one server: how many there are, and when they are to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::sync::watch;

/// The WebSockets of one server, over all its threads.
pub struct Sockets {
    most: usize,
    open: AtomicUsize,
    draining: watch::Receiver<bool>,
}

impl Sockets {
    /// None yet, and so many at most; they end when the server drains.
    pub fn new(most: usize, draining: watch::Receiver<bool>) -> Arc<Self> {
        Arc::new(Self { most, open: AtomicUsize::new(0), draining })
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.open.load(Relaxed)
    }

    /// A place for one more, if there is any.
    pub fn admit(self: &Arc<Self>) -> Option<Seat> {
        let more = |open| (open < self.most).then_some(open + 1);
        self.open.fetch_update(Relaxed, Relaxed, more).ok()?;
        Some(Seat { draining: self.draining.clone(), all: Arc::clone(self) })
    }
}

/// The place of an open WebSocket; free again with the value.
pub struct Seat {
    all: Arc<Sockets>,
    draining: watch::Receiver<bool>,
}

impl Seat {
    /// Comes when the server is about to stop.
    pub async fn stopped(&mut self) {
        // Who tells it is gone only with the server.
        let _ = self.draining.wait_for(|draining| *draining).await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.all.open.fetch_sub(1, Relaxed);
    }
}
