//! Whether two printed names may be of one person, where no article says so.

use super::parts::NameParts;
use super::{SpeakerReading, name_key, read_speaker};

/// How a name that is asked for stands to a known speaker's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Somebody else's name.
    Another,
    /// Perhaps the same person's: a surname or a first name alone, of which nobody knows whose it is.
    Perhaps,
    /// Another form of the same name.
    Same,
}

/// A name that somebody asks for, to be compared with the names of known speakers.
#[derive(Debug, Clone)]
pub struct NamedSpeaker {
    key: String,
    name: Option<NameParts>,
    /// "M. Quill" may be Monsieur Quill.
    monsieur: Option<Box<NamedSpeaker>>,
}

impl NamedSpeaker {
    /// Reads a name as printed, with titles or without.
    pub fn read(printed: &str) -> Self {
        let person = person(printed);
        Self {
            key: name_key(person.as_deref().unwrap_or(printed)),
            name: person.as_deref().and_then(NameParts::read),
            monsieur: printed
                .strip_prefix("M. ")
                .map(|name| Box::new(Self::read(&format!("Mr {}", name.trim_start())))),
        }
    }

    /// Whether a known speaker's name may be another form of this one.
    pub fn is(&self, known: &str) -> bool {
        self.likeness(known) > Likeness::Another
    }

    /// How a known speaker's name stands to this one. The same are a name without titles ("President
    /// Barack Obama") and a spelling with initials, middle names or a nickname more or less. Perhaps the
    /// same are one half of a double name ("Dana Quist" of "Dana Quist-Orr"), a surname alone, with or without a title ("Mr Obama"), but not "Mrs Obama" and Barack, and
    /// a first name alone ("Barack", "Francis"). Two who share a surname are two ("Michelle Obama"), and
    /// so are father and son ("Jr.").
    pub fn likeness(&self, known: &str) -> Likeness {
        let monsieur = || self.monsieur.as_ref().map_or(Likeness::Another, |it| it.likeness(known));
        self.own_likeness(known).max(monsieur())
    }

    fn own_likeness(&self, known: &str) -> Likeness {
        let key = name_key(known);
        if key == self.key {
            return Likeness::Same;
        }
        // To take a name apart takes its time, and most names share no word.
        let shares = |word: &str| self.key.split(' ').any(|own| own == word);
        if !key.split(' ').any(shares) {
            return Likeness::Another;
        }
        let other = Self::read(known);
        if other.key == self.key {
            return Likeness::Same;
        }
        let Some((one, other)) = self.name.as_ref().zip(other.name.as_ref()) else {
            return Likeness::Another;
        };
        if one.contradicts(other) {
            return Likeness::Another;
        }
        let perhaps = match (one.is_short(), other.is_short()) {
            (true, true) => one.is_same_surname(other),
            (true, false) => other.bears(one),
            (false, true) => one.bears(other),
            (false, false) if one.is_spelling_of(other) => return Likeness::Same,
            (false, false) => one.has_half_of(other) || other.has_half_of(one),
        };
        match perhaps || one.is_first_name_of(other) || other.is_first_name_of(one) {
            true => Likeness::Perhaps,
            false => Likeness::Another,
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
    use super::{Likeness, NamedSpeaker};

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
    fn a_surname_or_a_first_name_alone_is_perhaps_the_same() {
        for (asked, known, likeness) in [
            ("Quill", "Ada Quill", Likeness::Perhaps),
            ("Mrs Quill", "Ada Quill", Likeness::Perhaps),
            ("President Obama", "Michelle Obama", Likeness::Perhaps),
            ("Barack", "Barack Obama", Likeness::Perhaps),
            ("Francis", "Pope Francis", Likeness::Perhaps),
            ("M. Macron", "Emmanuel Macron", Likeness::Perhaps),
            ("M. Emmanuel Macron", "Emmanuel Macron", Likeness::Same),
            ("Ada B. Quill", "Ada Quill", Likeness::Same),
            ("Dana Quist", "Dana Quist-Orr", Likeness::Perhaps),
            ("Dana Orr", "Dana Quist-Orr", Likeness::Perhaps),
            ("Bob Quist", "Dana Quist-Orr", Likeness::Another),
            ("Mrs Clinton", "Bill Clinton", Likeness::Another),
        ] {
            assert_eq!(NamedSpeaker::read(asked).likeness(known), likeness, "{asked}, {known}");
        }
    }

    #[test]
    fn another_name_is_another_speaker() {
        for (asked, known) in [
            ("Ada Quill", "Bob Quill"),
            ("Ada Quill", "Ada Stone"),
            ("Bob Quill Jr.", "Bob Quill"),
            ("Mrs Quill", "Bob Quill"),
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
