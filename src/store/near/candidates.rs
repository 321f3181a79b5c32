//! Which statements a question is compared with: those that hold it word for word, then those that
//! share most with it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::super::dialect::near;
use super::super::dialect::{Connection, on};
use super::super::error::Result;
use super::super::schema::statement;
use super::super::statement::StatementRow;
use super::{ASKED_AT_ONCE, kept, number};
use crate::domain::id::Id;
use crate::domain::verification::{Question, Stretch};

/// How many statements are looked at that have a shingle. Those with the smallest ids: of several
/// common shingles the same part of all statements, so that what has them all is found there too.
const POSTINGS: usize = 400;

/// How many statements are looked at that have a shingle of a stretch of which every shingle is common.
const COMMON_POSTINGS: usize = 5_000;

/// How many such stretches are looked up so, and by how many of their shingles.
const COMMON_STRETCHES: usize = 4;
const COMMON_SHINGLES: usize = 3;

/// How many shingles of a question are looked up; of a longer one every second, third and so on.
const LOOKED_UP: usize = 256;

/// How many statements are compared with a question because they have a stretch of it word for word; …
const HELD: usize = 16;
/// … of more that may have it so many are read, …
const READ: usize = 400;
/// … first those of whom the words are attributed to, of whose statements so many are known.
const OWN: i64 = 20_000;

/// How many statements are read by one query.
const READ_AT_ONCE: usize = 50;

/// How many statements are compared with a question because they share most with it …
const BEST: usize = 20;
/// … and how many at most, with those that alone have something else of it: the parts of a text may
/// come from several.
const SHARING: usize = 48;

/// Whose statements come before those of others, since the words are attributed to them.
#[derive(Debug, Clone, Default)]
pub struct Preferred {
    /// Statements that would be theirs; compared in any case, where they exist.
    pub statements: Vec<Id>,
    /// Speakers.
    pub speakers: Vec<Id>,
    /// Organisations.
    pub organisations: Vec<Id>,
}

/// For each shingle, the numbers of statements that have it, rising.
type Postings = HashMap<i64, Vec<i64>>;

/// Statements by their numbers: hardly any number is that of several.
type Rows = HashMap<i64, Vec<StatementRow>>;

/// The statements to compare with a question: those that are preferred, those that have a stretch of it
/// word for word, those that share most with it, the first of each kind first.
pub fn candidates(
    connection: &mut Connection,
    question: &Question<'_>,
    preferred: &Preferred,
) -> Result<Vec<StatementRow>> {
    let asked: BTreeSet<i64> = question.shingles().into_iter().map(kept).collect();
    let step = asked.len().div_ceil(LOOKED_UP).max(1);
    let asked: Vec<i64> = asked.into_iter().step_by(step).collect();
    let found = look_up(connection, &asked, POSTINGS)?;
    let pairs: HashSet<i64> = question.pairs().into_iter().map(kept).collect();
    let mut chosen: Vec<i64> = preferred.statements.iter().map(|id| number(*id)).collect();
    let (holders, mut rows) = holders(connection, &question.stretches(), &found, preferred)?;
    chosen.extend(holders);
    chosen.extend(sharing(&found, &pairs));
    let mut seen = HashSet::new();
    chosen.retain(|number| seen.insert(*number));
    let unread: Vec<i64> =
        chosen.iter().copied().filter(|number| !rows.contains_key(number)).collect();
    rows.extend(by_numbers(connection, &unread)?);
    Ok(chosen.iter().filter_map(|number| rows.remove(number)).flatten().collect())
}

fn look_up(connection: &mut Connection, shingles: &[i64], most: usize) -> Result<Postings> {
    let mut found = near::look_up(connection, shingles, i64::try_from(most).unwrap_or(i64::MAX))?;
    found.values_mut().for_each(|statements| statements.sort_unstable());
    Ok(found)
}

