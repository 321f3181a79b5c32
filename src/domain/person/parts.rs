//! The parts of a personal name: titles, given names, particles, family name, generation.

use super::name_key;
use super::speaker::Speaker;
use super::uncased::is_uncased;
use super::vocabulary::{Class, is_given_name};
use crate::domain::organisation::tokens::Tokens;
use crate::domain::role::phrase::{Phrase, parts};
use crate::domain::role::words::{Head, Word};

/// Whom an honorific or a given name is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

/// A name that is taken apart.
#[derive(Debug, Clone)]
pub(super) struct NameParts {
    /// The head nouns of the titles before the name.
    pub titles: Vec<Head>,
    /// Whom the honorific before the name is for.
    pub gender: Option<Gender>,
    /// Whether it is a monarch's or a pope's, who have no family name.
    regnal: bool,
    /// The words before the family name, folded: given names, initials, family names before it.
    given: Vec<String>,
    /// The particles before the family name, folded.
    particles: Vec<String>,
    /// The last word, folded, without particles.
    family: String,
    /// "jr", "iii".
    generation: Option<String>,
}

impl NameParts {
    /// Takes a name apart that [`super::read_speaker`] gave; `None` where there is nothing to take
    /// apart, as in scripts without case.
    pub fn read(name: &str) -> Option<Self> {
        if is_uncased(name) {
            return None;
        }
        let mut tokens = Tokens::of(name);
        let parts = parts(&mut tokens);
        let phrase = Phrase::new(&tokens, parts);
        let count = phrase.parts.len();
        if count == 0 {
            return None;
        }
        let speaker = Speaker { lower: tokens.is_all_lower(), phrase: &phrase };
        let (start, end) = speaker.person(0, count)?;
        let words = tokens.print_bare(
            phrase.parts[start].item.start,
            phrase.parts.get(end).map_or(tokens.len(), |part| part.item.start),
        );
        let mut read = Self::of_words(words)?;
        for at in 0..start {
            let fold = phrase.fold(at);
            read.titles.extend(phrase.parts[at].head().filter(|_| !Class::Regnal.has(fold)));
            read.regnal |= Class::Regnal.has(fold);
            read.gender = gender(fold, Class::FemaleHonorific, Class::MaleHonorific)
                .filter(|_| phrase.parts[at].word == Some(Word::Honorific))
                .or(read.gender);
        }
        Some(read)
    }

    /// The head nouns of a title.
    pub fn offices(title: &str) -> Vec<Head> {
        let mut tokens = Tokens::of(title);
        let parts = parts(&mut tokens);
        parts.iter().filter_map(|part| part.head()).collect()
    }

    /// The parts of a name without titles.
    fn of_words(words: &str) -> Option<Self> {
        const QUOTES: [char; 8] =
            ['"', '\u{201c}', '\u{201d}', '\u{201e}', '`', '\'', '\u{2018}', '('];
        let mut units: Vec<(String, bool)> = Vec::new();
        let mut generation = None;
        let mut nickname = false;
        for word in words.split_whitespace() {
            // "Ada `` Dolly '' Quill": what stands between the marks is no part of the name.
            let opens = word.starts_with(QUOTES);
            let closes = word.ends_with(['"', '\u{201d}', '\u{201c}', '\'', '\u{2019}', ')']);
            if nickname || opens {
                nickname = if nickname { !closes } else { !(closes && word.chars().count() > 2) };
                continue;
            }
            let key = name_key(word);
            if key.is_empty() || !units.is_empty() && Class::Degree.has(&key) {
            } else if !units.is_empty() && Class::Generation.has(&key) {
                generation = Some(key);
            } else {
                units.push((key, word.starts_with(char::is_uppercase)));
            }
        }
        let (last, _) = units.pop()?;
        let (glued, family) = split_glued(&last);
        // "Ben Quill" has a given name, "Van Hollen" a particle.
        let is_particle = |(key, capital): &(String, bool)| {
            Class::Particle.has(key) && !(*capital && Class::GivenParticle.has(key))
        };
        let first = units.iter().rposition(|unit| !is_particle(unit)).map_or(0, |at| at + 1);
        let mut particles: Vec<String> = units.split_off(first).into_iter().map(|u| u.0).collect();
        particles.extend(glued);
        Some(Self {
            titles: Vec::new(),
            gender: None,
            regnal: false,
            given: units.into_iter().map(|unit| unit.0).collect(),
            particles,
            family,
            generation,
        })
    }

