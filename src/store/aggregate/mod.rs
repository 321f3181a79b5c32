//! Counts over the quotes or statements that meet a condition: facets and timelines. Exact, and
//! counted when somebody asks.

pub(in crate::store) mod counting;
mod facet;
mod timeline;

pub use facet::{Facet, Value, facets};
pub use timeline::{Timeline, timeline};

use diesel::sql_types::BigInt;

use self::counting::Counting;
use super::dialect::{Connection, on};
use super::error::Result;
use super::predicate::{Predicate, column};
use super::quote::Condition;
use super::statement::StatementCondition;
use crate::domain::facet::Counted;

/// What is counted.
#[derive(Debug, Clone)]
pub enum Over {
    /// The quotes that meet this.
    Quotes(Condition),
    /// The statements that meet this.
    Statements(StatementCondition),
}

impl Over {
    /// The quotes that meet a condition, or the statements that have one.
    pub fn quotes_or_statements(condition: &Condition, counted: Counted) -> Self {
        match counted {
            Counted::Quotes => Self::Quotes(condition.clone()),
            Counted::Statements => Self::Statements(StatementCondition {
                quotes: Some(condition.clone()),
                ..StatementCondition::default()
            }),
        }
    }

    fn rows(&self, connection: &mut Connection) -> Result<Rows> {
        Ok(match self {
            Self::Quotes(condition) => Rows::Quotes(condition.predicate(connection)?),
            Self::Statements(condition) => {
                let (own, quotes) = condition.predicates(connection)?;
                Rows::Statements { own, quotes }
            }
        })
    }
}

/// What is counted, with names replaced by ids.
enum Rows {
    /// Quotes that meet this.
    Quotes(Predicate),
    /// Statements that meet this, and of which some quote meets that.
    Statements { own: Predicate, quotes: Option<Predicate> },
}

impl Rows {
    /// What rows of `statement` meet.
    fn statements(own: &Predicate, quotes: Option<&Predicate>) -> Predicate {
        let below = quotes.map(|meet| Predicate::Below {
            column: column!(statement.id),
            ids: "SELECT quote.statement_id FROM quote WHERE ",
            meet: Box::new(meet.clone()),
        });
        Predicate::all([Some(own.clone()), below].into_iter().flatten().collect())
    }

    /// What the rows of `quote` meet by which statements are counted.
    fn quotes_of_statements(own: &Predicate, quotes: Option<&Predicate>) -> Predicate {
        let below = (!own.is_always()).then(|| Predicate::Below {
            column: column!(quote.statement_id),
            ids: "SELECT statement.id FROM statement WHERE ",
            meet: Box::new(own.clone()),
        });
        Predicate::all([quotes.cloned(), below].into_iter().flatten().collect())
    }

    /// How many there are.
    fn total(&self, connection: &mut Connection) -> Result<i64> {
        let count: Counting<BigInt> = match self {
            Self::Quotes(meet) => Counting::new("SELECT count(*) FROM quote WHERE ").meets(meet),
            Self::Statements { own, quotes } => {
                Counting::new("SELECT count(*) FROM statement WHERE ")
                    .meets(&Self::statements(own, quotes.as_ref()))
            }
        };
        Ok(number(connection, count)?)
    }
}

/// The one number that a statement answers.
fn number(connection: &mut Connection, count: Counting<BigInt>) -> diesel::QueryResult<i64> {
    use diesel::RunQueryDsl as _;
    on!(connection, |c| count.get_result::<i64>(c))
}
