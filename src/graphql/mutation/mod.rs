//! The root of every write. Each needs a token with the scope `WRITE` (an import `IMPORT`, which that
//! includes), is one transaction with its row in the audit, and tells what a person can mend as `userErrors` beside what was written.

mod import;
mod input;
mod judge;
mod payload;
mod read;

use async_graphql::{Context, ID, MergedObject, Object, Result};

use self::import::ImportMutation;
use self::input::{
    CreateQuoteInput, DeleteQuoteInput, RestoreArticleInput, RestoreQuoteInput,
    TakeDownArticleInput, UpdateQuoteInput,
};
use self::judge::JudgementMutation;
use self::payload::{
    CreateQuotePayload, DeleteQuotePayload, RestoreArticlePayload, RestoreQuotePayload,
    TakeDownArticlePayload, UpdateQuotePayload, UserError,
};
use self::read::{NewQuote, Seen};
use super::caller::Caller;
use super::error::nullable;
use super::quote::Quote;
use super::wanted::Wanted;
use super::{load, trip};
use crate::domain::access::Scope;
use crate::domain::field::Fault;
use crate::domain::id::Id;
use crate::store::dialect::Connection;
use crate::store::write::edit::{self, Decided, Deed, Refusal};
use crate::store::{self, quote};

/// The header of an answer to a write, with where the server's log is since: sent with the next
/// questions, it makes them see what was written.
pub const POSITION: &str = "Dixit-Position";

/// What writes. Each field needs a token with the scope `WRITE` (an import: `IMPORT`, which that
/// includes) and is one transaction of its own: it is done wholly or not at all. What was wrong with an input stands in `userErrors`; nothing
/// was written then. All of it can be sent again after a broken connection: what was done already
/// is told, and not done twice.
#[derive(MergedObject, Default)]
pub struct Mutation(QuoteMutation, JudgementMutation, ImportMutation);

/// Writes of quotes and articles.
#[derive(Default)]
pub struct QuoteMutation;

/// Writes of quotes and articles.
#[Object]
impl QuoteMutation {
    /// Writes a quote by hand, in an article that is known or described. One that was deleted comes
    /// back.
    async fn create_quote(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What the article prints.")] input: CreateQuoteInput,
    ) -> Option<Result<CreateQuotePayload>> {
        nullable(async {
            let actor = Caller::acting(context, Scope::Write)?;
            let wanted = quote_wanted(context);
            let refused = |quote, error| CreateQuotePayload { quote, user_errors: vec![error] };
            let NewQuote { article_id, described, reading, reason } = match input.read() {
                Ok(new) => new,
                Err(fault) => return Ok(Some(refused(None, UserError::of(fault)))),
            };
            write(context, move |connection| {
                let deed = Deed { actor, reason };
                let made = edit::create(connection, &deed, article_id, described, reading)?;
                let there = match &made {
                    Ok(id) | Err(Refusal::Exists(id)) => shown(connection, *id, &wanted)?,
                    Err(_) => None,
                };
                Ok(match made {
                    Ok(_) => CreateQuotePayload { quote: there, user_errors: Vec::new() },
                    Err(refusal) => {
                        let field = match refusal {
                            Refusal::Exists(_) => "text",
                            _ => "article",
                        };
                        refused(there, UserError::refusal(refusal, &["input", field]))
                    }
                })
            })
            .await
            .map(Some)
        })
        .await
    }

    /// Changes what a quote shows. A field that is left out stays as it is; null takes its value
    /// away. What programs found stays in `Quote.otherReadings`, and the id stays the same.
    async fn update_quote(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quote, in which version, and what changes.")]
        input: UpdateQuoteInput,
    ) -> Option<Result<UpdateQuotePayload>> {
        nullable(async {
            let actor = Caller::acting(context, Scope::Write)?;
            let wanted = quote_wanted(context);
            let refused = |quote, error| UpdateQuotePayload { quote, user_errors: vec![error] };
            let Seen { id, version, reason } = match input.seen() {
                Ok(seen) => seen,
                Err(fault) => return Ok(Some(refused(None, UserError::of(fault)))),
            };
            write(context, move |connection| {
                let deed = Deed { actor, reason };
                let change = |reading| input.change(reading);
                let done = edit::update(connection, &deed, id, &version, change)?;
                let quote = shown(connection, id, &wanted)?;
                Ok(match done {
                    Ok(()) => UpdateQuotePayload { quote, user_errors: Vec::new() },
                    Err(refusal) => refused(quote, UserError::refusal(refusal, &["input", "id"])),
                })
            })
            .await
            .map(Some)
        })
        .await
    }

