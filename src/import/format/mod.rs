//! The formats that extractors write, recognised from their content.

mod native;
mod quotebank;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::IgnoredAny;

use super::record::{Line, peek};
use super::rejection::Fault;

/// A format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One statement a line, dixit's own ([`native`]).
    Native,
    /// Quotebank, quote-centric, JSON lines ([`quotebank`]).
    Quotebank,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Native, Self::Quotebank];

    /// The name used on the command line and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Quotebank => "quotebank",
        }
    }

    /// The format whose shape a line has.
    pub fn recognise(line: &[u8]) -> Option<Self> {
        let keys: BTreeMap<String, IgnoredAny> = peek(line)?;
        let has = |key: &str| keys.contains_key(key);
        if has("quoteID") || has("quotation") {
            Some(Self::Quotebank)
        } else if has("text") && (has("article") || has("kind")) {
            Some(Self::Native)
        } else {
            None
        }
    }

    /// What a line of this format holds.
    pub(super) fn read(self, line: &str) -> Result<Line, Fault> {
        match self {
            Self::Native => native::read(line),
            Self::Quotebank => quotebank::read(line),
        }
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
        let known = || Self::ALL.map(Self::as_str).join(", ");
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == name)
            .ok_or_else(|| format!("unknown format `{name}`; known are {}", known()))
    }
}
