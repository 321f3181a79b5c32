//! Facets and timelines of a list: what is counted over everything that meets its filter, whatever
//! the page.

mod asked;
mod facet;
mod list;
mod timeline;

pub use asked::{Asked, Spent, Tallies, facet_cost};
pub use facet::Facet;
pub use timeline::Timeline;