/// The statements that have a stretch word for word, of several stretches in turn, and those of them that
/// had to be read to know.
fn holders(
    connection: &mut Connection,
    stretches: &[Stretch<'_>],
    found: &Postings,
    preferred: &Preferred,
) -> Result<(Vec<i64>, Rows)> {
    let mut own = None;
    let mut rows = Rows::new();
    let mut common = COMMON_STRETCHES;
    let mut of_each = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let shingles: Vec<i64> = stretch.numbers.iter().map(|shingle| kept(*shingle)).collect();
        let (mut may, all) = having(&shingles, found, POSTINGS);
        if !all && common > 0 {
            common -= 1;
            let shingles = &shingles[..shingles.len().min(COMMON_SHINGLES)];
            let found = look_up(connection, shingles, COMMON_POSTINGS)?;
            (may, _) = having(shingles, &found, COMMON_POSTINGS);
        }
        if may.len() > HELD {
            let own = match &mut own {
                Some(own) => own,
                none => none.insert(statements_of(connection, preferred)?),
            };
            may.sort_by_key(|statement| !own.contains(statement));
            may.truncate(READ);
            let mut read = by_numbers(connection, &may)?;
            let holds = |number: &i64| {
                read.get(number).is_some_and(|rows| rows.iter().any(|row| stretch.is_in(&row.text)))
            };
            may = may.into_iter().filter(holds).take(HELD).collect();
            rows.extend(may.iter().filter_map(|number| read.remove_entry(number)));
        }
        of_each.push(may.into_iter());
    }
    let mut held = Vec::new();
    while held.len() < HELD {
        let before = held.len();
        held.extend(of_each.iter_mut().filter_map(Iterator::next));
        if held.len() == before {
            break;
        }
    }
    Ok((held, rows))
}

/// The statements that have all of these shingles, of each of which the first `full` statements were
/// looked up, and whether these are all.
fn having(shingles: &[i64], found: &Postings, full: usize) -> (Vec<i64>, bool) {
    let lists: Vec<&Vec<i64>> = shingles.iter().filter_map(|shingle| found.get(shingle)).collect();
    let has = |list: &Vec<i64>, statement: &i64| {
        let beyond = list.len() >= full && list.last().is_none_or(|last| last < statement);
        beyond || list.binary_search(statement).is_ok()
    };
    let Some(rarest) = lists.iter().min_by_key(|list| list.len()) else {
        return (Vec::new(), false);
    };
    let have = rarest.iter().filter(|statement| lists.iter().all(|list| has(list, statement)));
    (have.copied().collect(), rarest.len() < full)
}

/// The statements of whom words are attributed to, the newest ones.
fn statements_of(connection: &mut Connection, preferred: &Preferred) -> Result<HashSet<i64>> {
    let newest = || {
        let newest = (statement::ordered_at.desc(), statement::id.desc());
        statement::table.select(statement::id).order(newest).limit(OWN)
    };
    let mut own = HashSet::new();
    for speakers in preferred.speakers.chunks(ASKED_AT_ONCE) {
        let theirs = newest().filter(statement::speaker_id.eq_any(speakers));
        let theirs: Vec<Id> = on!(connection, |c| theirs.load(c))?;
        own.extend(theirs.into_iter().map(number));
    }
    for organisations in preferred.organisations.chunks(ASKED_AT_ONCE) {
        let theirs = newest().filter(statement::organisation_id.eq_any(organisations));
        let theirs: Vec<Id> = on!(connection, |c| theirs.load(c))?;
        own.extend(theirs.into_iter().map(number));
    }
    Ok(own)
}

/// The statements that share most, by what they share. A shingle that few statements have tells more
/// than one that many have, and a pair nothing of who has three words.
fn sharing(found: &Postings, pairs: &HashSet<i64>) -> Vec<i64> {
    let mut scores: HashMap<i64, u32> = HashMap::new();
    let mut by_pairs = HashMap::new();
    for (shingle, statements) in found {
        let rarity = 16 - statements.len().max(1).ilog2();
        let scores = if pairs.contains(shingle) { &mut by_pairs } else { &mut scores };
        for statement in statements {
            *scores.entry(*statement).or_default() += rarity;
        }
    }
    for (statement, score) in by_pairs {
        scores.entry(statement).or_insert(score);
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
        if best.len() >= SHARING {
            break;
        }
        let next = statements.iter().min_by_key(|statement| rank(statement));
        best.extend(next.filter(|next| !best.contains(next)));
    }
    best
}

/// The statements of these numbers.
fn by_numbers(connection: &mut Connection, numbers: &[i64]) -> Result<Rows> {
    let mut found = Rows::with_capacity(numbers.len());
    for numbers in numbers.chunks(READ_AT_ONCE) {
        // Not in an order of the database's: SQLite would read all statements for that.
        let mut these: Vec<StatementRow> = on!(connection, |c| {
            let mut these = statement::table.select(StatementRow::as_select()).into_boxed();
            for number in numbers {
                let mut first = [0; 16];
                first[..6].copy_from_slice(&number.to_be_bytes()[2..]);
                let (from, to) = Id::from_bytes(first).neighbours();
                these = these.or_filter(statement::id.between(from, to));
            }
            these.load(c)
        })?;
        these.sort_unstable_by_key(|row| row.id);
        for row in these {
            found.entry(number(row.id)).or_default().push(row);
        }
    }
    Ok(found)
}
