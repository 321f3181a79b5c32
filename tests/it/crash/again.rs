//! The same input again: after a stop, changed, grown, with other options, twice at once.

use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{
    Moment, PATIENCE, assert_same, assert_whole, count, dump, durable, lines, start, undisturbed,
};
use crate::support::{Backend, Workplace, each_backend, finish, native_row, number, text};

const BAD: &str = "{\"text\": \"\", \"kind\": \"direct\", \"article\": {\"document_id\": \"x\"}}\n";

fn signal(child: &Child, name: &str) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
}

/// How the imports into a database stand, oldest first.
fn states(workplace: &Workplace) -> Vec<String> {
    let mut direct = workplace.direct().expect("an import was here");
    direct.column("SELECT state AS value FROM import ORDER BY started_at")
}

/// An import of a file that was killed behind its first batch.
fn killed(workplace: &Workplace, arguments: &[&str]) {
    let mut import = workplace.command(&[&["import"], arguments].concat());
    let mut import = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    Moment::Durable(1).wait(workplace, &mut import);
    import.kill().unwrap();
    assert_eq!(import.wait().unwrap().code(), None, "it ended before");
    super::settle(workplace);
}

/// Where a report says that it went on.
fn behind(report: &Value) -> u64 {
    report["sources"][0]["resumedBehind"].as_u64().unwrap_or(0)
}

#[test]
fn a_stopped_import_says_how_it_goes_on_and_does() {
    // So many that a signal that is late on a busy machine still comes before the end.
    let input = lines(0..20_000);
    let expected = undisturbed(&[&input]);
    each_backend(|backend| {
        for (name, code) in [("-INT", 130), ("-TERM", 143)] {
            let workplace = Workplace::new(backend);
            let file = workplace.file("the input.jsonl", &input);
            let mut import = workplace.command(&["import", "--from-start", &file]);
            let mut import = import.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
            Moment::Durable(1).wait(&workplace, &mut import);
            signal(&import, name);
            let output = import.wait_with_output().unwrap();
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(code), "{told}");
            assert_eq!(states(&workplace), ["INTERRUPTED"], "{told}");
            let written = durable(&workplace).unwrap();
            assert!(written > 0 && written < 20_000, "{written}");
            let again = told.lines().last().unwrap().trim();
            assert!(again.ends_with(" import 'the input.jsonl'"), "{told}");
            let mut shell = Command::new("sh");
            shell.args(["-c", again]).current_dir(workplace.path(".")).env_clear();
            shell.env("DATABASE_URL", workplace.url());
            let done = finish(shell, b"");
            assert_eq!(done.code, 0, "{done:?}");
            assert!(done.err.contains(&format!("going on behind line {written}")), "{done:?}");
            assert_eq!(states(&workplace), ["FINISHED"]);
            assert_whole(&workplace);
            assert_same(&dump(&workplace), &expected);
        }
    });
}

#[test]
fn an_import_that_waits_for_its_input_is_stopped_and_goes_on_with_the_same_input() {
    let input = lines(0..7_000);
    let expected = undisturbed(&[&input]);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let mut import = start(&workplace, "-");
        let mut pipe = import.stdin.take().unwrap();
        pipe.write_all(input.as_bytes()).unwrap();
        Moment::Durable(5_000).wait(&workplace, &mut import);
        signal(&import, "-INT");
        assert_eq!(import.wait().unwrap().code(), Some(130));
        drop(pipe);
        assert_eq!(states(&workplace), ["INTERRUPTED"]);
        let arguments = ["import", "--json", "--resume", "-"];
        let done = workplace.dixit_reading(&arguments, input.as_bytes());
        let report: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!((done.code, number(&report, "/accepted")), (0, 7_000), "{report}");
        assert!(behind(&report) >= 5_000, "{report}");
        assert_same(&dump(&workplace), &expected);
        // Another night's input is no other state of this one.
        let other = native_row("other", "Another night.", json!({}));
        let done = workplace.dixit_reading(&arguments, other.as_bytes());
        let report: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!((done.code, number(&report, "/accepted")), (0, 1), "{report}");
    });
}

