//! Imports that are killed, stopped, or run beside each other: whole batches, and nothing lost.

mod again;
mod kills;
mod rejects;
mod unwritable;

use std::io::Write as _;
use std::ops::Range;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Backend, Workplace, each_backend, native_row, number};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(300);

const ROLES: [&str; 5] =
    ["UN spokesman", "defence minister", "former prime minister", "police chief", "analyst"];
const ORGANISATIONS: [&str; 4] = ["United Nations", "UNHCR", "Harbour Watch", "Pentagon"];
const GIVEN: [&str; 5] = ["Ada", "Tobit", "Henrike", "Anselm", "Zdenka"];
const FAMILY: [&str; 11] = [
    "Quill", "Aldersea", "Vossberg", "Okoro", "Orlavy", "Marsh", "Tern", "Dunlin", "Ruff", "Knot",
    "Plover",
];

/// Line `n` of an input about 1,500 articles: no two are the same quote, words are reprinted after
/// 7,001 lines, and later lines tell more of their article and earlier dates.
fn line(n: usize) -> String {
    let (article, turn, words) = (n % 1_500, n / 1_500, n % 7_001);
    let mut about = json!({ "url": format!("https://paper{}.example/{article}", article % 40) });
    match turn {
        1 => about["title"] = json!(format!("Day {article}")),
        3 => about["language"] = json!("en"),
        5 => about["authors"] = json!(["Henrike Vossberg"]),
        9 => about["licence"] = json!("CC0-1.0"),
        _ => about["publisher"] = json!(format!("Paper {}", article % 40)),
    }
    let mut more = json!({ "article": about, "said_at": format!("{}-08-13", 2025 - turn) });
    if words % 7 > 0 {
        more["speaker"] = json!(format!("{} {}", GIVEN[words % 5], FAMILY[words % 11]));
    }
    if !n.is_multiple_of(3) {
        more["role"] = json!(ROLES[n % 5]);
        more["organisation"] = json!(ORGANISATIONS[n % 4]);
    }
    native_row("", &format!("We counted the boats of quay {words} ourselves."), more)
}

/// Lines of that input.
pub fn lines(range: Range<usize>) -> String {
    range.map(line).collect()
}

/// A number in the database; `None` as long as that has no such table, or is locked.
fn count(workplace: &Workplace, expression: &str) -> Option<u64> {
    let statement = format!("SELECT CAST(({expression}) AS TEXT) AS value");
    Some(workplace.direct()?.try_column(&statement).ok()?.first()?.parse().unwrap())
}

fn dump(workplace: &Workplace) -> String {
    workplace.direct().expect("an import was here").dump()
}

/// How many lines of all imports are durable.
fn durable(workplace: &Workplace) -> Option<u64> {
    count(workplace, "SELECT COALESCE(sum(lines), 0) FROM import")
}

/// What must hold of a database whatever happened to those who wrote it.
fn assert_whole(workplace: &Workplace) {
    if workplace.backend() == Backend::Sqlite {
        let mut direct = workplace.direct().expect("an import was here");
        let check = "SELECT integrity_check AS value FROM pragma_integrity_check";
        assert_eq!(direct.column(check), ["ok"]);
        let check = "SELECT \"table\" AS value FROM pragma_foreign_key_check";
        assert_eq!(direct.column(check), [""; 0]);
    }
    // Both are absent where the process died before the tables were made.
    let quotes = count(workplace, "SELECT count(*) FROM quote");
    let accepted = "SELECT COALESCE(sum(accepted), 0) FROM import";
    assert_eq!(quotes, count(workplace, accepted), "quotes and counted quotes");
    let parts = "SELECT COALESCE(sum(accepted + known + changed + rejected), 0) FROM import";
    assert_eq!(count(workplace, parts), durable(workplace), "outcomes and lines");
}

