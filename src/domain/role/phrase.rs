//! The structure of a title: its items, its head noun, and what stands on either side.

pub(crate) use super::parts::{Part, parts};
use super::words::{Head, Word, is_surname};
use crate::domain::organisation::grammar::Grammar;
use crate::domain::organisation::items::Item;
use crate::domain::organisation::mention::Mention;
use crate::domain::organisation::tokens::{Break, Case, Tokens};
use crate::domain::vocabulary::Function;

/// A title that is split into parts.
#[derive(Debug)]
pub(crate) struct Phrase<'a> {
    pub tokens: &'a Tokens<'a>,
    pub parts: Vec<Part>,
    pub mentions: Vec<Mention>,
}

impl<'a> Phrase<'a> {
    /// Finds the bodies that the parts mention.
    pub fn new(tokens: &'a Tokens<'a>, parts: Vec<Part>) -> Self {
        let items: Vec<Item> = parts.iter().map(|part| part.item).collect();
        let mut mentions = Grammar { tokens, items: &items }.mentions();
        let mut phrase = Phrase { tokens, parts, mentions: Vec::new() };
        for mention in &mut mentions {
            phrase.release_head(mention);
        }
        mentions.retain(|mention| mention.end > mention.start);
        for at in 0..mentions.len() {
            if let Some(whole) = phrase.outgrown(&mentions[at], &items) {
                mentions.retain(|other| other.start < whole.start || other.start >= whole.end);
                mentions.insert(at, whole);
            }
            if at + 1 >= mentions.len() {
                break;
            }
        }
        mentions.retain(|mention| !phrase.is_another(mention));
        phrase.mentions = mentions;
        phrase
    }

