//! Taking quotes away, and what nothing else mentions then.

use std::collections::BTreeSet;

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use super::QuoteValues;
use super::meaning::again;
use super::named::Memory;
use super::reference::Reference as _;
use super::shared::SpeakerValues;
use super::statements::recompute;
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::Rules;
use crate::domain::reading::Reading;
use crate::domain::resolution::{ResolvedSpeaker, resolve};
use crate::store::corpus::Delta;
use crate::store::dialect::{Connection, on, quotes};
use crate::store::error::Result;
use crate::store::judgement;
use crate::store::schema::{
    article, judgement as judged, judgement_quote, organisation, organisation_alias, quote, role,
    speaker, speaker_alias, speaker_candidate, statement, tenure,
};
use crate::store::search;

/// How many quotes one statement removes.
const REMOVED_AT_ONCE: usize = 500;

/// Removes quotes of one article with their readings; statements without a quote go with them, and
/// whoever no quote names any more.
pub fn remove(connection: &mut Connection, article: Id, rows: Vec<QuoteValues>) -> Result<()> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let statements = rows.iter().map(|row| row.statement_id).collect();
    // Also those that were not shown.
    let quotes: Vec<(Id, Id)> = ids.iter().map(|&id| (article, id)).collect();
    let hidden = crate::store::quote::readings(connection, &quotes)?;
    let mut readings: Vec<Reading> = hidden.into_iter().map(|(_, reading)| reading).collect();
    for row in &rows {
        readings.push(row.clone().reading()?);
    }
    search::remove(connection, &rows)?;
    for ids in ids.chunks(REMOVED_AT_ONCE) {
        let gone = quote::table.filter(quote::article_id.eq(article)).filter(quote::id.eq_any(ids));
        on!(connection, |c| diesel::delete(gone).execute(c))?;
    }
    let mut delta = Delta::default();
    rows.iter().for_each(|row| delta.take(row));
    delta.write(connection)?;
    recompute(connection, statements)?;
    // What they settled of the rest of the article is open again.
    let mut memory = Memory::new();
    let changes = again(connection, &mut memory, &[article])?;
    let before: Vec<&QuoteValues> =
        rows.iter().chain(changes.iter().map(|change| &change.before)).collect();
    let rules = memory.rules(connection)?;
    forget_unused(connection, &rules, &before)?;
    forget_named(connection, &readings)?;
    Ok(())
}

/// Forgets whom readings named that are gone: a speaker or a role that no quote has any more, an
/// organisation outside the vocabulary that nothing points to, and of speakers who stay the names
/// that no quote prints.
pub fn forget_named(connection: &mut Connection, gone: &[Reading]) -> Result<()> {
    let (mut speakers, mut roles) = (BTreeSet::new(), BTreeSet::new());
    let mut organisations = BTreeSet::new();
    for reading in gone {
        let resolution = resolve(reading);
        speakers.extend(resolution.speaker.map(|speaker| speaker.id));
        roles.extend(resolution.role.map(|role| role.id));
        organisations.extend(resolution.organisation.map(|organisation| organisation.id()));
    }
    let rules = judgement::rules(connection)?;
    let speakers = left_to(connection, &rules, speakers)?;
    let roles = left_to(connection, &rules, roles)?;
    for id in speakers {
        forget_speaker(connection, id)?;
    }
    for id in roles {
        forget_role(connection, id)?;
    }
    // Their roles are gone by now.
    let organisations = left_to(connection, &rules, organisations)?;
    forget_organisations(connection, organisations)
}

/// Those of these that no judgement names. The others are remembered to be named by judgements alone,
/// where no quote names them any more: the end of the last of those is theirs.
fn left_to(connection: &mut Connection, rules: &Rules, ids: BTreeSet<Id>) -> Result<BTreeSet<Id>> {
    let (named, left): (BTreeSet<Id>, _) = ids.into_iter().partition(|id| rules.named.contains(id));
    if rules.is_empty() {
        return Ok(left);
    }
    let mut unused = BTreeSet::new();
    for id in named {
        if !is_named(connection, id)? && is_unlisted(connection, id)? {
            unused.insert(id);
        }
    }
    let unused: Vec<Id> = unprinted(connection, unused)?.into_iter().collect();
    judgement::made::remember(connection, &unused)?;
    unprinted(connection, left)
}

