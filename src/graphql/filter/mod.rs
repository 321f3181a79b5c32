//! Filters: what a client may ask of quotes, statements, speakers, organisations and articles.
//!
//! Inside one filter object all fields must hold; `and`, `or` and `not` nest. Here stand the parts
//! that all filters share.

mod article;
mod import;
mod judgement;
mod list;
mod quote;
mod tenure;

use async_graphql::{ID, InputObject, InputType, Result};

pub use article::ArticleFilter;
pub use import::ImportFilter;
pub use judgement::JudgementFilter;
pub use list::{OrganisationFilter, SpeakerFilter, StatementFilter};
pub use quote::QuoteFilter;
pub use tenure::{RoleListFilter, TenureFilter};

use super::date::FuzzyDateInput;
use super::error::bad_input;
use crate::domain::id::Id;
use crate::domain::import::ImportState;
use crate::domain::judgement::JudgementAction;
use crate::domain::language::tag;
use crate::domain::quote::{Medium, QuoteKind, SpeakerKind};
use crate::domain::tenure::{BoundKind, Capacity};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};
use crate::store::quote::{DateMatch, OrganisationMatch, TextMatch};

/// How many values an `in` may list, and how many filters an `and` or `or`.
const MAX_VALUES: usize = 100;
/// How long a part to look for may be, in characters.
const MAX_PART: usize = 256;

/// One of the values given.
#[derive(InputObject, Debug, Clone)]
#[graphql(
    concrete(name = "QuoteKindFilter", params(QuoteKind)),
    concrete(name = "SpeakerKindFilter", params(SpeakerKind)),
    concrete(name = "MediumFilter", params(Medium)),
    concrete(name = "RoleFunctionFilter", params(Function)),
    concrete(name = "RoleDomainFilter", params(Domain)),
    concrete(name = "RoleStatusFilter", params(Status)),
    concrete(name = "VoiceFilter", params(Voice)),
    concrete(name = "OrganisationKindFilter", params(OrganisationKind)),
    concrete(name = "TenureBoundKindFilter", params(BoundKind)),
    concrete(name = "CapacityFilter", params(Capacity)),
    concrete(name = "JudgementActionFilter", params(JudgementAction)),
    concrete(name = "ImportStateFilter", params(ImportState)),
    concrete(name = "ExactFilter", params(String)),
    concrete(name = "IdFilter", params(ID))
)]
pub struct OneOf<T: InputType> {
    /// Equal to this.
    eq: Option<T>,
    /// Equal to one of these, at most 100; an empty list matches nothing.
    r#in: Option<Vec<T>>,
}

impl<T: InputType + PartialEq> OneOf<T> {
    /// The values allowed; `None` where nothing is said.
    fn values(self, argument: &str) -> Result<Option<Vec<T>>> {
        match (self.eq, self.r#in) {
            (_, Some(values)) if values.len() > MAX_VALUES => {
                Err(bad_input(argument, format!("`in` lists more than {MAX_VALUES} values")))
            }
            (Some(one), Some(values)) => {
                Ok(Some(values.into_iter().filter(|v| *v == one).collect()))
            }
            (Some(one), None) => Ok(Some(vec![one])),
            (None, values) => Ok(values),
        }
    }
}

/// A text, compared without case, accents and punctuation.
#[derive(InputObject, Debug, Clone)]
pub struct TextFilter {
    /// Equal to this.
    eq: Option<String>,
    /// Holds this anywhere.
    contains: Option<String>,
}

impl TextFilter {
    fn matches(self, argument: &str) -> Result<Option<TextMatch>> {
        match (self.eq, self.contains) {
            (Some(_), Some(_)) => {
                Err(bad_input(argument, "`eq` and `contains` exclude each other"))
            }
            (Some(text), None) => Ok(Some(TextMatch::Equals(text))),
            (None, Some(part)) if crate::domain::person::name_key(&part).is_empty() => {
                Err(bad_input(argument, "`contains` holds no letter or digit"))
            }
            (None, Some(part)) if part.chars().count() > MAX_PART => {
                let problem = format!("`contains` is longer than {MAX_PART} characters");
                Err(bad_input(argument, problem))
            }
            (None, Some(part)) => Ok(Some(TextMatch::Contains(part))),
            (None, None) => Ok(None),
        }
    }
}

/// How a date must lie. Dates are intervals ("August 2021"): say whether the whole of it must lie
/// inside, or whether it is enough that it may.
#[derive(InputObject, Debug, Clone)]
pub struct DateFilter {
    /// Certainly inside: `"2021-08"` takes what is dated `2021-08` or `2021-08-13`, not `2021`.
    within: Option<FuzzyDateInput>,
    /// Possibly inside: `"2021-08"` takes what is dated `2021` too.
    overlaps: Option<FuzzyDateInput>,
    /// Certainly not before the beginning of this.
    from: Option<FuzzyDateInput>,
    /// Certainly not behind the end of this.
    to: Option<FuzzyDateInput>,
    /// Whether a date is known at all. Every other field takes known dates only.
    known: Option<bool>,
}

impl DateFilter {
    fn matches(self, argument: &str) -> Result<impl Iterator<Item = DateMatch>> {
        let date = |input: Option<FuzzyDateInput>| {
            let read = input.map(|input| input.0.map_err(|error| bad_input(argument, error)));
            read.transpose()
        };
        let matches = [
            date(self.within)?.map(DateMatch::Within),
            date(self.overlaps)?.map(DateMatch::Overlaps),
            date(self.from)?.map(DateMatch::From),
            date(self.to)?.map(DateMatch::Until),
            self.known.map(DateMatch::Known),
        ];
        Ok(matches.into_iter().flatten())
    }
}

/// Language tags in the case in which they are stored.
fn languages(argument: &str, filter: OneOf<String>) -> Result<Option<Vec<String>>> {
    let Some(values) = filter.values(argument)? else { return Ok(None) };
    let read = |text: String| {
        let problem = || format!("`{text}` is not a language tag such as en or pt-BR");
        tag(&text).ok_or_else(|| bad_input(argument, problem()))
    };
    values.into_iter().map(read).collect::<Result<_>>().map(Some)
}

fn ids(argument: &str, filter: OneOf<ID>) -> Result<Option<Vec<Id>>> {
    let Some(values) = filter.values(argument)? else { return Ok(None) };
    let read = |id: ID| id.parse().map_err(|error| bad_input(argument, error));
    values.into_iter().map(read).collect::<Result<_>>().map(Some)
}

/// The organisation that an id filter and a name mean together; `None` where neither says anything.
fn organisation_match(
    argument: &str,
    id: Option<OneOf<ID>>,
    name: Option<String>,
    descendants: bool,
) -> Result<Option<OrganisationMatch>> {
    let ids = match id {
        Some(filter) => ids(argument, filter)?,
        None => None,
    };
    Ok((ids.is_some() || name.is_some()).then_some(OrganisationMatch { ids, name, descendants }))
}

/// Adds `condition(values)` where the filter says something.
macro_rules! add {
    ($all:expr, $argument:literal, $filter:expr, $condition:expr) => {
        if let Some(filter) = $filter {
            $all.extend(filter.values($argument)?.map($condition));
        }
    };
}

/// [`add!`] for ids.
macro_rules! add_ids {
    ($all:expr, $argument:literal, $filter:expr, $condition:expr) => {
        if let Some(filter) = $filter {
            $all.extend(ids($argument, filter)?.map($condition));
        }
    };
}
use {add, add_ids};
