//! Anybody's table: comma-, semicolon- or tab-separated, with columns that are called like the fields
//! of the native format, or that `--map` gives to them. So a row is a row of that format, and is read
//! as one.
//!
//! Where no column says what kind a quote is, the quotation marks around it do. Words without any are
//! direct in a column of quotes, indirect in any other.

mod columns;
mod head;
mod joined;

use std::sync::Arc;

use serde_json::{Map, Number, Value, json};

pub use self::columns::FORMULA;
use self::columns::{meant, plain};
use self::head::Head;
use self::joined::Joined;
use super::native::{self, article_of};
use super::one_quote::{is_missing, without_local_time};
use super::{Known, Reader, Text};
use crate::domain::attribution::{nobody, split};
use crate::domain::id::{Id, Kind};
use crate::domain::offset::{Index, Unit};
use crate::domain::quotation_marks::take_off;
use crate::domain::quote::QuoteKind;
use crate::import::articles::Articles;
use crate::import::context::Context;
use crate::import::cut::{Cells, Shape};
use crate::import::record::{Note, Row};
use crate::import::rejection::Fault;

pub(super) const KNOWN: Known = Known {
    name: "table",
    about: "anybody's CSV or TSV, by the names of its columns or by --map",
    shapes: &[Shape::Table],
    recognises: |sight| {
        let is_words = |name: &String| {
            let name = plain(name);
            name == "text" && sight.names.len() > 1
                || meant(&name).is_some_and(|field| field.path == "text" && name != "text")
        };
        sight.names.iter().any(is_words)
    },
    reader: |context| {
        let native = (native::KNOWN.reader)(context)?;
        Ok(Box::new(Table { context: context.clone(), head: Head::default(), text: None, native }))
    },
};

struct Table {
    context: Context,
    head: Head,
    /// The last document whose text was asked for, with the text where that is at hand.
    text: Option<(String, Option<Index>)>,
    /// What reads a row that was put together.
    native: Box<dyn Reader>,
}

impl Reader for Table {
    fn head(&mut self, cells: &Cells) -> Result<(), Fault> {
        let names: Vec<&str> = cells.iter().map(str::trim).collect();
        self.head = Head::read(&names, &self.context.settings.map)?;
        Ok(())
    }

    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        let Some(cells) = record.cells else { return Vec::new() };
        let (row, note) = match self.row(cells) {
            Ok((row, note)) => (row.to_string(), note),
            Err(fault) => return vec![Row::of(Err(fault))],
        };
        let mut rows = self.native.read(&Text { line: record.line, text: &row, cells: None });
        if let Some(line) = rows.iter_mut().find_map(|row| row.read.as_mut().ok()) {
            line.notes.extend(self.head.untold.take().into_iter().chain(note));
        }
        rows
    }
}

impl Table {
    /// The id of the quote, where dixit wrote the row.
    fn id(&self, cells: &Cells) -> Option<Id> {
        let id: Id = cells.get(self.head.id?)?.trim().parse().ok()?;
        (id.kind() == Some(Kind::Quote)).then_some(id)
    }

