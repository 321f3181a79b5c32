//! A judgement looked at before it is made: whether it can be, and which articles it touches.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::super::edit::Decided;
use super::super::remove::is_named;
use super::target::{self, Made};
use super::{Asked, Target, refuse, relation, touched};
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::{JudgementAction, Rules};
use crate::domain::organisation as organisations;
use crate::domain::person::name_key;
use crate::domain::resolution::ResolvedOrganisation;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::judgement::{self as stored, JudgementRow};
use crate::store::merged;
use crate::store::schema::quote;

/// A judgement that can be made.
pub struct Prepared {
    /// What it says.
    pub action: JudgementAction,
    /// About whom or what.
    pub subject: Id,
    /// Whom or what that becomes.
    pub object: Id,
    /// The alias, and the key by which it is looked up.
    pub name: Option<(String, String)>,
    /// The quotes that it is about by themselves.
    pub quotes: Vec<(Id, Id)>,
    /// The articles whose quotes may mean something else by it.
    pub articles: Vec<Id>,
    /// The judgement in force that says this already.
    pub before: Option<JudgementRow>,
}

/// A quote as a judgement about it needs it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = quote)]
struct QuoteRow {
    article_id: Id,
    id: Id,
    speaker_id: Option<Id>,
    organisation_id: Option<Id>,
    role_id: Option<Id>,
}

impl QuoteRow {
    /// Whom or what of this kind it names.
    fn named(&self, kind: Option<Kind>) -> Option<Id> {
        match kind {
            Some(Kind::Speaker) => self.speaker_id,
            Some(Kind::Organisation) => self.organisation_id,
            _ => self.role_id,
        }
    }
}

/// Looks at what is asked. Whom it names anew is there after this.
pub fn prepare(connection: &mut Connection, asked: Asked) -> Result<Decided<Prepared>> {
    let rules = stored::rules(connection)?;
    match asked {
        Asked::Merge { from, into } => merge(connection, &rules, from, into),
        Asked::Split { from, quotes, into } => split(connection, &rules, from, &quotes, into),
        Asked::AddAlias { to, name } => add_alias(connection, &rules, to, name),
        Asked::RemoveAlias { of, name } => remove_alias(connection, &rules, of, name),
        Asked::Reassign { quotes, role } => reassign(connection, &rules, &quotes, role),
        Asked::Unmask { quotes, speaker } => unmask(connection, &rules, &quotes, speaker),
        Asked::SettleWikidata { speaker, wikidata } => {
            settle_wikidata(connection, &rules, speaker, wikidata)
        }
        Asked::KeepApart { one, other } => keep_apart(connection, &rules, one, other),
        Asked::Relate { one, other, kind } => relation::relate(connection, one, other, kind),
    }
}

pub(super) fn whole(
    action: JudgementAction,
    subject: Id,
    object: Id,
    articles: Vec<Id>,
) -> Prepared {
    Prepared { action, subject, object, name: None, quotes: vec![], articles, before: None }
}

/// What is said by a judgement in force.
pub(super) fn known(before: JudgementRow) -> Prepared {
    let (subject, object) = (before.subject_id, before.object_id.unwrap_or(before.subject_id));
    Prepared { before: Some(before), ..whole(JudgementAction::KeepApart, subject, object, vec![]) }
}

fn in_force(
    connection: &mut Connection,
    action: JudgementAction,
    subject: Id,
) -> Result<Option<JudgementRow>> {
    let about = stored::in_force_about(connection, subject)?;
    Ok(about.into_iter().find(|row| row.action == action && row.subject_id == subject))
}

fn merge(
    connection: &mut Connection,
    rules: &Rules,
    from: Id,
    into: Id,
) -> Result<Decided<Prepared>> {
    let action = match (from.kind(), into.kind()) {
        (Some(Kind::Speaker), Some(Kind::Speaker)) => JudgementAction::MergeSpeakers,
        (Some(Kind::Organisation), Some(Kind::Organisation)) => JudgementAction::MergeOrganisations,
        (Some(Kind::Role), Some(Kind::Role)) => JudgementAction::MergeRoles,
        _ => return Ok(Err(refuse("intoId", "both must be speakers, organisations or roles"))),
    };
    for (field, id) in [("id", from), ("intoId", into)] {
        if !target::is_there(connection, id)? {
            return Ok(Err(target::missing(field)));
        }
    }
    if from == into {
        return Ok(Err(refuse("intoId", "is the same: name two")));
    }
    // A role whose organisation was merged stands for the same role there.
    let mut root_of = |id: Id| -> Result<Id> {
        let followed = merged::followed(connection, &[id])?;
        Ok(rules.canonical(followed.get(&id).copied().unwrap_or(id)))
    };
    let (root, onto) = (root_of(from)?, root_of(into)?);
    if root == onto {
        return Ok(match merged_before(connection, rules, action, from, into)? {
            Some(before) => Ok(known(before)),
            None => Err(refuse("intoId", "they are one already, by other judgements")),
        });
    }
    if let Some(apart) = kept_apart(connection, rules, root, onto)? {
        let problem = format!("judgement {} says that they are not the same: undo it first", apart);
        return Ok(Err(refuse("intoId", problem)));
    }
    if action == JudgementAction::MergeOrganisations && target::is_part(connection, root, onto)? {
        return Ok(Err(refuse("intoId", "one of them is part of the other")));
    }
    let articles = touched::naming(connection, root)?;
    Ok(Ok(whole(action, root, onto, articles)))
}

