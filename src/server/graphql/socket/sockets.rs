//! All WebSockets of one server: how many there are, and when they are to end.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::server::access::Key;

/// What part of all places one address may take without a token, and how many in any case.
const PART: usize = 4;
const LEAST: usize = 4;

/// The WebSockets of one server, over all its threads.
pub struct Sockets {
    most: usize,
    open: AtomicUsize,
    /// How many each address has that asks without a token.
    addresses: Mutex<HashMap<Key, usize>>,
    draining: watch::Receiver<bool>,
}

impl Sockets {
    /// None yet, and so many at most; they end when the server drains.
    pub fn new(most: usize, draining: watch::Receiver<bool>) -> Arc<Self> {
        let (open, addresses) = (AtomicUsize::new(0), Mutex::default());
        Arc::new(Self { most, open, addresses, draining })
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.open.load(Relaxed)
    }

    /// A place for one more, of this address where no token tells who asks.
    pub fn admit(self: &Arc<Self>, address: Option<Key>) -> Result<Seat, Taken> {
        let mut addresses = self.addresses();
        let own = address.map(|address| addresses.get(&address).copied().unwrap_or(0));
        if own.is_some_and(|own| own >= (self.most / PART).max(LEAST)) {
            return Err(Taken::ByOneAddress);
        }
        let more = |open| (open < self.most).then_some(open + 1);
        self.open.fetch_update(Relaxed, Relaxed, more).map_err(|_| Taken::ByAll)?;
        if let Some(address) = address {
            *addresses.entry(address).or_default() += 1;
        }
        Ok(Seat { draining: self.draining.clone(), all: Arc::clone(self), address })
    }

    fn addresses(&self) -> MutexGuard<'_, HashMap<Key, usize>> {
        self.addresses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// There are no more.
    ByAll,
    /// The address has its share.
    ByOneAddress,
}

/// The place of an open WebSocket; free again with the value.
pub struct Seat {
    all: Arc<Sockets>,
    address: Option<Key>,
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
        let Some(address) = self.address else { return };
        if let Entry::Occupied(mut own) = self.all.addresses().entry(address) {
            *own.get_mut() -= 1;
            if *own.get() == 0 {
                own.remove();
            }
        }
    }
}