#[test]
fn a_second_signal_ends_at_once_an_import_that_cannot_finish_its_batch() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        assert_eq!(workplace.dixit(&["migrate", "up"]).code, 0);
        let file = workplace.file("input.jsonl", lines(0..6_000));
        // Somebody else writes, and does not come to an end.
        let mut other = workplace.direct().unwrap();
        other.run(match backend {
            Backend::Sqlite => "BEGIN IMMEDIATE",
            Backend::Postgres => "SELECT pg_advisory_lock(x'6469786974000001'::bigint)",
        });
        let mut import = start(&workplace, &file);
        std::thread::sleep(Duration::from_secs(3));
        signal(&import, "-INT");
        std::thread::sleep(Duration::from_secs(1));
        assert_eq!(import.try_wait().unwrap(), None, "it did not wait for its batch");
        let asked = Instant::now();
        signal(&import, "-TERM");
        assert_eq!(import.wait().unwrap().code(), Some(143));
        assert!(asked.elapsed() < Duration::from_secs(30), "it waited for its batch");
        drop(other);
        assert_eq!(durable(&workplace), Some(0));
    });
}

#[test]
fn a_file_that_begins_otherwise_is_read_from_its_beginning_unless_that_is_refused() {
    let (input, other) = (lines(0..8_000), lines(1..8_000));
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let file = workplace.file("input.jsonl", &input);
        killed(&workplace, &[&file]);
        workplace.file("input.jsonl", &other);
        let (code, report, _) = workplace.import(&["--resume", &file]);
        assert_eq!((code, number(&report, "/lines")), (2, 0), "{report}");
        assert!(text(&report, "/failed/0").contains("--from-start"), "{report}");
        let (code, report, _) = workplace.import(&[&file]);
        assert_eq!((code, behind(&report), number(&report, "/lines")), (0, 0, 7_999));
        assert_eq!(states(&workplace), ["INTERRUPTED", "FINISHED"]);
        assert_whole(&workplace);
        assert_same(&dump(&workplace), &undisturbed(&[&lines(0..8_000)]));
    });
}

#[test]
fn of_a_file_that_has_grown_the_rest_is_read_once_it_is_asked_for() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let whole = lines(0..6);
        let file = workplace.file("input.jsonl", lines(0..4));
        assert_eq!(workplace.import(&[&file]).0, 0);
        workplace.file("input.jsonl", &whole);
        let (_, report, _) = workplace.import(&["--resume", &file]);
        assert_eq!((behind(&report), number(&report, "/accepted")), (4, 6), "{report}");
        // Nothing new, and nothing read again.
        let (code, report, _) = workplace.import(&["--resume", &file]);
        assert_eq!((code, behind(&report), number(&report, "/accepted")), (0, 6, 6), "{report}");
        // Not asked for, it is read from its beginning, as from the start.
        for arguments in [&[&*file][..], &["--from-start", &file]] {
            let (code, report, _) = workplace.import(arguments);
            assert_eq!((code, number(&report, "/known")), (0, 6), "{report}");
        }
        // The last line was not whole when it was read.
        workplace.file("input.jsonl", whole.clone() + "{\"text\": \"");
        assert_eq!(workplace.import(&[&file]).0, 1);
        workplace.file("input.jsonl", lines(0..7));
        let (code, report, _) = workplace.import(&["--resume", &file]);
        assert_eq!((code, behind(&report), number(&report, "/accepted")), (0, 0, 1), "{report}");
    });
}

/// Its state, and what is said of what went wrong.
fn stand(workplace: &Workplace) -> Vec<String> {
    let stand =
        "SELECT state || ' ' || COALESCE(problem, '-') AS value FROM import ORDER BY started_at";
    workplace.direct().unwrap().column(stand)
}

