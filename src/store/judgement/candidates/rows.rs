//! Speakers and organisations that stand for themselves, as far as they are compared.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use crate::domain::id::{Id, Kind};
use crate::domain::judgement::candidates::Profile;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{
    organisation, organisation_alias, speaker, speaker_alias, speaker_candidate, statement,
};

/// How many values one statement asks for.
const ASKED_AT_ONCE: usize = 500;
/// How many of the newest statements tell for whom somebody speaks.
const STATEMENTS: i64 = 200;

/// Rows by folded name, from this name and id on.
pub fn from(
    connection: &mut Connection,
    kind: Kind,
    from: Option<(&str, Id)>,
    limit: usize,
) -> Result<Vec<(String, Id)>> {
    macro_rules! rows {
        ($table:ident) => {{
            let mut query = $table::table
                .filter($table::merged_into.is_null())
                .select(($table::name_key, $table::id))
                .into_boxed();
            if let Some((name, id)) = from {
                let behind = $table::name_key.gt(name.to_owned()).or($table::id.ge(id));
                query = query.filter($table::name_key.ge(name.to_owned())).filter(behind);
            }
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            query.order(($table::name_key, $table::id)).limit(limit)
        }};
    }
    Ok(match kind {
        Kind::Speaker => on!(connection, |c| rows!(speaker).load(c))?,
        _ => on!(connection, |c| rows!(organisation).load(c))?,
    })
}

/// What is compared of these, save for whom they speak.
pub fn profiles(
    connection: &mut Connection,
    kind: Kind,
    ids: &[Id],
) -> Result<HashMap<Id, Profile>> {
    let mut profiles = HashMap::new();
    for ids in ids.chunks(ASKED_AT_ONCE) {
        match kind {
            Kind::Speaker => speakers(connection, ids, &mut profiles)?,
            _ => organisations_named(connection, ids, &mut profiles)?,
        }
    }
    Ok(profiles)
}

fn speakers(
    connection: &mut Connection,
    ids: &[Id],
    profiles: &mut HashMap<Id, Profile>,
) -> Result<()> {
    let rows = speaker::table
        .filter(speaker::id.eq_any(ids))
        .filter(speaker::merged_into.is_null())
        .select((speaker::id, speaker::name_key, speaker::wikidata));
    for (id, name, wikidata) in on!(connection, |c| rows.load::<(Id, String, Option<String>)>(c))? {
        profiles.insert(id, Profile { name, wikidata, ..Profile::default() });
    }
    let aliases = speaker_alias::table
        .filter(speaker_alias::speaker_id.eq_any(ids))
        .select((speaker_alias::speaker_id, speaker_alias::name_key));
    for (id, name) in on!(connection, |c| aliases.load::<(Id, String)>(c))? {
        profiles.entry(id).and_modify(|of| of.aliases.extend([name]));
    }
    let possible = speaker_candidate::table
        .filter(speaker_candidate::speaker_id.eq_any(ids))
        .select((speaker_candidate::speaker_id, speaker_candidate::wikidata));
    for (id, item) in on!(connection, |c| possible.load::<(Id, String)>(c))? {
        profiles.entry(id).and_modify(|of| of.possible.extend([item]));
    }
    Ok(())
}

fn organisations_named(
    connection: &mut Connection,
    ids: &[Id],
    profiles: &mut HashMap<Id, Profile>,
) -> Result<()> {
    type Columns = (Id, String, Option<String>, Option<String>);
    let columns = (
        organisation::id,
        organisation::name_key,
        organisation::wikidata,
        organisation::vocabulary_key,
    );
    let rows = organisation::table
        .filter(organisation::id.eq_any(ids))
        .filter(organisation::merged_into.is_null())
        .select(columns);
    for (id, name, wikidata, listed) in on!(connection, |c| rows.load::<Columns>(c))? {
        profiles.insert(id, Profile { name, wikidata, listed, ..Profile::default() });
    }
    let aliases = organisation_alias::table
        .filter(organisation_alias::organisation_id.eq_any(ids))
        .select((organisation_alias::organisation_id, organisation_alias::name_key));
    for (id, name) in on!(connection, |c| aliases.load::<(Id, String)>(c))? {
        profiles.entry(id).and_modify(|of| of.aliases.extend([name]));
    }
    Ok(())
}

/// Those who go by one of these folded names, each with it.
pub fn going_by(
    connection: &mut Connection,
    kind: Kind,
    names: Vec<String>,
) -> Result<Vec<(String, Id)>> {
    let mut found = Vec::new();
    macro_rules! add {
        ($table:ident, $id:ident, $names:expr) => {
            let named = $table::table
                .filter($table::name_key.eq_any($names))
                .select(($table::name_key, $table::$id));
            found.extend(on!(connection, |c| named.load::<(String, Id)>(c))?);
        };
    }
    for names in names.chunks(ASKED_AT_ONCE) {
        match kind {
            Kind::Speaker => {
                add!(speaker, id, names);
                add!(speaker_alias, speaker_id, names);
            }
            _ => {
                add!(organisation, id, names);
                add!(organisation_alias, organisation_id, names);
            }
        }
    }
    Ok(found)
}

/// Those who are, or may be, one of these Wikidata items, each with it.
pub fn being(
    connection: &mut Connection,
    kind: Kind,
    items: Vec<String>,
) -> Result<Vec<(String, Id)>> {
    let mut found = Vec::new();
    for items in items.chunks(ASKED_AT_ONCE) {
        match kind {
            Kind::Speaker => {
                let settled = speaker::table
                    .filter(speaker::wikidata.eq_any(items))
                    .select((speaker::wikidata.assume_not_null(), speaker::id));
                found.extend(on!(connection, |c| settled.load::<(String, Id)>(c))?);
                let possible = speaker_candidate::table
                    .filter(speaker_candidate::wikidata.eq_any(items))
                    .select((speaker_candidate::wikidata, speaker_candidate::speaker_id));
                found.extend(on!(connection, |c| possible.load::<(String, Id)>(c))?);
            }
            _ => {
                let settled = organisation::table
                    .filter(organisation::wikidata.eq_any(items))
                    .select((organisation::wikidata.assume_not_null(), organisation::id));
                found.extend(on!(connection, |c| settled.load::<(String, Id)>(c))?);
            }
        }
    }
    Ok(found)
}

/// For whom a speaker spoke in the newest statements, with their names.
pub fn organisations(connection: &mut Connection, speaker: Id) -> Result<BTreeMap<Id, String>> {
    let newest = statement::table
        .filter(statement::speaker_id.eq(speaker))
        .order((statement::ordered_at.desc(), statement::id.desc()))
        .select(statement::organisation_id)
        .limit(STATEMENTS);
    let ids: Vec<Option<Id>> = on!(connection, |c| newest.load(c))?;
    let ids: HashSet<Id> = ids.into_iter().flatten().collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let named = organisation::table
        .filter(organisation::id.eq_any(ids))
        .select((organisation::id, organisation::name));
    let named: Vec<(Id, String)> = on!(connection, |c| named.load(c))?;
    Ok(named.into_iter().collect())
}
