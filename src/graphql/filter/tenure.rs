//! What a role or a tenure must be to stand in its list, and which tenure a quote's speaker held.

use async_graphql::{InputObject, Result};

use super::list::StatementOrganisationFilter;
use super::quote::QuoteSpeakerFilter;
use super::{OneOf, TextFilter, ids, organisation_match};
use crate::domain::tenure::BoundKind;
use crate::domain::vocabulary::{Domain, Function, Status, Voice};
use crate::graphql::date::FuzzyDateInput;
use crate::graphql::error::bad_input;
use crate::store::quote::OrganisationMatch;
use crate::store::role::RoleCondition;
use crate::store::tenure::TenureCondition;

/// What a role must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct RoleListFilter {
    /// The title.
    title: Option<TextFilter>,
    /// What its holder does.
    function: Option<OneOf<Function>>,
    /// The field of public policy that it belongs to.
    domain: Option<OneOf<Domain>>,
    /// Whether its holder was in office.
    status: Option<OneOf<Status>>,
    /// For whom its holder speaks.
    voice: Option<OneOf<Voice>>,
    /// The organisation that it is a role at.
    organisation: Option<StatementOrganisationFilter>,
}

/// The values of a filter that may be absent.
macro_rules! values {
    ($argument:literal, $filter:expr) => {
        match $filter {
            Some(filter) => filter.values($argument)?,
            None => None,
        }
    };
}

fn at(filter: Option<StatementOrganisationFilter>) -> Result<Option<OrganisationMatch>> {
    let Some(StatementOrganisationFilter { id, name, include_descendants }) = filter else {
        return Ok(None);
    };
    organisation_match("filter.organisation.id", id, name, include_descendants)
}

impl RoleListFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<RoleCondition> {
        Ok(RoleCondition {
            title: match self.title {
                Some(title) => title.matches("filter.title")?,
                None => None,
            },
            function: values!("filter.function", self.function),
            domain: values!("filter.domain", self.domain),
            status: values!("filter.status", self.status),
            voice: values!("filter.voice", self.voice),
            organisation: at(self.organisation)?,
        })
    }
}

/// What a recorded tenure must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct TenureFilter {
    /// The person.
    speaker: Option<QuoteSpeakerFilter>,
    /// The organisation.
    organisation: Option<StatementOrganisationFilter>,
    /// What the holder does.
    function: Option<OneOf<Function>>,
    /// The field of public policy of the role.
    domain: Option<OneOf<Domain>>,
    /// How the title stands to the office.
    status: Option<OneOf<Status>>,
    /// Certainly held all through this date.
    held_at: Option<FuzzyDateInput>,
    /// Possibly held at some time of this date: bounds that are vague or not known do not exclude it.
    possibly_held_at: Option<FuzzyDateInput>,
    /// How the beginning is known.
    begin: Option<OneOf<BoundKind>>,
    /// How the end is known: `{ eq: OPEN }` are those who still hold it, as their source says.
    end: Option<OneOf<BoundKind>>,
    /// The file or data set that has it.
    source: Option<OneOf<String>>,
}

impl TenureFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<TenureCondition> {
        let date = |argument: &str, input: Option<FuzzyDateInput>| {
            let read = input.map(|input| input.0.map_err(|error| bad_input(argument, error)));
            read.transpose()
        };
        let mut condition = TenureCondition {
            organisation: at(self.organisation)?,
            function: values!("filter.function", self.function),
            domain: values!("filter.domain", self.domain),
            status: values!("filter.status", self.status),
            held: date("filter.heldAt", self.held_at)?,
            may_be_held: date("filter.possiblyHeldAt", self.possibly_held_at)?,
            begin: values!("filter.begin", self.begin),
            end: values!("filter.end", self.end),
            source: values!("filter.source", self.source),
            ..TenureCondition::default()
        };
        if let Some(speaker) = self.speaker {
            if let Some(filter) = speaker.id {
                condition.speaker = ids("filter.speaker.id", filter)?;
            }
            condition.speaker_name = speaker.name;
            condition.speaker_wikidata = speaker.wikidata_id;
        }
        Ok(condition)
    }
}

/// Which role a quote's speaker held, by the record, when the words were said or first printed,
/// whether the article prints it or not. Who was in office counts for certain dates alone: a quote
/// whose date straddles the end of a tenure is not in it.
#[derive(InputObject, Debug, Clone)]
pub struct QuoteTenureFilter {
    /// What the holder does.
    function: Option<OneOf<Function>>,
    /// The field of public policy of the role.
    domain: Option<OneOf<Domain>>,
    /// How the title stands to the office.
    status: Option<OneOf<Status>>,
    /// The organisation.
    organisation: Option<StatementOrganisationFilter>,
    /// The file or data set that has it.
    source: Option<OneOf<String>>,
}

impl QuoteTenureFilter {
    /// The store's condition.
    pub(super) fn condition(self) -> Result<TenureCondition> {
        Ok(TenureCondition {
            organisation: at(self.organisation)?,
            function: values!("filter.tenure.function", self.function),
            domain: values!("filter.tenure.domain", self.domain),
            status: values!("filter.tenure.status", self.status),
            source: values!("filter.tenure.source", self.source),
            ..TenureCondition::default()
        })
    }
}