#[test]
fn an_array_that_broke_off_goes_on_where_it_is_whole() {
    let rows: Vec<String> = (0..10).map(|n| lines(n..n + 1).trim().to_owned()).collect();
    let whole = format!("[{}]", rows.join(",\n"));
    let expected = undisturbed(&[&lines(0..10)]);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        // In the middle of the fourth.
        let torn = whole.split_inclusive('\n').take(3).collect::<String>() + &rows[3][..30];
        let file = workplace.file("input.json", torn);
        let (code, report, rejects) = workplace.import(&[&file]);
        let counts = ["/accepted", "/rejected"].map(|count| number(&report, count));
        assert_eq!((code, counts, rejects.len()), (1, [3, 0], 0), "{report}");
        assert!(text(&report, "/failed/0").contains("it breaks off in the element"), "{report}");
        workplace.file("input.json", &whole);
        let (code, report, _) = workplace.import(&[&file]);
        assert_eq!((code, behind(&report), number(&report, "/accepted")), (0, 2, 10), "{report}");
        assert_eq!(stand(&workplace), ["FINISHED -"]);
        assert_same(&dump(&workplace), &expected);
    });
}

#[test]
fn a_table_that_broke_off_within_a_cell_is_read_again_from_its_beginning() {
    let torn = "quote,speaker,doc_id\nWe shall see.,Ada Quill,a\n\"Line one of it.\n";
    let whole = format!("{torn}Line two of it.\",Bo Carver,b\n");
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let file = workplace.file("input.csv", torn);
        let (code, report, _) = workplace.import(&["--max-rejects", "0", &file]);
        assert_eq!((code, number(&report, "/rejected")), (1, 1), "{report}");
        workplace.file("input.csv", &whole);
        let (code, report, _) = workplace.import(&["--max-rejects", "5", &file]);
        assert_eq!((code, behind(&report), number(&report, "/rejected")), (0, 0, 0), "{report}");
        let texts = "SELECT text AS value FROM quote ORDER BY text";
        let expected = ["Line one of it.\nLine two of it.", "We shall see."];
        assert_eq!(workplace.direct().unwrap().column(texts), expected);
    });
}

/// What a file has grown by may be of an article whose other quotes stand before.
#[test]
fn of_a_file_that_has_grown_nothing_vanishes_that_it_still_holds() {
    let vanished = |workplace: &Workplace| {
        count(workplace, "SELECT count(*) FROM quote WHERE vanished_at IS NOT NULL")
    };
    let rows = |from: usize, to: usize| -> String {
        let row = |n| native_row("a", &format!("We counted {n} boats."), json!({ "start": n }));
        (from..to).map(row).collect()
    };
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let file = workplace.file("input.jsonl", rows(0, 4));
        let import = |arguments: &[&str]| {
            let all = [&["--replace-article", &file], arguments].concat();
            let (code, report, _) = workplace.import(&all);
            assert_eq!((code, vanished(&workplace)), (0, Some(0)), "{report}");
            number(&report, "/lines")
        };
        assert_eq!(import(&[]), 4);
        workplace.file("input.jsonl", rows(0, 6));
        assert_eq!(import(&["--resume"]), 6);
        // Killed while it looked for what is gone.
        workplace.direct().unwrap().run("UPDATE import SET state = 'RUNNING'");
        workplace.file("input.jsonl", rows(0, 8));
        assert_eq!(import(&[]), 8);
        assert_eq!(count(&workplace, "SELECT count(*) FROM import_seen"), Some(0));
        workplace.file("input.jsonl", rows(4, 8));
        let (_, report, _) = workplace.import(&["--replace-article", &file]);
        assert_eq!((number(&report, "/replaced/vanished"), vanished(&workplace)), (4, Some(4)));
    });
}

