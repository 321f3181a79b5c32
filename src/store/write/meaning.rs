//! What quotes mean: their own print, what the rest of their article settles, what people judged.
//! Also whoever that names, and other quotes of the article that mean something else since.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::prelude::*;

use super::QuoteValues;
use super::batch::Account;
use super::named::{Memory, Named, write_named};
use super::shared::{OrganisationValues, RoleValues};
use super::statements::recompute;
use crate::domain::id::Id;
use crate::domain::judgement::Rules;
use crate::domain::resolution::{Neighbours, Resolution, ResolvedOrganisation, ResolvedSpeaker};
use crate::domain::tenure::{Capacity, Claim, Recorded, capacity};
use crate::store::corpus::Delta;
use crate::store::dialect::{Connection, on, quotes};
use crate::store::error::Result;
use crate::store::judgement::made;
use crate::store::merged::roots;
use crate::store::schema::{quote, speaker};
use crate::store::tenure::of_speakers;

/// How many articles one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// A quote and what its shown reading says.
pub struct Shown {
    /// Its article.
    pub article_id: Id,
    /// Its id.
    pub id: Id,
    /// What its reading says.
    pub account: Arc<Account>,
    /// As it is stored.
    pub before: Option<QuoteValues>,
}

/// What a quote means.
pub struct Meaning {
    /// As print and article have it.
    pub settled: Resolution,
    /// As people judged that.
    pub judged: Resolution,
}

/// A quote that means something else than before.
#[derive(Debug, Clone)]
pub struct Change {
    /// As it was.
    pub before: QuoteValues,
    /// As it is.
    pub after: QuoteValues,
}

impl Shown {
    /// A stored quote, as its print is understood now.
    fn stored(row: QuoteValues) -> Result<Self> {
        let (article_id, id) = (row.article_id, row.id);
        let account = Arc::new(Account::new(row.clone().reading()?, Vec::new()));
        Ok(Self { article_id, id, account, before: Some(row) })
    }

    fn meaning(&self, neighbours: Option<&Neighbours>, rules: &Rules) -> Meaning {
        let Account { reading, resolution, .. } = &*self.account;
        let settled = neighbours.and_then(|others| others.settle(reading, resolution));
        let settled = settled.unwrap_or_else(|| resolution.clone());
        let judged = rules.apply(self.id, reading, resolution, settled.clone());
        Meaning { settled, judged }
    }

    /// Whom it names for certain.
    fn names<'a>(&'a self, meaning: &'a Meaning) -> Named<'a> {
        // A surname that the article settles is nobody's name elsewhere.
        let printed = self.account.reading.printed.speaker.as_deref();
        let own = meaning.settled.short_name == self.account.resolution.short_name;
        Named {
            resolution: &meaning.settled,
            printed: printed.filter(|_| own),
            candidates: &self.account.candidates,
        }
    }

    fn values(&self, meaning: &Meaning, capacity: Capacity) -> QuoteValues {
        QuoteValues::of(self.article_id, self.id, &self.account, &meaning.judged, capacity)
            .vanished_as(self.before.as_ref())
    }

    fn claim(&self, meaning: &Meaning) -> Option<Claim> {
        let reading = &self.account.reading;
        Claim::of(&meaning.judged, reading.said_at.or(reading.reported_at))
    }
}

/// Quotes on their way into the database.
pub struct Settling {
    /// The rows to write.
    pub rows: Vec<QuoteValues>,
    /// Other quotes of their articles, as they were before they came to mean something else: whoever
    /// they named may be named by nothing any more once the rows are written.
    pub before: Vec<QuoteValues>,
}

