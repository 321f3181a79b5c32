//! `verify`: did they really say that?

mod answer;
mod query;

pub use answer::Verification;
pub use query::VerificationQuery;
