//! Clients that keep a connection and say little.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::{Backend, Server, graphql_body, posted, sample};

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
