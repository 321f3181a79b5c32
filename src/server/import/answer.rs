//! What clients of `/import` read: a job, and why something was refused.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderMap};
use actix_web::http::{ConnectionType, StatusCode};
use serde_json::{Value, json};

use crate::domain::date::rfc3339;
use crate::graphql::{BUSY, INTERNAL, NOT_WRITABLE};
use crate::server::graphql::refusal;
use crate::store::write::ImportRow;
use crate::store::{StoreError, chain};

/// When what could not be taken may be sent again, in seconds.
const RETRY_AFTER: &str = "5";

/// Why something was refused.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    message: String,
    extensions: Value,
}

impl Refusal {
    /// A refusal with this status, this code for programs and this message for people.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), extensions: json!({ "code": code }) }
    }

    /// Something is over a limit, which its message begins with.
    pub fn over(status: StatusCode, name: &str, value: u64, message: &str) -> Self {
        let extensions = json!({ "code": "LIMIT", "limit": name, "value": value });
        Self { status, message: format!("{name}: {message}"), extensions }
    }

    /// It may go well in a moment.
    pub fn busy(message: &str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, BUSY, message)
    }

    /// Nothing has this id.
    pub fn missing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "there is no import with this id")
    }

    /// A fault of ours.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = chain(error), "internal error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, INTERNAL, "internal error")
    }

    /// A failure of the store.
    pub fn store(error: &StoreError) -> Self {
        if error.is_unwritable() {
            tracing::error!(error = chain(error), "the database cannot be written");
            let message = "the database takes nothing new at the moment: its operator has to look after it; \
                           try again later";
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, NOT_WRITABLE, message);
        }
        if !error.is_passing() {
            return Self::internal(error);
        }
        tracing::warn!(error = chain(error), "the store is busy");
        Self::busy("the database is busy; try again in a few seconds")
    }

    /// The directory of uploads fails: it is full, perhaps.
    pub fn spool(error: &std::io::Error) -> Self {
        tracing::error!(%error, "an upload cannot be kept");
        Self::busy("this server cannot keep uploads at the moment; try again later")
    }

    /// The answer, to a request with these headers. The rest of a body is not waited for.
    pub fn answer(self, asked: &HeaderMap) -> HttpResponse {
        let mut answer = refusal(asked, self.status, &self.message, self.extensions);
        answer.head_mut().set_connection_type(ConnectionType::Close);
        if matches!(self.status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::CONFLICT) {
            let seconds = header::HeaderValue::from_static(RETRY_AFTER);
            answer.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        answer
    }
}

/// The way to an import.
fn place(row: &ImportRow) -> String {
    format!("/import/{}", row.id)
}

/// An import, as JSON.
pub fn job(status: StatusCode, row: &ImportRow) -> HttpResponse {
    let place = place(row);
    let format = Some(&row.format).filter(|format| !format.is_empty());
    let body = json!({
        "id": row.id,
        "state": row.state,
        "source": row.source,
        "format": format,
        "startedAt": rfc3339(row.started_at),
        "changedAt": rfc3339(row.changed_at),
        "lines": row.lines,
        "accepted": row.accepted,
        "known": row.known,
        "changed": row.changed,
        "rejected": row.rejected,
        "bytesDone": row.behind,
        "problem": row.problem,
        "links": { "self": place, "rejects": format!("{place}/rejects") },
    });
    let mut answer = HttpResponse::build(status);
    if status == StatusCode::ACCEPTED {
        answer.insert_header((header::LOCATION, place));
    }
    answer
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("application/json; charset=utf-8")
        .body(body.to_string())
}
