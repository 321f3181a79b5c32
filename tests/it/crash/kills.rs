//! `kill -9` at random moments, again and again, until the import has come to its end.

use std::fs::File;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::{PATIENCE, assert_same, assert_whole, count, dump, durable, line, settle};
use crate::support::{Backend, Workplace, each_backend, number, read, text};

/// Rows of an input.
const ROWS: usize = 12_000;
/// Each so many of them are rejected.
const BAD: usize = 601;

/// How often one import is killed, at most, before it is let go to its end.
const KILLED: usize = 3;

/// How the rows come.
#[derive(Debug, Clone, Copy)]
enum Way {
    Lines,
    Gzip,
    /// All in one line.
    Array,
    Stdin,
}

const WAYS: [Way; 4] = [Way::Lines, Way::Gzip, Way::Array, Way::Stdin];

/// Numbers that look random, and are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn of(name: &str) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos();
        let now = u64::from(now);
        let seed = std::env::var("KILL_SEED").map_or(now | 1, |seed| seed.parse().unwrap());
        println!("{name}: KILL_SEED={seed}");
        Self(seed)
    }

    /// A part of this time.
    fn part(&mut self, of: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        of.mul_f64((self.0 % 10_000) as f64 / 10_000.0)
    }
}

fn rows() -> Vec<String> {
    let row = |n: usize| match n % BAD {
        0 => json!({ "text": "", "kind": "direct", "article": { "document_id": n.to_string() } })
            .to_string(),
        _ => line(n).trim_end().to_owned(),
    };
    (0..ROWS).map(row).collect()
}

fn bytes(way: Way, rows: &[String]) -> Vec<u8> {
    let lines = || rows.join("\n") + "\n";
    match way {
        Way::Lines | Way::Stdin => lines().into_bytes(),
        Way::Array => format!("[{}]", rows.join(",")).into_bytes(),
        Way::Gzip => {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(lines().as_bytes()).unwrap();
            encoder.finish().unwrap()
        }
    }
}

fn command(workplace: &Workplace, way: Way) -> Command {
    let arguments: &[&str] = match way {
        Way::Stdin => &["--resume", "-"],
        _ => &["input"],
    };
    let always = ["import", "--json", "--rejects", "rejects.jsonl"];
    let mut command = workplace.command(&[&always, arguments].concat());
    command.stdin(match way {
        Way::Stdin => File::open(workplace.path("input")).unwrap().into(),
        _ => Stdio::null(),
    });
    command.stdout(Stdio::piped());
    command
}

