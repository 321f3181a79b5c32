//! Imports over HTTP: `POST /import`, what becomes of an upload, what a crash leaves of it.

use std::fs;
use std::io::Write as _;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::crash::lines;
use crate::support::{
    Backend, Heard, Server, Socket, Wire, Workplace, each_backend, header, native_row, text,
};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(120);
const NDJSON: &str = "application/x-ndjson";

/// A server that takes uploads, and somebody who sends them.
struct Desk {
    workplace: Workplace,
    server: Server,
    authorization: String,
}

impl Desk {
    fn at(backend: Backend, settings: &[(&str, &str)]) -> Self {
        let workplace = Workplace::new(backend);
        let server = serve(&workplace, settings);
        let authorization = token(&workplace, "import");
        Self { workplace, server, authorization }
    }

    /// Sends an upload under a key; what is answered.
    fn send(&self, key: &str, body: impl Into<Vec<u8>>) -> minreq::Response {
        self.send_to("/import", &[("Idempotency-Key", key), ("Content-Type", NDJSON)], body)
    }

    fn send_to(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> minreq::Response {
        let request = minreq::post(self.server.url(path)).with_body(body);
        let request = request.with_header("Authorization", &self.authorization);
        let add = |request: minreq::Request, (name, value): &(&str, &str)| {
            request.with_header(*name, *value)
        };
        headers.iter().fold(request, add).with_timeout(20).send().unwrap()
    }

    fn get(&self, path: &str) -> minreq::Response {
        let request = minreq::get(self.server.url(path)).with_timeout(20);
        request.with_header("Authorization", &self.authorization).send().unwrap()
    }

    /// An import, as it stands.
    fn job(&self, id: &str) -> Value {
        body(&self.get(&format!("/import/{id}")))
    }

    /// An import, once this holds.
    fn until(&self, id: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let started = Instant::now();
        loop {
            let job = self.job(id);
            if holds(&job) {
                return job;
            }
            assert!(started.elapsed() < PATIENCE, "it stays {job}");
            sleep(Duration::from_millis(10));
        }
    }

    /// An import, once it has ended.
    fn ended(&self, id: &str) -> Value {
        self.until(id, |job| !matches!(text(job, "/state"), "WAITING" | "RUNNING"))
    }

    /// Sends an upload and waits for its end.
    fn import(&self, key: &str, body: impl Into<Vec<u8>>) -> Value {
        self.ended(&taken(&self.send(key, body)))
    }

    /// The files of uploads that are kept.
    fn kept(&self) -> Vec<String> {
        let Ok(files) = fs::read_dir(self.workplace.path("dixit-imports")) else { return vec![] };
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name != ".lock").collect()
    }

    /// Waits until none is kept.
    fn wait_for_none(&self) {
        let started = Instant::now();
        while !self.kept().is_empty() {
            assert!(started.elapsed() < PATIENCE, "{:?} stay", self.kept());
            sleep(Duration::from_millis(10));
        }
    }

    /// Everything that is stored of quotes.
    fn dump(&self) -> String {
        dump(&self.workplace)
    }
}

/// Everything that is stored of quotes at a workplace.
fn dump(workplace: &Workplace) -> String {
    let tables = ["article", "quote", "quote_reading", "statement", "speaker", "role"];
    workplace.direct().unwrap().dump_of(&tables.map(str::to_owned))
}

fn serve(workplace: &Workplace, settings: &[(&str, &str)]) -> Server {
    let mut command = workplace.command(&["serve"]);
    // A busy machine's writer is waited for: how long users wait is not what is tried here.
    command.env("DIXIT_DATABASE_WAIT_MS", "30000").envs(settings.iter().copied());
    Server::of(command)
}

/// A token of this scope, as its header has it.
fn token(workplace: &Workplace, scope: &str) -> String {
    let arguments = ["token", "create", "--json", "--name", scope, "--scope", scope];
    let made: Value = serde_json::from_str(&workplace.dixit(&arguments).out).unwrap();
    format!("Bearer {}", text(&made, "/token"))
}

