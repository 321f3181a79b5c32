//! Quotebank, quote-centric (Zenodo 4277311): one row is one statement with a quote in each of its
//! articles.
//!
//! `"None"` is nobody; several `qids` are candidates, not an identity; `probas` are strings. The
//! row's `date` is that of the first article that carried the words, so it becomes `reported_at`:
//! the words were said no later, and when they were said nobody knows. Midnight sharp is a day.
//! `numOccurrences` counts articles that Quotebank no longer lists, and `phase` is the crawl:
//! neither says anything of the quote, and both are left behind.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Known, OneRow};
use crate::domain::address::{Address, Rule};
use crate::domain::article::Article;
use crate::domain::date::FuzzyDate;
use crate::domain::field::{self, MAX_ID, MAX_NAME, MAX_TEXT, optional, required, wikidata};
use crate::domain::quote::{FurtherSpeakerMode, QuoteKind, SpeakerKind};
use crate::domain::reading::{Extractor, FurtherSpeaker, Printed, Reading};
use crate::domain::text;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Note, Unified, json, share};
use crate::import::rejection::{Code, Fault};
use crate::store::write::{Account, Entry};

pub(super) const KNOWN: Known = Known {
    name: "quotebank",
    about: "Quotebank, quote-centric",
    shapes: &[Shape::Lines, Shape::Elements],
    recognises: |sight| sight.has(&["quoteID"]) || sight.has(&["quotation"]),
    reader: |context| Ok(Box::new(OneRow(read, context.clone()))),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row<'a> {
    #[serde(rename = "quoteID", borrow)]
    quote_id: Cow<'a, str>,
    #[serde(borrow)]
    quotation: Cow<'a, str>,
    #[serde(borrow, default)]
    speaker: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    qids: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    date: Cow<'a, str>,
    #[serde(borrow, default)]
    probas: Vec<(Cow<'a, str>, Share<'a>)>,
    #[serde(borrow)]
    urls: Vec<Cow<'a, str>>,
    #[serde(rename = "numOccurrences", default)]
    _occurrences: Option<IgnoredAny>,
    #[serde(rename = "phase", default)]
    _phase: Option<IgnoredAny>,
}

/// A probability, which Quotebank writes as a string.
#[derive(Deserialize)]
#[serde(untagged)]
enum Share<'a> {
    #[serde(borrow)]
    Text(Cow<'a, str>),
    Number(f64),
}

/// Reads a line.
fn read(_: &Context, line: &str) -> Result<Line, Fault> {
    let row: Row<'_> = json(line)?;
    let speaker = optional("speaker", row.speaker, MAX_NAME)?.filter(|name| name != NOBODY);
    let mut confidence = None;
    let mut further_speakers = Vec::new();
    for (name, probability) in row.probas {
        let probability = probability.read()?;
        let name = optional("probas", Some(name), MAX_NAME)?.filter(|name| name != NOBODY);
        if name == speaker && confidence.is_none() {
            confidence = Some(probability);
        } else {
            let mode = FurtherSpeakerMode::Alternative;
            further_speakers.push(FurtherSpeaker { mode, name, probability: Some(probability) });
        }
    }
    let mut candidates = Vec::new();
    for item in row.qids {
        candidates.extend(wikidata("qids", Some(item))?);
    }
    let names_speaker = speaker.is_some();
    // Quotebank's speakers are names of people in Wikidata, however they read.
    let speaker_kind = names_speaker.then_some(SpeakerKind::Person);
    // The crawl left control characters in some texts; nobody can mend Quotebank itself.
    let (quotation, broken) = text::mended(&row.quotation);
    let reading = Reading {
        kind: QuoteKind::Direct,
        text: required("quotation", &quotation, MAX_TEXT)?,
        printed: Printed { speaker, ..Printed::default() },
        speaker_kind,
        cue: None,
        via: None,
        medium: None,
        start: None,
        end: None,
        position: None,
        context_before: None,
        context_after: None,
        said_at: None,
        reported_at: Some(date(&row.date)?),
        language: None,
        confidence,
        extractor: Some(Extractor { name: "quotebank".to_owned(), version: None }),
        wikidata: None,
        external_id: Some(required("quoteID", &row.quote_id, MAX_ID)?),
        further_speakers,
    };
    let articles = articles(&row.urls)?;
    let mut notes: Vec<Note> = articles.left_out.into_iter().map(Note::LeftOut).collect();
    notes.extend(broken.map(|refused| Note::Mended(format!("quotation {refused}"))));
    let account = Arc::new(Account::new(reading, candidates));
    let entry = |address: Address| {
        let article = Article { address: Some(address), ..Article::default() };
        Entry::new(article, Arc::clone(&account))
    };
    Ok(Line {
        entries: articles.addresses.into_iter().filter_map(entry).collect(),
        unified: articles.unified,
        names_speaker,
        notes,
    })
}

