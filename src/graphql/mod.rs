//! The GraphQL API: the only layer that names async_graphql, the server's adapter aside.
//!
//! An entity file is: struct, `#[Object]` impl (what clients see), plain impl (how it is had). A
//! resolver never builds SQL. A root field costs one trip to the store, with everything that its
//! selection needs below it; nested lists are batched by `loader`.

mod aggregate;
mod argument;
mod article;
mod ask;
mod attribution;
mod audit;
mod caller;
mod connection;
mod cursor;
mod date;
mod error;
mod execute;
mod filter;
pub mod guard;
mod import;
mod judgement;
mod lexis;
mod load;
mod loader;
mod mutation;
mod node;
mod omitted;
mod organisation;
mod query;
mod quote;
mod relation;
mod role;
mod search;
mod service;
mod speaker;
mod statement;
mod tenure;
mod trip;
mod understanding;
mod verification;
mod vocabulary;
mod wanted;

use async_graphql::Response;

pub use ask::{Unanswered, ask};
pub use caller::Caller;
pub use error::{
    BUSY, FORBIDDEN, INTERNAL, LIMIT, NOT_WRITABLE, REQUEST_ID, TIMEOUT, UNAUTHENTICATED, coded,
    over,
};
pub use execute::{Asking, execute, execute_stream, kinds};
pub use filter::quote_condition;
pub use mutation::POSITION;

use crate::limits::Serving;
use crate::store::Store;

/// The schema that is served.
pub type Schema = async_graphql::Schema<query::Query, mutation::Mutation, import::Subscription>;

/// Whether one of a response's errors has this code.
pub fn has_code(response: &Response, wanted: &str) -> bool {
    response.errors.iter().any(|error| {
        let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code"));
        code == Some(&wanted.into())
    })
}

/// The schema over a store, with the limits that are the default.
pub fn schema(store: Store) -> Schema {
    serving(store, Serving::default())
}

/// The schema over a store, served within these limits.
pub fn serving(store: Store, serving: Serving) -> Schema {
    let complexity = usize::try_from(serving.limits.complexity).unwrap_or(usize::MAX);
    // Hints at names ("Did you mean") tell a schema bit by bit to those whom it is not told; whoever
    // may ask for it needs none.
    let builder = builder().disable_suggestions();
    builder.limit_complexity(complexity).data(store).data(serving).finish()
}

/// The public API as SDL, with every description; `schema.graphql` is this text.
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new().sorted_fields().sorted_arguments();
    builder().finish().sdl_with_options(options.sorted_enum_items())
}

fn builder() -> async_graphql::SchemaBuilder<query::Query, mutation::Mutation, import::Subscription>
{
    Schema::build(query::Query::default(), mutation::Mutation::default(), import::Subscription)
        .register_output_type::<node::Node>()
}
