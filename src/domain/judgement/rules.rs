//! The rules that judgements in force make, and what they make of one quote.

use std::collections::{HashMap, HashSet};

use crate::domain::id::{Id, Kind};
use crate::domain::organisation;
use crate::domain::person::name_key;
use crate::domain::quote::SpeakerKind;
use crate::domain::reading::Reading;
use crate::domain::resolution::{
    Resolution, ResolvedOrganisation, ResolvedRole, ResolvedSpeaker, Settled, resolve_beside,
};
use crate::domain::vocabulary::Domain;

/// A role to which quotes are given.
#[derive(Debug, Clone)]
pub struct Office {
    /// The role.
    pub role: ResolvedRole,
    /// The domain whose official its holder is.
    pub official_of: Option<Domain>,
    /// Where it is.
    pub organisation: Option<ResolvedOrganisation>,
}

/// What judgements say of one quote alone; of several about one thing the last counts.
#[derive(Debug, Clone, Default)]
pub struct Assigned {
    /// Who spoke.
    pub speaker: Option<Id>,
    /// For which organisation.
    pub organisation: Option<Id>,
    /// In which role.
    pub role: Option<Id>,
}

/// What judgements in force say.
#[derive(Debug, Default)]
pub struct Rules {
    /// Who is somebody else: a forest, since only what is not yet merged may be.
    pub merged: HashMap<Id, Id>,
    /// Which organisation a folded name means.
    pub names: HashMap<String, Id>,
    /// Which names do not mean a speaker or an organisation, and whom they mean instead.
    pub apart: HashMap<(Id, String), Id>,
    /// What is said of single quotes.
    pub assigned: HashMap<Id, Assigned>,
    /// The speakers, organisations and roles that others become.
    pub speakers: HashMap<Id, ResolvedSpeaker>,
    /// See `speakers`.
    pub organisations: HashMap<Id, ResolvedOrganisation>,
    /// See `speakers`.
    pub offices: HashMap<Id, Office>,
    /// Everybody and everything that a judgement in force names.
    pub named: HashSet<Id>,
    /// Rows that only judgements made.
    pub made: HashSet<Id>,
}

