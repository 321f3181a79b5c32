//! Facets: how much there is of each value of a dimension.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};

use super::counting::Counting;
use super::{Over, Rows, timeline};
use crate::domain::facet::FacetDimension;
use crate::domain::id::Id;
use crate::domain::timeline::{TimelineUnit, buckets};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::types::SqlId;

/// An article keeps the publisher that it prints, which may have become another one since.
const PUBLISHER: &str = "coalesce(organisation.merged_into, organisation.id)";
const PUBLISHED: &str = "found AS quote JOIN article ON article.id = quote.article_id \
    JOIN organisation ON organisation.id = article.publisher_id";

/// The values of a dimension, the most frequent first; equally frequent ones by id or word.
#[derive(Debug, Clone)]
pub struct Facet {
    /// The dimension.
    pub by: FacetDimension,
    /// The most frequent values, each with how much there is of it.
    pub values: Vec<(Value, i64)>,
    /// How many values there are beyond these.
    pub further: i64,
    /// How much has no value.
    pub none: i64,
}

/// A value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A speaker or an organisation.
    Id(Id),
    /// A word of a vocabulary, a language, a year.
    Word(String),
}

/// Facets of the same rows, at most `first` values of each.
pub fn facets(
    connection: &mut Connection,
    over: &Over,
    by: &[FacetDimension],
    first: usize,
) -> Result<Vec<Facet>> {
    let rows = over.rows(connection)?;
    let mut statement = rows.counted(rows.found(&columns(by)).sql(format!(
        "SELECT CAST({TOTAL} AS BIGINT), {NO_ID}, {NO_WORD}, count(*) AS many, {NOTHING} AS number, {NOTHING} FROM "
    )));
    for (number, by) in by.iter().enumerate() {
        statement = match by {
            FacetDimension::Year => days(statement, &rows, number),
            by => most(statement, &rows, number, *by, first),
        };
    }
    let found: Vec<Found> = on!(connection, |c| statement.load(c))?;
    let total: i64 = found.iter().filter(|row| row.0 == TOTAL).map(|row| row.3).sum();
    let mut each: BTreeMap<i64, Vec<Found>> = BTreeMap::new();
    for row in found {
        each.entry(row.0).or_default().push(row);
    }
    let facet = |(by, number): (&FacetDimension, i64)| {
        let found = each.remove(&number).unwrap_or_default();
        match by {
            FacetDimension::Year => years(found, first, total),
            by => values(*by, found, total),
        }
    };
    Ok(by.iter().zip(0..).map(facet).collect())
}

/// A row of the statement: which of the dimensions, a value (an id or a word), how much there is of it;
/// then how many values there are and how much has one. Of a year: a day, how much, and the day's
/// number.
type Found = (i64, Option<Id>, Option<String>, i64, i64, i64);
type SqlFound = (BigInt, Nullable<SqlId>, Nullable<Text>, BigInt, BigInt, BigInt);

/// The dimension that is none: all there is.
const TOTAL: i64 = -1;
const NOTHING: &str = "CAST(0 AS BIGINT)";
const NO_ID: &str = "CAST(NULL AS uuid)";
const NO_WORD: &str = "CAST(NULL AS text)";

/// Goes on with the most frequent values of a dimension.
fn most(
    statement: Counting<SqlFound>,
    rows: &Rows,
    number: usize,
    by: FacetDimension,
    first: usize,
) -> Counting<SqlFound> {
    let value = |id, word| if by.has_entities() { id } else { word };
    let (id, word) = (value("value", NO_ID), value(NO_WORD, "value"));
    let with_value = match rows.statements {
        // A statement has as many values as its quotes.
        Some(_) if !is_own(by) => {
            let (from, value) = source(by);
            format!(
                "(SELECT count(DISTINCT quote.statement_id) FROM {from} WHERE {value} IS NOT NULL)"
            )
        }
        _ => "CAST(sum(many) OVER () AS BIGINT)".to_owned(),
    };
    let statement = statement.sql(format!(
        " UNION ALL SELECT * FROM (SELECT CAST({number} AS BIGINT), {id} AS id, {word} AS word, many, \
         count(*) OVER (), {with_value} FROM ("
    ));
    grouped(statement, rows, by).sql(format!(
        ") AS grouped_{number} ORDER BY many DESC, value LIMIT {first}) AS facet_{number}"
    ))
}

