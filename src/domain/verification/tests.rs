//! What the verdicts mean, by example, and what holds of every answer.

use super::Finding::{
    CutBeforeBut, DisputedAttribution, EditorialInsertion, Ellipsis, ModalChanged, NameChanged,
    NegationChanged, NumberChanged, OtherSpeaker, SeveralSpeakers, SpeakerUnknown, SpeakerUnsure,
    Typography, WrongDate, WrongRole,
};
use super::Op::{Delete, Equal, Insert};
use super::Verdict::{Altered, Excerpt, Misattributed, NotFound, Spliced, Verbatim};
use super::*;
use proptest::prelude::*;

const KABUL: &str = "It is clear that urban fighting in the city of the size of Kabul would have \
                     catastrophic impact on civilians and we very much hope that this does not happen";
const ACCORD: &str = "We will keep the accord of 2015 as long as Dorvat keeps it, but we are not \
                      going to wait for 1,500 more years. The winds are light today.";
const BRIDGE: &str = "The bridge at Hollow Creek was closed on Monday because two of its cables \
                      had snapped in the storm, and nobody was hurt.";

fn sources<'a>(texts: &[&'a str]) -> Vec<Source<'a>> {
    texts.iter().enumerate().map(|(key, text)| Source::of(key, text)).collect()
}

fn asked(question: &str) -> Verification {
    verify(&Question::read(question), &sources(&[KABUL, ACCORD, BRIDGE]), None)
}

fn verdict(question: &str) -> Verdict {
    asked(question).verdict
}

#[test]
fn the_same_words_are_verbatim_however_they_are_set() {
    for question in [
        ACCORD.to_owned(),
        ACCORD.to_uppercase(),
        format!("\u{201c}{ACCORD}\u{201d}"),
        format!("... {ACCORD} ..."),
        ACCORD.replace(", ", " -- ").replace("accord", "[accord]"),
        ACCORD.replace("1,500", "1500").replace("are not", "are\nnot"),
    ] {
        assert_eq!(verdict(&question), Verbatim, "{question}");
    }
    assert_eq!(asked(KABUL).findings, []);
    assert_eq!(asked(&KABUL.to_uppercase()).findings, [Typography]);
}

#[test]
fn a_point_and_a_minus_sign_are_of_their_number() {
    let stored = "The economy grew by 2.5 percent and 1,200 jobs in the quarter, at -3 degrees.";
    let found = |asked: &str| verify(&Question::read(asked), &sources(&[stored]), None);
    for (number, other) in
        [("2.5", "2,5"), ("1,200", "1200"), ("1,200", "1 200"), ("-3", "\u{2013}3")]
    {
        let asked = stored.replace(number, other);
        assert_eq!(found(&asked).verdict, Verbatim, "{asked}");
    }
    for (number, other) in [
        ("2.5", "25"),
        ("2.5", "2 5"),
        ("2.5", ".25"),
        ("2.5", "-2.5"),
        ("1,200", "12,00"),
        ("1,200", "1.200"),
        ("-3", "3"),
    ] {
        let asked = stored.replace(number, other);
        let found = found(&asked);
        assert_eq!(found.verdict, Altered, "{asked}");
        assert_eq!(found.findings, [NumberChanged], "{asked}");
        assert!(found.matches[0].meaning_bearing, "{asked}");
    }
    assert_eq!(found("grew by 25 percent and 1,200 jobs in the quarter").verdict, Altered);
}

#[test]
fn an_ellipsis_hides_no_negation_and_no_number() {
    let stored = "The virus is not airborne in the usual sense of the word, and we hold it off for \
                  30 days at least, if nobody comes.";
    let found = |asked: &str| verify(&Question::read(asked), &sources(&[stored]), None);
    let told = found("The virus is … airborne in the usual sense of the word");
    assert_eq!((told.verdict, told.findings), (Altered, vec![Ellipsis, NegationChanged]));
    let told = found("and we hold it off for … days at least, if nobody comes");
    assert_eq!((told.verdict, told.findings), (Altered, vec![Ellipsis, NumberChanged]));
    assert!(told.matches[0].meaning_bearing);
    let told = found("The virus is not airborne in the … , and we hold it off for");
    assert_eq!((told.verdict, told.findings), (Excerpt, vec![Ellipsis]));
}

