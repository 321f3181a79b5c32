//! The shipped organisations: those listed by name and those composed of a country and a body.

use super::lexicon::Build;
use super::tables::{Country, ORGANISATIONS, Region, tables};
use super::tsv::{Row, rows};
use super::{Alias, AliasKind, Organisation};
use crate::domain::vocabulary::{Domain, OrganisationKind};
use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, RwLock};

/// The catalogue: listed organisations, and those that are composed when they are first asked
/// for, of which there would be thousands.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub listed: Vec<Organisation>,
    keys: HashMap<&'static str, usize, Build>,
    /// By country and body slug (`gb`, `defence-ministry`), also where the key differs.
    bodies: HashMap<(&'static str, &'static str), usize, Build>,
    composed: RwLock<HashMap<String, &'static Organisation, Build>>,
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

/// The key of the government of a region.
pub(crate) fn government_key(region: &str) -> String {
    [region, "/government"].concat()
}

/// The government of a region that is not called otherwise.
fn of_region(region: &Region, key: &str) -> Organisation {
    Organisation {
        key: key.to_owned().leak(),
        name: format!("Government of {}", region.name).leak(),
        kind: OrganisationKind::SubnationalGovernment,
        domain: Domain::General,
        country: Some(region.country),
        parent: None,
        wikidata: None,
        aliases: Vec::new(),
    }
}

impl Catalogue {
    fn build() -> Self {
        let mut catalogue = Catalogue {
            listed: Vec::with_capacity(600),
            keys: HashMap::with_capacity_and_hasher(600, Build::default()),
            bodies: HashMap::with_capacity_and_hasher(600, Build::default()),
            composed: RwLock::default(),
        };
        rows(ORGANISATIONS).for_each(|row| catalogue.add_listed(row));
        catalogue
    }

    /// The organisation with this key: `un/unhcr`, `lv/defence-ministry`, `us-texas/government`.
    pub fn by_key(&'static self, key: &str) -> Option<&'static Organisation> {
        if let Some(at) = self.keys.get(key) {
            return Some(&self.listed[*at]);
        }
        if let Some(found) = self.composed.read().ok().and_then(|all| all.get(key).copied()) {
            return Some(found);
        }
        let (place, slug) = key.split_once('/')?;
        if slug == "government"
            && let Some(region) = tables().regions.iter().find(|region| region.slug == place)
        {
            return Some(self.keep(of_region(region, key)));
        }
        let country = tables().countries.iter().find(|country| country.slug == place)?;
        self.body(country.code, slug).filter(|found| found.key == key)
    }

    /// The body of a country, such as its `defence-ministry`.
    pub fn body(&'static self, country: &'static str, body: &str) -> Option<&'static Organisation> {
        if let Some(at) = self.bodies.get(&(country, body) as &(&str, &str)) {
            return Some(&self.listed[*at]);
        }
        let country = &tables().countries[tables().country(country)?];
        let key = [country.slug.as_str(), "/", body].concat();
        if let Some(found) = self.composed.read().ok().and_then(|all| all.get(&key).copied()) {
            return Some(found);
        }
        if let Some(at) = self.keys.get(key.as_str()) {
            return Some(&self.listed[*at]);
        }
        Some(self.keep(self.of_country(country, body, key)?))
    }

    /// Every organisation there may be.
    pub fn all(&'static self) -> Vec<&'static Organisation> {
        let mut all: Vec<&'static Organisation> = self.listed.iter().collect();
        let mut slugs: Vec<&'static str> = tables().bodies.iter().map(|body| body.slug).collect();
        slugs.extend(tables().fields.iter().map(|field| ministry_slug(field.slug)));
        for country in &tables().countries {
            all.extend(slugs.iter().filter_map(|slug| self.body(country.code, slug)));
        }
        let governments = tables().regions.iter().map(|region| government_key(region.slug));
        all.extend(governments.filter_map(|key| self.by_key(&key)));
        let mut seen: HashSet<&'static str> = HashSet::with_capacity(all.len());
        all.retain(|one| seen.insert(one.key));
        all
    }

    /// Keeps a composed organisation for the life of the program; the first one stays.
    fn keep(&'static self, organisation: Organisation) -> &'static Organisation {
        let key = organisation.key.to_owned();
        match self.composed.write() {
            Ok(mut all) => all.entry(key).or_insert_with(|| Box::leak(Box::new(organisation))),
            Err(_) => Box::leak(Box::new(organisation)),
        }
    }

    fn of_country(
        &'static self,
        country: &Country,
        slug: &str,
        key: String,
    ) -> Option<Organisation> {
        let ministry = tables().fields.iter().find(|field| {
            !field.ministry.is_empty() && slug.strip_suffix("-ministry") == Some(field.slug)
        });
        let row = if ministry.is_some() { "ministry" } else { slug };
        let body = tables().bodies.iter().find(|body| body.slug == row)?;
        if body.slug == "ministry" && ministry.is_none() {
            return None;
        }
        let adjective = country.adjective.filter(|_| body.pattern.starts_with("{c}"));
        let bare = body.pattern.contains("({c})") || body.pattern.starts_with("{c}");
        let of = if bare { country.name } else { country.of.as_str() };
        let field = ministry.map_or("", |field| field.ministry);
        Some(Organisation {
            key: key.leak(),
            name: fill(body.pattern, field, adjective.unwrap_or(of)).leak(),
            kind: body.kind,
            domain: ministry.map_or(body.domain, |field| field.domain),
            country: Some(country.code),
            parent: body
                .parent
                .and_then(|parent| self.body(country.code, parent))
                .map(|parent| parent.key),
            wikidata: None,
            aliases: Vec::new(),
        })
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

    fn push(&mut self, organisation: Organisation) -> usize {
        let at = self.listed.len();
        self.keys.insert(organisation.key, at);
        self.listed.push(organisation);
        at
    }
}

/// The slug of the ministry of a field: `defence-ministry`.
pub(crate) fn ministry_slug(field: &str) -> &'static str {
    static SLUGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let fields = tables().fields.iter();
        fields.map(|field| (field.slug, &*format!("{}-ministry", field.slug).leak())).collect()
    });
    SLUGS.get(field).copied().unwrap_or_default()
}
