//! Annotations that stand beside their text: brat's, of one annotator or several, and BookNLP's tokens.

use super::{import, kept, told};
use crate::support::{Backend, Workplace, each_backend, number, read, text};

const STORY: &str = "😀 “We shall see,” said Ada Quill, “and soon.” Bo Carver denied it. é “No.”\n";

/// The offsets of these words in the story, in characters.
fn span(words: &str) -> String {
    let start = STORY[..STORY.find(words).unwrap()].chars().count();
    format!("{start} {}", start + words.chars().count())
}

/// The same in bytes.
fn bytes(words: &str) -> String {
    let start = STORY.find(words).unwrap();
    format!("{start} {}", start + words.len())
}

/// A discontinuous quote with its event, a claim with its relation, and a span of no quote.
fn annotations() -> String {
    let [see, soon, ada, said] = ["We shall see,", "and soon.", "Ada Quill", "said"].map(span);
    let [bo, denied, it] = ["Bo Carver", "denied", "it"].map(span);
    format!(
        "T1\tContent {see};{soon}\tWe shall see, and soon.\nT2\tSource {ada}\tAda Quill\n\
         T3\tCue {said}\tsaid\nT4\tAttribution {said}\tsaid\n\
         E1\tAttribution:T4 Content:T1 Source:T2 Cue:T3\n\
         T5\tStatement {it}\tit\nT6\tSpeaker {bo}\tBo Carver\nT7\tCue {denied}\tdenied\n\
         R1\tSaidWith Arg1:T5 Arg2:T7\nR2\tSaidBy Arg1:T7 Arg2:T6\nA1\tKind T5 indirect\n\
         T8\tDiscard {it}\tit\n#1\tAnnotatorNotes T5\tunsure\n"
    )
}

#[test]
fn fragments_and_their_speakers_are_joined_by_events_and_relations() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.txt", STORY);
        place.file("story.ann", annotations());
        let err = told(&place, &["story.ann"]);
        assert!(err.contains("no quote: 1 × Discard") && !err.contains("offset"), "{err}");
        let expected = [
            "DIRECT | We shall see, […] and soon. | 3-44 | Ada Quill | -",
            "INDIRECT | it | 63-65 | Bo Carver | -",
        ];
        assert_eq!(kept(&place), expected);
        let cues = "SELECT cue || ' ' || external_id AS value FROM quote ORDER BY start_at";
        assert_eq!(place.direct().unwrap().column(cues), ["said E1", "denied T5"]);
    });
}

#[test]
fn without_the_text_fragments_are_told_apart_by_their_lengths_and_have_no_place() {
    let place = Workplace::new(Backend::Sqlite);
    place.file("story.ann", annotations());
    let err = told(&place, &["story.ann"]);
    assert!(err.contains("the article's text is not at hand"), "{err}");
    let words = "INDIRECT | We shall see, […] and soon. | - | Ada Quill | -";
    assert!(kept(&place).contains(&words.to_owned()), "{:?}", kept(&place));
}

#[test]
fn offsets_in_bytes_are_found_out_and_those_within_a_character_are_none() {
    let [see, no] = ["“We shall see,”", "“No.”"].map(bytes);
    let within = STORY.find('é').unwrap() + 1;
    let text = format!(
        "T1\tQuote {see}\t“We shall see,”\nT2\tQuote {no}\t“No.”\n\
         T3\tQuote {within} {}\t“No.”\n",
        within + 8
    );
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.txt", STORY);
        place.file("story.ann", &text);
        let err = told(&place, &["story.ann"]);
        assert_eq!(err.matches("offset not usable").count(), 1, "{err}");
        let expected = [
            "DIRECT | No. | - | - | -",
            "DIRECT | We shall see, | 3-16 | - | -",
            "DIRECT | No. | 70-73 | - | -",
        ];
        assert_eq!(kept(&place), expected);
    });
}

