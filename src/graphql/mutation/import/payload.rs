//! What `importQuotes` answers: what became of each row.

use async_graphql::{Enum, SimpleObject};

use super::super::super::import::Import;
use super::super::super::quote::Quote;
use super::super::payload::UserError;
use crate::store::write::{Outcome, SmallRowWritten};

/// What became of a row.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    /// It brought a new quote.
    Accepted,
    /// It told nothing new.
    Known,
    /// It changed its quote, or what is known of its article.
    Changed,
    /// It was not taken; `code`, `field` and `reason` say why.
    Rejected,
}

/// What became of one row.
#[derive(SimpleObject)]
pub struct ImportedQuote {
    /// What became of it.
    outcome: ImportOutcome,
    /// Its quote as it is now; null where the row was not taken.
    quote: Option<Quote>,
    /// What sort of fault it has, as in `ImportRejection.code`; null where it was taken.
    code: Option<String>,
    /// The field that is to blame, with the row's place in the list, for example
    /// `quotes.3.article.url`; null where it was taken.
    field: Option<String>,
    /// What is wrong and what to do; null where it was taken.
    reason: Option<String>,
}

impl ImportedQuote {
    /// The answer for the row at this place in the list, from 0.
    pub(super) fn of(at: usize, written: SmallRowWritten, quote: Option<Quote>) -> Self {
        let taken = |outcome| Self { outcome, quote, code: None, field: None, reason: None };
        match written {
            SmallRowWritten::Taken(_, Outcome::Accepted) => taken(ImportOutcome::Accepted),
            SmallRowWritten::Taken(_, Outcome::Changed { .. }) => taken(ImportOutcome::Changed),
            SmallRowWritten::Taken(..) => taken(ImportOutcome::Known),
            SmallRowWritten::Rejected(row) => {
                let path = format!("quotes.{at}");
                Self {
                    outcome: ImportOutcome::Rejected,
                    quote: None,
                    code: Some(row.code),
                    field: Some(match row.field {
                        Some(field) => format!("{path}.{field}"),
                        None => path,
                    }),
                    reason: Some(row.reason),
                }
            }
        }
    }
}

/// What `importQuotes` answers.
#[derive(SimpleObject, Default)]
pub struct ImportQuotesPayload {
    /// The record of the import; null where nothing was looked at.
    pub(super) import: Option<Import>,
    /// What became of each row, in the order in which they were given.
    pub(super) quotes: Vec<ImportedQuote>,
    /// What was wrong with the batch as a whole; nothing was written then.
    pub(super) user_errors: Vec<UserError>,
}
