//! Inputs that are made to exhaust whoever reads them: refused or passed over, in little memory.

use std::io::{BufWriter, Write};
use std::process::{ChildStdin, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::inputs::{COMPRESSED, bomb, gzip};
use crate::support::{Backend, Workplace, native_row, number, text};

const MEBIBYTE: usize = 1 << 20;
/// How much more memory than for one row an attack may cost, in kibibytes. What is aimed at is half.
const MOST: u64 = 64 << 10;
/// How much memory any import may take, in kibibytes.
const EVER: u64 = 256 << 10;

/// What an import did, and what it cost.
struct Cost {
    report: Value,
    code: Option<i32>,
    /// The most memory that it ever held, in kibibytes.
    memory: u64,
}

/// Imports what is written to its standard input, and tells what that cost.
fn import(
    place: &Workplace,
    name: &str,
    arguments: &[&str],
    write: impl FnOnce(&mut BufWriter<ChildStdin>) -> std::io::Result<()> + Send + 'static,
) -> Cost {
    let rejects = place.path("rejects.jsonl");
    let always = ["import", "--json", "--rejects", rejects.to_str().unwrap()];
    let mut command = place.command(&[&always, arguments, &["-"]].concat());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let started = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut input = BufWriter::with_capacity(MEBIBYTE, child.stdin.take().unwrap());
    // It is refused before its end: the pipe breaks then.
    let writing = std::thread::spawn(move || drop(write(&mut input).and_then(|()| input.flush())));
    let mut memory = 0;
    while child.try_wait().unwrap().is_none() {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
        let peak = status.unwrap_or_default();
        let peak = peak.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok());
        memory = memory.max(peak.unwrap_or(0));
        assert!(started.elapsed() < Duration::from_secs(500), "{name} is not refused");
        std::thread::sleep(Duration::from_millis(3));
    }
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    println!("{name}: {:.1} s, {} MiB", started.elapsed().as_secs_f64(), memory >> 10);
    let report = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{name}: {error}: {output:?}"));
    Cost { report, code: output.status.code(), memory }
}

fn good(words: &str) -> String {
    native_row("bombs", words, json!({ "speaker": "Ada Quill" }))
}

/// Two gibibytes of this letter, and no more.
fn endless(out: &mut impl Write, letter: u8) -> std::io::Result<()> {
    let block = vec![letter; MEBIBYTE];
    (0..2 << 10).try_for_each(|_| out.write_all(&block))
}

/// What writes an input.
type Writing = Box<dyn FnOnce(&mut BufWriter<ChildStdin>) -> std::io::Result<()> + Send>;

/// An input that begins so and goes on with one letter.
fn then(beginning: impl Into<String>, letter: u8) -> Writing {
    let beginning = beginning.into();
    Box::new(move |out| {
        out.write_all(beginning.as_bytes())?;
        endless(out, letter)
    })
}

/// An input that is this.
fn just(bytes: impl Into<Vec<u8>>) -> Writing {
    let bytes = bytes.into();
    Box::new(move |out| out.write_all(&bytes))
}

#[test]
fn an_input_without_bounds_is_refused_in_bounded_memory_and_what_stood_before_is_kept() {
    let place = Workplace::new(Backend::Sqlite);
    let one = import(&place, "one row", &[], just(good("First.")));
    assert_eq!(one.code, Some(0));
    let native: &[&str] = &["--format", "native"];
    let line = good("Second.");
    let element = format!("[{},", good("Third.").trim_end());
    let start = "{\"text\": \"";
    // What is accepted of it, and whether the input is given up.
    let cases: Vec<(&str, &[&str], Writing, u64, bool)> = vec![
        ("2 GiB line", &[], then(line.clone(), b'x'), 0, true),
        ("2 GiB line at the beginning", native, then("", b'x'), 0, true),
        ("2 GiB of a JSON text", &[], then(good("Fourth.") + start, b'x'), 1, true),
        ("2 GiB of brackets", native, then("", b'['), 0, true),
        ("2 GiB of an element", &[], then(element.clone() + start, b'x'), 1, true),
        ("2 GiB of white space in an array", &[], then(element, b' '), 0, true),
        ("2 GiB of empty lines", &[], then(line, b'\n'), 0, true),
        ("2 GiB of a document", &[], then("{\n", b' '), 0, true),
        ("a head of 100,000 columns", &[], just("a,".repeat(100_000) + "\n1\n"), 0, true),
        ("a million deep", &[], just("{\"a\":".repeat(1_000_000)), 0, true),
        ("a million deep, insisted on", native, just("[".repeat(1_000_000)), 0, true),
        (
            "a million deep in a row",
            &[],
            just(good("Fifth.") + &"{\"a\":".repeat(200_000)),
            1,
            false,
        ),
        ("a million empty lines", &[], just("\n".repeat(1_000_000)), 0, true),
        (
            "a million empty lines and a row",
            native,
            just("\n".repeat(1_000_000) + &good("Sixth.")),
            1,
            false,
        ),
        ("100,000 small members", &[], just(gzip(b"\n").repeat(100_000)), 0, true),
    ];
    for (name, arguments, write, accepted, given_up) in cases {
        let cost = import(&place, name, arguments, write);
        assert!(matches!(cost.code, Some(0..=2)), "{name}: {:?}", cost.code);
        let failed = cost.report["failed"].as_array().unwrap();
        assert_eq!(!failed.is_empty(), given_up, "{name}: {:.500}", cost.report);
        if !name.ends_with(" line") && !name.ends_with(" lines") {
            assert_eq!(number(&cost.report, "/accepted"), accepted, "{name}: {:.500}", cost.report);
        }
        assert!(cost.memory < one.memory + MOST, "{name}: {} KiB", cost.memory);
    }
}

