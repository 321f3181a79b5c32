//! Organisations: bodies, their aliases, and what lies below them.

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

/// The organisations of these ids that exist, in no order.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<OrganisationRow>> {
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
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// The ids that a match means, with what lies below them where it asks for that.
pub fn ids(connection: &mut Connection, wanted: &OrganisationMatch) -> Result<Vec<Id>> {
    let named = match &wanted.name {
        Some(name) => Some(ids_by_name(connection, name)?),
        None => None,
    };
    let mut found = match (wanted.ids.clone(), named) {
        (Some(ids), Some(named)) => ids.into_iter().filter(|id| named.contains(id)).collect(),
        (ids, named) => ids.or(named).unwrap_or_default(),
    };
    if wanted.descendants {
        let mut front = found.clone();
        for _ in 0..MAX_DEPTH {
            let below = organisation::table
                .filter(organisation::parent_id.eq_any(&front))
                .select(organisation::id);
            front = on!(connection, |c| below.load(c))?;
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
    let mut meets = Vec::new();
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
        meets.push(Predicate::ids(column!(organisation.parent_id), parents.clone()));
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

/// The other names of these organisations.
pub fn aliases(connection: &mut Connection, ids: &[Id]) -> Result<Vec<AliasRow>> {
    let query = organisation_alias::table.filter(organisation_alias::organisation_id.eq_any(ids));
    let query = query.order((organisation_alias::organisation_id, organisation_alias::name_key));
    Ok(on!(connection, |c| query.select(AliasRow::as_select()).load(c))?)
}