    /// Removes a quote with all its readings, and a speaker or a role that nothing else names. It
    /// stays away: an import that brings it again has it rejected, with this reason.
    async fn delete_quote(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quote, in which version, and why.")] input: DeleteQuoteInput,
    ) -> Option<Result<DeleteQuotePayload>> {
        nullable(async {
            let actor = Caller::acting(context, Scope::Write)?;
            let wanted = quote_wanted(context);
            let refused = |quote, error| DeleteQuotePayload {
                quote,
                user_errors: vec![error],
                deleted_quote_id: None,
            };
            let Seen { id, version, reason } = match input.seen() {
                Ok(seen) => seen,
                Err(fault) => return Ok(Some(refused(None, UserError::of(fault)))),
            };
            write(context, move |connection| {
                Ok(match edit::delete(connection, &Deed { actor, reason }, id, &version)? {
                    Ok(()) => DeleteQuotePayload {
                        deleted_quote_id: Some(ID(id.to_string())),
                        ..DeleteQuotePayload::default()
                    },
                    Err(refusal) => {
                        let quote = shown(connection, id, &wanted)?;
                        refused(quote, UserError::refusal(refusal, &["input", "id"]))
                    }
                })
            })
            .await
            .map(Some)
        })
        .await
    }

    /// Removes an article with all its quotes, and those speakers and roles that nothing else
    /// names. It stays away: an import that brings it again has it rejected, with this reason.
    async fn take_down_article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which article, and why.")] input: TakeDownArticleInput,
    ) -> Option<Result<TakeDownArticlePayload>> {
        nullable(async {
            Ok(Some(match named(context, input.read(), edit::take_down).await? {
                Ok((id, removed)) => TakeDownArticlePayload {
                    article_id: Some(id),
                    removed_quote_count: i64::try_from(removed).unwrap_or(i64::MAX),
                    user_errors: Vec::new(),
                },
                Err(error) => TakeDownArticlePayload {
                    user_errors: vec![error],
                    ..TakeDownArticlePayload::default()
                },
            }))
        })
        .await
    }

    /// Lets a quote that was deleted come back: with the next import that brings it.
    async fn restore_quote(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quote, and why.")] input: RestoreQuoteInput,
    ) -> Option<Result<RestoreQuotePayload>> {
        nullable(async {
            let (id, user_errors) = match named(context, input.read(), edit::restore).await? {
                Ok((id, ())) => (Some(id), Vec::new()),
                Err(error) => (None, vec![error]),
            };
            Ok(Some(RestoreQuotePayload { quote_id: id, user_errors }))
        })
        .await
    }

    /// Lets an article that was taken down come back: with the next import, or with a quote that
    /// is written by hand.
    async fn restore_article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which article, and why.")] input: RestoreArticleInput,
    ) -> Option<Result<RestoreArticlePayload>> {
        nullable(async {
            let (id, user_errors) = match named(context, input.read(), edit::restore).await? {
                Ok((id, ())) => (Some(id), Vec::new()),
                Err(error) => (None, vec![error]),
            };
            Ok(Some(RestoreArticlePayload { article_id: id, user_errors }))
        })
        .await
    }
}

/// A write that an input describes by an id and a reason alone; answers the id beside what was done.
async fn named<T: Send + 'static>(
    context: &Context<'_>,
    read: Result<(Id, Option<String>), Fault>,
    work: fn(&mut Connection, &Deed, Id) -> store::Result<Decided<T>>,
) -> Result<Result<(ID, T), UserError>> {
    let actor = Caller::acting(context, Scope::Write)?;
    let (id, reason) = match read {
        Ok(read) => read,
        Err(fault) => return Ok(Err(UserError::of(fault))),
    };
    let deed = Deed { actor, reason };
    let done = write(context, move |connection| work(connection, &deed, id)).await?;
    Ok(done
        .map(|done| (ID(id.to_string()), done))
        .map_err(|refusal| UserError::refusal(refusal, &["input", "id"])))
}

/// What the payload's `quote` is asked for.
fn quote_wanted(context: &Context<'_>) -> Wanted {
    Wanted::of(context).below("quote").cloned().unwrap_or_default()
}

/// The quote as it is now, with what is asked for around it.
fn shown(connection: &mut Connection, id: Id, wanted: &Wanted) -> store::Result<Option<Quote>> {
    let rows = quote::by_id(connection, &[id])?;
    Ok(load::quotes(connection, rows, wanted)?.pop())
}

/// One write; the answer says where the server's log is since.
async fn write<T: Send + 'static>(
    context: &Context<'_>,
    work: impl FnOnce(&mut Connection) -> store::Result<T> + Send + 'static,
) -> Result<T> {
    let (done, position) = trip::write(context, work).await?;
    if let Some(position) = position {
        context.insert_http_header(POSITION, position.to_string());
    }
    Ok(done)
}
