//! To whom words are said to belong: what a person types ("UN spokesman Stephane Dujarric", "Obama",
//! "a Taliban spokesman"), and whether somebody on record is meant.

use super::attribution;
use super::person::{
    Likeness, NamedSpeaker, SpeakerReading, is_given_name, name_key, read_speaker,
};
use super::quote::QuoteKind;
use super::reading::{Printed, Reading};
use super::resolution::{ResolvedOrganisation, ResolvedRole, resolve};
use super::vocabulary::{Domain, Function};

/// Who is said to have said it, as far as the words tell.
#[derive(Debug, Clone)]
pub struct Claimant {
    /// The name of a person, without titles.
    pub name: Option<String>,
    named: Option<NamedSpeaker>,
    /// The office.
    pub role: Option<ResolvedRole>,
    /// The body that speaks, or that the office is of.
    pub organisation: Option<ResolvedOrganisation>,
}

impl Claimant {
    /// Understands an attribution as an article would print it. What is not understood is a name: it
    /// is compared with names on record, and made into nobody.
    pub fn read(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if names_nobody(&text) {
            return Self { name: None, named: None, role: None, organisation: None };
        }
        let printed = match attribution::split(&text) {
            found if found.speaker.is_some() || found.role.is_some() => found,
            found if found.organisation.is_some() => found,
            _ => match read_speaker(&text) {
                SpeakerReading::Unnamed { title, .. } => {
                    Printed { role: Some(title), ..Printed::default() }
                }
                _ => Printed { speaker: Some(text.clone()), ..Printed::default() },
            },
        };
        let meant = resolve(&reading(printed));
        // What is printed like a name and is no office is a name that nobody lists ("Inbee Park").
        let listed = matches!(meant.organisation, Some(ResolvedOrganisation::Listed(_)));
        let is_office = |role: &ResolvedRole| is_understood(role) || listed || !may_be_name(&text);
        let role = meant.role.filter(is_office);
        let is_nobody = meant.speaker.is_none() && role.is_none();
        let name = meant.speaker.map(|speaker| speaker.name);
        // What only reads like a body may be a person; bodies are called after people ("John Lewis").
        let is_body = listed && !begins_with_given_name(&text);
        let unread = || (is_nobody && !is_body).then(|| forwards(&text));
        let name = name.or_else(unread);
        let named = name.as_deref().map(|name| NamedSpeaker::read(&capital(name)));
        Self { name, named, role, organisation: meant.organisation }
    }

    /// Whether it tells nothing of who is meant: "she", "unknown", "not Ada Quill".
    pub fn is_nobody(&self) -> bool {
        self.name.is_none() && self.role.is_none() && self.organisation.is_none()
    }

    /// How a name on record stands to that of the person who is named.
    pub fn likeness(&self, name: &str) -> Likeness {
        self.named.as_ref().map_or(Likeness::Another, |own| own.likeness(name))
    }
}

/// Whether an attribution names nobody, or only who it was not.
fn names_nobody(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default().to_lowercase();
    attribution::nobody(text)
        || matches!(first.as_str(), "not" | "nicht" | "pas")
        || text.contains(char::is_alphabetic) && read_speaker(text) == SpeakerReading::Nobody
}

/// Whether words are printed as those of a name: a lone word, or two to five with capitals at both ends
/// and between them nothing but further ones and particles ("Luc Mbah a Moute"). In small letters it
/// begins with a listed given name.
fn may_be_name(text: &str) -> bool {
    const ARTICLES: &[&str] = &["a", "an", "the", "some", "one", "two", "three", "several", "many"];
    const JOINTS: &[&str] =
        &["of", "for", "at", "in", "to", "and", "or", "from", "with", "who", "on", "by", "near"];
    let words: Vec<&str> = text.split(' ').collect();
    let capital = |word: &str| word.contains(char::is_uppercase);
    let shown = |word: &str| capital(word) || begins_with_given_name(text);
    match words.as_slice() {
        [first, .., last] => {
            words.len() <= 5
                && !ARTICLES.contains(&first.to_lowercase().as_str())
                && !words.iter().any(|word| JOINTS.contains(word))
                && shown(first)
                && shown(last)
        }
        alone => alone.len() == 1,
    }
}

