//! What clients see of lists of quotes and statements: pages, and what is counted over the whole list.

use async_graphql::{Object, Result};

use super::{Facet, Timeline, facet_cost};
use crate::domain::facet::{Counted, FacetDimension};
use crate::domain::timeline::TimelineUnit;
use crate::graphql::connection::{PageInfo, StatementConnection, StatementEdge};
use crate::graphql::quote::Quote;
use crate::graphql::search::{QuoteConnection, QuoteEdge, SearchReading};
use crate::graphql::statement::Statement;

/// A page of a list of quotes, as the Relay specification has it.
#[Object]
impl QuoteConnection {
    /// What stands on the page, with cursors.
    async fn edges(&self) -> &[QuoteEdge] {
        &self.edges
    }

    /// What stands on the page, without cursors.
    async fn nodes(&self) -> Vec<&Quote> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies around the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// The length of the whole list, whatever the page. It is counted only when it is
    /// asked for.
    async fn total_count(&self) -> i64 {
        self.total.unwrap_or_default()
    }

    /// How each search was read that all of these quotes were found by.
    async fn search(&self) -> Vec<SearchReading> {
        self.readings()
    }

    /// How much there is of each value of these dimensions, counted over the whole list, whatever the
    /// page. Of a statement its own speaker, organisation, sort of source and year count; by
    /// everything else it counts under each value that a quote of the list has, so that such counts
    /// may be more together than there are statements.
    #[graphql(complexity = "facet_cost(&by, first, child_complexity)")]
    async fn facets(
        &self,
        #[graphql(desc = "By what; each dimension once.")] by: Vec<FacetDimension>,
        #[graphql(desc = "How many values of each, 1 to 100; 10 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "What is counted.", default_with = "Counted::Quotes")] count: Counted,
    ) -> Result<&[Facet]> {
        self.tallies.facets(by, first, count)
    }

    /// How much there is in each stretch of time, counted over the whole list, whatever the page. A
    /// statement counts once, at the date of its first quote, whether the list has that quote or
    /// not.
    async fn timeline(
        &self,
        #[graphql(desc = "How long the stretches are.", default_with = "TimelineUnit::Month")]
        by: TimelineUnit,
        #[graphql(desc = "What is counted.", default_with = "Counted::Quotes")] count: Counted,
    ) -> Result<&Timeline> {
        self.tallies.timeline(by, count)
    }
}

/// A page of a list of statements, as the Relay specification has it.
#[Object]
impl StatementConnection {
    /// What stands on the page, with cursors.
    async fn edges(&self) -> &[StatementEdge] {
        &self.edges
    }

    /// What stands on the page, without cursors.
    async fn nodes(&self) -> Vec<&Statement> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies around the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// The length of the whole list, whatever the page. It is counted only when it is
    /// asked for.
    async fn total_count(&self) -> i64 {
        self.total.unwrap_or_default()
    }

    /// How many statements there are of each value of these dimensions, counted over the whole list,
    /// whatever the page. A statement's own speaker, organisation, sort of source and year count; by
    /// everything else it counts under each value that a quote of it has (that meets
    /// `filter.quotes`, where the list is filtered so), so that such counts may be more together
    /// than there are statements.
    #[graphql(complexity = "facet_cost(&by, first, child_complexity)")]
    async fn facets(
        &self,
        #[graphql(desc = "By what; each dimension once.")] by: Vec<FacetDimension>,
        #[graphql(desc = "How many values of each, 1 to 100; 10 where nothing is said.")]
        first: Option<i32>,
    ) -> Result<&[Facet]> {
        self.tallies.facets(by, first, Counted::Statements)
    }

    /// How many statements there are in each stretch of time, counted over the whole list, whatever
    /// the page. Each counts once, at the date of its first quote.
    async fn timeline(
        &self,
        #[graphql(desc = "How long the stretches are.", default_with = "TimelineUnit::Month")]
        by: TimelineUnit,
    ) -> Result<&Timeline> {
        self.tallies.timeline(by, Counted::Statements)
    }
}