impl Rules {
    /// Whether they say nothing.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.made.is_empty()
    }

    /// Whom an id stands for, all merges followed.
    pub fn canonical(&self, id: Id) -> Id {
        self.line(id).last().unwrap_or(id)
    }

    /// An id, what it was merged into, what that was merged into, and so on.
    pub fn line(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(Some(id), |id| self.merged.get(id).copied())
    }

    /// Of what an organisation was merged into, one merge after the other: the first role at any of
    /// them that was itself merged. `role_at` tells the role at one of them.
    pub fn by_way(
        &self,
        home: Id,
        role_at: impl Fn(&ResolvedOrganisation) -> Option<Id>,
    ) -> Option<Id> {
        let homes = self.line(home).skip(1).filter_map(|id| self.organisations.get(&id));
        homes.filter_map(role_at).find(|role| self.merged.contains_key(role))
    }

    /// What a quote means, given what its print says by itself and what its article settles.
    pub fn apply(
        &self,
        quote: Id,
        reading: &Reading,
        own: &Resolution,
        settled: Resolution,
    ) -> Resolution {
        if self.is_empty() {
            return settled;
        }
        let assigned = self.assigned.get(&quote).cloned().unwrap_or_default();
        let is_open = own.open_body.is_some();
        let before = settled.role.as_ref().map(|role| role.id);
        let printed = settled.organisation.as_ref().map(ResolvedOrganisation::id);
        let home = printed.map(|home| self.canonical(home));
        let speaker = settled.speaker.clone();
        let mut now = self.at_organisation(reading, is_open, settled, assigned.organisation);
        // A role goes with what it was merged into also where its organisation was merged; not where
        // the quote was given to another organisation.
        let is_home = now.organisation.as_ref().map(ResolvedOrganisation::id) == home;
        let at = |at: &ResolvedOrganisation| {
            let (speaker, organisation) = (speaker.clone(), Some(at.clone()));
            let role = resolve_beside(reading, Settled { speaker, organisation }).role;
            role.map(|role| role.id)
        };
        let by_way = || printed.filter(|_| before.is_some()).and_then(|id| self.by_way(id, at));
        let before = match is_home {
            true => before.filter(|id| self.merged.contains_key(id)).or_else(by_way),
            false => None,
        };
        let own = now.speaker.as_ref().map(|own| self.speaker_of(reading, own));
        if let Some(id) = assigned.speaker.map(|id| self.canonical(id)).or(own)
            && now.speaker.as_ref().is_none_or(|own| own.id != id)
        {
            now.speaker_kind = SpeakerKind::Person;
            now.speaker = Some(match self.speakers.get(&id) {
                Some(known) => known.clone(),
                None => {
                    let own = now.speaker.take().unwrap_or_else(|| nameless(id));
                    ResolvedSpeaker { id, wikidata: None, ..own }
                }
            });
        }
        let own = before.or(now.role.as_ref().map(|role| role.id));
        let own = own.map(|id| self.canonical(id));
        if let Some(id) = assigned.role.map(|id| self.canonical(id)).or(own)
            && now.role.as_ref().is_none_or(|role| role.id != id)
            && let Some(office) = self.offices.get(&id)
        {
            now.role = Some(office.role.clone());
            now.official_of = office.official_of;
            now.organisation = office.organisation.clone().or(now.organisation);
        }
        now
    }

    /// The same at the organisation that judgements give.
    fn at_organisation(
        &self,
        reading: &Reading,
        is_open: bool,
        settled: Resolution,
        assigned: Option<Id>,
    ) -> Resolution {
        let own = settled.organisation.as_ref().map(ResolvedOrganisation::id);
        let printed = reading.printed.organisation.as_deref();
        let printed = printed
            .or_else(|| settled.organisation.as_ref().map(ResolvedOrganisation::name))
            .or_else(|| reading.printed.speaker.as_deref().filter(|_| settled.speaker.is_none()));
        let key = printed.map(organisation::key);
        // A name means what it was judged to mean, save where a title makes another name of it: "mayor"
        // at "Washington" is of the city.
        let named = key.as_ref().and_then(|key| self.names.get(key).copied());
        let named =
            named.filter(|_| is_open || own.is_some() && own == key.as_deref().map(by_name));
        let meant = assigned.or(named).or(own.map(|id| match &key {
            Some(key) => self.apart_from(id, key).unwrap_or(id),
            None => id,
        }));
        let meant = meant.map(|id| self.canonical(id));
        if meant == own {
            return settled;
        }
        let Some(organisation) = meant.and_then(|id| self.organisations.get(&id)).cloned() else {
            return settled;
        };
        let speaker = settled.speaker;
        resolve_beside(reading, Settled { speaker, organisation: Some(organisation) })
    }

    /// Who speaks where the print names this speaker.
    fn speaker_of(&self, reading: &Reading, own: &ResolvedSpeaker) -> Id {
        let mut names: Vec<String> = vec![own.name_key.clone()];
        if !self.apart.is_empty() {
            names.extend(reading.printed.speaker.as_deref().map(name_key));
        }
        let apart = names.iter().find_map(|name| self.apart_from(own.id, name));
        self.canonical(apart.unwrap_or(own.id))
    }

    /// Whom a name means that does not mean this one.
    fn apart_from(&self, id: Id, name: &str) -> Option<Id> {
        if self.apart.is_empty() {
            return None;
        }
        let of = |id| self.apart.get(&(id, name.to_owned())).copied();
        of(id).or_else(|| of(self.canonical(id)))
    }
}

/// The organisation that goes by a folded name and by nothing else.
fn by_name(key: &str) -> Id {
    Id::derive(Kind::Organisation, &[b"name", key.as_bytes()])
}

/// Somebody of whom only the id is known here.
fn nameless(id: Id) -> ResolvedSpeaker {
    ResolvedSpeaker { id, name: String::new(), name_key: String::new(), wikidata: None }
}
