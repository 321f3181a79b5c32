//! LangExtract 1.x: JSON lines, a document a line, with its text.
//!
//! Extractions of the class `quote` are quotes, with what the prompt asked for in `attributes`: taken
//! are `speaker`, `role`, `organisation` (or `organization`), `cue` and `kind`. An attribute may be a
//! list: speakers of a list say it together; of other lists the first value is kept and the rest is
//! told, since nothing says how they belong together. Other attributes and other classes are told.
//!
//! The model's words need not be the text's. `char_interval` counts characters (Python), and is a
//! position where LangExtract aligned exactly (`match_exact`) and the text has the words there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::found::{
    Around, Attributed, Piece, Words, document, line, quotes, span, tell, unknown, without_text,
};
use super::one_quote::Scalar;
use super::speakers::Speakers;
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::attribution::nobody;
use crate::domain::offset::{Before, Index, Unit};
use crate::domain::quote::QuoteKind;
use crate::domain::reading::Extractor;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Note, Object, Row, json, word};
use crate::import::rejection::Fault;

pub(super) const KNOWN: Known = Known {
    name: "langextract",
    about: "LangExtract's JSON lines, one document a line",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| {
        sight.has(&["extractions"])
            && (sight.has(&["document_id"])
                || sight.has(&["text"])
                || sight.holds(&["extraction_class", "extraction_text"]))
    },
    reader: |context| Ok(Box::new(LangExtract(context.clone()))),
};

/// In what Python counts.
const UNIT: Unit = Unit::Characters;
/// The class of quotes.
const QUOTE: &str = "quote";
/// How LangExtract says that it found the words as they are.
const EXACT: &str = "match_exact";

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(default)]
    document_id: Scalar,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(default, rename = "extractions")]
    _extractions: Option<Vec<IgnoredAny>>,
    /// The number of the first extraction, in a rejected row: the others are not there.
    #[serde(default)]
    position: u32,
    /// What lies in the document before the `text` of such a row.
    #[serde(default)]
    before: Before,
}

#[derive(Deserialize)]
struct Class<'a> {
    #[serde(borrow)]
    extraction_class: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Extraction<'a> {
    #[serde(borrow)]
    extraction_text: Cow<'a, str>,
    #[serde(default)]
    char_interval: Option<Object<Interval>>,
    #[serde(borrow, default)]
    alignment_status: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    attributes: Option<Attributes<'a>>,
}

/// Where the words of an extraction stand that may have other faults.
#[derive(Deserialize)]
struct Place {
    #[serde(default)]
    char_interval: Option<Object<Interval>>,
}

#[derive(Deserialize)]
struct Interval {
    #[serde(default)]
    start_pos: Scalar,
    #[serde(default)]
    end_pos: Scalar,
}

impl Interval {
    fn span(&self) -> Result<Option<(u64, u64)>, Fault> {
        let [start, end] = ["char_interval.start_pos", "char_interval.end_pos"];
        span((start, &self.start_pos), (end, &self.end_pos))
    }
}

/// The place of the words, as far as it can be read.
fn place(extraction: &str) -> Option<(u64, u64)> {
    let Object(span) = json::<Place>(extraction).ok()?.char_interval?;
    span.span().ok()?
}

/// What a model says of a quote. It writes names in any case.
#[derive(Default)]
struct Attributes<'a> {
    speaker: Values<'a>,
    role: Values<'a>,
    organisation: Values<'a>,
    cue: Values<'a>,
    kind: Values<'a>,
    /// The names of those that are not read.
    others: Vec<Cow<'a, str>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Attributes<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Attributes<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut found = Attributes::default();
                let mut names = Vec::new();
                while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                    let (values, known) = match name.trim().to_lowercase().as_str() {
                        "speaker" => (&mut found.speaker, "speaker"),
                        "role" => (&mut found.role, "role"),
                        "organisation" | "organization" => {
                            (&mut found.organisation, "organisation")
                        }
                        "cue" => (&mut found.cue, "cue"),
                        "kind" => (&mut found.kind, "kind"),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            found.others.push(name);
                            continue;
                        }
                    };
                    if names.contains(&known) {
                        return Err(A::Error::duplicate_field(known));
                    }
                    names.push(known);
                    *values = map.next_value()?;
                }
                Ok(found)
            }
        }

        from.deserialize_map(Members)
    }
}

/// One value or several.
#[derive(Deserialize, Default)]
#[serde(untagged)]
enum Values<'a> {
    #[default]
    None,
    #[serde(borrow)]
    One(Cow<'a, str>),
    #[serde(borrow)]
    Several(Vec<Cow<'a, str>>),
}

impl Values<'_> {
    /// Those that say something.
    fn all(&self) -> impl Iterator<Item = &str> {
        let (one, several) = match self {
            Self::None => (None, [].as_slice()),
            Self::One(one) => (Some(one), [].as_slice()),
            Self::Several(several) => (None, several.as_slice()),
        };
        one.into_iter().chain(several).map(AsRef::as_ref).filter(|value: &&str| !nobody(value))
    }

    /// The first one; the others are told.
    fn first(&self, field: &str, notes: &mut Vec<Note>) -> Option<String> {
        let mut all = self.all();
        let first = all.next().map(str::to_owned);
        let others: Vec<&str> = all.collect();
        if let (Some(first), false) = (&first, others.is_empty()) {
            notes.push(Note::Several(format!("{field}: {first}, not {}", others.join(", "))));
        }
        first
    }
}

