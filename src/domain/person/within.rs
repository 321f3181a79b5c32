//! Short names within one article: "Kirby" is the John Kirby whom the article names in full.

use super::key::name_key;

/// Whose surname a short name is, among the full names of its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FullName<'a> {
    /// One person's.
    Only(&'a str),
    /// Several persons'.
    Several,
    /// Nobody's.
    None,
}

/// Whether a name is one word alone: a surname, or somebody who goes by one name.
pub fn is_short(name: &str) -> bool {
    !name_key(name).contains(' ')
}

/// The person whom a short name means among full names of the same article.
pub fn full_name<'a>(short: &str, full_names: impl IntoIterator<Item = &'a str>) -> FullName<'a> {
    let key = name_key(short);
    let mut found: Option<&'a str> = None;
    for name in full_names {
        let full = name_key(name);
        if full.rsplit(' ').next() != Some(key.as_str()) || full == key {
            continue;
        }
        match found {
            Some(other) if name_key(other) != full => return FullName::Several,
            Some(other) if other <= name => {}
            _ => found = Some(name),
        }
    }
    found.map_or(FullName::None, FullName::Only)
}
