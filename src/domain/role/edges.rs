//! Where the names of bodies end in a title, and whose head noun an office is.

use super::phrase::Phrase;
use super::words::Word;
use crate::domain::organisation::grammar::tidy;
use crate::domain::organisation::items::Item;
use crate::domain::organisation::mention::Mention;
use crate::domain::organisation::tables::tables;
use crate::domain::organisation::tokens::{Break, Case};
use crate::domain::organisation::{friends_end, is_governmental, is_outgrown};
use crate::domain::vocabulary::OrganisationKind;

impl Phrase<'_> {
    /// "Kremlin Watch analyst", "Pentagon Federal Credit Union spokesman": a longer name before a
    /// head noun begins like a known one.
    pub(super) fn outgrown(&self, mention: &Mention, items: &[Item]) -> Option<Mention> {
        if !is_outgrown(self.tokens, items, mention) {
            return None;
        }
        if let Some(end) = friends_end(self.tokens, items, mention) {
            let kind = items[end - 1].institution().map(|at| tables().institutions[at].kind);
            let name = self.tokens.print_bare(items[mention.start].start, items[end - 1].end);
            let whole = Mention::unlisted(&tidy(name), kind.unwrap_or(OrganisationKind::Ngo));
            return Some(Mention { start: mention.start, end, ..whole });
        }
        let more = self.parts[mention.end..].iter().take_while(|part| {
            matches!(part.word, None | Some(Word::Skip | Word::Local))
                && part.item.case != Case::Lower
                && part.item.gap == Break::None
        });
        let end = mention.end + more.count();
        let head = self.parts.get(end).filter(|part| part.item.gap == Break::None);
        let named = self.parts[mention.end..end].iter().any(|part| part.word.is_none());
        let kind = items[mention.end..end].iter().rev().find_map(Item::institution);
        // "chief executive of the NHS Confederation": what it is called last tells what it is.
        let called = kind.is_some()
            && self.parts[mention.end..end]
                .last()
                .is_some_and(|last| last.item.institution().is_some());
        if !named || head.is_none_or(|part| part.head().is_none()) && !called {
            return None;
        }
        let kind = kind.map_or(OrganisationKind::Unknown, |at| tables().institutions[at].kind);
        if is_governmental(kind) {
            return None;
        }
        let name = self.tokens.print_bare(items[mention.start].start, items[end - 1].end);
        Some(Mention { start: mention.start, end, ..Mention::unlisted(&tidy(name), kind) })
    }

    /// Whether a body is printed that the title is not of: the speaker is against it ("anti-UN
    /// campaigner"), another has its help ("UN-backed government"), or a person is called so
    /// ("Secretary Jane Rand").
    pub(super) fn is_another(&self, mention: &Mention) -> bool {
        // "Model UN": pupils play it.
        let opposed =
            mention.start > 0 && matches!(self.fold(mention.start - 1), "anti" | "model" | "mock");
        let next = self.parts.get(mention.end);
        let helping = next.is_some_and(|next| next.word == Some(Word::Backed));
        let given_names = (0..mention.start)
            .rev()
            .take_while(|at| self.parts[at + 1].item.gap == Break::None)
            .take_while(|at| self.parts[*at].is_name() && !self.parts[*at].item.possessive)
            .count();
        let titled = (mention.start - given_names).checked_sub(1);
        let surname = given_names > 0
            && mention.end == mention.start + 1
            && titled.is_some_and(|at| self.parts[at].head().is_some());
        opposed || helping || surname
    }

    /// A proper name takes in capitalised neighbours; head nouns at its edges are given back:
    /// "Syracuse University President", "President of the University of Michigan".
    pub(super) fn release_head(&self, mention: &mut Mention) {
        if mention.organisation.is_some() && mention.end == mention.start + 1 {
            return;
        }
        let last_head = (mention.start..mention.end).rev().find(|at| {
            let part = &self.parts[*at];
            part.head().is_some() && part.item.is_strange()
        });
        if let Some(at) = last_head {
            let body_after = (at + 1..mention.end).any(|n| {
                self.parts[n].item.institution().is_some() || self.parts[n].item.body().is_some()
            });
            if body_after {
                mention.start = at + 1;
                while mention.start < mention.end
                    && matches!(
                        self.parts[mention.start].word,
                        Some(Word::Preposition | Word::Article)
                    )
                {
                    mention.start += 1;
                }
            } else {
                mention.end = at;
            }
            if mention.name.is_some() && mention.end > mention.start {
                let (start, end) =
                    (self.parts[mention.start].item.start, self.parts[mention.end - 1].item.end);
                mention.name = Some(tidy(self.tokens.print_bare(start, end)));
            }
        }
    }

    /// "backer of the president": the head noun is a word that nobody knows, and the office in
    /// its tail is not the speaker's (convention 2).
    pub(super) fn hangs_on_unknown(&self, head: usize) -> bool {
        let Some(joint) = (1..head).find(|at| self.is_preposition(*at)) else {
            return false;
        };
        let noun = &self.parts[joint - 1];
        noun.word.is_none()
            && noun.item.is_strange()
            && noun.item.gap == Break::None
            && noun.item.case == Case::Lower
            && self.parts[joint].item.gap == Break::None
            && matches!(
                self.fold(joint),
                "of" | "to" | "for" | "de" | "du" | "des" | "del" | "d" | "der" | "fur" | "von"
            )
    }

    /// Whether a body is only the tail of an unknown noun in small letters.
    pub(super) fn is_description(&self) -> bool {
        let Some(body) = self.mentions.first() else {
            return false;
        };
        let small = |at: &usize| {
            let part = &self.parts[*at];
            part.item.case == Case::Lower
                && (part.head().is_some()
                    || part.item.is_strange() && matches!(part.word, None | Some(Word::Status(_))))
        };
        (0..body.start).any(|at| small(&at)) && (0..body.start).any(|at| self.is_preposition(at))
    }
}
