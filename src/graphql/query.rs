//! The root: every question begins here.

use async_graphql::{Context, ID, MergedObject, Object, Result};

use super::aggregate::Asked;
use super::argument::{exactly_one, only, read_id};
use super::article::Article;
use super::audit::AuditEntry;
use super::caller::Caller;
use super::connection::{
    ArticleConnection, AuditEntryConnection, OrganisationConnection, PageArguments, RoleConnection,
    SpeakerConnection, StatementConnection, TenureConnection, by_name, by_time, cost,
};
use super::error::{bad_input, nullable};
use super::filter::{
    ArticleFilter, OrganisationFilter, QuoteFilter, RoleListFilter, SpeakerFilter, StatementFilter,
    TenureFilter,
};
use super::import::{self, ImportQuery};
use super::judgement::{self, JudgementQuery};
use super::load;
use super::node::Node;
use super::organisation::Organisation;
use super::quote::{Quote, QuoteOrder};
use super::role::Role;
use super::search::{QuoteConnection, Searched, searching};
use super::service::ServiceConfig;
use super::speaker::Speaker;
use super::statement::Statement;
use super::tenure::Tenure;
use super::trip::trip;
use super::understanding::RoleUnderstanding;
use super::verification::VerificationQuery;
use super::wanted::Wanted;
use crate::domain::access::Scope;
use crate::domain::address::Address;
use crate::domain::facet::Counted;
use crate::domain::id::Kind;
use crate::domain::role::understand;
use crate::store::aggregate::Over;
use crate::store::page::{Page, Place};
use crate::store::{article, audit, organisation, quote, role, speaker, statement, tenure};

/// Who said exactly what, in which role, for which organisation, in which article.
#[derive(MergedObject, Default)]
pub struct Query(QuoteQuery, VerificationQuery, JudgementQuery, ImportQuery);

/// Questions about quotes and what stands around them.
#[derive(Default)]
pub struct QuoteQuery;

