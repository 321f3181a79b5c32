//! Tokens: who may write, by the digest of what they show.

use diesel::prelude::*;
use serde::Serialize;

use super::schema::token;
use crate::domain::id::Id;

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
