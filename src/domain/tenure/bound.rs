//! The bounds of a tenure: when it begins and ends, as far as a source tells.

use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::vocabulary::{Domain, Function, Status};

vocabulary! {
    /// How a bound of a tenure is known.
    BoundKind {
        /// The source gives the date, as exactly as it does.
        Known = "KNOWN",
        /// There is none: held since ever, or still, as the source says.
        Open = "OPEN",
        /// The first or last date at which the speaker was quoted in the role; the bound itself
        /// lies there or beyond.
        Sighted = "SIGHTED",
        /// The source does not say.
        Unknown = "UNKNOWN",
    }
}

/// One bound of a tenure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// See [`BoundKind::Known`].
    Known(FuzzyDate),
    /// See [`BoundKind::Open`].
    Open,
    /// See [`BoundKind::Sighted`]; `None` where no quote has a date.
    Sighted(Option<FuzzyDate>),
    /// See [`BoundKind::Unknown`].
    Unknown,
}

impl Bound {
    /// How it is known.
    pub fn kind(&self) -> BoundKind {
        match self {
            Self::Known(_) => BoundKind::Known,
            Self::Open => BoundKind::Open,
            Self::Sighted(_) => BoundKind::Sighted,
            Self::Unknown => BoundKind::Unknown,
        }
    }

    /// The date, where there is one.
    pub fn date(&self) -> Option<FuzzyDate> {
        match self {
            Self::Known(date) => Some(*date),
            Self::Sighted(date) => *date,
            Self::Open | Self::Unknown => None,
        }
    }

    /// Between which moments a tenure that is so bounded begins, in microseconds since 1970 (UTC).
    pub fn begins(&self) -> (i64, i64) {
        match self {
            Self::Known(date) => (date.earliest, date.latest),
            Self::Open => (i64::MIN, i64::MIN),
            Self::Sighted(Some(date)) => (i64::MIN, date.latest),
            Self::Sighted(None) | Self::Unknown => (i64::MIN, i64::MAX),
        }
    }

    /// Between which moments a tenure that is so bounded ends.
    pub fn ends(&self) -> (i64, i64) {
        match self {
            Self::Known(date) => (date.earliest, date.latest),
            Self::Open => (i64::MAX, i64::MAX),
            Self::Sighted(Some(date)) => (date.earliest, i64::MAX),
            Self::Sighted(None) | Self::Unknown => (i64::MIN, i64::MAX),
        }
    }

    /// The better of two accounts of one bound, in whatever order they come: a date beats "still",
    /// which was true until it ended, and that beats silence; of two dates the more exact one wins,
    /// then the later one.
    pub fn better(self, other: Self) -> Self {
        let rank = |bound: &Self| {
            let kind = match bound {
                Self::Unknown => 0,
                Self::Sighted(_) => 1,
                Self::Open => 2,
                Self::Known(_) => 3,
            };
            (kind, bound.date().map(|date| (date.precision, date.latest, date.earliest)))
        };
        if rank(&self) >= rank(&other) { self } else { other }
    }
}

/// A role that somebody held, as a record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    /// The role, where the record's own words make one.
    pub role: Option<Id>,
    /// The title, in the record's words.
    pub title: String,
    /// What its holder does.
    pub function: Function,
    /// Its field of policy.
    pub domain: Domain,
    /// How the title stands to the office: an "acting minister" is recorded as such.
    pub status: Status,
    /// Its organisation and what that is part of, nearest first; empty where the record names none.
    pub organisation: Vec<Id>,
    /// That organisation, in the record's words; empty where it names none.
    pub organisation_name: String,
    /// When it begins.
    pub begin: Bound,
    /// When it ends.
    pub end: Bound,
}

/// Where a date lies for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    Before,
    Within,
    After,
    /// It straddles a bound, or a bound is not known well enough.
    Unsure,
}

impl Tenure {
    /// Where the closed interval from `earliest` to `latest` lies: all of it, wherever in what
    /// the source allows the bounds may be.
    pub(super) fn places(&self, earliest: i64, latest: i64) -> Lies {
        let (begins, begun) = self.begin.begins();
        let (ends, ended) = self.end.ends();
        // A record that ends before it begins, as two sources may make one, places nothing.
        let contradicts_itself = ended < begins;
        if contradicts_itself {
            Lies::Unsure
        } else if latest < begins {
            Lies::Before
        } else if earliest > ended {
            Lies::After
        } else if begun <= earliest && latest <= ends {
            Lies::Within
        } else {
            Lies::Unsure
        }
    }
}
