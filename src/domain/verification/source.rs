//! A stored text that a question is compared with, and what the store knows of it.

use crate::domain::date::FuzzyDate;

/// How the speaker of a stored text stands to the one whom the question names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum By {
    /// The question names nobody.
    #[default]
    Unasked,
    /// The same speaker, in whatever form of the name ("President Quill" is "Ada Quill").
    Attributed,
    /// Perhaps the same: the question names a surname or a first name alone, or nobody ("she").
    Perhaps,
    /// Somebody else.
    Other,
    /// Nobody is named for the stored words, so that they speak neither for nor against.
    Unknown,
}

/// A stored text with what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// What the caller knows it by; matches name it.
    pub key: usize,
    /// Its words as printed.
    pub text: &'a str,
    /// A number of its speaker, equal for equal speakers; none where nobody is named.
    pub speaker: Option<u64>,
    /// How its speaker stands to the one asked for.
    pub by: By,
    /// The question names a role and this speaker had, when saying this, another one.
    pub other_role: bool,
    /// When it was said.
    pub said: Option<FuzzyDate>,
    /// When it was reported: it was said before that ended.
    pub reported: Option<FuzzyDate>,
}

impl<'a> Source<'a> {
    /// A text of which nothing else is known.
    pub fn of(key: usize, text: &'a str) -> Self {
        let by = By::Unasked;
        Self { key, text, speaker: None, by, other_role: false, said: None, reported: None }
    }
}
