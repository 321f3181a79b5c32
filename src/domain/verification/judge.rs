//! The verdict: what a question is, given the stored texts that share words with it.

use super::comparison::{Compared, Holds};
use super::findings;
use super::question::Question;
use super::runs::{Numbered, PAIRS};
use super::source::{By, Source};
use super::splice::{Piece, cover};
use super::verdict::{Change, Finding, MATCHES, Match, Op, SOURCES, Verdict, Verification};
use crate::domain::date::FuzzyDate;

/// From this score on a text is plainly from a stored quote; below, it is not on record. Measured on
/// texts altered by two or three edits (nearly all above) and on texts made of the corpus' own
/// phrases or with every other word replaced (nearly all below).
pub(super) const ALTERED: f64 = 0.6;

/// Texts with fewer of the question's words in shared runs than this share are not aligned.
const ALIGNED: f64 = 0.3;

/// How many texts are aligned word by word.
const CLOSE: usize = 12;

/// Matches of an altered text that score within this of the best are told too.
const BESIDE: f64 = 0.05;

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
    if let Some(spliced) = spliced(question, &compared) {
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
        By::Unknown => 1,
        By::Other => 2,
    };
    held.sort_by_key(|text| (whose(text.source.by), text.holds));
    let has = |by: By| held.iter().any(|text| text.source.by == by);
    let Some(best) = held.first() else { return Judged::default() };
    // Where nobody is named the words speak for nobody; somebody else who is named speaks against.
    let misattributed = whose(best.source.by) > 0 && has(By::Other);
    let verdict = match best.holds {
        _ if misattributed => Verdict::Misattributed,
        Holds::Whole => Verdict::Verbatim,
        _ => Verdict::Excerpt,
    };
    if misattributed {
        held.sort_by_key(|text| (text.source.by != By::Other, text.holds));
    }
    let mut found = held.first().map(|best| findings::printed(question, best)).unwrap_or_default();
    let sources: Vec<&Source<'_>> = held.iter().map(|text| text.source).collect();
    found.extend(findings::facts(question, &sources, said_on));
    let matches = held.iter().take(MATCHES).map(|text| text.matched(question, false)).collect();
    Judged { verification: Verification::of(verdict, found, matches), ..Judged::default() }
}

/// The question as a splice, if it is one.
fn spliced(question: &Question<'_>, compared: &[Compared<'_>]) -> Option<Verification> {
    let asked = question.words().len();
    // One text that has all of it in order had words dropped, or put in brackets.
    let own = (0..asked).filter(|at| !question.is_bracketed(*at)).count();
    if compared.iter().any(|text| text.pairs().len() >= own && text.score >= ALTERED) {
        return None;
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (source, text) in compared.iter().enumerate() {
        pieces.extend(text.runs.iter().map(|run| Piece { source, run: *run }));
    }
    pieces.sort_by_key(|piece| {
        compared.get(piece.source).is_some_and(|text| text.source.by == By::Other)
    });
    let pieces = cover(asked, |at| question.is_bracketed(at), &pieces)?;
    let words = question.words();
    let mut matches = Vec::new();
    let mut from = question.bytes().start;
    for (n, piece) in pieces.iter().enumerate() {
        let text = compared.get(piece.source)?;
        let last = n + 1 == pieces.len();
        let end = piece.run.asked + piece.run.len;
        let to = if last { question.bytes().end } else { words.place(end).start };
        let start = pieces
            .get(n.wrapping_sub(1))
            .map_or(piece.run.asked, |before| before.run.asked + before.run.len);
        let skipped = start.saturating_sub(piece.run.asked);
        let stored = text.bytes(piece.run.stored + skipped..piece.run.stored + piece.run.len);
        let equal = question.text().get(from..to).unwrap_or_default().to_owned();
        matches.push(Match {
            source: text.source.key,
            score: (end - start.min(end)) as f64 / asked as f64,
            part: from..to,
            stored,
            diff: vec![Change { op: Op::Equal, text: equal }],
            meaning_bearing: false,
        });
        from = to;
    }
    let found = if question.parts().len() > 1 { vec![Finding::Ellipsis] } else { Vec::new() };
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
    if best.score < ALTERED {
        let nearest = best.matched(question, !bearing(best).is_empty());
        let verification = Verification { nearest: Some(nearest), ..Verification::default() };
        return Judged { verification, ..Judged::default() };
    }
    let mut found = findings::printed(question, best);
    found.extend(bearing(best));
    let alike: Vec<_> = near
        .iter()
        .take_while(|text| text.score >= best.score - BESIDE && text.score >= ALTERED)
        .take(MATCHES)
        .collect();
    let sources: Vec<&Source<'_>> = alike.iter().map(|text| text.source).collect();
    let facts = findings::facts(question, &sources, said_on);
    found.extend(facts.into_iter().filter(|finding| *finding != Finding::DisputedAttribution));
    let matches =
        alike.iter().map(|text| text.matched(question, !bearing(text).is_empty())).collect();
    Judged {
        verification: Verification::of(Verdict::Altered, found, matches),
        equal: best.pairs().iter().map(|pair| pair.0).collect(),
    }
}
