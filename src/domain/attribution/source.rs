//! The part of a printed string that can name a source, and what must not be taken for a part of it.

use std::ops::Range;

use crate::domain::organisation::items::Item;
use crate::domain::organisation::tokens::{Case, Tokens};
use crate::domain::organisation::{self, Reading};
use crate::domain::person::{SpeakerReading, is_short, read_speaker};
use crate::domain::role::phrase::parts;
use crate::domain::role::without_article;
use crate::domain::role::words::Word;

/// The part of a string that names a source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    /// Whether a clause behind it says that it is a thing: "Facebook, which …".
    pub is_thing: bool,
    /// Whether a heading before it was cut off.
    pub is_cut: bool,
}

impl Source<'_> {
    /// Whether the name that is read in it is one for certain. What is no name by itself was none
    /// beside something else; behind a heading that was glued on a full name alone is one; a pronoun
    /// beside it ("Yes, she") shows that words of the sentence were taken along.
    pub fn is_certain(&self, name: &str) -> bool {
        let is_pronoun = |part: &str| {
            part.contains(char::is_alphabetic) && read_speaker(part) == SpeakerReading::Nobody
        };
        let is_doubtful = self.is_thing
            || self.is_cut && is_short(name)
            || name.contains(['/', '|'])
            || self.text.split(',').any(is_pronoun);
        !is_doubtful && is_person(name)
    }
}

/// The source without the clause that hangs on it; `None` where words ran together.
pub(super) fn of(whole: &str) -> Option<Source<'_>> {
    let text = behind_heading(whole);
    if text.split_whitespace().any(ran_together) {
        return None;
    }
    let clause = text.char_indices().filter(|(_, c)| *c == ',').find_map(|(comma, _)| {
        let word = text[comma + 1..].split_whitespace().next()?;
        let word = word.to_lowercase();
        match word.as_str() {
            "who" | "whose" | "whom" | "qui" => Some((comma, false)),
            "which" | "that" => Some((comma, true)),
            _ => None,
        }
    });
    let (end, is_thing) = clause.unwrap_or((text.len(), false));
    Some(Source { text: &text[..end], is_thing, is_cut: text.len() < whole.len() })
}

/// What follows a heading that was glued to the sentence: "Too late?Ada Quill, a lawyer,".
fn behind_heading(whole: &str) -> &str {
    let mut ends = whole.rmatch_indices(['?', '!']).map(|(at, _)| &whole[at + 1..]);
    ends.find(|rest| rest.starts_with(char::is_uppercase)).unwrap_or(whole)
}

/// Whether two words stand in one: "removalTrudeau". Names have capitals behind a short beginning
/// at most ("deGrasse", "McQuill", "FitzQuill"); companies are known ("WhatsApp").
fn ran_together(word: &str) -> bool {
    let mut run = 0;
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let begins = c.is_uppercase() && chars.peek().is_some_and(|next| next.is_lowercase());
        if begins && run >= 5 {
            return !matches!(organisation::read(word), Reading::Known(_));
        }
        run = if c.is_lowercase() { run + 1 } else { usize::from(c.is_uppercase()) };
    }
    false
}

/// Whether a title behind a name can stand in apposition to it: a head noun before the first
/// preposition. "speaking to the president's aides" names somebody else's office.
pub(super) fn is_apposition(title: &str) -> bool {
    let title = without_article(title);
    let mut tokens = Tokens::of(title);
    let parts = parts(&mut tokens);
    let is_head = |word: Option<Word>| matches!(word, Some(Word::Head(_)));
    let first = parts.first();
    let participle = first.is_some_and(|part| {
        part.word.is_none()
            && part.item.case == Case::Lower
            && tokens.fold(part.item.start).ends_with("ing")
    });
    let object = parts.get(1).is_some_and(|next| next.item.case != Case::Lower)
        || parts
            .iter()
            .take_while(|part| !is_head(part.word))
            .any(|part| matches!(part.word, Some(Word::Article | Word::Preposition)));
    let mut noun = parts.iter().take_while(|part| part.word != Some(Word::Preposition));
    !(participle && object) && noun.any(|part| is_head(part.word))
}

/// Where "and another person" begins in a title that runs on: "the mayor, and Bob Stone".
pub(super) fn another_person(title: &str) -> Option<usize> {
    joints(title).into_iter().find(|joint| is_person(&title[joint.end..])).map(|joint| joint.start)
}

/// Whether a description holds a person beside others: "Quill and his lawyer".
pub(super) fn is_joined_to_person(title: &str) -> bool {
    let mut joints = joints(title).into_iter();
    joints.any(|joint| is_person(&title[..joint.start]) || is_person(&title[joint.end..]))
}

/// The places of "and", in bytes.
fn joints(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Tokens::of(text);
    let parts = parts(&mut tokens);
    let joints = parts.iter().filter(|part| part.word == Some(Word::And));
    joints.map(|part| tokens.list[part.item.start].at.clone()).collect()
}

/// Whether a text names a person.
pub(super) fn is_person(text: &str) -> bool {
    matches!(read_speaker(text), SpeakerReading::Person { .. })
}

/// Whether a print is nothing but a place.
pub(super) fn is_place(print: &str) -> bool {
    let bare = without_article(print);
    let mut tokens = Tokens::of(bare);
    let parts = parts(&mut tokens);
    let is_place = |item: &Item| item.is_place() || item.capital().is_some();
    !parts.is_empty() && parts.iter().all(|part| is_place(&part.item))
}
