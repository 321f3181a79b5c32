//! What must hold whatever bytes come in. libFuzzer hands them to it from `fuzz_targets/`, and the
//! suite from a mutator of its own (`tests/it/targets.rs`).

mod cut;
mod formats;
mod values;
mod words;

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::path::{Path, PathBuf};

use dixit::import::format::Format;

pub use formats::rows;

/// Something that takes bytes from strangers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Words as they are stored, and as they are compared.
    Text,
    /// One printed string of a source; quotation marks around words.
    Attribution,
    /// Dates, addresses, languages, items of Wikidata.
    Values,
    /// An input cut into records, whatever its shape.
    Cut,
    /// An input of a format, read to what the store would be given.
    Format(Format),
}

impl Target {
    /// Every target.
    pub fn all() -> impl Iterator<Item = Self> {
        let others = [Self::Text, Self::Attribution, Self::Values, Self::Cut];
        others.into_iter().chain(Format::all().map(Self::Format))
    }

    /// The target of this name.
    ///
    /// # Panics
    /// Where there is none.
    #[allow(dead_code, reason = "the suite takes all")]
    pub fn named(name: &str) -> Self {
        let found = Self::all().find(|target| target.name() == name);
        found.unwrap_or_else(|| panic!("no target is called {name}"))
    }

    /// What its file in `fuzz_targets/` and its folder in `seeds/` are called.
    pub fn name(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Attribution => "attribution".to_owned(),
            Self::Values => "values".to_owned(),
            Self::Cut => "cut".to_owned(),
            Self::Format(format) => format!("format-{format}"),
        }
    }

    /// What its inputs begin from, by name.
    ///
    /// # Panics
    /// Where there is none.
    pub fn seeds(self) -> Vec<PathBuf> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        // The package is this one, or in the suite that of dixit.
        let below = package.join("fuzz");
        let fuzz = if below.is_dir() { &below } else { package };
        let folder = fuzz.join("seeds").join(self.name());
        let entries = folder.read_dir().unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        let mut seeds: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        seeds.sort();
        assert!(!seeds.is_empty(), "{} is empty", folder.display());
        seeds
    }

    /// Checks one input. Inputs of different answers are different to the code under test, too.
    ///
    /// # Panics
    /// Where something does not hold.
    pub fn check(self, data: &[u8]) -> u64 {
        match self {
            Self::Text => words::text(&String::from_utf8_lossy(data)),
            Self::Attribution => words::attribution(&String::from_utf8_lossy(data)),
            Self::Values => values::check(&String::from_utf8_lossy(data)),
            Self::Cut => cut::check(data),
            Self::Format(format) => formats::check(format, data),
        }
    }
}

/// A number for what happened.
fn outcome(of: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
