//! Quotebank, quote-centric (Zenodo 4277311): one row is one statement with a quote in each of its
//! articles; as JSON, or as the table that pandas makes of it.
//!
//! `"None"` is nobody; several `qids` are candidates, not an identity; `probas` are strings. The
//! row's `date` is that of the first article that carried the words, so it becomes `reported_at`:
//! the words were said no later, and when they were said nobody knows. Midnight sharp is a day.
//! `numOccurrences` counts articles that Quotebank no longer lists, and `phase` is the crawl:
//! neither says anything of the quote, and both are left behind.

pub(super) mod article;
pub(super) mod list;
mod said;
mod table;

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use self::list::list;
use self::said::{Said, Stamp, Weighed};
use super::{Known, Reader, Text};
use crate::domain::address::{Address, Rule};
use crate::domain::article::Article;
use crate::domain::field::{self, MAX_NAME, required};
use crate::import::cut::{Cells, Shape};
use crate::import::record::{Line, Note, Row as Read, Unified, json};
use crate::import::rejection::{Code, Fault};
use crate::store::write::{Account, Entry};

pub(super) const KNOWN: Known = Known {
    name: "quotebank",
    about: "Quotebank, quote-centric, as JSON or as a table of pandas",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Table],
    recognises: |sight| match sight.shape {
        Shape::Table => sight.has(&["quoteID", "quotation", "urls"]),
        _ => sight.has(&["quoteID"]) || sight.has(&["quotation"]),
    },
    reader: |context| {
        // What holds for every article: the rows name theirs by addresses alone.
        let every = context.settings.articles.article(None)?;
        Ok(Box::new(Quotebank { table: table::Columns::default(), every }))
    },
};

/// Reads rows of either shape.
struct Quotebank {
    table: table::Columns,
    every: Article,
}

impl Reader for Quotebank {
    fn head(&mut self, cells: &Cells) -> Result<(), Fault> {
        self.table = table::Columns::read(cells)?;
        Ok(())
    }

    fn read(&mut self, record: &Text<'_>) -> Vec<Read> {
        let read = match record.cells {
            Some(cells) => self.table.row(cells).and_then(|row| statement(row, &self.every)),
            None => json(record.text).and_then(|row| statement(row, &self.every)),
        };
        vec![Read::of(read.map(|line| self.table.tell(line)))]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "quoteID")]
    quote_id: String,
    quotation: String,
    #[serde(default)]
    speaker: Option<String>,
    #[serde(default, deserialize_with = "list")]
    qids: Vec<String>,
    date: Stamp,
    #[serde(default, deserialize_with = "list")]
    probas: Vec<Weighed>,
    #[serde(deserialize_with = "list")]
    urls: Vec<String>,
    #[serde(rename = "numOccurrences", default)]
    _occurrences: Option<IgnoredAny>,
    #[serde(rename = "phase", default)]
    _phase: Option<IgnoredAny>,
    /// The index of a table, which pandas writes out with it.
    #[serde(rename = "Unnamed: 0", default)]
    _index: Option<IgnoredAny>,
}

/// What a row holds.
fn statement(row: Row, every: &Article) -> Result<Line, Fault> {
    let said = Said {
        quote_id: row.quote_id,
        quotation: row.quotation,
        speaker: ("speaker", row.speaker),
        probas: ("probas", row.probas),
    };
    let (mut reading, broken) = said.reading()?;
    reading.reported_at = Some(row.date.read("date")?);
    reading.language = every.language.clone();
    let candidates = said::candidates("qids", row.qids)?;
    let names_speaker = reading.printed.speaker.is_some();
    let articles = articles(&row.urls)?;
    let mut notes: Vec<Note> = articles.left_out.into_iter().map(Note::LeftOut).collect();
    notes.extend(broken);
    let account = Arc::new(Account::new(reading, candidates));
    let entry = |address: Address| {
        let article = Article { address: Some(address), ..every.clone() };
        Entry::new(article, Arc::clone(&account))
    };
    Ok(Line {
        entries: articles.addresses.into_iter().filter_map(entry).collect(),
        unified: articles.unified,
        names_speaker,
        notes,
    })
}

struct Articles {
    addresses: Vec<Address>,
    unified: Unified,
    left_out: Vec<String>,
}

/// The articles behind a row's URLs, each once. What is no address is left out and told; a row
/// without a single address is rejected.
fn articles(urls: &[String]) -> Result<Articles, Fault> {
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

    #[test]
    fn one_row_is_a_quote_in_each_of_its_articles() {
        let line = json(ROW).and_then(|row| statement(row, &Article::default())).expect("a row");
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
        let fault =
            json(&row).and_then(|row| statement(row, &Article::default())).expect_err("no article");
        assert_eq!(fault.field.as_deref(), Some("urls"));
    }
}
