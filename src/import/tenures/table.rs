//! A table of tenures: CSV with the head `name,wikidata,role,organisation,from,until,source`.

use std::collections::HashSet;

use super::people::Person;
use super::row::Row;
use super::{Content, Place};
use crate::import::rejection::{Code, Fault};

/// The columns, in any order; all but the first of each kind may be absent.
const COLUMNS: [&str; 7] = ["name", "wikidata", "role", "organisation", "from", "until", "source"];
const REQUIRED: [&str; 2] = ["name", "role"];

/// Reads a table.
pub(super) fn read(source: &str, dataset: &str, text: &str) -> Result<Content, Fault> {
    let mut records = Records { rest: text, line: 1 };
    let head = records.next().map(|record| record.cells).unwrap_or_default();
    let head: Vec<String> = head.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    check(&head)?;
    let mut content = Content::default();
    let mut names = HashSet::new();
    for Record { line, row, cells: record, closed } in records {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let place = Place { source, line, path: String::new(), row };
        if !closed {
            let reason = "a quoted cell does not end: everything behind it is part of it";
            content.reject(place, Fault::line(Code::BadValue, reason));
            continue;
        }
        if record.len() != head.len() {
            let reason = format!("has {} cells, the head has {}", record.len(), head.len());
            content.reject(place, Fault::line(Code::BadValue, reason));
            continue;
        }
        let cell = |name: &str| {
            let at = head.iter().position(|column| column == name)?;
            record.get(at).map(String::as_str).filter(|cell| !cell.trim().is_empty())
        };
        let person = Person::read(cell("name").unwrap_or_default(), cell("wikidata"), None);
        let entry = person.and_then(|person| {
            names.insert(person.speaker.id);
            let row = Row {
                role: ("role", cell("role")),
                organisation: cell("organisation"),
                begin: ("from", cell("from")),
                end: ("until", cell("until")),
                source: cell("source").unwrap_or(dataset),
                ..Row::default()
            };
            row.entry(&person)
        });
        content.take(place, entry);
    }
    content.people = names.len() as u64;
    Ok(content)
}

/// A record of a table.
struct Record<'a> {
    /// The line on which it begins, from 1.
    line: u64,
    /// As it is written.
    row: &'a str,
    cells: Vec<String>,
    /// Whether every quoted cell ends.
    closed: bool,
}

/// The records of a table after RFC 4180: a cell in double quotes may hold commas, line ends, and
/// double quotes written twice.
struct Records<'a> {
    rest: &'a str,
    line: u64,
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let (mut cells, mut cell) = (Vec::new(), String::new());
        let (mut quoted, mut was_quoted) = (false, false);
        let mut end = self.rest.len();
        let mut characters = self.rest.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' if quoted && characters.next_if(|(_, next)| *next == '"').is_some() => {
                    cell.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if cell.is_empty() && !was_quoted => (quoted, was_quoted) = (true, true),
                ',' if !quoted => {
                    cells.push(std::mem::take(&mut cell));
                    was_quoted = false;
                }
                '\n' if !quoted => {
                    end = at + 1;
                    break;
                }
                character => cell.push(character),
            }
        }
        cell.truncate(cell.trim_end_matches('\r').len());
        cells.push(cell);
        let (row, rest) = self.rest.split_at(end);
        let line = self.line;
        self.line += memchr::memchr_iter(b'\n', row.as_bytes()).count() as u64;
        self.rest = rest;
        Some(Record { line, row: row.trim_end_matches(['\r', '\n']), cells, closed: !quoted })
    }
}

/// Refuses a head that is none: nobody shall wonder where a column went.
fn check(head: &[String]) -> Result<(), Fault> {
    let columns = COLUMNS.join(",");
    for (at, name) in head.iter().enumerate() {
        if !COLUMNS.contains(&name.as_str()) {
            let shown: String = name.chars().take(80).collect();
            let reason = format!("the head has no such column; it is {columns}");
            return Err(Fault { field: Some(shown), code: Code::UnknownField, reason });
        }
        if head.iter().take(at).any(|before| before == name) {
            let reason = "stands twice in the head".to_owned();
            return Err(Fault { field: Some(name.clone()), code: Code::UnknownField, reason });
        }
    }
    match REQUIRED.iter().find(|name| !head.iter().any(|column| column == *name)) {
        Some(name) => Err(super::missing(name)),
        None => Ok(()),
    }
}
