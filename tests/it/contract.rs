//! The contract: its documents answer exactly, to the byte and in the order of keys.

use std::path::PathBuf;

use crate::support::{self, Backend, Database, each_backend};

/// What this version must answer.
const ANSWERED: [&str; 7] = [
    "un-spokesman",
    "defence-officials",
    "taliban-spokesman",
    "article",
    "second-hand",
    "phrase",
    "verify",
];

/// What it need not answer yet, and why.
const NOT_YET: [(&str, &str); 0] = [];

fn contract(name: &str) -> PathBuf {
    support::repository("../shared/contract").join(name)
}

fn kandahar(backend: Backend) -> Database {
    let rows = support::repository("../shared/data/kandahar/statements.jsonl");
    Database::of_files(backend, &[rows])
}

#[test]
fn every_document_answers_exactly() {
    each_backend(|backend| {
        let database = kandahar(backend);
        for name in ANSWERED {
            let document = contract(&format!("{name}.graphql"));
            let variables = support::variables_of(&document);
            let expected = support::read(document.with_extension("json"));
            let answer = database.answer(&support::read(&document), variables);
            assert_eq!(support::canonical(&answer), support::canonical(&expected), "{name}");
        }
    });
}

#[test]
fn no_document_of_the_contract_is_overlooked() {
    for document in support::files(&contract(""), ".graphql") {
        let name = document.file_stem().unwrap().to_str().unwrap();
        let answered = ANSWERED.contains(&name);
        let excused = NOT_YET.iter().any(|(excused, _)| *excused == name);
        assert!(answered != excused, "{name} must stand in exactly one of ANSWERED and NOT_YET");
    }
}