/// Goes on with each value and how much there is of it.
fn grouped(statement: Counting<SqlFound>, rows: &Rows, by: FacetDimension) -> Counting<SqlFound> {
    let (from, value) = source(by);
    match rows.statements {
        None => statement.sql(format!(
            "SELECT {value} AS value, count(*) AS many FROM {from} WHERE {value} IS NOT NULL \
             GROUP BY {value}"
        )),
        Some(_) if is_own(by) => {
            let value = value.replace("quote.", "statement.");
            let statement =
                statement.sql(format!("SELECT {value} AS value, count(*) AS many FROM "));
            rows.counted(statement).sql(format!(" AND {value} IS NOT NULL GROUP BY {value}"))
        }
        Some(_) => statement.sql(format!(
            "SELECT one.value, count(*) AS many FROM (SELECT DISTINCT {value} AS value, \
             quote.statement_id FROM {from} WHERE {value} IS NOT NULL) AS one GROUP BY one.value"
        )),
    }
}

/// Goes on with the days.
fn days(statement: Counting<SqlFound>, rows: &Rows, number: usize) -> Counting<SqlFound> {
    let (day, dated) = (timeline::day(rows.table()), timeline::dated(rows.table()));
    let statement = statement.sql(format!(
        " UNION ALL SELECT CAST({number} AS BIGINT), {NO_ID}, {NO_WORD}, count(*), {day}, {NOTHING} FROM "
    ));
    rows.counted(statement).sql(format!(" AND {dated} GROUP BY {day}"))
}

/// Where a dimension's values stand, seen from quotes.
fn source(by: FacetDimension) -> (&'static str, &'static str) {
    use crate::store::predicate::column;
    const QUOTE: &str = "found AS quote";
    match by {
        FacetDimension::Speaker => (QUOTE, column!(quote.speaker_id)),
        FacetDimension::Organisation => (QUOTE, column!(quote.organisation_id)),
        FacetDimension::Function => (QUOTE, column!(quote.function)),
        FacetDimension::Domain => (QUOTE, column!(quote.domain)),
        FacetDimension::Publisher => (PUBLISHED, PUBLISHER),
        FacetDimension::Kind => (QUOTE, column!(quote.kind)),
        FacetDimension::SpeakerKind => (QUOTE, column!(quote.speaker_kind)),
        FacetDimension::Language => (QUOTE, column!(quote.language)),
        FacetDimension::Year => (QUOTE, column!(quote.ordered_at)),
    }
}

/// The columns of quotes that these dimensions, and statements, are counted by.
fn columns(by: &[FacetDimension]) -> Vec<&'static str> {
    use crate::store::predicate::column;
    let column = |by: &FacetDimension| match by {
        FacetDimension::Publisher => column!(quote.article_id),
        by => source(*by).1,
    };
    let mut columns: Vec<&str> = by.iter().map(column).collect();
    columns.push(column!(quote.statement_id));
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Whether statements have the column themselves.
fn is_own(by: FacetDimension) -> bool {
    use FacetDimension::{Organisation, Speaker, SpeakerKind, Year};
    matches!(by, Speaker | Organisation | SpeakerKind | Year)
}

fn values(by: FacetDimension, found: Vec<Found>, total: i64) -> Facet {
    let (values, with_value) = found.first().map_or((0, 0), |row| (row.4, row.5));
    let further = values - i64::try_from(found.len()).unwrap_or(i64::MAX);
    let value =
        |(_, id, word, many, ..): Found| Some((id.map(Value::Id).or(word.map(Value::Word))?, many));
    let mut values: Vec<(Value, i64)> = found.into_iter().filter_map(value).collect();
    // A database may tell the parts of a statement in any order.
    values.sort_by(|(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
    Facet { by, values, further, none: total - with_value }
}

/// Every date lies in one year, however imprecise it is.
fn years(found: Vec<Found>, first: usize, total: i64) -> Facet {
    let days = found.iter().map(|row| (timeline::since_1970(row.4), row.3)).collect();
    let years = buckets(TimelineUnit::Year, &days, u64::MAX).unwrap_or_default();
    let mut years: Vec<_> = years.into_iter().filter(|year| year.count > 0).collect();
    let dated: i64 = years.iter().map(|year| year.count).sum();
    let further = years.len().saturating_sub(first);
    years.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    years.truncate(first);
    Facet {
        by: FacetDimension::Year,
        values: years.into_iter().map(|year| (Value::Word(year.label), year.count)).collect(),
        further: i64::try_from(further).unwrap_or(i64::MAX),
        none: total - dated,
    }
}
