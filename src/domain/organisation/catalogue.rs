//! The shipped organisations: those listed by name and those composed of a country and a body.

use super::Organisation;
use super::lexicon::Build;
use super::listed::{Parts, name};
use super::tables::{Country, Region, tables};
use crate::domain::vocabulary::{Domain, OrganisationKind};
use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, RwLock};

/// The catalogue: listed organisations, and those that are composed when they are first asked
/// for, of which there would be thousands.
#[derive(Debug)]
pub(crate) struct Catalogue {
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

/// The key of the government of a region.
pub(crate) fn government_key(region: &str) -> String {
    [region, "/government"].concat()
}

/// The government of a region that is not called otherwise.
fn of_region(region: &Region, key: &str) -> Organisation {
    Organisation {
        key: key.to_owned().leak(),
        name: match tables().countries.iter().any(|country| country.name == region.name) {
            // Georgia is a country, too.
            true => format!("Government of {} ({})", region.name, region.country).leak(),
            false => format!("Government of {}", region.name).leak(),
        },
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
            keys: HashMap::with_capacity_and_hasher(3_000, Build::default()),
            bodies: HashMap::with_capacity_and_hasher(1_000, Build::default()),
            composed: RwLock::default(),
        };
        for (at, one) in tables().listed.iter().enumerate() {
            catalogue.keys.insert(one.organisation.key, at);
            if let Some(country) = one.organisation.country {
                catalogue.bodies.extend(one.bodies.iter().map(|body| ((country, *body), at)));
            }
        }
        catalogue
    }

    /// The organisation with this key: `un/unhcr`, `lv/defence-ministry`, `us-texas/government`.
    pub fn by_key(&'static self, key: &str) -> Option<&'static Organisation> {
        if let Some(at) = self.keys.get(key) {
            return Some(listed(*at));
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
        // Where another body stands in for it, or it is listed under its own name, that is it.
        self.body(country.code, slug)
    }

    /// The body of a country, such as its `defence-ministry`.
    pub fn body(&'static self, country: &'static str, body: &str) -> Option<&'static Organisation> {
        if let Some(at) = self.bodies.get(&(country, body) as &(&str, &str)) {
            return Some(listed(*at));
        }
        if let Some(key) = tables().shared.get(&(country, body) as &(&str, &str)) {
            return self.by_key(key);
        }
        let country = &tables().countries[tables().country(country)?];
        let key = [country.slug.as_str(), "/", body].concat();
        if let Some(found) = self.composed.read().ok().and_then(|all| all.get(&key).copied()) {
            return Some(found);
        }
        if let Some(at) = self.keys.get(key.as_str()) {
            return Some(listed(*at));
        }
        Some(self.keep(self.of_country(country, body, key)?))
    }

    /// Every organisation there may be.
    pub fn all(&'static self) -> Vec<&'static Organisation> {
        let mut all: Vec<&'static Organisation> =
            tables().listed.iter().map(|one| &one.organisation).collect();
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
        let tables = tables();
        let parts =
            Parts { countries: &tables.countries, bodies: &tables.bodies, fields: &tables.fields };
        let (body, field) = parts.body(slug)?;
        Some(Organisation {
            key: key.leak(),
            name: name(body.pattern, field.map_or("", |field| field.ministry), country).leak(),
            kind: body.kind,
            domain: field.map_or(body.domain, |field| field.domain),
            country: Some(country.code),
            parent: body
                .parent
                .and_then(|parent| self.body(country.code, parent))
                .map(|parent| parent.key),
            wikidata: None,
            aliases: Vec::new(),
        })
    }
}

/// The listed organisation at a position.
pub(crate) fn listed(at: usize) -> &'static Organisation {
    &tables().listed[at].organisation
}

/// The body of its country that an organisation is: `defence-ministry`.
pub(crate) fn slug_of(organisation: &Organisation) -> Option<&'static str> {
    let tables = tables();
    let at = CATALOGUE.keys.get(organisation.key).copied();
    if let Some(body) = at.and_then(|at| tables.listed[at].bodies.first().copied()) {
        return Some(body);
    }
    if let Some(((_, body), _)) = tables.shared.iter().find(|(_, key)| **key == organisation.key) {
        return Some(body);
    }
    let (_, slug) = organisation.key.split_once('/')?;
    let known = slug.ends_with("-ministry") || tables.bodies.iter().any(|body| body.slug == slug);
    known.then_some(slug)
}

/// The slug of the ministry of a field: `defence-ministry`.
pub(crate) fn ministry_slug(field: &str) -> &'static str {
    static SLUGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
        let fields = tables().fields.iter();
        fields.map(|field| (field.slug, &*format!("{}-ministry", field.slug).leak())).collect()
    });
    SLUGS.get(field).copied().unwrap_or_default()
}
