//! Facets: how much there is of each value of a dimension.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::counting::Counting;
use super::{Over, Rows, number, timeline};
use crate::domain::facet::FacetDimension;
use crate::domain::id::Id;
use crate::domain::timeline::{TimelineUnit, buckets};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::types::SqlId;

/// An article keeps the publisher that it prints, which may have become another one since.
const PUBLISHER: &str = "coalesce(organisation.merged_into, organisation.id)";
const PUBLISHED: &str = "quote JOIN article ON article.id = quote.article_id \
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A speaker or an organisation.
    Id(Id),
    /// A word of a vocabulary, a language, a year.
    Word(String),
}

impl From<Id> for Value {
    fn from(id: Id) -> Self {
        Self::Id(id)
    }
}

impl From<String> for Value {
    fn from(word: String) -> Self {
        Self::Word(word)
    }
}

/// Facets of the same rows, at most `first` values of each.
pub fn facets(
    connection: &mut Connection,
    over: &Over,
    by: &[FacetDimension],
    first: usize,
) -> Result<Vec<Facet>> {
    let rows = over.rows(connection)?;
    let total = rows.total(connection)?;
    by.iter().map(|by| facet(connection, &rows, *by, first, total)).collect()
}

/// The most frequent values, in columns of this type.
macro_rules! most {
    ($connection:expr, $rows:expr, $by:expr, $first:expr, $sql:ty => $value:ty) => {{
        let counted = grouped($rows, $by).within::<($sql, BigInt, BigInt, BigInt)>(
            "WITH counted AS MATERIALIZED (",
            format!(
                ") SELECT counted.value, counted.many, (SELECT count(*) FROM counted), \
                 (SELECT CAST(sum(counted.many) AS BIGINT) FROM counted) \
                 FROM counted ORDER BY counted.many DESC, counted.value LIMIT {}",
                $first
            ),
        );
        let found: Vec<($value, i64, i64, i64)> = on!($connection, |c| counted.load(c))?;
        let all = found.first().map_or((0, 0), |(_, _, values, rows)| (*values, *rows));
        let values = found.into_iter().map(|(value, many, _, _)| (Value::from(value), many));
        (values.collect::<Vec<_>>(), Found { values: all.0, rows: all.1 })
    }};
}

fn facet(
    connection: &mut Connection,
    rows: &Rows,
    by: FacetDimension,
    first: usize,
    total: i64,
) -> Result<Facet> {
    let (values, found) = match by {
        FacetDimension::Year => return years(connection, rows, first, total),
        by if by.has_entities() => most!(connection, rows, by, first, SqlId => Id),
        by => most!(connection, rows, by, first, Text => String),
    };
    let further = found.values - i64::try_from(values.len()).unwrap_or(i64::MAX);
    let with_value = match rows {
        Rows::Statements { own, quotes } if !is_own(by) => {
            let (from, value) = source(by);
            let count = Counting::new(format!(
                "SELECT count(DISTINCT quote.statement_id) FROM {from} WHERE {value} IS NOT NULL AND "
            ));
            number(connection, count.meets(&Rows::quotes_of_statements(own, quotes.as_ref())))?
        }
        _ => found.rows,
    };
    Ok(Facet { by, values, further, none: total - with_value })
}

/// How many values were found, and in how many rows.
struct Found {
    values: i64,
    rows: i64,
}

/// Each value with how much there is of it.
fn grouped(rows: &Rows, by: FacetDimension) -> Counting<()> {
    let (from, value) = source(by);
    match rows {
        Rows::Quotes(meet) => {
            Counting::new(format!("SELECT {value} AS value, count(*) AS many FROM {from} WHERE "))
                .meets(meet)
                .sql(format!(" AND {value} IS NOT NULL GROUP BY {value}"))
        }
        Rows::Statements { own, quotes } if is_own(by) => {
            let value = value.replace("quote.", "statement.");
            Counting::new(format!(
                "SELECT {value} AS value, count(*) AS many FROM statement WHERE "
            ))
            .meets(&Rows::statements(own, quotes.as_ref()))
            .sql(format!(" AND {value} IS NOT NULL GROUP BY {value}"))
        }
        Rows::Statements { own, quotes } => Counting::new(format!(
            "SELECT one.value, count(*) AS many \
             FROM (SELECT DISTINCT {value} AS value, quote.statement_id FROM {from} WHERE "
        ))
        .meets(&Rows::quotes_of_statements(own, quotes.as_ref()))
        .sql(format!(" AND {value} IS NOT NULL) AS one GROUP BY one.value")),
    }
}

/// Where a dimension's values stand, seen from quotes.
fn source(by: FacetDimension) -> (&'static str, &'static str) {
    use crate::store::predicate::column;
    match by {
        FacetDimension::Speaker => ("quote", column!(quote.speaker_id)),
        FacetDimension::Organisation => ("quote", column!(quote.organisation_id)),
        FacetDimension::Function => ("quote", column!(quote.function)),
        FacetDimension::Domain => ("quote", column!(quote.domain)),
        FacetDimension::Publisher => (PUBLISHED, PUBLISHER),
        FacetDimension::Kind => ("quote", column!(quote.kind)),
        FacetDimension::SpeakerKind => ("quote", column!(quote.speaker_kind)),
        FacetDimension::Language => ("quote", column!(quote.language)),
        FacetDimension::Year => ("quote", column!(quote.ordered_at)),
    }
}

/// Whether statements have the column themselves.
fn is_own(by: FacetDimension) -> bool {
    use FacetDimension::{Organisation, Speaker, SpeakerKind, Year};
    matches!(by, Speaker | Organisation | SpeakerKind | Year)
}

/// Every date lies in one year, however imprecise it is.
fn years(connection: &mut Connection, rows: &Rows, first: usize, total: i64) -> Result<Facet> {
    let days = timeline::days(connection, rows)?;
    let years = buckets(TimelineUnit::Year, &days, u64::MAX).unwrap_or_default();
    let mut years: Vec<_> = years.into_iter().filter(|year| year.count > 0).collect();
    let dated: i64 = years.iter().map(|year| year.count).sum();
    let further = years.len().saturating_sub(first);
    years.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    years.truncate(first);
    Ok(Facet {
        by: FacetDimension::Year,
        values: years.into_iter().map(|year| (Value::Word(year.label), year.count)).collect(),
        further: i64::try_from(further).unwrap_or(i64::MAX),
        none: total - dated,
    })
}
