//! Timelines: what was counted by day, in buckets of days, weeks, months or years (UTC).

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

use super::date::DatePrecision;

/// The microseconds of a day.
pub const DAY: i64 = 86_400_000_000;

vocabulary! {
    /// How long the buckets of a timeline are. All are counted in UTC.
    TimelineUnit {
        /// Days of the calendar.
        Day = "DAY",
        /// Weeks of ISO 8601, from Monday to Sunday.
        Week = "WEEK",
        /// Months of the calendar.
        Month = "MONTH",
        /// Years of the calendar.
        Year = "YEAR",
    }
}

/// A stretch of time and how much was counted in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// `2021-08-13`, `2021-W32`, `2021-08` or `2021`.
    pub label: String,
    /// Its first microsecond since 1970 (UTC).
    pub earliest: i64,
    /// Its last.
    pub latest: i64,
    /// How much lies in it.
    pub count: i64,
}

/// A timeline would have more buckets than it may.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this timeline has {found} buckets of a {unit}: at most {most} are answered")]
pub struct TooLong {
    /// The unit that was asked for.
    pub unit: TimelineUnit,
    /// How many buckets there would be.
    pub found: i64,
    /// How many there may be.
    pub most: u64,
    /// The finest unit that would do.
    pub instead: Option<TimelineUnit>,
}

