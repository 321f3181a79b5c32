//! What is noticed beside the verdict.

use std::ops::Range;

use super::alignment::Hunk;
use super::comparison::Compared;
use super::meaning::{Meaning, Print};
use super::question::Question;
use super::source::{By, Source};
use super::verdict::Finding;
use crate::domain::date::FuzzyDate;

/// Fewer shared words than this are said by many, and dispute nothing: of parts of quotes, and of
/// whole ones.
const DISPUTED: usize = 8;
const DISPUTED_WHOLE: usize = 5;

/// A date is a day in whatever time zone: so far apart, in microseconds, two may be and agree.
const DAY: i64 = 86_400_000_000;

/// Words with which a sentence turns.
const TURNS: &[&str] = &[
    "but",
    "however",
    "although",
    "though",
    "unless",
    "except",
    "nevertheless",
    "nonetheless",
    "whereas",
    "albeit",
    "yet",
    "aber",
    "jedoch",
    "doch",
    "sondern",
    "allerdings",
    "außer",
    "mais",
    "cependant",
    "toutefois",
    "pourtant",
    "sauf",
    "pero",
    "sino",
    "aunque",
    "excepto",
    "salvo",
];

/// Turns that are one only behind a mark: "not yet", "doch".
const LOOSE: &[&str] = &["yet", "doch", "though", "mais", "salvo", "sauf"];

/// Negations, modals, numbers and names that differ between the question and a stored text.
pub(super) fn changed(question: &Question<'_>, compared: &Compared<'_>) -> Vec<Finding> {
    let words = question.words();
    let (asked, stored) = (Print::of(question.text(), words), compared.print());
    let mut found = Vec::new();
    if is_cut_behind_negation(&asked, compared) {
        found.push(Finding::NegationChanged);
    }
    for hunk in &compared.hunks {
        if compared.is_resigned(question, hunk) {
            found.push(Finding::NumberChanged);
        }
        if question.is_cut(hunk) && compared.is_swallowed(hunk) {
            let there = stored.meaning(hunk.deleted.clone(), |_| false);
            let (names, modals) = (Vec::new(), Vec::new());
            found.extend(differences(&Meaning::default(), &Meaning { names, modals, ..there }));
        }
        let edited = hunk.inserted.clone().any(|at| is_editors(question, compared, at));
        if edited && !hunk.deleted.is_empty()
            || question.is_cut(hunk)
            || compared.is_typography(question, hunk)
            || is_moved(question, compared, hunk)
        {
            continue;
        }
        let here = asked.meaning(hunk.inserted.clone(), |at| is_editors(question, compared, at));
        let there = stored.meaning(hunk.deleted.clone(), |_| false);
        found.extend(differences(&here, &there));
    }
    found
}

/// Whether the question begins right behind a negation of the stored sentence, and would be a sentence
/// without it: "Not a single ship has left" cut to "A single ship has left".
fn is_cut_behind_negation(asked: &Print<'_>, compared: &Compared<'_>) -> bool {
    let Some((0, first)) = compared.pairs().first().copied() else { return false };
    let stored = compared.print();
    first > 0
        && stored.is_negation(first - 1)
        && !stored.begins_sentence(first)
        && (asked.has_capital(0) || stored.begins_sentence(first - 1))
}

/// Whether a word stands in square brackets that are not printed in the stored text: none of the
/// words inside them is on record.
fn is_editors(question: &Question<'_>, compared: &Compared<'_>, at: usize) -> bool {
    let inside = |at: &usize| question.is_bracketed(*at);
    let own = |at: usize| compared.pairs().binary_search_by_key(&at, |pair| pair.0).is_ok();
    let before = (0..at).rev().take_while(inside).any(own);
    let behind = (at..question.words().len()).take_while(inside).any(own);
    inside(&at) && !before && !behind
}

fn differences(here: &Meaning, there: &Meaning) -> impl Iterator<Item = Finding> + use<> {
    [
        (here.negations != there.negations, Finding::NegationChanged),
        (here.numbers != there.numbers, Finding::NumberChanged),
        (here.names != there.names, Finding::NameChanged),
        (here.modals != there.modals, Finding::ModalChanged),
    ]
    .into_iter()
    .filter_map(|(differs, finding)| differs.then_some(finding))
}

/// Whether a word only changed places with its neighbour: neither added nor dropped.
fn is_moved(question: &Question<'_>, compared: &Compared<'_>, hunk: &Hunk) -> bool {
    let one = |hunk: &Hunk| match (hunk.inserted.len(), hunk.deleted.len()) {
        (1, 0) => Some((question.words().fold(hunk.inserted.start).to_owned(), true)),
        (0, 1) => Some((compared.words().fold(hunk.deleted.start).to_owned(), false)),
        _ => None,
    };
    let Some((word, inserted)) = one(hunk) else { return false };
    compared.hunks.iter().any(|other| {
        let near = other.inserted.end.abs_diff(hunk.inserted.start) <= 1
            || hunk.inserted.end.abs_diff(other.inserted.start) <= 1;
        near && one(other) == Some((word.clone(), !inserted))
    })
}

