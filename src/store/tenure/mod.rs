//! Recorded tenures: who held which role when, and what of it a quote's speaker is judged by.

mod history;

pub use history::{Holding, Of, history};

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use crate::domain::date::{DatePrecision, FuzzyDate};
use crate::domain::id::Id;
use crate::domain::resolution::ResolvedSpeaker;
use crate::domain::tenure::{Bound, BoundKind, Recorded, Tenure};
use crate::domain::vocabulary::{Domain, Function, Status};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::page::{Page, Window, page};
use crate::store::predicate::{Predicate, column};
use crate::store::quote::OrganisationMatch;
use crate::store::schema::{organisation, speaker, speaker_alias, tenure};
use crate::store::write::bound;
use crate::store::{organisation as organisations, speaker as speakers};

/// How many values one statement asks for.
const ASKED_AT_ONCE: usize = 1_000;
/// How long a chain of merges or of parents may be; longer is a circle in the data.
const MAX_DEPTH: usize = 16;

/// A recorded tenure.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = tenure)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct TenureRow {
    pub id: Id,
    pub speaker_id: Id,
    pub name: String,
    pub title: String,
    pub organisation: Option<String>,
    pub area: Option<String>,
    pub on_behalf_of: Option<String>,
    pub role_id: Id,
    pub organisation_id: Option<Id>,
    pub function: Function,
    pub domain: Domain,
    pub status: Status,
    pub begin_bound: BoundKind,
    pub begin_earliest: i64,
    pub begin_latest: i64,
    pub begin_precision: Option<DatePrecision>,
    pub end_bound: BoundKind,
    pub end_earliest: i64,
    pub end_latest: i64,
    pub end_precision: Option<DatePrecision>,
    pub source: String,
    pub external_id: Option<String>,
}

impl TenureRow {
    /// When it begins.
    pub fn begin(&self) -> Bound {
        bound(self.begin_bound, self.begin_earliest, self.begin_latest, self.begin_precision)
    }

    /// When it ends.
    pub fn end(&self) -> Bound {
        bound(self.end_bound, self.end_earliest, self.end_latest, self.end_precision)
    }
}

/// What a recorded tenure must be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TenureCondition {
    /// Of one of these speakers, or of somebody merged into them.
    pub speaker: Option<Vec<Id>>,
    /// Of a speaker of this name.
    pub speaker_name: Option<String>,
    /// Of the speaker with this Wikidata id.
    pub speaker_wikidata: Option<String>,
    /// At this organisation.
    pub organisation: Option<OrganisationMatch>,
    /// Of one of these roles.
    pub role: Option<Vec<Id>>,
    /// With one of these functions.
    pub function: Option<Vec<Function>>,
    /// In one of these domains.
    pub domain: Option<Vec<Domain>>,
    /// With one of these states.
    pub status: Option<Vec<Status>>,
    /// Certainly held all through this date.
    pub held: Option<FuzzyDate>,
    /// Possibly held at some time of this date.
    pub may_be_held: Option<FuzzyDate>,
    /// With a beginning that is known so.
    pub begin: Option<Vec<BoundKind>>,
    /// With an end that is known so.
    pub end: Option<Vec<BoundKind>>,
    /// By one of these sources.
    pub source: Option<Vec<String>>,
}

impl TenureCondition {
    /// The predicate on `tenure`.
    pub(in crate::store) fn predicate(&self, connection: &mut Connection) -> Result<Predicate> {
        let mut meets = Vec::new();
        let mut of_speakers = |connection: &mut Connection, ids: Vec<Id>| -> Result<()> {
            let ids = merged(connection, ids)?.into_keys().collect();
            meets.push(Predicate::ids(column!(tenure.speaker_id), ids));
            Ok(())
        };
        if let Some(ids) = &self.speaker {
            of_speakers(connection, ids.clone())?;
        }
        if let Some(name) = &self.speaker_name {
            let ids = speakers::ids_by_name(connection, name)?;
            of_speakers(connection, ids)?;
        }
        if let Some(item) = &self.speaker_wikidata {
            let ids = speakers::ids_by_wikidata(connection, item)?;
            of_speakers(connection, ids)?;
        }
        if let Some(wanted) = &self.organisation {
            let ids = organisations::ids(connection, wanted)?;
            meets.push(Predicate::ids(column!(tenure.organisation_id), ids));
        }
        if let Some(ids) = &self.role {
            meets.push(Predicate::ids(column!(tenure.role_id), ids.clone()));
        }
        macro_rules! words {
            ($($field:ident: $column:ident),+) => { $(
                if let Some(words) = &self.$field {
                    let words = words.iter().map(|word| word.as_str()).collect();
                    meets.push(Predicate::words(column!(tenure.$column), words));
                }
            )+ };
        }
        words!(function: function, domain: domain, status: status, begin: begin_bound, end: end_bound);
        if let Some(date) = self.held {
            meets.push(Predicate::AtMost(column!(tenure.begin_latest), date.earliest));
            meets.push(Predicate::AtLeast(column!(tenure.end_earliest), date.latest));
        }
        if let Some(date) = self.may_be_held {
            meets.push(Predicate::AtMost(column!(tenure.begin_earliest), date.latest));
            meets.push(Predicate::AtLeast(column!(tenure.end_latest), date.earliest));
        }
        if let Some(sources) = &self.source {
            meets.push(Predicate::texts(column!(tenure.source), sources.clone()));
        }
        Ok(Predicate::all(meets))
    }
}

