//! Reads go to streaming replicas, as long as those are there and up to date.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::cluster::Cluster;
use crate::support::{Server, Workplace, graphql_body, native_row, number, text};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);
const READ: &str = "{ quotes(first: 5) { totalCount nodes { id text article { title } } } }";

/// A primary, a replica, and a server over both.
struct Site {
    /// Stopped with the site.
    _primary: Cluster,
    replica: Cluster,
    workplace: Workplace,
    server: Server,
}

impl Site {
    fn new() -> Self {
        let primary = Cluster::start(&[]);
        primary.create("site", "template1");
        let replica = primary.replica();
        let workplace = Workplace::at(primary.url("site"));
        let mut command = workplace.command(&["serve"]);
        command.env("DIXIT_REPLICA_URLS", replica.url("site"));
        command.env("DIXIT_MAX_REPLICA_LAG_MS", "500");
        let server = Server::of(command);
        let site = Self { _primary: primary, replica, workplace, server };
        site.wait_for("up");
        site
    }

    /// Imports a quote; answers the position behind it.
    fn write(&self, words: &str) -> String {
        let row = native_row("site", words, json!({ "speaker": "Ada Quill" }));
        let (code, report, _) = self.workplace.import(&[&self.workplace.file("row.jsonl", row)]);
        assert_eq!((code, number(&report, "/accepted")), (0, 1));
        text(&report, "/position").to_owned()
    }

    /// How many quotes there are, for a client that has written up to `position`.
    fn count(&self, position: Option<&str>) -> u64 {
        let response = ask(&self.server, position);
        assert_eq!(response.status_code, 200, "{}", response.as_str().unwrap());
        let answer = serde_json::from_str(response.as_str().unwrap()).unwrap();
        number(&answer, "/data/quotes/totalCount")
    }

    /// What `/readyz` says of the replica.
    fn state(&self) -> String {
        let answer = self.server.get("/readyz");
        let answer: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
        assert_eq!(text(&answer, "/servers/0/name"), "primary");
        text(&answer, "/servers/1/state").to_owned()
    }

