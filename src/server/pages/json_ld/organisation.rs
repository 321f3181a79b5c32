//! An organisation: `Organization`.

use serde_json::Value;

use super::tenure::tenure;
use super::{Thing, document};
use crate::server::pages::data::Organisation;
use crate::server::pages::site::{Site, path};

/// An organisation with those who spoke in a role at it.
pub fn organisation(site: &Site, organisation: &Organisation) -> Value {
    let others: Vec<Value> =
        organisation.aliases.iter().map(|alias| alias.name.as_str().into()).collect();
    let holders = organisation.office_holders.nodes.iter().filter_map(|held| {
        let who = held.speaker.as_ref()?;
        let person = Thing::of("Person").at(site, who.id).with("name", who.name.as_str());
        Some(tenure(held, "member", person))
    });
    let parent = organisation.parent.as_ref().map(|parent| {
        Thing::of("Organization").at(site, parent.id).with("name", parent.name.as_str())
    });
    let thing = Thing::of("Organization")
        .at(site, organisation.id)
        .with("url", site.address(&path(&organisation.id)))
        .with("identifier", organisation.id.to_string())
        .with("name", organisation.name.as_str())
        .with("alternateName", others)
        .on_wikidata(organisation.wikidata_id.as_deref())
        .with("parentOrganization", parent.map(Value::from))
        .with("member", holders.collect::<Vec<Value>>());
    document(thing)
}
