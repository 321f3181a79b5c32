//! The small words before a title or the name of a body, and what stands behind them.

use super::words::{Word, words};
use crate::domain::organisation::tokens::{Case, Tokens};

/// The title behind its article or quantity: "spokesman" of "a spokesman", "Afghan officials" of
/// "some Afghan officials". Only the first such word goes; all stays where nothing would be left.
pub fn without_article(title: &str) -> &str {
    let tokens = Tokens::of(title);
    // What is a preposition elsewhere ("Sprecherin der Polizei") can be none at the beginning.
    let der = tokens.len() > 1 && tokens.fold(0) == "der";
    let end = if der { Some(1) } else { skip(&tokens, 0, |word| word == Word::Article) };
    end.map_or(title, |end| from(&tokens, end))
}

/// What stands behind a preposition and its article: "WHO" of ", of the WHO".
pub fn behind_preposition(text: &str) -> &str {
    let tokens = Tokens::of(text);
    let mut at = 0;
    let is_small = |word| matches!(word, Word::Article | Word::Preposition);
    while let Some(end) = skip(&tokens, at, is_small) {
        at = end;
    }
    from(&tokens, at)
}

/// The end of a small word: "UN" is none, though "un" is. Words of several languages have several
/// senses: "a" is Spanish for "to".
fn skip(tokens: &Tokens<'_>, at: usize, is_small: impl Fn(Word) -> bool) -> Option<usize> {
    let case = tokens.list.get(at)?.case;
    let (lexicon, lower) = (words(), tokens.is_all_lower());
    let found = lexicon.longest(&tokens.list, &lexicon.number(tokens), at, lower)?;
    (case != Case::Upper && found.senses().any(is_small)).then_some(found.end)
}

/// The print from a token on, or all of it.
fn from<'a>(tokens: &Tokens<'a>, at: usize) -> &'a str {
    let start = tokens.list.get(at).map(|token| token.at.start);
    start.and_then(|start| tokens.text.get(start..)).unwrap_or(tokens.text)
}
