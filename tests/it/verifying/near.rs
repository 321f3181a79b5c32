//! The near index and the count of the corpus are in step with the quotes, whatever is done to these.

use dixit::domain::access::Scope;
use proptest::prelude::*;
use serde_json::json;

use crate::support::{Backend, Database, Workplace, each_backend, holds, native_row};

/// Something that is done to a database.
#[derive(Debug, Clone)]
enum Step {
    /// Rows are imported: article, words, speaker.
    Import(Vec<(u8, u8, u8)>),
    /// One of the quotes gets other words.
    Edit(prop::sample::Index, u8),
    /// One of the quotes is deleted.
    Delete(prop::sample::Index),
    /// One of the articles is taken down.
    TakeDown(prop::sample::Index),
    /// One of the speakers is merged into another one.
    Merge(prop::sample::Index, prop::sample::Index),
}

fn step() -> impl Strategy<Value = Step> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        3 => prop::collection::vec((0..4u8, 0..6u8, 0..3u8), 1..8).prop_map(Step::Import),
        2 => (index(), 0..6u8).prop_map(|(quote, words)| Step::Edit(quote, words)),
        1 => index().prop_map(Step::Delete),
        1 => index().prop_map(Step::TakeDown),
        1 => (index(), index()).prop_map(|(from, into)| Step::Merge(from, into)),
    ]
}

fn words(number: u8) -> String {
    let stock = ["the bridge", "a harbour", "no steel", "our council", "winter", "the north"];
    let from = usize::from(number) % stock.len();
    format!("We said of {} and of {} what is so.", stock[from], stock[(from + 1) % stock.len()])
}

/// The ids of all nodes of a list.
fn ids(database: &Database, list: &str, more: &str) -> Vec<(String, String)> {
    let answer = database.ask(&format!("{{ {list}(first: 100) {{ nodes {{ id {more} }} }} }}"));
    let nodes = answer["data"][list]["nodes"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    nodes.iter().map(|node| (text(&node["id"]), text(&node[more]))).collect()
}

fn take(database: &Database, step: &Step) {
    let mutate = |text: String| {
        let desk = database.holder(&[Scope::Write, Scope::Admin]);
        database.answer_to(desk, &format!("mutation {{ {text} }}"), None);
    };
    match step {
        Step::Import(rows) => {
            let row = |(article, number, speaker): &(u8, u8, u8)| {
                let speaker = ["Ada Quill", "Bob Stone", "Carl Reed"][usize::from(*speaker) % 3];
                native_row(&format!("a{article}"), &words(*number), json!({"speaker": speaker}))
            };
            let rows: String = rows.iter().map(row).collect();
            let place = tempfile::tempdir().unwrap();
            let file = place.path().join("rows.jsonl");
            std::fs::write(&file, rows).unwrap();
            // What was removed is rejected.
            database.try_import(&[file], None);
        }
        Step::Edit(quote, number) => {
            let quotes = ids(database, "quotes", "version");
            if quotes.is_empty() {
                return;
            }
            let (id, version) = quote.get(&quotes);
            mutate(format!(
                "updateQuote(input: {{id: \"{id}\", version: \"{version}\", text: \"{}\"}}) \
                 {{ userErrors {{ message }} }}",
                words(*number)
            ));
        }
        Step::Delete(quote) => {
            let quotes = ids(database, "quotes", "version");
            if quotes.is_empty() {
                return;
            }
            let (id, version) = quote.get(&quotes);
            mutate(format!(
                "deleteQuote(input: {{id: \"{id}\", version: \"{version}\", reason: \"a test\"}}) \
                 {{ userErrors {{ message }} }}"
            ));
        }
        Step::TakeDown(article) => {
            let articles = ids(database, "articles", "title");
            if articles.is_empty() {
                return;
            }
            let (id, _) = article.get(&articles);
            mutate(format!(
                "takeDownArticle(input: {{id: \"{id}\", reason: \"a test\"}}) \
                 {{ userErrors {{ message }} }}"
            ));
        }
        Step::Merge(from, into) => {
            let speakers = ids(database, "speakers", "name");
            if speakers.is_empty() {
                return;
            }
            let ((from, _), (into, _)) = (from.get(&speakers), into.get(&speakers));
            mutate(format!(
                "mergeSpeakers(input: {{id: \"{from}\", intoId: \"{into}\", reason: \"a test\"}}) \
                 {{ userErrors {{ message }} }}"
            ));
        }
    }
}

fn in_step(database: &Database) -> bool {
    database.store().compare_indexes().unwrap().iter().all(|(_, compared)| compared.agrees())
}

#[test]
fn whatever_is_done_they_are_in_step() {
    each_backend(|backend| {
        holds(12, prop::collection::vec(step(), 1..10), |steps| {
            let database = Database::empty(backend);
            for step in steps {
                take(&database, step);
                assert!(in_step(&database), "after {step:?}");
            }
        });
    });
}

#[test]
fn a_copy_and_a_migrated_database_have_them() {
    each_backend(|backend| {
        let rows: String =
            (0..6).map(|n| native_row(&format!("a{n}"), &words(n), json!({}))).collect();
        let database = Database::of(backend, &rows);
        for other in Backend::ALL {
            let copy = Workplace::new(other);
            let from = database.url();
            let done = copy.dixit(&["copy", "--from", from, "--to", copy.url()]);
            assert_eq!(done.code, 0, "{done:?}");
            let asked = copy.dixit(&["verify", &words(3)]);
            assert!(asked.out.starts_with("VERBATIM\n"), "{asked:?}");
            assert!(asked.out.contains("searched: 6 quotes, 6 statements"), "{}", asked.out);
        }
        // As a database that was filled before there were such indexes.
        let clear = match backend {
            Backend::Sqlite => "INSERT INTO statement_near (statement_near) VALUES ('delete-all')",
            Backend::Postgres => "DELETE FROM statement_near",
        };
        database.run(clear);
        database.run("UPDATE corpus SET quotes = 0; DELETE FROM derived_index");
        assert!(!in_step(&database));
        drop(database.store().apart().unwrap());
        assert!(in_step(&database));
    });
}

#[test]
fn what_is_not_in_step_is_noticed() {
    each_backend(|backend| {
        let database = Database::of(backend, &native_row("a", &words(1), json!({})));
        assert!(in_step(&database));
        database.run("UPDATE corpus SET statements = statements + 1");
        assert!(!in_step(&database));
    });
}
