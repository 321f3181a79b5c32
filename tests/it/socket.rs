//! GraphQL over WebSocket: what it answers, when it closes a connection, what it withstands.

use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::Message;

use crate::edge::hostile::bodies::bodies;
use crate::edge::hostile::memory;
use crate::support::{
    Backend, Heard, Server, Socket, Workplace, each_backend, files, read, repository, sample,
    subscribe, upgrade,
};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);
const ROWS: &str = "{ quotes(first: 20) { totalCount nodes { text article { title } } } }";

/// A document with an answer of some 100 KiB.
fn large() -> String {
    let all: String = (0..19).map(|n| format!("a{n}: serviceConfig {{ ...f }} ")).collect();
    let fields = "limits { name value unit description } again: limits { name description }";
    format!("{{ {all} }} fragment f on ServiceConfig {{ {fields} }}")
}

/// How many WebSockets the server counts.
fn open(server: &Server) -> String {
    let metrics = server.get("/metrics");
    let lines = metrics.as_str().unwrap().lines();
    lines.filter_map(|line| line.strip_prefix("dixit_sockets_open ")).collect()
}

/// Waits until nothing is open any more.
fn wait_for_none(server: &Server) {
    let started = Instant::now();
    while open(server) != "0" {
        assert!(started.elapsed() < PATIENCE, "{} are still open", open(server));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_question_has_the_answer_that_it_has_over_http() {
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &[]);
        let mut socket = Socket::ready(&server);
        for document in files(&repository("sample/queries"), ".graphql") {
            let document = read(&document);
            assert_eq!(socket.ask(&document), server.ask(&document), "{document}");
        }
        // Two at once, each with its id.
        socket.say_all(&[subscribe("a", ROWS), subscribe("b", "{ b: __typename }")]);
        let mut heard: Vec<Value> = (0..4).map(|_| socket.hear().message()).collect();
        heard.sort_by_key(|message| message["id"].to_string());
        let (rows, name) = (server.ask(ROWS), json!({ "data": { "b": "Query" } }));
        let next = |id, payload| json!({ "id": id, "type": "next", "payload": payload });
        let complete = |id| json!({ "id": id, "type": "complete" });
        assert_eq!(heard, [next("a", rows), complete("a"), next("b", name), complete("b")]);
    });
}

#[test]
fn variables_and_the_name_of_the_operation_count() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let mut socket = Socket::ready(&server);
    let query = "query A($n: Int) { quotes(first: $n) { nodes { id } } } query B { b: __typename }";
    for (operation, found) in [("A", "/payload/data/quotes/nodes/0/id"), ("B", "/payload/data/b")] {
        let payload =
            json!({ "query": query, "operationName": operation, "variables": { "n": 1 } });
        socket.say(&json!({ "id": operation, "type": "subscribe", "payload": payload }));
        let next = socket.hear().message();
        assert!(next.pointer(found).is_some_and(Value::is_string), "{next}");
        assert_eq!(next.pointer("/payload/data/quotes/nodes/1"), None);
        assert_eq!(socket.hear().message()["type"], "complete");
    }
}

#[test]
fn what_cannot_be_executed_is_an_error_with_its_code() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_MAX_RESPONSE_BYTES", "65536")]);
    let mut socket = Socket::ready(&server);
    let aliases: String = (0..31).map(|n| format!("a{n}: __typename ")).collect();
    let large = large();
    for (document, code, limit) in [
        ("{ quotes { ", "BAD_USER_INPUT", ""),
        ("{ nothing }", "BAD_USER_INPUT", ""),
        ("subscription { quoteAdded { id } }", "BAD_USER_INPUT", ""),
        (&format!("{{ {aliases} }}"), "LIMIT", "aliases"),
        (&large, "LIMIT", "responseBytes"),
    ] {
        socket.subscribe("1", document);
        let error = socket.hear().message();
        assert_eq!((&error["id"], &error["type"]), (&json!("1"), &json!("error")), "{error:.300}");
        let extensions = &error["payload"][0]["extensions"];
        assert_eq!(extensions["code"], code, "{error}");
        assert_eq!(extensions["limit"].as_str().unwrap_or_default(), limit, "{error}");
    }
    // What goes wrong in executing has its place in the answer.
    let document = "{ quote(id: \"x\") { id } }";
    let answer = socket.ask(document);
    assert_eq!(answer, server.ask(document));
    assert_eq!(answer["errors"][0]["path"], json!(["quote"]));
}

