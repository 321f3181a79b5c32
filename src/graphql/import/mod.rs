//! `Import`: one run over one input, how far it has come, and what was not taken.

mod progress;
mod query;
mod rejection;

use async_graphql::{Context, ID, Object, Result};

pub use progress::Subscription;
pub use query::ImportQuery;
pub use rejection::ImportRejection;

use super::connection::{ImportRejectionConnection, PageArguments, cost};
use super::error::nullable;
use crate::domain::date::rfc3339;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::store::dialect::Connection;
use crate::store::write::ImportRow;
use crate::store::{self, imports};

/// A run over one input.
#[derive(Clone)]
pub struct Import {
    pub(super) row: ImportRow,
}

/// One run over one input: a file of the command line, an upload, or a batch by `importQuotes`. Its
/// counts stand in the same transaction as what they count: what is counted is there to stay.
#[Object]
impl Import {
    /// The import's id.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The name of its input.
    async fn source(&self) -> &str {
        &self.row.source
    }

    /// The format of its input, as `dixit import --format` names it; null as long as it is not known.
    async fn format(&self) -> Option<&str> {
        Some(self.row.format.as_str()).filter(|format| !format.is_empty())
    }

    /// How it stands.
    async fn state(&self) -> ImportState {
        self.row.state
    }

    /// When it began, RFC 3339 in UTC.
    async fn started_at(&self) -> String {
        rfc3339(self.row.started_at)
    }

    /// When something of it was written last, RFC 3339 in UTC.
    async fn changed_at(&self) -> String {
        rfc3339(self.row.changed_at)
    }

    /// How many rows of its input were read: `accepted`, `known`, `changed` and `rejected` ones.
    async fn lines(&self) -> i64 {
        self.row.lines
    }

    /// How many rows brought a new quote.
    async fn accepted(&self) -> i64 {
        self.row.accepted
    }

    /// How many rows told nothing new.
    async fn known(&self) -> i64 {
        self.row.known
    }

    /// How many rows changed a quote and brought no new one.
    async fn changed(&self) -> i64 {
        self.row.changed
    }

    /// How many rows were not taken; `rejections` says which and why.
    async fn rejected(&self) -> i64 {
        self.row.rejected
    }

    /// How many bytes of its input, inflated, are behind it: a whole number, which may be larger than
    /// `Int` holds.
    async fn bytes_done(&self) -> f64 {
        self.row.behind as f64
    }

    /// Why it stopped or waits, and what to do; null where nothing is wrong.
    async fn problem(&self) -> Option<&str> {
        self.row.problem.as_deref()
    }

    /// The rows that were not taken, in the order of the input; of each import the first 10,000. They
    /// hold what was sent: this needs the token that began the import, or one with the scope `ADMIN`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn rejections(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Option<Result<ImportRejectionConnection>> {
        let page = PageArguments { first, after, last, before };
        nullable(async { rejection::below(context, self.row.id, page).await.map(Some) }).await
    }
}

/// The import of this id.
pub fn one(connection: &mut Connection, id: Id) -> store::Result<Option<Import>> {
    Ok(imports::by_id(connection, &[id])?.pop().map(|row| Import { row }))
}
