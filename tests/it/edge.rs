//! The edge on the internet: the specification's audit, scanners, hostile requests, slow clients.

mod audit;
pub mod hostile;
mod nested;
mod probes;
mod slow;

use serde_json::{Value, json};

use crate::support::{Backend, sample};

#[test]
fn the_locked_profile_tells_nothing_and_takes_no_get() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_PROFILE", "locked")]);
    let get = server.get("/graphql?query=%7B__typename%7D");
    assert_eq!(get.status_code, 405);
    let answer = server.ask("{ __schema { types { name } } }");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(server.get("/schema.graphql").status_code, 404);
    let answer = server.ask("{ quote { totalCount } }");
    assert!(!answer.to_string().contains("Did you mean"), "{answer}");
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let answer: Value =
        serde_json::from_str(server.get("/graphql?query=%7B__typename%7D").as_str().unwrap())
            .unwrap();
    assert_eq!(answer["data"]["__typename"], "Query");
}

#[test]
fn the_locked_profile_names_nothing_of_the_schema_in_an_error() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_PROFILE", "locked")]);
    let none = json!({});
    // None of them names what it is answered with, or only what is not there.
    for (document, variables) in [
        ("mutation { createQuote { x } }", &none),
        ("mutation { createQuote(input: 1) { x } }", &none),
        ("mutation { createQuote(input: {}) { __typename } }", &none),
        ("{ quotes }", &none),
        ("{ quotes { x } }", &none),
        ("{ quotes(x: 1) { totalCount } }", &none),
        ("{ quotes(first: \"x\") { totalCount } }", &none),
        ("{ quotes(filter: { x: 1 }) { totalCount } }", &none),
        ("{ quotes(filter: { language: { in: 1 } }) { totalCount } }", &none),
        ("{ quotes(orderBy: x) { totalCount } }", &none),
        ("{ quotes { totalCount { x } } }", &none),
        ("{ quotes { nodes { ... on X { x } } } }", &none),
        ("{ quotes { nodes { ...f } } } fragment f on Int { x }", &none),
        ("query($a: Int) { quotes(filter: $a) { totalCount } }", &json!({ "a": 1 })),
        ("query($a: Int!) { quotes(first: $a) { totalCount } }", &none),
        ("query($a: Int) { quotes(first: $a) { totalCount } }", &json!({ "a": "x" })),
        ("query($a: Int) { quotes(first: $a) { totalCount } }", &json!({ "a": [1] })),
        ("{ node(id: 1.5) { __typename } }", &none),
        ("{ node { __typename } }", &none),
        ("{ quotes @include { totalCount } }", &none),
        ("{ quotes @x { totalCount } }", &none),
        ("{ a: quotes(first: 1) { totalCount } a: quotes { totalCount } }", &none),
    ] {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let response = server.post("application/json", body);
        let answer: Value = serde_json::from_str(response.as_str().unwrap()).unwrap();
        let errors = answer["errors"].as_array().unwrap_or_else(|| panic!("{document}: {answer}"));
        for error in errors {
            assert_eq!(
                error["message"],
                "the document is not valid here; this server tells nothing of its schema",
                "{document}"
            );
            assert_eq!(error["extensions"], json!({ "code": "BAD_USER_INPUT" }), "{document}");
        }
    }
    // What is no document at all is told: it has met no schema.
    let answer = server.ask("{ quotes(");
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("1:"), "{answer}");
}

#[test]
fn a_client_can_read_every_limit_and_learns_which_one_it_met() {
    let (_workplace, server) = sample(Backend::Sqlite, &[("DIXIT_MAX_ALIASES", "2")]);
    let config =
        server.ask("{ serviceConfig { version profile limits { name value unit description } } }");
    let limits = config["data"]["serviceConfig"]["limits"].as_array().unwrap();
    let aliases = limits.iter().find(|limit| limit["name"] == "aliases").unwrap();
    assert_eq!((&aliases["value"], &aliases["unit"]), (&json!(2), &json!("COUNT")));
    let refused = server.ask("{ a: __typename b: __typename c: __typename }");
    let extensions = &refused["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "LIMIT");
    assert_eq!((&extensions["limit"], &extensions["value"]), (&json!("aliases"), &json!(2)));
}
