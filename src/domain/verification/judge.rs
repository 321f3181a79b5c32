//! The verdict: what a question is, given the stored texts that share words with it.

use std::collections::HashSet;

use super::comparison::{Compared, Holds};
use super::findings;
use super::question::Question;
use super::runs::{Numbered, PAIRS};
use super::source::{By, Source};
use super::splice::{PIECE, Piece, cover};
use super::verdict::{Finding, MATCHES, SOURCES, Verdict, Verification};
use crate::domain::date::FuzzyDate;

/// Texts with fewer of the question's words in shared runs than this share are not aligned.
const ALIGNED: f64 = 0.3;

/// How many texts are aligned word by word.
const CLOSE: usize = 12;

/// Matches of an altered text that score within this of the best are told too.
const BESIDE: f64 = 0.05;

/// So many words in a row that a text has not are more than an insertion: they are from elsewhere.
const FOREIGN: usize = 4;

/// Judges one question as a whole.
pub(super) fn judge(
    question: &Question<'_>,
    sources: &[Source<'_>],
    said_on: Option<FuzzyDate>,
) -> Judged {
    let numbered = Numbered::of(question.words());
    let asked = numbered.asked.len();
    if asked == 0 {
        return Judged::default();
    }
    let mut pairs = PAIRS;
    let mut compared: Vec<Compared<'_>> = sources
        .iter()
        .take(SOURCES)
        .map(|source| Compared::of(question, &numbered, source, &mut pairs))
        .collect();
    compared.sort_by_key(|text| (std::cmp::Reverse(text.covered), text.source.by == By::Other));
    let enough = |text: &Compared<'_>| text.covered as f64 >= asked as f64 * ALIGNED;
    for text in compared
        .iter_mut()
        .filter(|text| text.holds == Holds::Otherwise && enough(text))
        .take(CLOSE)
    {
        text.align(question, &numbered.asked);
    }
    let held = compared.iter().any(|text| text.holds != Holds::Otherwise);
    if held {
        return on_record(question, &compared, said_on);
    }
    if let Some(spliced) = spliced(question, &compared, said_on) {
        return Judged { verification: spliced, ..Judged::default() };
    }
    otherwise(question, &compared, said_on)
}

/// A verdict with what decides between two readings of a text.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub verification: Verification,
    /// Of an altered text: the question's words that the best source has, rising.
    pub equal: Vec<usize>,
}

/// The words are on record: whose, and whole or in part.
fn on_record(
    question: &Question<'_>,
    compared: &[Compared<'_>],
    said_on: Option<FuzzyDate>,
) -> Judged {
    let mut held: Vec<&Compared<'_>> =
        compared.iter().filter(|text| text.holds != Holds::Otherwise).collect();
    let whose = |by: By| match by {
        By::Unasked | By::Attributed => 0,
        By::Perhaps => 1,
        By::Unknown => 2,
        By::Other => 3,
    };
    let fits = |by: By| whose(by) <= whose(By::Perhaps);
    held.sort_by_key(|text| (whose(text.source.by), text.holds));
    let has = |by: By| held.iter().any(|text| text.source.by == by);
    let Some(best) = held.first() else { return Judged::default() };
    // A few words that somebody else said too are anybody's.
    let few = question.is_short() && best.holds != Holds::Whole;
    if few && !fits(best.source.by) {
        let verification = Verification {
            nearest: Some(best.matched(question, false)),
            ..Verification::default()
        };
        return Judged { verification, ..Judged::default() };
    }
    // Where nobody is named the words speak for nobody; somebody else who is named speaks against.
    let misattributed = !fits(best.source.by) && has(By::Other);
    let verdict = match best.holds {
        _ if misattributed => Verdict::Misattributed,
        Holds::Whole => Verdict::Verbatim,
        _ => Verdict::Excerpt,
    };
    if misattributed {
        held.sort_by_key(|text| (text.source.by != By::Other, text.holds));
    }
    let mut found = held.first().map(|best| findings::printed(question, best)).unwrap_or_default();
    found.extend(held.first().map(|best| findings::changed(question, best)).unwrap_or_default());
    let sources: Vec<&Source<'_>> = held.iter().map(|text| text.source).collect();
    let whole = held.iter().filter(|text| text.holds == Holds::Whole);
    let whole: Vec<&Source<'_>> = whole.map(|text| text.source).collect();
    found.extend(findings::facts(question, &sources, &whole, said_on));
    let matched = |text: &&Compared<'_>| {
        text.matched(question, !findings::changed(question, text).is_empty())
    };
    let matches = held.iter().take(MATCHES).map(matched).collect();
    Judged { verification: Verification::of(verdict, found, matches), ..Judged::default() }
}

