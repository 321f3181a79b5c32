//! What the head of every page tells: its title and address for people, cards and programs.

use askama::filters::HtmlSafe;

use super::files::{CARD_PATH, STYLE_PATH};
use super::form::Form;
use super::json_ld::in_script;
use super::page::Page;
use super::site::Site;

/// The longest title, in Unicode scalar values.
const TITLE: usize = 100;

/// The head of a page, for the template.
pub struct Head {
    /// What it is about.
    pub title: String,
    /// One sentence on it.
    pub description: String,
    /// Its one address.
    pub address: String,
    /// Whether that begins with the server's own.
    pub is_whole: bool,
    /// In which other forms the page is there.
    pub forms: Vec<Form>,
    /// Its type by the Open Graph protocol.
    pub graph_type: &'static str,
    /// The path of the stylesheet.
    pub stylesheet: &'static str,
    /// The whole address of the picture for cards, where the server knows its own.
    pub card: Option<String>,
    /// The page as JSON-LD.
    pub json_ld: Script,
    /// Where the front end shows it.
    pub explore: Option<String>,
}

impl Head {
    /// The head of this page.
    pub fn of<P: Page>(
        page: &P,
        site: &Site,
        title: &str,
        description: &str,
        graph_type: &'static str,
        explore: Option<String>,
    ) -> Self {
        Self {
            title: shortened(title),
            description: description.to_owned(),
            address: site.page(page.id()),
            is_whole: site.base.is_some(),
            forms: Form::of(P::STYLES).filter(|form| *form != Form::Html).collect(),
            graph_type,
            stylesheet: &STYLE_PATH,
            card: site.base.is_some().then(|| site.address(&CARD_PATH)),
            json_ld: Script(in_script(&page.json_ld(site))),
            explore,
        }
    }
}

/// The content of an element `script` that holds data: it cannot be escaped as text is, and is made by
/// [`in_script`] alone.
pub struct Script(String);

impl HtmlSafe for Script {}

impl std::fmt::Display for Script {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// A text cut at the end of a word.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(TITLE) else { return text.to_owned() };
    let cut = &text[..end];
    let words = cut.rsplit_once(char::is_whitespace).map_or(cut, |(words, _)| words);
    format!("{words}…")
}
