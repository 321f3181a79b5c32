//! One request from its text to its response, within all limits, whatever brought it here.

use std::time::Duration;

use async_graphql::{ErrorExtensionValues, Request, Response, ServerError};

use super::guard::{self, Refused};
use super::{Schema, error, loader, omitted};
use crate::limits::{Limits, Serving};
use crate::store::{Position, Store};

/// What the engine says of a question that costs too much; it does not say of what.
const TOO_COMPLEX: &str = "Query is too complex.";

/// Answers a request; must be called on a Tokio runtime. With `since` it is answered from a server
/// that has everything up to there. Every error carries a code: what the engine itself refuses
/// (syntax, unknown fields, values of another type, complexity) is the user's.
pub async fn execute(schema: &Schema, request: Request, since: Option<Position>) -> Response {
    let serving = schema.data::<Serving>().copied().unwrap_or_default();
    let mut response = match guarded(request, &serving) {
        Ok(request) => within_time(schema, request, since, &serving.limits).await,
        Err(refused) => *refused,
    };
    // Every list of errors is bounded, and the last one says so.
    let most = usize::try_from(serving.limits.errors).unwrap_or(usize::MAX);
    let found = response.errors.len();
    if found > most {
        let (limit, found) = (serving.limits.errors, found as u64);
        response.errors.truncate(most - 1);
        response.errors.push(refused_error(&Refused::Limit { name: "errors", limit, found }));
    }
    for error in &mut response.errors {
        if error.message == TOO_COMPLEX {
            *error = too_complex(serving.limits.complexity);
        }
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", error::BAD_USER_INPUT);
        }
    }
    response
}

/// The request, once nothing in its document speaks against executing it.
fn guarded(mut request: Request, serving: &Serving) -> Result<Request, Box<Response>> {
    let refuse = |refused: Refused| Box::new(Response::from_errors(vec![refused_error(&refused)]));
    guard::text(&request.query, &serving.limits).map_err(refuse)?;
    let document = match request.parsed_query() {
        Ok(document) => document,
        Err(error) => return Err(Box::new(Response::from_errors(vec![error]))),
    };
    guard::check(document, &serving.limits, serving.profile).map_err(refuse)?;
    Ok(omitted::without_omitted(request))
}

async fn within_time(
    schema: &Schema,
    request: Request,
    since: Option<Position>,
    limits: &Limits,
) -> Response {
    let work = async {
        match schema.data::<Store>() {
            Some(store) => {
                let store = since.map_or_else(|| store.clone(), |since| store.since(since));
                let request = request.data(loader::loader(store.clone())).data(store);
                schema.execute(request).await
            }
            None => schema.execute(request).await,
        }
    };
    match tokio::time::timeout(Duration::from_millis(limits.execution_ms), work).await {
        Ok(response) => response,
        Err(_) => {
            let message = format!(
                "executionMs: this takes longer than {} ms: ask for less, or filter more",
                limits.execution_ms
            );
            let mut error = ServerError::new(message, None);
            error.extensions.get_or_insert_default().set("code", error::TIMEOUT);
            Response::from_errors(vec![error])
        }
    }
}

/// The same as for the limits that are looked at here, save what was found: the engine does not say.
fn too_complex(limit: u64) -> ServerError {
    let message = format!(
        "complexity: this question costs more than {limit}, the limit: ask for smaller pages, or \
         for less in them"
    );
    let mut error = ServerError::new(message, None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", error::LIMIT);
    extensions.set("limit", "complexity");
    extensions.set("value", limit);
    error
}

/// What a client reads of a refusal: the limit by name, so that it need not read the message.
fn refused_error(refused: &Refused) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    match refused {
        Refused::Limit { name, limit, found } => {
            extensions.set("code", error::LIMIT);
            extensions.set("limit", *name);
            extensions.set("value", *limit);
            extensions.set("found", *found);
        }
        Refused::Introspection => extensions.set("code", error::FORBIDDEN),
        Refused::Circle(_) => extensions.set("code", error::BAD_USER_INPUT),
    }
    ServerError { extensions: Some(extensions), ..ServerError::new(refused.to_string(), None) }
}
