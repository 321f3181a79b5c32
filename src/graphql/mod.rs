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
mod organisation;
mod query;
mod quote;
mod role;
mod speaker;
mod statement;
mod trip;
mod vocabulary;
mod wanted;

use async_graphql::{EmptyMutation, EmptySubscription};

use crate::store::Store;

/// The schema that is served.
pub type Schema = async_graphql::Schema<query::Query, EmptyMutation, EmptySubscription>;

/// The most that a query may cost: each field 1, a list its page size times its fields.
pub const MAX_COMPLEXITY: usize = 10_000;
/// How deep a query may nest; introspection as GraphiQL sends it is 15 deep.
pub const MAX_DEPTH: usize = 16;

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

/// A request with what it needs of its own; must be called on a Tokio runtime.
pub fn request(store: &Store, request: async_graphql::Request) -> async_graphql::Request {
    request.data(loader::loader(store.clone()))
}
