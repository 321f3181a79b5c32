//! A full disk, and a database that can only be read: told as what they are, reads go on, and the
//! import goes on when it can.
//!
//! `/dev/full` is the server's disk: the kernel answers every write to it that no space is left, to
//! root too. SQLite follows no link to it; there a limit on the size of files is met.

use std::fs::{self, File};
use std::os::unix::fs::{FileExt as _, symlink};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{assert_whole, durable, lines};
use crate::support::cluster::Cluster;
use crate::support::{Backend, Server, Workplace, finish, graphql_body, native_row, number, text};

const READ: &str = "{ quotes(first: 1) { totalCount } }";
const WRITE: &str = "mutation { createQuote(input: { article: { documentId: \"new\" }, \
    kind: DIRECT, text: \"New words.\" }) { quote { text } userErrors { code } } }";

/// A token that may write, as a header has it.
fn token(workplace: &Workplace) -> String {
    let made = workplace.dixit(&["token", "create", "--name", "desk", "--scope", "write"]);
    assert_eq!(made.code, 0, "{made:?}");
    format!("Bearer {}", made.out.trim())
}

/// A server answers reads, and refuses a write by its code.
fn assert_served(server: &Server, token: &str, quotes: u64) {
    let answer = server.post_with(&[("Authorization", token)], WRITE);
    let answer: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
    assert_eq!(text(&answer, "/errors/0/extensions/code"), "NOT_WRITABLE", "{answer}");
    let answer = server.post("application/json", graphql_body(READ));
    let answer: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
    assert_eq!(number(&answer, "/data/quotes/totalCount"), quotes, "{answer}");
}

/// An upload is refused by the same code, and may be sent again.
fn assert_refuses_uploads(server: &Server, token: &str) {
    let upload = minreq::post(server.url("/import")).with_body("{}").with_timeout(20);
    let headers = [("Authorization", token), ("Content-Type", "application/x-ndjson")];
    let add = |request: minreq::Request, (name, value)| request.with_header(name, value);
    let upload = headers.into_iter().fold(upload, add).with_header("Idempotency-Key", "any");
    let answer = upload.send().unwrap();
    let body: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
    assert_eq!(answer.status_code, 503, "{body}");
    assert_eq!(text(&body, "/errors/0/extensions/code"), "NOT_WRITABLE");
}

/// `dixit import FILE`, which must fail so and say how to go on.
fn assert_fails(workplace: &Workplace, file: &str, why: &str) {
    let done = workplace.dixit(&["import", file]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains(why), "{done:?}");
    assert!(done.err.contains("to go on behind what is written:"), "{done:?}");
    assert!(done.err.trim_end().ends_with(&format!(" import {file}")), "{done:?}");
}

/// `dixit ARGUMENTS` that writes no file beyond so many blocks of 512 bytes.
fn limited(workplace: &Workplace, blocks: u32, arguments: &[&str]) -> Command {
    // Without its signal the limit makes writes fail, as a quota does.
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_dixit")]).args(arguments);
    shell.current_dir(workplace.path(".")).env_clear().env("DATABASE_URL", workplace.url());
    shell
}

#[test]
fn an_embedded_database_whose_disk_takes_no_more_is_read_and_written_again_when_it_does() {
    let workplace = Workplace::new(Backend::Sqlite);
    let file = workplace.file("input.jsonl", lines(0..12_000));
    let done = finish(limited(&workplace, 20_000, &["import", &file]), b"");
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("the disk of the database"), "{done:?}");
    assert!(done.err.contains("to go on behind what is written:"), "{done:?}");
    assert_whole(&workplace);
    let written = durable(&workplace).unwrap();
    assert!(written > 0 && written < 12_000, "{written} rows were written");
    let token = token(&workplace);
    let server = Server::of(limited(&workplace, 100, &["serve"]));
    assert_served(&server, &token, written);
    drop(server);
    let (code, report, _) = workplace.import(&[&file]);
    assert_eq!((code, number(&report, "/accepted")), (0, 12_000), "{report}");
    assert_eq!(report["sources"][0]["resumedBehind"], written);
    assert_whole(&workplace);
}

