//! `POST /import`: an upload becomes a file and a job, in constant memory.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::answer::Refusal;
use super::head::Asked;
use super::jobs::{Jobs, Refused};
use super::runner::is_over;
use super::spool::{Job, Part};
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::graphql::REQUEST_ID;
use crate::server::connections::Lease;
use crate::store::audit::Actor;
use crate::store::imports::{self, Given};
use crate::store::write::ImportRow;

/// The slowest that a client may send behind its first seconds, in bytes a second.
const SLOWEST: u64 = 32 << 10;
/// How many chunks of a body may wait to be written.
const WAITING: usize = 8;

/// What may be uploaded, and how fast.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The largest body, in bytes.
    pub most: u64,
    /// How long a client may take before it has to be as fast as [`SLOWEST`].
    pub grace: Duration,
}

/// Takes an upload. Answers its import, and whether it is still to be done.
pub async fn take(
    head: &HttpRequest,
    body: web::Payload,
    bounds: Bounds,
    jobs: &web::Data<Jobs>,
    (token, name): (Id, &str),
) -> Result<(ImportRow, bool), Refusal> {
    let asked = Asked::read(head)?;
    let announced = head.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
    if announced
        .and_then(|length| length.parse().ok())
        .is_some_and(|length: u64| length > bounds.most)
    {
        return Err(too_large(bounds));
    }
    let jobs = Arc::clone(jobs);
    let origin = format!("upload:{token}:{}", asked.key);
    let admitting = Arc::clone(&jobs);
    let wanted = origin.clone();
    let admitted = web::block(move || admitting.admit(&wanted)).await;
    let coming = match admitted.map_err(|stopping| Refusal::internal(&stopping))? {
        Ok(coming) => coming,
        Err(Refused::Same) => {
            let message = "an upload with this Idempotency-Key comes at this moment";
            return Err(Refusal::new(StatusCode::CONFLICT, "CONFLICT", message));
        }
        Err(Refused::TooMany) => {
            return Err(Refusal::busy("too many uploads come or wait; try again later"));
        }
    };
    // The time that a connection has is one of small requests.
    if let Some(lease) = Lease::of(head) {
        lease.lift();
    }
    let whole = receive(body, bounds, &jobs, asked.told()).await?;
    let actor = Actor {
        token: Some(token),
        name: name.to_owned(),
        request: REQUEST_ID.try_with(Clone::clone).ok(),
    };
    let job = Job {
        id: String::new(),
        name: format!("(upload {})", asked.key),
        origin,
        format: asked.format.map(|format| format.to_string()),
        max_rejects: asked.max_rejects,
        token: (token.to_string(), actor.name.clone()),
        request: actor.request.clone(),
        taken_at: 0,
    };
    let kept = web::block(move || {
        let kept = keep(&jobs, whole, job, &actor);
        // Only now may the next of this key come, and the job be done.
        drop(coming);
        kept
    });
    kept.await.map_err(|stopping| Refusal::internal(&stopping))?
}

/// An upload that came whole.
struct Whole {
    part: Part,
    /// The digest of what was asked and of all bytes.
    sent: Vec<u8>,
}

/// Writes a body to a file, as fast as it comes.
async fn receive(
    mut body: web::Payload,
    bounds: Bounds,
    jobs: &Arc<Jobs>,
    told: String,
) -> Result<Whole, Refusal> {
    let (sender, receiver) = mpsc::channel(WAITING);
    let writing = Arc::clone(jobs);
    let written = web::block(move || write(&writing, &told, receiver));
    let mut written = std::pin::pin!(written);
    let received = async {
        let started = Instant::now();
        let mut bytes = 0u64;
        loop {
            let until = started + bounds.grace + Duration::from_secs(bytes / SLOWEST);
            let Ok(chunk) = timeout_at(until, body.next()).await else {
                let grace = u64::try_from(bounds.grace.as_millis()).unwrap_or(u64::MAX);
                let message = format!(
                    "behind its first {grace} ms a body has to bring {SLOWEST} bytes a second"
                );
                let status = StatusCode::REQUEST_TIMEOUT;
                return Err(Refusal::over(status, "bodyMs", grace, &message));
            };
            let Some(chunk) = chunk else { return Ok(()) };
            let chunk = chunk.map_err(|_| {
                let message = "the body could not be read to its end";
                Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
            })?;
            bytes += chunk.len() as u64;
            if bytes > bounds.most {
                return Err(too_large(bounds));
            }
            // The writing side fails before its time: its result says why.
            if sender.send(Some(chunk)).await.is_err() {
                return Ok(());
            }
        }
    };
    let received = received.await;
    if received.is_ok() {
        // What ends without this word was cut.
        let _ = sender.send(None).await;
    }
    drop(sender);
    let written = written.as_mut().await.map_err(|stopping| Refusal::internal(&stopping))?;
    received?;
    written.map_err(|error| Refusal::spool(&error))
}

