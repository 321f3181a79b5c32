//! What the tests share: databases filled by the real importer, the real binary, a real server.

mod backend;
pub mod cluster;
mod database;
mod direct;
mod home;
mod json;
mod prometheus;
mod property;
mod rows;
mod server;
mod socket;
mod wire;
mod workplace;

use std::path::{Path, PathBuf};

pub use backend::{Backend, each_backend};
pub use database::Database;
pub use direct::Direct;
pub use home::Home;
pub use json::{canonical, number, strings, text};
pub use prometheus::Scrape;
pub use property::holds;
pub use rows::{SPEAKER_KINDS, article, native_row, quotebank_row};
pub use server::{Server, graphql_body, header, sample};
pub use socket::{Heard, Socket, subscribe, upgrade};
pub use wire::{Answer, Wire, posted};
pub use workplace::{Workplace, dixit, finish};

/// A path below the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A file below the repository, which must be there: a missing prerequisite is a failure.
pub fn read(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a directory that end so, sorted by name. There must be one.
pub fn files(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory)
        .unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no *{ending} in {}", directory.display());
    found
}

/// `queries/un.graphql` → `queries/un.variables.json`, and its content where there is one.
pub fn variables_of(document: &Path) -> Option<serde_json::Value> {
    let path = document.with_extension("variables.json");
    path.exists().then(|| serde_json::from_str(&read(&path)).unwrap())
}
