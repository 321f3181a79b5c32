//! A batch of entries in one transaction: what is new, what was known, what changed.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;

use super::identity::identify;
use super::meaning::{self, Settling, Shown};
use super::named::{Memory, Named, write_named};
use super::quote::{QuoteValues, ReadingValues};
use super::remove::{forget_named, forget_unused};
use super::replace::{self, Fresh};
use super::shared::ArticleValues;
use super::statements::recompute;
use crate::domain::article::Article;
use crate::domain::id::Id;
use crate::domain::reading::{Effect, Reading, absorb};
use crate::domain::resolution::{Resolution, ResolvedOrganisation, resolve};
use crate::domain::text::words;
use crate::store::corpus::Delta;
use crate::store::dialect::{Connection, insert, on, quotes};
use crate::store::error::Result;
use crate::store::quote::{reading, readings};
use crate::store::removal::{self, RemovalRow};
use crate::store::schema::quote_reading;
use crate::store::search;

/// One quote in one article, as a row gives it, with what can be worked out from it alone.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The article's identity.
    pub article_id: Id,
    /// What the row says of it, shared by all quotes of a document.
    pub article: Arc<Article>,
    /// The quote's identity.
    pub quote_id: Id,
    /// What an export says of it.
    pub exported: Option<Box<Exported>>,
    /// What the row says of the quote, shared by all articles of the row.
    pub account: Arc<Account>,
}

impl Entry {
    /// An account in an article; `None` where the article has no identity.
    pub fn new(article: impl Into<Arc<Article>>, account: Arc<Account>) -> Option<Self> {
        let article = article.into();
        let article_id = article.id()?;
        let quote_id = account.reading.quote_id(article_id, &account.words);
        Some(Self { article_id, article, quote_id, exported: None, account })
    }

    /// The same, with what an export says of it.
    pub fn exported(self, exported: Option<Exported>) -> Self {
        Self { exported: exported.map(Box::new), ..self }
    }

    /// The quote's id as its row states it, where it does.
    pub fn stated_id(&self) -> Option<Id> {
        self.exported.as_ref().map(|exported| exported.id)
    }

    fn vanished(&self) -> Option<&VanishedNote> {
        self.exported.as_ref().and_then(|exported| exported.vanished.as_ref())
    }
}

/// What a row of an export says of its quote beside the reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The quote's id.
    pub id: Id,
    /// What also derives this quote's id, since its words moved in their article.
    pub earlier_ids: Vec<Id>,
    /// Whether it had vanished.
    pub vanished: Option<VanishedNote>,
}

impl Exported {
    /// Whether it says more than which quote this is.
    pub fn tells_more_than_the_id(&self) -> bool {
        !self.earlier_ids.is_empty() || self.vanished.is_some()
    }
}

/// When a quote vanished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VanishedNote {
    /// In microseconds since 1970 (UTC).
    pub at: i64,
    /// In which import.
    pub by: Id,
    /// The version of the extractor that did not find it any more.
    pub version: Option<String>,
}

/// What a row says of a quote, with what can be worked out from that alone.
#[derive(Debug)]
pub struct Account {
    /// What the row says.
    pub reading: Reading,
    /// What that means.
    pub resolution: Resolution,
    /// Wikidata items that the extractor thinks the speaker may be.
    pub(super) candidates: Vec<String>,
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

/// What a batch does to what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Readings join those that are kept.
    #[default]
    Add,
    /// An extractor's readings take the place of all that it found in their articles before.
    Replace {
        /// The import, which holds its articles whole.
        import: Id,
    },
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

/// What the database and this batch hold of one quote.
struct Held {
    /// As stored before the batch; `None` for a new quote.
    row: Option<QuoteValues>,
    /// The readings to keep, best first; `None` as long as the stored ones were not needed.
    readings: Option<Vec<Reading>>,
    /// As they were before older ones made way to those of this batch; `None` where none did.
    replaced: Option<Vec<Reading>>,
    /// Whether it had vanished and is there again.
    found: bool,
    /// That it vanished where it was exported, of a new one.
    vanished: Option<VanishedNote>,
    touched: bool,
}

impl Held {
    fn of(row: Option<QuoteValues>) -> Self {
        Self { row, readings: None, replaced: None, found: false, vanished: None, touched: false }
    }

    /// Whether it is stored just so, whatever was done to it on the way.
    fn is_as_before(&self) -> bool {
        !self.found && self.replaced.is_some() && self.replaced == self.readings
    }

