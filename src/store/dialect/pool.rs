//! A pool of connections that counts: how many there are, how long callers waited, how often in
//! vain.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use diesel::r2d2::{self, ConnectionManager, PooledConnection, R2D2Connection};

use crate::histogram::{Counted, Histogram};
use crate::store::error::{Result, StoreError};

/// Connections to one server, or to a file.
pub struct Pool<C: R2D2Connection + 'static> {
    connections: r2d2::Pool<ConnectionManager<C>>,
    waits: Histogram,
    in_vain: AtomicU64,
}

/// What the connections of a pool are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reading.
    Reader,
    /// Writing.
    Writer,
}

/// How a pool is doing, for operators.
#[derive(Debug, Clone)]
pub struct PoolHealth {
    /// The place of its server in [`crate::store::Store::servers`]; 0 for a file.
    pub server: usize,
    /// What its connections are for.
    pub purpose: Purpose,
    /// How many connections there are.
    pub open: u32,
    /// How many of them nobody uses.
    pub idle: u32,
    /// How many there may be.
    pub most: u32,
    /// How long callers waited for one, in vain or not.
    pub waits: Counted,
    /// How often they waited in vain.
    pub in_vain: u64,
}

impl<C: R2D2Connection + 'static> Pool<C> {
    /// Counts what happens to these connections.
    pub fn of(connections: r2d2::Pool<ConnectionManager<C>>) -> Self {
        Self { connections, waits: Histogram::new(), in_vain: AtomicU64::new(0) }
    }

    /// A connection, if one becomes free in time.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where none does.
    pub fn get(&self, wait: Duration) -> Result<PooledConnection<ConnectionManager<C>>> {
        let started = Instant::now();
        let connection = self.connections.get_timeout(wait);
        self.waits.add(started.elapsed());
        connection.map_err(|_| {
            self.in_vain.fetch_add(1, Relaxed);
            StoreError::Busy(wait)
        })
    }

    /// How it is doing.
    pub fn health(&self, server: usize, purpose: Purpose) -> PoolHealth {
        let state = self.connections.state();
        PoolHealth {
            server,
            purpose,
            open: state.connections,
            idle: state.idle_connections,
            most: self.connections.max_size(),
            waits: self.waits.read(),
            in_vain: self.in_vain.load(Relaxed),
        }
    }
}
