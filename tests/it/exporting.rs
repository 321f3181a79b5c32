//! `dixit export`: imported into an empty database it is the same database again, and a spreadsheet
//! may open it.

use std::io::{BufRead as _, BufReader};
use std::ops::ControlFlow;
use std::sync::Arc;

use dixit::domain::id::Id;
use dixit::import::{self, Options, Progress, Rejection, Report, Settings, Source, SourceError};
use dixit::store::audit::Actor;
use dixit::store::export::{Choice, Part};
use dixit::store::quote;
use dixit::store::write::edit::{self, Deed};
use serde_json::{Value, json};

use crate::replacing::found;
use crate::support::{
    Backend, Database, Workplace, each_backend, native_row, quotebank_row, read, repository,
};

struct Strict;

impl Progress for Strict {
    fn written(&mut self, _: &Report) {}
    fn rejected(&mut self, rejection: &Rejection) {
        panic!("{rejection:?}");
    }
    fn told(&mut self, _: &str, _: u64, _: &str) {}
    fn failed(&mut self, error: &SourceError) {
        panic!("{error}");
    }
}

fn take(database: &Database, rows: &str, replace_articles: bool) {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("rows.jsonl");
    std::fs::write(&file, rows).unwrap();
    let settings = Settings { replace_articles, trusted: true, ..Settings::default() };
    let options = Options { settings: Arc::new(settings), ..Options::default() };
    import::run(database.store(), vec![Source::File(file)], &options, &mut Strict).unwrap();
}

fn export(database: &Database, choice: &Choice) -> String {
    let mut lines = String::new();
    let sink = &mut |line: &Value| {
        lines.push_str(&format!("{line}\n"));
        ControlFlow::Continue(())
    };
    database.store().export_some(&[Part::Quotes], choice, sink).unwrap();
    lines
}

fn table(database: &Database, table: &str) -> (u64, String) {
    let digest = database.store().digest(&mut |_, _| ()).unwrap();
    let found = digest.tables.into_iter().find(|one| one.table == table).unwrap();
    (found.rows, found.digest)
}

/// Exports one database into another; both must be the same in all that an export tells.
fn is_the_identity(backend: Backend, database: &Database) -> String {
    let whole = export(database, &Choice::default());
    let other = Database::empty(backend);
    take(&other, &whole, false);
    let again = export(&other, &Choice::default());
    let differing = whole.lines().zip(again.lines()).find(|(one, other)| one != other);
    assert!(whole == again, "the first difference is {differing:#?}");
    for name in ["article", "statement", "quote", "quote_reading"] {
        assert_eq!(table(&other, name), table(database, name), "{name}");
    }
    let moved = format!(
        "SELECT {} AS value FROM quote_moved WHERE quote_id IN (SELECT id FROM quote) ORDER BY 1",
        backend.hex("derived_id")
    );
    assert_eq!(other.column(&moved), database.column(&moved));
    let candidates = "SELECT wikidata AS value FROM speaker_candidate ORDER BY 1";
    assert_eq!(other.column(candidates), database.column(candidates));
    // And it is all known already.
    take(&other, &whole, false);
    assert_eq!(export(&other, &Choice::default()), whole);
    whole
}

const BEFORE: [(&str, &str, u32); 3] = [
    ("We shall see.", "Ada Quill", 10),
    ("Nobody asked us.", "Tobit Marsh", 50),
    ("No comment.", "Ada Quill", 90),
];
const AFTER: [(&str, &str, u32); 2] =
    [("We shall see.", "Ada Quill", 30), ("No comment.", "Ada Quill", 110)];

fn id_of(database: &Database, text: &str) -> Id {
    let answer = database.ask("{ quotes(first: 100) { nodes { id text } } }");
    let nodes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
    let node = nodes.iter().find(|node| node["text"] == text).unwrap();
    node["id"].as_str().unwrap().parse().unwrap()
}

/// A database to which everything has happened.
fn eventful(backend: Backend) -> Database {
    let database = Database::empty(backend);
    let dated = json!({ "speaker": "Quill", "article": { "url": "https://news.example/a",
        "language": "en", "published_at": "2021-08", "title": "Late", "publisher": "The Gazette" } });
    take(&database, &found("1", "a", &BEFORE), false);
    take(&database, &found("2", "a", &AFTER), true);
    take(&database, &found("3", "a", &[("We shall see.", "Ada Quill", 31)]), true);
    // The article says more since.
    take(&database, &native_row("a", "It is late.", dated), false);
    let other = |speaker: &str| {
        native_row("a", "Quite so.", json!({ "speaker": speaker, "start": 200, "confidence": 0.1 }))
    };
    take(&database, &[other("Ada Quill"), other("Tobit Marsh")].concat(), false);
    let more = json!({ "speaker": "Henrike Vossberg", "qids": ["Q2", "Q1"],
                       "probas": [["Henrike Vossberg", "0.7"], ["None", "0.3"]] });
    take(&database, &quotebank_row("2017-05-03-000001", "They said so.", more), false);
    let deed = Deed { actor: Actor::command_line(), reason: None };
    let version = |id: Id| {
        let rows = database.store().read(|c| quote::by_id(c, &[id])).unwrap();
        rows[0].fingerprint.clone()
    };
    let edited = id_of(&database, "It is late.");
    let seen = version(edited);
    let changed = database.store().write(|c| {
        edit::update(c, &deed, edited, &seen, |mut reading| {
            reading.text = "It is rather late.".to_owned();
            Ok(reading)
        })
    });
    changed.unwrap().0.unwrap();
    let removed = id_of(&database, "They said so.");
    take(&database, &native_row("z", "Gone tomorrow.", json!({})), false);
    let gone = id_of(&database, "Gone tomorrow.");
    assert_ne!(removed, gone);
    let seen = version(gone);
    database.store().write(|c| edit::delete(c, &deed, gone, &seen)).unwrap().0.unwrap();
    // Its article has another quote.
    take(&database, &native_row("z", "Still here.", json!({})), false);
    database
}

