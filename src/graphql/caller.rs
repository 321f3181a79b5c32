//! Who asks, and whether they may.

use async_graphql::{Context, Error, ErrorExtensions as _, Result};

use super::error::{FORBIDDEN, REQUEST_ID, UNAUTHENTICATED};
use crate::domain::access::{Scope, Scopes};
use crate::domain::id::Id;
use crate::store::audit::Actor;

/// Who asks: somebody with a token, or anybody.
#[derive(Debug, Clone)]
pub enum Caller {
    /// Nobody in particular.
    Anybody,
    /// The holder of a token that is good.
    Token {
        /// The token's id.
        id: Id,
        /// Its name.
        name: String,
        /// What it may do.
        scopes: Scopes,
    },
}

impl Caller {
    /// Who does something that wants this scope.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` without a token, `FORBIDDEN` where it has not the scope.
    pub fn acting(context: &Context<'_>, scope: Scope) -> Result<Actor> {
        let refuse = |code: &'static str, message: String| {
            Err(Error::new(message).extend_with(|_, extensions| {
                extensions.set("code", code);
                extensions.set("scope", scope.as_str());
            }))
        };
        match context.data::<Self>()? {
            Self::Token { id, name, scopes } if scopes.allow(scope) => Ok(Actor {
                token: Some(*id),
                name: name.clone(),
                request: REQUEST_ID.try_with(Clone::clone).ok(),
            }),
            Self::Token { .. } => {
                refuse(FORBIDDEN, format!("this needs a token with the scope {scope}"))
            }
            Self::Anybody => refuse(
                UNAUTHENTICATED,
                format!("this needs `Authorization: Bearer` and a token with the scope {scope}"),
            ),
        }
    }
}
