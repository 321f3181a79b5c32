//! The lines in their order: article after article, with reprints, repeated and faulty lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::random::Random;
use super::rows::{Article, Format, Place, Statement};

/// What to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub statements: u64,
    pub seed: u64,
    pub format: Format,
    pub duplicates: u64,
    pub faulty: u64,
}

impl Default for Ask {
    fn default() -> Self {
        Self { statements: 1_000, seed: 1, format: Format::Native, duplicates: 0, faulty: 0 }
    }
}

/// How far back what is reprinted was said, in statements.
const MEMORY: u64 = 50_000;
/// The most quotes of an article.
const LONGEST: u64 = 16;
/// Of a hundred lines of the native format so many reprint an earlier statement.
const REPRINTS: u64 = 12;

/// Writes line after line. What it holds does not grow with the number of lines.
pub struct Stream {
    ask: Ask,
    random: Random,
    /// How many different statements were written.
    statements: u64,
    articles: u64,
    place: Place,
    /// Quotes that the article is still to have.
    left: u64,
    last: String,
    lines: u64,
    reprints: u64,
    duplicates: u64,
    faults: BTreeMap<&'static str, u64>,
}

impl Stream {
    pub fn new(ask: &Ask) -> Self {
        Self {
            ask: ask.clone(),
            random: Random::of(ask.seed, u64::MAX),
            statements: 0,
            articles: 0,
            place: Place::default(),
            left: 0,
            last: String::new(),
            lines: 0,
            reprints: 0,
            duplicates: 0,
            faults: BTreeMap::new(),
        }
    }

    /// Puts the next line, with its end, in place of what `line` holds; false behind the last.
    pub fn next(&mut self, line: &mut String) -> bool {
        line.clear();
        if self.lines > 0 && self.random.percent(self.ask.duplicates) {
            line.push_str(&self.last);
            self.duplicates += 1;
        } else if self.statements == self.ask.statements {
            return false;
        } else {
            self.write(line);
        }
        self.lines += 1;
        true
    }

    fn write(&mut self, line: &mut String) {
        let (seed, world) = (self.ask.seed, self.ask.statements);
        if self.left == 0 {
            self.left = 1 + self.random.zipf(LONGEST);
            self.place = Place::default();
            self.articles += 1;
        }
        self.left -= 1;
        let article = Article::of(seed, self.articles - 1, world);
        // A row of Quotebank lists the articles of its words itself.
        let reprints = self.ask.format == Format::Native && self.statements > 0;
        let statement = if reprints && self.random.percent(REPRINTS) {
            self.reprints += 1;
            let back = 1 + self.random.zipf(MEMORY.min(self.statements));
            Statement::of(seed, self.statements - back, world)
        } else {
            self.statements += 1;
            Statement::of(seed, self.statements - 1, world)
        };
        self.place = self.place.of_next(&statement, &mut self.random);
        match self.ask.format {
            Format::Native => statement.native(&article, self.place, line),
            Format::Quotebank => statement.quotebank(&article, line),
        }
        if self.random.percent(self.ask.faulty) {
            let fault = self.ask.format.spoil(line, &mut self.random);
            *self.faults.entry(fault).or_default() += 1;
        }
        line.push('\n');
        self.last.clone_from(line);
    }

    /// What was written, in words.
    pub fn told(&self) -> String {
        let mut told = format!(
            "{} lines: {} statements in {} articles, {} reprints, {} repeated lines",
            self.lines, self.statements, self.articles, self.reprints, self.duplicates
        );
        for (fault, count) in &self.faults {
            // Writing into a string cannot fail.
            let _ = write!(told, ", {count} {fault}");
        }
        told
    }

    /// How many lines have a fault, repeated ones not counted.
    #[cfg(test)]
    pub fn faulty(&self) -> u64 {
        self.faults.values().sum()
    }
}