    /// Whether it had vanished and this finds it again: not a person who writes of it, nor, unless
    /// whole articles are replaced, an older version of the extractor that found it no more.
    fn is_found_by(&self, reading: &Reading) -> bool {
        let Some(row) = self.row.as_ref().filter(|row| row.vanished_at.is_some()) else {
            return false;
        };
        let before = self.readings.iter().flatten();
        let name = reading.extractor_key();
        let same = before.into_iter().any(|reading| reading.extractor_key() == name);
        let version = row.vanished_version.as_deref();
        let older = Reading::by_version(Some(reading.version()), version) == Ordering::Less;
        let is_news = self.replaced.is_some() || !(same && older);
        !self.found && !reading.is_edited() && is_news
    }
}

/// Writes a batch inside the caller's transaction; one outcome an entry, in order.
pub fn write(
    connection: &mut Connection,
    memory: &mut Memory,
    entries: &[Entry],
    mode: Mode,
) -> Result<Vec<Outcome>> {
    let (entries, fresh) = match mode {
        Mode::Add => (identify(connection, entries)?, Fresh::new()),
        Mode::Replace { import } => {
            let (entries, fresh) = replace::identify(connection, entries, import)?;
            (Cow::Owned(entries), fresh)
        }
    };
    let entries = &*entries;
    let removals = removal::within(connection, entries.iter().map(|entry| entry.article_id))?;
    if removals.is_empty() {
        return write_all(connection, memory, entries, &fresh);
    }
    let removed = |e: &Entry| removals.get(&e.article_id).or_else(|| removals.get(&e.quote_id));
    let left: Vec<Entry> = entries.iter().filter(|e| removed(e).is_none()).cloned().collect();
    let mut outcomes = write_all(connection, memory, &left, &fresh)?.into_iter();
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
    fresh: &Fresh,
) -> Result<Vec<Outcome>> {
    let told = write_shared(connection, memory, entries)?;
    let mut held = load_held(connection, entries)?;
    make_way(connection, &mut held, fresh)?;
    let mut order = Vec::new();
    let mut outcomes = Vec::with_capacity(entries.len());
    // A row that tells nothing new of its quote may still tell something of its article.
    let otherwise_known = |tells: bool| match tells {
        true => Outcome::Changed { readings: 1 },
        false => Outcome::Known,
    };
    for (entry, &tells) in entries.iter().zip(&told) {
        let quote = held.entry(entry.quote_id).or_insert_with(|| Held::of(None));
        let new_here = quote.row.is_none() && quote.readings.is_none();
        let vanished = quote.row.as_ref().is_some_and(|row| row.vanished_at.is_some());
        let known = quote.readings.is_none()
            && !vanished
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
        quote.readings = Some(kept);
        let vanished = entry.vanished();
        let found = vanished.is_none() && quote.is_found_by(&entry.account.reading);
        quote.found |= found;
        let kept = quote.readings.take().unwrap_or_default();
        match absorb(kept.clone(), entry.account.reading.clone()) {
            Effect::Known if found => {
                outcomes.push(Outcome::Changed { readings: kept.len() });
                quote.readings = Some(kept);
            }
            Effect::Known => {
                quote.readings = Some(kept);
                outcomes.push(otherwise_known(tells));
                continue;
            }
            Effect::Changed(now) => {
                outcomes.push(if new_here {
                    quote.vanished = vanished.cloned();
                    Outcome::Accepted
                } else {
                    Outcome::Changed { readings: now.len() }
                });
                quote.readings = Some(now);
            }
        }
        if !quote.touched {
            quote.touched = true;
            order.push((entry.article_id, entry.quote_id));
        }
    }
    // Of what made way and came again nothing is new.
    let quotes = entries.iter().map(|entry| held.get(&entry.quote_id));
    for ((quote, outcome), tells) in quotes.zip(&mut outcomes).zip(told) {
        if let Some(readings) =
            quote.filter(|q| q.replaced.is_some()).and_then(|q| q.readings.as_ref())
        {
            *outcome = match quote.is_some_and(Held::is_as_before) {
                true => otherwise_known(tells),
                false => Outcome::Changed { readings: readings.len() },
            };
        }
    }
    order.retain(|(_, id)| held.get(id).is_some_and(|quote| !quote.is_as_before()));
    let gone = gone(&held);
    write_quotes(connection, memory, &order, &mut held, entries)?;
    if !gone.is_empty() {
        forget_named(connection, &gone)?;
        memory.forget_rows();
    }
    Ok(outcomes)
}

/// Takes the older readings of extractors that read whole articles again from the quotes that these
/// find there.
fn make_way(
    connection: &mut Connection,
    held: &mut HashMap<Id, Held>,
    fresh: &Fresh,
) -> Result<()> {
    let rows = fresh.keys().filter_map(|id| held.get(id)?.row.clone());
    let rows: Vec<QuoteValues> = rows.collect();
    let keys: Vec<(Id, Id)> = rows.iter().map(|row| (row.article_id, row.id)).collect();
    let mut others: HashMap<Id, Vec<Reading>> = HashMap::new();
    if !keys.is_empty() {
        for (id, reading) in readings(connection, &keys)? {
            others.entry(id).or_default().push(reading);
        }
    }
    for row in rows {
        let (Some(quote), Some(extractors)) = (held.get_mut(&row.id), fresh.get(&row.id)) else {
            continue;
        };
        let mut all = others.remove(&row.id).unwrap_or_default();
        all.push(row.reading()?);
        all.sort_by(Reading::rank);
        let stays = |reading: &&Reading| !extractors.contains(&reading.extractor_key());
        quote.readings = Some(all.iter().filter(stays).cloned().collect());
        quote.replaced = Some(all);
    }
    Ok(())
}

/// The readings that made way and name somebody whom what stands in their place does not name.
fn gone(held: &HashMap<Id, Held>) -> Vec<Reading> {
    let mut gone = Vec::new();
    for quote in held.values() {
        let (Some(before), Some(now)) = (&quote.replaced, &quote.readings) else { continue };
        let printed = |reading: &&Reading| now.iter().any(|other| other.printed == reading.printed);
        gone.extend(before.iter().filter(|reading| !printed(reading)).cloned());
    }
    gone
}

/// Writes stored quotes with these readings instead of those that they have.
pub fn rewrite(
    connection: &mut Connection,
    memory: &mut Memory,
    quotes: Vec<(QuoteValues, Vec<Reading>)>,
) -> Result<()> {
    let order: Vec<(Id, Id)> = quotes.iter().map(|(row, _)| (row.article_id, row.id)).collect();
    let held = quotes.into_iter().map(|(row, mut readings)| {
        readings.sort_by(Reading::rank);
        (row.id, Held { readings: Some(readings), ..Held::of(Some(row)) })
    });
    write_quotes(connection, memory, &order, &mut held.collect(), &[])
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
    // What the rest of an article may settle is written when that is known.
    let closed = entries.iter().filter(|entry| entry.account.resolution.unsettled().is_none());
    let named: Vec<Named<'_>> = closed.map(|entry| Named::of(&entry.account)).collect();
    write_named(connection, memory, &named, &publishers)?;
    let articles = entries.iter().map(|e| ArticleValues::of(e.article_id, &e.article));
    Ok(memory.articles.absorb(connection, articles.collect())?)
}

/// What the database has of the quotes of a batch.
fn load_held(connection: &mut Connection, entries: &[Entry]) -> Result<HashMap<Id, Held>> {
    let mut keys: Vec<quotes::Key> = entries.iter().map(|e| (e.article_id, e.quote_id)).collect();
    keys.sort_unstable();
    keys.dedup();
    let held = quotes::load(connection, &keys)?.into_iter().map(|row| {
        let id = row.id;
        (id, Held::of(Some(row)))
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
    let (mut writes, mut others, mut risen) = (Vec::new(), Vec::new(), Vec::new());
    let mut notes = HashMap::new();
    for &(article_id, id) in order {
        let Some(Held { row, readings: Some(readings), found, vanished, .. }) = held.remove(&id)
        else {
            continue;
        };
        notes.extend(vanished.map(|note| (id, note)));
        let row = if found { row.map(|row| row.vanished_as(None)) } else { row };
        let Some((shown, contradicting)) = readings.split_first() else { continue };
        let account = match resolved.get(&id) {
            Some(entry) if entry.account.reading == *shown => Arc::clone(&entry.account),
            _ => {
                let account = Arc::new(Account::new(shown.clone(), Vec::new()));
                risen.push(Arc::clone(&account));
                account
            }
        };
        writes.push(Shown { article_id, id, account, before: row });
        others.extend(contradicting.iter().map(|other| ReadingValues::of(article_id, id, other)));
    }
    // Whom a reading names that stood below others may have been removed with their last quote.
    risen.retain(|account| account.resolution.unsettled().is_none());
    let named: Vec<Named<'_>> = risen.iter().map(|account| Named::of(account)).collect();
    write_named(connection, memory, &named, &[])?;

    let Settling { rows, before: mut left } = meaning::settle(connection, memory, &writes)?;
    let (mut new, mut changed, mut disturbed) = (Vec::new(), Vec::new(), Vec::new());
    let mut delta = Delta::default();
    for (write, row) in writes.iter().zip(rows) {
        match &write.before {
            None => new.push(row.vanished_since(notes.remove(&write.id))),
            Some(before) => {
                disturbed.extend([before.statement_id, row.statement_id]);
                delta.take(before);
                delta.add(&row);
                changed.push(row);
                left.extend(before.is_unsettled().then(|| before.clone()));
            }
        }
    }
    let statements = new.iter().chain(&changed).map(QuoteValues::statement).collect();
    QuoteValues::write(connection, &new)?;
    quotes::replace(connection, &changed)?;
    search::replace(connection, writes.iter().filter_map(|write| write.before.as_ref()), &changed)?;
    delta.write(connection)?;
    insert!(connection, quote_reading::table, &others)?;
    memory.statements.absorb(connection, statements)?;
    if !disturbed.is_empty() {
        recompute(connection, disturbed)?;
        memory.statements.forget();
    }
    if !left.is_empty() {
        // What they left open may name nobody any more, now that everything is written.
        let rules = memory.rules(connection)?;
        forget_unused(connection, &rules, &left.iter().collect::<Vec<_>>())?;
        memory.forget_rows();
    }
    Ok(())
}
