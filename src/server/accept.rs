//! What of several media types a client likes best, by its `Accept` (RFC 9110, section 12.5.1).

use actix_web::http::header::{self, HeaderMap};

/// How many media ranges of a request are looked at; browsers send eight.
const RANGES: usize = 64;

/// The place of the one that the client likes best of what is offered; `None` where it reads none. Of
/// equally liked ones that which it names, else the first.
pub fn accepted(headers: &HeaderMap, offered: &[&str]) -> Option<usize> {
    let values: Vec<&str> =
        headers.get_all(header::ACCEPT).filter_map(|value| value.to_str().ok()).collect();
    if values.iter().all(|value| value.trim().is_empty()) {
        return (!offered.is_empty()).then_some(0);
    }
    let ranges: Vec<(&str, f32)> =
        values.iter().flat_map(|value| value.split(',')).take(RANGES).filter_map(range).collect();
    let mut best = None;
    for (at, media) in offered.iter().enumerate() {
        // The most specific range that fits decides.
        let quality = ranges
            .iter()
            .filter_map(|&(range, quality)| Some((fits(range, media)?, quality)))
            .max_by_key(|(specific, _)| *specific)
            .map_or(0.0, |(_, quality)| quality);
        // Named beats wildcard at the same quality.
        let named = ranges.iter().any(|(range, _)| range.eq_ignore_ascii_case(media));
        if quality > 0.0 && best.is_none_or(|(q, n, _)| (quality, named) > (q, n)) {
            best = Some((quality, named, at));
        }
    }
    best.map(|(_, _, at)| at)
}

/// `text/html;q=0.8` → the range and its quality.
fn range(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let mut quality = 1.0;
    for part in parts {
        if let Some(value) = part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")) {
            quality = value.trim().parse().ok().filter(|q: &f32| (0.0..=1.0).contains(q))?;
        }
    }
    Some((range, quality))
}

/// How specifically a range names a media type; `None` where it does not.
fn fits(range: &str, media: &str) -> Option<u8> {
    if range.eq_ignore_ascii_case(media) {
        return Some(2);
    }
    let kind = media.split('/').next().unwrap_or_default();
    match range.split_once('/')? {
        ("*", "*") => Some(0),
        (of, "*") => of.eq_ignore_ascii_case(kind).then_some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{ACCEPT, HeaderValue};

    use super::*;

    const OFFERED: [&str; 3] = ["text/html", "application/ld+json", "text/plain"];

    fn chosen(accept: &'static str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        accepted(&headers, &OFFERED).map(|at| OFFERED[at])
    }

    #[test]
    fn a_browser_reads_the_page_and_a_program_what_it_names() {
        for (accept, media) in [
            ("", Some("text/html")),
            ("*/*", Some("text/html")),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some("text/html")),
            ("application/ld+json", Some("application/ld+json")),
            ("application/ld+json, application/json;q=0.5", Some("application/ld+json")),
            ("application/*", Some("application/ld+json")),
            ("text/*;q=0.5, application/ld+json;q=0.4", Some("text/html")),
            ("text/html;q=0, text/*", Some("text/plain")),
            ("*/*;q=0.1, text/plain", Some("text/plain")),
            ("image/png", None),
            ("text/html;q=0", None),
        ] {
            assert_eq!(chosen(accept), media, "{accept}");
        }
    }
}
