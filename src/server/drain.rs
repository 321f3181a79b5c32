//! How a server stops without failing a request.
//!
//! actix's own handling of signals stops at once, and resets what is under way to it: a request on
//! a kept-alive connection, a connection that waits to be accepted. Here the server answers as
//! before for a while, and tells clients and probes that it is about to go; then it lets nobody new
//! in, answers those who are in, and stops.

use std::future::Future;
use std::net::TcpListener;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{sleep, timeout};

use super::connections::Connections;

/// How long the accepting thread may take to hand over what had come before nobody was let in.
const HAND_OVER: Duration = Duration::from_millis(50);
/// How long, once nobody new is let in, those who are in may take to send their request.
const LAST_CALL: Duration = Duration::from_millis(500);

/// How long a stop may take.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// From the signal until nobody new is let in.
    pub drain: Duration,
    /// From the signal to the end, whatever is still running.
    pub most: Duration,
}

/// Runs a server until SIGTERM or SIGINT, and stops it; a second signal ends it at once. `door` is
/// the listener that it accepts from. Signals are taken from here on, not only when it is awaited.
///
/// # Errors
/// Where signals cannot be taken; later, what the server itself fails with.
pub fn until_signal(
    server: Server,
    door: TcpListener,
    connections: Arc<Connections>,
    times: Times,
) -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    let mut signals = Signals::take()?;
    let handle = server.handle();
    Ok(async move {
        let mut server = pin!(server);
        tokio::select! {
            ended = &mut server => return ended,
            () = signals.next() => tracing::info!("stopping: connections are drained"),
        }
        let stop = async {
            drain(&connections, door, times.drain).await;
            handle.stop(true).await;
        };
        // Where it is not awaited any more, the server is dropped, and with it what it still does.
        tokio::select! {
            (ended, ()) = async { tokio::join!(server, stop) } => return ended,
            () = sleep(times.most) => tracing::warn!("stopped before every request was answered"),
            () = signals.next() => tracing::warn!("stopped at once, as the second signal asks"),
        }
        Ok(())
    })
}

async fn drain(connections: &Connections, door: TcpListener, time: Duration) {
    connections.drain();
    sleep(time).await;
    if let Err(error) = shut(&door) {
        tracing::debug!(%error, "connections come until the listener is closed");
    }
    // The listener is closed only when every handle on it is.
    drop(door);
    sleep(HAND_OVER.min(time)).await;
    // After it, what has not sent its request is closed without an answer.
    let _ = timeout(LAST_CALL.min(time), connections.all_closed()).await;
}

/// Lets nobody new in, while those who wait to be accepted stay. To close the listener would reset
/// these: the kernel has let them in, and their request may be here already.
///
/// A filter drops whatever has the SYN bit in its TCP flags. Whoever comes asks again after a
/// second, and is refused by then.
#[cfg(target_os = "linux")]
fn shut(door: &TcpListener) -> std::io::Result<()> {
    use socket2::{SockFilter, SockRef};
    const FLAGS: u32 = 13;
    const SYN: u32 = 0x02;
    let (load_byte, jump_if_any_bit, answer) = (0x30, 0x45, 0x06);
    SockRef::from(door).attach_filter(&[
        SockFilter::new(load_byte, 0, 0, FLAGS),
        SockFilter::new(jump_if_any_bit, 0, 1, SYN),
        SockFilter::new(answer, 0, 0, 0),
        SockFilter::new(answer, 0, 0, u32::MAX),
    ])
}

/// There is no such filter elsewhere.
#[cfg(not(target_os = "linux"))]
fn shut(_: &TcpListener) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// What tells a server to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn take() -> std::io::Result<Self> {
        let (terminate, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
        Ok(Self { terminate: signal(terminate)?, interrupt: signal(interrupt)? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
