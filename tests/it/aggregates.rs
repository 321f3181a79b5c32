//! Facets and timelines: they count what filters find, on both databases.

mod timelines;

use serde_json::Value;

use crate::support::{self, Backend, Database, each_backend};

/// Filters of quotes, by themselves and together.
const FILTERS: [&str; 7] = [
    "{}",
    "{ kind: { in: [DIRECT, MIXED] } }",
    "{ not: { speaker: { name: \"Anselm Okoro-Lindqvist\" } } }",
    "{ organisation: { name: \"United Nations\", includeDescendants: true } }",
    "{ or: [{ secondHand: true }, { role: { function: { eq: SPOKESPERSON } } }] }",
    "{ article: { language: { eq: \"en\" } }, saidAt: { overlaps: \"2021-08\" } }",
    "{ speaker: { name: \"Nobody Atall\" } }",
];

const DIMENSIONS: &str =
    "[SPEAKER, ORGANISATION, FUNCTION, DOMAIN, PUBLISHER, KIND, SPEAKER_KIND, LANGUAGE, YEAR]";

fn sample(backend: Backend) -> Database {
    let database = Database::of_files(backend, &[support::repository("sample/statements.jsonl")]);
    // Words that several articles print, in several languages and kinds, by publishers that vary.
    let row = |document: &str, kind: &str, language: &str, publisher: &str| {
        let article = serde_json::json!({
            "document_id": document,
            "publisher": publisher,
            "language": language,
        });
        let more = serde_json::json!({
            "kind": kind, "speaker": "Ada Quill", "organisation": "Harbour Office",
            "role": "spokeswoman", "language": language, "article": article, "said_at": "2021-08",
        });
        support::native_row(document, "The gate stays shut.", more)
    };
    database.import(&[&[
        row("g1", "direct", "en", "The Tide"),
        row("g2", "mixed", "de", "Die Flut"),
        row("g3", "direct", "de", "The Tide"),
    ]
    .concat()]);
    database
}

/// The filter of quotes that have this value.
fn having(by: &str, value: &str) -> String {
    match by {
        "SPEAKER" => format!("{{ speaker: {{ id: {{ eq: \"{value}\" }} }} }}"),
        "ORGANISATION" => format!("{{ organisation: {{ id: {{ eq: \"{value}\" }} }} }}"),
        "FUNCTION" => format!("{{ role: {{ function: {{ eq: {value} }} }} }}"),
        "DOMAIN" => format!("{{ role: {{ domain: {{ eq: {value} }} }} }}"),
        "PUBLISHER" => format!("{{ article: {{ publisher: {{ id: {{ eq: \"{value}\" }} }} }} }}"),
        "KIND" => format!("{{ kind: {{ eq: {value} }} }}"),
        "SPEAKER_KIND" => format!("{{ speakerKind: {{ eq: {value} }} }}"),
        "LANGUAGE" => format!("{{ language: {{ eq: \"{value}\" }} }}"),
        _ => dated(value),
    }
}

/// The filter of quotes whose best date lies here.
fn dated(within: &str) -> String {
    format!(
        "{{ or: [{{ saidAt: {{ within: \"{within}\" }} }}, \
         {{ saidAt: {{ known: false }}, reportedAt: {{ within: \"{within}\" }} }}] }}"
    )
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// How many a list has.
fn total(database: &Database, list: &str, filter: &str) -> i64 {
    let answer = database.ask(&format!("{{ list: {list}(filter: {filter}) {{ totalCount }} }}"));
    number(&answer["data"]["list"]["totalCount"])
}

#[test]
fn a_facet_counts_what_the_list_filtered_by_its_value_has() {
    each_backend(|backend| {
        let database = sample(backend);
        for filter in FILTERS {
            let answer = database.ask(&format!(
                "{{ quotes(filter: {filter}, first: 1) {{ totalCount
                    facets(by: {DIMENSIONS}, first: 100) {{
                        by further: furtherValues none values {{ value label count }} }} }} }}"
            ));
            let list = &answer["data"]["quotes"];
            for facet in list["facets"].as_array().unwrap() {
                let by = facet["by"].as_str().unwrap();
                let values = facet["values"].as_array().unwrap();
                let sum: i64 = values.iter().map(|value| number(&value["count"])).sum();
                let shown = format!("{filter} by {by}: {facet:#}");
                assert_eq!(sum + number(&facet["none"]), number(&list["totalCount"]), "{shown}");
                assert_eq!(facet["further"], 0, "{shown}");
                let counts: Vec<i64> = values.iter().map(|v| number(&v["count"])).collect();
                assert!(counts.is_sorted_by(|a, b| a >= b), "{shown}");
                for value in values {
                    let narrowed = format!(
                        "{{ and: [{filter}, {}] }}",
                        having(by, value["value"].as_str().unwrap())
                    );
                    let found = total(&database, "quotes", &narrowed);
                    assert_eq!(number(&value["count"]), found, "{value} in {shown}");
                    assert!(!value["label"].as_str().unwrap().is_empty(), "{shown}");
                }
            }
        }
    });
}