/// Waits for the end, at most so long; false where it has not come by then.
fn ends_within(child: &mut Child, time: Duration) -> bool {
    let started = Instant::now();
    while started.elapsed() < time {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

/// How long it takes until this import has written a further batch; `None` where it ended before.
fn first_batch(workplace: &Workplace, child: &mut Child, before: u64) -> Option<Duration> {
    let started = Instant::now();
    while durable(workplace).unwrap_or(0) <= before {
        if child.try_wait().unwrap().is_some() {
            return None;
        }
        assert!(started.elapsed() < PATIENCE, "nothing is written");
        std::thread::sleep(Duration::from_millis(2));
    }
    Some(started.elapsed())
}

/// Every rejected row stands in the file once, and in the database as there.
fn assert_rejected(workplace: &Workplace, rows: &[String]) {
    let bad: Vec<&str> = rows.iter().step_by(BAD).map(String::as_str).collect();
    let told = read(workplace.path("rejects.jsonl"));
    let told: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<&str> = told.iter().map(|told| text(told, "/row")).collect();
    assert_eq!(told, bad, "rejected rows in the file");
    let mut direct = workplace.direct().unwrap();
    let kept = "SELECT \"row\" AS value FROM import_rejection ORDER BY number";
    assert_eq!(direct.column(kept), bad, "rejected rows in the database");
}

#[test]
fn an_import_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing() {
    let kills = std::env::var("KILLS").map_or(10, |kills| kills.parse::<usize>().unwrap());
    let rows = rows();
    let (expected, whole) = {
        let workplace = Workplace::new(Backend::Sqlite);
        workplace.file("input", bytes(Way::Lines, &rows));
        let started = Instant::now();
        assert_eq!(workplace.import(&["input"]).0, 1);
        (dump(&workplace), started.elapsed())
    };
    each_backend(|backend| {
        let mut dice = Dice::of(&format!("{backend:?}"));
        let (mut killed, mut longest) = (0, Duration::ZERO);
        for way in WAYS.into_iter().cycle() {
            let workplace = Workplace::new(backend);
            workplace.file("input", bytes(way, &rows));
            let (mut runs, mut before) = (0, 0);
            let output = loop {
                let mut child = command(&workplace, way).spawn().unwrap();
                runs += 1;
                let moment = dice.part(whole);
                if runs > KILLED || killed >= kills / 2 || ends_within(&mut child, moment) {
                    if before > 0
                        && let Some(restart) = first_batch(&workplace, &mut child, before)
                    {
                        longest = longest.max(restart);
                    }
                    break Some(child.wait_with_output().unwrap());
                }
                let acknowledged = durable(&workplace).unwrap_or(0);
                child.kill().unwrap();
                let end = child.wait().unwrap();
                if end.code().is_none() {
                    killed += 1;
                }
                settle(&workplace);
                assert_whole(&workplace);
                before = durable(&workplace).unwrap_or(0);
                assert!(before >= acknowledged, "{acknowledged} rows were there, now {before}");
                println!("{way:?}: killed after {moment:?} at {before} rows");
                // All was written, and only the report was not.
                let finished = "SELECT count(*) FROM import WHERE state = 'FINISHED'";
                if count(&workplace, finished) == Some(1) {
                    break None;
                }
            };
            if let Some(output) = output {
                let report: Value = serde_json::from_slice(&output.stdout).unwrap();
                assert_eq!(output.status.code(), Some(1), "{report}");
                assert_eq!(number(&report, "/lines"), ROWS as u64, "{report}");
            }
            assert_whole(&workplace);
            assert_same(&dump(&workplace), &expected);
            assert_rejected(&workplace, &rows);
            let imports = count(&workplace, "SELECT count(*) FROM import");
            assert_eq!(imports, Some(1), "one import, however often it was killed");
            if killed >= kills / 2 {
                break;
            }
        }
        println!("{backend:?}: {killed} kills, longest restart to a first new batch {longest:?}");
    });
}

/// What an extractor finds in every article, in its first version and in its second, which has lost
/// quotes and found others; rows of an article stand together.
fn extracted(version: usize) -> String {
    let mut rows: Vec<usize> = (0..6_000).filter(|n| !(n + version).is_multiple_of(7)).collect();
    rows.sort_by_key(|n| n % 1_500);
    let row = |n: usize| {
        let mut row: Value = serde_json::from_str(&line(n)).unwrap();
        row["extractor"] = json!({ "name": "finder", "version": version.to_string() });
        format!("{row}\n")
    };
    rows.into_iter().map(row).collect()
}

/// Everything but when and by which import quotes vanished.
fn dump_of_replaced(workplace: &Workplace) -> String {
    let alike =
        "UPDATE quote SET vanished_at = 0, vanished_by = NULL WHERE vanished_at IS NOT NULL";
    workplace.direct().unwrap().run(alike);
    dump(workplace)
}

#[test]
fn an_import_that_replaces_articles_and_is_killed_ends_as_if_it_had_not_been() {
    let prepared = |backend: Backend| {
        let workplace = Workplace::new(backend);
        let before = workplace.file("before.jsonl", extracted(1));
        assert_eq!(workplace.import(&[&before]).0, 0);
        workplace.file("after.jsonl", extracted(2));
        workplace
    };
    let again = ["import", "--json", "--replace-article", "after.jsonl"];
    let (expected, whole) = {
        let workplace = prepared(Backend::Sqlite);
        let started = Instant::now();
        assert_eq!(workplace.dixit(&again).code, 0);
        let whole = started.elapsed();
        let vanished = count(&workplace, "SELECT count(*) FROM quote WHERE vanished_at > 0");
        assert!(vanished > Some(500), "{vanished:?} quotes vanished");
        (dump_of_replaced(&workplace), whole)
    };
    each_backend(|backend| {
        let mut dice = Dice::of(&format!("{backend:?}, replacing"));
        let workplace = prepared(backend);
        for _ in 0..KILLED {
            let mut child = workplace.command(&again).stdout(Stdio::null()).spawn().unwrap();
            let moment = dice.part(whole);
            if ends_within(&mut child, moment) {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            settle(&workplace);
            assert_whole(&workplace);
            println!("killed after {moment:?} at {:?} rows", durable(&workplace));
        }
        let done = workplace.dixit(&again);
        assert_eq!(done.code, 0, "{done:?}");
        assert_whole(&workplace);
        assert_same(&dump_of_replaced(&workplace), &expected);
    });
}
