//! Places in an article's text: spans that were counted in bytes, UTF-16 units or characters, as
//! half-open spans of Unicode scalar values.
//!
//! Extractors seldom say in what they count, and some are wrong about it. So a span is a position only
//! where it begins and ends between characters and the text has the extractor's words there. Of any
//! other span, and where there is no text to compare with, nothing is kept. In what a document counts
//! all of its spans tell together: one alone may by chance have its words in another unit elsewhere.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::quotation_marks::take_off;
use super::quote::QuoteKind;
use super::text::words;

/// How many bytes lie between two points of an index, give or take one character.
const STEP: usize = 256;
/// How much longer than the words a span may be in bytes before it is another place.
const SLACK: usize = 256;

/// In what places are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Units of UTF-16, as Java and JavaScript count.
    Utf16,
    /// Unicode scalar values, as Python counts.
    Characters,
}

impl Unit {
    /// Every unit, characters first.
    pub const ALL: [Self; 3] = [Self::Characters, Self::Utf16, Self::Bytes];
}

/// How much of a text lies before a piece of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// In bytes of UTF-8.
    bytes: u32,
    /// In units of UTF-16.
    utf16: u32,
    /// In Unicode scalar values.
    characters: u32,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where it begins, in Unicode scalar values.
    pub start: usize,
    /// Where it ends, in Unicode scalar values; the character there is outside.
    pub end: usize,
    bytes: Range<usize>,
}

/// A text, or a piece of it, with what is needed to find places in it fast.
#[derive(Debug, Clone)]
pub struct Index {
    text: Arc<str>,
    /// How much of the text lies before this piece.
    before: Point,
    /// Every so many bytes, how much of each unit lies before.
    points: Vec<Point>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Point {
    bytes: usize,
    utf16: usize,
    characters: usize,
}

impl Point {
    fn count(self, unit: Unit) -> usize {
        match unit {
            Unit::Bytes => self.bytes,
            Unit::Utf16 => self.utf16,
            Unit::Characters => self.characters,
        }
    }

    fn pass(&mut self, character: char) {
        self.bytes += character.len_utf8();
        self.utf16 += character.len_utf16();
        self.characters += 1;
    }
}

impl From<Before> for Point {
    fn from(before: Before) -> Self {
        let [bytes, utf16, characters] =
            [before.bytes, before.utf16, before.characters].map(|count| count as usize);
        Self { bytes, utf16, characters }
    }
}

impl Index {
    /// The index of a text.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self::within(text, Before::default())
    }

    /// The index of a piece of a text, by places of the whole.
    pub fn within(text: impl Into<Arc<str>>, before: Before) -> Self {
        let text = text.into();
        let before = Point::from(before);
        let mut points = vec![before];
        let (mut at, mut last) = (before, before.bytes);
        for character in text.chars() {
            at.pass(character);
            if at.bytes >= last + STEP {
                points.push(at);
                last = at.bytes;
            }
        }
        Self { text, before, points }
    }

    /// The span from `start` to before `end`; `None` where it ends before it begins, reaches behind
    /// the text, or begins or ends within a character.
    pub fn span(&self, start: u64, end: u64, unit: Unit) -> Option<Place> {
        let (start, end) = (self.point(start, unit)?, self.point(end, unit)?);
        let forward = start.bytes <= end.bytes;
        forward.then_some(Place {
            start: start.characters,
            end: end.characters,
            bytes: start.bytes..end.bytes,
        })
    }

    /// The unit in which most of these spans are places of their words; of several the first one, and
    /// `None` where no span is one in any.
    pub fn unit<'a>(
        &self,
        units: &[Unit],
        spans: impl Iterator<Item = ((u64, u64), &'a str)>,
    ) -> Option<Unit> {
        // They are one.
        if self.before == Point::default() && self.text.is_ascii() {
            return units.first().copied();
        }
        let mut fits = vec![0usize; units.len()];
        for ((start, end), wanted) in spans {
            let folded = words(wanted);
            for (unit, fits) in units.iter().zip(&mut fits) {
                let is_it = |there: &str| words(there) == folded;
                *fits +=
                    usize::from(self.find_by(start, end, &[*unit], wanted.len(), is_it).is_some());
            }
        }
        let most = fits.iter().max().filter(|most| **most > 0)?;
        units.iter().zip(&fits).find(|(_, fits)| *fits == most).map(|(unit, _)| *unit)
    }

