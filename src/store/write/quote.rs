//! A quote as it is written: a reading, what it resolves to, and back to the reading.

use diesel::prelude::*;
use serde::Serialize;

use super::batch::{Account, VanishedNote};
use super::shared::{StatementValues, UNDATED};
use crate::domain::date::DatePrecision;
use crate::domain::id::Id;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind, Unsettled};
use crate::domain::reading::{Extractor, FurtherSpeaker, Printed, Reading};
use crate::domain::resolution::Resolution;
use crate::domain::tenure::Capacity;
use crate::domain::text::words;
use crate::domain::vocabulary::{Domain, Function, Status};
use crate::store::corpus::Delta;
use crate::store::dialect::{Connection, insert, on};
use crate::store::quote::{further_speakers, fuzzy};
use crate::store::schema::{quote, quote_reading};

/// A row of `quote`.
#[derive(Debug, Clone, Serialize, Insertable, Queryable, Selectable, AsChangeset)]
#[diesel(table_name = quote)]
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
    pub text: String,
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
    #[serde(serialize_with = "bits")]
    confidence: Option<f64>,
    extractor_name: Option<String>,
    extractor_version: Option<String>,
    external_id: Option<String>,
    further_speakers: Option<String>,
    pub speaker_kind: SpeakerKind,
    pub speaker_id: Option<Id>,
    pub role_id: Option<Id>,
    pub organisation_id: Option<Id>,
    function: Option<Function>,
    domain: Option<Domain>,
    status: Option<Status>,
    official_of: Option<Domain>,
    ordered_at: i64,
    pub fingerprint: Vec<u8>,
    unsettled: Option<Unsettled>,
    capacity: Option<Capacity>,
    pub vanished_at: Option<i64>,
    pub vanished_by: Option<Id>,
    pub vanished_version: Option<String>,
}

impl QuoteValues {
    /// Writes new rows; they are counted.
    pub fn write(connection: &mut Connection, rows: &[Self]) -> QueryResult<()> {
        insert!(connection, quote::table, rows)?;
        let mut delta = Delta::default();
        rows.iter().for_each(|row| delta.add(row));
        delta.write(connection)
    }

    /// The row of a quote that shows this account and means this.
    pub fn of(
        article_id: Id,
        id: Id,
        account: &Account,
        resolution: &Resolution,
        capacity: Capacity,
    ) -> Self {
        let Account { reading, resolution: own, words, fingerprint, .. } = account;
        let printed = &reading.printed;
        let extractor = reading.extractor.as_ref();
        let role = resolution.role.as_ref();
        let ordered = reading.said_at.or(reading.reported_at);
        Self {
            article_id,
            id,
            statement_id: resolution.statement_id(words),
            ordinal: reading.place(),
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
            further_speakers: further_column(&reading.further_speakers),
            speaker_kind: resolution.speaker_kind,
            speaker_id: resolution.speaker.as_ref().map(|s| s.id),
            role_id: role.map(|r| r.id),
            organisation_id: resolution.organisation.as_ref().map(|o| o.id()),
            function: role.map(|r| r.function),
            domain: role.map(|r| r.domain),
            status: role.map(|r| r.status),
            official_of: resolution.official_of,
            ordered_at: ordered.map_or(UNDATED, |date| date.earliest),
            fingerprint: fingerprint.to_vec(),
            unsettled: own.unsettled(),
            // What is not known takes no room in the index.
            capacity: Some(capacity).filter(|capacity| *capacity != Capacity::Unknown),
            vanished_at: None,
            vanished_by: None,
            vanished_version: None,
        }
    }

    /// The same, vanished as another row of the quote is.
    pub fn vanished_as(mut self, before: Option<&Self>) -> Self {
        self.vanished_at = before.and_then(|row| row.vanished_at);
        self.vanished_by = before.and_then(|row| row.vanished_by);
        self.vanished_version = before.and_then(|row| row.vanished_version.clone());
        self
    }

    /// The same, vanished as an export says.
    pub fn vanished_since(mut self, note: Option<VanishedNote>) -> Self {
        if let Some(VanishedNote { at, by, version }) = note {
            self.vanished_at = Some(at);
            self.vanished_by = Some(by);
            self.vanished_version = version;
        }
        self
    }

