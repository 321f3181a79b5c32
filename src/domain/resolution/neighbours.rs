//! What the rest of an article settles: a later surname is the person named in full; "the ministry",
//! the one ministry that the article's attributions speak of.
//!
//! A function of the set of the article's quotes, whatever the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    OpenOrganisation, Resolution, ResolvedOrganisation, ResolvedSpeaker, Settled, own_words,
    resolve_beside,
};
use crate::domain::id::Id;
use crate::domain::organisation::{self, Context, Words};
use crate::domain::person::{FullName, Printed, full_name, name_key};
use crate::domain::reading::Reading;
use crate::domain::vocabulary::{Function, OrganisationKind};

/// Somebody whom a quote of the article names in full.
#[derive(Debug)]
struct Bearer {
    speaker: ResolvedSpeaker,
    /// What the roles do that are printed with the name.
    functions: BTreeSet<Function>,
    /// Where the first such quote begins; `None` where one of them has no known place.
    first: Option<i64>,
}

/// What the quotes of one article name for certain.
#[derive(Debug, Default)]
pub struct Neighbours {
    /// Speakers with a full name, by it and the title that is printed with it.
    speakers: BTreeMap<(String, Option<String>), BTreeMap<Id, Bearer>>,
    /// The keys of the listed organisations for which others speak.
    organisations: BTreeSet<&'static str>,
    /// The kinds of those that the vocabulary does not list.
    unlisted: BTreeSet<OrganisationKind>,
}

impl Neighbours {
    /// Adds what a quote means by itself.
    pub fn add(&mut self, reading: &Reading, own: &Resolution) {
        if let Some(speaker) = own.speaker.as_ref().filter(|_| !own.short_name) {
            let title = own.role.as_ref().map(|role| role.title.clone());
            let same = self.speakers.entry((speaker.name.clone(), title)).or_default();
            let bearer = same.entry(speaker.id).or_insert_with(|| Bearer {
                speaker: speaker.clone(),
                functions: BTreeSet::new(),
                first: Some(i64::MAX),
            });
            bearer.functions.extend(own.role.as_ref().map(|role| role.function));
            bearer.first = bearer.first.zip(reading.start).map(|(first, start)| first.min(start));
        }
        match &own.organisation {
            Some(ResolvedOrganisation::Listed(known)) => {
                self.organisations.insert(known.key);
            }
            Some(ResolvedOrganisation::Unlisted { kind, .. }) => {
                self.unlisted.insert(*kind);
            }
            None => {}
        }
    }

    /// What a quote of this article means; `None` where its neighbours settle nothing.
    pub fn settle(&self, reading: &Reading, own: &Resolution) -> Option<Resolution> {
        let short = own.speaker.as_ref().filter(|_| own.short_name);
        let settled = Settled {
            speaker: short.and_then(|short| self.person(reading, own, short)),
            organisation: own.open_body.as_ref().and_then(|open| self.body(reading, open)),
        };
        let any = settled.speaker.is_some() || settled.organisation.is_some();
        any.then(|| resolve_beside(reading, settled))
    }

    /// The one person whose surname this is. Newspapers print the full name first: what stands before
    /// it is somebody else's, and so is a surname in another office than any that is printed with the
    /// full name.
    fn person(
        &self,
        reading: &Reading,
        own: &Resolution,
        short: &ResolvedSpeaker,
    ) -> Option<ResolvedSpeaker> {
        let names =
            self.speakers.keys().map(|(name, title)| Printed { name, title: title.as_deref() });
        let FullName::Only(name) = full_name(&short.name, names) else { return None };
        // Spellings of one name, and namesakes: only one person may be behind all of them.
        let key = name_key(name);
        let same = self.speakers.iter().filter(|((name, _), _)| name_key(name) == key);
        let bearers: Vec<&Bearer> = same.flat_map(|(_, people)| people.values()).collect();
        let only = bearers.first()?;
        let firsts: Option<Vec<i64>> = bearers.iter().map(|bearer| bearer.first).collect();
        let first = firsts.and_then(|firsts| firsts.into_iter().min());
        let is_before = reading.start.zip(first).is_some_and(|(start, first)| start < first);
        let mut functions = bearers.iter().flat_map(|bearer| &bearer.functions).peekable();
        let is_other = match &own.role {
            Some(role) => functions.peek().is_some() && !functions.any(|it| *it == role.function),
            None => false,
        };
        let is_one = bearers.iter().all(|bearer| bearer.speaker.id == only.speaker.id);
        (is_one && !is_before && !is_other).then(|| only.speaker.clone())
    }

    /// The one organisation of the article that may be meant.
    fn body(&self, reading: &Reading, open: &OpenOrganisation) -> Option<ResolvedOrganisation> {
        let named = self.organisations.iter().filter_map(|key| organisation::by_key(key));
        let others = Words::naming(named, self.unlisted.iter().copied());
        let context = Context { own: own_words(&reading.printed), others };
        open.settled(&context).filter(|settled| open.may_be(settled))
    }
}
