//! Surnames alone, and the full names that their articles print.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::domain::person::{FullName, Printed, SpeakerReading, full_name, read_speaker};
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::quote;

/// How many articles are held at once.
const CHUNK: i64 = 100;

/// What stands in the speaker's and the role's place of a quote.
type Row = (Id, Option<String>, Option<String>);

/// Whether there is an article of this speaker that prints no full name for its short one.
pub fn is_alone(connection: &mut Connection, speaker: Id, short: &str) -> Result<bool> {
    let mut last = Id::from_bytes([0; 16]);
    loop {
        let articles = quote::table
            .filter(quote::speaker_id.eq(speaker).and(quote::article_id.gt(last)))
            .order(quote::article_id)
            .limit(CHUNK);
        let articles: Vec<Id> =
            on!(connection, |c| articles.select(quote::article_id).distinct().load(c))?;
        let Some(end) = articles.last() else { return Ok(false) };
        last = *end;
        let beside = quote::table
            .filter(quote::article_id.eq_any(&articles))
            .filter(quote::printed_speaker.is_not_null())
            .select((quote::article_id, quote::printed_speaker, quote::printed_role));
        let rows: Vec<Row> = on!(connection, |c| beside.distinct().load(c))?;
        let mut printed: BTreeMap<Id, Vec<(String, Option<String>)>> = BTreeMap::new();
        for (article, name, role) in rows {
            if let Some(name) = name {
                printed.entry(article).or_default().extend(titles(&name, role));
            }
        }
        let settles = |names: &Vec<(String, Option<String>)>| {
            let names = names.iter().map(|(name, title)| Printed { name, title: title.as_deref() });
            matches!(full_name(short, names), FullName::Only(_))
        };
        if !articles.iter().all(|article| printed.get(article).is_some_and(settles)) {
            return Ok(true);
        }
    }
}

/// The person that a speaker's place names, once with each of the titles that are printed.
fn titles(printed: &str, role: Option<String>) -> Vec<(String, Option<String>)> {
    let SpeakerReading::Person { name, title, .. } = read_speaker(printed) else {
        return Vec::new();
    };
    let mut titles: Vec<_> = [title, role].into_iter().flatten().map(Some).collect();
    if titles.is_empty() {
        titles.push(None);
    }
    titles.into_iter().map(|title| (name.clone(), title)).collect()
}
