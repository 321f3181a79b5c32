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

/// The same, with the folder for pictures of what it looks at, where `make screenshots` wants them; a
/// run of the tests leaves no trace.
fn browse_with_pictures(script: &str, arguments: &[&str]) {
    let pictures = std::env::var("SCREENSHOTS").ok().map(|folder| repository(&folder));
    let pictures = pictures.map(|folder| folder.to_string_lossy().into_owned());
    let arguments: Vec<&str> = arguments.iter().copied().chain(pictures.as_deref()).collect();
    browse(script, &arguments);
}

#[test]
fn the_playground_completes_a_field_runs_its_tabs_and_asks_no_other_host() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    let tabs = files(&repository("sample/queries"), ".graphql").len();
    browse_with_pictures("playground.mjs", &[&server.url(""), &tabs.to_string()]);
}

#[test]
fn the_front_end_verifies_searches_and_opens_what_it_finds() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    browse("frontend.mjs", &[&server.url("")]);
}

#[test]
fn the_front_end_shows_no_verdict_of_another_text_and_asks_again_what_failed() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    browse("answers.mjs", &[&server.url("")]);
}

#[test]
fn the_front_end_finds_the_quotations_that_the_command_line_finds() {
    let (workplace, server) = sample(Backend::Sqlite, &[]);
    let texts: Vec<String> =
        serde_json::from_str(&read(repository("tests/it/browser/marks.json"))).unwrap();
    let cases: Vec<Value> = texts
        .iter()
        .map(|text| {
            let file = workplace.file("article.txt", text);
            let told = workplace.dixit(&["verify", "--article", &file]).out;
            // A line with place and verdict, then one with the quotation.
            let mut lines = told.lines().peekable();
            let mut quotations = Vec::new();
            while let Some(line) = lines.next() {
                let told = lines.peek().and_then(|next| next.strip_prefix("    "));
                if let Some(words) = told.filter(|_| !line.starts_with(' ')) {
                    quotations.push(words);
                }
            }
            let unclosed = told.matches("this quotation mark is not closed").count();
            json!({ "text": text, "quotations": quotations, "unclosed": unclosed })
        })
        .collect();
    assert!(cases.iter().any(|case| case["quotations"].as_array().unwrap().len() > 2));
    workplace.file("cases.json", json!(cases).to_string());
    browse("paragraph.mjs", &[&server.url(""), &workplace.path("cases.json").to_string_lossy()]);
}

#[test]
fn the_front_end_shows_all_that_an_article_prints_of_a_source() {
    let workplace = Workplace::new(Backend::Sqlite);
    let row = |text: &str, more: Value| native_row("one", text, more);
    let finder = json!({ "name": "finder", "version": "1" });
    let gone = native_row(
        "read-again",
        "the harbour was sold at noon",
        json!({ "speaker_kind": "person", "speaker": "Ada Quill", "extractor": finder }),
    );
    let rows = [
        row(
            "they shelled the market at noon",
            json!({
                "speaker_kind": "unnamed_individual",
                "attribution": "a doctor at the hospital who saw it",
            }),
        ),
        row(
            "the corridor will open tomorrow at dawn",
            json!({
                "speaker_kind": "person", "speaker": "Carl Roe",
                "attribution": "UN spokesman Carl Roe said",
            }),
        ),
        row(
            "we signed the paper on the bridge",
            json!({
                "speaker_kind": "person", "speaker": "Ada Quill",
                "further_speakers": [
                    { "name": "Bo Ek", "mode": "joint" },
                    { "name": "Cy Dee", "mode": "alternative", "probability": 0.25 },
                ],
            }),
        ),
        gone,
    ];
    let input = workplace.file("rows.jsonl", rows.concat());
    let (code, report, rejected) = workplace.import(&[&input]);
    assert_eq!((code, rejected), (0, Vec::new()), "{report:#}");
    let finder = json!({ "name": "finder", "version": "2" });
    let again = native_row(
        "read-again",
        "the harbour was never for sale",
        json!({ "speaker_kind": "person", "speaker": "Ada Quill", "extractor": finder }),
    );
    let again = workplace.file("again.jsonl", again);
    let (code, report, _) = workplace.import(&["--replace-article", &again]);
    assert_eq!(code, 0, "{report:#}");
    let server = Server::start(&workplace);
    browse("attribution.mjs", &[&server.url("")]);
}

#[test]
fn the_front_end_asks_for_a_token_where_reads_are_not_public() {
    let (workplace, server) = sample(Backend::Sqlite, &[("DIXIT_PUBLIC_READS", "off")]);
    let made = workplace.dixit(&["token", "create", "--name", "reader", "--scope", "read"]);
    assert_eq!(made.code, 0, "{made:?}");
    browse("token.mjs", &[&server.url(""), made.out.trim()]);
}

#[test]
fn axe_finds_nothing_serious_on_any_page_and_nothing_moves() {
    let (_workplace, server) = sample(Backend::Sqlite, &[]);
    browse_with_pictures("views.mjs", &[&server.url("")]);
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
