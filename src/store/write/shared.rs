//! The shared rows: articles, organisations, speakers, roles, statements.

use diesel::prelude::*;
use serde::Serialize;

use super::reference::{Reference, reference_row};
use crate::domain::address::Address;
use crate::domain::article::{Article, better, better_date};
use crate::domain::date::DatePrecision;
use crate::domain::id::Id;
use crate::domain::organisation::{self, Organisation};
use crate::domain::quote::SpeakerKind;
use crate::domain::resolution::{ResolvedOrganisation, ResolvedRole, ResolvedSpeaker};
use crate::domain::text::{name_rank, spelling_rank};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use crate::store::corpus::Delta;
use crate::store::dialect::{Connection, insert, on};
use crate::store::near;
use crate::store::quote::fuzzy;
use crate::store::schema::{article, organisation as organisations, role, speaker, statement};

/// The sort key of what has no date.
pub const UNDATED: i64 = i64::MIN;

/// A row of `article`.
#[derive(Debug, Clone, PartialEq, Serialize, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = article)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ArticleValues {
    pub id: Id,
    url: Option<String>,
    url_rank: Option<String>,
    site: Option<String>,
    document_id: Option<String>,
    title: Option<String>,
    publisher_id: Option<Id>,
    publisher_printed: Option<String>,
    authors: String,
    published_earliest: Option<i64>,
    published_latest: Option<i64>,
    published_precision: Option<DatePrecision>,
    language: Option<String>,
    licence: Option<String>,
    archive_url: Option<String>,
    ordered_at: i64,
}

impl ArticleValues {
    /// The row of an article of this identity.
    pub fn of(id: Id, described: &Article) -> Self {
        let address = described.address.as_ref();
        let published = described.published_at;
        let publisher = described.publisher.as_deref();
        Self {
            id,
            url: address.map(|a| a.printed.clone()),
            url_rank: address.map(|a| Address::rank(&a.printed)),
            site: address.map(|a| a.site.clone()),
            document_id: described.document_id.clone(),
            title: described.title.clone(),
            publisher_id: publisher.map(|name| ResolvedOrganisation::publisher(name).id()),
            publisher_printed: publisher.map(str::to_owned),
            // Strings alone: serialising them cannot fail.
            authors: serde_json::to_string(&described.authors).unwrap_or_else(|_| "[]".into()),
            published_earliest: published.map(|date| date.earliest),
            published_latest: published.map(|date| date.latest),
            published_precision: published.map(|date| date.precision),
            language: described.language.clone(),
            licence: described.licence.clone(),
            archive_url: described.archive_url.clone(),
            ordered_at: published.map_or(UNDATED, |date| date.earliest),
        }
    }
}

impl ArticleValues {
    /// Writes new rows; they are counted.
    pub fn write(connection: &mut Connection, rows: &[Self]) -> QueryResult<()> {
        insert!(connection, article::table, rows)?;
        Delta::articles(counted(rows.len())).write(connection)
    }

    /// Removes an article without quotes.
    pub fn delete(connection: &mut Connection, id: Id) -> QueryResult<()> {
        let there = article::table.filter(article::id.eq(id));
        let removed = on!(connection, |c| diesel::delete(there).execute(c))?;
        Delta::articles(-counted(removed)).write(connection)
    }
}

/// A number of rows, as it is added to others.
fn counted(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

impl Reference for ArticleValues {
    reference_row!(ArticleValues, article, |connection, rows| Self::write(connection, rows));

    fn merge(self, other: Self) -> Self {
        let date = |row: &Self| {
            fuzzy(row.published_earliest, row.published_latest, row.published_precision)
        };
        let published = better_date(date(&self), date(&other));
        let (url, url_rank) = match (&self.url_rank, &other.url_rank) {
            (Some(mine), Some(theirs)) if theirs < mine => (other.url, other.url_rank),
            (None, Some(_)) => (other.url, other.url_rank),
            _ => (self.url, self.url_rank),
        };
        let publisher_printed = better(self.publisher_printed, other.publisher_printed);
        Self {
            id: self.id,
            url,
            url_rank,
            site: better(self.site, other.site),
            document_id: better(self.document_id, other.document_id),
            title: better(self.title, other.title),
            publisher_id: publisher_printed
                .as_deref()
                .map(|name| ResolvedOrganisation::publisher(name).id()),
            publisher_printed,
            authors: better(Some(self.authors), Some(other.authors)).unwrap_or_default(),
            published_earliest: published.map(|date| date.earliest),
            published_latest: published.map(|date| date.latest),
            published_precision: published.map(|date| date.precision),
            language: better(self.language, other.language),
            licence: better(self.licence, other.licence),
            archive_url: better(self.archive_url, other.archive_url),
            ordered_at: published.map_or(UNDATED, |date| date.earliest),
        }
    }
}

/// A row of `organisation`.
#[derive(Debug, Clone, PartialEq, Serialize, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = organisations)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct OrganisationValues {
    pub id: Id,
    name: String,
    name_key: String,
    spelling: String,
    kind: OrganisationKind,
    country: Option<String>,
    wikidata: Option<String>,
    vocabulary_key: Option<String>,
    pub parent_id: Option<Id>,
}

