//! What a statement, a speaker or an organisation must be to stand in its list.

use async_graphql::{ID, InputObject, Result};

use super::quote::{QuoteFilter, QuoteSpeakerFilter};
use super::{OneOf, TextFilter, ids, organisation_match};
use crate::domain::quote::SpeakerKind;
use crate::domain::vocabulary::OrganisationKind;
use crate::store::organisation::OrganisationCondition;
use crate::store::speaker::SpeakerCondition;
use crate::store::statement::StatementCondition;

/// What a statement must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct StatementFilter {
    /// The person.
    speaker: Option<QuoteSpeakerFilter>,
    /// What sort of source the first quote has.
    speaker_kind: Option<OneOf<SpeakerKind>>,
    /// The organisation of the first quote.
    organisation: Option<StatementOrganisationFilter>,
    /// Some quote of it meets this: its role, dates, article and everything else that
    /// `QuoteFilter` has, with `and`, `or` and `not`.
    quotes: Option<QuoteFilter>,
}

/// Which organisation is meant.
#[derive(InputObject, Debug, Clone)]
pub struct StatementOrganisationFilter {
    /// The organisation's id.
    pub(super) id: Option<OneOf<ID>>,
    /// A name or alias, case and accents apart.
    pub(super) name: Option<String>,
    /// Also every organisation below it.
    #[graphql(default = false)]
    pub(super) include_descendants: bool,
}

impl StatementFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<StatementCondition> {
        let mut condition = StatementCondition::default();
        if let Some(speaker) = self.speaker {
            if let Some(filter) = speaker.id {
                condition.speaker = ids("filter.speaker.id", filter)?;
            }
            condition.speaker_name = speaker.name;
            condition.speaker_wikidata = speaker.wikidata_id;
        }
        if let Some(filter) = self.quotes {
            condition.quotes = Some(QuoteFilter::condition_of(Some(filter))?);
        }
        if let Some(filter) = self.speaker_kind {
            condition.speaker_kind = filter.values("filter.speakerKind")?;
        }
        if let Some(wanted) = self.organisation {
            condition.organisation = organisation_match(
                "filter.organisation.id",
                wanted.id,
                wanted.name,
                wanted.include_descendants,
            )?;
        }
        Ok(condition)
    }
}

/// What a speaker must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct SpeakerFilter {
    /// The name; `eq` also takes every spelling that was printed, titles included.
    name: Option<TextFilter>,
    /// The settled Wikidata id, for example `"Q42"`.
    wikidata_id: Option<String>,
}

impl SpeakerFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<SpeakerCondition> {
        let name = match self.name {
            Some(name) => name.matches("filter.name")?,
            None => None,
        };
        Ok(SpeakerCondition { name, wikidata: self.wikidata_id })
    }
}

/// What an organisation must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct OrganisationFilter {
    /// The name; `eq` also takes every alias.
    name: Option<TextFilter>,
    /// What kind of body it is.
    kind: Option<OneOf<OrganisationKind>>,
    /// The country that it belongs to (ISO 3166 alpha-2), for example `"AF"`.
    country: Option<String>,
    /// Directly below one of these.
    parent: Option<OneOf<ID>>,
}

impl OrganisationFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<OrganisationCondition> {
        Ok(OrganisationCondition {
            name: match self.name {
                Some(name) => name.matches("filter.name")?,
                None => None,
            },
            kind: match self.kind {
                Some(kind) => kind.values("filter.kind")?,
                None => None,
            },
            country: self.country,
            parent: match self.parent {
                Some(parent) => ids("filter.parent", parent)?,
                None => None,
            },
        })
    }
}
