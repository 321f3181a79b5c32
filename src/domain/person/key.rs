//! The folded key of a name.

use crate::domain::organisation::tokens::{fold_char, is_apostrophe, is_zero_width};
use unicode_normalization::char::is_combining_mark;

/// The folded key under which spellings of one name meet: NFKC, case-folded, without accents;
/// punctuation and zero-width characters dropped, apostrophes joined, single white space.
///
/// "Stéphane Dujarric" and "Stephane  DUJARRIC" have one key, "O'Brien" and "O’Brien" too;
/// hyphens are spaces ("Al-Khalili", "al Khalili").
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
    key
}
