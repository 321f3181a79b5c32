//! The filters of the schema as the schema itself tells them, and values for each of their fields.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;

use crate::support::Database;

/// Values that a field may be compared with, by `Type.field`, as GraphQL writes them.
pub type Values = BTreeMap<String, Vec<String>>;

/// A field of an input type.
#[derive(Debug, Clone)]
struct Field {
    name: String,
    kind: String,
    list: bool,
}

/// Every input type and enum.
#[derive(Debug, Clone)]
pub struct Inputs {
    types: BTreeMap<String, Vec<Field>>,
    words: BTreeMap<String, Vec<String>>,
    values: Values,
}

impl Inputs {
    /// Those of the schema, with these values.
    pub fn of(database: &Database, values: Values) -> Self {
        let answer = database.ask(
            "{ __schema { types { name enumValues { name } inputFields { name type {
                kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }",
        );
        let (mut types, mut words) = (BTreeMap::new(), BTreeMap::new());
        for found in list(&answer["data"]["__schema"]["types"]) {
            let name = string(&found["name"]);
            let fields: Vec<Field> = list(&found["inputFields"]).iter().map(field).collect();
            if !fields.is_empty() {
                types.insert(name.clone(), fields);
            }
            let members: Vec<String> =
                list(&found["enumValues"]).iter().map(|word| string(&word["name"])).collect();
            if !members.is_empty() {
                words.insert(name, members);
            }
        }
        Self { types, words, values }
    }

    /// What a field that is no input object may be compared with. A field that nobody thought of
    /// here is a failure.
    fn values(&self, owner: &str, field: &Field) -> Vec<String> {
        let key = match field.name.as_str() {
            // Of `IdFilter`, `ExactFilter` and `TextFilter`: what is meant tells the field above.
            "contains" => format!("{owner}.contains"),
            "eq" | "in" => owner.to_owned(),
            name => format!("{owner}.{name}"),
        };
        if let Some(words) = self.words.get(&field.kind) {
            return words.clone();
        }
        match field.kind.as_str() {
            "Boolean" => vec!["true".to_owned(), "false".to_owned()],
            "FuzzyDate" => {
                let dates = ["2021", "2021-08", "2021-08-13", "1970-01-01", "0001", "9998-12-31"];
                let moments = ["2021-08-13T09:30:00.123456Z", "1969-12-31T23:59:59.999999Z"];
                dates.iter().chain(&moments).map(|date| format!("{date:?}")).collect()
            }
            _ => {
                let found = self.values.get(&key);
                found.unwrap_or_else(|| panic!("differential.rs has no values for {key}")).clone()
            }
        }
    }

    /// The type that owns the values of a field's own type.
    fn owner(&self, owner: &str, field: &Field) -> String {
        let shared = ["IdFilter", "ExactFilter", "TextFilter"].contains(&field.kind.as_str());
        if shared { format!("{owner}.{}", field.name) } else { field.kind.clone() }
    }

    /// Each field of a filter by itself, `and`, `or` and `not` apart: its name, and filters that
    /// ask of it alone.
    pub fn alone(&self, filter: &str) -> Vec<(String, Vec<String>)> {
        self.alone_in(filter, filter)
    }

    fn alone_in(&self, kind: &str, owner: &str) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        for field in &self.types[kind] {
            let Field { name, kind: below, list } = field;
            if ["and", "or", "not", "includeDescendants"].contains(&name.as_str()) {
                continue;
            }
            if self.types.contains_key(below) {
                for (path, filters) in self.alone_in(below, &self.owner(owner, field)) {
                    let filters = filters.iter().map(|inner| format!("{{ {name}: {inner} }}"));
                    all.push((format!("{name}.{path}"), filters.collect()));
                }
            } else {
                let values = self.values(owner, field);
                let filter = |value: String| format!("{{ {name}: {value} }}");
                let filters = if *list {
                    values.chunks(2).map(|some| filter(format!("[{}]", some.join(", ")))).collect()
                } else {
                    values.into_iter().map(filter).collect()
                };
                all.push((name.clone(), filters));
            }
        }
        all
    }

    /// Any filter of this type, nested so deep at most.
    pub fn any(&self, filter: &str, depth: usize) -> BoxedStrategy<String> {
        self.any_in(filter, filter, depth)
    }

    fn any_in(&self, kind: &str, owner: &str, depth: usize) -> BoxedStrategy<String> {
        let mut fields = self.types[kind].clone();
        fields.retain(|field| depth > 0 || field.kind != "QuoteFilter");
        // `eq` and `contains` exclude each other, and two conditions leave few rows.
        let most = if kind == "TextFilter" { 1 } else { 2.min(fields.len()) };
        let (inputs, owner) = (self.clone(), owner.to_owned());
        let fields = prop_oneof![
            3 => subsequence(fields.clone(), 1..=1),
            1 => subsequence(fields, 1..=most),
        ];
        let filter = fields.prop_flat_map(move |fields| {
            let values = |field: &Field| inputs.value(&owner, field, depth);
            fields.iter().map(values).collect::<Vec<_>>()
        });
        filter.prop_map(|fields| format!("{{ {} }}", fields.join(", "))).boxed()
    }

    fn value(&self, owner: &str, field: &Field, depth: usize) -> BoxedStrategy<String> {
        let depth = if field.kind == "QuoteFilter" { depth - 1 } else { depth };
        let one = if self.types.contains_key(&field.kind) {
            self.any_in(&field.kind, &self.owner(owner, field), depth)
        } else {
            select(self.values(owner, field)).boxed()
        };
        let name = field.name.clone();
        if !field.list {
            return one.prop_map(move |value| format!("{name}: {value}")).boxed();
        }
        prop::collection::vec(one, 0..=3)
            .prop_map(move |values| format!("{name}: [{}]", values.join(", ")))
            .boxed()
    }
}

fn field(found: &Value) -> Field {
    let (mut kind, mut is_list) = (&found["type"], false);
    while kind["name"].is_null() {
        is_list |= kind["kind"] == "LIST";
        kind = &kind["ofType"];
    }
    Field { name: string(&found["name"]), kind: string(&kind["name"]), list: is_list }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn string(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
