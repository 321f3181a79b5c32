//! Conditions on quotes, as a tree, and the SQL that they become.
//!
//! A condition on role or organisation speaks of the attribution of the quote itself, at the time
//! of the statement; never of what the speaker is today.

use diesel::dsl::sql;
use diesel::expression::BoxableExpression;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use crate::domain::address::Address;
use crate::domain::date::FuzzyDate;
use crate::domain::id::{Id, Kind};
use crate::domain::person;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use crate::store::dialect::{Backend, Connection};
use crate::store::error::Result;
use crate::store::schema::{article, organisation, quote, role};
use crate::store::{organisation as organisations, speaker as speakers};

/// A condition as it stands.
macro_rules! plainly {
    ($condition:expr) => {
        Box::new($condition.nullable())
    };
}

/// A condition on the article of a quote.
macro_rules! of_an_article {
    ($condition:expr) => {
        Box::new(
            quote::article_id
                .eq_any(article::table.filter($condition).select(article::id))
                .nullable(),
        )
    };
}

/// The SQL of an [`ArticleMatch`], put into place by `$put`: diesel takes no boxed condition into a
/// subquery, so that the list of articles and the list of quotes each need the text.
macro_rules! article_sql {
    ($wanted:expr, $put:ident) => {
        match $wanted {
            ArticleMatch::Id(ids) => $put!(article::id.eq_any(ids)),
            ArticleMatch::Url(url) => match Address::read(&url) {
                Ok(address) => $put!(article::id.eq(at_address(&address))),
                // What is no address is the address of no article.
                Err(_) => constant(false),
            },
            ArticleMatch::DocumentId(document) => $put!(article::document_id.eq(document)),
            ArticleMatch::PublisherId(ids) => $put!(article::publisher_id.eq_any(ids)),
            // Settled before.
            ArticleMatch::Publisher(_) => constant(false),
            ArticleMatch::Site(site) => $put!(article::site.eq(site)),
            ArticleMatch::Language(tags) => $put!(article::language.eq_any(tags)),
            ArticleMatch::Published(date) => {
                interval!(date, article::published_earliest, article::published_latest, $put)
            }
        }
    };
}

/// `column IN (values)`; one value is an equality, by which an index gives the order too.
macro_rules! one_of {
    ($column:expr, $values:expr) => {{
        let mut values = $values;
        match (values.len(), values.pop()) {
            (1, Some(value)) => Box::new($column.eq(value).nullable()),
            (_, None) => constant(false),
            (_, Some(last)) => {
                values.push(last);
                Box::new($column.eq_any(values).nullable())
            }
        }
    }};
}

/// How `[earliest, latest]` must lie to the date asked for; unknown dates match `Known(false)` alone.
macro_rules! interval {
    ($date:expr, $earliest:expr, $latest:expr, $put:ident) => {
        match $date {
            DateMatch::Within(date) => {
                $put!($earliest.ge(date.earliest).and($latest.le(date.latest)))
            }
            DateMatch::Overlaps(date) => {
                $put!($earliest.le(date.latest).and($latest.ge(date.earliest)))
            }
            DateMatch::From(date) => $put!($earliest.ge(date.earliest)),
            DateMatch::Until(date) => $put!($latest.le(date.latest)),
            DateMatch::Known(true) => $put!($earliest.is_not_null()),
            DateMatch::Known(false) => $put!($earliest.is_null()),
        }
    };
}

