//! What lies beside BookNLP's quotes: the text of the book, its tokens, its characters.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use crate::domain::offset::{Index, Place, Unit};
use crate::import::context::Context;
use crate::import::cut::{Body, lines};
use crate::import::format::speakers::only;
use crate::import::rejection::{Code, Fault};

/// How many tokens a book may have: some ten times the longest novel.
const MAX_TOKENS: usize = 5_000_000;
/// How many names of characters are read.
const MAX_NAMES: usize = 200_000;
/// How many bytes of a file are read.
const MAX_FILE: u64 = 1 << 30;

/// A book, as far as it is at hand.
#[derive(Debug, Default)]
pub struct Book {
    /// Its text.
    pub text: Option<Index>,
    /// From where to before where each token stands, in whatever BookNLP counts.
    tokens: Vec<(u32, u32)>,
    /// How many of them have their word in the text, by what may be counted.
    fits: [usize; Unit::ALL.len()],
    /// The names of characters by their ids.
    names: BTreeMap<String, Vec<String>>,
}

impl Book {
    /// What is at hand of the book of this document.
    ///
    /// # Errors
    /// Where a file that is there cannot be read, or is none of BookNLP's.
    pub fn of(context: &Context, document: Option<&str>) -> Result<Self, Fault> {
        let text = context.text_or(document, context.beside("txt"))?.map(Index::new);
        let mut book = Self { text, ..Self::default() };
        if let Some(path) = context.beside("tokens") {
            book.read_tokens(&path)?;
        }
        if let Some(path) = context.beside("entities") {
            book.read_names(&path)?;
        }
        Ok(book)
    }

    /// Whether its tokens are at hand.
    pub fn has_tokens(&self) -> bool {
        !self.tokens.is_empty()
    }

    /// The one name of a character, where all that BookNLP takes for its names are one person's.
    pub fn name(&self, character: &str) -> Option<String> {
        only(self.names.get(character)?)
    }

    /// Where the text has these tokens: the first and the last of them, by their numbers, and the
    /// words.
    pub fn place(&self, first: usize, last: usize, words: &str) -> Option<Place> {
        let (start, _) = self.tokens.get(first)?;
        let (_, end) = self.tokens.get(last)?;
        let span = (u64::from(*start), u64::from(*end));
        self.text.as_ref()?.find_tokens(span, &[self.unit()], words)
    }

    /// In what the tokens are counted: that in which most of them have their words.
    fn unit(&self) -> Unit {
        let most = self.fits.iter().max();
        let found = Unit::ALL.into_iter().zip(&self.fits).find(|(_, fits)| Some(*fits) == most);
        found.map_or(Unit::Characters, |(unit, _)| unit)
    }

    /// These tokens with white space between them only where the book has some.
    pub fn printed(&self, first: usize, last: usize, words: &str) -> Option<String> {
        let tokens = self.tokens.get(first..last.checked_add(1)?)?;
        let words: Vec<&str> = words.split(' ').collect();
        if words.len() != tokens.len() {
            return None;
        }
        let mut printed = String::new();
        let mut behind = None;
        for ((start, end), word) in tokens.iter().zip(words) {
            if behind.is_some_and(|behind| behind != start) {
                printed.push(' ');
            }
            printed.push_str(word);
            behind = Some(end);
        }
        Some(printed)
    }

    fn read_tokens(&mut self, path: &Path) -> Result<(), Fault> {
        let mut columns: Option<([usize; 3], Option<usize>)> = None;
        rows(path, |cells| {
            let Some(([id, start, end], word)) = columns else {
                let at = |name| cells.iter().position(|cell| *cell == name);
                let needed = [
                    at("token_ID_within_document").ok_or("has no `token_ID_within_document`")?,
                    at("byte_onset").ok_or("has no `byte_onset`")?,
                    at("byte_offset").ok_or("has no `byte_offset`")?,
                ];
                columns = Some((needed, at("word")));
                return Ok(());
            };
            let number = |at: usize| cells.get(at)?.trim().parse::<u32>().ok();
            let numbers = number(id).zip(number(start)).zip(number(end));
            let ((id, start), end) = numbers.ok_or("has a token without its numbers")?;
            // They are numbered from 0, in order.
            if id as usize != self.tokens.len() {
                return Err("has tokens that are not numbered one by one");
            }
            if self.tokens.len() == MAX_TOKENS {
                return Err("has more tokens than are read");
            }
            self.tokens.push((start, end));
            if let (Some(text), Some(word)) = (&self.text, word.and_then(|at| cells.get(at))) {
                for (unit, fits) in Unit::ALL.into_iter().zip(&mut self.fits) {
                    let place = text.span(u64::from(start), u64::from(end), unit);
                    *fits += usize::from(place.is_some_and(|place| text.text(&place) == *word));
                }
            }
            Ok(())
        })
    }

    fn read_names(&mut self, path: &Path) -> Result<(), Fault> {
        let mut count = 0;
        rows(path, |cells| {
            // Names alone, and of persons alone: "the mayor" and "she" are no names.
            if let [id, _, _, "PROP", "PER", name] = cells {
                let names = self.names.entry((*id).to_owned()).or_default();
                if !names.iter().any(|known| known == name) {
                    names.push((*name).to_owned());
                    count += 1;
                }
            }
            if count > MAX_NAMES { Err("has more names than are read") } else { Ok(()) }
        })
    }
}

/// Gives each row of a table without quotation to `take`.
fn rows(
    path: &Path,
    mut take: impl FnMut(&[&str]) -> Result<(), &'static str>,
) -> Result<(), Fault> {
    let failed = |line: u64, reason: String| {
        let reason = format!("{}: line {line}: {reason}", path.display());
        Fault { field: None, code: Code::BadValue, reason }
    };
    let file = File::open(path).map_err(|error| failed(0, error.to_string()))?;
    let mut cut = lines(Box::new(BufReader::with_capacity(256 << 10, file.take(MAX_FILE))));
    while let Some(record) = cut.next().map_err(|error| failed(0, error.to_string()))? {
        let Body::Whole(bytes) = record.body else {
            return Err(failed(record.line, "is longer than 1 MiB".to_owned()));
        };
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| failed(record.line, "is not UTF-8".to_owned()))?;
        if !text.is_empty() {
            let cells: Vec<&str> = text.split('\t').collect();
            take(&cells).map_err(|reason| failed(record.line, reason.to_owned()))?;
        }
    }
    Ok(())
}
