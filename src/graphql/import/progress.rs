//! The root of subscriptions: how an import goes on.
//!
//! Imports run in other processes too, so the record is asked for again and again. It is asked only
//! while somebody waits for the next event: a client that does not read costs nothing, and misses
//! what was in between.

use std::time::Duration;

use async_graphql::{Context, ID, Result, Subscription};
use futures_util::stream::{self, Stream};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::{Import, one};
use crate::domain::access::Scope;
use crate::domain::id::Id;
use crate::graphql::argument::read_id;
use crate::graphql::caller::Caller;
use crate::graphql::error::bad_input;
use crate::graphql::trip::trip_to;
use crate::store::Store;

/// How long a record is left alone between two looks.
const INTERVAL: Duration = Duration::from_millis(250);
/// How many looks there may be at once, whoever waits: the rest wait for their turn.
static LOOKS: Semaphore = Semaphore::const_new(4);

/// What can be followed, over a WebSocket.
pub struct Subscription;

/// What can be followed, over a WebSocket.
#[Subscription]
impl Subscription {
    /// How an import goes on: as it stands at once, then whenever that has changed, until it has
    /// ended. What changes faster than it is read is told once. This needs a token with the scope
    /// `IMPORT`.
    async fn import_progress(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<impl Stream<Item = Result<Import>>> {
        Caller::acting(context, Scope::Import)?;
        let id = read_id("id", &id)?;
        let store = context.data::<Store>()?.clone();
        let first = look(&store, id).await?;
        let first = first.ok_or_else(|| bad_input("id", "no import has this id"))?;
        let watch = Watch { store, id, next: Some(Ok(first)), told: None };
        Ok(stream::unfold(watch, |mut watch| async move {
            let event = watch.event().await?;
            Some((event, watch))
        }))
    }
}

/// An import that somebody follows.
struct Watch {
    store: Store,
    id: Id,
    /// What is known and not told yet.
    next: Option<Result<Import>>,
    /// What was told last.
    told: Option<Import>,
}

impl Watch {
    /// The next thing to tell; `None` behind the last.
    async fn event(&mut self) -> Option<Result<Import>> {
        let found = match self.next.take() {
            Some(found) => found,
            None => self.change().await?,
        };
        self.told = found.as_ref().ok().cloned();
        Some(found)
    }

    /// The first state that differs from what was told; `None` where none can come any more.
    async fn change(&self) -> Option<Result<Import>> {
        let told = self.told.as_ref().filter(|told| !told.row.state.has_ended())?;
        loop {
            sleep(INTERVAL).await;
            match look(&self.store, self.id).await.transpose()? {
                Ok(import) if import.row == told.row => {}
                changed => return Some(changed),
            }
        }
    }
}

async fn look(store: &Store, id: Id) -> Result<Option<Import>> {
    let _turn = LOOKS.acquire().await?;
    trip_to(store.clone(), move |connection| one(connection, id)).await
}