    /// The span, read in the first of these units in which the text has these words there, as
    /// [`words`] folds them: quotation marks, case and white space aside.
    pub fn find(&self, (start, end): (u64, u64), units: &[Unit], wanted: &str) -> Option<Place> {
        let folded = words(wanted);
        self.find_by(start, end, units, wanted.len(), |there| words(there) == folded)
    }

    /// The same for words that stand in tokens ("do n't"): spaces do not count.
    pub fn find_tokens(
        &self,
        (start, end): (u64, u64),
        units: &[Unit],
        wanted: &str,
    ) -> Option<Place> {
        let letters = |text: &str| words(text).replace(' ', "");
        let folded = letters(wanted);
        self.find_by(start, end, units, wanted.len(), |there| letters(there) == folded)
    }

    fn find_by(
        &self,
        start: u64,
        end: u64,
        units: &[Unit],
        length: usize,
        is_it: impl Fn(&str) -> bool,
    ) -> Option<Place> {
        // A span of a whole book is not folded for a few words.
        let limit = length.saturating_mul(4) + SLACK;
        units.iter().find_map(|&unit| {
            let place = self.span(start, end, unit)?;
            let there = self.text(&place);
            (there.len() <= limit && is_it(there)).then_some(place)
        })
    }

    /// The text at a place of this index; empty for one of another.
    pub fn text(&self, place: &Place) -> &str {
        self.bytes(place.bytes.start, place.bytes.end).unwrap_or_default()
    }

    /// What stands from one place to before another, in bytes of the whole text.
    fn bytes(&self, start: usize, end: usize) -> Option<&str> {
        let before = self.before.bytes;
        self.text.get(start.checked_sub(before)?..end.checked_sub(before)?)
    }

    /// The piece around a place, with so many bytes on either side, and what lies before it.
    pub fn around(&self, place: &Place, margin: usize) -> Option<(&str, Before)> {
        let whole = self.before.bytes..self.before.bytes + self.text.len();
        let is_end = |at: usize| self.text.is_char_boundary(at - whole.start);
        let start = place.bytes.start.saturating_sub(margin).max(whole.start);
        let start = (whole.start..=start).rev().find(|at| is_end(*at))?;
        let end = place.bytes.end.saturating_add(margin).min(whole.end).max(start);
        let end = (end..=whole.end).find(|at| is_end(*at))?;
        let Point { bytes, utf16, characters } =
            self.point(u64::try_from(start).ok()?, Unit::Bytes)?;
        let count = |count: usize| u32::try_from(count).ok();
        let before =
            Before { bytes: count(bytes)?, utf16: count(utf16)?, characters: count(characters)? };
        Some((self.bytes(start, end)?, before))
    }

    /// What quotation marks in a place, or directly around it, say of its words.
    pub fn kind(&self, place: &Place) -> QuoteKind {
        let there = self.text(place);
        let kind = take_off(there).kind;
        if kind != QuoteKind::Indirect {
            return kind;
        }
        let whole = self.before.bytes..self.before.bytes + self.text.len();
        let before = self.bytes(whole.start, place.bytes.start);
        let before = before.and_then(|text| text.chars().next_back());
        let behind = self.bytes(place.bytes.end, whole.end).unwrap_or_default();
        // The writer's comma stands inside the marks, or behind them.
        let is_stop = |c: &char| matches!(c, ',' | '.' | ';' | ':' | '!' | '?');
        let stops = behind.chars().take(2).take_while(is_stop).count();
        let opened: String = before.into_iter().chain(there.chars()).collect();
        let closed: String = there.chars().chain(behind.chars().take(stops + 1)).collect();
        match (take_off(&opened).kind, take_off(&closed).kind) {
            (QuoteKind::Direct, QuoteKind::Direct) => QuoteKind::Direct,
            _ => kind,
        }
    }

    /// The place without quotation marks and white space around the words.
    pub fn without_marks(&self, place: Place) -> Place {
        let there = self.text(&place);
        let unmarked = take_off(there);
        let before: usize = there.chars().take(unmarked.before).map(char::len_utf8).sum::<usize>();
        let start = place.start + unmarked.before;
        let from = place.bytes.start + before;
        Place {
            start,
            end: start + unmarked.words.chars().count(),
            bytes: from..from + unmarked.words.len(),
        }
    }

