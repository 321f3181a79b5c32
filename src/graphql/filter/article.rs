//! `ArticleFilter`: what an article must be.

use async_graphql::{ID, InputObject, Result};

use super::{DateFilter, OneOf, add_ids, ids, languages, organisation_match};
use crate::domain::address::Address;
use crate::graphql::error::bad_input;
use crate::store::quote::ArticleMatch;

/// Which publisher is meant.
#[derive(InputObject, Debug, Clone)]
pub struct PublisherFilter {
    /// The publisher's id.
    id: Option<OneOf<ID>>,
    /// The publisher's name or alias, case and accents apart.
    name: Option<String>,
}

/// Which article is meant.
#[derive(InputObject, Debug, Clone)]
pub struct ArticleFilter {
    /// The article's id.
    id: Option<OneOf<ID>>,
    /// Its address in any of its spellings: scheme, `www.`, tracking parameters and a trailing
    /// slash do not matter.
    url: Option<String>,
    /// The id under which the importer knew it.
    document_id: Option<String>,
    /// The organisation that published it.
    publisher: Option<PublisherFilter>,
    /// The host of its address without `www.`, for example `"news.example"`.
    site: Option<String>,
    /// Its language (BCP 47).
    language: Option<OneOf<String>>,
    /// When it was published.
    published_at: Option<DateFilter>,
}

impl ArticleFilter {
    /// The store's conditions; all must hold.
    pub fn matches(self) -> Result<Vec<ArticleMatch>> {
        let mut all = Vec::new();
        add_ids!(all, "filter.article.id", self.id, ArticleMatch::Id);
        if let Some(url) = self.url {
            Address::read(&url).map_err(|error| bad_input("filter.article.url", error))?;
            all.push(ArticleMatch::Url(url));
        }
        all.extend(self.document_id.map(ArticleMatch::DocumentId));
        if let Some(publisher) = self.publisher {
            let argument = "filter.article.publisher.id";
            let wanted = organisation_match(argument, publisher.id, publisher.name, false)?;
            all.extend(wanted.map(ArticleMatch::Publisher));
        }
        all.extend(self.site.map(ArticleMatch::Site));
        if let Some(language) = self.language {
            all.extend(languages("filter.article.language", language)?.map(ArticleMatch::Language));
        }
        if let Some(published) = self.published_at {
            let published = published.matches("filter.article.publishedAt")?;
            all.extend(published.map(ArticleMatch::Published));
        }
        Ok(all)
    }
}
