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
    }
    BASE64URL_NOPAD.encode(&bytes)
}

/// The place that a cursor stands for; `None` for a text that is no cursor.
pub fn decode(cursor: &str) -> Option<Place> {
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
    let (tag, rest) = bytes.split_first()?;
    let id = |bytes: &[u8]| Some(Id::from_bytes(bytes.try_into().ok()?));
    let number = |bytes: &[u8]| Some(i64::from_be_bytes(bytes.try_into().ok()?));
    match (tag, rest.len()) {
        (b't', 24) => Some(Place::Time(number(&rest[..8])?, id(&rest[8..])?)),
        (b'p', 40) => {
            Some(Place::Position(id(&rest[..16])?, number(&rest[16..24])?, id(&rest[24..])?))
        }
        (b'n', 16..) => {
            // No name that was ever stored has a NUL, and PostgreSQL takes none.
            let name = std::str::from_utf8(&rest[16..]).ok().filter(|name| !name.contains('\0'))?;
            Some(Place::Name(name.to_owned(), id(&rest[..16])?))
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
