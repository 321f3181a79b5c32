//! `/statements/{id}`: the utterance behind quotes, and how far it went.

use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use super::data::Statement;
use super::head::Head;
use super::page::{Page, beyond};
use super::site::Site;
use super::{json_ld, parts, site, words};
use crate::domain::id::{Id, Kind};

/// What the API answers.
#[derive(Deserialize)]
pub struct Answer {
    statement: Option<Statement>,
}

impl Page for Statement {
    const KIND: Kind = Kind::Statement;
    const DOCUMENT: &str = concat!(
        include_str!("documents/statement.graphql"),
        include_str!("documents/print.graphql"),
        include_str!("documents/article.graphql"),
        include_str!("documents/other.graphql"),
    );
    type Answer = Answer;

    fn of(answer: Answer) -> Option<Self> {
        answer.statement
    }

    fn id(&self) -> Id {
        self.id
    }

    fn json_ld(&self, site: &Site) -> Value {
        json_ld::statement(site, self)
    }

    fn html(&self, site: &Site) -> askama::Result<String> {
        let count = self.article_count;
        let articles = words::plural(&count, "article", "articles");
        let description = match &self.speaker {
            Some(speaker) => format!("{}, in {count} {articles}", speaker.name),
            None => {
                let unnamed = words::unnamed(&self.speaker_kind, false).unwrap_or_default();
                format!("{unnamed} In {count} {articles}.")
            }
        };
        let explore = site.verify(&self.text);
        StatementPage {
            head: Head::of(self, site, &self.text, &description, "article", explore),
            statement: self,
        }
        .render()
    }
}

#[derive(Template)]
#[template(path = "pages/statement.html")]
struct StatementPage<'p> {
    head: Head,
    statement: &'p Statement,
}

impl StatementPage<'_> {
    /// The language of the words, as the first quote tells it.
    fn language(&self) -> Option<&str> {
        self.statement.quotes.nodes.first()?.language.as_deref()
    }

    fn more(&self) -> Option<u64> {
        beyond(self.statement.quote_count, &self.statement.quotes.nodes)
    }
}
