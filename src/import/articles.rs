//! What is known of articles beside what extractors wrote: a sidecar of JSON lines by document id, and
//! what was said of every article.
//!
//! A sidecar may have millions of lines: only where each one lies is held, sixteen bytes a line.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::cut::{Body, Digest, Record, Shape, Tape, cutter};
use super::format::native::{ArticlePart, article};
use super::record::json;
use super::rejection::Fault;
use super::source::{Source, SourceError, plain};
use crate::domain::article::Article;

/// How many articles a sidecar may have.
const MAX_ARTICLES: usize = 3_000_000;
/// The longest text of an article that is read, in bytes.
const MAX_ARTICLE_TEXT: u64 = 8 << 20;

/// What is known of articles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Articles {
    /// What holds for every article that does not say otherwise.
    every: Article,
    sidecar: Option<Arc<Sidecar>>,
}

/// A line of the sidecar: an article as in the native format, and its text or where that lies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(borrow)]
    document_id: Cow<'a, str>,
    #[serde(borrow, default)]
    url: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    publisher: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    authors: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow, default)]
    published_at: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    language: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    licence: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    archive_url: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    text_file: Option<Cow<'a, str>>,
}

/// A sidecar, and the last text that was asked for.
struct Sidecar {
    name: String,
    folder: PathBuf,
    /// Where the line of a document begins, by the digest of its id, in the order of the digests.
    places: Vec<(u64, u64)>,
    /// Of all of it: whoever goes on with an import must know no other articles than it did.
    digest: Digest,
    lines: Mutex<File>,
    text: Mutex<Option<(String, Arc<str>)>>,
    /// The digest of the last document that was asked for and is not there.
    lacking: Mutex<Option<u64>>,
}

impl Articles {
    /// What holds for every article.
    pub fn of(every: Article) -> Self {
        Self { every, sidecar: None }
    }

    /// What is known where this file (JSON lines) tells of articles by their `document_id`.
    ///
    /// # Errors
    /// Where the file cannot be read, has a line that is no article, or tells of one twice.
    pub fn with_sidecar(self, path: &Path) -> Result<Self, SourceError> {
        Ok(Self { sidecar: Some(Arc::new(Sidecar::read(path)?)), ..self })
    }

    /// The document that every input is about which names none.
    pub fn document(&self) -> Option<&str> {
        self.every.document_id.as_deref()
    }

    /// What is known of the article of a document; of every article where there is none.
    ///
    /// # Errors
    /// Where the file was changed since it was first read.
    pub fn article(&self, document: Option<&str>) -> Result<Article, Fault> {
        let mut found = Article::default();
        if let (Some(sidecar), Some(document)) = (&self.sidecar, document)
            && let Some(line) = sidecar.line(document)?
        {
            let line: Line<'_> = json(&line)?;
            found = line.article()?;
        }
        let every = self.every.clone();
        let authors = if found.authors.is_empty() { every.authors } else { found.authors };
        let own = document.map(|document| same(document).into_owned());
        Ok(Article {
            address: found.address.or(every.address),
            document_id: own.or(every.document_id),
            title: found.title.or(every.title),
            publisher: found.publisher.or(every.publisher),
            authors,
            published_at: found.published_at.or(every.published_at),
            language: found.language.or(every.language),
            licence: found.licence.or(every.licence),
            archive_url: found.archive_url.or(every.archive_url),
        })
    }

    /// Whether every input that names no article is said to be about one.
    pub fn are_one(&self) -> bool {
        self.every.address.is_some() || self.every.document_id.is_some()
    }

    /// Whether there is a file, and it says nothing of this document: answered once for rows of one
    /// document behind each other.
    pub fn lacks(&self, document: &str) -> bool {
        let Some(sidecar) = &self.sidecar else { return false };
        let key = digest(document);
        if sidecar.places.binary_search_by_key(&key, |(digest, _)| *digest).is_ok() {
            return false;
        }
        let mut lacking = sidecar.lacking.lock().unwrap_or_else(PoisonError::into_inner);
        lacking.replace(key) != Some(key)
    }

    /// The text of the article of a document, where the file has it or names where it lies.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn text(&self, document: &str) -> Result<Option<Arc<str>>, Fault> {
        let Some(sidecar) = &self.sidecar else { return Ok(None) };
        let mut last = sidecar.text.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((id, text)) = &*last
            && id == document
        {
            return Ok(Some(Arc::clone(text)));
        }
        let Some(line) = sidecar.line(document)? else { return Ok(None) };
        let line: Line<'_> = json(&line)?;
        let text: Option<Arc<str>> = match (line.text, line.text_file) {
            (Some(text), _) => Some(text.into()),
            (None, Some(file)) => Some(read_text(&sidecar.folder.join(file.as_ref()))?.into()),
            (None, None) => None,
        };
        *last = text.clone().map(|text| (document.to_owned(), text));
        Ok(text)
    }
}

impl Line<'_> {
    fn article(self) -> Result<Article, Fault> {
        article(ArticlePart {
            url: self.url,
            document_id: Some(self.document_id),
            title: self.title,
            publisher: self.publisher,
            authors: self.authors,
            published_at: self.published_at,
            language: self.language,
            licence: self.licence,
            archive_url: self.archive_url,
            _id: None,
        })
    }
}

