//! The pages for people in a real browser: Debian's Chromium, driven by the scripts in `web/browser/`.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::{
    Backend, Server, Workplace, article, files, native_row, read, repository, sample,
};

/// Runs one of the scripts of `web/browser/` and prints what it tells.
fn browse(script: &str, arguments: &[&str]) {
    let run = Command::new("node")
        .arg(script)
        .args(arguments)
        .current_dir(repository("web/browser"))
        .output()
        .expect("node is there: the README asks for it");
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{script}: {told}{}", String::from_utf8_lossy(&run.stderr));
    print!("{told}");
}

#[test]
fn the_playground_completes_a_field_runs_its_tabs_and_asks_no_other_host() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let tabs = files(&repository("sample/queries"), ".graphql").len();
    browse("playground.mjs", &[&server.url(""), &tabs.to_string()]);
}

#[test]
fn the_front_end_verifies_searches_and_opens_what_it_finds() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    browse("frontend.mjs", &[&server.url("")]);
}

#[test]
fn the_front_end_asks_for_a_token_where_reads_are_not_public() {
    let (workplace, server) = sample(Backend::Sqlite, &[("DIXIT_PUBLIC_READS", "off")]);
    let made = workplace.dixit(&["token", "create", "--name", "reader", "--scope", "read"]);
    assert_eq!(made.code, 0, "{made:?}");
    browse("token.mjs", &[&server.url(""), made.out.trim()]);
}

#[test]
fn axe_finds_nothing_serious_in_any_view_and_nothing_moves() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let server = server.url("");
    let mut arguments = vec![server.as_str()];
    // `make screenshots` wants pictures of what was looked at; a run of the tests leaves no trace.
    let pictures = std::env::var("SCREENSHOTS").ok().map(|folder| repository(&folder));
    let pictures = pictures.map(|folder| folder.to_string_lossy().into_owned());
    arguments.extend(pictures.as_deref());
    browse("views.mjs", &arguments);
}

#[test]
fn scripts_that_articles_print_run_nowhere() {
    let path = repository("tests/it/browser/hostile.json");
    let strings: Vec<String> = serde_json::from_str(&read(&path)).unwrap();
    assert_eq!(strings.len(), 40);
    let rows: String =
        strings.iter().enumerate().map(|(place, text)| hostile_row(place, text)).collect();
    let workplace = Workplace::new(Backend::Sqlite);
    let input = workplace.file("hostile.jsonl", rows);
    let (code, report, rejected) = workplace.import(&[&input]);
    assert_eq!((code, rejected), (0, Vec::new()), "{report:#}");
    let server = Server::start(&workplace);
    browse("hostile.mjs", &[&server.url(""), &path.to_string_lossy()]);
}

/// A quote that has the string wherever a text may stand. Each is of an article of its own.
fn hostile_row(place: usize, text: &str) -> String {
    let document = format!("{place} {text}");
    let mut article = article("hostile");
    for (field, value) in [
        ("document_id", json!(document)),
        ("url", json!(format!("https://news.example/{place}?\"><script>ran()</script>"))),
        ("title", json!(text)),
        ("publisher", json!(text)),
        ("authors", json!([text])),
        ("licence", json!(text)),
    ] {
        article[field] = value;
    }
    // A script is no name, and makes no speaker: half of them speak through somebody who has one.
    let speaker = if place.is_multiple_of(2) { text } else { "Ada Quill" };
    let more: Value = json!({
        "article": article, "speaker_kind": "person",
        "speaker": speaker, "role": text, "organisation": text, "attribution": text,
        "cue": text, "via": text, "context_before": text, "context_after": text,
        "external_id": document,
        "further_speakers": [{"name": text, "mode": "alternative", "probability": 0.5}],
        "extractor": {"name": text, "version": text},
    });
    native_row("hostile", text, more)
}
