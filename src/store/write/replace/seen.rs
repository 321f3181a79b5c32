//! What an import that replaces articles has found up to now, in the database as it goes.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde::Serialize;

use super::{ASKED_AT_ONCE, Extractor};
use crate::domain::id::Id;
use crate::store::dialect::{Connection, insert_missing, on};
use crate::store::error::Result;
use crate::store::schema::import_seen;
use crate::store::write::Entry;

/// A row of `import_seen`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = import_seen)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct SeenRow {
    pub import_id: Id,
    pub article_id: Id,
    pub extractor: Vec<u8>,
    pub quote_id: Id,
    pub version: Option<String>,
}

impl SeenRow {
    /// Whether this says that a row of the article was rejected.
    pub fn spares(&self) -> bool {
        self.quote_id == self.article_id
    }
}

/// The rows of these articles in this import.
pub fn within(connection: &mut Connection, import: Id, articles: &[Id]) -> Result<Vec<SeenRow>> {
    let mut found = Vec::new();
    for articles in articles.chunks(ASKED_AT_ONCE) {
        let here = import_seen::table
            .filter(import_seen::import_id.eq(import))
            .filter(import_seen::article_id.eq_any(articles));
        found.extend(on!(connection, |c| here.select(SeenRow::as_select()).load(c))?);
    }
    Ok(found)
}

/// The next articles of this import in which anything was found or rejected, at most this many.
pub fn articles(connection: &mut Connection, import: Id, limit: i64) -> Result<Vec<Id>> {
    let here = import_seen::table
        .filter(import_seen::import_id.eq(import))
        .order(import_seen::article_id)
        .select(import_seen::article_id)
        .distinct()
        .limit(limit);
    Ok(on!(connection, |c| here.load(c))?)
}

/// Forgets these articles.
pub fn forget(connection: &mut Connection, import: Id, articles: &[Id]) -> Result<()> {
    let here = import_seen::table
        .filter(import_seen::import_id.eq(import))
        .filter(import_seen::article_id.eq_any(articles));
    on!(connection, |c| diesel::delete(here).execute(c))?;
    Ok(())
}

/// Forgets what an import has found that nobody goes on with.
pub fn give_up(connection: &mut Connection, import: Id) -> Result<()> {
    let all = import_seen::table.filter(import_seen::import_id.eq(import));
    on!(connection, |c| diesel::delete(all).execute(c))?;
    Ok(())
}

/// Remembers that rows of these articles were rejected.
pub fn spare(connection: &mut Connection, import: Id, articles: &[Id]) -> Result<()> {
    let row = |&article: &Id| SeenRow {
        import_id: import,
        article_id: article,
        extractor: Vec::new(),
        quote_id: article,
        version: None,
    };
    let rows: Vec<SeenRow> = articles.iter().map(row).collect();
    Ok(insert_missing!(connection, import_seen::table, &rows)?)
}

/// What was found in some articles, and what is to be written of it.
pub struct Seen {
    import: Id,
    known: HashSet<(Id, Extractor, Id)>,
    new: HashMap<(Id, Extractor, Id), Option<String>>,
}

impl Seen {
    /// As it is in the database.
    pub fn of(connection: &mut Connection, import: Id, articles: &[Id]) -> Result<Self> {
        let rows = within(connection, import, articles)?.into_iter();
        let key =
            |row: SeenRow| Some((row.article_id, row.extractor.try_into().ok()?, row.quote_id));
        Ok(Self { import, known: rows.filter_map(key).collect(), new: HashMap::new() })
    }

    /// Whether a batch before this one found the quote.
    pub fn has(&self, article: Id, extractor: &Extractor, quote: Id) -> bool {
        self.known.contains(&(article, *extractor, quote))
    }

    /// Adds what was found.
    pub fn add(&mut self, entry: &Entry) {
        let reading = &entry.account.reading;
        let key = (entry.article_id, reading.extractor_key(), entry.quote_id);
        if !self.known.contains(&key) {
            let version = reading.extractor.as_ref().and_then(|e| e.version.clone());
            self.new.insert(key, version);
        }
    }

    /// Writes what was added.
    pub fn write(self, connection: &mut Connection) -> Result<()> {
        let row = |((article_id, extractor, quote_id), version)| SeenRow {
            import_id: self.import,
            article_id,
            extractor: Vec::from(extractor as Extractor),
            quote_id,
            version,
        };
        let rows: Vec<SeenRow> = self.new.into_iter().map(row).collect();
        Ok(insert_missing!(connection, import_seen::table, &rows)?)
    }
}
