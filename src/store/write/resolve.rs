//! Everything resolved anew from what was printed, after the vocabularies have changed: an operator's
//! command, in transactions of some hundred articles.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::meaning::{Change, again};
use super::named::{Memory, write_aliases};
use super::quote::Meant;
use super::remove::{forget_organisations, forget_unused};
use super::shared::OrganisationValues;
use super::{QuoteValues, tenure};
use crate::domain::access::AuditAction;
use crate::domain::id::{Id, Kind};
use crate::domain::organisation::{self as organisations, Organisation};
use crate::domain::resolution::ResolvedOrganisation;
use crate::store::Store;
use crate::store::audit::{self, Actor};
use crate::store::dialect::{Connection, on, whole};
use crate::store::error::{Result, StoreError};
use crate::store::schema::{article, organisation, organisation_alias, role, speaker};

/// How many articles are resolved in one transaction.
const ARTICLES_AT_ONCE: i64 = 500;
/// How many different changes are told apart; of more only the number is known.
const TOLD_APART: usize = 10_000;

/// What resolving everything anew has changed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Resolved {
    /// The articles that were looked at.
    pub articles: u64,
    /// The quotes that mean something else now.
    pub changed: u64,
    /// Organisations whose entry in the vocabulary has changed.
    pub organisations: u64,
    /// Articles whose publisher is another organisation now.
    pub publishers: u64,
    /// What changed, the most frequent first.
    pub changes: Vec<Changed>,
    /// How many quotes changed in ways that `changes` does not tell apart.
    pub untold: u64,
}

/// One way in which quotes changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Which field: `speaker`, `role`, `organisation`, `speaker_kind`, `official_of`, `capacity`.
    pub field: &'static str,
    /// What it was.
    pub from: Option<String>,
    /// What it is.
    pub to: Option<String>,
    /// In how many quotes.
    pub quotes: u64,
}

/// A column of what a quote means: an id, a word.
type IdOf = fn(&Meant) -> Option<Id>;
type WordOf = fn(&Meant) -> Option<&'static str>;

