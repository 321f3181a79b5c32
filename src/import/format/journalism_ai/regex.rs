//! The lines of JournalismAI's regular expressions: words in quotation marks, before and behind whom
//! they are attributed to.
//!
//! The parts of a quote are stretches apart, with the attribution between them: each is a quote of its
//! own, since together they stand nowhere. A line names no article.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::one_quote::{self, Scalar, source, words};
use super::super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::field::{MAX_NAME, optional};
use crate::domain::quote::QuoteKind;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Row, part, tree};
use crate::import::rejection::{Code, Fault};

pub(in crate::import::format) const KNOWN: Known = Known {
    name: "journalismai-regex",
    about: "the regular expressions of JournalismAI (The Guardian, AFP)",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| sight.has(&["quote_text", "speaker"]),
    reader: |context| Ok(Box::new(Expressions(context.clone()))),
};

/// The fields of the parts, and of the cue that each is attributed by.
const PARTS: [(&str, &str); 3] = [
    ("quote_text", "cue"),
    ("quote_text_optional_second_part", "cue"),
    ("quote_text_optional_third_part", "additional_cue"),
];

struct Expressions(Context);

#[derive(Deserialize)]
struct About {
    #[serde(default)]
    speaker: Scalar,
    #[serde(default)]
    doc_id: Scalar,
    #[serde(default)]
    cue: Scalar,
    #[serde(default)]
    additional_cue: Scalar,
}

impl Reader for Expressions {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        self.rows(record.text).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl Expressions {
    fn rows(&self, text: &str) -> Result<Vec<Row>, Fault> {
        let record = Value::Object(tree(text)?);
        let about: About = part(&record)?;
        let named = about.doc_id.text().map(str::to_owned);
        let article = self.0.article(named.or_else(|| self.0.document()).as_deref())?;
        let filled = |field: &str| match record.get(field) {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.trim().is_empty(),
            Some(_) => true,
        };
        let parts: Vec<_> = PARTS.into_iter().filter(|(field, _)| filled(field)).collect();
        let row = |&(field, cue): &(&str, &str)| {
            let read = quoted(&article, &about, field, &record[field], cue);
            match parts.len() {
                1 => Row::of(read),
                _ => Row::within(field.to_owned(), alone(&record, field), read),
            }
        };
        if parts.is_empty() {
            let reason = "holds no words".to_owned();
            return Err(Fault { field: Some("quote_text".into()), code: Code::MissingField, reason });
        }
        Ok(parts.iter().map(row).collect())
    }
}

fn quoted(
    article: &Article,
    about: &About,
    field: &str,
    words_there: &Value,
    cue: &str,
) -> Result<Line, Fault> {
    let Value::String(printed) = words_there else {
        return Err(Fault::value(field, "is no text"));
    };
    // The expressions take nothing that is not in quotation marks.
    let text = words(field, printed)?.text;
    let mut reading = one_quote::reading("journalismai-regex", QuoteKind::Direct, text);
    reading.printed = source("speaker", about.speaker.text())?;
    let printed = if cue == "cue" { &about.cue } else { &about.additional_cue };
    reading.cue = optional(cue, printed.cow(), MAX_NAME)?;
    one_quote::line(article.clone(), reading, Vec::new())
}

/// The record with this part alone.
fn alone(record: &Value, field: &str) -> String {
    let members = record.as_object().into_iter().flatten();
    let kept = members.filter(|(name, _)| !PARTS.iter().any(|(part, _)| *part == **name && part != &field));
    Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn the_parts_of_a_quote_are_quotes_of_their_own() {
        let line = r#"{"quote_text": "“We shall see,”", "speaker": "Ada Quill", "QUOTE_TYPE": 3,
            "quote_text_optional_second_part": "“The ships are late.”", "cue": null,
            "quote_text_optional_third_part": null, "additional_cue": null}"#;
        let reader = Expressions(Context::new("ships.jsonl", Arc::default()));
        let rows = reader.rows(line).expect("a line");
        let texts: Vec<&str> = rows
            .iter()
            .map(|row| row.read.as_ref().expect("words").entries[0].account.reading.text.as_str())
            .collect();
        assert_eq!(texts, ["We shall see,", "The ships are late."]);
        let alone = rows[1].text.as_deref().expect("a record");
        assert!(reader.rows(alone).is_ok_and(|rows| rows.len() == 1), "{alone}");
    }
}
