//! In which languages there are quotes at all. A word is looked for by its stem in each, and the index weighs
//! every one of these again for each quote on its way.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel::prelude::*;
use diesel::sql_types::{Array, Text};

use crate::domain::search::{Language, Query, in_language};

/// The languages, a bit each, in which this process has seen a quote, in whatever database: one that has none
/// is searched for nothing more than it needs to be.
static SEEN: AtomicU32 = AtomicU32::new(0);

#[derive(QueryableByName)]
struct Mark {
    #[diesel(sql_type = Text)]
    mark: String,
}

/// A search as this database's index is asked for it.
pub fn tsquery(c: &mut PgConnection, query: &Query) -> QueryResult<String> {
    loop {
        let seen = SEEN.load(Ordering::Relaxed);
        let unseen = || Language::all().filter(|language| seen & language.bit() == 0);
        let marks: Vec<String> = unseen().map(|own| format!("'{}'", in_language(own))).collect();
        let found = if marks.is_empty() { Vec::new() } else { some_of(c, &marks)? };
        if found.is_empty() {
            return Ok(query.tsquery(&|language| seen & language.bit() != 0));
        }
        for (language, mark) in unseen().zip(&marks) {
            if found.contains(mark) {
                SEEN.fetch_or(language.bit(), Ordering::Relaxed);
            }
        }
    }
}

/// Marks that quotes have, some of these; none where no quote has any of them.
fn some_of(c: &mut PgConnection, marks: &[String]) -> QueryResult<Vec<String>> {
    // Materialised: for the first that is found the server would read through all quotes.
    let found: Vec<Mark> = diesel::sql_query(
        "WITH found AS MATERIALIZED (SELECT words FROM quote_word WHERE words @@ $1::tsquery) \
         SELECT DISTINCT mark FROM (SELECT words FROM found LIMIT 100) few, unnest($2) mark \
         WHERE words @@ mark::tsquery",
    )
    .bind::<Text, _>(marks.join(" | "))
    .bind::<Array<Text>, _>(marks)
    .load(c)?;
    Ok(found.into_iter().map(|found| found.mark).collect())
}
