//! `/graphql`: GraphQL over HTTP, by the GraphQL Foundation's specification of that name (draft of
//! 2025): queries by GET and POST, mutations by POST alone, JSON both ways; and over WebSocket.

mod json;
mod request;
mod response;
mod socket;

use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Resource, web};

use crate::graphql::{Asking, Caller, Schema, execute};
use crate::limits::{Profile, Serving};
use crate::server::access::Access;
use request::Refused;
use response::Media;
pub use socket::Sockets;

/// The resource. Its requests carry their [`Caller`].
pub fn resource() -> Resource {
    web::resource("/graphql").default_service(web::to(answer))
}

/// The answer to a request that is refused before it is read, in what its client reads.
pub fn refusal(
    asked: &HeaderMap,
    status: StatusCode,
    message: &str,
    extensions: serde_json::Value,
) -> HttpResponse {
    let media = Media::accepted(asked).unwrap_or(Media::Json);
    response::refuse_with(media, status, message, extensions)
}

/// Answers any request to `/graphql`.
async fn answer(
    head: HttpRequest,
    body: web::Payload,
    schema: web::Data<Schema>,
    serving: web::Data<Serving>,
    sockets: web::Data<Sockets>,
    access: web::Data<Access>,
    caller: web::ReqData<Caller>,
) -> HttpResponse {
    if socket::is_asked_for(&head) {
        let anonymous = matches!(*caller, Caller::Anybody);
        let address = anonymous.then(|| access.client(&head));
        return socket::upgrade(&head, body, &schema, &serving.limits, &sockets, address);
    }
    // Decided before anything else: the client reads the refusal too.
    let Some(media) = Media::accepted(head.headers()) else {
        let message = "an answer is application/graphql-response+json or application/json";
        return response::refuse(Media::Json, StatusCode::NOT_ACCEPTABLE, message);
    };
    let read = match (head.method(), serving.profile) {
        (&Method::POST, _) => request::posted(&head, body, &serving.limits).await,
        (&Method::GET, Profile::Public) => request::asked(&head, &serving.limits),
        (_, profile) => {
            let allowed = if profile == Profile::Public { "GET, POST" } else { "POST" };
            let message = format!("/graphql answers to {allowed}");
            let mut refusal = response::refuse(media, StatusCode::METHOD_NOT_ALLOWED, &message);
            refusal.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allowed));
            return refusal;
        }
    };
    match read {
        Ok(read) => {
            let asking = Asking { caller: caller.into_inner(), since: read.since };
            let answer = execute(&schema, read.request, asking).await;
            response::answer(media, &answer, &serving.limits)
        }
        Err(Refused { status, message, limit }) => {
            let mut refusal = response::refuse_over(media, status, &message, limit);
            if status == StatusCode::METHOD_NOT_ALLOWED {
                let allow = header::HeaderValue::from_static("POST");
                refusal.headers_mut().insert(header::ALLOW, allow);
            }
            refusal
        }
    }
}