#[test]
fn of_several_annotators_one_must_be_chosen() {
    each_backend(|backend| {
        // Beside one text, by the names of files; and as PolNeAR has them.
        for (ada, bo, text_file) in [
            ("story.ada.ann", "story.bo.ann", "story.txt"),
            ("marks/story_ada.ann", "marks/story_bo.ann", "text/story.txt"),
            ("ada/story.ann", "bo/story.ann", "text/story.txt"),
        ] {
            let place = Workplace::new(backend);
            for folder in ["marks", "text", "ada", "bo"] {
                std::fs::create_dir(place.path(folder)).unwrap();
            }
            place.file(text_file, STORY);
            place.file(ada, annotations());
            place.file(bo, format!("T1\tQuote {}\t“No.”\n", span("“No.”")));
            let (code, report, _) = import(&place, &[ada, bo]);
            assert_eq!(code, 2, "{report}");
            assert!(text(&report, "/failed/0").contains("ada, bo"), "{report}");
            let (code, report, _) = import(&place, &["--annotator", "cy", bo]);
            assert_eq!(code, 2, "{report}");
            let err = told(&place, &["--annotator", "bo", ada, bo]);
            assert!(err.contains("annotations by ada"), "{err}");
            assert_eq!(kept(&place), ["DIRECT | No. | 70-73 | - | -"]);
            let who = "SELECT extractor_name || ' ' || document_id AS value FROM quote \
                       JOIN article ON article.id = article_id";
            assert_eq!(place.direct().unwrap().column(who), ["brat/bo story"]);
        }
    });
}

#[test]
fn a_faulty_annotation_costs_no_other_and_can_be_mended() {
    let no = span("“No.”");
    let text_of = format!(
        "T1\tQuote {no}\t“No.”\nT2\tQuote x y\t“No.”\nT5\tQuote {no}\t“No.”\nT5\tCue {no}\t“No.”\n\
         T3\tContent {no}\t“No.”\nT4\tAttribution {no}\t“No.”\n\
         E1\tAttribution:T4 Trigger:T4 Content:T3 Source:T9\n"
    );
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.txt", STORY);
        place.file("story.ann", &text_of);
        let (code, report, rejects) = import(&place, &["story.ann"]);
        assert_eq!((code, number(&report, "/accepted"), rejects.len()), (1, 1, 3), "{report}");
        let mut places: Vec<&str> = rejects.iter().map(|row| text(row, "/place")).collect();
        places.sort_unstable();
        assert_eq!(places, ["E1", "T2", "T5"]);
        let rows = read(place.path("rejects.jsonl"));
        let event = rows.lines().find(|row| row.contains("T9, which")).unwrap();
        place.file("mended.jsonl", event.replace(" Source:T9", ""));
        let (code, report, _) = import(&place, &["mended.jsonl"]);
        assert_eq!((code, number(&report, "/accepted")), (0, 1), "{report}");
        let id = "SELECT external_id AS value FROM quote WHERE start_at = 70 ORDER BY external_id";
        assert_eq!(place.direct().unwrap().column(id), ["E1", "T1"]);
    });
}

/// Thirteen gigabytes, if each naming counted.
#[test]
fn an_annotation_that_is_named_again_and_again_is_told_once() {
    let place = Workplace::new(Backend::Sqlite);
    let (no, long) = (span("“No.”"), "x".repeat(450_000));
    place.file("story.txt", STORY);
    let event = format!("E1\t{}Content:T3", "Attribution:T4 ".repeat(30_000));
    let all = format!("T4\tAttribution {no}\t{long}\nT3\tContent {no}\t“No.”\n{event}\n");
    place.file("story.ann", all);
    let (code, report, _) = import(&place, &["story.ann"]);
    assert_eq!((code, number(&report, "/accepted")), (0, 1), "{report}");
}