#[test]
fn zip_bombs_are_refused_in_bounded_memory() {
    let place = Workplace::new(Backend::Sqlite);
    let one = import(&place, "one row", &[], just(good("First.")));
    let bomb = bomb();
    for (name, compress) in COMPRESSED {
        let small = compress(&bomb[..bomb.len() / 100]);
        for (name, bytes) in [
            (format!("one member of {name}"), compress(&bomb)),
            (format!("many members of {name}"), small.repeat(400)),
        ] {
            let cost = import(&place, &name, &["--format", "native"], just(bytes));
            let failed = text(&cost.report, "/failed/0");
            assert!(failed.contains("more than 200 times its size"), "{name}: {failed}");
            assert!(cost.memory < one.memory + MOST, "{name}: {} KiB", cost.memory);
        }
    }
}

#[test]
fn a_million_elements_that_are_no_rows_are_rejected_in_bounded_memory() {
    let place = Workplace::new(Backend::Sqlite);
    let input = format!("[{}1]", "1,".repeat(99_999));
    let cost = import(&place, "100,000 elements", &["--format", "native"], just(input.clone()));
    assert_eq!((cost.code, number(&cost.report, "/rejected")), (Some(1), 100_000));
    assert!(cost.memory < EVER, "{} KiB", cost.memory);
    let stopping = ["--format", "native", "--max-rejects", "10"];
    let cost = import(&place, "a million elements, ten allowed", &stopping, just(input.repeat(10)));
    assert_eq!((cost.code, number(&cost.report, "/rejected")), (Some(1), 5_000));
}

/// None of these rows shows its article, and each is kept with the head of its table.
#[test]
fn rejected_rows_are_held_no_longer_than_others() {
    let place = Workplace::new(Backend::Sqlite);
    let input = native_row("a", "We shall see.", json!({})) + &"x\n".repeat(150_000);
    let plain = import(&place, "150,000 rejected", &["--format", "native"], just(input.clone()));
    let replacing = ["--format", "native", "--replace-article"];
    let cost = import(&place, "150,000 rejected, replacing", &replacing, just(input));
    assert_eq!(number(&cost.report, "/rejected"), 150_000);
    assert!(cost.memory < plain.memory + MOST, "{} KiB, {} KiB", cost.memory, plain.memory);
    let columns: Vec<String> = (0..900).map(|n| format!("column {n:09}")).collect();
    let table = format!("quote,speaker,doc_id,{}\n{}", columns.join(","), "x\n".repeat(4_000));
    let cost = import(&place, "4,000 rejected with their head", &[], just(table));
    assert_eq!(number(&cost.report, "/rejected"), 4_000);
    assert!(cost.memory < plain.memory + MOST, "{} KiB, {} KiB", cost.memory, plain.memory);
}

/// What a record says of its article once is held once, or not at all.
#[test]
fn an_article_that_says_much_costs_no_more_for_each_of_its_quotes() {
    let place = Workplace::new(Backend::Sqlite);
    let one = import(&place, "one row", &[], just(good("We shall see.")));
    let long = "𝒳".repeat(3_990);
    let quotes = |many: usize| -> Vec<Value> {
        (0..many).map(|n| json!({ "pre": "", "quote": n.to_string(), "post": "" })).collect()
    };
    let line = |many: usize, title: &str| {
        let url = format!("https://news.example/{}", "x".repeat(3_900));
        json!({ "date": "2021-08-13T18:45:00Z", "url": url, "title": title, "lang": title,
            "quotes": quotes(many) })
        .to_string()
    };
    let cost = import(&place, "19,000 quotes, a long title", &[], just(line(19_000, &long)));
    assert_eq!((cost.code, number(&cost.report, "/rejected")), (Some(1), 1));
    assert!(cost.memory < one.memory + 2 * MOST, "{} KiB", cost.memory);
    let cost = import(&place, "5,000 quotes, a short title", &[], just(line(5_000, "Ships")));
    assert_eq!(number(&cost.report, "/accepted"), 5_000);
    assert!(cost.memory < one.memory + 2 * MOST, "{} KiB", cost.memory);
}

#[test]
fn memory_stays_flat_however_long_the_input() {
    let rows = std::env::var("STREAMED").map_or(60_000, |rows| rows.parse::<usize>().unwrap());
    let place = Workplace::new(Backend::Sqlite);
    let stream = move |out: &mut BufWriter<ChildStdin>| {
        (0..rows).try_for_each(|n| {
            let more = json!({ "speaker": format!("Ada Quill {}", n % 977) });
            let document = format!("article-{}", n / 10);
            let words = format!("We counted {n} boats.");
            out.write_all(native_row(&document, &words, more).as_bytes())
        })
    };
    let cost = import(&place, &format!("{rows} rows"), &[], stream);
    assert_eq!(number(&cost.report, "/accepted"), rows as u64, "{}", cost.report);
    assert!(cost.memory < EVER, "{} KiB", cost.memory);
}
