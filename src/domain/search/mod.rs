//! Search over texts: in which form words are looked for, what a search means, which texts it finds,
//! where in them, and how well.
//!
//! Everything here is the rule; what a database has is an index of it (`store/search/`). [`Query::finds`]
//! says of one text what any index must say of it.

mod contraction;
mod entry;
mod find;
mod language;
mod query;
mod read;
mod score;
mod tokens;

pub use entry::{Entry, PER_WORD, in_language, in_time};
pub use find::{Highlight, Text, highlights};
pub use language::Language;
pub use query::{Node, Notice, Query, Term};
pub use read::{LONGEST, TERMS};
pub use tokens::{Joined, Tokens};
