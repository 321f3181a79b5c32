//! Traces: a real server, and a collector on a real socket that keeps what it is sent.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::json;

use crate::support::{Server, Workplace, each_backend, finish, graphql_body, native_row};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// The client's trace, as W3C has it: version, trace, span, sampled.
const TRACEPARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const TRACE: [u8; 16] = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128.to_be_bytes();
const SPAN: [u8; 8] = 0xb7ad_6b71_6920_3331_u64.to_be_bytes();

/// What was sent to the collector: first line and body of each request.
struct Collector {
    address: String,
    sent: Receiver<(String, Vec<u8>)>,
}

impl Collector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (sender, sent) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // Nobody listens any more once the test has ended.
                if sender.send(take(stream.unwrap())).is_err() {
                    return;
                }
            }
        });
        Self { address, sent }
    }
}

fn take(mut stream: TcpStream) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let length = head.iter().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse().unwrap())
    });
    let mut body = vec![0; length.unwrap()];
    reader.read_exact(&mut body).unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    (head.swap_remove(0), body)
}

fn holds(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_request_belongs_to_its_clients_trace_with_its_trips_to_the_database() {
    each_backend(|backend| {
        let collector = Collector::start();
        let workplace = Workplace::new(backend);
        let file = workplace.file("rows.jsonl", native_row("a", "We shall see.", json!({})));
        assert_eq!(workplace.import(&[&file]).0, 0);
        let mut command = workplace.command(&["serve"]);
        command
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.address)
            .env("OTEL_SERVICE_NAME", "dixit-under-test")
            // Logs say nothing; and spans are not sent before the server stops.
            .env("DIXIT_LOG", "error")
            .env("OTEL_BSP_SCHEDULE_DELAY", "600000");
        let mut server = Server::of(command);
        let request = minreq::post(server.url("/graphql"))
            .with_header("Content-Type", "application/json")
            .with_header("traceparent", TRACEPARENT)
            .with_timeout(PATIENCE.as_secs())
            .with_body(graphql_body("{ quotes { nodes { text } } }"));
        assert_eq!(request.send().unwrap().status_code, 200);
        server.terminate();
        assert_eq!(server.end().code(), Some(0));

        let (line, body) = collector.sent.recv_timeout(PATIENCE).unwrap();
        assert_eq!(line, "POST /v1/traces HTTP/1.1");
        for part in [&TRACE[..], &SPAN, b"POST /graphql", b"read", b"dixit-under-test"] {
            assert!(holds(&body, part), "no {part:?} in {}", String::from_utf8_lossy(&body));
        }
        for part in ["http.request.method", "http.route", "http.response.status_code", "answered"] {
            assert!(holds(&body, part.as_bytes()), "no {part}");
        }
        let spans = body.windows(TRACE.len()).filter(|window| *window == TRACE).count();
        assert!(spans >= 2, "{spans} spans of the client's trace");
        assert!(!holds(&body, b"nodes"), "the question is nobody's business");
    });
}

#[test]
fn variables_that_ask_for_what_this_cannot_do_are_refused() {
    for (name, value) in [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "soon"),
    ] {
        let workplace = Workplace::new(crate::support::Backend::Sqlite);
        let mut command = workplace.command(&["serve"]);
        command.env("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1").env(name, value);
        let done = finish(command, b"");
        assert_eq!(done.code, 2, "{done:?}");
        assert!(done.err.contains(name), "{}", done.err);
    }
}
