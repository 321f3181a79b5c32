//! What holds for every import: it can be repeated, split, reordered and rebuilt without a
//! difference, every line is accounted for, and statements always follow from their quotes.

pub mod rows;

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::sample::select;
use rows::{fields, row, rows};
use serde_json::{Value, json};

use crate::support::{self, Backend, Database, each_backend};

/// Checks a property on every kind of database. A server takes longer to make a database than to
/// fill it: it sees fewer values.
fn holds<T: Debug>(values: impl Strategy<Value = T>, property: impl Fn(Backend, &T)) {
    each_backend(|backend| {
        let cases = match backend {
            Backend::Sqlite => 48,
            Backend::Postgres => 16,
        };
        support::holds(cases, &values, |value| property(backend, value));
    });
}

/// Statements follow from their quotes: each quote has one, none is left without quotes, the first
/// quote is the first of all (dated before undated, by the best date, by id), and what is told of
/// the statement is that of its first quote.
pub fn statements_agree(database: &Database) {
    let id = database.backend().hex("s.id");
    let undated = "(-9223372036854775807 - 1)";
    let queries = [
        "SELECT 'a quote without statement' AS value FROM quote
            WHERE statement_id NOT IN (SELECT id FROM statement)"
            .to_owned(),
        format!(
            "SELECT 'not the first quote: ' || {id} AS value FROM statement s
            WHERE NOT EXISTS (SELECT 1 FROM (
                SELECT q.article_id, q.id FROM quote q WHERE q.statement_id = s.id
                ORDER BY q.ordered_at = {undated}, q.ordered_at, q.article_id, q.id LIMIT 1
            ) f WHERE f.article_id = s.first_article_id AND f.id = s.first_quote_id)"
        ),
        format!(
            "SELECT 'not as its first quote: ' || {id} AS value FROM statement s
            WHERE NOT EXISTS (SELECT 1 FROM quote q
                WHERE q.article_id = s.first_article_id AND q.id = s.first_quote_id
                AND (q.statement_id, q.speaker_kind, q.text, q.ordered_at)
                    = (s.id, s.speaker_kind, s.text, s.ordered_at)
                AND q.speaker_id IS NOT DISTINCT FROM s.speaker_id
                AND q.organisation_id IS NOT DISTINCT FROM s.organisation_id
                AND q.role_id IS NOT DISTINCT FROM s.role_id)"
        ),
    ];
    let wrong: Vec<String> = queries.iter().flat_map(|query| database.column(query)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{}", database.dump());
}

/// A database of these runs, each of one or more files.
fn built(backend: Backend, runs: &[Vec<String>]) -> Database {
    let database = Database::empty(backend);
    for files in runs {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        database.import(&files);
        statements_agree(&database);
    }
    database
}

#[test]
fn importing_twice_adds_nothing() {
    holds(rows(12), |backend, rows| {
        let database = built(backend, &[vec![rows.concat()]]);
        let before = database.dump();
        let report = database.import(&[&rows.concat()]);
        let counts = (report.accepted, report.changed, report.known, report.rejected);
        assert_eq!(counts, (0, 0, rows.len() as u64, 0));
        assert_eq!(database.dump(), before);
    });
}

#[test]
fn a_then_b_is_b_then_a() {
    holds((rows(6), rows(6)), |backend, (a, b)| {
        let (a, b) = (a.concat(), b.concat());
        let one = built(backend, &[vec![a.clone()], vec![b.clone()]]);
        let other = built(backend, &[vec![b], vec![a]]);
        assert_eq!(one.dump(), other.dump());
    });
}

/// Where a row stands in relation to the one before it.
#[derive(Debug, Clone, Copy)]
enum Cut {
    SameFile,
    NextFile,
    NextRun,
}

#[test]
fn the_order_of_rows_and_their_split_over_files_and_runs_do_not_matter() {
    let shuffled = rows(12).prop_flat_map(|rows| {
        let cuts = select(vec![Cut::SameFile, Cut::SameFile, Cut::NextFile, Cut::NextRun]);
        let cuts = prop::collection::vec(cuts, rows.len());
        (Just(rows.clone()), Just(rows).prop_shuffle(), cuts)
    });
    holds(shuffled, |backend, (rows, shuffled, cuts)| {
        let mut runs = vec![vec![String::new()]];
        for (row, cut) in shuffled.iter().zip(cuts) {
            match cut {
                Cut::SameFile => {}
                Cut::NextFile => runs.last_mut().unwrap().push(String::new()),
                Cut::NextRun => runs.push(vec![String::new()]),
            }
            runs.last_mut().unwrap().last_mut().unwrap().push_str(row);
        }
        for files in &mut runs {
            files.retain(|file| !file.is_empty());
        }
        runs.retain(|files| !files.is_empty());
        let (one, other) = (built(backend, &[vec![rows.concat()]]), built(backend, &runs));
        assert_eq!(one.dump(), other.dump());
    });
}

#[test]
fn the_same_input_has_the_same_ids_in_two_fresh_databases() {
    let ids = |database: &Database| {
        let id = database.backend().hex("id");
        let of = |table| database.column(&format!("SELECT {id} AS value FROM {table} ORDER BY id"));
        ["quote", "statement", "speaker", "organisation", "role", "article"].map(of)
    };
    holds(rows(12), |backend, rows| {
        let runs = [vec![rows.concat()]];
        assert_eq!(ids(&built(backend, &runs)), ids(&built(backend, &runs)));
    });
}

#[test]
fn every_line_is_accounted_for() {
    let faulty = select(vec!["7\n", "{\"text\": 1}\n", "nonsense\n", "\u{0}\n", "{}\n"]);
    let blank = select(vec!["\n", "  \r\n", "\t\n"]);
    let line = prop_oneof![
        4 => row().prop_map(|row| ("row", row)),
        1 => faulty.prop_map(|row| ("rejected", row.to_owned())),
        1 => blank.prop_map(|row| ("blank", row.to_owned())),
    ];
    holds(prop::collection::vec(line, 1..12), |backend, lines| {
        let count = |what: &str| lines.iter().filter(|(kind, _)| *kind == what).count() as u64;
        let database = Database::empty(backend);
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("rows.jsonl");
        let content: String = lines.iter().map(|(_, line)| line.as_str()).collect();
        std::fs::write(&file, content).unwrap();
        for _ in 0..2 {
            let (report, told) =
                database.try_import(std::slice::from_ref(&file), Some("native".parse().unwrap()));
            let taken = report.accepted + report.known + report.changed;
            assert_eq!((taken, report.rejected), (count("row"), count("rejected")), "{report:?}");
            assert_eq!(report.lines, taken + report.rejected);
            if report.failed.is_empty() {
                assert_eq!((report.blank, told.len() as u64), (count("blank"), report.rejected));
            } else {
                assert_eq!((report.lines, told.len()), (0, 1), "only blank lines are a failure");
            }
            statements_agree(&database);
        }
    });
}

#[test]
pub fn statements_agree_with_their_quotes_whatever_readings_come_and_go() {
    // One place, a few words and many sources: nearly every row moves a quote between statements.
    let source = fields(vec![
        (0.8, "speaker", json!(["Ada Quill", "Bo Carver", "the UN", "residents"])),
        (0.4, "organisation", json!(["UN", "Foo Council"])),
        (0.5, "said_at", json!(["2021", "2021-08-13", "2020"])),
        (0.8, "confidence", json!([0.1, 0.2, 0.5, 0.9])),
        (
            0.6,
            "extractor",
            json!([{ "name": "x", "version": "1" }, { "name": "x", "version": "2" }]),
        ),
    ]);
    let row = (select(vec!["a", "b", "c"]), select(vec!["We shall see.", "Nobody knows."]), source)
        .prop_map(|(document, text, source)| {
            support::native_row(document, text, Value::Object(source))
        });
    let runs = prop::collection::vec(prop::collection::vec(row, 1..4), 1..8);
    holds(runs, |backend, runs| {
        let apart: Vec<_> = runs.iter().map(|rows| vec![rows.concat()]).collect();
        let apart = built(backend, &apart);
        let together = built(backend, &[vec![runs.concat().concat()]]);
        assert_eq!(apart.dump(), together.dump());
    });
}
