//! Where a title ends and a name begins: "French Foreign Minister | Jean-Yves Le Drian".

use super::name::looks_like_name;
use super::speaker::Speaker;
use super::vocabulary::{Class, is_given_name};
use crate::domain::organisation::tokens::Case;
use crate::domain::role::words::{Head, Word, is_surname};
use crate::domain::vocabulary::Function;

impl Speaker<'_> {
    /// Where the title ends and the name ends, if a segment holds a person.
    pub(super) fn person(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let name_end = self.without_degrees(start, end);
        let tokens = self.phrase.tokens;
        let first = self.part(start);
        let token = |at: usize| {
            if at < self.phrase.parts.len() { self.part(at).item.start } else { tokens.len() }
        };
        if let Some(found) = self.of_a_house(start, end).or_else(|| self.before_tail(start, end)) {
            return Some(found);
        }
        // In lower-cased print a name needs more than words that nobody knows.
        if self.lower && !self.is_lower_name(start, name_end) {
            return None;
        }
        if self.is_given_pair(start, name_end) && !self.is_titled_pair(start) {
            return Some((start, name_end));
        }
        // A name from the first word on: "Gayle King", "Chance the Rapper", "greg abbott".
        if self.begins_name(start, name_end) {
            let lower_head = (start..name_end).any(|at| self.is_office(at));
            let the_nick = (start + 1..name_end).any(|at| self.phrase.fold(at) == "the");
            let strange =
                |at: usize| self.part(at).item.is_strange() && self.part(at).word.is_none();
            // "David read", "greg Knight": two unknown words, one of them with a capital.
            let pair = end == start + 2
                && (self.part(start + 1).is_name()
                    || self.part(start).is_name() && self.phrase.fold(start + 1) == "read");
            let bare = !self.lower || (start..name_end).all(strange);
            let named = the_nick
                || pair
                || bare && looks_like_name(tokens, first.item.start, token(name_end), self.lower);
            if (!lower_head || the_nick) && named {
                return Some((start, name_end));
            }
        }
        let split = self.title_end(start, name_end)?;
        if self.is_of_another(start, split) {
            return None;
        }
        let named = looks_like_name(tokens, token(split), token(name_end), self.lower)
            && (split..name_end).all(|at| !self.is_office(at))
            && self.is_bare_name(split, name_end);
        named.then_some((split, name_end))
    }

    /// "a spokesman for Mayor Ada Quill", "the office of Senator Quill": whoever speaks stands before
    /// the preposition, and the title and the name behind it are somebody else's. "Minister for
    /// Health Dr Ada Quill" has the field of the office between them.
    fn is_of_another(&self, start: usize, split: usize) -> bool {
        let office = |at: usize| {
            let word = self.part(at).word;
            self.phrase.mention_at(at).is_none()
                && matches!(word, Some(Word::Head(_) | Word::Honorific | Word::Status(_)))
        };
        let behind =
            |at: usize| (at + 1..split).find(|next| self.part(*next).word != Some(Word::Article));
        // Who speaks for others, or is near them, names them behind the preposition, whatever
        // stands in between: "a spokesman for Texas Governor Quill".
        let first = (start..split).find_map(|at| self.part(at).head());
        let for_another = matches!(
            first,
            Some(
                Head::Is(
                    Function::Spokesperson
                        | Function::Lawyer
                        | Function::Adviser
                        | Function::Relative
                        | Function::Activist
                        | Function::Victim
                        | Function::Resident
                ) | Head::Outsider
                    | Head::Staff
                    | Head::Source
                    | Head::Contractor
            )
        );
        (start..split).any(|at| {
            // "source close to" is one head noun, with its preposition in it.
            let outsider = self.part(at).head() == Some(Head::Outsider)
                && self.part(at).item.end > self.part(at).item.start + 1;
            (outsider || at > start && self.phrase.is_preposition(at))
                && (behind(at).is_some_and(office) || for_another && (at + 1..split).any(office))
        })
    }

    /// "Prince Michael of Kent": who is called by a given name and a house or country.
    fn of_a_house(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let of = (start + 2..end).find(|at| self.phrase.fold(*at) == "of")?;
        let named = Class::Regnal.has(self.phrase.fold(start))
            && (start + 1..of).all(|at| self.part(at).is_name())
            && (of + 1..end).all(|at| self.part(at).is_name() || self.part(at).item.is_place());
        (named && of + 1 < end).then_some((start + 1, end))
    }

    /// "Pacific expert Ada Quill from Massey University": what follows a name that begins with a
    /// listed given name says where it is from.
    fn before_tail(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let tail = (start + 2..end).find(|at| {
            self.part(*at).item.case == Case::Lower
                && matches!(self.phrase.fold(*at), "of" | "from" | "at" | "with" | "for" | "in")
        })?;
        let (split, name_end) = self.person(start, tail)?;
        let listed = is_given_name(self.phrase.fold(split));
        (tail + 1 < end && name_end > split + 1 && listed).then_some((split, name_end))
    }

    /// Whether lower-cased print can be a name, or a title with one: "greg abbott", "president
    /// obama", and neither "an official statement" nor "company filings".
    fn is_lower_name(&self, start: usize, end: usize) -> bool {
        let fold = self.phrase.fold(start);
        let known = self.part(start).word.is_some();
        let given = is_given_name(fold)
            || Class::GivenTitle.has(fold)
            || Class::Particle.has(fold)
            || self.phrase.print(start).ends_with('.');
        self.part(start).word != Some(Word::Article)
            && (known || given || (start + 1..end).any(|at| self.phrase.fold(at) == "the"))
            && (start..end).all(|at| !Class::Thing.has(self.phrase.fold(at)))
    }

    /// Behind a title, "de Gaulle" is a name and "del Gobierno" is not; in lower-cased print
    /// only unknown words are names.
    fn is_bare_name(&self, split: usize, end: usize) -> bool {
        let joined = self.phrase.is_preposition(split);
        (split..end).all(|at| {
            let part = self.part(at);
            let strange = part.item.is_strange() && part.word.is_none();
            strange
                || Class::Particle.has(self.phrase.fold(at))
                || !joined && !self.lower
                || is_surname(self.phrase.fold(at)) && !joined
        })
    }

    /// A word that is an office wherever it stands: a small-print head noun, or one of several
    /// words.
    pub(super) fn is_office(&self, at: usize) -> bool {
        let part = self.part(at);
        let long = part.item.end > part.item.start + 1;
        part.head().is_some() && (part.item.case == Case::Lower && !self.lower || long)
            || self.lower && part.head().is_some() && at > 0 && !is_surname(self.phrase.fold(at))
    }

    /// "Rabbi Quill", "Frank": words that are titles as well as given names.
    fn is_titled_pair(&self, start: usize) -> bool {
        matches!(self.part(start).word, Some(Word::Head(_) | Word::Honorific | Word::Status(_)))
    }

    pub(super) fn begins_name(&self, start: usize, end: usize) -> bool {
        let part = self.part(start);
        let fold = self.phrase.fold(start);
        let single = part.item.end == part.item.start + 1;
        if self
            .phrase
            .mention_at(start)
            .is_some_and(|mention| mention.is_proper() && mention.end >= mention.start + 2)
            && !self.is_surname_body(start, end)
        {
            return false;
        }
        // "von der Leyen", "de la Quill": particles and nothing but a name behind them.
        let surname = (start..end)
            .find(|at| self.part(*at).item.case != Case::Lower)
            .filter(|at| *at > start + 1);
        if surname.is_some_and(|at| {
            (start..at).all(|at| Class::Particle.has(self.phrase.fold(at)))
                && (at..end).all(|at| self.part(at).is_name())
        }) {
            return true;
        }
        // "Al Gore", "E. Calvin Beisner", "von Konrat": particles and initials begin names.
        let initial = fold.len() == 1 && self.phrase.print(start).ends_with('.');
        if (initial || Class::Particle.has(fold) && fold != "e" && fold != "y")
            && start + 1 < end
            && self.part(start + 1).item.case != Case::Lower
            && (initial || !self.is_office(start + 1))
        {
            let next = self.part(start + 1);
            return self.phrase.mention_at(start + 1).is_none()
                && (initial || next.word.is_none() || is_surname(self.phrase.fold(start + 1)));
        }
        // "greg Knight": two unknown words of which one has a capital.
        let both = end == start + 2 && part.word.is_none() && part.item.is_strange();
        if both && self.part(start + 1).is_name() && self.phrase.mentions.is_empty() {
            return true;
        }
        if part.word.is_none() && part.item.is_strange() {
            return !part.item.possessive
                && (part.item.case != Case::Lower
                    || self.lower && end - start >= 2
                    || Class::Particle.has(fold));
        }
        // "Paris Hilton", "Jordan Spieth", "Austin Church": a place as a given name.
        let next_is_name = end == start + 2 && self.part(start + 1).item.case != Case::Lower;
        if single
            && end > start + 1
            && part.item.case != Case::Lower
            && !part.item.possessive
            && part.word.is_none()
            && (start + 1..end).all(|at| self.part(at).is_name())
            && !self.lower
        {
            return true;
        }
        if !single || part.item.case == Case::Lower || !next_is_name {
            // Three words and more behind a word that is hardly ever a title.
            return single
                && part.item.case != Case::Lower
                && end > start + 2
                && Class::RarelyTitle.has(fold)
                && self.part(start + 1).is_name();
        }
        Class::GivenTitle.has(fold)
            && !Class::Regnal.has(fold)
            && (self.part(start + 1).is_name()
                || is_surname(self.phrase.fold(start + 1))
                || Class::GivenTitle.has(self.phrase.fold(start + 1)))
            || part.item.is_place()
                && part.item.region().is_none()
                && is_surname(self.phrase.fold(start + 1))
                && part.item.capital().is_none()
    }

    /// Where the title before a name ends: after its last head noun or honorific.
    fn title_end(&self, start: usize, end: usize) -> Option<usize> {
        let mut last = None;
        for at in start..end {
            let part = self.part(at);
            let body = self.phrase.mention_at(at).is_some();
            if !body && last.is_some() && self.is_given_here(last, at, end) {
                break;
            }
            match part.word {
                Some(Word::Head(_) | Word::Honorific) if !body => last = Some(at + 1),
                Some(Word::Status(_))
                    if last == Some(at)
                        && at + 1 < end
                        && matches!(self.phrase.fold(at), "elect" | "designate" | "emeritus") =>
                {
                    last = Some(at + 1)
                }
                // "Marine veteran": of a force it is who somebody is, and no status.
                Some(Word::Status(_))
                    if at > start
                        && self.phrase.fold(at) == "veteran"
                        && self.phrase.mention_at(at - 1).is_some() =>
                {
                    last = Some(at + 1)
                }
                Some(_) => {}
                None if body || !part.item.is_strange() => {}
                None if last.is_none()
                    && part.item.case != Case::Lower
                    && !part.item.possessive =>
                {
                    // An unknown name before the office: "Apple CEO Tim Cook".
                }
                None if last == Some(at) => break,
                None => {}
            }
            if part.is_name() && last.is_some_and(|last| last <= at) && !self.heads_follow(at, end)
            {
                break;
            }
        }
        last.filter(|last| *last < end)
    }

    /// A surname-like head after the name has begun is the name's: "Governor Charlie Baker".
    fn is_given_here(&self, last: Option<usize>, at: usize, _end: usize) -> bool {
        last.is_some_and(|last| last < at && (last..at).any(|n| self.part(n).is_name()))
            && self.part(at).item.case != Case::Lower
    }

    fn heads_follow(&self, at: usize, end: usize) -> bool {
        (at + 1..end)
            .any(|n| self.part(n).head().is_some() && self.part(n).item.case == Case::Lower)
    }

    pub(super) fn without_degrees(&self, start: usize, end: usize) -> usize {
        let mut end = end;
        while end > start + 1
            && Class::Degree.has(self.phrase.fold(end - 1))
            && self.part(end - 1).item.case != Case::Lower
        {
            end -= 1;
        }
        end
    }
}
