//! Quotebank, article-centric (Zenodo 4277311): one record is an article with its quotations.
//!
//! Of the two speakers of a quotation the global one is taken, over all its occurrences, which is that
//! of the quote-centric version: so the two versions tell of one quote. `quotationOffset` and the
//! offsets of names count tokens, not characters, and are left behind.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::super::found::{bounded, quotes};
use super::super::one_quote::{self, Scalar, completed};
use super::super::{Known, Reader, Text};
use super::list::list;
use super::said::{Said, Weighed, candidates, stamp};
use crate::domain::article::Article;
use crate::domain::field::{MAX_ID, MAX_NAME, MAX_TEXT, address, optional};
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Row, json};
use crate::import::rejection::Fault;

pub(in crate::import::format) const KNOWN: Known = Known {
    name: "quotebank-articles",
    about: "Quotebank, article-centric",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| sight.has(&["articleID", "quotations"]),
    reader: |context| Ok(Box::new(Articles(context.clone()))),
};

struct Articles(Context);

#[derive(Deserialize)]
struct About {
    #[serde(rename = "articleID", default)]
    article_id: Scalar,
    #[serde(default)]
    date: Scalar,
    #[serde(default)]
    title: Scalar,
    #[serde(default)]
    url: Scalar,
    #[serde(rename = "quotations")]
    _quotations: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Quotation {
    #[serde(rename = "quoteID")]
    quote_id: String,
    quotation: String,
    #[serde(rename = "leftContext", default)]
    left: Scalar,
    #[serde(rename = "rightContext", default)]
    right: Scalar,
    #[serde(rename = "globalTopSpeaker", default)]
    global_speaker: Option<String>,
    #[serde(rename = "globalProbas", default, deserialize_with = "list")]
    global_probas: Vec<Weighed>,
    #[serde(rename = "localTopSpeaker", default)]
    local_speaker: Option<String>,
    #[serde(rename = "localProbas", default, deserialize_with = "list")]
    local_probas: Vec<Weighed>,
}

impl Reader for Articles {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        rows(&self.0, record.text).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

fn rows(context: &Context, text: &str) -> Result<Vec<Row>, Fault> {
    let about: About = json(text)?;
    let own = article(&about)?;
    let known = context.settings.articles.article(own.document_id.as_deref())?;
    let article = Arc::new(completed(own, known));
    let row = |(at, quotation): (usize, &str)| {
        let read = json(quotation).and_then(|said| quoted(Arc::clone(&article), said));
        Row::within(format!("quotations[{at}]"), alone(&about, quotation), read)
    };
    bounded(quotes(text, "quotations")?.into_iter().enumerate().map(row))
}

/// The record with this quotation alone.
fn alone(about: &About, quotation: &str) -> String {
    let text = |name: &str, value: &Scalar| {
        value.text().map(|text| format!("{}:{},", Value::from(name), Value::from(text)))
    };
    let members = [
        text("articleID", &about.article_id),
        text("date", &about.date),
        text("title", &about.title),
        text("url", &about.url),
    ];
    let members: String = members.into_iter().flatten().collect();
    format!("{{{members}\"quotations\":[{quotation}]}}")
}

fn article(about: &About) -> Result<Article, Fault> {
    Ok(Article {
        address: address("url", about.url.cow())?,
        document_id: optional("articleID", about.article_id.cow(), MAX_ID)?,
        title: optional("title", about.title.cow(), MAX_NAME)?,
        published_at: about.date.text().map(|date| stamp("date", date)).transpose()?,
        ..Article::default()
    })
}

fn quoted(article: Arc<Article>, quotation: Quotation) -> Result<Line, Fault> {
    let is_global = quotation.global_speaker.is_some() || !quotation.global_probas.is_empty();
    let (speaker, probas) = if is_global {
        (("globalTopSpeaker", quotation.global_speaker), ("globalProbas", quotation.global_probas))
    } else {
        (("localTopSpeaker", quotation.local_speaker), ("localProbas", quotation.local_probas))
    };
    let mut items = Vec::new();
    if let Some(name) = &speaker.1 {
        items.extend(probas.1.iter().flat_map(|weighed| weighed.candidates(name)).cloned());
    }
    let field = probas.0;
    let Quotation { quote_id, quotation, left, right, .. } = quotation;
    let (mut reading, broken) = Said { quote_id, quotation, speaker, probas }.reading()?;
    let context = |field: &str, text: &Scalar| -> Result<Option<String>, Fault> {
        let (text, _) = crate::domain::text::mended(text.text().unwrap_or_default());
        Ok(optional(field, Some(text), MAX_TEXT)?)
    };
    reading.context_before = context("leftContext", &left)?;
    reading.context_after = context("rightContext", &right)?;
    let mut line = one_quote::line(article, reading, candidates(field, items)?)?;
    line.notes.extend(broken);
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_quotation_is_a_row_that_could_stand_alone() {
        let record = r#"{"articleID": "2020-01-02-000007", "articleLength": 80, "phase": "E",
            "date": "2020-01-02 10:00:00", "title": "Ships", "url": "http://n.example/a",
            "names": [{"name": "Ada Quill", "ids": "['Q1']", "offsets": [[3, 5]]}],
            "quotations": [
              {"quoteID": "q1", "quotation": "We shall see.", "quotationOffset": 17,
               "leftContext": "Ada Quill said :", "rightContext": "She left .", "numOccurrences": 2,
               "globalTopSpeaker": "Ada Quill", "localTopSpeaker": "None",
               "globalProbas": [{"speaker": "Ada Quill", "proba": "0.8", "qids": ["Q1"]},
                                {"speaker": "None", "proba": "0.2", "qids": []}],
               "localProbas": []},
              {"quoteID": "q2", "quotation": ""}]}"#;
        let context = Context::new("articles.jsonl", Default::default());
        let rows = rows(&context, record).expect("an article");
        let line = rows[0].read.as_ref().expect("a quote");
        let reading = &line.entries[0].account.reading;
        assert_eq!(reading.printed.speaker.as_deref(), Some("Ada Quill"));
        assert_eq!((reading.start, reading.end, reading.position), (None, None, None));
        assert_eq!(reading.context_before.as_deref(), Some("Ada Quill said :"));
        assert_eq!(reading.confidence, Some(0.8));
        assert_eq!(rows[1].place.as_deref(), Some("quotations[1]"));
        let fault = rows[1].read.as_ref().expect_err("no words");
        assert_eq!(fault.field.as_deref(), Some("quotation"));
        let alone = rows[1].text.as_deref().expect("a record of its own");
        assert!(!alone.contains("We shall see") && alone.contains("http://n.example/a"));
    }
}
