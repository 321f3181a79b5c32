//! Predicates: conditions as SQL, written once for every database.
//!
//! diesel's own boxed conditions name their database in their type, and cannot stand in a
//! subquery. This is the little that lists need: comparisons of columns with bound values, joined.

use std::borrow::Cow;

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping, is_aggregate};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};

use super::types::SqlId;
use crate::domain::id::Id;

/// How many comparisons a predicate may have for its statement to stay prepared, and no OR and no
/// NOT among them. Users choose the shapes: to keep every one would let anybody fill the memory.
const KEPT_PREPARED: usize = 2;

/// The qualified name of a column that the schema has: `column!(quote.kind)`.
macro_rules! column {
    ($table:ident . $column:ident) => {{
        let _ = $crate::store::schema::$table::$column;
        concat!(stringify!($table), ".", stringify!($column))
    }};
}
pub(super) use column;

/// A predicate. NULL counts as false everywhere but below NOT, which makes it so: "not said by X"
/// keeps what nobody said.
#[derive(Debug, Clone)]
pub enum Predicate {
    /// All of these; of none: true.
    All(Vec<Predicate>),
    /// Any of these; of none: false.
    Any(Vec<Predicate>),
    /// Not this.
    Not(Box<Predicate>),
    /// This, looked at row by row: whoever walks along a key must not be led to another index, whose
    /// rows would be sorted anew for each step.
    Scanned(Box<Predicate>),
    /// The column is one of these values.
    OneOf(&'static str, Values),
    /// The column is like this pattern, in which `!` takes a wildcard's meaning.
    Like(&'static str, String),
    /// The column is this or greater.
    AtLeast(&'static str, i64),
    /// The column is this or smaller.
    AtMost(&'static str, i64),
    /// The column has a value, or has none.
    Known(&'static str, bool),
    /// What a database says in its own way of a text that is bound.
    Told {
        /// What stands before the text.
        before: &'static str,
        /// The text.
        text: String,
        /// What stands behind it.
        behind: &'static str,
    },
    /// Another table has a row that stands so to this one and meets a predicate.
    Exists {
        /// `SELECT 1 FROM table WHERE … AND `, which may name columns of this row.
        rows: &'static str,
        /// What that row meets too.
        meet: Box<Predicate>,
    },
    /// The column is one of the ids of another table's rows that meet a predicate.
    Below {
        /// The column.
        column: &'static str,
        /// `SELECT id FROM table WHERE `.
        ids: &'static str,
        /// What those rows meet.
        meet: Box<Predicate>,
    },
}

/// What a column is compared with.
#[derive(Debug, Clone)]
pub enum Values {
    /// Ids.
    Ids(Vec<Id>),
    /// Words.
    Texts(Vec<Cow<'static, str>>),
}

impl Predicate {
    /// What no row meets.
    pub const NEVER: Self = Self::Any(Vec::new());

    /// The column is one of these ids.
    pub fn ids(column: &'static str, ids: Vec<Id>) -> Self {
        Self::OneOf(column, Values::Ids(ids))
    }

    /// The column is one of these texts. One with a NUL is none that was ever stored, and
    /// PostgreSQL takes none.
    pub fn texts(column: &'static str, texts: Vec<String>) -> Self {
        let texts = texts.into_iter().filter(|text| !text.contains('\0'));
        Self::OneOf(column, Values::Texts(texts.map(Cow::Owned).collect()))
    }

    /// The column is one of these words of a vocabulary.
    pub fn words(column: &'static str, words: Vec<&'static str>) -> Self {
        Self::OneOf(column, Values::Texts(words.into_iter().map(Cow::Borrowed).collect()))
    }

    /// All of these; what is itself a list of all, or none, leaves no trace in the statement.
    pub fn all(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        Self::All(flat)
    }

    /// Whether every row meets it.
    pub fn is_always(&self) -> bool {
        matches!(self, Self::All(parts) if parts.iter().all(Self::is_always))
    }

    /// How many values it compares with; more than any limit where OR or NOT is in it.
    fn comparisons(&self) -> usize {
        match self {
            Self::All(parts) => parts
                .iter()
                .map(|part| part.comparisons().max(1))
                .fold(0, |sum: usize, count| sum.saturating_add(count)),
            Self::Any(parts) if parts.is_empty() => 1,
            Self::Any(_) | Self::Not(_) | Self::Scanned(_) => usize::MAX,
            Self::Below { meet, .. } | Self::Exists { meet, .. } => meet.comparisons(),
            Self::OneOf(_, Values::Ids(ids)) => ids.len(),
            Self::OneOf(_, Values::Texts(texts)) => texts.len(),
            Self::Like(..)
            | Self::AtLeast(..)
            | Self::AtMost(..)
            | Self::Known(..)
            | Self::Told { .. } => 1,
        }
    }

    fn write<'b, DB>(&'b self, out: &mut AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend + HasSqlType<SqlId>,
        Id: ToSql<SqlId, DB>,
        str: ToSql<Text, DB>,
        i64: ToSql<BigInt, DB>,
    {
        match self {
            Self::All(parts) => joined(parts, " AND ", "(1 = 1)", out),
            Self::Any(parts) => joined(parts, " OR ", "(1 = 0)", out),
            Self::Not(part) => {
                out.push_sql("(NOT coalesce(");
                part.write(out)?;
                out.push_sql(", false))");
                Ok(())
            }
            Self::Scanned(part) => {
                out.push_sql("(CASE WHEN ");
                part.write(out)?;
                out.push_sql(" THEN 1 ELSE 0 END = 1)");
                Ok(())
            }
            Self::OneOf(column, Values::Ids(ids)) => {
                one_of::<SqlId, Id, DB>(column, ids.iter(), out)
            }
            Self::OneOf(column, Values::Texts(texts)) => {
                one_of::<Text, str, DB>(column, texts.iter().map(AsRef::as_ref), out)
            }
            Self::Like(column, pattern) => {
                out.push_sql(column);
                out.push_sql(" LIKE ");
                out.push_bind_param::<Text, str>(pattern)?;
                out.push_sql(" ESCAPE '!'");
                Ok(())
            }
            Self::AtLeast(column, bound) => compare(column, " >= ", bound, out),
            Self::AtMost(column, bound) => compare(column, " <= ", bound, out),
            Self::Known(column, known) => {
                out.push_sql(column);
                out.push_sql(if *known { " IS NOT NULL" } else { " IS NULL" });
                Ok(())
            }
            Self::Told { before, text, behind } => {
                out.push_sql(before);
                out.push_bind_param::<Text, str>(text)?;
                out.push_sql(behind);
                Ok(())
            }
            Self::Exists { rows, meet } => {
                out.push_sql("EXISTS (");
                out.push_sql(rows);
                meet.write(out)?;
                out.push_sql(")");
                Ok(())
            }
            Self::Below { column, ids, meet } => {
                out.push_sql(column);
                out.push_sql(" IN (");
                out.push_sql(ids);
                meet.write(out)?;
                out.push_sql(")");
                Ok(())
            }
        }
    }
}

fn joined<'b, DB>(
    parts: &'b [Predicate],
    by: &str,
    of_none: &str,
    out: &mut AstPass<'_, 'b, DB>,
) -> QueryResult<()>
where
    DB: Backend + HasSqlType<SqlId>,
    Id: ToSql<SqlId, DB>,
    str: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    if parts.is_empty() {
        out.push_sql(of_none);
        return Ok(());
    }
    for (number, part) in parts.iter().enumerate() {
        out.push_sql(if number == 0 { "(" } else { by });
        part.write(out)?;
    }
    out.push_sql(")");
    Ok(())
}

/// One value is an equality, by which an index gives the order too.
fn one_of<'b, ST, T, DB>(
    column: &str,
    values: impl ExactSizeIterator<Item = &'b T>,
    out: &mut AstPass<'_, 'b, DB>,
) -> QueryResult<()>
where
    DB: Backend + HasSqlType<ST>,
    T: ToSql<ST, DB> + ?Sized + 'b,
{
    let count = values.len();
    if count == 0 {
        out.push_sql("(1 = 0)");
        return Ok(());
    }
    out.push_sql(column);
    out.push_sql(if count == 1 { " = " } else { " IN (" });
    for (number, value) in values.enumerate() {
        if number > 0 {
            out.push_sql(", ");
        }
        out.push_bind_param::<ST, T>(value)?;
    }
    if count > 1 {
        out.push_sql(")");
    }
    Ok(())
}

fn compare<'b, DB>(
    column: &str,
    how: &str,
    bound: &'b i64,
    out: &mut AstPass<'_, 'b, DB>,
) -> QueryResult<()>
where
    DB: Backend,
    i64: ToSql<BigInt, DB>,
{
    out.push_sql(column);
    out.push_sql(how);
    out.push_bind_param::<BigInt, i64>(bound)
}

impl<DB> QueryFragment<DB> for Predicate
where
    DB: Backend + HasSqlType<SqlId>,
    Id: ToSql<SqlId, DB>,
    str: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.comparisons() > KEPT_PREPARED {
            out.unsafe_to_cache_prepared();
        }
        self.write(&mut out)
    }
}

impl Expression for Predicate {
    type SqlType = Bool;
}

// Its columns are named in full; a column of a table that the query lacks fails at once.
impl<T> AppearsOnTable<T> for Predicate {}

impl<G> ValidGrouping<G> for Predicate {
    type IsAggregate = is_aggregate::Never;
}

impl QueryId for Predicate {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
