//! How the real server starts, refuses to start, and stops; and the demonstration.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{
    Backend, Server, Workplace, canonical, each_backend, files, graphql_body, read, repository,
    sample, variables_of,
};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(15);
const ROWS: &str = "{ quotes(first: 20) { totalCount nodes { text article { title } } } }";

/// Sends a request in two parts. Once the server has taken the first, it owes the answer, whatever
/// happens in between. `None` where it did not take it.
fn in_two_parts(address: &str, between: impl FnOnce()) -> Option<String> {
    let body = graphql_body(ROWS);
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    let mut taken = *b"HTTP/1.1 100 Continue\r\n\r\n";
    stream.read_exact(&mut taken).ok()?;
    between();
    stream.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    Some(answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

#[test]
fn a_stopping_server_answers_all_that_it_has_taken() {
    each_backend(|backend| {
        let (_workplace, mut server) = sample(backend, &[]);
        let right = server.ask(ROWS);
        let (answered, started) = (AtomicUsize::new(0), Instant::now());
        let client = || {
            while let Some(answer) = in_two_parts(&server.address, || ()) {
                assert!(started.elapsed() < 3 * PATIENCE, "the server does not stop");
                assert_eq!(serde_json::from_str::<Value>(&answer).unwrap(), right);
                answered.fetch_add(1, Ordering::Relaxed);
            }
        };
        std::thread::scope(|threads| {
            (0..8).for_each(|_| drop(threads.spawn(client)));
            let slow = in_two_parts(&server.address, || {
                while answered.load(Ordering::Relaxed) < 100 {
                    assert!(started.elapsed() < PATIENCE, "{answered:?} requests were answered");
                    std::thread::sleep(Duration::from_millis(1));
                }
                server.terminate();
                // The second part comes when nobody new is let in any more.
                while TcpStream::connect(&server.address).is_ok() {
                    assert!(started.elapsed() < 2 * PATIENCE, "the server does not stop listening");
                    std::thread::sleep(Duration::from_millis(1));
                }
            });
            assert_eq!(serde_json::from_str::<Value>(&slow.unwrap()).unwrap(), right);
        });
        assert_eq!(server.end().code(), Some(0));
    });
}

#[test]
fn a_client_that_says_nothing_does_not_hold_a_stopping_server() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let mut command = workplace.command(&["serve"]);
        command.env("DIXIT_SHUTDOWN_SECONDS", "1");
        let mut server = Server::of(command);
        let mut silent = TcpStream::connect(&server.address).unwrap();
        silent.write_all(b"POST /graphql HTTP/1.1\r\n").unwrap();
        server.get("/healthz");
        server.terminate();
        assert_eq!(server.end().code(), Some(0));
    });
}

/// What a command says that must end by itself, with exit code 2 and nothing on standard output.
fn refusal(mut command: Command) -> String {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() && started.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(10));
    }
    // One that runs on is ended, and has no exit code.
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(output.stdout, b"");
    String::from_utf8(output.stderr).unwrap()
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_setting_that_cannot_be_used_is_named_and_makes_no_file() {
    for (name, value, said) in [
        ("DIXIT_LISTN", "127.0.0.1:0", "unknown setting DIXIT_LISTN"),
        ("DIXIT_LISTEN", "localhost", "DIXIT_LISTEN=localhost"),
        ("DIXIT_READERS", "0", "DIXIT_READERS=0"),
        ("DIXIT_LOG", "==", "DIXIT_LOG==="),
        ("DATABASE_URL", "mysql://u:secret@h/d", "unknown scheme `mysql`"),
        ("DATABASE_URL", "postgres://u:secret@127.0.0.1:1/d", "postgres://u:***@127.0.0.1:1/d"),
        ("DATABASE_URL", "work.db", "sqlite://FILE"),
        ("DATABASE_URL", "sqlite://nowhere/work.db", "nowhere"),
    ] {
        let workplace = Workplace::new(Backend::Sqlite);
        let mut command = workplace.command(&["serve"]);
        command.env("DIXIT_LISTEN", "127.0.0.1:0").env(name, value);
        let said_so = refusal(command);
        assert!(said_so.contains(said) && !said_so.contains("secret"), "{said_so}");
        assert!(entries(&workplace.path("")).is_empty(), "{name}={value} made a file");
    }
}

