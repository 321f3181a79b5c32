//! Whom judgements name: whether they are there, and how they are made where they are not.

use std::collections::HashMap;

use diesel::dsl::{exists, not, select};
use diesel::prelude::*;

use super::super::edit::{Decided, Refusal};
use super::super::named::Memory;
use super::super::reference::Reference as _;
use super::super::shared::{OrganisationValues, RoleValues, SpeakerValues};
use super::{Target, refuse};
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::{JudgementAction, Rules};
use crate::domain::organisation as organisations;
use crate::domain::person::{SpeakerReading, name_key, read_speaker};
use crate::domain::resolution::{ResolvedOrganisation, ResolvedSpeaker, role_at, speaker as named};
use crate::domain::vocabulary::OrganisationKind;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::judgement::made;
use crate::store::schema::{
    judgement, organisation, organisation_alias, quote, role, speaker, speaker_alias,
};

/// How deep a chain of parents may be; deeper is a circle in the data.
const MAX_DEPTH: usize = 16;

/// Somebody or something that quotes can be given to.
pub struct Made {
    /// Its id.
    pub id: Id,
}

/// Nothing has the id in this field.
pub fn missing(field: &'static str) -> Refusal {
    Refusal::NoSuch(field)
}

/// Whether there is a speaker, an organisation or a role of this id.
pub fn is_there(connection: &mut Connection, id: Id) -> Result<bool> {
    Ok(match id.kind() {
        Some(Kind::Speaker) => {
            let query = select(exists(speaker::table.filter(speaker::id.eq(id))));
            on!(connection, |c| query.get_result(c))?
        }
        Some(Kind::Organisation) => {
            let query = select(exists(organisation::table.filter(organisation::id.eq(id))));
            on!(connection, |c| query.get_result(c))?
        }
        Some(Kind::Role) => {
            let query = select(exists(role::table.filter(role::id.eq(id))));
            on!(connection, |c| query.get_result(c))?
        }
        _ => false,
    })
}

