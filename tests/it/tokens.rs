//! The life of a token: made by the command line, used over HTTP, revoked, found nowhere.

use std::fs::File;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use dixit::domain::token::Secret;
use serde_json::Value;

use crate::support::{
    Backend, Server, Socket, Workplace, each_backend, graphql_body, header, text,
};

const ASK: &str = "{ quotes { totalCount } }";
/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// Makes a token with `arguments`; answers what was printed as JSON.
fn create(workplace: &Workplace, arguments: &[&str]) -> Value {
    let done = workplace.dixit(&[&["token", "create", "--json"], arguments].concat());
    assert_eq!(done.code, 0, "{done:?}");
    serde_json::from_str(&done.out).unwrap()
}

/// The header of a token that was made.
fn bearer(made: &Value) -> String {
    format!("Bearer {}", text(made, "/token"))
}

fn private(workplace: &Workplace) -> Command {
    let mut command = workplace.command(&["serve"]);
    command.env("DIXIT_PUBLIC_READS", "off");
    command
}

/// The status of an answer to a question with this `Authorization`, and the message of its error.
fn asked(server: &Server, authorization: &str) -> (u16, String) {
    let answer = server.post_with(&[("Authorization", authorization)], ASK);
    let body: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
    let message = body.pointer("/errors/0/message").and_then(Value::as_str).unwrap_or_default();
    if answer.status_code == 401 {
        let challenge = header(&answer, "www-authenticate");
        assert_eq!(challenge, "Bearer realm=\"dixit\", error=\"invalid_token\"");
        assert_eq!(text(&body, "/errors/0/extensions/code"), "UNAUTHENTICATED");
    }
    assert_eq!(header(&answer, "cache-control"), "no-store");
    (answer.status_code, message.to_owned())
}

/// A token of this scope, as its header has it.
fn holder(workplace: &Workplace, scope: &str) -> String {
    bearer(&create(workplace, &["--name", scope, "--scope", scope]))
}

/// Whether some bytes stand in others.
fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn a_token_is_shown_once_lets_in_and_is_refused_as_soon_as_it_is_revoked() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let mut command = private(&workplace);
        command.env("DIXIT_LOG", "trace").stderr(File::create(workplace.path("log")).unwrap());
        let server = Server::of(command);

        let mut create = workplace.command(&["token", "create", "--name", "night import"]);
        create.args(["--scope", "write", "--scope", "import"]).env("DIXIT_LOG", "trace");
        let made = create.output().unwrap();
        let told = String::from_utf8(made.stderr).unwrap();
        let token = String::from_utf8(made.stdout).unwrap().trim_end().to_owned();
        let secret: Secret = token.parse().expect("standard output has the token alone");
        assert!(told.contains("shown only now") && !told.contains(&token[6..]), "{told}");

        let authorization = format!("Bearer {token}");
        assert_eq!(asked(&server, &authorization).0, 200);
        assert_eq!(asked(&server, &format!("bEARER  {token}")).0, 200);
        assert_eq!(server.post("application/json", graphql_body(ASK)).status_code, 401);

        let list = workplace.dixit(&["token", "list"]);
        assert!(list.out.contains("night import") && list.out.contains("write,import"), "{list:?}");
        let listed = workplace.dixit(&["token", "list", "--json"]).out;
        assert!(!list.out.contains(&token[6..]) && !listed.contains(&token[6..]));
        let listed: Value = serde_json::from_str(&listed).unwrap();
        let id = text(&listed, "/tokens/0/id").to_owned();
        assert_eq!(listed["tokens"][0]["scopes"], serde_json::json!(["write", "import"]));
        assert_eq!(
            (&listed["tokens"][0]["inForce"], listed["tokens"][1].is_null()),
            (&true.into(), true)
        );

        assert_eq!(workplace.dixit(&["token", "revoke", "night import"]).code, 0);
        assert_eq!(asked(&server, &authorization), (401, "this token was revoked".to_owned()));
        let again = workplace.dixit(&["token", "revoke", &id]);
        assert!(again.code == 0 && again.out.contains("is revoked since"), "{again:?}");
        drop(server);

        let mut direct = workplace.direct().unwrap();
        let subject = backend.hex("subject_id");
        let audit = direct.column(&format!(
            "SELECT action || ' by ' || actor || ' of ' || {subject} AS value FROM audit \
             WHERE token_id IS NULL ORDER BY written_at"
        ));
        let id = id.replace('-', "");
        assert_eq!(
            audit,
            ["CREATE_TOKEN", "REVOKE_TOKEN"].map(|what| format!("{what} by command line of {id}"))
        );

        // Nothing that was written has the secret, in letters or in bytes.
        let bytes = data_encoding::BASE32_NOPAD.decode(token[6..].to_uppercase().as_bytes());
        let bytes = bytes.unwrap();
        let hex = data_encoding::HEXLOWER.encode(&bytes[..32]);
        let dump = {
            let tables = direct.tables();
            direct.dump_of(&tables)
        };
        let mut written = vec![("the tables".to_owned(), dump.into_bytes())];
        for entry in std::fs::read_dir(workplace.path("")).unwrap() {
            let path = entry.unwrap().path();
            written.push((path.display().to_string(), std::fs::read(path).unwrap()));
        }
        let log = &written.iter().find(|(name, _)| name.ends_with("/log")).unwrap().1;
        assert!(contains(log, b"/graphql"), "the log tells nothing");
        let digest = data_encoding::HEXLOWER.encode(secret.digest().as_bytes());
        assert!(contains(&written[0].1, digest.as_bytes()), "the digest is what is kept");
        for (name, content) in &written {
            for part in [&token.as_bytes()[6..], &bytes[..32], hex.as_bytes()] {
                assert!(!contains(content, part), "{name} has the secret");
            }
        }
    });
}