impl OrganisationValues {
    /// The rows that an organisation needs: its ancestors first, since rows point upwards.
    pub fn of(resolved: &ResolvedOrganisation) -> Vec<Self> {
        match resolved {
            ResolvedOrganisation::Listed(known) => {
                let mut rows: Vec<Self> = known.ancestors().into_iter().map(Self::listed).collect();
                rows.reverse();
                rows.push(Self::listed(known));
                rows
            }
            ResolvedOrganisation::Unlisted { name, kind } => vec![Self {
                id: resolved.id(),
                name: name.clone(),
                name_key: organisation::key(name),
                spelling: spelling_rank(name),
                kind: *kind,
                country: None,
                wikidata: None,
                vocabulary_key: None,
                parent_id: None,
            }],
        }
    }

    fn listed(known: &'static Organisation) -> Self {
        let parent = known.parent.and_then(organisation::by_key);
        Self {
            id: ResolvedOrganisation::Listed(known).id(),
            name: known.name.to_owned(),
            name_key: organisation::key(known.name),
            spelling: spelling_rank(known.name),
            kind: known.kind,
            country: known.country.map(str::to_owned),
            wikidata: known.wikidata.map(str::to_owned),
            vocabulary_key: Some(known.key.to_owned()),
            parent_id: parent.map(|parent| ResolvedOrganisation::Listed(parent).id()),
        }
    }
}

impl Reference for OrganisationValues {
    reference_row!(OrganisationValues, organisations);

    fn merge(self, other: Self) -> Self {
        // A listed organisation is what the vocabulary of this program says, whatever stood there.
        if other.vocabulary_key.is_some() {
            return other;
        }
        let kind = match (self.kind, other.kind) {
            (OrganisationKind::Unknown, kind) | (kind, OrganisationKind::Unknown) => kind,
            (one, other) => one.min(other),
        };
        let best = if other.spelling < self.spelling { other } else { self };
        Self { kind, ..best }
    }
}

/// A row of `speaker`.
#[derive(Debug, Clone, PartialEq, Serialize, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = speaker)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct SpeakerValues {
    pub id: Id,
    name: String,
    name_key: String,
    spelling: String,
    wikidata: Option<String>,
}

impl SpeakerValues {
    /// The row of a resolved speaker.
    pub fn of(resolved: &ResolvedSpeaker) -> Self {
        Self {
            id: resolved.id,
            name: resolved.name.clone(),
            name_key: resolved.name_key.clone(),
            spelling: name_rank(&resolved.name),
            wikidata: resolved.wikidata.clone(),
        }
    }
}

impl Reference for SpeakerValues {
    reference_row!(SpeakerValues, speaker);

    fn merge(self, other: Self) -> Self {
        if other.spelling < self.spelling { other } else { self }
    }
}

/// A row of `role`.
#[derive(Debug, Clone, PartialEq, Serialize, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = role)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct RoleValues {
    pub id: Id,
    title: String,
    title_key: String,
    spelling: String,
    function: Function,
    domain: Domain,
    status: Status,
    voice: Voice,
    organisation_id: Option<Id>,
}

impl RoleValues {
    /// The row of a resolved role at an organisation.
    pub fn of(resolved: &ResolvedRole, organisation_id: Option<Id>) -> Self {
        Self {
            id: resolved.id,
            title: resolved.title.clone(),
            title_key: resolved.title_key.clone(),
            spelling: spelling_rank(&resolved.title),
            function: resolved.function,
            domain: resolved.domain,
            status: resolved.status,
            voice: resolved.voice,
            organisation_id,
        }
    }
}

impl Reference for RoleValues {
    reference_row!(RoleValues, role);

    fn merge(self, other: Self) -> Self {
        if other.spelling < self.spelling { other } else { self }
    }
}

/// A row of `statement`: what its first quote says, so that it follows from its quotes alone.
#[derive(Debug, Clone, PartialEq, Serialize, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = statement)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct StatementValues {
    pub id: Id,
    pub speaker_kind: SpeakerKind,
    pub speaker_id: Option<Id>,
    pub organisation_id: Option<Id>,
    pub role_id: Option<Id>,
    pub first_article_id: Id,
    pub first_quote_id: Id,
    pub text: String,
    pub ordered_at: i64,
}

impl StatementValues {
    /// Writes new rows; they are counted, and found by their words.
    pub fn write(connection: &mut Connection, rows: &[Self]) -> QueryResult<()> {
        insert!(connection, statement::table, rows)?;
        near::add(connection, rows.iter().map(|row| (row.id, row.text.as_str())))?;
        Delta::statements(counted(rows.len())).write(connection)
    }

    /// Removes statements without quotes.
    pub fn delete(connection: &mut Connection, ids: &[Id]) -> QueryResult<()> {
        near::remove(connection, ids)?;
        let gone = statement::table.filter(statement::id.eq_any(ids));
        let removed = on!(connection, |c| diesel::delete(gone).execute(c))?;
        Delta::statements(-counted(removed)).write(connection)
    }

    /// Orders quotes of one statement, the first one first: dated before undated, then by date.
    fn rank(&self) -> (bool, i64, Id, Id) {
        let undated = self.ordered_at == UNDATED;
        (undated, self.ordered_at, self.first_article_id, self.first_quote_id)
    }
}

impl Reference for StatementValues {
    reference_row!(StatementValues, statement, |connection, rows| Self::write(connection, rows));

    fn merge(self, other: Self) -> Self {
        if other.rank() < self.rank() { other } else { self }
    }
}
