//! The shipped organisations: those listed by name and those composed of a country and a body.

use super::lexicon::Build;
use super::tables::{Body, Country, Field, ORGANISATIONS, Region, tables};
use super::tsv::{Row, rows};
use super::{Alias, AliasKind, Organisation};
use crate::domain::vocabulary::{Domain, OrganisationKind};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The catalogue, with its indexes.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub all: Vec<Organisation>,
    keys: HashMap<&'static str, usize, Build>,
    /// By country and body slug (`gb`, `defence-ministry`), also where the key differs.
    bodies: HashMap<(&'static str, &'static str), usize, Build>,
}

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::build);

/// The catalogue, built on first use.
pub(crate) fn catalogue() -> &'static Catalogue {
    &CATALOGUE
}

/// Fills field and country into a name pattern, in one allocation.
fn fill(pattern: &str, field: &str, country: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + field.len() + country.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str(if after.starts_with('f') { field } else { country });
        rest = after.get(2..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Keeps a composed text for the life of the program: the catalogue is built once.
fn keep(text: String) -> &'static str {
    text.leak()
}

impl Catalogue {
    fn build() -> Self {
        let mut catalogue = Catalogue {
            all: Vec::with_capacity(9_000),
            keys: HashMap::with_capacity_and_hasher(9_000, Build::default()),
            bodies: HashMap::with_capacity_and_hasher(9_000, Build::default()),
        };
        rows(ORGANISATIONS).for_each(|row| catalogue.add_listed(row));
        let ministries: Vec<(&Field, &'static str)> = tables()
            .fields
            .iter()
            .filter(|field| !field.ministry.is_empty())
            .map(|field| (field, ministry_slug(field.slug)))
            .collect();
        for country in &tables().countries {
            for body in &tables().bodies {
                if body.slug == "ministry" {
                    for (field, slug) in &ministries {
                        catalogue.add_body(country, body, slug, Some(field));
                    }
                } else {
                    catalogue.add_body(country, body, body.slug, None);
                }
            }
        }
        for region in &tables().regions {
            catalogue.add_region(region);
        }
        catalogue
    }

    /// The organisation with this key.
    pub fn by_key(&'static self, key: &str) -> Option<&'static Organisation> {
        self.keys.get(key).map(|at| &self.all[*at])
    }

    /// The body of a country, such as its `defence-ministry`.
    pub fn body(&'static self, country: &'static str, body: &str) -> Option<&'static Organisation> {
        self.bodies.get(&(country, body) as &(&str, &str)).map(|at| &self.all[*at])
    }

    fn add_listed(&mut self, row: Row) {
        let mut aliases = Vec::new();
        for (column, kind) in
            [(8, AliasKind::Name), (9, AliasKind::Acronym), (10, AliasKind::Metonym)]
        {
            for (language, text) in row.values(column) {
                aliases.push(Alias { text, kind, language });
            }
        }
        let country = row.optional(4);
        let at = self.push(Organisation {
            key: row.column(0),
            name: row.column(1),
            kind: row.kind(2),
            domain: row.domain(3),
            country,
            parent: row.optional(5),
            wikidata: row.optional(7),
            aliases,
        });
        if let (Some(country), Some(body)) = (country, row.optional(6)) {
            self.bodies.insert((country, body), at);
        }
    }

    fn add_body(
        &mut self,
        country: &Country,
        body: &Body,
        slug: &'static str,
        field: Option<&Field>,
    ) {
        if self.bodies.contains_key(&(country.code, slug)) {
            return;
        }
        let key = [country.slug.as_str(), "/", slug].concat();
        if self.keys.contains_key(key.as_str()) {
            return;
        }
        let ministry = field.map_or("", |field| field.ministry);
        let name_of_country =
            if let (true, Some(adjective)) = (body.pattern.starts_with("{c}"), country.adjective) {
                adjective
            } else if body.pattern.contains("({c})") || body.pattern.starts_with("{c}") {
                country.name
            } else {
                country.of.as_str()
            };
        let name = fill(body.pattern, ministry, name_of_country);
        let parent = body.parent.map(|parent| match self.bodies.get(&(country.code, parent)) {
            Some(at) => self.all[*at].key,
            None => keep([country.slug.as_str(), "/", parent].concat()),
        });
        let at = self.push(Organisation {
            key: keep(key),
            name: keep(name),
            kind: body.kind,
            domain: field.map_or(body.domain, |field| field.domain),
            country: Some(country.code),
            parent,
            wikidata: None,
            aliases: Vec::new(),
        });
        self.bodies.insert((country.code, slug), at);
    }

    fn add_region(&mut self, region: &Region) {
        let key = format!("{}/government", region.slug);
        if self.keys.contains_key(key.as_str()) {
            // Listed, because it is called otherwise: the Scottish Government.
            return;
        }
        self.push(Organisation {
            key: keep(key),
            name: keep(format!("Government of {}", region.name)),
            kind: OrganisationKind::SubnationalGovernment,
            domain: Domain::General,
            country: Some(region.country),
            parent: None,
            wikidata: None,
            aliases: Vec::new(),
        });
    }

    fn push(&mut self, organisation: Organisation) -> usize {
        let at = self.all.len();
        self.keys.insert(organisation.key, at);
        self.all.push(organisation);
        at
    }
}

/// The slug of the ministry of a field: `defence-ministry`.
pub(crate) fn ministry_slug(field: &str) -> &'static str {
    static SLUGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let fields = tables().fields.iter();
        fields.map(|field| (field.slug, keep(format!("{}-ministry", field.slug)))).collect()
    });
    SLUGS.get(field).copied().unwrap_or_default()
}
