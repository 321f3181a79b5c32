//! One WebSocket that speaks graphql-transport-ws: what it sends, and when it ends.
//!
//! It is the body of the answer to the upgrade, and does its work when it is asked for the next
//! frame. actix asks when the client has read enough of what was sent before. So nothing is read,
//! executed or kept for a client that does not read its answers, and there is no queue.

use std::future::ready;
use std::time::Duration;

use actix_http::ws::{CloseCode, CloseReason};
use actix_web::HttpRequest;
use actix_web::web::Bytes;
use async_graphql::{Request, Response, ServerError};
use futures_util::stream::{self, LocalBoxStream, StreamExt as _};
use tokio::time::{Instant, sleep_until};

use super::super::response::{Unserialised, executed, serialised};
use super::frames::{self, Broken, Frames, Received};
use super::message::{self, Close, FromClient, ToClient};
use super::operations::Operations;
use super::sockets::Seat;
use crate::graphql::{Asking, BUSY, INTERNAL, Schema, coded, execute_stream, over};
use crate::limits::Limits;
use crate::server::access::admit_again;
use crate::server::connections::Lease;
use crate::store::Position;

/// One WebSocket.
pub struct Session {
    schema: Schema,
    limits: Limits,
    /// The request for the upgrade: who asks.
    head: HttpRequest,
    /// What the client has written, as it says.
    since: Option<Position>,
    seat: Seat,
    lease: Option<Lease>,
    frames: Frames,
    operations: Operations,
    initialised: bool,
    opened: Instant,
    /// When it last said anything, or was pinged.
    heard: Instant,
    pinged: bool,
    /// When it ends whatever is running: the server stops.
    stop: Option<Instant>,
    closed: bool,
}

impl Session {
    /// One that was just opened.
    pub fn new(
        schema: Schema,
        limits: Limits,
        head: HttpRequest,
        since: Option<Position>,
        seat: Seat,
        frames: Frames,
    ) -> Self {
        Self {
            lease: Lease::of(&head),
            schema,
            limits,
            head,
            since,
            seat,
            frames,
            operations: Operations::default(),
            initialised: false,
            opened: Instant::now(),
            heard: Instant::now(),
            pinged: false,
            stop: None,
            closed: false,
        }
    }

    /// The next frame to send; `None` when nothing more is sent.
    pub async fn next(&mut self) -> Option<Bytes> {
        if let Some(lease) = &self.lease {
            lease.lift();
        }
        let frame = if self.closed { None } else { self.frame().await };
        if let Some(lease) = &self.lease {
            lease.written(frame.as_ref().map_or(0, Bytes::len));
        }
        frame
    }

    async fn frame(&mut self) -> Option<Bytes> {
        loop {
            if self.stop.is_some() && self.operations.is_empty() {
                return Some(self.close(&Close::GoingAway));
            }
            let wake = self.wake();
            let frame = tokio::select! {
                // What has come is looked at before it counts as missing. It cannot keep the rest
                // away: there is never more of it than a read buffer.
                biased;
                received = self.frames.next() => match received {
                    Ok(received) => self.received(received),
                    Err(Broken::Lost) => return None,
                    Err(Broken::TooLarge) => {
                        Some(self.close(&Close::TooLarge(self.limits.body_bytes)))
                    }
                    Err(Broken::Protocol(error)) => {
                        Some(self.close(&Close::Protocol(error.to_string())))
                    }
                },
                (id, response) = self.operations.next() => Some(self.answer(&id, response)),
                () = self.seat.stopped(), if self.stop.is_none() => {
                    self.stop = Some(Instant::now() + ms(self.limits.execution_ms));
                    None
                }
                () = sleep_until(wake) => self.late(),
            };
            if frame.is_some() {
                return frame;
            }
        }
    }

    /// When something is late if nothing happens before.
    fn wake(&self) -> Instant {
        let silent = self.heard + ms(self.limits.socket_idle_ms);
        let init = (!self.initialised).then(|| self.opened + ms(self.limits.socket_init_ms));
        [init, self.stop].into_iter().flatten().fold(silent, Instant::min)
    }

    fn late(&mut self) -> Option<Bytes> {
        let now = Instant::now();
        if self.stop.is_some_and(|stop| stop <= now) {
            return Some(self.close(&Close::GoingAway));
        }
        if !self.initialised && self.opened + ms(self.limits.socket_init_ms) <= now {
            return Some(self.close(&Close::InitTimeout));
        }
        if self.heard + ms(self.limits.socket_idle_ms) > now {
            return None;
        }
        if self.pinged {
            return Some(self.close(&Close::Silent));
        }
        (self.heard, self.pinged) = (now, true);
        Some(frames::ping())
    }

