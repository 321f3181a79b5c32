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