type Way = (&'static str, Option<String>, Option<String>);

/// What was counted so far.
#[derive(Default)]
struct Count {
    report: Resolved,
    ways: HashMap<Way, u64>,
}

impl Store {
    /// Resolves everything anew; `progress` is told how many articles are done. With `rehearsal`
    /// nothing is changed, and nobody else writes meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another program holds the right to write for too long. What was
    /// done before stays: to run it again goes on.
    pub fn resolve_all(&self, rehearsal: bool, progress: &mut dyn FnMut(u64)) -> Result<Resolved> {
        let mut count = Count::default();
        if rehearsal {
            let mut connection = self.pools.writer(self.options.wait)?;
            connection.begin_write()?;
            let done = whole::lift_limits(&mut connection)
                .map_err(StoreError::from)
                .and_then(|()| all(&mut count, progress, |work| work(&mut connection)));
            connection.roll_back()?;
            done?;
        } else {
            all(&mut count, progress, |work| self.write_patiently(work))?;
        }
        Ok(count.finish())
    }
}

type Work<'a> = &'a mut dyn FnMut(&mut Connection) -> Result<Option<Id>>;

/// Does it, each step in a transaction of `run`.
fn all(
    count: &mut Count,
    progress: &mut dyn FnMut(u64),
    mut run: impl FnMut(Work<'_>) -> Result<Option<Id>>,
) -> Result<()> {
    run(&mut |connection| {
        count.report.organisations = vocabulary(connection)?;
        tenure::resolve_again(connection)?;
        audit::record(
            connection,
            &Actor::command_line(),
            AuditAction::Resolve,
            Id::derive(Kind::Audit, &[b"everything"]),
            None,
        )?;
        Ok(None)
    })?;
    let mut last = None;
    loop {
        last = run(&mut |connection| step(connection, count, last))?;
        progress(count.report.articles);
        if last.is_none() {
            return Ok(());
        }
    }
}

/// The next articles behind this one; answers the last of them, if there were any.
fn step(connection: &mut Connection, count: &mut Count, last: Option<Id>) -> Result<Option<Id>> {
    let columns = (article::id, article::publisher_id, article::publisher_printed);
    let query = article::table.select(columns).order(article::id).limit(ARTICLES_AT_ONCE);
    type Columns = (Id, Option<Id>, Option<String>);
    let rows: Vec<Columns> = match last {
        Some(last) => on!(connection, |c| query.filter(article::id.gt(last)).load(c))?,
        None => on!(connection, |c| query.load(c))?,
    };
    let mut memory = Memory::new();
    let mut before = Vec::new();
    for (id, publisher, printed) in &rows {
        let resolved = printed.as_deref().map(ResolvedOrganisation::publisher);
        let now = resolved.as_ref().map(ResolvedOrganisation::id);
        if now == *publisher {
            continue;
        }
        count.report.publishers += 1;
        let named: Vec<_> = resolved.into_iter().collect();
        super::named::write_named(connection, &mut memory, &[], &named)?;
        let there = article::table.filter(article::id.eq(id));
        let set = article::publisher_id.eq(now);
        on!(connection, |c| diesel::update(there).set(set).execute(c))?;
        before.extend(*publisher);
    }
    let articles: Vec<Id> = rows.iter().map(|row| row.0).collect();
    let changes = again(connection, &mut memory, &articles)?;
    count.report.articles += u64::try_from(articles.len()).unwrap_or(u64::MAX);
    count.add(connection, &changes)?;
    let rules = memory.rules(connection)?;
    let was: Vec<&QuoteValues> = changes.iter().map(|change| &change.before).collect();
    forget_unused(connection, &rules, &was)?;
    forget_organisations(connection, before.into_iter().filter(|id| !rules.named.contains(id)))?;
    Ok(articles.last().copied())
}

/// Brings the listed organisations that are stored up to the vocabulary of this program; answers
/// how many were not. One that is listed no longer stays as it was.
fn vocabulary(connection: &mut Connection) -> Result<u64> {
    let stored = organisation::table.filter(organisation::vocabulary_key.is_not_null());
    let keys: Vec<Option<String>> =
        on!(connection, |c| stored.select(organisation::vocabulary_key).load(c))?;
    let listed: Vec<&'static Organisation> =
        keys.iter().flatten().filter_map(|key| organisations::by_key(key)).collect();
    let mut memory = Memory::new();
    let mut rows = Vec::new();
    for known in &listed {
        rows.extend(OrganisationValues::of(&ResolvedOrganisation::Listed(known)));
    }
    let told = memory.organisations.absorb(connection, rows)?;
    let ids: Vec<Id> =
        listed.iter().map(|known| ResolvedOrganisation::Listed(known).id()).collect();
    for ids in ids.chunks(500) {
        let old = organisation_alias::organisation_id.eq_any(ids);
        on!(connection, |c| diesel::delete(organisation_alias::table.filter(old)).execute(c))?;
    }
    write_aliases(connection, &mut memory, &listed)?;
    Ok(told.iter().filter(|told| **told).count().try_into().unwrap_or(u64::MAX))
}

impl Count {
    fn add(&mut self, connection: &mut Connection, changes: &[Change]) -> Result<()> {
        let mut ways: BTreeMap<(&'static str, Option<Id>, Option<Id>), u64> = BTreeMap::new();
        let mut words: BTreeMap<Way, u64> = BTreeMap::new();
        for Change { before, after } in changes {
            let (before, after) = (before.meant(), after.meant());
            let ids: [(&str, IdOf); 3] = [
                ("speaker", |it| it.speaker_id),
                ("role", |it| it.role_id),
                ("organisation", |it| it.organisation_id),
            ];
            for (field, of) in ids {
                if of(&before) != of(&after) {
                    *ways.entry((field, of(&before), of(&after))).or_default() += 1;
                }
            }
            let said: [(&str, WordOf); 3] = [
                ("speaker_kind", |it| Some(it.speaker_kind.as_str())),
                ("official_of", |it| it.official_of.map(|domain| domain.as_str())),
                ("capacity", |it| it.capacity.map(|capacity| capacity.as_str())),
            ];
            for (field, of) in said {
                if of(&before) != of(&after) {
                    let way = (field, of(&before), of(&after));
                    let way = (way.0, way.1.map(str::to_owned), way.2.map(str::to_owned));
                    *words.entry(way).or_default() += 1;
                }
            }
        }
        let ids = ways.keys().flat_map(|way| [way.1, way.2]).flatten().collect();
        let names = names(connection, ids)?;
        let name =
            |id: Option<Id>| id.map(|id| names.get(&id).cloned().unwrap_or_else(|| id.to_string()));
        let named = ways
            .into_iter()
            .map(|((field, from, to), quotes)| ((field, name(from), name(to)), quotes));
        for (way, quotes) in named.chain(words) {
            if self.ways.len() >= TOLD_APART && !self.ways.contains_key(&way) {
                self.report.untold += quotes;
            } else {
                *self.ways.entry(way).or_default() += quotes;
            }
        }
        self.report.changed += u64::try_from(changes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    fn finish(self) -> Resolved {
        let ways = self.ways.into_iter();
        let mut changes: Vec<Changed> =
            ways.map(|((field, from, to), quotes)| Changed { field, from, to, quotes }).collect();
        changes.sort_by(|one, other| {
            let key = |it: &Changed| (it.field, it.from.clone(), it.to.clone());
            other.quotes.cmp(&one.quotes).then_with(|| key(one).cmp(&key(other)))
        });
        Resolved { changes, ..self.report }
    }
}

/// What these speakers, roles and organisations are called.
fn names(connection: &mut Connection, ids: Vec<Id>) -> Result<HashMap<Id, String>> {
    let mut names = HashMap::new();
    for ids in ids.chunks(500) {
        let speakers = speaker::table.filter(speaker::id.eq_any(ids));
        let speakers = speakers.select((speaker::id, speaker::name));
        names.extend(on!(connection, |c| speakers.load::<(Id, String)>(c))?);
        let organisations = organisation::table.filter(organisation::id.eq_any(ids));
        let organisations = organisations.select((organisation::id, organisation::name));
        names.extend(on!(connection, |c| organisations.load::<(Id, String)>(c))?);
        let roles = role::table.filter(role::id.eq_any(ids));
        let roles = roles.select((role::id, role::title));
        names.extend(on!(connection, |c| roles.load::<(Id, String)>(c))?);
    }
    Ok(names)
}