fn body(answer: &minreq::Response) -> Value {
    serde_json::from_str(answer.as_str().unwrap()).unwrap()
}

/// The id of an upload that was taken.
fn taken(answer: &minreq::Response) -> String {
    assert_eq!(answer.status_code, 202, "{}", answer.as_str().unwrap());
    let job = body(answer);
    let id = text(&job, "/id").to_owned();
    assert_eq!(header(answer, "location"), format!("/import/{id}"));
    id
}

/// The status and the code of a refusal.
fn refusal(answer: &minreq::Response) -> (u16, String) {
    let body = body(answer);
    let code = text(&body, "/errors/0/extensions/code").to_owned();
    (answer.status_code, code)
}

fn counts(job: &Value) -> [i64; 5] {
    ["lines", "accepted", "known", "changed", "rejected"].map(|count| job[count].as_i64().unwrap())
}

/// Rows that are all new.
fn rows(many: usize) -> String {
    (0..many).map(|n| native_row("a", &format!("We counted {n} boats."), json!({}))).collect()
}

#[test]
fn an_upload_is_imported_as_its_file_would_be_however_it_is_compressed() {
    each_backend(|backend| {
        let desk = Desk::at(backend, &[]);
        let plain = rows(40);
        let lines: Vec<&str> = plain.lines().collect();
        let array = format!("[{}]", lines.join(",")).into_bytes();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(plain.as_bytes()).unwrap();
        let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip2.write_all(plain.as_bytes()).unwrap();
        let zstd = zstd::encode_all(plain.as_bytes(), 1).unwrap();
        let uploads = [
            ("plain", NDJSON, "", plain.clone().into_bytes()),
            ("array", "application/json", "identity", array),
            ("gzip", "application/octet-stream", "", gzip.finish().unwrap()),
            ("bzip2", NDJSON, "bzip2", bzip2.finish().unwrap()),
            ("zstd", NDJSON, "zstd", zstd),
        ];
        for (number, (key, media, encoding, body)) in uploads.into_iter().enumerate() {
            let mut headers = vec![("Idempotency-Key", key), ("Content-Type", media)];
            headers.extend((!encoding.is_empty()).then_some(("Content-Encoding", encoding)));
            let job = desk.ended(&taken(&desk.send_to("/import?format=native", &headers, body)));
            assert_eq!(job["state"], "FINISHED", "{key}: {job}");
            let new = if number == 0 { 40 } else { 0 };
            assert_eq!(counts(&job), [40, new, 40 - new, 0, 0], "{key}");
            assert_eq!((&job["format"], &job["problem"]), (&json!("native"), &Value::Null));
            assert_eq!(job["source"], format!("(upload {key})"));
        }
        desk.wait_for_none();
        let other = Workplace::new(backend);
        let file = other.file("rows.jsonl", &plain);
        assert_eq!(other.import(&[&file]).0, 0);
        assert_eq!(desk.dump(), dump(&other));
    });
}

#[test]
fn the_same_upload_again_is_the_same_job_and_another_one_is_refused() {
    each_backend(|backend| {
        let desk = Desk::at(backend, &[]);
        let id = taken(&desk.send("night 7", rows(3)));
        assert_eq!(counts(&desk.ended(&id)), [3, 3, 0, 0, 0]);
        desk.wait_for_none();
        let before = desk.dump();
        for key in ["night 7", "\"night 7\""] {
            let again = desk.send(key, rows(3));
            assert_eq!((again.status_code, text(&body(&again), "/id")), (200, id.as_str()));
        }
        let reused = (422, "IDEMPOTENCY_KEY_REUSED".to_owned());
        assert_eq!(refusal(&desk.send("night 7", rows(4))), reused);
        let headers = [("Idempotency-Key", "night 7"), ("Content-Type", NDJSON)];
        let otherwise = desk.send_to("/import?max_rejects=1", &headers, rows(3));
        assert_eq!(refusal(&otherwise), reused);
        assert_eq!(desk.dump(), before);
        assert!(desk.kept().is_empty(), "{:?}", desk.kept());
        // A key is its token's own.
        let other = Desk { authorization: token(&desk.workplace, "write"), ..desk };
        assert_ne!(taken(&other.send("night 7", rows(4))), id);
    });
}

