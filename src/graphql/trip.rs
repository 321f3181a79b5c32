//! One trip to the store, off the threads that serve.

use async_graphql::{Context, Error, Result};

use super::error::{internal, store_failed};
use crate::store::dialect::Connection;
use crate::store::{self, Store};

/// Runs `work` on one reading connection, seeing one state of the database.
pub async fn trip<T: Send + 'static>(
    context: &Context<'_>,
    work: impl FnOnce(&mut Connection) -> store::Result<T> + Send + 'static,
) -> Result<T> {
    trip_to(context.data::<Store>()?.clone(), work).await
}

/// [`trip`] for who has the store already.
pub async fn trip_to<T: Send + 'static>(
    store: Store,
    work: impl FnOnce(&mut Connection) -> store::Result<T> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(move || store.read(work)).await {
        Ok(done) => done.map_err(|error| store_failed(&error)),
        Err(panic) => Err(internal(&panic)),
    }
}