/// The writing side: everything up to the word that it was all.
fn write(
    jobs: &Jobs,
    told: &str,
    mut chunks: mpsc::Receiver<Option<web::Bytes>>,
) -> io::Result<Whole> {
    let mut part = jobs.spool.begin()?;
    let mut digest = Sha256::new();
    digest.update(told);
    while let Some(chunk) = chunks.blocking_recv() {
        let Some(chunk) = chunk else {
            part.sync()?;
            return Ok(Whole { part, sent: digest.finalize().to_vec() });
        };
        digest.update(&chunk);
        part.write(&chunk)?;
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// Makes a job of an upload, unless it is one already.
fn keep(
    jobs: &Jobs,
    Whole { part, sent }: Whole,
    job: Job,
    actor: &Actor,
) -> Result<(ImportRow, bool), Refusal> {
    let failed = |error: crate::store::StoreError| Refusal::store(&error);
    let newest = jobs.store.at_the_primary().read(|c| imports::of_origin(c, &job.origin));
    let row = match Given::before(newest.map_err(failed)?, &sent) {
        Some(Given::Known(row)) if is_over(row.state) => return Ok((row, false)),
        Some(Given::Known(row)) if jobs.spool.has(row.id) => return Ok((row, true)),
        Some(Given::Known(row)) => row,
        Some(_) => return Err(another()),
        None => ImportRow {
            state: ImportState::Waiting,
            origin: Some(job.origin.clone()),
            sent: Some(sent),
            ..ImportRow::begin(&job.name, job.format.as_deref().unwrap_or_default())
        },
    };
    let job = Job { id: row.id.to_string(), taken_at: row.started_at, ..job };
    jobs.forget(row.id);
    jobs.spool.keep(part, &job).map_err(|error| Refusal::spool(&error))?;
    // One of which nobody knows goes again: with its file there would be a job without a record.
    let undo = || {
        if let Err(error) = jobs.spool.remove(&job.id) {
            tracing::error!(job.id, %error, "an upload cannot be removed");
        }
    };
    let id = row.id;
    let given = jobs.store.write(|connection| {
        if imports::by_id(connection, &[id])?.is_empty() {
            return imports::take(connection, actor, row.clone());
        }
        imports::stand(connection, id, ImportState::Waiting, None)?;
        Ok(Given::Taken(ImportRow { state: ImportState::Waiting, problem: None, ..row.clone() }))
    });
    let refusal = match given {
        Ok((Given::Taken(row), _)) => return Ok((row, true)),
        // Another server was quicker: it has the upload, and the job.
        Ok((Given::Known(row), _)) => {
            undo();
            return Ok((row, true));
        }
        Ok((Given::Differs, _)) => another(),
        Err(error) => failed(error),
    };
    undo();
    Err(refusal)
}

fn too_large(bounds: Bounds) -> Refusal {
    let message = format!("the body is larger than {} bytes", bounds.most);
    Refusal::over(StatusCode::PAYLOAD_TOO_LARGE, "uploadBytes", bounds.most, &message)
}

fn another() -> Refusal {
    let message = "another upload was sent with this Idempotency-Key: take a new key for each, and \
                   the same only for the same bytes and parameters";
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "IDEMPOTENCY_KEY_REUSED", message)
}
