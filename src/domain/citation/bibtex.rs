//! A citation as an entry of BibTeX, which biblatex reads too.

use super::{Cited, address, line, parts};

/// `@misc`, since BibTeX has no entry for newspapers, and neither has it `@online`.
pub fn written(cited: &Cited<'_>) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    if !cited.authors.is_empty() {
        // In braces of its own a name is not taken apart.
        let authors = cited.authors.iter().map(|author| format!("{{{}}}", escaped(author)));
        fields.push(("author", braced(&authors.collect::<Vec<_>>().join(" and "))));
    }
    if let Some(title) = cited.title {
        // Doubled, so that no style changes its capitals.
        fields.push(("title", braced(&braced(&escaped(title)))));
    }
    if let Some(publisher) = cited.publisher {
        fields.push(("howpublished", braced(&escaped(publisher))));
    }
    let date = cited.published.map(parts).unwrap_or_default();
    for (name, part) in ["year", "month", "day"].into_iter().zip(date) {
        fields.push((name, braced(&part.to_string())));
    }
    if let Some(url) = cited.url {
        fields.push(("url", braced(&address(url, &['{', '}', '\\']))));
    }
    if let Some(language) = cited.language {
        fields.push(("language", braced(&escaped(language))));
    }
    let note = format!("{} {}", cited.with_caveats(cited.quoted()), cited.here());
    fields.push(("note", braced(&escaped(&note))));
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("  {name} = {value},\n")).collect();
    format!("@misc{{dixit-{},\n{}}}\n", cited.id, fields.concat())
}

fn braced(text: &str) -> String {
    format!("{{{text}}}")
}

/// A text as LaTeX prints it. Braces are commands here: BibTeX counts them, also behind a backslash.
///
/// A straight quotation mark becomes an opening or a closing one: `\textquotedbl` is unavailable in OT1,
/// LaTeX's encoding unless told otherwise, which has these two alone (`ltoutenc.dtx`), and the sign itself
/// is a command of babel's in German and others.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    for c in line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '"' if opens_after(before) => out.push_str("\\textquotedblleft{}"),
            '"' => out.push_str("\\textquotedblright{}"),
            '$' | '%' | '&' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
        before = Some(c);
    }
    out
}

/// Whether a quotation mark behind this opens a quotation.
fn opens_after(before: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '–' | '—' | '/')
    })
}
