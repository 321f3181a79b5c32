//! GraphQL over WebSocket: `/graphql` with an upgrade, in the protocol graphql-transport-ws
//! (PROTOCOL.md of the npm package graphql-ws). Every operation is executed as over HTTP.
//!
//! async-graphql's own WebSocket has no bound on operations and answers, and other close codes.

mod frames;
mod message;
mod operations;
mod session;
mod sockets;

use std::convert::Infallible;

use actix_http::ws::handshake;
use actix_web::body::BodyStream;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream;
use tracing::Instrument as _;

use self::frames::Frames;
use self::session::Session;
pub use self::sockets::Sockets;
use self::sockets::Taken;
use super::request;
use super::response::{self, Media};
use crate::graphql::{REQUEST_ID, Schema};
use crate::limits::Limits;
use crate::server::RETRY_AFTER;
use crate::server::access::{Key, RATE_LIMITED};

/// The protocol, as `Sec-WebSocket-Protocol` names it.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a request is one for an upgrade.
pub fn is_asked_for(head: &HttpRequest) -> bool {
    let upgrade = head.headers().get(header::UPGRADE).and_then(|value| value.to_str().ok());
    head.method() == Method::GET
        && upgrade.is_some_and(|value| value.trim().eq_ignore_ascii_case("websocket"))
}

/// Answers a request for an upgrade; of this address, where no token tells who asks.
///
/// Any page may open a WebSocket here, whatever its origin: no cookie and nothing else that a
/// browser sends by itself tells who asks, so there is nothing to hijack. For the same reason the
/// locked profile, which refuses GET since any link can send it, leaves this on.
pub fn upgrade(
    head: &HttpRequest,
    payload: web::Payload,
    schema: &Schema,
    limits: &Limits,
    sockets: &web::Data<Sockets>,
    address: Option<Key>,
) -> HttpResponse {
    let refuse = |status, message: &str| response::refuse(Media::Json, status, message);
    let mut accepted: HttpResponse = match handshake(head.head()) {
        Ok(mut builder) => builder.finish().map_into_boxed_body().into(),
        Err(error) => {
            let version = HeaderValue::from_static("13");
            let mut refusal =
                refuse(StatusCode::BAD_REQUEST, &format!("no WebSocket (RFC 6455): {error}"));
            refusal.headers_mut().insert(header::SEC_WEBSOCKET_VERSION, version);
            return refusal;
        }
    };
    if !offers_protocol(head.headers()) {
        let message = format!("offer the protocol {PROTOCOL} in Sec-WebSocket-Protocol");
        return refuse(StatusCode::BAD_REQUEST, &message);
    }
    let since = match request::position(head) {
        Ok(since) => since,
        Err(refused) => return refuse(refused.status, &refused.message),
    };
    let seat = match sockets.admit(address) {
        Ok(seat) => seat,
        Err(Taken::ByAll) => {
            let message = "all places for WebSockets are taken; try again in a second";
            return refuse(StatusCode::SERVICE_UNAVAILABLE, message);
        }
        Err(Taken::ByOneAddress) => {
            let message = "too many WebSockets are open from this address: close one, or send a \
                           token with its own";
            let code = serde_json::json!({ "code": RATE_LIMITED });
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut refusal = response::refuse_with(Media::Json, status, message, code);
            refusal.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER.into());
            return refusal;
        }
    };
    let frames = Frames::new(payload, limits.body_bytes);
    let session = Session::new(schema.clone(), *limits, head.clone(), since, seat, frames);
    // What belongs to this request goes with all that is executed on its connection.
    let id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
    let span = tracing::Span::current();
    let frames = stream::unfold(session, move |mut session| {
        let (id, span) = (id.clone(), span.clone());
        async move {
            let frame = REQUEST_ID.scope(id, session.next()).instrument(span).await?;
            Some((Ok::<_, Infallible>(frame), session))
        }
    });
    let protocol = HeaderValue::from_static(PROTOCOL);
    accepted.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    accepted.set_body(BodyStream::new(frames)).map_into_boxed_body()
}

/// Whether the client speaks the protocol. There may be several headers, each with several names.
fn offers_protocol(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL);
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|name| name.trim() == PROTOCOL)
}
