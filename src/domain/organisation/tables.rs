//! The vocabulary files as tables: countries, regions, fields, bodies, institutions, and the
//! lexicon of all their words. Built once, on first use.

use super::lexicon::Lexicon;
use super::listed::{Listed, Parts, listing};
use super::tokens::fold_char;
use super::tsv::{Row, rows};
use crate::domain::vocabulary::{Domain, OrganisationKind};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// A country of the world.
#[derive(Debug)]
pub(crate) struct Country {
    pub code: &'static str,
    /// The code in small letters, as it begins keys.
    pub slug: String,
    pub name: &'static str,
    /// The name as it stands after "of": "the United Kingdom".
    pub of: String,
    pub adjective: Option<&'static str>,
}

/// A part of a country that has a government of its own.
#[derive(Debug)]
pub(crate) struct Region {
    pub slug: &'static str,
    pub name: &'static str,
    pub country: &'static str,
}

/// A field of policy, finer than a domain: ministries are told apart by it.
#[derive(Debug)]
pub(crate) struct Field {
    pub slug: &'static str,
    pub domain: Domain,
    /// What its ministry is a ministry of; empty where no ministry is called so.
    pub ministry: &'static str,
}

/// A kind of body that every country has one of.
#[derive(Debug)]
pub(crate) struct Body {
    pub slug: &'static str,
    pub pattern: &'static str,
    pub kind: OrganisationKind,
    /// Unknown where the field decides.
    pub domain: Domain,
    pub parent: Option<&'static str>,
}

/// A kind of body of which there are many, told apart by proper names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Institution {
    pub kind: OrganisationKind,
    pub domain: Domain,
}

/// What a phrase may mean; the numbers are positions in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    Country(u16),
    Adjective(u16),
    /// A seat of government, and whether it stands for the government when it speaks.
    Capital(u16, bool),
    Region(u16),
    Listed(u16),
    Body(u16),
    Field(u16),
    /// A word that means the ministry of a field by itself: "MoD", "Treasury".
    Ministry(u16),
    Institution(u16),
}

/// All tables.
#[derive(Debug)]
pub(crate) struct Tables {
    pub countries: Vec<Country>,
    pub regions: Vec<Region>,
    pub fields: Vec<Field>,
    pub bodies: Vec<Body>,
    pub institutions: Vec<Institution>,
    pub lexicon: Lexicon<Thing>,
    /// First members of German compounds.
    pub fronts: HashSet<Box<str>>,
    /// The listed organisations.
    pub listed: Vec<Listed>,
    /// Keys of organisations that stand in for a body of a country, by country and body.
    pub shared: HashMap<(&'static str, &'static str), &'static str>,
    codes: HashMap<&'static str, usize>,
}

const COUNTRIES: &str = include_str!("../data/countries.tsv");
const REGIONS: &str = include_str!("../data/regions.tsv");
const FIELDS: &str = include_str!("../data/fields.tsv");
const BODIES: &str = include_str!("../data/bodies.tsv");
const INSTITUTIONS: &str = include_str!("../data/institutions.tsv");

/// Words that mean a field's ministry by themselves.
const MINISTRY_WORDS: &[(&str, &str)] = &[
    ("MoD", "defence"),
    ("MOD", "defence"),
    ("MFA", "foreign"),
    ("MoFA", "foreign"),
    ("MoH", "health"),
    ("treasury", "finance"),
    ("exchequer", "finance"),
    ("foreign office", "foreign"),
    ("home office", "interior"),
    ("home department", "interior"),
];

/// First members of German compounds that are no fields of policy.
const FRONTS: &[&str] = &[
    "bundes",
    "landes",
    "staats",
    "vize",
    "haupt",
    "chef",
    "spitzen",
    "regierungs",
    "partei",
    "armee",
    "militär",
    "marine",
    "botschafts",
    "ex",
    "fraktions",
    "universitäts",
    "kirchen",
    "konzern",
    "firmen",
    "gewerkschafts",
    "unternehmens",
    "gerichts",
    "parlaments",
    "stadt",
    "kreis",
    "feuerwehr",
    "luftwaffen",
    "heeres",
    "rebellen",
    "vereins",
    "verbands",
    "verfassungs",
    "klinik",
    "hochschul",
    "senats",
    "oppositions",
    "volks",
    "staatsanwaltschafts",
];

static TABLES: LazyLock<Tables> = LazyLock::new(Tables::build);

/// The tables, built on first use.
pub(crate) fn tables() -> &'static Tables {
    &TABLES
}

/// A position as it is kept in the lexicon; no table has 65 thousand rows.
fn short(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(u16::MAX)
}