/// The tenures of these ids that exist, in no order.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<TenureRow>> {
    let query = tenure::table.filter(tenure::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(TenureRow::as_select()).load(c))?)
}

/// Recorded tenures by their beginning, the earliest first.
pub fn list(
    connection: &mut Connection,
    condition: &TenureCondition,
    window: &Window,
) -> Result<Page<TenureRow>> {
    let meets = condition.predicate(connection)?;
    page!(
        connection,
        tenure as TenureRow,
        meets,
        window,
        false,
        tenure::begin_earliest,
        tenure::id,
        Time
    )
}

/// Whether there is any record at all.
pub fn any(connection: &mut Connection) -> Result<bool> {
    let any = select(exists(tenure::table.select(tenure::id)));
    Ok(on!(connection, |c| any.get_result(c))?)
}

/// What is recorded of each of these speakers: their own tenures, those of whoever was merged with
/// them among them; else, of a speaker whom no Wikidata id settles, those of the one recorded person
/// of that name. A speaker who is not in the answer has none.
pub fn of_speakers(
    connection: &mut Connection,
    speakers: &[&ResolvedSpeaker],
) -> Result<HashMap<Id, Recorded>> {
    if speakers.is_empty() || !any(connection)? {
        return Ok(HashMap::new());
    }
    let asked: BTreeSet<Id> = speakers.iter().map(|speaker| speaker.id).collect();
    let keys: BTreeSet<&str> = speakers
        .iter()
        .filter(|speaker| speaker.wikidata.is_none())
        .map(|speaker| speaker.name_key.as_str())
        .collect();
    let named = bearers(connection, keys.into_iter().collect())?;
    let recorded = named.values().flatten().copied();
    let people = canonical(connection, asked.into_iter().chain(recorded).collect())?;
    let person = |id: &Id| people.get(id).copied().unwrap_or(*id);
    let mut tenures = of_people(connection, people.values().copied().collect())?;

    let mut found = HashMap::new();
    for speaker in speakers {
        if let Some(own) = tenures.get(&person(&speaker.id)) {
            found.insert(speaker.id, Recorded::Tenures(own.clone()));
            continue;
        }
        let bearers = named.get(&speaker.name_key).filter(|_| speaker.wikidata.is_none());
        let bearers: BTreeSet<Id> = bearers.into_iter().flatten().map(person).collect();
        let recorded = match bearers.len() {
            0 => continue,
            1 => bearers.first().and_then(|one| tenures.get_mut(one)).cloned().unwrap_or_default(),
            _ => {
                found.insert(speaker.id, Recorded::Namesakes);
                continue;
            }
        };
        found.insert(speaker.id, Recorded::Tenures(recorded));
    }
    Ok(found)
}

/// The folded names that records give these people.
pub fn name_keys(connection: &mut Connection, people: &[Id]) -> Result<Vec<String>> {
    let own = tenure::table.filter(tenure::speaker_id.eq_any(people));
    let others = speaker_alias::table
        .filter(speaker_alias::speaker_id.eq_any(people))
        .filter(speaker_alias::source.is_not_null());
    let mut keys: Vec<String> =
        on!(connection, |c| own.select(tenure::name_key).distinct().load(c))?;
    keys.extend(on!(connection, |c| {
        others.select(speaker_alias::name_key).distinct().load::<String>(c)
    })?);
    Ok(keys)
}

/// The recorded people who go by these folded names, in the record's spelling or in another one
/// that it gives.
fn bearers(connection: &mut Connection, keys: Vec<&str>) -> Result<HashMap<String, Vec<Id>>> {
    let mut found: HashMap<String, Vec<Id>> = HashMap::new();
    for keys in keys.chunks(ASKED_AT_ONCE) {
        let named = tenure::table
            .filter(tenure::name_key.eq_any(keys))
            .select((tenure::name_key, tenure::speaker_id))
            .distinct();
        let recorded =
            exists(tenure::table.filter(tenure::speaker_id.eq(speaker_alias::speaker_id)));
        let otherwise = speaker_alias::table
            .filter(speaker_alias::name_key.eq_any(keys))
            .filter(speaker_alias::source.is_not_null())
            .filter(recorded)
            .select((speaker_alias::name_key, speaker_alias::speaker_id));
        let mut pairs: Vec<(String, Id)> = on!(connection, |c| named.load(c))?;
        pairs.extend(on!(connection, |c| otherwise.load::<(String, Id)>(c))?);
        for (key, id) in pairs {
            found.entry(key).or_default().push(id);
        }
    }
    Ok(found)
}

