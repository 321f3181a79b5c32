//! An article as rows describe it, and how two descriptions of one article become one.

use super::address::Address;
use super::date::FuzzyDate;
use super::id::{Id, Kind};
use super::organisation;

/// What a row says of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of the native format, documented there")]
pub struct Article {
    pub address: Option<Address>,
    pub document_id: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    pub published_at: Option<FuzzyDate>,
    pub language: Option<String>,
    pub licence: Option<String>,
    pub archive_url: Option<String>,
}

impl Article {
    /// Its identity: the address where there is one, which is the same all over the world; else
    /// the importer's document id *at that publisher*, since two corpora may both number from 1,
    /// and an article taken for another would put words under a source that never printed them.
    /// `None` where it has neither.
    pub fn id(&self) -> Option<Id> {
        if let Some(address) = &self.address {
            return Some(Id::derive(Kind::Article, &[b"url", address.key.as_bytes()]));
        }
        let document = self.document_id.as_deref()?;
        let publisher = self.publisher.as_deref().map(organisation::key).unwrap_or_default();
        Some(Id::derive(Kind::Article, &[b"document", publisher.as_bytes(), document.as_bytes()]))
    }
}

/// The better of two accounts of one fact, by an order that does not depend on which came first:
/// something before nothing, the longer before the shorter, then by bytes.
pub fn better(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let key = |text: &String| (std::cmp::Reverse(text.len()), text.clone());
            Some(if key(&one) <= key(&other) { one } else { other })
        }
        (one, other) => one.or(other),
    }
}

/// The better of two dates of one event: the more exact, of equally exact ones the earlier.
pub fn better_date(one: Option<FuzzyDate>, other: Option<FuzzyDate>) -> Option<FuzzyDate> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let key = |date: &FuzzyDate| (std::cmp::Reverse(date.precision), date.earliest);
            Some(if key(&one) <= key(&other) { one } else { other })
        }
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_identity_whatever_else_is_said() {
        let at = |url: &str, document: Option<&str>| Article {
            address: Address::read(url).ok(),
            document_id: document.map(str::to_owned),
            ..Article::default()
        };
        let plain = at("https://n.example/a", None).id();
        assert_eq!(plain, at("http://www.n.example/a?utm_source=x", Some("7")).id());
        assert_ne!(plain, at("https://n.example/b", Some("7")).id());
    }

    #[test]
    fn a_document_id_counts_within_its_publisher() {
        let of = |publisher: &str| Article {
            document_id: Some("1".into()),
            publisher: Some(publisher.into()),
            ..Article::default()
        };
        assert_eq!(of("The Gazette").id(), of("the gazette").id());
        assert_ne!(of("The Gazette").id(), of("The Herald").id());
        assert_eq!(Article::default().id(), None);
    }

    #[test]
    fn the_better_account_does_not_depend_on_the_order() {
        let text = |t: &str| Some(t.to_owned());
        for (one, other) in [(text("a"), text("b")), (text("abc"), text("b")), (None, text("b"))] {
            assert_eq!(better(one.clone(), other.clone()), better(other, one));
        }
        let date = |t: &str| t.parse().ok();
        assert_eq!(better_date(date("2021"), date("2021-08")), date("2021-08"));
        assert_eq!(better_date(date("2021-09"), date("2021-07")), date("2021-07"));
    }
}
