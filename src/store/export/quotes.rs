//! Quotes as the native format has them, so that an import makes the same quotes of them, with the
//! same ids.

use std::collections::HashMap;
use std::ops::ControlFlow;

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::{Choice, Sink};
use crate::domain::date::rfc3339;
use crate::domain::id::Id;
use crate::domain::reading::Reading;
use crate::domain::resolution::resolve;
use crate::store::article::{self, ArticleRow};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::predicate::Predicate;
use crate::store::schema::{quote, speaker_candidate};
use crate::store::write::QuoteValues;
use crate::store::{moved, organisation, role, speaker};

/// How many quotes are held at once.
const CHUNK: i64 = 1_000;

/// Gives the lines of the quotes that are chosen, in the order of their primary key.
pub fn quotes(
    connection: &mut Connection,
    choice: &Choice,
    sink: Sink<'_>,
) -> Result<ControlFlow<()>> {
    let meets = Predicate::Scanned(Box::new(choice.condition.predicate(connection)?));
    let mut behind = None;
    loop {
        let rows = next(connection, &meets, behind)?;
        let Some(last) = rows.last().map(|row| (row.article_id, row.id)) else {
            return Ok(ControlFlow::Continue(()));
        };
        behind = Some(last);
        let lines = lines(connection, choice, rows)?;
        if lines.iter().try_for_each(&mut *sink).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}

fn next(
    connection: &mut Connection,
    meets: &Predicate,
    behind: Option<(Id, Id)>,
) -> Result<Vec<QuoteValues>> {
    let rows =
        quote::table.filter(meets.clone()).order((quote::article_id, quote::id)).limit(CHUNK);
    Ok(match behind {
        None => on!(connection, |c| rows.select(QuoteValues::as_select()).load(c))?,
        Some((article, id)) => {
            let later = quote::article_id.gt(article).or(quote::id.gt(id));
            let rows = rows.filter(quote::article_id.ge(article).and(later));
            on!(connection, |c| rows.select(QuoteValues::as_select()).load(c))?
        }
    })
}

/// The Wikidata items that the speakers of readings may be, as their extractors think: of those whom
/// the print names, merged or not.
fn candidates(connection: &mut Connection, speakers: Vec<Id>) -> Result<HashMap<Id, Vec<String>>> {
    let here = speaker_candidate::table
        .filter(speaker_candidate::speaker_id.eq_any(speakers))
        .order((speaker_candidate::speaker_id, speaker_candidate::wikidata))
        .select((speaker_candidate::speaker_id, speaker_candidate::wikidata));
    let rows: Vec<(Id, String)> = on!(connection, |c| here.load(c))?;
    let mut found: HashMap<Id, Vec<String>> = HashMap::new();
    for (id, item) in rows {
        found.entry(id).or_default().push(item);
    }
    Ok(found)
}

/// Whose candidates a reading brings: those of whom it names, or of whom its article says it names.
fn speaker_of(reading: &Reading, row: &QuoteValues) -> Option<Id> {
    let resolution = resolve(reading);
    match resolution.unsettled() {
        None => resolution.speaker.map(|speaker| speaker.id),
        Some(_) => row.speaker_id,
    }
}

fn lines(
    connection: &mut Connection,
    choice: &Choice,
    rows: Vec<QuoteValues>,
) -> Result<Vec<Value>> {
    let ids = |id: fn(&QuoteValues) -> Option<Id>| -> Vec<Id> {
        let mut ids: Vec<Id> = rows.iter().filter_map(id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let speaker_names: HashMap<Id, String> =
        speaker::by_id(connection, &ids(|row| row.speaker_id))?
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
    for (id, reading) in crate::store::quote::readings(connection, &keys)? {
        others.entry(id).or_default().push(reading);
    }
    let named = |names: &HashMap<Id, String>, key: &str, id: Option<Id>| {
        id.map(|id| json!({ "id": id, key: names.get(&id) }))
    };
    let mut earlier: HashMap<Id, Vec<Id>> = HashMap::new();
    for row in moved::within(connection, rows.iter().map(|row| row.article_id))? {
        earlier.entry(row.quote_id).or_default().push(row.derived_id);
    }
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let mut readings = vec![row.clone().reading()?];
        readings.extend(others.remove(&row.id).unwrap_or_default());
        let readings = readings.into_iter().map(|reading| (speaker_of(&reading, &row), reading));
        all.push((readings.collect::<Vec<_>>(), row));
    }
    let speakers = all.iter().flat_map(|(readings, _)| readings.iter().filter_map(|one| one.0));
    let candidates = candidates(connection, speakers.collect())?;
    let mut lines = Vec::with_capacity(all.len());
    for (readings, row) in all {
        let article = articles.get(&row.article_id).cloned().unwrap_or_default();
        for (number, (speaker, reading)) in readings.iter().enumerate() {
            let mut line = of_reading(reading, row.id, &article);
            if let Some(items) = speaker.and_then(|id| candidates.get(&id)) {
                line.insert("wikidata_candidates".to_owned(), json!(items));
            }
            if let (Some(at), Some(by)) = (row.vanished_at, row.vanished_by) {
                let version = &row.vanished_version;
                let mut vanished = json!({ "at": rfc3339(at), "by": by, "version": version });
                retain_known(&mut vanished);
                line.insert("vanished".to_owned(), vanished);
            }
            if number == 0 {
                if let Some(ids) = earlier.get(&row.id) {
                    line.insert("earlier_ids".to_owned(), json!(ids));
                }
                if choice.resolved {
                    let meant = row.meant();
                    let resolved = json!({
                        "statement": row.statement_id,
                        "speaker_kind": meant.speaker_kind.as_str(),
                        "speaker": named(&speaker_names, "name", row.speaker_id),
                        "role": named(&roles, "title", row.role_id),
                        "organisation": named(&organisations, "name", row.organisation_id),
                        "function": meant.function.map(|it| it.as_str()),
                        "domain": meant.domain.map(|it| it.as_str()),
                        "status": meant.status.map(|it| it.as_str()),
                        "official_of": meant.official_of.map(|it| it.as_str()),
                        "capacity": meant.capacity.map(|it| it.as_str()),
                    });
                    line.insert("resolved".to_owned(), resolved);
                }
            }
            lines.push(Value::Object(line));
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
    retain_known(&mut article);
    article
}

fn retain_known(object: &mut Value) {
    if let Value::Object(fields) = object {
        fields.retain(|_, value| !value.is_null() && *value != json!([]));
    }
}
