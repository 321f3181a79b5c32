//! Timelines: how much there is in each stretch of time.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};

use super::{Over, Rows};
use crate::domain::timeline::{Bucket, DAY, TimelineUnit, TooLong, buckets};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::predicate::column;

/// Days from long before the year 0 to 1970: databases divide towards zero, and no date may be on
/// its other side.
const DAYS_BEFORE: i64 = 1_000_000;
/// What is read of quotes.
const COLUMNS: [&str; 4] = [
    column!(quote.statement_id),
    column!(quote.ordered_at),
    column!(quote.said_precision),
    column!(quote.reported_precision),
];
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
    let (mut days, undated) = days(connection, &rows)?;
    let mut imprecise = 0;
    for (day, count) in too_coarse(connection, &rows, by, &days)? {
        imprecise += count;
        if let Some(all) = days.get_mut(&day) {
            *all -= count;
        }
    }
    Ok(Timeline { buckets: buckets(by, &days, most), imprecise, undated })
}

/// The number of the day at which a row's date begins, in SQL; see [`since_1970`].
pub(super) fn day(table: &str) -> String {
    format!("({table}.ordered_at + {}) / {DAY}", DAYS_BEFORE * DAY)
}

/// That a row has a date, in SQL.
pub(super) fn dated(table: &str) -> String {
    format!("{table}.ordered_at > -{}", DAYS_BEFORE * DAY)
}

/// The number of a day since 1970, of a number that [`day`] told.
pub(super) fn since_1970(day: i64) -> i64 {
    day - DAYS_BEFORE
}

/// How many dated rows there are by the day (since 1970) at which their date begins, and how many
/// undated ones.
fn days(connection: &mut Connection, rows: &Rows) -> Result<(BTreeMap<i64, i64>, i64)> {
    let (day, dated) = (day(rows.table()), dated(rows.table()));
    let counted = rows
        .found::<(Nullable<BigInt>, BigInt)>(&COLUMNS)
        .sql(format!("SELECT CASE WHEN {dated} THEN {day} END AS day, count(*) FROM "));
    let counted = rows.counted(counted).sql(" GROUP BY 1");
    let found: Vec<(Option<i64>, i64)> = on!(connection, |c| counted.load(c))?;
    let undated = found.iter().filter(|(day, _)| day.is_none()).map(|(_, count)| count).sum();
    let days = found.into_iter().filter_map(|(day, count)| Some((since_1970(day?), count)));
    Ok((days.collect(), undated))
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
    let table = rows.table();
    let precision = match rows.statements {
        None => "coalesce(quote.said_precision, quote.reported_precision)",
        Some(_) => {
            "(SELECT coalesce(quote.said_precision, quote.reported_precision) FROM quote \
             WHERE quote.article_id = statement.first_article_id \
             AND quote.id = statement.first_quote_id)"
        }
    };
    let mut found = BTreeMap::new();
    for moments in moments.chunks(ASKED_AT_ONCE) {
        let moments: Vec<String> = moments.iter().map(i64::to_string).collect();
        let counted = rows
            .found::<(BigInt, BigInt)>(&COLUMNS)
            .sql(format!("SELECT {table}.ordered_at, count(*) FROM "));
        let counted = rows.counted(counted).sql(format!(
            " AND {table}.ordered_at IN ({}) AND {precision} IN ({}) GROUP BY 1",
            moments.join(", "),
            coarse.join(", ")
        ));
        let rows: Vec<(i64, i64)> = on!(connection, |c| counted.load(c))?;
        found.extend(rows.into_iter().map(|(moment, count)| (moment.div_euclid(DAY), count)));
    }
    Ok(found)
}
