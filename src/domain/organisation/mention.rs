//! A body that a print mentions, and how it is composed of a country and a field.

use super::catalogue::{catalogue, ministry_slug};
use super::tables::tables;
use super::{OpenBody, Organisation};
use crate::domain::vocabulary::{Domain, OrganisationKind};

/// A body that a print mentions.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// The items it covers.
    pub start: usize,
    pub end: usize,
    /// The organisation it is, where it is one of the catalogue.
    pub organisation: Option<&'static Organisation>,
    /// Others that it may be as well.
    pub rivals: Vec<&'static Organisation>,
    /// The proper name of a body that is not listed.
    pub name: Option<String>,
    pub kind: OrganisationKind,
    pub domain: Domain,
    /// The body it is of its country, and the field where it is a ministry.
    pub body: Option<usize>,
    pub field: Option<usize>,
    pub country: Option<usize>,
}

impl Mention {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Mention {
            start,
            end,
            organisation: None,
            rivals: Vec::new(),
            name: None,
            kind: OrganisationKind::Unknown,
            domain: Domain::None,
            body: None,
            field: None,
            country: None,
        }
    }

    pub fn known(start: usize, end: usize, organisation: &'static Organisation) -> Self {
        Mention {
            organisation: Some(organisation),
            kind: organisation.kind,
            domain: organisation.domain,
            country: organisation.country.and_then(|code| tables().country(code)),
            ..Mention::new(start, end)
        }
    }

    /// A body that is not listed, by its whole name.
    pub fn unlisted(name: &str, kind: OrganisationKind) -> Self {
        Mention { name: Some(name.to_owned()), kind, ..Mention::new(0, 0) }
    }

    /// Whether it names one body rather than a kind of bodies.
    pub fn is_proper(&self) -> bool {
        self.organisation.is_some() || self.name.is_some()
    }

    /// Gives a country to a body that is printed without one.
    pub fn settle(&mut self, country: usize) {
        if self.is_proper() {
            return;
        }
        if let Some(organisation) = self.body.and_then(|body| compose(country, body, self.field)) {
            self.organisation = Some(organisation);
            self.kind = organisation.kind;
            self.country = Some(country);
        }
    }

    /// What sort of body it is, where nothing says whose.
    pub fn open(&self) -> Option<OpenBody> {
        let open = !self.is_proper() && self.country.is_none();
        let slug = match (self.body_slug(), self.field.filter(|_| open)) {
            ("ministry", Some(field)) => ministry_slug(tables().fields[field].slug),
            (slug, _) => slug,
        };
        (open && !slug.is_empty()).then_some(OpenBody { slug })
    }

    /// The slug of the body it is.
    pub fn body_slug(&self) -> &'static str {
        self.body.map_or("", |body| tables().bodies[body].slug)
    }
}

/// The body of a country, in the catalogue.
pub(crate) fn compose(
    country: usize,
    body: usize,
    field: Option<usize>,
) -> Option<&'static Organisation> {
    let tables = tables();
    let code = tables.countries[country].code;
    let slug = match (tables.bodies[body].slug, field) {
        ("ministry", Some(field)) => ministry_slug(tables.fields[field].slug),
        (slug, _) => slug,
    };
    catalogue().body(code, slug)
}

/// The body of a country, by its slug.
pub(crate) fn body_of(country: usize, slug: &str) -> Option<&'static Organisation> {
    catalogue().body(tables().countries[country].code, slug)
}

/// The ministry of a field in a country.
pub(crate) fn ministry(country: usize, field: usize) -> Option<&'static Organisation> {
    let tables = tables();
    catalogue().body(tables.countries[country].code, ministry_slug(tables.fields[field].slug))
}
