//! The key under which spellings of an organisation's name meet.

use super::tokens::Tokens;
use crate::domain::person::name_key;

/// See [`is_leading_article`].
const ARTICLES: &[&str] = &["the", "der", "die", "das", "le", "la", "les", "l", "el", "los", "las"];

/// Whether a name may begin with this word without it being a name of its own.
pub(super) fn is_leading_article(fold: &str) -> bool {
    ARTICLES.contains(&fold)
}

/// The folded key of an organisation's name, without a leading article: "The Harbour Gazette"
/// and "Harbour Gazette" have one key, "L’Équipe" and "Équipe" too.
pub fn key(name: &str) -> String {
    let tokens = Tokens::of(name);
    let first = match tokens.list.get(1) {
        Some(second) if is_leading_article(tokens.fold(0)) => second.at.start,
        _ => 0,
    };
    name_key(&name[first..])
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_leading_article_is_no_part_of_the_key() {
        assert_eq!(key("The Harbour Gazette"), key("harbour  gazette"));
        assert_eq!(key("La Gaceta del Farallón"), "gaceta del farallon");
        assert_eq!(key("L\u{2019}Équipe"), "equipe");
        assert_eq!(key("Die Zeit"), "zeit");
        assert_eq!(key("The"), "the");
        assert_eq!(key("Theatre"), "theatre");
        assert_eq!(key(""), "");
    }
}
