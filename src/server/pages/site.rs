//! Addresses: of the pages themselves, of the front end, of what the pages load.

use crate::domain::id::{Id, Kind};

/// The longest words that are handed to the front end in an address.
const LONGEST_ASKED: usize = 600;

/// Where the pages stand.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The public address of the server, without a slash at its end; `None` where it does not know
    /// it. It is never read of a request, whose sender may say anything.
    pub base: Option<String>,
    /// Whether the front end is served beside them.
    pub has_front_end: bool,
    /// Whether everybody may read them.
    pub is_public: bool,
}

impl Site {
    /// The address of a path: whole where the server knows its own, else the path alone, which
    /// readers resolve.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_deref().unwrap_or_default())
    }

    /// The address of something with a page.
    pub fn page(&self, id: Id) -> String {
        self.address(&path(&id))
    }

    /// Where the front end shows something.
    pub fn explore(&self, what: &str, id: Id) -> Option<String> {
        self.has_front_end.then(|| format!("/?{what}={id}"))
    }

    /// Where the front end verifies words; `None` for those that are too long for an address.
    pub fn verify(&self, words: &str) -> Option<String> {
        let fits = self.has_front_end && words.len() <= LONGEST_ASKED;
        let encoded = || url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
        fits.then(|| format!("/?verify={}", encoded()))
    }
}

/// The folder of a kind of thing that has pages.
pub fn folder(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Quote => Some("quotes"),
        Kind::Statement => Some("statements"),
        Kind::Speaker => Some("speakers"),
        Kind::Organisation => Some("organisations"),
        _ => None,
    }
}

/// The path of something with a page; that of the front end for anything else.
pub fn path(id: &Id) -> String {
    match id.kind().and_then(folder) {
        Some(folder) => format!("/{folder}/{id}"),
        None => "/".to_owned(),
    }
}

/// The item of Wikidata.
pub fn wikidata(item: &str) -> String {
    format!("https://www.wikidata.org/entity/{item}")
}
