//! Questions of the server's own: a fixed document, asked of the API from within.

use async_graphql::{Request, Variables, from_value};
use serde::de::DeserializeOwned;

use super::error::{BUSY, TIMEOUT};
use super::{Asking, Schema, execute, has_code};
use crate::domain::id::Id;

/// Why a question has no answer. The log knows more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// The database is busy or away; it may be asked again in a second.
    Busy,
    /// It takes too long.
    TooLong,
    /// A fault of ours.
    Fault,
}

/// The answer to a document whose only variable is `$id`; must be called on a Tokio runtime. It is
/// read as any other request is: by the same connections, within the same time.
pub async fn ask<Answer: DeserializeOwned>(
    schema: &Schema,
    document: &str,
    id: Id,
    asking: Asking,
) -> Result<Answer, Unanswered> {
    let variables = Variables::from_json(serde_json::json!({ "id": id }));
    let response = execute(schema, Request::new(document).variables(variables), asking).await;
    if has_code(&response, BUSY) {
        return Err(Unanswered::Busy);
    }
    if has_code(&response, TIMEOUT) {
        return Err(Unanswered::TooLong);
    }
    if let Some(error) = response.errors.first() {
        tracing::error!(problem = error.message, "a question of the server's own is refused");
        return Err(Unanswered::Fault);
    }
    from_value(response.data).map_err(|error| {
        tracing::error!(%error, "an answer is not what was asked for");
        Unanswered::Fault
    })
}
