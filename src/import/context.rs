//! What a format needs beside the bytes: how the input is called, what its articles are, and what
//! whoever imports has said.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::articles::{Articles, read_text};
use super::record::Note;
use super::rejection::{Code, Fault};
use crate::domain::article::Article;

/// What whoever imports has said of all inputs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// What is known of articles by their document ids, and of every article.
    pub articles: Articles,
    /// Which column holds which field of the native format, by the field.
    pub map: BTreeMap<String, String>,
    /// Whose annotations to take, where an input has those of several.
    pub annotator: Option<String>,
    /// Whether rows may have what only an export has: ids, and what people wrote.
    pub trusted: bool,
    /// Whether each input holds, for each article in it, everything that its extractor found there.
    pub replace_articles: bool,
}

impl Settings {
    /// All of it in words that tell two settings apart; empty where nothing was said.
    pub(super) fn told(&self, format: Option<&str>) -> String {
        let said = *self != Self { trusted: self.trusted, ..Self::default() };
        let said = said.then(|| format!("{self:?}"));
        [format.map(str::to_owned), said].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// The documents of a run that are called as their files, by their names: files of several folders may
/// have one name and be about different articles.
#[derive(Debug, Default)]
pub struct Implied {
    files: Mutex<HashMap<String, String>>,
    untold: Mutex<Vec<Note>>,
}

impl Implied {
    /// What is to be told of inputs since the last time that this was asked.
    pub(super) fn untold(&self) -> Vec<Note> {
        std::mem::take(&mut self.untold.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Remembers which file a document is called as. Files that lie beside each other are about one.
    fn add(&self, document: &str, source: &str, has_address: impl FnOnce() -> bool) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(other) = files.get_mut(document) else {
            files.insert(document.to_owned(), source.to_owned());
            return;
        };
        let folder = |source| Path::new(source).parent().map(Path::to_owned);
        if folder(other.as_str()) == folder(source) || has_address() {
            return;
        }
        let reason = format!(
            "`{document}`, as {other} and {source} are called; if they are about different ones, name them \
             by --document-id or --articles, in runs of their own"
        );
        source.clone_into(other);
        self.untold.lock().unwrap_or_else(PoisonError::into_inner).push(Note::OneArticle(reason));
    }
}

/// What a format needs beside the bytes of one input.
#[derive(Debug, Clone)]
pub struct Context {
    /// The input, as it is called.
    pub source: String,
    /// What was said of all inputs.
    pub settings: Arc<Settings>,
    /// What the other inputs are called.
    implied: Arc<Implied>,
}

impl Context {
    /// The context of an input.
    pub fn new(source: &str, settings: Arc<Settings>) -> Self {
        Self { source: source.to_owned(), settings, implied: Arc::default() }
    }

    /// The same, as one of several inputs.
    pub(super) fn among(self, implied: &Arc<Implied>) -> Self {
        Self { implied: Arc::clone(implied), ..self }
    }

    /// The same settings for another input.
    pub fn of(&self, source: &str) -> Self {
        Self::new(source, Arc::clone(&self.settings)).among(&self.implied)
    }

    /// The document that an input is about where nothing in it says so: what was said of every
    /// article, else what the file is called, without folders and the last ending.
    pub fn document(&self) -> Option<String> {
        if let Some(document) = self.settings.articles.document() {
            return Some(document.to_owned());
        }
        let stem = Path::new(self.uncompressed()).file_stem()?.to_str()?;
        if self.source.starts_with('(') || stem.is_empty() {
            return None;
        }
        let has_address =
            || self.settings.articles.article(Some(stem)).is_ok_and(|it| it.address.is_some());
        self.implied.add(stem, &self.source, has_address);
        Some(stem.to_owned())
    }

    /// What the input is called without the ending of its compression.
    pub fn uncompressed(&self) -> &str {
        uncompressed(&self.source)
    }

    /// A file that lies beside the input: with this ending instead of its last one. Only where who
    /// imports may read files here: what an upload is called is for who sent it to say.
    pub fn beside(&self, ending: &str) -> Option<PathBuf> {
        if !self.settings.trusted {
            return None;
        }
        let path = Path::new(self.uncompressed()).with_extension(ending);
        path.is_file().then_some(path)
    }

    /// The article of a document, with what `--articles` and the flags know of it. An article without
    /// an address is identified by its document id.
    ///
    /// # Errors
    /// Where the article's line in `--articles` is faulty, or nothing identifies the article.
    pub fn article(&self, document: Option<&str>) -> Result<Arc<Article>, Fault> {
        let article = self.settings.articles.article(document)?;
        if article.address.is_none() && article.document_id.is_none() {
            let reason = "nothing says which article this is: name it with --articles, \
                          --article-url or --document-id";
            return Err(Fault::line(Code::NoArticle, reason));
        }
        Ok(Arc::new(article))
    }

    /// The text of a document's article, where `--articles` has it.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn text(&self, document: &str) -> Result<Option<Arc<str>>, Fault> {
        self.settings.articles.text(document)
    }

    /// The same, or what is in one of these files, where `--articles` has nothing.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn text_or(
        &self,
        document: Option<&str>,
        files: impl IntoIterator<Item = PathBuf>,
    ) -> Result<Option<Arc<str>>, Fault> {
        let known = document.map(|document| self.text(document)).transpose()?.flatten();
        match (known, files.into_iter().next()) {
            (None, Some(file)) => Ok(Some(read_text(&file)?.into())),
            (known, _) => Ok(known),
        }
    }
}

/// The name of an input without the ending of its compression: `story.json` of `story.json.gz`.
pub fn uncompressed(name: &str) -> &str {
    [".gz", ".bz2", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name)
}
