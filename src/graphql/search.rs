//! Lists of quotes, with what was searched in them: `QuoteConnection`, `QuoteEdge`.

use std::sync::Arc;

use async_graphql::{Enum, Object, Result, SimpleObject};

use super::aggregate::Tallies;
use super::connection::PageInfo;
use super::cursor;
use super::error::bad_input;
use super::quote::{Quote, QuoteOrder};
use crate::domain::search::{self, Notice, Query, Text};
use crate::store::page::{Page, Place};
use crate::store::quote::{Condition, Order};
use crate::store::search::score;

/// What every quote of a list was found by.
#[derive(Clone)]
pub struct Searched(Arc<[Query]>);

impl Searched {
    /// What a condition searches for; refuses an order that needs a search where there is none.
    pub fn of(condition: &Condition, order: QuoteOrder) -> Result<Self> {
        let searches: Arc<[Query]> = condition.searches().into_iter().cloned().collect();
        if order == QuoteOrder::Relevance && searches.is_empty() {
            return Err(bad_input(
                "orderBy",
                "RELEVANCE is how well quotes answer a search: give `search`, or `filter.search` \
                 outside of `or` and `not`",
            ));
        }
        Ok(Self(searches))
    }
}

/// A condition and what is searched for besides.
pub fn searching(search: Option<String>, condition: Condition) -> Condition {
    let Some(text) = search else { return condition };
    let search = Condition::Search(Arc::new(Query::read(&text)));
    match condition {
        Condition::All(conditions) if conditions.is_empty() => search,
        condition => Condition::All(vec![search, condition]),
    }
}

/// A page of a list of quotes, as the Relay specification has it.
#[derive(Clone)]
pub struct QuoteConnection {
    pub(super) edges: Vec<QuoteEdge>,
    pub(super) page_info: PageInfo,
    pub(super) total: Option<i64>,
    pub(super) tallies: Tallies,
    searched: Searched,
}

/// One of a list of quotes, with its place in the list.
#[derive(Clone)]
pub struct QuoteEdge {
    cursor: String,
    pub(super) node: Quote,
    searched: Searched,
}

/// A part of a quote's text that was found.
#[derive(SimpleObject)]
pub struct Highlight {
    /// Where it begins in `Quote.text`, in Unicode scalar values from 0.
    start: i64,
    /// Where it ends in `Quote.text`, in Unicode scalar values, exclusive.
    end: i64,
}

/// How a search was read.
#[derive(SimpleObject)]
pub struct SearchReading {
    /// What was searched for, in the language of searches: words folded, phrases in quotation marks,
    /// every operator that counted.
    text: String,
    /// What was not taken as it was typed.
    notices: Vec<SearchNotice>,
}

/// What of a search was not taken as it was typed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchNotice {
    /// There is no word in it: it restricts nothing.
    NoWords,
    /// It is longer than 256 characters, or than 64 words with those of its phrases: the rest was not read.
    Cut,
    /// It has more than 12 words and phrases: the first ones were taken.
    TooManyTerms,
    /// The beginning of a word has less than two characters, and was read as a word.
    ShortPrefix,
}

impl SearchReading {
    fn of(query: &Query) -> Self {
        let notice = |notice: &Notice| match notice {
            Notice::NoWords => SearchNotice::NoWords,
            Notice::Cut => SearchNotice::Cut,
            Notice::TooManyTerms => SearchNotice::TooManyTerms,
            Notice::ShortPrefix => SearchNotice::ShortPrefix,
        };
        Self { text: query.to_string(), notices: query.notices.iter().map(notice).collect() }
    }
}

/// One of a list of quotes, with its place in the list.
#[Object]
impl QuoteEdge {
    /// The place in the list, for `after` and `before`. Opaque; it stays good while rows
    /// come and go around it.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// What stands there.
    async fn node(&self) -> &Quote {
        &self.node
    }

    /// How well the quote answers the search, from 0 to 1; null where nothing is searched for. Half of it
    /// is how well its words agree with those that were asked for (the same words 1, the same stem 0.8,
    /// the same beginning 0.6), three tenths how near they stand to each other, two tenths how much of the
    /// quote they are. It depends on the search and the quote alone.
    async fn score(&self) -> Option<f64> {
        score(&self.searched.0, &self.node.row).map(|score| f64::from(score) / 1000.0)
    }

    /// Where in `Quote.text` stands what was found, in its order, without overlaps; null where nothing is
    /// searched for.
    async fn highlights(&self) -> Option<Vec<Highlight>> {
        let queries = &self.searched.0;
        let row = &self.node.row;
        let text = Text::of(&row.text, row.language.as_deref());
        let offset = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let highlight = |place: search::Highlight| Highlight {
            start: offset(place.start),
            end: offset(place.end),
        };
        let found = search::highlights(queries, &text);
        (!queries.is_empty()).then(|| found.into_iter().map(highlight).collect())
    }
}

impl QuoteConnection {
    /// The connection of a page in this order, with what was counted over its whole list.
    pub fn of(page: Page<Quote>, order: Order, searched: Searched, tallies: Tallies) -> Self {
        let places = page.rows.iter().map(|quote| quote.place(order, &searched.0));
        let places: Vec<Place> = places.collect();
        let page_info = PageInfo::of(&page, &places);
        let edge = |(node, place): (Quote, Place)| QuoteEdge {
            cursor: cursor::encode(&place),
            node,
            searched: searched.clone(),
        };
        let edges = page.rows.into_iter().zip(places).map(edge).collect();
        Self { edges, page_info, total: page.total, tallies, searched }
    }

    /// How each search was read that all of these quotes were found by.
    pub(super) fn readings(&self) -> Vec<SearchReading> {
        self.searched.0.iter().map(SearchReading::of).collect()
    }
}
