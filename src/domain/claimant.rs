//! To whom words are said to belong: what a person types ("UN spokesman Stephane Dujarric", "Obama",
//! "a Taliban spokesman"), and whether somebody on record is meant.

use super::attribution;
use super::person::{Likeness, NamedSpeaker, SpeakerReading, read_speaker};
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
        // A lone word that is no office is a name that somebody typed in small letters ("klein").
        let role = meant.role.filter(|role| text.contains(' ') || is_understood(role));
        let is_nobody = meant.speaker.is_none() && role.is_none();
        let name = meant.speaker.map(|speaker| speaker.name);
        // What only reads like a body ("Inbee Park") may be a person.
        let is_known = matches!(meant.organisation, Some(ResolvedOrganisation::Listed(_)));
        let unread = || (is_nobody && !is_known).then_some(text);
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
        assert_eq!(Claimant::read("xyzzy").name.as_deref(), Some("xyzzy"));
    }
}
