//! `dixit verify` as a person and as a program use it.

use serde_json::{Value, json};

use super::corpus;
use crate::support::{Workplace, each_backend};

fn place(backend: crate::support::Backend) -> Workplace {
    let place = Workplace::new(backend);
    let rows = place.file("rows.jsonl", corpus());
    assert_eq!(place.dixit(&["import", &rows]).code, 0);
    place
}

#[test]
fn one_text_is_told_to_people() {
    each_backend(|backend| {
        let place = place(backend);
        let words = "We will not build the bridge before the winter comes";
        let done = place.dixit(&["verify", words, "--attributed-to", "Ada Quill"]);
        assert_eq!(done.code, 1, "{done:?}");
        for part in ["ALTERED\n", "NEGATION_CHANGED", "{+not +}", "Ada Quill, mayor", "2021-08-13"]
        {
            assert!(done.out.contains(part), "{part} in {}", done.out);
        }
        // Nobody sees colours in a pipe.
        assert!(!done.out.contains('\u{1b}'), "{}", done.out);
        let harbour = "The harbour belongs to everybody who works in it.\n";
        let done = place.dixit_reading(&["verify"], harbour.as_bytes());
        assert_eq!((done.code, done.out.lines().next()), (0, Some("VERBATIM")), "{done:?}");
        let done = place.dixit(&["verify", "Nothing of the kind was printed"]);
        assert_eq!(done.code, 1);
        assert!(done.out.contains("searched: 6 quotes, 5 statements, 6 articles"), "{}", done.out);
        let done = place.dixit(&["verify", "words", "--said-on", "soon"]);
        assert_eq!(done.code, 2, "{done:?}");
    });
}

#[test]
fn every_line_has_its_answer_in_order() {
    each_backend(|backend| {
        let place = place(backend);
        let mut input = String::new();
        for number in 0..200 {
            input += &match number % 4 {
                0 => json!({"id": number, "text": "Nobody asked us about the steel before the work began."}).to_string(),
                1 => "no json".to_owned(),
                2 => json!({"id": number, "attributedTo": null}).to_string(),
                _ => json!({"id": number, "text": "Not on record at all, not at all",
                    "attributedTo": "Ada Quill", "expected": "left alone"})
                .to_string(),
            };
            input += "\n";
        }
        let done = place.dixit_reading(&["verify", "--json"], input.as_bytes());
        assert_eq!(done.code, 1);
        assert_eq!(done.err.lines().count(), 100, "{}", done.err);
        let answers: Vec<Value> =
            done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(answers.len(), 200);
        for (number, answer) in answers.iter().enumerate() {
            match number % 4 {
                0 => {
                    assert_eq!(
                        (&answer["id"], &answer["verdict"]),
                        (&json!(number), &json!("VERBATIM"))
                    );
                    assert_eq!(answer["matches"].as_array().unwrap().len(), 2, "{answer}");
                    assert!(answer["matches"][0]["quoteId"].is_string());
                    assert_eq!(answer["findings"], json!(["DISPUTED_ATTRIBUTION"]));
                }
                1 => {
                    assert_eq!((&answer["id"], &answer["line"]), (&Value::Null, &json!(number + 1)))
                }
                2 => {
                    assert_eq!(answer["id"], number);
                    assert!(answer["error"].as_str().unwrap().contains("text"), "{answer}");
                }
                _ => assert_eq!(answer["verdict"], "NOT_FOUND", "{answer}"),
            }
        }
    });
}

#[test]
fn the_quotations_of_an_article_are_judged_each() {
    each_backend(|backend| {
        let place = place(backend);
        let text = "\u{201c}Nobody asked us about the steel before the work began,\u{201d} said Bob Stone.\n\
            He added: \"The harbour belongs to nobody who works in it.\"\n";
        let file = place.file("article.txt", text);
        let done = place.dixit(&["verify", "--article", &file]);
        assert_eq!(done.code, 1, "{done:?}");
        let starts: Vec<&str> = done.out.lines().filter(|line| !line.starts_with(' ')).collect();
        assert_eq!(starts[0], "1:2  VERBATIM DISPUTED_ATTRIBUTION");
        assert!(starts[1].starts_with("2:12  ALTERED"), "{}", done.out);
        assert_eq!(starts[2], "2 quotations, 1 on record as they stand");
        let file = place.file("wrong.txt", "\u{ab} The harbour belongs to everybody who works in it. \u{bb}, said Bob Stone.\n\u{201c}Nobody knows");
        let done = place.dixit(&["verify", "--article", &file]);
        assert_eq!(done.code, 1, "{done:?}");
        for part in ["2:1  not judged", "1:3  VERBATIM SPEAKER_UNKNOWN", "attributed to: Bob Stone"]
        {
            assert!(done.out.contains(part), "{part} in {}", done.out);
        }
        // A few words in marks for their own sake stand aside, as in a narrative.
        let file = place.file("few.txt", "They speak of \"peace\". \"The harbour belongs to everybody who works in it,\" he said.");
        let done = place.dixit(&["verify", "--article", &file]);
        assert_eq!(done.code, 0, "{done:?}");
        let last = "2 quotations, 1 on record as they stand, 1 of fewer than five words not on record and not counted\n";
        assert!(done.out.ends_with(last), "{}", done.out);
        let file = place.file("none.txt", "Nobody is quoted here.");
        let done = place.dixit(&["verify", "--article", &file]);
        assert_eq!((done.code, done.out.as_str()), (2, "no quotation found: nothing was judged\n"));
        let done = place.dixit(&["verify", "--article", "not-there.txt"]);
        assert_eq!(done.code, 2);
        assert!(done.err.contains("not-there.txt"), "{done:?}");
    });
}
