//! Clients that keep a connection and say little.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::{Backend, Server, Workplace, graphql_body, posted, sample};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// What comes back on one connection for these parts, sent with pauses, until it is closed.
fn closed(server: &Server, parts: &[&[u8]], pause: Duration) -> String {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let started = Instant::now();
    for part in parts {
        // The server may have closed it in the middle: that is what is waited for.
        if stream.write_all(part).is_err() {
            break;
        }
        std::thread::sleep(pause);
    }
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() != std::io::ErrorKind::ConnectionReset => {
            panic!("it is still open after {:?}: {error}", started.elapsed())
        }
        _ => String::from_utf8_lossy(&answer).into_owned(),
    }
}

#[test]
fn a_client_that_dawdles_is_let_go_on_its_second_request_too() {
    let (_workplace, server) = sample(
        Backend::Sqlite,
        &[
            ("DIXIT_MAX_HEAD_MS", "600"),
            ("DIXIT_KEEP_ALIVE_MS", "900"),
            ("DIXIT_MAX_BODY_MS", "600"),
        ],
    );
    let body = graphql_body("{ __typename }");
    let whole = posted(&body, "");
    let dripping = [b"X-A: b\r\n".as_slice()].repeat(40);
    let pause = Duration::from_millis(100);
    for first in [None, Some(whole.as_slice())] {
        let begin: Vec<&[u8]> = first.into_iter().collect();
        let answers = begin.len();
        // Half a head; a head that drips; half a body.
        for parts in [
            vec![b"POST /gra".as_slice()],
            [&[b"POST /graphql HTTP/1.1\r\n".as_slice()], dripping.as_slice()].concat(),
            vec![&whole[..whole.len() - 5]],
        ] {
            let parts = [begin.as_slice(), &parts].concat();
            let answer = closed(&server, &parts, pause);
            assert_eq!(answer.matches("\"__typename\":\"Query\"").count(), answers, "{answer}");
            assert!(!answer.contains("HTTP/1.1 5"), "{answer}");
        }
    }
    // One that says nothing more is let go as well.
    let answer = closed(&server, &[whole.as_slice()], pause);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn the_rest_of_a_body_that_was_refused_is_not_waited_for() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_MAX_BODY_MS", "300")]);
    let slow = [b"1\r\n \r\n".as_slice()].repeat(80);
    let pause = Duration::from_millis(100);
    for (header, status) in [
        ("Content-Type: application/json", "408"),
        ("Content-Type: text/plain", "415"),
        ("Authorization: Bearer x", "401"),
    ] {
        let head = format!(
            "POST /graphql HTTP/1.1\r\nHost: a\r\n{header}\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        let started = Instant::now();
        let parts = [&[head.as_bytes()], slow.as_slice()].concat();
        let answer = closed(&server, &parts, pause);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert!(answer.to_lowercase().contains("connection: close"), "{answer}");
        assert!(started.elapsed() < Duration::from_secs(8), "{status}: {:?}", started.elapsed());
    }
}

/// Each connection wants two descriptors; one that gets but one could not be ended by time.
#[test]
fn without_file_descriptors_no_connection_stays_for_ever() {
    let workplace = Workplace::new(Backend::Sqlite);
    assert_eq!(workplace.dixit(&["migrate", "up"]).code, 0);
    let dixit = workplace.command(&["serve"]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "ulimit -n 64; exec \"$0\" serve"]).arg(dixit.get_program());
    command.current_dir(workplace.path(".")).env_clear().env("DATABASE_URL", workplace.url());
    command.env("DIXIT_READERS", "1").env("DIXIT_MAX_HEAD_MS", "600");
    command.env("DIXIT_KEEP_ALIVE_MS", "900");
    command.stderr(std::fs::File::create(workplace.path("log")).unwrap());
    let server = Server::of(command);
    let body = graphql_body("{ __typename }");
    let half = [posted(&body, "").as_slice(), b"POST /gra"].concat();
    let mut all: Vec<TcpStream> =
        (0..100).map(|_| TcpStream::connect(&server.address).unwrap()).collect();
    for stream in &mut all {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // It may be closed already.
        let _ = stream.write_all(&half);
    }
    for mut stream in all {
        let end = stream.read_to_end(&mut Vec::new());
        let open = end.is_err_and(|error| error.kind() != std::io::ErrorKind::ConnectionReset);
        assert!(!open, "a connection stays open");
    }
    assert_eq!(server.post("application/json", body).status_code, 200);
    let log = std::fs::read_to_string(workplace.path("log")).unwrap();
    assert!(log.contains("wanted=") && log.contains("allowed=64"), "{log}");
}
