//! What an extractor that read articles again did not find any more: it vanished, or the extractor
//! has no part in it now.
//!
//! A quote that nobody else found keeps its last reading and says when it vanished: citations go on.
//! Where somebody else found it too, the extractor's own reading goes, as an older version's goes
//! before a newer one: its newest account of the article is that the quote is not there. Were it
//! kept, two extractors would hold each other's up for ever, each silent about what the other one
//! had found last.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::seen::{self, SeenRow};
use super::{Extractor, Stored, stored};
use crate::domain::id::Id;
use crate::domain::reading::Reading;
use crate::store::article;
use crate::store::corpus::Delta;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::quote;
use crate::store::write::batch::rewrite;
use crate::store::write::named::Memory;
use crate::store::write::remove::forget_named;

/// How many articles are looked at in one transaction.
const ARTICLES: i64 = 200;

/// A quote that vanished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vanished {
    /// The quote.
    pub quote: Id,
    /// Its article.
    pub article: Id,
    /// Where that is: its address, else the importer's id of it.
    pub source: Option<String>,
    /// Its words.
    pub text: String,
}

/// What was found out about some articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Quotes that vanished.
    pub vanished: Vec<Vanished>,
    /// Quotes that the extractor did not find any more, and that somebody else has found.
    pub withdrawn: u64,
    /// Quotes that were not found, and stay as they are, since rows of their article were rejected.
    pub spared: u64,
    /// Whether articles are left.
    pub more: bool,
}

/// Looks at the next articles of this import. With `spare_all` nothing vanishes: it is not known of
/// which articles the rejected rows were.
pub fn sweep(
    connection: &mut Connection,
    memory: &mut Memory,
    import: Id,
    at: i64,
    spare_all: bool,
) -> Result<Swept> {
    let articles = seen::articles(connection, import, ARTICLES)?;
    let mut found: BTreeMap<Id, Scope> = BTreeMap::new();
    for row in seen::within(connection, import, &articles)? {
        found.entry(row.article_id).or_default().add(row);
    }
    let mut stored = stored(connection, &articles)?;
    let mut swept = Swept { more: !articles.is_empty(), ..Swept::default() };
    let (mut vanished, mut rest, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for (article, scope) in &found {
        for one in stored.remove(article).unwrap_or_default() {
            let (left, silent) = scope.divide(&one);
            let vanished_before = left.is_empty() && one.row.vanished_at.is_some();
            if silent.is_empty() || vanished_before {
                continue;
            }
            if scope.spared || spare_all {
                swept.spared += 1;
            } else if left.is_empty() {
                vanished.push((one, scope.newest(&silent)));
            } else {
                swept.withdrawn += 1;
                gone.extend(silent);
                rest.push((one.row, left));
            }
        }
    }
    rewrite(connection, memory, rest)?;
    if !gone.is_empty() {
        forget_named(connection, &gone)?;
        memory.forget_rows();
    }
    let mut delta = Delta::default();
    for (one, version) in &vanished {
        delta.vanish(&one.row);
        let there = quote::table
            .filter(quote::article_id.eq(one.row.article_id))
            .filter(quote::id.eq(one.row.id));
        let now = (
            quote::vanished_at.eq(Some(at)),
            quote::vanished_by.eq(Some(import)),
            quote::vanished_version.eq(version.clone()),
        );
        on!(connection, |c| diesel::update(there).set(now).execute(c))?;
    }
    delta.write(connection)?;
    swept.vanished = told(connection, vanished.into_iter().map(|(one, _)| one).collect())?;
    seen::forget(connection, import, &articles)?;
    Ok(swept)
}

/// What this import found in one article.
#[derive(Default)]
struct Scope {
    found: HashMap<Extractor, HashSet<Id>>,
    newest: HashMap<Extractor, Option<String>>,
    spared: bool,
}

impl Scope {
    fn add(&mut self, row: SeenRow) {
        self.spared |= row.spares();
        let Ok(extractor) = <Extractor>::try_from(row.extractor.as_slice()) else { return };
        self.found.entry(extractor).or_default().insert(row.quote_id);
        let newest = self.newest.entry(extractor).or_default();
        if Reading::by_version(newest.as_deref(), row.version.as_deref()) == Ordering::Less {
            *newest = row.version;
        }
    }

    /// The readings of a quote that stand, and those by extractors that read the article and did not
    /// find it.
    fn divide(&self, one: &Stored) -> (Vec<Reading>, Vec<Reading>) {
        let stands = |reading: &Reading| match self.found.get(&reading.extractor_key()) {
            Some(found) => found.contains(&one.row.id),
            None => true,
        };
        one.readings.iter().cloned().partition(stands)
    }

    fn newest(&self, silent: &[Reading]) -> Option<String> {
        let key = silent.first().map(Reading::extractor_key)?;
        self.newest.get(&key).cloned().flatten()
    }
}

fn told(connection: &mut Connection, quotes: Vec<Stored>) -> Result<Vec<Vanished>> {
    let ids: HashSet<Id> = quotes.iter().map(|one| one.row.article_id).collect();
    let articles = article::by_id(connection, &ids.into_iter().collect::<Vec<_>>())?;
    let sources: HashMap<Id, Option<String>> =
        articles.into_iter().map(|row| (row.id, row.url.or(row.document_id))).collect();
    let told = quotes.into_iter().map(|one| Vanished {
        quote: one.row.id,
        article: one.row.article_id,
        source: sources.get(&one.row.article_id).cloned().flatten(),
        text: one.row.text,
    });
    Ok(told.collect())
}