    fn wait_for(&self, state: &str) {
        let started = Instant::now();
        while self.state() != state {
            assert!(started.elapsed() < PATIENCE, "the replica is {}, not {state}", self.state());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Reads until the replica has answered so many.
    fn is_asked(&self, times: u64, position: Option<&str>) {
        let (before, started) = (self.reads()[1], Instant::now());
        while self.reads()[1] < before + times {
            assert!(self.count(position) > 0);
            assert!(started.elapsed() < PATIENCE, "the replica is not asked");
        }
    }

    /// How many reads went to the primary and to the replica.
    fn reads(&self) -> [u64; 2] {
        let metrics = self.server.get("/metrics");
        let metrics = metrics.as_str().unwrap();
        ["primary", "replica-1"].map(|server| {
            let begins = format!("dixit_database_server_reads_total{{server=\"{server}\"");
            let line = metrics.lines().find(|line| line.starts_with(&begins)).unwrap();
            line.rsplit_once(' ').unwrap().1.parse().unwrap()
        })
    }
}

fn ask(server: &Server, position: Option<&str>) -> minreq::Response {
    let mut request = minreq::post(server.url("/graphql"))
        .with_header("Content-Type", "application/json")
        .with_timeout(PATIENCE.as_secs())
        .with_body(graphql_body(READ));
    if let Some(position) = position {
        request = request.with_header("Dixit-Position", position);
    }
    request.send().unwrap()
}

#[test]
fn reads_go_to_the_replica_and_a_client_reads_what_it_wrote() {
    let site = Site::new();
    let first = site.write("We counted the boats.");
    assert_eq!(site.count(Some(&first)), 1);
    site.wait_for("up");
    site.is_asked(20, None);

    // The replica stands still: whoever has just written is answered by the primary at once, …
    site.replica.psql("site", "SELECT pg_wal_replay_pause()");
    let second = site.write("We counted them again.");
    assert_eq!(site.count(Some(&second)), 2);
    assert!([1, 2].contains(&site.count(Some(&first))));
    // … and everybody else as soon as it is too far behind.
    site.wait_for("lagging");
    assert_eq!(site.count(None), 2);
    site.replica.psql("site", "SELECT pg_wal_replay_resume()");
    site.wait_for("up");
    site.is_asked(1, Some(&second));
    assert_eq!(site.count(Some(&second)), 2);
    let refused = ask(&site.server, Some("yesterday"));
    assert_eq!(refused.status_code, 400);
}

#[test]
fn a_token_is_known_and_refused_at_once_however_far_behind_a_replica_is() {
    let site = Site::new();
    site.replica.psql("site", "SELECT pg_wal_replay_pause()");
    let made = site.workplace.dixit(&["token", "create", "--name", "a", "--scope", "read"]);
    let authorization = format!("Bearer {}", made.out.trim());
    let asked = || site.server.post_with(&[("Authorization", &authorization)], READ).status_code;
    assert_eq!(asked(), 200);
    assert_eq!(site.workplace.dixit(&["token", "revoke", "a"]).code, 0);
    assert_eq!(asked(), 401);
}

#[test]
fn a_server_that_is_no_replica_of_the_primary_is_never_asked() {
    let primary = Cluster::start(&[]);
    let stranger = Cluster::start(&[]);
    for cluster in [&primary, &stranger] {
        cluster.create("site", "template1");
    }
    let workplace = Workplace::at(primary.url("site"));
    let mut command = workplace.command(&["serve"]);
    command.env("DIXIT_REPLICA_URLS", stranger.url("site"));
    let server = Server::of(command);
    let started = Instant::now();
    loop {
        let answer = server.get("/readyz");
        let answer: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
        if text(&answer, "/servers/1/state") == "foreign" {
            break;
        }
        assert!(started.elapsed() < PATIENCE, "{answer}");
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(server.ask(READ)["data"]["quotes"]["totalCount"], 0);
}

#[test]
fn a_replica_that_is_killed_or_frozen_under_load_costs_no_answer() {
    let site = Site::new();
    // Without its position a replica that is a moment behind might answer that there is nothing.
    let written = site.write("We counted the boats.");
    let (over, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    let failed = Mutex::new(Vec::new());
    thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| {
                while !over.load(Relaxed) {
                    let response = ask(&site.server, Some(&written));
                    let body: Value = serde_json::from_str(response.as_str().unwrap()).unwrap();
                    if body.pointer("/data/quotes/totalCount") == Some(&json!(1)) {
                        answered.fetch_add(1, Relaxed);
                    } else {
                        failed.lock().unwrap().push(format!("{} {body}", response.status_code));
                    }
                }
            });
        }
        // A hundred further answers, by whomever.
        let go_on = || {
            let (before, started) = (answered.load(Relaxed), Instant::now());
            while answered.load(Relaxed) < before + 100 {
                assert!(started.elapsed() < PATIENCE, "no answers; failed: {failed:?}");
                thread::sleep(Duration::from_millis(5));
            }
        };
        let is_asked_again = || {
            let (before, started) = (site.reads()[1], Instant::now());
            while site.reads()[1] < before + 20 {
                assert!(started.elapsed() < PATIENCE, "the replica is not asked again");
                thread::sleep(Duration::from_millis(20));
            }
        };
        is_asked_again();
        site.replica.kill();
        go_on();
        site.wait_for("down");
        go_on();
        site.replica.start_again();
        is_asked_again();

        site.replica.pause();
        go_on();
        site.wait_for("down");
        go_on();
        site.replica.resume();
        is_asked_again();
        over.store(true, Relaxed);
    });
    println!("{answered:?} reads answered");
    assert_eq!(failed.into_inner().unwrap(), Vec::<String>::new());
}
