//! Quotes as CSV (RFC 4180), for spreadsheets: one row for each reading, safe from formulas.

use std::io::{self, Write};

use serde_json::Value;

use crate::import::format::FORMULA;

/// The columns, each with where it stands in a line of JSON.
const COLUMNS: [(&str, &str); 43] = [
    ("id", "/id"),
    ("text", "/text"),
    ("kind", "/kind"),
    ("speaker", "/speaker"),
    ("role", "/role"),
    ("organisation", "/organisation"),
    ("attribution", "/attribution"),
    ("speaker_kind", "/speaker_kind"),
    ("cue", "/cue"),
    ("via", "/via"),
    ("medium", "/medium"),
    ("start", "/start"),
    ("end", "/end"),
    ("position", "/position"),
    ("context_before", "/context_before"),
    ("context_after", "/context_after"),
    ("said_at", "/said_at"),
    ("reported_at", "/reported_at"),
    ("language", "/language"),
    ("confidence", "/confidence"),
    ("extractor", "/extractor/name"),
    ("extractor_version", "/extractor/version"),
    ("wikidata", "/wikidata"),
    ("external_id", "/external_id"),
    ("further_speakers", "/further_speakers"),
    ("article_id", "/article/id"),
    ("article_url", "/article/url"),
    ("article_document_id", "/article/document_id"),
    ("article_title", "/article/title"),
    ("article_publisher", "/article/publisher"),
    ("article_authors", "/article/authors"),
    ("article_published_at", "/article/published_at"),
    ("article_language", "/article/language"),
    ("article_licence", "/article/licence"),
    ("article_archive_url", "/article/archive_url"),
    ("vanished_at", "/vanished/at"),
    ("resolved_speaker_kind", "/resolved/speaker_kind"),
    ("resolved_speaker", "/resolved/speaker/name"),
    ("resolved_role", "/resolved/role/title"),
    ("resolved_organisation", "/resolved/organisation/name"),
    ("resolved_function", "/resolved/function"),
    ("resolved_domain", "/resolved/domain"),
    ("official_of", "/resolved/official_of"),
];

/// Writes the head.
pub fn head(out: &mut impl Write) -> io::Result<()> {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    write!(out, "{}\r\n", names.join(","))
}

/// Writes the row of a line.
pub fn row(out: &mut impl Write, line: &Value) -> io::Result<()> {
    let cells = COLUMNS.map(|(_, place)| cell(line.pointer(place)));
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell: a text as it is, anything else as JSON. One that could be a formula gets an apostrophe in
/// front, and so does one that begins with an apostrophe: whoever reads it takes one away.
fn cell(value: Option<&Value>) -> String {
    let mut text = match value {
        None | Some(Value::Null) => return String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    if text.starts_with(FORMULA) || text.starts_with('\'') {
        text.insert(0, '\'');
    }
    let plain = |c: char| !matches!(c, '"' | ',' | ';' | '\r' | '\n');
    let bare = text.chars().all(plain) && text.trim() == text;
    if bare { text } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}
