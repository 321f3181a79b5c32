//! The entries beside their quotes: whether each says what its quote does.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use super::Words;
use crate::domain::id::Id;
use crate::domain::search::Entry;
use crate::store::index::Compared;
use crate::store::schema::quote;

/// An entry as the server shows it, behind its moment.
fn shown(entry: Entry, ordered_at: i64) -> String {
    let mut shown = ordered_at.to_string();
    for (word, places) in Words::of(entry, ordered_at).placed() {
        let places: Vec<String> = places.iter().map(u16::to_string).collect();
        shown.push_str(&match places.is_empty() {
            true => format!(" '{word}'"),
            false => format!(" '{word}':{}", places.join(",")),
        });
    }
    shown
}

/// How many quotes are compared at once.
const COMPARED_AT_ONCE: i64 = 1_000;

/// See [`super::super::compare`]. No entry is without its quote: a foreign key sees to that.
pub fn compare(c: &mut PgConnection) -> QueryResult<Compared> {
    type Own = (Id, Id, i64, String, Option<String>);
    let mut compared = Compared::default();
    let mut last: Option<(Id, Id)> = None;
    loop {
        let entry = sql::<Nullable<Text>>(
            "(SELECT ordered_at || ' ' || words::text FROM quote_word \
             WHERE quote_word.article_id = quote.article_id AND quote_word.quote_id = quote.id)",
        );
        let own = (quote::article_id, quote::id, quote::ordered_at, quote::text, quote::language);
        let rows = quote::table
            .select((own, entry))
            .order((quote::article_id, quote::id))
            .limit(COMPARED_AT_ONCE);
        let rows: Vec<(Own, Option<String>)> = match last {
            None => rows.load(c)?,
            Some((article, id)) => {
                let later = quote::article_id.gt(article).or(quote::id.gt(id));
                rows.filter(quote::article_id.ge(article).and(later)).load(c)?
            }
        };
        let Some(behind) = rows.last().map(|(own, _)| (own.0, own.1)) else { return Ok(compared) };
        last = Some(behind);
        for ((_, _, ordered_at, text, language), entry) in rows {
            compared.rows += 1;
            let own = || shown(Entry::of(&text, language.as_deref()), ordered_at);
            match entry {
                None => compared.missing += 1,
                Some(entry) if entry == own() => {}
                Some(_) => compared.wrong += 1,
            }
        }
    }
}
