//! Which stems of a search are in the index at all. A word is looked for by its stem in every language, and
//! the index weighs all of these again for each quote on its way: without those that are nowhere it is done
//! in a third of the time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};

use crate::domain::search::{Language, Query};

/// Languages, a bit each, of which something was met so often that to ask whether it is there would take
/// long. They are taken to be there, in every database: what is not there costs time alone.
static COMMON: AtomicU32 = AtomicU32::new(0);

/// How often that is.
const OFTEN: i64 = 1_000;

#[derive(QueryableByName)]
struct There {
    #[diesel(sql_type = Text)]
    word: String,
    #[diesel(sql_type = BigInt)]
    often: i64,
}

/// A search as this database's index is asked for it.
pub fn tsquery(c: &mut PgConnection, query: &Query) -> QueryResult<String> {
    let common = COMMON.load(Ordering::Relaxed);
    let is_common = |language: Language| common & language.bit() != 0;
    let asked = query.in_languages().into_iter().filter(|(language, _)| !is_common(*language));
    let asked: HashMap<String, Language> = asked.map(|(language, word)| (word, language)).collect();
    let mut there = HashMap::new();
    if !asked.is_empty() {
        let words: Vec<String> = asked.keys().map(|word| format!("'{word}'")).collect();
        // Each is one look-up, of which no more is read than tells whether it is common.
        let rows: Vec<There> = diesel::sql_query(
            "SELECT word, often FROM (SELECT word, (SELECT count(*) FROM (\
               SELECT FROM quote_word WHERE words @@ word::tsquery LIMIT $2) found) AS often \
             FROM unnest($1) word) asked WHERE often > 0",
        )
        .bind::<Array<Text>, _>(words)
        .bind::<BigInt, _>(OFTEN)
        .load(c)?;
        there.extend(rows.into_iter().map(|row| (row.word.replace('\'', ""), row.often)));
    }
    for (word, often) in &there {
        if let Some(language) = asked.get(word).filter(|_| *often == OFTEN) {
            COMMON.fetch_or(language.bit(), Ordering::Relaxed);
        }
    }
    Ok(query.tsquery(&|language, word| is_common(language) || there.contains_key(word)))
}
