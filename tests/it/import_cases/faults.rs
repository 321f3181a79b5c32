//! Rows with a single fault, each told by line, field and code while the rows beside it are taken.

use serde_json::{Value, json};

use super::{good, import};
use crate::support::{Workplace, article, each_backend, native_row, quotebank_row, text};

/// A row with this laid over it, to be rejected.
fn with(more: Value) -> Vec<u8> {
    native_row("bad", "We shall see.", more).into_bytes()
}

fn raw(row: impl AsRef<[u8]>) -> Vec<u8> {
    [row.as_ref(), b"\n"].concat()
}

type Fault = (Vec<u8>, &'static str, Option<&'static str>);

fn native_faults() -> Vec<Fault> {
    let rest = r#""kind":"direct","article":{"document_id":"bad"}}"#;
    let nested =
        |levels| format!(r#"{{"deep":{}1{},{rest}"#, "[".repeat(levels), "]".repeat(levels));
    let article_with = |field: &str, value: Value| {
        let mut article = article("bad");
        article[field] = value;
        with(json!({ "article": article }))
    };
    vec![
        (raw(r#"{"text": "cut o"#), "not_json", None),
        (raw(r#"["We shall see.", "direct", {"document_id": "bad"}]"#), "not_json", None),
        (raw("42"), "not_json", None),
        (raw(good("bad").trim().repeat(2)), "not_json", None),
        (raw(nested(32)), "not_json", None),
        (raw(nested(31)), "unknown_field", Some("deep")),
        (with(json!({ "text": "x".repeat(2 << 20) })), "line_too_long", None),
        (raw([b"{\"text\":\"\xFF\",", rest.as_bytes()].concat()), "not_utf8", None),
        (with(json!({ "speeker": "Ada Quill" })), "unknown_field", Some("speeker")),
        (article_with("titel", json!("x")), "unknown_field", Some("article.titel")),
        (raw(format!(r#"{{"text":"a","text":"a",{rest}"#)), "unknown_field", Some("text")),
        (raw(format!("{{{rest}")), "missing_field", Some("text")),
        (raw(r#"{"text":"a","article":{"document_id":"bad"}}"#), "missing_field", Some("kind")),
        (raw(r#"{"text":"a","kind":"direct"}"#), "missing_field", Some("article")),
        (with(json!({ "extractor": { "version": "1" } })), "missing_field", Some("extractor.name")),
        (with(json!({ "article": {} })), "no_article", None),
        (with(json!({ "article": { "url": "", "document_id": null } })), "no_article", None),
        (with(json!({ "article": ["https://news.example/a"] })), "bad_value", Some("article")),
        (with(json!({ "extractor": ["x", "1"] })), "bad_value", Some("extractor")),
        (with(json!({ "kind": "shouted" })), "bad_value", Some("kind")),
        (with(json!({ "medium": "pigeon" })), "bad_value", Some("medium")),
        (with(json!({ "speaker_kind": "ghost" })), "bad_value", Some("speaker_kind")),
        (with(json!({ "said_at": "13/08/2021" })), "bad_value", Some("said_at")),
        (
            article_with("published_at", json!("2021-02-30")),
            "bad_value",
            Some("article.published_at"),
        ),
        (article_with("url", json!("javascript:alert(1)")), "bad_value", Some("article.url")),
        (article_with("archive_url", json!("file:///x")), "bad_value", Some("article.archive_url")),
        (article_with("authors", json!("Bo Carver")), "bad_value", Some("article.authors")),
        (article_with("language", json!("en_US")), "bad_value", Some("article.language")),
        (with(json!({ "language": "english (US)" })), "bad_value", Some("language")),
        (with(json!({ "confidence": 1.5 })), "bad_value", Some("confidence")),
        (with(json!({ "confidence": "high" })), "bad_value", Some("confidence")),
        (with(json!({ "start": 9, "end": 5 })), "bad_value", Some("end")),
        (with(json!({ "start": -1 })), "bad_value", Some("start")),
        (with(json!({ "wikidata": "42" })), "bad_value", Some("wikidata")),
        (
            with(json!({ "further_speakers": [{ "mode": "maybe", "name": "Bo" }] })),
            "bad_value",
            Some("further_speakers.mode"),
        ),
        (with(json!({ "text": " " })), "bad_text", Some("text")),
        (with(json!({ "text": "x".repeat(10_001) })), "bad_text", Some("text")),
        (with(json!({ "text": "a\0b" })), "bad_text", Some("text")),
        (with(json!({ "speaker": "Ada\u{7} Quill" })), "bad_text", Some("speaker")),
        (with(json!({ "role": "\u{202E}nairaugnam" })), "bad_text", Some("role")),
        (article_with("title", json!("A\u{E0041}")), "bad_text", Some("article.title")),
    ]
}

fn quotebank_faults() -> Vec<Fault> {
    let with = |more| quotebank_row("bad", "We shall see.", more).into_bytes();
    vec![
        (raw(r#"["bad", "We shall see."]"#), "not_json", None),
        (raw(r#"{"quotation":"a","date":"2017","urls":[]}"#), "missing_field", Some("quoteID")),
        (with(json!({ "speeker": "None" })), "unknown_field", Some("speeker")),
        (with(json!({ "date": "yesterday" })), "bad_value", Some("date")),
        (with(json!({ "qids": ["42"] })), "bad_value", Some("qids")),
        (with(json!({ "probas": [["None", "much"]] })), "bad_value", Some("probas")),
        (with(json!({ "urls": [] })), "no_article", Some("urls")),
        (with(json!({ "urls": ["javascript:alert(1)"] })), "no_article", Some("urls")),
        (with(json!({ "quotation": "" })), "bad_text", Some("quotation")),
    ]
}

#[test]
fn a_row_with_a_fault_is_told_by_line_field_and_code_and_costs_no_other_row() {
    let quotebank_good = |id: &str| quotebank_row(id, "We shall see.", json!({}));
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let native = native_faults().into_iter().map(|fault| (good as fn(&str) -> String, fault));
        let quotebank = quotebank_faults().into_iter().map(|fault| (quotebank_good as _, fault));
        for (at, (good, (row, code, field))) in native.chain(quotebank).enumerate() {
            let shown = String::from_utf8_lossy(&row[..row.len().min(200)]).into_owned();
            let (before, behind) = (good(&format!("{at}-before")), good(&format!("{at}-behind")));
            let file =
                place.file("rows.jsonl", [before.as_bytes(), &row, behind.as_bytes()].concat());
            let (exit, report, rejects) = import(&place, &[&file]);
            assert_eq!(
                (exit, &report["accepted"], &report["rejected"]),
                (1, &json!(2), &json!(1)),
                "{shown}"
            );
            let told = &rejects[0];
            let found = (told["line"].as_u64(), told["code"].as_str(), told["field"].as_str());
            assert_eq!(found, (Some(2), Some(code), field), "{told:.300}\nof {shown}");
            assert_eq!(text(told, "/source"), file);
            assert!(!text(told, "/reason").is_empty());
            let whole = String::from_utf8_lossy(&row);
            let kept = text(told, "/row");
            assert!(
                whole.starts_with(kept) && (kept == whole.trim_end() || code == "line_too_long")
            );
        }
    });
}

#[test]
fn the_longest_text_and_the_deepest_json_allowed_are_taken() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let file = place.file("rows.jsonl", with(json!({ "text": "é".repeat(10_000) })));
        assert_eq!(import(&place, &[&file]).0, 0);
    });
}

#[test]
fn what_a_rejected_row_holds_does_not_steer_the_terminal() {
    let row = |more| native_row("a", "We shall see.", more);
    let rows = [
        "{\"text\": \"\u{1b}[2J\n".to_owned(),
        row(json!({ "kind": "\u{1b}[2J\u{9b}31m" })),
        row(json!({ "\u{1b}]0;title\u{7}": 1 })),
        row(json!({ "said_at": "\u{1b}[31m" })),
        row(json!({ "confidence": "\u{1b}[31m" })),
        quotebank_row(
            "q",
            "We\u{92} shall see.",
            json!({ "urls": ["\u{1b}[31m", "http://n.example"] }),
        ),
    ];
    each_backend(|backend| {
        let place = Workplace::new(backend);
        for row in &rows {
            let file = place.file("rows.jsonl", row);
            let format = if row.contains("quoteID") { "quotebank" } else { "native" };
            let done = place.dixit(&["import", "--format", format, &file]);
            assert!(done.err.contains("rows.jsonl:1: "), "{done:?}");
            let steers = |character: char| character.is_control() && character != '\n';
            assert!(!done.err.contains(steers) && !done.out.contains(steers), "{row}\n{done:?}");
        }
    });
}
