//! Relay connections: pages with cursors, forwards and backwards.

use async_graphql::{Object, Result, SimpleObject};

use super::aggregate::Tallies;
use super::article::Article;
use super::audit::AuditEntry;
use super::cursor;
use super::error::bad_input;
use super::import::{Import, ImportRejection};
use super::judgement::Judgement;
use super::organisation::Organisation;
use super::role::Role;
use super::speaker::Speaker;
use super::statement::Statement;
use super::tenure::Tenure;
use super::wanted::Wanted;
use crate::store::page::{Page, Place, Window};

/// How many rows a page has at most.
pub const MAX_PAGE: i32 = 100;
/// How many rows a page has where nobody asks.
const PAGE: i32 = 20;

/// What lies around a page.
#[derive(SimpleObject, Clone)]
pub struct PageInfo {
    /// Whether the list goes on behind this page.
    has_next_page: bool,
    /// Whether the list has rows before this page.
    has_previous_page: bool,
    /// Cursor of the first row; null for an empty page.
    start_cursor: Option<String>,
    /// Cursor of the last row, for the next page's `after`; null for an empty page.
    end_cursor: Option<String>,
}

impl PageInfo {
    /// What lies around a page whose rows have these places.
    pub fn of<T>(page: &Page<T>, places: &[Place]) -> Self {
        Self {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: places.first().map(cursor::encode),
            end_cursor: places.last().map(cursor::encode),
        }
    }
}

impl PageInfo {
    /// What lies around a page of a list that goes forwards only.
    pub fn forwards(
        start: Option<&Place>,
        end: Option<&Place>,
        has_previous_page: bool,
        has_next_page: bool,
    ) -> Self {
        let (start_cursor, end_cursor) = (start.map(cursor::encode), end.map(cursor::encode));
        Self { has_next_page, has_previous_page, start_cursor, end_cursor }
    }
}

/// Makes the connection and the edge of an entity, as the Relay specification has them.
macro_rules! connection {
    ($($entity:ident: $connection:ident, $edge:ident, $of:literal;)+) => { $(
        types!($entity: $connection, $edge, $of);

        #[doc = concat!("A page of a list of ", $of, ", as the Relay specification has it.")]
        #[Object]
        impl $connection {
            /// What stands on the page, with cursors.
            async fn edges(&self) -> &[$edge] {
                &self.edges
            }

            /// What stands on the page, without cursors.
            async fn nodes(&self) -> Vec<&$entity> {
                self.edges.iter().map(|edge| &edge.node).collect()
            }

            /// What lies around the page.
            async fn page_info(&self) -> &PageInfo {
                &self.page_info
            }

            /// The length of the whole list, whatever the page. It is counted only when it is
            /// asked for.
            async fn total_count(&self) -> i64 {
                self.total.unwrap_or_default()
            }
        }
    )+ };
}

/// The types of a connection, without what clients see.
macro_rules! types {
    ($entity:ident: $connection:ident, $edge:ident, $of:literal $(, $tallies:ident)?) => {
        #[doc = concat!("A page of a list of ", $of, ", as the Relay specification has it.")]
        #[derive(Clone)]
        pub struct $connection {
            pub(super) edges: Vec<$edge>,
            pub(super) page_info: PageInfo,
            pub(super) total: Option<i64>,
            $(pub(super) $tallies: Tallies,)?
        }

        #[doc = concat!("One of a list of ", $of, ", with its place in the list.")]
        #[derive(SimpleObject, Clone)]
        pub struct $edge {
            /// The place in the list, for `after` and `before`. Opaque; it stays good while rows
            /// come and go around it.
            cursor: String,
            /// What stands there.
            pub(super) node: $entity,
        }

        impl $connection {
            /// The connection of a page whose rows have these places.
            pub fn of(page: Page<$entity>, places: Vec<Place>) -> Self {
                let page_info = PageInfo::of(&page, &places);
                let edge = |(node, place)| $edge { cursor: cursor::encode(&place), node };
                let edges = page.rows.into_iter().zip(places).map(edge).collect();
                Self { edges, page_info, total: page.total $(, $tallies: Tallies::default())? }
            }

            $(
                /// The same with what was counted over its whole list.
                pub fn with(self, $tallies: Tallies) -> Self {
                    Self { $tallies, ..self }
                }
            )?
        }
    };
}

types!(Statement: StatementConnection, StatementEdge, "statements", tallies);

connection! {
    Speaker: SpeakerConnection, SpeakerEdge, "speakers";
    Organisation: OrganisationConnection, OrganisationEdge, "organisations";
    Article: ArticleConnection, ArticleEdge, "articles";
    Role: RoleConnection, RoleEdge, "roles";
    Tenure: TenureConnection, TenureEdge, "tenures";
    AuditEntry: AuditEntryConnection, AuditEntryEdge, "writes";
    Judgement: JudgementConnection, JudgementEdge, "judgements";
    Import: ImportConnection, ImportEdge, "imports";
    ImportRejection: ImportRejectionConnection, ImportRejectionEdge, "rows that were not taken";
}

/// The four arguments of every list.
#[derive(Debug, Clone, Default)]
pub struct PageArguments {
    /// How many rows from the beginning.
    pub first: Option<i32>,
    /// Behind this cursor.
    pub after: Option<String>,
    /// How many rows from the end.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
}

impl PageArguments {
    /// The window that they ask for; `fits` tells a cursor of this list's order from another's.
    pub fn window(self, wanted: &Wanted, fits: fn(&Place) -> bool) -> Result<Window> {
        let size = |argument: &str, size: i32| {
            if (1..=MAX_PAGE).contains(&size) {
                return Ok(usize::try_from(size).unwrap_or(1));
            }
            Err(bad_input(argument, format!("{size} is not between 1 and {MAX_PAGE}")))
        };
        let place = |argument: &str, cursor: Option<String>| match cursor {
            None => Ok(None),
            Some(cursor) => match cursor::decode(&cursor) {
                Some(place) if fits(&place) => Ok(Some(place)),
                Some(_) => Err(bad_input(argument, "this cursor is of a list in another order")),
                None => Err(bad_input(
                    argument,
                    "not a cursor; take one from `edges.cursor` or `pageInfo`",
                )),
            },
        };
        let (limit, from_end) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(bad_input("last", "`first` and `last` exclude each other"));
            }
            (None, Some(last)) => (size("last", last)?, true),
            (first, None) => (size("first", first.unwrap_or(PAGE))?, false),
        };
        Ok(Window {
            limit,
            from_end,
            after: place("after", self.after)?,
            before: place("before", self.before)?,
            count: wanted.has("totalCount"),
        })
    }
}

/// What a page costs: its size times what each row costs.
pub fn cost(first: Option<i32>, last: Option<i32>, child: usize) -> usize {
    let size = first.or(last).unwrap_or(PAGE).clamp(1, MAX_PAGE);
    usize::try_from(size).unwrap_or(1) * child.max(1)
}

/// Whether a place is one by moment.
pub fn by_time(place: &Place) -> bool {
    matches!(place, Place::Time(..))
}

/// Whether a place is one by name.
pub fn by_name(place: &Place) -> bool {
    matches!(place, Place::Name(..))
}

/// Whether a place is one by relevance.
pub fn by_rank(place: &Place) -> bool {
    matches!(place, Place::Rank(..))
}

/// Whether a place is one in the reading order.
pub fn by_position(place: &Place) -> bool {
    matches!(place, Place::Position(..))
}
