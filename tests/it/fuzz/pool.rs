//! What answers have told so far: questions that ask for it meet data.

use std::collections::BTreeMap;

use serde_json::Value;

use super::random::Random;

/// How many values are kept of each kind.
const MOST: usize = 300;

/// What nobody would ask, and somebody does.
const ODD: [&str; 20] = [
    "",
    " ",
    "\0",
    "a\0b",
    "\n\r\t",
    "%",
    "_",
    "\\",
    "'; DROP TABLE quote; --",
    "\"",
    "ß",
    "İi̇ıI",
    "👩‍👩‍👧‍👦",
    "\u{202e}\u{feff}\u{200b}",
    "e\u{301}\u{301}\u{301}",
    "ﷺ",
    "-1",
    "1e309",
    "null",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

/// Dates that are none, and the first and last that are.
const DATES: [&str; 14] = [
    "0000",
    "0001",
    "9999",
    "9999-12-31T23:59:59.999999Z",
    "10000",
    "-0001",
    "2017",
    "2017-02",
    "2017-02-29",
    "2016-02-29",
    "2017-13",
    "2017-06-30T23:59:60Z",
    "1970-01-01T00:00:00+14:00",
    "2021-08-13",
];

/// Values by the name of the field that had them; cursors by that of their list.
#[derive(Default)]
pub struct Pool {
    values: BTreeMap<String, Vec<String>>,
}

impl Pool {
    /// Learns from an answer. Aliases are `field_number`.
    pub fn learn(&mut self, random: &mut Random, answer: &Value, field: &str, list: &str) {
        match answer {
            Value::Object(fields) => {
                for (key, value) in fields {
                    let name = key.split('_').next().unwrap_or_default();
                    let list = if value.get("pageInfo").or(value.get("edges")).is_some() {
                        name
                    } else {
                        list
                    };
                    self.learn(random, value, name, list);
                }
            }
            Value::Array(values) => {
                values.iter().for_each(|value| self.learn(random, value, field, list));
            }
            Value::String(text) => {
                let cursor = matches!(field, "cursor" | "startCursor" | "endCursor");
                let kind = if cursor { format!("{list} cursor") } else { field.to_owned() };
                let known = self.values.entry(kind).or_default();
                if known.len() < MOST {
                    known.push(text.clone());
                } else {
                    known[random.below(MOST)] = text.clone();
                }
            }
            _ => {}
        }
    }

    /// A text to ask with: mostly one that a field of this name had.
    pub fn text(&self, random: &mut Random, name: &str) -> String {
        let odd = random.percent(4);
        match self.values.get(name) {
            Some(known) if !odd => random.one(known).clone(),
            _ if random.percent(10) => random.one(&ODD).repeat(1 + random.below(200)),
            _ => (*random.one(&ODD)).to_owned(),
        }
    }

    /// A date to ask with.
    pub fn date(&self, random: &mut Random) -> String {
        let known = self.values.get("text").filter(|_| random.percent(20));
        let known = known.map(|known| random.one(known).clone());
        known.unwrap_or_else(|| (*random.one(&DATES)).to_owned())
    }
}
