//! Who may be one: what speaks for it, who is told apart, and pages through all pairs.

use std::collections::BTreeSet;

use dixit::domain::access::Scope;
use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, native_row, quotebank_row};

/// Ada Quill: by her name alone, as Q42 for the same office, as another Q7, and as the only person
/// that an extractor thinks possible; and Tobit Marsh, who is nobody else.
fn filled(backend: Backend, more: &str) -> Database {
    let by = |document: &str, speaker: &str, wikidata: Option<&str>, organisation: &str| {
        let mut more = json!({ "speaker": speaker, "organisation": organisation });
        if let Some(item) = wikidata {
            more["wikidata"] = json!(item);
        }
        native_row(document, document, more)
    };
    let weighed = |id: &str, speaker: &str, items: &[&str]| {
        quotebank_row(id, id, json!({ "speaker": speaker, "qids": items }))
    };
    let printed = [
        by("a", "Ada Quill", None, "Harbour Office"),
        by("b", "Ada Quill", Some("Q42"), "Harbour Office"),
        by("c", "Ada Quill", Some("Q7"), "Port Board"),
        by("d", "Tobit Marsh", None, "Port Board"),
        more.to_owned(),
    ];
    let weighed = [
        weighed("2017-05-03-000001", "Ada B. Quill", &["Q42", "Q9"]),
        weighed("2017-05-03-000002", "Ada Barbara Quill", &["Q42", "Q9"]),
    ];
    let database = Database::empty(backend);
    database.import(&[&printed.concat(), &weighed.concat()]);
    database
}

const PAIR: &str =
    "from { ... on Speaker { name wikidataId } } into { ... on Speaker { name wikidataId } }
    score evidence { kind values }";

fn pairs(database: &Database, arguments: &str) -> Vec<Value> {
    let answer =
        database.ask(&format!("{{ mergeCandidates({arguments}) {{ nodes {{ {PAIR} }} }} }}"));
    answer["data"]["mergeCandidates"]["nodes"].as_array().unwrap().clone()
}

/// The pair of these two names and Wikidata ids, if it is proposed.
fn found<'a>(pairs: &'a [Value], from: (&str, Value), into: (&str, Value)) -> Option<&'a Value> {
    let is = |node: &Value, (name, item): &(&str, Value)| {
        node["name"] == *name && node["wikidataId"] == *item
    };
    pairs.iter().find(|pair| is(&pair["from"], &from) && is(&pair["into"], &into))
}

#[test]
fn who_may_be_one_is_proposed_with_what_speaks_for_it() {
    each_backend(|backend| {
        let database = filled(backend, "");
        let pairs = pairs(&database, "kind: SPEAKER, minScore: 0");
        let ada = |item: Value| ("Ada Quill", item);
        let same = found(&pairs, ada(Value::Null), ada(json!("Q42"))).unwrap();
        assert_eq!(
            same["evidence"],
            json!([
                { "kind": "SAME_NAME", "values": ["ada quill"] },
                { "kind": "SAME_ORGANISATION", "values": ["Harbour Office"] },
            ])
        );
        let namesake = found(&pairs, ada(Value::Null), ada(json!("Q7"))).unwrap();
        assert!(namesake["score"].as_f64() < same["score"].as_f64(), "{pairs:#?}");
        // Two with a Wikidata id each are two, whatever their name.
        assert!(found(&pairs, ada(json!("Q42")), ada(json!("Q7"))).is_none());
        assert!(found(&pairs, ada(json!("Q7")), ada(json!("Q42"))).is_none());
        let possible = found(&pairs, ("Ada B. Quill", Value::Null), ada(json!("Q42"))).unwrap();
        assert_eq!(possible["evidence"][0]["kind"], "NAME_VARIANT");
        assert_eq!(
            possible["evidence"][1],
            json!({ "kind": "WIKIDATA_CANDIDATE", "values": ["Q42"] })
        );
        let both = ("Ada Barbara Quill", Value::Null);
        let both = found(&pairs, both, ("Ada B. Quill", Value::Null)).unwrap();
        assert!(both["evidence"].to_string().contains(r#""values":["Q42","Q9"]"#), "{both}");
        assert!(!json!(pairs).to_string().contains("Marsh"), "he is nobody else");
        // The same of one speaker.
        let answer = database.ask(&format!(
            "{{ speaker(wikidataId: \"Q42\") {{ mergeCandidates(minScore: 0) {{ {PAIR} }} }} }}"
        ));
        let own = answer["data"]["speaker"]["mergeCandidates"].as_array().unwrap();
        let about: Vec<&Value> =
            pairs.iter().filter(|p| p["into"]["wikidataId"] == "Q42").collect();
        assert_eq!(own.len(), about.len());
        assert!(own.iter().all(|pair| about.contains(&pair)), "{own:#?}");
        let scores: Vec<f64> = own.iter().filter_map(|pair| pair["score"].as_f64()).collect();
        assert!(scores.is_sorted_by(|one, next| one >= next), "{scores:?}");
    });
}

#[test]
fn every_pair_stands_on_one_page() {
    each_backend(|backend| {
        let mut rows = String::new();
        for number in 0..250 {
            for item in [None, Some("Q100")] {
                let mut more = json!({ "speaker": format!("Person{number} Doe") });
                if let Some(item) = item {
                    more["wikidata"] = json!(format!("{item}{number}"));
                }
                rows += &native_row(&format!("{number}{}", item.is_some()), "Yes.", more);
            }
        }
        let database = filled(backend, &rows);
        let (mut cursor, mut seen, mut count) = (String::new(), BTreeSet::new(), 0);
        loop {
            let after =
                if cursor.is_empty() { String::new() } else { format!("after: \"{cursor}\"") };
            let answer = database.ask(&format!(
                "{{ mergeCandidates(kind: SPEAKER, minScore: 0.5, first: 7 {after}) {{
                    edges {{ cursor node {{ from {{ id }} into {{ id }} }} }}
                    pageInfo {{ hasNextPage hasPreviousPage endCursor }} }} }}"
            ));
            let page = &answer["data"]["mergeCandidates"];
            let edges = page["edges"].as_array().unwrap();
            assert!(edges.len() <= 7);
            count += edges.len();
            seen.extend(edges.iter().map(|edge| edge["node"].to_string()));
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !cursor.is_empty());
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            cursor = page["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
        }
        let whole = pairs(&database, "kind: SPEAKER, first: 100").len();
        assert_eq!((whole, seen.len()), (100, count), "none twice");
        let proposed = pairs(&filled(backend, ""), "kind: SPEAKER, minScore: 0.5");
        assert_eq!(count, 250 + proposed.len());
    });
}

