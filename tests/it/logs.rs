//! What the log says: JSON on every line, the request's id on each of its lines, and no secrets.

use std::fs::File;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{
    Backend, Server, Workplace, each_backend, finish, graphql_body, native_row, read, strings, text,
};

/// Whatever nobody may read in a log.
const PASSWORD: &str = "hunter2-of-the-database";
const QUESTION: &str = "s3cret-in-the-question";

/// The workplace's URL with a password, which the tests' server does not ask for.
fn url_with_password(workplace: &Workplace) -> String {
    workplace.url().replacen("dixit@", &format!("dixit:{PASSWORD}@"), 1)
}

/// `dixit serve`, logging JSON of this level into the file `log`.
fn serve(workplace: &Workplace, level: &str) -> Command {
    let mut command = workplace.command(&["serve"]);
    command
        .env("DIXIT_LOG", level)
        .env("DIXIT_LOG_FORMAT", "json")
        .stderr(File::create(workplace.path("log")).unwrap());
    if workplace.backend() == Backend::Postgres {
        // The second server is away: the log tells of that, too.
        let away = format!("postgres://dixit:{PASSWORD}@127.0.0.1:1/away");
        command.env("DATABASE_URL", url_with_password(workplace)).env("DIXIT_REPLICA_URLS", away);
    }
    command
}

fn ask(server: &Server, token: &str, id: &str, body: &str) -> minreq::Response {
    let request = minreq::post(server.url("/graphql"))
        .with_header("Content-Type", "application/json")
        .with_header("Authorization", format!("Bearer {token}"))
        .with_header("X-Request-Id", id)
        .with_timeout(20)
        .with_body(body);
    let response = request.send().unwrap();
    assert!(response.headers.iter().any(|(name, value)| name == "x-request-id" && value == id));
    response
}

/// Every line of a log in JSON.
fn lines(log: &str) -> Vec<Value> {
    assert!(log.ends_with('\n'), "{log}");
    let lines = log.lines().map(|line| {
        let line: Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
        for part in ["/timestamp", "/level", "/target", "/fields/message"] {
            assert_ne!(text(&line, part), "", "{part} of {line}");
        }
        line
    });
    lines.collect()
}

/// The lines of the request with this id.
fn lines_of<'l>(lines: &'l [Value], id: &str) -> Vec<&'l Value> {
    let is_its = |line: &&Value| {
        line.get("spans").is_some_and(|spans| spans[0]["name"] == "request" && spans[0]["id"] == id)
    };
    lines.iter().filter(is_its).collect()
}

#[test]
fn each_line_is_json_with_its_requests_id_and_without_secrets() {
    each_backend(|backend| {
        for level in ["info", "warn,dixit=trace"] {
            let workplace = Workplace::new(backend);
            let row = native_row("a", "We shall see.", json!({ "speaker": "Ada Quill" }));
            let file = workplace.file("rows.jsonl", row);
            assert_eq!(workplace.import(&[&file]).0, 0);
            let made = workplace.dixit(&["token", "create", "--name", "desk", "--scope", "read"]);
            let token = made.out.trim();
            let mut server = Server::of(serve(&workplace, level));
            let question = format!(
                "{{ quotes(filter: {{ speaker: {{ name: {{ eq: \"{QUESTION}\" }} }} }}) \
                 {{ totalCount nodes {{ text article {{ title }} }} }} }}"
            );
            let question = graphql_body(&question);
            assert_eq!(ask(&server, token, "a-question", &question).status_code, 200);
            let broken = format!("{{ \"query\": \"{{ {QUESTION} }}\", ");
            assert_eq!(ask(&server, token, "a-broken-one", &broken).status_code, 400);
            let linked = format!("/graphql?query=%7Bnode(id:%22{QUESTION}%22)%7Bid%7D%7D");
            assert_eq!(server.get(&linked).status_code, 200);
            assert_eq!(server.get("/readyz").status_code, 200);
            let unknown = format!("dixit_{}", "a".repeat(58));
            assert_eq!(ask(&server, &unknown, "a-stranger", &question).status_code, 401);
            workplace.direct().unwrap().run("ALTER TABLE quote RENAME TO gone");
            let answer =
                ask(&server, token, "a-failing-one", &graphql_body("{ quotes { totalCount } }"));
            assert!(answer.as_str().unwrap().contains("internal error"), "{answer:?}");
            server.terminate();
            assert_eq!(server.end().code(), Some(0));

            let log = read(workplace.path("log"));
            for secret in [PASSWORD, token, QUESTION] {
                assert!(!log.contains(secret), "{secret} at level {level}: {log}");
            }
            let lines = lines(&log);
            let failing = lines_of(&lines, "a-failing-one");
            let error = failing.iter().find(|line| line["level"] == "ERROR").unwrap();
            assert_eq!(text(error, "/target"), "dixit::graphql::error");
            assert!(text(error, "/fields/error").contains("quote"), "{error}");
            // Who reads everything is told of every request, with its path alone.
            for id in ["a-question", "a-broken-one"] {
                let told: Vec<Value> = lines_of(&lines, id).into_iter().cloned().collect();
                let told = Value::Array(told);
                let answered = strings(&told, "", "/fields/message").contains(&"answered".into());
                assert_eq!(answered, level != "info", "{id}: {told}");
                assert!(!answered || told[0]["fields"]["path"] == "/graphql", "{told}");
            }
        }
    });
}