/// RiQuA and its like: whoever is addressed is a speaker elsewhere, and labels say nothing.
#[test]
fn roles_and_relations_say_who_speaks_and_who_is_spoken_to() {
    let story = "Ada Quill told Bo Carver: “We shall see.”\n";
    let marks = |people: [&str; 2]| {
        let at = |words: &str| {
            let start = story[..story.find(words).unwrap()].chars().count();
            format!("{start} {}\t{words}", start + words.chars().count())
        };
        format!(
            "T1\tQuotation {}\nT2\t{} {}\nT3\t{} {}\nT4\tCue {}\n",
            at("“We shall see.”"),
            people[0],
            at("Ada Quill"),
            people[1],
            at("Bo Carver"),
            at("told")
        )
    };
    let (speakers, entities) = (marks(["Speaker", "Speaker"]), marks(["Entity", "Entity"]));
    let sources = marks(["Source", "Source"]);
    let cases = [
        (&speakers, "R1\tSpeaker Arg1:T1 Arg2:T2\nR2\tAddressee Arg1:T1 Arg2:T3\n", ""),
        (&entities, "R1\tspeaker Arg1:T1 Arg2:T2\nR2\taddressee Arg1:T1 Arg2:T3\n", "1 × Entity"),
        (&sources, "R1\tSaidWith Arg1:T1 Arg2:T4\nR2\tSaidBy Arg1:T4 Arg2:T2\n", ""),
        (&sources, "E1\tCue:T4 Content:T1 Source:T2 Addressee:T3\n", ""),
        (&entities, "E1\tCue:T4 Content:T1 Speaker:T2 SpokenTo:T3\n", "1 × Entity"),
    ];
    for (marks, more, unsaid) in cases {
        let place = Workplace::new(Backend::Sqlite);
        place.file("story.txt", story);
        place.file("story.ann", format!("*\tEquiv T2 T4\n{marks}{more}T9\tDirector 0 3\tAda\n"));
        let err = told(&place, &["story.ann"]);
        let no_quote = [&["1 × Director"][..], if unsaid.is_empty() { &[] } else { &[unsaid] }];
        assert!(err.contains(&format!("no quote: {}", no_quote.concat().join(", "))), "{err}");
        assert_eq!(kept(&place), ["DIRECT | We shall see. | 27-40 | Ada Quill | -"], "{more}");
        let further = "SELECT COALESCE(further_speakers, '-') AS value FROM quote";
        let further = place.direct().unwrap().column(further);
        assert!(!further[0].contains("Carver"), "{more}: {further:?}");
    }
}

#[test]
fn an_event_of_no_quote_is_told_with_its_spans() {
    let place = Workplace::new(Backend::Sqlite);
    let [no, bo, denied] = ["“No.”", "Bo Carver", "denied"].map(span);
    place.file("story.txt", STORY);
    place.file(
        "story.ann",
        format!(
            "T1\tUtterings {no}\t“No.”\nT2\tPerson {bo}\tBo Carver\nT4\tVerb {denied}\tdenied\n\
             T5\tSource {bo}\tBo Carver\nE1\tVerb:T4 What:T1 Who:T2\nE2\tCue:T4 Source:T5 Content:E1\n"
        ),
    );
    let err = told(&place, &["story.ann"]);
    let all = "1 × Person, 1 × Utterings, 1 × Verb, 1 × event Cue, 1 × event Verb";
    assert!(err.contains(all), "{err}");
    assert!(kept(&place).is_empty());
}

#[test]
fn annotations_in_which_nothing_is_marked_are_no_error() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.txt", STORY);
        place.file("story.ann", format!("T1\tQuote {}\t“No.”\n", span("“No.”")));
        place.file("other.ann", "\n");
        place.file("none.json", " [\n] ");
        let (code, report, _) = import(&place, &["other.ann", "none.json", "story.ann"]);
        assert_eq!((code, number(&report, "/lines")), (0, 1), "{report}");
        place.file("empty.jsonl", "");
        let (code, report, _) = import(&place, &["empty.jsonl"]);
        assert_eq!(code, 2, "{report}");
    });
}

/// Two stories of one name, each beside its own text.
#[test]
fn who_annotated_does_not_depend_on_where_one_stands() {
    let place = Workplace::new(Backend::Sqlite);
    for (folder, story) in [("c1", "Another “No.”\n"), ("c2", STORY)] {
        std::fs::create_dir(place.path(folder)).unwrap();
        place.file(&format!("{folder}/story.txt"), story);
    }
    place.file("c1/story.ann", "T1\tQuote 8 13\t“No.”\n");
    place.file("c2/story.ann", format!("T1\tQuote {}\t“No.”\n", span("“No.”")));
    let mut there = place.command(&["import", "story.ann"]);
    let database = format!("sqlite://{}", place.path("work.db").display());
    let done = there.current_dir(place.path("c2")).env("DATABASE_URL", database).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert_eq!(import(&place, &["c2/story.ann"]).0, 0);
    let who = "SELECT extractor_name AS value FROM quote";
    assert_eq!(place.direct().unwrap().column(who), ["brat"]);
}

