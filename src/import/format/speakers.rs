//! Who says a quote, where an extractor gives what is printed beside it and what it takes that to
//! refer to.
//!
//! What is printed decides. What an extractor resolves it to is its opinion, and is wrong often enough
//! that it may name a pronoun of one person ("she" → "Ada Quill") and complete a surname ("Quill" →
//! "Ada Quill"), and no more. Any other name is a further speaker, said by the one or the other: beside
//! a name that it contradicts, beside "they", and beside a description ("the report", "the boy").

use crate::domain::attribution::{nobody, split};
use crate::domain::person::{FullName, full_name, is_short, name_key};
use crate::domain::quote::FurtherSpeakerMode;
use crate::domain::reading::{FurtherSpeaker, Printed};

/// Pronouns of one person who speaks or is spoken of, in the languages that printed speakers are
/// understood in. "They", "it", "you" and "on" may be several people, or none.
const PRONOUNS: [&str; 27] = [
    "i", "me", "myself", "he", "him", "his", "himself", "she", "her", "hers", "herself", // en
    "ich", "mich", "mir", "er", "ihn", "ihm", "sie", // de
    "je", "moi", "il", "lui", "elle", // fr
    "yo", "él", "ella", "mí", // es
];

/// Whether a mention is a pronoun of one person.
pub fn is_pronoun(mention: &str) -> bool {
    let bare = mention.trim_matches(|c: char| !c.is_alphabetic());
    bare.len() <= 8 && PRONOUNS.contains(&bare.to_lowercase().as_str())
}

/// Who says a quote.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Speakers {
    /// The first speaker.
    pub printed: Printed,
    /// Whom else the extractor names.
    pub further: Vec<FurtherSpeaker>,
}

impl Speakers {
    /// The speaker of a quote beside which `mention` is printed, of which an extractor says that it
    /// refers to `referents`.
    pub fn of<'a>(mention: Option<&str>, referents: impl IntoIterator<Item = &'a str>) -> Self {
        let mention = mention.map(str::trim).filter(|mention| !nobody(mention));
        let mut printed = mention.map(split).unwrap_or_default();
        let mut names: Vec<String> = Vec::new();
        for name in referents.into_iter().filter_map(|referent| split(referent).speaker) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let is_pronoun = mention.is_some_and(is_pronoun);
        let meant = match printed.speaker.as_deref() {
            Some(name) => full(name, &names),
            None if is_pronoun => only(&names),
            None => None,
        };
        if let Some(meant) = meant {
            printed.attribution = printed.attribution.or_else(|| mention.map(str::to_owned));
            printed.speaker = Some(meant);
        }
        let speaker = printed.speaker.clone();
        let other = |name: &String| speaker.as_ref().is_none_or(|speaker| !one(speaker, name));
        let further = names.into_iter().filter(other).map(alternative).collect();
        Self { printed, further }
    }

    /// Adds somebody who says it too.
    pub fn joined_by(&mut self, mention: &str) {
        self.joined_by_meaning(mention, []);
    }

    /// The same, of whom an extractor says that the mention refers to `referents`.
    pub fn joined_by_meaning<'a>(
        &mut self,
        mention: &str,
        referents: impl IntoIterator<Item = &'a str>,
    ) {
        if !nobody(mention) {
            let Self { printed, further } = Self::of(Some(mention), referents);
            let name = printed.speaker.or(printed.organisation);
            let name = Some(name.unwrap_or_else(|| mention.trim().to_owned()));
            let mode = FurtherSpeakerMode::Joint;
            self.further.push(FurtherSpeaker { mode, name, probability: None });
            self.further.extend(further);
        }
    }
}

/// The full name among these that a surname alone means.
fn full(short: &str, names: &[String]) -> Option<String> {
    match full_name(short, names.iter().map(String::as_str)) {
        FullName::Only(full) => Some(full.to_owned()),
        FullName::Several | FullName::None => None,
    }
}

/// The fullest of these names, where all are one person's.
pub fn only(names: &[String]) -> Option<String> {
    let (short, full): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| is_short(name));
    let fullest = full.iter().max_by_key(|name| (name.len(), name.as_str()));
    let fullest = fullest.or_else(|| short.first())?;
    let others = names.iter().filter(|name| *name != *fullest);
    others.into_iter().all(|name| one(fullest, name)).then(|| (*fullest).clone())
}

/// Whether these are names of one person, as far as they say.
fn one(name: &str, other: &str) -> bool {
    let means = |short, full| matches!(full_name(short, [full]), FullName::Only(_));
    name_key(name) == name_key(other) || means(name, other) || means(other, name)
}

fn alternative(name: String) -> FurtherSpeaker {
    let mode = FurtherSpeakerMode::Alternative;
    FurtherSpeaker { mode, name: Some(name), probability: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mention: &str, referents: &[&str]) -> (Option<String>, Option<String>, Vec<String>) {
        let Speakers { printed, further } = Speakers::of(Some(mention), referents.iter().copied());
        let further = further.into_iter().filter_map(|further| further.name).collect();
        (printed.speaker, printed.attribution, further)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_pronoun_is_named_and_a_surname_completed() {
        assert_eq!(of("she", &["Ada Quill"]), (some("Ada Quill"), some("she"), vec![]));
        assert_eq!(of("Quill", &["Ada Quill"]), (some("Ada Quill"), some("Quill"), vec![]));
        assert_eq!(of("Ada Quill", &["Quill"]), (some("Ada Quill"), None, vec![]));
        assert_eq!(of("she", &["she", "Quill", "Ada Quill"]).0, some("Ada Quill"));
    }

    #[test]
    fn what_is_no_pronoun_of_one_person_is_named_by_nobody() {
        for mention in ["the report", "the boy", "they", "It", "his mother", "we", "the mayor"] {
            let (speaker, _, further) = of(mention, &["Bo Carver"]);
            assert_eq!((speaker, further), (None, vec!["Bo Carver".into()]), "{mention}");
        }
        for mention in ["She", "he,", "I", "ER", "Elle", "él"] {
            assert_eq!(of(mention, &["Bo Carver"]).0, some("Bo Carver"), "{mention}");
        }
    }

    #[test]
    fn pronouns_are_no_names() {
        for pronoun in PRONOUNS {
            assert_eq!(split(pronoun).speaker, None, "{pronoun}");
        }
    }

    #[test]
    fn another_name_than_the_printed_one_is_an_alternative() {
        assert_eq!(of("Ada Quill", &["Carver"]), (some("Ada Quill"), None, vec!["Carver".into()]));
        let both = vec!["Ada Quill".to_owned(), "Bo Carver".to_owned()];
        assert_eq!(of("they", &["Ada Quill", "Bo Carver"]), (None, some("they"), both));
    }

    #[test]
    fn nobody_says_nothing_and_a_pronoun_refers_to_no_name() {
        assert_eq!(of("Unknown", &["he"]), (None, None, vec![]));
        assert_eq!(of("Unknown", &["Ada Quill"]), (None, None, vec!["Ada Quill".into()]));
        assert_eq!(of("Quill", &["she"]), (some("Quill"), None, vec![]));
        assert_eq!(of("his", &["his"]).0, None);
    }
}