#[test]
fn what_cannot_be_taken_is_refused_before_it_is_kept() {
    let desk = Desk::at(Backend::Sqlite, &[("DIXIT_MAX_UPLOAD_BYTES", "1024")]);
    let key = ("Idempotency-Key", "k");
    let ndjson = ("Content-Type", NDJSON);
    for (path, headers, status) in [
        ("/import", vec![ndjson], 400),
        ("/import", vec![("Idempotency-Key", "a,b"), ndjson], 400),
        ("/import?format=nothing", vec![key, ndjson], 400),
        ("/import?formats=native", vec![key, ndjson], 400),
        ("/import?max_rejects=-1", vec![key, ndjson], 400),
        ("/import", vec![key, ("Content-Type", "text/plain")], 415),
        ("/import", vec![key, ndjson, ("Content-Encoding", "br")], 415),
    ] {
        let answer = desk.send_to(path, &headers, rows(1));
        assert_eq!(refusal(&answer), (status, "BAD_REQUEST".to_owned()), "{path} {headers:?}");
    }
    assert_eq!(refusal(&desk.send("k", vec![b' '; 1025])), (413, "LIMIT".to_owned()));
    let mut wire = Wire::connect(&desk.server.address).unwrap();
    let head = format!(
        "POST /import HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nIdempotency-Key: k\r\n\
         Content-Type: {NDJSON}\r\nTransfer-Encoding: chunked\r\n\r\n",
        desk.authorization
    );
    let chunk = format!("400\r\n{}\r\n", " ".repeat(1024));
    wire.send(format!("{head}{chunk}{chunk}").as_bytes()).unwrap();
    assert_eq!(wire.answer().unwrap().status, 413);
    let reader = Desk { authorization: token(&desk.workplace, "read"), ..desk };
    assert_eq!(refusal(&reader.send("k", rows(1))), (403, "FORBIDDEN".to_owned()));
    let nobody = minreq::post(reader.server.url("/import")).with_header("Content-Type", NDJSON);
    let nobody = nobody.with_header("Idempotency-Key", "k").with_body(rows(1)).send().unwrap();
    assert_eq!(refusal(&nobody), (401, "UNAUTHENTICATED".to_owned()));
    assert!(reader.kept().is_empty(), "{:?}", reader.kept());
    let quotes = reader.server.ask("{ quotes { totalCount } }");
    assert_eq!(quotes["data"]["quotes"]["totalCount"], 0);
}

/// A connection on which an upload has begun to come.
fn begun(desk: &Desk, key: &str, body: &str, sent: usize) -> Wire {
    let mut wire = Wire::connect(&desk.server.address).unwrap();
    let head = format!(
        "POST /import HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nIdempotency-Key: {key}\r\n\
         Content-Type: {NDJSON}\r\nContent-Length: {}\r\n\r\n",
        desk.authorization,
        body.len()
    );
    wire.send(head.as_bytes()).unwrap();
    wire.send(&body.as_bytes()[..sent]).unwrap();
    let started = Instant::now();
    while desk.kept().is_empty() {
        assert!(started.elapsed() < PATIENCE, "it does not begin");
        sleep(Duration::from_millis(5));
    }
    wire
}

