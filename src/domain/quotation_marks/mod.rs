//! Quotation marks that an extractor leaves around the words: taken off, and what they say of the
//! words.

mod scan;

use std::ops::Range;

use super::quote::QuoteKind;
use scan::{Marks, scan};

/// Words without the marks around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmarked<'a> {
    /// The words, as they stand in the text.
    pub words: &'a str,
    /// How many Unicode scalar values of the text stand before them: what an offset grows by.
    pub before: usize,
    /// What the marks say: all words inside `DIRECT`, some `MIXED`, none `INDIRECT`. Only for
    /// extractors that leave the marks where they are; one that takes them off knows better. A title
    /// or a single word in marks ("Ulysses") cannot be told from words that somebody said.
    pub kind: QuoteKind,
}

/// Takes the outer quotation marks off a text.
///
/// Marks go where they are a pair around the whole, several pairs inside each other too, and where
/// one stands at the beginning or end and the text has no counterpart: extractors cut sentences in
/// the middle of quotes. White space beside them goes with them ("« words »", "`` words ''"), and so
/// does the writer's comma or full stop behind a closing mark. What is inside stays byte for byte.
/// In doubt the marks stay: those of `"I know," she said, "but no"` are two pairs. Nothing is taken
/// off where no words would be left.
///
/// Known are straight and curly marks, double and single, guillemets in both directions, low marks,
/// corner brackets, and the Penn treebank's doubled back-ticks and apostrophes. An apostrophe is no
/// mark ("'tis", "the boys'").
pub fn take_off(text: &str) -> Unmarked<'_> {
    let mut place = trimmed(text, 0..text.len());
    let mut taken = false;
    while let Some(inside) = outer(&text[place.clone()]) {
        place = trimmed(text, place.start + inside.start..place.start + inside.end);
        taken = true;
    }
    if !taken {
        return Unmarked { words: text, before: 0, kind: kind(text) };
    }
    let before = text[..place.start].chars().count();
    Unmarked { words: &text[place], before, kind: QuoteKind::Direct }
}

/// What stands inside quotation marks, as bytes of the text in rising order; of marks inside others
/// the outer ones alone, and none that has no counterpart.
pub fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> =
        scan(text).spans.into_iter().map(|(open, close)| open.end..close.start).collect();
    found.sort_unstable_by_key(|inside| (inside.start, std::cmp::Reverse(inside.end)));
    let mut end = 0;
    found.retain(|inside| {
        let outer = inside.start >= end;
        end = end.max(inside.end);
        outer
    });
    found
}

/// The quotations in a text, as places in bytes without their marks: outermost pairs around at least
/// one word, in their order. Words that are only called so ("the so-called \"deal\"") cannot be told
/// from words that somebody said.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut spans = scan(text).spans;
    spans.sort_by_key(|(open, close)| (open.start, std::cmp::Reverse(close.end)));
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, close) in spans {
        let inside = trimmed(text, open.end..close.start);
        let nested = found.last().is_some_and(|last| inside.start < last.end);
        if !nested && text[inside.clone()].chars().any(char::is_alphanumeric) {
            found.push(inside);
        }
    }
    found
}

/// The marks that open a quotation which no mark closes, as the bytes where they begin.
pub fn unclosed(text: &str) -> Vec<usize> {
    let mut open: Vec<usize> = scan(text).open.into_iter().map(|mark| mark.start).collect();
    open.sort_unstable();
    open
}

/// The place of what stands inside the outermost marks, in bytes.
fn outer(text: &str) -> Option<Range<usize>> {
    let Marks { spans, open, closed } = scan(text);
    // Punctuation behind the closing mark is the writer's.
    let end = text.trim_end_matches([',', '.', ';', ':']).trim_end().len();
    let is_last = |mark: &Range<usize>| mark.end == text.len() || mark.end == end;
    let whole = spans.iter().find(|(open, close)| open.start == 0 && is_last(close));
    let inside = match (whole, open.as_slice(), closed.as_slice()) {
        (Some((open, close)), ..) => open.end..close.start,
        (None, [mark], []) if spans.is_empty() && mark.start == 0 => mark.end..text.len(),
        (None, [], [mark]) if spans.is_empty() && is_last(mark) => 0..mark.start,
        _ => return None,
    };
    text[inside.clone()].chars().any(char::is_alphanumeric).then_some(inside)
}

/// A place without the white space at its ends.
fn trimmed(text: &str, place: Range<usize>) -> Range<usize> {
    let inside = &text[place.clone()];
    let start = place.end - inside.trim_start().len();
    start..start + inside.trim().len()
}

/// What marks inside a text say of it.
fn kind(text: &str) -> QuoteKind {
    let Marks { spans, open, closed } = scan(text);
    if spans.is_empty() && open.is_empty() && closed.is_empty() {
        return QuoteKind::Indirect;
    }
    let is_inside =
        |at: usize| spans.iter().any(|(open, close)| (open.end..close.start).contains(&at));
    let outside = text.char_indices().any(|(at, c)| c.is_alphanumeric() && !is_inside(at));
    if outside { QuoteKind::Mixed } else { QuoteKind::Direct }
}

#[cfg(test)]
mod tests;
