//! Golden pages: quotes of the sample in every form, as they were read through by a person.
//!
//! `UPDATE_GOLDEN=1 cargo test --test it pages::golden` writes them anew; read the difference before you
//! commit it.

use super::{quote, served};
use crate::support::{Backend, Server, each_backend, read, repository};

/// Quotes by their words, and what each is an example of.
const QUOTES: [(&str, &str); 4] = [
    ("named-speaker", "luxury of waiting"),
    ("unnamed-second-hand", "harbour road belongs to us"),
    ("organisation-speaks", "three reception centres"),
    ("no-source", "without water"),
];

/// The forms with the endings of their files.
const FORMS: [(&str, &str); 6] = [
    ("html", "html"),
    ("jsonld", "jsonld"),
    ("plain", "txt"),
    ("bibtex", "bib"),
    ("csl", "csl.json"),
    ("wikipedia", "wiki"),
];

/// Pages other than of quotes: what the API is asked for them, and where the id is in its answer.
const OTHERS: [(&str, &str, &str, &str); 3] = [
    (
        "statement",
        "statements",
        "{ statements(first: 1, filter: { quotes: { search: \"luxury of waiting\" } }) { nodes { id } } }",
        "/data/statements/nodes/0/id",
    ),
    ("speaker", "speakers", "{ speaker(name: \"Zdenka Orlavy\") { id } }", "/data/speaker/id"),
    (
        "organisation",
        "organisations",
        "{ organisation(name: \"UNHCR\") { id } }",
        "/data/organisation/id",
    ),
];

fn pages(server: &Server) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (name, words) in QUOTES {
        let id = quote(server, words);
        for (form, ending) in FORMS {
            pages.push((format!("{name}.{ending}"), format!("/quotes/{id}?format={form}")));
        }
    }
    for (name, folder, document, pointer) in OTHERS {
        let id = super::id(server, document, pointer);
        for (form, ending) in &FORMS[..2] {
            pages.push((format!("{name}.{ending}"), format!("/{folder}/{id}?format={form}")));
        }
    }
    pages
}

#[test]
fn every_golden_page_is_as_it_was() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    each_backend(|backend: Backend| {
        let (_workplace, server) = served(backend);
        let mut wrong = Vec::new();
        for (name, path) in pages(&server) {
            let answer = server.get(&path);
            assert_eq!(answer.status_code, 200, "{path}: {}", answer.as_str().unwrap());
            let expected = repository("tests/golden/pages").join(&name);
            if update && backend == Backend::Sqlite {
                std::fs::write(&expected, answer.as_bytes()).unwrap();
            }
            if !expected.exists() || read(&expected) != answer.as_str().unwrap() {
                println!("{name} is:\n{}", answer.as_str().unwrap());
                wrong.push(name);
            }
        }
        assert!(wrong.is_empty(), "on {backend:?}, not as expected: {wrong:?}");
    });
}