#[test]
fn an_operation_ends_when_its_client_says_so() {
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &[]);
        let mut socket = Socket::ready(&server);
        socket.say_all(&[
            subscribe("1", ROWS),
            json!({ "id": "1", "type": "complete" }),
            // Of one that has ended nothing more comes, and its id is free.
            subscribe("1", "{ second: __typename }"),
            json!({ "id": "unknown", "type": "complete" }),
        ]);
        let next = socket.hear().message();
        assert_eq!(next["payload"], json!({ "data": { "second": "Query" } }));
        assert_eq!(socket.hear().message(), json!({ "id": "1", "type": "complete" }));
        socket.say(&json!({ "type": "ping", "payload": { "at": 1 } }));
        assert_eq!(socket.hear().message(), json!({ "type": "pong" }));
    });
}

#[test]
fn more_operations_than_may_run_at_once_are_refused_one_by_one() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_MAX_SOCKET_OPERATIONS", "2")]);
    let mut socket = Socket::ready(&server);
    socket.say_all(&[subscribe("1", ROWS), subscribe("2", ROWS), subscribe("3", ROWS)]);
    let heard: Vec<Value> = (0..5).map(|_| socket.hear().message()).collect();
    let error = heard.iter().find(|message| message["id"] == "3").unwrap();
    assert_eq!(error["type"], "error");
    let extensions = json!({ "code": "LIMIT", "limit": "socketOperations", "value": 2 });
    assert_eq!(error["payload"][0]["extensions"], extensions);
    assert_eq!(heard.iter().filter(|message| message["type"] == "complete").count(), 2);
    assert_eq!(socket.ask("{ __typename }")["data"]["__typename"], "Query");
}

