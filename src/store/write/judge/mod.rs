//! Judgements: made, looked at beforehand, taken back. Each is one transaction of
//! [`Store::write`](crate::store::Store::write), ends with a row in the audit, and works out anew
//! what the quotes mean that it touches.

mod names;
mod prepare;
mod relation;
mod sweep;
mod target;
mod touched;

use std::collections::HashMap;

use diesel::prelude::*;

use super::QuoteValues;
use super::edit::{Decided, Deed, Refusal};
use super::meaning::{Change, again, of_speakers_again};
use super::named::Memory;
use super::remove::forget_unused;
use crate::domain::access::AuditAction;
use crate::domain::field::Fault;
use crate::domain::id::{Id, Kind};
use crate::domain::statement::StatementRelationKind;
use crate::store::audit::now;
use crate::store::dialect::{Connection, insert, on};
use crate::store::error::Result;
use crate::store::judgement::{self as stored, JudgementQuoteRow, JudgementRow};
use crate::store::schema::{judgement, judgement_quote};
use crate::store::{merged, tenure};

/// What somebody judges.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Two speakers, organisations or roles are one, which goes by `into`.
    Merge {
        /// The one that is the other.
        from: Id,
        /// The other.
        into: Id,
    },
    /// Some quotes of a speaker, an organisation or a role are another's.
    Split {
        /// Whose they were.
        from: Id,
        /// The quotes.
        quotes: Vec<Id>,
        /// Whose they are.
        into: Target,
    },
    /// A name means this speaker or organisation.
    AddAlias {
        /// Whom.
        to: Id,
        /// The name.
        name: String,
    },
    /// A name does not mean this speaker or organisation.
    RemoveAlias {
        /// Whom not.
        of: Id,
        /// The name.
        name: String,
    },
    /// The source of some quotes spoke in this role.
    Reassign {
        /// The quotes.
        quotes: Vec<Id>,
        /// The role.
        role: Target,
    },
    /// It became known who the unnamed source of some quotes was.
    Unmask {
        /// The quotes.
        quotes: Vec<Id>,
        /// Who it was.
        speaker: Target,
    },
    /// A speaker is the person of this Wikidata id.
    SettleWikidata {
        /// The speaker.
        speaker: Id,
        /// The id.
        wikidata: String,
    },
    /// Two that look alike are not the same.
    KeepApart {
        /// One.
        one: Id,
        /// The other.
        other: Id,
    },
    /// Two statements are related, or are not.
    Relate {
        /// One.
        one: Id,
        /// The other.
        other: Id,
        /// How the one stands to the other; none where they are not related.
        kind: Option<StatementRelationKind>,
    },
}

/// What quotes are given to.
#[derive(Debug, Clone)]
pub enum Target {
    /// Somebody or something that is there.
    There(Id),
    /// A speaker of this name, and perhaps this Wikidata id.
    Speaker {
        /// The name.
        name: String,
        /// The Wikidata id.
        wikidata: Option<String>,
    },
    /// An organisation of this name.
    Organisation {
        /// The name.
        name: String,
    },
    /// A role of this title at this organisation.
    Role {
        /// The title.
        title: String,
        /// The organisation.
        organisation: Option<Id>,
    },
}

/// A judgement, and the quotes that mean something else by it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The judgement.
    pub row: JudgementRow,
    /// What changed, in the order of articles and quotes.
    pub changes: Vec<Change>,
    /// The names of whom the first [`SHOWN`] of these name, before and after.
    pub names: HashMap<Id, String>,
}

/// How many quotes are shown to whoever judges.
pub const SHOWN: usize = 20;

impl Judged {
    /// What was said before already.
    fn known(row: JudgementRow) -> Self {
        Self { row, changes: Vec::new(), names: HashMap::new() }
    }
}

