//! Pages by keyset: a window over an order, never an OFFSET.
//!
//! A place in an order is the sort key of a row, ending in its id; it stays good whatever is
//! inserted or deleted around it.

use crate::domain::id::Id;

/// The sort key of one row in the order that a list asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// By moment, then id.
    Time(i64, Id),
    /// By article, place in the article, then id.
    Position(Id, i64, Id),
    /// By folded name, then id.
    Name(String, Id),
    /// Of two, by the folded name of the first, then both ids.
    Pair(String, Id, Id),
    /// By score and then by moment, both negated, since the highest and the newest come first; then
    /// by id. [`Place::ranked`] makes it.
    Rank(i64, i64, Id),
}

impl Place {
    /// The place of what has this score, from this moment.
    pub fn ranked(score: u16, moment: i64, id: Id) -> Self {
        Self::Rank(-i64::from(score), moment.checked_neg().unwrap_or(i64::MAX), id)
    }
}

/// Which rows of an ordered list are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Window {
    /// How many rows at most; at least 1.
    pub limit: usize,
    /// Count from the end of the list instead of its beginning.
    pub from_end: bool,
    /// Only rows behind this place.
    pub after: Option<Place>,
    /// Only rows before this place.
    pub before: Option<Place>,
    /// Count the whole list too.
    pub count: bool,
}

/// The rows of a window, always in the list's own order.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether the list goes on behind them.
    pub has_next: bool,
    /// Whether the list has rows before them.
    pub has_previous: bool,
    /// The length of the whole list, where the window asked for it.
    pub total: Option<i64>,
}

impl Window {
    /// How many rows to fetch: one more than wanted, to learn whether the list goes on.
    pub(super) fn fetch(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX - 1) + 1
    }

    /// Cuts the window out of a whole list, which is in its order.
    pub(super) fn cut<T>(&self, mut rows: Vec<T>, place: fn(&T) -> Place) -> Page<T> {
        let total = self.count.then_some(i64::try_from(rows.len()).unwrap_or(i64::MAX));
        if let Some(before) = &self.before {
            rows.retain(|row| place(row) < *before);
        }
        if let Some(after) = &self.after {
            rows.retain(|row| place(row) > *after);
        }
        if self.from_end {
            rows.reverse();
        }
        rows.truncate(self.limit.saturating_add(1));
        self.page(rows, total)
    }

    /// Makes the page of what was fetched in the direction of the window.
    pub(super) fn page<T>(&self, mut rows: Vec<T>, total: Option<i64>) -> Page<T> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        if self.from_end {
            rows.reverse();
        }
        let (has_next, has_previous) = if self.from_end {
            (self.before.is_some(), more || self.after.is_some())
        } else {
            (more || self.before.is_some(), self.after.is_some())
        };
        Page { rows, has_next, has_previous, total }
    }
}

/// Restricts a boxed query to a window over `(by, id)` and orders it; `descending` is the list's
/// own direction. The first comparison looks superfluous: it is what the index is entered by.
macro_rules! keyset {
    ($query:expr, $window:expr, $descending:expr, $by:expr, $id:expr, $place:ident) => {{
        use crate::store::error::StoreError;
        use crate::store::page::Place;
        let window: &crate::store::page::Window = $window;
        let mut query = $query;
        let misplaced = || StoreError::Query(diesel::result::Error::NotFound);
        for (place, behind) in [(&window.after, true), (&window.before, false)] {
            let Some(place) = place else { continue };
            let Place::$place(key, id) = place else { return Err(misplaced()) };
            // "Behind" in a descending list is smaller.
            query = if behind != $descending {
                query.filter($by.ge(key.clone()).and($by.gt(key.clone()).or($id.gt(*id))))
            } else {
                query.filter($by.le(key.clone()).and($by.lt(key.clone()).or($id.lt(*id))))
            };
        }
        query = if window.from_end != $descending {
            query.order(($by.desc(), $id.desc()))
        } else {
            query.order(($by.asc(), $id.asc()))
        };
        query.limit(window.fetch())
    }};
}
pub(super) use keyset;

/// A page of a table's rows that meet a predicate, in the order of [`keyset!`], with their count
/// where the window asks for it.
macro_rules! page {
    ($connection:expr, $table:ident as $row:ty, $meets:expr, $window:expr, $($order:tt)+) => {
        on!($connection, |c| {
            let (meets, window): (_, &crate::store::page::Window) = ($meets, $window);
            let total = if window.count {
                Some($table::table.filter(meets.clone()).count().get_result(c)?)
            } else {
                None
            };
            let query = $table::table.select(<$row>::as_select()).filter(meets).into_boxed();
            let query = crate::store::page::keyset!(query, window, $($order)+);
            Ok(window.page(query.load(c)?, total))
        })
    };
}
pub(super) use page;