    fn received(&mut self, received: Received) -> Option<Bytes> {
        (self.heard, self.pinged) = (Instant::now(), false);
        match received {
            Received::Text(text) => match message::read(&text, &self.limits) {
                Ok(message) => self.message(message),
                Err(close) => Some(self.close(&close)),
            },
            Received::Binary => {
                Some(self.close(&Close::Invalid("it is not text, but binary".to_owned())))
            }
            Received::Ping(bytes) => Some(frames::pong(&bytes)),
            Received::Pong => None,
            Received::Close(reason) => {
                self.end();
                Some(frames::close(reason))
            }
        }
    }

    fn message(&mut self, message: FromClient) -> Option<Bytes> {
        match message {
            FromClient::ConnectionInit { .. } if self.initialised => {
                Some(self.close(&Close::InitTwice))
            }
            FromClient::ConnectionInit { payload } => {
                if payload.as_ref().is_some_and(message::has_credentials) {
                    return Some(self.close(&Close::Credentials));
                }
                self.initialised = true;
                Some(self.say(&ToClient::ConnectionAck))
            }
            FromClient::Ping => Some(self.say(&ToClient::Pong)),
            FromClient::Pong => None,
            FromClient::Subscribe { .. } if !self.initialised => {
                Some(self.close(&Close::Unauthorized))
            }
            FromClient::Subscribe { id, .. } if id.is_empty() => {
                Some(self.close(&Close::Invalid("the id is empty".to_owned())))
            }
            FromClient::Subscribe { id, .. } if self.operations.has(&id) => {
                Some(self.close(&Close::Duplicate(id)))
            }
            FromClient::Subscribe { id, .. } if self.stop.is_some() => {
                let error = coded(BUSY, "the server stops: connect again");
                Some(self.refuse(&id, error))
            }
            FromClient::Subscribe { id, payload } => {
                let most = self.limits.socket_operations;
                if self.operations.len() as u64 >= most {
                    let message = format!("socketOperations: {most} operations are running here");
                    return Some(self.refuse(&id, over("socketOperations", most, message)));
                }
                self.operations.start(id, self.responses(payload.into_request()));
                None
            }
            FromClient::Complete { id } => {
                self.operations.stop(&id);
                None
            }
        }
    }

    /// The responses to an operation, once it is let in.
    fn responses(&self, request: Request) -> LocalBoxStream<'static, Response> {
        let (schema, head, since) = (self.schema.clone(), self.head.clone(), self.since);
        let admitted = async move {
            match admit_again(&head).await {
                Ok(caller) => execute_stream(&schema, request, Asking { caller, since }),
                Err((code, message)) => {
                    let refused = Response::from_errors(vec![coded(&code, message)]);
                    stream::once(ready(refused)).boxed()
                }
            }
        };
        stream::once(admitted).flatten().boxed_local()
    }

    /// Sends a response of an operation, or its end.
    fn answer(&mut self, id: &str, response: Option<Response>) -> Bytes {
        let Some(response) = response else { return self.say(&ToClient::Complete { id }) };
        if !executed(&response) {
            self.operations.stop(id);
            return self.say(&ToClient::Error { id, payload: &response.errors });
        }
        match serialised(&ToClient::Next { id, payload: &response }, &self.limits) {
            Ok(message) => frames::text(&message),
            Err(Unserialised::TooLarge(message)) => {
                let limit = self.limits.response_bytes;
                self.refuse(id, over("responseBytes", limit, message))
            }
            Err(Unserialised::Fault) => self.refuse(id, coded(INTERNAL, "internal error")),
        }
    }

    /// Answers an operation with an error of the transport, and ends it.
    fn refuse(&mut self, id: &str, error: ServerError) -> Bytes {
        self.operations.stop(id);
        self.say(&ToClient::Error { id, payload: &[error] })
    }

    /// A message that is small, or as long as what the client sent.
    fn say(&mut self, message: &ToClient<'_>) -> Bytes {
        match serde_json::to_vec(message) {
            Ok(message) => frames::text(&message),
            Err(error) => {
                tracing::error!(%error, "a message could not be serialised");
                self.close(&Close::Fault)
            }
        }
    }

    fn close(&mut self, close: &Close) -> Bytes {
        self.end();
        tracing::debug!(code = close.code(), reason = close.reason(), "closing a WebSocket");
        let code = CloseCode::from(close.code());
        frames::close(Some(CloseReason { code, description: Some(close.reason()) }))
    }

    /// Nothing runs any more, and nothing is read.
    fn end(&mut self) {
        self.operations = Operations::default();
        self.closed = true;
    }
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}
