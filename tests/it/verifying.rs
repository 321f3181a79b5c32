//! `verify` and `dixit verify`: the whole way from words to verdict, on both databases.

mod certificate;
mod command;
mod guide;
mod held;
mod near;

use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, native_row};

/// What Ada Quill, Bob Stone and some office-holders are on record with.
fn corpus() -> String {
    let long = "We will build the bridge before the winter comes, but only if the council pays \
                for the steel in advance.";
    let quill = json!({"speaker": "Ada Quill", "role": "mayor", "said_at": "2021-08-13"});
    [
        native_row("one", long, quill.clone()),
        native_row("two", &long.to_uppercase(), quill),
        native_row("three", "The harbour belongs to everybody who works in it.", json!({})),
        native_row(
            "four",
            "Nobody asked us about the steel before the work began.",
            json!({"speaker": "Bob Stone"}),
        ),
        native_row(
            "five",
            "Nobody asked us about the steel before the work began!",
            json!({"speaker": "Carl Reed"}),
        ),
        native_row(
            "six",
            "There is no truth in what was said about our prisoners.",
            json!({"role": "Taliban spokesman"}),
        ),
    ]
    .concat()
}

/// The answer to one question.
fn verify(database: &Database, arguments: &str) -> Value {
    let document = format!(
        "{{ verify({arguments}) {{ verdict findings {{ kind }} nearest {{ score }} \
         certificate {{ digest quoteCount statementCount articleCount siteCount normalForm \
            earliest latest publisherCount }} \
         matches {{ score part stored meaningBearing diff {{ op text }} \
            quote {{ id text vanished {{ at }} article {{ documentId }} speaker {{ name }} }} \
            statement {{ articleCount }} }} }} }}"
    );
    database.ask(&document)["data"]["verify"].clone()
}

fn findings(answer: &Value) -> Vec<&str> {
    answer["findings"].as_array().unwrap().iter().map(|f| f["kind"].as_str().unwrap()).collect()
}

fn documents(answer: &Value) -> Vec<&str> {
    let matches = answer["matches"].as_array().unwrap().iter();
    matches.map(|m| m["quote"]["article"]["documentId"].as_str().unwrap()).collect()
}

#[test]
fn a_text_is_judged_by_what_is_on_record() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        for (arguments, verdict, found) in [
            (
                r#"text: "the harbour belongs to everybody who works in it""#,
                "VERBATIM",
                vec!["TYPOGRAPHY"],
            ),
            (
                r#"text: "We will build the bridge before the winter comes", attributedTo: "Mayor Quill""#,
                "EXCERPT",
                vec!["CUT_BEFORE_BUT"],
            ),
            (
                r#"text: "We will not build the bridge before the winter comes""#,
                "ALTERED",
                vec!["NEGATION_CHANGED"],
            ),
            (
                r#"text: "The harbour belongs to everybody who works in it.", attributedTo: "Bob Stone""#,
                "VERBATIM",
                vec![],
            ),
            (
                r#"text: "There is no truth in what was said about our prisoners.", attributedTo: "the Taliban""#,
                "VERBATIM",
                vec![],
            ),
            (
                r#"text: "There is no truth in what was said about our prisoners.", attributedTo: "a UN spokesman""#,
                "MISATTRIBUTED",
                vec![],
            ),
            (r#"text: "Nothing of the kind was ever printed anywhere""#, "NOT_FOUND", vec![]),
        ] {
            let answer = verify(&database, arguments);
            assert_eq!(answer["verdict"], verdict, "{arguments}: {answer:#}");
            for finding in found {
                assert!(findings(&answer).contains(&finding), "{arguments}: {answer:#}");
            }
        }
    });
}

#[test]
fn reprints_stand_behind_and_other_speakers_are_told() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        let answer =
            verify(&database, r#"text: "Nobody asked us about the steel before the work began.""#);
        assert_eq!(answer["verdict"], "VERBATIM", "{answer:#}");
        assert!(findings(&answer).contains(&"DISPUTED_ATTRIBUTION"), "{answer:#}");
        assert_eq!(documents(&answer).len(), 2);
        let stone = verify(
            &database,
            r#"text: "Nobody asked us about the steel before the work began.", attributedTo: "Stone""#,
        );
        assert_eq!(stone["verdict"], "VERBATIM", "{stone:#}");
        assert_eq!(documents(&stone)[0], "four");
        let words = "We will build the bridge before the winter comes, but only if the council \
                     pays for the steel in advance.";
        let answer = verify(&database, &format!("text: \"{words}\""));
        assert_eq!(documents(&answer).len(), 2, "{answer:#}");
        assert_eq!(answer["matches"][0]["statement"]["articleCount"], 2);
    });
}

