//! What both versions of Quotebank say of a quotation, and in which ways they print it.

use serde::Deserialize;

use super::list::list;
use crate::domain::date::{FuzzyDate, rfc3339};
use crate::domain::field::{MAX_ID, MAX_NAME, MAX_TEXT, optional, required, wikidata};
use crate::domain::quote::{FurtherSpeakerMode, QuoteKind, SpeakerKind};
use crate::domain::reading::{FurtherSpeaker, Printed, Reading};
use crate::domain::text;
use crate::import::format::one_quote;
use crate::import::record::{Note, share};
use crate::import::rejection::Fault;

/// How Quotebank writes that it found no speaker; pandas makes it `nan` when it reads its own table.
const NOBODY: [&str; 2] = ["None", "nan"];

/// A quotation, with the names of the fields that its speakers stand in.
pub struct Said {
    pub quote_id: String,
    pub quotation: String,
    pub speaker: (&'static str, Option<String>),
    pub probas: (&'static str, Vec<Weighed>),
}

impl Said {
    /// The reading, and what had to be mended in its text.
    pub fn reading(self) -> Result<(Reading, Option<Note>), Fault> {
        let (field, speaker) = self.speaker;
        let speaker = name(field, speaker)?;
        let (mut confidence, mut further_speakers) = (None, Vec::new());
        let (field, probas) = self.probas;
        for weighed in probas {
            let (name, probability) = weighed.read(field)?;
            if name == speaker && confidence.is_none() {
                confidence = Some(probability);
            } else {
                let mode = FurtherSpeakerMode::Alternative;
                let probability = Some(probability);
                further_speakers.push(FurtherSpeaker { mode, name, probability });
            }
        }
        // The crawl left control characters in some texts; nobody can mend Quotebank itself.
        let (quotation, broken) = text::mended(&self.quotation);
        let text = required("quotation", &quotation, MAX_TEXT)?;
        let reading = Reading {
            // Quotebank's speakers are names of people in Wikidata, however they read.
            speaker_kind: speaker.is_some().then_some(SpeakerKind::Person),
            printed: Printed { speaker, ..Printed::default() },
            confidence,
            further_speakers,
            external_id: Some(required("quoteID", &self.quote_id, MAX_ID)?),
            ..one_quote::reading("quotebank", QuoteKind::Direct, text)
        };
        Ok((reading, broken.map(|refused| Note::Mended(format!("quotation {refused}")))))
    }
}

fn name(field: &str, printed: Option<String>) -> Result<Option<String>, Fault> {
    let name = optional(field, printed.map(Into::into), MAX_NAME)?;
    Ok(name.filter(|name| !NOBODY.contains(&name.as_str())))
}

/// A name and how probably it is the speaker's.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Weighed {
    /// As the quote-centric version has it.
    Pair(Option<String>, Share),
    /// As the article-centric version has it.
    Member {
        speaker: Option<String>,
        #[serde(alias = "probability")]
        proba: Share,
        #[serde(default, deserialize_with = "list")]
        qids: Vec<String>,
    },
}

/// A probability, which Quotebank writes as a string.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Share {
    Text(String),
    Number(f64),
}

impl Weighed {
    fn read(self, field: &str) -> Result<(Option<String>, f64), Fault> {
        let (Self::Pair(speaker, proba) | Self::Member { speaker, proba, .. }) = self;
        let value = match proba {
            Share::Number(value) => Some(value),
            Share::Text(text) => text.trim().parse().ok(),
        };
        let value = share(field, value)?;
        let value = value.ok_or_else(|| Fault::value(field, "holds no number"))?;
        Ok((name(field, speaker)?, value))
    }

    /// The Wikidata items that this speaker may be, where it is this one.
    pub fn candidates(&self, wanted: &str) -> &[String] {
        match self {
            Self::Member { speaker: Some(name), qids, .. } if name == wanted => qids,
            _ => &[],
        }
    }
}

/// Wikidata items in a field.
pub fn candidates(field: &str, items: Vec<String>) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    for item in items {
        found.extend(wikidata(field, Some(item.into()))?);
    }
    Ok(found)
}

/// When: `2017-01-31 19:03:00`, in UTC, or the milliseconds since 1970 that pandas makes of it.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Stamp {
    Text(String),
    Millis(i64),
}

/// The shortest number of milliseconds (1973), longer than a year, a month or a day in digits.
const MILLIS_DIGITS: usize = 11;

impl Stamp {
    /// The date in a field.
    pub fn read(self, field: &str) -> Result<FuzzyDate, Fault> {
        match self {
            Self::Millis(millis) => instant(field, millis),
            Self::Text(text) => stamp(field, text.trim()),
        }
    }
}

fn instant(field: &str, millis: i64) -> Result<FuzzyDate, Fault> {
    // Up to the year 9999.
    if !(0..253_402_300_800_000).contains(&millis) {
        return Err(Fault::value(field, format!("{millis} are no milliseconds since 1970")));
    }
    let printed = rfc3339(millis * 1_000);
    match printed.split_once('T') {
        Some((day, time)) if millis % 86_400_000 == 0 && time.starts_with("00:00:00") => {
            day.parse().map_err(|error| Fault::value(field, error))
        }
        _ => Ok(FuzzyDate::instant(millis * 1_000)),
    }
}

/// The date that a text is, in either way to print it.
pub fn stamp(field: &str, printed: &str) -> Result<FuzzyDate, Fault> {
    if printed.len() >= MILLIS_DIGITS && printed.bytes().all(|byte| byte.is_ascii_digit()) {
        let millis = printed.parse().unwrap_or(i64::MAX);
        return instant(field, millis);
    }
    let text = match printed.split_once(' ') {
        Some((day, "00:00:00")) => day.to_owned(),
        Some((day, time)) => format!("{day}T{time}Z"),
        None => printed.to_owned(),
    };
    text.parse().map_err(|_| {
        let shown: String = printed.chars().take(80).collect();
        Fault::value(field, format!("`{shown}` is not a date such as 2017-01-31 19:03:00"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_is_read_alike_however_it_is_printed() {
        let read = |text: &str| Stamp::Text(text.to_owned()).read("date").expect("a date");
        let millis = |millis| Stamp::Millis(millis).read("date").expect("a date");
        let day = read("2017-08-23 00:00:00");
        assert_eq!(day, "2017-08-23".parse().expect("a day"));
        assert_eq!(millis(1_503_446_400_000), day);
        assert_eq!(read("1503446400000"), day);
        let moment = read("2017-08-23 10:30:00");
        assert_eq!(millis(1_503_484_200_000), moment);
        assert_eq!(read("2017"), "2017".parse().expect("a year"));
        assert!(Stamp::Millis(-1).read("date").is_err());
        assert!(Stamp::Text("99999999999999999999".into()).read("date").is_err());
    }
}
