//! The phrases of a print: stretches of tokens with what the vocabulary takes them for.

use super::lexicon::{Match, STRANGE};
use super::tables::{Tables, Thing, tables};
use super::tokens::{Break, Case, Tokens};

/// How many senses of a phrase are kept; "Congress" has the most.
const SENSES: usize = 16;

/// A stretch of tokens and what it may mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub start: usize,
    pub end: usize,
    things: [Option<Thing>; SENSES],
    /// What stands before it.
    pub gap: Break,
    pub case: Case,
    pub possessive: bool,
}

impl Item {
    /// A stretch that the organisation vocabulary does not know.
    pub fn plain(tokens: &Tokens<'_>, start: usize, end: usize) -> Self {
        Item {
            start,
            end,
            things: [None; SENSES],
            gap: tokens.list[start].gap,
            case: tokens.list[start].case,
            possessive: tokens.list[end - 1].possessive,
        }
    }

    /// A stretch that the organisation vocabulary found.
    pub fn found(tokens: &Tokens<'_>, start: usize, found: &Match<'_, Thing>) -> Self {
        let mut item = Item::plain(tokens, start, found.end);
        let mut free = item.things.iter_mut();
        for sense in found.senses() {
            if let Some(slot) = free.next() {
                *slot = Some(sense);
            }
        }
        item
    }

    /// All it may mean, the likeliest first.
    pub fn things(&self) -> impl Iterator<Item = Thing> + '_ {
        self.things.iter().flatten().copied()
    }

    /// Whether the vocabulary does not know it.
    pub fn is_strange(&self) -> bool {
        self.things[0].is_none()
    }

    /// The listed organisation it may be.
    pub fn listed(&self) -> Option<u16> {
        self.things().find_map(|thing| match thing {
            Thing::Listed(at) => Some(at),
            _ => None,
        })
    }

    /// All listed organisations it may be.
    pub fn all_listed(&self) -> impl Iterator<Item = u16> + '_ {
        self.things().filter_map(|thing| match thing {
            Thing::Listed(at) => Some(at),
            _ => None,
        })
    }

    /// The body of a country it may be.
    pub fn body(&self) -> Option<usize> {
        self.things().find_map(|thing| match thing {
            Thing::Body(at) => Some(at.into()),
            _ => None,
        })
    }

    /// The field of policy it may be.
    pub fn field(&self) -> Option<usize> {
        self.things().find_map(|thing| match thing {
            Thing::Field(at) | Thing::Ministry(at) => Some(at.into()),
            _ => None,
        })
    }

    /// The field whose ministry it names by one word.
    pub fn ministry(&self) -> Option<usize> {
        self.things().find_map(|thing| match thing {
            Thing::Ministry(at) => Some(at.into()),
            _ => None,
        })
    }

    /// The kind of proper body it may be.
    pub fn institution(&self) -> Option<usize> {
        self.things().find_map(|thing| match thing {
            Thing::Institution(at) => Some(at.into()),
            _ => None,
        })
    }

    /// The country it names or is an adjective of.
    pub fn country(&self) -> Option<usize> {
        self.countries().next()
    }

    /// All countries that it may name or be an adjective of, the likeliest first.
    pub fn countries(&self) -> impl Iterator<Item = usize> + '_ {
        self.things().filter_map(|thing| match thing {
            Thing::Country(at) | Thing::Adjective(at) => Some(at.into()),
            _ => None,
        })
    }

    /// The region it names.
    pub fn region(&self) -> Option<usize> {
        self.things().find_map(|thing| match thing {
            Thing::Region(at) => Some(at.into()),
            _ => None,
        })
    }

    /// The country whose seat of government it is.
    pub fn capital(&self) -> Option<(usize, bool)> {
        self.things().find_map(|thing| match thing {
            Thing::Capital(at, metonym) => Some((at.into(), metonym)),
            _ => None,
        })
    }

    /// Whether it is a country, region or capital and no body.
    pub fn is_place(&self) -> bool {
        self.listed().is_none()
            && (self.country().is_some() || self.region().is_some() || self.capital().is_some())
    }
}

/// Splits a print into items, by the organisation vocabulary alone.
pub(crate) fn items(tokens: &mut Tokens<'_>) -> Vec<Item> {
    let tables = tables();
    split_compounds(tokens, |fold| tables.lexicon.knows(fold));
    let words = tables.lexicon.number(tokens);
    let lower = tokens.is_all_lower();
    let mut items = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let item = match tables.lexicon.longest(&tokens.list, &words, at, lower) {
            Some(found) => Item::found(tokens, at, &found),
            None => Item::plain(tokens, at, at + 1),
        };
        at = item.end;
        items.push(item);
    }
    items
}

/// Splits German compounds ("Bundesfinanzministerium") and Spanish "ex-" words into members.
pub(crate) fn split_compounds(tokens: &mut Tokens<'_>, knows: impl Fn(&str) -> bool) {
    let tables = tables();
    let mut at = 0;
    while at < tokens.len() {
        let fold = tokens.fold(at);
        let long = fold.len() >= 7 || fold.len() == 6 && fold.starts_with("ex");
        if long
            && fold.is_ascii()
            && !knows(fold)
            && tables.lexicon.word(fold) == STRANGE
            && let Some(parts) = members(tables, fold, &knows)
                .or_else(|| body_word(fold).filter(|_| tokens.list[at].case == Case::Capital))
        {
            let owned: Vec<String> = parts.into_iter().map(str::to_owned).collect();
            let parts: Vec<&str> = owned.iter().map(String::as_str).collect();
            tokens.replace(at, &parts);
            at += parts.len();
        } else {
            at += 1;
        }
    }
}

/// German bodies and offices with an unknown first member: "Küstenpartei", "Drogenbeauftragte".
fn body_word(fold: &str) -> Option<Vec<&str>> {
    const LAST: [&str; 15] = [
        "partei",
        "gewerkschaft",
        "universitat",
        "ministerium",
        "zeitung",
        "sprecher",
        "sprecherin",
        "beauftragte",
        "beauftragter",
        "minister",
        "ministerin",
        "experte",
        "expertin",
        "forscher",
        "forscherin",
    ];
    let cut = LAST.iter().find_map(|body| fold.strip_suffix(body))?.len();
    (cut >= 3).then(|| vec![&fold[..cut], &fold[cut..]])
}

/// The members of a compound: known first members, then a known word.
fn members<'f>(
    tables: &Tables,
    fold: &'f str,
    knows: &impl Fn(&str) -> bool,
) -> Option<Vec<&'f str>> {
    for cut in (2..fold.len().saturating_sub(3)).rev() {
        let (front, rest) = fold.split_at(cut);
        if !tables.fronts.contains(front) {
            continue;
        }
        if is_last_member(rest, knows) {
            return Some(vec![front, rest]);
        }
        if let Some(mut parts) = members(tables, rest, knows) {
            parts.insert(0, front);
            return Some(parts);
        }
    }
    None
}

/// Whether a word, or its base form, can end a compound.
fn is_last_member(rest: &str, knows: &impl Fn(&str) -> bool) -> bool {
    rest.len() >= 4
        && (knows(rest)
            || ["s", "in", "innen", "n", "er", "e", "en"]
                .iter()
                .filter_map(|ending| rest.strip_suffix(ending))
                .any(|stem| stem.len() >= 4 && knows(stem)))
}
