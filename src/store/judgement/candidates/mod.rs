//! Which speakers, and which organisations, may be one. Found by what two have in common, which
//! indexes know; a list goes along the names and looks at so many of them in one go.

mod apart;
mod rows;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::domain::id::{Id, Kind};
use crate::domain::judgement::candidates::{Likeness, Profile, SAME_ORGANISATION, compare};
use crate::store::dialect::Connection;
use crate::store::error::Result;
use crate::store::page::Place;

/// How many rows are looked at together, and how often in one list: five thousand in all.
const TOGETHER: usize = 200;
const ROUNDS: usize = 25;
/// What more than so many have in common says nothing of any two of them.
const COMMON: usize = 200;

/// Two that may be one.
#[derive(Debug, Clone)]
pub struct MergeCandidate {
    /// The one that would be merged.
    pub from: Id,
    /// The one that stays: whoever is settled, else the first by name.
    pub into: Id,
    /// How likely they are one, and why.
    pub likeness: Likeness,
}

/// A part of the list of all.
#[derive(Debug)]
pub struct Found {
    /// Pairs, each with its place.
    pub pairs: Vec<(Place, MergeCandidate)>,
    /// Where the list goes on; `None` at its end. Pairs may be none and the list go on: so many
    /// rows are looked at, and no more.
    pub next: Option<Place>,
}

/// Two that may be one, the first by name before the other.
struct Pair {
    name: String,
    one: Id,
    other: Id,
    candidate: MergeCandidate,
}

/// Those of at least this score (in hundredths) behind a place, by the name of the first of them.
/// `kind` is that of speakers or of organisations.
pub fn list(
    connection: &mut Connection,
    kind: Kind,
    min: u8,
    after: Option<&Place>,
    limit: usize,
) -> Result<Found> {
    let apart = apart::pairs(connection, kind)?;
    let mut behind = match after {
        Some(Place::Pair(name, one, other)) => Some((name.clone(), *one, *other)),
        _ => None,
    };
    let mut pairs = Vec::new();
    for _ in 0..ROUNDS {
        let from = behind.as_ref().map(|(name, one, _)| (name.as_str(), *one));
        let rows = rows::from(connection, kind, from, TOGETHER)?;
        let ids: Vec<Id> = rows.iter().map(|(_, id)| *id).collect();
        for pair in pairs_of(connection, kind, &ids, min, &apart, true)? {
            let place = (pair.name, pair.one, pair.other);
            if behind.as_ref().is_some_and(|behind| place <= *behind) {
                continue;
            }
            if pairs.len() == limit {
                let next = pairs.last().map(|(place, _): &(Place, _)| place.clone());
                return Ok(Found { pairs, next });
            }
            pairs.push((Place::Pair(place.0, place.1, place.2), pair.candidate));
        }
        match rows.last() {
            Some((name, one)) if rows.len() == TOGETHER => {
                behind = Some((name.clone(), *one, Id::from_bytes([0xff; 16])));
            }
            _ => return Ok(Found { pairs, next: None }),
        }
    }
    let next = behind.map(|(name, one, other)| Place::Pair(name, one, other));
    Ok(Found { pairs, next })
}

/// Those of one speaker or organisation, the likeliest first.
pub fn of(
    connection: &mut Connection,
    id: Id,
    min: u8,
    limit: usize,
) -> Result<Vec<MergeCandidate>> {
    let Some(kind @ (Kind::Speaker | Kind::Organisation)) = id.kind() else {
        return Ok(Vec::new());
    };
    let apart = apart::pairs(connection, kind)?;
    let mut pairs = pairs_of(connection, kind, &[id], min, &apart, false)?;
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.candidate.likeness.score));
    Ok(pairs.into_iter().take(limit).map(|pair| pair.candidate).collect())
}

