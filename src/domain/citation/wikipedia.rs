//! A citation as the template `{{Cite news}}` of Wikipedia in English.

use super::{Cited, address, in_words, line};

/// One line, as it stands in an article between `<ref>` and `</ref>`.
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
    if let Some(title) = cited.title {
        tell("title", &escaped(title));
    }
    if let Some(publisher) = cited.publisher {
        tell("work", &escaped(publisher));
    }
    if let Some(date) = cited.published {
        tell("date", &in_words(date));
    }
    if let Some(url) = cited.url {
        tell("url", &address(url, &['|', '{', '}', '[', ']', '<', '>', '"', '\'']));
    }
    if let Some(language) = cited.language {
        tell("language", &escaped(language));
    }
    tell("quote", &escaped(cited.text));
    out.push_str("}}\n");
    out
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
