//! What formats share that say more of a quote than its words and its speaker, and those that are not
//! sure whether a number is one.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Visitor};

use crate::domain::article::Article;
use crate::domain::date::FuzzyDate;
use crate::domain::quote::QuoteKind;
use crate::domain::reading::{Extractor, Printed, Reading};
use crate::import::record::{Line, Unified, parsed};
use crate::import::rejection::{Code, Fault};
use crate::store::write::{Account, Entry};

/// A reading by this program, of which nothing but the words is known yet.
pub fn reading(extractor: &str, kind: QuoteKind, text: String) -> Reading {
    Reading {
        kind,
        text,
        printed: Printed::default(),
        speaker_kind: None,
        cue: None,
        via: None,
        medium: None,
        start: None,
        end: None,
        position: None,
        context_before: None,
        context_after: None,
        said_at: None,
        reported_at: None,
        language: None,
        confidence: None,
        extractor: Some(Extractor { name: extractor.to_owned(), version: None }),
        wikidata: None,
        external_id: None,
        further_speakers: Vec::new(),
    }
}

/// A line of one quote in one article, whose date and language hold for the quote too; and the
/// Wikidata items that the speaker may be.
pub fn line(
    article: impl Into<Arc<Article>>,
    reading: Reading,
    candidates: Vec<String>,
) -> Result<Line, Fault> {
    let article = article.into();
    let reading = Reading {
        reported_at: reading.reported_at.or(article.published_at),
        language: reading.language.or_else(|| article.language.clone()),
        ..reading
    };
    let account = Arc::new(Account::new(reading, candidates));
    let names_speaker = account.resolution.speaker.is_some();
    let entry = Entry::new(article, account).ok_or_else(|| {
        Fault::line(Code::NoArticle, "the article has neither an address nor a document id")
    })?;
    let unified = Unified { pairs: 1, ..Unified::default() };
    Ok(Line { entries: vec![entry], unified, names_speaker, notes: Vec::new() })
}

/// What a record says of its article, completed by what is known beside it.
pub fn completed(own: Article, known: Article) -> Article {
    Article {
        address: own.address.or(known.address),
        document_id: own.document_id.or(known.document_id),
        title: own.title.or(known.title),
        publisher: own.publisher.or(known.publisher),
        authors: if own.authors.is_empty() { known.authors } else { own.authors },
        published_at: own.published_at.or(known.published_at),
        language: own.language.or(known.language),
        licence: own.licence.or(known.licence),
        archive_url: own.archive_url.or(known.archive_url),
    }
}

/// What programs write into a cell for nothing: Python and pandas, JavaScript, R, spreadsheets, databases.
const MISSING: [&str; 12] =
    ["nan", "NaN", "None", "null", "NULL", "undefined", "<NA>", "NaT", "NA", "N/A", "#N/A", "\\N"];

/// Whether a cell that may be empty is so, whatever a program wrote into it for that.
pub fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || MISSING.contains(&cell)
}

/// A date in a field. A time of day that does not say where is no moment: the day is taken.
pub fn date(field: &str, printed: Option<&str>) -> Result<Option<FuzzyDate>, Fault> {
    parsed(field, printed.map(without_local_time).map(Cow::Borrowed))
}

/// `2021-08-13` of `2021-08-13 09:30:00`; any other text as it is.
pub fn without_local_time(printed: &str) -> &str {
    let printed = printed.trim();
    let Some((day, time)) = printed.split_once(['T', ' ']) else { return printed };
    let is_local = time.contains(':')
        && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
    if is_local { day } else { printed }
}

/// A text, a number or a truth value, as text: programs and spreadsheets do not agree which an id or
/// an offset is. Nothing is no text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scalar(pub Option<String>);

impl Scalar {
    /// The text.
    pub fn text(&self) -> Option<&str> {
        self.0.as_deref().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The text, as an optional field is read.
    pub fn cow(&self) -> Option<Cow<'_, str>> {
        self.text().map(Cow::Borrowed)
    }

    /// A number of at least 0, which may be printed with a fraction of nothing (`84.0`).
    pub fn count(&self, field: &str) -> Result<Option<i64>, Fault> {
        self.text().map(|text| count(field, text)).transpose()
    }
}

/// A number of at least 0 in a field.
pub fn count(field: &str, text: &str) -> Result<i64, Fault> {
    let whole = text.trim().strip_suffix(".0").unwrap_or(text.trim());
    whole.parse::<u32>().map(i64::from).map_err(|_| {
        let shown: String = text.chars().take(80).collect();
        Fault::value(field, format!("`{shown}` is not a whole number of at least 0"))
    })
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;

        impl Visitor<'_> for Any {
            type Value = Scalar;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a text or a number")
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar(None))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_string())))
            }

            fn visit_str<E>(self, value: &str) -> Result<Scalar, E> {
                Ok(Scalar(Some(value.to_owned())))
            }
        }

        from.deserialize_any(Any)
    }
}
