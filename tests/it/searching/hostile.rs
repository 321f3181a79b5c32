//! Search strings that mean harm, or something in the language of a database's own search.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::support::{Database, each_backend, native_row};

/// Operators of FTS5 and tsquery, marks, controls, words.
const PIECES: [&str; 50] = [
    "\"",
    "\"\"",
    "'",
    "''",
    "(",
    ")",
    "((",
    "))",
    "*",
    "**",
    "^",
    "^the",
    ":",
    "words:",
    "words : the",
    "-",
    "--",
    "-\"",
    "+",
    "{",
    "}",
    "[",
    "]",
    "&",
    "|",
    "!",
    "!!",
    "<->",
    "<2>",
    ":*",
    ":A",
    "\\",
    "\\'",
    "OR",
    "AND",
    "NOT",
    "NEAR",
    "NEAR(the we, 3)",
    "rowid",
    "rank",
    "\0",
    "\u{fffd}",
    "\u{202e}",
    "\u{200b}",
    "§",
    "§en",
    "§enthe",
    "the",
    "\u{1f9d1}\u{200d}\u{1f680}",
    "%_",
];

/// Strings made by hand out of these: each alone, around and behind words, doubled, and what is long.
fn by_hand() -> Vec<String> {
    let mut strings: Vec<String> = PIECES.map(str::to_owned).to_vec();
    strings.extend(PIECES.map(|piece| format!("the {piece} we")));
    strings.extend(PIECES.map(|piece| format!("{piece}the{piece}")));
    strings.extend(PIECES.map(|piece| piece.repeat(100)));
    strings.extend([
        "the OR ".repeat(3_000),
        "NOT ".repeat(3_000),
        "(".repeat(3_000),
        "a* ".repeat(3_000),
    ]);
    strings.extend([
        "-the ".repeat(100),
        "\u{6211}".repeat(5_000),
        "x".repeat(100_000),
        "t".repeat(256) + "*",
    ]);
    strings.extend(
        [
            "the' OR 1=1 --",
            "'; DROP TABLE quote; --",
            "\u{feff}",
            "\u{301}\u{301}",
            "ﷺ".repeat(300).as_str(),
        ]
        .map(str::to_owned),
    );
    strings
}

/// No text is an error; the slowest is told. SEARCHES asks for more random ones.
#[test]
fn any_text_is_answered() {
    let random = std::env::var("SEARCHES").ok().and_then(|count| count.parse().ok()).unwrap_or(300);
    let mut runner = TestRunner::deterministic();
    let piece =
        prop_oneof![prop::sample::select(&PIECES[..]).prop_map(str::to_owned), any::<String>()];
    let text = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "));
    let mut strings = by_hand();
    assert!(strings.len() >= 200, "only {} by hand", strings.len());
    strings.extend((0..random).map(|_| text.new_tree(&mut runner).unwrap().current()));
    let row = |number: usize| {
        native_row(&format!("a{number}"), &format!("We see the {number} words of it"), json!({}))
    };
    let rows: String = (0..2_500).map(row).collect();
    each_backend(|backend| {
        let database = Database::of(backend, &rows);
        let mut slowest = (Duration::ZERO, String::new());
        for string in &strings {
            let document =
                "query($s: String!) { quotes(search: $s, first: 5) { totalCount search { notices }
                edges { score highlights { start } } } }";
            let started = Instant::now();
            let answer = database.answer(document, Some(json!({ "s": string })));
            let took = started.elapsed();
            assert!(!answer.contains("\"errors\""), "{answer} to {string:?}");
            if took > slowest.0 {
                slowest = (took, string.chars().take(60).collect());
            }
        }
        println!("{} searches on {backend:?}; the slowest took {slowest:?}", strings.len());
    });
}
