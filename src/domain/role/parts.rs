//! The parts of a title: its items, with what the vocabularies of organisations and titles say.

use super::words::{Head, Word, words};
use crate::domain::organisation::items::{Item, split_compounds};
use crate::domain::organisation::tables::tables;
use crate::domain::organisation::tokens::{Break, Case, Tokens};

/// One item of a title: what the organisations' and the titles' vocabularies say of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub item: Item,
    pub word: Option<Word>,
}

impl Part {
    /// The head noun it may be.
    pub fn head(&self) -> Option<Head> {
        match self.word {
            Some(Word::Head(head)) => Some(head),
            _ => None,
        }
    }

    /// Whether neither vocabulary knows it and it is printed like a name.
    pub fn is_name(&self) -> bool {
        self.word.is_none() && self.item.is_strange() && self.item.case != Case::Lower
    }
}

/// Splits the tokens of a title; compounds are split in place.
pub(crate) fn parts(tokens: &mut Tokens<'_>) -> Vec<Part> {
    let (things, titles) = (&tables().lexicon, words());
    split_compounds(tokens, |fold| things.knows(fold) || titles.knows(fold));
    let lower = tokens.is_all_lower();
    let (thing_words, title_words) = (things.number(tokens), titles.number(tokens));
    let mut parts = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let thing = things.longest(&tokens.list, &thing_words, at, lower);
        let title = titles.longest(&tokens.list, &title_words, at, lower);
        let word = title.and_then(|found| found.senses().next());
        let part = match (thing, title) {
            // "US Trade Representative": the holder is called like the office.
            (Some(thing), Some(title))
                if thing.end == title.end
                    && title.end > at + 1
                    && matches!(word, Some(Word::Head(Head::Is(_)))) =>
            {
                Part { item: Item::plain(tokens, at, title.end), word }
            }
            (Some(thing), Some(title)) if thing.end == title.end => {
                Part { item: Item::found(tokens, at, &thing), word }
            }
            (Some(thing), None) => Part { item: Item::found(tokens, at, &thing), word: None },
            (Some(thing), Some(title)) if thing.end > title.end => {
                Part { item: Item::found(tokens, at, &thing), word: None }
            }
            (_, Some(title)) => Part { item: Item::plain(tokens, at, title.end), word },
            (None, None) => Part { item: Item::plain(tokens, at, at + 1), word: None },
        };
        at = part.item.end;
        parts.push(part);
    }
    // "local officials": an adjective, where "a local" is somebody who lives there.
    for at in 1..parts.len() {
        let (local, next) = (&parts[at - 1], &parts[at]);
        if tokens.fold(local.item.start) == "local"
            && local.item.end == local.item.start + 1
            && next.item.gap == Break::None
            && next.head().is_some()
        {
            parts[at - 1].word = Some(Word::Local);
        }
    }
    // "Marine Le Pen": a given name, where the navy would be followed by a head noun.
    for at in 1..parts.len() {
        let (first, next) = (&parts[at - 1], &parts[at]);
        let named = next.is_name() || next.word == Some(Word::Article);
        if tokens.fold(first.item.start) == "marine"
            && first.item.end == first.item.start + 1
            && first.item.case == Case::Capital
            && next.item.case != Case::Lower
            && next.item.gap == Break::None
            && named
        {
            let item = Item::plain(tokens, first.item.start, first.item.end);
            parts[at - 1] = Part { item, word: None };
        }
    }
    parts
}
