//! Tokens: who may write, by the digest of what they show.

use diesel::prelude::*;
use serde::Serialize;

use super::audit::{self, Actor};
use super::dialect::{Connection, on};
use super::schema::token;
use super::{Result, Store, StoreError};
use crate::domain::access::{AuditAction, Scopes};
use crate::domain::id::{Id, Kind};
use crate::domain::token::{Digest, Name, RANDOM, Secret};

/// A row of `token`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = token)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct TokenRow {
    pub id: Id,
    pub name: String,
    pub digest: Vec<u8>,
    pub scopes: String,
    pub created_at: i64,
    pub expires_at: Option<i64>,
    pub revoked_at: Option<i64>,
}

/// Whether a token lets anybody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    InForce,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl TokenRow {
    /// Whether it lets anybody in at this moment.
    pub fn standing(&self) -> Standing {
        match (self.revoked_at, self.expires_at) {
            (Some(_), _) => Standing::Revoked,
            (None, Some(end)) if end <= audit::now() => Standing::Expired,
            _ => Standing::InForce,
        }
    }
}

/// Why no token was revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
    /// There is none of that id, nor one in force of that name.
    #[error("no token has the id `{0}`, and none in force this name: `dixit token list` shows all")]
    Unknown(String),
    /// A name of several.
    #[error("{count} tokens in force have the name `{name}`: say the id of one ({ids})")]
    Ambiguous {
        /// The name.
        name: String,
        /// How many have it.
        count: usize,
        /// Their ids.
        ids: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Makes a token. Its secret is here and nowhere else.
    ///
    /// # Errors
    /// Where it could not be written: then it is not in force, save where the connection was lost
    /// at the last moment; the list tells.
    pub fn create_token(
        &self,
        actor: &Actor,
        name: &Name,
        scopes: &Scopes,
        expires_at: Option<i64>,
    ) -> Result<(TokenRow, Secret)> {
        let mut random = [0; RANDOM];
        getrandom::fill(&mut random).map_err(|error| StoreError::Random(error.into()))?;
        let secret = Secret::new(random);
        let digest = secret.digest();
        let row = TokenRow {
            id: Id::derive(Kind::Token, &[digest.as_bytes()]),
            name: name.as_str().to_owned(),
            digest: digest.as_bytes().to_vec(),
            scopes: scopes.to_string(),
            created_at: audit::now(),
            expires_at,
            revoked_at: None,
        };
        self.write_patiently(|connection| {
            on!(connection, |c| diesel::insert_into(token::table).values(&row).execute(c))?;
            audit::record(connection, actor, AuditAction::CreateToken, row.id, None)
        })?;
        Ok((row, secret))
    }

    /// Every token, the oldest first: those that were revoked or have expired too.
    pub fn tokens(&self) -> Result<Vec<TokenRow>> {
        self.at_the_primary().read(|connection| {
            let all = token::table.order((token::created_at, token::id));
            Ok(on!(connection, |c| all.select(TokenRow::as_select()).load(c))?)
        })
    }

    /// The token of this digest, whatever its standing: as it is now, so that one that was just
    /// made is known and one that was just revoked is refused.
    pub fn token(&self, digest: &Digest) -> Result<Option<TokenRow>> {
        self.at_the_primary().read(|connection| {
            let digest = digest.as_bytes().as_slice();
            let found = token::table.filter(token::digest.eq(digest));
            Ok(on!(connection, |c| found.select(TokenRow::as_select()).first(c).optional())?)
        })
    }

    /// Revokes the token of this id, or the one in force of this name; answers it as it is then.
    /// One that was revoked before stays as it is.
    ///
    /// # Errors
    /// Where it is not clear which token is meant, and where it could not be written.
    pub fn revoke_token(
        &self,
        actor: &Actor,
        which: &str,
    ) -> std::result::Result<TokenRow, RevokeError> {
        self.write_patiently(|connection| {
            let mut row = match chosen(connection, which)? {
                Ok(row) => row,
                Err(refused) => return Ok(Err(refused)),
            };
            if row.revoked_at.is_none() {
                row.revoked_at = Some(audit::now());
                let own = token::table.filter(token::id.eq(row.id));
                let revoked = token::revoked_at.eq(row.revoked_at);
                on!(connection, |c| diesel::update(own).set(revoked).execute(c))?;
                audit::record(connection, actor, AuditAction::RevokeToken, row.id, None)?;
            }
            Ok(Ok(row))
        })?
    }
}

/// The token that is meant.
fn chosen(
    connection: &mut Connection,
    which: &str,
) -> Result<std::result::Result<TokenRow, RevokeError>> {
    if let Ok(id) = which.parse::<Id>() {
        let found = token::table.filter(token::id.eq(id));
        let found = on!(connection, |c| found.select(TokenRow::as_select()).first(c).optional())?;
        return Ok(found.ok_or_else(|| RevokeError::Unknown(which.to_owned())));
    }
    let named = token::table.filter(token::name.eq(which)).order(token::id);
    let mut named: Vec<TokenRow> =
        on!(connection, |c| named.select(TokenRow::as_select()).load(c))?;
    named.retain(|row| row.standing() == Standing::InForce);
    Ok(match (named.pop(), named.len()) {
        (None, _) => Err(RevokeError::Unknown(which.to_owned())),
        (Some(row), 0) => Ok(row),
        (Some(last), others) => {
            let ids = named.iter().chain([&last]).map(|row| row.id.to_string());
            let (count, ids) = (others + 1, ids.collect::<Vec<_>>().join(", "));
            Err(RevokeError::Ambiguous { name: which.to_owned(), count, ids })
        }
    })
}
