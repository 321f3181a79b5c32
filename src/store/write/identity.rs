//! Which quote an entry is: the one that its words and place derive, unless the database or its row
//! knows better.

use std::borrow::Cow;
use std::collections::hash_map::Entry as MapEntry;
use std::collections::{HashMap, HashSet};

use super::batch::{Entry, load_readings};
use crate::domain::id::Id;
use crate::domain::reading::Reading;
use crate::domain::text::words;
use crate::store::dialect::{Connection, quotes};
use crate::store::error::Result;
use crate::store::moved::{self, MovedRow};

/// The entries with the ids of the quotes that they are. An id that a row states counts where the
/// database knows nothing of what the row derives; it is remembered then.
pub fn identify<'a>(connection: &mut Connection, entries: &'a [Entry]) -> Result<Cow<'a, [Entry]>> {
    let moved = moved::by_derived(connection, entries.iter().map(|entry| entry.article_id))?;
    let stated = |entry: &Entry| entry.stated_id().filter(|id| *id != entry.quote_id);
    let earlier = earlier(connection, &moved, entries)?;
    if moved.is_empty() && earlier.is_empty() && entries.iter().all(|e| stated(e).is_none()) {
        return Ok(Cow::Borrowed(entries));
    }
    let mut known = Known::of(connection, entries.iter().filter(|e| stated(e).is_some()))?;
    let mut entries = entries.to_vec();
    let mut rows = HashMap::new();
    for entry in &mut entries {
        let derived = entry.quote_id;
        if let Some(&id) = moved.get(&derived) {
            entry.quote_id = id;
        } else if let Some(id) = stated(entry) {
            // What a person changed stays the same quote, whatever its words are.
            let edited = entry.account.reading.is_edited();
            let is_open = !known.has(derived) || known.is_elsewhere(connection, derived, entry)?;
            if edited || is_open && known.may_be(connection, id, entry)? {
                entry.quote_id = id;
            }
            if !edited && entry.quote_id == id {
                let article_id = entry.article_id;
                rows.insert(derived, MovedRow { article_id, derived_id: derived, quote_id: id });
            }
        }
    }
    for row in earlier {
        rows.entry(row.derived_id).or_insert(row);
    }
    let rows: Vec<MovedRow> = rows.into_values().collect();
    moved::write(connection, &rows)?;
    Ok(Cow::Owned(entries))
}

/// By what else the quotes of an export are found, as far as the database does not know better.
fn earlier(
    connection: &mut Connection,
    moved: &HashMap<Id, Id>,
    entries: &[Entry],
) -> Result<Vec<MovedRow>> {
    let mut rows = Vec::new();
    for entry in entries {
        let Some(exported) = &entry.exported else { continue };
        let unknown = exported.earlier_ids.iter().filter(|id| !moved.contains_key(id));
        rows.extend(unknown.map(|&derived_id| MovedRow {
            article_id: entry.article_id,
            derived_id,
            quote_id: exported.id,
        }));
    }
    let keys: Vec<quotes::Key> = rows.iter().map(|row| (row.article_id, row.derived_id)).collect();
    let there: HashSet<Id> = quotes::load(connection, &keys)?.iter().map(|row| row.id).collect();
    rows.retain(|row| !there.contains(&row.derived_id));
    Ok(rows)
}

/// What the database has of the ids that rows state and of those that they derive.
struct Known {
    rows: HashMap<Id, super::QuoteValues>,
    words: HashMap<Id, Vec<String>>,
}

impl Known {
    fn of<'a>(
        connection: &mut Connection,
        entries: impl Iterator<Item = &'a Entry>,
    ) -> Result<Self> {
        let keys = entries.flat_map(|entry| {
            let ids = [Some(entry.quote_id), entry.stated_id()].into_iter().flatten();
            ids.map(|id| (entry.article_id, id))
        });
        let mut keys: Vec<quotes::Key> = keys.collect();
        keys.sort_unstable();
        keys.dedup();
        let rows = quotes::load(connection, &keys)?;
        Ok(Self {
            rows: rows.into_iter().map(|row| (row.id, row)).collect(),
            words: HashMap::new(),
        })
    }

    fn has(&self, id: Id) -> bool {
        self.rows.contains_key(&id)
    }

    /// Whether the quote of the id that an entry derives is one that does not derive it any more, as the
    /// entry's export knows: its words moved, and others stand in their place.
    fn is_elsewhere(
        &self,
        connection: &mut Connection,
        derived: Id,
        entry: &Entry,
    ) -> Result<bool> {
        let is_told = entry.exported.as_ref().is_some_and(|it| it.earlier_ids.contains(&derived));
        let Some(row) = self.rows.get(&derived).filter(|_| is_told) else { return Ok(false) };
        let readings = load_readings(connection, row.clone())?;
        let derives = |it: &Reading| it.quote_id(entry.article_id, &words(&it.text)) == derived;
        Ok(!readings.iter().any(derives))
    }

    /// Whether a quote of this id, if there is one, has the entry's words. Where the id belongs to
    /// other words, the entry gets its own.
    fn may_be(&mut self, connection: &mut Connection, id: Id, entry: &Entry) -> Result<bool> {
        let Some(row) = self.rows.get(&id) else { return Ok(true) };
        let all = match self.words.entry(id) {
            MapEntry::Occupied(there) => there.into_mut(),
            MapEntry::Vacant(place) => {
                let readings = load_readings(connection, row.clone())?;
                place.insert(readings.iter().map(|reading| words(&reading.text)).collect())
            }
        };
        Ok(all.contains(&entry.account.words))
    }
}