struct LangExtract(Context);

impl Reader for LangExtract {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        self.rows(record).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

impl LangExtract {
    fn rows(&self, record: &Text<'_>) -> Result<Vec<Row>, Fault> {
        let Self(context) = self;
        let read: Document<'_> = json(record.text)?;
        let document = document(context, read.document_id.text(), "document_id", record.line)?;
        let article = context.article(document.as_deref())?;
        let is_own = read.text.is_some();
        let text = match read.text {
            Some(text) => Some(text.into()),
            None => context.text_or(document.as_deref(), None)?,
        };
        let index = text.map(|text| Index::within(text, read.before));
        let index = index.as_ref();
        let mut around = Around::new(index.filter(|_| is_own), (None, UNIT), record.text.len());
        let id = serde_json::json!(read.document_id.text());
        let mut rows: Vec<Row> = Vec::new();
        let mut classes: BTreeMap<String, u32> = BTreeMap::new();
        let mut attributes: BTreeMap<String, u32> = BTreeMap::new();
        for (at, text) in quotes(record.text, "extractions")?.into_iter().enumerate() {
            let position = i64::from(read.position) + i64::try_from(at).unwrap_or(0);
            let class = json::<Class<'_>>(text).map(|class| class.extraction_class);
            if let Ok(class) = &class
                && !class.trim().eq_ignore_ascii_case(QUOTE)
            {
                *classes.entry(class.trim().to_owned()).or_default() += 1;
                continue;
            }
            let row = class.and_then(|_| json(text)).and_then(|read: Extraction<'_>| {
                for name in read.attributes.iter().flat_map(|attributes| &attributes.others) {
                    *attributes.entry(name.to_string()).or_default() += 1;
                }
                quote(read, position, &article, index)
            });
            let kept = around.members(place(text).into_iter());
            let place = format!("extractions[{position}]");
            let alone = format!(
                "{{\"document_id\":{id},\"position\":{position},\"extractions\":[{text}]{kept}}}"
            );
            rows.push(Row::within(place, alone, row));
        }
        unknown(&mut rows, context, document.as_deref());
        if index.is_none() && !rows.is_empty() {
            without_text(&mut rows);
        }
        if !attributes.is_empty() {
            let what = format!("attributes of other names: {}", counted(attributes));
            tell(&mut rows, vec![Note::Unread(what)]);
        }
        if !classes.is_empty() {
            tell(&mut rows, vec![Note::NoQuote(counted(classes))]);
        }
        Ok(rows)
    }
}

/// How often there is what, told in one line.
fn counted(what: BTreeMap<String, u32>) -> String {
    let counts = what.into_iter().map(|(name, count)| format!("{count} × {name}"));
    counts.collect::<Vec<_>>().join(", ")
}

fn quote(
    read: Extraction<'_>,
    position: i64,
    article: &Arc<Article>,
    index: Option<&Index>,
) -> Result<Line, Fault> {
    let attributes = read.attributes.unwrap_or_default();
    let mut notes = Vec::new();
    let span = read.char_interval.map(|Object(span)| span.span()).transpose()?.flatten();
    let is_exact = read.alignment_status.as_deref() == Some(EXACT);
    if let (Some(_), Some(status), false) = (span, &read.alignment_status, is_exact) {
        notes.push(Note::Offset(format!("LangExtract found no exact match ({status})")));
    }
    let piece = Piece { text: read.extraction_text, span: span.filter(|_| is_exact) };
    let mut words = Words::of(&[piece], index, &[UNIT]);
    let kind = attributes.kind.first("kind", &mut notes).map(Cow::Owned);
    let kind = word("attributes.kind", kind, QuoteKind::ALL, |kind| kind.as_str())?;
    // Its class says that it is a quote, and models leave the marks away.
    words.kind = match (kind, words.kind) {
        (Some(kind), _) => kind,
        (None, QuoteKind::Mixed) => QuoteKind::Mixed,
        (None, _) => QuoteKind::Direct,
    };
    let mut said_by = attributes.speaker.all();
    let mut speakers = Speakers::of(said_by.next(), None);
    for other in said_by {
        speakers.joined_by(other);
    }
    let Speakers { mut printed, further } = speakers;
    // What has an attribute of its own is surer than what the speaker's words show.
    printed.role = attributes.role.first("role", &mut notes).or(printed.role);
    let organisation = attributes.organisation.first("organisation", &mut notes);
    printed.organisation = organisation.or(printed.organisation);
    let by = Attributed {
        printed,
        further,
        cue: attributes.cue.first("cue", &mut notes),
        position: Some(position),
        ..Attributed::default()
    };
    let extractor = Extractor { name: KNOWN.name.to_owned(), version: None };
    let mut line = line(article, words, by, extractor)?;
    line.notes.extend(notes);
    Ok(line)
}
