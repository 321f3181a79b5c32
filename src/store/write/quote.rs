//! A quote as it is written: a reading, what it resolves to, and back to the reading.

use diesel::prelude::*;

use super::shared::{StatementValues, UNDATED, statement_id};
use crate::domain::date::DatePrecision;
use crate::domain::id::Id;
use crate::domain::quote::{FurtherSpeakerMode, Medium, QuoteKind, SpeakerKind};
use crate::domain::reading::{Extractor, FurtherSpeaker, Printed, Reading};
use crate::domain::resolution::{Resolution, speaker};
use crate::domain::text::words;
use crate::domain::vocabulary::{Domain, Function, Status};
use crate::store::dialect::Backend;
use crate::store::quote::fuzzy;
use crate::store::schema::{quote, quote_reading, quote_speaker};

/// A row of `quote`.
#[derive(Debug, Clone, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = quote, check_for_backend(Backend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct QuoteValues {
    pub article_id: Id,
    pub id: Id,
    pub statement_id: Id,
    ordinal: i64,
    position: Option<i64>,
    start_at: Option<i64>,
    end_at: Option<i64>,
    kind: QuoteKind,
    text: String,
    language: Option<String>,
    context_before: Option<String>,
    context_after: Option<String>,
    cue: Option<String>,
    via: Option<String>,
    medium: Option<Medium>,
    printed_speaker: Option<String>,
    printed_role: Option<String>,
    printed_organisation: Option<String>,
    printed_attribution: Option<String>,
    stated_kind: Option<SpeakerKind>,
    stated_wikidata: Option<String>,
    said_earliest: Option<i64>,
    said_latest: Option<i64>,
    said_precision: Option<DatePrecision>,
    reported_earliest: Option<i64>,
    reported_latest: Option<i64>,
    reported_precision: Option<DatePrecision>,
    confidence: Option<f64>,
    extractor_name: Option<String>,
    extractor_version: Option<String>,
    external_id: Option<String>,
    speaker_kind: SpeakerKind,
    speaker_id: Option<Id>,
    role_id: Option<Id>,
    organisation_id: Option<Id>,
    function: Option<Function>,
    domain: Option<Domain>,
    status: Option<Status>,
    official_of: Option<Domain>,
    ordered_at: i64,
    fingerprint: Vec<u8>,
}

impl QuoteValues {
    /// The row of a quote whose shown reading, and what that resolves to, are these.
    pub fn of(article_id: Id, id: Id, reading: &Reading, resolution: &Resolution) -> Self {
        let printed = &reading.printed;
        let extractor = reading.extractor.as_ref();
        let role = resolution.role.as_ref();
        let ordered = reading.said_at.or(reading.reported_at);
        let place = reading.start.or(reading.position);
        Self {
            article_id,
            id,
            statement_id: statement_id(&words(&reading.text), resolution),
            ordinal: place.unwrap_or(i64::MAX),
            position: reading.position,
            start_at: reading.start,
            end_at: reading.end,
            kind: reading.kind,
            text: reading.text.clone(),
            language: reading.language.clone(),
            context_before: reading.context_before.clone(),
            context_after: reading.context_after.clone(),
            cue: reading.cue.clone(),
            via: reading.via.clone(),
            medium: reading.medium,
            printed_speaker: printed.speaker.clone(),
            printed_role: printed.role.clone(),
            printed_organisation: printed.organisation.clone(),
            printed_attribution: printed.attribution.clone(),
            stated_kind: reading.speaker_kind,
            stated_wikidata: reading.wikidata.clone(),
            said_earliest: reading.said_at.map(|date| date.earliest),
            said_latest: reading.said_at.map(|date| date.latest),
            said_precision: reading.said_at.map(|date| date.precision),
            reported_earliest: reading.reported_at.map(|date| date.earliest),
            reported_latest: reading.reported_at.map(|date| date.latest),
            reported_precision: reading.reported_at.map(|date| date.precision),
            confidence: reading.confidence,
            extractor_name: extractor.map(|e| e.name.clone()),
            extractor_version: extractor.and_then(|e| e.version.clone()),
            external_id: reading.external_id.clone(),
            speaker_kind: resolution.speaker_kind,
            speaker_id: resolution.speaker.as_ref().map(|s| s.id),
            role_id: role.map(|r| r.id),
            organisation_id: resolution.organisation.as_ref().map(|o| o.id()),
            function: role.map(|r| r.function),
            domain: role.map(|r| r.domain),
            status: role.map(|r| r.status),
            official_of: resolution.official_of,
            ordered_at: ordered.map_or(UNDATED, |date| date.earliest),
            fingerprint: reading.fingerprint().to_vec(),
        }
    }

