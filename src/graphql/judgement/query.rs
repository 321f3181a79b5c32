//! Questions about judgements.

use async_graphql::{Context, ID, Object, Result};

use super::below::connection;
use super::candidate::{MergeCandidateConnection, MergeCandidateKind, hundredths};
use super::{Judgement, judgements, one};
use crate::domain::id::Kind;
use crate::graphql::argument::read_id;
use crate::graphql::connection::{JudgementConnection, PageArguments, by_time, cost};
use crate::graphql::error::nullable;
use crate::graphql::filter::JudgementFilter;
use crate::graphql::trip::trip;
use crate::graphql::wanted::Wanted;
use crate::store::judgement::{self, candidates};
use crate::store::page::{Page, Place};

/// Questions about judgements.
#[derive(Default)]
pub struct JudgementQuery;

/// Questions about judgements.
#[Object]
impl JudgementQuery {
    /// A judgement by its id; null where there is none.
    async fn judgement(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The judgement's id.")] id: ID,
    ) -> Option<Result<Judgement>> {
        nullable(async {
            let id = read_id("id", &id)?;
            let wanted = Wanted::of(context);
            trip(context, move |connection| one(connection, id, &wanted)).await
        })
        .await
    }

    /// Judgements about who is who, the newest first; those that were taken back too.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn judgements(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only judgements that meet this.")] filter: Option<JudgementFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<JudgementConnection> {
        let wanted = Wanted::of(context);
        let window = PageArguments { first, after, last, before }.window(&wanted, by_time)?;
        let condition = filter.unwrap_or_default().condition()?;
        let page = trip(context, move |c| {
            let page = judgement::list(c, &condition, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = judgements(c, rows, &wanted.nodes())?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await?;
        Ok(connection(page))
    }

    /// Pairs of speakers, or of organisations, that may be one, by name: whoever has a name or a
    /// Wikidata id in common. Namesakes with a Wikidata id each are two, and so is whom a judgement
    /// in force keeps apart or has split.
    #[graphql(complexity = "cost(first, None, child_complexity)")]
    async fn merge_candidates(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Speakers or organisations.")] kind: MergeCandidateKind,
        #[graphql(desc = "How much must speak for it at least, from 0 to 1.", default = 0.5)]
        min_score: f64,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
    ) -> Result<MergeCandidateConnection> {
        let wanted = Wanted::of(context);
        let fits = match kind {
            MergeCandidateKind::Speaker => by_speakers,
            MergeCandidateKind::Organisation => by_organisations,
        };
        let page = PageArguments { first, after, ..PageArguments::default() };
        let window = page.window(&wanted, fits)?;
        let min = hundredths(min_score)?;
        trip(context, move |connection| {
            let after = window.after.as_ref();
            let found = candidates::list(connection, kind.kind(), min, after, window.limit)?;
            MergeCandidateConnection::of(connection, found, after.is_some(), &wanted)
        })
        .await
    }
}

fn by_speakers(place: &Place) -> bool {
    matches!(place, Place::Pair(_, one, _) if one.kind() == Some(Kind::Speaker))
}

fn by_organisations(place: &Place) -> bool {
    matches!(place, Place::Pair(_, one, _) if one.kind() == Some(Kind::Organisation))
}
