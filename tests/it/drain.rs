//! SIGTERM under load: every request on a connection that was let in is answered whole.

use std::io::{ErrorKind, Result};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::support::{
    Backend, Server, Wire, Workplace, each_backend, graphql_body, posted, sample,
};

/// How long a stop may take.
const MOST: Duration = Duration::from_secs(10);
const ROWS: &str = "{ quotes(first: 20) { totalCount nodes { text article { title } } } }";

/// What clients saw.
#[derive(Default)]
struct Seen {
    answered: AtomicUsize,
    /// Answers that end their connection though the client did not ask for it.
    dismissed: AtomicUsize,
    refused: AtomicUsize,
    signalled: AtomicBool,
}

/// A client: how it uses connections, and how long it pauses between two requests.
#[derive(Debug, Clone, Copy)]
struct Client {
    keeps: bool,
    pause: Duration,
}

impl Client {
    /// Asks until it is refused a connection, which is the one end it may have.
    fn run(self, address: &str, right: &[u8], seen: &Seen) -> Result<()> {
        let request =
            posted(&graphql_body(ROWS), if self.keeps { "" } else { "Connection: close\r\n" });
        loop {
            let mut wire = match Wire::connect(address) {
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    assert!(seen.signalled.load(Relaxed), "refused before the signal");
                    seen.refused.fetch_add(1, Relaxed);
                    return Ok(());
                }
                other => other?,
            };
            loop {
                wire.send(&request)?;
                let answer = wire.answer()?;
                assert_eq!((answer.status, &*answer.body), (200, right), "{}", answer.head);
                seen.answered.fetch_add(1, Relaxed);
                seen.dismissed.fetch_add(usize::from(self.keeps && answer.closes()), Relaxed);
                std::thread::sleep(self.pause);
                if answer.closes() {
                    break;
                }
            }
        }
    }
}

/// Stops a busy server; answers how many requests were answered, before and after the signal.
fn stop_under_load(workplace: &Workplace) -> (usize, usize) {
    let mut server = Server::start(workplace);
    let right = server.post("application/json", graphql_body(ROWS)).into_bytes();
    let seen = Seen::default();
    let milliseconds = Duration::from_millis;
    let fast = [true, false].map(|keeps| Client { keeps, pause: milliseconds(1) });
    let idle = Client { keeps: true, pause: milliseconds(100) };
    let clients = [fast, fast, fast, [idle; 2]].concat();
    let mut before = 0;
    let mut signal = Instant::now();
    std::thread::scope(|threads| {
        let run = |client: &Client| {
            let client = *client;
            let (address, right, seen) = (&server.address, &right, &seen);
            threads.spawn(move || {
                let ended = client.run(address, right, seen);
                ended.unwrap_or_else(|error| panic!("{client:?} failed: {error}"));
            })
        };
        let running: Vec<_> = clients.iter().map(run).collect();
        while seen.answered.load(Relaxed) < 200 {
            assert!(running.iter().all(|client| !client.is_finished()), "a client has ended");
            std::thread::sleep(milliseconds(1));
        }
        assert_eq!(server.get("/readyz").status_code, 200);
        before = seen.answered.load(Relaxed);
        seen.signalled.store(true, Relaxed);
        signal = Instant::now();
        server.terminate();
        // Probes are told while everybody is still answered.
        while server.get("/readyz").status_code == 200 {
            assert!(signal.elapsed() < MOST, "it stays ready");
        }
    });
    assert_eq!(server.end().code(), Some(0));
    assert!(signal.elapsed() < MOST, "it took {:?} to stop", signal.elapsed());
    assert_eq!(seen.refused.load(Relaxed), clients.len());
    assert!(seen.dismissed.load(Relaxed) > 0, "no client was told that its connection ends");
    (before, seen.answered.load(Relaxed) - before)
}

#[test]
fn a_busy_server_stops_without_failing_a_request() {
    // `make stops` asks for more.
    let times = std::env::var("STOPS").map_or(3, |times| times.parse().unwrap());
    each_backend(|backend| {
        let (workplace, server) = sample(backend, &[]);
        drop(server);
        for _ in 0..times {
            let (before, after) = stop_under_load(&workplace);
            println!("{before} answers before the signal, {after} after it, none failed");
        }
    });
}

#[test]
fn a_second_signal_stops_at_once() {
    let (_workplace, mut server) =
        sample(Backend::Sqlite, &[("DIXIT_DRAIN_MS", "60000"), ("DIXIT_SHUTDOWN_SECONDS", "600")]);
    server.terminate();
    while server.get("/readyz").status_code == 200 {}
    server.terminate();
    assert_eq!(server.end().code(), Some(0));
}
