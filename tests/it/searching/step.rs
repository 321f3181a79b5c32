//! The index is what it would be if it were made anew, whatever is done to the quotes.

use std::collections::BTreeSet;

use dixit::domain::access::Scope;
use dixit::domain::search::Entry;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Backend, Database, Direct, Workplace, each_backend, holds, native_row};

/// What the index has: each quote's id with its words, in their order, and what else it is found by.
fn indexed(backend: Backend, direct: &mut Direct) -> BTreeSet<String> {
    let statement = match backend {
        Backend::Sqlite => {
            "SELECT lower(hex(quote_id)) || ' ' || group_concat(e.term || '@' || e.offset, ' '
                ORDER BY e.offset) AS value
             FROM quote_word_entry e LEFT JOIN quote_word_place p ON p.number = e.doc GROUP BY e.doc"
        }
        Backend::Postgres => {
            "SELECT replace(quote_id::text, '-', '') || ' ' || ordered_at || ' ' || words::text AS value
             FROM quote_word"
        }
    };
    direct.column(statement).into_iter().collect()
}

/// What it must have, of the quotes that are there.
fn expected(backend: Backend, direct: &mut Direct) -> BTreeSet<String> {
    let statement = format!(
        "SELECT {} || ' ' || ordered_at || ' ' || coalesce(language, '') || ' ' || text AS value FROM quote",
        backend.hex("id")
    );
    let of = |row: String| {
        let [id, moment, language, text] =
            row.splitn(4, ' ').collect::<Vec<_>>().try_into().ok()?;
        let entry = Entry::of(text, Some(language).filter(|tag| !tag.is_empty()));
        let joined = entry.joined();
        let shown: Vec<String> = match backend {
            Backend::Sqlite => {
                joined.split(' ').enumerate().map(|(at, word)| format!("{word}@{at}")).collect()
            }
            Backend::Postgres => {
                // Of 12.7 days each.
                let time = format!("§@{}", moment.parse::<i64>().unwrap() >> 40);
                let mut words: std::collections::BTreeMap<&str, Vec<String>> = Default::default();
                for (at, word) in entry.tokens.words().enumerate() {
                    words.entry(word).or_default().push((at + 1).to_string());
                }
                words.extend(entry.others.iter().map(|other| (other.as_str(), Vec::new())));
                words.insert(&time, Vec::new());
                let colon = |places: &Vec<String>| if places.is_empty() { "" } else { ":" };
                let shown = words.iter().map(|(w, p)| format!("'{w}'{}{}", colon(p), p.join(",")));
                [moment.to_owned()].into_iter().chain(shown).collect()
            }
        };
        Some(format!("{id} {}", shown.join(" ")))
    };
    direct.column(&statement).into_iter().filter_map(of).collect()
}

/// Fails where the index is not what it would be if it were made anew.
pub fn in_step(backend: Backend, direct: &mut Direct) {
    let (indexed, expected) = (indexed(backend, direct), expected(backend, direct));
    let difference: Vec<_> = indexed.symmetric_difference(&expected).collect();
    assert!(difference.is_empty(), "{difference:#?}");
}