#[test]
fn role_date_and_article_are_compared_with_the_record() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        let words = r#"text: "We will build the bridge before the winter comes""#;
        let asked = |more: &str| verify(&database, &format!("{words}, {more}"));
        for (more, finding, expected) in [
            (r#"saidOn: "2021-08-13""#, "WRONG_DATE", false),
            (r#"saidOn: "2021""#, "WRONG_DATE", false),
            (r#"saidOn: "2019-01-01""#, "WRONG_DATE", true),
            (r#"articleUrl: "http://www.news.example/two""#, "NOT_IN_ARTICLE", false),
            (r#"articleUrl: "https://news.example/four""#, "NOT_IN_ARTICLE", true),
            (r#"attributedTo: "Ada Quill""#, "WRONG_ROLE", false),
            (r#"attributedTo: "UN spokeswoman Ada Quill""#, "WRONG_ROLE", true),
        ] {
            let answer = asked(more);
            assert_eq!(answer["verdict"], "EXCERPT", "{more}: {answer:#}");
            assert_eq!(findings(&answer).contains(&finding), expected, "{more}: {answer:#}");
        }
        let here = asked(r#"articleUrl: "https://news.example/two""#);
        assert_eq!(documents(&here)[0], "two");
    });
}

#[test]
fn words_of_a_body_are_none_of_a_person_of_another_one() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        let words = r#"text: "There is no truth in what was said about our prisoners.""#;
        for (who, verdict) in [
            ("UN spokesman Anton Vale", "MISATTRIBUTED"),
            ("Taliban spokesman Anton Vale", "VERBATIM"),
            ("Anton Vale", "VERBATIM"),
        ] {
            let answer = verify(&database, &format!("{words}, attributedTo: \"{who}\""));
            assert_eq!(answer["verdict"], verdict, "{who}: {answer:#}");
        }
        // A name that nobody lists is a name, and stands on record as a description if it has to.
        let park = native_row("park", "The tide came in at noon.", json!({"speaker": "Inbo Park"}));
        let own = Database::of(backend, &park);
        let answer =
            verify(&own, r#"text: "The tide came in at noon.", attributedTo: "Inbo Park""#);
        assert_eq!(
            (&answer["verdict"], findings(&answer)),
            (&json!("VERBATIM"), vec![]),
            "{answer:#}"
        );
        let words = r#"text: "Nobody asked us about the steel before the work began.""#;
        let answer = verify(&database, &format!("{words}, attributedTo: \"Inbo Park\""));
        assert_eq!(answer["verdict"], "MISATTRIBUTED", "{answer:#}");
    });
}

#[test]
fn the_print_that_has_the_number_is_the_source() {
    each_backend(|backend| {
        let said = |id: &str, number: &str| {
            let text = format!("The water rose by {number} metres in one night.");
            native_row(id, &text, json!({"speaker": "Ada Quill"}))
        };
        let database = Database::of(
            backend,
            &[said("one", "2.5"), said("two", "2 5"), said("three", "-2.5")].concat(),
        );
        for (number, document) in [("2.5", "one"), ("2 5", "two"), ("\u{2212}2.5", "three")] {
            let text = format!("text: \"The water rose by {number} metres in one night!\"");
            let answer = verify(&database, &text);
            assert_eq!(answer["verdict"], "VERBATIM", "{answer:#}");
            assert_eq!(documents(&answer), [document], "{answer:#}");
        }
    });
}

#[test]
fn what_a_page_hides_in_a_text_is_mended() {
    let database = Database::of(Backend::Sqlite, &corpus());
    for hidden in ["\u{202a}", "\\u0000"] {
        let words = format!("The harbour belongs to {hidden}everybody who works in it.");
        let answer = verify(&database, &format!("text: \"{words}\""));
        assert_eq!(answer["verdict"], "VERBATIM", "{answer:#}");
    }
}

#[test]
fn what_cannot_be_asked_is_told() {
    let database = Database::of(Backend::Sqlite, &corpus());
    for (document, code) in [
        (r#"{ verify(text: " ") { verdict } }"#.to_owned(), "BAD_USER_INPUT"),
        (r#"{ verify(text: "a", saidOn: "soon") { verdict } }"#.to_owned(), "BAD_USER_INPUT"),
        (r#"{ verify(text: "a", articleUrl: "x") { verdict } }"#.to_owned(), "BAD_USER_INPUT"),
        (r#"{ verifyMany(inputs: []) { verdict } }"#.to_owned(), "BAD_USER_INPUT"),
        (format!("{{ verify(text: \"{}\") {{ verdict }} }}", "a ".repeat(5_001)), "LIMIT"),
        (
            format!("{{ verifyMany(inputs: [{}]) {{ verdict }} }}", "{text: \"a\"}".repeat(51)),
            "LIMIT",
        ),
    ] {
        let answer: Value = serde_json::from_str(&database.answer(&document, None)).unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer:#}");
    }
}

#[test]
fn several_questions_are_answered_in_their_order() {
    each_backend(|backend| {
        let database = Database::of(backend, &corpus());
        let answer = database.ask(
            r#"{ verifyMany(inputs: [
                {text: "Nobody asked us about the steel before the work began", attributedTo: "Bob Stone"},
                {text: "Nobody asked us about the gold mines of the far north"},
                {text: "The harbour belongs to everybody"}
            ]) { verdict matches(first: 1) { quote { text } } } }"#,
        );
        let verdicts = answer["data"]["verifyMany"].as_array().unwrap().iter();
        let verdicts: Vec<&str> = verdicts.map(|a| a["verdict"].as_str().unwrap()).collect();
        assert_eq!(verdicts, ["VERBATIM", "NOT_FOUND", "EXCERPT"], "{answer:#}");
    });
}
