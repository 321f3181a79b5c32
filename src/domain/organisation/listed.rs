//! The listed organisations: those that `organisations.tsv` names one by one, and the bodies that
//! `states.tsv` and `bodies.tsv` give every country.

use super::lexicon::Build;
use super::tables::{Body, Country, Field};
use super::tsv::{Row, rows};
use super::{Alias, AliasKind, Organisation};
use std::collections::HashMap;

const ORGANISATIONS: &str = include_str!("../data/organisations.tsv");
const STATES: &str = include_str!("../data/states.tsv");

/// The body of each column of `states.tsv`, from the second.
const COLUMNS: [&str; 9] = [
    "foreign-ministry",
    "defence-ministry",
    "interior-ministry",
    "health-ministry",
    "finance-ministry",
    "parliament",
    "central-bank",
    "senate",
    "lower-house",
];

/// The columns from here on are empty where a country has no such body; before them an empty one
/// says that the body is called as everywhere.
const CHAMBERS: usize = 7;

/// A listed organisation, with what the lexicon needs to know of it.
#[derive(Debug)]
pub(crate) struct Listed {
    pub organisation: Organisation,
    /// The bodies of its country that it is: the Israel Defense Forces are army and armed forces.
    pub bodies: Vec<&'static str>,
    /// A name without its country, which any country's ministry or chamber may bear:
    /// "Ministry of Foreign Affairs and Trade", "Legislative Assembly".
    pub bare: Option<Bare>,
    /// Whether the grammar composes the name, so that the lexicon can do without it.
    pub composed: bool,
}

/// See [`Listed::bare`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bare {
    pub text: &'static str,
    /// The field, for a ministry; else it is a word for the body.
    pub field: Option<usize>,
}

/// What the listing is made of besides its own files.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'t> {
    pub countries: &'t [Country],
    pub bodies: &'t [Body],
    pub fields: &'t [Field],
}

/// All listed organisations, and by country and body those that another body stands in for, as
/// the Central Bank of West African States does.
pub(crate) type Listing = (Vec<Listed>, HashMap<(&'static str, &'static str), &'static str>);

/// Reads the listing.
pub(crate) fn listing(parts: Parts<'_>) -> Listing {
    let countries = parts.countries;
    let mut listed: Vec<Listed> = Vec::with_capacity(3_000);
    listed.extend(rows(ORGANISATIONS).map(named));
    let mut taken = HashMap::with_capacity_and_hasher(1_000, Build::default());
    for one in &listed {
        if let (Some(country), Some((_, slug))) =
            (one.organisation.country, one.organisation.key.split_once('/'))
        {
            // A row whose key says which body it is needs no column for it.
            taken.entry((country, slug)).or_insert(one.organisation.key);
            for body in &one.bodies {
                taken.insert((country, body), one.organisation.key);
            }
        }
    }
    let parts = Naming { parts, taken: &taken };
    let mut shared = HashMap::new();
    let mut states: Vec<Listed> = Vec::with_capacity(2_000);
    for row in rows(STATES) {
        let Some(country) = countries.iter().find(|one| one.code == row.column(0)) else {
            continue;
        };
        if !taken.contains_key(&(country.code, "government")) {
            states.extend(parts.default(country, "government"));
        }
        for (column, slug) in COLUMNS.into_iter().enumerate() {
            let text = row.column(column + 1);
            if taken.contains_key(&(country.code, slug)) {
                continue;
            } else if text == "-" {
                // No key: there is none, and none is composed.
                shared.insert((country.code, slug), "");
            } else if let Some(key) = text.strip_prefix('@') {
                shared.insert((country.code, slug), key);
            } else if text.is_empty() && column < CHAMBERS {
                states.extend(parts.default(country, slug));
            } else if !text.is_empty() {
                states.extend(parts.stated(country, slug, row, column + 1));
            }
        }
    }
    listed.extend(states);
    (listed, shared)
}

/// A row of `organisations.tsv`.
fn named(row: Row) -> Listed {
    let mut aliases = Vec::new();
    for (column, kind) in [(8, AliasKind::Name), (9, AliasKind::Acronym), (10, AliasKind::Metonym)]
    {
        for (language, text) in row.values(column) {
            aliases.push(Alias { text, kind, language });
        }
    }
    Listed {
        organisation: Organisation {
            key: row.column(0),
            name: row.column(1),
            kind: row.kind(2),
            domain: row.domain(3),
            country: row.optional(4),
            parent: row.optional(5),
            wikidata: row.optional(7),
            aliases,
        },
        bodies: row.values(6).map(|(_, slug)| slug).collect(),
        bare: None,
        composed: false,
    }
}

/// Names the bodies of countries.
struct Naming<'t> {
    parts: Parts<'t>,
    /// The keys of the bodies that `organisations.tsv` names, by country and body.
    taken: &'t HashMap<(&'static str, &'static str), &'static str, Build>,
}

