//! What every page has: a question, an answer, and its forms.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::site::Site;
use crate::domain::citation::Style;
use crate::domain::id::{Id, Kind};

/// Something with a page of its own. It knows no more than the API tells everybody.
pub trait Page: Sized + 'static {
    /// What it is.
    const KIND: Kind;
    /// What is asked of the API: a document whose variable is `$id`.
    const DOCUMENT: &str;
    /// In which styles it can be cited: quotes alone stand in an article.
    const STYLES: &[Style] = &[];
    /// The API's answer.
    type Answer: DeserializeOwned;

    /// What was found.
    fn of(answer: Self::Answer) -> Option<Self>;

    /// Its id, which is another one than was asked for where that was merged into it.
    fn id(&self) -> Id;

    /// The page for people.
    ///
    /// # Errors
    /// Where a template fails, which is a fault of ours.
    fn html(&self, site: &Site) -> askama::Result<String>;

    /// The page as linked data.
    fn json_ld(&self, site: &Site) -> Value;

    /// A citation in one of [`Page::STYLES`].
    fn cited(&self, _: &Site, _: Style) -> String {
        String::new()
    }
}

/// How many of a list there are beyond those shown, if any.
pub fn beyond<T>(all: u64, shown: &[T]) -> Option<u64> {
    all.checked_sub(shown.len() as u64).filter(|more| *more > 0)
}