#[test]
fn an_embedded_database_that_is_read_only_says_so() {
    let workplace = Workplace::new(Backend::Sqlite);
    let file = workplace.file("input.jsonl", lines(0..10));
    assert_eq!(workplace.import(&[&file]).0, 0);
    let token = token(&workplace);
    // The version of the format that a program must know to write it: a newer one is only read.
    let written_by = |version: u8| {
        let database = File::options().write(true).open(workplace.database_file()).unwrap();
        database.write_all_at(&[version], 18).unwrap();
    };
    written_by(3);
    let more = workplace.file("more.jsonl", native_row("more", "More words.", json!({})));
    assert_fails(&workplace, &more, "cannot be written, only read");
    let server = Server::start(&workplace);
    assert_served(&server, &token, 10);
    assert_refuses_uploads(&server, &token);
    drop(server);
    written_by(2);
    assert_eq!(workplace.import(&[&more]).0, 0);
}

#[test]
fn a_server_on_a_full_disk_is_read_and_written_again_when_there_is_room() {
    let workplace = Workplace::new(Backend::Postgres);
    assert_eq!(workplace.dixit(&["migrate", "up"]).code, 0);
    // The first batch has no rejected row, the second has: the table of those is on the full disk.
    let input = lines(0..6_000) + "{}\n" + &lines(6_000..7_000);
    let file = workplace.file("input.jsonl", &input);
    let mut direct = workplace.direct().unwrap();
    let path = "SELECT current_setting('data_directory') || '/' || \
                pg_relation_filepath('import_rejection') AS value";
    let table = direct.column(path).remove(0);
    let aside = format!("{table}.aside");
    fs::rename(&table, &aside).unwrap();
    symlink("/dev/full", &table).unwrap();
    let done = workplace.dixit(&["import", &file]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("the disk of the database is full"), "{done:?}");
    assert_eq!(durable(&workplace), Some(5_000));
    assert_whole(&workplace);
    let reading = Server::start(&workplace);
    let answer = reading.ask(READ);
    assert_eq!(number(&answer, "/data/quotes/totalCount"), 5_000);
    drop(reading);
    fs::remove_file(&table).unwrap();
    fs::rename(&aside, &table).unwrap();
    let (code, report, rejects) = workplace.import(&[&file]);
    assert_eq!((code, number(&report, "/accepted"), rejects.len()), (1, 7_000, 1), "{report}");
    assert_eq!(report["sources"][0]["resumedBehind"], 5_000);
    assert_whole(&workplace);
}

#[test]
fn a_server_that_is_only_read_says_so() {
    let primary = Cluster::start(&[]);
    primary.create("site", "template1");
    let site = Workplace::at(primary.url("site"));
    let file = site.file("input.jsonl", lines(0..10));
    assert_eq!(site.import(&[&file]).0, 0);
    let token = token(&site);
    let replica = primary.replica();
    let workplace = Workplace::at(replica.url("site"));
    let more = workplace.file("more.jsonl", native_row("more", "More words.", json!({})));
    assert_fails(&workplace, &more, "cannot be written, only read");
    assert_served(&Server::start(&workplace), &token, 10);
}

#[test]
fn rows_are_not_taken_where_the_rejected_ones_cannot_be_kept() {
    let workplace = Workplace::new(Backend::Sqlite);
    let file = workplace.file("input.jsonl", lines(0..10) + "{}\n");
    let mut command = workplace.command(&["import", "--rejects", "/dev/full", &file]);
    command.stdout(Stdio::null());
    let done = finish(command, b"");
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("rejected rows cannot be kept"), "{done:?}");
    assert_eq!(durable(&workplace), Some(0));
    assert_eq!(workplace.import(&[&file]).0, 1);
    assert_eq!(durable(&workplace), Some(11));
}
