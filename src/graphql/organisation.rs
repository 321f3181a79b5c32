//! `Organisation`: a body that employs, sends or itself speaks.

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use super::connection::{
    JudgementConnection, PageArguments, RoleConnection, TenureConnection, cost,
};
use super::filter::QuoteFilter;
use super::judgement::{CANDIDATES, MergeCandidate, candidates_of, judgements_about};
use super::loader::{Below, quotes_below};
use super::quote::QuoteOrder;
use super::search::QuoteConnection;
use super::tenure::{roles_below, tenures_below};
use crate::domain::vocabulary::{AliasKind, Function, OrganisationKind};
use crate::store::organisation::{AliasRow, OrganisationRow};
use crate::store::quote::OrganisationMatch;
use crate::store::role::RoleCondition;
use crate::store::tenure::Of;

/// An organisation with what the query asks for around it.
#[derive(Clone)]
pub struct Organisation {
    pub(super) row: OrganisationRow,
    pub(super) parent: Option<Box<Organisation>>,
    pub(super) aliases: Vec<OrganisationAlias>,
    pub(super) quotes: i64,
    pub(super) statements: i64,
}

/// Another name of an organisation.
#[derive(SimpleObject, Clone)]
pub struct OrganisationAlias {
    /// The name, for example `UN` or `the Pentagon`.
    name: String,
    /// What kind of name it is.
    kind: AliasKind,
    /// The language of the name (BCP 47).
    language: String,
}

impl From<AliasRow> for OrganisationAlias {
    fn from(row: AliasRow) -> Self {
        Self { name: row.name, kind: row.kind, language: row.language }
    }
}

/// A body that employs, sends or itself speaks.
#[Object]
impl Organisation {
    /// The id: the same after every rebuild from the same input.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The official English name where dixit's vocabulary knows it, else the best spelling that
    /// was printed.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// What kind of body it is.
    async fn kind(&self) -> OrganisationKind {
        self.row.kind
    }

    /// The country that it belongs to (ISO 3166 alpha-2).
    async fn country(&self) -> Option<&str> {
        self.row.country.as_deref()
    }

    /// Its Wikidata id, where sure.
    async fn wikidata_id(&self) -> Option<&str> {
        self.row.wikidata.as_deref()
    }

    /// The body that it is part of: a ministry's government, a UN agency's United Nations.
    async fn parent(&self) -> Option<&Organisation> {
        self.parent.as_deref()
    }

    /// The other names under which it is found.
    async fn aliases(&self) -> &[OrganisationAlias] {
        &self.aliases
    }

    /// How many quotes there are of its sources, those of organisations below it apart.
    async fn quote_count(&self) -> i64 {
        self.quotes
    }

    /// How many statements there are of its sources, those of organisations below it apart.
    async fn statement_count(&self) -> i64 {
        self.statements
    }

    /// The roles at it, by title.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn roles(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Also those at every organisation below it.", default = false)]
        include_descendants: bool,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<RoleConnection> {
        let page = PageArguments { first, after, last, before };
        let organisation = Some(self.matching(include_descendants));
        roles_below(context, RoleCondition { organisation, ..Default::default() }, page).await
    }

    /// Who was in which role at it when, by the record and by quotes, the earliest beginning first.
    /// What has no date stands before everything else.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "these are the arguments of every list")]
    async fn office_holders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Also at every organisation below it.", default = false)]
        include_descendants: bool,
        #[graphql(desc = "Only holders of roles with one of these functions.")] functions: Option<
            Vec<Function>,
        >,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<TenureConnection> {
        let page = PageArguments { first, after, last, before };
        let of = Of::Organisation(self.matching(include_descendants), functions);
        tenures_below(context, of, page).await
    }

    /// The quotes of its sources, newest first unless you ask for another order.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "these are the arguments of every list")]
    async fn quotes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Also those of every organisation below it.", default = false)]
        include_descendants: bool,
        #[graphql(desc = "Only quotes that meet this.")] filter: Option<QuoteFilter>,
        #[graphql(desc = "The order.", default_with = "QuoteOrder::Newest")] order_by: QuoteOrder,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<QuoteConnection> {
        let page = PageArguments { first, after, last, before };
        let below = Below::Organisation(self.row.id, include_descendants);
        quotes_below(context, below, filter, order_by, page).await
    }

    /// Other organisations that may be this one, the likeliest first, at most 20: see the root's
    /// `mergeCandidates`.
    #[graphql(complexity = "CANDIDATES * child_complexity.max(1)")]
    async fn merge_candidates(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How much must speak for it at least, from 0 to 1.", default = 0.5)]
        min_score: f64,
    ) -> Result<Vec<MergeCandidate>> {
        candidates_of(context, self.row.id, min_score).await
    }

    /// The judgements in force about this organisation, the newest first: why it is shown as it is.
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
}

impl Organisation {
    /// What means it, and where asked for what lies below it.
    fn matching(&self, descendants: bool) -> OrganisationMatch {
        OrganisationMatch { ids: Some(vec![self.row.id]), name: None, descendants }
    }
}
