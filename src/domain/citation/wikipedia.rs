//! A citation as the template `{{Cite news}}` of Wikipedia in English, with a note behind it.

use super::{Cited, address, in_words, line};
use crate::domain::quote::QuoteKind;

/// What may not stand in an address.
const SIGNS: [char; 9] = ['|', '{', '}', '[', ']', '<', '>', '"', '\''];
/// What the template has where the article's title is not known: without one it shows an error.
const NO_TITLE: &str = "[title not known]";

/// One line, as it stands in an article between `<ref>` and `</ref>`. The template puts what it is told as
/// `quote` into quotation marks, so that it is told of direct quotes alone; it has no place for to whom the
/// words are attributed, and for where they stand here: that follows it.
pub fn written(cited: &Cited<'_>) -> String {
    let mut out = String::from("{{Cite news");
    let mut tell = |name: &str, value: &str| out.push_str(&format!(" |{name}={value}"));
    match cited.authors[..] {
        [] => {}
        [author] => tell("author", &escaped(author)),
        _ => {
            for (number, author) in cited.authors.iter().enumerate() {
                tell(&format!("author{}", number + 1), &escaped(author));
            }
        }
    }
    tell("title", &escaped(cited.title.unwrap_or(NO_TITLE)));
    if let Some(publisher) = cited.publisher {
        tell("work", &escaped(publisher));
    }
    if let Some(date) = cited.published {
        tell("date", &in_words(date));
    }
    if let Some(url) = cited.url {
        tell("url", &address(url, &SIGNS));
    }
    if let Some(language) = cited.language {
        tell("language", &escaped(language));
    }
    let note = match cited.kind {
        QuoteKind::Direct => {
            tell("quote", &escaped(cited.text));
            cited.attributed()
        }
        QuoteKind::Indirect | QuoteKind::Mixed => cited.quoted(),
    };
    let here = address(&cited.here(), &SIGNS).replace("%20", " ");
    out.push_str(&format!("}}}} {} {here}\n", escaped(&capitalised(&cited.with_caveats(note)))));
    out
}

/// A sentence of ours as it begins one.
fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// A text that wikitext has no say in: every sign of it stands by its number, as do colons, by which
/// an address becomes a link, and apostrophes, tildes and underscores that stand together.
fn escaped(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let doubled = before == Some(c) || characters.peek() == Some(&c);
        let is_sign = match c {
            '&' | '<' | '>' | '|' | '{' | '}' | '[' | ']' | '=' | ':' => true,
            '\'' | '~' | '_' | '-' => doubled,
            '*' | '#' | ';' => before.is_none(),
            _ => false,
        };
        if is_sign {
            out.push_str(&format!("&#{};", u32::from(c)));
        } else {
            out.push(c);
        }
        before = Some(c);
    }
    out
}
