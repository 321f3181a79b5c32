//! The lines of JournalismAI's regular expressions: words in quotation marks, in up to three parts
//! around whom they are attributed to. A line names no article.

use std::borrow::Cow;

use serde::Deserialize;

use super::super::again::Again;
use super::super::found::{Attributed, Piece, Words, line};
use super::super::one_quote::Scalar;
use super::super::speakers::Speakers;
use super::super::{Known, Reader, Text};
use crate::domain::field::{MAX_ID, optional};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Row, json};
use crate::import::rejection::{Code, Fault};

pub(in crate::import::format) const KNOWN: Known = Known {
    name: "journalismai-regex",
    about: "the regular expressions of JournalismAI (The Guardian, AFP)",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| sight.has(&["quote_text", "speaker"]),
    reader: |context| Ok(Box::new(Expressions::of(context.clone()))),
};

/// Reads lines, in the order in which their words stand in their documents.
struct Expressions {
    context: Context,
    /// The last document and its quotes.
    document: Option<String>,
    again: Again,
}

#[derive(Deserialize)]
struct Quote {
    #[serde(default)]
    quote_text: Option<String>,
    #[serde(default)]
    quote_text_optional_second_part: Option<String>,
    #[serde(default)]
    quote_text_optional_third_part: Option<String>,
    #[serde(default)]
    speaker: Scalar,
    #[serde(default)]
    cue: Scalar,
    #[serde(default)]
    doc_id: Scalar,
    /// Of a rejected row: which place it had in its document.
    #[serde(default)]
    position: Option<u32>,
}

impl Reader for Expressions {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        let mut position = None;
        let read = self.line(record.text, &mut position);
        let text = position.and_then(|at| placed(record.text, at));
        vec![Row { text, ..Row::of(read) }]
    }
}

/// The line with its position.
fn placed(line: &str, position: i64) -> Option<String> {
    let members = line.trim_start().strip_prefix('{')?;
    Some(format!("{{\"position\":{position},{members}"))
}

impl Expressions {
    fn of(context: Context) -> Self {
        Self { context, document: None, again: Again::default() }
    }

    /// Reads a line; `position` is to be kept with it where it is rejected.
    fn line(&mut self, text: &str, position: &mut Option<i64>) -> Result<Line, Fault> {
        let quote: Quote = json(text)?;
        let parts = [
            quote.quote_text,
            quote.quote_text_optional_second_part,
            quote.quote_text_optional_third_part,
        ];
        let parts = parts.into_iter().flatten().filter(|part| !part.trim().is_empty());
        let pieces: Vec<Piece<'_>> =
            parts.map(|part| Piece { text: Cow::Owned(part), span: None }).collect();
        if pieces.is_empty() {
            let field = Some("quote_text".to_owned());
            return Err(Fault { field, code: Code::MissingField, reason: "holds no words".into() });
        }
        let said = optional("doc_id", quote.doc_id.cow(), MAX_ID)?;
        let document = said.or_else(|| self.context.document());
        if self.document != document {
            self.document = document.clone();
            self.again = Again::default();
        }
        // The expressions take nothing that is not in quotation marks.
        let words = Words { kind: QuoteKind::Direct, ..Words::of(&pieces, None, &[]) };
        let printed = Speakers::of(quote.speaker.text(), []).printed;
        let at = match quote.position {
            Some(at) => Some(i64::from(at)),
            None => {
                let who = printed.attribution.as_ref().or(printed.speaker.as_ref());
                *position = self.again.position(&words.text, who.map(String::as_str));
                *position
            }
        };
        let article = self.context.article(document.as_deref())?;
        let by = Attributed {
            printed,
            cue: quote.cue.text().map(str::to_owned),
            position: at,
            ..Attributed::default()
        };
        line(&article, words, by, Extractor { name: KNOWN.name.to_owned(), version: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn the_parts_of_a_quote_are_one_with_what_lies_between_left_out() {
        let text = r#"{"quote_text": "“We shall see,”", "speaker": "Ada Quill", "QUOTE_TYPE": 3,
            "quote_text_optional_second_part": "“The ships are late.”", "cue": null,
            "quote_text_optional_third_part": null, "additional_cue": null}"#;
        let mut reader = Expressions::of(Context::new("ships.jsonl", Arc::default()));
        let line = reader.line(text, &mut None).expect("a quote");
        let reading = &line.entries[0].account.reading;
        assert_eq!(reading.text, "We shall see, […] The ships are late.");
        assert_eq!(reading.printed.speaker.as_deref(), Some("Ada Quill"));
        assert_eq!(line.entries[0].article.document_id.as_deref(), Some("ships"));
    }
}