    /// The mention that covers a part.
    pub fn mention_at(&self, at: usize) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.start <= at && at < mention.end)
    }

    /// The folded spelling of a part of one token.
    pub fn fold(&self, at: usize) -> &str {
        self.tokens.fold(self.parts[at].item.start)
    }

    /// The folded spelling of a part, whole.
    pub fn spelling(&self, at: usize) -> String {
        let item = &self.parts[at].item;
        let mut out = String::with_capacity(24);
        for token in item.start..item.end {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(self.tokens.fold(token));
        }
        out
    }

    /// The print of a part.
    pub fn print(&self, at: usize) -> &'a str {
        let item = &self.parts[at].item;
        self.tokens.print_bare(item.start, item.end)
    }

    /// Whether a part is a head noun here, neither inside a name nor a surname.
    pub fn is_head(&self, at: usize) -> bool {
        let part = &self.parts[at];
        let Some(head) = part.head() else {
            return false;
        };
        if self.mention_at(at).is_some() {
            return false;
        }
        let before =
            at.checked_sub(1).map(|n| &self.parts[n]).filter(|_| part.item.gap == Break::None);
        let next = self.parts.get(at + 1).filter(|next| next.item.gap == Break::None);
        let follows_name = before.is_some_and(|before| before.is_name() && !before.item.possessive);
        if part.item.case != Case::Lower
            && part.item.end == part.item.start + 1
            && is_surname(self.fold(at))
            && follows_name
            && next.is_none()
        {
            return false;
        }
        if part.item.case != Case::Lower
            && is_surname(self.fold(at))
            && before.is_some_and(|before| self.leaves_a_surname(before, next))
        {
            return false;
        }
        match head {
            // "justice minister", "justice department": a field before another head.
            Head::Justice => {
                !next.is_some_and(|next| next.head().is_some() || next.item.body().is_some())
                    && self.begins_noun(at)
            }
            // "official spokesman": an adjective before another head.
            Head::Is(Function::Official) => next.is_none_or(|next| next.head().is_none()),
            // "deputy defence minister": an adjective, unless it stands alone or before a name.
            Head::Deputy => next.is_none_or(|next| {
                next.is_name() || matches!(next.word, Some(Word::Preposition | Word::And))
            }),
            // "General", "Major" before another noun are adjectives; ranks stand before a name or alone.
            Head::RankOrOther => !next.is_some_and(|next| {
                next.head().is_some()
                    && !matches!(next.head(), Some(Head::Rank | Head::RankOrOther))
                    // "major crimes", "general public".
                    || next.word.is_none()
                        && next.item.is_strange()
                        && next.item.case == Case::Lower
                        && !self.tokens.is_all_lower()
            }),
            _ => true,
        }
    }

    /// Whether what stands before a word that is also a title leaves it a surname: a style with
    /// nothing behind ("Ms. Judge"), an initial ("F. King Alexander").
    fn leaves_a_surname(&self, before: &Part, next: Option<&Part>) -> bool {
        let fold = self.tokens.fold(before.item.start);
        let initial = before.word.is_none() && fold.len() == 1 && before.item.case == Case::Capital;
        let style = matches!(fold, "mr" | "mrs" | "ms" | "miss" | "mx" | "herr" | "frau");
        initial || style && before.word == Some(Word::Honorific) && next.is_none()
    }

    /// Whether a part is the first member of a German compound, which always has a capital:
    /// "Wirtschaftsexperte".
    pub fn is_first_member(&self, at: usize) -> bool {
        let end = self.parts[at].item.end;
        end < self.tokens.len() && self.tokens.list[end].at == self.tokens.list[end - 1].at
    }

    /// Whether a title stands in a German, French or Spanish phrase, by its preposition.
    pub fn is_foreign(&self, head: usize) -> bool {
        self.parts.get(head + 1).is_some_and(|next| {
            matches!(
                self.tokens.fold(next.item.start),
                "de" | "du" | "des" | "del" | "der" | "von" | "d"
            )
        })
    }

    /// Whether nothing but modifiers, a place or a court stands before a part.
    fn begins_noun(&self, at: usize) -> bool {
        if at == 0 || self.parts[at].item.gap != Break::None {
            return true;
        }
        let before = &self.parts[at - 1];
        match before.word {
            // "de la Justice" is a tail, "the justice" is not.
            Some(Word::Article) => at < 2 || !self.is_preposition(at - 2),
            Some(
                Word::Status(_)
                | Word::Deputy
                | Word::Senior
                | Word::Skip
                | Word::Local
                | Word::Honorific,
            ) => true,
            _ => before.item.is_place() || self.mention_at(at - 1).is_some(),
        }
    }

    /// The head noun of the whole title.
    ///
    /// Of a segment it is the last noun before the first preposition ("UN refugee agency
    /// spokesman for …", convention 2); of several segments the first (convention 6), except
    /// that a rank or style gives way to a role.
    pub fn main_head(&self) -> Option<usize> {
        let first = self.head_from(0)?;
        if self.hangs_on_unknown(first) {
            return None;
        }
        if !self.is_weak(first) {
            return Some(first);
        }
        let mut best = first;
        let mut from = self.segment_end(first);
        while let Some(other) = self.head_from(from) {
            if !self.is_weak(other) {
                best = other;
                break;
            }
            from = self.segment_end(other).max(other + 1);
        }
        Some(best)
    }

    fn is_weak(&self, at: usize) -> bool {
        match self.parts[at].head() {
            Some(Head::Rank | Head::RankOrOther) => true,
            Some(Head::Is(Function::PoliceOfficer)) => {
                self.parts[at].item.end == self.parts[at].item.start + 1
            }
            _ => false,
        }
    }

    /// The head noun of the first segment at or after a part that has one.
    fn head_from(&self, from: usize) -> Option<usize> {
        let mut head: Option<usize> = None;
        for at in from..self.parts.len() {
            let part = &self.parts[at];
            let ends = part.item.gap != Break::None
                || matches!(part.word, Some(Word::And))
                || self.is_preposition(at);
            if head.is_some() && ends {
                return head;
            }
            if self.is_head(at) {
                head = match head {
                    Some(found) if !self.gives_way(found, at) => Some(found),
                    _ => Some(at),
                };
            }
        }
        head
    }

    /// Whether the later of two head nouns in one run is the head: "interior minister spokesman".
    fn gives_way(&self, head: usize, later: usize) -> bool {
        let (one, other) = (&self.parts[head], &self.parts[later]);
        // "critic of the minister", "source close to the minister".
        if one.head() == Some(Head::Outsider) {
            return false;
        }
        let names_between = (head + 1..later).any(|at| self.parts[at].is_name());
        if names_between && other.item.case != Case::Lower {
            return false;
        }
        // A rank does not displace an office: "army spokesman Brig. Gen. Ali", "commandant général".
        if matches!(other.head(), Some(Head::RankOrOther | Head::Rank))
            && !matches!(one.head(), Some(Head::Rank | Head::RankOrOther))
        {
            return false;
        }
        // "Nobel laureate" styles and "former hostage" nouns do not displace an office.
        !(names_between && one.item.case != Case::Lower && !self.any_possessive(head, later))
    }

    fn any_possessive(&self, start: usize, end: usize) -> bool {
        self.parts[start..end].iter().any(|part| part.item.possessive)
    }

    /// Whether a part is a preposition (or a German or French article after a noun).
    pub fn is_preposition(&self, at: usize) -> bool {
        match self.parts[at].word {
            Some(Word::Preposition) => self.mention_at(at).is_none(),
            Some(Word::Article) => matches!(self.fold(at), "die" | "das" | "les" | "der"),
            _ => false,
        }
    }

    /// The part after the segment that a head stands in.
    pub fn segment_end(&self, head: usize) -> usize {
        let mut at = head + 1;
        while at < self.parts.len() {
            let part = &self.parts[at];
            if part.item.gap != Break::None
                && self.mention_at(at).is_none_or(|mention| mention.start == at)
            {
                return at;
            }
            if part.word == Some(Word::And)
                && self.mention_at(at).is_none()
                && (at + 1..self.parts.len()).any(|n| self.is_head(n))
            {
                return at;
            }
            at += 1;
        }
        at
    }

    /// The first part of the segment that a head stands in.
    pub fn segment_start(&self, head: usize) -> usize {
        let mut at = head;
        while at > 0 {
            if self.parts[at].item.gap != Break::None
                && self.mention_at(at).is_none_or(|mention| mention.start == at)
            {
                return at;
            }
            at -= 1;
        }
        0
    }

    /// The other head nouns of a stretch.
    pub fn heads_in(&self, start: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        (start..end).filter(|at| self.is_head(*at))
    }
}
