//! What is made from the code is in the repository as the code makes it: the API's schema, the
//! example of settings, and the tables that the migrations leave.

use std::collections::BTreeMap;

use crate::schemas::catalogue;
use crate::support::{Backend, Database, Home, each_backend, read, repository};

#[test]
fn the_schema_is_the_one_that_the_code_serves() {
    let repository = read(repository("schema.graphql"));
    assert!(repository == dixit::graphql::sdl(), "run `make generate` and look at what changed");
}

#[test]
fn the_example_of_settings_is_the_one_that_the_code_reads() {
    let repository = read(repository(".env.example"));
    assert!(repository == dixit::config::example(), "run `make generate` and look at what changed");
}

/// Everything of the API that has no description: the descriptions are the user's manual.
#[test]
fn everything_in_the_api_is_described() {
    let database = Database::empty(Backend::Sqlite);
    let answer = database.ask(
        "{ __schema { types { name kind description
             fields(includeDeprecated: true) { name description args { name description } }
             inputFields { name description }
             enumValues(includeDeprecated: true) { name description } } } }",
    );
    let mut silent = Vec::new();
    let mut seen = 0;
    let mut look = |path: String, thing: &serde_json::Value| {
        seen += 1;
        let words = thing["description"].as_str().unwrap_or_default();
        if words.trim().len() < 8 {
            silent.push(path);
        }
    };
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    for kind in list(&answer["data"]["__schema"]["types"]) {
        let name = kind["name"].as_str().unwrap().to_owned();
        // The specification's own types are described there.
        if name.starts_with("__") || name == "ID" {
            continue;
        }
        look(name.clone(), &kind);
        for part in ["fields", "inputFields", "enumValues"] {
            for member in list(&kind[part]) {
                let path = format!("{name}.{}", member["name"].as_str().unwrap());
                look(path.clone(), &member);
                for argument in list(&member["args"]) {
                    look(format!("{path}({})", argument["name"].as_str().unwrap()), &argument);
                }
            }
        }
    }
    assert!(seen > 300, "only {seen} things were looked at");
    assert!(silent.is_empty(), "without a description: {silent:#?}");
}

/// Tables with their columns, each with whether it takes NULL.
type Tables = BTreeMap<String, BTreeMap<String, bool>>;

/// What `src/store/schema.rs` says.
fn declared() -> Tables {
    let text = read(repository("src/store/schema.rs"));
    let mut tables = Tables::new();
    let mut table = String::new();
    for line in text.lines().map(str::trim) {
        if let Some((name, _)) = line.strip_suffix('{').and_then(|head| head.split_once(" (")) {
            table = name.to_owned();
        } else if let Some((name, kind)) = line.split_once(" -> ") {
            let columns = tables.entry(table.clone()).or_default();
            columns.insert(name.to_owned(), kind.starts_with("Nullable"));
        }
    }
    tables
}

#[test]
fn the_tables_in_the_code_are_those_of_the_migrations() {
    // `merged_into` waits for its issue: the column is there, no query names it yet.
    let declared = declared();
    assert!(declared.len() > 8, "only {} tables in schema.rs", declared.len());
    each_backend(|backend| {
        let home = Home::new(backend);
        dixit::store::migration::up(home.url()).unwrap();
        let mut migrated = Tables::new();
        for line in catalogue(&mut home.direct()) {
            // `column quote.id blob NOT NULL`
            let Some((name, kind)) = line.strip_prefix("column ").and_then(|l| l.split_once(' '))
            else {
                continue;
            };
            let (table, column) = name.split_once('.').unwrap();
            let columns = migrated.entry(table.to_owned()).or_default();
            columns.insert(column.to_owned(), !kind.ends_with("NOT NULL"));
        }
        assert_eq!(declared, migrated);
    });
}
