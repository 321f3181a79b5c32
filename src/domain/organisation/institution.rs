//! Proper names of bodies of which there are many: "Massey University", "Senate Committee on …".

use super::grammar::{Grammar, is_joint};
use super::items::Item;
use super::mention::Mention;
use super::tables::tables;
use super::tokens::{Break, Case};
use crate::domain::vocabulary::{Domain, OrganisationKind};

impl Grammar<'_> {
    /// A proper name around a word such as "university", or the word alone.
    pub(super) fn institution(&self, at: usize, floor: usize, institution: usize) -> Mention {
        let row = tables().institutions[institution];
        let mut mention = Mention::new(at, at + 1);
        mention.kind = row.kind;
        mention.domain = row.domain;
        let left_end = at;
        while mention.start > floor
            && self.items[mention.start].gap == Break::None
            && self.extends_left(mention.start - 1)
        {
            mention.start -= 1;
        }
        if self.items[at].case != Case::Lower || mention.start < left_end {
            self.extend_right(&mut mention);
        } else if let Some(end) = self.field_right(at + 1) {
            mention.end = end;
        }
        if mention.end == mention.start + 1
            && self.items[at].case == Case::Lower
            && matches!(self.tokens.fold(self.items[at].start), "group" | "groups" | "movement")
        {
            // "the group's spokesman": any kind of body is called so.
            mention.kind = OrganisationKind::Unknown;
        }
        let items = &self.items[mention.start..mention.end];
        mention.country = items.iter().find_map(Item::country);
        let capitals = items.iter().filter(|item| item.case != Case::Lower).count();
        let mut field = items.iter().find_map(Item::field);
        if field.is_none() && mention.start > floor && self.items[mention.start].gap == Break::None
        {
            // "defence committee": a field in small letters belongs to the body.
            let left = &self.items[mention.start - 1];
            if left.case == Case::Lower
                && left.field().is_some()
                && row.kind == OrganisationKind::Legislature
            {
                field = left.field();
                mention.start -= 1;
            }
        }
        if matches!(
            row.kind,
            OrganisationKind::Legislature
                | OrganisationKind::NationalGovernment
                | OrganisationKind::SubnationalGovernment
        ) && row.domain == Domain::General
            && let Some(field) = field
        {
            mention.field = Some(field);
            mention.domain = tables().fields[field].domain;
        }
        if capitals >= 2 && self.items[at].case != Case::Lower {
            let name = self.print(mention.start, mention.end);
            // Only the houses of the United States name their committees so.
            mention.name = Some(
                match name.starts_with("Senate Committee on ")
                    || name.starts_with("House Committee on ")
                {
                    true => format!("United States {name}"),
                    false => name,
                },
            );
            if row.kind == OrganisationKind::Military && !self.is_regular(&mention) {
                self.disarm(&mut mention);
            }
        }
        mention
    }

    fn extends_left(&self, at: usize) -> bool {
        let item = &self.items[at];
        if item.case == Case::Lower {
            // Small words that belong to the kind of body: "environmental group", "rebel".
            return item.institution().is_some() || item.field().is_some();
        }
        if item.possessive && item.country().is_some() {
            return false;
        }
        !(item.end == item.start + 1
            && matches!(
                self.tokens.fold(item.start),
                "the" | "a" | "an" | "some" | "former" | "of" | "for"
            ))
    }

    fn extend_right(&self, mention: &mut Mention) {
        if self.items[mention.end - 1].possessive {
            return;
        }
        let mut end = mention.end;
        let mut joints = 0;
        while let Some(next) = self.items.get(end) {
            if next.gap != Break::None {
                break;
            }
            let fold = self.tokens.fold(next.start);
            if next.end == next.start + 1 && is_joint(fold) {
                // "party spokesman for …": the field belongs to the post.
                let party = mention.kind == OrganisationKind::Party
                    && !matches!(fold, "of" | "de" | "der" | "des" | "and");
                if party || matches!(fold, "in" | "to") && !self.is_capitalised(end + 1) {
                    break;
                }
                joints += 1;
            } else if next.case != Case::Lower {
                mention.end = end + 1;
                if next.possessive {
                    break;
                }
            } else {
                break;
            }
            if joints > 5 {
                break;
            }
            end += 1;
        }
    }

    fn field_right(&self, at: usize) -> Option<usize> {
        let joint = self
            .items
            .get(at)
            .is_some_and(|item| matches!(self.tokens.fold(item.start), "on" | "for" | "of"));
        let field = self.items.get(at + 1).is_some_and(|item| item.field().is_some());
        (joint && field).then_some(at + 2)
    }
}
