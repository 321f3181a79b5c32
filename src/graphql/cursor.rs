//! Cursors: a place in an order as opaque text that stays good whatever is inserted around it.

use data_encoding::BASE64URL_NOPAD;

use crate::domain::id::Id;
use crate::store::page::Place;

/// The text of a place.
pub fn encode(place: &Place) -> String {
    let mut bytes = Vec::with_capacity(48);
    match place {
        Place::Time(moment, id) => {
            bytes.push(b't');
            bytes.extend_from_slice(&moment.to_be_bytes());
            bytes.extend_from_slice(id.as_bytes());
        }
        Place::Position(article, ordinal, id) => {
            bytes.push(b'p');
            bytes.extend_from_slice(article.as_bytes());
            bytes.extend_from_slice(&ordinal.to_be_bytes());
            bytes.extend_from_slice(id.as_bytes());
        }
        Place::Name(name, id) => {
            bytes.push(b'n');
            bytes.extend_from_slice(id.as_bytes());
            bytes.extend_from_slice(name.as_bytes());
        }
        Place::Pair(name, one, other) => {
            bytes.push(b'm');
            bytes.extend_from_slice(one.as_bytes());
            bytes.extend_from_slice(other.as_bytes());
            bytes.extend_from_slice(name.as_bytes());
        }
        Place::Rank(score, moment, id) => {
            bytes.push(b'r');
            bytes.extend_from_slice(&score.to_be_bytes());
            bytes.extend_from_slice(&moment.to_be_bytes());
            bytes.extend_from_slice(id.as_bytes());
        }
    }
    BASE64URL_NOPAD.encode(&bytes)
}

/// The place that a cursor stands for; `None` for a text that is no cursor.
pub fn decode(cursor: &str) -> Option<Place> {
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
    let (tag, rest) = bytes.split_first()?;
    let id = |bytes: &[u8]| Some(Id::from_bytes(bytes.try_into().ok()?));
    let number = |bytes: &[u8]| Some(i64::from_be_bytes(bytes.try_into().ok()?));
    // No name that was ever stored has a NUL, and PostgreSQL takes none.
    let name = |bytes: &[u8]| {
        let name = std::str::from_utf8(bytes).ok().filter(|name| !name.contains('\0'))?;
        Some(name.to_owned())
    };
    match (tag, rest.len()) {
        (b't', 24) => Some(Place::Time(number(&rest[..8])?, id(&rest[8..])?)),
        (b'p', 40) => {
            Some(Place::Position(id(&rest[..16])?, number(&rest[16..24])?, id(&rest[24..])?))
        }
        (b'n', 16..) => Some(Place::Name(name(&rest[16..])?, id(&rest[..16])?)),
        (b'm', 32..) => Some(Place::Pair(name(&rest[32..])?, id(&rest[..16])?, id(&rest[16..32])?)),
        (b'r', 32) => {
            Some(Place::Rank(number(&rest[..8])?, number(&rest[8..16])?, id(&rest[16..])?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_place() -> impl Strategy<Value = Place> {
        let id = || any::<[u8; 16]>().prop_map(Id::from_bytes);
        prop_oneof![
            (any::<i64>(), id()).prop_map(|(moment, id)| Place::Time(moment, id)),
            (id(), any::<i64>(), id()).prop_map(|(a, o, id)| Place::Position(a, o, id)),
            (any::<String>(), id()).prop_map(|(name, id)| Place::Name(name, id)),
            (any::<i64>(), any::<i64>(), id())
                .prop_map(|(s, moment, id)| Place::Rank(s, moment, id)),
            (any::<String>(), id(), id()).prop_map(|(name, a, b)| Place::Pair(name, a, b)),
        ]
    }

    proptest! {
        #[test]
        fn a_cursor_reads_back(place in any_place()) {
            prop_assert_eq!(decode(&encode(&place)), Some(place));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = decode(&text);
        }
    }
}
