//! Did they really say that? Candidates by the near index, what is known of each, the judgement of
//! `domain/verification`, and the quotes behind it.

mod attributed;
mod certificate;
mod records;

use super::dialect::Connection;
use super::error::Result;
use super::near;
use super::quote::{QuoteRow, at_address};
use super::statement::StatementRow;
use crate::domain::address::Address;
use crate::domain::claimant::Claimant;
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::verification::{Finding, Match, Question, Verification, verify};
use attributed::Attributed;
pub use certificate::{Certificate, Reach};
use records::{Loaded, Records};

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// What somebody is said to have said, in Unicode form NFC.
    pub text: String,
    /// To whom it is attributed, as an article would print it.
    pub attributed_to: Option<String>,
    /// When it is said to have been said.
    pub said_on: Option<FuzzyDate>,
    /// The address of the article that is said to have printed it.
    pub article: Option<Address>,
}

/// A statement that the question has words of.
#[derive(Debug, Clone)]
pub struct Matched {
    /// How it compares.
    pub compared: Match,
    /// The stored text that was compared: that of the statement, or the question's own spelling of it
    /// where a quote prints that.
    pub text: String,
    /// The statement.
    pub statement: StatementRow,
    /// Its quotes: those in the article that was asked for first, then those that stand, the oldest
    /// first, then those that vanished.
    pub quotes: Vec<QuoteRow>,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The verdict with its findings; the matches stand below, with their statements.
    pub verification: Verification,
    /// What the verdict rests on, best first.
    pub matches: Vec<Matched>,
    /// Where nothing was found: what came nearest, if anything shares words.
    pub nearest: Option<Matched>,
    /// What was searched.
    pub certificate: Certificate,
}

/// Answers a question, as the open transaction sees the corpus. Of each statement at most `quotes`
/// quotes are loaded.
pub fn answer(connection: &mut Connection, asked: &Asked, quotes: i64) -> Result<Answer> {
    let question = Question::read(&asked.text);
    let article = asked.article.as_ref().map(at_address);
    let attributed = match &asked.attributed_to {
        Some(text) => Some(Attributed::of(connection, Claimant::read(text))?),
        None => None,
    };
    let preferred = attributed.as_ref().map(|a| a.preferred(question.words().folded()));
    let statements = near::candidates(connection, &question, &preferred.unwrap_or_default())?;
    let mut records = Records::of(connection, attributed.as_ref(), statements)?;
    let mut verification = verify(&question, &records.sources(), asked.said_on);
    // What only quotes tell is asked for those alone that the answer rests on.
    let keys: Vec<usize> =
        verification.matches.iter().chain(&verification.nearest).map(|m| m.source).collect();
    let mut loaded = records.quotes(connection, &keys, article, quotes)?;
    if records.refine(connection, attributed.as_ref(), (asked, &question), &mut loaded)? {
        verification = verify(&question, &records.sources(), asked.said_on);
        let new = verification.matches.iter().chain(&verification.nearest).map(|m| m.source);
        let new: Vec<usize> = new.filter(|key| !loaded.contains_key(key)).collect();
        loaded.extend(records.quotes(connection, &new, article, quotes)?);
    }
    note_article(&mut verification, article, &loaded);
    let matched = |compared: &Match| {
        Some(Matched {
            text: records.text(compared.source)?.to_owned(),
            statement: records.statement(compared.source)?.clone(),
            // Several matches may be of one statement.
            quotes: loaded.get(&compared.source).cloned().unwrap_or_default(),
            compared: compared.clone(),
        })
    };
    let matches = verification.matches.iter().filter_map(matched).collect();
    let nearest = verification.nearest.as_ref().and_then(matched);
    let certificate = Certificate::of(connection, asked, article, &question)?;
    Ok(Answer { verification, matches, nearest, certificate })
}

/// Notices that the words are on record, but not in the article that was asked for.
fn note_article(verification: &mut Verification, article: Option<Id>, loaded: &Loaded) {
    let Some(article) = article else { return };
    let mut quotes = verification.matches.iter().filter_map(|m| loaded.get(&m.source)).flatten();
    if !verification.matches.is_empty() && !quotes.any(|quote| quote.article_id == article) {
        verification.findings.push(Finding::NotInArticle);
        verification.findings.sort_unstable();
    }
}

/// The most quotes of one statement that an answer tells.
pub const QUOTES: i64 = 100;
