//! A reading: one extractor's account of one quote, and which of several accounts is shown.
//!
//! Imports must not depend on their order, yet rows about the same words in the same place can
//! differ: one knows more, one is newer, or they contradict each other. Readings are therefore
//! partially ordered ([`Reading::covers`]). A quote keeps the maximal ones, which is the same set
//! in whatever order they arrived, and shows the first by a total order ([`Reading::rank`]).

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::date::FuzzyDate;
use super::id::{Id, Kind, digest};
use super::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind};

/// The extractor's name in a reading that a person wrote; its version counts the changes.
pub const EDITOR: &str = "dixit-editor";

/// The program, and its version, that found a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extractor {
    /// Its name, for example `quotebank`.
    pub name: String,
    /// Its version, compared number by number: `1.10` is newer than `1.9`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<String>,
}

/// A further speaker, as an extractor gives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FurtherSpeaker {
    /// Together with the first speaker, or instead.
    pub mode: FurtherSpeakerMode,
    /// The name as printed; absent where the extractor weighs "nobody".
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// From 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub probability: Option<f64>,
}

/// One account of one quote: everything that a row says about it save its article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the fields are those of the native format, documented there")]
pub struct Reading {
    pub kind: QuoteKind,
    pub text: String,
    #[serde(flatten)]
    pub printed: Printed,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speaker_kind: Option<SpeakerKind>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub via: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub medium: Option<Medium>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub position: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub context_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub context_after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub said_at: Option<FuzzyDate>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reported_at: Option<FuzzyDate>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub extractor: Option<Extractor>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub wikidata: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub external_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub further_speakers: Vec<FurtherSpeaker>,
}

/// The attribution as printed, never rewritten.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The speaker's name, with whatever titles stand before it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speaker: Option<String>,
    /// The role.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub role: Option<String>,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organisation: Option<String>,
    /// The whole attribution ("residents, who told media outlets").
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribution: Option<String>,
}

impl Reading {
    /// The identity of the quote that this reads: the article, the folded words, where they stand
    /// (start, else position) and the extractor's own id. Everything else may change from one
    /// extraction to the next without making another quote of it. `words` are the folded words of
    /// `text` ([`text::words`](super::text::words)).
    pub fn quote_id(&self, article: Id, words: &str) -> Id {
        let place = match (self.start, self.position) {
            (Some(start), _) => format!("@{start}"),
            (None, Some(position)) => format!("#{position}"),
            (None, None) => String::new(),
        };
        let external = self.external_id.as_deref().unwrap_or_default();
        Id::derive_within(
            Kind::Quote,
            article,
            &[article.as_bytes(), words.as_bytes(), place.as_bytes(), external.as_bytes()],
        )
    }

    /// The place in the reading order of the article. A start and a position count different things:
    /// quotes that have only a position stand behind those that have a start, which is below 2³²,
    /// and what has neither stands last.
    pub fn place(&self) -> i64 {
        let behind_every_start = |position| position + (1 << 32);
        self.start.or(self.position.map(behind_every_start)).unwrap_or(i64::MAX)
    }

    /// The extractor's name, as a key of always the same length; that of none is another one.
    pub fn extractor_key(&self) -> [u8; 16] {
        match &self.extractor {
            Some(extractor) => digest(&[extractor.name.as_bytes()]),
            None => digest(&[]),
        }
    }

    /// Compares the versions of two accounts by one extractor, an absent one being the oldest.
    pub fn by_version(one: Option<&str>, other: Option<&str>) -> Ordering {
        by_version(one.unwrap_or_default(), other.unwrap_or_default())
    }

    /// The canonical form: equal readings have equal bytes.
    pub fn canonical(&self) -> String {
        // Strings, numbers and enums alone: serialising them cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The digest of the canonical form.
    pub fn fingerprint(&self) -> [u8; 16] {
        digest(&[self.canonical().as_bytes()])
    }

    /// True where `self` makes `other` superfluous: the same extractor, newer; or the same version
    /// with nothing missing, nothing different and every date at least as exact. A partial order.
    pub fn covers(&self, other: &Self) -> bool {
        let name = |reading: &Self| reading.extractor.as_ref().map(|e| e.name.clone());
        if name(self) != name(other) {
            return false;
        }
        match by_version(self.version(), other.version()) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => self.says_all_of(other),
        }
    }