/// What a quote must be to stand in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// All of these; of none: every quote.
    All(Vec<Condition>),
    /// Any of these; of none: no quote.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// One of these quotes.
    Id(Vec<Id>),
    /// Of one of these kinds.
    Kind(Vec<QuoteKind>),
    /// Attributed to one of these speakers.
    Speaker(Vec<Id>),
    /// Attributed to a speaker of this name, titles and spelling apart.
    SpeakerNamed(String),
    /// Attributed to the speaker with this Wikidata id.
    SpeakerWikidata(String),
    /// Attributed to one of these sorts of source.
    SpeakerKind(Vec<SpeakerKind>),
    /// By a source with one of these functions.
    Function(Vec<Function>),
    /// By a source whose role lies in one of these domains.
    Domain(Vec<Domain>),
    /// By a source whose role had one of these states.
    Status(Vec<Status>),
    /// By a source that speaks in one of these voices.
    Voice(Vec<Voice>),
    /// By an official of one of these domains.
    OfficialOf(Vec<Domain>),
    /// In this very role.
    Role(Vec<Id>),
    /// By a source whose printed role matches.
    RoleTitle(TextMatch),
    /// By a source at this organisation.
    Organisation(OrganisationMatch),
    /// By a source at one of these organisations.
    OrganisationId(Vec<Id>),
    /// At an organisation of one of these kinds.
    OrganisationKind(Vec<OrganisationKind>),
    /// At an organisation of this country (ISO 3166 alpha-2).
    OrganisationCountry(String),
    /// In an article that matches.
    Article(ArticleMatch),
    /// Behind one of these statements.
    Statement(Vec<Id>),
    /// In one of these languages (BCP 47).
    Language(Vec<String>),
    /// First given in one of these ways.
    Medium(Vec<Medium>),
    /// Said when.
    Said(DateMatch),
    /// First in print when.
    Reported(DateMatch),
    /// Known (or not) only through somebody else.
    SecondHand(bool),
    /// With one of these ids of the extractor's.
    ExternalId(Vec<String>),
}

/// How a folded text must match.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextMatch {
    /// Equal after folding.
    Equals(String),
    /// Holds this, after folding.
    Contains(String),
}

/// Which organisation is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrganisationMatch {
    /// One of these, where given, …
    pub ids: Option<Vec<Id>>,
    /// … that goes by this name or alias, where given.
    pub name: Option<String>,
    /// And every organisation below.
    pub descendants: bool,
}

/// Which article is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ArticleMatch {
    /// One of these.
    Id(Vec<Id>),
    /// The one at this address, in any of its spellings.
    Url(String),
    /// Those that an importer knew by this id.
    DocumentId(String),
    /// Those of this publisher.
    Publisher(OrganisationMatch),
    /// Those of one of these publishers.
    PublisherId(Vec<Id>),
    /// Those on this site (host without `www.`).
    Site(String),
    /// Those in one of these languages.
    Language(Vec<String>),
    /// Those published when.
    Published(DateMatch),
}

/// How an interval must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateMatch {
    /// Certainly inside: the whole of it.
    Within(FuzzyDate),
    /// Possibly inside: some of it.
    Overlaps(FuzzyDate),
    /// Certainly at or after the beginning of this date.
    From(FuzzyDate),
    /// Certainly at or before the end of this date.
    Until(FuzzyDate),
    /// Known at all, or not.
    Known(bool),
}

/// A condition in SQL. NULL counts as false everywhere but under NOT, which makes it so.
type Sql<T> = Box<dyn BoxableExpression<T, Backend, SqlType = Nullable<Bool>>>;

impl Condition {
    /// Replaces names by the ids that they have in this database, so that an index can be entered
    /// by them.
    pub(in crate::store) fn settle(self, connection: &mut Connection) -> Result<Self> {
        let mut each = |conditions: Vec<Self>| -> Result<Vec<Self>> {
            conditions.into_iter().map(|condition| condition.settle(connection)).collect()
        };
        Ok(match self {
            Self::All(conditions) => Self::All(each(conditions)?),
            Self::Any(conditions) => Self::Any(each(conditions)?),
            Self::Not(condition) => Self::Not(Box::new(condition.settle(connection)?)),
            Self::SpeakerNamed(name) => Self::Speaker(speakers::ids_by_name(connection, &name)?),
            Self::SpeakerWikidata(item) => {
                Self::Speaker(speakers::ids_by_wikidata(connection, &item)?)
            }
            Self::Organisation(wanted) => {
                Self::OrganisationId(organisations::ids(connection, &wanted)?)
            }
            Self::Article(ArticleMatch::Publisher(wanted)) => {
                let ids = organisations::ids(connection, &wanted)?;
                Self::Article(ArticleMatch::PublisherId(ids))
            }
            settled => settled,
        })
    }