impl Tables {
    fn build() -> Self {
        let mut tables = Tables {
            countries: Vec::new(),
            regions: Vec::new(),
            fields: Vec::new(),
            bodies: Vec::new(),
            institutions: Vec::new(),
            lexicon: Lexicon::new(),
            fronts: HashSet::new(),
            listed: Vec::new(),
            shared: HashMap::new(),
            codes: HashMap::new(),
        };
        tables.countries.extend(rows(COUNTRIES).map(Country::of));
        tables.disown_adjectives();
        tables.bodies.extend(rows(BODIES).map(Body::of));
        tables.fields.extend(rows(FIELDS).map(Field::of));
        let (listed, shared) = listing(Parts {
            countries: &tables.countries,
            bodies: &tables.bodies,
            fields: &tables.fields,
        });
        tables.shared = shared;
        // The order is the order of preference between senses of one phrase.
        for (at, one) in listed.iter().enumerate() {
            tables.add_listed(short(at), one);
        }
        tables.listed = listed;
        rows(COUNTRIES).enumerate().for_each(|(at, row)| tables.add_country(at, row));
        rows(BODIES).enumerate().for_each(|(at, row)| tables.add_body(at, row));
        rows(FIELDS).enumerate().for_each(|(at, row)| tables.add_field(at, row));
        rows(REGIONS).for_each(|row| tables.add_region(row));
        rows(INSTITUTIONS).for_each(|row| tables.add_institution(row));
        for (word, field) in MINISTRY_WORDS {
            if let Some(at) = tables.fields.iter().position(|row| row.slug == *field) {
                tables.lexicon.insert(word, Thing::Ministry(short(at)));
            }
        }
        tables.fronts.extend(FRONTS.iter().map(|front| fold(front).into()));
        tables
    }

    /// Takes from names what two countries share: there is no one "Congolese Army".
    fn disown_adjectives(&mut self) {
        let mut counts: HashMap<&'static str, usize> = HashMap::new();
        for adjective in self.countries.iter().filter_map(|country| country.adjective) {
            *counts.entry(adjective).or_default() += 1;
        }
        for country in &mut self.countries {
            country.adjective = country.adjective.filter(|own| counts.get(own) == Some(&1));
        }
    }

    /// The country with this ISO code.
    pub fn country(&self, code: &str) -> Option<usize> {
        self.codes.get(code).copied()
    }

    fn add_listed(&mut self, at: u16, one: &Listed) {
        let sense = Thing::Listed(at);
        if !one.composed {
            self.lexicon.insert(one.organisation.name, sense);
        }
        for alias in &one.organisation.aliases {
            self.lexicon.insert(alias.text, sense);
            if let Some(text) = inflected(alias.language, alias.text) {
                self.lexicon.insert(&text, sense);
            }
        }
        if let Some(bare) = one.bare {
            let body = one.organisation.key.split_once('/').map_or("", |(_, slug)| slug);
            let body = self.bodies.iter().position(|row| row.slug == body);
            if let Some(sense) = bare
                .field
                .map(|field| Thing::Ministry(short(field)))
                .or(body.map(|body| Thing::Body(short(body))))
            {
                self.lexicon.insert(bare.text, sense);
            }
        }
    }

    fn add_country(&mut self, at: usize, row: Row) {
        self.codes.insert(row.column(0), at);
        let at = short(at);
        let names = [row.column(1), row.column(3)].into_iter();
        let others = row.values(4).chain(row.values(7)).map(|(_, text)| text);
        for text in names.chain(others) {
            self.lexicon.insert(text, Thing::Country(at));
        }
        for (_, text) in row.values(5).chain(row.values(8)) {
            self.lexicon.insert(text, Thing::Adjective(at));
        }
        for (_, text) in row.values(6) {
            let capital = Thing::Capital(at, !text.starts_with('?'));
            self.lexicon.insert(text.trim_start_matches('?'), capital);
        }
    }

    fn add_body(&mut self, at: usize, row: Row) {
        for (_, text) in row.values(5) {
            self.lexicon.insert(text, Thing::Body(short(at)));
        }
    }

    fn add_field(&mut self, at: usize, row: Row) {
        for column in 3..=6 {
            for (_, text) in row.values(column) {
                self.lexicon.insert(text, Thing::Field(short(at)));
                if column == 4 && !text.contains(' ') {
                    self.fronts.insert(fold(text).into());
                }
            }
        }
    }

    fn add_region(&mut self, row: Row) {
        let sense = Thing::Region(short(self.regions.len()));
        self.lexicon.insert(row.column(1), sense);
        for (_, text) in row.values(3) {
            self.lexicon.insert(text, sense);
        }
        self.regions.push(Region {
            slug: row.column(0),
            name: row.column(1),
            country: row.column(2),
        });
    }

    fn add_institution(&mut self, row: Row) {
        let sense = Thing::Institution(short(self.institutions.len()));
        for (_, text) in row.values(2) {
            self.lexicon.insert(text, sense);
        }
        self.institutions.push(Institution { kind: row.kind(0), domain: row.domain(1) });
    }
}

/// A German name behind an article, as titles print it: "der Europäischen Kommission", "des
/// Auswärtigen Amts".
fn inflected(language: &str, text: &str) -> Option<String> {
    let (first, rest) = text.split_once(' ').filter(|_| language == "de")?;
    let stem = first.strip_suffix("es").or_else(|| first.strip_suffix('e'))?;
    Some(format!("{stem}en {rest}"))
}

impl Country {
    fn of(row: Row) -> Self {
        let (code, name) = (row.column(0), row.column(1));
        Country {
            code,
            slug: code.to_ascii_lowercase(),
            name,
            of: match row.column(2) {
                "" => name.to_owned(),
                article => format!("{article} {name}"),
            },
            adjective: row.values(5).next().map(|(_, text)| text),
        }
    }
}

impl Body {
    fn of(row: Row) -> Self {
        Body {
            slug: row.column(0),
            pattern: row.column(1),
            kind: row.kind(2),
            domain: row.domain(3),
            parent: row.optional(4),
        }
    }
}

impl Field {
    fn of(row: Row) -> Self {
        Field { slug: row.column(0), domain: row.domain(1), ministry: row.column(2) }
    }
}

/// A whole word, folded.
fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    word.chars().for_each(|c| fold_char(c, &mut out));
    out
}