/// The question as a splice, if it is one.
fn spliced(
    question: &Question<'_>,
    compared: &[Compared<'_>],
    said_on: Option<FuzzyDate>,
) -> Option<Verification> {
    let words = question.words().len();
    let mut pieces: Vec<Piece> = Vec::new();
    for (source, text) in compared.iter().enumerate() {
        let long = text.runs.iter().filter(|run| run.len >= PIECE);
        pieces.extend(long.map(|run| Piece { source, run: *run }));
    }
    // Words in brackets are an editor's, and of no source, save where they are printed so.
    let mut editor: Vec<bool> = (0..words).map(|at| question.is_bracketed(at)).collect();
    for run in pieces.iter().map(|piece| piece.run) {
        editor[run.asked..run.asked + run.len].fill(false);
    }
    // A text that has nearly all of it in order was altered: words were dropped, or a few put in.
    let has = |text: &Compared<'_>| text.foreign(words, |at| !editor[at]) < FOREIGN;
    if compared.iter().any(|text| text.is_from() && has(text)) {
        return None;
    }
    let by_other =
        |piece: &Piece| compared.get(piece.source).is_some_and(|text| text.source.by == By::Other);
    pieces.sort_by_key(by_other);
    let cover = cover(words, |at| editor[at], &pieces)?;
    let mut matches = Vec::new();
    let mut others = Vec::new();
    let mut from = 0;
    for (n, piece) in cover.iter().enumerate() {
        let to = if n + 1 == cover.len() { words } else { piece.run.asked + piece.run.len };
        let matched = |piece: &Piece| {
            let text = compared.get(piece.source)?;
            let own = piece.run.cut(from..to);
            Some(text.piece(question, from..to, own))
        };
        matches.extend(matched(piece));
        // Other texts may have the piece too, or hardly less of it.
        let alike = |other: &&Piece| {
            let own = other.run.cut(from..to).len;
            other.source != piece.source && own * 10 >= piece.run.cut(from..to).len * 8
        };
        others.extend(pieces.iter().filter(alike).filter_map(matched));
        from = to;
    }
    matches.extend(others);
    let mut seen = HashSet::new();
    matches.retain(|found| seen.insert((found.source, found.part.start)));
    matches.truncate(MATCHES);
    let mut found = if question.parts().len() > 1 { vec![Finding::Ellipsis] } else { Vec::new() };
    let keys = || matches.iter().map(|found| found.source);
    let source = |key: usize| compared.iter().map(|text| text.source).find(|it| it.key == key);
    let sources: Vec<&Source<'_>> = keys().filter_map(source).collect();
    found.extend(findings::facts_of_others(question, &sources, said_on));
    Some(Verification::of(Verdict::Spliced, found, matches))
}

/// The words are on record with changes, or not at all.
fn otherwise(
    question: &Question<'_>,
    compared: &[Compared<'_>],
    said_on: Option<FuzzyDate>,
) -> Judged {
    let mut near: Vec<&Compared<'_>> = compared.iter().filter(|text| text.score > 0.0).collect();
    near.sort_by(|one, other| {
        let whose = |text: &Compared<'_>| text.source.by == By::Other;
        other.score.total_cmp(&one.score).then(whose(one).cmp(&whose(other)))
    });
    let Some(best) = near.first() else { return Judged::default() };
    let bearing = |text: &Compared<'_>| findings::changed(question, text);
    // Words that were not changed are too few to be an excerpt.
    if !best.is_from() || best.is_unchanged(question) {
        let nearest = best.matched(question, !bearing(best).is_empty());
        let verification = Verification { nearest: Some(nearest), ..Verification::default() };
        return Judged { verification, ..Judged::default() };
    }
    let mut found = findings::printed(question, best);
    found.extend(bearing(best));
    let alike: Vec<_> = near
        .iter()
        .take_while(|text| text.score >= best.score - BESIDE && text.is_from())
        .take(MATCHES)
        .collect();
    let sources: Vec<&Source<'_>> = alike.iter().map(|text| text.source).collect();
    found.extend(findings::facts_of_others(question, &sources, said_on));
    let matches =
        alike.iter().map(|text| text.matched(question, !bearing(text).is_empty())).collect();
    Judged {
        verification: Verification::of(Verdict::Altered, found, matches),
        equal: best.pairs().iter().map(|pair| pair.0).collect(),
    }
}