    /// The extractor's version; empty where none is told.
    pub fn version(&self) -> &str {
        self.extractor.as_ref().and_then(|e| e.version.as_deref()).unwrap_or_default()
    }

    fn says_all_of(&self, other: &Self) -> bool {
        fn holds<T: PartialEq>(mine: &Option<T>, theirs: &Option<T>) -> bool {
            theirs.is_none() || mine == theirs
        }
        fn dated(mine: &Option<FuzzyDate>, theirs: &Option<FuzzyDate>) -> bool {
            match (mine, theirs) {
                (_, None) => true,
                (Some(mine), Some(theirs)) => mine.within(theirs),
                (None, Some(_)) => false,
            }
        }
        self.kind == other.kind
            && self.text == other.text
            && holds(&self.printed.speaker, &other.printed.speaker)
            && holds(&self.printed.role, &other.printed.role)
            && holds(&self.printed.organisation, &other.printed.organisation)
            && holds(&self.printed.attribution, &other.printed.attribution)
            && holds(&self.speaker_kind, &other.speaker_kind)
            && holds(&self.cue, &other.cue)
            && holds(&self.via, &other.via)
            && holds(&self.medium, &other.medium)
            && holds(&self.start, &other.start)
            && holds(&self.end, &other.end)
            && holds(&self.position, &other.position)
            && holds(&self.context_before, &other.context_before)
            && holds(&self.context_after, &other.context_after)
            && dated(&self.said_at, &other.said_at)
            && dated(&self.reported_at, &other.reported_at)
            && holds(&self.language, &other.language)
            && holds(&self.confidence, &other.confidence)
            && holds(&self.wikidata, &other.wikidata)
            && holds(&self.external_id, &other.external_id)
            && (other.further_speakers.is_empty()
                || self.further_speakers == other.further_speakers)
    }

    /// Whether a person wrote this, and no program.
    pub fn is_edited(&self) -> bool {
        self.extractor.as_ref().is_some_and(|extractor| extractor.name == EDITOR)
    }

    /// The reading as a person has it who changes one that has these readings: the next edit.
    pub fn edited(self, before: &[Self]) -> Self {
        let last = before.iter().filter(|reading| reading.is_edited()).map(Self::version);
        let last: u64 = last.filter_map(|version| version.parse().ok()).max().unwrap_or(0);
        let version = Some((last + 1).to_string());
        let extractor = Some(Extractor { name: EDITOR.to_owned(), version });
        // How sure a program was of something else says nothing here.
        Self { extractor, confidence: None, ..self }
    }

    /// Orders readings that contradict each other, the one to show first: a person's, the surer,
    /// the fuller, and at last by bytes, so that no order of arrival can matter. Versions say nothing here: of
    /// one extractor only the newest is kept, and those of two cannot be compared.
    pub fn rank(&self, other: &Self) -> Ordering {
        let sure = |reading: &Self| reading.confidence.unwrap_or(-1.0);
        other
            .is_edited()
            .cmp(&self.is_edited())
            .then_with(|| sure(other).total_cmp(&sure(self)))
            .then_with(|| other.canonical().len().cmp(&self.canonical().len()))
            .then_with(|| self.canonical().cmp(&other.canonical()))
    }
}

/// What a new reading does to the readings that a quote has.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Nothing: a reading that is kept says all of it.
    Known,
    /// These readings are now kept, the first one shown.
    Changed(Vec<Reading>),
}

/// Adds a reading to those that are kept.
pub fn absorb(kept: Vec<Reading>, new: Reading) -> Effect {
    if kept.iter().any(|reading| reading.covers(&new)) {
        return Effect::Known;
    }
    let mut now: Vec<Reading> = kept.into_iter().filter(|reading| !new.covers(reading)).collect();
    now.push(new);
    now.sort_by(Reading::rank);
    Effect::Changed(now)
}