#[test]
fn an_export_imported_is_the_same_database_ids_included() {
    each_backend(|backend| {
        let database = eventful(backend);
        let whole = is_the_identity(backend, &database);
        for part in ["vanished", "earlier_ids", "dixit-editor", "wikidata_candidates"] {
            assert!(whole.contains(part), "{part} in\n{whole}");
        }
        let printed = export(&database, &Choice { resolved: false, ..Choice::default() });
        assert!(!printed.contains("\"resolved\""));
    });
}

#[test]
fn kandahar_and_quotebank_come_back_as_they_were() {
    each_backend(|backend| {
        let database = Database::empty(backend);
        take(&database, &read(repository("../shared/data/kandahar/statements.jsonl")), false);
        let year = repository("../shared/data/quotebank/quotes-2017.json.bz2");
        let year = bzip2::read::MultiBzDecoder::new(std::fs::File::open(year).unwrap());
        let slice: Vec<String> =
            BufReader::new(year).lines().take(1_500).collect::<Result<_, _>>().unwrap();
        take(&database, &(slice.join("\n") + "\n"), false);
        assert!(is_the_identity(backend, &database).lines().count() > 1_500);
    });
}

#[test]
fn an_upload_brings_no_edits_and_a_foreign_id_is_refused() {
    let database = eventful(Backend::Sqlite);
    let whole = export(&database, &Choice::default());
    let workplace = Workplace::new(Backend::Sqlite);
    // The tests' own import stands for an upload: nobody vouches for it.
    let other = Database::empty(Backend::Sqlite);
    let file = workplace.file("whole.jsonl", &whole);
    let (report, _) = other.try_import(&[workplace.path(&file)], None);
    assert!(report.rejected > 0 && report.accepted > 0, "{report:?}");
    let foreign = "00000000-0000-8100-8000-000000000000";
    let strange = native_row("a", "We shall see.", json!({ "id": foreign }));
    let strange = workplace.file("strange.jsonl", strange);
    let (code, _, rejects) = workplace.import(&[&strange]);
    assert_eq!(
        (code, rejects[0]["code"].as_str(), rejects[0]["field"].as_str()),
        (1, Some("bad_value"), Some("id"))
    );
}

#[test]
fn other_lines_of_an_export_are_told_apart() {
    let workplace = Workplace::new(Backend::Sqlite);
    let rows = workplace.file("rows.jsonl", found("1", "a", &BEFORE));
    workplace.import(&[&rows]);
    let all = workplace.dixit(&["export", "all"]);
    assert_eq!(all.code, 0, "{all:?}");
    let all = workplace.file("all.jsonl", all.out);
    let (code, report, rejects) = workplace.import(&[&all]);
    assert_eq!((code, report["known"].as_i64()), (1, Some(3)));
    assert!(rejects.len() >= 2, "two speakers at least");
    assert!(rejects.iter().all(|row| row["code"] == "not_a_quote"), "{rejects:#?}");
}

/// A minimal reader of RFC 4180.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut rest = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(rest.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty());
    rows
}

#[test]
fn a_spreadsheet_is_told_no_formula_and_can_be_read_back() {
    let hostile = [
        "=HYPERLINK(\"https://evil.example\")",
        "+1 from us",
        "-1 from them",
        "@everybody",
        "'so",
        "＝1＋1",
        "said \"yes\", or; no",
        "two\r\nlines",
        "plain",
    ];
    let row = |(number, text): (usize, &&str)| {
        native_row(&number.to_string(), text, json!({ "speaker": "=Ada" }))
    };
    let rows: String = hostile.iter().enumerate().map(row).collect();
    let workplace = Workplace::new(Backend::Sqlite);
    let file = workplace.file("rows.jsonl", rows);
    assert_eq!(workplace.import(&[&file]).0, 0);
    let (json, csv) =
        (workplace.dixit(&["export"]), workplace.dixit(&["export", "--format", "csv"]));
    assert_eq!((json.code, csv.code), (0, 0), "{csv:?}");
    let mut table = cells(&csv.out);
    let head = table.remove(0);
    assert_eq!(table.len(), hostile.len());
    let column = |name: &str| head.iter().position(|cell| cell == name).unwrap();
    for (line, row) in json.out.lines().zip(&table) {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(row.len(), head.len());
        for cell in row {
            let first = cell.chars().next().unwrap_or(' ');
            assert!(!"=+-@\t\r\n＝＋－＠".contains(first), "{cell}");
        }
        for name in ["id", "text", "speaker"] {
            let cell = &row[column(name)];
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), line[name].as_str().unwrap());
        }
    }
    let refused = workplace.dixit(&["export", "all", "--format", "csv"]);
    assert_eq!(refused.code, 2, "{refused:?}");
}

