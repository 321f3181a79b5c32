//! `Role`: an office or capacity at an organisation.

use async_graphql::{Context, ID, Object, Result};

use super::connection::{JudgementConnection, PageArguments, TenureConnection, cost};
use super::judgement::judgements_about;
use super::organisation::Organisation;
use super::tenure::tenures_below;
use crate::domain::vocabulary::{Domain, Function, Status, Voice};
use crate::store::page::Place;
use crate::store::role::RoleRow;
use crate::store::tenure::Of;

/// A role with what the query asks for around it.
#[derive(Clone)]
pub struct Role {
    pub(super) row: RoleRow,
    pub(super) organisation: Option<Organisation>,
    pub(super) quotes: i64,
}

/// An office or capacity at an organisation, as printed and as understood. What is not understood
/// is `UNKNOWN`, never a guess.
#[Object]
impl Role {
    /// The id: the same after every rebuild from the same input.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The title, in the best spelling that was printed.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What its holder does.
    async fn function(&self) -> Function {
        self.row.function
    }

    /// The field of public policy that it belongs to.
    async fn domain(&self) -> Domain {
        self.row.domain
    }

    /// Whether its holder was in office when speaking.
    async fn status(&self) -> Status {
        self.row.status
    }

    /// For whom its holder speaks.
    async fn voice(&self) -> Voice {
        self.row.voice
    }

    /// The organisation that it is a role at; null where the print does not decide which.
    async fn organisation(&self) -> Option<&Organisation> {
        self.organisation.as_ref()
    }

    /// The judgements in force about this role, the newest first: why it is shown as it is.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn judgements(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<JudgementConnection> {
        let page = PageArguments { first, after, last, before };
        judgements_about(context, self.row.id, page).await
    }

    /// How many quotes print it.
    async fn quote_count(&self) -> i64 {
        self.quotes
    }

    /// Its history: who was in it when, by the record and by quotes, the earliest beginning first.
    /// What has no date stands before everything else.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn holders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<TenureConnection> {
        let page = PageArguments { first, after, last, before };
        tenures_below(context, Of::Role(self.row.id), page).await
    }
}

impl Role {
    /// Its place in a list by title.
    pub(super) fn place(&self) -> Place {
        Place::Name(self.row.title_key.clone(), self.row.id)
    }
}
