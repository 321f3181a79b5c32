//! Capitals that name no person: events, places, papers, couples.

use super::speaker::Speaker;
use super::vocabulary::{Class, is_given_name};
use crate::domain::organisation::tokens::Case;
use crate::domain::role::words::Word;

impl Speaker<'_> {
    /// "Super Bowl", "Mount Quill", "Dorvat Bank", "Christmas", "Men", "Unidentified
    /// Female". "Shirley Temple" is a
    /// person, for a given name stands before the word.
    pub(super) fn is_thing(&self) -> bool {
        let count = self.phrase.parts.len();
        let fold = |at: usize| self.phrase.fold(at);
        let says_who = |at: &usize| {
            self.part(*at).word != Some(Word::Article)
                && !(fold(*at) == "unidentified" && count > 1)
        };
        let first = (0..count).find(says_who).unwrap_or_default();
        let bare = |at: usize| self.part(at).item.end == self.part(at).item.start + 1;
        if first + 1 == count {
            return bare(first)
                && [Class::Event, Class::Several, Class::Somebody]
                    .iter()
                    .any(|class| class.has(fold(first)));
        }
        if (first..count).any(|at| self.part(at).head().is_some() && at + 1 < count) {
            return false;
        }
        let last = (first + 1..count).rev().find(|at| !Class::Generation.has(fold(*at)));
        let Some(last) = last.filter(|last| self.part(*last).item.case != Case::Lower) else {
            return false;
        };
        // Of bodies and places, the plural is rather a surname: "Woods", "Banks", "Rivers".
        let last_of_thing = Class::Thing.has(fold(last))
            || Class::Thing.has(fold(last).trim_end_matches('s'))
            || Class::BodySurname.has(fold(last));
        let is_name = self.is_given_pair(first, count);
        Class::ThingFirst.has(fold(first)) || last_of_thing && !is_name
    }

    /// "Terry Garrison", "Ben E. King": a given name, initials or further ones, and one more word.
    pub(super) fn is_given_pair(&self, start: usize, end: usize) -> bool {
        let capital = |at: usize| {
            let item = &self.part(at).item;
            item.case != Case::Lower && item.end == item.start + 1 && !item.possessive
        };
        let given = |at: usize| {
            let fold = self.phrase.fold(at);
            is_given_name(fold) || at > start && fold.chars().count() == 1
        };
        let end = (start + 2..end)
            .rev()
            .find(|at| !Class::Generation.has(self.phrase.fold(*at)))
            .map_or(end, |at| at + 1);
        end >= start + 2 && (start..end).all(capital) && (start..end - 1).all(given)
    }

    /// "Mr and Mrs Quill".
    pub(super) fn is_couple(&self) -> bool {
        let honorific = |at: usize| self.part(at).word == Some(Word::Honorific);
        (1..self.phrase.parts.len().saturating_sub(1)).any(|at| {
            self.part(at).word == Some(Word::And) && honorific(at - 1) && honorific(at + 1)
        })
    }
}