impl Sidecar {
    fn read(path: &Path) -> Result<Self, SourceError> {
        let name = path.display().to_string();
        let source = Source::File(path.to_owned());
        let problem = |line: u64, problem: String| SourceError::Content {
            source_name: name.clone(),
            problem: format!("line {line}: {problem}"),
        };
        let failed = |cause| SourceError::Open { source_name: name.clone(), cause };
        let lines = plain(&source)?;
        let again = lines.try_clone().map_err(failed)?;
        let reader = Box::new(std::io::BufReader::with_capacity(256 << 10, again));
        let mut cut = cutter(Shape::Lines, Tape::new(reader), b',');
        let mut places = Vec::new();
        loop {
            let begin = cut.tape().offset();
            let Some(Record { line, body }) = cut.next().map_err(failed)? else { break };
            let Body::Whole(bytes) = body else {
                return Err(problem(line, "is longer than 1 MiB: put the text into a file".into()));
            };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let text =
                std::str::from_utf8(&bytes).map_err(|_| problem(line, "is not UTF-8".into()))?;
            let read: Line<'_> = json(text).map_err(|fault| problem(line, fault.to_string()))?;
            let document = digest(&read.document_id);
            read.article().map_err(|fault| problem(line, fault.to_string()))?;
            if places.len() == MAX_ARTICLES {
                let limit =
                    format!("the file tells of more than {MAX_ARTICLES} articles: divide it");
                return Err(problem(line, limit));
            }
            places.push((document, begin));
        }
        places.sort_unstable();
        let lines = Mutex::new(lines);
        let digest = cut.tape().place().digest();
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let (text, lacking) = Default::default();
        let sidecar = Self { name: name.clone(), folder, places, digest, lines, text, lacking };
        sidecar.refuse_twice().map_err(|text| problem(0, text))?;
        Ok(sidecar)
    }

    /// Two lines about one document would make the order of the file decide.
    fn refuse_twice(&self) -> Result<(), String> {
        for pair in self.places.windows(2) {
            if let [(one, first), (other, second)] = pair
                && one == other
            {
                let id = |at| self.at(at).ok().and_then(|line| Some(document(&line)?.into_owned()));
                if let (Some(one), Some(other)) = (id(*first), id(*second))
                    && same(&one) == same(&other)
                {
                    return Err(format!("document_id `{one}` stands in two lines"));
                }
            }
        }
        Ok(())
    }

    /// The line of a document.
    fn line(&self, wanted: &str) -> Result<Option<String>, Fault> {
        let key = digest(wanted);
        let from = self.places.partition_point(|(digest, _)| *digest < key);
        let failed = |reason: &dyn fmt::Display| {
            Fault::value("articles", format!("{}: {reason}", self.name))
        };
        for (_, at) in self.places[from..].iter().take_while(|(digest, _)| *digest == key) {
            let line = self.at(*at).map_err(|error| failed(&error))?;
            let found = document(&line);
            if found.as_deref().map(same) == Some(same(wanted)) {
                return Ok(Some(line));
            }
            if found.as_deref().map(digest) != Some(key) {
                return Err(failed(&"was changed since the import began"));
            }
        }
        Ok(None)
    }

    /// The line that begins at this byte.
    fn at(&self, offset: u64) -> std::io::Result<String> {
        let mut file = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        let mut line = Vec::new();
        let limit = super::cut::MAX_LINE as u64 + 8;
        let mut reader = std::io::BufReader::new((&mut *file).take(limit));
        std::io::BufRead::read_until(&mut reader, b'\n', &mut line)?;
        let text = String::from_utf8_lossy(&line).into_owned();
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    }
}

impl PartialEq for Sidecar {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.digest == other.digest
    }
}

impl fmt::Debug for Sidecar {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} with {} articles ", self.name, self.places.len())?;
        self.digest.iter().take(8).try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

/// The document that a line is about.
fn document(line: &str) -> Option<Cow<'_, str>> {
    let line: Line<'_> = json(line).ok()?;
    Some(line.document_id)
}

/// The id of a document as it is compared: file systems write accents in two ways, and nobody sees the
/// space behind an id.
fn same(document: &str) -> Cow<'_, str> {
    let bare = document.trim();
    match is_nfc_quick(bare.chars()) {
        IsNormalized::Yes => Cow::Borrowed(bare),
        _ => Cow::Owned(bare.nfc().collect()),
    }
}

/// Eight bytes of the digest of a document id: two documents may share them.
fn digest(document: &str) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&Sha256::digest(same(document).as_bytes())[..8]);
    u64::from_be_bytes(bytes)
}

/// The text in a file.
pub fn read_text(path: &Path) -> Result<String, Fault> {
    let failed =
        |reason: String| Fault::value("text_file", format!("{}: {reason}", path.display()));
    let file = File::open(path).map_err(|error| failed(error.to_string()))?;
    let mut bytes = Vec::new();
    let read = file.take(MAX_ARTICLE_TEXT + 1).read_to_end(&mut bytes);
    read.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > MAX_ARTICLE_TEXT {
        return Err(failed(format!("is longer than {MAX_ARTICLE_TEXT} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| failed("is not UTF-8".to_owned()))
}
