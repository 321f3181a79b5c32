//! `Facet`: how much there is of each value of a dimension.

use std::collections::HashMap;

use async_graphql::SimpleObject;

use crate::domain::facet::FacetDimension;
use crate::domain::id::Id;
use crate::graphql::load;
use crate::graphql::organisation::Organisation;
use crate::graphql::speaker::Speaker;
use crate::graphql::wanted::Wanted;
use crate::store::aggregate::{self, Value};
use crate::store::dialect::Connection;
use crate::store::{self, organisation, speaker};

/// How much there is of each value of a dimension, the most frequent values first. All counts are
/// exact.
#[derive(SimpleObject, Clone)]
pub struct Facet {
    /// What is counted by.
    by: FacetDimension,
    /// The most frequent values; equally frequent ones by id or word.
    values: Vec<FacetValue>,
    /// How many values there are beyond these.
    further_values: i64,
    /// How many of what is counted have no value: quotes without a speaker, for example. A statement
    /// has one where any of the quotes that it is counted by has.
    none: i64,
}

/// One value of a dimension and how much there is of it.
#[derive(SimpleObject, Clone)]
pub struct FacetValue {
    /// The value as filters take it: the id of a speaker or an organisation, else a word.
    value: String,
    /// The value as people read it: a name; else the word in small letters.
    label: String,
    /// How many quotes, or statements, there are of it.
    count: i64,
    /// The speaker, in a facet by `SPEAKER`.
    speaker: Option<Speaker>,
    /// The organisation, in a facet by `ORGANISATION` or `PUBLISHER`.
    organisation: Option<Organisation>,
}

/// Facets with whom their values are, and what is wanted of them.
pub fn nodes(
    connection: &mut Connection,
    facets: Vec<aggregate::Facet>,
    wanted: &Wanted,
) -> store::Result<Vec<Facet>> {
    let mut ids: Vec<Id> = Vec::new();
    for (value, _) in facets.iter().flat_map(|facet| &facet.values) {
        if let Value::Id(id) = value {
            ids.push(*id);
        }
    }
    let of = |by: FacetDimension| facets.iter().any(|facet| facet.by == by);
    let mut speakers: HashMap<Id, Speaker> = HashMap::new();
    if of(FacetDimension::Speaker) {
        let rows = speaker::by_id(connection, &ids)?;
        let wanted = wanted.below("speaker").cloned().unwrap_or_default();
        let found = load::speakers(connection, rows, &wanted)?;
        speakers.extend(found.into_iter().map(|node| (node.row.id, node)));
    }
    let mut organisations: HashMap<Id, Organisation> = HashMap::new();
    if of(FacetDimension::Organisation) || of(FacetDimension::Publisher) {
        let rows = organisation::by_id(connection, &ids)?;
        let wanted = wanted.below("organisation").cloned().unwrap_or_default();
        let found = load::organisations(connection, rows, &wanted)?;
        organisations.extend(found.into_iter().map(|node| (node.row.id, node)));
    }
    let node = |by: FacetDimension, value: Value, count: i64| match value {
        Value::Word(value) => {
            let label = by.label(&value);
            FacetValue { value, label, count, speaker: None, organisation: None }
        }
        Value::Id(id) => {
            let (speaker, organisation) =
                (speakers.get(&id).cloned(), organisations.get(&id).cloned());
            let name = speaker.as_ref().map(|node| &node.row.name);
            let name = name.or_else(|| organisation.as_ref().map(|node| &node.row.name));
            let label = name.cloned().unwrap_or_default();
            FacetValue { value: id.to_string(), label, count, speaker, organisation }
        }
    };
    let facet = |facet: aggregate::Facet| Facet {
        by: facet.by,
        values: facet
            .values
            .into_iter()
            .map(|(value, count)| node(facet.by, value, count))
            .collect(),
        further_values: facet.further,
        none: facet.none,
    };
    Ok(facets.into_iter().map(facet).collect())
}
