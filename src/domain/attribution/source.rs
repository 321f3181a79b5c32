//! The part of a printed string that can name a source, and what must not be taken for a part of it.

use crate::domain::organisation::tokens::{Case, Tokens};
use crate::domain::role::phrase::parts;
use crate::domain::role::words::Word;

/// The part of a string that names a source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub text: &'a str,
    /// Whether a clause behind it says that it is a thing: "Facebook, which …".
    pub is_thing: bool,
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
    Some(match clause {
        Some((comma, is_thing)) => Source { text: &text[..comma], is_thing },
        None => Source { text, is_thing: false },
    })
}

/// What follows a heading that was glued to the sentence: "Too late?Ada Quill, a lawyer,".
fn behind_heading(whole: &str) -> &str {
    let glued = |at: &usize| whole[at + 1..].starts_with(char::is_uppercase);
    let end = whole.char_indices().filter(|(_, c)| matches!(c, '?' | '!')).map(|(at, _)| at);
    end.filter(glued).last().map_or(whole, |at| &whole[at + 1..])
}

/// Whether two words stand in one: "removalTrudeau". Names have capitals behind a short beginning
/// at most: "deGrasse", "McQuill", "FitzQuill".
fn ran_together(word: &str) -> bool {
    let mut run = 0;
    for c in word.chars() {
        if c.is_uppercase() && run >= 5 {
            return true;
        }
        run = match c {
            _ if c.is_lowercase() => run + 1,
            _ if c.is_uppercase() => 1,
            _ => 0,
        };
    }
    false
}

/// Whether a title behind a name can stand in apposition to it: a head noun before the first
/// preposition. "speaking to the president's aides" names somebody else's office.
pub(super) fn is_apposition(title: &str) -> bool {
    let mut tokens = Tokens::of(title);
    let parts = parts(&mut tokens);
    let is_head = |word: Option<Word>| matches!(word, Some(Word::Head(_)));
    let first = parts.first();
    let participle = first.is_some_and(|part| {
        part.word.is_none()
            && part.item.case == Case::Lower
            && tokens.fold(part.item.start).ends_with("ing")
    });
    let object = parts.get(1).is_some_and(|next| {
        next.item.case != Case::Lower
            || matches!(next.word, Some(Word::Article | Word::Preposition))
    });
    let before_preposition = parts.iter().take_while(|part| part.word != Some(Word::Preposition));
    !(participle && object) && before_preposition.clone().any(|part| is_head(part.word))
}

/// Whether a print is nothing but a place.
pub(super) fn is_place(print: &str) -> bool {
    let mut tokens = Tokens::of(print);
    let parts = parts(&mut tokens);
    let mut rest = parts.iter().filter(|part| part.word != Some(Word::Article)).peekable();
    rest.peek().is_some() && rest.all(|part| part.item.is_place())
}
