//! Organisations: bodies, their aliases, and what lies below them.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::domain::organisation as organisations;
use crate::domain::resolution::ResolvedOrganisation;
use crate::domain::vocabulary::{AliasKind, OrganisationKind};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::page::{Page, Window, page};
use crate::store::predicate::{Predicate, column};
use crate::store::quote::{OrganisationMatch, TextMatch, containing};
use crate::store::schema::{organisation, organisation_alias};
use crate::store::{judgement, merged};

/// How deep a chain of parents may be; deeper is a circle in the data.
const MAX_DEPTH: usize = 16;

/// An organisation.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = organisation)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct OrganisationRow {
    pub id: Id,
    pub name: String,
    pub name_key: String,
    pub kind: OrganisationKind,
    pub country: Option<String>,
    pub wikidata: Option<String>,
    pub parent_id: Option<Id>,
    pub merged_into: Option<Id>,
}

/// Another name of an organisation.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = organisation_alias)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct AliasRow {
    pub organisation_id: Id,
    pub name: String,
    pub kind: AliasKind,
    pub language: String,
}

/// What an organisation must be to stand in a list.
#[derive(Debug, Clone, Default)]
pub struct OrganisationCondition {
    /// How the name or an alias must match.
    pub name: Option<TextMatch>,
    /// Of one of these kinds.
    pub kind: Option<Vec<OrganisationKind>>,
    /// Of this country (ISO 3166 alpha-2).
    pub country: Option<String>,
    /// Directly below one of these.
    pub parent: Option<Vec<Id>>,
}

/// The organisations of these ids that exist, in no order; for one that was merged, what it became.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<OrganisationRow>> {
    merged::standing(connection, ids, load, |row| row.merged_into.is_some())
}

fn load(connection: &mut Connection, ids: &[Id]) -> Result<Vec<OrganisationRow>> {
    let query = organisation::table.filter(organisation::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(OrganisationRow::as_select()).load(c))?)
}

/// The ids that go by this name or alias, spelling and accents apart; an ambiguous name has several.
/// Names that are composed ("the Afghan government", "UK Ministry of Defence") have no alias in the
/// database: they are read like printed ones.
pub fn ids_by_name(connection: &mut Connection, name: &str) -> Result<Vec<Id>> {
    let key = organisations::key(name);
    let named = organisation::table.filter(organisation::name_key.eq(&key));
    let mut ids: Vec<Id> = on!(connection, |c| named.select(organisation::id).load(c))?;
    let aliased = organisation_alias::table
        .filter(organisation_alias::name_key.eq(&key))
        .select(organisation_alias::organisation_id);
    ids.extend(on!(connection, |c| aliased.load::<Id>(c))?);
    ids.extend(ResolvedOrganisation::meant(name).iter().map(ResolvedOrganisation::id));
    let refused = judgement::refused_names(connection, &ids)?;
    ids.retain(|id| !refused.contains(&(*id, key.clone())));
    merged::roots(connection, ids)
}

/// The ids that a match means, with what lies below them where it asks for that.
pub fn ids(connection: &mut Connection, wanted: &OrganisationMatch) -> Result<Vec<Id>> {
    let named = match &wanted.name {
        Some(name) => Some(ids_by_name(connection, name)?),
        None => None,
    };
    let given = wanted.ids.clone().map(|ids| merged::roots(connection, ids)).transpose()?;
    let mut found = match (given, named) {
        (Some(ids), Some(named)) => ids.into_iter().filter(|id| named.contains(id)).collect(),
        (ids, named) => ids.or(named).unwrap_or_default(),
    };
    if wanted.descendants {
        let mut front = found.clone();
        for _ in 0..MAX_DEPTH {
            // What lay below one that was merged lies below what that became.
            front.extend(merged::members(connection, &front)?.into_iter().map(|(id, _)| id));
            let below = organisation::table
                .filter(organisation::parent_id.eq_any(&front))
                .select(organisation::id);
            front = on!(connection, |c| below.load(c))?;
            front = merged::roots(connection, front)?;
            front.retain(|id| !found.contains(id));
            if front.is_empty() {
                break;
            }
            found.extend(&front);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Organisations by folded name.
pub fn list(
    connection: &mut Connection,
    condition: &OrganisationCondition,
    window: &Window,
) -> Result<Page<OrganisationRow>> {
    // One that was merged stands in the list as what it became.
    let mut meets = vec![Predicate::Known(column!(organisation.merged_into), false)];
    match &condition.name {
        Some(TextMatch::Equals(name)) => {
            meets.push(Predicate::ids(column!(organisation.id), ids_by_name(connection, name)?));
        }
        Some(TextMatch::Contains(part)) => {
            meets.push(Predicate::Like(column!(organisation.name_key), containing(part)));
        }
        None => {}
    }
    if let Some(kinds) = &condition.kind {
        let kinds = kinds.iter().map(|kind| kind.as_str()).collect();
        meets.push(Predicate::words(column!(organisation.kind), kinds));
    }
    if let Some(country) = &condition.country {
        let code = country.to_ascii_uppercase();
        meets.push(Predicate::texts(column!(organisation.country), vec![code]));
    }
    if let Some(parents) = &condition.parent {
        let mut above = merged::roots(connection, parents.clone())?;
        above.extend(merged::members(connection, &above)?.into_iter().map(|(id, _)| id));
        meets.push(Predicate::ids(column!(organisation.parent_id), above));
    }
    let meets = Predicate::all(meets);
    page!(
        connection,
        organisation as OrganisationRow,
        meets,
        window,
        false,
        organisation::name_key,
        organisation::id,
        Name
    )
}

/// The other names of these organisations, and of those that were merged into them. A name that was
/// judged to mean something else is none of them.
pub fn aliases(connection: &mut Connection, ids: &[Id]) -> Result<Vec<AliasRow>> {
    let members: HashMap<Id, Id> = merged::members(connection, ids)?.into_iter().collect();
    let all: Vec<Id> = ids.iter().chain(members.keys()).copied().collect();
    let query = organisation_alias::table.filter(organisation_alias::organisation_id.eq_any(&all));
    let mut found: Vec<AliasRow> =
        on!(connection, |c| query.select(AliasRow::as_select()).load(c))?;
    if !members.is_empty() {
        let merged: Vec<Id> = members.keys().copied().collect();
        let named = organisation::table.filter(organisation::id.eq_any(merged));
        let named = named.select((organisation::id, organisation::name));
        let named: Vec<(Id, String)> = on!(connection, |c| named.load(c))?;
        found.extend(named.into_iter().map(|(organisation_id, name)| AliasRow {
            organisation_id,
            name,
            kind: AliasKind::Name,
            language: "und".to_owned(),
        }));
    }
    let refused = judgement::refused_names(connection, &all)?;
    found.retain(|row| !refused.contains(&(row.organisation_id, organisations::key(&row.name))));
    for row in &mut found {
        let id = row.organisation_id;
        row.organisation_id = members.get(&id).copied().unwrap_or(id);
    }
    found.sort_by_cached_key(|row| (row.organisation_id, organisations::key(&row.name)));
    found.dedup_by(|one, other| {
        (one.organisation_id, &one.name) == (other.organisation_id, &other.name)
    });
    Ok(found)
}
