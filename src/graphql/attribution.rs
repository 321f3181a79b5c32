//! What stands around a quote: the attribution as printed, further speakers, the extractor.

use async_graphql::{ID, SimpleObject};

use crate::domain::quote::{FurtherSpeakerMode, QuoteKind};
use crate::domain::{reading, resolution};
use crate::store::quote::QuoteRow;

/// The attribution exactly as the article prints it, never rewritten: what it was resolved to
/// stands beside it in `Quote.speaker`, `Quote.role` and `Quote.organisation`.
#[derive(SimpleObject, Clone)]
pub struct PrintedAttribution {
    /// The speaker's name as printed, for example `President Donald Trump`.
    speaker: Option<String>,
    /// The role as printed, for example `defense department spokesman`.
    role: Option<String>,
    /// The organisation as printed, for example `Pentagon`.
    organisation: Option<String>,
    /// The whole attribution as printed, for example `residents, who told media outlets`.
    attribution: Option<String>,
}

impl PrintedAttribution {
    /// What is printed around a quote.
    pub fn of(row: &QuoteRow) -> Self {
        Self {
            speaker: row.printed_speaker.clone(),
            role: row.printed_role.clone(),
            organisation: row.printed_organisation.clone(),
            attribution: row.printed_attribution.clone(),
        }
    }
}

/// Another account of the same words in the same place, which contradicts the one that the quote
/// shows. Both are kept: dixit does not know which is right.
#[derive(SimpleObject, Clone)]
pub struct QuoteReading {
    /// The words.
    text: String,
    /// How they are rendered.
    kind: QuoteKind,
    /// The attribution exactly as printed.
    printed: PrintedAttribution,
    /// How sure the extractor is, from 0 to 1.
    confidence: Option<f64>,
    /// The program that gives this account.
    extractor: Option<Extractor>,
}

impl From<reading::Reading> for QuoteReading {
    fn from(reading: reading::Reading) -> Self {
        let reading::Printed { speaker, role, organisation, attribution } = reading.printed;
        let extractor =
            |given: reading::Extractor| Extractor { name: given.name, version: given.version };
        Self {
            text: reading.text,
            kind: reading.kind,
            printed: PrintedAttribution { speaker, role, organisation, attribution },
            confidence: reading.confidence,
            extractor: reading.extractor.map(extractor),
        }
    }
}

/// Somebody else to whom the extractor gives the words, together with or instead of the speaker.
#[derive(SimpleObject, Clone)]
pub struct FurtherSpeaker {
    /// Together with the speaker, or instead.
    mode: FurtherSpeakerMode,
    /// The name as printed; null where the extractor weighs that nobody is named.
    name: Option<String>,
    /// How probable the extractor finds it, from 0 to 1.
    probability: Option<f64>,
    /// The id that a speaker of that name has, should the database have one: a name that was only
    /// weighed does not make a person, so `speaker(id:)` may answer null.
    speaker_id: Option<ID>,
}

impl From<reading::FurtherSpeaker> for FurtherSpeaker {
    fn from(given: reading::FurtherSpeaker) -> Self {
        let speaker = given.name.as_deref().and_then(resolution::named);
        Self {
            mode: given.mode,
            name: given.name,
            probability: given.probability,
            speaker_id: speaker.map(|speaker| ID(speaker.id.to_string())),
        }
    }
}

/// The program that found the quote.
#[derive(SimpleObject, Clone)]
pub struct Extractor {
    /// Its name, for example `quotebank`.
    name: String,
    /// Its version.
    version: Option<String>,
}

impl Extractor {
    /// The extractor of a quote.
    pub fn of(row: &QuoteRow) -> Option<Self> {
        let version = row.extractor_version.clone();
        row.extractor_name.clone().map(|name| Self { name, version })
    }
}
