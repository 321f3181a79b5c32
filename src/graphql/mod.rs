//! The GraphQL API: the only layer that names async_graphql, the server's adapter aside.
//!
//! An entity file is: struct, `#[Object]` impl (what clients see), plain impl (how it is had). A
//! resolver never builds SQL. A root field costs one trip to the store, with everything that its
//! selection needs below it; nested lists are batched by `loader`.

mod article;
mod attribution;
mod connection;
mod cursor;
mod date;
mod error;
mod filter;
mod load;
mod loader;
mod node;
mod omitted;
mod organisation;
mod query;
mod quote;
mod role;
mod speaker;
mod statement;
mod trip;
mod vocabulary;
mod wanted;

use async_graphql::{EmptyMutation, EmptySubscription, Request, Response};

use crate::store::{Position, Store};

/// The schema that is served.
pub type Schema = async_graphql::Schema<query::Query, EmptyMutation, EmptySubscription>;

/// The most that a query may cost: each field 1, a list its page size times its fields.
pub const MAX_COMPLEXITY: usize = 10_000;
/// How deep a query may nest; introspection as GraphiQL sends it is 15 deep.
pub const MAX_DEPTH: usize = 16;

/// Whether a response failed because the database could not be reached in time: the same request
/// may go well in a second.
pub fn is_busy(response: &Response) -> bool {
    response.errors.iter().any(|error| {
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        code == Some(&error::BUSY.into())
    })
}

/// The schema over a store.
pub fn schema(store: Store) -> Schema {
    builder().data(store).finish()
}

/// The public API as SDL, with every description; `schema.graphql` is this text.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments();
    builder().finish().sdl_with_options(options.sorted_enum_items())
}

fn builder() -> async_graphql::SchemaBuilder<query::Query, EmptyMutation, EmptySubscription> {
    Schema::build(query::Query, EmptyMutation, EmptySubscription)
        .register_output_type::<node::Node>()
        .limit_complexity(MAX_COMPLEXITY)
        .limit_depth(MAX_DEPTH)
}

/// Answers a request; must be called on a Tokio runtime. With `since` it is answered from a server
/// that has everything up to there. Every error carries a code: what the engine itself refuses
/// (syntax, unknown fields, values of another type, limits) is the user's.
pub async fn execute(schema: &Schema, request: Request, since: Option<Position>) -> Response {
    let request = omitted::without_omitted(request);
    let mut response = match schema.data::<Store>() {
        Some(store) => {
            let store = since.map_or_else(|| store.clone(), |since| store.since(since));
            let request = request.data(loader::loader(store.clone())).data(store);
            schema.execute(request).await
        }
        None => schema.execute(request).await,
    };
    for error in &mut response.errors {
        let extensions = error.extensions.get_or_insert_default();
        if extensions.get("code").is_none() {
            extensions.set("code", error::BAD_USER_INPUT);
        }
    }
    response
}
