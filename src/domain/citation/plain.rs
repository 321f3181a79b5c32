//! A citation in plain words, on one line.

use super::{Cited, in_words, line};

/// `Authors: “Title”. Publisher, date. Address. Quoted: “words” (attributed to: …). dixit, …`
pub fn written(cited: &Cited<'_>) -> String {
    let mut out = String::new();
    if !cited.authors.is_empty() {
        let authors: Vec<String> = cited.authors.iter().map(|author| line(author)).collect();
        out.push_str(&format!("{}: ", authors.join(", ")));
    }
    if let Some(title) = cited.title {
        out.push_str(&format!("“{}”. ", line(title)));
    }
    let print = [cited.publisher.map(line), cited.published.map(in_words)];
    let print: Vec<String> = print.into_iter().flatten().collect();
    if !print.is_empty() {
        out.push_str(&format!("{}. ", print.join(", ")));
    }
    if let Some(url) = cited.url {
        out.push_str(&format!("{} . ", line(url)));
    }
    out.push_str(&format!("{} {}\n", cited.with_caveats(cited.quoted()), cited.here()));
    out
}
