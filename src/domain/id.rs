//! Identities: version-8 UUIDs made from what identifies a row, so that a rebuild keeps every citation.
//!
//! Layout (RFC 9562, version 8): a SHA-256 digest of the identity, with the version in byte 6's
//! high nibble, the [`Kind`] in its low nibble and the variant in byte 8. A quote takes its first
//! six bytes from its article, so that the quotes of one article lie together in every index.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// What an [`Id`] identifies; it stands in the id itself, so that `node(id)` needs no prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words as one article printed them.
    Quote = 1,
    /// The utterance behind one or more quotes.
    Statement = 2,
    /// A person who speaks.
    Speaker = 3,
    /// A body that employs, sends or itself speaks.
    Organisation = 4,
    /// An office or capacity at an organisation.
    Role = 5,
    /// The source of quotes.
    Article = 6,
    /// One run over one input.
    Import = 7,
    /// What a program shows to be let in.
    Token = 8,
    /// One write, as the audit has it.
    Audit = 9,
    /// What a person judged of who is who.
    Judgement = 10,
    /// Somebody's time in a role, as a record has it.
    Tenure = 11,
}

/// The identity of a row: the same on every machine, on both databases, after every rebuild.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Uuid);

/// A text that is not one of dixit's ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an id: ids are UUIDs as dixit prints them")]
pub struct NotAnId(pub String);

impl Id {
    /// The id of the row of this kind that `parts` identify. Parts are length-prefixed, so that
    /// ("ab", "c") and ("a", "bc") differ.
    pub fn derive(kind: Kind, parts: &[&[u8]]) -> Self {
        Self::stamped(kind, digest(parts))
    }

    /// The id of something inside `home`: its first six bytes are `home`'s.
    pub fn derive_within(kind: Kind, home: Self, parts: &[&[u8]]) -> Self {
        let mut bytes = digest(parts);
        bytes[..6].copy_from_slice(&home.as_bytes()[..6]);
        Self::stamped(kind, bytes)
    }

    /// The smallest and the largest sixteen bytes that begin like this id: every id derived within
    /// the same home, and that home, lie between them.
    pub fn neighbours(&self) -> (Self, Self) {
        let (mut from, mut to) = ([0; 16], [0xff; 16]);
        from[..6].copy_from_slice(&self.as_bytes()[..6]);
        to[..6].copy_from_slice(&self.as_bytes()[..6]);
        (Self::from_bytes(from), Self::from_bytes(to))
    }

    /// Whether this is the id of a quote in this article.
    pub fn is_within(&self, article: Self) -> bool {
        self.kind() == Some(Kind::Quote) && self.as_bytes()[..6] == article.as_bytes()[..6]
    }

    fn stamped(kind: Kind, mut bytes: [u8; 16]) -> Self {
        bytes[6] = 0x80 | kind as u8;
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Self(Uuid::from_bytes(bytes))
    }

    /// The sixteen bytes, as stored.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// Reads what [`Id::as_bytes`] gave.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// What this identifies; `None` for a UUID that dixit did not make.
    pub fn kind(&self) -> Option<Kind> {
        let bytes = self.as_bytes();
        if bytes[6] >> 4 != 8 || bytes[8] >> 6 != 2 {
            return None;
        }
        Some(match bytes[6] & 0x0f {
            1 => Kind::Quote,
            2 => Kind::Statement,
            3 => Kind::Speaker,
            4 => Kind::Organisation,
            5 => Kind::Role,
            6 => Kind::Article,
            7 => Kind::Import,
            8 => Kind::Token,
            9 => Kind::Audit,
            10 => Kind::Judgement,
            11 => Kind::Tenure,
            _ => return None,
        })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(out)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl FromStr for Id {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let refuse = || NotAnId(text.chars().take(80).collect());
        let id = Self(Uuid::try_parse(text).map_err(|_| refuse())?);
        id.kind().map(|_| id).ok_or_else(refuse)
    }
}

/// The first 128 bits of SHA-256 over length-prefixed parts.
pub fn digest(parts: &[&[u8]]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut first = [0; 16];
    first.copy_from_slice(&hasher.finalize()[..16]);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_its_kind_and_survives_printing() {
        let article = Id::derive(Kind::Article, &[b"example.org/a"]);
        let quote = Id::derive_within(Kind::Quote, article, &[b"words"]);
        assert_eq!(quote.kind(), Some(Kind::Quote));
        assert_eq!(quote.as_bytes()[..6], article.as_bytes()[..6]);
        assert_eq!(quote.to_string().parse(), Ok(quote));
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(
            Id::derive(Kind::Speaker, &[b"ab", b"c"]),
            Id::derive(Kind::Speaker, &[b"a", b"bc"])
        );
    }

    #[test]
    fn a_foreign_uuid_is_no_id() {
        assert!("0190b0a8-0000-7000-8000-000000000000".parse::<Id>().is_err());
        assert!("nonsense".parse::<Id>().is_err());
    }
}