/// A relation that is said again says nothing more, one to an event nothing of a quote; of too many
/// none is left out in silence.
#[test]
fn an_annotation_that_is_related_to_many_is_read_whole_or_rejected() {
    let related = |relations: &str| {
        let place = Workplace::new(Backend::Sqlite);
        let [no, bo] = ["“No.”", "Bo Carver"].map(span);
        place.file("story.txt", STORY);
        let all = format!("T1\tContent {no}\t“No.”\nT2\tSource {bo}\tBo Carver\n{relations}");
        place.file("story.ann", all);
        let (_, report, rejects) = import(&place, &["story.ann"]);
        let said = rejects.first().map(|row| text(row, "/reason").to_owned());
        (number(&report, "/accepted"), kept(&place), said)
    };
    let relation = "R1\tSaidBy Arg1:T1 Arg2:T2\n";
    let kept = vec!["DIRECT | No. | 70-73 | Bo Carver | -".to_owned()];
    assert_eq!(related(&relation.repeat(60)), (1, kept.clone(), None));
    let event = "E1\tDenial:T2\nR2\tAbout Arg1:T1 Arg2:E1\n";
    assert_eq!(related(&format!("{relation}{event}")), (1, kept, None));
    let many: String =
        (10..61).map(|n| format!("T{n}\tCue 0 1\ta\nR{n}\tBy Arg1:T1 Arg2:T{n}\n")).collect();
    let (accepted, kept, said) = related(&(many + relation));
    assert_eq!((accepted, kept), (0, Vec::new()));
    assert_eq!(said.as_deref(), Some("T1 is related to more than 50 others"));
}

const QUOTES: &str = "quote_start\tquote_end\tmention_start\tmention_end\tmention_phrase\tchar_id\tquote\n\
    0\t6\t8\t9\tAda Quill\t1\t“ We do n't know . ”\n\
    10\t14\t15\t15\tshe\t1\t\" Not yet .\n\
    16\t17\tNone\tNone\tNone\tNone\t`` Nobody ''\n";
const BOOK: &str = "“We don't know.” said Ada Quill \"Not yet. oh she ``Nobody''";

/// The tokens of the book, counted in characters: BookNLP calls them bytes.
fn tokens() -> String {
    let words = "“ We do n't know . ” said Ada Quill \" Not yet . oh she `` Nobody ''";
    let mut rows = "token_ID_within_document\tword\tbyte_onset\tbyte_offset\n".to_owned();
    let mut at = 0;
    for (number, word) in words.split(' ').enumerate() {
        at += BOOK.chars().skip(at).take_while(|c| *c == ' ').count();
        let end = at + word.chars().count();
        rows += &format!("{number}\t{word}\t{at}\t{end}\n");
        at = end;
    }
    rows
}

#[test]
fn numbers_of_tokens_are_no_offsets_and_tokens_no_print() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("book.quotes", QUOTES);
        let err = told(&place, &["book.quotes"]);
        assert_eq!(err.matches("kept as tokens").count(), 1, "{err}");
        let expected = [
            "DIRECT | Nobody | - | - | -",
            "DIRECT | Not yet . | - | - | she",
            "DIRECT | We do n't know . | - | Ada Quill | -",
        ];
        assert_eq!(kept(&place), expected);
    });
}

#[test]
fn with_tokens_and_text_the_words_are_those_of_the_book() {
    let entities = "COREF\tstart_token\tend_token\tprop\tcat\ttext\n1\t8\t9\tPROP\tPER\tAda Quill\n\
                    1\t9\t9\tPROP\tPER\tQuill\n1\t15\t15\tPRON\tPER\tshe\n";
    let quotes = QUOTES.replace("\n10\t14", "\n10\t13").replace("\n16\t17", "\n16\t18");
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("book.quotes", &quotes);
        place.file("book.tokens", tokens());
        place.file("book.entities", entities);
        assert!(!told(&place, &["book.quotes"]).contains("kept as tokens"));
        let expected = [
            "DIRECT | Nobody | - | - | -",
            "DIRECT | Not yet. | - | Ada Quill | she",
            "DIRECT | We don't know. | - | Ada Quill | -",
        ];
        assert_eq!(kept(&place), expected);

        let place = Workplace::new(backend);
        place.file("book.quotes", &quotes);
        place.file("book.tokens", tokens());
        place.file("book.entities", entities);
        place.file("book.txt", BOOK);
        assert!(!told(&place, &["book.quotes"]).contains("offset"));
        let expected = [
            "DIRECT | We don't know. | 1-15 | Ada Quill | -",
            "DIRECT | Not yet. | 33-41 | Ada Quill | she",
            "DIRECT | Nobody | 51-57 | - | -",
        ];
        assert_eq!(kept(&place), expected);
    });
}
