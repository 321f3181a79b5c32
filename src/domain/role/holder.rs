//! The name of a person behind an office: "General Israel Tal", "Mayor Bill de Blasio". Names of
//! persons say nothing (convention 1), whatever else their words mean.

use super::parts::Part;
use super::words::Head;
use crate::domain::organisation::items::Item;
use crate::domain::organisation::tables::Thing;
use crate::domain::organisation::tokens::{Break, Case, Tokens};
use crate::domain::person::is_given_name;
use crate::domain::vocabulary::Function;

/// Makes the words of persons' names plain: places and bodies that are given names or surnames,
/// and particles that are also prepositions.
pub(super) fn free_names(tokens: &Tokens<'_>, parts: &mut [Part]) {
    for at in 0..parts.len() {
        let words: Vec<usize> = match parts[at].head() {
            Some(head) => Name { tokens, parts }.behind(at, head),
            None => Name { tokens, parts }.served(at),
        };
        for word in words {
            let mut item = Item::plain(tokens, parts[word].item.start, parts[word].item.end);
            item.case = Case::Capital;
            parts[word] = Part { item, word: None };
        }
    }
}

struct Name<'a> {
    tokens: &'a Tokens<'a>,
    parts: &'a [Part],
}

impl Name<'_> {
    /// The words of the name behind a head noun that are not plain yet.
    fn behind(&self, head: usize, title: Head) -> Vec<usize> {
        let first = head + 1;
        let mut found = Vec::new();
        let mut given = false;
        let mut at = first;
        while self.continues(at) {
            if self.parts[at].is_name() {
                given |= is_given_name(self.fold(at));
                at += 1;
                continue;
            }
            if let Some(end) = self.particles(at) {
                let begins = at > first && given
                    || self.is_joined(end - 1)
                    || self.is_personal(at) && at > first
                    || at == first && is_english_style(self.tokens, &self.parts[head], title);
                if !begins {
                    break;
                }
                found.extend(at..=end);
                at = end + 1;
                continue;
            }
            // A place or a body: the given name before a surname, or the surname behind a given
            // name; by itself only where an office of that place or body cannot be meant.
            let last = !self.continues(at + 1) || self.parts[at + 1].item.case == Case::Lower;
            let named = match at == first {
                true if last => self.is_lone_surname(at, title),
                true => self.parts[at + 1].is_name() && self.ends_as_name(at + 1),
                false => last,
            };
            if !(named && self.is_word(at) && is_address(title)) {
                break;
            }
            found.push(at);
            at += 1;
        }
        found
    }

    /// "spokesman for Jordan Peterson", "lawyer for Georgia Power": a place before one unknown word
    /// is a client's name, not a government.
    fn served(&self, joint: usize) -> Vec<usize> {
        let serves = joint > 0
            && self.fold(joint) == "for"
            && matches!(
                self.parts[joint - 1].head(),
                Some(Head::Is(Function::Spokesperson | Function::Lawyer | Function::Adviser))
            );
        let at = joint + 1;
        let named = serves
            && self.continues(at)
            && self.is_word(at)
            && self.parts[at].item.is_place()
            && self.continues(at + 1)
            && self.parts[at + 1].is_name()
            && !(self.continues(at + 2) && self.parts[at + 2].item.case != Case::Lower);
        if named { vec![at] } else { Vec::new() }
    }

    fn fold(&self, at: usize) -> &str {
        self.tokens.fold(self.parts[at].item.start)
    }

    /// Whether a part follows the one before it without a break.
    fn continues(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.item.gap == Break::None)
            && !self.parts[at - 1].item.possessive
    }

    /// One word with a capital that no vocabulary takes for a title.
    fn is_word(&self, at: usize) -> bool {
        let part = &self.parts[at];
        part.word.is_none()
            && part.item.end == part.item.start + 1
            && part.item.case == Case::Capital
            && part.item.body().is_none()
            && part.item.institution().is_none()
            && part.item.field().is_none()
            // "General Syrian Army": an adjective is no name.
            && !matches!(part.item.things().next(), Some(Thing::Adjective(_)))
    }

    /// Whether nothing but unknown names stands from here to the end of the phrase.
    fn ends_as_name(&self, from: usize) -> bool {
        let rest = (from..self.parts.len()).take_while(|at| *at == from || self.continues(*at));
        let names = rest.clone().take_while(|at| self.parts[*at].is_name()).count();
        let end = from + names;
        names == rest.count() || self.parts[end].item.case == Case::Lower
    }

    /// Particles before an unknown name, by the place of that name.
    fn particles(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while self.continues(end) && is_particle(self.fold(end)) {
            end += 1;
        }
        let name = self.parts.get(end).filter(|_| end > at && self.continues(end))?;
        (name.is_name() || self.is_joined(end - 1) && self.is_word(end)).then_some(end)
    }

    /// "al-Assad": a hyphen makes it one name.
    fn is_joined(&self, at: usize) -> bool {
        let token = &self.tokens.list[self.parts[at].item.end - 1];
        self.tokens.text[token.at.end..].starts_with('-')
    }

    /// Particles that are no prepositions of a language that titles are written in.
    fn is_personal(&self, at: usize) -> bool {
        matches!(self.fold(at), "al" | "el" | "van" | "bin" | "ibn" | "ben" | "da" | "di" | "ter")
    }

    /// "Colonel London", "President Ford": no town has a colonel, no company such a president.
    fn is_lone_surname(&self, at: usize, title: Head) -> bool {
        let item = &self.parts[at].item;
        match title {
            Head::Rank | Head::RankOrOther => item.capital().is_some(),
            Head::President | Head::Is(Function::HeadOfGovernment | Function::Legislator) => {
                !item.is_place() && item.listed().is_some()
            }
            _ => false,
        }
    }
}

/// Particles of surnames; most are prepositions or articles too.
fn is_particle(fold: &str) -> bool {
    matches!(
        fold,
        "al" | "el"
            | "de"
            | "del"
            | "della"
            | "la"
            | "las"
            | "los"
            | "von"
            | "van"
            | "der"
            | "den"
            | "zu"
            | "bin"
            | "ibn"
            | "ben"
            | "da"
            | "di"
            | "du"
            | "dos"
            | "ter"
            | "le"
    )
}

/// Titles with which their holders are addressed, and which thus stand before a name.
fn is_address(title: Head) -> bool {
    matches!(
        title,
        Head::Rank
            | Head::RankOrOther
            | Head::President
            | Head::VicePresident
            | Head::Chancellor
            | Head::Minister
            | Head::Secretary
            | Head::SecretaryOfState
            | Head::Governor
            | Head::Justice
            | Head::Speaker
            | Head::Representative
            | Head::Is(
                Function::HeadOfGovernment
                    | Function::Legislator
                    | Function::Judge
                    | Function::Mayor
                    | Function::Minister
                    | Function::Academic
                    | Function::ReligiousLeader
                    | Function::Coach
            )
    )
}

/// Whether a particle directly behind a title begins a surname, "Mayor de Blasio": a rank is of no
/// unknown place, and English says "of", not "de".
fn is_english_style(tokens: &Tokens<'_>, title: &Part, head: Head) -> bool {
    let print = tokens.print_bare(title.item.start, title.item.end);
    matches!(head, Head::Rank | Head::RankOrOther)
        || matches!(
            print.to_ascii_lowercase().as_str(),
            "president"
                | "mayor"
                | "coach"
                | "governor"
                | "prime minister"
                | "judge"
                | "chancellor"
        )
}
