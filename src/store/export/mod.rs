//! What the database holds, as JSON lines: quotes in the native format with what they were resolved
//! to, and whom they name. The same state gives the same bytes on each database.

mod quotes;

use std::collections::HashMap;
use std::ops::ControlFlow;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::dialect::{Connection, on};
use super::error::Result;
use super::judgement::{self, JudgementRow};
use super::merged::followed;
use super::quote::Condition;
use super::schema::judgement as judgements;
use super::table::{Organisation, Role, Row as _, Speaker};
use super::{Store, organisation, speaker};
use crate::domain::id::Id;
use quotes::quotes;

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

/// Which quotes are exported, and what of them.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What a quote must be.
    pub condition: Condition,
    /// Whether what it was resolved to stands beside what was printed.
    pub resolved: bool,
}

impl Default for Choice {
    fn default() -> Self {
        Self { condition: Condition::All(Vec::new()), resolved: true }
    }
}

/// Takes a line; breaks where no more is wanted.
pub type Sink<'a> = &'a mut dyn FnMut(&Value) -> ControlFlow<()>;

impl Store {
    /// Gives every line of these parts of one state of the database, however others write
    /// meanwhile.
    pub fn export(&self, parts: &[Part], sink: Sink<'_>) -> Result<()> {
        self.export_some(parts, &Choice::default(), sink)
    }

    /// The same, of some of the quotes.
    pub fn export_some(&self, parts: &[Part], choice: &Choice, sink: Sink<'_>) -> Result<()> {
        self.snapshot(|connection| {
            for part in parts {
                let done = match part {
                    Part::Quotes => quotes(connection, choice, sink),
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
