//! A `QuoteFilter` outside of a question: the same JSON, with the same answer.

use std::collections::HashMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};
use async_graphql::{InputType as _, Value};

use super::QuoteFilter;
use crate::store::quote::Condition;

/// The condition that a filter in JSON means, as the argument `filter` of `quotes` has it.
///
/// # Errors
/// What is wrong with it, and where: also a field that the filter does not have.
pub fn quote_condition(json: &str) -> Result<Condition, String> {
    let json: serde_json::Value =
        serde_json::from_str(json).map_err(|error| format!("is not JSON: {error}"))?;
    // The engine looks for unknown fields in questions alone; its reading of values skips them.
    Inputs::read()?.check("QuoteFilter", &json, "filter")?;
    let value = Value::from_json(json).map_err(|error| error.to_string())?;
    let filter = Option::<QuoteFilter>::parse(Some(value))
        .map_err(|error| error.into_server_error(Default::default()).message)?;
    QuoteFilter::condition_of(filter).map_err(|error| error.message)
}

/// The fields of every input of the API, with their types.
struct Inputs(HashMap<String, HashMap<String, Type>>);

impl Inputs {
    fn read() -> Result<Self, String> {
        let schema = parse_schema(crate::graphql::sdl()).map_err(|error| error.to_string())?;
        let inputs = schema.definitions.into_iter().filter_map(|definition| {
            let TypeSystemDefinition::Type(definition) = definition else { return None };
            let TypeKind::InputObject(input) = definition.node.kind else { return None };
            let fields = input.fields.into_iter().map(|field| field.node);
            let fields = fields.map(|field| (field.name.node.to_string(), field.ty.node));
            Some((definition.node.name.node.to_string(), fields.collect()))
        });
        Ok(Self(inputs.collect()))
    }

    fn check(&self, name: &str, value: &serde_json::Value, path: &str) -> Result<(), String> {
        let (Some(fields), Some(object)) = (self.0.get(name), value.as_object()) else {
            return Ok(());
        };
        for (key, value) in object {
            let path = format!("{path}.{key}");
            let Some(kind) = fields.get(key) else {
                let mut known: Vec<&str> = fields.keys().map(String::as_str).collect();
                known.sort_unstable();
                let known = known.join(", ");
                return Err(format!("{path} is no field of {name}; it has {known}"));
            };
            self.check_type(&kind.base, value, &path)?;
        }
        Ok(())
    }

    fn check_type(
        &self,
        kind: &BaseType,
        value: &serde_json::Value,
        path: &str,
    ) -> Result<(), String> {
        match (kind, value) {
            (BaseType::Named(name), value) => self.check(name, value, path),
            (BaseType::List(of), serde_json::Value::Array(values)) => {
                values.iter().try_for_each(|value| self.check_type(&of.base, value, path))
            }
            // One value is a list of one.
            (BaseType::List(of), value) => self.check_type(&of.base, value, path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_means_what_it_means_in_a_question() {
        use crate::domain::quote::QuoteKind;
        let condition = quote_condition(r#"{"kind": {"eq": "DIRECT"}}"#);
        assert_eq!(condition, Ok(Condition::Kind(vec![QuoteKind::Direct])));
        assert_eq!(quote_condition("{}"), Ok(Condition::All(Vec::new())));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let wrong = |json: &str| quote_condition(json).expect_err(json);
        assert!(wrong(r#"{"officialOf": "DEFENCE"}"#).contains("filter.officialOf"));
        let deep = r#"{"or": [{"not": {"role": {"offcialOf": "DEFENCE"}}}]}"#;
        assert!(wrong(deep).contains("filter.or.not.role.offcialOf"));
        assert!(wrong(r#"{"kind": {"eq": "LOUD"}}"#).contains("LOUD"));
        assert!(wrong(r#"{"kind": "#).contains("JSON"));
    }
}
