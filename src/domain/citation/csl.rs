//! A citation as CSL-JSON (schema csl-data.json of the Citation Style Language, 1.0.2).

use serde_json::{Map, Value, json};

use super::{Cited, line, parts};

/// A list with one item: what citeproc, Zotero and pandoc take.
pub fn written(cited: &Cited<'_>) -> String {
    let mut item = Map::new();
    let mut tell = |name: &str, value: Value| item.insert(name.to_owned(), value);
    tell("id", json!(format!("dixit-{}", cited.id)));
    tell("type", json!("article-newspaper"));
    if let Some(title) = cited.title {
        tell("title", json!(line(title)));
    }
    if !cited.authors.is_empty() {
        let literal = |author: &&str| json!({ "literal": line(author) });
        tell("author", cited.authors.iter().map(literal).collect());
    }
    if let Some(publisher) = cited.publisher {
        tell("container-title", json!(line(publisher)));
    }
    if let Some(date) = cited.published {
        tell("issued", json!({ "date-parts": [parts(date)] }));
    }
    if let Some(language) = cited.language {
        tell("language", json!(language));
    }
    if let Some(url) = cited.url {
        tell("URL", json!(url));
    }
    tell("note", json!(cited.with_caveats(cited.quoted())));
    tell("source", json!(cited.here()));
    format!("{:#}\n", json!([item]))
}