    /// The SQL of a settled condition.
    pub(in crate::store) fn sql(self) -> Sql<quote::table> {
        match self {
            Self::All(conditions) => conditions
                .into_iter()
                .map(Self::sql)
                .reduce(|one, other| Box::new(one.and(other)))
                .unwrap_or_else(|| constant(true)),
            Self::Any(conditions) => conditions
                .into_iter()
                .map(Self::sql)
                .reduce(|one, other| Box::new(one.or(other)))
                .unwrap_or_else(|| constant(false)),
            Self::Not(condition) => Box::new(diesel::dsl::not(or_false(condition.sql()))),
            Self::Id(ids) => one_of!(quote::id, ids),
            Self::Kind(kinds) => one_of!(quote::kind, kinds),
            Self::Speaker(ids) => one_of!(quote::speaker_id, ids),
            Self::SpeakerKind(kinds) => one_of!(quote::speaker_kind, kinds),
            Self::Function(functions) => one_of!(quote::function, functions),
            Self::Domain(domains) => one_of!(quote::domain, domains),
            Self::Status(states) => one_of!(quote::status, states),
            Self::OfficialOf(domains) => one_of!(quote::official_of, domains),
            Self::Role(ids) => one_of!(quote::role_id, ids),
            Self::Statement(ids) => one_of!(quote::statement_id, ids),
            Self::Language(tags) => one_of!(quote::language, tags),
            Self::Medium(media) => one_of!(quote::medium, media),
            Self::ExternalId(ids) => one_of!(quote::external_id, ids),
            Self::OrganisationId(ids) => one_of!(quote::organisation_id, ids),
            Self::SecondHand(true) => Box::new(quote::via.is_not_null().nullable()),
            Self::SecondHand(false) => Box::new(quote::via.is_null().nullable()),
            Self::Said(date) => {
                interval!(date, quote::said_earliest, quote::said_latest, plainly)
            }
            Self::Reported(date) => {
                interval!(date, quote::reported_earliest, quote::reported_latest, plainly)
            }
            Self::Voice(voices) => Box::new(quote::role_id.eq_any(
                role::table.filter(role::voice.eq_any(voices)).select(role::id.nullable()),
            )),
            Self::RoleTitle(TextMatch::Equals(title)) => Box::new(
                quote::role_id.eq_any(
                    role::table
                        .filter(role::title_key.eq(person::name_key(&title)))
                        .select(role::id.nullable()),
                ),
            ),
            Self::RoleTitle(TextMatch::Contains(part)) => Box::new(
                quote::role_id.eq_any(
                    role::table
                        .filter(role::title_key.like(containing(&part)).escape('\\'))
                        .select(role::id.nullable()),
                ),
            ),
            Self::OrganisationKind(kinds) => Box::new(
                quote::organisation_id.eq_any(
                    organisation::table
                        .filter(organisation::kind.eq_any(kinds))
                        .select(organisation::id.nullable()),
                ),
            ),
            Self::OrganisationCountry(code) => Box::new(
                quote::organisation_id.eq_any(
                    organisation::table
                        .filter(organisation::country.eq(code.to_ascii_uppercase()))
                        .select(organisation::id.nullable()),
                ),
            ),
            Self::Article(ArticleMatch::Id(ids)) => one_of!(quote::article_id, ids),
            Self::Article(wanted) => article_sql!(wanted, of_an_article),
            // `settle` has replaced these.
            Self::SpeakerNamed(_) | Self::SpeakerWikidata(_) | Self::Organisation(_) => {
                constant(false)
            }
        }
    }
}

impl ArticleMatch {
    /// The SQL of the condition on the article itself; a publisher must be settled before.
    pub(in crate::store) fn sql(self) -> Sql<article::table> {
        article_sql!(self, plainly)
    }
}

/// The id of the article at an address.
pub(in crate::store) fn at_address(address: &Address) -> Id {
    Id::derive(Kind::Article, &[b"url", address.key.as_bytes()])
}

/// The LIKE pattern of "holds these folded words"; nothing in them is a wildcard.
pub(in crate::store) fn containing(part: &str) -> String {
    let key = person::name_key(part);
    let escaped = key.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

fn constant<T: 'static>(value: bool) -> Sql<T>
where
    diesel::expression::SqlLiteral<Nullable<Bool>>:
        BoxableExpression<T, Backend, SqlType = Nullable<Bool>>,
{
    Box::new(sql::<Nullable<Bool>>(if value { "(1 = 1)" } else { "(1 = 0)" }))
}

/// NULL as false, so that NOT has two values only: "not said by X" keeps what nobody said.
fn or_false(condition: Sql<quote::table>) -> Sql<quote::table> {
    diesel::define_sql_function! {
        /// The first argument that is not NULL.
        fn coalesce(x: Nullable<Bool>, y: Bool) -> Nullable<Bool>;
    }
    Box::new(coalesce(condition, false))
}