/// What the print of question and stored text show: typography, brackets, ellipses, a cut turn.
pub(super) fn printed(question: &Question<'_>, compared: &Compared<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if is_set_otherwise(question, compared) {
        found.push(Finding::Typography);
    }
    let inserted = |hunk: &Hunk| {
        hunk.inserted.clone().any(|at| question.is_bracketed(at))
            && !compared.is_typography(question, hunk)
    };
    if compared.hunks.iter().any(inserted) {
        found.push(Finding::EditorialInsertion);
    }
    if compared.hunks.iter().any(|hunk| question.is_cut(hunk)) {
        found.push(Finding::Ellipsis);
    }
    let cuts = compared.hunks.iter().filter(|hunk| question.is_cut(hunk));
    let behind = std::iter::once(compared.span().end..compared.words().len());
    let mut ends = cuts.map(|hunk| hunk.deleted.clone()).chain(behind);
    if ends.any(|dropped| turns(compared, dropped)) {
        found.push(Finding::CutBeforeBut);
    }
    found
}

/// Whether equal words are printed otherwise, or something else stands between them.
fn is_set_otherwise(question: &Question<'_>, compared: &Compared<'_>) -> bool {
    let (asked, stored) = (question.words(), compared.words());
    let print = |text: &str, range: Range<usize>| text.get(range).unwrap_or_default().to_owned();
    let here = |range| print(question.text(), range);
    let there = |range| print(compared.source.text, range);
    let words = compared
        .pairs()
        .iter()
        .any(|(one, other)| here(asked.place(*one)) != there(stored.place(*other)));
    let gaps = || {
        compared.pairs().windows(2).any(|pair| {
            let [(one, other), (next, behind)] = [pair[0], pair[1]];
            one + 1 == next
                && other + 1 == behind
                && here(asked.place(one).end..asked.place(next).start)
                    != there(stored.place(other).end..stored.place(behind).start)
        })
    };
    words || gaps() || compared.hunks.iter().any(|hunk| compared.is_typography(question, hunk))
}

/// Whether stored words that were left out go on, in the sentence that was cut, with a turn; or
/// with one at once, be it in a sentence of its own.
fn turns(compared: &Compared<'_>, dropped: Range<usize>) -> bool {
    let words = compared.words();
    for at in dropped.clone() {
        let gap = match at.checked_sub(1) {
            Some(before) => words.place(before).end..words.place(at).start,
            None => 0..0,
        };
        let gap = compared.source.text.get(gap).unwrap_or_default();
        let first = at == dropped.start;
        if !first && gap.contains(['.', '!', '?']) {
            return false;
        }
        let fold = words.fold(at);
        let marked = gap.contains([',', ';', ':', '-', '–', '—', '.', '!', '?', '…']);
        if TURNS.contains(&fold) && (marked || first && !LOOSE.contains(&fold)) {
            return true;
        }
    }
    false
}

/// What the facts about those stored texts show that hold the words; `whole` are those that have no
/// others.
pub(super) fn facts(
    question: &Question<'_>,
    sources: &[&Source<'_>],
    whole: &[&Source<'_>],
    said_on: Option<FuzzyDate>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let fitting: Vec<_> = sources
        .iter()
        .filter(|source| matches!(source.by, By::Attributed | By::Unasked | By::Perhaps))
        .collect();
    if !fitting.is_empty() && fitting.iter().all(|source| source.other_role) {
        found.push(Finding::WrongRole);
    }
    if let Some(said_on) = said_on
        && !fitting.is_empty()
        && fitting.iter().all(|source| contradicts(said_on, source))
    {
        found.push(Finding::WrongDate);
    }
    if !sources.is_empty() && sources.iter().all(|source| source.by == By::Unknown) {
        found.push(Finding::SpeakerUnknown);
    }
    if !fitting.is_empty() && fitting.iter().all(|source| source.by == By::Perhaps) {
        found.push(Finding::SpeakerUnsure);
    }
    // All who are meant are one, in several forms of a name.
    let one = |source: &&Source<'_>| match source.by {
        By::Attributed => source.speaker.map(|_| None),
        _ => source.speaker.map(Some),
    };
    let several = |sources: &[&Source<'_>]| {
        let mut speakers = sources.iter().filter_map(one);
        let first = speakers.next();
        speakers.any(|speaker| Some(speaker) != first)
    };
    let words = question.words().len();
    if words >= DISPUTED && several(sources) || words >= DISPUTED_WHOLE && several(whole) {
        found.push(Finding::DisputedAttribution);
    }
    found
}

/// The same of words that are on record otherwise, or in parts: those may be by somebody else, and
/// dispute nothing.
pub(super) fn facts_of_others(
    question: &Question<'_>,
    sources: &[&Source<'_>],
    said_on: Option<FuzzyDate>,
) -> Vec<Finding> {
    let mut found = facts(question, sources, &[], said_on);
    found.retain(|finding| *finding != Finding::DisputedAttribution);
    if !sources.is_empty() && sources.iter().all(|source| source.by == By::Other) {
        found.push(Finding::OtherSpeaker);
    }
    found
}

/// Whether a source cannot have been said then: it is known for another time, or was reported
/// before.
fn contradicts(said_on: FuzzyDate, source: &Source<'_>) -> bool {
    let before = |end: i64, start: i64| end.saturating_add(DAY) < start;
    match (source.said, source.reported) {
        (Some(said), _) => {
            before(said.latest, said_on.earliest) || before(said_on.latest, said.earliest)
        }
        (None, Some(reported)) => before(reported.latest, said_on.earliest),
        (None, None) => false,
    }
}
