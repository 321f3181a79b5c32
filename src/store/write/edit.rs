//! What people write: one quote or article at a time, each with its row in the audit. Everything
//! here runs in a transaction of [`Store::write`](crate::store::Store::write); what is refused has
//! written nothing.

use std::slice;
use std::sync::Arc;

use super::batch::{self, Account, Entry, Memory};
use super::remove::remove;
use super::{ArticleValues, QuoteValues};
use crate::domain::access::AuditAction;
use crate::domain::article::Article;
use crate::domain::field::Fault;
use crate::domain::id::Id;
use crate::domain::reading::Reading;
use crate::store::audit::{self, Actor, now};
use crate::store::dialect::{Connection, quotes};
use crate::store::error::Result;
use crate::store::removal::{self, RemovalRow};

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A quote of these words stands in this place of the article already.
    Exists(Id),
    /// Nothing has this id.
    Missing,
    /// It changed since the version that was seen.
    Stale,
    /// The article was taken down.
    TakenDown(RemovalRow),
    /// A field says what it cannot.
    Field(Fault),
}

/// What was done, or why it was not.
pub type Decided<T> = std::result::Result<T, Refusal>;

/// Who does something, and why, as they say.
#[derive(Debug, Clone)]
pub struct Deed {
    /// Who.
    pub actor: Actor,
    /// Why; for the audit.
    pub reason: Option<String>,
}

impl Deed {
    fn record(&self, c: &mut Connection, action: AuditAction, subject: Id) -> Result<()> {
        audit::record(c, &self.actor, action, subject, self.reason.as_deref())
    }

    fn removal(&self, article_id: Id, id: Id) -> RemovalRow {
        RemovalRow { article_id, id, reason: self.reason.clone(), removed_at: now() }
    }
}

/// Writes a new quote into an article, which is made where it is not there; answers the quote's id.
/// One that was deleted comes back: whoever writes it by hand means it.
pub fn create(
    connection: &mut Connection,
    deed: &Deed,
    article_id: Id,
    article: Article,
    reading: Reading,
) -> Result<Decided<Id>> {
    if let Some(row) = removal::within(connection, &[article_id])?.remove(&article_id) {
        return Ok(Err(Refusal::TakenDown(row)));
    }
    let account = Arc::new(Account::new(reading.edited(&[]), Vec::new()));
    let quote_id = account.reading.quote_id(article_id, &account.words);
    if !quotes::load(connection, &[(article_id, quote_id)])?.is_empty() {
        return Ok(Err(Refusal::Exists(quote_id)));
    }
    removal::forget(connection, article_id, quote_id)?;
    write(connection, Entry { article_id, article, quote_id, account })?;
    deed.record(connection, AuditAction::CreateQuote, quote_id)?;
    Ok(Ok(quote_id))
}

/// Writes over what a quote shows, if that is still the version that was seen. What programs found
/// stays among its readings. The id stays too, whatever becomes of the words: citations go on.
pub fn update(
    connection: &mut Connection,
    deed: &Deed,
    id: Id,
    version: &[u8],
    change: impl FnOnce(Reading) -> std::result::Result<Reading, Fault>,
) -> Result<Decided<()>> {
    let row = match seen(connection, id, version)? {
        Ok(row) => row,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let article_id = row.article_id;
    let shown = row.clone().reading()?;
    let changed = match change(shown.clone()) {
        Ok(changed) => changed,
        Err(fault) => return Ok(Err(Refusal::Field(fault))),
    };
    if changed == shown {
        return Ok(Ok(()));
    }
    let reading = changed.edited(&batch::load_readings(connection, row)?);
    let account = Arc::new(Account::new(reading, Vec::new()));
    write(connection, Entry { article_id, article: Article::default(), quote_id: id, account })?;
    deed.record(connection, AuditAction::UpdateQuote, id)?;
    Ok(Ok(()))
}

/// Removes a quote with all its readings, if what it shows is still the version that was seen. An
/// import that brings it again is told so.
pub fn delete(
    connection: &mut Connection,
    deed: &Deed,
    id: Id,
    version: &[u8],
) -> Result<Decided<()>> {
    let row = match seen(connection, id, version)? {
        Ok(row) => row,
        Err(refusal) => return Ok(Err(refusal)),
    };
    removal::remember(connection, &deed.removal(row.article_id, id))?;
    remove(connection, vec![row])?;
    deed.record(connection, AuditAction::DeleteQuote, id)?;
    Ok(Ok(()))
}

/// Removes an article with all its quotes; answers how many these were. An import that brings it
/// again is told so.
pub fn take_down(connection: &mut Connection, deed: &Deed, id: Id) -> Result<Decided<usize>> {
    if let Some(row) = removal::within(connection, &[id])?.remove(&id) {
        return Ok(Err(Refusal::TakenDown(row)));
    }
    let rows = QuoteValues::of_article(connection, id)?;
    let removed = rows.len();
    remove(connection, rows)?;
    if !ArticleValues::delete(connection, id)? {
        return Ok(Err(Refusal::Missing));
    }
    removal::remember(connection, &deed.removal(id, id))?;
    deed.record(connection, AuditAction::TakeDownArticle, id)?;
    Ok(Ok(removed))
}

/// Lets an article that was taken down come back with the next import or edit.
pub fn restore(connection: &mut Connection, deed: &Deed, id: Id) -> Result<Decided<()>> {
    if !removal::forget(connection, id, id)? {
        return Ok(Err(Refusal::Missing));
    }
    deed.record(connection, AuditAction::RestoreArticle, id)?;
    Ok(Ok(()))
}

/// The quote, if it still shows what was seen.
fn seen(connection: &mut Connection, id: Id, version: &[u8]) -> Result<Decided<QuoteValues>> {
    let Some(place) = crate::store::quote::by_id(connection, &[id])?.pop() else {
        return Ok(Err(Refusal::Missing));
    };
    Ok(match quotes::load(connection, &[(place.article_id, id)])?.pop() {
        Some(row) if row.fingerprint == version => Ok(row),
        Some(_) => Err(Refusal::Stale),
        None => Err(Refusal::Missing),
    })
}

fn write(connection: &mut Connection, entry: Entry) -> Result<()> {
    batch::write(connection, &mut Memory::new(), slice::from_ref(&entry)).map(drop)
}