    /// Whether the honorific of the one is for somebody else than the given name of the other.
    pub fn contradicts(&self, other: &NameParts) -> bool {
        let differ = |said: Option<Gender>, given: Option<Gender>| {
            said.zip(given).is_some_and(|(said, given)| said != given)
        };
        differ(self.gender, other.given_gender()) || differ(other.gender, self.given_gender())
    }

    /// Whether it is one word alone that the other has as its first name, or as the name of a pope.
    pub fn is_first_name_of(&self, other: &NameParts) -> bool {
        self.is_short()
            && self.titles.is_empty()
            && (other.given.first() == Some(&self.family)
                || other.regnal && other.family == self.family)
    }

    /// Whether it is a surname alone.
    pub fn is_short(&self) -> bool {
        self.given.is_empty() && !self.regnal
    }

    /// Whether two surnames alone are one.
    pub fn is_same_surname(&self, other: &NameParts) -> bool {
        self.family == other.family
            && self.particles == other.particles
            && self.generation == other.generation
    }

    /// Whether this is a full name with the family name of a short one.
    pub fn bears(&self, short: &NameParts) -> bool {
        !self.given.is_empty()
            && !self.regnal
            && (short.generation.is_none() || short.generation == self.generation)
            && (self.family == short.family && self.particles.ends_with(&short.particles)
                || short.particles.is_empty() && self.family_first() == Some(&short.family))
    }

    /// The family name of a Chinese or Korean name. "Kim" and "Lee" are given names elsewhere: they
    /// are family names before two syllables that nobody lists as a given name.
    fn family_first(&self) -> Option<&String> {
        let first = self.given.first().filter(|first| Class::FamilyFirst.has(first))?;
        let rest = || self.given[1..].iter().chain([&self.family]);
        let syllables: usize = rest().map(|unit| unit.split(' ').count()).sum();
        let listed = rest().any(|unit| is_given_name(unit));
        let eastern = syllables == 2 || syllables == 1 && !is_given_name(first);
        (eastern && !listed && self.particles.is_empty()).then_some(first)
    }

    /// Whether the other is another spelling of the same name, of which both are printed in one
    /// article: initials, middle names and nicknames apart.
    pub fn is_spelling_of(&self, other: &NameParts) -> bool {
        let (some, more) =
            if self.given.len() <= other.given.len() { (self, other) } else { (other, self) };
        let alike = |one: &str, other: &str| {
            one == other
                || one.chars().count() == 1 && other.starts_with(one)
                || other.chars().count() == 1 && one.starts_with(other)
        };
        let mut left = more.given.iter();
        let first = match (some.given.first(), more.given.first()) {
            (Some(one), Some(other)) => alike(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        first
            && some.given.iter().all(|given| left.any(|other| alike(given, other)))
            && self.family == other.family
            && self.particles == other.particles
            && self.generation == other.generation
    }

    /// Whether it is the other but for one half of a double family name.
    pub fn has_half_of(&self, other: &NameParts) -> bool {
        let halves = other.family.split_once(' ').into_iter().flat_map(|(one, two)| [one, two]);
        let alike = |half: &str| Self { family: half.to_owned(), ..other.clone() };
        halves.into_iter().any(|half| self.is_spelling_of(&alike(half)))
    }

    /// Whom the first given name is for, where it is listed for one gender alone.
    pub fn given_gender(&self) -> Option<Gender> {
        gender(self.given.first()?, Class::FemaleName, Class::MaleName)
    }
}

fn gender(fold: &str, female: Class, male: Class) -> Option<Gender> {
    match (female.has(fold), male.has(fold)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

/// "al khalili" of "al-Khalili": particles that are glued to the family name by a hyphen.
fn split_glued(unit: &str) -> (Vec<String>, String) {
    let words: Vec<&str> = unit.split(' ').collect();
    let family =
        words.iter().position(|word| !Class::Particle.has(word)).unwrap_or(words.len() - 1);
    (words[..family].iter().map(|word| (*word).to_owned()).collect(), words[family..].join(" "))
}
