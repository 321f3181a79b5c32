//! A speaker: `Person`.

use serde_json::Value;

use super::tenure::tenure;
use super::{Thing, document};
use crate::server::pages::data::Speaker;
use crate::server::pages::site::{Site, path};

/// A speaker with the roles that the page shows.
pub fn speaker(site: &Site, speaker: &Speaker) -> Value {
    let names = speaker.known_as.iter().map(|alias| &alias.name);
    let others: Vec<Value> =
        names.filter(|name| **name != speaker.name).map(|name| name.as_str().into()).collect();
    let roles = speaker.tenures.nodes.iter().filter_map(|held| {
        let at = held.organisation.as_ref()?;
        let body = Thing::of("Organization").at(site, at.id).with("name", at.name.as_str());
        Some(tenure(held, "affiliation", body))
    });
    let thing = Thing::of("Person")
        .at(site, speaker.id)
        .with("url", site.address(&path(&speaker.id)))
        .with("identifier", speaker.id.to_string())
        .with("name", speaker.name.as_str())
        .with("alternateName", others)
        .on_wikidata(speaker.wikidata_id.as_deref())
        .with("affiliation", roles.collect::<Vec<Value>>());
    document(thing)
}
