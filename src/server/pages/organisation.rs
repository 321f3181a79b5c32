//! `/organisations/{id}`: a body, who spoke in which role at it, the newest quotes of its sources.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::data::{Organisation, Quote};
use super::head::Head;
use super::page::{Page, beyond};
use super::site::Site;
use super::{json_ld, parts, site, words};
use crate::domain::id::{Id, Kind};
use crate::domain::vocabulary::OrganisationKind;

/// What the API answers.
#[derive(Deserialize)]
pub struct Answer {
    organisation: Option<Organisation>,
}

impl Page for Organisation {
    const KIND: Kind = Kind::Organisation;
    const DOCUMENT: &str = concat!(
        include_str!("documents/organisation.graphql"),
        include_str!("documents/tenure.graphql"),
        include_str!("documents/print.graphql"),
        include_str!("documents/article.graphql"),
    );
    type Answer = Answer;

    fn of(answer: Answer) -> Option<Self> {
        answer.organisation
    }

    fn id(&self) -> Id {
        self.id
    }

    fn json_ld(&self, site: &Site) -> Value {
        json_ld::organisation(site, self)
    }

    fn html(&self, site: &Site) -> askama::Result<String> {
        let count = self.quote_count;
        let description = format!(
            "{count} {}, and who spoke in which role",
            words::plural(&count, "quote", "quotes")
        );
        let explore = site.explore("organisation", self.id);
        OrganisationPage {
            head: Head::of(self, site, &self.name, &description, "website", explore),
            organisation: self,
        }
        .render()
    }
}

#[derive(Template)]
#[template(path = "pages/organisation.html")]
struct OrganisationPage<'p> {
    head: Head,
    organisation: &'p Organisation,
}

impl OrganisationPage<'_> {
    /// What kind of body it is, in words.
    fn kind(&self) -> Option<&'static str> {
        let kind = self.organisation.kind;
        (kind != OrganisationKind::Unknown).then(|| kind.manual().trim())
    }

    fn more_tenures(&self) -> Option<u64> {
        let tenures = &self.organisation.office_holders;
        beyond(tenures.total_count, &tenures.nodes)
    }

    /// A quote with its speaker, who may be any of the organisation's.
    fn print<'q>(&self, quote: &'q Quote) -> parts::Print<'q> {
        parts::print(quote, true)
    }

    fn more_quotes(&self) -> Option<u64> {
        beyond(self.organisation.quote_count, &self.organisation.quotes.nodes)
    }
}
