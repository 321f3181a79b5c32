//! `dixit names`: how many printed names became how many speakers, and who stays ambiguous.

use serde_json::{Value, json};

use crate::support::{Workplace, each_backend};

/// A row of the native format: who said something in which article, as printed.
fn row(article: &str, speaker: Value, role: Value, wikidata: Value) -> String {
    let words = format!("It holds, {speaker} {role} {wikidata}");
    let row = json!({
        "text": words, "kind": "direct", "article": { "document_id": article },
        "speaker": speaker, "role": role, "wikidata": wikidata,
    });
    row.to_string() + "\n"
}

fn said(article: &str, speaker: &str) -> String {
    row(article, json!(speaker), Value::Null, Value::Null)
}

/// What is printed of invented people, with all that can be unclear about them.
fn rows() -> String {
    [
        // One person in three spellings, and her surname, which her article settles.
        said("1", "Ada Quill"),
        said("9", "ADA QUILL"),
        said("1", "Ms. Ada Quill"),
        said("1", "Quill"),
        // A surname that nothing settles; two bearers do not either.
        said("2", "Marsh"),
        said("3", "Cleo Stone"),
        said("3", "Dan Stone"),
        said("3", "Mr Stone"),
        // A title settles whose surname it is, where it is printed with both.
        row("4", json!("Bo Carver"), json!("governor"), Value::Null),
        said("4", "Gov. Carver"),
        // Two people of one name.
        row("5", json!("Dana Frost"), Value::Null, json!("Q900001")),
        row("6", json!("Dana Frost"), Value::Null, json!("Q900002")),
        row("7", json!("Dana Frost"), json!("engineer"), json!("Q900002")),
        // Nobody with a name.
        said("8", "residents"),
        said("8", "a spokesman"),
        said("8", "the Harbour Gazette"),
        said("8", "They"),
    ]
    .concat()
}

/// An article by Quotebank, which offers two items for one name.
const OFFERED: &str = r#"{"quoteID":"2017-01-01-000001","quotation":"It may be me","speaker":"Finn Locke","qids":["Q900003","Q900004"],"date":"2017-01-01 00:00:00","numOccurrences":1,"probas":[["Finn Locke","0.9"],["None","0.1"]],"urls":["https://news.example/locke"],"phase":"D"}"#;

fn filled(workplace: &Workplace) {
    let files = [workplace.file("rows.jsonl", rows()), workplace.file("offered.jsonl", OFFERED)];
    for file in &files {
        let (code, report, rejects) = workplace.import(&[file]);
        assert_eq!(code, 0, "{report:#} {rejects:#?}");
    }
}

/// `dixit names --json ARGUMENTS`.
fn names(workplace: &Workplace, arguments: &[&str]) -> Value {
    let done = workplace.dixit(&[&["names", "--json"], arguments].concat());
    assert_eq!(done.code, 0, "{done:?}");
    serde_json::from_str(&done.out).unwrap()
}

fn listed(names: &Value) -> Vec<(&str, u64)> {
    let one = |found: &'_ Value| found["quotes"].as_u64().unwrap();
    let all = names["listed"].as_array().unwrap();
    all.iter().map(|found| (found["name"].as_str().unwrap(), one(found))).collect()
}

#[test]
fn names_are_counted_and_the_ambiguous_are_listed_with_reasons() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        filled(&workplace);
        let mut told = names(&workplace, &[]);
        assert_eq!(
            listed(&told),
            [
                ("Dana Frost", 2),
                ("Dana Frost", 1),
                ("Finn Locke", 1),
                ("Marsh", 1),
                ("Mr Stone", 1)
            ]
        );
        let reasons: Vec<&Value> =
            told["listed"].as_array().unwrap().iter().map(|found| &found["reasons"]).collect();
        assert_eq!(
            json!(reasons),
            json!([
                ["namesakes"],
                ["namesakes"],
                ["severalCandidates"],
                ["surnameAlone"],
                ["surnameAlone"]
            ])
        );
        assert_eq!(told["listed"][2]["candidates"], json!(["Q900003", "Q900004"]));
        told.as_object_mut().unwrap().remove("listed");
        assert_eq!(
            told,
            json!({
                "printedNames": 12,
                "printedOtherwise": 4,
                "speakers": 9,
                "withSeveralSpellings": 1,
                "settled": 2,
                "withOneCandidate": 0,
                "withSeveralCandidates": 1,
                "sharedNames": 1,
                "namesakes": 2,
                "surnamesAlone": 2,
                "ambiguous": 5,
                "quotesWithSpeaker": 14,
                "quotesOfAmbiguous": 6,
                "quotesWithoutSpeaker": {
                    "ORGANISATION": 1, "UNATTRIBUTED": 1, "UNNAMED_GROUP": 1,
                    "UNNAMED_INDIVIDUAL": 1,
                },
            })
        );
    });
}

#[test]
fn the_list_is_cut_and_chosen_and_the_counts_are_of_all() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        filled(&workplace);
        let first = names(&workplace, &["--limit", "1"]);
        assert_eq!(listed(&first), [("Dana Frost", 2)]);
        let surnames = names(&workplace, &["--reason", "surname-alone"]);
        assert_eq!(listed(&surnames), [("Marsh", 1), ("Mr Stone", 1)]);
        for some in [first, surnames, names(&workplace, &["--limit", "0"])] {
            assert_eq!(some["ambiguous"], 5);
        }
        let text = workplace.dixit(&["names", "--limit", "3"]).out;
        for line in [
            "          12  printed names\n           9  speakers\n",
            "           2    namesakes: they share 1 names\n",
            "           2  Dana Frost                        namesakes\n",
            "           1  Finn Locke                        several candidates: Q900003 Q900004\n",
        ] {
            assert!(text.contains(line), "{line:?} in\n{text}");
        }
        assert!(!text.contains("Marsh"), "{text}");
    });
}
