//! Dates as printed: a year, a month, a day or an instant, kept as the interval they allow.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

vocabulary! {
    /// How exactly a date is known.
    DatePrecision {
        /// Only the year is known (`2021`).
        Year = "YEAR",
        /// The month is known (`2021-08`).
        Month = "MONTH",
        /// The day is known (`2021-08-13`), in whatever time zone the source wrote in; its bounds
        /// are taken in UTC.
        Day = "DAY",
        /// The moment is known (`2021-08-13T09:30:00Z`).
        Instant = "INSTANT",
    }
}

/// A date with its precision, as the closed interval of microseconds since 1970 (UTC) it allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FuzzyDate {
    /// First microsecond that the print allows.
    pub earliest: i64,
    /// Last microsecond that the print allows.
    pub latest: i64,
    /// How exactly the print says it.
    pub precision: DatePrecision,
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a date: write 2021, 2021-08, 2021-08-13 or RFC 3339 such as 2021-08-13T09:30:00Z"
)]
pub struct NotADate(pub String);

impl FuzzyDate {
    /// The moment itself, in microseconds since 1970 (UTC).
    pub fn instant(micros: i64) -> Self {
        Self { earliest: micros, latest: micros, precision: DatePrecision::Instant }
    }

    /// True where `self` lies wholly inside `other` (an interval lies inside itself).
    pub fn within(&self, other: &Self) -> bool {
        other.earliest <= self.earliest && self.latest <= other.latest
    }

    fn days(from: Date, to: Date, precision: DatePrecision) -> Option<Self> {
        Some(Self {
            earliest: midnight(from)?,
            latest: midnight(to.tomorrow().ok()?)? - 1,
            precision,
        })
    }
}

fn midnight(date: Date) -> Option<i64> {
    let moment = Offset::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())).ok()?;
    Some(moment.as_microsecond())
}

fn read(text: &str) -> Option<FuzzyDate> {
    // jiff takes more spellings than are promised here, so the shape is looked at first.
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        let part = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let dash = |at: usize| text.as_bytes().get(at) == Some(&b'-');
    let year = digits(0..4)?;
    if text.len() == 4 {
        return FuzzyDate::days(
            Date::new(year, 1, 1).ok()?,
            Date::new(year, 12, 31).ok()?,
            DatePrecision::Year,
        );
    }
    let month = i8::try_from(digits(5..7).filter(|_| dash(4))?).ok()?;
    if text.len() == 7 {
        let first = Date::new(year, month, 1).ok()?;
        return FuzzyDate::days(first, first.last_of_month(), DatePrecision::Month);
    }
    let day = i8::try_from(digits(8..10).filter(|_| dash(7))?).ok()?;
    let date = Date::new(year, month, day).ok()?;
    if text.len() == 10 {
        return FuzzyDate::days(date, date, DatePrecision::Day);
    }
    let moment: Timestamp = text.parse().ok()?;
    Some(FuzzyDate::instant(moment.as_microsecond()))
}

impl serde::Serialize for FuzzyDate {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for FuzzyDate {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for FuzzyDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        read(text).ok_or_else(|| NotADate(text.chars().take(80).collect()))
    }
}

/// The shortest text that reads back as the same date.
impl fmt::Display for FuzzyDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = rfc3339(self.earliest);
        out.write_str(match self.precision {
            DatePrecision::Year => &text[..4],
            DatePrecision::Month => &text[..7],
            DatePrecision::Day => &text[..10],
            DatePrecision::Instant => &text,
        })
    }
}

/// A stored moment as RFC 3339 in UTC.
pub fn rfc3339(micros: i64) -> String {
    // Every stored moment came out of a `Timestamp`; one from a damaged file must still print.
    match Timestamp::from_microsecond(micros) {
        Ok(moment) => moment.to_string(),
        Err(_) => format!("{micros}us"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_reads_back() {
        for text in ["2021", "2021-08", "2021-08-13", "2021-08-13T09:30:00Z", "2024-02", "1999-12"]
        {
            let date: FuzzyDate = text.parse().expect(text);
            assert_eq!(date.to_string(), text);
            assert!(date.earliest <= date.latest);
        }
    }

    #[test]
    fn a_day_holds_its_moments_and_lies_in_its_month() {
        let read = |text: &str| text.parse::<FuzzyDate>().expect(text);
        assert!(read("2021-08-13T23:59:59.999999Z").within(&read("2021-08-13")));
        assert!(read("2021-08-13").within(&read("2021-08")));
        assert!(!read("2021-08-13T00:00:00+02:00").within(&read("2021-08-13")));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "21", "2021-13", "2021-02-30", "2021/08/13", "yesterday", "20210813", "2021-8"]
        {
            assert!(text.parse::<FuzzyDate>().is_err(), "{text}");
        }
    }
}
