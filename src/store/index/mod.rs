//! Indexes that are made of other tables' rows by rules of the domain, which no database knows: which
//! of them are complete, and how one is made anew.
//!
//! Whoever writes a row writes its entries in the same transaction. A database that had rows before it
//! had the index, or had it by an older rule, gets it when it is opened: batch by batch, each with the
//! place behind which the next goes on, so that a killed one goes on too.

use diesel::prelude::*;

use super::dialect::{Connection, on};
use super::error::Result;
use super::schema::derived_index;
use super::{Store, corpus, near, search};

/// The place of a row in the order in which an index is made: its primary key, as the index writes it.
pub type Place = Vec<u8>;

/// See [`Index::fill`].
pub type Fill = fn(&mut Connection, Option<&[u8]>) -> Result<Option<Place>>;

/// An index.
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// The version of the rule by which its entries are made: one that was made by another rule is
    /// made anew.
    pub version: i64,
    /// Takes every entry out.
    pub clear: fn(&mut Connection) -> Result<()>,
    /// Writes those entries of the next rows behind this place (`None`: of the first ones) that are
    /// not there yet. Answers the place behind them, `None` where there are no rows.
    pub fill: Fill,
    /// Compares its entries with the rows that they are made of, both ways.
    pub compare: fn(&mut Connection) -> Result<Compared>,
}

/// How an index agrees with the rows that it is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Compared {
    /// Rows that there are.
    pub rows: u64,
    /// Rows without an entry.
    pub missing: u64,
    /// Entries of rows that there are not.
    pub stray: u64,
    /// Rows with another entry than they should have; where that cannot be told of each, 1.
    pub wrong: u64,
}

impl Compared {
    /// Whether nothing is wrong.
    pub fn agrees(&self) -> bool {
        (self.missing, self.stray, self.wrong) == (0, 0, 0)
    }
}

/// Every index.
pub const INDEXES: [Index; 3] = [search::INDEX, near::INDEX, corpus::INDEX];

/// How an index is.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = derived_index)]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct State {
    name: String,
    version: i64,
    /// Behind which row it goes on; `None` where it is complete.
    behind: Option<Vec<u8>>,
}

impl Index {
    /// Whether every row has its entries.
    pub fn is_complete(&self, connection: &mut Connection) -> Result<bool> {
        let state = self.state(connection)?;
        Ok(state.is_some_and(|state| state.version == self.version && state.behind.is_none()))
    }

    /// Forgets it: the next steps make it anew.
    pub fn forget(&self, connection: &mut Connection) -> Result<()> {
        let own = derived_index::table.filter(derived_index::name.eq(self.name));
        on!(connection, |c| diesel::delete(own).execute(c))?;
        Ok(())
    }

    fn state(&self, connection: &mut Connection) -> Result<Option<State>> {
        let own = derived_index::table.filter(derived_index::name.eq(self.name));
        Ok(on!(connection, |c| own.first(c).optional())?)
    }

    /// Makes the next part of it in the caller's transaction; answers whether it is complete.
    fn step(&self, connection: &mut Connection) -> Result<bool> {
        let mut behind = match self.state(connection)? {
            Some(State { version, behind, .. }) if version == self.version => match behind {
                None => return Ok(true),
                behind => behind,
            },
            _ => {
                self.forget(connection)?;
                (self.clear)(connection)?;
                let state = State { name: self.name.into(), version: self.version, behind: None };
                on!(connection, |c| diesel::insert_into(derived_index::table)
                    .values(&state)
                    .execute(c))?;
                None
            }
        };
        // Of no rows yet.
        behind = behind.filter(|place| !place.is_empty());
        let behind = (self.fill)(connection, behind.as_deref())?;
        let own = derived_index::table.filter(derived_index::name.eq(self.name));
        let done = behind.is_none();
        on!(connection, |c| diesel::update(own).set(derived_index::behind.eq(behind)).execute(c))?;
        Ok(done)
    }
}

impl Store {
    /// Makes what is not complete. Each part is a transaction of its own: others write between.
    pub(super) fn complete_indexes(&self) -> Result<()> {
        let mut connection = self.pools.writer(self.options.wait)?;
        let mut many = false;
        for index in &INDEXES {
            // Looked at without the right to write, which a reading role has not.
            if connection.read(|c| index.is_complete(c))? {
                continue;
            }
            let mut parts = 0;
            while !connection.write(|c| index.step(c))? {
                parts += 1;
                if parts == 1 {
                    tracing::info!(index = index.name, "an index is made of what is there");
                }
            }
            if parts > 0 {
                tracing::info!(index = index.name, "the index is complete");
                many = true;
            }
        }
        if many && let Err(error) = connection.analyse() {
            // What was written is written.
            tracing::warn!(%error, "the planner does not know yet what the indexes have");
        }
        Ok(())
    }

    /// Compares each index with the rows that it is made of, in one state of the database.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn compare_indexes(&self) -> Result<Vec<(&'static str, Compared)>> {
        self.snapshot(|connection| {
            INDEXES.iter().map(|index| Ok((index.name, (index.compare)(connection)?))).collect()
        })
    }

    /// Makes every index anew.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub fn remake_indexes(&self) -> Result<()> {
        self.write_patiently(|c| INDEXES.iter().try_for_each(|index| index.forget(c)))?;
        self.complete_indexes()
    }
}
