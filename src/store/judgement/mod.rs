//! Judgements as they are stored: the rows, those in force as rules, the list.

pub mod candidates;
pub mod made;
pub mod party;
mod rules;

use std::collections::HashSet;

use diesel::prelude::*;
use serde::Serialize;

use super::dialect::{Connection, on};
use super::error::Result;
use super::page::{Page, Window, page};
use super::predicate::{Predicate, column};
use super::schema::{judgement, judgement_quote};
use crate::domain::id::Id;
use crate::domain::judgement::JudgementAction;

pub use rules::{organisation_of, rules};

/// A row of `judgement`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = judgement)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct JudgementRow {
    pub id: Id,
    pub number: i64,
    pub action: JudgementAction,
    pub subject_id: Id,
    pub object_id: Option<Id>,
    pub name: Option<String>,
    pub name_key: Option<String>,
    pub reason: String,
    pub made_at: i64,
    pub token_id: Option<Id>,
    pub actor: String,
    pub undone_at: Option<i64>,
    pub undone_token_id: Option<Id>,
    pub undone_actor: Option<String>,
    pub undone_reason: Option<String>,
}

/// A row of `judgement_quote`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = judgement_quote)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct JudgementQuoteRow {
    pub judgement_id: Id,
    pub article_id: Id,
    pub quote_id: Id,
}

/// What a judgement must be to stand in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct JudgementCondition {
    /// About this speaker, organisation or role: as subject or as object.
    pub about: Option<Id>,
    /// About this quote by itself.
    pub quote: Option<Id>,
    /// Of one of these actions.
    pub action: Option<Vec<JudgementAction>>,
    /// In force, or taken back.
    pub in_force: Option<bool>,
}

/// The judgements of these ids that exist, in no order.
pub fn by_id(connection: &mut Connection, ids: &[Id]) -> Result<Vec<JudgementRow>> {
    let query = judgement::table.filter(judgement::id.eq_any(ids));
    Ok(on!(connection, |c| query.select(JudgementRow::as_select()).load(c))?)
}

/// Judgements, the newest first.
pub fn list(
    connection: &mut Connection,
    condition: &JudgementCondition,
    window: &Window,
) -> Result<Page<JudgementRow>> {
    let mut meets = Vec::new();
    if let Some(about) = condition.about {
        meets.push(Predicate::Any(vec![
            Predicate::ids(column!(judgement.subject_id), vec![about]),
            Predicate::ids(column!(judgement.object_id), vec![about]),
        ]));
    }
    if let Some(quote) = condition.quote {
        meets.push(Predicate::Below {
            column: column!(judgement.id),
            ids: "SELECT judgement_quote.judgement_id FROM judgement_quote WHERE ",
            meet: Box::new(Predicate::ids(column!(judgement_quote.quote_id), vec![quote])),
        });
    }
    if let Some(actions) = &condition.action {
        let words = actions.iter().map(|action| action.as_str()).collect();
        meets.push(Predicate::words(column!(judgement.action), words));
    }
    if let Some(in_force) = condition.in_force {
        meets.push(Predicate::Known(column!(judgement.undone_at), !in_force));
    }
    let meets = Predicate::all(meets);
    page!(
        connection,
        judgement as JudgementRow,
        meets,
        window,
        true,
        judgement::number,
        judgement::id,
        Time
    )
}

/// The quotes that these judgements are about by themselves.
pub fn quotes(connection: &mut Connection, judgements: &[Id]) -> Result<Vec<JudgementQuoteRow>> {
    let query = judgement_quote::table.filter(judgement_quote::judgement_id.eq_any(judgements));
    let query = query.order((judgement_quote::judgement_id, judgement_quote::quote_id));
    Ok(on!(connection, |c| query.select(JudgementQuoteRow::as_select()).load(c))?)
}

/// The names that judgements say do not mean these speakers or organisations, folded.
pub fn refused_names(connection: &mut Connection, ids: &[Id]) -> Result<HashSet<(Id, String)>> {
    let query = judgement::table
        .filter(judgement::subject_id.eq_any(ids))
        .filter(judgement::action.eq(JudgementAction::RemoveAlias))
        .filter(judgement::undone_at.is_null())
        .filter(judgement::name_key.is_not_null())
        .select((judgement::subject_id, judgement::name_key.assume_not_null()));
    Ok(on!(connection, |c| query.load::<(Id, String)>(c))?.into_iter().collect())
}

/// The judgements in force about this quote by itself, in the order in which they were made.
pub fn in_force_of(connection: &mut Connection, quote: Id) -> Result<Vec<JudgementRow>> {
    let about = judgement_quote::table
        .filter(judgement_quote::quote_id.eq(quote))
        .select(judgement_quote::judgement_id);
    let query = judgement::table
        .filter(judgement::undone_at.is_null())
        .filter(judgement::id.eq_any(about))
        .order(judgement::number);
    Ok(on!(connection, |c| query.select(JudgementRow::as_select()).load(c))?)
}

/// The judgements in force that say of this statement that another is, or is not, related to it.
pub fn relations_of(connection: &mut Connection, statement: Id) -> Result<Vec<JudgementRow>> {
    let of = in_force_about(connection, statement)?.into_iter();
    Ok(of.filter(|row| JudgementAction::RELATIONS.contains(&row.action)).collect())
}

/// The judgements in force that name this speaker, organisation or role as what was made or meant.
pub fn in_force_about(connection: &mut Connection, id: Id) -> Result<Vec<JudgementRow>> {
    let named = judgement::subject_id.eq(id).or(judgement::object_id.eq(id).assume_not_null());
    let query = judgement::table.filter(judgement::undone_at.is_null()).filter(named);
    let query = query.order(judgement::number);
    Ok(on!(connection, |c| query.select(JudgementRow::as_select()).load(c))?)
}
