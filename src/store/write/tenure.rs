//! Recorded tenures: a batch of them in one transaction, with the people and roles they name.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::import;
use super::meaning::of_speakers_again;
use super::named::{LONGEST_NAME, Memory, write_named};
use super::reference::{Reference, Shared, reference_row};
use super::shared::{RoleValues, SpeakerValues};
use super::{ImportAccount, ImportRow, Outcome};
use crate::domain::article::better;
use crate::domain::date::DatePrecision;
use crate::domain::id::{Id, Kind};
use crate::domain::organisation;
use crate::domain::person::name_key;
use crate::domain::resolution::{ResolvedOrganisation, ResolvedSpeaker, office};
use crate::domain::tenure::{Bound, BoundKind};
use crate::domain::text::{name_rank, spelling_rank};
use crate::domain::vocabulary::{Domain, Function, Status};
use crate::store::Store;
use crate::store::audit::Actor;
use crate::store::dialect::{Connection, insert, insert_missing, on};
use crate::store::error::Result;
use crate::store::judgement::made;
use crate::store::quote::fuzzy;
use crate::store::schema::{speaker_alias, tenure};
use crate::store::table::Row as _;

/// One tenure, as a record has it.
#[derive(Debug, Clone)]
pub struct TenureEntry {
    /// Whose it is.
    pub speaker: ResolvedSpeaker,
    /// Other names of that person, each with its language (BCP 47) where the record tells it.
    pub other_names: Vec<(String, Option<String>)>,
    /// The title; it holds a letter or a digit.
    pub title: String,
    /// The organisation, as the record names it.
    pub organisation: Option<String>,
    /// The area that is represented.
    pub area: Option<String>,
    /// The party or group for which it is held.
    pub on_behalf_of: Option<String>,
    /// When it begins.
    pub begin: Bound,
    /// When it ends.
    pub end: Bound,
    /// The file or data set.
    pub source: String,
    /// Its own id of the person.
    pub external_id: Option<String>,
}

/// A row of `tenure`.
#[derive(Debug, Clone, PartialEq, Serialize, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = tenure)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct TenureValues {
    pub id: Id,
    speaker_id: Id,
    name: String,
    name_key: String,
    title: String,
    organisation: Option<String>,
    area: Option<String>,
    on_behalf_of: Option<String>,
    role_id: Id,
    organisation_id: Option<Id>,
    function: Function,
    domain: Domain,
    status: Status,
    begin_bound: BoundKind,
    begin_earliest: i64,
    begin_latest: i64,
    begin_precision: Option<DatePrecision>,
    end_bound: BoundKind,
    end_earliest: i64,
    end_latest: i64,
    end_precision: Option<DatePrecision>,
    source: String,
    external_id: Option<String>,
}

/// The bound that stands in four columns.
pub(in crate::store) fn bound(
    kind: BoundKind,
    earliest: i64,
    latest: i64,
    precision: Option<DatePrecision>,
) -> Bound {
    let date = fuzzy(Some(earliest), Some(latest), precision);
    match (kind, date) {
        (BoundKind::Known, Some(date)) => Bound::Known(date),
        (BoundKind::Open, _) => Bound::Open,
        (BoundKind::Sighted, date) => Bound::Sighted(date),
        (BoundKind::Unknown | BoundKind::Known, _) => Bound::Unknown,
    }
}

impl TenureValues {
    /// Sets the end to the better of two.
    fn ended(self, end: Bound) -> Self {
        let (end_earliest, end_latest) = end.ends();
        let end_precision = end.date().map(|date| date.precision);
        Self { end_bound: end.kind(), end_earliest, end_latest, end_precision, ..self }
    }

    fn end(&self) -> Bound {
        bound(self.end_bound, self.end_earliest, self.end_latest, self.end_precision)
    }

    /// What orders accounts of one tenure: the best spelling is shown.
    fn rank(&self) -> (String, &str, Option<&str>) {
        (spelling_rank(&self.title), &self.title, self.organisation.as_deref())
    }
}

impl Reference for TenureValues {
    reference_row!(TenureValues, tenure);

    // Who, what, where, since when and by which source are its identity; the rest may become better.
    fn merge(self, other: Self) -> Self {
        let end = self.end().better(other.end());
        let name = name_rank(&self.name).min(name_rank(&other.name));
        let name = if name == name_rank(&self.name) { &self.name } else { &other.name }.clone();
        let external_id = better(self.external_id.clone(), other.external_id.clone());
        let best = if other.rank() < self.rank() { other } else { self };
        Self { name, external_id, ..best }.ended(end)
    }
}

