//! The questions `verify` and `verifyMany`.

use std::collections::HashMap;

use async_graphql::{Context, InputObject, Object, Result, Value};

use super::super::connection::MAX_PAGE;
use super::super::date::FuzzyDateInput;
use super::super::error::{bad_input, field_over, nullable};
use super::super::load;
use super::super::quote::Quote;
use super::super::statement::Statement;
use super::super::trip::trip;
use super::super::wanted::Wanted;
use super::answer::{Verification, VerificationMatch};
use crate::domain::address::Address;
use crate::domain::id::Id;
use crate::domain::text::{Refused, mended, stored};
use crate::limits::{Limits, Serving};
use crate::store;
use crate::store::dialect::Connection;
use crate::store::verify::{Answer, Asked, Matched, Reach, answer};

/// How many matches are told where nobody says.
const PAGE: i32 = 20;
/// What a question costs beside its fields: about as much as a list of a hundred.
const COST: usize = 100;

/// Questions about texts that somebody is said to have said.
#[derive(Default)]
pub struct VerificationQuery;

/// One question of `verifyMany`; the fields are the arguments of `verify`.
#[derive(InputObject, Debug)]
pub struct VerifyInput {
    /// What somebody is said to have said.
    text: String,
    /// To whom it is attributed, as one would print it.
    attributed_to: Option<String>,
    /// When it is said to have been said.
    said_on: Option<FuzzyDateInput>,
    /// The address of the article that is said to have printed it.
    article_url: Option<String>,
}

/// Questions about texts that somebody is said to have said.
#[Object]
impl VerificationQuery {
    /// Did they really say that? Compares a text with all words on record and says how it stands to
    /// them.
    ///
    /// `VERBATIM`, `EXCERPT`, `ALTERED`, `SPLICED`, `MISATTRIBUTED` or `NOT_FOUND` is the verdict;
    /// beside it stand typed findings (a negation added, a number changed, a cut before "but"), the
    /// quotes it rests on with word-level differences, and a certificate of what was searched.
    /// Quotation marks around the text, its typography, `[brackets]` and ellipses in any spelling are
    /// understood; a text of narrative with quotation marks in it (`he called it a "short-term basis"`)
    /// is judged by what stands in the marks.
    ///
    /// ```graphql
    /// { verify(text: "We will … never give up", attributedTo: "spokesman Ada Quill") {
    ///     verdict findings { kind }
    ///     matches(first: 3) { score diff { op text } quote { article { url } speaker { name } } }
    ///     certificate { digest quoteCount } } }
    /// ```
    #[graphql(complexity = "COST + child_complexity")]
    async fn verify(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What somebody is said to have said; at most `verifyCharacters` \
                          (`serviceConfig`).")]
        text: String,
        #[graphql(desc = "To whom it is attributed, as one would print it: a name in any form \
                          (`Kirby`, `Pentagon Press Secretary John Kirby`), an office \
                          (`a Taliban spokesman`) or a body (`the WHO`). Words on record by somebody \
                          else are `MISATTRIBUTED`; by the same speaker in another role they have the \
                          finding `WRONG_ROLE`.")]
        attributed_to: Option<String>,
        #[graphql(
            desc = "When it is said to have been said, as exact as you like. Words on record \
                          for another time have the finding `WRONG_DATE`."
        )]
        said_on: Option<FuzzyDateInput>,
        #[graphql(
            desc = "The address of the article that is said to have printed it, in any of its \
                          spellings. Its quotes stand first among the matches; where it has none of \
                          the words, and others have, there is the finding `NOT_IN_ARTICLE`."
        )]
        article_url: Option<String>,
    ) -> Option<Result<Verification>> {
        nullable(async {
            let limits = context.data::<Serving>()?.limits;
            let input = VerifyInput { text, attributed_to, said_on, article_url };
            let asked = vec![input.read("", &limits)?];
            Ok(all(context, asked).await?.pop())
        })
        .await
    }

    /// `verify` for several texts at once, answered in their order, from one state of the corpus.
    #[graphql(complexity = "inputs.len() * (COST + child_complexity)")]
    async fn verify_many(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The questions, 1 to `verifyInputs` (`serviceConfig`); more go through \
                          `dixit verify --json`.")]
        inputs: Vec<VerifyInput>,
    ) -> Option<Result<Vec<Verification>>> {
        nullable(async {
            let limits = context.data::<Serving>()?.limits;
            let most = limits.verify_inputs;
            if inputs.len() as u64 > most {
                let message = format!("{} questions at once, the limit is {most}", inputs.len());
                return Err(field_over("verifyInputs", most, &message));
            }
            if inputs.is_empty() {
                return Err(bad_input("inputs", "give at least one question"));
            }
            let read =
                |(at, input): (usize, VerifyInput)| input.read(&format!("inputs[{at}]."), &limits);
            let asked = inputs.into_iter().enumerate().map(read).collect::<Result<Vec<Asked>>>()?;
            all(context, asked).await.map(Some)
        })
        .await
    }
}

impl VerifyInput {
    /// What is asked, if it can be.
    fn read(self, before: &str, limits: &Limits) -> Result<Asked> {
        let name = |field: &str| format!("{before}{field}");
        let most = limits.verify_characters;
        let text = checked(&self.text, &name("text"), most)?;
        let attributed_to = match self.attributed_to {
            Some(text) => Some(checked(&text, &name("attributedTo"), most)?),
            None => None,
        };
        let said_on = match self.said_on {
            Some(FuzzyDateInput(date)) => {
                Some(date.map_err(|error| bad_input(&name("saidOn"), error))?)
            }
            None => None,
        };
        let article = match self.article_url {
            Some(url) => {
                let address = Address::read(&url);
                Some(address.map_err(|error| bad_input(&name("articleUrl"), error))?)
            }
            None => None,
        };
        Ok(Asked { text, attributed_to, said_on, article })
    }
}