/// The columns of a table with these names, as a spreadsheet writes them.
fn columns(csv: &str, names: &[&str]) -> String {
    let rows = cells(csv);
    let at = |name: &&str| rows[0].iter().position(|cell| cell == name).unwrap();
    let at: Vec<usize> = names.iter().map(at).collect();
    let cell = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let row = |row: &Vec<String>| at.iter().map(|&at| cell(&row[at])).collect::<Vec<_>>().join(",");
    rows.iter().map(|one| row(one) + "\r\n").collect()
}

#[test]
fn a_table_of_an_export_is_the_same_quotes_with_columns_taken_out_too() {
    each_backend(|backend| {
        let dated = json!({ "url": "https://news.example/a", "language": "en",
                            "published_at": "2021-08", "publisher": "The Gazette" });
        let rows = [
            native_row(
                "a",
                "-5 degrees, isn't it?",
                json!({ "role": "NA", "organisation": "LOC" }),
            ),
            native_row("a", "@ada is late", json!({ "speaker": "@ada", "attribution": "nan" })),
            native_row(
                "b",
                "'Tis late",
                json!({ "speaker": "Ada Quill, the mayor", "via": "None" }),
            ),
            // The article says more since.
            native_row("a", "It is late.", json!({ "article": dated })),
        ];
        let place = Workplace::new(backend);
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(place.import(&[&place.file(&format!("{at}.jsonl"), row)]).0, 0);
        }
        let json = place.dixit(&["export"]).out;
        let csv = place.dixit(&["export", "--format", "csv"]).out;
        let other = Workplace::new(backend);
        let flags = ["--language", "de", "--publisher", "The Herald", "--published-at", "2020"];
        let file = other.file("all.csv", &csv);
        let done = other.import(&[&flags[..], &[&file]].concat());
        assert_eq!((done.0, &done.1["accepted"]), (0, &json!(4)), "{done:?}");
        assert_eq!(other.dixit(&["export"]).out, json);
        // What is left of it is known.
        let few = ["id", "text", "kind", "speaker", "article_id", "article_url"];
        let file = other.file("few.csv", columns(&csv, &few));
        let (code, report, _) = other.import(&[&file]);
        assert_eq!((code, &report["known"]), (0, &json!(4)), "{report}");
        assert_eq!(other.dixit(&["export"]).out, json);
        // Without the ids, no text has an apostrophe before it that the print does not have.
        let third = Workplace::new(backend);
        let none = ["text", "kind", "speaker", "article_url"];
        let file = third.file("none.csv", columns(&csv, &none));
        assert_eq!(third.import(&[&file]).0, 0);
        let texts = third.direct().unwrap().column("SELECT text AS value FROM quote ORDER BY 1");
        assert!(texts.contains(&"-5 degrees, isn't it?".to_owned()), "{texts:?}");
        assert!(texts.contains(&"@ada is late".to_owned()), "{texts:?}");
    });
}

#[test]
fn a_filter_means_what_it_means_to_the_api() {
    let database = eventful(Backend::Sqlite);
    let ids = |lines: &str| {
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].clone();
        let mut ids: Vec<String> = lines.lines().map(|line| id(line).to_string()).collect();
        ids.sort();
        ids.dedup();
        ids
    };
    for filter in [
        json!({ "speaker": { "name": "Ada Quill" } }),
        json!({ "not": { "speaker": { "name": "Ada Quill" } } }),
        json!({ "vanished": true }),
        json!({ "or": [{ "reportedAt": { "known": true } }, { "article": { "site": "no.example" } }] }),
        json!({}),
    ] {
        let condition = match dixit::graphql::quote_condition(&filter.to_string()) {
            Ok(condition) => condition,
            Err(error) => panic!("{error} in {filter}"),
        };
        let exported = export(&database, &Choice { condition, ..Choice::default() });
        let ask =
            "query($filter: QuoteFilter) { quotes(filter: $filter, first: 100) { nodes { id } } }";
        let answer = database.answer(ask, Some(json!({ "filter": filter })));
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let nodes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
        let mut asked: Vec<String> = nodes.iter().map(|node| node["id"].to_string()).collect();
        asked.sort();
        assert_eq!(ids(&exported), asked, "{filter}");
    }
    let workplace = Workplace::new(Backend::Sqlite);
    let done = workplace.dixit(&["export", "--filter", "{\"officialOf\": \"DEFENCE\"}"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("filter.officialOf is no field of QuoteFilter"), "{}", done.err);
}
