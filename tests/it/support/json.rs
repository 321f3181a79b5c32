//! JSON compared with the order of its keys, and picked apart.

use serde_json::Value;

/// The same JSON in one spelling: pretty, keys in the order in which they were written. Two texts
/// are the same answer when their canonical forms are equal bytes.
pub fn canonical(json: &str) -> String {
    // async-graphql's value keeps the order of keys, which serde_json's does not.
    let value: async_graphql::Value =
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in {json}"));
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

/// The text at a pointer such as `/data/quote/text`.
pub fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("no text at {pointer} of {value}"))
}

/// The number at a pointer.
pub fn number(value: &Value, pointer: &str) -> u64 {
    let found = value.pointer(pointer).and_then(Value::as_u64);
    found.unwrap_or_else(|| panic!("no number at {pointer} of {value}"))
}

/// The texts at `below` of each element of the list at a pointer.
pub fn strings(value: &Value, list: &str, below: &str) -> Vec<String> {
    let found = value.pointer(list).and_then(Value::as_array);
    let list = found.unwrap_or_else(|| panic!("no list at {list} of {value}"));
    list.iter().map(|element| text(element, below).to_owned()).collect()
}
