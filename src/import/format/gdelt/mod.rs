//! GDELT's Global Quotation Graph: one record is an article with what is quoted in it.
//!
//! There is no speaker: GDELT gives the text before and behind the words instead, which is kept as
//! context. `date` is when GDELT saw the article, not when it was published: of the article it says
//! nothing, of the quote that it stood in print then, as far as anybody knows for the first time.

mod language;

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::again::Again;
use super::found::{bounded, quotes};
use super::one_quote::{self, Scalar, completed};
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
    reader: |context| Ok(Box::new(Graph(context.clone()))),
};

struct Graph(Context);

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
    /// Of a rejected row: where its first quote stood in the list.
    #[serde(default)]
    position: Option<u32>,
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
        rows(&self.0, record.text).unwrap_or_else(|fault| vec![Row::of(Err(fault))])
    }
}

fn rows(context: &Context, text: &str) -> Result<Vec<Row>, Fault> {
    let about: About = json(text)?;
    let seen: Option<FuzzyDate> = parsed("date", about.date.cow())?;
    let (article, mut note) = article(&about)?;
    let article = completed(article, context.settings.articles.article(None)?);
    let article = Arc::new(article);
    let mut again = Again::default();
    let row = |(at, quote): (usize, &str)| {
        let said: Result<Quoted, Fault> = json(quote);
        let position = match (about.position, &said) {
            (Some(first), _) => i64::try_from(at).ok().map(|at| at + i64::from(first)),
            (None, Ok(said)) => again.position(&said.quote, said.account().as_deref()),
            (None, Err(_)) => again.position("", None),
        };
        let read = said.and_then(|said| quoted(Arc::clone(&article), seen, said, position));
        let read = read.map(|mut line| {
            line.notes.extend(note.take());
            line
        });
        Row::within(format!("quotes[{at}]"), alone(&about, position, quote), read)
    };
    bounded(quotes(text, "quotes")?.into_iter().enumerate().map(row))
}

impl Quoted {
    /// What tells it from the same words elsewhere in the article.
    fn account(&self) -> Option<String> {
        let sides = [self.pre.text(), self.post.text()];
        sides.iter().any(Option::is_some).then(|| sides.map(Option::unwrap_or_default).join("\n"))
    }
}

/// The record with this quote alone.
fn alone(about: &About, position: Option<i64>, quote: &str) -> String {
    let About { date, url, title, lang, .. } = about;
    let text = |name: &str, value: &Scalar| {
        value.text().map(|text| format!("{}:{},", Value::from(name), Value::from(text)))
    };
    let members = [text("date", date), text("url", url), text("title", title), text("lang", lang)];
    let members: String = members.into_iter().flatten().collect();
    let position = position.map(|at| format!("\"position\":{at},")).unwrap_or_default();
    format!("{{{members}{position}\"quotes\":[{quote}]}}")
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

fn quoted(
    article: Arc<Article>,
    seen: Option<FuzzyDate>,
    said: Quoted,
    position: Option<i64>,
) -> Result<Line, Fault> {
    // The crawl cuts contexts where it likes and leaves control characters; nobody can mend it there.
    let context = |field: &str, text: &Scalar| -> Result<Option<String>, Fault> {
        let (text, _) = mended(text.text().unwrap_or_default());
        Ok(optional(field, Some(text), MAX_TEXT)?)
    };
    let (words, broken) = mended(&said.quote);
    let text = required("quote", &words, MAX_TEXT)?;
    let mut reading = one_quote::reading("gdelt-gqg", QuoteKind::Direct, text);
    reading.reported_at = seen;
    reading.position = position;
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
        let context = Context::new("gqg.jsonl", Default::default());
        let rows = rows(&context, record).expect("an article");
        let entry = &rows[0].read.as_ref().expect("a quote").entries[0];
        assert_eq!(entry.article.published_at, None);
        assert_eq!(entry.article.language.as_deref(), Some("en"));
        let reading = &entry.account.reading;
        assert!(reading.reported_at.is_some() && reading.said_at.is_none());
        assert_eq!(reading.context_before.as_deref(), Some("Ada Quill said"));
        assert_eq!(reading.printed, Default::default());
    }
}
