//! The vocabulary of schema.org, and whether a document keeps to it: types and properties that exist,
//! on types that have them, with values of types that they take.
//!
//! It is read of `schema-dts`, which is made from schema.org's own releases: an interface `QuotationBase
//! extends CreativeWorkBase` has the properties whose domain is `Quotation`, each with its range.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::support::{read, repository};

/// Where `make web` installs it.
const DECLARATIONS: &str = "web/node_modules/schema-dts/dist/schema.d.ts";

/// What values of a property may be, by their types' names.
type Range = BTreeSet<String>;

/// The vocabulary.
pub struct SchemaOrg {
    /// What a document may say that it is.
    types: BTreeSet<String>,
    /// Types with those that they are directly below.
    above: BTreeMap<String, Vec<String>>,
    /// The properties of each type alone, with their ranges.
    properties: BTreeMap<String, BTreeMap<String, Range>>,
}

impl SchemaOrg {
    /// As installed; where it is not, that is a failure.
    pub fn installed() -> Self {
        let mut all =
            Self { types: BTreeSet::new(), above: BTreeMap::new(), properties: BTreeMap::new() };
        let mut current = String::new();
        for line in read(repository(DECLARATIONS)).lines() {
            let line = line.trim();
            let declared = line.strip_prefix("export ").unwrap_or(line).strip_prefix("interface ");
            if let Some(head) = declared.and_then(|rest| rest.strip_suffix(" {")) {
                let (name, above) = head.split_once(" extends ").unwrap_or((head, ""));
                current = bare(name);
                let above = above.split(',').map(|name| bare(name.trim()));
                let above = above.filter(|name| !name.is_empty() && *name != current);
                all.above.entry(current.clone()).or_default().extend(above);
            } else if let Some(name) = line.strip_prefix("\"@type\": \"") {
                all.types.insert(name.trim_end_matches("\";").to_owned());
            } else if let Some((property, range)) = line.split_once("\"?: SchemaValue<") {
                let range = range.split(", \"").next().unwrap();
                let range = range.split('|').map(|name| name.trim().to_owned()).collect();
                let own = all.properties.entry(current.clone()).or_default();
                own.insert(property.trim_start_matches('"').to_owned(), range);
            }
        }
        assert!(all.types.len() > 800, "only {} types in {DECLARATIONS}", all.types.len());
        all
    }

    /// A type and all those above it.
    fn lineage(&self, of: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut front = vec![of.to_owned()];
        while let Some(name) = front.pop() {
            if found.insert(name.clone()) {
                front.extend(self.above.get(&name).into_iter().flatten().cloned());
            }
        }
        found
    }

    /// The range of a property on a type.
    fn range(&self, of: &str, property: &str) -> Option<&Range> {
        self.lineage(of).iter().find_map(|name| self.properties.get(name)?.get(property))
    }

    /// What is wrong with a document.
    pub fn faults(&self, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        if document["@context"] != "https://schema.org" {
            faults.push("the context is not schema.org".to_owned());
        }
        match document.as_object() {
            Some(thing) => self.look(thing, None, "", &mut faults),
            None => faults.push("it is no object".to_owned()),
        }
        faults
    }

    /// Looks at a thing; `role_of` has the range of the property in which a role stands, which takes the
    /// same property once more (schema.org, "Introducing Role").
    fn look(
        &self,
        thing: &Map<String, Value>,
        role_of: Option<(&str, &Range)>,
        path: &str,
        faults: &mut Vec<String>,
    ) {
        let Some(kind) = thing.get("@type").and_then(Value::as_str) else {
            faults.push(format!("{path} has no type"));
            return;
        };
        if !self.types.contains(kind) {
            faults.push(format!("{path} is of a type that does not exist: {kind}"));
            return;
        }
        if let Some((property, _)) = role_of
            && !thing.contains_key(property)
        {
            faults.push(format!("{path} is a role without {property}"));
        }
        for (property, values) in thing.iter().filter(|(name, _)| !name.starts_with('@')) {
            let path = format!("{path}/{property}");
            let taken = role_of.filter(|(name, _)| name == property).map(|(_, range)| range);
            let Some(range) = taken.or_else(|| self.range(kind, property)) else {
                faults.push(format!("{path}: {kind} has no such property"));
                continue;
            };
            match values {
                Value::Array(values) => {
                    for value in values {
                        self.value(value, property, range, &path, faults);
                    }
                }
                value => self.value(value, property, range, &path, faults),
            }
        }
    }

