//! The stretches of a question that a text may hold word for word, and what such a text is found by.

use std::ops::Range;

use super::runs::in_a_row;
use super::shingles::sure;
use super::words::Words;

/// Folded words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch<'q> {
    words: Vec<&'q str>,
    /// The numbers that [`super::shingles`] gives for every text with these words in a row, in rising
    /// order: at least one.
    pub numbers: Vec<u64>,
}

impl<'q> Stretch<'q> {
    /// These of the words; `None` where they are too few to be sure of a number.
    pub(super) fn of(words: &'q Words, part: Range<usize>) -> Option<Self> {
        let numbers = sure(words, part.clone());
        let own = part.map(|at| words.fold(at));
        (!numbers.is_empty()).then(|| Self { words: own.collect(), numbers })
    }

    /// Whether a text has the words in a row, whatever the signs of its numbers: another print of it
    /// may have the question's.
    pub fn is_in(&self, text: &str) -> bool {
        let words = Words::of(text);
        in_a_row(&self.words, &words.folds().collect::<Vec<_>>()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::shingles::shingles;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_words_are_too_few() {
        assert_eq!(Stretch::of(&Words::of("it is not so"), 0..4), None);
    }

    proptest! {
        #[test]
        fn a_text_that_has_it_has_all_its_numbers(
            text in prop::collection::vec("[a-e]{1,2}", 5..60),
            from in any::<prop::sample::Index>(),
            len in any::<prop::sample::Index>(),
        ) {
            let from = from.index(text.len() - 4);
            let to = from + 5 + len.index(text.len() - from - 4);
            let asked = Words::of(&text[from..to].join(" "));
            let stretch = Stretch::of(&asked, 0..to - from);
            let text = text.join(" ");
            let stored = shingles(&Words::of(&text));
            let stretch = stretch.ok_or_else(|| TestCaseError::fail("no number"))?;
            prop_assert!(stretch.is_in(&text));
            prop_assert!(stretch.numbers.iter().all(|number| stored.binary_search(number).is_ok()));
        }
    }
}