/// Waits until the server has noticed that nobody is there any more: a commit that was sent may
/// still come to pass.
fn settle(workplace: &Workplace) {
    let others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                  AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let started = Instant::now();
    while workplace.backend() == Backend::Postgres && count(workplace, others) > Some(0) {
        assert!(started.elapsed() < PATIENCE, "the server does not notice");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn assert_same(found: &str, expected: &str) {
    let differing = found.lines().zip(expected.lines()).find(|(one, other)| one != other);
    assert!(found == expected, "the first difference of the dumps is {differing:#?}");
}

/// What a database of any kind holds that these texts were imported into, one after the other, in
/// peace.
fn undisturbed(texts: &[&str]) -> String {
    let workplace = Workplace::new(Backend::Sqlite);
    for text in texts {
        let file = workplace.file("input.jsonl", text);
        assert_eq!(workplace.import(&[&file]).0, 0);
    }
    dump(&workplace)
}

/// When to strike.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// The import has come to the database: its tables are being made.
    Begun,
    /// So many bytes are written and may be part of a batch that is not durable: of SQLite's
    /// write-ahead log, or of PostgreSQL's table of quotes.
    Written(u64),
    /// So many lines are durable: the next batch is being worked on.
    Durable(u64),
}

impl Moment {
    fn has_come(self, workplace: &Workplace) -> bool {
        match self {
            Self::Begun => match workplace.backend() {
                Backend::Sqlite => workplace.database_file().exists(),
                // The history of migrations is the first that it makes.
                Backend::Postgres => {
                    let history = "SELECT to_regclass('__diesel_schema_migrations') IS NOT NULL";
                    count(workplace, &format!("SELECT ({history})::int")) == Some(1)
                }
            },
            Self::Written(bytes) => match workplace.backend() {
                Backend::Sqlite => std::fs::metadata(workplace.path("work.db-wal"))
                    .is_ok_and(|log| log.len() >= bytes),
                Backend::Postgres => {
                    count(workplace, "SELECT pg_relation_size('quote')") >= Some(bytes)
                }
            },
            Self::Durable(lines) => durable(workplace).is_some_and(|durable| durable >= lines),
        }
    }

    fn wait(self, workplace: &Workplace, import: &mut Child) {
        let started = Instant::now();
        while !self.has_come(workplace) {
            assert_eq!(import.try_wait().unwrap(), None, "the import ended before {self:?}");
            assert!(started.elapsed() < PATIENCE, "{self:?} does not come");
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

fn start(workplace: &Workplace, file: &str) -> Child {
    let mut command = workplace.command(&["import", file]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap()
}

/// Imports the file once more: it must go on behind what is durable, tell of the whole, and end as
/// `expected`.
fn complete(workplace: &Workplace, file: &str, lines: u64, expected: &str) {
    let before = durable(workplace).unwrap_or(0);
    let (code, report, _) = workplace.import(&[file]);
    assert_eq!(code, 0, "{report:#}");
    let behind = report["sources"][0]["resumedBehind"].as_u64();
    assert_eq!(behind.unwrap_or(0), before, "{report:#}");
    assert_eq!(number(&report, "/lines"), lines);
    assert_eq!(number(&report, "/accepted"), lines);
    assert_whole(workplace);
    assert_same(&dump(workplace), expected);
}

#[test]
fn an_import_that_was_killed_left_whole_batches_and_is_completed_by_another() {
    let input = lines(0..16_000);
    let expected = undisturbed(&[&input]);
    each_backend(|backend| {
        // In the middle of a later batch: the log has the pages of indexes too. The server is not
        // struck between batches here: those who are told to stop are.
        let moments: &[Moment] = match backend {
            Backend::Sqlite => &[
                Moment::Begun,
                Moment::Written(1 << 20),
                Moment::Durable(1),
                Moment::Written(8 << 20),
                Moment::Durable(10_000),
            ],
            Backend::Postgres => {
                &[Moment::Begun, Moment::Written(1 << 20), Moment::Written(3 << 20)]
            }
        };
        for moment in moments {
            let workplace = Workplace::new(backend);
            let file = workplace.file("input.jsonl", &input);
            let mut import = start(&workplace, &file);
            moment.wait(&workplace, &mut import);
            import.kill().unwrap();
            assert!(!import.wait().unwrap().success(), "{moment:?} was too late");
            settle(&workplace);
            assert_whole(&workplace);
            println!("killed at {moment:?}: {:?} lines are durable", durable(&workplace));
            complete(&workplace, &file, 16_000, &expected);
        }
    });
}

#[test]
fn two_imports_at_once_are_as_one_after_the_other() {
    let (one, other) = (lines(0..12_000), lines(6_000..18_000));
    let expected = undisturbed(&[&one, &other]);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let files = [workplace.file("one.jsonl", &one), workplace.file("other.jsonl", &other)];
        let imports = files.map(|file| start(&workplace, &file));
        // Waited for first, judged then: no import may outlive the test.
        let ends = imports.map(|mut import| import.wait().unwrap());
        assert!(ends.iter().all(|end| end.success()), "{ends:?}");
        assert_whole(&workplace);
        assert_same(&dump(&workplace), &expected);
    });
}

#[test]
fn what_another_import_wrote_meanwhile_is_not_undone() {
    each_backend(|backend| {
        // The words of one speaker, reprinted, in articles of which each import knows something else.
        let row = |article: &str, year: u32, more: serde_json::Value| {
            let mut about = json!({ "url": format!("https://paper.example/{article}") });
            about.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let more =
                json!({ "article": about, "speaker": "Ada Quill", "said_at": year.to_string() });
            native_row("", "We shall see what the tide brings.", more)
        };
        let early = row("a", 2021, json!({})) + &lines(0..6_000);
        let meanwhile = row("a", 2021, json!({ "title": "Harbour" })) + &row("b", 2011, json!({}));
        let late = row("a", 2021, json!({ "licence": "CC0-1.0" })) + &row("c", 2015, json!({}));

        let workplace = Workplace::new(backend);
        let mut import = start(&workplace, "-");
        let mut input = import.stdin.take().unwrap();
        input.write_all(early.as_bytes()).unwrap();
        Moment::Durable(1).wait(&workplace, &mut import);
        let file = workplace.file("meanwhile.jsonl", &meanwhile);
        assert_eq!(workplace.import(&[&file]).0, 0);
        input.write_all(late.as_bytes()).unwrap();
        drop(input);
        assert!(import.wait().unwrap().success());

        assert_whole(&workplace);
        let expected = undisturbed(&[&(early + &late), &meanwhile]);
        assert_same(&dump(&workplace), &expected);
    });
}
