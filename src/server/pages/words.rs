//! What the pages say in words: dates, and what is not known.

use crate::domain::citation::in_words;
use crate::domain::date::{DatePrecision, FuzzyDate, rfc3339};
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::statement::{FirstQuotePrecision, StatementRelationKind};
use crate::domain::tenure::{BoundKind, Capacity};

/// A date for people, as exact as it is known; a moment to the minute, in UTC.
pub fn date(date: &FuzzyDate) -> String {
    let words = in_words(*date);
    match date.precision {
        DatePrecision::Instant => {
            let text = rfc3339(date.earliest);
            let clock = text.split('T').nth(1).and_then(|clock| clock.get(..5)).unwrap_or_default();
            format!("{words}, {clock} UTC")
        }
        _ => words,
    }
}

/// What sort of source it is, where it has no name; `None` where one is named.
pub fn unnamed(kind: &SpeakerKind, named: bool) -> Option<&'static str> {
    Some(match kind {
        SpeakerKind::Person if named => return None,
        SpeakerKind::Person => "The article prints no name for the person who speaks.",
        SpeakerKind::Organisation => "An organisation speaks as such; no person is named.",
        SpeakerKind::UnnamedIndividual => "The source is not named in the article.",
        SpeakerKind::UnnamedGroup => "The sources are not named in the article.",
        SpeakerKind::Document => "The source is a document, not a person.",
        SpeakerKind::Unattributed => "The article names no source.",
    })
}

/// How the words are rendered.
pub fn kind(kind: &QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => {
            "Direct quotation: printed in quotation marks, as the speaker’s own words"
        }
        QuoteKind::Indirect => {
            "Indirect quotation: the article’s rendering of what was said, without quotation marks"
        }
        QuoteKind::Mixed => {
            "Mixed quotation: some of the speaker’s own words inside the article’s sentence"
        }
    }
}

/// What heads the page of a quote.
pub fn kind_in_short(kind: &QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "Direct quotation",
        QuoteKind::Indirect => "Indirect quotation",
        QuoteKind::Mixed => "Mixed quotation",
    }
}

/// Where the words were first given.
pub fn medium(medium: &Medium) -> &'static str {
    match medium {
        Medium::Speech => "speech",
        Medium::Interview => "interview",
        Medium::PressBriefing => "press briefing",
        Medium::PressRelease => "press release",
        Medium::WrittenStatement => "written statement",
        Medium::SocialPost => "post on a social network",
        Medium::Broadcast => "broadcast",
        Medium::Parliament => "parliament",
        Medium::Court => "court",
        Medium::Publication => "publication",
        Medium::Other => "something else that the article names",
    }
}

/// How the printed role stands to what is recorded; `None` where nothing is to be said of it.
pub fn capacity(capacity: &Option<Capacity>) -> Option<&'static str> {
    match capacity.as_ref()? {
        Capacity::Held => Some("A record of office-holders has the speaker in this role then."),
        Capacity::Conflict => Some(
            "A record of office-holders contradicts the article: it has the role at another time, or the \
             speaker in another office. Nothing is corrected here.",
        ),
        Capacity::Ambiguous => {
            Some("Whether a record of office-holders has the speaker in this role is not decided.")
        }
        Capacity::Sighted | Capacity::Unknown => None,
    }
}

/// How certain the first quote is.
pub fn first(precision: &FirstQuotePrecision) -> &'static str {
    match precision {
        FirstQuotePrecision::Exact => "the first here: no other is as early",
        FirstQuotePrecision::TieWithinPrecision => {
            "perhaps the first here: others may be as early, by dates that are not known exactly"
        }
        FirstQuotePrecision::Unknown => {
            "perhaps the first here: nobody can tell, since dates are missing"
        }
    }
}

/// How another statement stands to the one of the page.
pub fn relation(kind: &StatementRelationKind) -> &'static str {
    match kind {
        StatementRelationKind::SameWords => "the same words, given to another source",
        StatementRelationKind::VariantOf => "nearly the same words",
        StatementRelationKind::ExcerptOf => "these words are a part of",
        StatementRelationKind::HasExcerpt => "a part of these words",
    }
}

/// A bound of a tenure.
pub fn bound(kind: BoundKind, day: Option<FuzzyDate>, begins: bool) -> String {
    let told = day.as_ref().map(date);
    match (kind, told) {
        (BoundKind::Known, Some(told)) => told,
        (BoundKind::Sighted, Some(told)) if begins => format!("{told} or before, as quotes show"),
        (BoundKind::Sighted, Some(told)) => format!("{told} or later, as quotes show"),
        (BoundKind::Open, _) if begins => "the beginning, as the record says".to_owned(),
        (BoundKind::Open, _) => "now, as the record says".to_owned(),
        _ => "a date that is not known".to_owned(),
    }
}

/// The word for one or for several.
pub fn plural(count: &u64, one: &'static str, several: &'static str) -> &'static str {
    if *count == 1 { one } else { several }
}
