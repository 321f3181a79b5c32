//! Words that a text holds are found, however many others share them.

use serde_json::{Value, json};

use super::verify;
use crate::support::{Database, each_backend, native_row};

/// Short texts that share most of a common phrase, long ones that hold it, and one by Ada Quill. The
/// days keep them apart.
fn corpus() -> String {
    let name = |n: usize| ["Bo Ek", "Cy Dee", "Flo Garr", "Hal Ives", "Jo Kell"][n % 5];
    let short = (0..600).map(|n| {
        let text = format!("They told us that the harbour is open, day {n}");
        native_row(&format!("short{n}"), &text, json!({"speaker": name(n)}))
    });
    let long = |n: usize, speaker: &str| {
        let text = format!(
            "On day {n} of this winter somebody came from the council and said to me that the \
             harbour is closed to all ships, and so all of us stayed where we were"
        );
        native_row(&format!("long{n}"), &text, json!({"speaker": speaker}))
    };
    let others = (0..450).map(|n| long(n, name(n)));
    short.chain(others).chain([long(1_000, "Ada Quill")]).collect()
}

fn speakers(answer: &Value) -> Vec<&str> {
    let matches = answer["matches"].as_array().unwrap();
    matches.iter().filter_map(|one| one["quote"]["speaker"]["name"].as_str()).collect()
}

#[test]
fn a_phrase_of_hundreds_is_found_with_whom_it_is_attributed_to() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        for words in ["that the harbour is closed", "said to me that the harbour is closed to"] {
            let asked =
                |by: &str| verify(&database, &format!("text: \"{words}\", attributedTo: \"{by}\""));
            let hers = asked("Ada Quill");
            assert_eq!(hers["verdict"], "EXCERPT", "{words}: {hers}");
            assert_eq!(speakers(&hers)[0], "Ada Quill", "{words}: {hers}");
            assert_eq!(asked("Bob Stone")["verdict"], "MISATTRIBUTED", "{words}");
            assert_eq!(
                verify(&database, &format!("text: \"{words}\""))["verdict"],
                "EXCERPT",
                "{words}"
            );
        }
    });
}
