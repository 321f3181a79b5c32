//! Quotes: the row, and the lists of them.

mod condition;
mod list;
mod row;

pub use condition::{ArticleMatch, Condition, DateMatch, OrganisationMatch, TextMatch};
pub(in crate::store) use condition::{at_address, containing};
pub use list::{Order, by_id, list, place};
pub(in crate::store) use row::fuzzy;
pub use row::{QuoteRow, readings};
pub(in crate::store) use row::{further_speakers, reading};
