//! How extractors write that they found no speaker.

/// Markers in whatever case.
const IN_ANY_CASE: [&str; 10] = [
    "none",
    "unknown",
    "null",
    "undefined",
    "n/a",
    "not specified",
    "unspecified",
    "no speaker",
    "unknown speaker",
    "unattributed",
];

/// Markers in this case alone, since "Nan" and "Na" are names of people.
const AS_WRITTEN: [&str; 6] = ["nan", "NaN", "<NA>", "NA", "#N/A", "\\N"];

/// What recognisers of names call a name, as they write it.
const TAGS: [&str; 5] = ["PER", "PERSON", "MISC", "LOC", "LOCATION"];

/// Whether an extractor says in this way that it found no speaker, so that the text is the program's
/// and nothing of it stood in the article.
///
/// | written | by |
/// |---|---|
/// | nothing, white space | Gender Gap Tracker (its `Heuristic` quotes), an empty CSV cell |
/// | `(0,0)` | Gender Gap Tracker: the `speaker_index` of a speaker that it did not find |
/// | `None` | Quotebank's `speaker`; BookNLP's `mention_phrase` and `char_id`; Python in any CSV |
/// | `Unknown` | CoreNLP's `speaker` and `canonicalSpeaker`; in capitals diarisation |
/// | `null`, `undefined` | JSON and JavaScript, turned to text by an export or a model |
/// | `nan`, `NaN`, `<NA>` | pandas: a missing value that was written as text |
/// | `NA`, `#N/A`, `N/A` | R, spreadsheets, models that must fill a field |
/// | `\N` | PostgreSQL's COPY and MySQL's exports |
/// | `PER0`, `PERSON_1`, `MISC` | recognisers of names: the tag in the place of the name |
/// | the others | models that are asked for a speaker and find none |
///
/// What an article may print is no such marker, even where it names nobody: "nobody", "she",
/// "anonymous" are kept as the attribution.
pub fn nobody(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || AS_WRITTEN.contains(&text)
        || IN_ANY_CASE.iter().any(|marker| marker.eq_ignore_ascii_case(text))
        || is_empty_span(text)
        || is_tag(text)
}

/// `PER0`, `PERSON_12`, `MISC`: what recognisers of names call what they found.
fn is_tag(text: &str) -> bool {
    let tag = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let tag = tag.strip_suffix(['_', '-']).filter(|_| tag.len() < text.len()).unwrap_or(tag);
    TAGS.contains(&tag)
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
        for text in [
            "",
            " \t",
            "None",
            "UNKNOWN",
            "n/a",
            "NaN",
            "NA",
            "(0,0)",
            "( 0, 0 )",
            "\\N",
            "PER0",
            "PERSON_12",
            "MISC",
        ] {
            assert!(nobody(text), "{text:?}");
        }
        for text in ["Nan", "Na", "nobody", "she", "Anonymous", "(0,1)", "Nonet", "-1", "Ada Quill"]
        {
            assert!(!nobody(text), "{text:?}");
        }
    }

    #[test]
    fn who_reads_a_marker_as_a_speaker_finds_nobody() {
        for marker in IN_ANY_CASE.iter().chain(&["nan", "NaN", "NA"]) {
            assert_eq!(read_speaker(marker), SpeakerReading::Nobody, "{marker}");
        }
    }
}
