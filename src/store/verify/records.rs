//! What is on record of the statements that a question is compared with.

use std::collections::HashMap;
use std::mem;

use diesel::prelude::*;

use super::super::dialect::{Connection, on};
use super::super::error::Result;
use super::super::quote::{QuoteRow, at_address};
use super::super::role::{self, RoleRow};
use super::super::schema::quote;
use super::super::speaker;
use super::super::statement::StatementRow;
use super::Asked;
use super::attributed::{Attributed, Names};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::quotation_marks::take_off;
use crate::domain::quote::FurtherSpeakerMode;
use crate::domain::verification::{By, Question, Source};

/// A statement with what the comparison needs to know of it.
struct Record {
    statement: StatementRow,
    /// The text to compare.
    text: String,
    by: By,
    other_role: bool,
    said: Option<FuzzyDate>,
    reported: Option<FuzzyDate>,
}

impl Record {
    fn source(&self, key: usize) -> Source<'_> {
        Source {
            key,
            text: &self.text,
            speaker: self.statement.speaker_id.map(number),
            by: self.by,
            other_role: self.other_role,
            said: self.said,
            reported: self.reported,
        }
    }
}

/// Statements, by the places that sources are known by.
pub struct Records(Vec<Record>);

/// Quotes by the places of their statements.
pub type Loaded = HashMap<usize, Vec<QuoteRow>>;

impl Records {
    /// What the statements alone tell.
    pub fn of(
        connection: &mut Connection,
        attributed: Option<&Attributed>,
        statements: Vec<StatementRow>,
    ) -> Result<Self> {
        let mut names = Names::new();
        let mut roles = HashMap::new();
        if let Some(attributed) = attributed {
            if attributed.asks_for_names() {
                names = names_of(connection, statements.iter().filter_map(|s| s.speaker_id))?;
            }
            roles = roles_of(connection, statements.iter().filter_map(|s| s.role_id))?;
        }
        let record = |statement: StatementRow| {
            let role = statement.role_id.and_then(|id| roles.get(&id));
            let (by, other_role) = match attributed {
                Some(attributed) => (
                    attributed.by(&statement, role, &names),
                    attributed.is_other_role(role, statement.organisation_id),
                ),
                None => (By::Unasked, false),
            };
            let text = statement.text.clone();
            Record { statement, text, by, other_role, said: None, reported: None }
        };
        Ok(Self(statements.into_iter().map(record).collect()))
    }

