//! The folded key of a name.

use crate::domain::id::digest;
use crate::domain::organisation::tokens::{fold_char, is_apostrophe, is_zero_width};
use unicode_normalization::char::is_combining_mark;

/// The longest key, in bytes: PostgreSQL indexes no value above 2,700. No name is so long; a text
/// in a name's place may be.
const LONGEST: usize = 1_000;

/// The folded key under which spellings of one name meet: NFKC, case-folded, without accents;
/// punctuation and zero-width characters dropped, apostrophes joined, single white space.
///
/// "Stéphane Dujarric" and "Stephane  DUJARRIC" have one key, "O'Brien" and "O’Brien" too;
/// hyphens are spaces ("Al-Khalili", "al Khalili"). One that would be longer than 1,000 bytes is cut
/// and ends in a digest of the whole: equal texts have equal keys, others have others.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut space = false;
    for c in name.chars() {
        if is_apostrophe(c) || is_zero_width(c) || is_combining_mark(c) || c == '.' {
            continue;
        }
        if c.is_alphanumeric() {
            if space && !key.is_empty() {
                key.push(' ');
            }
            space = false;
            fold_char(c, &mut key);
        } else {
            space = true;
        }
    }
    if key.len() > LONGEST { cut(&key) } else { key }
}

fn cut(key: &str) -> String {
    let end = (0..=LONGEST - 33).rev().find(|&at| key.is_char_boundary(at)).unwrap_or(0);
    let digest = u128::from_be_bytes(digest(&[key.as_bytes()]));
    format!("{} {digest:032x}", &key[..end])
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, name_key};

    #[test]
    fn a_key_is_never_longer_than_an_index_takes() {
        let long = "é ﷺ".repeat(2_000);
        let key = name_key(&long);
        assert!(key.len() <= LONGEST, "{} bytes", key.len());
        assert_eq!(key, name_key(&long.to_uppercase()));
        assert_ne!(key, name_key(&format!("{long}x")));
    }
}
