//! Questions as JSON lines, answered in their order by several threads.

use std::borrow::Cow;
use std::io::{self, BufReader, Write as _};
use std::process::ExitCode;
use std::thread;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::{Failure, print_on};
use crate::domain::address::Address;
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::text::{mended, stored};
use crate::domain::verification::{Finding, Verdict};
use crate::import::{Body, MAX_LINE, Record, lines};
use crate::store::verify::{Answer, Asked, QUOTES, answer};
use crate::store::{self, Store};

/// How many questions each thread answers before the answers are written.
const AT_ONCE: usize = 64;

/// A question as it stands in a line.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    #[serde(default)]
    id: Value,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default)]
    attributed_to: Option<Cow<'a, str>>,
    #[serde(default)]
    said_on: Option<FuzzyDate>,
    #[serde(borrow, default)]
    article_url: Option<Cow<'a, str>>,
}

/// A line that was read, or why it was not.
enum Read {
    Asked(Value, Asked),
    Unread(Unread),
}

/// Why a line has no answer.
#[derive(Serialize, Clone)]
struct Unread {
    id: Value,
    line: u64,
    error: String,
}

/// An answer as it stands in a line.
#[derive(Serialize)]
struct Answered<'a> {
    id: &'a Value,
    verdict: Verdict,
    findings: &'a [Finding],
    matches: Vec<Found<'a>>,
}

/// A quote that the verdict rests on.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    external_id: Option<&'a str>,
    quote_id: Id,
    score: f64,
}

/// Answers standard input to its end.
pub fn run(store: &Store, threads: usize, most: usize) -> Result<ExitCode, Failure> {
    let mut input = lines(Box::new(BufReader::new(io::stdin())));
    let mut unread = false;
    loop {
        let mut asked = Vec::with_capacity(threads * AT_ONCE);
        while asked.len() < threads * AT_ONCE {
            let Some(Record { line, body }) = input.next()? else { break };
            if body.bytes().trim_ascii().is_empty() {
                continue;
            }
            asked.push(read(line, &body, most));
        }
        if asked.is_empty() {
            return Ok(ExitCode::from(u8::from(unread)));
        }
        let mut out = String::new();
        for answers in answers(store, &asked)? {
            out.push_str(&answers);
        }
        for line in &asked {
            if let Read::Unread(Unread { line, error, .. }) = line {
                unread = true;
                writeln!(io::stderr(), "line {line}: {error}")?;
            }
        }
        if !print_on(&out)? {
            return Ok(ExitCode::from(u8::from(unread)));
        }
    }
}

/// The lines that answer these, a part by each thread.
fn answers(store: &Store, asked: &[Read]) -> Result<Vec<String>, Failure> {
    thread::scope(|scope| {
        let parts: Vec<_> = asked
            .chunks(AT_ONCE)
            .map(|part| {
                scope.spawn(move || {
                    store.read(|connection| {
                        let mut out = String::new();
                        for line in part {
                            let line = match line {
                                Read::Asked(id, asked) => {
                                    told(id, &answer(connection, asked, QUOTES)?)
                                }
                                Read::Unread(unread) => serde_json::to_string(unread),
                            };
                            // Texts and numbers alone: serialising them cannot fail.
                            out.push_str(&line.unwrap_or_default());
                            out.push('\n');
                        }
                        Ok(out)
                    })
                })
            })
            .collect();
        let joined = parts.into_iter().map(|part| match part.join() {
            Ok(done) => Ok(done?),
            Err(_) => Err(Failure("a thread that answers has failed".to_owned())),
        });
        joined.collect()
    })
}

fn told(id: &Value, answer: &Answer) -> serde_json::Result<String> {
    let found = |matched: &'_ store::verify::Matched| matched.compared.score;
    let matches = answer.matches.iter().flat_map(|matched| {
        let score = found(matched);
        matched.quotes.iter().map(move |quote| Found {
            external_id: quote.external_id.as_deref(),
            quote_id: quote.id,
            score,
        })
    });
    let (verdict, findings) = (answer.verification.verdict, &*answer.verification.findings);
    serde_json::to_string(&Answered { id, verdict, findings, matches: matches.collect() })
}

fn read(line: u64, body: &Body, most: usize) -> Read {
    let refuse = |id: Value, error: String| Read::Unread(Unread { id, line, error });
    if let Body::TooLong(_, length) = body {
        return refuse(Value::Null, format!("has {length} bytes; {MAX_LINE} are read"));
    }
    let found: Line<'_> = match serde_json::from_slice(body.bytes()) {
        Ok(found) => found,
        Err(error) => {
            let whole: Option<Value> = serde_json::from_slice(body.bytes()).ok();
            let id = whole.and_then(|mut whole| whole.get_mut("id").map(Value::take));
            return refuse(id.unwrap_or_default(), error.to_string());
        }
    };
    // What an import puts in the place of a crawler's debris.
    let text = |name: &str, text: &str| {
        stored(&mended(text.trim()).0, most).map_err(|refused| format!("{name} {refused}"))
    };
    let asked = || -> Result<Asked, String> {
        let article = found.article_url.as_deref().map(Address::read).transpose();
        let who = found.attributed_to.as_deref().map(|who| text("attributedTo", who));
        Ok(Asked {
            text: text("text", &found.text)?,
            attributed_to: who.transpose()?,
            said_on: found.said_on,
            article: article.map_err(|error| format!("articleUrl: {error}"))?,
        })
    };
    match asked() {
        Ok(asked) => Read::Asked(found.id, asked),
        Err(error) => refuse(found.id, error),
    }
}