/// Those of these that no quote prints which a judgement gave to somebody else: it will be theirs again,
/// and until then their ids are asked for.
fn unprinted(connection: &mut Connection, mut ids: BTreeSet<Id>) -> Result<BTreeSet<Id>> {
    let mut unnamed = BTreeSet::new();
    for &id in &ids {
        if !is_named(connection, id)? {
            unnamed.insert(id);
        }
    }
    if unnamed.is_empty() {
        return Ok(ids);
    }
    let given = judgement_quote::table
        .inner_join(judged::table.on(judged::id.eq(judgement_quote::judgement_id)))
        .filter(judged::undone_at.is_null())
        .select((judgement_quote::article_id, judgement_quote::quote_id))
        .distinct();
    let given: Vec<quotes::Key> = on!(connection, |c| given.load(c))?;
    for keys in given.chunks(REMOVED_AT_ONCE) {
        for row in quotes::load(connection, keys)? {
            let printed = resolve(&row.reading()?);
            let organisation = printed.organisation.map(|organisation| organisation.id());
            let role = printed.role.map(|role| role.id);
            let speaker = printed.speaker.map(|speaker| speaker.id);
            for id in [organisation, role, speaker].into_iter().flatten() {
                if unnamed.contains(&id) {
                    ids.remove(&id);
                }
            }
        }
    }
    Ok(ids)
}

/// Whether a quote, a record or another row names a speaker, a role or an organisation.
pub fn is_named(connection: &mut Connection, id: Id) -> Result<bool> {
    let named = match id.kind() {
        Some(Kind::Speaker) => {
            let used = exists(quote::table.filter(quote::speaker_id.eq(id)))
                .or(exists(tenure::table.filter(tenure::speaker_id.eq(id))));
            on!(connection, |c| select(used).get_result(c))?
        }
        Some(Kind::Role) => {
            let used = exists(quote::table.filter(quote::role_id.eq(id)))
                .or(exists(tenure::table.filter(tenure::role_id.eq(id))));
            on!(connection, |c| select(used).get_result(c))?
        }
        _ => {
            let used = exists(quote::table.filter(quote::organisation_id.eq(id)))
                .or(exists(statement::table.filter(statement::organisation_id.eq(id))))
                .or(exists(role::table.filter(role::organisation_id.eq(id))))
                .or(exists(tenure::table.filter(tenure::organisation_id.eq(id))))
                .or(exists(article::table.filter(article::publisher_id.eq(id))))
                .or(exists(organisation::table.filter(organisation::parent_id.eq(id))))
                .or(exists(organisation::table.filter(organisation::merged_into.eq(id))));
            on!(connection, |c| select(used).get_result(c))?
        }
    };
    Ok(named)
}

/// What the vocabulary lists stays, once it was there.
fn is_unlisted(connection: &mut Connection, id: Id) -> Result<bool> {
    let listed = exists(
        organisation::table
            .filter(organisation::id.eq(id))
            .filter(organisation::vocabulary_key.is_not_null()),
    );
    Ok(!on!(connection, |c| select(listed).get_result::<bool>(c))?)
}

/// Forgets whom these quotes meant before they came to mean something else, where no quote and no
/// judgement names them any more.
pub fn forget_unused(
    connection: &mut Connection,
    rules: &Rules,
    before: &[&QuoteValues],
) -> Result<()> {
    let ids = |id: fn(&QuoteValues) -> Option<Id>| -> BTreeSet<Id> {
        before.iter().filter_map(|row| id(row)).collect()
    };
    let speakers = left_to(connection, rules, ids(|row| row.speaker_id))?;
    let roles = left_to(connection, rules, ids(|row| row.role_id))?;
    for id in speakers {
        if !is_named(connection, id)? {
            remove_speaker(connection, id)?;
        }
    }
    for id in roles {
        forget_role(connection, id)?;
    }
    let organisations = left_to(connection, rules, ids(|row| row.organisation_id))?;
    forget_organisations(connection, organisations)
}

fn forget_role(connection: &mut Connection, id: Id) -> Result<()> {
    // One that stands for another, or for which another stands, is asked for by its id.
    let joined = role::merged_into.eq(id).or(role::id.eq(id).and(role::merged_into.is_not_null()));
    let merged = select(exists(role::table.filter(joined)));
    if !is_named(connection, id)? && !on!(connection, |c| merged.get_result::<bool>(c))? {
        let unused = role::table.filter(role::id.eq(id));
        on!(connection, |c| diesel::delete(unused).execute(c))?;
    }
    Ok(())
}

