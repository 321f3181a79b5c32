//! Rejected rows: kept through a crash, each once; mended by a program, and imported again.

use std::process::Stdio;

use serde_json::{Value, json};

use super::{Moment, assert_whole, durable, line, settle};
use crate::support::{
    Backend, Workplace, each_backend, native_row, number, quotebank_row, read, text,
};

/// What stands in the file of rejected rows.
fn told(workplace: &Workplace) -> Vec<Value> {
    let lines = read(workplace.path("rejects.jsonl"));
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Writes rejected rows to a file of their own, each mended.
fn mended(workplace: &Workplace, mend: impl Fn(&str) -> String) -> String {
    let rows = told(workplace).into_iter().map(|mut told| {
        told["row"] = mend(text(&told, "/row")).into();
        format!("{told}\n")
    });
    workplace.file("mended.jsonl", rows.collect::<String>())
}

#[test]
fn what_was_rejected_and_mended_is_as_if_it_had_been_right() {
    let native = |words: &str| native_row(words, words, json!({ "speaker": "Ada Quill" }));
    let quotebank = |words: &str| quotebank_row(words, words, json!({}));
    let formats: [&dyn Fn(&str) -> String; 2] = [&native, &quotebank];
    each_backend(|backend| {
        for row in formats {
            let workplace = Workplace::new(backend);
            let right: String = (0..20).map(|n| row(&format!("Words {n}."))).collect();
            // A key that is not known, and one that is missing its end.
            let wrong = right.replace("\"Words 7", "\"Wrods\": 1, \"x\": \"Words 7");
            let wrong = wrong.replacen("}\n", "\n", 1);
            let file = workplace.file("input.jsonl", &wrong);
            let (code, report, rejects) = workplace.import(&[&file]);
            assert_eq!((code, number(&report, "/accepted")), (1, 18), "{rejects:#?}");
            let mend = |row: &str| {
                let row = row.replace("\"Wrods\": 1, \"x\": \"Words 7", "\"Words 7");
                if row.ends_with("}") && serde_json::from_str::<Value>(&row).is_ok() {
                    row
                } else {
                    row + "}"
                }
            };
            let again = mended(&workplace, mend);
            let (code, report, rejects) = workplace.import(&[&again]);
            assert_eq!((code, number(&report, "/accepted")), (0, 2), "{rejects:#?}");
            let right = workplace.file("right.jsonl", right);
            let (_, report, _) = workplace.import(&[&right]);
            assert_eq!(number(&report, "/known"), 20, "{report}");
        }
    });
}

#[test]
fn rejected_rows_of_a_killed_import_stay_in_their_file_and_none_comes_twice() {
    let bad = |n: usize| native_row("bad", "", json!({ "external_id": n.to_string() }));
    let input: String = (0..12_000).map(|n| if n % 500 == 3 { bad(n) } else { line(n) }).collect();
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let other = workplace.file("other.jsonl", bad(0));
        assert_eq!(workplace.import(&[&other]).2.len(), 1);
        let file = workplace.file("input.jsonl", &input);
        let mut import = workplace.command(&["import", "--rejects", "rejects.jsonl", &file]);
        let mut import = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Moment::Durable(1).wait(&workplace, &mut import);
        import.kill().unwrap();
        assert_eq!(import.wait().unwrap().code(), None, "it ended before");
        settle(&workplace);
        // Those of what is durable are there; of the batch behind it there may be some.
        let kept = usize::try_from(durable(&workplace).unwrap()).unwrap() / 500;
        assert!(told(&workplace).len() >= kept, "{kept} were written");
        // A crash in the middle of a row.
        let torn = read(workplace.path("rejects.jsonl")) + "{\"import\": \"torn";
        workplace.file("rejects.jsonl", torn);
        // Another import meanwhile leaves them there.
        workplace.import(&[&other]);
        let (code, report, rejects) = workplace.import(&[&file]);
        assert_eq!((code, number(&report, "/rejected")), (1, 24), "{report}");
        let of_file = rejects.iter().filter(|told| text(told, "/source") == file);
        let lines: Vec<u64> = of_file.map(|told| number(told, "/line")).collect();
        assert_eq!(lines, (0..24).map(|n| n * 500 + 4).collect::<Vec<_>>());
        assert_eq!(rejects.len(), 24, "those of a finished import go");
        assert_whole(&workplace);
    });
}

#[test]
fn a_file_of_something_else_is_not_emptied() {
    let workplace = Workplace::new(Backend::Sqlite);
    let input = workplace.file("input.jsonl", line(0));
    let about = json!({ "document_id": "a", "title": "Harbour" });
    let articles = workplace.file("articles.jsonl", format!("{about}\n"));
    let notes = workplace.file("notes.txt", "Call Ada back.\nAsk about the boats.\n");
    for (file, why) in [
        (&articles, "is an input of this import"),
        (&notes, "holds something else than rejected rows"),
        (&input, "is an input of this import"),
    ] {
        let before = read(workplace.path(file));
        let arguments = ["import", "--articles", &articles, "--rejects", file, &input];
        let done = workplace.dixit(&arguments);
        assert_eq!(done.code, 2, "{done:?}");
        assert!(done.err.contains(why), "{done:?}");
        assert_eq!(read(workplace.path(file)), before);
    }
}

#[test]
fn what_could_not_be_kept_as_it_stood_is_rejected_until_it_is_mended() {
    let bad = native_row("a", "Caf\u{e9} is open.", json!({}));
    let bad: Vec<u8> = bad.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let (_, _, rejects) = workplace.import(&[&workplace.file("latin.jsonl", &bad)]);
        assert_eq!((text(&rejects[0], "/code"), &rejects[0]["cut"]), ("not_utf8", &json!(true)));
        let again = mended(&workplace, str::to_owned);
        let (code, report, _) = workplace.import(&[&again]);
        assert_eq!((code, number(&report, "/rejected")), (1, 1), "{report}");
        let rows = rejects.into_iter().map(|mut told| {
            told["row"] = text(&told, "/row").replace('\u{fffd}', "\u{e9}").into();
            told.as_object_mut().unwrap().remove("cut");
            format!("{told}\n")
        });
        let again = workplace.file("again.jsonl", rows.collect::<String>());
        let (code, report, _) = workplace.import(&[&again]);
        assert_eq!((code, number(&report, "/accepted")), (0, 1), "{report}");
    });
}

#[test]
fn two_imports_do_not_share_one_file_of_rejected_rows() {
    let workplace = Workplace::new(Backend::Sqlite);
    let input = workplace.file("input.jsonl", line(0));
    workplace.file("rejects.jsonl", "");
    let held = std::fs::File::open(workplace.path("rejects.jsonl")).unwrap();
    held.lock().unwrap();
    let import = ["import", "--rejects", "rejects.jsonl", &input];
    let done = workplace.dixit(&import);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("is being written by another import"), "{done:?}");
    drop(held);
    assert_eq!(workplace.dixit(&import).code, 0);
}
