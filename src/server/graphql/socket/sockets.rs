//! All WebSockets of one server: how many there are, and when they are to end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// The WebSockets of one server, over all its threads.
pub struct Sockets {
    most: usize,
    open: AtomicUsize,
    stopping: watch::Sender<bool>,
}

impl Sockets {
    /// None yet, and so many at most. Must be called on a Tokio runtime: SIGTERM, at which actix
    /// waits for the end of every connection, ends them.
    pub fn watch(most: usize) -> std::io::Result<Arc<Self>> {
        let (stopping, _) = watch::channel(false);
        let all = Arc::new(Self { most, open: AtomicUsize::new(0), stopping });
        let mut terminated = signal(SignalKind::terminate())?;
        let weak = Arc::downgrade(&all);
        actix_web::rt::spawn(async move {
            terminated.recv().await;
            if let Some(all) = weak.upgrade() {
                all.stopping.send_replace(true);
            }
        });
        Ok(all)
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.open.load(Relaxed)
    }

    /// A place for one more, if there is any.
    pub fn admit(self: &Arc<Self>) -> Option<Seat> {
        let more = |open| (open < self.most).then_some(open + 1);
        self.open.fetch_update(Relaxed, Relaxed, more).ok()?;
        Some(Seat { stopping: self.stopping.subscribe(), all: Arc::clone(self) })
    }
}

/// The place of an open WebSocket; free again with the value.
pub struct Seat {
    all: Arc<Sockets>,
    stopping: watch::Receiver<bool>,
}

impl Seat {
    /// Comes when the server stops.
    pub async fn stopped(&mut self) {
        // The sender lives in `all`: it is not gone.
        let _ = self.stopping.wait_for(|stopping| *stopping).await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.all.open.fetch_sub(1, Relaxed);
    }
}