/// What a batch of tenures did.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    /// Whose tenures are new or changed.
    pub speakers: BTreeSet<Id>,
    /// The folded names that these people go by in the record: a speaker of such a name without a
    /// tenure of their own is judged by them.
    pub name_keys: BTreeSet<String>,
}

impl Touched {
    /// Adds what another batch touched.
    pub fn extend(&mut self, other: Self) {
        self.speakers.extend(other.speakers);
        self.name_keys.extend(other.name_keys);
    }
}

impl Store {
    /// Writes a batch of tenures with the import's record in one transaction; `record` makes it of
    /// one outcome an entry, in order. How the quotes of these people stand to the record is worked
    /// out anew. Answers whom it touched.
    pub fn write_tenures(
        &self,
        entries: &[TenureEntry],
        before: Option<&ImportRow>,
        record: impl FnOnce(&[Outcome]) -> ImportAccount,
    ) -> Result<Touched> {
        self.write_patiently(|connection| {
            let (outcomes, touched) = write(connection, entries)?;
            import::save(connection, &Actor::command_line(), before, &record(&outcomes))?;
            let named: Vec<Id> = entries.iter().map(|entry| entry.speaker.id).collect();
            made::forget(connection, &named)?;
            let Touched { speakers, name_keys } = touched.clone();
            of_speakers_again(connection, speakers, name_keys)?;
            Ok(touched)
        })
    }
}

/// The row of a tenure with the role that it is of; `None` where the title names none.
fn row(entry: &TenureEntry) -> Option<(TenureValues, RoleValues)> {
    let (role, at) = office(&entry.title, entry.organisation.as_deref());
    let role = role?;
    let text = |text: &Option<String>| text.as_deref().map(name_key).unwrap_or_default();
    let begin = match entry.begin.date() {
        Some(date) => date.to_string(),
        None => entry.begin.kind().to_string(),
    };
    let at_key = entry.organisation.as_deref().map(organisation::key).unwrap_or_default();
    let parts: [&[u8]; 7] = [
        entry.speaker.id.as_bytes(),
        role.title_key.as_bytes(),
        at_key.as_bytes(),
        &text(&entry.area).into_bytes(),
        &text(&entry.on_behalf_of).into_bytes(),
        begin.as_bytes(),
        entry.source.as_bytes(),
    ];
    let (begin_earliest, begin_latest) = entry.begin.begins();
    let organisation_id = at.as_ref().map(ResolvedOrganisation::id);
    let values = TenureValues {
        id: Id::derive(Kind::Tenure, &parts),
        speaker_id: entry.speaker.id,
        name: entry.speaker.name.clone(),
        name_key: entry.speaker.name_key.clone(),
        title: entry.title.clone(),
        organisation: entry.organisation.clone(),
        area: entry.area.clone(),
        on_behalf_of: entry.on_behalf_of.clone(),
        role_id: role.id,
        organisation_id,
        function: role.function,
        domain: role.domain,
        status: role.status,
        begin_bound: entry.begin.kind(),
        begin_earliest,
        begin_latest,
        begin_precision: entry.begin.date().map(|date| date.precision),
        end_bound: BoundKind::Unknown,
        end_earliest: i64::MIN,
        end_latest: i64::MAX,
        end_precision: None,
        source: entry.source.clone(),
        external_id: entry.external_id.clone(),
    };
    Some((values.ended(entry.end), RoleValues::of(&role, organisation_id)))
}

/// Works out anew what the titles of recorded tenures mean, after the vocabulary has changed.
/// Answers whose tenures mean something else now.
pub fn resolve_again(connection: &mut Connection) -> Result<Touched> {
    let mut touched = Touched::default();
    let mut rows = TenureValues::behind(connection, None)?;
    while let Some(last) = rows.last().cloned() {
        let means = |row: &TenureValues| office(&row.title, row.organisation.as_deref());
        let offices: Vec<_> = rows.iter().map(means).collect();
        let bodies: Vec<_> = offices.iter().filter_map(|(_, at)| at.clone()).collect();
        write_named(connection, &mut Memory::new(), &[], &bodies)?;
        let (mut roles, mut changed) = (Vec::new(), Vec::new());
        for (row, (role, at)) in rows.into_iter().zip(offices) {
            let Some(role) = role else { continue };
            let organisation_id = at.as_ref().map(ResolvedOrganisation::id);
            roles.push(RoleValues::of(&role, organisation_id));
            let now = TenureValues {
                role_id: role.id,
                organisation_id,
                function: role.function,
                domain: role.domain,
                status: role.status,
                ..row.clone()
            };
            if now != row {
                touched.speakers.insert(now.speaker_id);
                touched.name_keys.insert(now.name_key.clone());
                changed.push(now);
            }
        }
        Shared::new().absorb(connection, roles)?;
        for row in changed {
            row.update(connection)?;
        }
        rows = TenureValues::behind(connection, Some(&last))?;
    }
    Ok(touched)
}

