//! The status of a post: words that stand with its head noun.

use super::phrase::Phrase;
use super::words::{Head, Word};
use crate::domain::organisation::tokens::Break;
use crate::domain::vocabulary::Status;

/// What the words beside a head noun say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Modifiers {
    pub status: Status,
    /// Where the status is printed.
    pub status_at: Option<usize>,
    pub deputy: bool,
    pub senior: bool,
}

/// Reads the modifiers of a head noun. Status words count on the head noun only (convention
/// 2): those of another noun before it are not its own.
pub(crate) fn modifiers(phrase: &Phrase<'_>, head: usize) -> Modifiers {
    let mut found =
        Modifiers { status: Status::Current, status_at: None, deputy: false, senior: false };
    let start = phrase.segment_start(head);
    let own = phrase.heads_in(start, head).last().map_or(start, |other| other + 1);
    // A noun before the head is part of the head's own name unless it is possessive:
    // "former interior minister spokesman" is rare, "acting foreign minister" is not.
    for at in own..head {
        if phrase.mention_at(at).is_some_and(|mention| mention.is_proper()) {
            continue;
        }
        match phrase.parts[at].word {
            Some(Word::Status(status)) => found.add(status, at),
            Some(Word::Deputy | Word::Head(Head::Deputy)) => found.deputy = true,
            Some(Word::Senior) => found.senior = true,
            _ => {}
        }
    }
    // "nominee for Secretary of …": the noun before the preposition.
    for at in head + 1..phrase.parts.len() {
        let part = &phrase.parts[at];
        if part.item.gap == Break::Hard {
            break;
        }
        match part.word {
            Some(Word::Status(status))
                if part.item.gap == Break::None && trails(phrase, head, at) =>
            {
                found.add(status, at);
            }
            Some(Word::Deputy) if at == head + 1 => found.deputy = true,
            Some(Word::Honorific | Word::Article | Word::Skip) => {}
            _ if part.is_name() || part.item.field().is_some() || part.item.country().is_some() => {
            }
            _ if phrase.is_preposition(at) => {}
            _ if phrase.mention_at(at).is_some() => {}
            _ => break,
        }
    }
    found
}

/// Whether a status word after a head belongs to it: "president-elect", "professor emeritus",
/// "Secretary of Defense nominee", "Verteidigungsminister a.D.".
fn trails(phrase: &Phrase<'_>, head: usize, at: usize) -> bool {
    let fold = phrase.fold(at);
    at == head + 1
        || matches!(
            fold,
            "elect"
                | "designate"
                | "nominee"
                | "designated"
                | "emeritus"
                | "emerita"
                | "ad"
                | "appointee"
                | "ret"
                | "rtd"
                | "en"
                | "par"
                | "interino"
                | "interina"
        )
}

impl Modifiers {
    /// FORMER beats ACTING (convention 6); any of them beats CURRENT.
    fn add(&mut self, status: Status, at: usize) {
        let rank = |status| match status {
            Status::Former => 4,
            Status::Shadow => 3,
            Status::Designate => 2,
            Status::Acting => 1,
            Status::Current => 0,
        };
        if rank(status) > rank(self.status) {
            self.status = status;
            self.status_at = Some(at);
        }
    }
}
