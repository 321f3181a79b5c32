//! What columns are called: the fields of the native format, and by which names anybody's table has
//! them.

/// A field of the native format, as a path, and the names of columns that hold it.
pub struct Field {
    /// The field.
    pub path: &'static str,
    /// Other names, in small letters with `_` between words.
    pub also: &'static [&'static str],
}

const fn field(path: &'static str, also: &'static [&'static str]) -> Field {
    Field { path, also }
}

/// Names that say that a column holds words which somebody said, and not text about them.
pub const QUOTES: [&str; 5] = ["quote", "quotes", "quotation", "quote_text", "quoted_text"];

/// Every field that a table may hold.
pub const FIELDS: &[Field] = &[
    field("text", &["quote", "quotes", "quotation", "quote_text", "quoted_text", "statement"]),
    field("kind", &[]),
    field(
        "speaker",
        &["who", "person", "speaker_name", "said_by", "quoted_person", "quote_author"],
    ),
    field("role", &["speaker_role", "speaker_title", "job_title", "occupation"]),
    field(
        "organisation",
        &["organization", "affiliation", "speaker_organisation", "speaker_organization", "company"],
    ),
    field("attribution", &[]),
    field("speaker_kind", &[]),
    field("cue", &["verb", "reporting_verb", "cue_verb"]),
    field("via", &[]),
    field("medium", &[]),
    field("start", &[]),
    field("end", &[]),
    field("position", &[]),
    field("context_before", &[]),
    field("context_after", &[]),
    field("said_at", &["said_on"]),
    field("reported_at", &[]),
    field("language", &["lang"]),
    field("confidence", &[]),
    field("extractor.name", &["extractor"]),
    field("extractor.version", &[]),
    field("wikidata", &["wikidata_id", "qid"]),
    field("external_id", &["quote_id", "statement_id"]),
    field("further_speakers", &[]),
    field("article.url", &["url", "link", "article_link", "source_url", "permalink", "web_url"]),
    field("article.document_id", &["document_id", "doc_id", "article_id"]),
    field("article.title", &["headline", "article_headline"]),
    field(
        "article.publisher",
        &["publisher", "outlet", "newspaper", "news_outlet", "media_outlet", "source_name"],
    ),
    field("article.authors", &["authors", "byline", "journalist", "reporter", "article_author"]),
    field(
        "article.published_at",
        &[
            "date",
            "published_at",
            "published",
            "publication_date",
            "publish_date",
            "pub_date",
            "date_published",
            "article_date",
        ],
    ),
    field("article.language", &[]),
    field("article.licence", &["licence", "license", "article_license"]),
    field("article.archive_url", &["archive_url"]),
];

/// Names that may mean several things, each with the fields that it may hold: alone they decide
/// nothing.
pub const AMBIGUOUS: [(&str, &[&str]); 7] = [
    ("text", &["text"]),
    ("content", &["text"]),
    ("source", &["speaker", "article.publisher", "article.url"]),
    ("title", &["article.title", "role"]),
    ("author", &["speaker", "article.authors"]),
    ("name", &["speaker"]),
    ("position", &["position", "role"]),
];

/// What an export has beside the fields: ids, and what follows from the rest.
pub const EXPORTED: [&str; 9] = [
    "id",
    "article_id",
    "resolved_speaker_kind",
    "resolved_speaker",
    "resolved_role",
    "resolved_organisation",
    "resolved_function",
    "resolved_domain",
    "official_of",
];

/// What a spreadsheet may take for the beginning of a formula, also in full width: an export sets an
/// apostrophe before it.
pub const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A name in small letters, with `_` for whatever else stands between its words: `Published At` and
/// `published-at` are one name, and so are `article.url` and `article_url`.
pub fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// The field that a plain name means.
pub fn meant(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| plain(field.path) == name || field.also.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_fields() {
        let names = FIELDS.iter().flat_map(|field| {
            field.also.iter().map(|name| (*name).to_owned()).chain([plain(field.path)])
        });
        let mut names: Vec<String> = names.collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(QUOTES.iter().all(|name| meant(name).is_some_and(|field| field.path == "text")));
    }

    #[test]
    fn names_are_read_whatever_stands_between_their_words() {
        for name in ["Published At", "published-at", "PUBLISHED_AT", " published.at "] {
            assert_eq!(meant(&plain(name)).map(|field| field.path), Some("article.published_at"));
        }
        assert_eq!(meant(&plain("Speaker (full)")).map(|field| field.path), None);
    }
}
