//! Popolo JSON in EveryPolitician's shape: people, organisations, posts, areas, events (legislative
//! periods) and memberships, each of which becomes one tenure.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::document::{Part, elements, members};
use super::people::{self, tell_apart};
use super::row::Row;
use super::{Content, Place, dangling, missing};
use crate::domain::field::{self, MAX_NAME};
use crate::import::record::{check_depth, json};
use crate::import::rejection::{Code, Fault};

/// What the role of a member is called who has no other.
const MEMBER: &str = "member";

#[derive(Deserialize)]
struct Person {
    id: Option<String>,
    name: Option<String>,
    identifiers: Option<Vec<Identifier>>,
    other_names: Option<Vec<OtherName>>,
}

#[derive(Deserialize)]
struct Identifier {
    scheme: Option<String>,
    identifier: Option<String>,
}

#[derive(Deserialize)]
struct OtherName {
    name: Option<String>,
    lang: Option<String>,
}

/// An organisation, an area, a post or an event: whatever a membership points to.
#[derive(Deserialize)]
struct Thing {
    id: Option<String>,
    name: Option<String>,
    label: Option<String>,
    role: Option<String>,
    organization_id: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
    posts: Option<Vec<Thing>>,
}

#[derive(Deserialize)]
struct Membership {
    person_id: Option<String>,
    organization_id: Option<String>,
    on_behalf_of_id: Option<String>,
    role: Option<String>,
    post_id: Option<String>,
    area_id: Option<String>,
    legislative_period_id: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
}

/// The lists of a document, by name.
struct Lists<'a> {
    source: &'a str,
    text: &'a str,
    lists: HashMap<&'a str, Part<'a>>,
}

impl<'a> Lists<'a> {
    fn of(source: &'a str, text: &'a str) -> Result<Self, Fault> {
        serde_json::from_str::<IgnoredAny>(text)
            .map_err(|error| Fault::line(Code::NotJson, format!("is not JSON: {error}")))?;
        let before = text.len() - text.trim_start().len();
        let whole = Part { text: text.trim(), start: before };
        let mut lists = HashMap::new();
        for (name, list) in members(whole) {
            if lists.insert(name, list).is_some() {
                let reason = "stands twice in the document".to_owned();
                return Err(Fault {
                    field: Some(name.to_owned()),
                    code: Code::UnknownField,
                    reason,
                });
            }
        }
        for name in ["persons", "memberships"] {
            match lists.get(name) {
                None => return Err(missing(name)),
                Some(part) if !part.text.starts_with('[') => {
                    return Err(Fault::value(name, "is not a list"));
                }
                Some(_) => {}
            }
        }
        Ok(Self { source, text, lists })
    }

    /// The elements of a list, each with its place.
    fn each(&self, name: &'static str) -> impl Iterator<Item = Place<'a>> + use<'a> {
        let (source, text) = (self.source, self.text);
        let mut counted = (0, 1);
        let list = self.lists.get(name).copied().unwrap_or(Part { text: "", start: 0 });
        elements(list).enumerate().map(move |(number, part)| {
            let between = text.as_bytes().get(counted.0..part.start).unwrap_or_default();
            let lines = memchr::memchr_iter(b'\n', between).count() as u64;
            counted = (part.start, counted.1 + lines);
            Place { source, line: counted.1, path: format!("{name}[{number}]"), row: part.text }
        })
    }
}

/// Reads one element.
fn element<'a, T: Deserialize<'a>>(place: &Place<'a>) -> Result<T, Fault> {
    check_depth(place.row.as_bytes())?;
    json(place.row)
}

/// Reads a document.
pub(super) fn read(source: &str, dataset: &str, text: &str) -> Result<Content, Fault> {
    let lists = Lists::of(source, text)?;
    let mut content = Content::default();
    let mut people = HashMap::new();
    for place in lists.each("persons") {
        content.people += 1;
        match element::<Person>(&place).and_then(Person::read) {
            Ok((id, person)) => match people.entry(id) {
                std::collections::hash_map::Entry::Vacant(free) => drop(free.insert(person)),
                std::collections::hash_map::Entry::Occupied(_) => {
                    content.reject(place, Fault::value("id", "another person has it"));
                }
            },
            Err(fault) => content.reject(place, fault),
        }
    }
    tell_apart(dataset, people.values_mut());
    let mut things = Things::default();
    for kind in ["organizations", "posts", "areas", "events"] {
        for place in lists.each(kind) {
            if let Err(fault) = element(&place).and_then(|thing| things.add(kind, thing)) {
                content.reject(place, fault);
            }
        }
    }
    for place in lists.each("memberships") {
        let entry = element::<Membership>(&place).and_then(|membership| {
            let id = membership.person_id.as_deref().ok_or_else(|| missing("person_id"))?;
            let person = people.get(id).ok_or_else(|| dangling("person_id", "person", id))?;
            things.row(&membership, dataset)?.entry(person)
        });
        content.take(place, entry);
    }
    Ok(content)
}

