//! The small grammar of organisation names: bodies composed of a country, a field and a word
//! for a body, and proper names around a word such as "university".

use super::Organisation;
use super::catalogue::{catalogue, listed};
use super::items::Item;
use super::mention::{Mention, compose};
use super::tables::tables;
use super::tokens::{Break, Case, Tokens};
use crate::domain::vocabulary::{Domain, OrganisationKind};

/// See [`is_joint`].
const JOINTS: &[&str] = &[
    "of", "for", "the", "on", "and", "in", "de", "du", "des", "d", "l", "la", "le", "les", "del",
    "der", "fur", "und", "et", "y", "to", "para", "von", "die", "das",
];

/// Words that join the parts of one name.
pub(crate) fn is_joint(fold: &str) -> bool {
    JOINTS.contains(&fold)
}

/// A reading of one print.
pub(crate) struct Grammar<'a> {
    pub tokens: &'a Tokens<'a>,
    pub items: &'a [Item],
}

impl Grammar<'_> {
    /// The bodies that are mentioned, from left to right.
    pub fn mentions(&self) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            // "Senate Committee on …": a body without a name may be the beginning of one.
            let floor =
                mentions.iter().rev().find(|last| last.is_proper()).map_or(0, |last| last.end);
            match self.mention(at, floor) {
                Some(mention) => {
                    // A wider name swallows the bodies it is made of.
                    while mentions.last().is_some_and(|last| last.start >= mention.start) {
                        mentions.pop();
                    }
                    at = mention.end.max(at + 1);
                    mentions.push(mention);
                }
                None => at += 1,
            }
        }
        mentions
    }

    fn mention(&self, at: usize, floor: usize) -> Option<Mention> {
        let item = &self.items[at];
        // A capital stands for a government only where it speaks by itself.
        let city = item.capital().is_some() && self.items.len() > 2;
        let composed = city || item.field().is_some() && self.next_is_body(at);
        if item.listed().is_some() && !composed {
            return self.listed(at, floor);
        }
        if let Some(field) = item.ministry() {
            let mut mention = self.body_of(at, floor, 0);
            mention.field = Some(field);
            mention.domain = tables().fields[field].domain;
            self.finish_body(&mut mention);
            return Some(mention);
        }
        if item.body().is_some() && item.institution().is_none() || self.is_body_here(at) {
            let body = item.body()?;
            let mut mention = self.body_of(at, floor, body);
            self.finish_body(&mut mention);
            return Some(mention);
        }
        let institution = item.institution()?;
        Some(self.institution(at, floor, institution))
    }

    /// A listed organisation; of several with one name those of the country printed beside it.
    fn listed(&self, at: usize, floor: usize) -> Option<Mention> {
        let all: Vec<&'static Organisation> =
            self.items[at].all_listed().map(|one| listed(one.into())).collect();
        let mut mention = Mention::known(at, at + 1, all.first()?);
        let mut fit = all.clone();
        if let Some((country, start, end)) = self.country_beside(at, floor) {
            fit.retain(|one| one.country == Some(tables().countries[country].code));
            if let Some(first) = fit.first() {
                mention = Mention::known(start, end, first);
            } else {
                fit = all;
            }
        }
        mention.rivals = fit.split_off(1);
        Some(mention)
    }

    /// The country beside a name, and the items from the one to the other: "Peruvian Congress",
    /// "Congress of Peru", "Democratic Party (Japan)".
    fn country_beside(&self, at: usize, floor: usize) -> Option<(usize, usize, usize)> {
        if at > floor && self.items[at].gap == Break::None {
            let left = &self.items[at - 1];
            if let Some(country) = left.country().filter(|_| left.listed().is_none()) {
                return Some((country, at - 1, at + 1));
            }
        }
        let mut end = at + 1;
        while self.items.get(end).is_some_and(|next| {
            next.gap == Break::None && matches!(self.tokens.fold(next.start), "of" | "the")
        }) {
            end += 1;
        }
        let right = self.items.get(end)?;
        let joined = end > at + 1 && right.gap == Break::None
            || end == at + 1 && right.gap != Break::None && end + 1 == self.items.len();
        Some((right.country().filter(|_| joined)?, at, end + 1))
    }

    fn next_is_body(&self, at: usize) -> bool {
        self.items.get(at + 1).is_some_and(|next| next.gap == Break::None && next.body() == Some(0))
    }

    /// Where a word is a body and an institution, a country or field beside it makes it the body.
    fn is_body_here(&self, at: usize) -> bool {
        let item = &self.items[at];
        item.body().is_some()
            && at > 0
            && item.gap == Break::None
            && self.items[at - 1].country().is_some()
    }

    /// Collects field and country on both sides of a word for a body.
    fn body_of(&self, at: usize, floor: usize, body: usize) -> Mention {
        let mut mention = Mention::new(at, at + 1);
        mention.body = Some(body);
        let row = &tables().bodies[body];
        mention.kind = row.kind;
        mention.domain = row.domain;
        let is_ministry = row.slug == "ministry";
        while mention.start > floor && self.items[mention.start].gap == Break::None {
            let left = &self.items[mention.start - 1];
            if is_ministry
                && mention.field.is_none()
                && left.field().is_some()
                && left.country().is_none()
            {
                mention.field = left.field();
            } else if mention.country.is_none()
                && left.country().is_some()
                // "Georgia Department of Public Health": that of the state of the same name.
                && !(left.region().is_some() && self.tokens.fold(self.items[at].start) == "department")
            {
                mention.country = left.country();
            } else if !self.is_filler(left) {
                break;
            }
            mention.start -= 1;
        }
        if mention.country.is_none() && self.is_federal_german(&mention) {
            mention.country = tables().country("DE");
        }
        self.right_of_body(&mut mention, is_ministry);
        mention
    }

    /// "Bundesfinanzministerium", "Bundesministerium der Verteidigung".
    fn is_federal_german(&self, mention: &Mention) -> bool {
        let tokens = self.items[mention.start].start..self.items[mention.end - 1].end;
        mention.kind == OrganisationKind::NationalGovernment
            && tokens.into_iter().any(|at| self.tokens.fold(at).starts_with("bundes"))
    }

    fn is_filler(&self, item: &Item) -> bool {
        item.end == item.start + 1
            && matches!(
                self.tokens.fold(item.start),
                "national"
                    | "federal"
                    | "royal"
                    | "central"
                    | "own"
                    | "bundes"
                    | "union"
                    | "state"
                    | "general"
            )
    }

    /// "of the Interior", "de Defensa letón", "(Latvia)", "of Japan", "in Kabul".
    fn right_of_body(&self, mention: &mut Mention, is_ministry: bool) {
        let mut end = mention.end;
        while let Some(next) = self.items.get(end) {
            let joint = next.is_strange() && is_joint(self.tokens.fold(next.start));
            if next.gap == Break::Hard && next.country().is_none() {
                break;
            } else if joint && next.gap == Break::None {
                end += 1;
                continue;
            } else if is_ministry && next.field().is_some() && next.gap != Break::Hard {
                mention.field = mention.field.or(next.field());
            } else if mention.country.is_none()
                && next.country().is_some()
                && (next.gap != Break::Comma || end + 1 == self.items.len())
            {
                mention.country = next.country();
            } else {
                break;
            }
            end += 1;
            mention.end = end;
        }
    }

    /// Decides which body it is, once field and country are collected.
    fn finish_body(&self, mention: &mut Mention) {
        let tables = tables();
        let Some(body) = mention.body else { return };
        if let Some(field) = mention.field {
            mention.domain = tables.fields[field].domain;
        }
        let slug = tables.bodies[body].slug;
        if let Some(country) = mention.country {
            if matches!(slug, "embassy" | "consulate" | "mission") {
                self.finish_mission(mention, slug, country);
            } else if slug != "ministry" || mention.field.is_some() {
                mention.organisation = compose(country, body, mention.field);
                self.find_rivals(mention, body);
            }
        } else if mention.kind == OrganisationKind::Military {
            self.finish_forces(mention);
        } else {
            self.finish_local(mention, slug);
        }
        if mention.field.is_none() && slug == "ministry" {
            mention.domain = Domain::Unknown;
        }
    }

    /// "Congolese government": one adjective, two countries.
    fn find_rivals(&self, mention: &mut Mention, body: usize) {
        let countries = self.items[mention.start..mention.end]
            .iter()
            .flat_map(Item::things)
            .filter_map(|thing| match thing {
                super::tables::Thing::Adjective(at) | super::tables::Thing::Country(at) => {
                    Some(usize::from(at))
                }
                _ => None,
            });
        for country in countries.filter(|country| Some(*country) != mention.country) {
            mention.rivals.extend(compose(country, body, mention.field));
        }
    }

    fn finish_mission(&self, mention: &mut Mention, slug: &str, country: usize) {
        let country = &tables().countries[country];
        if slug == "mission" {
            mention.name =
                Some(format!("Permanent Mission of {} to the United Nations", country.of));
            return;
        }
        let word = if slug == "embassy" { "Embassy" } else { "Consulate" };
        let mut name = format!("{word} of {}", country.of);
        let mut end = mention.end;
        if self
            .items
            .get(end)
            .is_some_and(|item| matches!(self.tokens.fold(item.start), "in" | "at" | "a" | "en"))
        {
            let first = end + 1;
            end = first;
            while self.is_capitalised(end) && (end == first || self.items[end].gap == Break::None) {
                end += 1;
            }
            if end > first {
                let city = self.tokens.print_bare(self.items[first].start, self.items[end - 1].end);
                name = format!("{name}, {city}");
                mention.end = end;
            }
        }
        mention.name = Some(name);
    }

    /// "Texas Department of Health", "Harris County police": a body of a lower level.
    fn finish_local(&self, mention: &mut Mention, slug: &str) {
        let start = self.name_start(mention.start);
        let region = self.items[start..mention.start]
            .iter()
            .chain(&self.items[mention.end..])
            .find_map(Item::region);
        let named = start < mention.start && self.items[mention.start].case != Case::Lower;
        if matches!(
            slug,
            "police" | "ministry" | "government" | "supreme-court" | "parliament" | "senate"
        ) && (named || (region.is_some() && start < mention.start))
        {
            // "Marenian Defence Ministry": no part of a country has one.
            let national = region.is_none()
                && (self.has_demonym(start, mention.start) && slug != "police"
                    || matches!(mention.domain, Domain::Defence | Domain::ForeignAffairs));
            if matches!(slug, "police" | "ministry" | "government") && !national {
                mention.kind = OrganisationKind::SubnationalGovernment;
            }
            if slug == "government"
                && let Some(region) = region
            {
                let key = format!("{}/government", tables().regions[region].slug);
                mention.organisation = catalogue().by_key(&key);
            } else if named {
                mention.name = Some(self.print(start, mention.end));
            }
            mention.start = start;
        } else if slug == "government"
            && let Some(region) = region.filter(|_| self.joins_right(mention.end))
        {
            let key = format!("{}/government", tables().regions[region].slug);
            mention.organisation = catalogue().by_key(&key);
            mention.kind = OrganisationKind::SubnationalGovernment;
            mention.end += 2;
        }
    }

    /// Where the unknown proper name that stands before a body begins.
    pub(super) fn name_start(&self, body: usize) -> usize {
        let mut start = body;
        while start > 0
            && self.items[start].gap == Break::None
            && !self.items[start - 1].possessive
            && self.is_local_name(start - 1)
        {
            start -= 1;
        }
        start
    }

    fn joins_right(&self, end: usize) -> bool {
        self.items.get(end).is_some_and(|item| is_joint(self.tokens.fold(item.start)))
            && self.items.get(end + 1).is_some_and(|item| item.region().is_some())
    }

    fn is_local_name(&self, at: usize) -> bool {
        let item = &self.items[at];
        item.case != Case::Lower
            && item.body().is_none()
            && item.listed().is_none()
            && (item.is_strange()
                || item.region().is_some()
                || item.capital().is_some()
                || item.institution().is_some())
            && !is_joint(self.tokens.fold(item.start))
            && at + 1 != 0
    }

    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        self.items.get(at).is_some_and(|item| {
            item.case != Case::Lower
                && !(item.end == item.start + 1 && is_joint(self.tokens.fold(item.start)))
        })
    }

    pub(super) fn print(&self, start: usize, end: usize) -> String {
        let print = self.tokens.print_bare(self.items[start].start, self.items[end - 1].end);
        tidy(print)
    }
}

/// A printed name without article and with single white space.
pub(crate) fn tidy(print: &str) -> String {
    let mut out = String::with_capacity(print.len());
    for word in print.split_whitespace() {
        if out.is_empty() && word.eq_ignore_ascii_case("the") {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
