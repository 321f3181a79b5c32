//! What citations say, and that no text in them becomes anything else.

use proptest::prelude::*;

use super::*;
use crate::domain::id::Kind;

fn cited<'c>(text: &'c str, name: &'c str) -> Cited<'c> {
    Cited {
        id: Id::derive(Kind::Quote, &[b"a quote"]),
        page: Some("https://quotes.example/quotes/1".to_owned()),
        text,
        kind: QuoteKind::Direct,
        source: Some(name.into()),
        caveats: Vec::new(),
        title: Some(name),
        publisher: Some(name),
        authors: vec![name, name],
        published: "2021-08".parse().ok(),
        language: Some("en"),
        url: Some("https://news.example/a"),
    }
}

#[test]
fn a_date_is_as_exact_as_it_is_known() {
    for (date, words) in [
        ("2021", "2021"),
        ("2021-08", "August 2021"),
        ("2021-08-03", "3 August 2021"),
        ("2021-12-31T23:30:00-01:00", "1 January 2022"),
    ] {
        assert_eq!(in_words(date.parse().expect("a date")), words);
    }
}

#[test]
fn what_is_not_known_is_left_out_and_nobody_is_made_up() {
    let id = Id::derive(Kind::Quote, &[b"a quote"]);
    let bare = Cited {
        id,
        page: None,
        text: "the quay was empty",
        kind: QuoteKind::Indirect,
        source: None,
        caveats: Vec::new(),
        title: None,
        publisher: None,
        authors: Vec::new(),
        published: None,
        language: None,
        url: None,
    };
    assert_eq!(
        bare.written(Style::Plain),
        format!("Reported: the quay was empty (the article names no source). dixit, quote {id}\n")
    );
    // What is no quotation stands in no quotation marks; without a title the template shows an error.
    assert_eq!(
        bare.written(Style::Wikipedia),
        format!(
            "{{{{Cite news |title=&#91;title not known&#93;}}}} Reported&#58; the quay was empty (the article \
             names no source). dixit, quote {id}\n"
        )
    );
    let csl: serde_json::Value = serde_json::from_str(&bare.written(Style::Csl)).expect("JSON");
    for name in ["author", "issued", "title", "URL"] {
        assert!(csl[0].get(name).is_none(), "{name}");
    }
    assert!(!bare.written(Style::Bibtex).contains("author"));
}

#[test]
fn a_citation_tells_whose_words_they_are_and_what_speaks_against_that() {
    let caveat = "Elsewhere the same words are attributed to Bo Ek.";
    let told =
        Cited { caveats: vec![caveat.to_owned()], ..cited("the quay is closed", "Ada Quill") };
    for (style, told_there) in [
        (
            Style::Plain,
            "(attributed to: Ada Quill). Elsewhere the same words are attributed to Bo Ek. dixit, ",
        ),
        (
            Style::Bibtex,
            "(attributed to: Ada Quill). Elsewhere the same words are attributed to Bo Ek. dixit, ",
        ),
        (
            Style::Csl,
            "(attributed to: Ada Quill). Elsewhere the same words are attributed to Bo Ek.\"",
        ),
        (
            Style::Wikipedia,
            "|quote=the quay is closed}} Attributed to&#58; Ada Quill. Elsewhere the same words are \
             attributed to Bo Ek. dixit, https://quotes.example/quotes/1\n",
        ),
    ] {
        let written = told.written(style);
        assert!(written.contains(told_there), "{style}: {written}");
    }
}

#[test]
fn a_straight_quotation_mark_is_one_that_every_font_of_latex_has() {
    let text = r#""Stay" (she said "no") 5""#;
    let written = cited(text, "Ada Quill").written(Style::Bibtex);
    let (left, right) = ("\\textquotedblleft{}", "\\textquotedblright{}");
    let marked = format!("{left}Stay{right} (she said {left}no{right}) 5{right}");
    assert!(written.contains(&marked), "{written}");
}

/// Signs that mean something somewhere.
const SIGNS: &str = r#"<ref>}}|{{[[Category:x]]''' \input{x} $&%#_^~"{ } </script>\n\u{2028}"#;

/// How deep the braces are at each place, as BibTeX counts them.
fn depths(text: &str) -> Vec<i32> {
    let step = |depth: &mut i32, c: char| {
        *depth += i32::from(c == '{') - i32::from(c == '}');
        Some(*depth)
    };
    text.chars().scan(0, step).collect()
}

proptest! {
    #[test]
    fn no_text_ends_its_field_or_becomes_a_command(
        text in prop_oneof![".{0,60}", "[<>|{}\\[\\]'=~_\\\\$&%#^\"\n:/@ a\u{2028}]{0,40}", Just(SIGNS.to_owned())],
        name in prop_oneof![".{1,20}", "[|{}\\[\\]\\\\%&'=\n]{1,20}"],
    ) {
        let (hostile, harmless) = (cited(&text, &name), cited("words", "Name"));
        let lines = |cited: &Cited<'_>, style| cited.written(style).lines().count();
        for style in [Style::Plain, Style::Bibtex, Style::Wikipedia] {
            prop_assert_eq!(lines(&hostile, style), lines(&harmless, style));
        }

        let bibtex = hostile.written(Style::Bibtex);
        let depths = depths(&bibtex);
        prop_assert!(depths.iter().all(|depth| *depth >= 0), "{}", bibtex);
        // It ends where its last brace is, and nowhere before.
        let end = bibtex.trim_end().chars().count();
        let zero = depths.iter().skip("@misc{".len()).position(|depth| *depth == 0);
        prop_assert_eq!(zero.map(|at| at + "@misc{".len() + 1), Some(end));
        let commands = bibtex.replace("\\textbackslash{}", "");
        for (at, _) in commands.match_indices('\\') {
            let rest = &commands[at + 1..];
            let known = rest.starts_with("text") || rest.starts_with(['$', '%', '&', '#', '_']);
            prop_assert!(known, "{}", bibtex);
        }

        let wikipedia = hostile.written(Style::Wikipedia);
        let inside = wikipedia.strip_prefix("{{").and_then(|rest| rest.split_once("}} "));
        let (inside, note) = inside.expect("one template");
        let note = note.strip_suffix(". dixit, https://quotes.example/quotes/1\n").expect("a note");
        prop_assert!(!note.contains(['{', '}', '[', ']', '<', '>', '|', ':', '\n']), "{}", note);
        prop_assert!(!note.contains("''") && !note.contains("~~"), "{}", note);
        prop_assert!(!inside.contains(['{', '}', '[', ']', '<', '>']), "{}", inside);
        prop_assert!(!inside.contains("''") && !inside.contains("~~"), "{}", inside);
        prop_assert_eq!(inside.matches('|').count(), 8, "{}", inside);
        prop_assert_eq!(inside.matches('=').count(), 8, "{}", inside);

        let csl: serde_json::Value = serde_json::from_str(&hostile.written(Style::Csl)).expect("JSON");
        let told = line(&name);
        prop_assert_eq!(csl[0]["title"].as_str(), Some(told.as_str()));
    }
}
