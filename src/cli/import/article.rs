//! What the command line says of every article.

use std::borrow::Cow;

use clap::Args;

use crate::cli::Failure;
use crate::domain::article::Article;
use crate::domain::field::{Fault, MAX_ID, MAX_NAME, address, language, optional};
use crate::import::Articles;

/// For inputs that do not say which article they are about.
#[derive(Debug, Args)]
#[command(next_help_heading = "Every article, where the input does not say otherwise")]
pub(super) struct ArticleArguments {
    /// Its address.
    #[arg(long, value_name = "URL")]
    article_url: Option<String>,
    /// Your own id of it; where there is none, the file's name without its ending.
    #[arg(long, value_name = "ID")]
    document_id: Option<String>,
    /// Its title.
    #[arg(long)]
    title: Option<String>,
    /// Who published it. Where articles have no address, their ids count within their publisher.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// When: `2021`, `2021-08`, `2021-08-13` or RFC 3339.
    #[arg(long, value_name = "DATE")]
    published_at: Option<String>,
    /// Its language, as BCP 47 has it: `en`, `de-AT`.
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// Under which licence it may be used.
    #[arg(long)]
    licence: Option<String>,
}

impl ArticleArguments {
    /// What is said.
    pub fn articles(&self) -> Result<Articles, Failure> {
        let every = self.article().map_err(|fault| {
            Failure(format!("--{}: {}", fault.field.replace('_', "-"), fault.reason))
        })?;
        Ok(Articles::of(every))
    }

    fn article(&self) -> Result<Article, Fault> {
        fn said(text: &Option<String>) -> Option<Cow<'_, str>> {
            text.as_deref().map(Cow::Borrowed)
        }
        let published_at = match self.published_at.as_deref().map(str::trim) {
            None | Some("") => None,
            Some(date) => Some(date.parse().map_err(|error| Fault::value("published_at", error))?),
        };
        Ok(Article {
            address: address("article_url", said(&self.article_url))?,
            document_id: optional("document_id", said(&self.document_id), MAX_ID)?,
            title: optional("title", said(&self.title), MAX_NAME)?,
            publisher: optional("publisher", said(&self.publisher), MAX_NAME)?,
            authors: Vec::new(),
            published_at,
            language: language("language", said(&self.language))?,
            licence: optional("licence", said(&self.licence), MAX_NAME)?,
            archive_url: None,
        })
    }
}
