//! The near index: which statements share words with a text.
//!
//! Statements are indexed, not quotes: reprints share an entry. A statement's id follows from its
//! words, so that an entry is written with a new statement, removed with one that goes, and never
//! changed (`write/shared.rs`, `write/statements.rs`, `table.rs`).

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use diesel::prelude::*;

use super::dialect::near::{self, Entry};
use super::dialect::{Connection, on};
use super::error::Result;
use super::index::{Compared, Index};
use super::schema::statement;
use super::statement::StatementRow;
use super::table::each_chunk;
use super::write::StatementValues;
use crate::domain::id::Id;
use crate::domain::verification::{Question, Words, shingles};

/// Of a shingle's number so many bits are kept: what two texts share by chance only costs a look at
/// a text, and the fewer bits, the smaller the index.
const BITS: u32 = 40;

/// How many statements are looked at that have a shingle. Those with the smallest ids: of several
/// common shingles the same part of all statements, so that what has them all is found there too.
const POSTINGS: i64 = 400;

/// How many shingles of a question are looked up; of a longer one every second, third and so on.
const LOOKED_UP: usize = 256;

/// How many statements are compared with a question because they share most with it …
const BEST: usize = 20;
/// … and how many at most, with those that alone have something else of it: the parts of a text may
/// come from several.
pub const COMPARED: usize = 48;

/// How many ids one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// The entry of a statement of this text.
pub fn entry(id: Id, text: &str) -> Entry {
    let numbers = shingles(&Words::of(text)).into_iter().map(kept);
    let shingles: BTreeSet<i64> = numbers.collect();
    Entry { statement: number(id), shingles: shingles.into_iter().collect() }
}

/// The number of a statement in the index: the first 48 bits of its id.
fn number(id: Id) -> i64 {
    id.as_bytes()[..6].iter().fold(0, |number, byte| number << 8 | i64::from(*byte))
}

/// What is kept of a shingle.
fn kept(shingle: u64) -> i64 {
    // 40 bits always fit.
    i64::try_from(shingle & ((1 << BITS) - 1)).unwrap_or_default()
}

/// Writes the entries of new statements.
pub fn add<'a>(
    connection: &mut Connection,
    statements: impl Iterator<Item = (Id, &'a str)>,
) -> QueryResult<()> {
    near::add(connection, statements.map(|(id, text)| entry(id, text)).collect())
}

/// Removes the entries of these statements, which are still there.
pub fn remove(connection: &mut Connection, ids: &[Id]) -> QueryResult<()> {
    for ids in ids.chunks(ASKED_AT_ONCE) {
        let texts = statement::table
            .filter(statement::id.eq_any(ids))
            .select((statement::id, statement::text));
        let texts: Vec<(Id, String)> = on!(connection, |c| texts.load(c))?;
        near::remove(connection, texts.iter().map(|(id, text)| entry(*id, text)).collect())?;
    }
    Ok(())
}

/// The near index, which can be made anew.
pub const INDEX: Index = Index { name: "statement_near", version: 1, clear, fill, compare };

/// How many statements one part of it is made of.
const FILLED_AT_ONCE: i64 = 5_000;

fn clear(connection: &mut Connection) -> Result<()> {
    Ok(near::clear(connection)?)
}

fn fill(connection: &mut Connection, behind: Option<&[u8]>) -> Result<Option<Vec<u8>>> {
    let first = Id::from_bytes([0; 16]);
    let behind = behind.and_then(|bytes| bytes.try_into().ok()).map_or(first, Id::from_bytes);
    let next = statement::table
        .filter(statement::id.gt(behind))
        .order(statement::id)
        .limit(FILLED_AT_ONCE)
        .select((statement::id, statement::text));
    let next: Vec<(Id, String)> = on!(connection, |c| next.load(c))?;
    let mut entries: Vec<Entry> = next.iter().map(|(id, text)| entry(*id, text)).collect();
    // Who wrote one meanwhile has written its entry.
    let there = near::among(connection, &entries)?;
    entries.retain(|entry| !there.contains(&entry.statement));
    near::add(connection, entries)?;
    Ok(next.last().map(|(id, _)| id.as_bytes().to_vec()))
}

