//! A statement and its article, each following from its number, and the lines that tell of them.
#![allow(clippy::cast_possible_truncation, reason = "numbers below small ends")]

use std::fmt::Write as _;
use std::str::FromStr;

use super::random::Random;
use super::words::{COMMON, CUES, UNNAMED, WORDS};
use super::world::{Person, organisation, outlet, person};

/// The form of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Native,
    Quotebank,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "native" => Ok(Self::Native),
            "quotebank" => Ok(Self::Quotebank),
            _ => Err(format!("unknown format `{name}`; known are native, quotebank")),
        }
    }
}

impl Format {
    /// Gives a line one fault that every import rejects; answers which.
    pub fn spoil(self, line: &mut String, random: &mut Random) -> &'static str {
        let (words, date) = match self {
            Self::Native => ("\"text\":", "\"published_at\":\""),
            Self::Quotebank => ("\"quotation\":", "\"date\":\""),
        };
        match random.below(4) {
            0 => {
                line.truncate(line.len() / 2);
                "cut off"
            }
            1 => {
                *line = line.replacen(words, "\"txet\":", 1);
                "misspelt"
            }
            2 => {
                *line = line.replacen(date, &format!("{date}around "), 1);
                "of no date"
            }
            _ => {
                line.insert(0, '#');
                "no JSON"
            }
        }
    }
}

/// Where it was printed.
pub struct Article {
    number: u64,
    site: String,
    outlet: String,
    author: String,
    date: String,
}

impl Article {
    /// The article of this number, of a world with so many statements.
    pub fn of(seed: u64, number: u64, world: u64) -> Self {
        let mut random = Random::of(!seed, number);
        let (site, outlet) = outlet(random.zipf(400));
        let author = person(1_000_000_000 + random.zipf(1 + world / 500)).name;
        Self { number, site, outlet, author, date: date(number / 300, &mut random) }
    }

    fn path(&self) -> String {
        format!("{}/{}/{}", self.site, self.date.replace('-', "/"), self.number)
    }
}

/// The day of so many days since 2015 in a calendar of months of 28 days, or a few days earlier.
fn date(day: u64, random: &mut Random) -> String {
    let day = day.saturating_sub(random.zipf(20)) % (13 * 12 * 28);
    format!("{}-{:02}-{:02}", 2015 + day / 336, day / 28 % 12 + 1, day % 28 + 1)
}

/// Where in its article a quote stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    position: u64,
    start: usize,
    end: usize,
}

impl Place {
    /// Where the next quote of the article stands.
    pub fn of_next(self, statement: &Statement, random: &mut Random) -> Self {
        let start = self.end + 20 + random.below(400) as usize;
        Self { position: self.position + 1, start, end: start + statement.text.len() }
    }
}

/// Who said it.
enum Source {
    Person(Person),
    Organisation(String),
    Unnamed(&'static str),
    Nobody,
}

/// What was said, by whom.
pub struct Statement {
    number: u64,
    /// In ASCII: as many bytes as characters.
    text: String,
    kind: &'static str,
    source: Source,
    /// What of the line is chance, and no part of what was said.
    random: Random,
}

impl Statement {
    /// The statement of this number, of a world with so many.
    pub fn of(seed: u64, number: u64, world: u64) -> Self {
        let mut random = Random::of(seed, number);
        let text = text(&mut random);
        let source = match random.below(100) {
            0..=76 => Source::Person(person(random.zipf(20 + world / 20))),
            77..=83 => Source::Organisation(organisation(random.zipf(20 + world / 200))),
            84..=96 => Source::Unnamed(random.often(UNNAMED)),
            _ => Source::Nobody,
        };
        let kind = match random.below(100) {
            0..=59 => "direct",
            60..=84 => "indirect",
            _ => "mixed",
        };
        Self { number, text, kind, source, random }
    }

    /// Appends it as a line of the native format, without the line's end.
    pub fn native(&self, article: &Article, place: Place, line: &mut String) {
        let mut random = self.random.clone();
        let Self { text, kind, .. } = self;
        *line += &format!(r#"{{"text":"{text}","kind":"{kind}""#);
        match &self.source {
            Source::Person(Person { name, title, organisation, .. }) => {
                *line += &format!(r#","speaker_kind":"person","speaker":"{name}""#);
                if random.percent(60) {
                    *line += &format!(r#","role":"{title}""#);
                }
                if random.percent(40) {
                    *line += &format!(r#","organisation":"{organisation}""#);
                }
            }
            Source::Organisation(name) => {
                *line += &format!(r#","speaker_kind":"organisation","organisation":"{name}""#);
            }
            Source::Unnamed(role) => {
                let number = if role.starts_with("a ") { "individual" } else { "group" };
                *line += &format!(r#","speaker_kind":"unnamed_{number}","role":"{role}""#);
                *line += &format!(r#","attribution":"{role}, who asked not to be named""#);
            }
            Source::Nobody => *line += r#","speaker_kind":"unattributed""#,
        }
        *line += &format!(r#","cue":"{}""#, random.often(CUES));
        if random.percent(8) {
            *line += &format!(r#","via":"{}""#, outlet(random.zipf(400)).1);
        }
        let Place { position, start, end } = place;
        *line += &format!(r#","position":{position},"start":{start},"end":{end}"#);
        *line += &format!(r#","confidence":0.{:02}"#, 40 + random.below(60));
        *line += r#","extractor":{"name":"synthetic","version":"1"}"#;
        let Article { outlet, author, date, number, .. } = article;
        *line += &format!(
            r#","article":{{"url":"https://{}","title":"Article {number}","publisher":"{outlet}","authors":["{author}"],"published_at":"{date}","language":"en"}}}}"#,
            article.path()
        );
    }

    /// Appends it as a line of Quotebank, without the line's end.
    pub fn quotebank(&self, article: &Article, line: &mut String) {
        let mut random = self.random.clone();
        let Self { text, number, .. } = self;
        let (name, items) = match &self.source {
            Source::Person(Person { name, item, .. }) => (name.as_str(), format!(r#""{item}""#)),
            _ => ("None", String::new()),
        };
        let (date, sure) = (&article.date, 50 + random.below(50));
        *line += &format!(
            r#"{{"quoteID":"{date}-{number:09}","quotation":"{text}","speaker":"{name}","qids":[{items}],"date":"{date} 0{}:15:00","#,
            random.below(10)
        );
        let other = person(random.zipf(100_000)).name;
        *line += &format!(
            r#""numOccurrences":1,"probas":[["{name}","0.{sure}"],["{other}","0.{:02}"]],"urls":["#,
            100 - sure
        );
        let _ = write!(line, r#""http://{}""#, article.path());
        for copy in 0..random.zipf(6) {
            let site = outlet(random.zipf(400)).0;
            let date = date.replace('-', "/");
            let _ = write!(line, r#","http://www.{site}/{date}/{number}-{copy}?utm_source=feed""#);
        }
        line.push_str(r#"],"phase":"E"}"#);
    }
}

/// Words in sentences.
fn text(random: &mut Random) -> String {
    if random.percent(1) {
        return random.often(COMMON).to_owned();
    }
    let mut text = String::new();
    for _ in 0..=random.zipf(4) {
        let (start, words) = (text.len(), 4 + random.below(6) + random.zipf(30));
        for word in 0..words {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(random.often(WORDS));
            if word + 1 < words && random.percent(6) {
                text.push(',');
            }
        }
        text.push('.');
        let first = start + usize::from(start > 0);
        if let Some(letter) = text.get_mut(first..=first) {
            letter.make_ascii_uppercase();
        }
    }
    text
}
