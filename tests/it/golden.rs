//! Golden documents: what users ask of the shipped sample, with the answers. The documents in
//! `tests/golden/` and `docs/cookbook/` are also the user's documentation; each begins with the question it asks.
//!
//! `UPDATE_GOLDEN=1 cargo test --test it golden` writes the answers anew; read the difference
//! before you commit it: a wrong answer frozen is worse than none.

use std::path::{Path, PathBuf};

use dixit::domain::access::Scope;

use crate::support::{self, Backend, Database, each_backend};

fn sample(backend: Backend) -> Database {
    Database::of_files(backend, &[support::repository("sample/statements.jsonl")])
}

/// Rows that the sample does not have: weighed names, contradictions, namesakes.
fn extractors(backend: Backend) -> Database {
    let file = |name: &str| support::repository("tests/golden/extractors").join(name);
    Database::of_files(backend, &[file("native.jsonl"), file("quotebank.jsonl")])
}

#[test]
fn every_golden_document_answers_exactly() {
    answer_exactly("tests/golden", sample);
}

#[test]
fn every_golden_document_about_extractors_answers_exactly() {
    answer_exactly("tests/golden/extractors", extractors);
}

/// The sample beside a record of office-holders.
fn recorded(backend: Backend) -> Database {
    let database = sample(backend);
    database.import_tenures(&support::repository("sample/tenures.csv"));
    database
}

#[test]
fn every_golden_document_about_tenures_answers_exactly() {
    answer_exactly("tests/golden/tenures", recorded);
}

/// What the demonstration holds, too: `docs/cookbook.md` shows these documents and answers.
#[test]
fn every_question_of_the_cookbook_answers_exactly() {
    answer_exactly("docs/cookbook", recorded);
}

/// These are asked in order, of one database, by whoever may do everything.
#[test]
fn every_golden_document_that_writes_answers_exactly() {
    answer_exactly("tests/golden/writing", sample);
}

fn answer_exactly(directory: &str, database: fn(Backend) -> Database) {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    each_backend(|backend| {
        let database = database(backend);
        let mut wrong = Vec::new();
        for document in support::files(&support::repository(directory), ".graphql") {
            let variables = support::variables_of(&document);
            let caller = database.holder(&[Scope::Admin]);
            let answer = database.answer_to(caller, &support::read(&document), variables);
            let answer = support::canonical(&answer);
            let expected = document.with_extension("json");
            if update {
                std::fs::write(&expected, &answer).unwrap();
            }
            if !expected.exists() || support::read(&expected) != answer {
                println!("{} answers:\n{answer}", document.display());
                wrong.push(document);
            }
        }
        assert!(wrong.is_empty(), "on {backend:?}, not as expected: {wrong:#?}");
    });
}

/// An answer is compared as it was sent: a reader of numbers that is a digit off would hide a wrong one.
#[test]
fn a_number_is_compared_to_its_last_digit() {
    for number in ["0.9230769230769231", "0.9230769230769232", "0.583"] {
        assert_eq!(support::canonical(number), format!("{number}\n"));
    }
}

/// The files of all golden directories that end so.
fn golden(ending: &str) -> Vec<PathBuf> {
    let folders = ["golden", "golden/extractors", "golden/tenures", "golden/writing"];
    let folders = folders.map(|folder| format!("tests/{folder}"));
    let directories = folders.iter().map(String::as_str).chain(["docs/cookbook"]);
    let directories: Vec<PathBuf> = directories.map(support::repository).collect();
    directories.iter().flat_map(|directory| support::files(directory, ending)).collect()
}

#[test]
fn every_golden_document_begins_with_its_question() {
    for document in golden(".graphql") {
        let text = support::read(&document);
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("# "), "{}: {first}", document.display());
        assert!(text.lines().any(|line| !line.starts_with('#')), "{}", document.display());
    }
}

#[test]
fn no_golden_answer_is_left_without_its_document() {
    for answer in golden(".json") {
        let name = answer.to_string_lossy().replace(".variables.json", ".json");
        let document = name.replace(".json", ".graphql");
        assert!(Path::new(&document).exists(), "{document} does not exist");
    }
}

#[test]
fn every_query_of_the_playground_finds_something() {
    each_backend(|backend| {
        let database = sample(backend);
        for query in support::files(&support::repository("sample/queries"), ".graphql") {
            let answer = database.ask(&support::read(&query));
            assert!(finds_a_row(&answer), "{} finds nothing: {answer}", query.display());
        }
    });
}

/// Whether every root field that is a list has a row, and every other one is something.
fn finds_a_row(answer: &serde_json::Value) -> bool {
    let fields = answer["data"].as_object().unwrap();
    fields.values().all(|field| match field.get("nodes") {
        Some(nodes) => !nodes.as_array().unwrap().is_empty(),
        None => !field.is_null(),
    })
}
