//! From rows to nodes, with whatever the selection wants around them, in the same trip.
//!
//! Each function asks once for all its rows; nothing here is called row by row.

use std::collections::HashMap;

use super::article::Article;
use super::organisation::Organisation;
use super::quote::Quote;
use super::role::Role;
use super::speaker::Speaker;
use super::statement::Statement;
use super::tenure::Tenure;
use super::wanted::Wanted;
use crate::domain::id::Id;
use crate::store::Result;
use crate::store::article::{self, ArticleRow};
use crate::store::count;
use crate::store::dialect::Connection;
use crate::store::merged;
use crate::store::organisation::{self, OrganisationRow};
use crate::store::quote::{self, QuoteRow};
use crate::store::role::{self, RoleRow};
use crate::store::speaker::{self, SpeakerRow};
use crate::store::statement::{self, Reach, StatementRow};
use crate::store::tenure::Holding;

/// The nodes of these ids, asked for only where `wanted` is something.
macro_rules! related {
    ($connection:expr, $wanted:expr, $ids:expr, $by_id:path, $build:path) => {
        match $wanted {
            Some(wanted) => {
                let ids = distinct($ids);
                let rows = if ids.is_empty() { Vec::new() } else { $by_id($connection, &ids)? };
                let nodes = $build($connection, rows, wanted)?;
                let mut nodes: HashMap<_, _> =
                    nodes.into_iter().map(|node| (node.row.id, node)).collect();
                // What was merged is there as what it became.
                let others: Vec<Id> =
                    ids.into_iter().filter(|id| !nodes.contains_key(id)).collect();
                if !others.is_empty() {
                    for (old, id) in merged::followed($connection, &others)? {
                        if let Some(node) = nodes.get(&id).cloned() {
                            nodes.insert(old, node);
                        }
                    }
                }
                nodes
            }
            None => HashMap::new(),
        }
    };
}

/// A count for each of these ids, asked for only where the field is.
macro_rules! counted {
    ($connection:expr, $wanted:expr, $field:literal, $ids:expr, $count:path) => {
        if $wanted.has($field) && !$ids.is_empty() {
            $count($connection, $ids)?
        } else {
            HashMap::new()
        }
    };
}

fn distinct(ids: impl Iterator<Item = Option<Id>>) -> Vec<Id> {
    let mut ids: Vec<Id> = ids.flatten().collect();
    ids.sort();
    ids.dedup();
    ids
}

fn of<T: Clone>(nodes: &HashMap<Id, T>, id: Option<Id>) -> Option<T> {
    nodes.get(&id?).cloned()
}

fn grouped<T>(pairs: Vec<(Id, T)>) -> HashMap<Id, Vec<T>> {
    let mut groups: HashMap<Id, Vec<T>> = HashMap::new();
    for (id, value) in pairs {
        groups.entry(id).or_default().push(value);
    }
    groups
}

/// Quotes.
pub fn quotes(
    connection: &mut Connection,
    rows: Vec<QuoteRow>,
    wanted: &Wanted,
) -> Result<Vec<Quote>> {
    let articles: HashMap<Id, Article> = related!(
        connection,
        wanted.below("article"),
        rows.iter().map(|row| Some(row.article_id)),
        article::by_id,
        articles
    );
    let speakers: HashMap<Id, Speaker> = related!(
        connection,
        wanted.below("speaker"),
        rows.iter().map(|row| row.speaker_id),
        speaker::by_id,
        speakers
    );
    let roles: HashMap<Id, Role> = related!(
        connection,
        wanted.below("role"),
        rows.iter().map(|row| row.role_id),
        role::by_id,
        roles
    );
    let organisations: HashMap<Id, Organisation> = related!(
        connection,
        wanted.below("organisation"),
        rows.iter().map(|row| row.organisation_id),
        organisation::by_id,
        organisations
    );
    let statements: HashMap<Id, Statement> = related!(
        connection,
        wanted.below("statement"),
        rows.iter().map(|row| Some(row.statement_id)),
        statement::by_id,
        statements
    );
    let told = wanted.has("contradictingReadings") || wanted.has("otherReadings");
    let mut readings = if told {
        let keys: Vec<(Id, Id)> = rows.iter().map(|row| (row.article_id, row.id)).collect();
        grouped(quote::readings(connection, &keys)?)
    } else {
        HashMap::new()
    };
    let node = |row: QuoteRow| {
        Ok(Quote {
            further_speakers: if wanted.has("furtherSpeakers") {
                row.further_speakers()?.into_iter().map(Into::into).collect()
            } else {
                Vec::new()
            },
            article: of(&articles, Some(row.article_id)),
            speaker: of(&speakers, row.speaker_id),
            role: of(&roles, row.role_id),
            organisation: of(&organisations, row.organisation_id),
            statement: of(&statements, Some(row.statement_id)).map(Box::new),
            other_readings: readings
                .remove(&row.id)
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            row,
        })
    };
    rows.into_iter().map(node).collect()
}

