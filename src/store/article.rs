//! Articles: the sources of quotes.

use diesel::prelude::*;

use crate::domain::address::Address;
use crate::domain::date::{DatePrecision, FuzzyDate};
use crate::domain::id::Id;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::page::{Page, Window, page};
use crate::store::predicate::Predicate;
use crate::store::quote::ArticleMatch;
use crate::store::schema::article;

/// An article.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = article)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct ArticleRow {
    pub id: Id,
    pub url: Option<String>,
    pub site: Option<String>,
    pub document_id: Option<String>,
    pub title: Option<String>,
    pub publisher_id: Option<Id>,
    pub publisher_printed: Option<String>,
    pub authors: String,
    pub published_earliest: Option<i64>,
    pub published_latest: Option<i64>,
    pub published_precision: Option<DatePrecision>,
    pub language: Option<String>,
    pub licence: Option<String>,
    pub archive_url: Option<String>,
    pub ordered_at: i64,
}

impl ArticleRow {
    /// When it was published, as far as the source tells.
    pub fn published_at(&self) -> Option<FuzzyDate> {
        super::quote::fuzzy(
            self.published_earliest,
            self.published_latest,
            self.published_precision,
        )
    }
}

/// The articles of these ids that exist, in no order.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<ArticleRow>> {
    let query = article::table.filter(article::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(ArticleRow::as_select()).load(c))?)
}

/// The articles that an importer knew by this id: at most two, enough to tell one from several.
pub fn by_document(connection: &mut Connection, document: &str) -> Result<Vec<ArticleRow>> {
    // PostgreSQL takes no NUL, and nothing that is stored has one.
    if document.contains('\0') {
        return Ok(Vec::new());
    }
    let query =
        article::table.filter(article::document_id.eq(document)).order(article::id).limit(2);
    Ok(on!(connection, |c| query.select(ArticleRow::as_select()).load(c))?)
}

/// The article at an address, in any of its spellings.
pub fn by_address(connection: &mut Connection, address: &Address) -> Result<Option<ArticleRow>> {
    Ok(by_id(connection, &[super::quote::at_address(address)])?.into_iter().next())
}

/// Articles that meet all of `conditions`, newest first, undated last.
pub fn list(
    connection: &mut Connection,
    conditions: &[ArticleMatch],
    window: &Window,
) -> Result<Page<ArticleRow>> {
    let mut meets = Vec::with_capacity(conditions.len());
    for condition in conditions {
        meets.push(condition.predicate(connection)?);
    }
    let meets = Predicate::all(meets);
    page!(
        connection,
        article as ArticleRow,
        meets,
        window,
        true,
        article::ordered_at,
        article::id,
        Time
    )
}
