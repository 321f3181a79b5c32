//! Speakers that are organisations, or that name one in their title.

use super::SpeakerReading;
use super::speaker::Speaker;
use super::vocabulary::{Class, is_given_name};
use crate::domain::organisation::grammar::tidy;
use crate::domain::organisation::tokens::{Break, Case};
use crate::domain::organisation::{self, Reading};
use crate::domain::role::words::Word;
use crate::domain::vocabulary::OrganisationKind;

impl Speaker<'_> {
    /// The whole string is one organisation.
    pub(super) fn whole_body(&self) -> Option<SpeakerReading> {
        let count = self.phrase.parts.len();
        let first = (0..count).find(|at| self.part(*at).word != Some(Word::Article))?;
        let items = first..count;
        let print = tidy(
            self.phrase
                .tokens
                .print_bare(self.part(first).item.start, self.part(count - 1).item.end),
        );
        if count == first + 1
            && self.part(first).item.is_place()
            && self.part(first).head().is_none()
            && (self.part(first).item.case != Case::Lower)
            && !self.part(first).item.possessive
        {
            return Some(SpeakerReading::Organisation(print));
        }
        let mention = self.phrase.mentions.first()?;
        // "Ministry of Defence (Marenia)": of a country that nobody knows.
        let bracket = mention.end + 1 == count
            && mention.body.is_some()
            && !mention.is_proper()
            && self.part(mention.end).item.gap == Break::Hard;
        if mention.start > first || mention.end < items.end && !bracket {
            return None;
        }
        if bracket {
            return Some(SpeakerReading::Organisation(print));
        }
        if self.is_surname_body(first, count) {
            return None;
        }
        let people = matches!(mention.body_slug(), "police" | "armed-forces" | "marines")
            || mention.kind == OrganisationKind::ArmedGroup;
        if people && !mention.is_proper() {
            return Some(SpeakerReading::Unnamed { title: print, group: true });
        }
        // Of a name that is not listed the article stays: "The Harbour Gazette".
        let all = self.phrase.tokens.print(self.part(0).item.start, self.part(count - 1).item.end);
        match organisation::read(all) {
            Reading::Unlisted { name, .. } if name.ends_with(&print) => {
                Some(SpeakerReading::Organisation(name))
            }
            _ => Some(SpeakerReading::Organisation(print)),
        }
    }

    /// "Charlotte Church", "Margaret Court": a given name and a word that is a surname too.
    pub(super) fn is_surname_body(&self, first: usize, end: usize) -> bool {
        let last = self.phrase.fold(end - 1);
        end == first + 2
            && self.part(first).is_name()
            && is_given_name(self.phrase.fold(first))
            && self.part(first + 1).item.listed().is_none()
            && [last, last.trim_end_matches('s')].iter().any(|word| Class::BodySurname.has(word))
    }

    /// The organisation named in a title.
    pub(super) fn body_in(&self, from: usize, to: usize) -> Option<String> {
        let mention =
            self.phrase.mentions.iter().find(|mention| {
                mention.start >= from && mention.end <= to && mention.is_proper()
            })?;
        let (first, last) =
            (self.part(mention.start).item.start, self.part(mention.end - 1).item.end);
        Some(tidy(self.phrase.tokens.print_bare(first, last)))
    }
}