    /// What stands in the column of a field; nothing where that is empty.
    fn cell<'a>(&self, cells: &'a Cells, field: &str, is_exported: bool) -> Option<&'a str> {
        let cell = cells.get(*self.head.fields.get(field)?)?;
        let bare = cell.strip_prefix('\'').filter(|bare| {
            is_exported || self.head.is_native && bare.starts_with(FORMULA) && !is_closed(bare)
        });
        let cell = bare.unwrap_or(cell);
        let is_absent = !is_exported && field != "text" && is_missing(cell);
        (!is_absent && !cell.trim().is_empty()).then_some(cell)
    }

    /// The row of the native format, and what is to be told of it.
    fn row(&mut self, cells: &Cells) -> Result<(Value, Option<Note>), Fault> {
        let vanished = self.head.vanished.and_then(|at| cells.get(at));
        if vanished.is_some_and(|at| !at.is_empty()) {
            let reason = "the quote stands in its article no more: only JSON lines keep such ones";
            return Err(Fault::value("vanished_at", reason));
        }
        let id = self.id(cells);
        let is_exported = self.head.is_export || id.is_some();
        let mut row = Map::new();
        let mut article = Map::new();
        let mut extractor = Map::new();
        for field in self.head.fields.keys() {
            let Some(cell) = self.cell(cells, field, is_exported) else { continue };
            let value = value(field, cell);
            match field.split_once('.') {
                Some(("article", field)) => article.insert(field.to_owned(), value),
                Some((_, field)) => extractor.insert(field.to_owned(), value),
                None => row.insert((*field).to_owned(), value),
            };
        }
        if !extractor.is_empty() {
            row.insert("extractor".to_owned(), extractor.into());
        }
        self.mark(&mut row);
        // What dixit wrote is whole, and as it was printed.
        if is_exported {
            // Where columns were taken out, the article's id is called as anybody's own.
            let is_id =
                |text: &str| text.parse().is_ok_and(|id: Id| id.kind() == Some(Kind::Article));
            if article.get("document_id").and_then(Value::as_str).is_some_and(is_id) {
                article.remove("document_id");
            }
            row.insert("article".to_owned(), article.clone().into());
            let whole = Value::from(row.clone());
            let home = id.and_then(|_| article_of(&whole.to_string(), &Articles::default()));
            if let (Some(id), Some(home)) = (id, home)
                && id.is_within(home)
            {
                row.insert("id".to_owned(), id.to_string().into());
                return Ok((row.into(), None));
            }
        } else {
            self.attribute(&mut row);
        }
        self.complete(&mut article)?;
        let note = self.compare(&mut row, &article)?;
        row.insert("article".to_owned(), article.into());
        Ok((row.into(), note))
    }

    /// Says what kind a quote is by the marks around it, where no column does.
    fn mark(&self, row: &mut Map<String, Value>) {
        if row.contains_key("kind") {
            return;
        }
        let Some(Value::String(text)) = row.get("text") else { return };
        let unmarked = take_off(text);
        let kind = match unmarked.kind {
            QuoteKind::Indirect if self.head.is_quoted => QuoteKind::Direct,
            kind => kind,
        };
        let words = unmarked.words.to_owned();
        row.insert("text".to_owned(), words.into());
        row.insert("kind".to_owned(), kind.as_str().to_ascii_lowercase().into());
    }

    /// Takes apart who says it, where no column holds a part. What a table has in parts is as printed.
    fn attribute(&self, row: &mut Map<String, Value>) {
        // What programs write for an empty cell.
        for field in ["speaker", "role", "organisation", "attribution"] {
            if row.get(field).and_then(Value::as_str).is_some_and(nobody) {
                row.remove(field);
            }
        }
        let Some(Value::String(printed)) = row.get("speaker") else { return };
        let printed = printed.clone();
        let has = |field: &str| self.head.fields.contains_key(field);
        let in_parts = has("role") || has("organisation");
        match joined::read(&printed) {
            Joined::Names(first, others) if !row.contains_key("further_speakers") => {
                row.insert("speaker".to_owned(), first.into());
                row.entry("attribution").or_insert_with(|| printed.into());
                if !others.is_empty() {
                    row.insert("further_speakers".to_owned(), joined::further(&others));
                }
                return;
            }
            // Who knows whether that is one person.
            Joined::Others if in_parts && !row.contains_key("attribution") => {
                row.remove("speaker");
                row.insert("attribution".to_owned(), printed.into());
                return;
            }
            _ => {}
        }
        if has("attribution") || in_parts {
            return;
        }
        let found = split(&printed);
        let parts = [
            ("speaker", found.speaker),
            ("role", found.role),
            ("organisation", found.organisation),
            ("attribution", found.attribution),
        ];
        for (field, part) in parts {
            row.insert(field.to_owned(), part.into());
        }
    }

    /// Leaves out where the words stand, where the article's text is at hand and does not have them there.
    fn compare(
        &mut self,
        row: &mut Map<String, Value>,
        article: &Map<String, Value>,
    ) -> Result<Option<Note>, Fault> {
        let Some(start) = row.get("start").and_then(Value::as_u64) else { return Ok(None) };
        let (Some(Value::String(text)), Some(Value::String(document))) =
            (row.get("text"), article.get("document_id"))
        else {
            return Ok(None);
        };
        if self.text.as_ref().is_none_or(|(last, _)| last != document) {
            let text = self.context.text(document)?;
            self.text = Some((document.clone(), text.map(Index::new)));
        }
        let Some((_, Some(index))) = &self.text else { return Ok(None) };
        let end = row.get("end").and_then(Value::as_u64);
        let end = end.unwrap_or_else(|| start.saturating_add(text.chars().count() as u64));
        let place = index.find((start, end), &[Unit::Characters], text);
        let Some(place) = place.map(|place| index.without_marks(place)) else {
            let shown: String = text.chars().take(60).collect();
            row.remove("start");
            row.remove("end");
            let reason = format!("the text does not have these words there: {shown}");
            return Ok(Some(Note::Offset(reason)));
        };
        row.insert("start".to_owned(), place.start.into());
        row.insert("end".to_owned(), place.end.into());
        Ok(None)
    }

    /// Adds what is known of the article beside the row.
    fn complete(&self, own: &mut Map<String, Value>) -> Result<(), Fault> {
        let document = own.get("document_id").and_then(Value::as_str).map(str::to_owned);
        let known = if own.contains_key("url") {
            self.context.settings.articles.article(document.as_deref())?
        } else {
            let has = |field: &str| self.head.fields.contains_key(field);
            let is_named = has("article.url") || has("article.document_id");
            // Without a column that names it, the whole table is about one.
            let file = || (!is_named).then(|| self.context.document()).flatten();
            Arc::unwrap_or_clone(self.context.article(document.or_else(file).as_deref())?)
        };
        let date = known.published_at.map(|date| date.to_string());
        let members = [
            ("url", known.address.map(|address| address.printed)),
            ("document_id", known.document_id),
            ("title", known.title),
            ("publisher", known.publisher),
            ("published_at", date),
            ("language", known.language),
            ("licence", known.licence),
            ("archive_url", known.archive_url),
        ];
        let members = members.into_iter().filter_map(|(name, value)| Some((name, json!(value?))));
        let authors = (!known.authors.is_empty()).then(|| ("authors", json!(known.authors)));
        for (name, value) in members.chain(authors) {
            own.entry(name).or_insert(value);
        }
        Ok(())
    }
}

/// Whether a text ends in a quotation mark that an apostrophe before it would open.
fn is_closed(text: &str) -> bool {
    text.trim_end_matches([',', '.', ' ']).ends_with('\'')
}

/// A cell as the value of a field. What is not what the field holds stays a text, which the native
/// format then refuses by name.
fn value(field: &str, cell: &str) -> Value {
    let text = || Value::from(cell);
    match field {
        "start" | "end" | "position" => {
            let whole = cell.trim().strip_suffix(".0").unwrap_or(cell.trim());
            whole.parse::<u32>().map_or_else(|_| text(), Value::from)
        }
        "confidence" => {
            let number = cell.trim().parse().ok().and_then(Number::from_f64);
            number.map_or_else(text, Value::Number)
        }
        "further_speakers" => serde_json::from_str(cell).unwrap_or_else(|_| text()),
        "article.authors" => match serde_json::from_str(cell) {
            Ok(Value::Array(authors)) => authors.into(),
            _ => cell.split(';').map(str::trim).filter(|name| !name.is_empty()).collect(),
        },
        "said_at" | "reported_at" | "article.published_at" => without_local_time(cell).into(),
        _ => text(),
    }
}
