//! A quote as it is cited: in plain words, for BibTeX, for programs that read CSL, for Wikipedia.
//!
//! What is cited is the article that prints the words, as far as it is known, with the words and to whom
//! it attributes them in a note; and the quote here, by its id. Authors stay as printed: what of a name
//! is the family's is not guessed. When somebody read the article is not known, and not said.

mod bibtex;
mod csl;
mod plain;
#[cfg(test)]
mod tests;
mod wikipedia;

use std::borrow::Cow;

use super::date::{DatePrecision, FuzzyDate, rfc3339};
use super::id::Id;
use super::quote::QuoteKind;

vocabulary! {
    /// How a citation is written.
    Style {
        /// Plain words.
        Plain = "plain",
        /// An entry of BibTeX.
        Bibtex = "bibtex",
        /// A list with one item of CSL-JSON, as Zotero and citeproc read it.
        Csl = "csl",
        /// The template `{{Cite news}}` of Wikipedia in English.
        Wikipedia = "wikipedia",
    }
}

/// What a citation tells. Texts may hold anything.
#[derive(Debug, Clone)]
pub struct Cited<'c> {
    /// The quote's id.
    pub id: Id,
    /// The address of its page here, where the server knows its own.
    pub page: Option<String>,
    /// The words.
    pub text: &'c str,
    /// How they are rendered.
    pub kind: QuoteKind,
    /// To whom the article attributes them, in its own words; `None` where it names nobody.
    pub source: Option<Cow<'c, str>>,
    /// What has to be told beside that, a sentence each: that others are quoted with the same words, that
    /// the quote was not found again.
    pub caveats: Vec<String>,
    /// The article's title.
    pub title: Option<&'c str>,
    /// Who published it, as printed, or its site.
    pub publisher: Option<&'c str>,
    /// Its authors as printed.
    pub authors: Vec<&'c str>,
    /// When it was published.
    pub published: Option<FuzzyDate>,
    /// Its language.
    pub language: Option<&'c str>,
    /// Its address.
    pub url: Option<&'c str>,
}

impl Cited<'_> {
    /// The citation, ending with a line end.
    pub fn written(&self, style: Style) -> String {
        match style {
            Style::Plain => plain::written(self),
            Style::Bibtex => bibtex::written(self),
            Style::Csl => csl::written(self),
            Style::Wikipedia => wikipedia::written(self),
        }
    }

    /// The words and whose they are, for a note. Only what stands in quotation marks is put into some.
    fn quoted(&self) -> String {
        let words = match self.kind {
            QuoteKind::Direct => format!("Quoted: “{}”", line(self.text)),
            QuoteKind::Indirect | QuoteKind::Mixed => format!("Reported: {}", line(self.text)),
        };
        format!("{words} ({})", self.attributed())
    }

    /// Whose words they are.
    fn attributed(&self) -> String {
        match &self.source {
            Some(source) => format!("attributed to: {}", line(source)),
            None => "the article names no source".to_owned(),
        }
    }

    /// A sentence with what has to be told beside it.
    fn with_caveats(&self, told: String) -> String {
        let caveats = self.caveats.iter().map(|caveat| line(caveat));
        std::iter::once(format!("{told}.")).chain(caveats).collect::<Vec<_>>().join(" ")
    }

    /// Where the quote stands here.
    fn here(&self) -> String {
        match &self.page {
            Some(page) => format!("dixit, {page}"),
            None => format!("dixit, quote {}", self.id),
        }
    }
}

/// A text on one line: what ends a line, or cannot be seen, is a space.
fn line(text: &str) -> String {
    let seen = text.chars().map(|c| if c.is_control() || is_end(c) { ' ' } else { c });
    let seen: String = seen.collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ends of lines and paragraphs that are no control characters.
fn is_end(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// An address in which the signs of a notation stand by their codes.
fn address(url: &str, signs: &[char]) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || signs.contains(&c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Year, month and day of a date, as far as it is known; of a moment the day in UTC.
fn parts(date: FuzzyDate) -> Vec<u16> {
    let text = rfc3339(date.earliest);
    let known = match date.precision {
        DatePrecision::Year => 1,
        DatePrecision::Month => 2,
        DatePrecision::Day | DatePrecision::Instant => 3,
    };
    let day = text.split('T').next().unwrap_or_default();
    day.split('-').take(known).filter_map(|part| part.parse().ok()).collect()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `13 August 2021`, `August 2021`, `2021`: a date in words, as exact as it is known.
pub fn in_words(date: FuzzyDate) -> String {
    let parts = parts(date);
    let month = |month: u16| usize::from(month).checked_sub(1).and_then(|at| MONTHS.get(at));
    match parts[..] {
        [year, of, day] => format!("{day} {} {year}", month(of).copied().unwrap_or_default()),
        [year, of] => format!("{} {year}", month(of).copied().unwrap_or_default()),
        [year] => year.to_string(),
        _ => date.to_string(),
    }
}
