//! Which articles a judgement touches.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::super::named::LONGEST_NAME;
use crate::domain::id::{Id, Kind};
use crate::domain::organisation as organisations;
use crate::domain::quote::Unsettled;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::judgement::{self as stored, JudgementRow};
use crate::store::merged::members;
use crate::store::schema::{judgement, judgement_quote, quote, role, speaker_alias};

/// The articles with quotes of this speaker, organisation or role; of an organisation also of the roles
/// that its own were merged into: which these are depends on what it is merged into.
pub fn naming(connection: &mut Connection, id: Id) -> Result<Vec<Id>> {
    let quotes = quote::table.select(quote::article_id).distinct();
    Ok(match id.kind() {
        Some(Kind::Speaker) => {
            on!(connection, |c| quotes.filter(quote::speaker_id.eq(id)).load(c))?
        }
        Some(Kind::Organisation) => {
            let elsewhere = stood_for(connection, id)?;
            let own = quote::organisation_id.eq(id).or(quote::role_id.eq_any(elsewhere));
            on!(connection, |c| quotes.filter(own.assume_not_null()).load(c))?
        }
        Some(Kind::Role) => on!(connection, |c| quotes.filter(quote::role_id.eq(id)).load(c))?,
        _ => Vec::new(),
    })
}

/// What the roles of an organisation, and of those that were merged into it, were merged into.
fn stood_for(connection: &mut Connection, id: Id) -> Result<Vec<Id>> {
    let rules = stored::rules(connection)?;
    let merged = rules.merged.keys().filter(|id| id.kind() == Some(Kind::Role)).copied();
    let merged: Vec<Id> = merged.collect();
    if merged.is_empty() {
        return Ok(Vec::new());
    }
    let homes = role::table
        .filter(role::id.eq_any(merged))
        .filter(role::organisation_id.is_not_null())
        .select((role::id, role::organisation_id.assume_not_null()));
    let homes: Vec<(Id, Id)> = on!(connection, |c| homes.load(c))?;
    let own = homes.into_iter().filter(|(_, home)| rules.canonical(*home) == id);
    Ok(own.map(|(role, _)| rules.canonical(role)).collect())
}

/// The articles with quotes that print this name where it means no organisation for certain.
pub fn printing(connection: &mut Connection, key: &str) -> Result<Vec<Id>> {
    let mut articles = BTreeSet::new();
    let open = quote::table.filter(quote::unsettled.is_not_null());
    let columns = (quote::article_id, quote::printed_organisation, quote::printed_speaker);
    let open: Vec<(Id, Option<String>, Option<String>)> =
        on!(connection, |c| open.select(columns).load(c))?;
    for (article, organisation, speaker) in open {
        let prints =
            |it: &Option<String>| it.as_deref().is_some_and(|it| organisations::key(it) == key);
        if prints(&organisation) || prints(&speaker) {
            articles.insert(article);
        }
    }
    Ok(articles.into_iter().collect())
}

/// The articles that the end of a judgement in force touches.
pub fn by_undoing(connection: &mut Connection, row: &JudgementRow) -> Result<Vec<Id>> {
    let mut articles: BTreeSet<Id> = BTreeSet::new();
    articles.extend(stored::quotes(connection, &[row.id])?.iter().map(|quote| quote.article_id));
    // Those of single quotes touch nothing else.
    if articles.is_empty()
        && let Some(object) = row.object_id
    {
        let rules = stored::rules(connection)?;
        let onto = rules.canonical(object);
        articles.extend(match row.action.joins() && onto.kind() == Some(Kind::Speaker) {
            true => printing_speaker(connection, onto, row.subject_id)?,
            false => naming(connection, onto)?,
        });
    }
    Ok(articles.into_iter().collect())
}

/// The articles with quotes of a speaker that may name whoever was merged into them as this one: by a
/// spelling that is theirs, or by what is no spelling. The others of a much quoted speaker are left in
/// peace.
fn printing_speaker(connection: &mut Connection, onto: Id, merged: Id) -> Result<Vec<Id>> {
    let mut theirs = vec![merged];
    theirs.extend(members(connection, &[merged])?.into_iter().map(|(id, _)| id));
    // Members point to the end of their line: those that came by way of this one are among all.
    let rules = stored::rules(connection)?;
    let by_way = rules.merged.keys().filter(|&&id| rules.line(id).any(|next| next == merged));
    theirs.extend(by_way);
    // Quotes that were given to them by themselves print whatever they do.
    let given = judgement_quote::table
        .inner_join(judgement::table.on(judgement::id.eq(judgement_quote::judgement_id)))
        .filter(judgement::undone_at.is_null())
        .filter(judgement::object_id.eq_any(&theirs))
        .select(judgement_quote::article_id);
    let given: Vec<Id> = on!(connection, |c| given.load(c))?;
    let spellings = speaker_alias::table
        .filter(speaker_alias::speaker_id.eq_any(theirs))
        .select(speaker_alias::name);
    let spellings: Vec<String> = on!(connection, |c| spellings.load(c))?;
    let spellings: BTreeSet<String> = spellings.into_iter().collect();
    let columns = (quote::article_id, quote::printed_speaker, quote::unsettled);
    let quotes = quote::table.filter(quote::speaker_id.eq(onto)).select(columns);
    let quotes: Vec<(Id, Option<String>, Option<Unsettled>)> = on!(connection, |c| quotes.load(c))?;
    let may = |(_, printed, open): &(Id, Option<String>, Option<Unsettled>)| match printed {
        Some(printed) => {
            open.is_some() || printed.len() > LONGEST_NAME || spellings.contains(printed)
        }
        None => true,
    };
    let printed = quotes.into_iter().filter(may).map(|(article, ..)| article);
    Ok(printed.chain(given).collect())
}
