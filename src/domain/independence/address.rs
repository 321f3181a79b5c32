//! What the address of an article shows of where its text comes from.

use super::Sign;
use super::credit::agency_named;

/// How many longer words an address must have to tell a story from another.
const SLUG_WORDS: usize = 4;
/// How many letters a longer word has, and how many digits the number of a story.
const LONG_WORD: usize = 4;
const LONG_NUMBER: usize = 8;

/// Second-level domains under which a country registers names: `theherald.com.au` is one site.
const SECOND_LEVEL: &[&str] =
    &["ac", "asn", "co", "com", "edu", "go", "gob", "gov", "govt", "id", "ne", "net", "or", "org"];

/// The domain that somebody registered, as far as names of hosts show it.
pub fn domain(site: &str) -> String {
    let labels: Vec<&str> = site.split('.').collect();
    let kept = match labels.as_slice() {
        [.., second, country] if country.len() == 2 && SECOND_LEVEL.contains(second) => 3,
        _ => 2,
    };
    labels[labels.len().saturating_sub(kept)..].join(".")
}

/// What the path of an address shows.
pub fn address_signs(url: &str, signs: &mut Vec<Sign>) {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    for segment in &segments {
        // `/wires/afp/`, `/canadian-press/`; a word in a title ("reuters-reporter-held") says nothing.
        let name = segment.to_ascii_lowercase().replace(['-', '_'], " ");
        signs.extend(agency_named(&name).map(Sign::Agency));
    }
    // The title mostly stands last; else before a number or `story.html`.
    let slug = segments.iter().rev().find_map(|segment| slug(segment));
    signs.extend(slug.map(Sign::Slug));
    for segment in &segments {
        let numbers = segment.split(|c: char| !c.is_ascii_digit());
        let long = numbers.filter(|digits| digits.len() >= LONG_NUMBER && !is_moment(digits));
        signs.extend(long.map(|digits| Sign::Number(digits.to_owned())));
    }
}

/// The longer words of a part of a path, where they are enough to be a title.
fn slug(segment: &str) -> Option<String> {
    let segment = segment.to_lowercase();
    let long = |word: &&str| {
        word.chars().count() >= LONG_WORD
            && word.chars().all(char::is_alphabetic)
            && *word != "html"
    };
    let mut longer: Vec<&str> =
        segment.split(|c: char| !c.is_alphanumeric()).filter(long).collect();
    longer.sort_unstable();
    longer.dedup();
    (longer.len() >= SLUG_WORDS).then(|| longer.join(" "))
}

/// Whether digits look like a date, or a date with a time: `20170905`, `20170905123000`.
fn is_moment(digits: &str) -> bool {
    let part =
        |range: std::ops::Range<usize>| digits.get(range).and_then(|d| d.parse::<u16>().ok());
    let is_date = |year, month, day| {
        matches!(
            (part(year), part(month), part(day)),
            (Some(1900..=2099), Some(1..=12), Some(1..=31))
        )
    };
    matches!(digits.len(), 8 | 12 | 14) && is_date(0..4, 4..6, 6..8)
}
