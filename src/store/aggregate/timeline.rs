//! Timelines: how much there is in each stretch of time.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::counting::Counting;
use super::{Over, Rows};
use crate::domain::timeline::{Bucket, DAY, TimelineUnit, TooLong, buckets};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;

/// Days from long before the year 0 to 1970: databases divide towards zero, and no date may be on
/// its other side.
const DAYS_BEFORE: i64 = 1_000_000;
/// How many moments one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// Counts along time, by the best date known (said, else reported).
#[derive(Debug, Clone)]
pub struct Timeline {
    /// From the first to the last that holds anything, without a gap.
    pub buckets: std::result::Result<Vec<Bucket>, TooLong>,
    /// How much has a date that does not lie within one bucket.
    pub imprecise: i64,
    /// How much has no date.
    pub undated: i64,
}

/// The timeline of these rows, of at most so many buckets.
pub fn timeline(
    connection: &mut Connection,
    over: &Over,
    by: TimelineUnit,
    most: u64,
) -> Result<Timeline> {
    let rows = over.rows(connection)?;
    let mut days = days(connection, &rows)?;
    let dated: i64 = days.values().sum();
    let undated = rows.total(connection)? - dated;
    let mut imprecise = 0;
    for (day, count) in too_coarse(connection, &rows, by, &days)? {
        imprecise += count;
        if let Some(all) = days.get_mut(&day) {
            *all -= count;
        }
    }
    Ok(Timeline { buckets: buckets(by, &days, most), imprecise, undated })
}

/// How many dated rows there are by the day (since 1970) at which their date begins.
pub(super) fn days(connection: &mut Connection, rows: &Rows) -> Result<BTreeMap<i64, i64>> {
    let (table, meet) = match rows {
        Rows::Quotes(meet) => ("quote", meet.clone()),
        Rows::Statements { own, quotes } => ("statement", Rows::statements(own, quotes.as_ref())),
    };
    let offset = DAYS_BEFORE * DAY;
    let counted = Counting::<(BigInt, BigInt)>::new(format!(
        "SELECT ({table}.ordered_at + {offset}) / {DAY} AS day, count(*) FROM {table} WHERE "
    ))
    .meets(&meet)
    .sql(format!(" AND {table}.ordered_at > -{offset} GROUP BY 1"));
    let found: Vec<(i64, i64)> = on!(connection, |c| counted.load(c))?;
    Ok(found.into_iter().map(|(day, count)| (day - DAYS_BEFORE, count)).collect())
}

/// Those whose date is too imprecise for a bucket. Such a date begins with a month or a year: only
/// what stands at these moments is looked up.
fn too_coarse(
    connection: &mut Connection,
    rows: &Rows,
    by: TimelineUnit,
    days: &BTreeMap<i64, i64>,
) -> Result<BTreeMap<i64, i64>> {
    let moments: Vec<i64> =
        days.keys().filter(|day| by.may_be_too_coarse(**day)).map(|day| day * DAY).collect();
    let coarse: Vec<String> =
        by.too_coarse().iter().map(|precision| format!("'{precision}'")).collect();
    let (from, at, meet) = match rows {
        Rows::Quotes(meet) => ("quote", "quote.ordered_at", meet.clone()),
        Rows::Statements { own, quotes } => (
            "statement JOIN quote ON quote.article_id = statement.first_article_id \
             AND quote.id = statement.first_quote_id",
            "statement.ordered_at",
            Rows::statements(own, quotes.as_ref()),
        ),
    };
    let mut found = BTreeMap::new();
    for moments in moments.chunks(ASKED_AT_ONCE) {
        let moments: Vec<String> = moments.iter().map(i64::to_string).collect();
        let counted = Counting::<(BigInt, BigInt)>::new(format!(
            "SELECT {at}, count(*) FROM {from} WHERE {at} IN ({}) \
             AND coalesce(quote.said_precision, quote.reported_precision) IN ({}) AND ",
            moments.join(", "),
            coarse.join(", ")
        ))
        .meets(&meet)
        .sql(format!(" GROUP BY {at}"));
        let rows: Vec<(i64, i64)> = on!(connection, |c| counted.load(c))?;
        found.extend(rows.into_iter().map(|(moment, count)| (moment.div_euclid(DAY), count)));
    }
    Ok(found)
}