/// The rows of quotes that are about to be written. Whoever they name is there after this, and
/// other quotes of their articles that mean something else beside them are written anew.
pub fn settle(
    connection: &mut Connection,
    memory: &mut Memory,
    writes: &[Shown],
) -> Result<Settling> {
    let open = |shown: &&Shown| shown.account.resolution.unsettled().is_some();
    let mut together: HashSet<Id> = writes.iter().filter(open).map(|w| w.article_id).collect();
    together.extend(unsettled(connection, writes.iter().map(|write| write.article_id))?);
    let written: HashSet<Id> = writes.iter().map(|write| write.id).collect();
    let articles: Vec<Id> = together.iter().copied().collect();
    let mut standing = stored(connection, &articles)?;
    standing.retain(|shown| !written.contains(&shown.id));

    let rules = memory.rules(connection)?;
    let here = writes.iter().filter(|write| together.contains(&write.article_id));
    let neighbours = neighbours(here.chain(&standing));
    let meanings: Vec<Meaning> = writes
        .iter()
        .map(|write| write.meaning(neighbours.get(&write.article_id), &rules))
        .collect();
    // What the print alone settles was written with the batch.
    let named: Vec<Named<'_>> = writes
        .iter()
        .zip(&meanings)
        .filter(|(write, _)| open(write))
        .map(|(write, meaning)| write.names(meaning))
        .collect();
    write_named(connection, memory, &named, &[])?;
    write_judged(connection, memory, &rules, &meanings)?;
    standing.retain(|shown| open(&shown));
    let changes = resettle(connection, memory, &rules, &standing, &neighbours)?;
    let before = changes.into_iter().map(|change| change.before).collect();
    let capacities = capacities(connection, &rules, writes.iter().zip(&meanings))?;
    let rows = writes.iter().zip(&meanings).zip(capacities);
    let rows = rows.map(|((write, meaning), capacity)| write.values(meaning, capacity)).collect();
    Ok(Settling { rows, before })
}

/// Works out anew what the quotes of these articles mean, and writes what has become of them.
pub fn again(
    connection: &mut Connection,
    memory: &mut Memory,
    articles: &[Id],
) -> Result<Vec<Change>> {
    let rules = memory.rules(connection)?;
    let mut changes = Vec::new();
    for articles in articles.chunks(ASKED_AT_ONCE) {
        let standing = stored(connection, articles)?;
        let neighbours = neighbours(&standing);
        changes.extend(resettle(connection, memory, &rules, &standing, &neighbours)?);
    }
    Ok(changes)
}

/// Writes anew those of these quotes that mean something else than what is stored.
fn resettle(
    connection: &mut Connection,
    memory: &mut Memory,
    rules: &Rules,
    standing: &[Shown],
    neighbours: &HashMap<Id, Neighbours>,
) -> Result<Vec<Change>> {
    let (mut changes, mut named, mut meanings) = (Vec::new(), Vec::new(), Vec::new());
    let all: Vec<Meaning> = standing
        .iter()
        .map(|shown| shown.meaning(neighbours.get(&shown.article_id), rules))
        .collect();
    let capacities = capacities(connection, rules, standing.iter().zip(&all))?;
    for ((shown, meaning), capacity) in standing.iter().zip(all).zip(capacities) {
        let after = shown.values(&meaning, capacity);
        let Some(before) = shown.before.clone().filter(|before| !before.means_as(&after)) else {
            continue;
        };
        changes.push(Change { before, after });
        named.push(shown);
        meanings.push(meaning);
    }
    if changes.is_empty() {
        return Ok(changes);
    }
    let named: Vec<Named<'_>> =
        named.iter().zip(&meanings).map(|(shown, meaning)| shown.names(meaning)).collect();
    write_named(connection, memory, &named, &[])?;
    write_judged(connection, memory, rules, &meanings)?;
    let after: Vec<QuoteValues> = changes.iter().map(|change| change.after.clone()).collect();
    quotes::reinterpret(connection, &after)?;
    let mut delta = Delta::default();
    for Change { before, after } in &changes {
        delta.take(before);
        delta.add(after);
    }
    delta.write(connection)?;
    let statements = after.iter().map(QuoteValues::statement).collect();
    memory.statements.absorb(connection, statements)?;
    let disturbed = changes.iter().flat_map(|c| [c.before.statement_id, c.after.statement_id]);
    recompute(connection, disturbed.collect())?;
    // What is remembered of statements is not how they are now.
    memory.forget_rows();
    Ok(changes)
}

/// How the printed roles of these quotes agree with what is recorded of their speakers.
fn capacities<'a>(
    connection: &mut Connection,
    rules: &Rules,
    quotes: impl Iterator<Item = (&'a Shown, &'a Meaning)>,
) -> Result<Vec<Capacity>> {
    let claims: Vec<(Option<Claim>, &Meaning)> =
        quotes.map(|(shown, meaning)| (shown.claim(meaning), meaning)).collect();
    let claiming = claims.iter().filter(|(claim, _)| claim.is_some());
    let speakers: Vec<&ResolvedSpeaker> =
        claiming.filter_map(|(_, meaning)| meaning.judged.speaker.as_ref()).collect();
    let mut recorded = of_speakers(connection, &speakers)?;
    for tenures in recorded.values_mut() {
        let Recorded::Tenures(tenures) = tenures else { continue };
        for tenure in tenures {
            tenure.role = tenure.role.map(|id| rules.canonical(id));
            tenure.organisation.iter_mut().for_each(|id| *id = rules.canonical(*id));
        }
    }
    let none = Recorded::default();
    let told = claims.iter().map(|(claim, meaning)| {
        let speaker = meaning.judged.speaker.as_ref();
        let recorded = speaker.and_then(|speaker| recorded.get(&speaker.id));
        capacity(claim.as_ref(), recorded.unwrap_or(&none))
    });
    Ok(told.collect())
}