#[test]
fn a_client_that_does_not_keep_to_the_protocol_is_told_why_it_is_let_go() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_MAX_SOCKET_INIT_MS", "300")]);
    assert_eq!(
        Socket::open(&server).hear(),
        Heard::Closed(4408, "Connection initialisation timeout".into())
    );
    let mut early = Socket::open(&server);
    early.subscribe("1", ROWS);
    assert_eq!(early.hear(), Heard::Closed(4401, "Unauthorized".into()));
    let mut twice = Socket::ready(&server);
    twice.say(&json!({ "type": "connection_init" }));
    assert_eq!(twice.hear(), Heard::Closed(4429, "Too many initialisation requests".into()));
    let mut same = Socket::ready(&server);
    let long = "é".repeat(80);
    same.say_all(&[subscribe(&long, ROWS), subscribe(&long, "{ __typename }")]);
    let Heard::Closed(4409, reason) = same.hear() else { panic!("it is open") };
    assert!(reason.starts_with("Subscriber for éé") && reason.len() <= 123, "{reason}");
    for credentials in
        [json!({ "Authorization": "Bearer x" }), json!({ "headers": { "authToken": "x" } })]
    {
        let mut socket = Socket::open(&server);
        socket.say(&json!({ "type": "connection_init", "payload": credentials }));
        let Heard::Closed(4403, reason) = socket.hear() else { panic!("it is open") };
        assert!(reason.contains("the header Authorization: Bearer"), "{reason}");
    }
    let mut other = Socket::open(&server);
    other.say(&json!({ "type": "connection_init", "payload": { "client": "test" } }));
    assert_eq!(other.hear().message(), json!({ "type": "connection_ack" }));
    drop(other);
    let deep = format!("{{\"type\":\"ping\",\"payload\":{}1{}}}", "[".repeat(40), "]".repeat(40));
    for invalid in [
        Message::text("garbage"),
        Message::text(""),
        Message::text("[]"),
        Message::text(r#"{"type":"start","id":"1","payload":{"query":"{__typename}"}}"#),
        Message::text(r#"{"type":"subscribe","payload":{"query":"{__typename}"}}"#),
        Message::text(r#"{"type":"subscribe","id":"","payload":{"query":"{__typename}"}}"#),
        Message::text(r#"{"type":"subscribe","id":"1","payload":{}}"#),
        Message::text(r#"{"type":"subscribe","id":"1","payload":[{"query":"{__typename}"}]}"#),
        Message::text(r#"{"type":"ping","type":"pong"}"#),
        Message::text(deep),
        Message::binary(r#"{"type":"ping"}"#),
    ] {
        let mut socket = Socket::ready(&server);
        socket.send(invalid.clone()).unwrap();
        assert_eq!(socket.code(), 4400, "{invalid}");
    }
    wait_for_none(&server);
}

#[test]
fn a_message_is_as_large_as_a_body_may_be_in_whatever_frames_it_comes() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_MAX_BODY_BYTES", "65536")]);
    let largest = r#"{"type":"ping"}"#.to_owned() + &" ".repeat(65_536 - 15);
    let mut socket = Socket::ready(&server);
    socket.send(Message::text(largest.clone())).unwrap();
    assert_eq!(socket.hear().message(), json!({ "type": "pong" }));
    let (begin, end) = largest.split_at(40_000);
    socket.send_parts(&[begin, "", end]);
    assert_eq!(socket.hear().message(), json!({ "type": "pong" }));
    let too_large = Heard::Closed(1009, "bodyBytes: a message is larger than 65536 bytes".into());
    socket.send_parts(&[begin, end, " "]);
    assert_eq!(socket.hear(), too_large);
    let mut socket = Socket::ready(&server);
    socket.send(Message::text(largest + " ")).unwrap();
    assert_eq!(socket.hear(), too_large);
    // A frame that says it is of a tebibyte is not waited for.
    let mut socket = Socket::ready(&server);
    let head = [&[0x81, 0xff], &(1u64 << 40).to_be_bytes()[..], &[0; 4]].concat();
    socket.send_bytes(&[head, vec![0; 80_000]].concat());
    assert_eq!(socket.hear(), too_large);
    // What is no frame at all.
    for bytes in [&[0x81, 0x01, b'x'][..], &[0xf1, 0x80, 0, 0, 0, 0], &[0x80, 0x80, 0, 0, 0, 0]] {
        let mut socket = Socket::ready(&server);
        socket.send_bytes(bytes);
        assert_eq!(socket.code(), 1002, "{bytes:?}");
    }
}

#[test]
fn a_request_nests_as_deep_as_over_http() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let mut socket = Socket::ready(&server);
    for (levels, status) in [(32, 200), (33, 400)] {
        let (open, close) = ("[".repeat(levels - 2), "]".repeat(levels - 2));
        let body = format!(r#"{{"query":"{{ __typename }}","variables":{{"a":{open}{close}}}}}"#);
        assert_eq!(server.post("application/json", body.as_str()).status_code, status);
        let message = format!(r#"{{"id":"1","type":"subscribe","payload":{body}}}"#);
        socket.send(Message::text(message)).unwrap();
        match socket.hear() {
            Heard::Message(next) => assert_eq!((&next["type"], status), (&json!("next"), 200)),
            Heard::Closed(code, reason) => assert_eq!((code, status), (4400, 400), "{reason}"),
            Heard::Ping => panic!("nobody is silent"),
        }
        if status == 200 {
            assert_eq!(socket.hear().message()["type"], "complete");
        }
    }
}

#[test]
fn hostile_requests_are_answered_with_errors_and_cost_next_to_nothing() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let mut socket = Socket::ready(&server);
    (0..50).for_each(|_| drop(socket.ask(ROWS)));
    let (before, _) = memory(server.id());
    for (name, body) in bodies() {
        let message = format!(r#"{{"id":"1","type":"subscribe","payload":{body}}}"#);
        // It is closed while it is still being sent where it is too large.
        let _ = socket.send(Message::text(message));
        match socket.hear() {
            Heard::Message(message) => {
                let text = message.to_string();
                assert!(text.len() < 64 << 10, "{name}: an answer of {} bytes", text.len());
                assert!(!text.contains("internal error"), "{name}: {text}");
                if message["type"] == "next" {
                    assert_eq!(socket.hear().message()["type"], "complete", "{name}");
                }
            }
            Heard::Closed(4400 | 1009, _) => socket = Socket::ready(&server),
            other => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(socket.ask("{ __typename }")["data"]["__typename"], "Query");
    let (now, _) = memory(server.id());
    assert!(now < before + (16 << 10), "{before} KiB became {now}");
}

#[test]
fn a_silent_client_is_pinged_and_let_go_where_it_does_not_answer() {
    let (_workplace, server) = sample(
        Backend::Sqlite,
        // Longer than a connection may say nothing between two requests over HTTP.
        &[
            ("DIXIT_SOCKET_IDLE_MS", "1000"),
            ("DIXIT_KEEP_ALIVE_MS", "200"),
            ("DIXIT_MAX_HEAD_MS", "200"),
        ],
    );
    let mut answering = Socket::ready(&server);
    let silent = Socket::ready(&server);
    (0..3).for_each(|_| assert_eq!(answering.hear(), Heard::Ping));
    assert_eq!(answering.ask("{ __typename }")["data"]["__typename"], "Query");
    // A ping, a close frame, its code, and why.
    let heard = silent.hear_silently();
    assert_eq!(heard[..3], [0x89, 0, 0x88], "{heard:?}");
    assert_eq!(heard[4..6], 3008u16.to_be_bytes(), "{heard:?}");
    drop(answering);
    wait_for_none(&server);
}

#[test]
fn a_client_that_does_not_read_its_answers_is_let_go_and_nothing_piles_up() {
    let (_workplace, server) =
        sample(Backend::Sqlite, &[("DIXIT_KEEP_ALIVE_MS", "500"), ("DIXIT_MAX_HEAD_MS", "500")]);
    let large = large();
    let mut socket = Socket::ready(&server);
    (0..20).for_each(|_| drop(socket.ask(&large)));
    let (before, _) = memory(server.id());
    let (mut most, started) = (0, Instant::now());
    for number in 0.. {
        let message = subscribe(&number.to_string(), &large).to_string();
        if socket.send(Message::text(message)).is_err() {
            break;
        }
        most = memory(server.id()).0.max(most);
        assert!(started.elapsed() < PATIENCE, "it still takes what comes");
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(most < before + (16 << 10), "{before} KiB became {most}");
    wait_for_none(&server);
}

#[test]
fn an_upgrade_is_refused_in_json_where_it_cannot_be() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let version = "Sec-WebSocket-Version: 13\r\n";
    let protocol = "Sec-WebSocket-Protocol: graphql-ws, graphql-transport-ws\r\n";
    for (headers, said) in [
        (version.to_owned(), "offer the protocol graphql-transport-ws"),
        (format!("{version}Sec-WebSocket-Protocol: graphql-ws\r\n"), "offer the protocol"),
        (format!("{protocol}Sec-WebSocket-Version: 8\r\n"), "no WebSocket"),
        (protocol.to_owned(), "no WebSocket"),
        (format!("{version}{protocol}Dixit-Position: nowhere\r\n"), "Dixit-Position"),
    ] {
        let answer = upgrade(&server, &headers);
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
        let body: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert!(body["errors"][0]["message"].as_str().unwrap().contains(said), "{answer}");
    }
    let answer = upgrade(&server, &format!("{version}{protocol}"));
    assert!(answer.starts_with("HTTP/1.1 101 "), "{answer}");
    wait_for_none(&server);
}

#[test]
fn there_are_as_many_as_the_operator_wants_over_all_threads() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_SOCKETS", "2")]);
    let mut two = [Socket::ready(&server), Socket::ready(&server)];
    assert_eq!(open(&server), "2");
    let headers = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n";
    let refused = upgrade(&server, headers);
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    assert!(refused.contains("retry-after: 1\r\n"), "{refused}");
    assert!(refused.contains(r#""code":"BUSY""#), "{refused}");
    for socket in &mut two {
        assert_eq!(socket.ask("{ __typename }")["data"]["__typename"], "Query");
    }
    drop(two);
    wait_for_none(&server);
    Socket::ready(&server);
}

#[test]
fn one_address_without_a_token_has_a_part_of_all_places() {
    let workplace = Workplace::new(Backend::Sqlite);
    assert_eq!(workplace.dixit(&["migrate", "up"]).code, 0);
    let made = workplace.dixit(&["token", "create", "--name", "a", "--scope", "read"]);
    let mut command = workplace.command(&["serve"]);
    command.env("DIXIT_SOCKETS", "20");
    let server = Server::of(command);
    let five: Vec<Socket> = (0..5).map(|_| Socket::ready(&server)).collect();
    let headers = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n";
    let refused = upgrade(&server, headers);
    assert!(refused.starts_with("HTTP/1.1 429 "), "{refused}");
    assert!(refused.contains("retry-after: 1\r\n"), "{refused}");
    assert!(refused.contains(r#""code":"RATE_LIMITED""#), "{refused}");
    let known = Socket::ready_as(&server, &format!("Bearer {}", made.out.trim()));
    assert_eq!(open(&server), "6");
    drop((five, known));
    wait_for_none(&server);
    Socket::ready(&server);
}

#[test]
fn the_locked_profile_answers_here_and_tells_nothing_of_the_schema() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_PROFILE", "locked")]);
    let mut socket = Socket::ready(&server);
    assert_eq!(socket.ask(ROWS), server.ask(ROWS));
    let refused = socket.ask("{ __schema { types { name } } }");
    assert_eq!(refused[0]["extensions"]["code"], "FORBIDDEN");
}

#[test]
fn a_stopping_server_says_so_to_all() {
    each_backend(|backend| {
        let (_workplace, mut server) = sample(backend, &[]);
        let quiet = [Socket::open(&server), Socket::ready(&server), Socket::ready(&server)];
        server.terminate();
        for socket in quiet {
            assert_eq!(socket.code(), 1001);
        }
        assert_eq!(server.end().code(), Some(0));
    });
}

/// On PostgreSQL, where a lock keeps an operation waiting.
#[test]
fn a_stopping_server_first_answers_what_runs() {
    let (workplace, mut server) = sample(Backend::Postgres, &[]);
    let right = server.ask(ROWS);
    let mut socket = Socket::ready(&server);
    let mut locker = workplace.direct().unwrap();
    locker.run("BEGIN; LOCK TABLE quote");
    socket.subscribe("1", ROWS);
    let waiting = "SELECT count(*)::text AS value FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let started = Instant::now();
    while locker.column(waiting) != ["1"] {
        assert!(started.elapsed() < PATIENCE, "nothing waits for the lock");
    }
    server.terminate();
    // Nothing new is begun; that it is refused tells that the server stops.
    let refused = loop {
        socket.subscribe("2", "{ __typename }");
        let message = socket.hear().message();
        if message["type"] == "error" {
            break message;
        }
        assert_eq!(socket.hear().message()["type"], "complete");
    };
    assert_eq!(refused["payload"][0]["extensions"]["code"], "BUSY");
    locker.run("ROLLBACK");
    assert_eq!(socket.hear().message()["payload"], right);
    assert_eq!(socket.hear().message(), json!({ "id": "1", "type": "complete" }));
    assert_eq!(socket.code(), 1001);
    assert_eq!(server.end().code(), Some(0));
}

#[test]
fn the_protocols_own_client_is_answered() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let client = |document: &str| {
        Command::new("node")
            .arg("socket.mjs")
            .arg(format!("ws://{}/graphql", server.address))
            .arg(document)
            .current_dir(repository("web/audit"))
            .output()
            .expect("node is there: the README asks for it")
    };
    let answered = client(ROWS);
    assert!(answered.status.success(), "{}", String::from_utf8_lossy(&answered.stderr));
    let result: Value = serde_json::from_slice(&answered.stdout).unwrap();
    assert_eq!(result, server.ask(ROWS));
    let refused = client("subscription { quoteAdded { id } }");
    let errors: Value = serde_json::from_slice(&refused.stderr).unwrap();
    assert_eq!(errors[0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(refused.status.code(), Some(1));
}