fn write(connection: &mut Connection, entries: &[TenureEntry]) -> Result<(Vec<Outcome>, Touched)> {
    let bodies = entries.iter().filter_map(|e| office(&e.title, e.organisation.as_deref()).1);
    let bodies: Vec<_> = bodies.collect();
    write_named(connection, &mut Memory::new(), &[], &bodies)?;
    let speakers = entries.iter().map(|entry| SpeakerValues::of(&entry.speaker)).collect();
    Shared::new().absorb(connection, speakers)?;
    write_names(connection, entries)?;

    let rows: Vec<_> = entries.iter().map(row).collect();
    let roles = rows.iter().flatten().map(|(_, role)| role.clone()).collect();
    Shared::new().absorb(connection, roles)?;
    let tenures: Vec<TenureValues> = rows.into_iter().flatten().map(|(tenure, _)| tenure).collect();
    let ids: Vec<Id> = tenures.iter().map(|tenure| tenure.id).collect();
    let before = TenureValues::load(connection, &ids)?;
    let before: BTreeSet<Id> = before.iter().map(|tenure| tenure.id).collect();
    let told = Shared::new().absorb(connection, tenures.clone())?;

    let mut touched = Touched::default();
    let mut met = BTreeSet::new();
    let mut outcomes = Vec::with_capacity(tenures.len());
    for (tenure, told) in tenures.iter().zip(told) {
        let new = !before.contains(&tenure.id) && met.insert(tenure.id);
        outcomes.push(match (new, told) {
            (true, _) => Outcome::Accepted,
            (false, true) => Outcome::Changed { readings: 1 },
            (false, false) => Outcome::Known,
        });
        if new || told {
            touched.speakers.insert(tenure.speaker_id);
            touched.name_keys.insert(tenure.name_key.clone());
        }
    }
    for entry in entries.iter().filter(|entry| touched.speakers.contains(&entry.speaker.id)) {
        touched.name_keys.extend(entry.other_names.iter().map(|(name, _)| name_key(name)));
    }
    Ok((outcomes, touched))
}

/// The names that the record gives people. One that articles print too is told to be the record's.
fn write_names(connection: &mut Connection, entries: &[TenureEntry]) -> Result<()> {
    // The first source by its name tells, whatever comes first.
    let mut names: HashMap<(Id, &str), (&str, Option<&str>)> = HashMap::new();
    for entry in entries {
        let own = (&entry.speaker.name, &None);
        let others = entry.other_names.iter().map(|(name, language)| (name, language));
        for (name, language) in others.chain([own]) {
            let told = (entry.source.as_str(), language.as_deref());
            if name.len() <= LONGEST_NAME && !name_key(name).is_empty() {
                let kept = names.entry((entry.speaker.id, name)).or_insert(told);
                *kept = told.min(*kept);
            }
        }
    }
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable();
    let rows: Vec<_> = names
        .iter()
        .map(|((id, name), _)| {
            let key = speaker_alias::name_key.eq(name_key(name));
            (speaker_alias::speaker_id.eq(*id), speaker_alias::name.eq(*name), key)
        })
        .collect();
    insert_missing!(connection, speaker_alias::table, &rows)?;
    for ((id, name), (source, language)) in names {
        let there = speaker_alias::table
            .filter(speaker_alias::speaker_id.eq(id).and(speaker_alias::name.eq(name)))
            .filter(speaker_alias::source.is_null().or(speaker_alias::source.gt(source)));
        let told = (speaker_alias::source.eq(source), speaker_alias::language.eq(language));
        on!(connection, |c| diesel::update(there).set(told).execute(c))?;
    }
    Ok(())
}