#[test]
fn an_import_with_other_options_is_another_one() {
    let input = lines(0..6_000);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let file = workplace.file("input.jsonl", &input);
        killed(&workplace, &["--annotator", "ada", &file]);
        let (code, report, _) = workplace.import(&["--annotator", "bo", &file]);
        assert_eq!((code, behind(&report), number(&report, "/lines")), (0, 0, 6_000));
        let (code, report, _) = workplace.import(&["--annotator", "ada", &file]);
        assert_eq!((code, behind(&report)), (0, 5_000), "{report}");
        assert_whole(&workplace);
    });
}

#[test]
fn an_import_stops_where_too_many_rows_are_rejected_and_goes_on_where_more_are_allowed() {
    let input = BAD.repeat(2) + &lines(0..6_000) + BAD + &lines(6_000..7_000);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let file = workplace.file("input.jsonl", &input);
        let (code, report, rejects) = workplace.import(&["--max-rejects", "1", &file]);
        assert_eq!((code, number(&report, "/rejected"), rejects.len()), (1, 2, 2), "{report}");
        assert_eq!(states(&workplace), ["STOPPED"]);
        let written = durable(&workplace).unwrap();
        assert!(written < 7_000, "{written}");
        // Given again with the same number it does nothing.
        let (code, _, _) = workplace.import(&["--max-rejects", "1", &file]);
        assert_eq!((code, durable(&workplace)), (1, Some(written)));
        let (code, report, rejects) = workplace.import(&["--max-rejects", "3", &file]);
        assert_eq!((code, behind(&report)), (1, written), "{report}");
        assert_eq!((number(&report, "/accepted"), rejects.len()), (7_000, 3), "{report}");
        assert_eq!(states(&workplace), ["FINISHED"]);
        assert_whole(&workplace);
    });
}

#[test]
fn the_same_file_imported_twice_at_once_is_there_once() {
    let input = lines(0..12_000);
    let expected = undisturbed(&[&input]);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let file = workplace.file("input.jsonl", &input);
        let mut first = start(&workplace, &file);
        Moment::Durable(1).wait(&workplace, &mut first);
        let second = start(&workplace, &file);
        let ends = [first, second].map(|mut import| import.wait().unwrap().code());
        assert_eq!(ends, [Some(0); 2]);
        assert_eq!(states(&workplace), ["FINISHED"; 2]);
        assert_whole(&workplace);
        assert_same(&dump(&workplace), &expected);
        // Given twice in one run, neither waits for the other.
        assert_eq!(workplace.import(&[&file, &file]).0, 0);
    });
}

#[test]
fn an_import_that_another_process_has_taken_up_ends_and_writes_no_more() {
    let (first, rest) = (lines(0..6_000), lines(6_000..12_000));
    let expected = undisturbed(&[&(first.clone() + &rest)]);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let mut slow = workplace.command(&["import", "--resume", "-"]);
        let mut slow = slow.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = slow.stdin.take().unwrap();
        pipe.write_all(first.as_bytes()).unwrap();
        Moment::Durable(5_000).wait(&workplace, &mut slow);
        let whole = first.clone() + &rest;
        let done = workplace.dixit_reading(&["import", "--resume", "-"], whole.as_bytes());
        assert_eq!(done.code, 0, "{done:?}");
        // It may end as soon as it has a batch.
        drop(pipe.write_all(rest.as_bytes()));
        drop(pipe);
        let output = slow.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("another process goes on with this import"), "{told}");
        assert_eq!(count(&workplace, "SELECT count(*) FROM import"), Some(1));
        assert_whole(&workplace);
        assert_same(&dump(&workplace), &expected);
    });
}

#[test]
fn a_named_pipe_is_read_to_its_end() {
    let workplace = Workplace::new(Backend::Sqlite);
    let pipe = workplace.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let import = start(&workplace, "pipe");
    let writing = std::thread::spawn(move || std::fs::write(pipe, lines(0..100)));
    let started = Instant::now();
    let mut import = import;
    while import.try_wait().unwrap().is_none() {
        assert!(started.elapsed() < PATIENCE, "it does not end");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(import.wait().unwrap().code(), Some(0));
    writing.join().unwrap().unwrap();
    assert_eq!(durable(&workplace), Some(100));
}
