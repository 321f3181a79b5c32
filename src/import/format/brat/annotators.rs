//! Whose annotations a file of brat's has, and of which text.
//!
//! brat itself knows no annotators. Corpora tell them by the names of files beside one text
//! (`story.ada.ann` and `story.txt`; PolNeAR: `attributions/story_4e07.ann` and `text/story.txt`), or
//! by folders with a copy of each document (`ada/story.ann`, `bo/story.ann`). Both are looked for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::import::context::Context;
use crate::import::rejection::Fault;

/// Where texts lie beside annotations; the last one is the folder itself.
const FOLDERS: [&str; 5] = ["../text", "../texts", "../txt", "..", "."];
/// How many entries of a folder are looked at.
const MAX_ENTRIES: usize = 100_000;

/// What is known of a file of annotations.
#[derive(Debug, Default)]
pub struct Annotated {
    /// The document.
    pub document: Option<String>,
    /// The file of its text.
    pub text: Option<PathBuf>,
    /// Whose annotations these are.
    pub annotator: Option<String>,
    /// Everybody who annotated the document.
    pub all: BTreeSet<String>,
}

impl Annotated {
    /// What is known of an input. Nothing is looked for where who imports may not read files here.
    pub fn of(context: &Context) -> Self {
        let path = Path::new(&context.source);
        let named = Path::new(context.uncompressed());
        let there = context.settings.trusted && path.is_file();
        let (Some(stem), Some(folder), true) =
            (named.file_stem().and_then(|stem| stem.to_str()), path.parent(), there)
        else {
            return Self { document: context.document(), ..Self::default() };
        };
        if let Some(text) = text(folder, stem) {
            let all = by_folders(path, folder, &text);
            let annotator = name(folder).filter(|_| !all.is_empty());
            return Self { document: Some(stem.to_owned()), text: Some(text), annotator, all };
        }
        for separator in ['.', '_'] {
            let Some((document, annotator)) = stem.rsplit_once(separator) else { continue };
            let text = text(folder, document);
            let all = by_names(folder, document, separator);
            // Without a text `story_2` may be another story.
            if text.is_some() || separator == '.' && all.len() > 1 {
                return Self {
                    document: Some(document.to_owned()),
                    text,
                    annotator: Some(annotator.to_owned()),
                    all,
                };
            }
        }
        Self { document: Some(stem.to_owned()), ..Self::default() }
    }

    /// Whether these annotations are to be taken, where those of this annotator were asked for.
    ///
    /// # Errors
    /// Where several annotated the document, and none of them was chosen.
    pub fn is_wanted(&self, chosen: Option<&str>) -> Result<bool, Fault> {
        if self.all.len() < 2 {
            return Ok(true);
        }
        let all: Vec<&str> = self.all.iter().map(String::as_str).collect();
        let all = all.join(", ");
        match chosen {
            None => {
                let reason = format!("annotated by {all}: choose one of them with --annotator");
                Err(Fault::value("annotator", reason))
            }
            Some(chosen) if !self.all.contains(chosen) => {
                let reason = format!("annotated by {all}, not by {chosen}");
                Err(Fault::value("annotator", reason))
            }
            Some(chosen) => Ok(self.annotator.as_deref() == Some(chosen)),
        }
    }
}

/// The text of a document, in the folder of its annotations or beside that.
fn text(folder: &Path, document: &str) -> Option<PathBuf> {
    let file = format!("{document}.txt");
    FOLDERS.iter().rev().map(|place| folder.join(place).join(&file)).find(|path| path.is_file())
}

/// Who annotated this document in the same folder, by the names of files.
fn by_names(folder: &Path, document: &str, separator: char) -> BTreeSet<String> {
    let annotator = |path: PathBuf| {
        let file = path.file_name()?.to_str()?.strip_suffix(".ann")?;
        let name = file.strip_prefix(document)?.strip_prefix(separator)?;
        (!name.is_empty() && !name.contains(separator)).then(|| name.to_owned())
    };
    entries(folder).filter_map(annotator).collect()
}

/// Who annotated the document with this text in folders beside this one; nobody where this is the
/// only one.
fn by_folders(path: &Path, folder: &Path, text: &Path) -> BTreeSet<String> {
    let (Some(file), Some(own)) = (path.file_name(), name(folder)) else {
        return BTreeSet::new();
    };
    let content = std::fs::read(text).ok();
    let has_own_text = text.parent().and_then(whole) == whole(folder);
    // Documents of two collections may be called alike: they are one if their text is.
    let is_same = |other: &Path| match (text.file_name(), has_own_text) {
        (Some(name), true) => std::fs::read(other.join(name)).ok() == content,
        _ => true,
    };
    let others = entries(&folder.join(".."))
        .filter(|other| other.join(file).is_file() && is_same(other))
        .filter_map(|other| name(&other))
        // Nobody is called so: what is hidden belongs to programs.
        .filter(|name| !name.starts_with('.'));
    let mut all: BTreeSet<String> = others.collect();
    all.insert(own);
    if all.len() > 1 { all } else { BTreeSet::new() }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = std::fs::read_dir(here(folder)).into_iter().flatten().take(MAX_ENTRIES);
    entries.filter_map(|entry| Some(entry.ok()?.path()))
}

/// The last part of a path; of one that is not absolute too.
fn name(folder: &Path) -> Option<String> {
    whole(folder)?.file_name()?.to_str().map(str::to_owned)
}

/// A folder by its whole path, however it is reached.
fn whole(folder: &Path) -> Option<PathBuf> {
    here(folder).canonicalize().ok()
}

/// The folder of a file that is named without one is the one where one stands.
fn here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}
