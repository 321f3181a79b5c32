//! `Node`: anything that has an id.

use async_graphql::{ID, Interface};

use super::article::Article;
use super::import::Import;
use super::judgement::Judgement;
use super::organisation::Organisation;
use super::quote::Quote;
use super::role::Role;
use super::speaker::Speaker;
use super::statement::Statement;

/// Anything that has an id, as the Relay specification has it.
#[derive(Interface, Clone)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The id: the same after every rebuild from the same input."
))]
#[allow(clippy::large_enum_variant, reason = "one of these is made for one query")]
pub enum Node {
    /// A quote.
    Quote(Quote),
    /// A statement.
    Statement(Statement),
    /// A speaker.
    Speaker(Speaker),
    /// An organisation.
    Organisation(Organisation),
    /// A role.
    Role(Role),
    /// An article.
    Article(Article),
    /// A judgement.
    Judgement(Judgement),
    /// An import.
    Import(Import),
}
