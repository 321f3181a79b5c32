//! Tokens as text: what a program shows to be let in, and what is kept of it.
//!
//! `dixit_`, then 58 characters of base32 (RFC 4648, small letters, no padding): 32 random bytes
//! and their CRC-32. Scanners of leaked secrets know it by its prefix, and the checksum tells a
//! token that was cut or mistyped from one that is not known.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;
use sha2::{Digest as _, Sha256};

use super::text::{self, stored};

/// How every token begins.
pub const PREFIX: &str = "dixit_";
/// The random bytes of a token: 256 bits cannot be guessed, so that a plain SHA-256 keeps them.
pub const RANDOM: usize = 32;
/// The length of a token, in characters.
pub const LENGTH: usize = PREFIX.len() + (RANDOM + CHECKSUM) * 8 / 5 + 1;
const CHECKSUM: usize = 4;
/// The longest name of a token, in characters.
pub const LONGEST_NAME: usize = 100;

/// A token. Whoever knows it may do what it may: it is printed nowhere but where it is made.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// The SHA-256 of a whole token: all that is kept of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

/// A text that is no token. The messages do not repeat it: it may be one with a typing error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAToken {
    /// It begins otherwise.
    #[error("it does not begin with `{PREFIX}`")]
    Prefix,
    /// Something is missing, or too much.
    #[error("it is {found} bytes long, a token is {LENGTH}")]
    Length {
        /// Its length in bytes.
        found: usize,
    },
    /// Something else than small letters and the digits 2 to 7 follows the prefix.
    #[error("behind `{PREFIX}` stand other characters than a-z and 2-7")]
    Character,
    /// It is not as it was printed.
    #[error("its checksum is wrong: it was not copied as it was printed")]
    Checksum,
}

impl Secret {
    /// The token of these bytes, which must come from a source of random bytes that nobody can
    /// predict.
    pub fn new(random: [u8; RANDOM]) -> Self {
        let mut bytes = [0; RANDOM + CHECKSUM];
        bytes[..RANDOM].copy_from_slice(&random);
        bytes[RANDOM..].copy_from_slice(&crc32fast::hash(&random).to_be_bytes());
        Self(format!("{PREFIX}{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()))
    }

    /// The token itself, to be shown once to whom it is for.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        Digest(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl FromStr for Secret {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        let encoded = text.strip_prefix(PREFIX).ok_or(NotAToken::Prefix)?;
        if text.len() != LENGTH {
            return Err(NotAToken::Length { found: text.len() });
        }
        if encoded.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(NotAToken::Character);
        }
        let bytes = BASE32_NOPAD.decode(encoded.to_ascii_uppercase().as_bytes());
        let bytes = bytes.map_err(|error| match error.kind {
            // The last character has bits that no byte is in: one was mistyped.
            data_encoding::DecodeKind::Trailing => NotAToken::Checksum,
            _ => NotAToken::Character,
        })?;
        let (random, checksum) = bytes.split_at(RANDOM);
        match crc32fast::hash(random).to_be_bytes() == checksum {
            true => Ok(Self(text.to_owned())),
            false => Err(NotAToken::Checksum),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl Digest {
    /// Its bytes, as stored.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// What its owner calls a token: 1 to 100 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = text::Refused;

    fn from_str(text: &str) -> Result<Self, text::Refused> {
        let control = |(at, character): (usize, char)| text::Refused::Control { character, at };
        // `stored` takes tabs and line ends.
        let found = text.chars().enumerate().find(|(_, character)| character.is_control());
        found.map_or(Ok(()), |found| Err(control(found)))?;
        stored(text.trim(), LONGEST_NAME).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The bytes 0 to 31, and what Python's base64, zlib and hashlib make of them.
    const KNOWN: &str = "dixit_aaaqeayeaudaocajbifqydiob4ibceqtcqkrmfyydenbwha5dypzcjt6ri";
    const KNOWN_DIGEST: &str = "f64eddf64222e245daf99c48afa19da1abe7baee836c46ad7d8b18db1df8b207";

    fn counting() -> [u8; RANDOM] {
        std::array::from_fn(|place| u8::try_from(place).unwrap())
    }

    #[test]
    fn a_token_is_what_others_would_make_of_its_bytes() {
        let secret = Secret::new(counting());
        assert_eq!(secret.reveal(), KNOWN);
        assert_eq!(secret.reveal().len(), LENGTH);
        let digest = data_encoding::HEXLOWER.encode(secret.digest().as_bytes());
        assert_eq!(digest, KNOWN_DIGEST);
        assert_eq!(KNOWN.parse(), Ok(secret));
    }

    #[test]
    fn what_is_no_token_is_told_why() {
        let swapped = KNOWN.replacen("aaa", "aab", 1);
        let trailing = format!("{}b", &KNOWN[..LENGTH - 1]);
        for (text, problem) in [
            ("", NotAToken::Prefix),
            ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", NotAToken::Prefix),
            (&KNOWN.to_uppercase(), NotAToken::Prefix),
            (PREFIX, NotAToken::Length { found: 6 }),
            (&KNOWN[..LENGTH - 1], NotAToken::Length { found: LENGTH - 1 }),
            (&format!("{KNOWN} "), NotAToken::Length { found: LENGTH + 1 }),
            (&KNOWN.replacen('a', "A", 1), NotAToken::Character),
            (&KNOWN.replacen('a', "1", 1), NotAToken::Character),
            (&KNOWN.replacen("aa", "é", 1), NotAToken::Character),
            (&swapped, NotAToken::Checksum),
            (&trailing, NotAToken::Checksum),
        ] {
            assert_eq!(text.parse::<Secret>(), Err(problem), "{text}");
            assert!(text.is_empty() || !problem.to_string().contains(text), "{problem}");
        }
    }

    #[test]
    fn a_secret_is_not_printed_by_accident() {
        let secret = Secret::new(counting());
        assert!(!format!("{secret:?} {:#?}", Some(&secret)).contains(&KNOWN[8..20]));
    }

    #[test]
    fn a_name_is_one_line_that_says_something() {
        assert_eq!("  night import ".parse::<Name>().unwrap().as_str(), "night import");
        assert!("é".repeat(LONGEST_NAME).parse::<Name>().is_ok());
        for name in ["", "  ", "a\nb", "a\tb", "a\u{7f}", "\u{202e}a", &"a".repeat(101)] {
            assert!(name.parse::<Name>().is_err(), "{name:?}");
        }
    }

    proptest! {
        /// Any bytes make a token that is read again; one with a character changed is none.
        #[test]
        fn tokens_survive_printing_and_no_typing_error(
            random: [u8; RANDOM], place in PREFIX.len()..LENGTH, by in 1..32usize,
        ) {
            let secret = Secret::new(random);
            prop_assert_eq!(secret.reveal().parse(), Ok(secret.clone()));
            let alphabet = b"abcdefghijklmnopqrstuvwxyz234567";
            let mut bytes = secret.reveal().as_bytes().to_vec();
            let was = alphabet.iter().position(|c| *c == bytes[place]).unwrap();
            bytes[place] = alphabet[(was + by) % 32];
            let changed = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(changed.parse::<Secret>(), Err(NotAToken::Checksum));
        }
    }
}
