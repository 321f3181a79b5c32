//! Marks of several languages and tools.

use super::QuoteKind::{Direct, Indirect, Mixed};
use super::*;
use proptest::prelude::*;

fn check(text: &str, words: &str, kind: QuoteKind) {
    let found = take_off(text);
    assert_eq!((found.words, found.kind), (words, kind), "{text}");
    let before: String = text.chars().take(found.before).collect();
    assert!(text[before.len()..].starts_with(words), "{text}: {}", found.before);
}

#[test]
fn a_pair_around_the_whole_is_taken_off() {
    for text in [
        "\"We go home\"",
        "“We go home”",
        "„We go home“",
        "„We go home”",
        "”We go home”",
        "«We go home»",
        "« We go home »",
        "«\u{202f}We go home\u{a0}»",
        "»We go home«",
        "‘We go home’",
        "‚We go home‘",
        "'We go home'",
        "‹We go home›",
        "「We go home」",
        "``We go home''",
        "`` We go home ''",
        "``We go home\"",
        "''We go home''",
        "\"\"We go home\"\"",
        "“‘We go home’”",
        "\"'We go home'\"",
        "  “We go home” ",
        "“We go home”,",
        "“We go home”.",
    ] {
        check(text, "We go home", Direct);
    }
    check("“We go home,”", "We go home,", Direct);
    check("“ We do n’t need to . ”", "We do n’t need to .", Direct);
}

#[test]
fn what_is_inside_stays() {
    check("“He said ‘no’ to me”", "He said ‘no’ to me", Direct);
    check("\"He said \"no\" to me\"", "He said \"no\" to me", Direct);
    check("“The ‘boss’ isn’t here”", "The ‘boss’ isn’t here", Direct);
    check(
        "\"Rock 'n roll, the '90s and the boys' toys\"",
        "Rock 'n roll, the '90s and the boys' toys",
        Direct,
    );
    check("„Sie sagte «nein»“", "Sie sagte «nein»", Direct);
    check("“One.\n\n“Two.”", "One.\n\n“Two.", Direct);
    check("“No” means “no”", "“No” means “no”", Mixed);
}

#[test]
fn a_mark_without_its_counterpart_is_taken_off() {
    check("\"The mayor has gone too far", "The mayor has gone too far", Direct);
    check("“The mayor has gone too far", "The mayor has gone too far", Direct);
    check("`` The mayor has gone", "The mayor has gone", Direct);
    check("The mayor has gone too far.\"", "The mayor has gone too far.", Direct);
    check("The mayor has gone too far,” ", "The mayor has gone too far,", Direct);
    check("'Tis the season", "'Tis the season", Indirect);
    check("the toys of the boys'", "the toys of the boys'", Indirect);
}

#[test]
fn inches_and_apostrophes_are_no_marks() {
    for text in
        ["The boat is 12\"", "a 5'10\" man", "12” and more", "rock 'n' roll", "fish ‘N’ chips"]
    {
        check(text, text, Indirect);
    }
    check("\"We have 12\"", "We have 12", Direct);
    check("\"It is rock 'n' roll\"", "It is rock 'n' roll", Direct);
    check("a 12\" boat, \"they\" said", "a 12\" boat, \"they\" said", Mixed);
}

#[test]
fn words_partly_in_marks_are_mixed() {
    for text in [
        "\"very little\" was known of it",
        "that it \"contributes to rather than diminishes the risk",
        "Folk 'deeply disturbed' by the storm",
        "an “orderly transition” and “peace”",
        "\"I know,\" she said, \"but no\"",
        "“I know,” she said, “but no”",
        "Station\"This is what happens",
    ] {
        check(text, text, Mixed);
    }
    check("\"I know,\" \"but no\"", "\"I know,\" \"but no\"", Direct);
}

#[test]
fn without_marks_nothing_is_done() {
    for text in
        ["", " ", "We don't go", "the boys’ toys weren’t", "rock ’n’ roll", "\"\"", "“”", "…"]
    {
        let found = take_off(text);
        assert_eq!((found.words, found.before), (text, 0), "{text}");
    }
    check(" that he goes ", " that he goes ", Indirect);
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\"", "“", "”", "„", "«", "»", "‘", "’", "'", "``", "''", "word", "don't", " ", " ", "\n",
        ",", ".", "(", "–", "é",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..14).prop_map(|all| all.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn words_are_a_part_of_the_text_and_keep_their_place(text in texts()) {
        let found = take_off(&text);
        let before: usize = text.chars().take(found.before).map(char::len_utf8).sum();
        prop_assert!(text[before..].starts_with(found.words));
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        prop_assert_eq!(letters(found.words), letters(&text));
        prop_assert_eq!(take_off(found.words).words, found.words);
    }

    #[test]
    fn plain_words_in_any_pair_are_direct(
        words in "[a-z]{1,8}( [a-z]{1,8}){0,5}",
        pair in prop::sample::select(vec![("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("``", "''")]),
    ) {
        let text = format!("{}{words}{}", pair.0, pair.1);
        let found = take_off(&text);
        prop_assert_eq!((found.words, found.kind), (words.as_str(), Direct));
        prop_assert_eq!(take_off(&words).kind, Indirect);
    }
}

#[test]
fn quotations_inside_a_sentence_are_found() {
    let text = "He called it \"a 'short' basis\", \u{201c}not more\u{201d}, in the '90s.";
    let found: Vec<_> = quoted(text).into_iter().map(|at| &text[at]).collect();
    assert_eq!(found, ["a 'short' basis", "not more"]);
}

#[test]
fn french_marks_have_blanks_inside() {
    let text = "Il a dit \u{ab}\u{a0}nous rentrons\u{a0}\u{bb} et \u{ab} pas demain \u{bb}.";
    let found: Vec<_> = quotations(text).into_iter().map(|at| &text[at]).collect();
    assert_eq!(found, ["nous rentrons", "pas demain"]);
    assert!(unclosed(text).is_empty());
    assert_eq!(unclosed("He said \u{201c}we go and went. \u{201c}No\u{201d}"), [8]);
}
