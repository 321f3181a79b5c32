//! `/speakers/{id}`: a person, the roles over time, the newest quotes.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::data::{Quote, Speaker};
use super::head::Head;
use super::page::{Page, beyond};
use super::site::Site;
use super::{json_ld, parts, site, words};
use crate::domain::id::{Id, Kind};

/// What the API answers.
#[derive(Deserialize)]
pub struct Answer {
    speaker: Option<Speaker>,
}

impl Page for Speaker {
    const KIND: Kind = Kind::Speaker;
    const DOCUMENT: &str = concat!(
        include_str!("documents/speaker.graphql"),
        include_str!("documents/tenure.graphql"),
        include_str!("documents/print.graphql"),
        include_str!("documents/article.graphql"),
    );
    type Answer = Answer;

    fn of(answer: Answer) -> Option<Self> {
        answer.speaker
    }

    fn id(&self) -> Id {
        self.id
    }

    fn json_ld(&self, site: &Site) -> Value {
        json_ld::speaker(site, self)
    }

    fn html(&self, site: &Site) -> askama::Result<String> {
        let count = self.quote_count;
        let description =
            format!("{count} {}, roles over time", words::plural(&count, "quote", "quotes"));
        let explore = site.explore("speaker", self.id);
        SpeakerPage {
            head: Head::of(self, site, &self.name, &description, "profile", explore),
            speaker: self,
        }
        .render()
    }
}

#[derive(Template)]
#[template(path = "pages/speaker.html")]
struct SpeakerPage<'p> {
    head: Head,
    speaker: &'p Speaker,
}

impl SpeakerPage<'_> {
    fn more_tenures(&self) -> Option<u64> {
        beyond(self.speaker.tenures.total_count, &self.speaker.tenures.nodes)
    }

    /// A quote without its speaker, whose page this is.
    fn print<'q>(&self, quote: &'q Quote) -> parts::Print<'q> {
        parts::print(quote, false)
    }

    fn more_quotes(&self) -> Option<u64> {
        beyond(self.speaker.quote_count, &self.speaker.quotes.nodes)
    }
}
