//! The formats that extractors write, recognised from their content.
//!
//! A format is one file: which shapes it comes in, what shows that an input is its, and what a record
//! of it holds. The list below is the only one.

mod again;
mod booknlp;
mod brat;
mod citron;
mod corenlp;
mod foreign;
mod found;
mod gdelt;
mod gender_gap;
mod journalism_ai;
mod langextract;
pub(super) mod native;
mod one_quote;
mod quotebank;
mod rejected;
mod speakers;
mod table;

use std::fmt;
use std::str::FromStr;

use super::context::{Context, uncompressed};
use super::cut::{Cells, Shape};
use super::record::{Line, Row};
use super::rejection::Fault;
use super::sight::Sight;

pub use table::FORMULA;

/// Everything that is known of a format.
pub struct Known {
    /// The name used on the command line and in reports.
    pub name: &'static str,
    /// What writes it, for whoever asks which formats there are.
    pub about: &'static str,
    /// How its records may lie in an input; the first is meant where nothing shows another.
    pub shapes: &'static [Shape],
    /// Whether an input that looks so is its.
    pub recognises: fn(&Sight) -> bool,
    /// What reads one input.
    pub reader: fn(&Context) -> Result<Box<dyn Reader>, Fault>,
}

/// Reads the records of one input, in order.
pub trait Reader: Send {
    /// Reads the head of a table, which comes before all records.
    ///
    /// # Errors
    /// Where columns are missing or unknown: nothing of the input can be read.
    fn head(&mut self, _cells: &Cells) -> Result<(), Fault> {
        Ok(())
    }

    /// The rows of a record, in order. A record without any is one that holds none.
    fn read(&mut self, record: &Text<'_>) -> Vec<Row>;
}

/// A record that is text.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// All of it.
    pub text: &'a str,
    /// Its cells, of a table.
    pub cells: Option<&'a Cells>,
}

/// Every format; of several that recognise an input the first one is meant.
const ALL: &[&Known] = &[
    &rejected::KNOWN,
    &quotebank::article::KNOWN,
    &quotebank::KNOWN,
    &native::KNOWN,
    &langextract::KNOWN,
    &corenlp::KNOWN,
    &citron::KNOWN,
    &gdelt::KNOWN,
    &gender_gap::KNOWN,
    &journalism_ai::entities::KNOWN,
    &journalism_ai::regex::KNOWN,
    &brat::KNOWN,
    &booknlp::KNOWN,
    &table::KNOWN,
];

/// A format that can be imported.
#[derive(Clone, Copy)]
pub struct Format(&'static Known);

impl Format {
    /// Every format.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().copied().map(Self)
    }

    /// The names of all formats.
    pub fn names() -> String {
        Self::all().map(Self::as_str).collect::<Vec<_>>().join(", ")
    }

    /// The name used on the command line and in reports.
    pub fn as_str(self) -> &'static str {
        self.0.name
    }

    /// What writes it.
    pub fn about(self) -> &'static str {
        self.0.about
    }

    /// The format that an input shows, and how its records lie in it.
    pub fn recognise(sights: &[Sight]) -> Option<(Self, Shape)> {
        sights.iter().find_map(|sight| {
            let found = Self::all().find(|format| format.fits(sight));
            found.map(|format| (format, sight.shape))
        })
    }

    /// The format of an input that is whole and holds nothing: of a list without elements, and of
    /// brat's annotations of a text in which nobody marked anything. Any other is empty by mistake.
    pub fn empty(insisted: Option<Self>, name: &str, bytes: &[u8]) -> Option<(Self, Shape)> {
        let is_brat = match insisted {
            Some(format) => format == Self(&brat::KNOWN),
            None => uncompressed(name).ends_with(".ann"),
        };
        match bytes.trim_ascii() {
            [b'[', inside @ .., b']'] if inside.trim_ascii().is_empty() => {
                Some((insisted.unwrap_or(Self(&native::KNOWN)), Shape::Elements))
            }
            [] if is_brat => Some((Self(&brat::KNOWN), Shape::Document)),
            _ => None,
        }
    }

    /// Why an input that no format recognises is not imported, where it is known what it is.
    pub fn why_not(sights: &[Sight]) -> Option<&'static str> {
        foreign::why(sights)
    }

    /// The format of tables whose columns were given to fields.
    pub fn mapped(sights: &[Sight]) -> Option<(Self, Shape)> {
        let is_table = |sight: &Sight| sight.shape == Shape::Table && !sight.names.is_empty();
        sights.iter().any(is_table).then_some((Self(&table::KNOWN), Shape::Table))
    }

    /// Whether columns can be given to fields: in a table, or in rows that one was rejected of.
    pub fn takes_map(self) -> bool {
        [table::KNOWN.name, rejected::KNOWN.name].contains(&self.as_str())
    }

    /// How the records of this format lie in an input that shows it.
    pub fn shown(self, sights: &[Sight]) -> Option<Shape> {
        sights.iter().find(|sight| self.fits(sight)).map(|sight| sight.shape)
    }

    /// How the records of this format lie in an input that is said to be of it, and does not show it.
    pub fn supposed(self, sights: &[Sight]) -> Shape {
        let mut possible = sights.iter().map(|sight| sight.shape);
        let possible = possible.find(|shape| self.0.shapes.contains(shape));
        possible.or(self.0.shapes.first().copied()).unwrap_or(Shape::Lines)
    }

    fn fits(self, sight: &Sight) -> bool {
        self.0.shapes.contains(&sight.shape) && (self.0.recognises)(sight)
    }

    /// Whether its records are plain text: brackets in it nest nothing.
    pub(super) fn is_plain(self) -> bool {
        [&brat::KNOWN, &booknlp::KNOWN].iter().any(|plain| plain.name == self.0.name)
    }

    /// What reads an input of this format.
    ///
    /// # Errors
    /// Where the context lacks what the format needs.
    pub fn reader(self, context: &Context) -> Result<Box<dyn Reader>, Fault> {
        (self.0.reader)(context)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let unknown = || format!("unknown format `{name}`; known are {}", Self::names());
        Self::all().find(|format| format.as_str() == name).ok_or_else(unknown)
    }
}

/// Reads records that are one row each, whatever stood before.
struct OneRow(fn(&Context, &str) -> Result<Line, Fault>, Context);

impl Reader for OneRow {
    fn read(&mut self, record: &Text<'_>) -> Vec<Row> {
        vec![Row::of(self.0(&self.1, record.text))]
    }
}