/// Removes a speaker whom neither a quote nor a record names and who stands for nobody else; one who
/// stays goes by what these say.
fn forget_speaker(connection: &mut Connection, id: Id) -> Result<()> {
    let own = quote::table.filter(quote::speaker_id.eq(id));
    let columns = (quote::printed_speaker, quote::article_id, quote::id);
    let mut left: Vec<(Option<String>, Id, Id)> = on!(connection, |c| own.select(columns).load(c))?;
    let recorded = recorded(connection, id)?;
    if left.is_empty() && recorded.is_none() {
        return remove_speaker(connection, id);
    }
    left.sort();
    left.dedup_by(|one, other| one.0 == other.0);
    let printed: Vec<String> = left.iter().filter_map(|(name, ..)| name.clone()).collect();
    let keys: Vec<quotes::Key> = left.iter().map(|&(_, article, id)| (article, id)).collect();
    let mut best = recorded;
    for row in quotes::load(connection, &keys)? {
        let named = resolve(&row.reading()?).speaker.filter(|speaker| speaker.id == id);
        let named = named.as_ref().map(SpeakerValues::of);
        best = match (best, named) {
            (Some(best), Some(named)) => Some(best.merge(named)),
            (best, named) => best.or(named),
        };
    }
    if let Some(best) = best {
        best.update(connection)?;
    }
    let others = speaker_alias::table
        .filter(speaker_alias::speaker_id.eq(id))
        .filter(speaker_alias::source.is_null())
        .filter(speaker_alias::name.ne_all(printed));
    on!(connection, |c| diesel::delete(others).execute(c))?;
    Ok(())
}

/// A speaker as the record names them; `None` where there is none.
fn recorded(connection: &mut Connection, id: Id) -> Result<Option<SpeakerValues>> {
    let theirs = tenure::table
        .inner_join(speaker::table.on(speaker::id.eq(tenure::speaker_id)))
        .filter(tenure::speaker_id.eq(id))
        .select((tenure::name, tenure::name_key, speaker::wikidata))
        .distinct();
    let names: Vec<(String, String, Option<String>)> = on!(connection, |c| theirs.load(c))?;
    let named = names.into_iter().map(|(name, name_key, wikidata)| {
        SpeakerValues::of(&ResolvedSpeaker { id, name, name_key, wikidata })
    });
    Ok(named.reduce(SpeakerValues::merge))
}

/// Removes a speaker for whom nobody else stands, with all names.
pub fn remove_speaker(connection: &mut Connection, id: Id) -> Result<()> {
    let merged = select(exists(speaker::table.filter(speaker::merged_into.eq(id))));
    if on!(connection, |c| merged.get_result::<bool>(c))? {
        return Ok(());
    }
    on!(connection, |c| {
        diesel::delete(speaker_alias::table.filter(speaker_alias::speaker_id.eq(id))).execute(c)?;
        let candidates = speaker_candidate::table.filter(speaker_candidate::speaker_id.eq(id));
        diesel::delete(candidates).execute(c)?;
        diesel::delete(speaker::table.filter(speaker::id.eq(id))).execute(c)
    })?;
    Ok(())
}

/// Removes those of these organisations that the vocabulary does not list and nothing points to.
pub fn forget_organisations(
    connection: &mut Connection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<()> {
    for id in ids {
        let own = organisation::table
            .filter(organisation::id.eq(id))
            .filter(organisation::vocabulary_key.is_null());
        let unlisted = exists(own);
        let used = exists(quote::table.filter(quote::organisation_id.eq(id)))
            .or(exists(statement::table.filter(statement::organisation_id.eq(id))))
            .or(exists(role::table.filter(role::organisation_id.eq(id))))
            .or(exists(tenure::table.filter(tenure::organisation_id.eq(id))))
            .or(exists(article::table.filter(article::publisher_id.eq(id))))
            .or(exists(organisation::table.filter(organisation::parent_id.eq(id))))
            .or(exists(organisation::table.filter(organisation::merged_into.eq(id))));
        let forgotten: (bool, bool) = on!(connection, |c| select((unlisted, used)).get_result(c))?;
        if forgotten == (true, false) {
            let aliases = organisation_alias::table;
            on!(connection, |c| {
                diesel::delete(aliases.filter(organisation_alias::organisation_id.eq(id)))
                    .execute(c)?;
                diesel::delete(organisation::table.filter(organisation::id.eq(id))).execute(c)
            })?;
        }
    }
    Ok(())
}