/// Statements.
pub fn statements(
    connection: &mut Connection,
    rows: Vec<StatementRow>,
    wanted: &Wanted,
) -> Result<Vec<Statement>> {
    let speakers: HashMap<Id, Speaker> = related!(
        connection,
        wanted.below("speaker"),
        rows.iter().map(|row| row.speaker_id),
        speaker::by_id,
        speakers
    );
    let roles: HashMap<Id, Role> = related!(
        connection,
        wanted.below("role"),
        rows.iter().map(|row| row.role_id),
        role::by_id,
        roles
    );
    let organisations: HashMap<Id, Organisation> = related!(
        connection,
        wanted.below("organisation"),
        rows.iter().map(|row| row.organisation_id),
        organisation::by_id,
        organisations
    );
    let first: HashMap<Id, Quote> = related!(
        connection,
        wanted.below("firstQuote"),
        rows.iter().map(|row| Some(row.first_quote_id)),
        quote::by_id,
        quotes
    );
    let counted = ["quoteCount", "articleCount", "publisherCount", "independentCount"];
    let reach = if counted.iter().any(|count| wanted.has(count)) && !rows.is_empty() {
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        statement::reach(connection, &ids)?
    } else {
        Vec::new()
    };
    let independent = if wanted.has("independentCount") {
        statement::independent(connection, &reach)?
    } else {
        HashMap::new()
    };
    let reach: HashMap<Id, Reach> =
        reach.into_iter().map(|reach| (reach.statement_id, reach)).collect();
    let certain = wanted.has("firstQuotePrecision") || wanted.has("firstQuoteCandidateCount");
    let certainty = if certain { statement::firsts(connection, &rows)? } else { HashMap::new() };
    let mut candidates: HashMap<Id, Vec<Quote>> = HashMap::new();
    if let Some(wanted) = wanted.below("firstQuoteCandidates") {
        for (id, found) in statement::candidates(connection, &rows)? {
            candidates.insert(id, quotes(connection, found, wanted)?);
        }
    }
    let node = |row: StatementRow| Statement {
        speaker: of(&speakers, row.speaker_id),
        role: of(&roles, row.role_id),
        organisation: of(&organisations, row.organisation_id),
        first_quote: of(&first, Some(row.first_quote_id)).map(Box::new),
        reach: of(&reach, Some(row.id)),
        independent: of(&independent, Some(row.id)),
        first: of(&certainty, Some(row.id)),
        candidates: candidates.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(node).collect())
}

/// Speakers.
pub fn speakers(
    connection: &mut Connection,
    rows: Vec<SpeakerRow>,
    wanted: &Wanted,
) -> Result<Vec<Speaker>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let mut aliases = HashMap::new();
    if (wanted.has("aliases") || wanted.has("knownAs")) && !ids.is_empty() {
        let rows = speaker::aliases(connection, &ids)?;
        aliases = grouped(rows.into_iter().map(|row| (row.speaker_id, row)).collect());
    }
    let mut candidates = HashMap::new();
    if (wanted.has("wikidataCandidates") || wanted.has("candidates")) && !ids.is_empty() {
        candidates = grouped(speaker::candidates(connection, &ids)?);
    }
    let quotes = counted!(connection, wanted, "quoteCount", &ids, count::quotes_of_speakers);
    let statements =
        counted!(connection, wanted, "statementCount", &ids, count::statements_of_speakers);
    let node = |row: SpeakerRow| Speaker {
        quotes: of(&quotes, Some(row.id)).unwrap_or_default(),
        statements: of(&statements, Some(row.id)).unwrap_or_default(),
        aliases: aliases.remove(&row.id).unwrap_or_default(),
        candidates: candidates.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(node).collect())
}