/// The judgement in force that made one what the other stands for: it is about whatever the two stood
/// for then.
fn merged_before(
    connection: &mut Connection,
    rules: &Rules,
    action: JudgementAction,
    from: Id,
    into: Id,
) -> Result<Option<JudgementRow>> {
    let onto: Vec<Id> = rules.line(into).collect();
    let mut own = rules.line(from).zip(rules.line(from).skip(1));
    match own.find(|(_, next)| onto.contains(next)) {
        Some((last, _)) => in_force(connection, action, last),
        None => Ok(None),
    }
}

/// The judgement in force that keeps these two, or what else they stand for, apart.
fn kept_apart(
    connection: &mut Connection,
    rules: &Rules,
    one: Id,
    other: Id,
) -> Result<Option<Id>> {
    let pairs = target::kept_apart(connection)?;
    Ok(pairs.into_iter().find_map(|(id, subject, object)| {
        let pair = (rules.canonical(subject), rules.canonical(object));
        (pair == (one, other) || pair == (other, one)).then_some(id)
    }))
}

fn keep_apart(
    connection: &mut Connection,
    rules: &Rules,
    one: Id,
    other: Id,
) -> Result<Decided<Prepared>> {
    if one.kind() != other.kind() {
        return Ok(Err(refuse("otherId", "both must be speakers, organisations or roles")));
    }
    for (field, id) in [("id", one), ("otherId", other)] {
        if !target::is_there(connection, id)? {
            return Ok(Err(target::missing(field)));
        }
    }
    if one == other {
        return Ok(Err(refuse("otherId", "is the same: name two")));
    }
    let (first, second) = (rules.canonical(one), rules.canonical(other));
    if first == second {
        return Ok(Err(refuse("otherId", "they are one: undo the judgement that made them so")));
    }
    let pairs = target::kept_apart(connection)?;
    let same = |pair: &(Id, Id, Id)| {
        let pair = (rules.canonical(pair.1), rules.canonical(pair.2));
        pair == (first, second) || pair == (second, first)
    };
    if let Some((id, ..)) = pairs.into_iter().find(same)
        && let Some(before) = stored::by_id(connection, &[id])?.pop()
    {
        return Ok(Ok(known(before)));
    }
    Ok(Ok(whole(JudgementAction::KeepApart, first, second, Vec::new())))
}

/// The quotes of these ids, all of them there.
fn quotes(connection: &mut Connection, ids: &[Id]) -> Result<Decided<Vec<QuoteRow>>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let places = crate::store::quote::by_id(connection, &ids)?;
    let articles: Vec<Id> = places.iter().map(|place| place.article_id).collect();
    let here =
        quote::table.filter(quote::article_id.eq_any(articles)).filter(quote::id.eq_any(&ids));
    let rows: Vec<QuoteRow> = on!(connection, |c| here.select(QuoteRow::as_select()).load(c))?;
    Ok(match ids.iter().find(|id| rows.iter().all(|row| row.id != **id)) {
        Some(missing) => Err(refuse("quoteIds", format!("no quote has the id {missing}"))),
        None if rows.is_empty() => Err(refuse("quoteIds", "name at least one quote")),
        None => Ok(rows),
    })
}

fn of_quotes(action: JudgementAction, subject: Id, object: Id, rows: &[QuoteRow]) -> Prepared {
    let mut articles: Vec<Id> = rows.iter().map(|row| row.article_id).collect();
    articles.sort_unstable();
    articles.dedup();
    let quotes = rows.iter().map(|row| (row.article_id, row.id)).collect();
    Prepared { quotes, ..whole(action, subject, object, articles) }
}

