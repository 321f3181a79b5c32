//! What has to be told with a quote wherever it goes: on its page, in its citations, as linked data.

use super::data::{Quote, Relation};
use super::words;
use crate::domain::tenure::Capacity;

/// All of it, a sentence each; none for a quote that nothing speaks against.
pub fn of(quote: &Quote) -> Vec<String> {
    let via = quote.via.as_ref().map(|via| format!("Second-hand: passed on by {via}."));
    let weighed: Vec<&str> = quote.weighed().collect();
    let weighed = (!weighed.is_empty()).then(|| {
        format!(
            "The extractor was not sure of the speaker and weighed {}, too.",
            weighed.join(", ")
        )
    });
    let readings = (!quote.other_readings.is_empty())
        .then(|| "Another account of this place in the article contradicts this one.".to_owned());
    let vanished = quote.vanished.as_ref().map(|vanished| {
        format!(
            "The program that had found this quote read its article again on {} and did not find it any more.",
            vanished.at
        )
    });
    let all = [via, weighed, conflict(quote).map(str::to_owned), readings];
    all.into_iter().flatten().chain(disputed(quote.contradictions())).chain(vanished).collect()
}

/// That others are on record with the same words, by name.
pub fn disputed(contradictions: &[Relation]) -> Option<String> {
    if contradictions.is_empty() {
        return None;
    }
    let mut names: Vec<&str> = Vec::new();
    for source in contradictions.iter().filter_map(Relation::source) {
        if !names.contains(&source.name.as_str()) {
            names.push(&source.name);
        }
    }
    let others = if names.is_empty() { "another source".to_owned() } else { names.join(", ") };
    Some(format!(
        "Elsewhere the same words, or nearly the same, are attributed to somebody else: {others}."
    ))
}

/// That a record of office-holders contradicts the printed role.
pub fn conflict(quote: &Quote) -> Option<&'static str> {
    words::capacity(&quote.capacity).filter(|_| quote.capacity == Some(Capacity::Conflict))
}

/// Whether it is open whose words they are, so that nobody can be called their author.
pub fn is_open(quote: &Quote) -> bool {
    quote.via.is_some()
        || quote.vanished.is_some()
        || quote.weighed().next().is_some()
        || !quote.other_readings.is_empty()
        || !quote.contradictions().is_empty()
}