impl Person {
    fn read(self) -> Result<(String, people::Person), Fault> {
        let id = self.id.ok_or_else(|| missing("id"))?;
        let name = self.name.ok_or_else(|| missing("name"))?;
        let identifiers = self.identifiers.unwrap_or_default();
        let wikidata =
            identifiers.into_iter().find(|one| one.scheme.as_deref() == Some("wikidata"));
        let wikidata = wikidata.and_then(|one| one.identifier);
        let mut person = people::Person::read(&name, wikidata.as_deref(), Some(&id))?;
        for other in self.other_names.unwrap_or_default() {
            let Some(name) = other.name else { continue };
            let name = field::required("other_names", name.trim(), MAX_NAME)?;
            let language = field::language("other_names", other.lang.map(Into::into))?;
            if name != person.speaker.name {
                person.other_names.push((name, language));
            }
        }
        Ok((id, person))
    }
}

/// Whatever memberships point to, by its list and its id.
#[derive(Default)]
struct Things(HashMap<(&'static str, String), Thing>);

impl Things {
    fn add(&mut self, kind: &'static str, mut thing: Thing) -> Result<(), Fault> {
        let id = thing.id.clone().ok_or_else(|| missing("id"))?;
        for mut post in thing.posts.take().unwrap_or_default() {
            post.organization_id.get_or_insert_with(|| id.clone());
            self.add("posts", post)?;
        }
        match self.0.insert((kind, id), thing) {
            Some(_) => Err(Fault::value("id", format!("another one of the {kind} has it"))),
            None => Ok(()),
        }
    }

    /// What a reference leads to; nothing where there is no reference.
    fn get(
        &self,
        kind: &'static str,
        field: &str,
        id: Option<&String>,
    ) -> Result<Option<&Thing>, Fault> {
        let Some(id) = id.filter(|id| !id.is_empty()) else { return Ok(None) };
        let found = self.0.get(&(kind, id.clone()));
        found.map(Some).ok_or_else(|| dangling(field, kind.trim_end_matches('s'), id))
    }

    fn row<'a>(&'a self, membership: &'a Membership, dataset: &'a str) -> Result<Row<'a>, Fault> {
        let Membership { start_date, end_date, role, .. } = membership;
        let post = self.get("posts", "post_id", membership.post_id.as_ref())?;
        let at = membership.organization_id.as_ref();
        let at = at.or(post.and_then(|post| post.organization_id.as_ref()));
        let organisation = self.get("organizations", "organization_id", at)?;
        let organisation = organisation.ok_or_else(|| missing("organization_id"))?;
        let party = membership.on_behalf_of_id.as_ref();
        let party = self.get("organizations", "on_behalf_of_id", party)?;
        let area = self.get("areas", "area_id", membership.area_id.as_ref())?;
        let period = membership.legislative_period_id.as_ref();
        let period = self.get("events", "legislative_period_id", period)?;
        let given =
            |text: &'a Option<String>| text.as_deref().filter(|text| !text.trim().is_empty());
        let named = |thing: &'a Thing| given(&thing.name).or(given(&thing.label));
        // Without dates of its own a membership is of the whole period.
        let within = |own, of_period: fn(&Thing) -> &Option<String>| {
            given(own).or(period.and_then(|period| given(of_period(period))))
        };
        let of_post = post.and_then(|post| given(&post.role).or(given(&post.label)));
        Ok(Row {
            role: ("role", given(role).or(of_post).or(Some(MEMBER))),
            organisation: named(organisation),
            area: area.and_then(named),
            on_behalf_of: party.and_then(named),
            begin: ("start_date", within(start_date, |period| &period.start_date)),
            end: ("end_date", within(end_date, |period| &period.end_date)),
            source: dataset,
        })
    }
}
