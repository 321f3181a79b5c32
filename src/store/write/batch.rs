//! A batch of entries in one transaction: what is new, what was known, what changed.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use diesel::prelude::*;

use super::quote::{QuoteValues, ReadingValues};
use super::reference::{Reference as _, Shared};
use super::shared::{
    ArticleValues, OrganisationValues, RoleValues, SpeakerValues, StatementValues, UNDATED,
};
use crate::domain::article::Article;
use crate::domain::id::Id;
use crate::domain::organisation::{self, Organisation};
use crate::domain::person::name_key;
use crate::domain::reading::{Effect, Reading, absorb};
use crate::domain::resolution::{Resolution, ResolvedOrganisation, resolve};
use crate::domain::text::words;
use crate::store::dialect::{Connection, insert, insert_missing, on, quotes};
use crate::store::error::Result;
use crate::store::quote::reading;
use crate::store::removal::{self, RemovalRow};
use crate::store::schema::{
    organisation_alias, quote, quote_reading, speaker_alias, speaker_candidate, statement,
};

/// The longest printed name that is kept as an alias, in bytes: what is longer is no name that
/// anybody searches by, and no index of PostgreSQL takes more than 2,700.
pub(super) const LONGEST_NAME: usize = 1_000;
/// How many statements are made anew by one look at their quotes.
const RECOMPUTED_AT_ONCE: usize = 500;
/// How many names a run remembers to have written.
const REMEMBERED: usize = 100_000;

/// One quote in one article, as a row gives it, with what can be worked out from it alone.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The article's identity.
    pub article_id: Id,
    /// What the row says of it.
    pub article: Article,
    /// The quote's identity.
    pub quote_id: Id,
    /// What the row says of the quote, shared by all articles of the row.
    pub account: Arc<Account>,
}

impl Entry {
    /// An account in an article; `None` where the article has no identity.
    pub fn new(article: Article, account: Arc<Account>) -> Option<Self> {
        let article_id = article.id()?;
        let quote_id = account.reading.quote_id(article_id, &account.words);
        Some(Self { article_id, article, quote_id, account })
    }
}

/// What a row says of a quote, with what can be worked out from that alone.
#[derive(Debug)]
pub struct Account {
    /// What the row says.
    pub reading: Reading,
    /// What that means.
    pub resolution: Resolution,
    /// Wikidata items that the extractor thinks the speaker may be.
    candidates: Vec<String>,
    /// The folded words.
    pub(super) words: String,
    /// The digest of the reading.
    pub(super) fingerprint: [u8; 16],
}

impl Account {
    /// Works out what follows from a reading.
    pub fn new(reading: Reading, candidates: Vec<String>) -> Self {
        Self {
            resolution: resolve(&reading),
            words: words(&reading.text),
            fingerprint: reading.fingerprint(),
            reading,
            candidates,
        }
    }
}

/// What became of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A new quote.
    Accepted,
    /// Nothing new in it.
    Known,
    /// The quote, or what is known of its article, changed. The quote is now kept with this many
    /// readings, the best of them shown.
    Changed {
        /// 1 where the new reading replaced all others; more where they contradict each other.
        readings: usize,
    },
    /// Nothing: a person removed the quote, or took its article down.
    Removed(RemovalRow),
}

/// What a run remembers, so that shared rows are written once.
pub struct Memory {
    articles: Shared<ArticleValues>,
    organisations: Shared<OrganisationValues>,
    speakers: Shared<SpeakerValues>,
    roles: Shared<RoleValues>,
    statements: Shared<StatementValues>,
    names: HashSet<(Id, String)>,
}

impl Memory {
    /// Remembers nothing.
    pub fn new() -> Self {
        Self {
            articles: Shared::new(),
            organisations: Shared::new(),
            speakers: Shared::new(),
            roles: Shared::new(),
            statements: Shared::new(),
            names: HashSet::new(),
        }
    }

    /// Forgets everything: after a rollback the database does not have what is remembered.
    pub fn forget(&mut self) {
        self.articles.forget();
        self.organisations.forget();
        self.speakers.forget();
        self.roles.forget();
        self.statements.forget();
        self.names.clear();
    }