#[test]
fn a_cut_upload_leaves_nothing_and_its_key_is_free() {
    each_backend(|backend| {
        let desk = Desk::at(backend, &[]);
        let body = rows(5);
        let mut wire = begun(&desk, "k", &body, body.len() / 2);
        assert_eq!(refusal(&desk.send("k", rows(5))), (409, "CONFLICT".to_owned()));
        wire.finish().unwrap();
        drop(wire);
        desk.wait_for_none();
        let imports = "SELECT CAST(count(*) AS TEXT) AS value FROM import";
        assert_eq!(desk.workplace.direct().unwrap().column(imports), ["0"]);
        // Whole, it is taken; while it comes, another of its key is not.
        let mut wire = begun(&desk, "k", &body, body.len() / 2);
        assert_eq!(desk.send("k", rows(5)).status_code, 409);
        wire.send(&body.as_bytes()[body.len() / 2..]).unwrap();
        let answer = wire.answer().unwrap();
        assert_eq!(answer.status, 202, "{}", answer.text());
        let job: Value = serde_json::from_str(answer.text()).unwrap();
        assert_eq!(counts(&desk.ended(text(&job, "/id"))), [5, 5, 0, 0, 0]);
    });
}

#[test]
fn rejected_rows_are_told_and_can_be_mended_and_sent_again() {
    each_backend(|backend| {
        let desk = Desk::at(backend, &[]);
        let bad = native_row("b", "We counted no boats.", json!({ "kind": "sung" }));
        let job = desk.import("k", format!("{}{bad}{{\n{bad}", rows(2)));
        assert_eq!((&job["state"], counts(&job)), (&json!("FINISHED"), [5, 2, 0, 0, 3]), "{job}");
        let rejects = desk.get(text(&job, "/links/rejects"));
        assert_eq!(header(&rejects, "content-type"), NDJSON);
        let rejects = rejects.as_str().unwrap().to_owned();
        let told: Vec<Value> =
            rejects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let told: Vec<_> = told.iter().map(|row| (&row["line"], &row["code"])).collect();
        let expected = [(json!(3), "bad_value"), (json!(4), "not_json"), (json!(5), "bad_value")];
        assert!(told.iter().zip(&expected).all(|(row, (line, code))| row == &(line, &json!(code))));
        // GraphQL has the same, for whoever sent it.
        let document = format!(
            "{{ import(id: \"{}\") {{ rejected rejections {{ nodes {{ line code row }} }} }} }}",
            text(&job, "/id")
        );
        let answer = desk.server.post_with(&[("Authorization", &desk.authorization)], &document);
        let import = body(&answer)["data"]["import"].take();
        assert_eq!(
            (&import["rejected"], &import["rejections"]["nodes"][1]["row"]),
            (&json!(3), &json!("{"))
        );
        let mended = rejects.replace("sung", "direct");
        let job = desk.import("mended", mended);
        assert_eq!(counts(&job), [3, 1, 1, 0, 1], "{job}");
        // What could not be kept as it was sent is rejected again.
        let long = native_row("c", &"boat ".repeat(1 << 18), json!({}));
        let long = rows(1) + &long;
        let job = desk.import("long", [long.into_bytes(), b"{\"\xff\n".to_vec()].concat());
        let cut = desk.get(text(&job, "/links/rejects")).as_str().unwrap().to_owned();
        assert_eq!(cut.matches("\"cut\":true").count(), 2, "{cut:.300}");
        assert_eq!(counts(&desk.import("cut", cut)), [2, 0, 0, 0, 2]);
        // Somebody else's rows are told to nobody but who may do everything.
        let path = text(&job, "/links/rejects").to_owned();
        for (scope, status) in [("write", 403), ("admin", 200)] {
            let authorization = token(&desk.workplace, scope);
            let request = minreq::get(desk.server.url(&path));
            let answer = request.with_header("Authorization", authorization).send().unwrap();
            assert_eq!(answer.status_code, status, "{scope}");
        }
        // What is no input at all is broken, and says so without the server's paths.
        let broken = desk.import("nonsense", "boats\n");
        assert_eq!(broken["state"], "BROKEN", "{broken}");
        let problem = text(&broken, "/problem");
        assert!(problem.starts_with("(upload nonsense): none of its first"), "{problem}");
        let headers = [("Idempotency-Key", "few"), ("Content-Type", NDJSON)];
        let stopped = desk.send_to("/import?max_rejects=0", &headers, format!("{bad}{}", rows(1)));
        let stopped = desk.ended(&taken(&stopped));
        assert_eq!(stopped["state"], "STOPPED", "{stopped}");
    });
}

