//! How extractors write that they found no speaker.

/// Markers in whatever case, and who writes them.
const IN_ANY_CASE: [&str; 10] = [
    // Quotebank's `speaker`; BookNLP's `mention_phrase` and `char_id`; Python's None in any CSV.
    "none",
    // CoreNLP's `speaker` and `canonicalSpeaker` ("Unknown"); diarisation and models ("UNKNOWN").
    "unknown",
    // JSON's and SQL's, written out as text by a model or an export.
    "null",
    // JavaScript's.
    "undefined",
    // Spreadsheets, and models that fill a required field in.
    "n/a",
    "not specified",
    "unspecified",
    "no speaker",
    "unknown speaker",
    "unattributed",
];

/// Markers in this case alone, since "Nan" and "Na" are names of people.
const AS_WRITTEN: [&str; 6] = [
    // pandas: a missing value as text, and its newer one.
    "nan", "NaN", "<NA>",
    // R's missing value, and a spreadsheet's.
    "NA", "#N/A",
    // The text form of PostgreSQL's COPY and of MySQL's exports.
    "\\N",
];

/// Whether an extractor says in this way that it found no speaker, so that the text is the program's
/// and nothing of it stood in the article.
///
/// Nothing at all counts, as Gender Gap Tracker and CSV write it, and so does `(0,0)`, the place in
/// the text that Gender Gap Tracker gives a speaker whom it did not find. What an article may
/// print is no such marker, even where it names nobody: "nobody", "she", "anonymous".
pub fn nobody(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || AS_WRITTEN.contains(&text)
        || IN_ANY_CASE.iter().any(|marker| marker.eq_ignore_ascii_case(text))
        || is_empty_span(text)
}

/// `(0,0)`, however spaced.
fn is_empty_span(text: &str) -> bool {
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inside
        .and_then(|pair| pair.split_once(','))
        .is_some_and(|(start, end)| start.trim() == "0" && end.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::{SpeakerReading, read_speaker};

    #[test]
    fn markers_are_told_from_what_an_article_prints() {
        for text in ["", " \t", "None", "UNKNOWN", "n/a", "NaN", "NA", "(0,0)", "( 0, 0 )", "\\N"] {
            assert!(nobody(text), "{text:?}");
        }
        for text in ["Nan", "Na", "nobody", "she", "Anonymous", "(0,1)", "Nonet", "-1", "Ada Quill"]
        {
            assert!(!nobody(text), "{text:?}");
        }
    }

    #[test]
    fn who_reads_a_marker_as_a_speaker_finds_nobody() {
        for marker in IN_ANY_CASE.iter().chain(&AS_WRITTEN).filter(|marker| **marker != "\\N") {
            assert_eq!(read_speaker(marker), SpeakerReading::Nobody, "{marker}");
        }
    }
}
