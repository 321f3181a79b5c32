//! `/import`: uploads that are imported behind the answer, what became of them, and the rows of them
//! that were not taken.

mod answer;
mod head;
mod jobs;
mod rejects;
mod runner;
mod spool;
mod upload;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, Resource, web};

use self::answer::{Refusal, job};
pub use self::jobs::Jobs;
use self::jobs::{StopError, Stopped};
pub use self::upload::Bounds;
use crate::domain::access::Scope;
use crate::domain::id::Id;
use crate::graphql::Caller;
use crate::store::write::ImportRow;
use crate::store::{Store, imports};

/// Where uploads go. Requests carry their [`Caller`], who may import; so do those of the others.
pub fn uploads() -> Resource {
    web::resource("/import").route(web::post().to(take))
}

/// One import.
pub fn one() -> Resource {
    web::resource("/import/{id}").route(web::get().to(look)).route(web::delete().to(stop))
}

/// The rows of one that were not taken.
pub fn rejects() -> Resource {
    web::resource("/import/{id}/rejects").route(web::get().to(rejected))
}

/// Who asks: the door lets nobody in here without a token.
fn holder(caller: &Caller) -> Result<(Id, &str), Refusal> {
    match caller {
        Caller::Token { id, name, .. } => Ok((*id, name)),
        Caller::Anybody => {
            Err(Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "this needs a token"))
        }
    }
}

async fn take(
    head: HttpRequest,
    body: web::Payload,
    bounds: web::Data<Bounds>,
    jobs: web::Data<Jobs>,
    caller: web::ReqData<Caller>,
) -> HttpResponse {
    let taken = match holder(&caller) {
        Ok(holder) => upload::take(&head, body, **bounds, &jobs, holder).await,
        Err(refusal) => Err(refusal),
    };
    match taken {
        Ok((row, true)) => job(StatusCode::ACCEPTED, &row),
        Ok((row, false)) => job(StatusCode::OK, &row),
        Err(refusal) => refusal.answer(head.headers()),
    }
}

async fn look(head: HttpRequest, id: web::Path<String>, store: web::Data<Store>) -> HttpResponse {
    match row(&id, &store).await {
        Ok(row) => job(StatusCode::OK, &row),
        Err(refusal) => refusal.answer(head.headers()),
    }
}

async fn stop(
    head: HttpRequest,
    id: web::Path<String>,
    store: web::Data<Store>,
    jobs: web::Data<Jobs>,
    caller: web::ReqData<Caller>,
) -> HttpResponse {
    let stopped = async {
        let found = row(&id, &store).await?;
        own(&store, &caller, found.id).await?;
        if runner::is_over(found.state) {
            return Ok((StatusCode::OK, found));
        }
        let (_, name) = holder(&caller)?;
        let (jobs, name) = (jobs.clone(), name.to_owned());
        let stopped = web::block(move || jobs.stop(found.id, &name)).await;
        match stopped.map_err(|stopping| Refusal::internal(&stopping))? {
            Ok(Stopped::Now) => Ok((StatusCode::OK, row(&id, &store).await?)),
            Ok(Stopped::Soon) => Ok((StatusCode::ACCEPTED, row(&id, &store).await?)),
            Ok(Stopped::NotHere) if found.state.has_ended() => Ok((StatusCode::OK, found)),
            Ok(Stopped::NotHere) => {
                let message =
                    "this server has not its upload: it is another server's, or no upload";
                Err(Refusal::new(StatusCode::CONFLICT, "CONFLICT", message))
            }
            Err(StopError::Store(error)) => Err(Refusal::store(&error)),
            Err(StopError::Spool(error)) => Err(Refusal::spool(&error)),
        }
    };
    match stopped.await {
        Ok((status, row)) => job(status, &row),
        Err(refusal) => refusal.answer(head.headers()),
    }
}

async fn rejected(
    head: HttpRequest,
    id: web::Path<String>,
    store: web::Data<Store>,
    caller: web::ReqData<Caller>,
) -> HttpResponse {
    let found = async {
        let row = row(&id, &store).await?;
        own(&store, &caller, row.id).await?;
        Ok::<_, Refusal>(row)
    };
    match found.await {
        Ok(row) => rejects::answer(&head, store, row),
        Err(refusal) => refusal.answer(head.headers()),
    }
}

/// The import of an id.
async fn row(id: &str, store: &web::Data<Store>) -> Result<ImportRow, Refusal> {
    let Ok(id) = id.parse::<Id>() else { return Err(Refusal::missing()) };
    read(store, move |store| store.read(|c| imports::by_id(c, &[id])))
        .await?
        .pop()
        .ok_or_else(Refusal::missing)
}

/// Refuses whoever neither began an import nor may do everything: its rows hold what somebody sent.
async fn own(store: &web::Data<Store>, caller: &Caller, import: Id) -> Result<(), Refusal> {
    let (token, _) = holder(caller)?;
    if matches!(caller, Caller::Token { scopes, .. } if scopes.allow(Scope::Admin)) {
        return Ok(());
    }
    let begun = read(store, move |store| store.read(|c| imports::begun_by(c, token, &[import])));
    if begun.await?.is_empty() {
        let message = "this needs the token that began the import, or one with the scope ADMIN";
        return Err(Refusal::new(StatusCode::FORBIDDEN, crate::graphql::FORBIDDEN, message));
    }
    Ok(())
}

/// Reads at the primary, where what was just taken is.
async fn read<T: Send + 'static>(
    store: &web::Data<Store>,
    work: impl FnOnce(&Store) -> crate::store::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let store = store.at_the_primary();
    let done = web::block(move || work(&store)).await;
    let done = done.map_err(|stopping| Refusal::internal(&stopping))?;
    done.map_err(|error| Refusal::store(&error))
}