    /// True the first time that a name of this row is met.
    fn first_met(&mut self, id: Id, name: &str) -> bool {
        if self.names.len() >= REMEMBERED {
            self.names.clear();
        }
        self.names.insert((id, name.to_owned()))
    }
}

/// What the database and this batch hold of one quote.
struct Held {
    /// As stored before the batch; `None` for a new quote.
    row: Option<QuoteValues>,
    /// The readings to keep, best first; `None` as long as the stored ones were not needed.
    readings: Option<Vec<Reading>>,
    touched: bool,
}

/// Writes a batch inside the caller's transaction; one outcome an entry, in order.
pub fn write(
    connection: &mut Connection,
    memory: &mut Memory,
    entries: &[Entry],
) -> Result<Vec<Outcome>> {
    let removals = removal::within(connection, entries.iter().map(|entry| entry.article_id))?;
    if removals.is_empty() {
        return write_all(connection, memory, entries);
    }
    let removed = |e: &Entry| removals.get(&e.article_id).or_else(|| removals.get(&e.quote_id));
    let left: Vec<Entry> = entries.iter().filter(|e| removed(e).is_none()).cloned().collect();
    let mut outcomes = write_all(connection, memory, &left)?.into_iter();
    let outcome = |entry| match removed(entry) {
        Some(row) => Some(Outcome::Removed(row.clone())),
        None => outcomes.next(),
    };
    Ok(entries.iter().filter_map(outcome).collect())
}

/// [`write`] of entries none of which was removed.
fn write_all(
    connection: &mut Connection,
    memory: &mut Memory,
    entries: &[Entry],
) -> Result<Vec<Outcome>> {
    let told = write_shared(connection, memory, entries)?;
    let mut held = load_held(connection, entries)?;
    let mut order = Vec::new();
    let mut outcomes = Vec::with_capacity(entries.len());
    // A row that tells nothing new of its quote may still tell something of its article.
    let otherwise_known = |tells: bool| match tells {
        true => Outcome::Changed { readings: 1 },
        false => Outcome::Known,
    };
    for (entry, tells) in entries.iter().zip(told) {
        let quote = held.entry(entry.quote_id).or_insert_with(|| Held {
            row: None,
            readings: None,
            touched: false,
        });
        let new_here = quote.row.is_none() && quote.readings.is_none();
        let known = quote.readings.is_none()
            && quote.row.as_ref().is_some_and(|row| row.shows(&entry.account.fingerprint));
        if known {
            outcomes.push(otherwise_known(tells));
            continue;
        }
        let kept = match (quote.readings.take(), &quote.row) {
            (Some(readings), _) => readings,
            (None, Some(row)) => load_readings(connection, row.clone())?,
            (None, None) => Vec::new(),
        };
        match absorb(kept.clone(), entry.account.reading.clone()) {
            Effect::Known => {
                quote.readings = Some(kept);
                outcomes.push(otherwise_known(tells));
            }
            Effect::Changed(now) => {
                outcomes.push(if new_here {
                    Outcome::Accepted
                } else {
                    Outcome::Changed { readings: now.len() }
                });
                quote.readings = Some(now);
                if !quote.touched {
                    quote.touched = true;
                    order.push((entry.article_id, entry.quote_id));
                }
            }
        }
    }
    write_quotes(connection, memory, &order, &mut held, entries)?;
    Ok(outcomes)
}

/// Writes what quotes share. Answers, for each entry, whether it tells something new of an article
/// that was there before.
fn write_shared(
    connection: &mut Connection,
    memory: &mut Memory,
    entries: &[Entry],
) -> Result<Vec<bool>> {
    let publishers = entries.iter().filter_map(|entry| entry.article.publisher.as_deref());
    let publishers: Vec<_> = publishers.map(ResolvedOrganisation::publisher).collect();
    let accounts: Vec<&Account> = entries.iter().map(|entry| &*entry.account).collect();
    write_named(connection, memory, &accounts, &publishers)?;
    let articles = entries.iter().map(|e| ArticleValues::of(e.article_id, &e.article));
    Ok(memory.articles.absorb(connection, articles.collect())?)
}

