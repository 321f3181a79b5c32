//! The edge on the internet: the specification's audit, scanners, hostile requests, slow clients.

mod audit;
mod probes;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Backend, Server, graphql_body, sample};

const JSON: &str = "application/json";
/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a hostile client posts.
fn hostile() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut document = |name: &str, document: String| {
        all.push((name.to_owned(), json!({ "query": document }).to_string()));
    };
    for n in [50, 190, 1_000, 15_000, 100_000] {
        document(&format!("{n} lists"), format!("{{ a(b: {}", "[".repeat(n)));
        let objects = "{a:".repeat(n);
        document(&format!("{n} objects"), format!("{{ a(b: {objects}"));
        let selections = "{ a ".repeat(n) + &"}".repeat(n);
        document(&format!("{n} selections"), selections);
        document(&format!("{n} list types"), format!("query($a: {}Int", "[".repeat(n)));
        document(&format!("{n} inline fragments"), "{ ... ".repeat(n) + "a" + &"}".repeat(n));
        let aliases: String = (0..n).map(|n| format!("a{n}: __typename ")).collect();
        document(&format!("{n} aliases"), format!("{{ {aliases} }}"));
        document(&format!("{n} names"), format!("{{ {} }}", "__typename ".repeat(n)));
        document(&format!("{n} unknown fields"), format!("{{ {} }}", "x ".repeat(n)));
        let unknown: String = (0..n).map(|n| format!("x{n}(a: {n}) ")).collect();
        document(&format!("{n} different unknown fields"), format!("{{ {unknown} }}"));
        document(
            &format!("{n} directives"),
            format!("{{ __typename {} }}", "@skip(if: false) ".repeat(n)),
        );
        document(
            &format!("{n} variables"),
            format!("query({}) {{ __typename }}", "$a: Int ".repeat(n)),
        );
        document(&format!("{n} operations"), "query { __typename } ".repeat(n));
        document(&format!("{n} commas"), ",".repeat(n) + "{ __typename }");
        document(&format!("{n} in a string"), format!("{{ a(b: \"{}\") }}", "\\u0041".repeat(n)));
        document(&format!("{n} in a comment"), format!("# {}\n{{ __typename }}", "{[(".repeat(n)));
    }
    for fragments in [10, 20, 30, 49, 60, 200] {
        let mut fan = String::from("{ ...f0 } ");
        for n in 0..fragments {
            let next = n + 1;
            fan += &format!("fragment f{n} on Query {{ ...f{next} ...f{next} }} ");
        }
        fan += &format!("fragment f{fragments} on Query {{ __typename }}");
        document(&format!("{fragments} fragments that double"), fan);
    }
    document(
        "a circle",
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".into(),
    );
    let circular = "{ fields { type ".repeat(8) + "{ name }" + &"} }".repeat(8);
    document("circular introspection", format!("{{ __schema {{ types {circular} }} }}"));
    document("a mutation", "mutation { a }".into());
    document("a subscription", "subscription { a }".into());
    let fields = "a ".repeat(1_990);
    let many = "query { ...f } ".repeat(190);
    document(
        "operations that share a fragment",
        format!("{many} fragment f on Query {{ {fields} }}"),
    );
    document("nothing", String::new());
    document("control characters", "{ \u{0} \u{7} __typename }".into());
    document("a byte order mark", "\u{feff}{ __typename }".into());
    document(
        "a huge number",
        format!("{{ quotes(first: {}) {{ totalCount }} }}", "9".repeat(5_000)),
    );
    document(
        "a cursor",
        format!("{{ quotes(after: \"{}\") {{ totalCount }} }}", "A".repeat(9_000)),
    );
    let mut nots = String::from("{}");
    for _ in 0..60 {
        nots = format!("{{ not: {nots} }}");
    }
    document("nested filters", format!("{{ quotes(filter: {nots}) {{ totalCount }} }}"));
    let pages = "quotes(first: 100) { nodes { article { ".repeat(4) + "id" + &"} } }".repeat(4);
    document("pages of pages", format!("{{ {pages} }}"));
    let mut body = |name: &str, body: String| all.push((name.to_owned(), body));
    for n in [31, 33, 1_000, 100_000] {
        body(
            &format!("{n} deep variables"),
            format!(
                "{{\"query\":\"{{__typename}}\",\"variables\":{}1{}}}",
                "{\"a\":".repeat(n),
                "}".repeat(n)
            ),
        );
        body(&format!("{n} arrays"), "[".repeat(n));
    }
    body("a batch", format!("[{}]", vec![graphql_body("{ __typename }"); 50].join(",")));
    body("twice the key", "{\"query\":\"{a}\",\"query\":\"{b}\"}".into());
    body("a number for a query", "{\"query\":1e999}".into());
    body("half a surrogate", "{\"query\":\"\\ud800\"}".into());
    body("no JSON", "\u{0}\u{1}".into());
    all
}

