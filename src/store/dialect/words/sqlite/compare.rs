//! The index beside the quotes: whether each says what the other does.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use diesel::connection::DefaultLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::sqlite::SqliteConnection;

use crate::domain::search::Entry;
use crate::store::index::Compared;
use crate::store::schema::quote;

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    term: String,
    #[diesel(sql_type = BigInt)]
    doc: i64,
    #[diesel(sql_type = BigInt)]
    place: i64,
}

#[derive(QueryableByName)]
struct Placed {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Nullable<Text>)]
    text: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    language: Option<String>,
}

/// A number for a word at a place of an entry: entries with the same sum are the same.
fn mark(word: &str, number: i64, place: i64) -> u64 {
    let mut hasher = DefaultHasher::new();
    (word, number, place).hash(&mut hasher);
    hasher.finish()
}

/// See [`super::super::compare`]. The index gives its words in their own order: so the sums of both are
/// compared, which says that something is wrong and not where.
pub fn compare(c: &mut SqliteConnection) -> QueryResult<Compared> {
    let mut compared = Compared::default();
    let (mut made, mut held) = (0_u64, 0_u64);
    let mut placed = 0;
    let places = diesel::sql_query(
        "SELECT place.number, quote.text, quote.language FROM quote_word_place place \
         LEFT JOIN quote ON quote.article_id = place.article_id AND quote.id = place.quote_id",
    );
    for row in places.load_iter::<Placed, DefaultLoadingMode>(c)? {
        let Placed { number, text, language } = row?;
        let Some(text) = text else {
            compared.stray += 1;
            continue;
        };
        placed += 1;
        let words = Entry::of(&text, language.as_deref()).joined();
        for (place, word) in (0..).zip(words.split(' ')) {
            made = made.wrapping_add(mark(word, number, place));
        }
    }
    let all: i64 = quote::table.count().get_result(c)?;
    compared.rows = u64::try_from(all).unwrap_or_default();
    compared.missing = compared.rows.saturating_sub(placed);
    let words = diesel::sql_query("SELECT term, doc, \"offset\" AS place FROM quote_word_entry");
    for row in words.load_iter::<Word, DefaultLoadingMode>(c)? {
        let Word { term, doc, place } = row?;
        held = held.wrapping_add(mark(&term, doc, place));
    }
    compared.wrong = u64::from(made != held);
    Ok(compared)
}
