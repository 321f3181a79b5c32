//! Timelines: dates of every precision, in buckets of every length.

use serde_json::{Value, json};

use super::{FILTERS, dated, number, sample, total};
use crate::support::{Database, each_backend, native_row};

const DATES: [Option<&str>; 9] = [
    Some("2021"),
    Some("2021-08"),
    Some("2021-08-01"),
    Some("2021-08-13"),
    Some("2021-08-13T23:30:00Z"),
    // The day in UTC is the next one.
    Some("2021-08-13T23:30:00-02:00"),
    Some("2022-01-01T00:00:00Z"),
    Some("1969-12-31"),
    None,
];

fn timeline(database: &Database, by: &str) -> Value {
    let answer = database.ask(&format!(
        "{{ quotes(first: 1) {{ timeline(by: {by}) {{ by imprecise undated
            buckets {{ label earliest latest count }} }} }} }}"
    ));
    answer["data"]["quotes"]["timeline"].clone()
}

/// The buckets that hold anything.
fn held(timeline: &Value) -> Vec<(&str, i64)> {
    let buckets = timeline["buckets"].as_array().unwrap();
    let pairs =
        buckets.iter().map(|bucket| (bucket["label"].as_str().unwrap(), number(&bucket["count"])));
    pairs.filter(|(_, count)| *count > 0).collect()
}

#[test]
fn a_date_counts_where_the_whole_of_it_lies() {
    each_backend(|backend| {
        let rows = DATES.iter().enumerate().map(|(number, date)| {
            // Said, or only in print: the best date known counts.
            let field = if number % 2 == 0 { "said_at" } else { "reported_at" };
            native_row(&format!("d{number}"), &format!("Words {number}."), json!({ field: date }))
        });
        let database = Database::of(backend, &rows.collect::<String>());

        let years = timeline(&database, "YEAR");
        assert_eq!(held(&years), [("1969", 1), ("2021", 6), ("2022", 1)]);
        assert_eq!((number(&years["imprecise"]), number(&years["undated"])), (0, 1));
        let buckets = years["buckets"].as_array().unwrap();
        assert_eq!(buckets.len(), 54, "the years between stand there too");
        assert_eq!(buckets[52]["earliest"], "2021-01-01T00:00:00Z");
        assert_eq!(buckets[52]["latest"], "2021-12-31T23:59:59.999999Z");

        let months = timeline(&database, "MONTH");
        assert_eq!(held(&months), [("1969-12", 1), ("2021-08", 5), ("2022-01", 1)]);
        assert_eq!((number(&months["imprecise"]), number(&months["undated"])), (1, 1));

        let weeks = database.ask(
            "{ quotes(first: 1, filter: { or: [{ saidAt: { from: \"2021\" } }, { reportedAt: { from: \"2021\" } }] }) {
                timeline(by: WEEK) { buckets { label count } imprecise undated }
                days: timeline(by: DAY) { buckets { label count } imprecise undated } } }",
        );
        let weeks = &weeks["data"]["quotes"];
        assert_eq!(
            held(&weeks["timeline"]),
            [("2021-W30", 1), ("2021-W32", 3), ("2021-W52", 1)],
            "{weeks:#}"
        );
        assert_eq!(number(&weeks["timeline"]["imprecise"]), 2);
        assert_eq!(
            held(&weeks["days"]),
            [("2021-08-01", 1), ("2021-08-13", 2), ("2021-08-14", 1), ("2022-01-01", 1)]
        );
        assert_eq!(number(&weeks["days"]["imprecise"]), 2);

        // A day of 1969 and one of 2022 are too far apart for days between.
        let answer =
            database.answer("{ quotes(first: 1) { timeline(by: DAY) { undated } } }", None);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["limit"], "timelineBuckets", "{answer:#}");
        assert!(error["message"].as_str().unwrap().contains("ask by MONTH"), "{answer:#}");
    });
}

#[test]
fn a_timeline_counts_everything_once_and_a_bucket_what_its_dates_find() {
    each_backend(|backend| {
        let database = sample(backend);
        for filter in FILTERS {
            for by in ["DAY", "WEEK", "MONTH", "YEAR"] {
                let answer = database.ask(&format!(
                    "{{ quotes(filter: {filter}, first: 1) {{ totalCount
                        timeline(by: {by}) {{ imprecise undated buckets {{ label count }} }}
                        statements: timeline(by: {by}, count: STATEMENTS) {{
                            imprecise undated buckets {{ label count }} }} }}
                        statements(filter: {{ quotes: {filter} }}, first: 1) {{ totalCount }} }}"
                ));
                let list = &answer["data"]["quotes"];
                let sum = |timeline: &Value| -> i64 {
                    let buckets: i64 = held(timeline).iter().map(|(_, count)| count).sum();
                    buckets + number(&timeline["imprecise"]) + number(&timeline["undated"])
                };
                let all = number(&list["totalCount"]);
                assert_eq!(sum(&list["timeline"]), all, "{filter} by {by}: {list:#}");
                let all = number(&answer["data"]["statements"]["totalCount"]);
                assert_eq!(sum(&list["statements"]), all, "{filter} by {by}: {list:#}");
                if by == "WEEK" {
                    continue;
                }
                for (label, count) in held(&list["timeline"]) {
                    let narrowed = format!("{{ and: [{filter}, {}] }}", dated(label));
                    let found = total(&database, "quotes", &narrowed);
                    assert_eq!(count, found, "{filter} by {by}: {label}");
                }
            }
        }
    });
}