/// How Quotebank writes that it found no speaker.
const NOBODY: &str = "None";

impl Share<'_> {
    fn read(self) -> Result<f64, Fault> {
        let value = match self {
            Self::Number(value) => Some(value),
            Self::Text(text) => text.trim().parse().ok(),
        };
        share("probas", value)?.ok_or_else(|| Fault::value("probas", "holds no number"))
    }
}

/// `2017-01-31 19:03:00`, in UTC.
fn date(printed: &str) -> Result<FuzzyDate, Fault> {
    let text = match printed.trim().split_once(' ') {
        Some((day, "00:00:00")) => day.to_owned(),
        Some((day, time)) => format!("{day}T{time}Z"),
        None => printed.trim().to_owned(),
    };
    text.parse().map_err(|_| {
        let shown: String = printed.chars().take(80).collect();
        Fault::value("date", format!("`{shown}` is not a date such as 2017-01-31 19:03:00"))
    })
}

struct Articles {
    addresses: Vec<Address>,
    unified: Unified,
    left_out: Vec<String>,
}

/// The articles behind a row's URLs, each once. What is no address is left out and told; a row
/// without a single address is rejected.
fn articles(urls: &[Cow<'_, str>]) -> Result<Articles, Fault> {
    let mut found = Articles { addresses: vec![], unified: Unified::default(), left_out: vec![] };
    let mut keys = std::collections::HashMap::new();
    for url in urls {
        found.unified.pairs += 1;
        let address = match required("urls", url, MAX_NAME)
            .and_then(|url| Address::read(&url).map_err(|error| field::Fault::value("urls", error)))
        {
            Ok(address) => address,
            Err(fault) => {
                let shown: String = url.chars().take(200).collect();
                found.left_out.push(format!("{shown}: {}", fault.reason));
                continue;
            }
        };
        let Some(&at) = keys.get(&address.key) else {
            keys.insert(address.key.clone(), found.addresses.len());
            found.addresses.push(address);
            continue;
        };
        // Equal keys: some rule unites them.
        let first: &mut Address = &mut found.addresses[at];
        let rule = Address::united_by(&first.printed, &address.printed);
        let rule = rule.unwrap_or(Rule::Identical);
        if let Some(place) = Rule::ALL.iter().position(|one| *one == rule) {
            found.unified.by_rule[place] += 1;
        }
        if Address::rank(&address.printed) < Address::rank(&first.printed) {
            *first = address;
        }
    }
    if found.addresses.is_empty() {
        let reason = match found.left_out.first() {
            Some(first) => format!("no usable address in urls; the first is {first}"),
            None => "urls is empty".to_owned(),
        };
        return Err(Fault { field: Some("urls".into()), code: Code::NoArticle, reason });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = r#"{"quoteID": "2020-01-02-000001", "quotation": "We shall see.",
        "speaker": "None", "qids": ["Q1", "Q2"], "date": "2020-01-02 00:00:00",
        "numOccurrences": 3, "probas": [["None", "0.7"], ["Ada Quill", "0.3"]],
        "urls": ["http://n.example/a", "https://www.n.example/a/", "https://m.example/b"],
        "phase": "E"}"#;

    fn context() -> Context {
        Context::new("(a test)", Arc::default())
    }

    #[test]
    fn one_row_is_a_quote_in_each_of_its_articles() {
        let line = read(&context(), ROW).expect("a row");
        assert_eq!(line.entries.len(), 2);
        assert_eq!(line.unified.pairs, 3);
        assert_eq!(line.unified.by_rule.iter().sum::<u64>(), 1);
        let reading = &line.entries[0].account.reading;
        assert_eq!(reading.printed.speaker, None);
        assert_eq!(reading.confidence, Some(0.7));
        assert_eq!(reading.further_speakers[0].name.as_deref(), Some("Ada Quill"));
        assert_eq!(reading.reported_at.map(|date| date.to_string()).as_deref(), Some("2020-01-02"));
        assert_eq!(reading.said_at, None);
    }

    #[test]
    fn a_row_without_articles_is_rejected_by_name() {
        let row = ROW.replace("http://n.example/a", "x").replace("https://", "ftp://");
        let fault = read(&context(), &row).expect_err("no article");
        assert_eq!(fault.field.as_deref(), Some("urls"));
    }
}