    /// As the comparison takes them.
    pub fn sources(&self) -> Vec<Source<'_>> {
        self.0.iter().enumerate().map(|(key, record)| record.source(key)).collect()
    }

    /// The statement in this place.
    pub fn statement(&self, key: usize) -> Option<&StatementRow> {
        self.0.get(key).map(|record| &record.statement)
    }

    /// The text that is compared in this place.
    pub fn text(&self, key: usize) -> Option<&str> {
        self.0.get(key).map(|record| record.text.as_str())
    }

    /// The quotes of some of them, of each at most so many.
    pub fn quotes(
        &self,
        connection: &mut Connection,
        keys: &[usize],
        article: Option<Id>,
        most: i64,
    ) -> Result<Loaded> {
        let mut loaded = Loaded::new();
        for &key in keys {
            let Some(statement) = self.statement(key) else { continue };
            let all = quote::table.filter(quote::statement_id.eq(statement.id));
            let first = all.order((quote::ordered_at, quote::id)).limit(most);
            let mut rows: Vec<QuoteRow> =
                on!(connection, |c| first.select(QuoteRow::as_select()).load(c))?;
            if let Some(article) = article {
                let here = all.filter(quote::article_id.eq(article)).limit(most);
                let here: Vec<QuoteRow> =
                    on!(connection, |c| here.select(QuoteRow::as_select()).load(c))?;
                rows.retain(|row| row.article_id != article);
                rows.extend(here);
            }
            rows.sort_unstable_by_key(|row| {
                let elsewhere = article.is_some_and(|article| row.article_id != article);
                let undated = row.ordered_at == i64::MIN;
                (elsewhere, row.vanished_at.is_some(), undated, row.ordered_at, row.id)
            });
            loaded.insert(key, rows);
        }
        Ok(loaded)
    }

    /// Adds what only quotes tell: dates, roles, who else said it. Of the quotes of a statement the one
    /// that agrees best with the question counts. Tells whether anything is new.
    pub fn refine(
        &mut self,
        connection: &mut Connection,
        attributed: Option<&Attributed>,
        (asked, question): (&Asked, &Question<'_>),
        loaded: &mut Loaded,
    ) -> Result<bool> {
        let mut changed = false;
        let article = asked.article.as_ref().map(at_address);
        let stands_in = question.stands_in();
        let roles = match attributed.filter(|attributed| attributed.asks_for_role()) {
            Some(_) => {
                roles_of(connection, loaded.values().flatten().filter_map(|row| row.role_id))?
            }
            None => HashMap::new(),
        };
        for (&key, rows) in loaded.iter_mut() {
            let Some(record) = self.0.get_mut(key) else { continue };
            if let Some(attributed) = attributed {
                let fits = |row: &QuoteRow| {
                    let role = row.role_id.and_then(|id| roles.get(&id));
                    !attributed.is_other_role(role, row.organisation_id)
                };
                if record.other_role && rows.iter().any(fits) {
                    (record.other_role, changed) = (false, true);
                }
                if record.by == By::Other && joined(rows, attributed)? {
                    (record.by, changed) = (By::Attributed, true);
                }
            }
            if let Some(day) = asked.said_on {
                let best = rows.iter().min_by_key(|row| distance(row, day));
                if let Some(best) = best {
                    (record.said, record.reported) = (best.said_at(), best.reported_at());
                    changed = true;
                }
            }
            // Prints of a statement may differ in the signs of numbers, which are no words of it: where one
            // has those of the question ("-2.5") the others ("2.5") are none of its sources.
            let (own, others): (Vec<_>, Vec<_>) =
                mem::take(rows).into_iter().partition(|row| stands_in(&row.text));
            *rows = if own.is_empty() { others } else { own };
            // What is compared is the print that has the question's; it stands first.
            rows.sort_by_cached_key(|row| {
                let elsewhere = article.is_some_and(|article| row.article_id != article);
                (elsewhere, row.vanished_at.is_some(), unlike(&row.text, &asked.text))
            });
            if let Some(first) = rows.first().filter(|first| first.text != record.text) {
                record.text.clone_from(&first.text);
                changed = true;
            }
        }
        Ok(changed)
    }
}

/// How far a print is from being the question's: 0 is its own, 1 has it as a part.
fn unlike(print: &str, asked: &str) -> u8 {
    let bare = take_off(asked).words.trim_matches(['…', '.', ' ']);
    match print {
        _ if print == asked => 0,
        _ if !bare.is_empty() && print.contains(bare) => 1,
        _ => 2,
    }
}

/// Whether somebody who said it together with the speaker is meant.
fn joined(rows: &[QuoteRow], attributed: &Attributed) -> Result<bool> {
    for row in rows {
        for further in row.further_speakers()? {
            let joint = further.mode == FurtherSpeakerMode::Joint;
            if joint && further.name.is_some_and(|name| attributed.is_named(&name)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// How far a quote's dates are from this one, in microseconds; nothing known is the farthest.
fn distance(row: &QuoteRow, day: FuzzyDate) -> u64 {
    let Some(known) = row.said_at().or_else(|| row.reported_at()) else { return u64::MAX };
    let before = day.earliest.saturating_sub(known.latest);
    let after = known.earliest.saturating_sub(day.latest);
    u64::try_from(before.max(after)).unwrap_or(0)
}

/// A number for a speaker, the same for the same one.
fn number(id: Id) -> u64 {
    id.as_bytes().iter().fold(0, |number: u64, byte| number.rotate_left(8) ^ u64::from(*byte))
}

/// The names of speakers.
fn names_of(connection: &mut Connection, ids: impl Iterator<Item = Id>) -> Result<Names> {
    let mut ids: Vec<Id> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = Names::new();
    if ids.is_empty() {
        return Ok(names);
    }
    for row in speaker::by_id(connection, &ids)? {
        names.entry(row.id).or_default().push(row.name);
    }
    for row in speaker::aliases(connection, &ids)? {
        names.entry(row.speaker_id).or_default().push(row.name);
    }
    Ok(names)
}

/// Roles by their ids.
fn roles_of(
    connection: &mut Connection,
    ids: impl Iterator<Item = Id>,
) -> Result<HashMap<Id, RoleRow>> {
    let mut ids: Vec<Id> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(role::by_id(connection, &ids)?.into_iter().map(|row| (row.id, row)).collect())
}
