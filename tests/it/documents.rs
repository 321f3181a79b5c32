//! The documents for people: what they show is what the program does, and what they point to is there.
//!
//! A block of code that names a file behind its language is that file: of the cookbook a file in
//! `docs/cookbook/`, of a page of a format a file to import. `UPDATE_GOLDEN=1` writes the cookbook's
//! blocks anew.

mod commands;
mod examples;
mod formats;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::{Backend, Database, files, read, repository};

/// A block of code in a page.
struct Block<'a> {
    /// Its language, such as `json`.
    language: &'a str,
    /// The file that it is, where it names one.
    file: Option<&'a str>,
    /// What stands in it, with the last line's end.
    content: String,
}

/// The blocks of a page, in order.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let (language, file) = match info.split_once(' ') {
            Some((language, file)) => (language, Some(file)),
            None => (info, None),
        };
        let content = lines.by_ref().take_while(|line| *line != "```");
        let content = content.flat_map(|line| [line, "\n"]).collect();
        found.push(Block { language, file, content });
    }
    found
}

/// The page with what the files hold in the blocks that name one.
fn with_files(page: &str, folder: &Path) -> String {
    let mut written = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        written.extend([line, "\n"]);
        let file = line.strip_prefix("```").and_then(|info| info.split_once(' '));
        if let Some((_, file)) = file {
            written += &read(folder.join(file));
            lines.by_ref().find(|line| *line == "```").unwrap();
            written += "```\n";
        }
    }
    written
}

#[test]
fn the_cookbook_shows_its_25_questions_as_they_are_asked() {
    let (path, folder) = (repository("docs/cookbook.md"), repository("docs/cookbook"));
    let page = read(&path);
    let expected = with_files(&page, &folder);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &expected).unwrap();
    } else {
        assert!(
            page == expected,
            "docs/cookbook.md is not what docs/cookbook/ has: UPDATE_GOLDEN=1"
        );
    }
    let shown: Vec<String> =
        blocks(&page).iter().filter_map(|block| block.file.map(str::to_owned)).collect();
    let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let there: BTreeSet<String> = files(&folder, "").into_iter().map(name).collect();
    assert_eq!(shown.iter().cloned().collect::<BTreeSet<_>>(), there, "shown, and there");
    assert_eq!(shown.len(), there.len(), "a file is shown twice");
    let questions = files(&folder, ".graphql");
    assert_eq!(questions.len(), 25);
    for (number, document) in (1..).zip(questions) {
        let question = read(&document);
        let question = question.lines().next().unwrap().trim_start_matches("# ");
        let heading = format!("\n<a id=\"{number}\"></a>\n## {number}. {question}\n");
        assert!(page.contains(&heading), "no heading {heading}");
    }
}

/// Which page explains the values of which enumeration of the API.
const EXPLAINED: [(&str, &[&str]); 5] = [
    ("docs/verify.md", &["Verdict", "FindingKind", "DiffOp"]),
    (
        "docs/roles.md",
        &[
            "RoleFunction",
            "RoleDomain",
            "RoleStatus",
            "Voice",
            "OrganisationKind",
            "SpeakerKind",
            "QuoteKind",
            "Medium",
        ],
    ),
    ("docs/tenures.md", &["Capacity", "TenureBoundKind", "TenureOrigin"]),
    (
        "docs/statements.md",
        &[
            "StatementRelationKind",
            "StatementRelationState",
            "FirstQuotePrecision",
            "FacetDimension",
            "TimelineUnit",
            "DatePrecision",
        ],
    ),
    ("docs/search.md", &["QuoteOrder", "SearchNotice"]),
];

#[test]
fn every_value_of_the_vocabularies_is_explained_on_its_page() {
    let database = Database::empty(Backend::Sqlite);
    for (path, names) in EXPLAINED {
        let page = read(repository(path));
        for name in names {
            let answer = database
                .ask(&format!("{{ __type(name: \"{name}\") {{ enumValues {{ name }} }} }}"));
            let values = answer["data"]["__type"]["enumValues"].as_array().unwrap();
            for value in values {
                let value = value["name"].as_str().unwrap();
                assert!(
                    page.contains(&format!("`{value}`")),
                    "{path} says nothing of {name} {value}"
                );
            }
        }
    }
}

/// The pages that people read, and where each stands.
fn pages() -> Vec<PathBuf> {
    let top = ["README.md", "CONTRIBUTING.md", "sample/README.md"].map(repository);
    let folders = ["docs", "docs/formats"].map(|folder| files(&repository(folder), ".md"));
    top.into_iter().chain(folders.into_iter().flatten()).collect()
}

/// What a heading is called in an address, as GitHub and its kin make it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The names under which parts of a page are found.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter(|line| line.starts_with('#'));
    let headings = headings.map(|line| anchor(line.trim_start_matches('#').trim()));
    let named = page.split("<a id=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    headings.chain(named.map(|(name, _)| name.to_owned())).collect()
}

/// Links, and images, which `make screenshots` makes. An image that no page shows is not kept.
#[test]
fn every_link_between_the_documents_leads_somewhere() {
    let mut dead = Vec::new();
    let mut unseen: BTreeSet<PathBuf> =
        files(&repository("docs/screenshots"), ".png").into_iter().collect();
    for page in pages() {
        let text = read(&page);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let link = link.0;
            if link.contains("://") {
                continue;
            }
            let (path, part) = link.split_once('#').map_or((link, None), |(p, a)| (p, Some(a)));
            let target = if path.is_empty() { page.clone() } else { page.with_file_name(path) };
            let leads =
                target.exists() && part.is_none_or(|part| anchors(&read(&target)).contains(part));
            unseen.remove(&target);
            if !leads {
                dead.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(unseen.is_empty(), "no page shows {unseen:#?}");
}