/// The judgement in force that gave exactly these quotes to `into`, which they still mean.
fn given_before(
    connection: &mut Connection,
    rules: &Rules,
    action: JudgementAction,
    into: Id,
    rows: &[QuoteRow],
) -> Result<Option<JudgementRow>> {
    if rows.iter().any(|row| row.named(into.kind()) != Some(into)) {
        return Ok(None);
    }
    let Some(first) = rows.first() else { return Ok(None) };
    let ids: BTreeSet<Id> = rows.iter().map(|row| row.id).collect();
    for before in stored::in_force_of(connection, first.id)?.into_iter().rev() {
        let object = before.object_id.map(|id| rules.canonical(id));
        if before.action == action && object == Some(into) {
            let quotes = stored::quotes(connection, &[before.id])?;
            if quotes.iter().map(|quote| quote.quote_id).collect::<BTreeSet<_>>() == ids {
                return Ok(Some(before));
            }
        }
    }
    Ok(None)
}

fn split(
    connection: &mut Connection,
    rules: &Rules,
    from: Id,
    ids: &[Id],
    into: Target,
) -> Result<Decided<Prepared>> {
    let from = rules.canonical(from);
    if !target::is_there(connection, from)? {
        return Ok(Err(target::missing("id")));
    }
    let rows = match quotes(connection, ids)? {
        Ok(rows) => rows,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let action = match from.kind() {
        Some(Kind::Speaker) => JudgementAction::SplitSpeaker,
        Some(Kind::Organisation) => JudgementAction::SplitOrganisation,
        _ => JudgementAction::SplitRole,
    };
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let made = match target::make(connection, rules, "intoId", into, Some((from, &ids)))? {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let into = rules.canonical(made.id);
    if let Some(before) = given_before(connection, rules, action, into, &rows)? {
        return Ok(Ok(known(before)));
    }
    if let Some(other) = rows.iter().find(|row| row.named(from.kind()) != Some(from)) {
        return Ok(Err(refuse("quoteIds", format!("the quote {} is not of it", other.id))));
    }
    if into.kind() != from.kind() || into == from {
        return Ok(Err(refuse("intoId", "must be another one of the same sort")));
    }
    Ok(Ok(of_quotes(action, from, into, &rows)))
}

fn reassign(
    connection: &mut Connection,
    rules: &Rules,
    ids: &[Id],
    role: Target,
) -> Result<Decided<Prepared>> {
    let rows = match quotes(connection, ids)? {
        Ok(rows) => rows,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Made { id } = match target::make(connection, rules, "roleId", role, None)? {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let role = rules.canonical(id);
    if role.kind() != Some(Kind::Role) {
        return Ok(Err(refuse("roleId", "is not the id of a role")));
    }
    let action = JudgementAction::ReassignRole;
    if let Some(before) = given_before(connection, rules, action, role, &rows)? {
        return Ok(Ok(known(before)));
    }
    let subject = rows.iter().find_map(|row| row.role_id).unwrap_or(role);
    Ok(Ok(of_quotes(action, subject, role, &rows)))
}

fn unmask(
    connection: &mut Connection,
    rules: &Rules,
    ids: &[Id],
    speaker: Target,
) -> Result<Decided<Prepared>> {
    let rows = match quotes(connection, ids)? {
        Ok(rows) => rows,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Made { id } = match target::make(connection, rules, "speakerId", speaker, None)? {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let speaker = rules.canonical(id);
    if speaker.kind() != Some(Kind::Speaker) {
        return Ok(Err(refuse("speakerId", "is not the id of a speaker")));
    }
    let action = JudgementAction::UnmaskSource;
    if let Some(before) = given_before(connection, rules, action, speaker, &rows)? {
        return Ok(Ok(known(before)));
    }
    if let Some(named) = rows.iter().find(|row| row.speaker_id.is_some()) {
        let problem = format!("the source of {} has a name: split that speaker instead", named.id);
        return Ok(Err(refuse("quoteIds", problem)));
    }
    Ok(Ok(of_quotes(action, speaker, speaker, &rows)))
}

fn settle_wikidata(
    connection: &mut Connection,
    rules: &Rules,
    speaker: Id,
    wikidata: String,
) -> Result<Decided<Prepared>> {
    let (asked, speaker) = (speaker, rules.canonical(speaker));
    let Some(row) = crate::store::speaker::exactly(connection, speaker)? else {
        return Ok(Err(target::missing("id")));
    };
    let settled = Target::Speaker { name: row.name, wikidata: Some(wikidata) };
    let Made { id } = match target::make(connection, rules, "id", settled, None)? {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let onto = rules.canonical(id);
    if onto == speaker {
        let about = stored::in_force_about(connection, speaker)?;
        let same = |row: &JudgementRow| {
            row.action == JudgementAction::SettleWikidata
                && rules.line(asked).any(|own| own == row.subject_id)
        };
        return Ok(match about.into_iter().find(same) {
            Some(before) => Ok(known(before)),
            None => Err(refuse("wikidataId", "is settled already")),
        });
    }
    if row.wikidata.is_some() {
        let problem = "the speaker has another one: split or merge speakers instead";
        return Ok(Err(refuse("wikidataId", problem)));
    }
    if let Some(apart) = kept_apart(connection, rules, speaker, onto)? {
        let problem = format!("judgement {apart} says that they are not the same: undo it first");
        return Ok(Err(refuse("wikidataId", problem)));
    }
    let articles = touched::naming(connection, speaker)?;
    Ok(Ok(whole(JudgementAction::SettleWikidata, speaker, onto, articles)))
}

/// The id of whoever goes by a name and by nothing else, with the key of the name.
fn by_name(kind: Option<Kind>, name: &str) -> Option<(Id, String)> {
    let (kind, key) = match kind {
        Some(Kind::Speaker) => (Kind::Speaker, name_key(name)),
        Some(Kind::Organisation) => (Kind::Organisation, organisations::key(name)),
        _ => return None,
    };
    (!key.is_empty()).then(|| (Id::derive(kind, &[b"name", key.as_bytes()]), key))
}

fn add_alias(
    connection: &mut Connection,
    rules: &Rules,
    to: Id,
    name: String,
) -> Result<Decided<Prepared>> {
    let Some((named, key)) = by_name(to.kind(), &name) else {
        return Ok(Err(refuse("name", "a speaker or an organisation needs a name with letters")));
    };
    if !target::is_there(connection, to)? {
        return Ok(Err(target::missing("id")));
    }
    let to = rules.canonical(to);
    let action = JudgementAction::AddAlias;
    if named.kind() == Some(Kind::Speaker)
        && target::person_named(&name).map(|name| name_key(&name)).as_ref() != Some(&key)
    {
        return Ok(Err(refuse("name", target::NO_PERSON)));
    }
    if let organisations::Reading::Known(known) = organisations::read(&name)
        && named.kind() == Some(Kind::Organisation)
        && ResolvedOrganisation::Listed(known).id() != to
    {
        let problem = format!("is a name of {} in the vocabulary", known.name);
        return Ok(Err(refuse("name", problem)));
    }
    if rules.canonical(named) == to {
        return Ok(match in_force(connection, action, named)? {
            Some(before) => Ok(known(before)),
            None => Err(refuse("name", "is a name of it already")),
        });
    }
    if let Some(other) = rules.merged.get(&named) {
        let problem = format!("means {other} by a judgement: undo that first");
        return Ok(Err(refuse("name", problem)));
    }
    if let Some(apart) = kept_apart(connection, rules, named, to)? {
        let problem = format!("judgement {apart} says that they are not the same: undo it first");
        return Ok(Err(refuse("name", problem)));
    }
    if !rules.merged.contains_key(&named) && is_named(connection, named)? {
        let problem = "is another one's own name: merge the two, if they are one";
        return Ok(Err(refuse("name", problem)));
    }
    target::make_named(connection, named, &name)?;
    let mut articles = touched::naming(connection, named)?;
    if named.kind() == Some(Kind::Organisation) {
        articles.extend(touched::printing(connection, &key)?);
    }
    let alias = Prepared { name: Some((name, key)), ..whole(action, named, to, articles) };
    Ok(Ok(alias))
}

fn remove_alias(
    connection: &mut Connection,
    rules: &Rules,
    of: Id,
    name: String,
) -> Result<Decided<Prepared>> {
    let Some((named, key)) = by_name(of.kind(), &name) else {
        return Ok(Err(refuse("name", "a speaker or an organisation needs a name with letters")));
    };
    if !target::is_there(connection, of)? {
        return Ok(Err(target::missing("id")));
    }
    let of = rules.canonical(of);
    let action = JudgementAction::RemoveAlias;
    if rules.apart.contains_key(&(of, key.clone())) {
        let before = stored::in_force_about(connection, of)?;
        let same = |row: &JudgementRow| row.action == action && row.name_key.as_ref() == Some(&key);
        if let Some(before) = before.into_iter().find(same) {
            return Ok(Ok(known(before)));
        }
    }
    if named == of {
        return Ok(Err(refuse("name", "is its own name: split it instead")));
    }
    if rules.merged.contains_key(&named) && rules.canonical(named) == of {
        let problem = "means it by another judgement: undo that one instead";
        return Ok(Err(refuse("name", problem)));
    }
    if !target::goes_by(connection, of, &key)? {
        return Ok(Err(refuse("name", "is not a name of it")));
    }
    target::make_named(connection, named, &name)?;
    let articles = touched::naming(connection, of)?;
    let alias = Prepared { name: Some((name, key)), ..whole(action, of, named, articles) };
    Ok(Ok(alias))
}
