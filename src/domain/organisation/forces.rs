//! Proper names with a military word in them: "Marenian Armed Forces" is a state's, "Brackwater
//! Marine", "Old Navy" and "Salvation Army" are not.

use super::grammar::Grammar;
use super::mention::Mention;
use super::tokens::Case;
use crate::domain::vocabulary::{Domain, OrganisationKind};

/// Bodies that only states have, whatever name stands before them.
const STATES: &[&str] = &[
    "armed forces",
    "defence force",
    "defence forces",
    "defense force",
    "defense forces",
    "self defense forces",
    "air force",
    "coast guard",
    "general staff",
    "joint staff",
    "defence staff",
];

/// Words of regular units: "3rd Brigade" has a number, "Airborne Division" an arm of service.
const REGULAR: &[&str] = &[
    "army",
    "navy",
    "naval",
    "air",
    "airborne",
    "infantry",
    "armoured",
    "armored",
    "cavalry",
    "artillery",
    "mechanized",
    "mechanised",
    "expeditionary",
    "amphibious",
    "marine",
    "marines",
    "royal",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
];

/// Whether a word looks like the adjective of a country.
pub(crate) fn is_demonym(fold: &str) -> bool {
    fold == "soviet"
        || fold.len() > 5 && ["ian", "ean", "ese", "ish"].iter().any(|end| fold.ends_with(end))
}

impl Grammar<'_> {
    /// Names the forces of an unknown country; a name that may be anyone's stays without a kind.
    pub(super) fn finish_forces(&self, mention: &mut Mention) {
        let start = self.name_start(mention.start);
        if start == mention.start || self.items[mention.start].case == Case::Lower {
            return;
        }
        let body: Vec<&str> = (self.items[mention.start].start..self.items[mention.end - 1].end)
            .map(|at| self.tokens.fold(at))
            .collect();
        let certain = STATES.contains(&body.join(" ").as_str())
            || self.has_demonym(start, mention.start)
            || self.items[start..mention.start]
                .iter()
                .any(|item| item.region().is_some() || self.tokens.fold(item.start) == "royal");
        mention.name = Some(self.print(start, mention.end));
        mention.start = start;
        if !certain {
            self.disarm(mention);
        }
    }

    /// Whether a name may be the adjective of a country that nobody knows: "Marenian".
    pub(super) fn has_demonym(&self, start: usize, end: usize) -> bool {
        start + 1 == end && is_demonym(self.tokens.fold(self.items[start].start))
    }

    /// Whether a named unit shows that it is one of a state's forces: armed groups and companies
    /// have "brigades", "divisions" and "corps" too.
    pub(super) fn is_regular(&self, mention: &Mention) -> bool {
        mention.country.is_some()
            || (self.items[mention.start].start..self.items[mention.end - 1].end).any(|at| {
                let fold = self.tokens.fold(at);
                fold.starts_with(|c: char| c.is_ascii_digit()) || REGULAR.contains(&fold)
            })
    }

    /// Takes the military reading back: nothing tells what kind of body it is.
    pub(super) fn disarm(&self, mention: &mut Mention) {
        mention.kind = OrganisationKind::Unknown;
        mention.domain = Domain::None;
        mention.body = None;
    }
}
