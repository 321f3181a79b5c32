//! Which quote of a statement was the first, and how certain that is.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::StatementRow;
use crate::domain::id::Id;
use crate::domain::statement::FirstQuotePrecision;
use crate::store::aggregate::counting::Counting;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::predicate::{Predicate, column};
use crate::store::quote::{self, QuoteRow};
use crate::store::schema::quote as quotes;
use crate::store::types::SqlId;
use crate::store::write::UNDATED;

/// How many quotes that may have been the first are shown.
pub const CANDIDATES: usize = 20;

/// How certain the first quote of a statement is.
#[derive(Debug, Clone, Copy)]
pub struct First {
    /// How certain.
    pub precision: FirstQuotePrecision,
    /// How many quotes are not certainly later than the first, itself among them.
    pub candidates: i64,
}

/// How certain the first quotes of these statements are.
pub fn firsts(connection: &mut Connection, rows: &[StatementRow]) -> Result<HashMap<Id, First>> {
    let latest = latest(connection, rows)?;
    if latest.is_empty() {
        return Ok(HashMap::new());
    }
    let not_later = latest.iter().map(|(statement, moment)| not_later(*statement, *moment));
    let counted = Counting::<(SqlId, BigInt, BigInt)>::new(format!(
        "SELECT quote.statement_id, count(*), \
         CAST(sum(CASE WHEN quote.ordered_at <= {} THEN 1 ELSE 0 END) AS BIGINT) \
         FROM quote WHERE ",
        // The smallest integer has no literal.
        UNDATED + 1
    ))
    .meets(&Predicate::Any(not_later.collect()))
    .sql(" GROUP BY quote.statement_id");
    let counts: Vec<(Id, i64, i64)> = on!(connection, |c| counted.load(c))?;
    let dated: HashMap<Id, bool> =
        rows.iter().map(|row| (row.id, row.ordered_at != UNDATED)).collect();
    let first = |(statement, candidates, undated): (Id, i64, i64)| {
        let is_dated = dated.get(&statement).copied().unwrap_or_default();
        let precision = FirstQuotePrecision::of(is_dated, candidates, undated);
        (statement, First { precision, candidates })
    };
    Ok(counts.into_iter().map(first).collect())
}

/// The quotes of these statements that are not certainly later than the first one, at most
/// [`CANDIDATES`] of each: the first one, then by date; what has no date comes last.
pub fn candidates(
    connection: &mut Connection,
    rows: &[StatementRow],
) -> Result<Vec<(Id, Vec<QuoteRow>)>> {
    let latest: HashMap<Id, i64> = latest(connection, rows)?.into_iter().collect();
    let most = i64::try_from(CANDIDATES).unwrap_or(i64::MAX);
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(moment) = latest.get(&row.id) else { continue };
        let of = quotes::table.filter(not_later(row.id, *moment));
        let dated = of
            .clone()
            .filter(quotes::ordered_at.gt(UNDATED))
            .order((quotes::ordered_at, quotes::article_id, quotes::id))
            .limit(most);
        let mut shown: Vec<QuoteRow> =
            on!(connection, |c| dated.select(QuoteRow::as_select()).load(c))?;
        if shown.len() < CANDIDATES {
            let undated = of
                .filter(quotes::ordered_at.eq(UNDATED))
                .order((quotes::article_id, quotes::id))
                .limit(most);
            let undated: Vec<QuoteRow> =
                on!(connection, |c| undated.select(QuoteRow::as_select()).load(c))?;
            shown.extend(undated);
            shown.truncate(CANDIDATES);
        }
        found.push((row.id, shown));
    }
    Ok(found)
}

fn not_later(statement: Id, moment: i64) -> Predicate {
    Predicate::All(vec![
        Predicate::ids(column!(quote.statement_id), vec![statement]),
        Predicate::AtMost(column!(quote.ordered_at), moment),
    ])
}

/// The last moment that the date of each statement's first quote allows.
fn latest(connection: &mut Connection, rows: &[StatementRow]) -> Result<Vec<(Id, i64)>> {
    let first: Vec<Id> = rows.iter().map(|row| row.first_quote_id).collect();
    let first = quote::by_id(connection, &first)?;
    let date = |row: QuoteRow| {
        let date = row.said_at().or_else(|| row.reported_at());
        (row.statement_id, date.map_or(row.ordered_at, |date| date.latest))
    };
    Ok(first.into_iter().map(date).collect())
}
