//! The one string that an extractor gives for a source, taken apart: name, role and organisation.
//!
//! "Ada Quill, a spokeswoman for the WHO," holds all three, "she" none, and "None" was never
//! printed. What names and titles are `person` and `role` know; here stands only what is allowed
//! to be concluded, and that the print survives.

mod nobody;
mod source;

pub use nobody::nobody;

use super::organisation;
use super::person::{SpeakerReading, is_plural_source, read_speaker};
use super::reading::Printed;
use super::role::{self, understand};
use super::vocabulary::Function;

/// Takes the printed string of a source apart.
///
/// - `attribution` is the whole string, save white space around it, wherever it is more than the
///   name in `speaker`. Nothing else is kept of an extractor's word for [`nobody`].
/// - `speaker` is the name of a person, as printed: a single name keeps its title ("President
///   Quill"). Where it is not certain that a person is named, it is empty: pronouns, crowds,
///   papers, words that ran together.
/// - `role` is the title before or behind the name, or the description of a source without one
///   ("Taliban spokesman"), without the article before it.
/// - `organisation` is one that speaks, or that stands beside name and title as a thing of its own
///   ("of the WHO"). In "UN spokesman" it is part of the title, and of the title alone.
///
/// Of two who are joined the first is the speaker.
pub fn split(printed: &str) -> Printed {
    let whole = printed.trim();
    if nobody(whole) {
        return Printed::default();
    }
    let mut found = source::of(whole).map(named).unwrap_or_default();
    // A name that the reading has put in order ("Quill, Ada") stays as it is printed.
    if found.speaker.as_deref().is_some_and(|name| !whole.contains(name)) {
        found.speaker = Some(whole.to_owned());
    }
    let bare = found.speaker.as_deref() == Some(whole);
    Printed { attribution: (!bare).then(|| whole.to_owned()), ..found }
}

/// What a source names; of the attribution nothing yet.
fn named(source: source::Source<'_>) -> Printed {
    let text = source.text;
    match read_speaker(text) {
        SpeakerReading::Person { .. } if source.is_thing => Printed::default(),
        SpeakerReading::Person { name, title, organisation } => {
            let beside = text.split_once(name.as_str()).map(|(_, behind)| behind);
            let is_behind = |title: &str| beside.is_some_and(|behind| behind.contains(title));
            let title = title.filter(|title| !is_behind(title) || source::is_apposition(title));
            let apart = organisation
                .filter(|body| title.as_ref().is_none_or(|title| !title.contains(body.as_str())))
                .or_else(|| beside.filter(|behind| !behind.is_empty()).and_then(body_apart))
                .filter(|body| !source::is_place(body));
            Printed {
                speaker: Some(name),
                role: title.map(|title| without_article(&title)),
                organisation: apart,
                attribution: None,
            }
        }
        SpeakerReading::Organisation(name) => {
            Printed { organisation: Some(name), ..Printed::default() }
        }
        SpeakerReading::Unnamed { title, .. } => {
            let is_role = understand(Some(&title), None).function != Function::Unknown;
            Printed { role: is_role.then(|| without_article(&title)), ..Printed::default() }
        }
        SpeakerReading::Nobody => Printed::default(),
    }
}

/// The organisation that stands alone behind a name: "(Greenpeace)", ", of the WHO".
fn body_apart(behind: &str) -> Option<String> {
    let body = role::behind_preposition(behind);
    match (organisation::read(body), read_speaker(body)) {
        (
            organisation::Reading::Known(_) | organisation::Reading::Ambiguous(_),
            SpeakerReading::Organisation(name),
        ) => Some(name),
        (organisation::Reading::Unlisted { kind, .. }, SpeakerReading::Organisation(name))
            if kind != super::vocabulary::OrganisationKind::Unknown =>
        {
            Some(name)
        }
        _ => None,
    }
}

/// A title without its article ("a Taliban spokesman"), where it means the same without: "the late
/// mayor" does not.
fn without_article(title: &str) -> String {
    let bare = role::without_article(title);
    let same = understand(Some(bare), None) == understand(Some(title), None)
        && is_plural_source(bare) == is_plural_source(title);
    if same { bare } else { title }.to_owned()
}

#[cfg(test)]
mod tests;
