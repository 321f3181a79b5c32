//! The API as it tells itself: which questions are valid.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::Server;

/// What a type refers to.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The type itself.
    pub name: String,
    /// As it is written: `[ID!]!`.
    pub written: String,
    pub list: bool,
    pub required: bool,
}

/// An argument, or a field of an input object.
#[derive(Debug, Clone)]
pub struct Input {
    pub name: String,
    pub of: Reference,
    pub has_default: bool,
}

/// A field of an object.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub of: Reference,
    pub arguments: Vec<Input>,
}

/// A type.
#[derive(Debug)]
pub struct Type {
    pub fields: Vec<Field>,
    pub inputs: Vec<Input>,
    /// The values of an enum.
    pub words: Vec<String>,
    /// Which objects an interface may be.
    pub objects: Vec<String>,
}

/// Every type, by its name.
pub type Schema = BTreeMap<String, Type>;

/// What a server tells.
pub fn schema(server: &Server) -> Schema {
    const TYPE: &str =
        "type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";
    let document = format!(
        "{{ __schema {{ types {{ name possibleTypes {{ name }} enumValues {{ name }}
            inputFields {{ name defaultValue {TYPE} }}
            fields {{ name {TYPE} args {{ name defaultValue {TYPE} }} }} }} }} }}"
    );
    let answer = server.ask(&document);
    let types = list(&answer["data"]["__schema"]["types"]).iter();
    let read = |of: &Value| Type {
        fields: list(&of["fields"]).iter().map(field).collect(),
        inputs: list(&of["inputFields"]).iter().map(input).collect(),
        words: list(&of["enumValues"]).iter().map(|word| text(&word["name"])).collect(),
        objects: list(&of["possibleTypes"]).iter().map(|object| text(&object["name"])).collect(),
    };
    types.map(|of| (text(&of["name"]), read(of))).collect()
}

fn field(of: &Value) -> Field {
    let arguments = list(&of["args"]).iter().map(input).collect();
    Field { name: text(&of["name"]), of: reference(&of["type"]), arguments }
}

fn input(of: &Value) -> Input {
    let has_default = !of["defaultValue"].is_null();
    Input { name: text(&of["name"]), of: reference(&of["type"]), has_default }
}

fn reference(of: &Value) -> Reference {
    match of["kind"].as_str() {
        Some("NON_NULL") => {
            let inner = reference(&of["ofType"]);
            Reference { written: inner.written + "!", required: true, ..inner }
        }
        Some("LIST") => {
            let inner = reference(&of["ofType"]);
            let written = format!("[{}]", inner.written);
            Reference { written, list: true, required: false, ..inner }
        }
        _ => {
            let name = text(&of["name"]);
            Reference { written: name.clone(), name, list: false, required: false }
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