/// Organisations.
pub fn organisations(
    connection: &mut Connection,
    rows: Vec<OrganisationRow>,
    wanted: &Wanted,
) -> Result<Vec<Organisation>> {
    let parents: HashMap<Id, Organisation> = related!(
        connection,
        wanted.below("parent"),
        rows.iter().map(|row| row.parent_id),
        organisation::by_id,
        organisations
    );
    let mut aliases = HashMap::new();
    if wanted.has("aliases") && !rows.is_empty() {
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        let found = organisation::aliases(connection, &ids)?;
        aliases = grouped(found.into_iter().map(|row| (row.organisation_id, row.into())).collect());
    }
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let quotes = counted!(connection, wanted, "quoteCount", &ids, count::quotes_of_organisations);
    let statements =
        counted!(connection, wanted, "statementCount", &ids, count::statements_of_organisations);
    let node = |row: OrganisationRow| Organisation {
        quotes: of(&quotes, Some(row.id)).unwrap_or_default(),
        statements: of(&statements, Some(row.id)).unwrap_or_default(),
        parent: of(&parents, row.parent_id).map(Box::new),
        aliases: aliases.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(node).collect())
}

/// Roles.
pub fn roles(
    connection: &mut Connection,
    rows: Vec<RoleRow>,
    wanted: &Wanted,
) -> Result<Vec<Role>> {
    let organisations: HashMap<Id, Organisation> = related!(
        connection,
        wanted.below("organisation"),
        rows.iter().map(|row| row.organisation_id),
        organisation::by_id,
        organisations
    );
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let quotes = counted!(connection, wanted, "quoteCount", &ids, count::quotes_of_roles);
    let node = |row: RoleRow| Role {
        organisation: of(&organisations, row.organisation_id),
        quotes: of(&quotes, Some(row.id)).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(node).collect())
}

/// Tenures.
pub fn tenures(
    connection: &mut Connection,
    rows: Vec<Holding>,
    wanted: &Wanted,
) -> Result<Vec<Tenure>> {
    let speakers: HashMap<Id, Speaker> = related!(
        connection,
        wanted.below("speaker"),
        rows.iter().map(|row| Some(row.speaker_id)),
        speaker::by_id,
        speakers
    );
    let roles: HashMap<Id, Role> = related!(
        connection,
        wanted.below("role"),
        rows.iter().map(|row| Some(row.role_id)),
        role::by_id,
        roles
    );
    let organisations: HashMap<Id, Organisation> = related!(
        connection,
        wanted.below("organisation"),
        rows.iter().map(|row| row.organisation_id),
        organisation::by_id,
        organisations
    );
    let shown = match wanted.below("evidence") {
        Some(wanted) => {
            let evidence = rows.iter().flat_map(|row| row.evidence.iter().cloned()).collect();
            let nodes = quotes(connection, evidence, wanted)?;
            nodes.into_iter().map(|node| (node.row.id, node)).collect()
        }
        None => HashMap::new(),
    };
    let node = |holding: Holding| Tenure {
        speaker: of(&speakers, Some(holding.speaker_id)),
        role: of(&roles, Some(holding.role_id)),
        organisation: of(&organisations, holding.organisation_id),
        evidence: holding.evidence.iter().filter_map(|row| of(&shown, Some(row.id))).collect(),
        holding,
    };
    Ok(rows.into_iter().map(node).collect())
}

/// Articles.
pub fn articles(
    connection: &mut Connection,
    rows: Vec<ArticleRow>,
    wanted: &Wanted,
) -> Result<Vec<Article>> {
    let publishers: HashMap<Id, Organisation> = related!(
        connection,
        wanted.below("publisher"),
        rows.iter().map(|row| row.publisher_id),
        organisation::by_id,
        organisations
    );
    let node = |row: ArticleRow| Article { publisher: of(&publishers, row.publisher_id), row };
    Ok(rows.into_iter().map(node).collect())
}