/// Writes whom accounts name: organisations, these others among them, speakers and roles.
pub(super) fn write_named(
    connection: &mut Connection,
    memory: &mut Memory,
    accounts: &[&Account],
    others: &[ResolvedOrganisation],
) -> Result<()> {
    let mut organisations = Vec::new();
    let mut aliases = Vec::new();
    let mut met = HashSet::new();
    let speaking = accounts.iter().filter_map(|a| a.resolution.organisation.as_ref());
    for organisation in others.iter().chain(speaking) {
        if let ResolvedOrganisation::Listed(known) = organisation {
            if !met.insert(known.key) {
                continue;
            }
            aliases.push(*known);
            aliases.extend(known.ancestors());
        }
        organisations.extend(OrganisationValues::of(organisation));
    }
    memory.organisations.absorb(connection, organisations)?;
    write_aliases(connection, memory, &aliases)?;

    let speakers = accounts.iter().filter_map(|a| a.resolution.speaker.as_ref());
    memory.speakers.absorb(connection, speakers.map(SpeakerValues::of).collect())?;
    write_names(connection, memory, accounts)?;

    let roles = accounts.iter().filter_map(|account| {
        let at = account.resolution.organisation.as_ref().map(ResolvedOrganisation::id);
        account.resolution.role.as_ref().map(|role| RoleValues::of(role, at))
    });
    memory.roles.absorb(connection, roles.collect())?;
    Ok(())
}

