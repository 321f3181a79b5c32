//! Omitted variables: an argument given by a variable that the request leaves out is no argument.
//!
//! So says the specification (October 2021, 6.4.1), and so do clients page that declare both
//! `$first` and `$last`. The engine's complexity check refuses such a document instead; therefore
//! the arguments go before it looks.

use std::collections::HashSet;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, Field, Selection, SelectionSet,
};
use async_graphql::{Positioned, Request, Variables};
use async_graphql_value::Value;

/// The request without the arguments whose variables it omits. A document that does not parse is
/// left to the engine to refuse.
pub fn without_omitted(mut request: Request) -> Request {
    let variables = std::mem::take(&mut request.variables);
    let stripped = request.parsed_query().ok().and_then(|document| {
        let omitted = omitted(document, &variables);
        // Most requests omit nothing: their document is not copied.
        if omitted.is_empty() {
            return None;
        }
        let mut document = document.clone();
        strip(&mut document, &omitted);
        Some(document)
    });
    if let Some(document) = stripped {
        request.set_parsed_query(document);
    }
    request.variables = variables;
    request
}

/// The nullable variables without default that the request does not give.
fn omitted(document: &ExecutableDocument, variables: &Variables) -> HashSet<String> {
    let definitions = document.operations.iter().flat_map(|(_, op)| &op.node.variable_definitions);
    definitions
        .map(|definition| &definition.node)
        .filter(|node| node.var_type.node.nullable && node.default_value.is_none())
        .map(|node| node.name.node.to_string())
        .filter(|name| !variables.contains_key(name.as_str()))
        .collect()
}

fn strip(document: &mut ExecutableDocument, omitted: &HashSet<String>) {
    // What is used otherwise than as a whole argument must stay declared.
    let mut used = HashSet::new();
    let mut strip_set = |set: &mut SelectionSet| strip_selection(set, omitted, &mut used);
    match &mut document.operations {
        DocumentOperations::Single(operation) => strip_set(&mut operation.node.selection_set.node),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                strip_set(&mut operation.node.selection_set.node);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        strip_set(&mut fragment.node.selection_set.node);
    }
    let gone = |name: &str| omitted.contains(name) && !used.contains(name);
    match &mut document.operations {
        DocumentOperations::Single(operation) => {
            operation.node.variable_definitions.retain(|def| !gone(&def.node.name.node));
        }
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                operation.node.variable_definitions.retain(|def| !gone(&def.node.name.node));
            }
        }
    }
}

fn strip_selection(set: &mut SelectionSet, omitted: &HashSet<String>, used: &mut HashSet<String>) {
    for item in &mut set.items {
        match &mut item.node {
            Selection::Field(field) => {
                let field: &mut Field = &mut field.node;
                field.arguments.retain(|(_, value)| match &value.node {
                    Value::Variable(name) => !omitted.contains(name.as_str()),
                    _ => true,
                });
                field.arguments.iter().for_each(|(_, value)| uses(&value.node, used));
                directives(&field.directives, used);
                strip_selection(&mut field.selection_set.node, omitted, used);
            }
            Selection::InlineFragment(fragment) => {
                directives(&fragment.node.directives, used);
                strip_selection(&mut fragment.node.selection_set.node, omitted, used);
            }
            Selection::FragmentSpread(spread) => directives(&spread.node.directives, used),
        }
    }
}

fn directives(directives: &[Positioned<Directive>], used: &mut HashSet<String>) {
    for directive in directives {
        directive.node.arguments.iter().for_each(|(_, value)| uses(&value.node, used));
    }
}

fn uses(value: &Value, used: &mut HashSet<String>) {
    match value {
        Value::Variable(name) => drop(used.insert(name.to_string())),
        Value::List(values) => values.iter().for_each(|value| uses(value, used)),
        Value::Object(fields) => fields.values().for_each(|value| uses(value, used)),
        _ => {}
    }
}
