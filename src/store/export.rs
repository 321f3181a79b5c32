//! What the database holds, as JSON lines: quotes in the native format with what they were resolved
//! to, and whom they name. The same state gives the same bytes on each database.

use std::collections::HashMap;
use std::ops::ControlFlow;

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::article::{self, ArticleRow};
use super::dialect::{Connection, on};
use super::error::Result;
use super::judgement::{self, JudgementRow};
use super::merged::followed;
use super::schema::judgement as judgements;
use super::table::{Organisation, Role, Row as _, Speaker};
use super::write::QuoteValues;
use super::{Store, organisation, quote, role, speaker};
use crate::domain::id::Id;
use crate::domain::reading::Reading;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Quotes, one line for each reading, the shown one first.
    Quotes,
    /// Speakers with their names.
    Speakers,
    /// Organisations with their names.
    Organisations,
    /// Roles.
    Roles,
    /// Judgements in force, in the order in which they were made.
    Judgements,
}

/// Takes a line; breaks where no more is wanted.
pub type Sink<'a> = &'a mut dyn FnMut(&Value) -> ControlFlow<()>;

impl Store {
    /// Gives every line of these parts of one state of the database, however others write
    /// meanwhile.
    pub fn export(&self, parts: &[Part], sink: Sink<'_>) -> Result<()> {
        self.snapshot(|connection| {
            for part in parts {
                let done = match part {
                    Part::Quotes => quotes(connection, sink),
                    Part::Speakers => speakers(connection, sink),
                    Part::Organisations => organisations(connection, sink),
                    Part::Roles => roles(connection, sink),
                    Part::Judgements => in_force(connection, sink),
                }?;
                if done.is_break() {
                    break;
                }
            }
            Ok(())
        })
    }
}

