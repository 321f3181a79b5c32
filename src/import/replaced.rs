//! The account of an import that replaces articles: what their extractor did not find any more.

use serde::{Deserialize, Serialize};

use super::articles::Articles;
use super::format::native;
use super::rejection::{Code, Rejection};
use crate::domain::id::Id;
use crate::store::write::{Swept, Vanished};

/// How many quotes that vanished a report lists.
const LISTED: usize = 100;
/// How much of their words it shows, in characters.
const SHOWN: usize = 200;

/// What was not found any more.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Replaced {
    /// Whether the input was read to its end: only then anything vanishes.
    pub read: bool,
    /// Quotes that vanished. They stay, and say so.
    pub vanished: u64,
    /// The first 100 of them.
    pub quotes: Vec<VanishedQuote>,
    /// Quotes that lost this extractor's reading and stand by somebody else's.
    pub withdrawn: u64,
    /// Quotes that were not found and stay as they are, since rows were rejected that may hold them.
    pub spared: u64,
    /// Rejected rows of which it is not known in which article they belong: nothing vanishes then.
    pub unplaced: u64,
}

/// A quote that vanished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VanishedQuote {
    /// Its id.
    pub id: String,
    /// Its article's address, else the importer's id of the article.
    pub article: Option<String>,
    /// Its words; of many the first.
    pub text: String,
}

impl From<&Vanished> for VanishedQuote {
    fn from(quote: &Vanished) -> Self {
        Self {
            id: quote.quote.to_string(),
            article: quote.source.clone(),
            text: quote.text.chars().take(SHOWN).collect(),
        }
    }
}

impl Replaced {
    /// Adds the counts of another account to this one.
    pub(super) fn add(&mut self, other: &Self) {
        self.read |= other.read;
        self.vanished += other.vanished;
        self.withdrawn += other.withdrawn;
        self.spared += other.spared;
        self.unplaced += other.unplaced;
        let room = LISTED.saturating_sub(self.quotes.len());
        self.quotes.extend(other.quotes.iter().take(room).cloned());
    }

    /// What was found out about some articles.
    pub(super) fn of(swept: &Swept) -> Self {
        Self {
            read: true,
            vanished: swept.vanished.len() as u64,
            quotes: swept.vanished.iter().take(LISTED).map(VanishedQuote::from).collect(),
            withdrawn: swept.withdrawn,
            spared: swept.spared,
            unplaced: 0,
        }
    }
}

/// The articles of rejected rows, and how many of the rows do not show theirs.
pub(super) fn articles_of(rejections: &[Rejection], known_articles: &Articles) -> (Vec<Id>, u64) {
    let mut articles = Vec::new();
    let mut unplaced = 0;
    for rejection in rejections.iter().filter(|rejection| rejection.code != Code::Removed) {
        let known = rejection.format == native::NAME && !rejection.cut;
        match native::article_of(&rejection.row, known_articles).filter(|_| known) {
            Some(article) => articles.push(article),
            None => unplaced += 1,
        }
    }
    articles.sort_unstable();
    articles.dedup();
    (articles, unplaced)
}
