//! Did they really say that? A text is compared with what is on record.
//!
//! Pure: the store finds stored texts that share words with the question ([`Question::shingles`]
//! among the [`shingles`] of stored texts) and says what is known of each ([`Source`]); here they
//! are compared and the answer is given ([`verify`]). The definitions are those of the verification
//! guide (`data/verify/README.md`).

mod alignment;
mod beside;
mod comparison;
mod diff;
mod findings;
mod judge;
mod matched;
mod meaning;
mod narrative;
mod number;
mod question;
mod runs;
mod score;
mod shingles;
mod source;
mod splice;
mod stretch;
mod verdict;
mod words;

pub use beside::said_by;
pub use question::Question;
pub use shingles::{SURE, shingles};
pub use source::{By, Source};
pub use stretch::Stretch;
pub use verdict::{Change, Finding, MATCHES, Match, Op, SOURCES, Verdict, Verification};
pub use words::Words;

use super::date::FuzzyDate;

/// The version of the rules by which questions are judged: raised with every change of a definition
/// or a threshold, so that a certificate tells by which it was made.
pub const RULES: u32 = 3;

/// Whether two texts have the same letters and digits, blanks and marks apart, and their numbers the
/// same signs: "It `s" is "It's", and "2.5" is not "25".
pub fn has_same_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let words = Words::of(text);
        words.letters(0..words.len())
    };
    letters(one) == letters(other)
}

/// Judges a question by stored texts. `said_on` is when it is claimed to have been said.
///
/// The first [`SOURCES`] of them are looked at: give those first that share most numbers.
pub fn verify(
    question: &Question<'_>,
    sources: &[Source<'_>],
    said_on: Option<FuzzyDate>,
) -> Verification {
    narrative::read(question, sources, said_on)
}

#[cfg(test)]
mod tests;
