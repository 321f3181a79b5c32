//! How many printed names became how many speakers, and which speakers stay ambiguous.
//!
//! Speakers are walked through in the order of their ids, a chunk at a time: what is held is one
//! chunk and the ambiguous ones that are to be listed, however large the database is.

mod surname;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet};

use diesel::dsl::{count, count_star};
use diesel::prelude::*;
use serde::{Serialize, Serializer};

use super::Store;
use super::dialect::{Connection, on};
use super::error::Result;
use super::schema::{quote, speaker, speaker_alias, speaker_candidate};
use super::speaker::SpeakerRow;
use crate::domain::id::Id;
use crate::domain::person::is_short;
use crate::domain::quote::SpeakerKind;

/// How many speakers are held at once.
const CHUNK: i64 = 500;

/// Why a speaker is ambiguous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// Extractors offer several Wikidata items, and none is settled.
    SeveralCandidates,
    /// Another speaker has the same folded name.
    Namesakes,
    /// A surname alone, or another single word, that no full name of its article settles.
    SurnameAlone,
}

/// A speaker of whom it is not known who it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ambiguous {
    /// The speaker.
    #[serde(serialize_with = "as_text")]
    pub id: Id,
    /// Its name.
    pub name: String,
    /// How many quotes it has.
    pub quotes: u64,
    /// Why.
    pub reasons: BTreeSet<Reason>,
    /// The Wikidata items that are offered, where they are several.
    pub candidates: Vec<String>,
}

/// What became of printed names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Names {
    /// Different spellings in the speaker's place, of quotes that have a speaker.
    pub printed_names: u64,
    /// Different spellings in the speaker's place, of quotes that have none.
    pub printed_otherwise: u64,
    /// The speakers, without those that were merged into others.
    pub speakers: u64,
    /// Those of them with several printed spellings.
    pub with_several_spellings: u64,
    /// Those of them with a settled Wikidata item.
    pub settled: u64,
    /// Those of them with one Wikidata item that is offered and not settled.
    pub with_one_candidate: u64,
    /// Those of them with several that are offered, and none settled.
    pub with_several_candidates: u64,
    /// Folded names that several speakers share.
    pub shared_names: u64,
    /// The speakers that share them.
    pub namesakes: u64,
    /// Speakers of a surname alone that no full name of their article settles.
    pub surnames_alone: u64,
    /// Speakers that are ambiguous for any of these reasons.
    pub ambiguous: u64,
    /// Quotes that have a speaker.
    pub quotes_with_speaker: u64,
    /// Quotes of ambiguous speakers.
    pub quotes_of_ambiguous: u64,
    /// Quotes that have no speaker, by the sort of their source.
    pub quotes_without_speaker: BTreeMap<&'static str, u64>,
    /// The ambiguous speakers that were asked for, those with most quotes first.
    pub listed: Vec<Ambiguous>,
}

/// Which ambiguous speakers are to be listed.
#[derive(Debug, Clone, Copy)]
pub struct Listing {
    /// At most so many.
    pub limit: usize,
    /// Only those that are ambiguous for this reason.
    pub reason: Option<Reason>,
}

impl Store {
    /// What became of printed names, in one state of the database. `progress` is told how many
    /// speakers were looked at.
    pub fn names(&self, listing: Listing, progress: &mut dyn FnMut(u64)) -> Result<Names> {
        self.snapshot(|connection| names(connection, listing, progress))
    }
}

fn names(
    connection: &mut Connection,
    listing: Listing,
    progress: &mut dyn FnMut(u64),
) -> Result<Names> {
    let mut names = counts(connection)?;
    let mut listed = BinaryHeap::with_capacity(listing.limit.min(1_000) + 1);
    let mut last = Id::from_bytes([0; 16]);
    loop {
        let rows = speaker::table
            .filter(speaker::merged_into.is_null().and(speaker::id.gt(last)))
            .order(speaker::id)
            .limit(CHUNK);
        let rows: Vec<SpeakerRow> =
            on!(connection, |c| rows.select(SpeakerRow::as_select()).load(c))?;
        let Some(end) = rows.last() else { break };
        last = end.id;
        let chunk = Chunk::load(connection, &rows)?;
        for row in rows {
            let Some(found) = chunk.look_at(connection, row, &mut names)? else { continue };
            names.ambiguous += 1;
            names.quotes_of_ambiguous += found.quotes;
            if listing.reason.is_none_or(|reason| found.reasons.contains(&reason)) {
                listed.push(Reverse(Ranked(found)));
                if listed.len() > listing.limit {
                    listed.pop();
                }
            }
        }
        progress(names.speakers);
    }
    names.listed =
        listed.into_sorted_vec().into_iter().map(|Reverse(Ranked(found))| found).collect();
    Ok(names)
}

