//! What the rest of an article settles: a later surname is the person named in full, an ambiguous
//! name the one organisation that the article speaks of.
//!
//! A function of the set of the article's quotes, whatever the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

use super::{Resolution, ResolvedOrganisation, ResolvedSpeaker, Settled, resolve_beside};
use crate::domain::id::Id;
use crate::domain::organisation::Organisation;
use crate::domain::person::{FullName, Printed, full_name, name_key};
use crate::domain::reading::Reading;

/// What the quotes of one article name for certain.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// Speakers with a full name, by it and the title that is printed with it.
    speakers: BTreeMap<(String, Option<String>), BTreeMap<Id, ResolvedSpeaker>>,
    /// The keys of listed organisations.
    organisations: BTreeSet<&'static str>,
}

impl Neighbours {
    /// Adds what a quote names for certain, as its own print says.
    pub fn add(&mut self, own: &Resolution) {
        if let Some(speaker) = own.speaker.as_ref().filter(|_| !own.short_name) {
            let title = own.role.as_ref().map(|role| role.title.clone());
            let same = self.speakers.entry((speaker.name.clone(), title)).or_default();
            same.insert(speaker.id, speaker.clone());
        }
        if let Some(ResolvedOrganisation::Listed(known)) = own.organisation {
            self.organisations.insert(known.key);
        }
    }

    /// What a quote of this article means; `None` where its neighbours settle nothing.
    pub fn settle(&self, reading: &Reading, own: &Resolution) -> Option<Resolution> {
        let settled = Settled {
            speaker: own.speaker.as_ref().filter(|_| own.short_name).and_then(|s| self.person(s)),
            organisation: self.organisation(&own.candidates).map(ResolvedOrganisation::Listed),
        };
        let any = settled.speaker.is_some() || settled.organisation.is_some();
        any.then(|| resolve_beside(reading, settled))
    }

    /// The one person whose surname this is.
    fn person(&self, short: &ResolvedSpeaker) -> Option<ResolvedSpeaker> {
        let names =
            self.speakers.keys().map(|(name, title)| Printed { name, title: title.as_deref() });
        let FullName::Only(name) = full_name(&short.name, names) else { return None };
        // Spellings of one name, and namesakes: only one person may be behind all of them.
        let key = name_key(name);
        let same = self.speakers.iter().filter(|((name, _), _)| name_key(name) == key);
        let mut people = same.flat_map(|(_, people)| people.values());
        let first = people.next()?;
        people.all(|other| other.id == first.id).then(|| first.clone())
    }

    /// The one of these that the article names.
    fn organisation(&self, candidates: &[&'static Organisation]) -> Option<&'static Organisation> {
        let mut named = candidates.iter().filter(|one| self.organisations.contains(one.key));
        let only = named.next()?;
        named.next().is_none().then_some(*only)
    }
}