/// Compares the entries of every statement with those that there are: by their number and a sum over
/// them, so that it takes no memory.
fn compare(connection: &mut Connection) -> Result<Compared> {
    let (mut wanted, mut found, mut rows) = (Sum::default(), Sum::default(), 0_u64);
    each_chunk::<StatementValues>(connection, |statements| {
        for row in statements {
            rows += 1;
            let Entry { statement, shingles } = entry(row.id, &row.text);
            shingles.into_iter().for_each(|shingle| wanted.add(shingle, statement));
        }
        Ok(())
    })?;
    near::all(connection, |shingle, statement| found.add(shingle, statement))?;
    Ok(Compared { rows, wrong: u64::from(wanted != found), ..Compared::default() })
}

/// Entries in any order, as a number of them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    entries: u64,
    sum: u64,
}

impl Sum {
    fn add(&mut self, shingle: i64, statement: i64) {
        let mut hasher = DefaultHasher::new();
        (shingle, statement).hash(&mut hasher);
        self.entries += 1;
        self.sum = self.sum.wrapping_add(hasher.finish());
    }
}

/// The statements that share most with a question, at most [`COMPARED`], those first that share most,
/// and before them those of these ids that exist.
pub fn candidates(
    connection: &mut Connection,
    question: &Question<'_>,
    own: &[Id],
) -> Result<Vec<StatementRow>> {
    let asked: BTreeSet<i64> = question.shingles().into_iter().map(kept).collect();
    let step = asked.len().div_ceil(LOOKED_UP).max(1);
    let asked: Vec<i64> = asked.into_iter().step_by(step).collect();
    let found = near::look_up(connection, &asked, POSTINGS)?;
    let mut chosen = choose(&found);
    let own: Vec<i64> = own.iter().map(|id| number(*id)).collect();
    chosen.retain(|number| !own.contains(number));
    chosen.splice(0..0, own);
    let mut rows = by_numbers(connection, &chosen)?;
    let place: HashMap<i64, usize> = chosen.iter().enumerate().map(|(at, n)| (*n, at)).collect();
    rows.sort_by_key(|row| (place.get(&number(row.id)).copied(), row.id));
    Ok(rows)
}

/// The statements to be compared, by what they share. A shingle that few statements have tells more
/// than one that many have.
fn choose(found: &HashMap<i64, Vec<i64>>) -> Vec<i64> {
    let mut scores: HashMap<i64, u32> = HashMap::new();
    for statements in found.values() {
        let rarity = 16 - statements.len().max(1).ilog2();
        for statement in statements {
            *scores.entry(*statement).or_default() += rarity;
        }
    }
    let rank = |statement: &i64| (Reverse(scores.get(statement).copied()), *statement);
    let mut best: Vec<i64> = scores.keys().copied().collect();
    best.sort_unstable_by_key(rank);
    best.truncate(BEST);
    // What none of these has may be another's: the rarest first.
    let chosen: HashSet<i64> = best.iter().copied().collect();
    let mut rest: Vec<(&i64, &Vec<i64>)> = found
        .iter()
        .filter(|(_, statements)| !statements.iter().any(|one| chosen.contains(one)))
        .collect();
    rest.sort_unstable_by_key(|(shingle, statements)| (statements.len(), **shingle));
    for (_, statements) in rest {
        if best.len() >= COMPARED {
            break;
        }
        let next = statements.iter().min_by_key(|statement| rank(statement));
        best.extend(next.filter(|next| !best.contains(next)));
    }
    best
}

/// The statements of these numbers.
fn by_numbers(connection: &mut Connection, numbers: &[i64]) -> Result<Vec<StatementRow>> {
    let mut rows = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut first = [0; 16];
        first[..6].copy_from_slice(&number.to_be_bytes()[2..]);
        let (from, to) = Id::from_bytes(first).neighbours();
        let here = statement::table.filter(statement::id.between(from, to));
        let here: Vec<StatementRow> =
            on!(connection, |c| here.select(StatementRow::as_select()).load(c))?;
        rows.extend(here);
    }
    Ok(rows)
}
