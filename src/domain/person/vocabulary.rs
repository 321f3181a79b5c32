//! The words of names and of crowds, as `data/names.tsv` lists them.

use super::name_key;
use crate::domain::organisation::tsv::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

const NAMES: &str = include_str!("../data/names.tsv");

/// What a word can be in the name or the description of a source. A word may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Small words inside names: "van der Linden", "bin Salman", "de León".
    Particle,
    /// Titles that stay with the name: of monarchs, princes and popes, who are called by them.
    Regnal,
    /// Title words that are given names or surnames as often: "Major Garrett", "Dean Baker",
    /// "Bishop Briggs", "Earl Grey". They are titles only before two further names or "of".
    GivenTitle,
    /// Those of them that are hardly ever titles even before two names: "Earl Ray Tomblin".
    RarelyTitle,
    /// What tells father from son, and monarchs apart: part of the name.
    Generation,
    /// Degrees and honours behind a name, and no part of it.
    Degree,
    /// Bodies that are surnames too: "Charlotte Church", "Margaret Court".
    BodySurname,
    /// Last words of the names of events, places, papers and bodies: "Super Bowl".
    Thing,
    /// First words of such names: "Mount Quill", "Hurricane Ada".
    ThingFirst,
    /// Such names of one word: "Christmas".
    Event,
    /// Pronouns, forms of address, and what stands where nobody is named.
    Nobody,
    /// Words that say at the beginning how many there are.
    Many,
    /// Nouns that are one person in spite of their last letter.
    One,
    /// Nouns that are several people without an ending that says so.
    Several,
    /// Nouns that are one person whom nobody names: "Woman", "Teammate".
    Somebody,
    /// Nouns that are several people behind "a": "a group of residents".
    Collective,
    /// Given names of men alone.
    MaleName,
    /// Given names of women alone.
    FemaleName,
    /// Given names of both, or of nobody knows whom.
    GivenName,
    /// Family names that stand first in Chinese and Korean names: "Xi Jinping".
    FamilyFirst,
    /// Particles that begin names when they have a capital: "Ben Quill", "Al Gore".
    GivenParticle,
    /// Honorifics of men: "Mr", "Herr".
    MaleHonorific,
    /// Honorifics of women: "Mrs", "Mme".
    FemaleHonorific,
}

const CLASSES: [(&str, Class); 23] = [
    ("PARTICLE", Class::Particle),
    ("REGNAL", Class::Regnal),
    ("GIVEN_TITLE", Class::GivenTitle),
    ("RARELY_TITLE", Class::RarelyTitle),
    ("GENERATION", Class::Generation),
    ("DEGREE", Class::Degree),
    ("BODY_SURNAME", Class::BodySurname),
    ("THING", Class::Thing),
    ("THING_FIRST", Class::ThingFirst),
    ("EVENT", Class::Event),
    ("NOBODY", Class::Nobody),
    ("MANY", Class::Many),
    ("ONE", Class::One),
    ("SEVERAL", Class::Several),
    ("SOMEBODY", Class::Somebody),
    ("COLLECTIVE", Class::Collective),
    ("MALE_NAME", Class::MaleName),
    ("FEMALE_NAME", Class::FemaleName),
    ("GIVEN_NAME", Class::GivenName),
    ("FAMILY_FIRST", Class::FamilyFirst),
    ("GIVEN_PARTICLE", Class::GivenParticle),
    ("MALE_HONORIFIC", Class::MaleHonorific),
    ("FEMALE_HONORIFIC", Class::FemaleHonorific),
];

/// Whether a folded word is listed as a given name.
pub(crate) fn is_given_name(fold: &str) -> bool {
    Class::GivenName.has(fold) || Class::MaleName.has(fold) || Class::FemaleName.has(fold)
}

/// The classes of each word, a bit for each.
static WORDS: LazyLock<HashMap<String, u32>> = LazyLock::new(|| {
    let mut words: HashMap<String, u32> = HashMap::new();
    for row in rows(NAMES) {
        if let Some((_, class)) = CLASSES.iter().find(|(name, _)| *name == row.column(0)) {
            for (_, word) in row.values(1) {
                *words.entry(name_key(word)).or_default() |= bit(*class);
            }
        }
    }
    words
});

/// Words of offices and bodies in scripts without case, with which no name begins or ends. As
/// printed: folding takes syllables apart.
pub(super) static UNCASED_OFFICES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    rows(NAMES)
        .filter(|row| row.column(0) == "UNCASED_OFFICE")
        .flat_map(|row| row.values(1).map(|(_, word)| word).collect::<Vec<_>>())
        .collect()
});

fn bit(class: Class) -> u32 {
    1 << class as u32
}

impl Class {
    /// Whether a folded word is of this class.
    pub fn has(self, fold: &str) -> bool {
        WORDS.get(fold).is_some_and(|classes| classes & bit(self) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_file_is_known_and_has_words() {
        for row in rows(NAMES) {
            let class = row.column(0);
            let known = CLASSES.iter().any(|(name, _)| *name == class);
            assert!(known || class == "UNCASED_OFFICE", "{class}");
            assert!(row.values(1).next().is_some(), "{class} has no words");
        }
        for (name, _) in CLASSES {
            assert!(rows(NAMES).any(|row| row.column(0) == name), "{name} is not in the file");
        }
    }

    #[test]
    fn words_are_found_by_their_folded_spelling() {
        assert!(Class::Particle.has("van") && !Class::Particle.has("Van"));
        assert!(Class::Regnal.has("konig"), "listed as könig");
        assert!(Class::Generation.has("iii") && !Class::Degree.has("iii"));
    }
}