#[test]
fn a_subscription_follows_an_upload_to_its_end() {
    each_backend(|backend| {
        let desk = Desk::at(backend, &[]);
        let id = taken(&desk.send("k", lines(0..12_000)));
        let document = format!(
            "subscription {{ importProgress(id: \"{id}\") {{ id state lines bytesDone problem }} }}"
        );
        let mut nobody = Socket::ready(&desk.server);
        nobody.subscribe("1", &document);
        let refused = nobody.hear().message();
        assert!(refused.to_string().contains("UNAUTHENTICATED"), "{refused}");
        let mut socket = Socket::ready_as(&desk.server, &desk.authorization);
        socket.subscribe("1", &document);
        let mut events = Vec::new();
        loop {
            let Heard::Message(message) = socket.hear() else { continue };
            if message["type"] == "complete" {
                break;
            }
            assert_eq!(message["type"], "next", "{message}");
            events.push(message["payload"]["data"]["importProgress"].clone());
        }
        let lines: Vec<i64> = events.iter().map(|event| event["lines"].as_i64().unwrap()).collect();
        assert!(lines.is_sorted() && events.len() > 1, "{events:#?}");
        assert!(matches!(text(&events[0], "/state"), "WAITING" | "RUNNING"), "{events:#?}");
        let last = events.last().unwrap();
        assert_eq!((&last["state"], &last["lines"]), (&json!("FINISHED"), &json!(12_000)));
        // Of one that has ended there is one event.
        socket.subscribe("2", &document);
        assert_eq!(socket.hear().message()["payload"]["data"]["importProgress"], *last);
        assert_eq!(socket.hear().message(), json!({ "id": "2", "type": "complete" }));
    });
}