/// The names under which listed organisations are found.
fn write_aliases(
    connection: &mut Connection,
    memory: &mut Memory,
    listed: &[&'static Organisation],
) -> Result<()> {
    let mut rows = Vec::new();
    for known in listed {
        let id = ResolvedOrganisation::Listed(known).id();
        if !memory.first_met(id, known.key) {
            continue;
        }
        rows.extend(known.aliases.iter().map(|alias| {
            (
                organisation_alias::organisation_id.eq(id),
                organisation_alias::name_key.eq(organisation::key(alias.text)),
                organisation_alias::name.eq(alias.text),
                organisation_alias::kind.eq(alias.kind),
                organisation_alias::language.eq(alias.language),
            )
        }));
    }
    Ok(insert_missing!(connection, organisation_alias::table, &rows)?)
}

/// The spellings that rows print for their speakers, and who those may be.
fn write_names(
    connection: &mut Connection,
    memory: &mut Memory,
    accounts: &[&Account],
) -> Result<()> {
    let (mut names, mut candidates) = (Vec::new(), Vec::new());
    for account in accounts {
        let Some(speaker) = &account.resolution.speaker else { continue };
        if let Some(printed) = account.reading.printed.speaker.as_deref()
            && printed.len() <= LONGEST_NAME
            && memory.first_met(speaker.id, printed)
        {
            names.push((
                speaker_alias::speaker_id.eq(speaker.id),
                speaker_alias::name.eq(printed),
                speaker_alias::name_key.eq(name_key(printed)),
            ));
        }
        for item in &account.candidates {
            if memory.first_met(speaker.id, item) {
                candidates.push((
                    speaker_candidate::speaker_id.eq(speaker.id),
                    speaker_candidate::wikidata.eq(item),
                ));
            }
        }
    }
    insert_missing!(connection, speaker_alias::table, &names)?;
    Ok(insert_missing!(connection, speaker_candidate::table, &candidates)?)
}

/// What the database has of the quotes of a batch.
fn load_held(connection: &mut Connection, entries: &[Entry]) -> Result<HashMap<Id, Held>> {
    let mut keys: Vec<quotes::Key> = entries.iter().map(|e| (e.article_id, e.quote_id)).collect();
    keys.sort_unstable();
    keys.dedup();
    let held = quotes::load(connection, &keys)?.into_iter().map(|row| {
        let id = row.id;
        (id, Held { row: Some(row), readings: None, touched: false })
    });
    Ok(held.collect())
}

/// Every reading of a stored quote, the shown one first.
pub fn load_readings(connection: &mut Connection, row: QuoteValues) -> Result<Vec<Reading>> {
    let others: Vec<String> = on!(connection, |c| quote_reading::table
        .filter(quote_reading::article_id.eq(row.article_id))
        .filter(quote_reading::quote_id.eq(row.id))
        .select(quote_reading::reading)
        .load(c))?;
    let mut readings = vec![row.reading()?];
    for other in others {
        readings.push(reading(&other)?);
    }
    Ok(readings)
}

/// Writes the quotes of a batch that are new or changed, and what follows from them.
fn write_quotes(
    connection: &mut Connection,
    memory: &mut Memory,
    order: &[(Id, Id)],
    held: &mut HashMap<Id, Held>,
    entries: &[Entry],
) -> Result<()> {
    // The usual case: the reading shown is that of an entry, whose meaning is worked out already.
    let resolved: HashMap<Id, &Entry> = entries.iter().map(|e| (e.quote_id, e)).collect();
    let (mut new, mut changed, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let (mut disturbed, mut risen) = (Vec::new(), Vec::new());
    for &(article_id, id) in order {
        let Some(Held { row, readings: Some(readings), .. }) = held.remove(&id) else { continue };
        let Some((shown, contradicting)) = readings.split_first() else { continue };
        let account = match resolved.get(&id) {
            Some(entry) if entry.account.reading == *shown => Arc::clone(&entry.account),
            _ => {
                let account = Arc::new(Account::new(shown.clone(), Vec::new()));
                risen.push(Arc::clone(&account));
                account
            }
        };
        let values = QuoteValues::of(article_id, id, &account);
        match row {
            None => new.push(values),
            Some(before) => {
                disturbed.extend([before.statement_id, values.statement_id]);
                changed.push(values);
            }
        }
        others.extend(contradicting.iter().map(|other| ReadingValues::of(article_id, id, other)));
    }
    // Whom a reading names that stood below others may have been removed with their last quote.
    let risen: Vec<&Account> = risen.iter().map(|account| &**account).collect();
    write_named(connection, memory, &risen, &[])?;
    let statements = new.iter().chain(&changed).map(QuoteValues::statement).collect();
    insert!(connection, quote::table, &new)?;
    quotes::replace(connection, &changed)?;
    insert!(connection, quote_reading::table, &others)?;
    memory.statements.absorb(connection, statements)?;
    if !disturbed.is_empty() {
        recompute(connection, disturbed)?;
        memory.statements.forget();
    }
    Ok(())
}

/// Makes statements anew from the quotes they have now; one without quotes goes.
pub fn recompute(connection: &mut Connection, mut ids: Vec<Id>) -> Result<()> {
    ids.sort();
    ids.dedup();
    for ids in ids.chunks(RECOMPUTED_AT_ONCE) {
        // Only what ranks them: a statement that everybody makes has many quotes.
        let places: Vec<(Id, i64, Id, Id)> = on!(connection, |c| quote::table
            .filter(quote::statement_id.eq_any(ids))
            .select((quote::statement_id, quote::ordered_at, quote::article_id, quote::id))
            .load(c))?;
        let mut first: HashMap<Id, (bool, i64, Id, Id)> = HashMap::new();
        for (statement, ordered_at, article, quote) in places {
            let place = (ordered_at == UNDATED, ordered_at, article, quote);
            first.entry(statement).and_modify(|best| *best = place.min(*best)).or_insert(place);
        }
        let keys: Vec<quotes::Key> = first.values().map(|place| (place.2, place.3)).collect();
        for quote in quotes::load(connection, &keys)? {
            quote.statement().update(connection)?;
        }
        let gone: Vec<Id> = ids.iter().copied().filter(|id| !first.contains_key(id)).collect();
        let gone = statement::table.filter(statement::id.eq_any(gone));
        on!(connection, |c| diesel::delete(gone).execute(c))?;
    }
    Ok(())
}
