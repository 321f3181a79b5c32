//! `dixit verify`: did they really say that? One text, many lines, or the quotations of an article.

mod article;
mod json;
mod tell;

use std::io::{self, Read as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use self::tell::Paint;
use super::{Failure, options, print};
use crate::config::{Config, Database};
use crate::domain::address::Address;
use crate::domain::date::FuzzyDate;
use crate::domain::text::{mended, stored};
use crate::domain::verification::Verdict;
use crate::store::verify::{Asked, QUOTES, answer};
use crate::store::{Options, Store};

/// Tell whether words are on record, whose they are, and what was changed in them.
///
/// With --json standard input has one JSON object a line: {"id", "text", "attributedTo"}, and, where
/// known, "saidOn" and "articleUrl"; the last three may be null or absent, and what else is in it is
/// left alone. Standard output has one line for each, in the same order: {"id", "verdict", "findings",
/// "matches": [{"externalId", "quoteId", "score"}]}. A line that cannot be read is answered by
/// {"id", "line", "error"}, which also goes to standard error.
///
/// Exit code: 0 when the words are on record as given (with --article all of them, with --json when
/// every line was read), 1 when not, 2 when nothing could be asked (--article: no quotation is in it).
#[derive(Debug, Args)]
#[command(
    name = "verify",
    after_help = "Examples:\n  \
    dixit verify 'We will … never give up' --attributed-to 'Ada Quill'\n  \
    dixit verify --json < questions.jsonl > answers.jsonl\n  \
    dixit verify --article speech.txt"
)]
pub struct Command {
    /// What somebody is said to have said; standard input where absent.
    text: Option<String>,
    /// To whom it is attributed, as one would print it.
    #[arg(long, value_name = "WHO")]
    attributed_to: Option<String>,
    /// When it is said to have been said: 2021, 2021-08, 2021-08-13 or RFC 3339.
    #[arg(long, value_name = "DATE")]
    said_on: Option<FuzzyDate>,
    /// The address of the article that is said to have printed it.
    #[arg(long, value_name = "URL", value_parser = address)]
    article_url: Option<Address>,
    /// Read JSON lines and write JSON lines.
    #[arg(
        long,
        conflicts_with_all = ["text", "attributed_to", "said_on", "article_url", "article"]
    )]
    json: bool,
    /// Find the quotations of a text and judge each, by whom the words beside it plainly name ("…," said
    /// Ada Quill): a file, `-` is standard input. Quotation marks that are not closed are told; quotations
    /// of fewer than five words that are not on record stand aside.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["text", "attributed_to"])]
    article: Option<PathBuf>,
}

fn address(text: &str) -> Result<Address, String> {
    Address::read(text).map_err(|error| error.to_string())
}

impl Command {
    /// Runs the command.
    pub fn run(self, config: &Config) -> Result<ExitCode, Failure> {
        let most = config.server.serving.limits.verify_characters;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        if self.json {
            let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
            return json::run(&open(&config.database, threads)?, threads, most);
        }
        let store = open(&config.database, 1)?;
        let paint = Paint::for_output();
        if let Some(file) = &self.article {
            let text = read(file)?;
            return article::run(&store, &text, self.said_on, self.article_url.as_ref(), paint);
        }
        let text = match &self.text {
            Some(text) => text.clone(),
            None => read(&PathBuf::from("-"))?,
        };
        let asked = Asked {
            text: checked("the text", text.trim(), most)?,
            attributed_to: match &self.attributed_to {
                Some(who) => Some(checked("--attributed-to", who, most)?),
                None => None,
            },
            said_on: self.said_on,
            article: self.article_url,
        };
        let (answer, speakers) = store.read(|connection| {
            let answer = answer(connection, &asked, QUOTES)?;
            let speakers = tell::speakers(connection, &answer)?;
            Ok((answer, speakers))
        })?;
        print(&tell::answer(&asked, &answer, &speakers, paint))?;
        Ok(exit(answer.verification.verdict))
    }
}

/// 0 for words that are on record as they were given.
fn exit(verdict: Verdict) -> ExitCode {
    ExitCode::from(u8::from(!is_good(verdict)))
}

fn is_good(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Verbatim | Verdict::Excerpt)
}

fn open(database: &Database, readers: usize) -> Result<Store, Failure> {
    let readers = u32::try_from(readers).unwrap_or(1);
    Ok(Store::open_existing(&database.url, Options { readers, ..options(database) })?)
}

/// A text as it may be asked for, mended as an import would.
fn checked(what: &str, text: &str, most: usize) -> Result<String, Failure> {
    stored(&mended(text).0, most).map_err(|refused| Failure(format!("{what} {refused}")))
}

/// The text of a file, which must be UTF-8.
fn read(file: &PathBuf) -> Result<String, Failure> {
    let failed = |error: io::Error| Failure(format!("{}: {error}", file.display()));
    if file.as_os_str() != "-" {
        return std::fs::read_to_string(file).map_err(failed);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}
