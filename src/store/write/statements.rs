//! Statements made anew, after quotes came to them or went.

use std::collections::HashMap;

use diesel::prelude::*;

use super::reference::Reference as _;
use super::shared::{StatementValues, UNDATED};
use crate::domain::id::Id;
use crate::store::dialect::{Connection, on, quotes};
use crate::store::error::Result;
use crate::store::schema::quote;

/// How many statements are made anew by one look at their quotes.
const RECOMPUTED_AT_ONCE: usize = 500;

/// Makes statements anew from the quotes they have now; one without quotes goes.
pub fn recompute(connection: &mut Connection, mut ids: Vec<Id>) -> Result<()> {
    ids.sort();
    ids.dedup();
    for ids in ids.chunks(RECOMPUTED_AT_ONCE) {
        // Only what ranks them: a statement that everybody makes has many quotes.
        let places: Vec<(Id, i64, Id, Id)> = on!(connection, |c| quote::table
            .filter(quote::statement_id.eq_any(ids))
            .select((quote::statement_id, quote::ordered_at, quote::article_id, quote::id))
            .load(c))?;
        let mut first: HashMap<Id, (bool, i64, Id, Id)> = HashMap::new();
        for (statement, ordered_at, article, quote) in places {
            let place = (ordered_at == UNDATED, ordered_at, article, quote);
            first.entry(statement).and_modify(|best| *best = place.min(*best)).or_insert(place);
        }
        let keys: Vec<quotes::Key> = first.values().map(|place| (place.2, place.3)).collect();
        for quote in quotes::load(connection, &keys)? {
            quote.statement().update(connection)?;
        }
        let gone: Vec<Id> = ids.iter().copied().filter(|id| !first.contains_key(id)).collect();
        StatementValues::delete(connection, &gone)?;
    }
    Ok(())
}