/// Gives what `$lines` makes of all rows of a table, a chunk at a time.
macro_rules! each {
    ($connection:expr, $sink:expr, $row:ty, |$c:ident, $rows:ident| $lines:expr) => {{
        let $c = $connection;
        let mut $rows = <$row>::behind($c, None)?;
        while let Some(last) = $rows.last().cloned() {
            let lines: Vec<Value> = $lines;
            if lines.iter().try_for_each(|line| $sink(line)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            $rows = <$row>::behind($c, Some(&last))?;
        }
        Ok(ControlFlow::Continue(()))
    }};
}

fn quotes(connection: &mut Connection, sink: Sink<'_>) -> Result<ControlFlow<()>> {
    each!(connection, sink, QuoteValues, |c, rows| of_quotes(c, rows)?)
}

fn of_quotes(connection: &mut Connection, rows: Vec<QuoteValues>) -> Result<Vec<Value>> {
    let ids = |id: fn(&QuoteValues) -> Option<Id>| -> Vec<Id> {
        let mut ids: Vec<Id> = rows.iter().filter_map(id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let speakers: HashMap<Id, String> = speaker::by_id(connection, &ids(|row| row.speaker_id))?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let roles: HashMap<Id, String> = role::by_id(connection, &ids(|row| row.role_id))?
        .into_iter()
        .map(|row| (row.id, row.title))
        .collect();
    let organisations: HashMap<Id, String> =
        organisation::by_id(connection, &ids(|row| row.organisation_id))?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
    let articles = article::by_id(connection, &ids(|row| Some(row.article_id)))?;
    let articles: HashMap<Id, Value> =
        articles.iter().map(|row| (row.id, of_article(row))).collect();
    let keys: Vec<(Id, Id)> = rows.iter().map(|row| (row.article_id, row.id)).collect();
    let mut others: HashMap<Id, Vec<Reading>> = HashMap::new();
    for (id, reading) in quote::readings(connection, &keys)? {
        others.entry(id).or_default().push(reading);
    }
    let named = |names: &HashMap<Id, String>, key: &str, id: Option<Id>| {
        id.map(|id| json!({ "id": id, key: names.get(&id) }))
    };
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let article = articles.get(&row.article_id).cloned().unwrap_or_default();
        let meant = row.meant();
        let resolved = json!({
            "statement": row.statement_id,
            "speaker_kind": meant.speaker_kind.as_str(),
            "speaker": named(&speakers, "name", row.speaker_id),
            "role": named(&roles, "title", row.role_id),
            "organisation": named(&organisations, "name", row.organisation_id),
            "function": meant.function.map(|it| it.as_str()),
            "domain": meant.domain.map(|it| it.as_str()),
            "status": meant.status.map(|it| it.as_str()),
            "official_of": meant.official_of.map(|it| it.as_str()),
            "capacity": meant.capacity.map(|it| it.as_str()),
        });
        let id = row.id;
        let mut shown = of_reading(&row.reading()?, id, &article);
        shown.insert("resolved".to_owned(), resolved);
        lines.push(Value::Object(shown));
        for other in others.remove(&id).unwrap_or_default() {
            lines.push(Value::Object(of_reading(&other, id, &article)));
        }
    }
    Ok(lines)
}

/// A reading in the native format.
fn of_reading(reading: &Reading, id: Id, article: &Value) -> Map<String, Value> {
    let mut line = Map::new();
    line.insert("id".to_owned(), json!(id));
    // Strings, numbers and enums alone: serialising them cannot fail.
    if let Ok(Value::Object(fields)) = serde_json::to_value(reading) {
        line.extend(fields);
    }
    line.insert("article".to_owned(), article.clone());
    line
}

fn of_article(row: &ArticleRow) -> Value {
    let mut article = json!({
        "id": row.id,
        "url": row.url,
        "document_id": row.document_id,
        "title": row.title,
        "publisher": row.publisher_printed,
        "authors": serde_json::from_str::<Value>(&row.authors).unwrap_or_default(),
        "published_at": row.published_at(),
        "language": row.language,
        "licence": row.licence,
        "archive_url": row.archive_url,
    });
    if let Value::Object(fields) = &mut article {
        fields.retain(|_, value| !value.is_null() && *value != json!([]));
    }
    article
}

fn speakers(connection: &mut Connection, sink: Sink<'_>) -> Result<ControlFlow<()>> {
    each!(connection, sink, Speaker, |c, rows| {
        let ids: Vec<Id> = rows.iter().map(Speaker::id).collect();
        let merged = followed(c, &ids)?;
        let mut aliases: HashMap<Id, Vec<String>> = HashMap::new();
        for row in speaker::aliases(c, &ids)? {
            aliases.entry(row.speaker_id).or_default().push(row.name);
        }
        let mut candidates: HashMap<Id, Vec<String>> = HashMap::new();
        for (id, item) in speaker::candidates(c, &ids)? {
            candidates.entry(id).or_default().push(item);
        }
        let line = |row: &Speaker| {
            let id = row.id();
            let mut told = json!(row);
            told["merged_into"] = json!(merged.get(&id));
            told["aliases"] = json!(aliases.get(&id));
            told["wikidata_candidates"] = json!(candidates.get(&id));
            json!({ "speaker": told })
        };
        rows.iter().map(line).collect()
    })
}

fn organisations(connection: &mut Connection, sink: Sink<'_>) -> Result<ControlFlow<()>> {
    each!(connection, sink, Organisation, |c, rows| {
        let ids: Vec<Id> = rows.iter().map(Organisation::id).collect();
        let merged = followed(c, &ids)?;
        let mut aliases: HashMap<Id, Vec<Value>> = HashMap::new();
        for row in organisation::aliases(c, &ids)? {
            let kind = row.kind.as_str();
            let alias = json!({ "name": row.name, "kind": kind, "language": row.language });
            aliases.entry(row.organisation_id).or_default().push(alias);
        }
        let line = |row: &Organisation| {
            let mut told = json!(row);
            told["merged_into"] = json!(merged.get(&row.id()));
            told["aliases"] = json!(aliases.get(&row.id()));
            json!({ "organisation": told })
        };
        rows.iter().map(line).collect()
    })
}

fn roles(connection: &mut Connection, sink: Sink<'_>) -> Result<ControlFlow<()>> {
    each!(connection, sink, Role, |c, rows| {
        let ids: Vec<Id> = rows.iter().map(Role::id).collect();
        let merged = followed(c, &ids)?;
        let line = |row: &Role| {
            let mut told = json!(row);
            told["merged_into"] = json!(merged.get(&row.id()));
            json!({ "role": told })
        };
        rows.iter().map(line).collect()
    })
}

fn in_force(connection: &mut Connection, sink: Sink<'_>) -> Result<ControlFlow<()>> {
    let query = judgements::table.filter(judgements::undone_at.is_null());
    let query = query.order(judgements::number);
    let rows: Vec<JudgementRow> =
        on!(connection, |c| query.select(JudgementRow::as_select()).load(c))?;
    for row in rows {
        let quotes = judgement::quotes(connection, &[row.id])?;
        let quotes: Vec<Id> = quotes.iter().map(|quote| quote.quote_id).collect();
        let line = json!({ "judgement": {
            "id": row.id,
            "action": row.action.as_str(),
            "subject": row.subject_id,
            "object": row.object_id,
            "name": row.name,
            "quotes": quotes,
            "reason": row.reason,
            "made_at": row.made_at,
            "actor": row.actor,
        } });
        if sink(&line).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
