//! Rows that many quotes share: written once, and merged so that the order of arrival is no matter.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::domain::id::Id;
use crate::store::dialect::Connection;

/// How many rows of a kind are remembered during a run, so that memory stays flat.
const REMEMBERED: usize = 20_000;
/// How many ids one statement asks for.
const ASKED_AT_ONCE: usize = 500;

/// A shared row.
pub trait Reference: Sized + Clone + PartialEq {
    /// Its identity.
    fn id(&self) -> Id;
    /// One row out of two accounts of it. Commutative, associative, idempotent.
    fn merge(self, other: Self) -> Self;
    /// Those of these ids that the database has.
    fn load(connection: &mut Connection, ids: &[Id]) -> QueryResult<Vec<Self>>;
    /// Writes new rows.
    fn insert(connection: &mut Connection, rows: &[Self]) -> QueryResult<()>;
    /// Writes over the row of the same id.
    fn update(&self, connection: &mut Connection) -> QueryResult<()>;
}

/// What a run remembers of one kind of shared row.
pub struct Shared<T> {
    seen: HashMap<Id, T>,
}

impl<T: Reference> Shared<T> {
    /// Remembers nothing.
    pub fn new() -> Self {
        Self { seen: HashMap::new() }
    }

    /// Forgets everything; needed after a rollback.
    pub fn forget(&mut self) {
        self.seen.clear();
    }

    /// Brings the database up to these rows, in the order given where they are new. Answers, for
    /// each row, whether it tells something new of a row that was there before the call.
    pub fn absorb(&mut self, connection: &mut Connection, rows: Vec<T>) -> QueryResult<Vec<bool>> {
        let mut order = Vec::new();
        let mut wanted: HashMap<Id, T> = HashMap::new();
        for row in &rows {
            let id = row.id();
            if let Some(there) = wanted.remove(&id) {
                wanted.insert(id, there.merge(row.clone()));
            } else if self.seen.get(&id) != Some(row) {
                order.push(id);
                wanted.insert(id, row.clone());
            }
        }
        let unseen: Vec<Id> =
            order.iter().copied().filter(|id| !self.seen.contains_key(id)).collect();
        if self.seen.len() + unseen.len() > REMEMBERED {
            self.seen.retain(|id, _| wanted.contains_key(id));
        }
        for ids in unseen.chunks(ASKED_AT_ONCE) {
            for row in T::load(connection, ids)? {
                self.seen.insert(row.id(), row);
            }
        }
        let tells = |row: &T| match self.seen.get(&row.id()) {
            Some(there) => there != row && there.clone().merge(row.clone()) != *there,
            None => false,
        };
        let told = rows.iter().map(tells).collect();
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for id in order {
            let Some(row) = wanted.remove(&id) else { continue };
            match self.seen.get(&id) {
                None => {
                    self.seen.insert(id, row.clone());
                    new.push(row);
                }
                Some(there) => {
                    let merged = there.clone().merge(row);
                    if merged != *there {
                        self.seen.insert(id, merged.clone());
                        changed.push(merged);
                    }
                }
            }
        }
        // New ones first: a changed row may point to one of them.
        T::insert(connection, &new)?;
        for row in changed {
            row.update(connection)?;
        }
        Ok(told)
    }
}

/// Writes the database side of [`Reference`] for a struct that stands for a whole row.
macro_rules! reference_row {
    ($type:ty, $table:ident) => {
        reference_row!($type, $table, |connection, rows| insert!(connection, $table::table, rows));
    };
    ($type:ty, $table:ident, |$connection:ident, $rows:ident| $insert:expr) => {
        fn id(&self) -> Id {
            self.id
        }
        fn load(connection: &mut Connection, ids: &[Id]) -> QueryResult<Vec<Self>> {
            let query = $table::table.filter($table::id.eq_any(ids));
            on!(connection, |c| query.select(<$type>::as_select()).load(c))
        }
        fn insert($connection: &mut Connection, $rows: &[Self]) -> QueryResult<()> {
            $insert
        }
        fn update(&self, connection: &mut Connection) -> QueryResult<()> {
            let row = $table::table.filter($table::id.eq(self.id));
            on!(connection, |c| diesel::update(row).set(self).execute(c)).map(drop)
        }
    };
}
pub(super) use reference_row;