#[test]
fn whom_somebody_told_apart_or_merged_is_not_proposed() {
    each_backend(|backend| {
        let database = filled(backend, "");
        let holder = database.holder(&[Scope::Write]);
        let write = |field: &str, input: Value| -> Value {
            let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
            let document = format!(
                "mutation($input: {kind}!) {{ {field}(input: $input) {{ judgement {{ id }} userErrors {{ message }} }} }}"
            );
            let mut input = input;
            input["reason"] = json!("so it is");
            let variables = Some(json!({ "input": input }));
            let answer = database.answer_to(holder.clone(), &document, variables);
            let answer: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(answer["data"][field]["userErrors"], json!([]), "{answer}");
            answer["data"][field]["judgement"]["id"].clone()
        };
        let ids = |item: &str| {
            let of = database.ask(&format!("{{ speaker(wikidataId: \"{item}\") {{ id }} }}"));
            of["data"]["speaker"]["id"].clone()
        };
        let all = || pairs(&database, "kind: SPEAKER, minScore: 0");
        let before = all();
        let ada = found(&before, ("Ada Quill", Value::Null), ("Ada Quill", json!("Q42"))).is_some();
        assert!(ada, "{before:#?}");
        let answer = database
            .ask("{ mergeCandidates(kind: SPEAKER) { nodes { from { id } into { id } } } }");
        let nodes = answer["data"]["mergeCandidates"]["nodes"].as_array().unwrap();
        let unsettled = nodes.iter().find(|pair| pair["into"]["id"] == ids("Q7")).unwrap();
        let unsettled = unsettled["from"]["id"].clone();
        let apart = write("keepApart", json!({ "id": ids("Q7"), "otherId": unsettled }));
        let now = all();
        assert_eq!(now.len(), before.len() - 1);
        assert!(found(&now, ("Ada Quill", Value::Null), ("Ada Quill", json!("Q7"))).is_none());
        // Who was merged stands for nobody but whom they are; and what is kept apart stays so.
        let merged = write("mergeSpeakers", json!({ "id": unsettled, "intoId": ids("Q42") }));
        assert!(all().iter().all(|pair| !(pair["from"]["name"] == "Ada Quill")), "{:#?}", all());
        write("undoJudgement", json!({ "id": merged }));
        write("undoJudgement", json!({ "id": apart }));
        assert_eq!(all(), before);
    });
}

#[test]
fn a_score_or_a_cursor_that_cannot_be_is_refused() {
    each_backend(|backend: Backend| {
        let database = filled(backend, "");
        let cursor =
            database.ask("{ mergeCandidates(kind: SPEAKER, first: 1) { pageInfo { endCursor } } }");
        let cursor = &cursor["data"]["mergeCandidates"]["pageInfo"]["endCursor"];
        for (arguments, blamed) in [
            ("kind: SPEAKER, minScore: 1.5".to_owned(), "minScore"),
            ("kind: SPEAKER, minScore: -0.1".to_owned(), "minScore"),
            ("kind: SPEAKER, first: 101".to_owned(), "first"),
            ("kind: SPEAKER, after: \"AAAA\"".to_owned(), "after"),
            (format!("kind: ORGANISATION, after: {cursor}"), "after"),
        ] {
            let document = format!("{{ mergeCandidates({arguments}) {{ nodes {{ score }} }} }}");
            let answer: Value = serde_json::from_str(&database.answer(&document, None)).unwrap();
            let extensions = &answer["errors"][0]["extensions"];
            assert_eq!(extensions["argument"], blamed, "{answer}");
        }
    });
}