#[test]
fn a_command_that_fails_says_so_in_json_and_without_the_password() {
    let workplace = Workplace::new(Backend::Sqlite);
    for (url, said) in [
        (format!("postgres://u:{PASSWORD}@127.0.0.1:1/d"), "u:***@127.0.0.1:1"),
        (format!("postgres://u:{PASSWORD}/x@127.0.0.1:1/d"), "%2F"),
        (format!("postgres://u:x@{PASSWORD}@127.0.0.1:1/d"), "%40"),
        (format!("postgres://u:%{PASSWORD}@127.0.0.1:1/d"), "%25"),
        (format!("postgres://127.0.0.1:1/d?password=x&{PASSWORD}"), "%26"),
        // The client library tells the whole of what it cannot read.
        (format!("postgres://u:{PASSWORD}@[::1/d"), "u:***@[::1/d"),
    ] {
        let mut command = workplace.command(&["serve"]);
        command.env("DATABASE_URL", &url).env("DIXIT_LOG_FORMAT", "json");
        command.env("DIXIT_LISTEN", "127.0.0.1:0");
        let done = finish(command, b"");
        assert_eq!(done.code, 2, "{done:?}");
        assert!(!done.err.contains(PASSWORD), "{}", done.err);
        let told = lines(&done.err)
            .into_iter()
            .any(|line| line["level"] == "ERROR" && text(&line, "/fields/message").contains(said));
        assert!(told, "no {said} in {}", done.err);
    }
}

#[test]
fn a_settings_file_that_cannot_be_read_keeps_its_values_to_itself() {
    let workplace = Workplace::new(Backend::Sqlite);
    workplace.file(".env", format!("DIXIT_LOG=info\nDATABASE_URL=postgres://u:x {PASSWORD}@h/d\n"));
    let mut command = workplace.command(&["serve"]);
    command.env_remove("DATABASE_URL").stdin(Stdio::null());
    let done = finish(command, b"");
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert!(done.err.contains("behind DIXIT_LOG") && !done.err.contains(PASSWORD), "{}", done.err);
}

#[test]
fn a_setting_that_cannot_be_used_is_told_in_json_where_logs_are() {
    let workplace = Workplace::new(Backend::Sqlite);
    for (name, value) in [("DIXIT_READERS", "0"), ("DIXIT_LOG", "a=b=c"), ("DIXIT_X", "1")] {
        let mut command = workplace.command(&["serve"]);
        command.env("DIXIT_LOG_FORMAT", "json").env(name, value);
        let done = finish(command, b"");
        assert_eq!(done.code, 2, "{done:?}");
        let lines = lines(&done.err);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(text(&lines[0], "/fields/message").contains(name), "{lines:?}");
    }
}
