//! How long a connection may keep the server waiting.
//!
//! actix's own timers watch the head of a connection's first request; on a kept-alive one they let
//! a slow head, and a client that does not read its answer, stay for ever. Here every connection is
//! either waiting for a whole head, or being answered, and each has its time. One that was upgraded
//! has the times that its [`Lease`] gives it.

use std::any::Any;
use std::collections::HashMap;
use std::net::Shutdown;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError, Weak};
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::rt::net::TcpStream;
use actix_web::{HttpMessage as _, HttpRequest};
use socket2::{SockRef, Socket};
use tokio::sync::watch;

/// How often connections are looked at.
const INTERVAL: Duration = Duration::from_millis(250);
/// How long a connection stays that its last answer has ended: for a client to see that.
const FAREWELL: Duration = Duration::from_secs(1);
/// The slowest that a client may read, in bytes a second.
const SLOWEST: u64 = 32 << 10;

/// How long a connection may be in each state.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// From opening to the end of the first head.
    pub first_head: Duration,
    /// From one answer to the end of the next head.
    pub next_head: Duration,
    /// From a head to its answer.
    pub answer: Duration,
}

/// The connections of one server.
pub struct Connections {
    times: Times,
    next: AtomicU64,
    draining: watch::Sender<bool>,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
}

/// One connection.
struct Connection {
    socket: Socket,
    /// None while somebody else looks after it.
    deadline: Mutex<Option<Instant>>,
}

impl Connection {
    /// From now on it has this long.
    fn allow(&self, time: Duration) {
        *locked(&self.deadline) = Some(Instant::now() + time);
    }
}

/// What a connection carries; with it goes its entry.
struct Ticket {
    number: u64,
    connection: Arc<Connection>,
    all: Weak<Connections>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if let Some(all) = self.all.upgrade() {
            locked(&all.open).remove(&self.number);
        }
    }
}

impl Connections {
    /// None yet; must be called on a Tokio runtime, which then looks after them.
    pub fn watch(times: Times) -> Arc<Self> {
        let (next, draining) = (AtomicU64::new(0), watch::Sender::new(false));
        let all = Arc::new(Self { times, next, draining, open: Mutex::new(HashMap::new()) });
        let weak = Arc::downgrade(&all);
        actix_web::rt::spawn(async move {
            loop {
                tokio::time::sleep(INTERVAL).await;
                let Some(all) = weak.upgrade() else { return };
                all.end_late();
            }
        });
        all
    }

    /// Takes a connection in.
    pub fn opened(self: &Arc<Self>, stream: &dyn Any, data: &mut Extensions) {
        let Some(stream) = stream.downcast_ref::<TcpStream>() else { return };
        let stream = SockRef::from(stream);
        // A second handle on the same socket, to close it by. Without one it would have no end.
        let socket = match stream.try_clone() {
            Ok(socket) => socket,
            Err(error) => {
                static TOLD: Once = Once::new();
                TOLD.call_once(|| tracing::warn!(%error, "a connection is closed at once"));
                // It may be closed already.
                let _ = stream.shutdown(Shutdown::Both);
                return;
            }
        };
        let deadline = Mutex::new(Some(Instant::now() + self.times.first_head));
        let connection = Arc::new(Connection { socket, deadline });
        let number = self.next.fetch_add(1, Relaxed);
        locked(&self.open).insert(number, Arc::clone(&connection));
        data.insert(Ticket { number, connection, all: Arc::downgrade(self) });
    }

    /// From now on, a connection ends with the next answer on it.
    pub fn drain(&self) {
        self.draining.send_replace(true);
    }

    /// Whether connections end with their answers: the server is about to stop.
    pub fn draining(&self) -> bool {
        *self.draining.borrow()
    }

    /// Hears when they do.
    pub fn drained(&self) -> watch::Receiver<bool> {
        self.draining.subscribe()
    }

    /// Waits until none is open.
    pub async fn all_closed(&self) {
        while !locked(&self.open).is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn end_late(&self) {
        let now = Instant::now();
        for connection in locked(&self.open).values() {
            if locked(&connection.deadline).is_some_and(|deadline| deadline < now) {
                // It may be closed already.
                let _ = connection.socket.shutdown(Shutdown::Both);
            }
        }
    }
}

/// Moves a connection's deadline with its requests, and tells the client where it ends.
pub async fn keep_time(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let ticket = request.conn_data::<Ticket>();
    let connection = ticket.map(|ticket| (Arc::clone(&ticket.connection), ticket.all.upgrade()));
    let Some((connection, Some(all))) = connection else { return next.call(request).await };
    connection.allow(all.times.answer);
    let endless = request.chunked().unwrap_or(true);
    let mut response = next.call(request).await?;
    let status = response.status();
    let head = response.response_mut().head_mut();
    if all.draining() && status != StatusCode::SWITCHING_PROTOCOLS || endless && unread(status) {
        head.set_connection_type(ConnectionType::Close);
    }
    // actix goes on reading the rest of a body before it closes.
    let next = match head.connection_type() {
        ConnectionType::Close => FAREWELL,
        _ => all.times.next_head,
    };
    let reading = match response.response().body().size() {
        BodySize::Sized(bytes) => reading(bytes),
        BodySize::None | BodySize::Stream => Duration::ZERO,
    };
    connection.allow(next + reading);
    Ok(response)
}

/// Whether a request is answered so before its body is read.
fn unread(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::UNAUTHORIZED
            | StatusCode::FORBIDDEN
            | StatusCode::REQUEST_TIMEOUT
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::UNSUPPORTED_MEDIA_TYPE
            | StatusCode::TOO_MANY_REQUESTS
    )
}

/// The time of an upgraded connection, in the hands of what serves it.
pub struct Lease {
    connection: Arc<Connection>,
    grace: Duration,
}

impl Lease {
    /// Of the connection that a request came on.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let ticket = request.conn_data::<Ticket>()?;
        let grace = ticket.all.upgrade()?.times.next_head;
        Some(Self { connection: Arc::clone(&ticket.connection), grace })
    }

    /// The client must now read so many bytes: as long as it may say nothing, and what they take.
    pub fn written(&self, bytes: usize) {
        self.connection.allow(self.grace + reading(bytes as u64));
    }

    /// It has read enough: its holder looks after the connection.
    pub fn lift(&self) {
        *locked(&self.connection.deadline) = None;
    }
}

/// How long a client may take to read so many bytes.
fn reading(bytes: u64) -> Duration {
    Duration::from_secs(bytes / SLOWEST)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