    fn value(
        &self,
        value: &Value,
        property: &str,
        range: &Range,
        path: &str,
        faults: &mut Vec<String>,
    ) {
        let taken = |name: &str| range.contains(name);
        let fits = match value {
            Value::Object(thing) if thing.len() == 1 && thing.contains_key("@id") => {
                taken("IdReference")
            }
            Value::Object(thing) => {
                let kind = thing.get("@type").and_then(Value::as_str).unwrap_or_default();
                let lineage = self.lineage(kind);
                let is_role = lineage.contains("Role");
                self.look(thing, is_role.then_some((property, range)), path, faults);
                is_role || lineage.iter().any(|name| taken(name))
            }
            Value::String(text) => {
                taken("Text")
                    || taken("URL") && url::Url::parse(text).is_ok()
                    || taken("Date") && is_date(text)
                    || taken("DateTime")
                        && text.contains('T')
                        && text.get(..10).is_some_and(is_date)
            }
            Value::Number(_) => taken("Number") || taken("Integer"),
            Value::Bool(_) => taken("Boolean"),
            Value::Null | Value::Array(_) => false,
        };
        if !fits {
            faults.push(format!("{path} does not take {value}"));
        }
    }
}

/// `QuotationBase` and `QuotationLeaf` → `Quotation`; the parameters of types go.
fn bare(name: &str) -> String {
    let name = name.split('<').next().unwrap_or_default();
    let name = name.strip_suffix("Base").or_else(|| name.strip_suffix("Leaf")).unwrap_or(name);
    name.to_owned()
}

/// A date of ISO 8601, as exact as it is: `2021`, `2021-08`, `2021-08-13`.
fn is_date(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let shape = matches!(lengths[..], [4] | [4, 2] | [4, 2, 2]);
    shape && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

#[test]
fn the_check_finds_what_schema_org_does_not_have() {
    let schema_org = SchemaOrg::installed();
    let faults = |document: &str| {
        let mut document: Value = serde_json::from_str(document).unwrap();
        document["@context"] = "https://schema.org".into();
        schema_org.faults(&document).join("; ")
    };
    for good in [
        r#"{ "@type": "Quotation", "text": "a", "dateCreated": "2021-08" }"#,
        r#"{ "@type": "Quotation", "spokenByCharacter": { "@type": "OrganizationRole", "roleName": "a",
             "spokenByCharacter": { "@type": "Person", "name": "b" } } }"#,
        r#"{ "@type": "NewsArticle", "publisher": { "@type": "NewsMediaOrganization", "name": "a" } }"#,
    ] {
        assert_eq!(faults(good), "", "{good}");
    }
    for (wrong, why) in [
        (r#"{ "@type": "Quote" }"#, "does not exist"),
        (r#"{ "@type": "Quotation", "speaker": "a" }"#, "no such property"),
        (r#"{ "@type": "Quotation", "birthDate": "2021" }"#, "no such property"),
        (
            r#"{ "@type": "Quotation", "spokenByCharacter": { "@type": "NewsArticle" } }"#,
            "not take",
        ),
        (r#"{ "@type": "Quotation", "spokenByCharacter": "a person" }"#, "does not take"),
        (
            r#"{ "@type": "Person", "affiliation": { "@type": "OrganizationRole" } }"#,
            "a role without",
        ),
        (r#"{ "@type": "Quotation", "dateCreated": "August" }"#, "does not take"),
        (
            r#"{ "@type": "Person", "affiliation": { "@type": "OrganizationRole",
              "affiliation": { "@type": "Person" } } }"#,
            "does not take",
        ),
    ] {
        assert!(faults(wrong).contains(why), "{wrong}: {}", faults(wrong));
    }
}