/// A text in Unicode form NFC, if it may be asked for. What a page has and nobody may store is mended as
/// an import mends it: who pastes an original is no deceiver.
fn checked(text: &str, argument: &str, most: u64) -> Result<String> {
    let limit = usize::try_from(most).unwrap_or(usize::MAX);
    stored(&mended(text).0, limit).map_err(|refused| match refused {
        Refused::TooLong { .. } => {
            field_over("verifyCharacters", most, &format!("{argument} {refused}"))
        }
        refused => bad_input(argument, refused),
    })
}

/// The first so many, as an argument says.
pub(super) fn page(first: Option<i32>) -> Result<usize> {
    match first.unwrap_or(PAGE) {
        first @ 1..=MAX_PAGE => Ok(usize::try_from(first).unwrap_or_default()),
        _ => Err(bad_input("first", format!("must be 1 to {MAX_PAGE}"))),
    }
}

/// Answers every question in one trip, with what the selection wants around the matches.
async fn all(context: &Context<'_>, asked: Vec<Asked>) -> Result<Vec<Verification>> {
    let wanted = Wanted::of(context);
    let most = wanted_matches(context);
    trip(context, move |connection| {
        let reach = reach(connection, &wanted)?;
        let answers = asked.iter().map(|asked| {
            let answer = answer(connection, asked, i64::from(most.max(1)))?;
            build(connection, asked, answer, reach, &wanted, most)
        });
        answers.collect()
    })
    .await
}

/// The most matches that any selection of them asks for.
fn wanted_matches(context: &Context<'_>) -> i32 {
    let field = context.field();
    let matches = field.selection_set().filter(|field| field.name() == "matches");
    let first = |field: async_graphql::SelectionField<'_>| {
        let arguments = field.arguments().unwrap_or_default();
        let first = arguments.into_iter().find(|(name, _)| name == "first");
        match first {
            Some((_, Value::Number(number))) => {
                number.as_i64().and_then(|n| i32::try_from(n).ok()).unwrap_or(PAGE)
            }
            _ => PAGE,
        }
    };
    matches.map(first).max().unwrap_or(0).clamp(0, MAX_PAGE)
}

fn reach(connection: &mut Connection, wanted: &Wanted) -> store::Result<Reach> {
    let Some(wanted) = wanted.below("certificate") else { return Ok(Reach::default()) };
    let dates = wanted.has("earliest") || wanted.has("latest");
    Reach::of(connection, [dates, wanted.has("publisherCount"), wanted.has("siteCount")])
}

/// The nodes of an answer.
fn build(
    connection: &mut Connection,
    asked: &Asked,
    answer: Answer,
    reach: Reach,
    wanted: &Wanted,
    most: i32,
) -> store::Result<Verification> {
    let Answer { verification, matches, nearest, certificate } = answer;
    let most = usize::try_from(most).unwrap_or_default();
    let nothing = Wanted::default();
    let below = wanted.below("matches").unwrap_or(&nothing);
    let matches = nodes(connection, asked, &matches, below, most)?;
    let below = wanted.below("nearest").unwrap_or(&nothing);
    let nearest = nodes(connection, asked, nearest.as_slice(), below, 1)?.pop();
    let (verdict, findings) = (verification.verdict, verification.findings);
    Ok(Verification { verdict, findings, matches, nearest, certificate, reach })
}

/// A match for each quote: the first quotes of all statements, then the second ones.
fn nodes(
    connection: &mut Connection,
    asked: &Asked,
    matches: &[Matched],
    wanted: &Wanted,
    most: usize,
) -> store::Result<Vec<VerificationMatch>> {
    let places = || matches.iter().map(|matched| matched.quotes.len().max(1));
    let rounds = places().max().unwrap_or_default();
    let all = (0..rounds).flat_map(|round| {
        matches
            .iter()
            .zip(places())
            .filter(move |(_, len)| round < *len)
            .map(move |(m, _)| (m, round))
    });
    let shown: Vec<(&Matched, usize)> = all.take(most).collect();
    let mut quotes: HashMap<Id, Quote> = HashMap::new();
    if let Some(wanted) = wanted.below("quote") {
        let rows = shown.iter().filter_map(|(matched, at)| matched.quotes.get(*at).cloned());
        let nodes = load::quotes(connection, rows.collect(), wanted)?;
        quotes = nodes.into_iter().map(|node| (node.row.id, node)).collect();
    }
    let mut statements: HashMap<Id, Statement> = HashMap::new();
    if let Some(wanted) = wanted.below("statement") {
        let rows = matches.iter().map(|matched| matched.statement.clone()).collect();
        let nodes = load::statements(connection, rows, wanted)?;
        statements = nodes.into_iter().map(|node| (node.row.id, node)).collect();
    }
    let node = |(matched, at): (&Matched, usize)| VerificationMatch {
        quote: matched.quotes.get(at).and_then(|row| quotes.get(&row.id).cloned()),
        statement: statements.get(&matched.statement.id).cloned(),
        part: asked.text.get(matched.compared.part.clone()).unwrap_or_default().to_owned(),
        text: matched.text.clone(),
        compared: matched.compared.clone(),
    };
    Ok(shown.into_iter().map(node).collect())
}
