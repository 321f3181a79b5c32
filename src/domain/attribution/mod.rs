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
use super::vocabulary::{Function, OrganisationKind};
use source::Source;

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
    let found = source::of(whole).map(named).unwrap_or_default();
    let bare = found.speaker.as_deref() == Some(whole);
    Printed { attribution: (!bare).then(|| whole.to_owned()), ..found }
}

/// What a source names; of the attribution nothing yet.
fn named(source: Source<'_>) -> Printed {
    match read_speaker(source.text) {
        SpeakerReading::Person { name, title, organisation } => {
            match source.is_certain(&name) && is_bare(&name) {
                true => person(source.text, name, title, organisation),
                false => Printed::default(),
            }
        }
        SpeakerReading::Organisation(name) => {
            Printed { organisation: Some(name), ..Printed::default() }
        }
        SpeakerReading::Unnamed { title, group } => {
            let meaning = understand(Some(&title), None);
            let role = without_article(&title);
            // "police" are people, "court documents" are not.
            let is_crowd = group
                && !role.contains(' ')
                && meaning.organisation_kind != OrganisationKind::Unknown;
            let is_role = (meaning.function != Function::Unknown || is_crowd)
                && !source::is_joined_to_person(&title);
            Printed { role: is_role.then_some(role), ..Printed::default() }
        }
        SpeakerReading::Nobody => Printed::default(),
    }
}

/// Whether a name is read as itself. One that has a title in it ("UN Ada President") is none to be
/// certain of.
fn is_bare(name: &str) -> bool {
    matches!(read_speaker(name), SpeakerReading::Person { name: again, .. } if again == name)
}

/// A person, and what of the text around the name is about them.
fn person(
    text: &str,
    name: String,
    title: Option<String>,
    organisation: Option<String>,
) -> Printed {
    let Some((_, behind)) = text.split_once(name.as_str()) else {
        // A name that the reading puts in order ("Quill, Ada") stays as it is printed.
        let role = title.map(|title| without_article(&title));
        return Printed { speaker: Some(text.trim().to_owned()), role, ..Printed::default() };
    };
    let behind = behind.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_clause = |title: &String| behind.contains(title) && !source::is_apposition(title);
    if title.as_ref().is_some_and(is_clause) {
        return Printed { speaker: Some(name), ..Printed::default() };
    }
    // "Ada Quill and her husband, Bob Stone": who knows which of them is meant.
    if title.as_ref().is_some_and(|it| !behind.contains(it) && source::is_joined_to_person(it)) {
        return Printed::default();
    }
    let is_part = |body: &String| title.as_ref().is_some_and(|title| title.contains(body.as_str()));
    let apart = organisation.filter(|body| !is_part(body)).or_else(|| body_apart(&behind));
    let role = title.as_deref().map(|title| {
        let end = source::another_person(title).unwrap_or(title.len());
        without_article(title[..end].trim_end_matches([',', ' ']))
    });
    Printed {
        speaker: Some(name),
        role: role.filter(|role| !role.is_empty()),
        organisation: apart.filter(|body| !source::is_place(body)),
        attribution: None,
    }
}

/// The organisation that stands alone behind a name: "(Greenpeace)", ", of the WHO". A name that
/// nobody knows, of no known kind, may be anything.
fn body_apart(behind: &str) -> Option<String> {
    let body = role::behind_preposition(behind);
    let is_known = match organisation::read(body) {
        organisation::Reading::Known(_) | organisation::Reading::Ambiguous(_) => true,
        organisation::Reading::Unlisted { kind, .. } => kind != OrganisationKind::Unknown,
        organisation::Reading::Nothing => false,
    };
    match read_speaker(body) {
        SpeakerReading::Organisation(name) if is_known => Some(name),
        _ => None,
    }
}

/// A title without its article ("a Taliban spokesman"), as far as it means the same without: "late
/// mayor" is another thing than "the late mayor", and "group of residents" not several people.
fn without_article(title: &str) -> String {
    let meaning = |title| (understand(Some(title), None), is_plural_source(title));
    let mut bare = title;
    loop {
        let next = role::without_article(bare);
        if next == bare || meaning(next) != meaning(title) {
            return bare.to_owned();
        }
        bare = next;
    }
}

#[cfg(test)]
mod tests;