    /// The place from the beginning of one to the end of another that begins behind that, where no
    /// word lies between them: they may touch and overlap.
    pub fn joined(&self, first: &Place, second: &Place) -> Option<Place> {
        if second.start < first.start {
            return None;
        }
        if second.start > first.end {
            let between = self.bytes(first.bytes.end, second.bytes.start)?;
            if between.len() > SLACK || between.chars().any(char::is_alphanumeric) {
                return None;
            }
        }
        Some(Place {
            start: first.start,
            end: first.end.max(second.end),
            bytes: first.bytes.start..first.bytes.end.max(second.bytes.end),
        })
    }

    /// Where so much of a unit lies before; `None` within a character and behind the text.
    fn point(&self, count: u64, unit: Unit) -> Option<Point> {
        let count = usize::try_from(count).ok()?;
        let behind = self.points.partition_point(|point| point.count(unit) <= count);
        let mut at = *self.points.get(behind.checked_sub(1)?)?;
        let mut characters = self.text.get(at.bytes - self.before.bytes..)?.chars();
        while at.count(unit) < count {
            at.pass(characters.next()?);
        }
        (at.count(unit) == count).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An emoji is four bytes, two units of UTF-16 and one character; é two bytes.
    const TEXT: &str = "😀 Élodie said: “Was it 😀?” Nobody knew.";

    fn found(span: (u64, u64), unit: Unit, wanted: &str) -> Option<(usize, usize)> {
        let index = Index::new(TEXT);
        index.find(span, &[unit], wanted).map(|place| (place.start, place.end))
    }

    #[test]
    fn one_place_is_counted_in_three_ways() {
        let there = Some((15, 26));
        assert_eq!(found((15, 26), Unit::Characters, "\"was it 😀?\""), there);
        assert_eq!(found((16, 28), Unit::Utf16, "Was it 😀?"), there);
        assert_eq!(found((19, 37), Unit::Bytes, "Was it"), there);
    }

    #[test]
    fn marks_directly_around_a_place_say_what_kind_it_is() {
        let kind = |text: &str, words: &str| {
            let start = text[..text.find(words).expect("the words")].chars().count() as u64;
            let index = Index::new(text);
            let end = start + words.chars().count() as u64;
            index.kind(&index.span(start, end, Unit::Characters).expect("a place"))
        };
        for text in ["“We shall see,” said Ada.", "Ada: \"We shall see.\"", "« We shall see »"]
        {
            let expected =
                if text.starts_with('«') { QuoteKind::Indirect } else { QuoteKind::Direct };
            assert_eq!(kind(text, "We shall see"), expected, "{text}");
        }
        for text in ["Ada said we shall see.", "“Ada” said we shall see “soon”.", "we shall see”"]
        {
            assert_eq!(kind(text, "we shall see"), QuoteKind::Indirect, "{text}");
        }
    }

    #[test]
    fn a_span_within_a_character_or_behind_the_text_is_no_place() {
        let index = Index::new(TEXT);
        assert_eq!(index.span(1, 4, Unit::Utf16), None, "between the halves of a pair");
        assert_eq!(index.span(2, 8, Unit::Bytes), None);
        assert_eq!(index.span(4, 6, Unit::Bytes), None, "within É");
        assert_eq!(index.span(0, 1_000, Unit::Characters), None);
        assert_eq!(index.span(5, 4, Unit::Characters), None);
        assert_eq!(index.span(u64::MAX, u64::MAX, Unit::Bytes), None);
    }

    #[test]
    fn where_the_text_has_other_words_nothing_is_found() {
        assert_eq!(found((17, 29), Unit::Characters, "Was it"), None);
        let index = Index::new(TEXT.repeat(100));
        assert_eq!(index.find((0, 3_000), &Unit::ALL, "Was it"), None);
    }

    #[test]
    fn marks_are_no_part_of_a_place() {
        let index = Index::new(TEXT);
        let place = index.find((15, 26), &Unit::ALL, "Was it").expect("it is there");
        let words = index.without_marks(place);
        assert_eq!((words.start, words.end, index.text(&words)), (16, 25, "Was it 😀?"));
    }

    #[test]
    fn tokens_are_found_whatever_their_spaces() {
        let index = Index::new("“I don't need to.”");
        let place = index.find_tokens((0, 18), &Unit::ALL, "“ I do n't need to . ”");
        assert_eq!(place.map(|place| (place.start, place.end)), Some((0, 18)));
    }

    #[test]
    fn places_are_one_where_no_word_lies_between() {
        let index = Index::new("one, two said three");
        let [one, two, three] = [(0, 3), (5, 8), (14, 19)]
            .map(|(start, end)| index.span(start, end, Unit::Bytes).expect("a place"));
        assert_eq!(index.joined(&one, &two).map(|place| place.end), Some(8));
        assert_eq!(index.joined(&two, &three), None);
        assert_eq!(index.joined(&two, &one), None);
        let over = index.span(2, 7, Unit::Bytes).expect("a place");
        assert_eq!(index.joined(&one, &over).map(|place| (place.start, place.end)), Some((0, 7)));
    }

    #[test]
    fn all_spans_of_a_document_tell_together_in_what_it_counts() {
        let index = Index::new("ééééé No, aNo. Ada Quill said the first, Bob Stone the second.");
        let spans = [((11, 13), "No"), ((16, 18), "No"), ((20, 29), "Ada Quill")];
        assert_eq!(index.unit(&Unit::ALL, spans.into_iter()), Some(Unit::Bytes));
        assert_eq!(index.unit(&Unit::ALL, spans[..1].iter().copied()), Some(Unit::Characters));
        assert_eq!(index.unit(&Unit::ALL, [((0, 2), "No")].into_iter()), None);
    }

    #[test]
    fn a_piece_has_the_places_of_the_whole() {
        let index = Index::new(TEXT);
        let place = index.find((15, 26), &Unit::ALL, "Was it").expect("it is there");
        let (piece, before) = index.around(&place, 3).expect("a piece");
        let within = Index::within(piece, before);
        for (span, unit) in
            [((15, 26), Unit::Characters), ((16, 28), Unit::Utf16), ((19, 37), Unit::Bytes)]
        {
            assert_eq!(within.find(span, &[unit], "Was it"), Some(place.clone()), "{unit:?}");
        }
        assert_eq!(within.text(&place), index.text(&place));
        assert_eq!(within.kind(&place), index.kind(&place));
        assert_eq!(within.span(0, 3, Unit::Characters), None);
        assert_eq!(within.around(&place, 100), Some((piece, before)));
    }

    proptest! {
        #[test]
        fn every_place_is_found_again_in_each_unit(
            text in "[a-zé😀\u{301} .”]{0,600}",
            ends in (0usize..700, 0usize..700),
        ) {
            let characters = text.chars().count();
            let (start, end) = (ends.0.min(ends.1).min(characters), ends.0.max(ends.1).min(characters));
            let part = |from: usize, to: usize| -> String {
                text.chars().skip(from).take(to - from).collect()
            };
            let index = Index::new(text.as_str());
            let (before, wanted) = (part(0, start), part(start, end));
            let spans = [
                (Unit::Characters, start, end),
                (Unit::Bytes, before.len(), before.len() + wanted.len()),
                (
                    Unit::Utf16,
                    before.encode_utf16().count(),
                    before.encode_utf16().count() + wanted.encode_utf16().count(),
                ),
            ];
            for (unit, from, to) in spans {
                let place = index.span(from as u64, to as u64, unit).expect("between characters");
                prop_assert_eq!((place.start, place.end), (start, end));
                prop_assert_eq!(index.text(&place), wanted.as_str());
            }
        }

        #[test]
        fn whatever_is_asked_for_is_answered(
            text in "\\PC{0,300}",
            start in prop_oneof![0u64..400, any::<u64>()],
            end in prop_oneof![0u64..400, any::<u64>()],
            words in "\\PC{0,20}",
        ) {
            let index = Index::new(text.as_str());
            for unit in Unit::ALL {
                if let Some(place) = index.span(start, end, unit) {
                    let bare = index.without_marks(place.clone());
                    prop_assert!(place.start <= bare.start && bare.end <= place.end);
                    prop_assert_eq!(index.text(&bare).chars().count(), bare.end - bare.start);
                }
            }
            index.find((start, end), &Unit::ALL, &words);
            index.find_tokens((start, end), &Unit::ALL, &words);
        }
    }
}
