//! Who asks: what the request shows, and what the database knows of it.

use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::web;

use crate::domain::access::Scopes;
use crate::domain::token::{Digest, NotAToken, Secret};
use crate::graphql::Caller;
use crate::store::token::Standing;
use crate::store::{Store, StoreError};

/// Why it is not known who asks. Nobody is let in as nobody in particular who has shown a token: a
/// program shall learn at once that its token is no good.
#[derive(Debug, thiserror::Error)]
pub enum Unknown {
    /// More than one `Authorization`.
    #[error("there are two headers Authorization: send one")]
    Twice,
    /// Another scheme, or none.
    #[error("send `Authorization: Bearer TOKEN`")]
    Scheme,
    /// No token.
    #[error("what `Authorization: Bearer` has is no token of dixit: {0}")]
    Malformed(#[from] NotAToken),
    /// A token that lets nobody in.
    #[error(transparent)]
    NoGood(#[from] NoGood),
    /// The database could not be asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The scopes of a newer dixit, or a fault of ours.
    #[error("the token's row cannot be used")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Why a token lets nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoGood {
    /// No token of this database.
    #[error("this token is not known here")]
    NotHere,
    /// It was good once.
    #[error("this token has expired")]
    Expired,
    /// It was good once.
    #[error("this token was revoked")]
    Revoked,
}

/// Whose token this is. The database is asked each time: what was revoked a moment ago is
/// refused.
pub async fn holder(digest: Digest, store: &Store) -> Result<Caller, Unknown> {
    let store = store.clone();
    let span = tracing::Span::current();
    // A server may take its time, and a connection may not be free.
    let found = web::block(move || span.in_scope(|| store.token(&digest))).await;
    let found = found.map_err(|stopping| Unknown::Internal(Box::new(stopping)))??;
    let row = found.ok_or(NoGood::NotHere)?;
    match row.standing() {
        Standing::InForce => {
            let scopes: Scopes =
                row.scopes.parse().map_err(|error| Unknown::Internal(Box::new(error)))?;
            Ok(Caller::Token { id: row.id, name: row.name, scopes })
        }
        Standing::Expired => Err(NoGood::Expired.into()),
        Standing::Revoked => Err(NoGood::Revoked.into()),
    }
}

/// The token in `Authorization: Bearer` (RFC 6750, section 2.1). Its other two ways, the body and
/// the query, are not taken: both end up in logs and histories.
pub fn shown(headers: &HeaderMap) -> Result<Option<Secret>, Unknown> {
    let mut values = headers.get_all(AUTHORIZATION);
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Unknown::Twice);
    }
    let text = value.to_str().map_err(|_| Unknown::Scheme)?.trim();
    let (scheme, token) = text.split_once([' ', '\t']).ok_or(Unknown::Scheme)?;
    match scheme.eq_ignore_ascii_case("bearer") {
        true => Ok(Some(token.trim_start().parse()?)),
        false => Err(Unknown::Scheme),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    #[test]
    fn a_token_is_read_from_one_header_in_one_form() {
        let secret = Secret::new([7; 32]);
        let of = |values: &[String]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
            }
            shown(&headers)
        };
        let token = secret.reveal();
        assert_eq!(of(&[]).unwrap(), None);
        for value in ["Bearer ", "bearer ", "BEARER  ", " Bearer ", "Bearer\t"] {
            assert_eq!(of(&[format!("{value}{token}")]).unwrap().as_ref(), Some(&secret));
        }
        let bearer = format!("Bearer {token}");
        assert!(matches!(of(&[bearer.clone(), bearer.clone()]), Err(Unknown::Twice)));
        for value in [token, "", "Bearer", "Basic dTpw", &format!("Token {token}"), "Béarer x"] {
            assert!(matches!(of(&[value.to_owned()]), Err(Unknown::Scheme)), "{value}");
        }
        for value in
            [format!("{bearer}, {bearer}"), "Bearer x".into(), format!("Bearer \"{token}\"")]
        {
            assert!(
                matches!(of(std::slice::from_ref(&value)), Err(Unknown::Malformed(_))),
                "{value}"
            );
        }
    }
}
