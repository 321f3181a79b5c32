//! The small words before a title or the name of a body, and what stands behind them.

use super::parts::parts;
use super::words::Word;
use crate::domain::organisation::tokens::Tokens;

/// The title behind its article or quantity: "spokesman" of "a spokesman", "Afghan officials" of
/// "some Afghan officials". All of it, where nothing would be left.
pub fn without_article(title: &str) -> &str {
    behind(title, |word| word == Word::Article)
}

/// What stands behind a preposition and its article: "WHO" of ", of the WHO".
pub fn behind_preposition(text: &str) -> &str {
    behind(text, |word| matches!(word, Word::Article | Word::Preposition))
}

fn behind(text: &str, skipped: impl Fn(Word) -> bool) -> &str {
    let mut tokens = Tokens::of(text);
    let parts = parts(&mut tokens);
    let first = parts.iter().find(|part| !part.word.is_some_and(&skipped));
    let start = first.and_then(|part| tokens.list.get(part.item.start)).map(|token| token.at.start);
    start.and_then(|start| text.get(start..)).unwrap_or(text)
}