/// Questions about quotes and what stands around them.
#[Object]
impl QuoteQuery {
    /// Anything, by its id; null where nothing has this id.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "The id of a quote, statement, speaker, organisation, role, article, judgement or \
                    import."
        )]
        id: ID,
    ) -> Option<Result<Node>> {
        nullable(async {
            let id = read_id("id", &id)?;
            if id.kind() == Some(Kind::Import) {
                Caller::acting(context, Scope::Import)?;
            }
            let wanted = Wanted::of(context);
            trip(context, move |connection| {
                let (c, ids, w) = (connection, [id], &wanted);
                macro_rules! one {
                    ($store:ident, $load:ident, $variant:ident) => {{
                        let rows = $store::by_id(c, &ids)?;
                        load::$load(c, rows, w)?.pop().map(Node::$variant)
                    }};
                }
                Ok(match id.kind() {
                    Some(Kind::Quote) => one!(quote, quotes, Quote),
                    Some(Kind::Statement) => one!(statement, statements, Statement),
                    Some(Kind::Speaker) => one!(speaker, speakers, Speaker),
                    Some(Kind::Organisation) => one!(organisation, organisations, Organisation),
                    Some(Kind::Role) => one!(role, roles, Role),
                    Some(Kind::Article) => one!(article, articles, Article),
                    Some(Kind::Judgement) => judgement::one(c, ids[0], w)?.map(Node::Judgement),
                    Some(Kind::Import) => import::one(c, ids[0])?.map(Node::Import),
                    Some(Kind::Token | Kind::Audit | Kind::Tenure) | None => None,
                })
            })
            .await
        })
        .await
    }

    /// What this server is and what it takes from one request.
    async fn service_config(&self) -> ServiceConfig {
        ServiceConfig
    }

    /// A quote by its id; null where there is none.
    async fn quote(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The quote's id.")] id: ID,
    ) -> Option<Result<Quote>> {
        nullable(async {
            let id = read_id("id", &id)?;
            let wanted = Wanted::of(context);
            trip(context, move |connection| {
                let rows = quote::by_id(connection, &[id])?;
                Ok(load::quotes(connection, rows, &wanted)?.pop())
            })
            .await
        })
        .await
    }

    /// Quotes. All of them where no search and no filter is given: second-hand, indirect and
    /// unattributed ones are not left out.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments, reason = "these are the arguments of every list")]
    async fn quotes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only quotes whose words are found by this, for example \
                    `\"wait until it's too late\" -summit negotiat*`: short for `filter: { search: … }`, \
                    which says how it is read.")]
        search: Option<String>,
        #[graphql(desc = "Only quotes that meet this.")] filter: Option<QuoteFilter>,
        #[graphql(desc = "The order.", default_with = "QuoteOrder::Newest")] order_by: QuoteOrder,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<QuoteConnection> {
        let wanted = Wanted::of(context);
        let page = PageArguments { first, after, last, before };
        let window = page.window(&wanted, order_by.fits())?;
        let condition = searching(search, QuoteFilter::condition_of(filter)?);
        let searched = Searched::of(&condition, order_by)?;
        let order = order_by.order();
        let asked = Asked::of(context, Counted::Quotes)?;
        let (page, tallies) = trip(context, move |connection| {
            let page = quote::list(connection, &condition, order, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = load::quotes(connection, rows, &wanted.nodes())?;
            let over = |counted| Over::quotes_or_statements(&condition, counted);
            let tallies = asked.answer(connection, over)?;
            Ok((Page { rows, has_next, has_previous, total }, tallies))
        })
        .await?;
        Ok(QuoteConnection::of(page, order, searched, tallies))
    }

    /// A statement by its id; null where there is none.
    async fn statement(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The statement's id.")] id: ID,
    ) -> Option<Result<Statement>> {
        nullable(async {
            let id = read_id("id", &id)?;
            let wanted = Wanted::of(context);
            trip(context, move |connection| {
                let rows = statement::by_id(connection, &[id])?;
                Ok(load::statements(connection, rows, &wanted)?.pop())
            })
            .await
        })
        .await
    }

    /// Statements, by the best date known of their first quote, newest first; undated ones last.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn statements(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only statements that meet this.")] filter: Option<StatementFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<StatementConnection> {
        let wanted = Wanted::of(context);
        let window = PageArguments { first, after, last, before }.window(&wanted, by_time)?;
        let condition = filter.unwrap_or_default().condition()?;
        let asked = Asked::of(context, Counted::Statements)?;
        let (page, tallies) = trip(context, move |connection| {
            let page = statement::list(connection, &condition, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = load::statements(connection, rows, &wanted.nodes())?;
            let tallies = asked.answer(connection, |_| Over::Statements(condition.clone()))?;
            Ok((Page { rows, has_next, has_previous, total }, tallies))
        })
        .await?;
        let place = |node: &Statement| Place::Time(node.row.ordered_at, node.row.id);
        let places = page.rows.iter().map(place).collect();
        Ok(StatementConnection::of(page, places).with(tallies))
    }

    /// One speaker, by exactly one of the arguments; null where there is none. A name that several
    /// speakers share is an error: list them by `speakers`.
    async fn speaker(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The speaker's id.")] id: Option<ID>,
        #[graphql(desc = "The name in any spelling that was printed, case and accents apart.")]
        name: Option<String>,
        #[graphql(desc = "The settled Wikidata id, for example `Q42`.")] wikidata_id: Option<
            String,
        >,
    ) -> Option<Result<Speaker>> {
        nullable(async {
            let id = id.map(|id| read_id("id", &id)).transpose()?;
            exactly_one(
                "id, name, wikidataId",
                &[id.is_some(), name.is_some(), wikidata_id.is_some()],
            )?;
            let wanted = Wanted::of(context);
            let found = trip(context, move |connection| {
                let ids = match (id, &name, &wikidata_id) {
                    (_, Some(name), _) => speaker::ids_by_name(connection, name)?,
                    (_, _, Some(item)) => speaker::ids_by_wikidata(connection, item)?,
                    (id, _, _) => id.into_iter().collect(),
                };
                let rows = speaker::by_id(connection, &ids)?;
                load::speakers(connection, rows, &wanted)
            })
            .await?;
            only("speaker", "speakers", found)
        })
        .await
    }

    /// Speakers, by name.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn speakers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only speakers that meet this.")] filter: Option<SpeakerFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<SpeakerConnection> {
        let wanted = Wanted::of(context);
        let window = PageArguments { first, after, last, before }.window(&wanted, by_name)?;
        let condition = filter.unwrap_or_default().condition()?;
        let page = trip(context, move |connection| {
            let page = speaker::list(connection, &condition, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = load::speakers(connection, rows, &wanted.nodes())?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await?;
        let place = |node: &Speaker| Place::Name(node.row.name_key.clone(), node.row.id);
        let places = page.rows.iter().map(place).collect();
        Ok(SpeakerConnection::of(page, places))
    }

    /// One organisation, by exactly one of the arguments; null where there is none. A name that
    /// several organisations share is an error: list them by `organisations`.
    async fn organisation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The organisation's id.")] id: Option<ID>,
        #[graphql(desc = "A name or alias, case and accents apart: `UN`, `the Pentagon`.")]
        name: Option<String>,
    ) -> Option<Result<Organisation>> {
        nullable(async {
            let id = id.map(|id| read_id("id", &id)).transpose()?;
            exactly_one("id, name", &[id.is_some(), name.is_some()])?;
            let wanted = Wanted::of(context);
            let found = trip(context, move |connection| {
                let ids = match &name {
                    Some(name) => organisation::ids_by_name(connection, name)?,
                    None => id.into_iter().collect(),
                };
                let rows = organisation::by_id(connection, &ids)?;
                load::organisations(connection, rows, &wanted)
            })
            .await?;
            only("organisation", "organisations", found)
        })
        .await
    }

    /// Organisations, by name: those that quotes, roles or articles name, and the bodies above
    /// them.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn organisations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only organisations that meet this.")] filter: Option<OrganisationFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<OrganisationConnection> {
        let wanted = Wanted::of(context);
        let window = PageArguments { first, after, last, before }.window(&wanted, by_name)?;
        let condition = filter.unwrap_or_default().condition()?;
        let page = trip(context, move |connection| {
            let page = organisation::list(connection, &condition, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = load::organisations(connection, rows, &wanted.nodes())?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await?;
        let place = |node: &Organisation| Place::Name(node.row.name_key.clone(), node.row.id);
        let places = page.rows.iter().map(place).collect();
        Ok(OrganisationConnection::of(page, places))
    }

    /// A role by its id; null where there is none.
    async fn role(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The role's id.")] id: ID,
    ) -> Option<Result<Role>> {
        nullable(async {
            let id = read_id("id", &id)?;
            let wanted = Wanted::of(context);
            trip(context, move |connection| {
                let rows = role::by_id(connection, &[id])?;
                Ok(load::roles(connection, rows, &wanted)?.pop())
            })
            .await
        })
        .await
    }

    /// Roles, by title: each title that quotes or records give at each organisation.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn roles(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only roles that meet this.")] filter: Option<RoleListFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<RoleConnection> {
        let wanted = Wanted::of(context);
        let window = PageArguments { first, after, last, before }.window(&wanted, by_name)?;
        let condition = filter.unwrap_or_default().condition()?;
        let page = trip(context, move |connection| {
            let page = role::list(connection, &condition, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = load::roles(connection, rows, &wanted.nodes())?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await?;
        let places = page.rows.iter().map(Role::place).collect();
        Ok(RoleConnection::of(page, places))
    }

    /// Recorded tenures: who held which role when, as imported records have it, the earliest
    /// beginning first. What quotes show beside them stands with speakers, roles and organisations.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn tenures(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only tenures that meet this.")] filter: Option<TenureFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<TenureConnection> {
        let wanted = Wanted::of(context);
        let window = PageArguments { first, after, last, before }.window(&wanted, by_time)?;
        let condition = filter.unwrap_or_default().condition()?;
        let page = trip(context, move |connection| {
            let page = tenure::list(connection, &condition, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = rows.into_iter().map(tenure::Holding::from).collect();
            let rows = load::tenures(connection, rows, &wanted.nodes())?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await?;
        let places = page.rows.iter().map(Tenure::place).collect();
        Ok(TenureConnection::of(page, places))
    }

    /// One article, by exactly one of the arguments; null where there is none. A document id that
    /// several articles share is an error: list them by `articles`.
    async fn article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The article's id.")] id: Option<ID>,
        #[graphql(desc = "Its address, in any of its spellings.")] url: Option<String>,
        #[graphql(desc = "The id under which the importer knew it.")] document_id: Option<String>,
    ) -> Option<Result<Article>> {
        nullable(async {
            let id = id.map(|id| read_id("id", &id)).transpose()?;
            exactly_one(
                "id, url, documentId",
                &[id.is_some(), url.is_some(), document_id.is_some()],
            )?;
            let address = url
                .map(|url| Address::read(&url).map_err(|error| bad_input("url", error)))
                .transpose()?;
            let wanted = Wanted::of(context);
            let found = trip(context, move |connection| {
                let rows = match (&address, &document_id) {
                    (Some(address), _) => {
                        article::by_address(connection, address)?.into_iter().collect()
                    }
                    (_, Some(document)) => article::by_document(connection, document)?,
                    _ => article::by_id(connection, &Vec::from_iter(id))?,
                };
                load::articles(connection, rows, &wanted)
            })
            .await?;
            only("article", "articles", found)
        })
        .await
    }

    /// Articles, newest first; undated ones last.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn articles(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only articles that meet this.")] filter: Option<ArticleFilter>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<ArticleConnection> {
        let wanted = Wanted::of(context);
        let window = PageArguments { first, after, last, before }.window(&wanted, by_time)?;
        let conditions = match filter {
            Some(filter) => filter.matches()?,
            None => Vec::new(),
        };
        let page = trip(context, move |connection| {
            let page = article::list(connection, &conditions, &window)?;
            let Page { rows, has_next, has_previous, total } = page;
            let rows = load::articles(connection, rows, &wanted.nodes())?;
            Ok(Page { rows, has_next, has_previous, total })
        })
        .await?;
        let place = |node: &Article| Place::Time(node.row.ordered_at, node.row.id);
        let places = page.rows.iter().map(place).collect();
        Ok(ArticleConnection::of(page, places))
    }

    /// What a printed title means. It looks nothing up: the answer follows from the print alone, and
    /// is what `Quote.role` has of a quote that prints it.
    async fn understand_role(
        &self,
        #[graphql(desc = "The title as printed, for example `former UN spokeswoman`.")]
        title: Option<String>,
        #[graphql(desc = "The organisation printed beside it, for example `Pentagon`.")]
        organisation: Option<String>,
    ) -> RoleUnderstanding {
        understand(title.as_deref(), organisation.as_deref()).into()
    }

    /// What was written, by whom and why, newest first. This needs a token with the scope `ADMIN`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn audit_entries(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only writes to this quote, article, import or token.")]
        subject_id: Option<ID>,
        #[graphql(desc = "How many from the beginning, 1 to 100; 20 where nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Option<Result<AuditEntryConnection>> {
        nullable(async {
            Caller::acting(context, Scope::Admin)?;
            let wanted = Wanted::of(context);
            let window = PageArguments { first, after, last, before }.window(&wanted, by_time)?;
            let subject = subject_id.map(|id| read_id("subjectId", &id)).transpose()?;
            let page = trip(context, move |connection| {
                let page = audit::list(connection, subject, &window)?;
                let Page { rows, has_next, has_previous, total } = page;
                let rows = rows.into_iter().map(|row| AuditEntry { row }).collect();
                Ok(Page { rows, has_next, has_previous, total })
            })
            .await?;
            let place = |node: &AuditEntry| Place::Time(node.row.written_at, node.row.id);
            let places = page.rows.iter().map(place).collect();
            Ok(Some(AuditEntryConnection::of(page, places)))
        })
        .await
    }
}