impl TimelineUnit {
    /// The precisions of dates that do not tell in which bucket they lie.
    pub fn too_coarse(self) -> &'static [DatePrecision] {
        match self {
            Self::Day | Self::Week => &[DatePrecision::Year, DatePrecision::Month],
            Self::Month => &[DatePrecision::Year],
            Self::Year => &[],
        }
    }

    /// Whether the interval of such a date can begin on this day (since 1970).
    pub fn may_be_too_coarse(self, day: i64) -> bool {
        let begins = |date: Date| match self {
            Self::Day | Self::Week => date.day() == 1,
            Self::Month => date.day() == 1 && date.month() == 1,
            Self::Year => false,
        };
        date(day).is_some_and(begins)
    }

    fn begin(self, date: Date) -> Date {
        match self {
            Self::Day => date,
            Self::Week => {
                let behind = date.weekday().since(Weekday::Monday);
                date.saturating_sub(i32::from(behind).days())
            }
            Self::Month => date.first_of_month(),
            Self::Year => date.first_of_year(),
        }
    }

    fn step(self) -> Span {
        match self {
            Self::Day => 1.day(),
            Self::Week => 7.days(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        }
    }

    fn label(self, begin: Date) -> String {
        match self {
            Self::Day => begin.to_string(),
            Self::Week => {
                let week = begin.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Month => format!("{:04}-{:02}", begin.year(), begin.month()),
            Self::Year => format!("{:04}", begin.year()),
        }
    }

    /// How many buckets there are from one date to another.
    fn buckets_between(self, first: Date, last: Date) -> i64 {
        let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
        1 + match self {
            Self::Day => since_1970(last) - since_1970(first),
            Self::Week => (since_1970(self.begin(last)) - since_1970(self.begin(first))) / 7,
            Self::Month => months(last) - months(first),
            Self::Year => i64::from(last.year()) - i64::from(first.year()),
        }
    }
}

/// The buckets from the first to the last that holds anything, those between that hold nothing too.
/// `days` are counts by day since 1970.
///
/// # Errors
/// [`TooLong`] where there would be more than `most`.
pub fn buckets(
    unit: TimelineUnit,
    days: &BTreeMap<i64, i64>,
    most: u64,
) -> Result<Vec<Bucket>, TooLong> {
    let counts: Vec<(Date, i64)> = days
        .iter()
        .filter(|(_, count)| **count > 0)
        .filter_map(|(day, count)| Some((date(*day)?, *count)))
        .collect();
    let (Some((first, _)), Some((last, _))) = (counts.first(), counts.last()) else {
        return Ok(Vec::new());
    };
    let fits = |unit: TimelineUnit| {
        u64::try_from(unit.buckets_between(*first, *last)).is_ok_and(|found| found <= most)
    };
    if !fits(unit) {
        let found = unit.buckets_between(*first, *last);
        let instead = TimelineUnit::ALL.iter().copied().find(|unit| fits(*unit));
        return Err(TooLong { unit, found, most, instead });
    }
    let mut buckets = Vec::new();
    let mut counts = counts.iter().peekable();
    let mut begin = Some(unit.begin(*first));
    while let Some(date) = begin.filter(|begin| begin <= last) {
        // The calendar ends with the year 9999.
        let next = date.checked_add(unit.step()).ok();
        let mut count = 0;
        while let Some((_, more)) = counts.next_if(|(date, _)| next.is_none_or(|next| *date < next))
        {
            count += more;
        }
        let end = next.map_or(since_1970(Date::MAX) + 1, since_1970);
        let (earliest, latest) = (since_1970(date) * DAY, end * DAY - 1);
        buckets.push(Bucket { label: unit.label(date), earliest, latest, count });
        begin = next;
    }
    Ok(buckets)
}

/// The date of a day since 1970; `None` where the calendar ends before.
fn date(day: i64) -> Option<Date> {
    jiff::civil::date(1970, 1, 1).checked_add(Span::new().try_days(day).ok()?).ok()
}

fn since_1970(date: Date) -> i64 {
    let days = jiff::civil::date(1970, 1, 1).until(date).map(|span| span.get_days());
    // Days are what dates are apart in, and no two are too far.
    i64::from(days.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::FuzzyDate;

    fn days(texts: &[(&str, i64)]) -> BTreeMap<i64, i64> {
        let day = |text: &str| text.parse::<FuzzyDate>().expect(text).earliest.div_euclid(DAY);
        texts.iter().map(|(text, count)| (day(text), *count)).collect()
    }

    fn shown(unit: TimelineUnit, texts: &[(&str, i64)]) -> Vec<(String, i64)> {
        let buckets = buckets(unit, &days(texts), 100).expect("few buckets");
        buckets.into_iter().map(|bucket| (bucket.label, bucket.count)).collect()
    }

    fn pair((label, count): (&str, i64)) -> (String, i64) {
        (label.to_owned(), count)
    }

    #[test]
    fn what_lies_between_is_there_and_empty() {
        let of = [("2020-11-30", 1), ("2020-12-01", 2), ("2021-02-28", 4)];
        let months = [("2020-11", 1), ("2020-12", 2), ("2021-01", 0), ("2021-02", 4)].map(pair);
        assert_eq!(shown(TimelineUnit::Month, &of), months);
        assert_eq!(shown(TimelineUnit::Year, &of), [("2020", 3), ("2021", 4)].map(pair));
        assert_eq!(shown(TimelineUnit::Day, &[]), []);
    }

    #[test]
    fn a_week_begins_on_monday_and_belongs_to_the_year_of_its_thursday() {
        let of = [("2020-12-31", 1), ("2021-01-03", 2), ("2021-01-04", 4)];
        assert_eq!(shown(TimelineUnit::Week, &of), [("2020-W53", 3), ("2021-W01", 4)].map(pair));
    }

    #[test]
    fn buckets_meet_and_a_bucket_is_the_date_of_its_label() {
        let of = days(&[("1969-12-30", 1), ("1972-03-02", 1)]);
        for unit in TimelineUnit::ALL {
            let buckets = buckets(*unit, &of, 10_000).expect("few buckets");
            assert_eq!(buckets.iter().map(|bucket| bucket.count).sum::<i64>(), 2, "{unit}");
            for pair in buckets.windows(2) {
                assert_eq!(pair[0].latest + 1, pair[1].earliest, "{unit}");
            }
            for bucket in buckets.iter().filter(|_| *unit != TimelineUnit::Week) {
                let date: FuzzyDate = bucket.label.parse().expect("a date");
                assert_eq!((date.earliest, date.latest), (bucket.earliest, bucket.latest));
            }
        }
    }

    #[test]
    fn too_many_buckets_are_refused_with_what_would_do() {
        let of = days(&[("1999-01-01", 1), ("2001-01-01", 1)]);
        let refused = buckets(TimelineUnit::Day, &of, 100).expect_err("too many");
        assert_eq!((refused.found, refused.instead), (732, Some(TimelineUnit::Month)));
        assert_eq!(buckets(TimelineUnit::Day, &of, 732).map(|all| all.len()), Ok(732));
    }

    #[test]
    fn the_calendar_ends_quietly() {
        let of = days(&[("0000", 1), ("9999-12-29", 1)]);
        for unit in [TimelineUnit::Month, TimelineUnit::Year] {
            let all = buckets(unit, &of, 1_000_000).expect("room");
            assert_eq!(all.iter().map(|bucket| bucket.count).sum::<i64>(), 2, "{unit}");
        }
    }
}
