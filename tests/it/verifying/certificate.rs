//! The certificate: the same for the same question of the same corpus, and another one for any other.

use std::collections::HashSet;

use dixit::domain::access::Scope;
use serde_json::json;

use super::{corpus, verify};
use crate::support::{Backend, Database, each_backend, native_row};

const UNKNOWN: &str = r#"text: "Nothing of … the kind""#;

#[test]
fn it_tells_what_was_searched() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        let certificate = verify(&database, UNKNOWN)["certificate"].clone();
        let told = |name: &str| certificate[name].clone();
        assert_eq!(told("quoteCount"), 6);
        assert_eq!(told("statementCount"), 5);
        assert_eq!(told("articleCount"), 6);
        assert_eq!(told("siteCount"), 1);
        assert_eq!(told("publisherCount"), 0);
        assert_eq!(told("normalForm"), "nothing of … the kind");
        assert_eq!(told("earliest"), "2021-08-13T00:00:00Z");
    });
}

#[test]
fn the_same_question_of_the_same_corpus_has_the_same_digest() {
    let digest = |database: &Database, arguments: &str| {
        verify(database, arguments)["certificate"]["digest"].as_str().unwrap().to_owned()
    };
    let rows = corpus();
    let mut backwards: Vec<&str> = rows.lines().collect();
    backwards.reverse();
    let [one, other] = Backend::ALL.map(Database::empty);
    one.import(&[&rows]);
    other.import(&[&backwards.join("\n")]);
    let first = digest(&one, UNKNOWN);
    assert_eq!(first, digest(&other, UNKNOWN));
    // What is imported again changes nothing.
    one.import(&[&rows]);
    assert_eq!(first, digest(&one, UNKNOWN));
    let questions = [
        UNKNOWN.to_owned(),
        r#"text: "Nothing of the kind""#.to_owned(),
        format!("{UNKNOWN}, attributedTo: \"Ada Quill\""),
        format!("{UNKNOWN}, saidOn: \"2021\""),
        format!("{UNKNOWN}, articleUrl: \"https://news.example/one\""),
    ];
    let digests: HashSet<String> = questions.iter().map(|q| digest(&one, q)).collect();
    assert_eq!(digests.len(), questions.len());
    one.import(&[&native_row("seven", "One more.", json!({}))]);
    assert_ne!(first, digest(&one, UNKNOWN));
}

#[test]
fn what_is_deleted_leaves_no_trace_in_it() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        let before = verify(&database, UNKNOWN)["certificate"].clone();
        database.import(&[&native_row("seven", "One more for the deletion.", json!({}))]);
        let found = verify(&database, r#"text: "One more for the deletion.""#);
        assert_eq!(found["verdict"], "VERBATIM");
        let id = found["matches"][0]["quote"]["article"]["documentId"].clone();
        assert_eq!(id, "seven");
        let article = database.ask(r#"{ article(documentId: "seven") { id } }"#);
        let article = article["data"]["article"]["id"].as_str().unwrap();
        let editor = database.holder(&[Scope::Write]);
        let answer = database.answer_to(
            editor,
            &format!(
                "mutation {{ takeDownArticle(input: {{id: \"{article}\", reason: \"a test\"}}) \
                 {{ userErrors {{ message }} }} }}"
            ),
            None,
        );
        assert!(answer.contains("\"userErrors\":[]"), "{answer}");
        let gone = verify(&database, r#"text: "One more for the deletion.""#);
        assert_eq!(gone["verdict"], "NOT_FOUND", "{gone:#}");
        assert_eq!(before, verify(&database, UNKNOWN)["certificate"]);
    });
}
