//! A quote: `Quotation`.

use serde_json::Value;

use super::article::article;
use super::{Thing, document, named, one_or_all};
use crate::domain::quote::{QuoteKind, SpeakerKind};
use crate::server::pages::caveats;
use crate::server::pages::data::{Identified, Quote, Relation};
use crate::server::pages::site::{Site, path};

/// A quote with all that its page knows.
pub fn quote(site: &Site, quote: &Quote) -> Value {
    let statement =
        quote.statement.as_ref().map(|statement| Thing::of("Quotation").at(site, statement.id));
    let thing = print(site, quote, quote.contradictions())
        .with("version", quote.version.as_deref())
        .with("exampleOfWork", statement.map(Value::from));
    document(thing)
}

/// What every page tells of a quote.
///
/// `spokenByCharacter` is to whom the containing work attributes the words, which is what is known.
/// `creator` says who made them: that holds of direct quotes about which nothing is open. `isBasedOn` is
/// what schema.org has for a quotation's source, `description` for what speaks against the rest.
pub fn print(site: &Site, quote: &Quote, contradictions: &[Relation]) -> Thing {
    let is_open = caveats::is_open(quote) || !contradictions.is_empty();
    let own_words = quote.kind == QuoteKind::Direct && !is_open;
    let caveats = caveats::of(quote);
    let creators = speakers(site, quote);
    Thing::of("Quotation")
        .at(site, quote.id)
        .with("url", site.address(&path(&quote.id)))
        .with("identifier", quote.id.to_string())
        .with("text", quote.text.as_str())
        .with("inLanguage", quote.language.as_deref())
        .with("spokenByCharacter", source(site, quote))
        .with("creator", own_words.then(|| one_or_all(creators)))
        .with("creditText", quote.attributed())
        .with("description", (!caveats.is_empty()).then(|| caveats.join(" ")))
        .with("dateCreated", quote.said().map(|date| date.to_string()))
        .with("datePublished", quote.reported().map(|date| date.to_string()))
        .with("isBasedOn", quote.article.as_ref().map(|of| article(site, of)))
}

/// To whom the article attributes the words: the speaker in the role of then, with those who said it
/// too; else the organisation in whose name somebody unnamed speaks; nobody for a document, and where
/// no source is named.
fn source(site: &Site, quote: &Quote) -> Value {
    match (&quote.speaker, &quote.organisation, quote.speaker_kind) {
        (Some(speaker), organisation, _) => {
            let mut all = vec![in_role(site, quote, speaker, organisation.as_ref())];
            all.extend(joined(quote));
            one_or_all(all)
        }
        (None, Some(organisation), SpeakerKind::Organisation) => body(site, organisation).into(),
        (
            None,
            Some(organisation),
            SpeakerKind::UnnamedIndividual | SpeakerKind::UnnamedGroup | SpeakerKind::Person,
        ) => {
            let role = quote.role_then().or(quote.printed.attribution.as_deref());
            let body = Value::from(body(site, organisation));
            match role {
                Some(role) => Thing::of("OrganizationRole")
                    .with("roleName", role)
                    .with("spokenByCharacter", body)
                    .into(),
                None => body,
            }
        }
        _ => Value::Null,
    }
}

/// A speaker in the role of then. It is told of the person's affiliation where there is an
/// organisation, else of the speaking: neither says what the person is today.
fn in_role(
    site: &Site,
    quote: &Quote,
    speaker: &Identified,
    organisation: Option<&Identified>,
) -> Value {
    let person = person(site, speaker);
    match (organisation, quote.role_then()) {
        (Some(organisation), role) => {
            let affiliation = Thing::of("OrganizationRole")
                .with("roleName", role)
                .with("description", caveats::conflict(quote))
                .with("affiliation", body(site, organisation));
            person.with("affiliation", affiliation).into()
        }
        (None, Some(role)) => {
            let role = Thing::of("Role").with("roleName", role);
            role.with("description", caveats::conflict(quote))
                .with("spokenByCharacter", person)
                .into()
        }
        (None, None) => person.into(),
    }
}

/// Whose own words they are, where they are anybody's.
fn speakers(site: &Site, quote: &Quote) -> Vec<Value> {
    match (&quote.speaker, &quote.organisation, quote.speaker_kind) {
        (Some(speaker), ..) => {
            let mut all = vec![person(site, speaker).into()];
            all.extend(joined(quote));
            all
        }
        (None, Some(organisation), SpeakerKind::Organisation) => {
            vec![body(site, organisation).into()]
        }
        _ => Vec::new(),
    }
}

/// Those who said it together with the speaker, by the names that the article prints. Who was merely
/// weighed instead of the speaker is nobody here.
fn joined(quote: &Quote) -> impl Iterator<Item = Value> {
    quote.joint().map(|name| Thing::of("Person").with("name", name).into())
}

fn person(site: &Site, speaker: &Identified) -> Thing {
    named("Person", site, speaker)
}

fn body(site: &Site, organisation: &Identified) -> Thing {
    named("Organization", site, organisation)
}