#[test]
fn statements_are_counted_the_same_by_either_list() {
    each_backend(|backend| {
        let database = sample(backend);
        for filter in FILTERS {
            let facets = |more: &str| {
                format!(
                    "totalCount facets(by: {DIMENSIONS}, first: 100{more}) {{
                        by further: furtherValues none values {{ value count }} }}
                     timeline{} {{ buckets {{ label count }} imprecise undated }}",
                    if more.is_empty() { "" } else { "(count: STATEMENTS)" }
                )
            };
            let answer = database.ask(&format!(
                "{{ quotes(filter: {filter}, first: 1) {{ {} }}
                    statements(filter: {{ quotes: {filter} }}, first: 1) {{ {} }} }}",
                facets(", count: STATEMENTS"),
                facets("")
            ));
            let (quotes, statements) = (&answer["data"]["quotes"], &answer["data"]["statements"]);
            assert_eq!(quotes["facets"], statements["facets"], "{filter}");
            assert_eq!(quotes["timeline"], statements["timeline"], "{filter}");
            let all = number(&statements["totalCount"]);
            for facet in statements["facets"].as_array().unwrap() {
                let by = facet["by"].as_str().unwrap();
                let values = facet["values"].as_array().unwrap();
                let sum: i64 = values.iter().map(|value| number(&value["count"])).sum();
                let sum = sum + number(&facet["none"]);
                let is_own = ["SPEAKER", "ORGANISATION", "SPEAKER_KIND", "YEAR"].contains(&by);
                assert!(sum == all || !is_own && sum > all, "{filter} by {by}: {facet:#}");
                for value in values.iter().filter(|_| by != "YEAR") {
                    let id = value["value"].as_str().unwrap();
                    let narrowed = match by {
                        "SPEAKER" | "ORGANISATION" | "SPEAKER_KIND" => {
                            let own = having(by, id);
                            let own = &own[1..own.len() - 1];
                            format!("{{ quotes: {filter}, {own} }}")
                        }
                        _ => format!("{{ quotes: {{ and: [{filter}, {}] }} }}", having(by, id)),
                    };
                    let found = total(&database, "statements", &narrowed);
                    assert_eq!(number(&value["count"]), found, "{filter} by {by}: {value}");
                }
            }
        }
    });
}

#[test]
fn the_most_frequent_values_come_first_and_the_others_are_counted() {
    each_backend(|backend| {
        let database = sample(backend);
        let answer = database.ask(
            "{ quotes(filter: { speaker: { name: \"Ada Quill\" } }, first: 1) {
                all: facets(by: [PUBLISHER, LANGUAGE]) { values { label count
                    organisation { name quotes(first: 1) { totalCount } } } furtherValues none }
                one: facets(by: [PUBLISHER], first: 1) { values { label } furtherValues } } }",
        );
        let list = &answer["data"]["quotes"];
        let labels = |facet: &Value| -> Vec<(String, i64)> {
            let values = facet["values"].as_array().unwrap();
            let pair = |value: &Value| {
                (value["label"].as_str().unwrap().to_owned(), value["count"].as_i64().unwrap_or(0))
            };
            values.iter().map(pair).collect()
        };
        let pairs = |pairs: &[(&str, i64)]| -> Vec<(String, i64)> {
            pairs.iter().map(|(label, count)| ((*label).to_owned(), *count)).collect()
        };
        assert_eq!(labels(&list["all"][0]), pairs(&[("The Tide", 2), ("Die Flut", 1)]), "{list:#}");
        assert_eq!(labels(&list["all"][1]), pairs(&[("de", 2), ("en", 1)]), "{list:#}");
        assert_eq!(labels(&list["one"][0]), pairs(&[("The Tide", 0)]), "{list:#}");
        assert_eq!(list["one"][0]["furtherValues"], 1);
        assert_eq!(list["all"][0]["values"][0]["organisation"]["name"], "The Tide");
    });
}

#[test]
fn nested_lists_are_counted_each_by_itself() {
    each_backend(|backend| {
        let database = sample(backend);
        let answer = database.ask(
            "{ speakers(first: 5) { nodes { quoteCount quotes(first: 1) { totalCount
                facets(by: [KIND]) { values { count } } timeline(by: YEAR) { undated
                    buckets { count } } } } } }",
        );
        let speakers = answer["data"]["speakers"]["nodes"].as_array().unwrap();
        assert!(speakers.len() > 2, "{answer:#}");
        for speaker in speakers {
            let list = &speaker["quotes"];
            let sum = |values: &Value| -> i64 {
                values.as_array().unwrap().iter().map(|value| number(&value["count"])).sum()
            };
            let all = number(&speaker["quoteCount"]);
            assert_eq!(sum(&list["facets"][0]["values"]), all, "{speaker:#}");
            let timeline = &list["timeline"];
            assert_eq!(sum(&timeline["buckets"]) + number(&timeline["undated"]), all);
        }
    });
}

#[test]
fn what_cannot_be_counted_is_told() {
    each_backend(|backend| {
        let database = sample(backend);
        let refused = |list: &str| -> (String, String) {
            let answer: Value = serde_json::from_str(&database.answer(list, None)).unwrap();
            let error = &answer["errors"][0];
            let extensions = &error["extensions"];
            let about = extensions["argument"].as_str().or(extensions["limit"].as_str());
            (extensions["code"].as_str().unwrap().to_owned(), about.unwrap().to_owned())
        };
        let asked = |field: &str| refused(&format!("{{ quotes(first: 1) {{ {field} }} }}"));
        let pair = |code: &str, about: &str| (code.to_owned(), about.to_owned());
        assert_eq!(asked("facets(by: [KIND, KIND]) { none }"), pair("BAD_USER_INPUT", "by"));
        assert_eq!(asked("facets(by: [KIND], first: 0) { none }"), pair("BAD_USER_INPUT", "first"));
        assert_eq!(
            asked("facets(by: [KIND], first: 101) { none }"),
            pair("BAD_USER_INPUT", "first")
        );
        let many: String = (0..6)
            .map(|n| format!("a{n}: quotes(first: 1) {{ facets(by: {DIMENSIONS}) {{ none }} }} "))
            .collect();
        assert_eq!(refused(&format!("{{ {many} }}")), pair("LIMIT", "aggregates"));
    });
}
