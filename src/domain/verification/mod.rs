//! Did they really say that? A text is compared with what is on record.
//!
//! Pure: the store finds stored texts that share words with the question ([`Question::shingles`]
//! among the [`shingles`] of stored texts) and says what is known of each ([`Source`]); here they
//! are compared and the answer is given ([`verify`]). The definitions are those of the verification
//! guide (`data/verify/README.md`).

mod question;
mod shingles;
mod source;
mod verdict;
mod words;

pub use question::Question;
pub use shingles::{SURE, shingles};
pub use source::{By, Source};
pub use verdict::{Change, Finding, Match, Op, Verdict, Verification};
pub use words::Words;

use super::date::FuzzyDate;

/// Judges a question by stored texts. `said_on` is when it is claimed to have been said.
///
/// The order of the sources does not matter, save among equals. At most [`verdict::SOURCES`] of them
/// are looked at closely, those that share most words first.
pub fn verify(
    _question: &Question<'_>,
    _sources: &[Source<'_>],
    _said_on: Option<FuzzyDate>,
) -> Verification {
    Verification::default()
}
