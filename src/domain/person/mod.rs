//! Speaker strings: who is a person, who is not, and the key of a name.
//!
//! Never invents a person: organisations, crowds and offices are not persons, and the
//! extractors' words for nobody ("None", "Unknown", pronouns) are not names.

mod body;
mod joined;
mod key;
mod name;
mod parts;
mod plural;
mod print;
mod same;
mod speaker;
mod split;
mod thing;
mod uncased;
mod vocabulary;
mod within;

pub use key::name_key;
pub use plural::is_plural_source;
pub use same::{Likeness, NamedSpeaker};
pub(crate) use vocabulary::is_given_name;
pub use within::{FullName, Printed, full_name, is_short};

/// What a printed speaker turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeakerReading {
    /// A named person.
    Person {
        /// Printed spelling without honorifics, titles and stray punctuation. A title stays
        /// where the name would be a single word without it ("President Trump"), and where it
        /// is part of the name ("Pope Francis", "Prince Charles").
        name: String,
        /// The title printed before or after the name.
        title: Option<String>,
        /// The organisation printed in that title.
        organisation: Option<String>,
    },
    /// An organisation speaks.
    Organisation(String),
    /// A source without a name.
    Unnamed {
        /// The words that describe it.
        title: String,
        /// Several people rather than one.
        group: bool,
    },
    /// Nothing that names or describes a source.
    Nobody,
}

/// Reads a printed speaker string.
pub fn read_speaker(printed: &str) -> SpeakerReading {
    speaker::read(printed)
}

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;
