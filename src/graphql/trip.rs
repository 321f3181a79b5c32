//! One trip to the store, off the threads that serve.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, Error, Result};
use tokio::task::{JoinError, JoinHandle};

use super::error::{internal, store_failed};
use crate::store::dialect::Connection;
use crate::store::{self, Store};

/// How long a replica may take before another server is asked the same. One that is killed says so;
/// one that is frozen says nothing.
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
    let mut first = start(&store, &work);
    if !store.has_replicas() {
        return settle(first.await);
    }
    let waiting = tokio::time::timeout(HANGING, &mut first);
    if let Ok(done) = waiting.await {
        return settle(done);
    }
    let mut second = start(&store, &work);
    tokio::select! {
        done = &mut first => settle(done),
        done = &mut second => settle(done),
    }
}

fn start<T: Send + 'static>(
    store: &Store,
    work: &Arc<impl Fn(&mut Connection) -> store::Result<T> + Send + Sync + 'static>,
) -> JoinHandle<store::Result<T>> {
    let (store, work) = (store.clone(), Arc::clone(work));
    tokio::task::spawn_blocking(move || store.read(&*work))
}

fn settle<T>(done: Result<store::Result<T>, JoinError>) -> Result<T, Error> {
    match done {
        Ok(done) => done.map_err(|error| store_failed(&error)),
        Err(panic) => Err(internal(&panic)),
    }
}
