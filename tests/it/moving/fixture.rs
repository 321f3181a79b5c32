//! A database in which every column of every table has a value and, where it may, none.

use std::collections::BTreeMap;
use std::time::Duration;

use dixit::store::{Options, Store};
use serde_json::json;

use crate::support::{Backend, Direct, Workplace, native_row, quotebank_row, repository};

/// A column, as SQLite's catalogue has it.
pub struct Column {
    pub table: String,
    pub name: String,
    pub nullable: bool,
}

/// A text that is hard to carry, in SQL.
const HARD: &str = "'\\N' || char(9, 10) || '\\.' || char(13) || ' \\\\ \"'";

/// SQL expressions of values that a column may have, the first one not NULL.
pub fn values(table: &str, name: &str) -> Vec<String> {
    let words: &[&str] = match (table, name) {
        ("organisation", "kind") => &["MILITARY", "NGO"],
        ("organisation_alias", "kind") => &["ACRONYM", "METONYM"],
        ("quote", "kind") => &["DIRECT", "MIXED"],
        (_, "speaker_kind" | "stated_kind") => &["DOCUMENT", "UNNAMED_GROUP"],
        (_, "function") => &["MAYOR", "JUDGE"],
        (_, "domain" | "official_of") => &["DEFENCE", "HEALTH"],
        (_, "status") => &["FORMER", "CURRENT"],
        (_, "voice") => &["PRINCIPAL", "REPRESENTATIVE"],
        (_, "medium") => &["INTERVIEW", "SPEECH"],
        (_, "begin_bound" | "end_bound") => &["KNOWN", "OPEN"],
        ("import", "state") => &["BROKEN", "RUNNING"],
        ("audit", "action") => &["IMPORT", "DELETE_QUOTE"],
        ("judgement", "action") => &["KEEP_APART", "ADD_ALIAS"],
        (_, "unsettled") => &["SPEAKER", "BOTH"],
        (_, "capacity") => &["HELD", "CONFLICT"],
        (_, name) if name.ends_with("_precision") => &["DAY", "YEAR"],
        _ => &[],
    };
    let null = "NULL".to_owned();
    if !words.is_empty() {
        return words.iter().map(|word| format!("'{word}'")).chain([null]).collect();
    }
    let own = |sql: &[&str]| sql.iter().map(|&sql| sql.to_owned()).chain([null.clone()]).collect();
    let id_of = |table: &str| {
        own(&[&format!("(SELECT max(id) FROM {table})"), &format!("(SELECT min(id) FROM {table})")])
    };
    match name {
        "publisher_id" | "parent_id" | "organisation_id" => id_of("organisation"),
        "merged_into" => id_of(table),
        "speaker_id" => id_of("speaker"),
        "role_id" => id_of("role"),
        "token_id" | "undone_token_id" => id_of("token"),
        "judgement_id" => id_of("judgement"),
        "vanished_by" => own(&["zeroblob(16)"]),
        "fingerprint" | "digest" | "sent" | "extractor" | "words" => own(&["x'00'", "x''"]),
        _ if name == "id"
            || name.ends_with("_id") && name != "document_id" && name != "external_id" =>
        {
            own(&["zeroblob(16)"])
        }
        "confidence" => own(&["0.1 + 0.2", "0.3", "0.0"]),
        _ if is_number(table, name) => own(&["-9223372036854775807 - 1", "0"]),
        _ => own(&[HARD, "''", "'NULL'"]),
    }
}

fn is_number(table: &str, name: &str) -> bool {
    table == "import"
        && !["source", "format", "state", "origin", "account", "problem"].contains(&name)
        || ["number", "line", "cut", "ordinal", "position", "start_at", "end_at", "ordered_at"]
            .contains(&name)
        || name.ends_with("_earliest")
        || name == "vanished_at"
        || name.ends_with("_at") && table != "quote"
        || name.ends_with("_latest")
}

/// Every column of the workplace's database.
pub fn columns(workplace: &Workplace) -> Vec<Column> {
    let columns = workplace.direct().unwrap().column(
        "SELECT m.name || ' ' || t.name || ' ' || (t.\"notnull\" = 0) AS value \
         FROM sqlite_master m, pragma_table_info(m.name) t \
         WHERE m.type = 'table' AND m.name <> '__diesel_schema_migrations' ORDER BY m.name, t.cid",
    );
    let tables = workplace.direct().unwrap().tables();
    let columns =
        columns.iter().filter(|line| tables.iter().any(|t| line.split(' ').next() == Some(t)));
    let read = |line: &String| {
        let parts: Vec<&str> = line.split(' ').collect();
        Column { table: parts[0].into(), name: parts[1].into(), nullable: parts[2] == "1" }
    };
    columns.map(read).collect()
}

