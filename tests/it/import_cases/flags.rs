//! What is said of every article beside the inputs, what files are called, and `--rejects`.

use serde_json::{Value, json};

use super::{import, told};
use crate::support::{Backend, Workplace, each_backend, native_row, quotebank_row};

const FLAGS: [&str; 8] =
    ["--publisher", "The Gazette", "--title", "Ships", "--language", "en", "--licence", "CC0-1.0"];

/// What is kept of articles.
fn articles(place: &Workplace) -> Vec<String> {
    let all = ["publisher_printed", "title", "language", "licence"];
    let all = all.map(|column| format!("COALESCE({column}, '-')")).join(" || ' | ' || ");
    let statement = format!("SELECT {all} AS value FROM article ORDER BY 1");
    place.direct().unwrap().column(&statement)
}

#[test]
fn what_is_said_of_every_article_completes_each_of_every_format() {
    let by_article = json!({
        "articleID": "2020-01-02-000007", "date": "2020-01-02 10:00:00", "url": "http://news.example/2",
        "quotations": [{ "quoteID": "q1", "quotation": "We shall see." }],
    });
    let gdelt = json!({
        "date": "2021-08-13T18:45:00Z", "url": "https://news.example/3",
        "quotes": [{ "pre": "", "quote": "We shall see", "post": "" }],
    });
    let inputs = [
        quotebank_row("2017-05-03-000001", "They said so.", json!({})),
        by_article.to_string(),
        gdelt.to_string(),
        native_row("a", "We shall see.", json!({})),
    ];
    each_backend(|backend| {
        for input in &inputs {
            let place = Workplace::new(backend);
            let file = place.file("rows.jsonl", input);
            told(&place, &[&FLAGS[..], &[&file]].concat());
            let kept = articles(&place);
            assert!(!kept.is_empty());
            for article in kept {
                assert_eq!(article, "The Gazette | Ships | en | CC0-1.0", "{input}");
            }
            let languages = "SELECT COALESCE(language, '-') AS value FROM quote";
            let languages = place.direct().unwrap().column(languages);
            assert!(languages.iter().all(|tag| tag == "en"), "{input} {languages:?}");
        }
    });
}

#[test]
fn rows_of_an_export_say_all_that_there_is() {
    let place = Workplace::new(Backend::Sqlite);
    told(&place, &[&place.file("rows.jsonl", native_row("a", "We shall see.", json!({})))]);
    let whole = place.dixit(&["export"]).out;
    let other = Workplace::new(Backend::Sqlite);
    let file = other.file("whole.jsonl", &whole);
    told(&other, &[&FLAGS[..], &["--published-at", "2020", &file]].concat());
    assert_eq!(other.dixit(&["export"]).out, whole);
}

/// A faulty row of an article whose address only the sidecar knows spares that article.
#[test]
fn what_is_known_beside_a_rejected_row_spares_its_article() {
    let row = |text: &str, more: Value| {
        let mut row: Value = serde_json::from_str(&native_row("a", text, more)).unwrap();
        row["article"] = json!({ "document_id": "story" });
        format!("{row}\n")
    };
    let place = Workplace::new(Backend::Sqlite);
    let known = json!({ "document_id": "story", "url": "https://news.example/1" });
    place.file("articles.jsonl", known.to_string());
    let file = place.file("1.jsonl", row("Yes.", json!({})) + &row("No.", json!({})));
    told(&place, &["--articles", "articles.jsonl", &file]);
    let faulty = row("Yes.", json!({})) + &row("No.", json!({ "confidence": 7 }));
    let file = place.file("2.jsonl", faulty);
    let (_, report, _) =
        import(&place, &["--articles", "articles.jsonl", "--replace-article", &file]);
    assert_eq!(
        (&report["replaced"]["spared"], &report["replaced"]["vanished"]),
        (&json!(1), &json!(0))
    );
}

#[test]
fn two_files_of_one_name_are_told_of_unless_they_lie_together_or_are_named() {
    let quote = |words: &str, speaker: &str| {
        json!([{ "quote": words, "speaker": speaker, "quote_index": "(0,0)" }]).to_string()
    };
    let place = Workplace::new(Backend::Sqlite);
    for (folder, speaker) in [("a", "Ada Quill"), ("b", "Bob Stone")] {
        std::fs::create_dir(place.path(folder)).unwrap();
        for name in ["1.json", "1.ggt.json", "2.json"] {
            place.file(&format!("{folder}/{name}"), quote("Yes", speaker));
        }
    }
    let err = told(&place, &["a/1.json", "b/1.json", "b/2.json"]);
    assert_eq!(
        err.matches("taken for one article: `1`, as a/1.json and b/1.json").count(),
        1,
        "{err}"
    );
    assert!(!err.contains("`2`"), "{err}");
    let err = told(&place, &["--article-url", "https://news.example/1", "a/2.json", "b/2.json"]);
    assert!(!err.contains("taken for one"), "{err}");
    place.file("a/2.jsonl", "{\"quote_text\": \"“No”\", \"speaker\": \"Ada Quill\"}\n");
    let err = told(&place, &["a/2.json", "a/2.jsonl"]);
    assert!(!err.contains("taken for one"), "{err}");
}

#[test]
fn rejected_rows_do_not_go_into_an_input_by_any_of_its_names() {
    let place = Workplace::new(Backend::Sqlite);
    let faulty = place.file("faulty.jsonl", "{\"text\": \"Yes.\", \"kind\": \"direct\"}\n");
    let (_, _, rejects) = import(&place, &[&faulty]);
    let file = place.file("r.jsonl", format!("{}\n", rejects[0]));
    std::fs::hard_link(place.path("r.jsonl"), place.path("r2.jsonl")).unwrap();
    std::os::unix::fs::symlink("r.jsonl", place.path("r3.jsonl")).unwrap();
    for other in ["r2.jsonl", "r3.jsonl", "./r.jsonl"] {
        let done = place.dixit(&["import", "--rejects", other, &file]);
        assert_eq!(done.code, 2, "{done:?}");
        assert!(done.err.contains("is an input of this import"), "{done:?}");
    }
    assert!(!crate::support::read(place.path("r.jsonl")).is_empty());
}
