//! BookNLP's `.quotes`: tab-separated and never quoted, so that a quotation mark is a token as any
//! other and no table of [`Shape::Table`].
//!
//! `quote_start` and `quote_end` are numbers of tokens, both included, and never offsets. The words are
//! tokens too ("do n't"). With `.tokens` beside and the book's text they are taken from the text, with
//! `.tokens` alone white space stands where it stood; otherwise they are kept as they are and that is
//! told. In what `.tokens` counts all of its words tell together. `mention_phrase` is what is printed
//! beside the quote; `.entities` beside names the character (`char_id`) of a pronoun, where all of its
//! names are one person's. `None` is nobody.

mod book;

use std::sync::Arc;

use book::Book;

use super::found::{Attributed, Words, line, unknown};
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::attribution::nobody;
use crate::domain::quotation_marks::take_off;
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Note, Row};
use crate::import::rejection::{Code, Fault};

pub(super) const KNOWN: Known = Known {
    name: "booknlp",
    about: "BookNLP's .quotes, one book",
    shapes: &[Shape::Lines],
    recognises: |sight| sight.line.split('\t').eq(HEAD),
    reader: |context| {
        let document = context.document();
        Ok(Box::new(BookNlp {
            article: context.article(document.as_deref())?,
            book: Book::of(context, document.as_deref())?,
            context: context.clone(),
            is_told: false,
        }))
    },
};

const HEAD: [&str; 7] = [
    "quote_start",
    "quote_end",
    "mention_start",
    "mention_end",
    "mention_phrase",
    "char_id",
    "quote",
];

struct BookNlp {
    context: Context,
    article: Arc<Article>,
    book: Book,
    /// Whether it was told that words stand as tokens.
    is_told: bool,
}

impl Reader for BookNlp {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        if record.line == 1 && record.text.split('\t').eq(HEAD) {
            return Vec::new();
        }
        let mut rows = vec![Row::of(self.quote(record))];
        unknown(&mut rows, &self.context, self.context.document().as_deref());
        rows
    }
}

impl BookNlp {
    fn quote(&mut self, record: &Text<'_>) -> Result<Line, Fault> {
        let cells: Vec<&str> = record.text.split('\t').collect();
        let [first, last, _, _, mention, character, quote] = cells.as_slice() else {
            let reason = format!("has {} cells, BookNLP writes {}", cells.len(), HEAD.len());
            return Err(Fault::line(Code::BadCells, reason));
        };
        let number = |field: &str, cell: &str| {
            let number = cell.trim().parse::<usize>();
            number.map_err(|_| Fault::value(field, "is not the number of a token"))
        };
        let (first, last) = (number("quote_start", first)?, number("quote_end", last)?);
        let words = self.words(first, last, quote);
        let name = if nobody(character) { None } else { self.book.name(character.trim()) };
        let speakers = Speakers::of(Some(mention), name.as_deref());
        let by = Attributed {
            printed: speakers.printed,
            further: speakers.further,
            // Behind the head, from 0.
            position: i64::try_from(record.line.saturating_sub(2)).ok(),
            ..Attributed::default()
        };
        let extractor = Extractor { name: KNOWN.name.to_owned(), version: None };
        line(&self.article, words, by, extractor)
    }

    fn words(&mut self, first: usize, last: usize, tokens: &str) -> Words {
        // It finds quotation marks and nothing else.
        let words = |text: &str| Words {
            text: take_off(text).words.to_owned(),
            kind: QuoteKind::Direct,
            place: None,
            note: None,
        };
        if let Some(text) = &self.book.text
            && let Some(place) = self.book.place(first, last, tokens)
        {
            let place = text.without_marks(place);
            let number = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
            let at = Some((number(place.start), number(place.end)));
            return Words { place: at, ..words(text.text(&place)) };
        }
        let printed = self.book.printed(first, last, tokens);
        let missed = self.book.text.is_some() && self.book.has_tokens();
        let note = match &printed {
            _ if missed => {
                let shown: String = tokens.chars().take(60).collect();
                Some(Note::Offset(format!("the text does not have these words there: {shown}")))
            }
            None if !self.is_told => {
                self.is_told = true;
                let reason = "the words are kept as tokens (`do n't`): without the book's text and \
                              its .tokens beside the input nobody knows how they were printed";
                Some(Note::Offset(reason.to_owned()))
            }
            _ => None,
        };
        Words { note, ..words(printed.as_deref().unwrap_or(tokens)) }
    }
}
