//! The examples in the tables of the pages are asked, and answered as the tables say.

use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, read, repository};

/// The cells of the rows that stand below a heading and above the next, without the tables' heads.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, below) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let part = below.split_once("\n## ").map_or(below, |(part, _)| part);
    let cells = |line: &str| {
        let line = line.strip_prefix('|')?.strip_suffix('|')?;
        Some(line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>())
    };
    let all: Vec<Vec<String>> = part.lines().filter_map(cells).collect();
    let is_rule = |row: &Vec<String>| row.iter().all(|cell| cell == "---");
    let heads: Vec<usize> =
        (0..all.len()).filter(|&at| all.get(at + 1).is_some_and(is_rule)).collect();
    let body = all.iter().enumerate().filter(|(at, row)| !heads.contains(at) && !is_rule(row));
    body.map(|(_, row)| row.clone()).collect()
}

/// A cell without the marks of code; none where it is empty.
fn plain(cell: &str) -> Option<&str> {
    Some(cell.trim_matches('`')).filter(|text| !text.is_empty())
}

fn answered(database: &Database, document: &str, variables: Value) -> Value {
    let answer = database.answer(document, Some(variables));
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"].clone()
}

#[test]
fn each_title_on_the_page_of_roles_means_what_its_row_says() {
    let page = read(repository("docs/roles.md"));
    let database = Database::empty(Backend::Sqlite);
    let understood = |title: &str| {
        let document = "query($title: String!) { understandRole(title: $title) {
             function domain status voice officialOf organisation { kind } } }";
        answered(&database, document, json!({ "title": title }))["understandRole"].clone()
    };
    for (heading, pointer) in [
        ("Function", "/function"),
        ("Domain", "/domain"),
        ("Status", "/status"),
        ("Voice", "/voice"),
        ("Kind of organisation", "/organisation/kind"),
    ] {
        let rows = rows(&page, heading);
        assert!(rows.len() > 3, "{heading}");
        for row in rows {
            let [value, _, title] = &row[..] else { panic!("{row:?}") };
            let Some(title) = plain(title) else { continue };
            let meant = understood(title);
            assert_eq!(meant.pointer(pointer).and_then(Value::as_str), plain(value), "{title}");
        }
    }
    for row in rows(&page, "Officials") {
        let [title, domain, of] = &row[..] else { panic!("{row:?}") };
        let meant = understood(plain(title).unwrap());
        assert_eq!(meant["domain"].as_str(), plain(domain), "{title}");
        assert_eq!(meant["officialOf"].as_str(), plain(of).filter(|of| !of.starts_with("nothing")));
    }
}

#[test]
fn each_text_on_the_page_of_verification_has_the_verdict_of_its_row() {
    let page = read(repository("docs/verify.md"));
    let examples: Vec<Vec<String>> =
        rows(&page, "The verdict").into_iter().filter(|row| row.len() == 5).collect();
    assert!(examples.len() > 15);
    each_backend(|backend| {
        let database = Database::of_files(backend, &[repository("sample/statements.jsonl")]);
        for row in &examples {
            let [text, by, on, verdict, findings] = &row[..] else { panic!("{row:?}") };
            let document = "query($text: String!, $by: String, $on: FuzzyDate) {
                 verify(text: $text, attributedTo: $by, saidOn: $on) { verdict findings { kind } } }";
            let variables = json!({ "text": text, "by": plain(by), "on": plain(on) });
            let answer = answered(&database, document, variables);
            assert_eq!(
                answer.pointer("/verify/verdict").unwrap().as_str(),
                plain(verdict),
                "{text}"
            );
            let found: Vec<&str> = answer["verify"]["findings"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|finding| finding["kind"].as_str())
                .collect();
            assert_eq!(found, plain(findings).into_iter().collect::<Vec<_>>(), "{text}");
        }
    });
}
