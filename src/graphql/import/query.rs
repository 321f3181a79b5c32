//! Questions about imports.

use async_graphql::{Context, ID, Object, Result};

use super::{Import, one};
use crate::domain::access::Scope;
use crate::graphql::argument::read_id;
use crate::graphql::caller::Caller;
use crate::graphql::connection::{ImportConnection, PageArguments, by_time, cost};
use crate::graphql::error::nullable;
use crate::graphql::filter::ImportFilter;
use crate::graphql::trip::trip;
use crate::graphql::wanted::Wanted;
use crate::store::imports;
use crate::store::page::{Page, Place};

/// Questions about imports.
#[derive(Default)]
pub struct ImportQuery;

/// Questions about imports.
#[Object]
impl ImportQuery {
    /// An import by its id; null where there is none. This needs a token with the scope `IMPORT`.
    async fn import(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Option<Result<Import>> {
        nullable(async {
            Caller::acting(context, Scope::Import)?;
            let id = read_id("id", &id)?;
            trip(context, move |connection| one(connection, id)).await
        })
        .await
    }

    /// Imports, the newest first. This needs a token with the scope `IMPORT`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn imports(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only imports that meet this.")] filter: Option<ImportFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Option<Result<ImportConnection>> {
        nullable(async {
            Caller::acting(context, Scope::Import)?;
            let wanted = Wanted::of(context);
            let window = PageArguments { first, after, last, before }.window(&wanted, by_time)?;
            let condition = filter.unwrap_or_default().condition()?;
            let page = trip(context, move |connection| {
                let page = imports::list(connection, &condition, &window)?;
                let Page { rows, has_next, has_previous, total } = page;
                let rows = rows.into_iter().map(|row| Import { row }).collect();
                Ok(Page { rows, has_next, has_previous, total })
            })
            .await?;
            let place = |node: &Import| Place::Time(node.row.started_at, node.row.id);
            let places = page.rows.iter().map(place).collect();
            Ok(Some(ImportConnection::of(page, places)))
        })
        .await
    }
}