#[test]
fn a_token_ends_when_it_was_said_to() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let short = create(&workplace, &["--name", "short", "--scope", "read", "--expires", "1s"]);
        let long = create(&workplace, &["--name", "long", "--scope", "read", "--expires", "90d"]);
        let server = Server::of(private(&workplace));
        assert_eq!(asked(&server, &bearer(&long)).0, 200);
        let started = Instant::now();
        while asked(&server, &bearer(&short)).0 != 401 {
            assert!(started.elapsed() < PATIENCE, "it does not end");
            thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(asked(&server, &bearer(&short)).1, "this token has expired");
        workplace.direct().unwrap().run("UPDATE token SET expires_at = created_at + 1");
        assert_eq!(asked(&server, &bearer(&long)), (401, "this token has expired".to_owned()));
        // One that has expired is not meant by its name.
        assert_eq!(workplace.dixit(&["token", "revoke", "long"]).code, 2);
    });
}

#[test]
fn whoever_shows_something_else_than_a_good_token_is_told_so() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let made = create(&workplace, &["--name", "a", "--scope", "admin"]);
        let token = text(&made, "/token");
        // Reads are public, and yet nobody is let in by a bad token.
        let server = Server::start(&workplace);
        let unknown = Secret::new([7; 32]);
        let mistyped = format!("{}{}", &token[..63], if token.ends_with('a') { 'b' } else { 'a' });
        for (authorization, message) in [
            (format!("Bearer {}", unknown.reveal()), "this token is not known here"),
            (format!("Bearer {mistyped}"), "checksum"),
            (format!("Bearer {}", &token[..40]), "40 bytes long"),
            ("Bearer ghp_x".to_owned(), "does not begin with `dixit_`"),
            ("Basic dTpw".to_owned(), "send `Authorization: Bearer TOKEN`"),
            (token.to_owned(), "send `Authorization: Bearer TOKEN`"),
            (String::new(), "send `Authorization: Bearer TOKEN`"),
        ] {
            let (status, said) = asked(&server, &authorization);
            assert!(status == 401 && said.contains(message), "{authorization}: {status} {said}");
            assert!(!said.contains(&token[6..40]), "{said}");
        }
        let one = format!("Authorization: Bearer {token}\r\n");
        for (headers, status) in [(one.clone(), 200), (one.repeat(2), 401)] {
            let answer = server.raw(&format!(
                "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\n{headers}\
                 Connection: close\r\n\r\n"
            ));
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        }
    });
}

