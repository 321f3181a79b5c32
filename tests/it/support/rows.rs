//! Input rows: the smallest that are valid, with what a test wants to say about them.

use serde_json::{Value, json};

/// A native row: these words in this article, with `more` fields laid over it.
///
/// `native_row("a", "We shall see.", json!({"speaker": "Ada Quill"}))`
pub fn native_row(document: &str, text: &str, more: Value) -> String {
    let mut row = json!({ "text": text, "kind": "direct", "article": article(document) });
    lay(&mut row, more);
    format!("{row}\n")
}

/// The article of a native row.
pub fn article(document: &str) -> Value {
    json!({ "document_id": document, "url": format!("https://news.example/{document}") })
}

/// A Quotebank row, with `more` fields laid over it.
pub fn quotebank_row(id: &str, text: &str, more: Value) -> String {
    let mut row = json!({
        "quoteID": id,
        "quotation": text,
        "speaker": "None",
        "qids": [],
        "date": "2017-05-03 00:00:00",
        "numOccurrences": 1,
        "probas": [["None", "1.0"]],
        "urls": [format!("http://news.example/{id}")],
        "phase": "E",
    });
    lay(&mut row, more);
    format!("{row}\n")
}

/// Every word that a row may say of its speaker's kind.
pub const SPEAKER_KINDS: [&str; 6] =
    ["person", "organisation", "unnamed_individual", "unnamed_group", "document", "unattributed"];

fn lay(row: &mut Value, more: Value) {
    let (Some(row), Value::Object(more)) = (row.as_object_mut(), more) else {
        panic!("rows are objects")
    };
    row.extend(more);
}
