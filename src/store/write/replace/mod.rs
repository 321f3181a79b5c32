//! Articles that an extractor read again as a whole: which stored quotes its rows are, and, when the
//! whole input was read, what it did not find any more.
//!
//! Rows of one article may come in several batches, and a killed import goes on: what was found
//! stands in `import_seen` until [`sweep`](sweep::sweep) has looked at the article.

mod seen;
mod sweep;

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

pub use seen::SeenRow;
pub(super) use seen::{give_up, spare};
pub(super) use sweep::sweep;
pub use sweep::{Swept, Vanished};

use super::QuoteValues;
use super::batch::Entry;
use crate::domain::id::Id;
use crate::domain::reading::Reading;
use crate::domain::replacement::{Found, Standing, Words, assign, words_in};
use crate::domain::text::words;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::moved::{self, MovedRow};
use crate::store::quote::readings;
use crate::store::removal;
use crate::store::schema::quote;
use seen::Seen;

/// How many articles one statement asks for.
const ASKED_AT_ONCE: usize = 200;

/// An extractor's name, as [`Reading::extractor_key`] has it.
type Extractor = [u8; 16];

/// By quote: the extractors that this import meets there for the first time, whose older readings
/// make way.
pub type Fresh = HashMap<Id, HashSet<Extractor>>;

/// A stored quote with every reading of it, the shown one first.
struct Stored {
    row: QuoteValues,
    readings: Vec<Reading>,
}

/// The quotes of these articles, by article.
fn stored(connection: &mut Connection, articles: &[Id]) -> Result<HashMap<Id, Vec<Stored>>> {
    let mut found: HashMap<Id, Vec<Stored>> = HashMap::new();
    for articles in articles.chunks(ASKED_AT_ONCE) {
        let here = quote::table.filter(quote::article_id.eq_any(articles));
        let rows = on!(connection, |c| here.select(QuoteValues::as_select()).load(c))?;
        let keys: Vec<(Id, Id)> = rows.iter().map(|row| (row.article_id, row.id)).collect();
        let mut others: HashMap<Id, Vec<Reading>> = HashMap::new();
        for (id, reading) in readings(connection, &keys)? {
            others.entry(id).or_default().push(reading);
        }
        for row in rows {
            let mut readings = vec![row.clone().reading()?];
            readings.extend(others.remove(&row.id).unwrap_or_default());
            found.entry(row.article_id).or_default().push(Stored { row, readings });
        }
    }
    Ok(found)
}

/// The entries with the ids of the quotes that they are, and whose older readings make way. That
/// they were found, and which ids are derived now, is written.
pub(super) fn identify(
    connection: &mut Connection,
    entries: &[Entry],
    import: Id,
) -> Result<(Vec<Entry>, Fresh)> {
    let mut groups: BTreeMap<(Id, Extractor), Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let extractor = entry.account.reading.extractor_key();
        groups.entry((entry.article_id, extractor)).or_default().push(at);
    }
    let mut articles: Vec<Id> = groups.keys().map(|(article, _)| *article).collect();
    articles.dedup();
    let stored = stored(connection, &articles)?;
    let mut moved = moved::by_derived(connection, articles.iter().copied())?;
    let mut removed: HashMap<Id, Vec<(Id, Option<Words>)>> = HashMap::new();
    for row in removal::within(connection, articles.iter().copied())?.into_values() {
        let words = row.words.and_then(|words| words.try_into().ok());
        removed.entry(row.article_id).or_default().push((row.id, words));
    }
    let mut seen = Seen::of(connection, import, &articles)?;
    let mut ids: HashMap<Id, Id> = HashMap::new();
    let mut fresh = Fresh::new();
    let mut rows = Vec::new();
    // Quotes that these entries make, which are there for the next extractor.
    let mut made: HashMap<Id, HashSet<Id>> = HashMap::new();
    for ((article_id, extractor), at) in &groups {
        let here = stored.get(article_id).map(Vec::as_slice).unwrap_or_default();
        let gone = removed.get(article_id).map(Vec::as_slice).unwrap_or_default();
        let unseen = |id: Id| !seen.has(*article_id, extractor, id);
        let mut standing: Vec<Standing> =
            here.iter().map(|one| one.standing(extractor, unseen(one.row.id))).collect();
        standing.extend(gone.iter().map(|(id, words)| Standing {
            id: *id,
            open: unseen(*id),
            words: words.iter().copied().collect(),
            speakers: Vec::new(),
            place: i64::MAX,
        }));
        let made = made.entry(*article_id).or_default();
        standing.extend(made.iter().map(|&id| Standing::made(id)));
        let found = at.iter().filter_map(|&at| entries.get(at));
        let found: Vec<Found> = found.map(|entry| entry.found(&moved)).collect();
        for (derived_id, quote_id) in assign(&standing, &found) {
            ids.insert(derived_id, quote_id);
            made.insert(quote_id);
            if moved.insert(derived_id, quote_id).unwrap_or(derived_id) != quote_id {
                rows.push(MovedRow { article_id: *article_id, derived_id, quote_id });
            }
            if unseen(quote_id) {
                fresh.entry(quote_id).or_default().insert(*extractor);
            }
        }
    }
    moved::write(connection, &rows)?;
    let mut entries = entries.to_vec();
    for entry in &mut entries {
        if let Some(&id) = ids.get(&entry.quote_id) {
            entry.quote_id = id;
        }
        seen.add(entry);
    }
    seen.write(connection)?;
    Ok((entries, fresh))
}

impl Entry {
    fn found(&self, moved: &HashMap<Id, Id>) -> Found {
        let reading = &self.account.reading;
        Found {
            derived: self.quote_id,
            moved: moved.get(&self.quote_id).copied().or(self.stated_id()),
            words: words_in(self.article_id, &self.account.words),
            speaker: reading.printed.speaker.as_deref().map(words),
            place: reading.place(),
        }
    }
}

impl Stored {
    fn standing(&self, extractor: &Extractor, unseen: bool) -> Standing {
        let own = self.readings.iter().filter(|reading| reading.extractor_key() == *extractor);
        let own: Vec<&Reading> = own.collect();
        let first = own.first();
        Standing {
            id: self.row.id,
            open: unseen && first.is_some(),
            words: own
                .iter()
                .map(|reading| words_in(self.row.article_id, &words(&reading.text)))
                .collect(),
            speakers: own
                .iter()
                .filter_map(|reading| reading.printed.speaker.as_deref().map(words))
                .collect(),
            place: first.map_or(i64::MAX, |reading| reading.place()),
        }
    }
}

/// The words by which a removed quote is known in another place of its article.
pub(super) fn words_of(article: Id, readings: &[Reading]) -> Option<Vec<u8>> {
    // A person's words stand in no article.
    let printed = readings.iter().find(|reading| !reading.is_edited()).or(readings.first());
    printed.map(|reading| words_in(article, &words(&reading.text)).to_vec())
}