/// Makes a judgement.
pub fn judge(connection: &mut Connection, deed: &Deed, asked: Asked) -> Result<Decided<Judged>> {
    let Some(reason) = deed.reason.clone() else {
        return Ok(Err(refuse("reason", "say why: whoever reads it later wants to know")));
    };
    let prepared = match prepare::prepare(connection, asked)? {
        Ok(prepared) => prepared,
        Err(refusal) => {
            // Whom it would have named anew.
            sweep::sweep(connection)?;
            return Ok(Err(refusal));
        }
    };
    if let Some(before) = prepared.before {
        return Ok(Ok(Judged::known(before)));
    }
    let last: Option<i64> =
        on!(connection, |c| judgement::table.select(diesel::dsl::max(judgement::number)).first(c))?;
    let (number, made_at) = (last.unwrap_or(0) + 1, now());
    let parts: [&[u8]; 3] =
        [&number.to_le_bytes(), &made_at.to_le_bytes(), prepared.subject.as_bytes()];
    let row = JudgementRow {
        id: Id::derive(Kind::Judgement, &parts),
        number,
        action: prepared.action,
        subject_id: prepared.subject,
        object_id: Some(prepared.object),
        name: prepared.name.as_ref().map(|(name, _)| name.clone()),
        name_key: prepared.name.map(|(_, key)| key),
        reason,
        made_at,
        token_id: deed.actor.token,
        actor: deed.actor.name.clone(),
        undone_at: None,
        undone_token_id: None,
        undone_actor: None,
        undone_reason: None,
    };
    insert!(connection, judgement::table, std::slice::from_ref(&row))?;
    let quotes = prepared.quotes.iter();
    let quotes: Vec<JudgementQuoteRow> = quotes
        .map(|&(article_id, quote_id)| JudgementQuoteRow {
            judgement_id: row.id,
            article_id,
            quote_id,
        })
        .collect();
    insert!(connection, judgement_quote::table, &quotes)?;
    if row.action.joins() {
        target::point(connection)?;
    }
    let (changes, names) = meant_anew(connection, &prepared.articles, &row)?;
    // Roles that came or went with their organisation.
    target::point(connection)?;
    sweep::sweep(connection)?;
    deed.record(connection, AuditAction::Judge, row.id)?;
    Ok(Ok(Judged { row, changes, names }))
}

/// Takes a judgement back. One that was taken back already is told, and nothing done.
pub fn undo(connection: &mut Connection, deed: &Deed, id: Id) -> Result<Decided<Judged>> {
    let Some(row) = stored::by_id(connection, &[id])?.pop() else {
        return Ok(Err(Refusal::Missing));
    };
    if row.undone_at.is_some() {
        return Ok(Ok(Judged::known(row)));
    }
    let articles = touched::by_undoing(connection, &row)?;
    let undone = (
        judgement::undone_at.eq(now()),
        judgement::undone_token_id.eq(deed.actor.token),
        judgement::undone_actor.eq(&deed.actor.name),
        judgement::undone_reason.eq(&deed.reason),
    );
    let there = judgement::table.filter(judgement::id.eq(id));
    on!(connection, |c| diesel::update(there).set(undone).execute(c))?;
    if row.action.joins() {
        target::point(connection)?;
    }
    let (changes, names) = meant_anew(connection, &articles, &row)?;
    // Roles whose quotes another judgement took along stay for those who have their ids.
    target::point(connection)?;
    // Whom a removal left for this judgement's sake alone.
    let rules = stored::rules(connection)?;
    let before: Vec<&QuoteValues> = changes.iter().map(|change| &change.before).collect();
    forget_unused(connection, &rules, &before)?;
    // Roles that came or went with their organisation.
    target::point(connection)?;
    sweep::sweep(connection)?;
    deed.record(connection, AuditAction::UndoJudgement, id)?;
    let row = stored::by_id(connection, &[id])?.pop().unwrap_or(row);
    Ok(Ok(Judged { row, changes, names }))
}

/// Works out anew what the quotes of these articles mean. Names are those of before what nothing
/// names any more is swept away.
fn meant_anew(
    connection: &mut Connection,
    articles: &[Id],
    row: &JudgementRow,
) -> Result<(Vec<Change>, HashMap<Id, String>)> {
    let mut changes = again(connection, &mut Memory::new(), articles)?;
    for later in beside_the_record(connection, row)? {
        match changes.iter_mut().find(|change| change.after.id == later.after.id) {
            Some(change) => change.after = later.after,
            None => changes.push(later),
        }
    }
    changes.sort_by_key(|change| (change.after.article_id, change.after.id));
    let shown = changes.iter().take(SHOWN);
    let names = names::names(connection, shown.flat_map(|c| [&c.before, &c.after]))?;
    Ok((changes, names))
}

/// Judges anew how quotes stand to the record, where this one joins or parts people: their tenures
/// are one another's, and so are those of people who only have their name.
fn beside_the_record(connection: &mut Connection, row: &JudgementRow) -> Result<Vec<Change>> {
    let people: Vec<Id> = [Some(row.subject_id), row.object_id].into_iter().flatten().collect();
    let joins = row.action.joins() && row.subject_id.kind() == Some(Kind::Speaker);
    if !joins || !tenure::any(connection)? {
        return Ok(Vec::new());
    }
    let roots = merged::roots(connection, people.clone())?;
    let members = merged::members(connection, &roots)?;
    let people: Vec<Id> = people.into_iter().chain(members.into_iter().map(|(id, _)| id)).collect();
    let keys = tenure::name_keys(connection, &people)?;
    of_speakers_again(connection, people, keys)
}

fn refuse(field: &str, reason: impl ToString) -> Refusal {
    Refusal::Field(Fault::value(field, reason))
}