/// Whether one of two organisations is above the other.
pub fn is_part(connection: &mut Connection, one: Id, other: Id) -> Result<bool> {
    for (from, wanted) in [(one, other), (other, one)] {
        let mut next = Some(from);
        for _ in 0..MAX_DEPTH {
            let Some(id) = next else { break };
            let above = organisation::table.filter(organisation::id.eq(id));
            let above = above.select(organisation::parent_id);
            let above: Option<Option<Id>> = on!(connection, |c| above.first(c).optional())?;
            next = above.flatten();
            if next == Some(wanted) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The pairs that judgements in force keep apart, each with its judgement.
pub fn kept_apart(connection: &mut Connection) -> Result<Vec<(Id, Id, Id)>> {
    let columns = (judgement::id, judgement::subject_id, judgement::object_id.assume_not_null());
    let pairs = judgement::table
        .filter(judgement::action.eq(JudgementAction::KeepApart))
        .filter(judgement::undone_at.is_null())
        .filter(judgement::object_id.is_not_null())
        .select(columns);
    Ok(on!(connection, |c| pairs.load(c))?)
}

/// Brings every row that judgements in force join to another up to what it stands for in the end, and
/// those that none joins any more to themselves.
pub fn point(connection: &mut Connection) -> Result<()> {
    let rules = crate::store::judgement::rules(connection)?;
    let mut wanted: HashMap<Id, Id> = successors(connection, &rules)?;
    wanted.extend(rules.merged.keys().map(|&id| (id, rules.canonical(id))));
    let speakers = speaker::table
        .filter(speaker::merged_into.is_not_null())
        .select((speaker::id, speaker::merged_into.assume_not_null()));
    let organisations = organisation::table
        .filter(organisation::merged_into.is_not_null())
        .select((organisation::id, organisation::merged_into.assume_not_null()));
    let roles = role::table
        .filter(role::merged_into.is_not_null())
        .select((role::id, role::merged_into.assume_not_null()));
    let mut there: Vec<(Id, Id)> = on!(connection, |c| speakers.load(c))?;
    there.extend(on!(connection, |c| organisations.load::<(Id, Id)>(c))?);
    there.extend(on!(connection, |c| roles.load::<(Id, Id)>(c))?);
    for (id, into) in there {
        match wanted.remove(&id) {
            Some(root) if root == into => {}
            root => set_merged(connection, id, root)?,
        }
    }
    for (id, root) in wanted {
        set_merged(connection, id, Some(root))?;
    }
    Ok(())
}

/// The roles of organisations that were merged, each with the same role at what its organisation
/// became, where there is one.
fn successors(connection: &mut Connection, rules: &Rules) -> Result<HashMap<Id, Id>> {
    let merged: Vec<Id> = rules.merged.keys().copied().collect();
    // One that a quote was given by itself stays what it is.
    let given = exists(quote::table.filter(quote::role_id.eq(role::id.nullable())));
    let roles = role::table.filter(role::organisation_id.eq_any(merged)).filter(not(given));
    let columns = (role::id, role::title, role::organisation_id.assume_not_null());
    let roles: Vec<(Id, String, Id)> = on!(connection, |c| roles.select(columns).load(c))?;
    let mut next = HashMap::new();
    for (id, title, home) in roles {
        let there = |at: &ResolvedOrganisation| Some(role_at(&title, Some(at))?.0.id);
        let last = || there(rules.organisations.get(&rules.canonical(home))?);
        let role = rules.by_way(home, there).or_else(last);
        if let Some(role) = role.filter(|role| *role != id) {
            next.insert(id, rules.canonical(role));
        }
    }
    let there = made::missing(connection, next.values().copied().collect())?;
    next.retain(|_, successor| !there.contains(successor));
    Ok(next)
}

/// Writes whom a speaker, an organisation or a role stands for.
fn set_merged(connection: &mut Connection, id: Id, into: Option<Id>) -> Result<()> {
    match id.kind() {
        Some(Kind::Speaker) => {
            let row = speaker::table.filter(speaker::id.eq(id));
            let merged = speaker::merged_into.eq(into);
            on!(connection, |c| diesel::update(row).set(merged).execute(c))?;
        }
        Some(Kind::Organisation) => {
            let row = organisation::table.filter(organisation::id.eq(id));
            let merged = organisation::merged_into.eq(into);
            on!(connection, |c| diesel::update(row).set(merged).execute(c))?;
        }
        _ => {
            let row = role::table.filter(role::id.eq(id));
            let merged = role::merged_into.eq(into);
            on!(connection, |c| diesel::update(row).set(merged).execute(c))?;
        }
    }
    Ok(())
}

/// Whether a speaker or an organisation, or what was merged into it, goes by a folded name.
pub fn goes_by(connection: &mut Connection, id: Id, key: &str) -> Result<bool> {
    let query = match id.kind() {
        Some(Kind::Speaker) => {
            let of = speaker::table
                .filter(speaker::id.eq(id).or(speaker::merged_into.eq(id).assume_not_null()))
                .select(speaker::id);
            let printed = speaker_alias::table
                .filter(speaker_alias::name_key.eq(key))
                .filter(speaker_alias::speaker_id.eq_any(of));
            let named = speaker::table.filter(speaker::id.eq(id)).filter(speaker::name_key.eq(key));
            on!(connection, |c| select(exists(printed).or(exists(named))).get_result(c))?
        }
        _ => {
            let listed = organisation_alias::table
                .filter(organisation_alias::name_key.eq(key))
                .filter(organisation_alias::organisation_id.eq(id));
            let named = organisation::table
                .filter(organisation::id.eq(id))
                .filter(organisation::name_key.eq(key));
            on!(connection, |c| select(exists(listed).or(exists(named))).get_result::<bool>(c))?
        }
    };
    Ok(query)
}

/// Makes whoever goes by a name and by nothing else, where nobody does yet.
pub fn make_named(connection: &mut Connection, id: Id, name: &str) -> Result<()> {
    let name = name.trim().to_owned();
    match id.kind() {
        Some(Kind::Speaker) => {
            let name_key = name_key(&name);
            let row = ResolvedSpeaker { id, name, name_key, wikidata: None };
            add_speaker(connection, &row)
        }
        _ => {
            let kind = OrganisationKind::Unknown;
            add_organisation(connection, &ResolvedOrganisation::Unlisted { name, kind })
        }
    }
}

/// Whom quotes are given to, made where it is not there; `field` has its id where it is. What is
/// split off a speaker of the same name has an id of its own, made from the quotes that were split
/// off.
pub fn make(
    connection: &mut Connection,
    rules: &Rules,
    field: &'static str,
    target: Target,
    split: Option<(Id, &[Id])>,
) -> Result<Decided<Made>> {
    let made = match target {
        Target::There(id) if is_there(connection, id)? => id,
        Target::There(_) => return Ok(Err(missing(field))),
        Target::Speaker { name, wikidata } => {
            let person = person_named(&name);
            let Some(mut made) = person.and_then(|name| named(name, wikidata.as_deref())) else {
                return Ok(Err(refuse("name", NO_PERSON)));
            };
            if let (Some((from, quotes)), None) = (split, &wikidata)
                && is_namesake(connection, rules, &made, from)?
            {
                let mut quotes: Vec<&[u8]> = quotes.iter().map(|id| &id.as_bytes()[..]).collect();
                quotes.sort_unstable();
                let mut parts: Vec<&[u8]> =
                    vec![b"split", from.as_bytes(), made.name_key.as_bytes()];
                parts.extend(quotes);
                made.id = Id::derive(Kind::Speaker, &parts);
            }
            add_speaker(connection, &made)?;
            made.id
        }
        Target::Organisation { name } => {
            if organisations::key(&name).is_empty() {
                return Ok(Err(refuse("name", "an organisation needs a name with letters")));
            }
            let made = ResolvedOrganisation::read(&name).unwrap_or_else(|| {
                let name = name.trim().to_owned();
                ResolvedOrganisation::Unlisted { name, kind: OrganisationKind::Unknown }
            });
            add_organisation(connection, &made)?;
            made.id()
        }
        Target::Role { title, organisation } => {
            let organisation = organisation.map(|id| rules.canonical(id));
            let at = match organisation {
                Some(id) => match crate::store::judgement::organisation_of(connection, id)? {
                    Some(at) => Some(at),
                    None => return Ok(Err(missing("organisationId"))),
                },
                None => None,
            };
            let Some((role, _)) = role_at(&title, at.as_ref()) else {
                return Ok(Err(refuse("title", "a role needs a title with letters")));
            };
            let new = made::missing(connection, vec![role.id])?;
            // One that is there keeps the spelling that was printed.
            if !new.is_empty() {
                let row = RoleValues::of(&role, organisation);
                Memory::new().roles.absorb(connection, vec![row])?;
            }
            made::remember(connection, &new)?;
            role.id
        }
    };
    Ok(Ok(Made { id: made }))
}

/// Why a name makes no speaker.
pub const NO_PERSON: &str = "reads as nobody's name: it names an office, a crowd, a body or nobody";

/// The name of a person, as it would be read in print: without titles; `None` where print would make
/// no person of it.
pub fn person_named(name: &str) -> Option<String> {
    match read_speaker(name) {
        SpeakerReading::Person { name, .. } => Some(name),
        _ => None,
    }
}

/// Whether a speaker of this name alone could be taken for another.
fn is_namesake(
    connection: &mut Connection,
    rules: &Rules,
    made: &ResolvedSpeaker,
    of: Id,
) -> Result<bool> {
    let other = crate::store::speaker::exactly(connection, of)?;
    let same = other.is_some_and(|other| other.name_key == made.name_key);
    Ok(same || rules.canonical(made.id) == of)
}

fn add_speaker(connection: &mut Connection, speaker: &ResolvedSpeaker) -> Result<()> {
    let new = made::missing(connection, vec![speaker.id])?;
    if !new.is_empty() {
        SpeakerValues::insert(connection, &[SpeakerValues::of(speaker)])?;
    }
    made::remember(connection, &new)
}

fn add_organisation(
    connection: &mut Connection,
    organisation: &ResolvedOrganisation,
) -> Result<()> {
    let rows = OrganisationValues::of(organisation);
    let new = made::missing(connection, rows.iter().map(|row| row.id).collect())?;
    let missing: Vec<OrganisationValues> =
        rows.into_iter().filter(|row| new.contains(&row.id)).collect();
    OrganisationValues::insert(connection, &missing)?;
    made::remember(connection, &new)
}