impl Naming<'_> {
    /// The body of a country that is called as everywhere: "Ministry of Defence (Latvia)".
    fn default(&self, country: &Country, slug: &str) -> Option<Listed> {
        let (body, field) = self.parts.body(slug)?;
        let name = name(body.pattern, field.map_or("", |field| field.ministry), country);
        Some(self.listed(country, slug, (body, field), name.leak(), Vec::new(), true))
    }

    /// The body of a country under its own name and aliases.
    fn stated(&self, country: &Country, slug: &str, row: Row, column: usize) -> Option<Listed> {
        let (body, field) = self.parts.body(slug)?;
        let mut values = row.values(column);
        let (_, first) = values.next()?;
        // "=" begins a whole name; else a ministry's cell says what it is a ministry of.
        let (pattern, portfolio) = match (first.strip_prefix('='), field) {
            (Some(whole), _) => (whole, ""),
            (None, Some(_)) => (body.pattern, first),
            (None, None) => (first, ""),
        };
        let own: &'static str = name(pattern, portfolio, country).leak();
        let aliases = values.map(|(language, text)| Alias {
            text,
            kind: match text.chars().all(|c| c.is_uppercase()) {
                true => AliasKind::Acronym,
                false => AliasKind::Name,
            },
            language,
        });
        let mut one = self.listed(country, slug, (body, field), own, aliases.collect(), false);
        let bare = own.split_once(" (").map(|(text, _)| text);
        one.bare = bare.filter(|_| !first.starts_with('=')).map(|text| Bare {
            text,
            field: field
                .and_then(|field| self.parts.fields.iter().position(|one| one.slug == field.slug)),
        });
        Some(one)
    }

    fn listed(
        &self,
        country: &Country,
        slug: &str,
        (body, field): (&Body, Option<&Field>),
        name: &'static str,
        aliases: Vec<Alias>,
        composed: bool,
    ) -> Listed {
        let key = |slug: &str| -> &'static str { [&country.slug, "/", slug].concat().leak() };
        let parent = body.parent.map(|slug| match self.taken.get(&(country.code, slug)) {
            Some(key) => key,
            None => key(slug),
        });
        Listed {
            organisation: Organisation {
                key: key(slug),
                name,
                kind: body.kind,
                domain: field.map_or(body.domain, |field| field.domain),
                country: Some(country.code),
                parent,
                wikidata: None,
                aliases,
            },
            bodies: Vec::new(),
            bare: None,
            composed,
        }
    }
}

impl Parts<'_> {
    /// The body with this slug, and the field where it is a ministry.
    pub fn body(&self, slug: &str) -> Option<(&Body, Option<&Field>)> {
        let field = self.fields.iter().find(|field| {
            !field.ministry.is_empty() && slug.strip_suffix("-ministry") == Some(field.slug)
        });
        let row = if field.is_some() { "ministry" } else { slug };
        let body = self.bodies.iter().find(|body| body.slug == row)?;
        (body.slug != "ministry" || field.is_some()).then_some((body, field))
    }
}

/// A name of a body of a country, from its pattern.
pub(crate) fn name(pattern: &str, field: &str, country: &Country) -> String {
    let adjective = country.adjective.filter(|_| pattern.starts_with("{c}"));
    let bare = pattern.contains("({c})") || pattern.starts_with("{c}");
    let of = if bare { country.name } else { country.of.as_str() };
    fill(pattern, field, adjective.unwrap_or(of))
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