/// Resident memory in KiB, and processor time in ticks, of a process.
fn usage(pid: u32) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let resident = resident.trim().trim_end_matches(" kB").parse().unwrap();
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let after = stat.rsplit_once(") ").unwrap().1;
    let ticks = after.split(' ').skip(11).take(2).map(|n| n.parse::<u64>().unwrap()).sum();
    (resident, ticks)
}

#[test]
fn hostile_requests_are_refused_and_cost_next_to_nothing() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    for _ in 0..50 {
        server.ask("{ quotes(first: 100) { nodes { text article { title } } } }");
    }
    let requests = hostile();
    assert!(requests.len() > 60, "only {}", requests.len());
    let (memory, before) = usage(server.id());
    for (name, body) in &requests {
        let response = server.post(JSON, body.as_str());
        let text = response.as_str().unwrap();
        assert!(response.status_code < 500, "{name}: {} {text}", response.status_code);
        assert!(text.len() < 64 << 10, "{name}: an answer of {} bytes", text.len());
        assert!(!text.contains("internal error"), "{name}: {text}");
    }
    let (now, after) = usage(server.id());
    // A tick is 10 ms.
    let each = (after - before) * 10 * 1_000 / requests.len() as u64;
    println!("{} requests, {each} µs each, {} KiB more", requests.len(), now - memory.min(now));
    assert!(now < memory + (16 << 10), "{memory} KiB became {now}");
    assert_eq!(server.ask("{ __typename }")["data"]["__typename"], "Query");
}

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
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let whole = format!("{head}{body}");
    let dripping = [b"X-A: b\r\n".as_slice()].repeat(40);
    let pause = Duration::from_millis(100);
    for first in [None, Some(whole.as_bytes())] {
        let begin: Vec<&[u8]> = first.into_iter().collect();
        let answers = begin.len();
        // Half a head; a head that drips; half a body.
        for parts in [
            vec![b"POST /gra".as_slice()],
            [&[b"POST /graphql HTTP/1.1\r\n".as_slice()], dripping.as_slice()].concat(),
            vec![&whole.as_bytes()[..whole.len() - 5]],
        ] {
            let parts = [begin.as_slice(), &parts].concat();
            let answer = closed(&server, &parts, pause);
            assert_eq!(answer.matches("\"__typename\":\"Query\"").count(), answers, "{answer}");
            assert!(!answer.contains("HTTP/1.1 5"), "{answer}");
        }
    }
    // One that says nothing more is let go as well.
    let answer = closed(&server, &[whole.as_bytes()], pause);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn a_body_that_is_announced_to_be_huge_is_not_read() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
        256 << 20
    );
    let answer = closed(&server, &[head.as_bytes(), b"{"], Duration::ZERO);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let chunks = format!(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n\
         {:x}\r\n{}\r\n",
        300 << 10,
        " ".repeat(300 << 10)
    );
    let answer = closed(&server, &[chunks.as_bytes()], Duration::ZERO);
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[test]
fn the_locked_profile_tells_nothing_and_takes_no_get() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_PROFILE", "locked")]);
    let get = server.get("/graphql?query=%7B__typename%7D");
    assert_eq!(get.status_code, 405);
    let answer = server.ask("{ __schema { types { name } } }");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(server.get("/schema.graphql").status_code, 404);
    let answer = server.ask("{ quote { totalCount } }");
    assert!(!answer.to_string().contains("Did you mean"), "{answer}");
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let answer: Value =
        serde_json::from_str(server.get("/graphql?query=%7B__typename%7D").as_str().unwrap())
            .unwrap();
    assert_eq!(answer["data"]["__typename"], "Query");
}

#[test]
fn a_client_can_read_every_limit_and_learns_which_one_it_met() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_MAX_ALIASES", "2")]);
    let config =
        server.ask("{ serviceConfig { version profile limits { name value unit description } } }");
    let limits = config["data"]["serviceConfig"]["limits"].as_array().unwrap();
    let aliases = limits.iter().find(|limit| limit["name"] == "aliases").unwrap();
    assert_eq!((&aliases["value"], &aliases["unit"]), (&json!(2), &json!("COUNT")));
    let refused = server.ask("{ a: __typename b: __typename c: __typename }");
    let extensions = &refused["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "LIMIT");
    assert_eq!((&extensions["limit"], &extensions["value"]), (&json!("aliases"), &json!(2)));
}
