//! What is made from the code is in the repository as the code makes it: the API's schema, the
//! example of settings, and the tables that the migrations leave.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};

use crate::support::{Backend, Database, column, read, repository};

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

/// The tables and indexes of a database, as SQLite describes them.
fn catalogue(connection: &mut SqliteConnection) -> Vec<String> {
    column(
        connection,
        "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS value FROM sqlite_master \
         WHERE name NOT LIKE '%schema_migrations%' ORDER BY 1",
    )
}

#[test]
fn migrations_go_up_and_down_and_up_again() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("migrated.db");
    let mut connection = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
    let folder = repository("migrations/sqlite");
    let migrations = || FileBasedMigrations::from_path(&folder).unwrap();

    connection.run_pending_migrations(migrations()).unwrap();
    let up = catalogue(&mut connection);
    assert!(up.iter().any(|line| line.starts_with("table quote:")), "{up:#?}");
    connection.revert_all_migrations(migrations()).unwrap();
    assert_eq!(catalogue(&mut connection), Vec::<String>::new());
    connection.run_pending_migrations(migrations()).unwrap();
    assert_eq!(catalogue(&mut connection), up);
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
    let database = Database::empty(Backend::Sqlite);
    let mut migrated = Tables::new();
    let columns = database.column(
        "SELECT m.name || ' ' || t.name || ' ' || (t.\"notnull\" = 0) AS value \
         FROM sqlite_master m, pragma_table_info(m.name) t \
         WHERE m.type = 'table' AND m.name NOT LIKE '%schema_migrations%'",
    );
    for line in columns {
        let parts: Vec<&str> = line.split(' ').collect();
        let columns = migrated.entry(parts[0].to_owned()).or_default();
        columns.insert(parts[1].to_owned(), parts[2] == "1");
    }
    // `merged_into` waits for its issue: the column is there, no query names it yet.
    let declared = declared();
    assert!(declared.len() > 8, "only {} tables in schema.rs", declared.len());
    assert_eq!(declared, migrated);
}
