//! Imports by GraphQL: small batches, each one transaction, with the same code as `dixit import`.

mod input;
mod payload;

use std::collections::HashMap;

use async_graphql::{Context, InputType as _, Object, Result, Value as ConstValue};

use self::input::ImportQuotesInput;
use self::payload::{ImportQuotesPayload, ImportedQuote};
use super::super::import::Import;
use super::payload::UserError;
use super::read::text;
use super::write;
use crate::domain::access::Scope;
use crate::domain::field::{Fault, MAX_NAME};
use crate::domain::id::Id;
use crate::graphql::caller::Caller;
use crate::graphql::error::{field_over, nullable};
use crate::graphql::load;
use crate::graphql::quote::Quote;
use crate::graphql::wanted::Wanted;
use crate::limits::Serving;
use crate::store;
use crate::store::dialect::Connection;
use crate::store::quote;
use crate::store::write::{SmallRow, SmallRowWritten, import_small};

/// What a batch is called whose sender does not say.
const UNNAMED: &str = "importQuotes";
/// The format of its record.
const FORMAT: &str = "graphql";

/// Imports.
#[derive(Default)]
pub struct ImportMutation;

/// Imports.
#[Object]
impl ImportMutation {
    /// Imports a small batch of what a program found, in one transaction, with a result a row: rows
    /// that cannot be taken are rejected, and the others are taken. The same batch sent again changes
    /// nothing. Large batches go by POST to `/import`. This needs a token with the scope `IMPORT`.
    async fn import_quotes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The rows.")] input: ImportQuotesInput,
    ) -> Option<Result<ImportQuotesPayload>> {
        nullable(async {
            let actor = Caller::acting(context, Scope::Import)?;
            let most = context.data::<Serving>()?.limits.import_rows;
            if input.quotes.len() as u64 > most {
                let message = format!("more than {most} rows: send them in several batches");
                return Err(field_over("importRows", most, &message));
            }
            let refused = |fault| {
                let user_errors = vec![UserError::of(fault)];
                Ok(Some(ImportQuotesPayload { user_errors, ..ImportQuotesPayload::default() }))
            };
            if input.quotes.is_empty() {
                return refused(Fault::value("quotes", "give at least one row"));
            }
            let source = match text("source", input.source, MAX_NAME) {
                Ok(source) => source.unwrap_or_else(|| UNNAMED.to_owned()),
                Err(fault) => return refused(fault),
            };
            let rows = input.quotes.into_iter().map(|quote| {
                let row = as_sent(quote.to_value());
                SmallRow { read: quote.read(), row: row.to_string() }
            });
            let rows: Vec<SmallRow> = rows.collect();
            let wanted =
                Wanted::of(context).below("quotes").and_then(|rows| rows.below("quote").cloned());
            write(context, move |connection| {
                let (row, written) = import_small(connection, &actor, &source, FORMAT, rows)?;
                let shown = shown(connection, &written, wanted.as_ref())?;
                let answer = |(at, written): (usize, SmallRowWritten)| {
                    let quote = match &written {
                        SmallRowWritten::Taken(id, _) => shown.get(id).cloned(),
                        SmallRowWritten::Rejected(_) => None,
                    };
                    ImportedQuote::of(at, written, quote)
                };
                Ok(ImportQuotesPayload {
                    import: Some(Import { row }),
                    quotes: written.into_iter().enumerate().map(answer).collect(),
                    user_errors: Vec::new(),
                })
            })
            .await
            .map(Some)
        })
        .await
    }
}

/// A row as JSON, without what was left out of it.
fn as_sent(row: ConstValue) -> serde_json::Value {
    use serde_json::Value;
    fn without_nulls(value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                let given = fields.into_iter().filter(|(_, value)| !value.is_null());
                given.map(|(name, value)| (name, without_nulls(value))).collect()
            }
            Value::Array(values) => values.into_iter().map(without_nulls).collect(),
            value => value,
        }
    }
    row.into_json().map(without_nulls).unwrap_or_default()
}

/// The quotes of the rows that were taken, as they are now, where they are asked for.
fn shown(
    connection: &mut Connection,
    written: &[SmallRowWritten],
    wanted: Option<&Wanted>,
) -> store::Result<HashMap<Id, Quote>> {
    let Some(wanted) = wanted else { return Ok(HashMap::new()) };
    let taken = written.iter().filter_map(|row| match row {
        SmallRowWritten::Taken(id, _) => Some(*id),
        SmallRowWritten::Rejected(_) => None,
    });
    let mut ids: Vec<Id> = taken.collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = quote::by_id(connection, &ids)?;
    let quotes = load::quotes(connection, rows, wanted)?;
    Ok(quotes.into_iter().map(|quote| (quote.row.id, quote)).collect())
}
