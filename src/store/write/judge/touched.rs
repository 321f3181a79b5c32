//! Which articles a judgement touches.

use std::collections::BTreeSet;

use diesel::prelude::*;

use crate::domain::id::{Id, Kind};
use crate::domain::organisation::{self as organisations, Reading};
use crate::domain::resolution::ResolvedOrganisation;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::judgement::{self as stored, JudgementRow};
use crate::store::schema::quote;

/// The articles with quotes of this speaker, organisation or role.
pub fn naming(connection: &mut Connection, id: Id) -> Result<Vec<Id>> {
    let quotes = quote::table.select(quote::article_id).distinct();
    Ok(match id.kind() {
        Some(Kind::Speaker) => {
            on!(connection, |c| quotes.filter(quote::speaker_id.eq(id)).load(c))?
        }
        Some(Kind::Organisation) => {
            on!(connection, |c| quotes.filter(quote::organisation_id.eq(id)).load(c))?
        }
        Some(Kind::Role) => on!(connection, |c| quotes.filter(quote::role_id.eq(id)).load(c))?,
        _ => Vec::new(),
    })
}

/// The articles with quotes that print this name where it means no organisation for certain, or one
/// of the vocabulary.
pub fn printing(connection: &mut Connection, key: &str, name: &str) -> Result<Vec<Id>> {
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
    if let Reading::Known(known) = organisations::read(name) {
        articles.extend(naming(connection, ResolvedOrganisation::Listed(known).id())?);
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
        articles.extend(naming(connection, rules.canonical(object))?);
    }
    Ok(articles.into_iter().collect())
}
