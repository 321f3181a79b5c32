//! What a person took away and shall not come back by itself: quotes, and whole articles.

use diesel::prelude::*;
use serde::Serialize;

use super::schema::removal;
use crate::domain::id::Id;

/// A row of `removal`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = removal)]
#[diesel(treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct RemovalRow {
    pub article_id: Id,
    pub id: Id,
    pub reason: Option<String>,
    pub removed_at: i64,
}
