//! Inputs that are known and hold no quotes: they are refused with the reason, and not misread.

use super::Sight;

/// What shows such an input, and why it is not imported.
const FOREIGN: [(&[&str], &str); 2] = [
    (
        &["claimReviewed"],
        "is a ClaimReview (schema.org): a verdict on a claim, not a quote with its source; dixit \
         does not import it",
    ),
    (
        &["reviewRating"],
        "is a review (schema.org): a verdict, not a quote with its source; dixit does not import it",
    ),
];

/// Why an input that no format recognises is not imported, where that is known.
pub fn why(sights: &[Sight]) -> Option<&'static str> {
    let shows = |keys: &[&str]| sights.iter().any(|sight| sight.has(keys) || sight.holds(keys));
    FOREIGN.iter().find(|(keys, _)| shows(keys)).map(|(_, reason)| *reason)
}
