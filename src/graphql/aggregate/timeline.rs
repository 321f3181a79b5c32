//! `Timeline`: how much there is in each stretch of time.

use async_graphql::{Object, Result, SimpleObject};

use crate::domain::date::rfc3339;
use crate::domain::timeline::{self, TimelineUnit, TooLong};
use crate::graphql::error::field_over;
use crate::store::aggregate;

/// How much there is in each stretch of time.
#[derive(Clone)]
pub struct Timeline {
    by: TimelineUnit,
    buckets: std::result::Result<Vec<TimelineBucket>, TooLong>,
    imprecise: i64,
    undated: i64,
}

/// A stretch of time and how much there is in it.
#[derive(SimpleObject, Clone)]
pub struct TimelineBucket {
    /// `2021-08-13`, `2021-W32` (ISO 8601), `2021-08` or `2021`. All but a week are dates that
    /// filters take: `{ within: "2021-08" }`.
    label: String,
    /// Its first moment, RFC 3339 in UTC.
    earliest: String,
    /// Its last moment, RFC 3339 in UTC.
    latest: String,
    /// How many quotes, or statements, certainly lie in it.
    count: i64,
}

/// How much there is in each stretch of time, by the best date known (`saidAt`, else `reportedAt`),
/// in UTC. A date counts where the whole of it lies: what is dated `2021` lies in the year 2021 and
/// in none of its months. Counts are exact; together with `imprecise` and `undated` they are
/// `totalCount`.
#[Object]
impl Timeline {
    /// How long its buckets are.
    async fn by(&self) -> TimelineUnit {
        self.by
    }

    /// The buckets in order, from the first to the last that holds anything; those between that hold
    /// nothing stand there too, with a count of 0.
    async fn buckets(&self) -> &[TimelineBucket] {
        self.buckets.as_deref().unwrap_or_default()
    }

    /// How many have a date that does not lie within one bucket: a month in a timeline by days.
    async fn imprecise(&self) -> i64 {
        self.imprecise
    }

    /// How many have no date at all.
    async fn undated(&self) -> i64 {
        self.undated
    }
}

impl Timeline {
    /// The timeline that was counted.
    pub fn of(by: TimelineUnit, found: aggregate::Timeline) -> Self {
        let bucket = |bucket: timeline::Bucket| TimelineBucket {
            label: bucket.label,
            earliest: rfc3339(bucket.earliest),
            latest: rfc3339(bucket.latest),
            count: bucket.count,
        };
        Self {
            by,
            buckets: found.buckets.map(|all| all.into_iter().map(bucket).collect()),
            imprecise: found.imprecise,
            undated: found.undated,
        }
    }

    /// Itself, unless it has more buckets than it may.
    pub fn within_limits(&self) -> Result<&Self> {
        let Err(long) = &self.buckets else { return Ok(self) };
        let instead = match long.instead {
            Some(unit) => format!("ask by {unit}, or filter by date"),
            None => "filter by date".to_owned(),
        };
        Err(field_over("timelineBuckets", long.most, &format!("{long}; {instead}")))
    }
}
