//! One trip to the store, off the threads that serve.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use async_graphql::{Context, Error, Result};
use tokio::task::{JoinError, JoinHandle};

use super::error::{internal, store_failed, too_late};
use crate::store::dialect::Connection;
use crate::store::write::Written;
use crate::store::{self, Store, StoreError};

/// How long a replica may take before another server is asked the same. One that is killed says so;
/// one that is frozen says nothing, and by then its watcher has noticed.
const HANGING: Duration = Duration::from_millis(900);

/// Runs `work` on one reading connection, seeing one state of the database.
pub async fn trip<T: Send + 'static>(
    context: &Context<'_>,
    work: impl Fn(&mut Connection) -> store::Result<T> + Send + Sync + 'static,
) -> Result<T> {
    trip_to(context.data::<Store>()?.clone(), work).await
}

/// [`trip`] for who has the store already.
pub async fn trip_to<T: Send + 'static>(
    store: Store,
    work: impl Fn(&mut Connection) -> store::Result<T> + Send + Sync + 'static,
) -> Result<T, Error> {
    let work = Arc::new(work);
    let waiting = Waiting::default();
    let mut first = start(&store, &work, &waiting);
    if !store.has_replicas() {
        return settle(first.await);
    }
    if let Ok(done) = tokio::time::timeout(HANGING, &mut first).await {
        return settle(done);
    }
    let mut second = start(&store, &work, &waiting);
    let (done, other) = tokio::select! {
        done = &mut first => (done, second),
        done = &mut second => (done, first),
    };
    match done {
        Ok(Ok(done)) => Ok(done),
        // The one that hung has failed: the other may know better.
        _ => settle(other.await),
    }
}

/// One write. It is not tried again: whoever asked looks whether it was done.
pub async fn write<T: Send + 'static>(
    context: &Context<'_>,
    work: impl FnOnce(&mut Connection) -> store::Result<T> + Send + 'static,
) -> Result<Written<T>> {
    in_turn(context, move |store, late| {
        store.write(|connection| {
            let done = work(connection)?;
            late.check()?;
            Ok(done)
        })
    })
    .await
}

/// What one write would do; nothing of it is written.
pub async fn rehearse<T: Send + 'static>(
    context: &Context<'_>,
    work: impl FnOnce(&mut Connection) -> store::Result<T> + Send + 'static,
) -> Result<T> {
    in_turn(context, move |store, _| store.rehearse(work)).await
}

/// Work that waits for its turn to write, as long as somebody waits for it.
async fn in_turn<T: Send + 'static>(
    context: &Context<'_>,
    work: impl FnOnce(&Store, &OutOfTime) -> store::Result<T> + Send + 'static,
) -> Result<T> {
    let store = context.data::<Store>()?.clone();
    let over = context.data::<OutOfTime>()?.clone();
    let (late, span) = (over.clone(), tracing::Span::current());
    let done = tokio::task::spawn_blocking(move || {
        let _entered = span.enter();
        late.check()?;
        work(&store, &late)
    });
    match done.await {
        Ok(Err(_)) if over.is_set() => Err(too_late()),
        done => settle(done),
    }
}

/// Set when nobody waits any more for what was asked: what has not begun then is not begun any
/// more, and what is not written yet is not written any more.
#[derive(Debug, Clone, Default)]
pub struct OutOfTime(Arc<AtomicBool>);

impl OutOfTime {
    /// Nobody waits any more.
    pub fn set(&self) {
        self.0.store(true, Relaxed);
    }

    fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }

    /// Fails where nobody waits any more: nobody reads that.
    fn check(&self) -> store::Result<()> {
        if self.is_set() { Err(StoreError::Busy(Duration::ZERO)) } else { Ok(()) }
    }
}

/// Whoever waits; with it goes the waiting.
#[derive(Default)]
pub struct Waiting(pub OutOfTime);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.set();
    }
}

fn start<T: Send + 'static>(
    store: &Store,
    work: &Arc<impl Fn(&mut Connection) -> store::Result<T> + Send + Sync + 'static>,
    waiting: &Waiting,
) -> JoinHandle<store::Result<T>> {
    let (store, work, over) = (store.clone(), Arc::clone(work), waiting.0.clone());
    let span = tracing::Span::current();
    tokio::task::spawn_blocking(move || {
        let _entered = span.enter();
        over.check()?;
        store.read(&*work)
    })
}

fn settle<T>(done: Result<store::Result<T>, JoinError>) -> Result<T, Error> {
    match done {
        Ok(done) => done.map_err(|error| store_failed(&error)),
        Err(panic) => Err(internal(&panic)),
    }
}
