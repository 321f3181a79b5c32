//! What a list is asked to count, by look-ahead, so that it is counted in the list's own trip.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use async_graphql::{Context, Error, InputType, Result, SelectionField};

use super::facet::{self, Facet};
use super::timeline::Timeline;
use crate::domain::facet::{Counted, FacetDimension};
use crate::domain::timeline::TimelineUnit;
use crate::graphql::error::{bad_input, field_over};
use crate::graphql::wanted::Wanted;
use crate::limits::Serving;
use crate::store;
use crate::store::aggregate::{self, Over};
use crate::store::dialect::Connection;

/// How many values a facet shows where nobody asks, and at most.
const VALUES: i32 = 10;
const MOST_VALUES: i32 = 100;

/// One field `facets`, by its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FacetsAsked {
    by: Vec<FacetDimension>,
    first: usize,
    counted: Counted,
}

/// One field `timeline`, by its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimelineAsked {
    by: TimelineUnit,
    counted: Counted,
}

/// What a list is asked to count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Asked {
    facets: Vec<FacetsAsked>,
    timelines: Vec<TimelineAsked>,
    /// What is wanted of a facet's values.
    wanted: Wanted,
    most_buckets: u64,
}

/// What was counted for a list, by what it was asked.
#[derive(Clone, Default)]
pub struct Tallies {
    facets: HashMap<FacetsAsked, Vec<Facet>>,
    timelines: HashMap<TimelineAsked, Timeline>,
}

/// How much one request has had counted.
#[derive(Debug, Default)]
pub struct Spent(AtomicU64);

impl Asked {
    /// What the list being resolved is asked; `counted` is what it counts where nothing is said.
    ///
    /// # Errors
    /// Where the request has asked for more than one may. What a field itself is asked wrongly, it
    /// tells itself.
    pub fn of(context: &Context<'_>, counted: Counted) -> Result<Self> {
        let mut asked = Self::default();
        for field in context.field().selection_set() {
            match field.name() {
                "facets" => {
                    let by = argument(&field, "by").unwrap_or_default();
                    let first = argument(&field, "first").unwrap_or_default();
                    let count = argument(&field, "count").unwrap_or(counted);
                    asked.facets.extend(FacetsAsked::read(by, first, count).ok());
                }
                "timeline" => asked.timelines.push(TimelineAsked {
                    by: argument(&field, "by").unwrap_or(TimelineUnit::Month),
                    counted: argument(&field, "count").unwrap_or(counted),
                }),
                _ => {}
            }
        }
        if asked.is_nothing() {
            return Ok(asked);
        }
        let limits = context.data::<Serving>()?.limits;
        let counts = asked.facets.iter().map(|facets| facets.by.len()).sum::<usize>();
        let counts = (counts + asked.timelines.len()) as u64;
        let spent = context.data::<Spent>()?.0.fetch_add(counts, Relaxed);
        if spent.saturating_add(counts) > limits.aggregates {
            let problem = "the request asks for more facets and timelines than one may have counted; \
                           each list counts, and each dimension of its facets";
            return Err(field_over("aggregates", limits.aggregates, problem));
        }
        let wanted = Wanted::of(context);
        asked.wanted = wanted
            .below("facets")
            .and_then(|facets| facets.below("values"))
            .cloned()
            .unwrap_or_default();
        asked.most_buckets = limits.timeline_buckets;
        Ok(asked)
    }

    fn is_nothing(&self) -> bool {
        self.facets.is_empty() && self.timelines.is_empty()
    }

    /// Counts.
    pub fn answer(
        &self,
        connection: &mut Connection,
        over: impl Fn(Counted) -> Over,
    ) -> store::Result<Tallies> {
        let mut tallies = Tallies::default();
        for asked in &self.facets {
            let over = over(asked.counted);
            let found = aggregate::facets(connection, &over, &asked.by, asked.first)?;
            let facets = facet::nodes(connection, found, &self.wanted)?;
            tallies.facets.insert(asked.clone(), facets);
        }
        for asked in &self.timelines {
            let over = over(asked.counted);
            let found = aggregate::timeline(connection, &over, asked.by, self.most_buckets)?;
            tallies.timelines.insert(*asked, Timeline::of(asked.by, found));
        }
        Ok(tallies)
    }
}

impl FacetsAsked {
    fn read(by: Vec<FacetDimension>, first: Option<i32>, counted: Counted) -> Result<Self> {
        let first = first.unwrap_or(VALUES);
        if !(1..=MOST_VALUES).contains(&first) {
            return Err(bad_input("first", format!("{first} is not between 1 and {MOST_VALUES}")));
        }
        if let Some(twice) = by.iter().enumerate().find(|(at, one)| by[..*at].contains(one)) {
            return Err(bad_input("by", format!("{} stands there twice", twice.1)));
        }
        Ok(Self { by, first: usize::try_from(first).unwrap_or(1), counted })
    }
}

impl Tallies {
    /// The facets that a field asks for.
    pub fn facets(
        &self,
        by: Vec<FacetDimension>,
        first: Option<i32>,
        counted: Counted,
    ) -> Result<&[Facet]> {
        let asked = FacetsAsked::read(by, first, counted)?;
        self.facets.get(&asked).map(Vec::as_slice).ok_or_else(uncounted)
    }

    /// The timeline that a field asks for.
    pub fn timeline(&self, by: TimelineUnit, counted: Counted) -> Result<&Timeline> {
        self.timelines.get(&TimelineAsked { by, counted }).ok_or_else(uncounted)?.within_limits()
    }
}

/// An argument as the field gives it; `None` where it is not given.
fn argument<T: InputType>(field: &SelectionField<'_>, name: &str) -> Option<T> {
    let (_, value) = field.arguments().ok()?.into_iter().find(|(given, _)| given == name)?;
    T::parse(Some(value)).ok()
}

fn uncounted() -> Error {
    Error::new("internal error")
}

/// What facets cost: each value that may have more below it as much as a row of a list.
pub fn facet_cost(by: &[FacetDimension], first: Option<i32>, child: usize) -> usize {
    let values = usize::try_from(first.unwrap_or(VALUES).clamp(1, MOST_VALUES)).unwrap_or(1);
    by.iter().map(|by| if by.has_entities() { values * child } else { child }).sum::<usize>().max(1)
}
