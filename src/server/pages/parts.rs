//! Parts that several pages have: a time, printed words, a link, a quote in a list. Each escapes what
//! it is given, so that it can stand in another one as it is.

use askama::Template;
use askama::filters::HtmlSafe;

use super::data::{Quote, Relation, Tenure};
use super::{parts, site, words};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::tenure::TenureOrigin;

/// A date, for people and programs.
#[derive(Template)]
#[template(source = r#"<time datetime="{{ at }}">{{ words::date(at) }}</time>"#, ext = "html")]
pub struct Moment {
    at: FuzzyDate,
}

/// Words that stand in a sentence as somebody printed them: their direction is their own.
#[derive(Template)]
#[template(
    source = r#"<bdi{% if let Some(language) = language %} lang="{{ language }}"{% endif %}>{{ text }}</bdi>"#,
    ext = "html"
)]
pub struct Printed<'p> {
    text: &'p str,
    language: Option<&'p str>,
}

/// Somebody or something with a page of its own.
#[derive(Template)]
#[template(source = r#"<a href="{{ site::path(id) }}"><bdi>{{ name }}</bdi></a>"#, ext = "html")]
pub struct Link<'p> {
    id: Id,
    name: &'p str,
}

/// A quote in a list.
#[derive(Template)]
#[template(path = "pages/print.html")]
pub struct Print<'p> {
    quote: &'p Quote,
    /// Whether the page is about somebody else than its speaker.
    with_speaker: bool,
}

/// Another statement that has to do with the one of the page.
#[derive(Template)]
#[template(path = "pages/relation.html")]
pub struct Related<'p> {
    relation: &'p Relation,
}

/// Somebody in a role.
#[derive(Template)]
#[template(path = "pages/tenure.html")]
pub struct Held<'p> {
    tenure: &'p Tenure,
}

impl HtmlSafe for Moment {}
impl HtmlSafe for Printed<'_> {}
impl HtmlSafe for Link<'_> {}
impl HtmlSafe for Print<'_> {}
impl HtmlSafe for Related<'_> {}
impl HtmlSafe for Held<'_> {}

/// See [`Moment`].
pub fn moment(at: &FuzzyDate) -> Moment {
    Moment { at: *at }
}

/// See [`Printed`].
pub fn printed<'p>(text: &'p str, language: Option<&'p str>) -> Printed<'p> {
    Printed { text, language }
}

/// See [`Link`].
pub fn link<'p>(id: &Id, name: &'p str) -> Link<'p> {
    Link { id: *id, name }
}

/// See [`Print`].
pub fn print(quote: &Quote, with_speaker: bool) -> Print<'_> {
    Print { quote, with_speaker }
}

/// See [`Related`].
pub fn related(relation: &Relation) -> Related<'_> {
    Related { relation }
}

/// See [`Held`].
pub fn held(tenure: &Tenure) -> Held<'_> {
    Held { tenure }
}

impl Held<'_> {
    fn is_recorded(&self) -> bool {
        self.tenure.origin == TenureOrigin::Recorded
    }

    fn begin(&self) -> String {
        let begin = &self.tenure.begin;
        words::bound(begin.bound, begin.date.as_ref().map(|date| date.text), true)
    }

    fn end(&self) -> String {
        let end = &self.tenure.end;
        words::bound(end.bound, end.date.as_ref().map(|date| date.text), false)
    }
}
