//! The pages as JSON-LD in the vocabulary of schema.org; `docs/pages.md` says why each property.
//!
//! Nobody is made up: only a speaker whom the API names becomes a `Person`. What holds at the time of
//! the words alone, such as a role, stands in an `OrganizationRole` around whom it is said of.

mod article;
mod organisation;
mod quote;
mod speaker;
mod statement;
mod tenure;

use serde_json::{Map, Value, json};

use super::data::Identified;
use super::site::{Site, wikidata};
use crate::domain::id::Id;

pub use organisation::organisation;
pub use quote::quote;
pub use speaker::speaker;
pub use statement::statement;

/// A thing of a type, with what is known of it.
struct Thing(Map<String, Value>);

impl Thing {
    fn of(kind: &str) -> Self {
        Self(Map::from_iter([("@type".to_owned(), json!(kind))]))
    }

    /// With a property; what is null or an empty list is not known, and left out.
    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let known = match &value {
            Value::Null => false,
            Value::Array(values) => !values.is_empty(),
            _ => true,
        };
        if known {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// With the address by which it is known here.
    fn at(self, site: &Site, id: Id) -> Self {
        self.with("@id", site.page(id))
    }

    /// With its item on Wikidata.
    fn on_wikidata(self, item: Option<&str>) -> Self {
        self.with("sameAs", item.map(wikidata))
    }
}

impl From<Thing> for Value {
    fn from(thing: Thing) -> Self {
        Self::Object(thing.0)
    }
}

/// Somebody or something with a page of its own.
fn named(kind: &str, site: &Site, one: &Identified) -> Thing {
    Thing::of(kind)
        .at(site, one.id)
        .with("name", one.name.as_str())
        .on_wikidata(one.wikidata_id.as_deref())
}

/// A document: the thing with the vocabulary that it is told in.
fn document(thing: Thing) -> Value {
    let mut all = Map::from_iter([("@context".to_owned(), json!("https://schema.org"))]);
    all.extend(thing.0);
    Value::Object(all)
}

/// Of no value none, of one the value, of several the list.
fn one_or_all(mut values: Vec<Value>) -> Value {
    match values.len() {
        0 | 1 => values.pop().unwrap_or_default(),
        _ => Value::Array(values),
    }
}

/// JSON as it may stand in an element `script`: none of its signs means anything to HTML or to a script.
pub fn in_script(value: &Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            // They stand in strings alone.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_that_it_stands_in() {
        let texts = ["</script>", "<!--<script>", "]]>&amp;", "\u{2028}\u{2029}\"\\"];
        let value = json!(texts);
        let text = in_script(&value);
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), value);
    }
}
