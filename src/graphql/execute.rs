//! One request from its text to its response, within all limits, whatever brought it here.

use std::future::ready;
use std::pin::pin;
use std::time::Duration;

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, Response, ServerError};
use futures_util::stream::{self, BoxStream, StreamExt as _};

use super::aggregate::Spent;
use super::guard::{self, Refused};
use super::trip::Waiting;
use super::{Caller, Schema, error, loader, omitted};
use crate::limits::{Limits, Serving};
use crate::store::{Position, Store};

/// What the engine says of a question that costs too much; it does not say of what.
const TOO_COMPLEX: &str = "Query is too complex.";

/// What the locked profile says of whatever the engine refuses.
const UNTOLD: &str = "the document is not valid here; this server tells nothing of its schema";

/// Who asks, and what they have seen.
#[derive(Debug, Clone)]
pub struct Asking {
    /// Who asks.
    pub caller: Caller,
    /// What they have written: the answer comes from a server that has everything up to there.
    pub since: Option<Position>,
}

/// Answers a request; must be called on a Tokio runtime. Every error carries a code: what the engine
/// itself refuses (syntax, unknown fields, values of another type) is the user's.
pub async fn execute(schema: &Schema, request: Request, asking: Asking) -> Response {
    let serving = serving(schema);
    let response = match guarded(request, &serving) {
        Ok(mut request) => {
            let kind = kind(&mut request);
            one_response(schema, request, asking, kind, &serving.limits).await
        }
        Err(refused) => *refused,
    };
    bounded(response, &serving)
}

/// Answers a request by as many responses as it has: one to a question, one to each event of a
/// subscription, each as [`execute`] would.
pub fn execute_stream(
    schema: &Schema,
    request: Request,
    asking: Asking,
) -> BoxStream<'static, Response> {
    let serving = serving(schema);
    let responses = match guarded(request, &serving) {
        Err(refused) => stream::once(ready(*refused)).boxed(),
        Ok(mut request) => {
            let kind = kind(&mut request);
            if kind == OperationType::Subscription {
                // What it waits for is no work: it has no time.
                schema.execute_stream(asked(schema, request, asking, kind))
            } else {
                let schema = schema.clone();
                let response = async move {
                    one_response(&schema, request, asking, kind, &serving.limits).await
                };
                stream::once(response).boxed()
            }
        }
    };
    responses.map(move |response| bounded(response, &serving)).boxed()
}

fn serving(schema: &Schema) -> Serving {
    schema.data::<Serving>().copied().unwrap_or_default()
}

/// The response with a code in every error, and a list of errors that is bounded and says so last.
fn bounded(mut response: Response, serving: &Serving) -> Response {
    let limits = &serving.limits;
    let most = usize::try_from(limits.errors).unwrap_or(usize::MAX);
    let found = response.errors.len();
    if found > most {
        let (limit, found) = (limits.errors, found as u64);
        response.errors.truncate(most - 1);
        response.errors.push(refused_error(&Refused::Limit { name: "errors", limit, found }));
    }
    for error in &mut response.errors {
        if error.message == TOO_COMPLEX {
            *error = too_complex(limits.complexity);
        }
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        if code.is_none() {
            if !serving.profile.tells_schema() {
                untell(error);
            }
            error.extensions.get_or_insert_default().set("code", error::BAD_USER_INPUT);
        }
    }
    response
}

/// Takes what the engine itself says out of an error: its words name the schema's types, arguments
/// and fields. Where it was, in the document and in the answer, stays.
fn untell(error: &mut ServerError) {
    tracing::debug!(problem = error.message, "the engine refuses a document");
    error.message = UNTOLD.to_owned();
}

/// The request, once nothing in its document speaks against executing it.
fn guarded(mut request: Request, serving: &Serving) -> Result<Request, Box<Response>> {
    let refuse = |refused: Refused| Box::new(Response::from_errors(vec![refused_error(&refused)]));
    guard::text(&request.query, &serving.limits).map_err(refuse)?;
    let document = match request.parsed_query() {
        Ok(document) => document,
        Err(error) => {
            // A document that does not parse has met no schema.
            let error = error::with_code(error, error::BAD_USER_INPUT);
            return Err(Box::new(Response::from_errors(vec![error])));
        }
    };
    guard::check(document, &serving.limits, serving.profile).map_err(refuse)?;
    Ok(omitted::without_omitted(request))
}

/// What the operation that would be executed does.
fn kind(request: &mut Request) -> OperationType {
    let name = request.operation_name.clone();
    let Ok(document) = request.parsed_query() else { return OperationType::Query };
    kinds(document, name.as_deref()).next().unwrap_or(OperationType::Query)
}

/// What the operations do that this name can mean: all of a document, where there is no name.
pub fn kinds(
    document: &ExecutableDocument,
    name: Option<&str>,
) -> impl Iterator<Item = OperationType> {
    let meant = move |own: Option<&str>| own.is_none() || name.is_none() || own == name;
    let operations = document.operations.iter();
    operations
        .filter(move |(own, _)| meant(own.map(|own| own.as_str())))
        .map(|(_, operation)| operation.node.ty)
}

/// The request with who asks, and what resolvers read from: for a mutation the primary, which has
/// what it writes.
fn asked(
    schema: &Schema,
    request: Request,
    Asking { caller, since }: Asking,
    kind: OperationType,
) -> Request {
    let request = request.data(caller).data(Spent::default());
    match schema.data::<Store>() {
        Some(store) => {
            let store = match since {
                _ if kind == OperationType::Mutation => store.at_the_primary(),
                Some(since) => store.since(since),
                None => store.clone(),
            };
            request.data(loader::loader(store.clone())).data(store)
        }
        None => request,
    }
}

/// The response to a question or a mutation, within the time that it has.
async fn one_response(
    schema: &Schema,
    request: Request,
    asking: Asking,
    kind: OperationType,
    limits: &Limits,
) -> Response {
    let waiting = Waiting::default();
    let request = asked(schema, request, asking, kind).data(waiting.0.clone());
    let mut work = pin!(schema.execute(request));
    match tokio::time::timeout(Duration::from_millis(limits.execution_ms), &mut work).await {
        Ok(response) => response,
        // What was written is told, however late; what was not is not written any more.
        Err(_) if kind == OperationType::Mutation => {
            waiting.0.set();
            work.await
        }
        Err(_) => {
            let message = format!(
                "executionMs: this takes longer than {} ms: ask for less, or filter more",
                limits.execution_ms
            );
            let over = error::over("executionMs", limits.execution_ms, message);
            Response::from_errors(vec![error::with_code(over, error::TIMEOUT)])
        }
    }
}

/// The same as for the limits that are looked at here, save what was found: the engine does not say.
fn too_complex(limit: u64) -> ServerError {
    let message = format!(
        "complexity: this question costs more than {limit}, the limit: ask for smaller pages, or \
         for less in them"
    );
    error::over("complexity", limit, message)
}

/// What a client reads of a refusal: the limit by name, so that it need not read the message.
fn refused_error(refused: &Refused) -> ServerError {
    let message = refused.to_string();
    match refused {
        Refused::Limit { name, limit, found } => {
            let mut error = error::over(name, *limit, message);
            error.extensions.get_or_insert_default().set("found", *found);
            error
        }
        Refused::Introspection => error::coded(error::FORBIDDEN, message),
        Refused::Circle(_) | Refused::Unknown(_) => error::coded(error::BAD_USER_INPUT, message),
    }
}
