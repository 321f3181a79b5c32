//! What a write answers: what was written, or what was wrong with which part of its input.

use async_graphql::{Enum, ID, SimpleObject};

use super::super::quote::Quote;
use crate::domain::field::Fault;
use crate::store::write::edit::Refusal;

/// What was wrong with an input.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserErrorCode {
    /// A value that this field cannot have.
    Invalid,
    /// Nothing has this id.
    NotFound,
    /// These words stand in this place of the article already: `quote` is what is there.
    AlreadyExists,
    /// The quote was changed since the version that you saw: `quote` is what it is now.
    Stale,
    /// The article was taken down: `restoreArticle` lets it come back.
    TakenDown,
    /// The quote was deleted: `restoreQuote` lets it come back.
    Deleted,
}

/// What was wrong with an input, for the person who gave it. Nothing was written.
#[derive(SimpleObject, Debug, Clone)]
pub struct UserError {
    /// What sort of mistake it is.
    code: UserErrorCode,
    /// The way to the field that is to blame, for example `["input", "article", "url"]`.
    field: Vec<String>,
    /// What is wrong and what to do.
    message: String,
}

impl UserError {
    fn new(code: UserErrorCode, field: &[&str], message: String) -> Self {
        Self { code, field: field.iter().map(|&part| part.to_owned()).collect(), message }
    }

    /// Nothing has the id in this field.
    pub fn missing(field: &[&str]) -> Self {
        Self::new(UserErrorCode::NotFound, field, "nothing here has this id".to_owned())
    }

    /// A field of the input is at fault.
    pub fn of(fault: Fault) -> Self {
        let path: Vec<&str> = std::iter::once("input").chain(fault.field.split('.')).collect();
        Self::new(UserErrorCode::Invalid, &path, fault.reason)
    }

    /// A refusal of the store, told of this field.
    pub fn refusal(refusal: Refusal, field: &[&str]) -> Self {
        match refusal {
            Refusal::Exists(id) => {
                let message =
                    format!("the article has this quote already, perhaps corrected: {id}");
                Self::new(UserErrorCode::AlreadyExists, field, message)
            }
            Refusal::Missing => Self::missing(field),
            Refusal::NoSuch(field) => Self::missing(&["input", field]),
            Refusal::Stale => {
                let message = "it was changed meanwhile: look at it again, and send its `version`";
                Self::new(UserErrorCode::Stale, &["input", "version"], message.to_owned())
            }
            Refusal::Removed(row) => {
                let code = match row.is_article() {
                    true => UserErrorCode::TakenDown,
                    false => UserErrorCode::Deleted,
                };
                Self::new(code, field, row.to_string())
            }
            Refusal::Field(fault) => Self::of(fault),
        }
    }
}

/// What `createQuote` answers.
#[derive(SimpleObject)]
pub struct CreateQuotePayload {
    /// The quote that was written, or the one that is there already; null where there is neither.
    pub(super) quote: Option<Quote>,
    /// What was wrong; empty where it was written.
    pub(super) user_errors: Vec<UserError>,
}

/// What `updateQuote` answers.
#[derive(SimpleObject)]
pub struct UpdateQuotePayload {
    /// The quote as it is now; null where there is none.
    pub(super) quote: Option<Quote>,
    /// What was wrong; empty where it was written.
    pub(super) user_errors: Vec<UserError>,
}

/// What `deleteQuote` answers.
#[derive(SimpleObject, Default)]
pub struct DeleteQuotePayload {
    /// The id of the quote that is gone; null where none is.
    pub(super) deleted_quote_id: Option<ID>,
    /// The quote as it is now, where it was not deleted.
    pub(super) quote: Option<Quote>,
    /// What was wrong; empty where it was deleted.
    pub(super) user_errors: Vec<UserError>,
}

/// What `takeDownArticle` answers.
#[derive(SimpleObject, Default)]
pub struct TakeDownArticlePayload {
    /// The id of the article that is gone; null where none is.
    pub(super) article_id: Option<ID>,
    /// How many quotes went with it.
    pub(super) removed_quote_count: i64,
    /// What was wrong; empty where it was taken down.
    pub(super) user_errors: Vec<UserError>,
}

/// What `restoreQuote` answers.
#[derive(SimpleObject)]
pub struct RestoreQuotePayload {
    /// The id of the quote that may come back; null where none may.
    pub(super) quote_id: Option<ID>,
    /// What was wrong; empty where it may come back.
    pub(super) user_errors: Vec<UserError>,
}

/// What `restoreArticle` answers.
#[derive(SimpleObject)]
pub struct RestoreArticlePayload {
    /// The id of the article that may come back; null where none may.
    pub(super) article_id: Option<ID>,
    /// What was wrong; empty where it may come back.
    pub(super) user_errors: Vec<UserError>,
}
