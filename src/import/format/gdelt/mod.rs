//! GDELT's Global Quotation Graph: one record is an article with what is quoted in it.
//!
//! There is no speaker: GDELT gives the text before and behind the words instead, which is kept as
//! context. `date` is when GDELT saw the article, not when it was published: of the article it says
//! nothing, of the quote that it stood in print then, as far as anybody knows for the first time.

mod language;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::found::quotes;
use super::one_quote::{self, Scalar};
use super::{Known, Reader, Text};
use crate::domain::article::Article;
use crate::domain::date::FuzzyDate;
use crate::domain::field::{MAX_NAME, MAX_TEXT, address, optional, required};
use crate::domain::quote::QuoteKind;
use crate::domain::text::mended;
use crate::import::context::Context;
use crate::import::cut::Shape;
use crate::import::record::{Line, Note, Row, json, parsed};
use crate::import::rejection::{Code, Fault};

pub(super) const KNOWN: Known = Known {
    name: "gdelt-gqg",
    about: "GDELT's Global Quotation Graph",
    shapes: &[Shape::Lines, Shape::Elements, Shape::Document],
    recognises: |sight| sight.has(&["url", "quotes"]) && sight.holds(&["pre", "quote", "post"]),
    reader: |_: &Context| Ok(Box::new(Graph)),
};

struct Graph;

#[derive(Deserialize)]
struct About {
    #[serde(default)]
    date: Scalar,
    #[serde(default)]
    url: Scalar,
    #[serde(default)]
    title: Scalar,
    #[serde(default)]
    lang: Scalar,
    #[serde(rename = "quotes")]
    _quotes: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Quoted {
    quote: String,
    #[serde(default)]
    pre: Scalar,
    #[serde(default)]
    post: Scalar,
}

impl Reader for Graph {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        rows(record.text).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

fn rows(text: &str) -> Result<Vec<Row>, Fault> {
    let about: About = json(text)?;
    let seen: Option<FuzzyDate> = parsed("date", about.date.cow())?;
    let (article, mut note) = article(&about)?;
    let row = |(at, quote): (usize, &str)| {
        let read = json(quote).and_then(|said| quoted(article.clone(), seen, said));
        let read = read.map(|mut line| {
            line.notes.extend(note.take());
            line
        });
        Row::within(format!("quotes[{at}]"), alone(&about, quote), read)
    };
    Ok(quotes(text, "quotes")?.into_iter().enumerate().map(row).collect())
}

/// The record with this quote alone.
fn alone(About { date, url, title, lang, .. }: &About, quote: &str) -> String {
    let text = |name: &str, value: &Scalar| {
        value.text().map(|text| format!("{}:{},", Value::from(name), Value::from(text)))
    };
    let members = [text("date", date), text("url", url), text("title", title), text("lang", lang)];
    let members: String = members.into_iter().flatten().collect();
    format!("{{{members}\"quotes\":[{quote}]}}")
}

/// The article, and what is not read of it.
fn article(about: &About) -> Result<(Article, Option<Note>), Fault> {
    let name = about.lang.text();
    let language = name.and_then(language::tag_of);
    required("lang", name.unwrap_or("-"), MAX_NAME)?;
    let unread = name.filter(|_| language.is_none());
    let note = unread.map(|name| {
        let shown: String = name.chars().take(80).collect();
        Note::Unread(format!("the language `{shown}`, which dixit has no tag for"))
    });
    let article = Article {
        address: address("url", about.url.cow())?,
        title: optional("title", about.title.cow(), MAX_NAME)?,
        language,
        ..Article::default()
    };
    match article.address {
        Some(_) => Ok((article, note)),
        None => {
            let field = Some("url".to_owned());
            let reason = "is missing: nothing else says which article this is".to_owned();
            Err(Fault { field, code: Code::NoArticle, reason })
        }
    }
}

fn quoted(article: Article, seen: Option<FuzzyDate>, said: Quoted) -> Result<Line, Fault> {
    // The crawl cuts contexts where it likes and leaves control characters; nobody can mend it there.
    let context = |field: &str, text: &Scalar| -> Result<Option<String>, Fault> {
        let (text, _) = mended(text.text().unwrap_or_default());
        Ok(optional(field, Some(text), MAX_TEXT)?)
    };
    let (words, broken) = mended(&said.quote);
    let text = required("quote", &words, MAX_TEXT)?;
    let mut reading = one_quote::reading("gdelt-gqg", QuoteKind::Direct, text);
    reading.reported_at = seen;
    reading.context_before = context("pre", &said.pre)?;
    reading.context_after = context("post", &said.post)?;
    let mut line = one_quote::line(article, reading, Vec::new())?;
    line.notes.extend(broken.map(|refused| Note::Mended(format!("quote {refused}"))));
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gdelt_saw_is_no_date_of_the_article() {
        let record = r#"{"date": "2021-08-13T18:45:00Z", "url": "https://news.example/a",
            "title": "Ships", "lang": "ENGLISH",
            "quotes": [{"pre": "Ada Quill said ", "quote": "We shall see", "post": " She left."}]}"#;
        let rows = rows(record).expect("an article");
        let entry = &rows[0].read.as_ref().expect("a quote").entries[0];
        assert_eq!(entry.article.published_at, None);
        assert_eq!(entry.article.language.as_deref(), Some("en"));
        let reading = &entry.account.reading;
        assert!(reading.reported_at.is_some() && reading.said_at.is_none());
        assert_eq!(reading.context_before.as_deref(), Some("Ada Quill said"));
        assert_eq!(reading.printed, Default::default());
    }
}
