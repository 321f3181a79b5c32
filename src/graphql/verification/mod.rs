//! `verify`: did they really say that?

mod answer;
mod query;

pub use query::VerificationQuery;