#[test]
fn a_number_is_changed_as_a_whole_and_a_name_keeps_without_accents() {
    let stored = "Kabul fell, and 3,500,000 people left for São Paulo in one month of that year.";
    let found = |asked: &str| verify(&Question::read(asked), &sources(&[stored]), None);
    let told = found(&stored.replace("3,500,000", "3.5 million"));
    assert_eq!((told.verdict, told.findings), (Altered, vec![]));
    let told = found(&stored.replace("3,500,000", "3,600,000"));
    assert_eq!((told.verdict, told.findings), (Altered, vec![NumberChanged]));
    let diff: Vec<_> = told.matches[0].diff.iter().map(|c| (c.op, c.text.as_str())).collect();
    assert_eq!(diff[1..3], [(Delete, "3,500,000 "), (Insert, "3,600,000 ")]);
    let told = found(&stored.replace("São", "Sao"));
    assert_eq!((told.verdict, told.findings), (Verbatim, vec![Typography]));
    let told = found(&stored.replace("Kabul", "Kandahar"));
    assert_eq!((told.verdict, told.findings), (Altered, vec![NameChanged]));
}

#[test]
fn who_may_be_meant_is_told() {
    let by = |by, speaker| Source { by, speaker: Some(speaker), ..Source::of(0, BRIDGE) };
    let judge = |sources: &[Source<'_>]| verify(&Question::read(BRIDGE), sources, None);
    let found = judge(&[by(By::Perhaps, 1)]);
    assert_eq!((found.verdict, found.findings), (Verbatim, vec![SpeakerUnsure]));
    let found = judge(&[by(By::Perhaps, 1), by(By::Attributed, 2)]);
    assert_eq!((found.verdict, found.findings), (Verbatim, vec![DisputedAttribution]));
    let found = judge(&[by(By::Perhaps, 1), by(By::Other, 2)]);
    assert!(found.findings.contains(&SpeakerUnsure));
    assert_eq!(found.verdict, Verbatim);
}

#[test]
fn what_is_made_of_somebody_elses_words_says_so() {
    let day = |day: &str| Some(day.parse::<FuzzyDate>().unwrap());
    let of = |by, said| Source { by, speaker: Some(1), said: day(said), ..Source::of(0, KABUL) };
    let altered = KABUL.replace("is clear", "is not clear");
    let spliced = "We very much hope that this does not happen. It is clear that urban fighting in \
                   the city";
    for (text, verdict) in [(altered.as_str(), Altered), (spliced, Spliced)] {
        let found = |by| verify(&Question::read(text), &[of(by, "2021-08-13")], day("2030"));
        let told = found(By::Other);
        assert_eq!(told.verdict, verdict, "{text}");
        assert!(told.findings.contains(&OtherSpeaker), "{text}: {:?}", told.findings);
        let told = found(By::Attributed);
        assert!(told.findings.contains(&WrongDate), "{text}: {:?}", told.findings);
        assert!(!told.findings.contains(&OtherSpeaker), "{text}: {:?}", told.findings);
    }
}

#[test]
fn five_words_that_are_whole_quotes_of_two_are_disputed() {
    let found = |text: &str, other: &str| {
        let sources = [(0, text), (1, other)]
            .map(|(key, text)| Source { speaker: Some(1 << key), ..Source::of(key, text) });
        verify(&Question::read(text), &sources, None).findings
    };
    assert_eq!(
        found("Nobody stays on the quay", "Nobody stays on the quay"),
        [DisputedAttribution]
    );
    // Parts, and four words, may be anybody's.
    assert_eq!(found("Nobody stays on the quay", "Nobody stays on the quay today, he said"), []);
    assert_eq!(found("We will not go", "We will not go"), []);
}

#[test]
fn a_negation_is_found_wherever_it_went() {
    let stored = "Not a single ship has left the harbour since Monday. We ca n't keep doing this, and \
                  they do n't deserve it at all.";
    let found = |asked: &str| verify(&Question::read(asked), &sources(&[stored]), None);
    let told = found("A single ship has left the harbour since Monday.");
    assert_eq!((told.verdict, told.findings), (Excerpt, vec![Typography, NegationChanged]));
    assert_eq!(found("single ship has left the harbour since Monday").findings, []);
    let told = found("We can keep doing this, and they don't deserve it at all.");
    assert_eq!((told.verdict, told.findings), (Altered, vec![Typography, NegationChanged]));
    let told = found("We can't keep doing this, and they deserve it at all.");
    assert_eq!((told.verdict, told.findings), (Altered, vec![Typography, NegationChanged]));
}

#[test]
fn a_bracketed_word_stands_where_the_text_goes_on() {
    let stored = "We will not send troops to Dorvat before March, but we will send doctors and \
                  engineers if the government asks for them.";
    let asked = "We will [not] send doctors and engineers if the government asks for them.";
    let told = verify(&Question::read(asked), &sources(&[stored]), None);
    assert_eq!((told.verdict, told.findings), (Altered, vec![Typography, EditorialInsertion]));
}

#[test]
fn an_ellipsis_is_one_in_any_spelling() {
    for mark in ["&#x2026;", "•••", "・・・", "····"] {
        let asked = format!("We will keep the accord of 2015 {mark} we are not going to wait");
        let told = self::asked(&asked);
        assert_eq!(
            (told.verdict, told.findings),
            (Excerpt, vec![Ellipsis, CutBeforeBut]),
            "{mark}"
        );
    }
}

#[test]
fn a_narrative_is_judged_by_its_parts() {
    let stored = "It was a short-term basis and that nothing else was ever agreed by them.";
    let all = [
        Source { speaker: Some(1), ..Source::of(0, stored) },
        Source { speaker: Some(2), ..Source::of(1, BRIDGE) },
        Source::of(2, "我们不会等待太久因为桥已经关闭了"),
    ];
    let found = |asked: &str| verify(&Question::read(asked), &all, None);
    let told =
        found("He said it was a \"short-term basis\" and that \"nothing else was ever agreed\".");
    assert_eq!((told.verdict, told.findings), (Excerpt, vec![]));
    let told = found("He said \"nothing else was ever agreed\", she \"closed on Monday\".");
    assert_eq!((told.verdict, told.findings), (Excerpt, vec![SeveralSpeakers]));
    assert_eq!(found("市长说，“因为桥已经关闭了”。").verdict, Excerpt);
    // A narrative of which nothing is quoted on record is not, whatever it tells itself.
    let told = found("He said it was a \"heap of rust\" and nothing else was ever agreed by them");
    assert_eq!((told.verdict, told.matches.len()), (NotFound, 0));
    assert_eq!(told.nearest.map(|nearest| nearest.source), Some(0));
}

#[test]
fn few_words_that_nobody_changed_are_not_altered() {
    let stored = "We keep the accord.";
    for asked in ["We keep the", "keep the"] {
        let found = verify(&Question::read(asked), &sources(&[stored]), None);
        assert_eq!((found.verdict, found.matches.len()), (NotFound, 0), "{asked}");
        assert!(found.nearest.is_some());
    }
}

#[test]
fn what_the_next_quotation_says_was_not_cut() {
    let stored = "We will not raise taxes on working families this year. But we may have to look \
                  at fees in the autumn.";
    let found = |asked: &str| verify(&Question::read(asked), &sources(&[stored]), None);
    let first = "\"We will not raise taxes on working families this year,\" she said.";
    assert!(found(first).findings.contains(&CutBeforeBut));
    let both = format!("{first} \"But we may have to look at fees in the autumn.\"");
    assert!(!found(&both).findings.contains(&CutBeforeBut));
}

#[test]
fn a_name_asked_for_words_of_nobody_is_said_to_be_unknown() {
    let nobodys = Source { by: By::Unknown, ..Source::of(0, BRIDGE) };
    let found = verify(&Question::read(BRIDGE), &[nobodys], None);
    assert_eq!((found.verdict, found.findings), (Verbatim, vec![SpeakerUnknown]));
    let own = Source { by: By::Attributed, speaker: Some(1), ..Source::of(1, BRIDGE) };
    let other_form = Source { speaker: Some(2), ..own };
    let found = verify(&Question::read(BRIDGE), &[nobodys, own, other_form], None);
    assert_eq!((found.verdict, found.findings), (Verbatim, vec![]));
}

#[test]
fn an_excerpt_is_five_words_or_parts_in_order() {
    assert_eq!(verdict("because two of its cables"), Excerpt);
    assert_eq!(verdict("two of its cables"), NotFound);
    for ellipsis in [
        " ... ",
        "… ",
        " . . . ",
        " [...] ",
        " (…) ",
        " […] ",
        " *** ",
        " \u{2025} ",
        "\u{2024}\u{2024}\u{2024} ",
        "。。。",
        " &hellip; ",
        "&#8230;",
        " [snip] ",
    ] {
        let question = format!(
            "The bridge at Hollow Creek was closed{ellipsis}cables had snapped in the storm"
        );
        let found = asked(&question);
        assert_eq!(found.verdict, Excerpt, "{question}");
        assert_eq!(found.findings, [Ellipsis], "{question}");
    }
}

#[test]
fn parts_of_two_or_out_of_order_are_spliced() {
    for question in [
        "The bridge at Hollow Creek was closed as long as Dorvat keeps it",
        "The bridge at Hollow Creek was closed ... as long as Dorvat keeps it",
        "two of its cables had snapped in the storm. The bridge at Hollow Creek was closed",
        "two of its cables had snapped in the storm … The bridge at Hollow Creek was closed",
    ] {
        let found = asked(question);
        assert_eq!(found.verdict, Spliced, "{question}");
        assert_eq!(found.matches.len(), 2, "{question}");
        let parts = found.matches.iter().map(|found| &question[found.part.clone()]);
        assert_eq!(parts.collect::<String>(), question);
    }
}

#[test]
fn changed_words_are_altered_and_what_they_carry_is_told() {
    for (from, to, finding) in [
        ("would have", "would not have", Some(NegationChanged)),
        ("does not happen", "does happen", Some(NegationChanged)),
        ("does not happen", "doesn't happen", None),
        ("would have", "might have", Some(ModalChanged)),
        ("Kabul", "Dorvat", Some(NameChanged)),
        ("urban fighting", "fierce fighting", None),
        ("very much hope", "hope", None),
        ("catastrophic", "[a bad]", None),
    ] {
        let found = asked(&KABUL.replace(from, to));
        assert_eq!(found.verdict, Altered, "{to}");
        let matched = found.matches.first().map(|found| found.meaning_bearing);
        assert_eq!(matched, Some(finding.is_some()), "{to}");
        let kept = |found: &&Finding| !matches!(found, Typography | EditorialInsertion);
        let told: Vec<_> = found.findings.iter().filter(kept).copied().collect();
        assert_eq!(told, Vec::from_iter(finding), "{to}");
    }
    for (from, to, changed) in
        [("1,500", "1,600", true), ("2015", "2016", true), ("1,500", "1500", false)]
    {
        let found = asked(&ACCORD.replace("light", "calm").replace(from, to));
        assert_eq!(found.findings.contains(&NumberChanged), changed, "{to}");
    }
    let found = asked(&BRIDGE.replace("two", "2").replace("hurt", "harmed"));
    assert!(!found.findings.contains(&NumberChanged));
    let found = asked(&KABUL.replace("urban", "[heavy] urban"));
    assert_eq!((found.verdict, found.findings), (Altered, vec![EditorialInsertion]));
}

#[test]
fn what_is_not_on_record_shows_what_came_nearest() {
    let found = asked("The committee will publish its findings on Monday and not before");
    assert_eq!((found.verdict, found.matches.len()), (NotFound, 0));
    let found =
        asked("It is clear that urban fighting will have to find a way to pay for its trams");
    assert_eq!((found.verdict, found.matches.len()), (NotFound, 0));
    assert_eq!(found.nearest.map(|nearest| nearest.source), Some(0));
}

#[test]
fn the_difference_is_told_word_by_word() {
    let question = KABUL.replace("would", "would not");
    let found = asked(&question);
    let diff: Vec<_> = found.matches[0].diff.iter().map(|c| (c.op, c.text.as_str())).collect();
    let (head, tail) = question.split_once("not ").unwrap_or_default();
    assert_eq!(diff, [(Equal, head), (Insert, "not "), (Equal, tail)]);
    let found = asked(&BRIDGE.replace("Monday", "Sunday"));
    let diff: Vec<_> = found.matches[0].diff.iter().map(|c| (c.op, c.text.as_str())).collect();
    assert_eq!(diff[1..3], [(Delete, "Monday "), (Insert, "Sunday ")]);
}

#[test]
fn somebody_elses_words_are_misattributed() {
    let by = |by| Source { by, ..Source::of(0, BRIDGE) };
    let judge = |sources: &[Source<'_>]| verify(&Question::read(BRIDGE), sources, None).verdict;
    assert_eq!(judge(&[by(By::Attributed)]), Verbatim);
    assert_eq!(judge(&[by(By::Other)]), Misattributed);
    assert_eq!(judge(&[by(By::Other), by(By::Attributed)]), Verbatim);
    assert_eq!(judge(&[by(By::Other), by(By::Unknown)]), Misattributed);
    assert_eq!(judge(&[by(By::Unknown)]), Verbatim);
    let excerpt = Question::read("two of its cables had snapped");
    assert_eq!(verify(&excerpt, &[by(By::Other)], None).verdict, Misattributed);
}

#[test]
fn facts_about_sources_are_findings() {
    let date = |text: &str| text.parse::<FuzzyDate>().ok();
    let source = Source { speaker: Some(1), said: date("2021-08-13"), ..Source::of(0, BRIDGE) };
    let judge = |sources: &[Source<'_>], said_on| {
        verify(&Question::read(BRIDGE), sources, said_on).findings
    };
    assert_eq!(judge(&[source], date("2021-08")), []);
    assert_eq!(judge(&[source], date("2021-08-14")), []);
    assert_eq!(judge(&[source], date("2020")), [WrongDate]);
    let reported = Source { said: None, reported: date("2021-08-13"), ..source };
    assert_eq!(judge(&[reported], date("2020")), []);
    assert_eq!(judge(&[reported], date("2022")), [WrongDate]);
    assert_eq!(judge(&[Source { other_role: true, ..source }], None), [WrongRole]);
    let other = Source { speaker: Some(2), ..source };
    assert_eq!(judge(&[source, other], None), [DisputedAttribution]);
}

#[test]
fn a_cut_before_the_turn_is_told() {
    for (question, cut) in [
        ("We will keep the accord of 2015 as long as Dorvat keeps it", true),
        ("We will keep the accord of 2015 as long as Dorvat", true),
        ("we are not going to wait for 1,500 more years", false),
        ("The winds are light today", false),
    ] {
        let found = asked(question);
        assert_eq!(found.verdict, Excerpt, "{question}");
        assert_eq!(found.findings.contains(&CutBeforeBut), cut, "{question}");
    }
}

#[test]
fn a_narrative_is_judged_by_its_quotations() {
    for (question, expected) in [
        ("The mayor said the bridge was \"closed on Monday\" and blamed the builders", Excerpt),
        ("The mayor said that \u{201c}two of its cables had snapped\u{201d}, and left.", Excerpt),
        ("The mayor said that \"three of its cables had snapped in the storm\" and left", Altered),
        ("The mayor said the bridge was a \"heap of rust\"", NotFound),
        ("The bridge at \"Hollow Creek\" was closed on Monday", Excerpt),
    ] {
        assert_eq!(verdict(question), expected, "{question}");
    }
    let question = "She said it was \"closed on Monday\".";
    let found = asked(question);
    assert_eq!(
        found.matches.first().map(|found| &question[found.part.clone()]),
        Some("closed on Monday")
    );
    let other = Source { by: By::Other, ..Source::of(0, BRIDGE) };
    assert_eq!(verify(&Question::read(question), &[other], None).verdict, NotFound);
}

#[test]
fn other_scripts_and_languages_are_compared_too() {
    let stored =
        ["我们不会等待太久因为桥已经关闭了", "Wir haben das nicht gewollt, aber es war nötig."];
    let judge = |text: &str| verify(&Question::read(text), &sources(&stored), None);
    assert_eq!(judge("因为桥已经关闭").verdict, Excerpt);
    let found = judge("Wir haben das gewollt, aber es war nötig");
    assert_eq!((found.verdict, found.findings), (Altered, vec![NegationChanged]));
}

/// Few words, so that texts have much in common, with what could confuse a cut.
fn prose(words: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "a",
        "wind",
        "Wind",
        "don't",
        "not",
        "1,500",
        "½",
        "我们",
        "[x]",
        "\"",
        "...",
        "é",
        "e\u{301}",
        "ﬁn",
        "-",
        ", ",
        "\u{201c}",
        "said",
        "ที่",
        "will",
        "\u{300}",
    ]);
    let gap = prop::sample::select(vec![" ", " ", " ", "", "\n", " … "]);
    prop::collection::vec((word, gap), words)
        .prop_map(|words| words.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

fn letters(text: &str) -> String {
    crate::domain::text::words(text).replace(' ', "")
}

proptest! {
    #[test]
    fn a_difference_rebuilds_the_question_and_the_stored_words(
        (question, stored) in (prose(0..30), prose(0..30))
    ) {
        let found = verify(&Question::read(&question), &sources(&[&stored, &question[..0]]), None);
        for matched in found.matches.iter().chain(&found.nearest) {
            let of = |ops: [Op; 2]| -> String {
                matched.diff.iter().filter(|c| ops.contains(&c.op)).map(|c| c.text.as_str()).collect()
            };
            prop_assert_eq!(&of([Equal, Insert]), &question[matched.part.clone()]);
            prop_assert_eq!(letters(&of([Equal, Delete])), letters(&stored[matched.stored.clone()]));
            prop_assert!(matched.diff.windows(2).all(|pair| pair[0].op != pair[1].op));
            prop_assert!((0.0..=1.0).contains(&matched.score));
        }
    }

    #[test]
    fn order_of_sources_changes_no_verdict(
        (question, stored) in (prose(5..20), prop::collection::vec(prose(3..30), 1..5))
    ) {
        let mut texts: Vec<&str> = stored.iter().map(String::as_str).collect();
        let question = Question::read(&question);
        let verdict = verify(&question, &sources(&texts), None).verdict;
        texts.reverse();
        prop_assert_eq!(verify(&question, &sources(&texts), None).verdict, verdict);
    }

    #[test]
    fn no_text_is_too_strange(question in any::<String>(), stored in any::<String>()) {
        let found = verify(&Question::read(&question), &sources(&[&stored, &question]), None);
        let says = question.chars().any(|c| !c.is_whitespace());
        prop_assert!(!says || found.verdict == Verbatim);
    }
}

#[test]
fn the_longest_and_most_repeated_texts_come_to_an_end() {
    let repeated = "wind ".repeat(5_000);
    let other = "wind power ".repeat(2_500);
    let marks = "\u{2026}[(\"".repeat(2_500);
    let long = format!("{KABUL} {ACCORD} {BRIDGE} ").repeat(30);
    let texts = [repeated.as_str(), &other, &marks, &long, "", " "];
    for question in texts {
        let found = verify(&Question::read(question), &sources(&texts.repeat(8)), None);
        assert_eq!(found.verdict == Verbatim, !question.trim().is_empty());
        let changed = question.replacen("wind", "gale", 3).replace("Kabul", "Dorvat");
        verify(&Question::read(&changed), &sources(&texts.repeat(8)), None);
    }
}
