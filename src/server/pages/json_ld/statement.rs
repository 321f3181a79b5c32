//! A statement: a `Quotation` of which its quotes are examples.
//!
//! `Claim` would name its appearances too, but is "a specific, factually-oriented claim": whether words
//! claim a fact is not known here.

use serde_json::Value;

use super::quote::print;
use super::{Thing, document, named};
use crate::domain::quote::SpeakerKind;
use crate::server::pages::caveats;
use crate::server::pages::data::Statement;
use crate::server::pages::site::{Site, path};

/// A statement with the quotes of it that its page shows.
pub fn statement(site: &Site, statement: &Statement) -> Value {
    let contradictions = &statement.contradictions;
    let quotes = statement.quotes.nodes.iter();
    let quotes: Vec<Value> =
        quotes.map(|quote| print(site, quote, contradictions).into()).collect();
    let source = match (&statement.speaker, &statement.organisation, statement.speaker_kind) {
        (Some(speaker), ..) => Some(named("Person", site, speaker)),
        (None, Some(body), SpeakerKind::Organisation) => Some(named("Organization", site, body)),
        _ => None,
    };
    let thing = Thing::of("Quotation")
        .at(site, statement.id)
        .with("url", site.address(&path(&statement.id)))
        .with("identifier", statement.id.to_string())
        .with("text", statement.text.as_str())
        .with("spokenByCharacter", source.map(Value::from))
        .with("description", caveats::disputed(contradictions))
        .with("workExample", quotes);
    document(thing)
}