#[test]
fn without_public_reads_the_api_is_for_tokens_that_may_read() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let scopes = ["read", "write", "import", "admin"];
        let made = scopes.map(|scope| create(&workplace, &["--name", scope, "--scope", scope]));
        let server = Server::of(private(&workplace));
        for (scope, made) in scopes.iter().zip(&made) {
            let answer = server.post_with(&[("Authorization", &bearer(made))], ASK);
            let status = if *scope == "import" { 403 } else { 200 };
            assert_eq!(answer.status_code, status, "{scope}");
            if status == 403 {
                let body: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
                assert_eq!(text(&body, "/errors/0/extensions/code"), "FORBIDDEN");
                assert_eq!(text(&body, "/errors/0/extensions/scope"), "READ");
                let challenge = header(&answer, "www-authenticate");
                assert_eq!(
                    challenge,
                    "Bearer realm=\"dixit\", error=\"insufficient_scope\", scope=\"read\""
                );
            }
        }
        // A token is shown in the header, and nowhere else.
        let token = text(&made[3], "/token");
        let query = format!("/graphql?query=%7B__typename%7D&access_token={token}&token={token}");
        let body = format!(
            r#"{{"query": "{{ __typename }}", "access_token": "{token}",
                 "extensions": {{"Authorization": "Bearer {token}"}}}}"#
        );
        for answer in [
            server.get(&query),
            server.get("/schema.graphql"),
            server.get(&format!("/schema.graphql?access_token={token}")),
            server.post("application/json", body.as_str()),
            server.post("application/x-www-form-urlencoded", format!("access_token={token}")),
            // Who asks comes before what.
            server.post("application/json", "garbage"),
            server.post("application/json", " ".repeat(300 << 10)),
            server.get("/graphql"),
        ] {
            let body: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
            assert_eq!(text(&body, "/errors/0/extensions/code"), "UNAUTHENTICATED");
            assert_eq!(answer.status_code, 401);
            assert_eq!(header(&answer, "www-authenticate"), "Bearer realm=\"dixit\"");
        }
        let schema = minreq::get(server.url("/schema.graphql"))
            .with_header("Authorization", bearer(&made[0]))
            .send()
            .unwrap();
        assert_eq!(schema.status_code, 200);
        for path in ["/healthz", "/readyz", "/metrics"] {
            assert_eq!(server.get(path).status_code, 200, "{path}");
        }
        assert_ne!(server.get("/graphiql/").status_code, 401);
        drop(server);
        // Where reads are public, any good token may read.
        let server = Server::start(&workplace);
        assert_eq!(asked(&server, &bearer(&made[2])).0, 200);
    });
}

#[test]
fn what_the_command_line_cannot_use_is_refused_and_writes_nothing() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        for (arguments, said) in [
            (&["create", "--name", "a"][..], "--scope"),
            (&["create", "--scope", "read"], "--name"),
            (&["create", "--name", "", "--scope", "read"], "is empty"),
            (&["create", "--name", "a\nb", "--scope", "read"], "U+000A"),
            (&["create", "--name", &"a".repeat(101), "--scope", "read"], "101 characters"),
            (&["create", "--name", "a", "--scope", "READ"], "[possible values: read, write,"),
            (&["create", "--name", "a", "--scope", "read", "--expires", "2020-01-01"], "future"),
            (&["create", "--name", "a", "--scope", "read", "--expires", "soon"], "--expires soon"),
        ] {
            let done = workplace.dixit(&[&["token"], arguments].concat());
            assert!(done.code == 2 && done.err.contains(said), "{arguments:?}: {done:?}");
            assert_eq!(done.out, "");
        }
        assert_eq!(workplace.stored(), None, "a database was made");
        for arguments in [&["token", "list"][..], &["token", "revoke", "a"]] {
            assert_eq!(workplace.dixit(arguments).code, 2, "there is no database");
        }
        assert_eq!(workplace.stored(), None, "a database was made");

        let twins = ["a", "a"].map(|name| create(&workplace, &["--name", name, "--scope", "read"]));
        let refused = workplace.dixit(&["token", "revoke", "a"]);
        let ids = twins.each_ref().map(|made| text(made, "/id"));
        assert_eq!(refused.code, 2);
        assert!(ids.iter().all(|id| refused.err.contains(id)), "{refused:?}");
        for which in ["b", "01987654-0000-8800-8000-000000000000"] {
            let unknown = workplace.dixit(&["token", "revoke", which]);
            assert!(unknown.code == 2 && unknown.err.contains(which), "{unknown:?}");
        }
        assert_eq!(workplace.dixit(&["token", "revoke", ids[0]]).code, 0);
        assert_eq!(workplace.dixit(&["token", "revoke", "a"]).code, 0, "one is left of that name");
        let audit = "SELECT action AS value FROM audit ORDER BY written_at";
        let creates_and_revokes = ["CREATE_TOKEN", "CREATE_TOKEN", "REVOKE_TOKEN", "REVOKE_TOKEN"];
        assert_eq!(workplace.direct().unwrap().column(audit), creates_and_revokes);
        assert_eq!(workplace.backend(), backend);
    });
}

