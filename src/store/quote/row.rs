//! A quote as it is read: what was printed beside what it means.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::domain::date::{DatePrecision, FuzzyDate};
use crate::domain::id::Id;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::reading::{FurtherSpeaker, Reading};
use crate::domain::tenure::Capacity;
use crate::domain::vocabulary::Domain;
use crate::store::dialect::{Connection, on};
use crate::store::error::Result;
use crate::store::schema::{quote, quote_reading};

/// One quote. `printed_*` stand as the article has them; ids of speaker, role and organisation are
/// what they were resolved to.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = quote)]
#[allow(missing_docs, reason = "the columns are explained in the migration")]
pub struct QuoteRow {
    pub id: Id,
    pub article_id: Id,
    pub statement_id: Id,
    pub ordinal: i64,
    pub position: Option<i64>,
    pub start_at: Option<i64>,
    pub end_at: Option<i64>,
    pub kind: QuoteKind,
    pub text: String,
    pub language: Option<String>,
    pub context_before: Option<String>,
    pub context_after: Option<String>,
    pub cue: Option<String>,
    pub via: Option<String>,
    pub medium: Option<Medium>,
    pub printed_speaker: Option<String>,
    pub printed_role: Option<String>,
    pub printed_organisation: Option<String>,
    pub printed_attribution: Option<String>,
    pub said_earliest: Option<i64>,
    pub said_latest: Option<i64>,
    pub said_precision: Option<DatePrecision>,
    pub reported_earliest: Option<i64>,
    pub reported_latest: Option<i64>,
    pub reported_precision: Option<DatePrecision>,
    pub confidence: Option<f64>,
    pub extractor_name: Option<String>,
    pub extractor_version: Option<String>,
    pub external_id: Option<String>,
    pub further_speakers: Option<String>,
    pub speaker_kind: SpeakerKind,
    pub speaker_id: Option<Id>,
    pub role_id: Option<Id>,
    pub organisation_id: Option<Id>,
    pub official_of: Option<Domain>,
    pub ordered_at: i64,
    pub fingerprint: Vec<u8>,
    pub capacity: Option<Capacity>,
    pub vanished_at: Option<i64>,
    pub vanished_by: Option<Id>,
}

impl QuoteRow {
    /// When it was said, as far as the source tells.
    pub fn said_at(&self) -> Option<FuzzyDate> {
        fuzzy(self.said_earliest, self.said_latest, self.said_precision)
    }

    /// Others to whom the extractor gives the words, in its own order.
    ///
    /// # Errors
    /// Where the column does not hold what was written there.
    pub fn further_speakers(&self) -> Result<Vec<FurtherSpeaker>> {
        Ok(further_speakers(self.further_speakers.as_deref())?)
    }

    /// When it first stood in print, as far as the source tells.
    pub fn reported_at(&self) -> Option<FuzzyDate> {
        fuzzy(self.reported_earliest, self.reported_latest, self.reported_precision)
    }
}

/// The further speakers in their column.
pub(in crate::store) fn further_speakers(column: Option<&str>) -> QueryResult<Vec<FurtherSpeaker>> {
    let Some(json) = column else { return Ok(Vec::new()) };
    serde_json::from_str(json)
        .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))
}

/// A reading in its column.
pub(in crate::store) fn reading(column: &str) -> QueryResult<Reading> {
    serde_json::from_str(column)
        .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))
}

/// A date of three columns.
pub(in crate::store) fn fuzzy(
    earliest: Option<i64>,
    latest: Option<i64>,
    precision: Option<DatePrecision>,
) -> Option<FuzzyDate> {
    Some(FuzzyDate { earliest: earliest?, latest: latest?, precision: precision? })
}

/// The readings that contradict the one shown, with their quotes.
pub fn readings(connection: &mut Connection, quotes: &[(Id, Id)]) -> Result<Vec<(Id, Reading)>> {
    let articles: HashSet<Id> = quotes.iter().map(|(article, _)| *article).collect();
    let quotes: HashSet<Id> = quotes.iter().map(|(_, quote)| *quote).collect();
    let rows: Vec<(Id, String)> = on!(connection, |c| quote_reading::table
        .filter(quote_reading::article_id.eq_any(articles))
        .order((quote_reading::quote_id, quote_reading::fingerprint))
        .select((quote_reading::quote_id, quote_reading::reading))
        .load(c))?;
    // An article has few: to pick here is cheaper than a list of pairs in the database.
    let wanted = |(id, _): &(Id, String)| quotes.contains(id);
    let read = |(id, json): (Id, String)| Ok((id, reading(&json)?));
    rows.into_iter().filter(wanted).map(read).collect()
}