/// Those of these rows with any others, by name; with `once` only with others that come later.
fn pairs_of(
    connection: &mut Connection,
    kind: Kind,
    ids: &[Id],
    min: u8,
    apart: &HashSet<(Id, Id)>,
    once: bool,
) -> Result<Vec<Pair>> {
    let mut profiles = rows::profiles(connection, kind, ids)?;
    let partners = partners(connection, kind, &profiles)?;
    let others: BTreeSet<Id> = partners.values().flatten().copied().collect();
    let others: Vec<Id> = others.into_iter().filter(|id| !profiles.contains_key(id)).collect();
    profiles.extend(rows::profiles(connection, kind, &others)?);

    let likely = |likeness: &Likeness| {
        let open = u32::from(100 - likeness.score);
        let most = 100 - open * u32::from(100 - SAME_ORGANISATION) / 100;
        kind == Kind::Speaker && most >= u32::from(min) || likeness.score >= min
    };
    let mut met = Vec::new();
    for (&id, others) in &partners {
        for &other in others {
            let (Some(one), Some(two)) = (profiles.get(&id), profiles.get(&other)) else {
                continue;
            };
            let (first, second) = ((&one.name, id), (&two.name, other));
            if once && second < first || apart.contains(&(id.min(other), id.max(other))) {
                continue;
            }
            if compare(one, two).as_ref().is_some_and(likely) {
                met.push(if first < second { (id, other) } else { (other, id) });
            }
        }
    }
    if kind == Kind::Speaker {
        let speaking: BTreeSet<Id> = met.iter().flat_map(|&(one, other)| [one, other]).collect();
        for id in speaking {
            let organisations = rows::organisations(connection, id)?;
            if let Some(profile) = profiles.get_mut(&id) {
                profile.organisations = organisations;
            }
        }
    }
    let mut pairs: Vec<Pair> = met
        .into_iter()
        .filter_map(|(one, other)| pair(&profiles, one, other))
        .filter(|pair| pair.candidate.likeness.score >= min)
        .collect();
    pairs.sort_by(|a, b| (&a.name, a.one, a.other).cmp(&(&b.name, b.one, b.other)));
    Ok(pairs)
}

fn pair(profiles: &HashMap<Id, Profile>, one: Id, other: Id) -> Option<Pair> {
    let (mine, theirs) = (profiles.get(&one)?, profiles.get(&other)?);
    let settled = |of: &Profile| of.wikidata.is_some() || of.listed.is_some();
    let (from, into) = if settled(theirs) && !settled(mine) { (one, other) } else { (other, one) };
    let likeness = compare(mine, theirs)?;
    let candidate = MergeCandidate { from, into, likeness };
    Some(Pair { name: mine.name.clone(), one, other, candidate })
}

/// Whom each of these has a name or a Wikidata id in common with.
fn partners(
    connection: &mut Connection,
    kind: Kind,
    profiles: &HashMap<Id, Profile>,
) -> Result<BTreeMap<Id, BTreeSet<Id>>> {
    let names: BTreeSet<&String> =
        profiles.values().flat_map(|of| of.aliases.iter().chain([&of.name])).collect();
    let items: BTreeSet<&String> =
        profiles.values().flat_map(|of| of.possible.iter().chain(&of.wikidata)).collect();
    let named = grouped(rows::going_by(connection, kind, names.into_iter().cloned().collect())?);
    let being = grouped(rows::being(connection, kind, items.into_iter().cloned().collect())?);
    let mut partners: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (&id, of) in profiles {
        let by_name = of.aliases.iter().chain([&of.name]).filter_map(|name| named.get(name));
        let by_item = of.possible.iter().chain(&of.wikidata).filter_map(|item| being.get(item));
        let others = by_name.chain(by_item).filter(|others| others.len() <= COMMON).flatten();
        partners.entry(id).or_default().extend(others.copied().filter(|other| *other != id));
    }
    Ok(partners)
}

fn grouped(rows: Vec<(String, Id)>) -> HashMap<String, BTreeSet<Id>> {
    let mut groups: HashMap<String, BTreeSet<Id>> = HashMap::new();
    for (value, id) in rows {
        groups.entry(value).or_default().insert(id);
    }
    groups
}
