//! The rules that the judgements in force make.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{JudgementRow, made};
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::{Assigned, JudgementAction, Office, Rules};
use crate::domain::organisation as organisations;
use crate::domain::resolution::{ResolvedOrganisation, ResolvedRole, ResolvedSpeaker, role_at};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{judgement, judgement_quote, organisation, role, speaker};

/// How many ids one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// What all judgements in force say.
pub fn rules(connection: &mut Connection) -> Result<Rules> {
    let in_force = judgement::table
        .filter(judgement::undone_at.is_null())
        .filter(judgement::action.ne_all(JudgementAction::RELATIONS));
    let rows: Vec<JudgementRow> = on!(connection, |c| in_force
        .order(judgement::number)
        .select(JudgementRow::as_select())
        .load(c))?;
    let mut rules = Rules { made: made::all(connection)?, ..Rules::default() };
    if rows.is_empty() {
        return Ok(rules);
    }
    for row in &rows {
        rules.named.insert(row.subject_id);
        rules.named.extend(row.object_id);
        add(&mut rules, row);
    }
    assign(connection, &mut rules, &rows)?;
    let named: Vec<Id> = rules.named.iter().copied().collect();
    for ids in named.chunks(ASKED_AT_ONCE) {
        load(connection, &mut rules, ids)?;
    }
    Ok(rules)
}

/// Adds what a judgement says of every quote.
fn add(rules: &mut Rules, row: &JudgementRow) {
    use JudgementAction as A;
    let (subject, key) = (row.subject_id, row.name_key.clone());
    match (row.action, row.object_id, key) {
        (
            A::MergeSpeakers | A::MergeOrganisations | A::MergeRoles | A::SettleWikidata,
            Some(into),
            _,
        ) => {
            rules.merged.insert(subject, into);
        }
        // The subject is whoever goes by this name and no other.
        (A::AddAlias, Some(into), key) => {
            rules.merged.insert(subject, into);
            if let (Some(Kind::Organisation), Some(key)) = (subject.kind(), key) {
                rules.names.insert(key, into);
            }
        }
        (A::RemoveAlias, Some(instead), Some(key)) => {
            rules.apart.insert((subject, key), instead);
        }
        _ => {}
    }
}

/// Adds what judgements say of single quotes, in the order in which they were made.
fn assign(connection: &mut Connection, rules: &mut Rules, rows: &[JudgementRow]) -> Result<()> {
    use JudgementAction as A;
    let judgements = judgement::table.on(judgement::id.eq(judgement_quote::judgement_id));
    let pairs: Vec<(Id, Id)> = on!(connection, |c| judgement_quote::table
        .inner_join(judgements)
        .filter(judgement::undone_at.is_null())
        .select((judgement_quote::judgement_id, judgement_quote::quote_id))
        .load(c))?;
    let mut quotes: HashMap<Id, Vec<Id>> = HashMap::new();
    for (judgement, quote) in pairs {
        quotes.entry(judgement).or_default().push(quote);
    }
    for row in rows {
        for quote in quotes.get(&row.id).into_iter().flatten() {
            let assigned: &mut Assigned = rules.assigned.entry(*quote).or_default();
            match row.action {
                A::SplitSpeaker | A::UnmaskSource => assigned.speaker = row.object_id,
                A::SplitOrganisation => assigned.organisation = row.object_id,
                A::SplitRole | A::ReassignRole => assigned.role = row.object_id,
                _ => {}
            }
        }
    }
    Ok(())
}

/// Loads the speakers, organisations and roles among these ids.
fn load(connection: &mut Connection, rules: &mut Rules, ids: &[Id]) -> Result<()> {
    type SpeakerColumns = (Id, String, String, Option<String>);
    let columns = (speaker::id, speaker::name, speaker::name_key, speaker::wikidata);
    let query = speaker::table.filter(speaker::id.eq_any(ids)).select(columns);
    for (id, name, name_key, wikidata) in on!(connection, |c| query.load::<SpeakerColumns>(c))? {
        rules.speakers.insert(id, ResolvedSpeaker { id, name, name_key, wikidata });
    }
    rules.organisations.extend(organisations_of(connection, ids)?);

    type RoleColumns = (Id, String, String, Function, Domain, Status, Voice, Option<Id>);
    let columns = (
        role::id,
        role::title,
        role::title_key,
        role::function,
        role::domain,
        role::status,
        role::voice,
        role::organisation_id,
    );
    let query = role::table.filter(role::id.eq_any(ids)).select(columns);
    let rows = on!(connection, |c| query.load::<RoleColumns>(c))?;
    let homes: HashSet<Id> = rows.iter().filter_map(|row| row.7).collect();
    let homes: Vec<Id> = homes.into_iter().map(|id| rules.canonical(id)).collect();
    let homes = organisations_of(connection, &homes)?;
    for (id, title, title_key, function, domain, status, voice, home) in rows {
        let organisation = home.and_then(|home| homes.get(&rules.canonical(home)).cloned());
        let understood = role_at(&title, organisation.as_ref());
        let official_of = understood.and_then(|(_, official_of)| official_of);
        // Somebody else's beside print may have said what the title alone does not.
        let official_of = official_of.filter(|official| *official == domain);
        let role = ResolvedRole { id, title, title_key, function, domain, status, voice };
        rules.offices.insert(id, Office { role, official_of, organisation });
    }
    Ok(())
}

/// The organisation of this id, as resolution has it.
pub fn organisation_of(
    connection: &mut Connection,
    id: Id,
) -> Result<Option<ResolvedOrganisation>> {
    Ok(organisations_of(connection, &[id])?.remove(&id))
}

/// The organisations of these ids, as resolution has them.
fn organisations_of(
    connection: &mut Connection,
    ids: &[Id],
) -> Result<HashMap<Id, ResolvedOrganisation>> {
    type Columns = (Id, String, OrganisationKind, Option<String>);
    let columns =
        (organisation::id, organisation::name, organisation::kind, organisation::vocabulary_key);
    let query = organisation::table.filter(organisation::id.eq_any(ids)).select(columns);
    let rows = on!(connection, |c| query.load::<Columns>(c))?;
    let resolved = rows.into_iter().map(|(id, name, kind, key)| {
        // What an older vocabulary listed stands under its name.
        let listed = key.as_deref().and_then(organisations::by_key);
        let resolved = match listed {
            Some(known) => ResolvedOrganisation::Listed(known),
            None => ResolvedOrganisation::Unlisted { name, kind },
        };
        (id, resolved)
    });
    Ok(resolved.collect())
}
