//! Speakers: people who speak, their spellings and the Wikidata items they may be.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::domain::person::{self, SpeakerReading};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::page::{Page, Window, page};
use crate::store::predicate::{Predicate, column};
use crate::store::quote::{TextMatch, containing};
use crate::store::schema::{speaker, speaker_alias, speaker_candidate};
use crate::store::{judgement, merged};

/// A speaker.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = speaker)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct SpeakerRow {
    pub id: Id,
    pub name: String,
    pub name_key: String,
    pub wikidata: Option<String>,
    pub merged_into: Option<Id>,
}

/// What a speaker must be to stand in a list.
#[derive(Debug, Clone, Default)]
pub struct SpeakerCondition {
    /// How the name, or a printed spelling of it, must match.
    pub name: Option<TextMatch>,
    /// The settled Wikidata id.
    pub wikidata: Option<String>,
}

/// The speakers of these ids that exist, in no order; for one that was merged, whom it became.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<SpeakerRow>> {
    merged::standing(connection, ids, load, |row| row.merged_into.is_some())
}

fn load(connection: &mut Connection, ids: &[Id]) -> Result<Vec<SpeakerRow>> {
    let query = speaker::table.filter(speaker::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(SpeakerRow::as_select()).load(c))?)
}

/// The speaker of exactly this id, whatever that was merged into.
pub fn exactly(connection: &mut Connection, id: Id) -> Result<Option<SpeakerRow>> {
    Ok(load(connection, &[id])?.pop())
}

/// The ids that go by this name, titles, spelling and accents apart. Namesakes are all of them.
pub fn ids_by_name(connection: &mut Connection, name: &str) -> Result<Vec<Id>> {
    let key = person::name_key(&bare(name));
    let named = speaker::table.filter(speaker::name_key.eq(&key)).select(speaker::id);
    let mut ids: Vec<Id> = on!(connection, |c| named.load(c))?;
    let printed = speaker_alias::table
        .filter(speaker_alias::name_key.eq(&key))
        .select(speaker_alias::speaker_id);
    ids.extend(on!(connection, |c| printed.load::<Id>(c))?);
    let refused = judgement::refused_names(connection, &ids)?;
    ids.retain(|id| !refused.contains(&(*id, key.clone())));
    merged::roots(connection, ids)
}

/// The name inside what a user typed: "President Ada Quill" asks for Ada Quill.
fn bare(typed: &str) -> String {
    match person::read_speaker(typed) {
        SpeakerReading::Person { name, .. } => name,
        _ => typed.to_owned(),
    }
}

/// The ids with this settled Wikidata id.
pub fn ids_by_wikidata(connection: &mut Connection, item: &str) -> Result<Vec<Id>> {
    // PostgreSQL takes no NUL, and nothing that is stored has one.
    if item.contains('\0') {
        return Ok(Vec::new());
    }
    let query = speaker::table.filter(speaker::wikidata.eq(item)).select(speaker::id);
    let ids = on!(connection, |c| query.load(c))?;
    merged::roots(connection, ids)
}

/// Speakers by folded name, merged ones as what they became.
pub fn list(
    connection: &mut Connection,
    condition: &SpeakerCondition,
    window: &Window,
) -> Result<Page<SpeakerRow>> {
    // One that was merged stands in the list as what it became.
    let mut meets = vec![Predicate::Known(column!(speaker.merged_into), false)];
    match &condition.name {
        Some(TextMatch::Equals(name)) => {
            meets.push(Predicate::ids(column!(speaker.id), ids_by_name(connection, name)?));
        }
        Some(TextMatch::Contains(part)) => {
            meets.push(Predicate::Like(column!(speaker.name_key), containing(part)));
        }
        None => {}
    }
    if let Some(item) = &condition.wikidata {
        meets.push(Predicate::texts(column!(speaker.wikidata), vec![item.clone()]));
    }
    let meets = Predicate::all(meets);
    page!(
        connection,
        speaker as SpeakerRow,
        meets,
        window,
        false,
        speaker::name_key,
        speaker::id,
        Name
    )
}

/// A name of a speaker.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = speaker_alias)]
#[allow(missing_docs, reason = "the columns are explained in the migrations")]
pub struct SpeakerAliasRow {
    pub speaker_id: Id,
    pub name: String,
    pub source: Option<String>,
    pub language: Option<String>,
}

/// The names of these speakers, and of those who were merged into them: the spellings that articles
/// print, and what records and judgements give. A name that was judged to mean somebody else is none
/// of them.
pub fn aliases(connection: &mut Connection, ids: &[Id]) -> Result<Vec<SpeakerAliasRow>> {
    let members: HashMap<Id, Id> = merged::members(connection, ids)?.into_iter().collect();
    let all: Vec<Id> = ids.iter().chain(members.keys()).copied().collect();
    let query = speaker_alias::table.filter(speaker_alias::speaker_id.eq_any(&all));
    let mut found: Vec<SpeakerAliasRow> =
        on!(connection, |c| query.select(SpeakerAliasRow::as_select()).load(c))?;
    if !members.is_empty() {
        let merged: Vec<Id> = members.keys().copied().collect();
        let named = speaker::table.filter(speaker::id.eq_any(merged));
        let named: Vec<(Id, String)> =
            on!(connection, |c| named.select((speaker::id, speaker::name)).load(c))?;
        let row =
            |(speaker_id, name)| SpeakerAliasRow { speaker_id, name, source: None, language: None };
        found.extend(named.into_iter().map(row));
    }
    let refused = judgement::refused_names(connection, &all)?;
    found.retain(|row| !refused.contains(&(row.speaker_id, person::name_key(&row.name))));
    for row in &mut found {
        row.speaker_id = members.get(&row.speaker_id).copied().unwrap_or(row.speaker_id);
    }
    found.sort_by(|one, other| {
        let key = |row: &SpeakerAliasRow| (row.speaker_id, row.name.clone(), row.source.is_none());
        key(one).cmp(&key(other))
    });
    found.dedup_by(|one, other| (one.speaker_id, &one.name) == (other.speaker_id, &other.name));
    Ok(found)
}

/// The Wikidata items that extractors think possible, as (speaker, item).
pub fn candidates(connection: &mut Connection, ids: &[Id]) -> Result<Vec<(Id, String)>> {
    let members: HashMap<Id, Id> = merged::members(connection, ids)?.into_iter().collect();
    let all: Vec<Id> = ids.iter().chain(members.keys()).copied().collect();
    let query = speaker_candidate::table
        .filter(speaker_candidate::speaker_id.eq_any(all))
        .select((speaker_candidate::speaker_id, speaker_candidate::wikidata));
    let mut found: Vec<(Id, String)> = on!(connection, |c| query.load(c))?;
    found.iter_mut().for_each(|(id, _)| *id = members.get(id).copied().unwrap_or(*id));
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
