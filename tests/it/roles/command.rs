//! `dixit role`: titles in a pipe.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{dixit, finish, repository};

/// `dixit role`, which needs neither a database nor settings.
fn role() -> Command {
    dixit(&repository("."), "sqlite://nowhere/at/all.db", &["role"])
}

fn answers(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_title_is_told_with_the_words_that_decided() {
    let titles = concat!(
        r#"{"title": "the department's chief spokesman", "organisation": "Pentagon"}"#,
        "\n",
        r#"{"title": "minister of defence", "organisation": null}"#,
        "\n",
        r#"{"organisation": "Congolese government"}"#,
        "\n",
        r#"{"title": "Gayle King"}"#,
    );
    let done = finish(role(), titles.as_bytes());
    let found = answers(&done.out);
    assert_eq!((done.code, done.err.as_str(), found.len()), (0, "", 4));
    assert_eq!(
        found[0],
        json!({
            "function": "SPOKESPERSON",
            "domain": "DEFENCE",
            "status": "CURRENT",
            "voice": "REPRESENTATIVE",
            "organisation": {
                "name": "United States Department of Defense",
                "kind": "NATIONAL_GOVERNMENT",
                "ancestors": ["Government of the United States"],
            },
            "officialOf": "DEFENCE",
            "because": ["spokesman", "United States Department of Defense"],
        })
    );
    // The kind is known where the organisation is open, and several are told where several fit.
    let open = json!({ "name": null, "kind": "NATIONAL_GOVERNMENT", "ancestors": [] });
    assert_eq!(found[1]["organisation"], open);
    assert_eq!(found[2]["organisation"]["candidates"].as_array().map(Vec::len), Some(2));
    let unknown = [&found[3]["function"], &found[3]["organisation"], &found[3]["officialOf"]];
    assert_eq!(unknown, [&json!("UNKNOWN"), &Value::Null, &Value::Null]);
}

#[test]
fn a_bad_line_is_told_and_the_others_are_answered_in_step() {
    let mut titles = Vec::from(
        &br#"{"title": "mayor of Halvik"}
{"title": 7}
no JSON

{"title": "mayor", "organization": "Halvik"}
"#[..],
    );
    titles.extend_from_slice(b"{\"title\": \"\xff\"}\n");
    titles.extend(std::iter::repeat_n(b'x', 1 << 21));
    titles.extend_from_slice(b"\n{\"title\": \"residents\"}\n");
    let done = finish(role(), &titles);
    let found = answers(&done.out);
    let errors: Vec<Option<&str>> = found.iter().map(|line| line["error"].as_str()).collect();
    assert_eq!((done.code, found.len()), (1, 8));
    assert_eq!(
        (&found[0]["function"], &found[7]["function"]),
        (&json!("MAYOR"), &json!("RESIDENT"))
    );
    let expected = [
        (1, "line 2: title: invalid type: integer `7`, expected a string"),
        (2, "line 3 is not a JSON object"),
        (3, "line 4 is not a JSON object"),
        (4, "line 5: organization: unknown field `organization`"),
        (5, "line 6 is not UTF-8"),
        (6, "line 7 has 2097153 bytes; 1048576 are read"),
    ];
    for (at, text) in expected {
        assert!(errors[at].is_some_and(|error| error.starts_with(text)), "{:?}", errors[at]);
    }
    assert_eq!(done.err.lines().map(Some).collect::<Vec<_>>(), errors[1..7]);
}

#[test]
fn each_answer_comes_before_the_next_question() {
    let mut child = role().stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut asking = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for (title, function) in [("Pope", "RELIGIOUS_LEADER"), ("a nurse", "HEALTH_PROFESSIONAL")] {
        writeln!(asking, "{}", json!({ "title": title })).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["function"], function);
    }
    // A reader that goes away ends it; that is no failure.
    drop(answers);
    let _ = writeln!(asking, "{{}}");
    drop(asking);
    assert!(child.wait().unwrap().success());
}