/// What the database counts by itself.
fn counts(connection: &mut Connection) -> Result<Names> {
    let printed = || quote::table.select(count(quote::printed_speaker).aggregate_distinct());
    let with = printed().filter(quote::speaker_id.is_not_null());
    let without = printed().filter(quote::speaker_id.is_null());
    let quotes = quote::table.select(count(quote::speaker_id));
    let kinds = quote::table
        .filter(quote::speaker_id.is_null())
        .group_by(quote::speaker_kind)
        .select((quote::speaker_kind, count_star()));
    let shared = speaker::table
        .filter(speaker::merged_into.is_null())
        .group_by(speaker::name_key)
        .having(count_star().gt(1))
        .select(count_star());
    let (with, without, quotes, kinds, shared) = on!(connection, |c| {
        let with: i64 = with.first(c)?;
        let without: i64 = without.first(c)?;
        let quotes: i64 = quotes.first(c)?;
        (with, without, quotes, kinds.load::<(SpeakerKind, i64)>(c)?, shared.load::<i64>(c)?)
    });
    Ok(Names {
        printed_names: with.unsigned_abs(),
        printed_otherwise: without.unsigned_abs(),
        quotes_with_speaker: quotes.unsigned_abs(),
        quotes_without_speaker: kinds
            .into_iter()
            .map(|(kind, quotes)| (kind.as_str(), quotes.unsigned_abs()))
            .collect(),
        shared_names: shared.len() as u64,
        ..Names::default()
    })
}

/// What stands beside the speakers of a chunk.
struct Chunk {
    quotes: HashMap<Id, i64>,
    spellings: HashMap<Id, i64>,
    candidates: HashMap<Id, Vec<String>>,
    shared: HashSet<String>,
}

impl Chunk {
    fn load(connection: &mut Connection, rows: &[SpeakerRow]) -> Result<Self> {
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        let keys: Vec<&str> = rows.iter().map(|row| row.name_key.as_str()).collect();
        let quotes = quote::table
            .filter(quote::speaker_id.eq_any(&ids))
            .group_by(quote::speaker_id)
            .select((quote::speaker_id.assume_not_null(), count_star()));
        let spellings = speaker_alias::table
            .filter(speaker_alias::speaker_id.eq_any(&ids))
            .group_by(speaker_alias::speaker_id)
            .select((speaker_alias::speaker_id, count_star()));
        let offered = speaker_candidate::table
            .filter(speaker_candidate::speaker_id.eq_any(&ids))
            .order((speaker_candidate::speaker_id, speaker_candidate::wikidata))
            .select((speaker_candidate::speaker_id, speaker_candidate::wikidata));
        let shared = speaker::table
            .filter(speaker::merged_into.is_null().and(speaker::name_key.eq_any(&keys)))
            .group_by(speaker::name_key)
            .having(count_star().gt(1))
            .select(speaker::name_key);
        let (quotes, spellings, offered, shared) = on!(connection, |c| {
            let quotes: Vec<(Id, i64)> = quotes.load(c)?;
            let spellings: Vec<(Id, i64)> = spellings.load(c)?;
            let offered: Vec<(Id, String)> = offered.load(c)?;
            (quotes, spellings, offered, shared.load::<String>(c)?)
        });
        let mut candidates: HashMap<Id, Vec<String>> = HashMap::new();
        for (id, item) in offered {
            candidates.entry(id).or_default().push(item);
        }
        Ok(Self {
            quotes: quotes.into_iter().collect(),
            spellings: spellings.into_iter().collect(),
            candidates,
            shared: shared.into_iter().collect(),
        })
    }

    /// Counts a speaker; answers it where it is ambiguous.
    fn look_at(
        &self,
        connection: &mut Connection,
        row: SpeakerRow,
        names: &mut Names,
    ) -> Result<Option<Ambiguous>> {
        let mut reasons = BTreeSet::new();
        let candidates = self.candidates.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        match (&row.wikidata, candidates.len()) {
            (Some(_), _) => names.settled += 1,
            (None, 0) => {}
            (None, 1) => names.with_one_candidate += 1,
            (None, _) => {
                names.with_several_candidates += 1;
                reasons.insert(Reason::SeveralCandidates);
            }
        }
        if self.shared.contains(&row.name_key) {
            names.namesakes += 1;
            reasons.insert(Reason::Namesakes);
        }
        // Whom a Wikidata item settles needs no full name.
        if row.wikidata.is_none()
            && is_short(&row.name)
            && surname::is_alone(connection, row.id, &row.name)?
        {
            names.surnames_alone += 1;
            reasons.insert(Reason::SurnameAlone);
        }
        names.speakers += 1;
        let spellings = self.spellings.get(&row.id).copied().unwrap_or_default();
        names.with_several_spellings += u64::from(spellings > 1);
        let several = reasons.contains(&Reason::SeveralCandidates);
        Ok((!reasons.is_empty()).then(|| Ambiguous {
            id: row.id,
            quotes: self.quotes.get(&row.id).copied().unwrap_or_default().unsigned_abs(),
            candidates: if several { candidates.to_vec() } else { Vec::new() },
            name: row.name,
            reasons,
        }))
    }
}

/// Orders by quotes, then by name: the greatest is listed first.
struct Ranked(Ambiguous);

impl Ranked {
    fn rank(&self) -> (u64, Reverse<(&str, Id)>) {
        (self.0.quotes, Reverse((&self.0.name, self.0.id)))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for Ranked {}

fn as_text<S: Serializer>(id: &Id, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_str(id)
}
