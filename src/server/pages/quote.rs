//! `/quotes/{id}`: words as one article printed them.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::data::Quote;
use super::head::Head;
use super::page::Page;
use super::site::Site;
use super::{caveats, json_ld, parts, site, words};
use crate::domain::citation::{Cited, Style};
use crate::domain::id::{Id, Kind};
use crate::domain::licence::{OpenLicence, after, before};
use crate::domain::tenure::Capacity;

/// What the API answers.
#[derive(Deserialize)]
pub struct Answer {
    quote: Option<Quote>,
}

impl Page for Quote {
    const KIND: Kind = Kind::Quote;
    const DOCUMENT: &str = concat!(
        include_str!("documents/quote.graphql"),
        include_str!("documents/article.graphql"),
        include_str!("documents/other.graphql"),
    );
    const STYLES: &[Style] = Style::ALL;
    type Answer = Answer;

    fn of(answer: Answer) -> Option<Self> {
        answer.quote
    }

    fn id(&self) -> Id {
        self.id
    }

    fn json_ld(&self, site: &Site) -> Value {
        json_ld::quote(site, self)
    }

    fn cited(&self, site: &Site, style: Style) -> String {
        let article = self.article.as_ref();
        let cited = Cited {
            id: self.id,
            page: site.base.is_some().then(|| site.page(self.id)),
            text: &self.text,
            kind: self.kind,
            source: self.attributed().map(Into::into),
            caveats: caveats::of(self),
            title: article.and_then(|article| article.title.as_deref()),
            publisher: article.and_then(|article| article.printed_by()),
            authors: article.map_or_else(Vec::new, |article| {
                article.authors.iter().map(String::as_str).collect()
            }),
            published: article.and_then(|article| article.published()),
            language: article.and_then(|article| article.language.as_deref()),
            url: article.and_then(|article| article.link()),
        };
        cited.written(style)
    }

    fn html(&self, site: &Site) -> askama::Result<String> {
        let article = self.article.as_ref();
        let speaker = self.speaker.as_ref().map(|speaker| self.together(speaker.name.clone()));
        let source = speaker.or_else(|| self.attributed());
        let source = source.unwrap_or_else(|| "no source is named".to_owned());
        let printed_by = article.and_then(|article| article.printed_by());
        let description = match printed_by {
            Some(publisher) => format!("{source}, in {publisher}"),
            None => source,
        };
        let open = article.is_some_and(|article| article.open_licence().is_some());
        let explore = article.and_then(|article| site.explore("article", article.id));
        let page = QuotePage {
            head: Head::of(self, site, &self.text, &description, "article", explore),
            quote: self,
            before: self.context_before.as_deref().map(|text| before(text, open)),
            after: self.context_after.as_deref().map(|text| after(text, open)),
            citations: [
                ("Plain", Style::Plain),
                ("BibTeX", Style::Bibtex),
                ("CSL-JSON", Style::Csl),
                ("Wikipedia", Style::Wikipedia),
            ]
            .map(|(name, style)| (name, style, self.cited(site, style))),
        };
        page.render()
    }
}

#[derive(Template)]
#[template(path = "pages/quote.html")]
struct QuotePage<'p> {
    head: Head,
    quote: &'p Quote,
    before: Option<String>,
    after: Option<String>,
    citations: [(&'static str, Style, String); 4],
}

impl QuotePage<'_> {
    fn article_link(&self) -> Option<&str> {
        self.quote.article.as_ref()?.link()
    }

    fn explore_article(&self) -> Option<&str> {
        self.head.explore.as_deref()
    }

    fn whole(&self) -> Option<String> {
        self.quote.printed.whole()
    }

    fn conflicts(&self) -> bool {
        self.quote.capacity == Some(Capacity::Conflict)
    }

    fn stated_licence(&self) -> Option<&str> {
        self.quote.article.as_ref()?.licence.as_deref()
    }

    fn open_licence(&self) -> Option<OpenLicence> {
        self.quote.article.as_ref()?.open_licence()
    }

    fn disputed(&self) -> Option<String> {
        caveats::disputed(self.quote.contradictions())
    }

    fn is_undisputed(&self) -> bool {
        self.quote.other_readings.is_empty() && self.quote.contradictions().is_empty()
    }
}
