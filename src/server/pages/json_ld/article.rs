//! An article: `NewsArticle`.

use serde_json::Value;

use super::Thing;
use crate::server::pages::data::Article;
use crate::server::pages::site::Site;

/// The article that printed the words. Its authors stand in `creditText`, as printed: whether one is a
/// person, an agency or "our correspondents" is not known.
pub fn article(site: &Site, article: &Article) -> Value {
    let publisher = match &article.publisher {
        Some(publisher) => Some(
            Thing::of("Organization").at(site, publisher.id).with("name", publisher.name.as_str()),
        ),
        None => {
            let printed = article.printed_publisher.as_deref();
            printed.map(|name| Thing::of("Organization").with("name", name))
        }
    };
    let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
    Thing::of("NewsArticle")
        .with("headline", article.title.as_deref())
        .with("url", article.link())
        .with("identifier", article.document_id.as_deref())
        .with("publisher", publisher.map(Value::from))
        .with("creditText", authors)
        .with("datePublished", article.published().map(|date| date.to_string()))
        .with("inLanguage", article.language.as_deref())
        .with("license", article.open_licence().map(|licence| licence.address))
        .with("archivedAt", article.archive())
        .into()
}