/// A name with the family name first ("Quist-Orr, Dana") in the order in which it is spoken.
fn forwards(name: &str) -> String {
    match name.split_once(", ") {
        Some((family, given)) if !given.contains(',') => format!("{given} {family}"),
        _ => name.to_owned(),
    }
}

fn begins_with_given_name(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(first, _)| is_given_name(&name_key(first)))
}

/// A lone word with a capital letter, without which it is no surname; anything else as it is.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if !name.contains(' ') => first.to_uppercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

/// Whether anything is known of what the office is.
fn is_understood(role: &ResolvedRole) -> bool {
    role.function != Function::Unknown || !matches!(role.domain, Domain::Unknown | Domain::None)
}

/// A reading that has an attribution and nothing else.
fn reading(printed: Printed) -> Reading {
    Reading {
        kind: QuoteKind::Direct,
        text: String::new(),
        printed,
        speaker_kind: None,
        cue: None,
        via: None,
        medium: None,
        start: None,
        end: None,
        position: None,
        context_before: None,
        context_after: None,
        said_at: None,
        reported_at: None,
        language: None,
        confidence: None,
        extractor: None,
        wikidata: None,
        external_id: None,
        further_speakers: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_is_taken_apart() {
        let read = Claimant::read("UN spokesman Stephane Dujarric");
        assert_eq!(read.name.as_deref(), Some("Stephane Dujarric"));
        assert!(read.role.is_some());
        assert_eq!(
            read.organisation.map(|o| o.name().to_owned()).as_deref(),
            Some("United Nations")
        );
        let read = Claimant::read("a Taliban spokesman");
        assert_eq!(read.name, None);
        assert_eq!(read.organisation.map(|o| o.name().to_owned()).as_deref(), Some("Taliban"));
        let read = Claimant::read("the World Health Organization");
        assert_eq!((read.name, read.role), (None, None));
        assert!(read.organisation.is_some());
    }

    #[test]
    fn what_is_not_understood_is_a_name() {
        for name in
            ["Naomi\u{a0}Klein", "naomi klein", "KLEIN, Naomi", "Ms. Naomi Klein", "Klein", "klein"]
        {
            let read = Claimant::read(name);
            assert!(read.likeness("Naomi Klein") > Likeness::Another, "{name}: {read:?}");
        }
        for nobody in ["she", "unknown", "None", "not Maria Keller"] {
            assert!(Claimant::read(nobody).is_nobody(), "{nobody}");
        }
        for (name, likeness) in [
            ("Quist-Orr, Dana", Likeness::Perhaps),
            ("Dana Quist Orr", Likeness::Same),
            ("DANA QUIST-ORR", Likeness::Same),
        ] {
            let read = Claimant::read(name);
            assert_eq!(read.likeness("Dana Quist-Orr"), likeness, "{name}: {read:?}");
        }
        assert_eq!(Claimant::read("xyzzy").name.as_deref(), Some("xyzzy"));
        for name in [
            "Inbee Park",
            "Reon Park",
            "Tanner Hall",
            "Katrina vanden Heuvel",
            "Luc Mbah a Moute",
            "In Gee Chun",
            "Joseph D'aleo",
            "D'Arcy Wood",
            "Ban ki-Moon",
            "Les Miles",
            "Walter Reed",
            "John Lewis",
            "Philip Morris",
            "bill de blasio",
        ] {
            let read = Claimant::read(name);
            assert_eq!(read.likeness(name), Likeness::Same, "{name}: {read:?}");
            assert_eq!(read.likeness("Ada Quill"), Likeness::Another, "{name}: {read:?}");
        }
    }

    #[test]
    fn a_description_is_no_name() {
        for description in
            ["fund manager", "Prince of Wales", "a passer-by", "Apple shareholder", "the Taliban"]
        {
            let read = Claimant::read(description);
            assert_eq!(read.name, None, "{read:?}");
        }
    }
}
