//! Organisations: what the shipped vocabulary knows of them, and how a printed name is read.

mod catalogue;
mod forces;
pub(crate) mod grammar;
mod institution;
pub(crate) mod items;
mod key;
pub(crate) mod lexicon;
mod listed;
pub(crate) mod mention;
mod read;
mod settle;
pub(crate) mod tables;
pub(crate) mod tokens;
pub(crate) mod tsv;

pub use crate::domain::vocabulary::AliasKind;
pub(crate) use catalogue::ministry_slug;
pub(crate) use forces::is_demonym;
pub use key::key;
pub(crate) use read::{friends_end, is_governmental, is_outgrown, read_items};
pub use settle::{Context, OpenBody, Words, settle};

use crate::domain::vocabulary::{Domain, OrganisationKind};

/// A body that employs, sends or itself speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Stable slug; the organisation's identity in the vocabulary.
    pub key: &'static str,
    /// Official English name (the guide's convention 14).
    pub name: &'static str,
    /// What kind of body it is.
    pub kind: OrganisationKind,
    /// Its field of policy.
    pub domain: Domain,
    /// ISO 3166 alpha-2 code of the country it belongs to.
    pub country: Option<&'static str>,
    /// Key of the body it is part of.
    pub parent: Option<&'static str>,
    /// Wikidata item.
    pub wikidata: Option<&'static str>,
    /// Other names it is printed under.
    pub aliases: Vec<Alias>,
}

/// Another name of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name as printed.
    pub text: &'static str,
    /// What kind of name it is.
    pub kind: AliasKind,
    /// BCP 47 language of the name.
    pub language: &'static str,
}

/// What a printed organisation name turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// One organisation of the vocabulary.
    Known(&'static Organisation),
    /// A proper name that the vocabulary does not list.
    Unlisted {
        /// The name, without article and stray punctuation.
        name: String,
        /// What its words say of its kind.
        kind: OrganisationKind,
    },
    /// Several organisations go by this name and the print does not decide.
    Ambiguous(Vec<&'static Organisation>),
    /// Nothing printed, or only generic words such as "the ministry".
    Nothing,
}

/// Reads a printed organisation name: "the Pentagon", "UK Ministry of Defence", "London".
///
/// A country or its capital by itself is its government, as in "London said" (convention 13);
/// a body without a country, such as "the ministry" or a bare "MoD", is [`Reading::Nothing`].
pub fn read(printed: &str) -> Reading {
    read::read(printed)
}

/// The shipped organisation with this key.
pub fn by_key(key: &str) -> Option<&'static Organisation> {
    catalogue::catalogue().by_key(key)
}

/// The organisations that the vocabulary lists, by name or by state.
pub fn listed() -> impl Iterator<Item = &'static Organisation> {
    tables::tables().listed.iter().map(|one| &one.organisation)
}

/// The vocabulary files: name, version and number of entries.
pub fn files() -> Vec<(&'static str, &'static str, usize)> {
    tsv::FILES
        .iter()
        .map(|(name, text)| (*name, tsv::version(text), tsv::rows(text).count()))
        .collect()
}

/// Every shipped organisation: the listed ones, then those composed of country and body.
pub fn all() -> Vec<&'static Organisation> {
    catalogue::catalogue().all()
}

impl Organisation {
    /// What kind of body it is of its country, such as `defence-ministry`.
    pub fn body(&self) -> Option<&'static str> {
        catalogue::slug_of(self)
    }

    /// The bodies it is part of, nearest first.
    pub fn ancestors(&self) -> Vec<&'static Organisation> {
        let mut chain: Vec<&'static Organisation> = Vec::new();
        let mut next = self.parent.and_then(by_key);
        while let Some(parent) = next {
            if chain.iter().any(|known| known.key == parent.key) {
                break;
            }
            chain.push(parent);
            next = parent.parent.and_then(by_key);
        }
        chain
    }
}
