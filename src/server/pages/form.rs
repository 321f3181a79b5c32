//! The forms in which a page is there, and which of them a client gets.

use std::fmt;

use actix_web::HttpRequest;

use crate::domain::citation::Style;
use crate::server::accept::accepted;

/// A form of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Html,
    /// Linked data.
    JsonLd,
    /// The same for programs that ask for JSON.
    Json,
    /// A citation.
    Cited(Style),
}

impl Form {
    /// The forms of pages that can be cited in these styles; the first is what is sent where nobody
    /// minds.
    pub fn of(styles: &[Style]) -> impl Iterator<Item = Self> {
        let cited = styles.iter().copied().map(Self::Cited);
        [Self::Html, Self::JsonLd, Self::Json].into_iter().chain(cited)
    }

    /// What a client gets: what it names by `?format=`, else what it likes best by `Accept`. `None`
    /// where there is nothing that it reads.
    pub fn wanted(head: &HttpRequest, styles: &[Style]) -> Option<Self> {
        let asked = url::form_urlencoded::parse(head.query_string().as_bytes())
            .find(|(name, _)| name == "format");
        if let Some((_, name)) = asked {
            return Self::of(styles).find(|form| form.as_str() == name);
        }
        // Wikitext has no media type of its own that a browser shows.
        let forms: Vec<Self> =
            Self::of(styles).filter(|form| *form != Self::Cited(Style::Wikipedia)).collect();
        let media: Vec<&str> = forms.iter().map(|form| form.media()).collect();
        accepted(head.headers(), &media).and_then(|at| forms.get(at).copied())
    }

    /// Its name in `?format=`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::JsonLd => "jsonld",
            Self::Json => "json",
            Self::Cited(style) => style.as_str(),
        }
    }

    /// Its media type, without parameters.
    pub fn media(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::JsonLd => "application/ld+json",
            Self::Json => "application/json",
            Self::Cited(Style::Plain | Style::Wikipedia) => "text/plain",
            Self::Cited(Style::Bibtex) => "application/x-bibtex",
            Self::Cited(Style::Csl) => "application/vnd.citationstyles.csl+json",
        }
    }

    /// Its media type as it is sent. The JSON types say by themselves that they are UTF-8, and take
    /// no such parameter.
    pub fn content_type(self) -> String {
        match self {
            Self::JsonLd | Self::Cited(Style::Csl) => self.media().to_owned(),
            _ => format!("{}; charset=utf-8", self.media()),
        }
    }

    /// How a file of it ends, for forms that are kept as files.
    pub fn ending(self) -> Option<&'static str> {
        match self {
            Self::Cited(Style::Bibtex) => Some("bib"),
            Self::Cited(Style::Csl) => Some("csl.json"),
            _ => None,
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
