//! PostgreSQL goes away and comes back while dixit imports and answers: nothing is lost, nothing
//! is written twice, nobody has to start anything again.

use std::io::Write as _;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::cluster::Cluster;
use crate::support::{Server, Workplace, graphql_body, native_row, number};

/// How often the server is stopped.
const OUTAGES: usize = 20;
/// How long most of them last; each fourth lasts longer than a request waits.
const SHORT: Duration = Duration::from_millis(200);
/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(30);

const READ: &str = "{ quotes(first: 5) { totalCount nodes { id text article { title } } } }";

fn line(n: u64) -> String {
    let about = json!({ "url": format!("https://paper{}.example/{}", n % 7, n % 900) });
    let speaker = match n % 3 {
        0 => "Ada Quill",
        1 => "Tobit Aldersea",
        _ => "Henrike Vossberg",
    };
    let more = json!({ "article": about, "speaker": speaker, "role": "UN spokesman" });
    native_row("", &format!("We counted boat {n} ourselves."), more)
}

/// What readers have seen.
#[derive(Default)]
struct Seen {
    answered: AtomicU64,
    unavailable: AtomicU64,
    slowest: Mutex<Duration>,
    wrong: Mutex<Vec<String>>,
}

impl Seen {
    /// One read: it is answered, or told to come back.
    fn read(&self, server: &Server) {
        let started = Instant::now();
        let request = minreq::post(server.url("/graphql"))
            .with_header("Content-Type", "application/json")
            .with_timeout(PATIENCE.as_secs())
            .with_body(graphql_body(READ));
        let response = request.send().unwrap();
        let body: Value = serde_json::from_str(response.as_str().unwrap()).unwrap();
        match response.status_code {
            200 if body.get("errors").is_none() => {
                self.answered.fetch_add(1, Relaxed);
            }
            503 if response.headers.iter().any(|(name, _)| name == "retry-after") => {
                self.unavailable.fetch_add(1, Relaxed);
            }
            status => self.wrong.lock().unwrap().push(format!("{status}: {body}")),
        }
        let mut slowest = self.slowest.lock().unwrap();
        *slowest = started.elapsed().max(*slowest);
    }

    fn wait_for_another(&self, counter: &AtomicU64) {
        let (before, started) = (counter.load(Relaxed), Instant::now());
        while counter.load(Relaxed) == before {
            assert!(started.elapsed() < PATIENCE, "no read of the kind that is waited for");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// An import that reads as long as it is fed.
fn fed_import(workplace: &Workplace) -> (Child, ChildStdin) {
    let mut command = workplace.command(&["import", "--json", "--format", "native", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let stdin = child.stdin.take().unwrap();
    (child, stdin)
}

#[test]
fn a_server_that_is_stopped_twenty_times_costs_no_row_and_no_restart() {
    let cluster = Cluster::start(&[]);
    cluster.create("outage", "template1");
    let workplace = Workplace::at(cluster.url("outage"));
    let server = Server::start(&workplace);
    let (import, mut stdin) = fed_import(&workplace);
    let (seen, over, fed) = (Seen::default(), AtomicBool::new(false), AtomicU64::new(0));
    let mut recoveries = Vec::new();
    thread::scope(|threads| {
        let feed = || {
            while !over.load(Relaxed) {
                let from = fed.load(Relaxed);
                let lines: String = (from..from + 500).map(line).collect();
                stdin.write_all(lines.as_bytes()).unwrap();
                fed.store(from + 500, Relaxed);
            }
            drop(stdin);
        };
        threads.spawn(feed);
        for _ in 0..3 {
            threads.spawn(|| {
                while !over.load(Relaxed) {
                    seen.read(&server);
                    thread::sleep(Duration::from_millis(10));
                }
            });
        }
        while number(&server.ask(READ), "/data/quotes/totalCount") == 0 {
            thread::sleep(Duration::from_millis(20));
        }
        for outage in 0..OUTAGES {
            seen.wait_for_another(&seen.answered);
            cluster.stop_immediately();
            match outage % 4 {
                0 => seen.wait_for_another(&seen.unavailable),
                _ => thread::sleep(SHORT),
            }
            cluster.start_again();
            let back = Instant::now();
            seen.wait_for_another(&seen.answered);
            recoveries.push(back.elapsed());
        }
        over.store(true, Relaxed);
    });
    let output = import.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let fed = fed.load(Relaxed);
    println!(
        "{fed} lines; {:?} reads answered, {:?} sent away; slowest {:?}; recoveries {recoveries:?}",
        seen.answered, seen.unavailable, seen.slowest
    );
    assert_eq!(seen.wrong.into_inner().unwrap(), Vec::<String>::new());
    assert_eq!(output.status.code(), Some(0));
    let counts = ["lines", "accepted", "known", "changed", "rejected"];
    let counts = counts.map(|name| number(&report, &format!("/{name}")));
    assert_eq!(counts, [fed, fed, 0, 0, 0]);
    let answer = server.ask(READ);
    assert_eq!(number(&answer, "/data/quotes/totalCount"), fed);
    // All of it is there, just as it would be: the same input again tells nothing new.
    let all: String = (0..fed).map(line).collect();
    let (code, again, _) = workplace.import(&[&workplace.file("all.jsonl", all)]);
    assert_eq!((code, number(&again, "/known")), (0, fed));
}