/// Such a database, made by the importer and then by hand.
pub fn filled() -> Workplace {
    let workplace = Workplace::new(Backend::Sqlite);
    let contradicting =
        |speaker: &str| native_row("a", "We shall see.", json!({ "speaker": speaker }));
    let rows = [contradicting("Ada Quill"), contradicting("Tobit Marsh")].concat();
    let rows = workplace.file("rows.jsonl", rows);
    let more = json!({ "speaker": "Henrike Vossberg", "qids": ["Q1", "Q2"],
                       "probas": [["Henrike Vossberg", "0.9"], ["None", "0.1"]] });
    let bank = workplace
        .file("bank.jsonl", quotebank_row("2017-05-03-000001", "They said so themselves.", more));
    let sample = repository("sample/statements.jsonl");
    for file in [&*sample.to_string_lossy(), &rows, &bank] {
        let (code, report, _) = workplace.import(&[file]);
        assert_eq!(code, 0, "{file}: {report:#}");
    }
    let mut direct = workplace.direct().unwrap();
    for n in 1..=2 {
        let id = format!("x'{n:032x}'");
        direct
            .run(&format!("INSERT INTO token VALUES ({id}, 'night', x'0{n}', 'IMPORT', 1, 2, 3)"));
        direct
            .run(&format!("INSERT INTO audit VALUES ({id}, 1, NULL, 'x', 'IMPORT', {id}, '', '')"));
        direct.run(&format!("INSERT INTO removal VALUES ({id}, {id}, 'by order', 1, NULL)"));
        direct.run(&format!(
            "INSERT INTO tenure VALUES ({id}, (SELECT min(id) FROM speaker), 'Ada Quill', 'ada quill',
             'Mayor', '', '', '', (SELECT min(id) FROM role), NULL, 'MAYOR', 'GENERAL', 'CURRENT',
             'KNOWN', 1, 2, 'DAY', 'UNKNOWN', 3, 4, NULL, 'list.csv', '{n}')"
        ));
        direct.run(&format!(
            "INSERT INTO judgement VALUES ({id}, {n}, 'KEEP_APART', {id}, NULL, NULL, NULL, \
             'namesakes', 1, NULL, 'x', NULL, NULL, NULL, NULL)"
        ));
        direct.run(&format!("INSERT INTO judgement_quote VALUES ({id}, {id}, {id})"));
        direct.run(&format!("INSERT INTO judged VALUES ({id})"));
        direct.run(&format!("INSERT INTO quote_moved VALUES ({id}, {id}, {id})"));
        direct.run(&format!("INSERT INTO import_seen VALUES ({id}, {id}, x'00', {id}, '1')"));
        let rejection = "'quotes[1]', 'text', 'bad_text', 'is empty', 'csv', 'text', '{}', 0";
        let import = "(SELECT min(id) FROM import)";
        direct.run(&format!("INSERT INTO import_rejection VALUES ({import}, {n}, 7, {rejection})"));
    }
    // One row has every value that may be absent, the next one has none of them.
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Column { table, name, nullable } in columns(&workplace) {
        if nullable {
            tables.entry(table).or_default().push(name);
        }
    }
    for (table, names) in &tables {
        let set = |value: &dyn Fn(&str) -> String| -> String {
            let each: Vec<String> =
                names.iter().map(|name| format!("{name} = {}", value(name))).collect();
            each.join(", ")
        };
        let some = set(&|name| values(table, name)[0].clone());
        let none = set(&|_| "NULL".to_owned());
        let key = primary_key(&mut direct, table);
        let first = format!("(SELECT {key} FROM {table} ORDER BY {key} LIMIT 1)");
        let second = format!("(SELECT {key} FROM {table} ORDER BY {key} LIMIT 1 OFFSET 1)");
        direct.run(&format!("UPDATE {table} SET {some} WHERE ({key}) = {first}"));
        direct.run(&format!("UPDATE {table} SET {none} WHERE ({key}) = {second}"));
        for name in names {
            for state in ["IS NULL", "IS NOT NULL"] {
                let count = format!("SELECT count(*) AS value FROM {table} WHERE {name} {state}");
                let count = format!("SELECT CAST(value AS TEXT) AS value FROM ({count})");
                assert_ne!(direct.column(&count), ["0"], "{table}.{name}");
            }
        }
    }
    direct.run(&format!("UPDATE quote SET text = {HARD} WHERE id = (SELECT max(id) FROM quote)"));
    workplace
}

/// The columns of a table's primary key.
fn primary_key(direct: &mut Direct, table: &str) -> String {
    let key = "SELECT name AS value FROM pragma_table_info";
    direct.column(&format!("{key}('{table}') WHERE pk > 0 ORDER BY pk")).join(", ")
}

/// Writes a value into a column of the first row by primary key; false where it was there already,
/// or must not be there.
pub fn change_first_row(direct: &mut Direct, table: &str, name: &str, value: &str) -> bool {
    // So that a pointer may be to nothing.
    direct.run("PRAGMA foreign_keys = OFF");
    let key = primary_key(direct, table);
    let first = format!("FROM {table} ORDER BY {key} LIMIT 1");
    let before = direct.column(&format!("SELECT quote({name}) AS value {first}"));
    if before == direct.column(&format!("SELECT quote({value}) AS value")) {
        return false;
    }
    let change =
        format!("UPDATE {table} SET {name} = {value} WHERE ({key}) = (SELECT {key} {first})");
    match direct.try_column(&format!("{change} RETURNING 'done' AS value")) {
        Ok(rows) => {
            assert_eq!(rows, ["done"], "{change}");
            true
        }
        Err(error) => {
            assert!(error.to_string().contains("constraint failed"), "{error} in {change}");
            false
        }
    }
}

/// The digest of a database, without starting the program.
pub fn digest(url: &str) -> String {
    let options = Options {
        readers: 1,
        wait: Duration::from_secs(5),
        statement: Duration::from_secs(30),
        replicas: Vec::new(),
        max_replica_lag: Duration::from_secs(1),
    };
    let store = Store::open_existing(url, options).unwrap();
    store.digest(&mut |_, _| ()).unwrap().digest
}
