//! What a person took away and shall not come back by itself: quotes, and whole articles.

use std::collections::HashMap;

use diesel::dsl::{exists, select};
use diesel::prelude::*;
use serde::Serialize;

use super::dialect::{Connection, on};
use super::error::Result;
use super::schema::removal;
use crate::domain::date::rfc3339;
use crate::domain::id::Id;

/// How many articles one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// A row of `removal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = removal)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct RemovalRow {
    pub article_id: Id,
    pub id: Id,
    pub reason: Option<String>,
    pub removed_at: i64,
    pub words: Option<Vec<u8>>,
}

impl RemovalRow {
    /// Whether the whole article was taken down.
    pub fn is_article(&self) -> bool {
        self.id == self.article_id
    }
}

impl std::fmt::Display for RemovalRow {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = rfc3339(self.removed_at);
        match self.is_article() {
            true => write!(out, "article {} was taken down at {at}", self.id)?,
            false => write!(out, "quote {} was deleted at {at}", self.id)?,
        }
        match &self.reason {
            Some(reason) => write!(out, ": {reason}"),
            None => Ok(()),
        }
    }
}

/// The removals in an article: of it, or of quotes in it, by their ids.
pub type Removals = HashMap<Id, RemovalRow>;

/// The removals in these articles, each named once or more.
pub fn within(
    connection: &mut Connection,
    articles: impl IntoIterator<Item = Id>,
) -> Result<Removals> {
    // Almost always there are none at all.
    let any = select(exists(removal::table.select(removal::id)));
    if !on!(connection, |c| any.get_result::<bool>(c))? {
        return Ok(Removals::new());
    }
    let mut articles: Vec<Id> = articles.into_iter().collect();
    articles.sort_unstable();
    articles.dedup();
    let mut found = Removals::new();
    for articles in articles.chunks(ASKED_AT_ONCE) {
        let here = removal::table.filter(removal::article_id.eq_any(articles));
        let rows = on!(connection, |c| here.select(RemovalRow::as_select()).load(c))?;
        found.extend(rows.into_iter().map(|row| (row.id, row)));
    }
    Ok(found)
}

/// The removal of this quote or article itself.
pub fn of(connection: &mut Connection, id: Id) -> Result<Option<RemovalRow>> {
    // A quote's id begins with its article's: the primary key is entered by that.
    let (from, to) = id.neighbours();
    let here = removal::article_id.between(from, to).and(removal::id.eq(id));
    let row = removal::table.filter(here);
    Ok(on!(connection, |c| row.select(RemovalRow::as_select()).first(c).optional())?)
}

/// Whether this quote was deleted, or the article that has ids like it taken down with all its quotes.
pub fn took(connection: &mut Connection, quote: Id) -> Result<bool> {
    let (from, to) = quote.neighbours();
    let it = removal::id.eq(quote).or(removal::id.eq(removal::article_id));
    let here = removal::table.filter(removal::article_id.between(from, to)).filter(it);
    let any = select(exists(here.select(removal::id)));
    Ok(on!(connection, |c| any.get_result::<bool>(c))?)
}

/// Remembers that something was removed.
pub fn remember(connection: &mut Connection, row: &RemovalRow) -> Result<()> {
    on!(connection, |c| diesel::insert_into(removal::table).values(row).execute(c))?;
    Ok(())
}

/// Forgets it, if it is remembered.
pub fn forget(connection: &mut Connection, article: Id, id: Id) -> Result<()> {
    let there = removal::table.filter(removal::article_id.eq(article)).filter(removal::id.eq(id));
    on!(connection, |c| diesel::delete(there).execute(c))?;
    Ok(())
}