#[test]
fn a_port_in_use_is_named_and_no_file_is_made() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let workplace = Workplace::new(Backend::Sqlite);
    let mut command = workplace.command(&["serve"]);
    command.env("DIXIT_LISTEN", &address);
    let said = refusal(command);
    assert!(said.contains(&address) && said.contains("in use"), "{said}");
    let made = entries(&workplace.path(""));
    assert!(made.is_empty(), "{made:?}");
}

#[test]
fn two_servers_that_start_at_once_on_no_database_both_serve() {
    each_backend(|backend| {
        for _ in 0..3 {
            let workplace = Workplace::new(backend);
            std::thread::scope(|threads| {
                let starts = [(); 2].map(|()| threads.spawn(|| Server::start(&workplace)));
                for server in starts.map(|start| start.join().unwrap()) {
                    let answer = server.ask("{ quotes { totalCount } }");
                    assert_eq!(answer["data"]["quotes"]["totalCount"], 0);
                }
            });
        }
    });
}

#[test]
fn a_server_starts_while_another_process_writes() {
    each_backend(|backend| {
        let (workplace, server) = sample(backend, &[]);
        let right = server.ask(ROWS);
        drop(server);
        // As an import does for each of its batches, one after the other.
        let mut import = workplace.direct().expect("the sample is there");
        import.run(match backend {
            Backend::Sqlite => "BEGIN IMMEDIATE",
            Backend::Postgres => "BEGIN; UPDATE quote SET text = text",
        });
        assert_eq!(Server::start(&workplace).ask(ROWS), right);
    });
}

/// No list of an answer is empty.
fn assert_rows(answer: &Value, of: &Path) {
    match answer {
        Value::Object(fields) => {
            for (name, value) in fields {
                assert!(name != "nodes" || value != &Value::Array(vec![]), "{}", of.display());
                assert_rows(value, of);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| assert_rows(value, of)),
        _ => {}
    }
}

#[test]
fn the_demonstration_answers_its_own_questions_and_leaves_nothing_behind() {
    let workplace = Workplace::new(Backend::Sqlite);
    let temporary = workplace.path("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let mut command = workplace.command(&["demo"]);
    command.env("TMPDIR", &temporary);
    let mut server = Server::of(command);
    assert_eq!(server.line(), format!("front end   {}", server.url("/")));
    let printed = server.line();
    let playground = printed.strip_prefix("playground  ").unwrap();
    assert_eq!(playground, server.url("/graphiql/"));
    let built = repository("web/dist/playground/index.html").exists();
    assert_eq!(server.get("/graphiql/").status_code, if built { 200 } else { 503 });
    for document in files(&repository("sample/queries"), ".graphql") {
        let answer = server.ask(&read(&document));
        assert_eq!(answer.get("errors"), None, "{}", document.display());
        let fields = answer["data"].as_object().unwrap();
        assert!(fields.values().all(|field| !field.is_null()), "{}", document.display());
        assert_rows(&answer, &document);
    }
    for document in files(&repository("docs/cookbook"), ".graphql") {
        let answer = server.answer(&read(&document), variables_of(&document));
        let expected = read(document.with_extension("json"));
        assert_eq!(canonical(&answer), expected, "{}", document.display());
    }
    server.terminate();
    assert_eq!(server.end().code(), Some(0));
    assert_eq!(entries(&workplace.path("")), std::slice::from_ref(&temporary));
    assert!(entries(&temporary).is_empty(), "the temporary database is still there");
}
