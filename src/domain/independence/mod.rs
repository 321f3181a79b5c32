//! Which prints of one statement are copies of each other, and which seem to stand by themselves.
//!
//! Nothing here proves anything. A sign joins two prints; whatever shows no sign counts by itself, so
//! that a wire copy without credit, under a title of its own, is counted as independent: the number
//! is the most that can be claimed, and not what is known.

mod address;
mod credit;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use self::address::{address_signs, domain};
use self::credit::{agency_named, agency_of, is_author};
use super::id::Id;
use super::person::name_key;
use super::text::words;

/// How many words of text around a quote two prints must share to be one text.
const SHARED_WORDS: usize = 8;
/// How many words a title must have to be somebody's own.
const TITLE_WORDS: usize = 4;

/// What one article that prints a statement shows of where it has it from.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs, reason = "the fields are those of the article and of the quote in it")]
pub struct Print<'a> {
    pub article: Option<Id>,
    pub publisher: Option<Id>,
    pub site: Option<&'a str>,
    pub url: Option<&'a str>,
    pub title: Option<&'a str>,
    pub authors: &'a [String],
    pub context_before: Option<&'a str>,
    pub context_after: Option<&'a str>,
}

/// A sign by which two prints have one source: those that share one do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sign {
    /// One article, which may print the words twice.
    Article(Id),
    /// One publisher.
    Publisher(Id),
    /// One site, all hosts of its domain together: `uk.reuters.com` and `in.reuters.com`.
    Site(String),
    /// The credit of one news agency: among the authors, in the address, or its own site.
    Agency(&'static str),
    /// One author.
    Author(String),
    /// One title.
    Title(String),
    /// The longer words of the address, numbers and dates aside: sites that reprint a story mostly
    /// keep them.
    Slug(String),
    /// A long number in the address that is no date: publishers of one house number their stories
    /// together.
    Number(String),
    /// The words before the quote.
    Before(String),
    /// The words behind it.
    After(String),
}

impl Print<'_> {
    /// Every sign that it shows.
    pub fn signs(&self) -> Vec<Sign> {
        let mut signs = Vec::new();
        signs.extend(self.article.map(Sign::Article));
        signs.extend(self.publisher.map(Sign::Publisher));
        let site = self.site.map(domain);
        for author in self.authors {
            // "By Ada Quill"; "Ada Quill, The Associated Press".
            for part in author.split([',', '/', '|', ';']) {
                let name = name_key(part);
                let name = name.strip_prefix("by ").unwrap_or(&name);
                match agency_named(name) {
                    Some(agency) => signs.push(Sign::Agency(agency)),
                    None if is_author(name) => signs.push(Sign::Author(name.to_owned())),
                    None => {}
                }
            }
        }
        if let Some(site) = site {
            signs.extend(agency_of(&site).map(Sign::Agency));
            signs.push(Sign::Site(site));
        }
        if let Some(title) = self.title.map(words)
            && title.split(' ').count() >= TITLE_WORDS
        {
            signs.push(Sign::Title(title));
        }
        if let Some(url) = self.url {
            address_signs(url, &mut signs);
        }
        let around = |text: Option<&str>, last: bool| {
            let text = words(text?);
            let all: Vec<&str> = text.split(' ').collect();
            let from = if last { all.len().checked_sub(SHARED_WORDS)? } else { 0 };
            Some(all.get(from..from + SHARED_WORDS)?.join(" "))
        };
        signs.extend(around(self.context_before, true).map(Sign::Before));
        signs.extend(around(self.context_after, false).map(Sign::After));
        signs
    }
}

/// How many of these prints seem to stand by themselves: at most so many sources, those that show a
/// common sign counted once, however long the chain of signs.
pub fn independent(prints: &[Print<'_>]) -> usize {
    let mut source: Vec<usize> = (0..prints.len()).collect();
    let mut first: HashMap<Sign, usize> = HashMap::new();
    for (at, print) in prints.iter().enumerate() {
        for sign in print.signs() {
            let other = *first.entry(sign).or_insert(at);
            let (one, other) = (root(&mut source, at), root(&mut source, other));
            if let Some(joined) = source.get_mut(one) {
                *joined = other;
            }
        }
    }
    source.iter().enumerate().filter(|(at, source)| at == *source).count()
}

/// The print that stands for the source of this one.
fn root(source: &mut [usize], mut at: usize) -> usize {
    while let Some(&next) = source.get(at).filter(|next| **next != at) {
        let beyond = source.get(next).copied().unwrap_or(next);
        if let Some(link) = source.get_mut(at) {
            *link = beyond;
        }
        at = beyond;
    }
    at
}
