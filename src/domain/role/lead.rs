//! The small words before a title or the name of a body, and what stands behind them.

use super::words::{Word, words};
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

/// Words of several languages have several senses: "a" is Spanish "to", "der" German "of the".
fn behind(text: &str, skipped: impl Fn(Word) -> bool) -> &str {
    let tokens = Tokens::of(text);
    let (lexicon, lower) = (words(), tokens.is_all_lower());
    let numbers = lexicon.number(&tokens);
    let mut at = 0;
    while let Some(found) = lexicon.longest(&tokens.list, &numbers, at, lower)
        && found.senses().any(&skipped)
    {
        at = found.end;
    }
    let start = tokens.list.get(at).map(|token| token.at.start);
    start.and_then(|start| text.get(start..)).unwrap_or(text)
}