/// Compares versions number by number and word by word; equal only where the texts are equal.
fn by_version(one: &str, other: &str) -> Ordering {
    fn parts(version: &str) -> impl Iterator<Item = (u128, &str)> {
        version.split(['.', '-', '_', '+', ' ']).map(|part| {
            let cut = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            // A run of digits too long for a number sorts behind every number.
            let number = if cut == 0 { 0 } else { part[..cut].parse().unwrap_or(u128::MAX) };
            (number, &part[cut..])
        })
    }
    parts(one).cmp(parts(other)).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reading(version: Option<&str>, speaker: Option<&str>, said: Option<&str>) -> Reading {
        Reading {
            kind: QuoteKind::Direct,
            text: "We need to.".into(),
            printed: Printed { speaker: speaker.map(Into::into), ..Printed::default() },
            speaker_kind: None,
            cue: None,
            via: None,
            medium: None,
            start: None,
            end: None,
            position: None,
            context_before: None,
            context_after: None,
            said_at: said.map(|date| date.parse().expect("a date")),
            reported_at: None,
            language: None,
            confidence: None,
            extractor: version.map(|v| Extractor { name: "x".into(), version: Some(v.to_owned()) }),
            wikidata: None,
            external_id: None,
            further_speakers: vec![],
        }
    }

    #[test]
    fn a_fuller_and_a_finer_reading_cover_the_poorer() {
        let poor = reading(None, None, Some("2017-08-23"));
        let rich = reading(None, Some("Ada Quill"), Some("2017-08-23T10:00:00Z"));
        assert!(rich.covers(&poor) && !poor.covers(&rich));
        assert_eq!(absorb(vec![rich], poor), Effect::Known);
    }

    #[test]
    fn the_newer_version_of_an_extractor_replaces_the_older() {
        let (old, new) =
            (reading(Some("1.9"), Some("A"), None), reading(Some("1.10"), Some("B"), None));
        assert_eq!(absorb(vec![old], new.clone()), Effect::Changed(vec![new]));
    }

    #[test]
    fn what_a_person_writes_is_shown_and_replaces_what_they_wrote_before() {
        let found = Reading { confidence: Some(1.0), ..reading(Some("7"), Some("A"), None) };
        let first = reading(None, Some("B"), None).edited(&[]);
        let Effect::Changed(kept) = absorb(vec![found.clone()], first.clone()) else {
            panic!("was known")
        };
        assert_eq!(kept, [first, found.clone()]);
        let second = reading(None, Some("C"), None).edited(&kept);
        assert_eq!(absorb(kept, second.clone()), Effect::Changed(vec![second, found]));
    }

    #[test]
    fn contradictions_are_both_kept() {
        let (one, other) = (reading(None, Some("A"), None), reading(None, Some("B"), None));
        let Effect::Changed(kept) = absorb(vec![one], other) else { panic!("was known") };
        assert_eq!(kept.len(), 2);
    }

    fn any_reading() -> impl Strategy<Value = Reading> {
        let version = prop::option::of(prop::sample::select(vec!["1", "1.9", "1.10", "2-beta"]));
        let speaker = prop::option::of(prop::sample::select(vec!["A", "B"]));
        let said = prop::option::of(prop::sample::select(vec!["2021", "2021-08", "2021-08-13"]));
        (version, speaker, said).prop_map(|(v, s, d)| reading(v, s, d))
    }

    fn keep_all(readings: impl IntoIterator<Item = Reading>) -> Vec<Reading> {
        readings.into_iter().fold(vec![], |kept, new| match absorb(kept.clone(), new) {
            Effect::Known => kept,
            Effect::Changed(now) => now,
        })
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(
            readings in prop::collection::vec(any_reading(), 0..6).prop_flat_map(|rs| {
                (Just(rs.clone()), Just(rs).prop_shuffle())
            })
        ) {
            let (one, other) = readings;
            prop_assert_eq!(keep_all(one.clone()), keep_all(other));
            let kept = keep_all(one.clone());
            prop_assert_eq!(keep_all(kept.clone().into_iter().chain(one)), kept);
        }
    }
}
