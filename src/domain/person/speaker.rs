//! Reading of a printed speaker: title and name are told apart, or there is no name.

use super::SpeakerReading;
use super::joined::joined;
use super::name::weight;
use super::plural::is_plural_source;
use super::print::{is_nobody, straighten, tidy_title, trim};
use super::uncased::{is_uncased, is_uncased_name};
use super::vocabulary::{Class, is_given_name};
use crate::domain::organisation::grammar::tidy;
use crate::domain::organisation::tokens::{Break, Tokens};
use crate::domain::role::phrase::{Part, Phrase, parts};
use crate::domain::role::words::{Word, is_surname};

/// See [`super::read_speaker`].
pub(super) fn read(printed: &str) -> SpeakerReading {
    let text = trim(printed);
    if !text.chars().any(char::is_alphabetic) || is_nobody(text) {
        return SpeakerReading::Nobody;
    }
    let straight = straighten(text);
    let text = straight.as_ref();
    let mut tokens = Tokens::of(text);
    let parts = parts(&mut tokens);
    let phrase = Phrase::new(&tokens, parts);
    if phrase.parts.is_empty() {
        return SpeakerReading::Nobody;
    }
    let speaker = Speaker { lower: tokens.is_all_lower(), phrase: &phrase };
    if let Some(found) = joined(text).filter(|_| speaker.whole_body().is_none()) {
        return found;
    }
    if phrase.mentions.is_empty() && is_uncased(text) {
        let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
        return match is_uncased_name(text) {
            true => SpeakerReading::Person { name: title, title: None, organisation: None },
            false => SpeakerReading::Unnamed { title, group: false },
        };
    }
    speaker.read(text)
}

/// A speaker string that is split into parts.
pub(super) struct Speaker<'a> {
    pub phrase: &'a Phrase<'a>,
    /// Nothing is printed in capitals.
    pub lower: bool,
}

impl Speaker<'_> {
    fn read(&self, text: &str) -> SpeakerReading {
        if let Some(body) = self.whole_body() {
            return body;
        }
        let segments = self.segments();
        if self.is_thing() || self.is_couple() {
            let title = tidy_title(text);
            let last = self.phrase.parts.len() - 1;
            let group = self.is_couple() || Class::Several.has(self.phrase.fold(last));
            return SpeakerReading::Unnamed { group, title };
        }
        if let Some(name) = self.inverted(&segments) {
            return SpeakerReading::Person { name, title: None, organisation: None };
        }
        // "John Kirby, the defense department spokesman," and "UN spokesman, Stephane Dujarric".
        for (n, (start, end)) in segments.iter().enumerate() {
            if let Some((title_end, name_end)) = self.person(*start, *end) {
                // "Dr. Ada Quill, a lawyer": the style is no title, and leaves room for one.
                let before = (title_end > *start && !self.is_style(*start, title_end))
                    .then_some((*start, title_end));
                let other = before.or_else(|| self.title_beside(&segments, n));
                let beside = self.body_in(name_end, *end).filter(|_| name_end < *end);
                return self.named(*start, title_end, name_end, other, beside);
            }
        }
        let title = tidy_title(text);
        match title.is_empty() {
            true => SpeakerReading::Nobody,
            false => SpeakerReading::Unnamed { group: is_plural_source(&title), title },
        }
    }

    /// "Chomsky, Noam": family name first; in lower case only before a listed given name.
    fn inverted(&self, segments: &[(usize, usize)]) -> Option<String> {
        let [(family, 1), (given, 2)] = segments else {
            return None;
        };
        let fold = |at: usize| self.phrase.fold(at);
        let lower = self.lower
            && is_given_name(fold(*given))
            && (self.part(*family).word.is_none() || is_surname(fold(*family)));
        let names = (lower || self.part(*family).is_name() && self.part(*given).is_name())
            && !Class::Degree.has(self.phrase.fold(*given));
        names.then(|| format!("{} {}", self.phrase.print(*given), self.phrase.print(*family)))
    }

    pub(super) fn part(&self, at: usize) -> &Part {
        &self.phrase.parts[at]
    }

    /// The stretches between commas and brackets.
    fn segments(&self) -> Vec<(usize, usize)> {
        let count = self.phrase.parts.len();
        let mut segments = Vec::with_capacity(2);
        let mut start = 0;
        for at in 1..count {
            let inside = self.phrase.mention_at(at).is_some_and(|mention| mention.start < at);
            if self.part(at).item.gap != Break::None && !inside {
                segments.push((start, at));
                start = at;
            }
        }
        segments.push((start, count));
        segments
    }

    /// The neighbouring segment that has a head noun.
    fn title_beside(&self, segments: &[(usize, usize)], name: usize) -> Option<(usize, usize)> {
        let next = segments.get(name + 1..)?.iter();
        let previous = segments.get(..name)?.iter();
        let found = next.chain(previous).find(|(start, end)| {
            (*start..*end).any(|at| self.part(at).head().is_some())
                && !Class::Degree.has(self.phrase.fold(*start))
        })?;
        // A title after the name runs on through its own commas.
        let to = if found.0 > segments[name].0 { self.phrase.parts.len() } else { found.1 };
        Some((found.0, to))
    }

    fn named(
        &self,
        start: usize,
        split: usize,
        end: usize,
        title: Option<(usize, usize)>,
        beside: Option<String>,
    ) -> SpeakerReading {
        let tokens = self.phrase.tokens;
        let token = |at: usize| {
            if at < self.phrase.parts.len() { self.part(at).item.start } else { tokens.len() }
        };
        let regnal = split > start && Class::Regnal.has(self.phrase.fold(split - 1));
        let single = weight(tokens, token(split), token(end)) < 2;
        let doubtful = single
            && split == start + 1
            && Class::GivenTitle.has(self.phrase.fold(start))
            && !regnal;
        let from = if regnal || single { self.name_start(start, split, regnal) } else { split };
        let name = tidy(tokens.print_bare(token(from), token(end)));
        let title = title.filter(|_| !doubtful);
        SpeakerReading::Person {
            name,
            organisation: title.and_then(|(from, to)| self.body_in(from, to)).or(beside),
            title: title
                .map(|(from, to)| tidy_title(tokens.print_bare(token(from), token(to))))
                .filter(|title| !title.is_empty()),
        }
    }

    /// Whether nothing but honorifics stand here.
    fn is_style(&self, start: usize, end: usize) -> bool {
        let style = |at: usize| matches!(self.part(at).word, Some(Word::Honorific | Word::Article));
        (start..end).all(style)
    }

    /// Articles do not belong to a name that keeps its title, nor does "His Holiness" to "Pope".
    fn name_start(&self, start: usize, split: usize, regnal: bool) -> usize {
        let stays = |at: &usize| match self.part(*at).word {
            Some(Word::Article) => false,
            Some(Word::Honorific) => !regnal,
            _ => true,
        };
        (start..split).find(stays).unwrap_or(start)
    }
}
