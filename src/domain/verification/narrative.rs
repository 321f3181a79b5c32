//! A sentence that tells what somebody said: `he called it a "short-term basis"`.
//!
//! Marks inside a text may be those of a writer around somebody's words, or of the speaker, who
//! cites somebody. So the whole text is judged first. Its quotations are judged instead where it
//! tells of saying, outside of them, and the stored texts do not have that: the verdict is then the
//! gravest of those on its quotations, and no word of the narrative counts.

use std::ops::Range;

use super::comparison::EXCERPT;
use super::judge::{Judged, judge};
use super::question::{QUOTED, Question};
use super::source::Source;
use super::verdict::{Finding, Match, Verdict, Verification};
use super::words::Words;
use crate::domain::date::FuzzyDate;
use crate::domain::quotation_marks::quoted;

/// Words that tell of saying, in the forms in which newspapers print them.
pub(super) const SAYING: &[&str] = &[
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "telling",
    "called",
    "calls",
    "calling",
    "added",
    "adds",
    "adding",
    "described",
    "describes",
    "describing",
    "stated",
    "claimed",
    "claims",
    "argued",
    "argues",
    "warned",
    "warns",
    "insisted",
    "insists",
    "wrote",
    "writes",
    "tweeted",
    "asked",
    "replied",
    "announced",
    "declared",
    "noted",
    "explained",
    "explains",
    "dubbed",
    "termed",
    "labelled",
    "labeled",
    "quoted",
    "according",
    "denounced",
    "dismissed",
    "praised",
    "promised",
    "vowed",
    "admitted",
    "denied",
    "suggested",
    "spoke",
    "sagte",
    "sagt",
    "erklärte",
    "nannte",
    "nennt",
    "schrieb",
    "laut",
    "betonte",
    "warnte",
    "dit",
    "déclaré",
    "selon",
    "affirmé",
    "qualifié",
    "dijo",
    "afirmó",
    "según",
    "declaró",
    "calificó",
    "说",
    "説",
    "称",
    "稱",
];

/// The quotations of a narrative, as bytes of the text; none where it is no narrative.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = quoted(text);
    found.retain(|at| text.get(at.clone()).is_some_and(|inside| Words::of(inside).len() >= QUOTED));
    let mut from = 0;
    let mut told = String::new();
    for at in &found {
        told.push_str(text.get(from..at.start).unwrap_or_default());
        told.push(' ');
        from = at.end;
    }
    told.push_str(text.get(from..).unwrap_or_default());
    match Words::of(&told).folds().any(|word| SAYING.contains(&word)) {
        true => found,
        false => Vec::new(),
    }
}

/// Judges a text, or where it is a narrative its quotations.
pub(super) fn read(
    question: &Question<'_>,
    sources: &[Source<'_>],
    said_on: Option<FuzzyDate>,
) -> Verification {
    let whole = judge(question, sources, said_on);
    if question.quotations().is_empty() || is_speech(question, &whole) {
        return whole.verification;
    }
    let judged: Vec<_> = question
        .quotations()
        .iter()
        .map(|(from, quotation)| {
            (*from, quotation, judge(quotation, sources, said_on).verification)
        })
        .collect();
    if judged.iter().all(|(_, _, found)| found.verdict == Verdict::NotFound) {
        let Verification { nearest, matches, .. } = whole.verification;
        let nearest = nearest.or_else(|| matches.into_iter().next());
        return Verification { nearest, ..Verification::default() };
    }
    // Words in marks for their own sake ("so-called") tell nothing beside what is truly quoted.
    let long = judged.iter().any(|(_, quotation, _)| quotation.words().len() >= EXCERPT);
    let worst = judged
        .iter()
        .filter(|(_, quotation, _)| !long || quotation.words().len() >= EXCERPT)
        .map(|(_, _, found)| found.verdict)
        .max_by_key(|verdict| gravity(*verdict));
    let mut findings: Vec<Finding> =
        judged.iter().flat_map(|(_, _, found)| found.findings.clone()).collect();
    // What one quotation is cut before may be what the next one says.
    let goes_on = judged.windows(2).all(|pair| {
        let at = |n: usize| pair[n].2.matches.first();
        let follows = |(one, next): (&Match, &Match)| {
            one.source == next.source && one.stored.end <= next.stored.start
        };
        !pair[0].2.findings.contains(&Finding::CutBeforeBut)
            || at(0).zip(at(1)).is_some_and(follows)
    });
    let last =
        judged.last().is_some_and(|(_, _, found)| found.findings.contains(&Finding::CutBeforeBut));
    if goes_on && !last {
        findings.retain(|finding| *finding != Finding::CutBeforeBut);
    }
    if has_several_speakers(&judged, sources) {
        findings.push(Finding::SeveralSpeakers);
    }
    let matches =
        judged.into_iter().flat_map(|(from, _, found)| moved(found.matches, from)).collect();
    Verification::of(worst.unwrap_or(Verdict::NotFound), findings, matches)
}

/// Whether no one speaker has all quotations that are on record.
fn has_several_speakers(
    judged: &[(usize, &Question<'_>, Verification)],
    sources: &[Source<'_>],
) -> bool {
    let speakers = |found: &Verification| -> Vec<u64> {
        let source = |found: &Match| sources.iter().find(|source| source.key == found.source);
        found.matches.iter().filter_map(|found| source(found)?.speaker).collect()
    };
    let mut each = judged.iter().map(|(_, _, found)| speakers(found)).filter(|all| !all.is_empty());
    let Some(mut common) = each.next() else { return false };
    each.any(|all| {
        common.retain(|speaker| all.contains(speaker));
        common.is_empty()
    })
}

/// Whether the stored words are those of the whole text, and the marks in it the speaker's: half of
/// what is told around them is on record, and a word that tells of saying.
fn is_speech(question: &Question<'_>, whole: &Judged) -> bool {
    match whole.verification.verdict {
        Verdict::NotFound => false,
        Verdict::Altered => {
            let told = question.told();
            let own: Vec<usize> =
                told.iter().copied().filter(|at| whole.equal.binary_search(at).is_ok()).collect();
            let says = |at: &usize| SAYING.contains(&question.words().fold(*at));
            own.len() * 2 >= told.len() && own.iter().any(says)
        }
        _ => true,
    }
}

/// How much a verdict says against a text.
fn gravity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Verbatim => 0,
        Verdict::Excerpt => 1,
        Verdict::Misattributed => 2,
        Verdict::Altered => 3,
        Verdict::Spliced => 4,
        Verdict::NotFound => 5,
    }
}

/// Matches of a quotation, in the bytes of the text that it stands in.
fn moved(matches: Vec<Match>, by: usize) -> impl Iterator<Item = Match> {
    matches.into_iter().map(move |found| {
        let part = found.part.start + by..found.part.end + by;
        Match { part, ..found }
    })
}
