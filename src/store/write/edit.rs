//! What people write: one quote or article at a time, each with its row in the audit. Everything
//! here runs in a transaction of [`Store::write`](crate::store::Store::write); what is refused has
//! written nothing.

use std::slice;
use std::sync::Arc;

use super::batch::{self, Account, Entry, Mode};
use super::named::Memory;
use super::remove::{forget_named, forget_organisations, remove};
use super::replace::words_of;
use super::{ArticleValues, QuoteValues};
use crate::domain::access::AuditAction;
use crate::domain::article::Article;
use crate::domain::field::Fault;
use crate::domain::id::Id;
use crate::domain::reading::Reading;
use crate::store::article;
use crate::store::audit::{self, Actor, now};
use crate::store::dialect::{Connection, quotes};
use crate::store::error::Result;
use crate::store::moved;
use crate::store::removal::{self, RemovalRow};

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A quote of these words stands in this place of the article already.
    Exists(Id),
    /// Nothing has this id.
    Missing,
    /// Nothing has the id in this field.
    NoSuch(&'static str),
    /// It changed since the version that was seen.
    Stale,
    /// A person removed it, or took its article down.
    Removed(RemovalRow),
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
    pub(super) fn record(
        &self,
        c: &mut Connection,
        action: AuditAction,
        subject: Id,
    ) -> Result<()> {
        audit::record(c, &self.actor, action, subject, self.reason.as_deref())
    }

    fn removal(&self, article_id: Id, id: Id) -> RemovalRow {
        let reason = self.reason.clone();
        RemovalRow { article_id, id, reason, removed_at: now(), words: None }
    }
}

/// Writes a new quote into an article; answers the quote's id. The article stays as it is where it
/// is there, is made of `described` where it is not, and gives the quote its date and language.
/// A quote that was deleted comes back: whoever writes it by hand means it.
pub fn create(
    connection: &mut Connection,
    deed: &Deed,
    article_id: Id,
    described: Option<Article>,
    reading: Reading,
) -> Result<Decided<Id>> {
    if let Some(row) = removal::within(connection, [article_id])?.remove(&article_id) {
        return Ok(Err(Refusal::Removed(row)));
    }
    let there = article::by_id(connection, &[article_id])?.pop();
    let (article, published, language) = match (there, described) {
        (Some(row), _) => (Article::default(), row.published_at(), row.language),
        (None, Some(new)) => (new.clone(), new.published_at, new.language),
        (None, None) => return Ok(Err(Refusal::Missing)),
    };
    let reading = Reading {
        reported_at: reading.reported_at.or(published),
        language: reading.language.or(language),
        ..reading
    };
    let account = Arc::new(Account::new(reading.edited(&[]), Vec::new()));
    let derived = account.reading.quote_id(article_id, &account.words);
    let moved = moved::by_derived(connection, [article_id])?;
    let quote_id = moved.get(&derived).copied().unwrap_or(derived);
    // Also one whose words were corrected to these.
    let same = |row: &QuoteValues| row.id == quote_id || row.stands_as(&account);
    if let Some(row) = QuoteValues::of_article(connection, article_id)?.iter().find(|r| same(r)) {
        return Ok(Err(Refusal::Exists(row.id)));
    }
    removal::forget(connection, article_id, quote_id)?;
    write(
        connection,
        Entry { article_id, article: article.into(), quote_id, exported: None, account },
    )?;
    deed.record(connection, AuditAction::CreateQuote, quote_id)?;
    Ok(Ok(quote_id))
}

/// Writes over what a quote shows, if that is still the version that was seen, or shows what is
/// wished already. What programs found stays among its readings. The id stays too, whatever becomes
/// of the words: citations go on.
pub fn update(
    connection: &mut Connection,
    deed: &Deed,
    id: Id,
    version: &[u8],
    change: impl FnOnce(Reading) -> std::result::Result<Reading, Fault>,
) -> Result<Decided<()>> {
    let row = match held(connection, id)? {
        Ok(row) => row,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let article_id = row.article_id;
    let is_seen = row.fingerprint == version;
    let shown = row.clone().reading()?;
    let changed = match change(shown.clone()) {
        Ok(changed) => changed,
        Err(fault) => return Ok(Err(Refusal::Field(fault))),
    };
    if changed == shown {
        return Ok(Ok(()));
    }
    if !is_seen {
        return Ok(Err(Refusal::Stale));
    }
    let before = batch::load_readings(connection, row)?;
    let account = Arc::new(Account::new(changed.edited(&before), Vec::new()));
    let article = Article::default();
    write(
        connection,
        Entry { article_id, article: article.into(), quote_id: id, exported: None, account },
    )?;
    // Of the readings only an edit before this one is gone.
    let gone: Vec<Reading> = before.into_iter().filter(Reading::is_edited).collect();
    forget_named(connection, &gone)?;
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
    let row = match held(connection, id)? {
        Ok(row) if row.fingerprint == version => row,
        Ok(_) => return Ok(Err(Refusal::Stale)),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let readings = batch::load_readings(connection, row.clone())?;
    let words = words_of(row.article_id, &readings);
    removal::remember(connection, &RemovalRow { words, ..deed.removal(row.article_id, id) })?;
    remove(connection, row.article_id, vec![row])?;
    deed.record(connection, AuditAction::DeleteQuote, id)?;
    Ok(Ok(()))
}

/// Removes an article with all its quotes; answers how many these were. An import that brings it
/// again is told so.
pub fn take_down(connection: &mut Connection, deed: &Deed, id: Id) -> Result<Decided<usize>> {
    if let Some(row) = removal::within(connection, [id])?.remove(&id) {
        return Ok(Err(Refusal::Removed(row)));
    }
    let Some(article) = article::by_id(connection, &[id])?.pop() else {
        return Ok(Err(Refusal::Missing));
    };
    let rows = QuoteValues::of_article(connection, id)?;
    let removed = rows.len();
    remove(connection, id, rows)?;
    ArticleValues::delete(connection, id)?;
    forget_organisations(connection, article.publisher_id)?;
    removal::remember(connection, &deed.removal(id, id))?;
    deed.record(connection, AuditAction::TakeDownArticle, id)?;
    Ok(Ok(removed))
}

/// Lets an article that was taken down, or a quote that was deleted, come back with the next import
/// or edit.
pub fn restore(connection: &mut Connection, deed: &Deed, id: Id) -> Result<Decided<()>> {
    let Some(row) = removal::of(connection, id)? else { return Ok(Err(Refusal::Missing)) };
    removal::forget(connection, row.article_id, id)?;
    let action = match row.is_article() {
        true => AuditAction::RestoreArticle,
        false => AuditAction::RestoreQuote,
    };
    deed.record(connection, action, id)?;
    Ok(Ok(()))
}

/// The quote of this id.
fn held(connection: &mut Connection, id: Id) -> Result<Decided<QuoteValues>> {
    if let Some(place) = crate::store::quote::by_id(connection, &[id])?.pop()
        && let Some(row) = quotes::load(connection, &[(place.article_id, id)])?.pop()
    {
        return Ok(Ok(row));
    }
    Ok(Err(removal::of(connection, id)?.map_or(Refusal::Missing, Refusal::Removed)))
}

fn write(connection: &mut Connection, entry: Entry) -> Result<()> {
    batch::write(connection, &mut Memory::new(), slice::from_ref(&entry), Mode::Add).map(drop)
}