    /// Whether the shown reading is the one of this fingerprint.
    pub fn shows(&self, fingerprint: &[u8; 16]) -> bool {
        self.fingerprint == fingerprint
    }

    /// The reading that is shown; the further speakers stand in a table of their own.
    pub fn reading(self, further_speakers: Vec<FurtherSpeaker>) -> Reading {
        let version = self.extractor_version;
        Reading {
            kind: self.kind,
            text: self.text,
            printed: Printed {
                speaker: self.printed_speaker,
                role: self.printed_role,
                organisation: self.printed_organisation,
                attribution: self.printed_attribution,
            },
            speaker_kind: self.stated_kind,
            cue: self.cue,
            via: self.via,
            medium: self.medium,
            start: self.start_at,
            end: self.end_at,
            position: self.position,
            context_before: self.context_before,
            context_after: self.context_after,
            said_at: fuzzy(self.said_earliest, self.said_latest, self.said_precision),
            reported_at: fuzzy(
                self.reported_earliest,
                self.reported_latest,
                self.reported_precision,
            ),
            language: self.language,
            confidence: self.confidence,
            extractor: self.extractor_name.map(|name| Extractor { name, version }),
            wikidata: self.stated_wikidata,
            external_id: self.external_id,
            further_speakers,
        }
    }

    /// The statement as this quote has it.
    pub fn statement(&self) -> StatementValues {
        StatementValues {
            id: self.statement_id,
            speaker_kind: self.speaker_kind,
            speaker_id: self.speaker_id,
            organisation_id: self.organisation_id,
            role_id: self.role_id,
            first_article_id: self.article_id,
            first_quote_id: self.id,
            text: self.text.clone(),
            ordered_at: self.ordered_at,
        }
    }
}

/// A row of `quote_speaker`.
#[derive(Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = quote_speaker, check_for_backend(Backend))]
#[diesel(treat_none_as_default_value = false)]
pub struct FurtherSpeakerValues {
    pub article_id: Id,
    pub quote_id: Id,
    ordinal: i64,
    mode: FurtherSpeakerMode,
    name: Option<String>,
    probability: Option<f64>,
    speaker_id: Option<Id>,
}

impl FurtherSpeakerValues {
    /// The rows of a reading's further speakers.
    pub fn of(article_id: Id, quote_id: Id, reading: &Reading) -> Vec<Self> {
        let row = |(ordinal, further): (i64, &FurtherSpeaker)| Self {
            article_id,
            quote_id,
            ordinal,
            mode: further.mode,
            name: further.name.clone(),
            probability: further.probability,
            speaker_id: further.name.as_deref().and_then(weighed),
        };
        (0..).zip(&reading.further_speakers).map(row).collect()
    }

    /// What the extractor gave.
    pub fn given(self) -> FurtherSpeaker {
        FurtherSpeaker { mode: self.mode, name: self.name, probability: self.probability }
    }
}

/// The id that a weighed name would have as a speaker.
fn weighed(printed: &str) -> Option<Id> {
    match crate::domain::person::read_speaker(printed) {
        crate::domain::person::SpeakerReading::Person { name, .. } => {
            speaker(name, None).map(|speaker| speaker.id)
        }
        _ => None,
    }
}

/// A row of `quote_reading`.
#[derive(Debug, Insertable)]
#[diesel(table_name = quote_reading)]
pub struct ReadingValues {
    pub article_id: Id,
    pub quote_id: Id,
    fingerprint: Vec<u8>,
    reading: String,
}

impl ReadingValues {
    /// The row of a reading that is kept but not shown.
    pub fn of(article_id: Id, quote_id: Id, reading: &Reading) -> Self {
        let fingerprint = reading.fingerprint().to_vec();
        Self { article_id, quote_id, fingerprint, reading: reading.canonical() }
    }
}
