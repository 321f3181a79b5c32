//! Counts over the quotes or statements that meet a condition: facets and timelines. Exact, and
//! counted when somebody asks.

pub(in crate::store) mod counting;
mod facet;
mod timeline;

pub use facet::{Facet, Value, facets};
pub use timeline::{Timeline, timeline};

use self::counting::Counting;
use super::dialect::Connection;
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
        let (statements, quotes) = match self {
            Self::Quotes(condition) => (None, Some(condition)),
            Self::Statements(condition) => {
                (Some(condition.own_predicate(connection)?), condition.quotes.as_ref())
            }
        };
        Ok(Rows {
            statements,
            quotes: quotes.map(|wanted| wanted.predicate_of_all(connection)).transpose()?,
            searched: quotes.is_some_and(|wanted| !wanted.searches().is_empty()),
        })
    }
}

/// What is counted, with names replaced by ids.
struct Rows {
    /// What the statements meet, where statements are counted.
    statements: Option<Predicate>,
    /// What the quotes meet, or some quote of each statement does.
    quotes: Option<Predicate>,
    /// Whether the quotes are searched for, which is done once for all that is counted of them; other
    /// conditions lead each count to an index of its own.
    searched: bool,
}

impl Rows {
    /// How a statement that counts begins: with the quotes by which is counted, of which these columns
    /// are read, as `found`.
    fn found<ST>(&self, columns: &[&str]) -> Counting<ST> {
        let below =
            self.statements.as_ref().filter(|own| !own.is_always()).map(|own| Predicate::Below {
                column: column!(quote.statement_id),
                ids: "SELECT statement.id FROM statement WHERE ",
                meet: Box::new(own.clone()),
            });
        let meet = Predicate::all([self.quotes.clone(), below].into_iter().flatten().collect());
        let once = if self.searched { "MATERIALIZED" } else { "NOT MATERIALIZED" };
        let columns = columns.join(", ");
        Counting::new(format!("WITH found AS {once} (SELECT {columns} FROM quote WHERE "))
            .meets(&meet)
            .sql(") ")
    }

    /// Goes on with what is counted and what it meets.
    fn counted<ST>(&self, statement: Counting<ST>) -> Counting<ST> {
        let Some(own) = &self.statements else {
            return statement.sql("found AS quote WHERE (1 = 1)");
        };
        let statement = statement.sql("statement WHERE ").meets(own);
        match &self.quotes {
            Some(_) => statement.sql(" AND statement.id IN (SELECT found.statement_id FROM found)"),
            None => statement,
        }
    }

    /// The table whose rows are counted.
    fn table(&self) -> &'static str {
        if self.statements.is_some() { "statement" } else { "quote" }
    }
}
