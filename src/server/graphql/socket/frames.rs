//! The frames of a WebSocket (RFC 6455): whole messages in, within a limit; frames out.

use actix_http::ws::{CloseReason, OpCode, Parser, ProtocolError};
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt as _;

/// The longest head of a frame: flags, length, mask.
const LONGEST_HEAD: usize = 14;
/// The longest reason of a close frame.
const LONGEST_REASON: usize = 123;

/// What a client sent.
pub enum Received {
    /// A whole message, from one frame or several.
    Text(Bytes),
    /// The beginning of a message that is not text.
    Binary,
    /// A ping, to be answered with the same bytes.
    Ping(Bytes),
    /// A pong.
    Pong,
    /// It closes the connection.
    Close(Option<CloseReason>),
}

/// Why nothing more can be read.
pub enum Broken {
    /// A message is larger than it may be.
    TooLarge,
    /// This is not what RFC 6455 says.
    Protocol(ProtocolError),
    /// The client has gone.
    Lost,
}

/// The frames that a client sends.
pub struct Frames {
    payload: Payload,
    unread: BytesMut,
    /// What there is of a message in several frames.
    begun: Option<BytesMut>,
    limit: usize,
}

impl Frames {
    /// Those of an upgraded connection, with messages of at most so many bytes.
    pub fn new(payload: Payload, limit: u64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Self { payload, unread: BytesMut::new(), begun: None, limit }
    }

    /// The next message. Nothing is lost where this is not awaited to its end.
    pub async fn next(&mut self) -> Result<Received, Broken> {
        loop {
            match Parser::parse(&mut self.unread, true, self.limit) {
                Ok(Some((last, code, payload))) => {
                    let payload = payload.unwrap_or_default();
                    if let Some(received) = self.whole(last, code, payload)? {
                        return Ok(received);
                    }
                }
                // The parser would wait for all of a frame, however large it says it is.
                Ok(None) if self.unread.len() > self.limit.saturating_add(LONGEST_HEAD) => {
                    return Err(Broken::TooLarge);
                }
                Ok(None) => match self.payload.next().await {
                    Some(Ok(bytes)) => self.unread.extend_from_slice(&bytes),
                    Some(Err(_)) | None => return Err(Broken::Lost),
                },
                Err(ProtocolError::Overflow) => return Err(Broken::TooLarge),
                Err(error) => return Err(Broken::Protocol(error)),
            }
        }
    }

    /// What a frame completes; `last` is that of its message. Control frames may come between those
    /// of a message (RFC 6455, section 5.4).
    fn whole(
        &mut self,
        last: bool,
        code: OpCode,
        payload: BytesMut,
    ) -> Result<Option<Received>, Broken> {
        let message = match (code, self.begun.take()) {
            (OpCode::Text, None) => payload,
            (OpCode::Continue, Some(mut begun)) => {
                if begun.len() + payload.len() > self.limit {
                    return Err(Broken::TooLarge);
                }
                begun.extend_from_slice(&payload);
                begun
            }
            (OpCode::Continue, None) => {
                return Err(Broken::Protocol(ProtocolError::ContinuationNotStarted));
            }
            (OpCode::Text | OpCode::Binary, Some(_)) => {
                return Err(Broken::Protocol(ProtocolError::ContinuationStarted));
            }
            (OpCode::Binary, None) => return Ok(Some(Received::Binary)),
            (OpCode::Ping | OpCode::Pong | OpCode::Close | OpCode::Bad, begun) => {
                self.begun = begun;
                return control(last, code, payload).map(Some).map_err(Broken::Protocol);
            }
        };
        if last {
            return Ok(Some(Received::Text(message.freeze())));
        }
        self.begun = Some(message);
        Ok(None)
    }
}

fn control(last: bool, code: OpCode, payload: BytesMut) -> Result<Received, ProtocolError> {
    match code {
        OpCode::Ping if last => Ok(Received::Ping(payload.freeze())),
        OpCode::Pong if last => Ok(Received::Pong),
        OpCode::Close if last => Parser::try_parse_close_payload(&payload).map(Received::Close),
        _ => Err(ProtocolError::ContinuationFragment(code)),
    }
}

/// A text message.
pub fn text(message: &[u8]) -> Bytes {
    frame(message, OpCode::Text)
}

/// A ping.
pub fn ping() -> Bytes {
    frame(&[], OpCode::Ping)
}

/// The answer to a ping.
pub fn pong(bytes: &[u8]) -> Bytes {
    frame(bytes, OpCode::Pong)
}

/// The last frame; of a reason that is too long only the beginning is sent.
pub fn close(mut reason: Option<CloseReason>) -> Bytes {
    if let Some(text) = reason.as_mut().and_then(|reason| reason.description.as_mut()) {
        text.truncate(text.floor_char_boundary(LONGEST_REASON));
    }
    let mut frame = BytesMut::new();
    Parser::write_close(&mut frame, reason, false);
    frame.freeze()
}

fn frame(payload: &[u8], code: OpCode) -> Bytes {
    let mut frame = BytesMut::with_capacity(payload.len() + LONGEST_HEAD);
    Parser::write_message(&mut frame, payload, code, true, false);
    frame.freeze()
}
