//! The importer as a user meets it: rows with one fault beside good ones, inputs of every shape,
//! rehearsals, corrections, and the account that is given of each line.

mod bombs;
mod documents;
mod extractors;
mod faults;
mod flags;
mod inputs;
mod sidecar;
mod standoff;
mod tables;

use serde_json::{Value, json};

use crate::support::{Database, Workplace, each_backend, native_row, number, text};

/// `dixit import` of these arguments: exit code, report, rejected rows. Every line must be in
/// exactly one of the report's counts, and every rejected one in `--rejects`.
fn import(place: &Workplace, arguments: &[&str]) -> (i32, Value, Vec<Value>) {
    let (code, report, rejects) = place.import(arguments);
    accounted(&report);
    assert_eq!(number(&report, "/rejected"), rejects.len() as u64, "{report}");
    (code, report, rejects)
}

fn accounted(report: &Value) {
    let count = |name: &str| number(report, name);
    let sum = ["/accepted", "/known", "/changed", "/rejected"].map(count).iter().sum::<u64>();
    assert_eq!(sum, count("/lines"), "{report}");
    let by_code = report["rejectedBy"].as_object().unwrap().values();
    let by_code: u64 = by_code.map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(by_code, count("/rejected"), "{report}");
}

/// What `dixit import` of these arguments tells on standard error, where it takes every row.
fn told(place: &Workplace, arguments: &[&str]) -> String {
    let done = place.dixit(&[&["import", "--json"], arguments].concat());
    assert_eq!(done.code, 0, "{done:?}");
    accounted(&serde_json::from_str(&done.out).unwrap());
    done.err
}

/// What is kept of quotes, in the order of their texts' places: kind, words, place, speaker and
/// attribution.
fn kept(place: &Workplace) -> Vec<String> {
    let or = |column: &str| format!("COALESCE(CAST({column} AS TEXT), '-')");
    let span = "COALESCE(CAST(start_at AS TEXT) || '-' || CAST(end_at AS TEXT), '-')";
    let [speaker, attribution] = [or("printed_speaker"), or("printed_attribution")];
    place.direct().unwrap().column(&format!(
        "SELECT kind || ' | ' || text || ' | ' || {span} || ' | ' || {speaker} || ' | ' || \
         {attribution} AS value FROM quote ORDER BY COALESCE(start_at, -1), text"
    ))
}

fn good(document: &str) -> String {
    native_row(document, "We shall see.", json!({ "speaker": "Ada Quill" }))
}

/// A report without what may differ between two runs of the same.
fn comparable(mut report: Value) -> Value {
    let fields = report.as_object_mut().unwrap();
    for key in ["seconds", "dryRun"] {
        fields.remove(key).unwrap();
    }
    // A server tells where its log is after what it kept.
    fields.remove("position");
    report
}

#[test]
fn a_rehearsal_tells_what_would_happen_and_changes_nothing() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let first = place.file("first.jsonl", good("a") + &good("b") + "{}\n");
        let (code, rehearsed, _) = import(&place, &["--dry-run", &first]);
        assert_eq!(code, 1);
        assert_eq!(place.stored(), None, "a rehearsal made a database");
        assert_eq!(comparable(rehearsed), comparable(import(&place, &[&first]).1));

        let edited = native_row("a", "We shall see.", json!({ "speaker": "Bo Carver" }));
        let second = place.file("second.jsonl", edited + &good("b") + &good("c") + "[]\n");
        let before = place.stored();
        let (_, rehearsed, _) = import(&place, &["--dry-run", &second]);
        assert!(before == place.stored(), "the database changed");
        let (_, report, _) = import(&place, &[&second]);
        let counts = ["/accepted", "/known", "/changed", "/rejected"];
        assert_eq!(counts.map(|count| number(&report, count)), [1, 1, 1, 1]);
        assert_eq!(comparable(rehearsed), comparable(report));
        assert!(before != place.stored(), "nothing was written");
    });
}

/// The quotes of a database as GraphQL shows them.
fn shown(database: &Database) -> Value {
    let document = "{ quotes { nodes { cue confidence speaker { name } contradictingReadings } } }";
    database.ask(document)["data"]["quotes"]["nodes"].take()
}

fn reading(cue: &str, more: Value) -> String {
    let mut row: Value = serde_json::from_str(&good("a")).unwrap();
    row["cue"] = json!(cue);
    let Value::Object(more) = more else { panic!("not an object") };
    row.as_object_mut().unwrap().extend(more);
    format!("{row}\n")
}

#[test]
fn an_edited_row_changes_its_quote_and_makes_no_other() {
    each_backend(|backend| {
        let database = Database::of(backend, &reading("said", json!({})));
        let report = database.import(&[&reading("claims", json!({}))]);
        assert_eq!((report.accepted, report.known, report.changed), (0, 0, 1));
        assert_eq!(shown(&database).as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_newer_version_of_an_extractor_replaces_what_the_older_said() {
    let of = |version: &str, cue: &str| {
        reading(cue, json!({ "extractor": { "name": "x", "version": version } }))
    };
    let (old, new) = (of("1.9", "said"), of("1.10", "claims"));
    each_backend(|backend| {
        let database = Database::of(backend, &old);
        assert_eq!(database.import(&[&new]).changed, 1);
        assert_eq!(shown(&database)[0]["cue"], "claims");
        assert_eq!(shown(&database)[0]["contradictingReadings"], 0);
        assert_eq!(database.import(&[&old]).known, 1);
    });
}

#[test]
fn readings_that_contradict_each_other_are_both_kept_and_the_surer_is_shown_in_any_order() {
    let ada = reading("said", json!({ "confidence": 0.5 }));
    let bo = reading("said", json!({ "confidence": 0.9, "speaker": "Bo Carver" }));
    each_backend(|backend| {
        for order in [[&ada, &bo], [&bo, &ada]] {
            let database = Database::of(backend, order[0]);
            let report = database.import(&[order[1]]);
            assert_eq!((report.changed, report.quotes.contradicting), (1, 1));
            let quotes = shown(&database);
            assert_eq!(quotes.as_array().unwrap().len(), 1);
            assert_eq!(text(&quotes, "/0/speaker/name"), "Bo Carver");
            assert_eq!(number(&quotes, "/0/contradictingReadings"), 1);
        }
    });
}