#[test]
fn the_list_of_tokens_is_a_table() {
    let workplace = Workplace::new(Backend::Sqlite);
    create(&workplace, &["--name", "reader", "--scope", "read"]);
    create(&workplace, &["--name", "n", "--scope", "admin", "--expires", "9990-01-01"]);
    workplace.dixit(&["token", "revoke", "reader"]);
    let list = workplace.dixit(&["token", "list"]).out;
    let lines: Vec<Vec<&str>> = list.lines().map(|l| l.split_whitespace().collect()).collect();
    assert_eq!(lines[0], ["ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "REVOKED"]);
    assert_eq!((lines[1][1], lines[1][4], lines[1][5].len()), ("reader", "-", 20));
    assert_eq!(lines[2][1..3], ["n", "admin"]);
    assert_eq!(lines[2][4..], ["9990-01-01T00:00:00Z", "-"]);
}

const WRITE: &str = r#"mutation { createQuote(input: {
    article: { url: "https://news.example/1" }, kind: DIRECT, text: "We shall see."
}) { quote { id text } userErrors { message } } }"#;

#[test]
fn a_token_writes_over_http_and_the_audit_has_the_request() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let server = Server::start(&workplace);
        let writer = holder(&workplace, "write");
        let nobody = server.post("application/json", graphql_body(WRITE));
        assert!(nobody.as_str().unwrap().contains("UNAUTHENTICATED"), "{:?}", nobody.as_str());
        let reader = holder(&workplace, "read");
        let refused = server.post_with(&[("Authorization", &reader)], WRITE);
        assert!(refused.as_str().unwrap().contains("FORBIDDEN"), "{:?}", refused.as_str());

        let headers = [("Authorization", writer.as_str()), ("X-Request-Id", "desk-7")];
        let answer = server.post_with(&headers, WRITE);
        let body: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
        assert_eq!(text(&body, "/data/createQuote/quote/text"), "We shall see.", "{body}");
        // Where replicas may be asked, what was written can be waited for.
        let position = header(&answer, "dixit-position");
        assert_eq!(position.is_empty(), backend == Backend::Sqlite, "{position}");
        let since = [("Dixit-Position", position)];
        let since = if position.is_empty() { &since[1..] } else { &since };
        let seen = server.post_with(since, ASK);
        assert!(seen.as_str().unwrap().contains(r#""totalCount":1"#), "{:?}", seen.as_str());

        let admin = holder(&workplace, "admin");
        let audit = "{ auditEntries(first: 1, after: null) { totalCount } \
                     all: auditEntries { nodes { action actor requestId subjectId tokenId } } }";
        let answer = server.post_with(&[("Authorization", &admin)], audit);
        let body: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
        // Three tokens were made, and one quote.
        assert_eq!(body["data"]["auditEntries"]["totalCount"], 4, "{body}");
        let entries = body["data"]["all"]["nodes"].as_array().unwrap();
        let created = entries.iter().find(|entry| entry["action"] == "CREATE_QUOTE").unwrap();
        assert_eq!((text(created, "/actor"), text(created, "/requestId")), ("write", "desk-7"));
        let made = entries.iter().filter(|entry| entry["action"] == "CREATE_TOKEN");
        assert!(made.clone().any(|entry| entry["subjectId"] == created["tokenId"]), "{body}");
    });
}

#[test]
fn a_token_that_is_revoked_writes_nothing_more_on_an_open_socket() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let server = Server::start(&workplace);
        let writer = holder(&workplace, "write");
        let mut socket = Socket::ready_as(&server, &writer);
        let written = socket.ask(WRITE);
        assert_eq!(text(&written, "/data/createQuote/quote/text"), "We shall see.", "{written}");
        assert_eq!(workplace.dixit(&["token", "revoke", "write"]).code, 0);
        socket.subscribe("2", WRITE);
        let refused = socket.hear().message();
        assert_eq!(refused["type"], "error", "{refused}");
        assert_eq!(text(&refused, "/payload/0/extensions/code"), "UNAUTHENTICATED");
        // Nobody in particular may ask; this token may not.
        socket.subscribe("3", ASK);
        assert_eq!(socket.hear().message()["type"], "error");
    });
}

#[test]
fn operations_on_a_socket_are_charged_like_requests() {
    let workplace = Workplace::new(Backend::Sqlite);
    let mut command = workplace.command(&["serve"]);
    command.env("DIXIT_RATE_LIMIT", "4");
    let server = Server::of(command);
    let mut socket = Socket::ready(&server);
    // The upgrade was the first.
    for _ in 0..3 {
        assert_eq!(socket.ask(ASK)["data"]["quotes"]["totalCount"], 0);
    }
    socket.subscribe("5", ASK);
    let refused = socket.hear().message();
    assert_eq!(text(&refused, "/payload/0/extensions/code"), "RATE_LIMITED", "{refused}");
}

#[test]
fn a_token_says_for_which_database_it_is() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let make = ["token", "create", "--name", "a", "--scope", "read"];
        let made = workplace.dixit(&make);
        assert_eq!(made.code, 0, "{made:?}");
        assert!(made.err.contains(workplace.url()), "{}", made.err);
    });
}
