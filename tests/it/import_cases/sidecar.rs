//! What is known of articles beside what extractors write: `--articles`, and flags.

use std::io::Write as _;

use serde_json::json;

use super::{import, kept, told};
use crate::support::{Workplace, each_backend, number, text};

const STORY: &str = "Ada Quill said: “We shall see.” And then: “Not yet.”";

/// The quotes of this document, counted as Java does.
fn corenlp(document: &str) -> String {
    let quote = |id: u32, words: &str| {
        let start = STORY[..STORY.find(words).unwrap()].encode_utf16().count();
        let end = start + words.encode_utf16().count();
        json!({ "id": id, "text": words, "beginIndex": start, "endIndex": end, "speaker": "Quill" })
    };
    let quotes = [quote(0, "“We shall see.”"), quote(1, "“Not yet.”")];
    json!({ "docId": document, "quotes": quotes }).to_string()
}

fn articles(place: &Workplace) -> Vec<String> {
    let statement = "SELECT COALESCE(document_id, '-') || ' ' || COALESCE(title, '-') || ' ' || \
                     COALESCE(url, '-') AS value FROM article ORDER BY document_id";
    place.direct().unwrap().column(statement)
}

#[test]
fn a_sidecar_tells_of_articles_and_has_their_texts() {
    let about = json!({ "document_id": "a", "url": "https://news.example/a", "title": "Harbour",
        "text": STORY });
    let other = json!({ "document_id": "b", "title": "Bridge", "text_file": "b.txt" });
    let rows = format!("{about}\n\n{other}\n");
    each_backend(|backend| {
        for compressed in [false, true] {
            let place = Workplace::new(backend);
            place.file("b.txt", STORY);
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(rows.as_bytes()).unwrap();
            let packed = packed.finish().unwrap();
            place.file("known.jsonl", if compressed { &packed } else { rows.as_bytes() });
            for document in ["a", "b", "c"] {
                place.file(&format!("{document}.json"), corenlp(document));
            }
            let err = told(&place, &["--articles", "known.jsonl", "a.json", "b.json"]);
            assert!(!err.contains("offset"), "{err}");
            let places = ["17-30", "17-30", "43-51", "43-51"];
            for (row, span) in kept(&place).iter().zip(places) {
                assert!(row.contains(span), "{row}");
            }
            assert_eq!(articles(&place), ["a Harbour https://news.example/a", "b Bridge -"]);
            // Of one that the sidecar does not know, the id is all that is known.
            let err = told(&place, &["--articles", "known.jsonl", "c.json"]);
            assert!(err.contains("the article's text is not at hand"), "{err}");
            assert_eq!(articles(&place)[2], "c - -");
        }
    });
}

#[test]
fn one_document_twice_and_a_text_that_is_not_there_are_told() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    place.file("a.json", corenlp("a"));
    place.file(
        "twice.jsonl",
        "{\"document_id\":\"a\"}\n{\"document_id\":\"b\"}\n{\"document_id\":\"a\"}\n",
    );
    let done = place.dixit(&["import", "--articles", "twice.jsonl", "a.json"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("`a` stands in two lines"), "{}", done.err);
    place.file("away.jsonl", "{\"document_id\":\"a\",\"text_file\":\"away.txt\"}\n");
    let (code, report, rejects) = import(&place, &["--articles", "away.jsonl", "a.json"]);
    assert_eq!((code, number(&report, "/rejected")), (1, 1));
    assert!(text(&rejects[0], "/reason").contains("away.txt"), "{rejects:?}");
}

#[test]
fn flags_say_what_no_file_says_and_the_document_names_itself() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("a.json", corenlp("own"));
        let span = json!({ "start": 17, "end": 30, "text": "We shall see." });
        let citron = json!({ "sources": [span], "contents": [span] });
        place.file("b.json", json!({ "quotes": [citron] }).to_string());
        let flags = ["--document-id", "said", "--title", "Harbour"];
        assert_eq!(import(&place, &[&flags[..], &["a.json", "b.json"]].concat()).0, 0);
        assert_eq!(articles(&place), ["own Harbour -", "said Harbour -"]);
    });
}

/// File systems of Apple write accents as letters of their own.
#[test]
fn documents_are_the_same_however_their_accents_are_written() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let known =
            json!({ "document_id": "Caf\u{e9} ", "url": "https://news.example/a", "text": STORY });
        place.file("known.jsonl", known.to_string());
        let quote: serde_json::Value = serde_json::from_str(&corenlp("")).unwrap();
        let quotes = json!({ "quotes": quote["quotes"], "sentences": [] }).to_string();
        place.file("Cafe\u{301}.json", &quotes);
        place.file("other.json", &quotes);
        let err = told(&place, &["--articles", "known.jsonl", "Cafe\u{301}.json"]);
        assert!(!err.contains("offset") && !err.contains("says nothing"), "{err}");
        assert_eq!(articles(&place), ["Caf\u{e9} - https://news.example/a"]);
        let err = told(&place, &["--articles", "known.jsonl", "other.json"]);
        assert_eq!(err.matches("says nothing of the document `other`").count(), 1, "{err}");
    });
}

#[test]
fn a_compressed_input_is_called_as_what_is_in_it() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let quotes: serde_json::Value = serde_json::from_str(&corenlp("")).unwrap();
    let quotes = json!({ "quotes": quotes["quotes"], "sentences": [] }).to_string();
    packed.write_all(quotes.as_bytes()).unwrap();
    place.file("q.json.gz", packed.finish().unwrap());
    place.file("q.json", quotes);
    place.file("q.txt", STORY);
    assert!(!told(&place, &["q.json.gz"]).contains("offset"));
    let (_, report, _) = import(&place, &["q.json"]);
    assert_eq!(number(&report, "/known"), 2, "{report}");
    assert_eq!(articles(&place), ["q - -"]);
}
