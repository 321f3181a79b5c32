//! Words that stand in a document more than once, in formats that say no place: of another account they
//! are another quote, whose place in the order of the document tells it from the first one.
//!
//! The first one has none, and so is what it is without the others; rows that say the same once more
//! are no other quote.

use std::collections::{HashMap, HashSet};

use super::found::MAX_QUOTES;
use crate::domain::id::digest;
use crate::domain::text::words;

/// The quotes of a document so far.
#[derive(Debug, Default)]
pub struct Again {
    count: i64,
    words: HashSet<[u8; 16]>,
    positions: HashMap<[u8; 16], Option<i64>>,
}

impl Again {
    /// The position of the next quote, of these words, which this account tells from others; one of none
    /// is told from none.
    pub fn position(&mut self, text: &str, account: Option<&str>) -> Option<i64> {
        let at = self.count;
        self.count += 1;
        let words = digest(&[words(text).as_bytes()]);
        let account = digest(&[&words, account?.as_bytes()]);
        if let Some(known) = self.positions.get(&account) {
            return *known;
        }
        if self.positions.len() >= MAX_QUOTES {
            return None;
        }
        let position = (!self.words.insert(words)).then_some(at);
        self.positions.insert(account, position);
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_words_of_somebody_else_have_a_position() {
        let mut document = Again::default();
        let rows = [
            ("Yes.", Some("Ada"), None),
            ("No.", Some("Ada"), None),
            ("Yes!", Some("Bob"), Some(2)),
            ("Yes.", None, None),
            ("Yes.", Some("Ada"), None),
            ("Yes.", Some("Bob"), Some(2)),
            ("Yes.", Some("Cyd"), Some(6)),
        ];
        for (text, account, position) in rows {
            assert_eq!(document.position(text, account), position, "{text} {account:?}");
        }
    }
}
