//! The lines of JournalismAI's regular expressions: words in quotation marks, in up to three parts
//! around whom they are attributed to. A line names no article.

use std::borrow::Cow;

use serde::Deserialize;

use super::super::found::{Attributed, Piece, Words, lacking, line};
use super::super::one_quote::Scalar;
use super::super::speakers::Speakers;
use super::super::{Known, OneRow};
use crate::domain::field::{MAX_ID, optional};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, json};
use crate::import::rejection::{Code, Fault};

pub(in crate::import::format) const KNOWN: Known = Known {
    name: "journalismai-regex",
    about: "the regular expressions of JournalismAI (The Guardian, AFP)",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| sight.has(&["quote_text", "speaker"]),
    reader: |context| Ok(Box::new(OneRow(read, context.clone()))),
};

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
}

/// Reads a line.
fn read(context: &Context, text: &str) -> Result<Line, Fault> {
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
    let document = optional("doc_id", quote.doc_id.cow(), MAX_ID)?.or_else(|| context.document());
    let article = context.article(document.as_deref())?;
    // The expressions take nothing that is not in quotation marks.
    let words = Words { kind: QuoteKind::Direct, ..Words::of(&pieces, None, &[]) };
    let by = Attributed {
        printed: Speakers::of(quote.speaker.text(), []).printed,
        cue: quote.cue.text().map(str::to_owned),
        ..Attributed::default()
    };
    let extractor = Extractor { name: KNOWN.name.to_owned(), version: None };
    let mut line = line(&article, words, by, extractor)?;
    line.notes.extend(lacking(context, document.as_deref()));
    Ok(line)
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
        let line = read(&Context::new("ships.jsonl", Arc::default()), text).expect("a quote");
        let reading = &line.entries[0].account.reading;
        assert_eq!(reading.text, "We shall see, […] The ships are late.");
        assert_eq!(reading.printed.speaker.as_deref(), Some("Ada Quill"));
        assert_eq!(line.entries[0].article.document_id.as_deref(), Some("ships"));
    }
}