#[derive(Debug, Clone)]
enum Step {
    Import(Vec<(u8, String, Option<&'static str>)>),
    Edit(usize, String),
    Date(usize, &'static str),
    Delete(usize),
    TakeDown(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let text = "(we|the|talks|talk|und|wir|nicht|caf\u{e9}|late){1}( (we|not|war|wars|of|it)){0,4}";
    let language = prop::sample::select(&[None, Some("en"), Some("de")][..]);
    let row = (0..6_u8, text, language);
    let step = prop_oneof![
        3 => prop::collection::vec(row, 1..6).prop_map(Step::Import),
        2 => (any::<usize>(), text).prop_map(|(at, text)| Step::Edit(at, text)),
        1 => (any::<usize>(), prop::sample::select(&["2017", "2019-03-04"][..])).prop_map(|(at, d)| Step::Date(at, d)),
        1 => any::<usize>().prop_map(Step::Delete),
        1 => any::<usize>().prop_map(Step::TakeDown),
    ];
    prop::collection::vec(step, 1..9)
}

fn does(database: &Database, step: &Step) {
    let writer = database.holder(&[Scope::Write]);
    let quotes = database.ask("{ quotes(first: 100) { nodes { id version article { id } } } }");
    let quotes = quotes["data"]["quotes"]["nodes"].as_array().unwrap();
    let pick = |at: usize| quotes.get(at % quotes.len().max(1));
    let write = |document: &str, input: Value| {
        let answer = database.answer_to(writer.clone(), document, Some(json!({ "input": input })));
        assert!(!answer.contains("internal"), "{answer}");
        // A title of the same words in the same article may be refused: nothing changes then.
    };
    let update =
        "mutation($input: UpdateQuoteInput!) { updateQuote(input: $input) { quote { id } } }";
    match step {
        Step::Import(rows) => {
            let row = |(article, text, language): &(u8, String, Option<&str>)| {
                native_row(
                    &format!("a{article}"),
                    text,
                    json!({ "language": language, "speaker": "Ada Quill" }),
                )
            };
            let rows: String = rows.iter().map(row).collect();
            // What was taken down is rejected.
            let directory = tempfile::tempdir().unwrap();
            let file = directory.path().join("rows.jsonl");
            std::fs::write(&file, rows).unwrap();
            database.try_import(&[file], None);
        }
        Step::Edit(at, text) => {
            if let Some(quote) = pick(*at) {
                write(
                    update,
                    json!({ "id": quote["id"], "version": quote["version"], "text": text }),
                );
            }
        }
        Step::Date(at, date) => {
            if let Some(quote) = pick(*at) {
                write(
                    update,
                    json!({ "id": quote["id"], "version": quote["version"], "saidAt": date }),
                );
            }
        }
        Step::Delete(at) => {
            if let Some(quote) = pick(*at) {
                let document = "mutation($input: DeleteQuoteInput!) { deleteQuote(input: $input) { deletedQuoteId } }";
                write(document, json!({ "id": quote["id"], "version": quote["version"] }));
            }
        }
        Step::TakeDown(at) => {
            if let Some(quote) = pick(*at) {
                let document = "mutation($input: TakeDownArticleInput!) { takeDownArticle(input: $input) { removedQuoteCount } }";
                write(document, json!({ "id": quote["article"]["id"], "reason": "asked" }));
            }
        }
    }
}

#[test]
fn whatever_is_done_the_index_is_in_step() {
    each_backend(|backend| {
        holds(25, steps(), |steps| {
            let database = Database::empty(backend);
            for step in steps {
                does(&database, step);
                in_step(backend, &mut database.direct());
            }
            database.store().remake_indexes().unwrap();
            in_step(backend, &mut database.direct());
        });
    });
}

/// A database that had quotes before it had the index gets it when it is opened.
#[test]
fn a_database_of_before_gets_its_index() {
    each_backend(|backend| {
        let rows: String = (0..50)
            .map(|n| native_row(&format!("a{n}"), &format!("We see the {n} talks"), json!({})))
            .collect();
        let database = Database::of(backend, &rows);
        let emptied = match backend {
            Backend::Sqlite => {
                "INSERT INTO quote_word (quote_word) VALUES ('delete-all'); DELETE FROM quote_word_place"
            }
            Backend::Postgres => "DELETE FROM quote_word",
        };
        database.run(&format!("{emptied}; DELETE FROM derived_index"));
        let again = database.store().apart().unwrap();
        in_step(backend, &mut database.direct());
        drop(again);
    });
}

/// `dixit doctor` sees what is out of step, either way, and makes it good.
#[test]
fn the_doctor_sees_and_repairs() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let rows: String = (0..9)
            .map(|n| native_row(&format!("a{n}"), &format!("We see the {n} talks"), json!({})))
            .collect();
        std::fs::write(workplace.path("rows.jsonl"), rows).unwrap();
        assert_eq!(workplace.import(&["rows.jsonl"]).0, 0);
        let well = |arguments: &[&str]| {
            let done = workplace.dixit(&[&["doctor", "--json"], arguments].concat());
            let told: Value = serde_json::from_str(&done.out).unwrap();
            assert_eq!(told["well"], done.code == 0, "{done:?}");
            done.code == 0
        };
        assert!(well(&[]));
        let broken: &[&str] = match backend {
            Backend::Sqlite => &[
                "DELETE FROM quote_word_place WHERE number = (SELECT min(number) FROM quote_word_place)",
                "INSERT INTO quote_word (rowid, words) VALUES (1, 'stray')",
                "INSERT INTO quote_word_place VALUES (1, x'00', x'00')",
                "UPDATE quote SET text = 'Other words' WHERE text LIKE '%3%'",
            ],
            Backend::Postgres => &[
                "DELETE FROM quote_word WHERE words @@ '''3'''",
                "UPDATE quote_word SET words = '''stray''' WHERE words @@ '''4'''",
                "UPDATE quote SET text = 'Other words' WHERE text LIKE '%3%'",
            ],
        };
        for statement in broken {
            workplace.direct().unwrap().run(statement);
            assert!(!well(&[]), "nobody sees {statement}");
            assert!(well(&["--repair"]));
            assert!(well(&[]));
            in_step(backend, &mut workplace.direct().unwrap());
        }
    });
}
