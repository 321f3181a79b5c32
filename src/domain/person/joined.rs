//! Two names in one speaker's place.

use super::SpeakerReading;
use super::print::tidy_title;
use super::speaker::read;
use crate::domain::organisation::tokens::Tokens;
use crate::domain::role::phrase::parts;

/// "Ada Quill and Bob Stone": the first of two; "John and Mary Smith": a group.
pub(super) fn joined(text: &str) -> Option<SpeakerReading> {
    let (left, right) = text.split_once(" and ").or_else(|| text.split_once(" & "))?;
    let capital =
        |text: &str| text.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let bare = |text: &str| match read(text) {
        SpeakerReading::Person { name, title: None, organisation: None }
            if capital(&name) && name.split_whitespace().count() >= 2 =>
        {
            Some(name)
        }
        _ => None,
    };
    bare(right)?;
    if let Some(name) = bare(left) {
        return Some(SpeakerReading::Person { name, title: None, organisation: None });
    }
    let mut tokens = Tokens::of(left);
    let parts = parts(&mut tokens);
    matches!(parts.as_slice(), [only] if only.is_name())
        .then(|| SpeakerReading::Unnamed { title: tidy_title(text), group: true })
}