/// Into whom each of these was merged at last; those who were not are left out.
fn canonical(connection: &mut Connection, ids: Vec<Id>) -> Result<HashMap<Id, Id>> {
    let mut found: HashMap<Id, Id> = ids.iter().map(|id| (*id, *id)).collect();
    let mut front: HashSet<Id> = ids.into_iter().collect();
    for _ in 0..MAX_DEPTH {
        let mut next = HashMap::new();
        for ids in Vec::from_iter(front).chunks(ASKED_AT_ONCE) {
            let merged = speaker::table
                .filter(speaker::id.eq_any(ids))
                .filter(speaker::merged_into.is_not_null())
                .select((speaker::id, speaker::merged_into.assume_not_null()));
            next.extend(on!(connection, |c| merged.load::<(Id, Id)>(c))?);
        }
        if next.is_empty() {
            break;
        }
        found.values_mut().for_each(|id| *id = *next.get(id).unwrap_or(id));
        front = next.into_values().collect();
    }
    Ok(found)
}

/// The tenures of these people, and of all who were merged into them.
fn of_people(
    connection: &mut Connection,
    people: BTreeSet<Id>,
) -> Result<HashMap<Id, Vec<Tenure>>> {
    let members = merged(connection, people)?;
    let ids: Vec<Id> = members.keys().copied().collect();
    let mut rows = Vec::new();
    for ids in ids.chunks(ASKED_AT_ONCE) {
        let theirs = tenure::table.filter(tenure::speaker_id.eq_any(ids)).order(tenure::id);
        let theirs = on!(connection, |c| theirs.select(TenureRow::as_select()).load(c))?;
        rows.extend(theirs);
    }
    let homes: HashSet<Id> = rows.iter().filter_map(|row| row.organisation_id).collect();
    let above = above(connection, homes)?;
    let mut found: HashMap<Id, Vec<Tenure>> = HashMap::new();
    for row in rows {
        let tenure = Tenure {
            role: Some(row.role_id),
            title: row.title.clone(),
            organisation_name: row.organisation.clone().unwrap_or_default(),
            function: row.function,
            domain: row.domain,
            status: row.status,
            organisation: row.organisation_id.map(|id| lineage(&above, id)).unwrap_or_default(),
            begin: row.begin(),
            end: row.end(),
        };
        found.entry(members[&row.speaker_id]).or_default().push(tenure);
    }
    Ok(found)
}

/// These people and everybody who was merged into them, each with the one of these.
pub(in crate::store) fn merged(
    connection: &mut Connection,
    people: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Id>> {
    let mut members: HashMap<Id, Id> = people.into_iter().map(|id| (id, id)).collect();
    let mut front: Vec<Id> = members.keys().copied().collect();
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for ids in front.chunks(ASKED_AT_ONCE) {
            let into = speaker::table
                .filter(speaker::merged_into.eq_any(ids))
                .select((speaker::id, speaker::merged_into.assume_not_null()));
            for (id, into) in on!(connection, |c| into.load::<(Id, Id)>(c))? {
                if let Some(person) = members.get(&into).copied()
                    && members.insert(id, person).is_none()
                {
                    next.push(id);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        front = next;
    }
    Ok(members)
}

/// What organisations were merged into, and what they are a part of.
type Above = HashMap<Id, (Option<Id>, Option<Id>)>;

/// What each organisation was merged into or is a part of, as far up as it goes.
fn above(connection: &mut Connection, ids: HashSet<Id>) -> Result<Above> {
    let mut found = HashMap::new();
    let mut front: Vec<Id> = ids.into_iter().collect();
    for _ in 0..MAX_DEPTH {
        let mut next = HashSet::new();
        for ids in front.chunks(ASKED_AT_ONCE) {
            let rows = organisation::table.filter(organisation::id.eq_any(ids)).select((
                organisation::id,
                organisation::merged_into,
                organisation::parent_id,
            ));
            for (id, into, parent) in
                on!(connection, |c| rows.load::<(Id, Option<Id>, Option<Id>)>(c))?
            {
                found.insert(id, (into, parent));
                next.extend([into, parent].into_iter().flatten());
            }
        }
        front = next.into_iter().filter(|id| !found.contains_key(id)).collect();
        if front.is_empty() {
            break;
        }
    }
    Ok(found)
}

/// An organisation as whatever it was merged into, and what that is a part of, nearest first.
fn lineage(above: &Above, id: Id) -> Vec<Id> {
    let mut chain = vec![id];
    let mut at = 0;
    while let Some((into, parent)) = chain.get(at).and_then(|id| above.get(id)) {
        match into {
            // Nobody claims a role there any more.
            Some(into) if !chain.contains(into) => chain[at] = *into,
            _ => {
                chain.extend(parent.filter(|parent| !chain.contains(parent)));
                at += 1;
            }
        }
    }
    chain
}
