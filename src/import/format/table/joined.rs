//! Several speakers in one cell: "Ada Quill/Bob Stone", "Ada Quill; Bob Stone", a list of JSON or Python.

use serde_json::{Value, json};

use super::super::quotebank::list::literal;
use crate::domain::attribution::split;
use crate::domain::person::is_short;

/// What a cell of speakers holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Joined {
    /// Full names of people: the first one, and the others.
    Names(String, Vec<String>),
    /// Several things of which not all are names of people for certain.
    Others,
    /// One thing.
    One,
}

/// Reads a cell.
pub fn read(cell: &str) -> Joined {
    let Some(parts) = parts(cell.trim()) else { return Joined::One };
    let mut names: Vec<String> = Vec::new();
    for part in parts {
        if !is_name(&part) {
            return Joined::Others;
        }
        if !names.contains(&part) {
            names.push(part);
        }
        // Nobody is quoted with so many others.
        if names.len() > MOST {
            return Joined::Others;
        }
    }
    let mut names = names.into_iter();
    match names.next() {
        Some(first) => Joined::Names(first, names.collect()),
        None => Joined::Others,
    }
}

/// How many people one quote may have.
const MOST: usize = 50;

/// The others, as the native format has them.
pub fn further(names: &[String]) -> Value {
    names.iter().map(|name| json!({ "mode": "joint", "name": name })).collect()
}

fn parts(cell: &str) -> Option<Vec<String>> {
    if cell.starts_with('[') && cell.ends_with(']') {
        let list = serde_json::from_str(cell).ok().or_else(|| literal(cell).ok());
        let Some(Value::Array(list)) = list else { return None };
        let text = |item: &Value| item.as_str().map(|text| text.trim().to_owned());
        return Some(list.iter().map(|item| text(item).unwrap_or_default()).collect());
    }
    let parts = cell.split(['/', ';', '|']).map(|part| part.trim().to_owned());
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then_some(parts)
}

/// Whether this is the full name of a person and nothing else.
fn is_name(part: &str) -> bool {
    let found = split(part);
    let is_alone = found.role.is_none() && found.organisation.is_none();
    is_alone && found.speaker.as_deref() == Some(part) && !is_short(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_only_looks_like_several() {
        let both = Joined::Names("Ada Quill".into(), vec!["Bob Stone".into()]);
        for cell in [
            "Ada Quill/Bob Stone",
            "Ada Quill; Bob Stone;",
            "Ada Quill | Bob Stone",
            "[\"Ada Quill\", \"Bob Stone\"]",
            "['Ada Quill', 'Bob Stone', 'Ada Quill']",
        ] {
            assert_eq!(read(cell), both, "{cell}");
        }
        assert_eq!(read("[\"Ada Quill\"]"), Joined::Names("Ada Quill".into(), vec![]));
        for cell in ["Quill/Stone", "Ada Quill/Reuters", "Ada Quill; a lawyer", "[]", "[1]"] {
            assert_eq!(read(cell), Joined::Others, "{cell}");
        }
        for cell in ["Ada Quill", "Ada Quill, Bob Stone", "[sic] Ada Quill", "[Ada]"] {
            assert_eq!(read(cell), Joined::One, "{cell}");
        }
    }
}
