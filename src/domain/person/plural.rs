//! One source or several: "a Taliban spokesman" against "residents".

use super::vocabulary::Class;
use crate::domain::organisation::tokens::{Break, Tokens};
use crate::domain::role::words::{Head, Word, words};

/// Whether a description of a source means several people: `UNNAMED_GROUP` rather than
/// `UNNAMED_INDIVIDUAL`.
pub fn is_plural_source(text: &str) -> bool {
    let tokens = Tokens::of(text);
    if tokens.len() == 0 {
        return false;
    }
    let first = tokens.fold(0);
    if Class::Many.has(first) {
        return true;
    }
    let single =
        matches!(first, "a" | "an" | "one" | "un" | "une" | "una" | "ein" | "eine" | "another");
    if single {
        return tokens.len() > 2 && Class::Collective.has(tokens.fold(1));
    }
    let at = head_noun(&tokens);
    is_plural(tokens.fold(at))
}

/// The noun that the description is about: the last word before the first preposition, comma
/// or relative clause.
fn head_noun(tokens: &Tokens<'_>) -> usize {
    let lexicon = words();
    let numbers = lexicon.number(tokens);
    let mut last = 0;
    let mut head = None;
    for at in 0..tokens.len() {
        let token = &tokens.list[at];
        if at > 0 && token.gap != Break::None {
            break;
        }
        let found = lexicon.longest(&tokens.list, &numbers, at, true);
        let word = found.as_ref().and_then(|found| found.senses().next());
        if at > 0 && matches!(word, Some(Word::Preposition)) {
            break;
        }
        if !matches!(word, Some(Word::Article)) {
            last = at;
        }
        if let (Some(found), Some(Word::Head(_))) = (&found, word) {
            head = Some(found.end - 1);
        }
        // "people familiar with …".
        if let (Some(found), Some(Word::Head(Head::Outsider))) = (&found, word)
            && found.end > at + 1
        {
            return at;
        }
        // "Chiefs of Staff" and the like: the phrase's first word bears the number, save in "police
        // officer".
        if found.is_some_and(|found| found.end > at + 1 && found.end == tokens.len())
            && is_plural(tokens.fold(at))
            && !Class::Several.has(tokens.fold(at))
        {
            return at;
        }
    }
    head.unwrap_or(last)
}

fn is_plural(fold: &str) -> bool {
    if Class::One.has(fold) {
        return false;
    }
    Class::Several.has(fold)
        || fold.ends_with("innen")
        || (fold.len() > 3
            && fold.ends_with('s')
            && !fold.ends_with("ss")
            && !fold.ends_with("ous")
            && !fold.ends_with("is"))
}