    /// Whether it was resolved to the same as another row of the same quote.
    pub fn means_as(&self, other: &Self) -> bool {
        Meant::of(self) == Meant::of(other)
    }

    /// What it was resolved to.
    pub fn meant(&self) -> Meant {
        Meant::of(self)
    }

    /// Whether the print alone left something open.
    pub fn is_unsettled(&self) -> bool {
        self.unsettled.is_some()
    }

    /// Writes what it was resolved to over what is stored, and nothing else.
    pub fn reinterpret(&self, connection: &mut Connection) -> QueryResult<()> {
        let there = quote::table
            .filter(quote::article_id.eq(self.article_id))
            .filter(quote::id.eq(self.id));
        on!(connection, |c| diesel::update(there).set(Meant::of(self)).execute(c)).map(drop)
    }

    /// The quotes of an article.
    pub fn of_article(connection: &mut Connection, id: Id) -> QueryResult<Vec<Self>> {
        let there = quote::table.filter(quote::article_id.eq(id));
        on!(connection, |c| there.select(Self::as_select()).load(c))
    }

    /// Whether it shows the words of this account in the same place.
    pub fn stands_as(&self, account: &Account) -> bool {
        let reading = &account.reading;
        let place = (self.start_at, self.position, &self.external_id);
        place == (reading.start, reading.position, &reading.external_id)
            && words(&self.text) == account.words
    }

    /// Whether the shown reading is the one of this fingerprint.
    pub fn shows(&self, fingerprint: &[u8; 16]) -> bool {
        self.fingerprint == fingerprint
    }

    /// The reading that is shown.
    ///
    /// # Errors
    /// Where the further speakers in the column are not what was written there.
    pub fn reading(self) -> QueryResult<Reading> {
        let version = self.extractor_version;
        Ok(Reading {
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
            further_speakers: further_speakers(self.further_speakers.as_deref())?,
        })
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

/// The columns that say what a quote was resolved to.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = quote)]
#[diesel(treat_none_as_null = true)]
pub struct Meant {
    pub statement_id: Id,
    pub speaker_kind: SpeakerKind,
    pub speaker_id: Option<Id>,
    pub role_id: Option<Id>,
    pub organisation_id: Option<Id>,
    pub function: Option<Function>,
    pub domain: Option<Domain>,
    pub status: Option<Status>,
    pub official_of: Option<Domain>,
    pub unsettled: Option<Unsettled>,
    pub capacity: Option<Capacity>,
}

impl Meant {
    fn of(row: &QuoteValues) -> Self {
        Self {
            statement_id: row.statement_id,
            speaker_kind: row.speaker_kind,
            speaker_id: row.speaker_id,
            role_id: row.role_id,
            organisation_id: row.organisation_id,
            function: row.function,
            domain: row.domain,
            status: row.status,
            official_of: row.official_of,
            unsettled: row.unsettled,
            capacity: row.capacity,
        }
    }
}

/// A number by its bits: exactly, and also where it is none that JSON has.
fn bits<S: serde::Serializer>(number: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    number.map(f64::to_bits).serialize(to)
}

/// Further speakers as they stand in their column.
fn further_column(further: &[FurtherSpeaker]) -> Option<String> {
    // Strings and numbers alone: serialising them cannot fail.
    (!further.is_empty()).then(|| serde_json::to_string(further).unwrap_or_default())
}

/// A row of `quote_reading`.
#[derive(Debug, Clone, Serialize, Insertable, Queryable, Selectable)]
#[diesel(table_name = quote_reading)]
#[diesel(treat_none_as_default_value = false)]
pub struct ReadingValues {
    pub article_id: Id,
    pub quote_id: Id,
    pub fingerprint: Vec<u8>,
    reading: String,
}

impl ReadingValues {
    /// The row of a reading that is kept but not shown.
    pub fn of(article_id: Id, quote_id: Id, reading: &Reading) -> Self {
        let fingerprint = reading.fingerprint().to_vec();
        Self { article_id, quote_id, fingerprint, reading: reading.canonical() }
    }
}