/// Works out anew what the quotes mean of these speakers, and of those who go by these folded names.
pub fn of_speakers_again(
    connection: &mut Connection,
    speakers: impl IntoIterator<Item = Id>,
    name_keys: impl IntoIterator<Item = String>,
) -> Result<Vec<Change>> {
    let mut people: Vec<Id> = speakers.into_iter().collect();
    let keys: Vec<String> = name_keys.into_iter().collect();
    for keys in keys.chunks(ASKED_AT_ONCE) {
        let named = speaker::table.filter(speaker::name_key.eq_any(keys)).select(speaker::id);
        people.extend(on!(connection, |c| named.load::<Id>(c))?);
    }
    let people = roots(connection, people)?;
    let mut articles = HashSet::new();
    for people in people.chunks(ASKED_AT_ONCE) {
        let theirs = quote::table
            .filter(quote::speaker_id.eq_any(people))
            .filter(quote::role_id.is_not_null())
            .select(quote::article_id);
        articles.extend(on!(connection, |c| theirs.load::<Id>(c))?);
    }
    let articles: Vec<Id> = articles.into_iter().collect();
    again(connection, &mut Memory::new(), &articles)
}

/// Writes the organisations and roles that judgements alone give, and remembers that they do.
fn write_judged(
    connection: &mut Connection,
    memory: &mut Memory,
    rules: &Rules,
    meanings: &[Meaning],
) -> Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    let (mut organisations, mut roles) = (Vec::new(), Vec::new());
    for Meaning { settled, judged } in meanings {
        let at = judged.organisation.as_ref().map(ResolvedOrganisation::id);
        if settled.organisation != judged.organisation {
            organisations.extend(judged.organisation.iter().flat_map(OrganisationValues::of));
        }
        if settled.role != judged.role {
            roles.extend(judged.role.as_ref().map(|role| RoleValues::of(role, at)));
        }
    }
    let ids = organisations.iter().map(|row| row.id).chain(roles.iter().map(|row| row.id));
    let new = made::missing(connection, ids.collect())?;
    // What something printed names keeps the spelling that was printed.
    let ours = |id: Id| new.contains(&id) || rules.made.contains(&id);
    organisations.retain(|row| ours(row.id));
    roles.retain(|row| ours(row.id));
    memory.organisations.absorb(connection, organisations)?;
    memory.roles.absorb(connection, roles)?;
    made::remember(connection, &new)
}

/// Those of these articles in which something is unsettled.
fn unsettled(
    connection: &mut Connection,
    articles: impl IntoIterator<Item = Id>,
) -> Result<Vec<Id>> {
    let open = quote::table.filter(quote::unsettled.is_not_null());
    let any = diesel::dsl::select(diesel::dsl::exists(open.select(quote::id)));
    if !on!(connection, |c| any.get_result::<bool>(c))? {
        return Ok(Vec::new());
    }
    let articles: HashSet<Id> = articles.into_iter().collect();
    let articles: Vec<Id> = articles.into_iter().collect();
    let mut found = Vec::new();
    for articles in articles.chunks(ASKED_AT_ONCE) {
        let here = open.filter(quote::article_id.eq_any(articles));
        let here = here.select(quote::article_id).distinct();
        found.extend(on!(connection, |c| here.load::<Id>(c))?);
    }
    Ok(found)
}

fn stored(connection: &mut Connection, articles: &[Id]) -> Result<Vec<Shown>> {
    let mut found = Vec::new();
    for articles in articles.chunks(ASKED_AT_ONCE) {
        let here = quote::table.filter(quote::article_id.eq_any(articles));
        let rows = on!(connection, |c| here.select(QuoteValues::as_select()).load(c))?;
        for row in rows {
            found.push(Shown::stored(row)?);
        }
    }
    Ok(found)
}

fn neighbours<'a>(shown: impl IntoIterator<Item = &'a Shown>) -> HashMap<Id, Neighbours> {
    let mut articles: HashMap<Id, Neighbours> = HashMap::new();
    for quote in shown {
        let Account { reading, resolution, .. } = &*quote.account;
        articles.entry(quote.article_id).or_default().add(reading, resolution);
    }
    articles
}
