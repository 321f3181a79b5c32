//! Whether two printed names may be of one person, where no article says so.

use super::parts::NameParts;
use super::{SpeakerReading, name_key, read_speaker};

/// A name that somebody asks for, to be compared with the names of known speakers.
#[derive(Debug, Clone)]
pub struct NamedSpeaker {
    key: String,
    name: Option<NameParts>,
}

impl NamedSpeaker {
    /// Reads a name as printed, with titles or without.
    pub fn read(printed: &str) -> Self {
        let person = person(printed);
        Self {
            key: name_key(person.as_deref().unwrap_or(printed)),
            name: person.as_deref().and_then(NameParts::read),
        }
    }

    /// Whether a known speaker's name is another form of this one: the same name without titles
    /// ("President Barack Obama"), the surname alone, with or without a title ("Mr Obama"), or a
    /// spelling with initials, middle names or a nickname more or less. Two who share a surname alone
    /// are two ("Michelle Obama"), and so are father and son ("Jr.").
    pub fn is(&self, known: &str) -> bool {
        let key = name_key(known);
        if key == self.key {
            return true;
        }
        // To take a name apart takes its time, and most names share no word.
        let shares = |word: &str| self.key.split(' ').any(|own| own == word);
        if !key.split(' ').any(shares) {
            return false;
        }
        let other = Self::read(known);
        if other.key == self.key {
            return true;
        }
        let Some((one, other)) = self.name.as_ref().zip(other.name.as_ref()) else { return false };
        match (one.is_short(), other.is_short()) {
            (true, true) => one.is_same_surname(other),
            (true, false) => other.bears(one),
            (false, true) => one.bears(other),
            (false, false) => one.is_spelling_of(other),
        }
    }
}

fn person(printed: &str) -> Option<String> {
    match read_speaker(printed) {
        SpeakerReading::Person { name, .. } => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::NamedSpeaker;

    #[test]
    fn another_form_of_a_name_is_the_same_speaker() {
        for (asked, known) in [
            ("President Ada Quill", "Ada Quill"),
            ("ADA QUILL", "Ada Quill"),
            ("Quill", "Ada Quill"),
            ("Mr Quill", "President Quill"),
            ("President Quill", "Bob Quill"),
            ("Ada B. Quill", "Ada Quill"),
            ("Sen. Bob Quill", "Bob \"Bobby\" Quill"),
            ("Stéphane Dujarric", "Stephane Dujarric"),
            ("Mr Ban", "Ban Ki-moon"),
            ("the WHO", "the WHO"),
        ] {
            assert!(NamedSpeaker::read(asked).is(known), "{asked} is {known}");
            assert!(NamedSpeaker::read(known).is(asked), "{known} is {asked}");
        }
    }

    #[test]
    fn another_name_is_another_speaker() {
        for (asked, known) in [
            ("Ada Quill", "Bob Quill"),
            ("Ada Quill", "Ada Stone"),
            ("Bob Quill Jr.", "Bob Quill"),
            ("Ada", "Ada Quill"),
            ("Ada B. Quill", "Ada C. Quill"),
            ("Pope Francis", "Ada Francis"),
            ("a spokesman", "Ada Quill"),
            ("", "Ada Quill"),
        ] {
            assert!(!NamedSpeaker::read(asked).is(known), "{asked} is not {known}");
            assert!(!NamedSpeaker::read(known).is(asked), "{known} is not {asked}");
        }
    }
}
