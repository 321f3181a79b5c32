//! The status of a post: words that stand with its head noun.

use super::phrase::Phrase;
use super::words::{Head, Word};
use crate::domain::organisation::is_governmental;
use crate::domain::organisation::tokens::{Break, Case};
use crate::domain::vocabulary::Status;

/// What the words beside a head noun say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Modifiers {
    pub status: Status,
    /// Where the status is printed.
    pub status_at: Option<usize>,
    pub deputy: bool,
    pub senior: bool,
    /// A post of the opposition: "former shadow minister".
    pub shadow: bool,
    /// Of the level below the state: "local officials".
    pub local: bool,
    /// The office is denied: "would-be minister", "minister in exile".
    pub denied: bool,
}

/// Reads the modifiers of a head noun. Status words count on the head noun only (convention
/// 2): those of another noun before it are not its own.
pub(crate) fn modifiers(phrase: &Phrase<'_>, head: usize) -> Modifiers {
    let mut found = Modifiers {
        status: Status::Current,
        status_at: None,
        deputy: false,
        senior: false,
        shadow: false,
        local: false,
        denied: is_in_exile(phrase, head),
    };
    let start = phrase.segment_start(head);
    let own = phrase.heads_in(start, head).last().map_or(start, |other| other + 1);
    // A noun before the head is part of the head's own name unless it is possessive:
    // "former interior minister spokesman" is rare, "acting foreign minister" is not.
    for at in own..head {
        if phrase.mention_at(at).is_some_and(|mention| mention.is_proper()) {
            continue;
        }
        match phrase.parts[at].word {
            // "president-elect's spokesman": of the other office.
            Some(Word::Status(_))
                if phrase.parts[at].item.possessive
                    || at == own
                        && at > start
                        && phrase.parts[at - 1].head().is_some()
                        && matches!(phrase.fold(at), "elect" | "designate" | "nominee") => {}
            Some(Word::Status(status)) => found.add(status, at),
            Some(Word::Deputy | Word::Head(Head::Deputy)) => found.deputy = true,
            Some(Word::Senior) => found.senior = true,
            Some(Word::Local) => found.local = true,
            Some(Word::False) => found.denied |= denies(phrase, at, head),
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
            Some(Word::Deputy) if at == head + 1 && phrase.fold(at) != "under" => {
                found.deputy = true
            }
            Some(Word::Honorific | Word::Article | Word::Skip | Word::Local) => {}
            _ if part.is_name() || part.item.field().is_some() || part.item.country().is_some() => {
            }
            _ if phrase.is_preposition(at) => {}
            _ if phrase.mention_at(at).is_some() => {}
            _ => break,
        }
    }
    if is_elder(phrase.fold(head)) {
        found.add(Status::Former, head);
    }
    if let Some(at) = term_end(phrase, head) {
        found.add(Status::Former, at);
    }
    found
}

/// Whether a word such as "fake" or "late" denies the office of a head: not in "Late Show host",
/// "fake president's lawyer", "not-for-profit director" or "so-called Islamic State leader".
fn denies(phrase: &Phrase<'_>, at: usize, head: usize) -> bool {
    let small = |at: usize| phrase.parts[at].item.case == Case::Lower;
    let other_body = phrase
        .mentions
        .iter()
        .any(|body| body.start == at + 1 && body.is_proper() && !is_governmental(body.kind));
    (small(at) || at == 0 && !phrase.parts[1].is_name())
        && !other_body
        && (at + 1..head).all(|n| !phrase.is_preposition(n) && !phrase.parts[n].item.possessive)
}

/// "Altkanzler": a word by itself.
fn is_elder(title: &str) -> bool {
    let office = title.strip_prefix("alt").unwrap_or_default();
    matches!(
        office,
        "kanzler" | "bundeskanzler" | "bundesprasident" | "burgermeister" | "oberburgermeister"
    )
}

/// "minister in exile", "minister-in-exile".
fn is_in_exile(phrase: &Phrase<'_>, head: usize) -> bool {
    (head + 1..phrase.segment_end(head)).any(|at| phrase.spelling(at).ends_with("exile"))
}

/// Where the end of a term of office is printed: "until last year", "from 2001 to 2004".
fn term_end(phrase: &Phrase<'_>, head: usize) -> Option<usize> {
    let is_year = |fold: &str| {
        fold.len() == 4
            && fold.bytes().all(|b| b.is_ascii_digit())
            && matches!(&fold[..2], "18" | "19" | "20")
    };
    let mut years = 0;
    (head + 1..phrase.parts.len()).take_while(|at| !phrase.is_head(*at)).find(|at| {
        let fold = phrase.fold(*at);
        years += usize::from(is_year(fold));
        years == 2 || matches!(fold, "until" | "till")
    })
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
        self.shadow |= status == Status::Shadow;
        if rank(status) > rank(self.status) {
            self.status = status;
            self.status_at = Some(at);
        }
    }
}
