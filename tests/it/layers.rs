//! The arrows between the layers, the limits of files, and who may name which library.

use std::path::{Path, PathBuf};

use crate::support::{read, repository};

/// What each layer may use of the others.
const ARROWS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("store", &["domain", "histogram"]),
    ("import", &["store", "domain"]),
    ("graphql", &["store", "domain", "limits"]),
    (
        "server",
        &["graphql", "import", "store", "domain", "config", "histogram", "limits", "telemetry"],
    ),
    ("cli", &["server", "graphql", "import", "store", "domain", "config", "telemetry"]),
    ("config", &["limits"]),
    ("histogram", &[]),
    ("limits", &[]),
    ("telemetry", &["config"]),
];

/// Which files alone may name a library.
const LIBRARIES: [(&str, &[&str]); 8] = [
    ("diesel", &["store/"]),
    ("async_graphql", &["graphql/", "server/graphql/"]),
    ("actix_web", &["server/", "cli/serve.rs"]),
    ("actix_http", &["server/graphql/socket/", "telemetry/mod.rs"]),
    ("askama", &["server/pages/"]),
    ("clap", &["cli/"]),
    ("governor", &["server/access/rate.rs"]),
    ("opentelemetry", &["telemetry/"]),
];

/// Words of code that name a database; prose has PostgreSQL and SQLite.
const DATABASES: [&str; 9] = [
    "Sqlite",
    "Postgres",
    "PgConnection",
    "PgValue",
    "sqlite::",
    "postgres::",
    "diesel::pg",
    "pragma",
    "PRAGMA",
];

/// Which files outside `store/dialect/` may name one, and why.
const BILINGUAL: [(&str, &str); 1] = [("store/types.rs", "the columns that an id has in each")];

/// The longest file that is still about one thing, in lines.
const LONGEST: usize = 500;

pub fn rust_files(folder: &str) -> Vec<PathBuf> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&repository(folder), &mut found);
    assert!(found.len() > 5, "only {} Rust files below {folder}", found.len());
    found.sort();
    found
}

/// The name of a file below `src`, with `/` everywhere.
fn below_src(path: &Path) -> String {
    let below = path.strip_prefix(repository("src")).unwrap();
    below.to_string_lossy().replace('\\', "/")
}

/// A file's code without comments.
pub fn code(path: &Path) -> String {
    let text = read(path);
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The words that follow `crate::`, also inside `use crate::{…}`.
fn uses(code: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split(';').next().unwrap_or_default();
                found.extend(list.split(',').map(|item| name(item.trim())));
            }
            None => found.push(name(rest)),
        }
    }
    found
}

#[test]
fn dependencies_between_layers_point_one_way() {
    let mut seen = 0;
    for path in rust_files("src") {
        let file = below_src(&path);
        let layer = file.split('/').next().unwrap().trim_end_matches(".rs");
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == layer) else {
            assert!(matches!(file.as_str(), "lib.rs" | "main.rs"), "{file} belongs to no layer");
            continue;
        };
        for used in uses(&code(&path)) {
            let is_layer = ARROWS.iter().any(|(name, _)| *name == used);
            let may = used == layer || allowed.contains(&used.as_str()) || !is_layer;
            assert!(may, "{file}: {layer} must not use {used}");
            seen += usize::from(is_layer);
        }
    }
    assert!(seen > 100, "only {seen} uses were looked at");
}

#[test]
fn a_library_is_named_in_its_layer_alone() {
    for path in rust_files("src") {
        let file = below_src(&path);
        let code = code(&path);
        for (library, homes) in LIBRARIES {
            let at_home = homes.iter().any(|home| file.starts_with(home));
            let named =
                code.contains(&format!("{library}::")) || code.contains(&format!("use {library}"));
            assert!(at_home || !named, "{file} names {library}");
        }
    }
}

#[test]
fn databases_are_named_by_their_dialect_alone() {
    let mut used: Vec<&(&str, &str)> = Vec::new();
    for path in rust_files("src") {
        let file = below_src(&path);
        let code = code(&path);
        let named: Vec<_> = DATABASES.iter().filter(|word| code.contains(**word)).collect();
        let excused = BILINGUAL.iter().find(|(name, _)| *name == file);
        if !file.starts_with("store/dialect/") && !named.is_empty() {
            assert!(excused.is_some(), "{file} says {named:?}");
            used.extend(excused);
        }
    }
    assert_eq!(used.len(), BILINGUAL.len(), "an excuse that nobody needs; used are {used:?}");
}

#[test]
fn the_domain_does_no_io_and_reads_no_clock() {
    for path in rust_files("src/domain") {
        let code = code(&path);
        for word in [
            "std::fs",
            "std::net",
            "std::env",
            "SystemTime",
            "Instant::now",
            "println!",
            "Timestamp::now",
        ] {
            assert!(!code.contains(word), "{} names {word}", below_src(&path));
        }
    }
}

#[test]
fn every_file_says_what_lives_there_and_stays_short() {
    for path in rust_files("src").into_iter().chain(rust_files("tests")) {
        let text = read(&path);
        assert!(text.starts_with("//! "), "{} does not begin with //!", path.display());
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!name.starts_with("util"), "{}: name it after what it holds", path.display());
    }
}