#[test]
fn a_killed_server_goes_on_with_its_uploads_behind_what_is_written() {
    each_backend(|backend| {
        let input = lines(0..20_000);
        let whole = Desk::at(backend, &[]);
        let expected = counts(&whole.import("k", input.clone()));
        let mut desk = Desk::at(backend, &[]);
        let id = taken(&desk.send("k", input.clone()));
        let second = taken(&desk.send("second", rows(3)));
        let written = desk.until(&id, |job| job["bytesDone"].as_u64() > Some(0));
        assert_eq!(written["state"], "RUNNING", "the input is too small for this test");
        let pid = desk.server.id().to_string();
        assert!(Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
        desk.server = serve(&desk.workplace, &[]);
        // Sent again, since no answer may have come: it is the same job.
        let again = desk.send("k", input);
        assert_eq!(text(&body(&again), "/id"), id);
        assert_eq!(desk.ended(&id)["state"], "FINISHED");
        assert_eq!(counts(&desk.job(&id)), expected, "nothing is lost or counted twice");
        assert_eq!(counts(&desk.ended(&second)), [3, 3, 0, 0, 0]);
        desk.wait_for_none();
        assert_eq!(whole.import("second", rows(3))["state"], "FINISHED");
        assert!(desk.dump() == whole.dump(), "the tables differ from those of a whole import");
    });
}

/// As a full disk says it.
fn fill(workplace: &Workplace) {
    workplace.direct().unwrap().run(match workplace.backend() {
        Backend::Sqlite => {
            "CREATE TRIGGER full_disk BEFORE INSERT ON quote \
             BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        }
        Backend::Postgres => {
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'No space left on device'; END $$; \
             CREATE TRIGGER full_disk BEFORE INSERT ON quote EXECUTE FUNCTION full_disk()"
        }
    });
}

#[test]
fn an_upload_waits_while_the_database_takes_nothing_and_complains_no_longer_than_that() {
    each_backend(|backend| {
        let desk = Desk::at(backend, &[]);
        fill(&desk.workplace);
        let id = taken(&desk.send("full", rows(10)));
        let waiting = desk.until(&id, |job| !job["problem"].is_null());
        assert_eq!(text(&waiting, "/state"), "WAITING", "{waiting}");
        // One that somebody took away waits no longer.
        let gone = taken(&desk.send("gone", rows(10)));
        fs::remove_file(desk.workplace.path(&format!("dixit-imports/{gone}.data"))).unwrap();
        desk.workplace.direct().unwrap().run(match backend {
            Backend::Sqlite => "DROP TRIGGER full_disk",
            Backend::Postgres => "DROP TRIGGER full_disk ON quote",
        });
        let job = desk.until(&id, |job| text(job, "/state") == "FINISHED");
        assert_eq!((counts(&job)[1], &job["problem"]), (10, &Value::Null), "{job}");
        let job = desk.until(&gone, |job| text(job, "/state") == "INTERRUPTED");
        assert!(text(&job, "/problem").contains("send it again"), "{job}");
        assert_eq!(text(&desk.import("gone", rows(10)), "/state"), "FINISHED");
        desk.wait_for_none();
    });
}

#[test]
fn a_stopping_server_ends_a_batch_and_the_next_one_goes_on() {
    let mut desk = Desk::at(Backend::Sqlite, &[]);
    let id = taken(&desk.send("k", lines(0..20_000)));
    desk.until(&id, |job| job["bytesDone"].as_u64() > Some(0));
    desk.server.terminate();
    assert!(desk.server.end().success());
    let state = "SELECT state || ' ' || (behind > 0) AS value FROM import";
    assert_eq!(desk.workplace.direct().unwrap().column(state), ["WAITING 1"]);
    desk.server = serve(&desk.workplace, &[]);
    let job = desk.ended(&id);
    assert_eq!((&job["state"], &job["lines"]), (&json!("FINISHED"), &json!(20_000)));
}

#[test]
fn an_upload_is_stopped_by_whoever_sent_it_and_goes_on_when_it_is_sent_again() {
    each_backend(|backend| {
        let desk = Desk::at(backend, &[]);
        // Made before: the import does not wait for it.
        let other = token(&desk.workplace, "write");
        let id = taken(&desk.send("k", lines(0..40_000)));
        let waiting = taken(&desk.send("waiting", rows(3)));
        let delete = |id: &str, authorization: &str| {
            let request = minreq::delete(desk.server.url(&format!("/import/{id}")));
            request.with_header("Authorization", authorization).with_timeout(20).send().unwrap()
        };
        desk.until(&id, |job| job["bytesDone"].as_u64() > Some(0));
        assert_eq!(delete(&id, &other).status_code, 403);
        let stopped = delete(&waiting, &desk.authorization);
        assert_eq!((stopped.status_code, text(&body(&stopped), "/state")), (200, "INTERRUPTED"));
        assert_eq!(delete(&id, &desk.authorization).status_code, 202);
        let stopped = desk.ended(&id);
        assert_eq!(stopped["state"], "INTERRUPTED", "{stopped}");
        let stopped = desk.until(&id, |job| !job["problem"].is_null());
        assert_eq!(stopped["problem"], "stopped by import");
        desk.wait_for_none();
        let again = taken(&desk.send("k", lines(0..40_000)));
        assert_eq!(again, id);
        let job = desk.ended(&id);
        assert_eq!((&job["state"], &job["lines"]), (&json!("FINISHED"), &json!(40_000)));
        assert_eq!(delete(&id, &desk.authorization).status_code, 200, "it has ended");
        assert_eq!(desk.get("/import/nothing").status_code, 404);
    });
}
