//! How many independent sources carry a statement.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Reach;
use crate::domain::id::Id;
use crate::domain::independence::{Print, independent as sources};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{article, quote};

/// How many quotes of a statement are compared; of one with more nothing is said.
const COMPARED: i64 = 1_000;

/// What an article shows of where it has a statement from.
#[derive(Queryable)]
struct Row {
    statement_id: Id,
    article_id: Id,
    publisher_id: Option<Id>,
    site: Option<String>,
    url: Option<String>,
    title: Option<String>,
    authors: String,
    context_before: Option<String>,
    context_after: Option<String>,
}

/// How many independent sources carry these statements, at most; a statement of more than a
/// thousand quotes is not in the answer.
pub fn independent(connection: &mut Connection, reach: &[Reach]) -> Result<HashMap<Id, i64>> {
    let compared = reach.iter().filter(|reach| reach.quotes <= COMPARED);
    let ids: Vec<Id> = compared.map(|reach| reach.statement_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let columns = (
        quote::statement_id,
        quote::article_id,
        article::publisher_id,
        article::site,
        article::url,
        article::title,
        article::authors,
        quote::context_before,
        quote::context_after,
    );
    let rows = quote::table
        .inner_join(article::table.on(article::id.eq(quote::article_id)))
        .filter(quote::statement_id.eq_any(&ids))
        .select(columns);
    let rows: Vec<Row> = on!(connection, |c| rows.load(c))?;
    let read = |row: Row| {
        let authors: Vec<String> = serde_json::from_str(&row.authors)
            .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
        Ok((row, authors))
    };
    let rows: Vec<(Row, Vec<String>)> = rows.into_iter().map(read).collect::<QueryResult<_>>()?;
    let mut prints: HashMap<Id, Vec<Print<'_>>> = HashMap::new();
    for (row, authors) in &rows {
        prints.entry(row.statement_id).or_default().push(Print {
            article: Some(row.article_id),
            publisher: row.publisher_id,
            site: row.site.as_deref(),
            url: row.url.as_deref(),
            title: row.title.as_deref(),
            authors,
            context_before: row.context_before.as_deref(),
            context_after: row.context_after.as_deref(),
        });
    }
    let count = |prints: &Vec<Print<'_>>| i64::try_from(sources(prints)).unwrap_or(i64::MAX);
    Ok(prints.iter().map(|(id, prints)| (*id, count(prints))).collect())
}
