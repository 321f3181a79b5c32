//! The near index: which statements share words with a text.
//!
//! Statements are indexed, not quotes: reprints share an entry. A statement's id follows from its
//! words, so that an entry is written with a new statement, removed with one that goes, and never
//! changed (`write/shared.rs`, `write/statements.rs`, `table.rs`).

mod candidates;

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use diesel::prelude::*;

use super::dialect::near::{self, Entry};
use super::dialect::{Connection, on};
use super::error::Result;
use super::index::{Compared, Index};
use super::schema::statement;
use super::table::each_chunk;
use super::write::StatementValues;
use crate::domain::id::Id;
use crate::domain::verification::{Words, shingles};

pub use candidates::{Preferred, candidates};

/// Of a shingle's number so many bits are kept: what two texts share by chance only costs a look at
/// a text, and the fewer bits, the smaller the index.
const BITS: u32 = 40;

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
