//! What extractors write about one document: where the words stand, whose they are, and what is no
//! quote.

use serde_json::{Value, json};

use super::{import, kept, told};
use crate::support::{Workplace, each_backend, number, read, text};

/// An emoji is one character, two units of UTF-16 and four bytes.
const STORY: &str = "😀 “We shall see,” said Ada Quill. She added: “The harbour is open 😀.” Carver \
                     said nothing. “Not yet!”";

/// The span of these words in the story, in units of UTF-16.
fn utf16(words: &str) -> (usize, usize) {
    let start = STORY[..STORY.find(words).unwrap()].encode_utf16().count();
    (start, start + words.encode_utf16().count())
}

fn found(id: u32, words: &str, (begin, end): (usize, usize), speaker: [&str; 2]) -> Value {
    json!({
        "id": id, "text": words, "beginIndex": begin, "endIndex": end, "beginToken": 1,
        "speaker": speaker[0], "canonicalSpeaker": speaker[1],
    })
}

#[test]
fn corenlp_counts_as_java_does_and_a_span_that_has_other_words_is_no_place() {
    let (see, open, yet) = ("“We shall see,”", "“The harbour is open 😀.”", "“Not yet!”");
    let (begin, end) = utf16(open);
    let quotes = json!({ "docId": "story.txt", "quotes": [
        found(0, see, utf16(see), ["Quill", "Ada Quill"]),
        found(1, open, (begin, end), ["She", "Ada Quill"]),
        // Between the halves of the first emoji, and behind the text.
        found(2, yet, (1, 10), ["Unknown", "Unknown"]),
        found(3, "“Nobody said it”", (5_000, 5_016), ["Unknown", "he"]),
    ]});
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.txt", STORY);
        place.file("story.txt.json", serde_json::to_string_pretty(&quotes).unwrap());
        let err = told(&place, &["story.txt.json"]);
        assert_eq!(err.matches("offset not usable").count(), 2, "{err}");
        let expected = [
            "DIRECT | Nobody said it | - | - | -",
            "DIRECT | Not yet! | - | - | -",
            "DIRECT | We shall see, | 3-16 | Ada Quill | Quill",
            "DIRECT | The harbour is open 😀. | 46-68 | Ada Quill | She",
        ];
        assert_eq!(kept(&place), expected);
    });
}

#[test]
fn what_is_printed_decides_and_another_name_is_an_alternative() {
    let quote = |speaker| found(0, "\"No.\"", (0, 5), speaker);
    let cases = [
        (quote(["Ada Quill", "Carver"]), "Ada Quill | - | Carver"),
        (quote(["Ada Quill", "Unknown"]), "Ada Quill | - | -"),
        (quote(["Quill", "she"]), "Quill | - | -"),
        (quote(["his", "his"]), "- | his | -"),
        (quote(["Unknown", "he"]), "- | - | -"),
        (quote(["the report", "Ada Quill"]), "- | the report | Ada Quill"),
        (quote(["they", "Ada Quill"]), "- | they | Ada Quill"),
    ];
    each_backend(|backend| {
        for (quote, expected) in &cases {
            let place = Workplace::new(backend);
            place.file("a.json", json!({ "docId": "a", "quotes": [quote] }).to_string());
            assert_eq!(import(&place, &["a.json"]).0, 0);
            let statement = "SELECT COALESCE(printed_speaker, '-') || ' | ' || \
                             COALESCE(printed_attribution, '-') || ' | ' || \
                             COALESCE(further_speakers, '-') AS value FROM quote";
            let row = place.direct().unwrap().column(statement).remove(0);
            let (speaker, further) = row.rsplit_once(" | ").unwrap();
            let (wanted, other) = expected.rsplit_once(" | ").unwrap();
            assert_eq!(speaker, wanted);
            assert!(other == "-" || further.contains(other) && further.contains("ALTERNATIVE"));
            assert!(other != "-" || further == "-" || further == "[]", "{further}");
        }
    });
}

#[test]
fn of_several_quotes_a_faulty_one_is_rejected_alone_and_can_be_mended() {
    let quotes = json!({ "docId": "a", "sentences": [{ "index": 0 }], "quotes": [
        found(0, "\"One.\"", (0, 6), ["Ada Quill", "Unknown"]),
        { "id": 1, "speaker": "Bo Carver" },
        { "id": 2, "text": "\"Three.\"", "speaker": 3 },
    ]});
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("a.json", quotes.to_string());
        let (code, report, rejects) = import(&place, &["a.json"]);
        assert_eq!((code, text(&report, "/sources/0/format")), (1, "corenlp"));
        assert_eq!((number(&report, "/accepted"), number(&report, "/rejected")), (1, 2));
        let what = |at: usize| {
            ["place", "field", "code"].map(|key| text(&rejects[at], &format!("/{key}")))
        };
        assert_eq!(what(0), ["quotes[1]", "text", "missing_field"]);
        assert_eq!(what(1), ["quotes[2]", "speaker", "bad_value"]);
        let mended = read(place.path("rejects.jsonl"))
            .replace(
                r#"\"speaker\":\"Bo Carver\""#,
                r#"\"text\":\"Two.\",\"speaker\":\"Bo Carver\""#,
            )
            .replace(r#"\"speaker\":3"#, r#"\"speaker\":\"Bo Carver\""#);
        place.file("mended.jsonl", mended);
        let (code, report, _) = import(&place, &["mended.jsonl"]);
        assert_eq!((code, number(&report, "/accepted")), (0, 2), "{report}");
        assert_eq!(kept(&place).len(), 3);
    });
}

#[test]
fn the_same_key_twice_is_refused_and_a_key_that_nobody_knows_is_not() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let quote =
        r#"{"text": "One.", "text": "Two.", "mood": "calm"}, {"text": "Three.", "mood": 1}"#;
    place.file("a.json", format!(r#"{{"docId": "a", "corefs": {{}}, "quotes": [{quote}]}}"#));
    let (_, report, rejects) = import(&place, &["a.json"]);
    assert_eq!((number(&report, "/accepted"), number(&report, "/rejected")), (1, 1));
    assert_eq!(text(&rejects[0], "/code"), "unknown_field");
}

/// A Citron quote with these pieces, each with where it begins in the story.
fn citron(contents: &[&str], sources: &[&str], coreferences: &[&str]) -> Value {
    let span = |words: &&str| {
        let start = STORY.find(words).map(|at| STORY[..at].chars().count());
        let start = start.unwrap_or(9_000);
        json!({ "start": start, "end": start + words.chars().count(), "text": words })
    };
    let spans = |all: &[&str]| all.iter().map(span).collect::<Vec<_>>();
    json!({
        "sources": spans(sources), "cue": span(&"said"), "contents": spans(contents),
        "coreferences": spans(coreferences), "confidence": "0.75",
    })
}

fn citron_document(quotes: &[Value]) -> String {
    let source = json!({ "application": "citron-extractor", "model:": "2021-11-15T00:00:00" });
    serde_json::to_string_pretty(&json!({ "quotes": quotes, "source": source })).unwrap()
}

#[test]
fn words_that_did_not_stand_together_are_not_printed_as_if_they_had() {
    let document = citron_document(&[
        citron(&["“The harbour is open 😀.”", "“We shall see,”"], &["Ada Quill"], &[]),
        // Nothing but a space lies between these.
        citron(&["Carver", "said nothing."], &["Bo Carver"], &[]),
    ]);
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.json", &document);
        let err = told(&place, &["story.json"]);
        assert!(err.contains("the article's text is not at hand"), "{err}");
        let mut apart = kept(&place);
        apart.sort();
        assert_eq!(
            apart[0],
            "DIRECT | We shall see, […] The harbour is open 😀. | - | Ada Quill | -"
        );
        assert_eq!(apart[1], "INDIRECT | Carver […] said nothing. | - | Bo Carver | -");

        let place = Workplace::new(backend);
        place.file("story.txt", STORY);
        place.file("story.json", &document);
        let err = told(&place, &["story.json"]);
        assert!(!err.contains("offset"), "{err}");
        let expected = [
            "DIRECT | We shall see, […] The harbour is open 😀. | 3-68 | Ada Quill | -",
            "INDIRECT | Carver said nothing. | 70-90 | Bo Carver | -",
        ];
        assert_eq!(kept(&place), expected);
        let more =
            "SELECT extractor_name || ' ' || extractor_version || ' ' || cue AS value FROM quote";
        let more = place.direct().unwrap().column(more);
        assert_eq!(more[0], "citron-extractor 2021-11-15T00:00:00 said");
    });
}

#[test]
fn several_sources_speak_together_and_a_coreference_names_a_pronoun() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let document = citron_document(&[
        citron(&["“Not yet!”"], &["Ada Quill", "Bo Carver"], &[]),
        citron(&["“We shall see,”"], &["She"], &["She", "Ada Quill"]),
    ]);
    place.file("story.json", document);
    assert_eq!(import(&place, &["story.json"]).0, 0);
    let statement = "SELECT printed_speaker || ' ' || COALESCE(printed_attribution, '-') || ' ' || \
                     COALESCE(further_speakers, '-') AS value FROM quote ORDER BY position";
    let rows = place.direct().unwrap().column(statement);
    assert!(rows[0].starts_with("Ada Quill - ") && rows[0].contains("JOINT"), "{rows:?}");
    assert!(rows[0].contains("Bo Carver"), "{rows:?}");
    assert!(rows[1].starts_with("Ada Quill She "), "{rows:?}");
}

/// Of several sources nobody but a pronoun is what a coreference names.
#[test]
fn coreferences_are_those_of_the_one_pronoun() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let document = citron_document(&[
        citron(&["“Not yet!”"], &["Ada Quill", "he"], &["Bo Carver"]),
        citron(&["“We shall see,”"], &["Ada Quill", "the mayor"], &["Cy Dunn"]),
    ]);
    place.file("story.json", document);
    let err = told(&place, &["story.json"]);
    assert!(err.contains("not read: coreferences"), "{err}");
    let statement = "SELECT printed_speaker || ' ' || further_speakers AS value FROM quote \
                     ORDER BY position";
    let rows = place.direct().unwrap().column(statement);
    let is_one = |row: &str| row.starts_with("Ada Quill ") && !row.contains("ALTERNATIVE");
    assert!(is_one(&rows[0]) && is_one(&rows[1]), "{rows:?}");
    assert!(rows[0].contains("Bo Carver") && !rows[0].contains("\"he\""), "{rows:?}");
    assert!(!rows[1].contains("Cy Dunn"), "{rows:?}");
}

/// In characters the bytes of Ada's "No" are those of Bo's.
#[test]
fn a_document_counts_in_one_unit() {
    let text = "ééééé No, aNo. Ada Quill said the first, Bo Carver the second.";
    let quote = |start: usize, speaker: &str| {
        let at = text.find(speaker).unwrap();
        let span = |start: usize, words: &str| json!({ "start": start, "end": start + words.len(), "text": words });
        json!({ "sources": [span(at, speaker)], "contents": [span(start, "No")] })
    };
    let quotes = [quote(11, "Ada Quill"), quote(16, "Bo Carver")];
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("a.json", json!({ "text": text, "quotes": quotes }).to_string());
        told(&place, &["a.json"]);
        let expected =
            ["INDIRECT | No | 6-8 | Ada Quill | -", "INDIRECT | No | 11-13 | Bo Carver | -"];
        assert_eq!(kept(&place), expected);
    });
}

#[test]
fn pieces_that_lie_above_each_other_are_printed_once() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let document =
        citron_document(&[citron(&["“We shall see", "shall see,”"], &["Ada Quill"], &[])]);
    place.file("story.txt", STORY);
    place.file("story.json", document);
    told(&place, &["story.json"]);
    assert_eq!(kept(&place), ["DIRECT | We shall see, | 3-16 | Ada Quill | -"]);
}

/// Each with its own text, of which a rejected row keeps what is around its words; numbers and ids as
/// texts and with fractions; keys as JSON may write them.
#[test]
fn a_row_that_was_mended_is_the_one_of_the_mended_file() {
    let text = "😀 “Yes,” said Ada Quill. “Yes,” said Bo Carver.";
    let spans = |words: &str| {
        let at = text.rfind(words).unwrap();
        let start = text[..at].chars().count();
        [start, start + words.chars().count()]
    };
    let [start, end] = spans("“Yes,”");
    let (number, fraction) = (start.to_string(), f64::from(u32::try_from(end).unwrap()));
    let corenlp = json!({ "docId": 7, "text": text, "quotes": [{
        "id": "1", "text": "“Yes,”", "beginIndex": (start + 1).to_string(),
        "endIndex": fraction + 1.0, "speaker": { "name": "Bo Carver" } }] });
    let citron = json!({ "text": text, "quotes": [{
        "contents": [{ "start": number, "end": fraction, "text": "“Yes,”" }], "id": 5.0,
        "sources": { "text": "Bo Carver" } }] });
    let langextract = json!({ "document_id": 7, "text": text, "extractions": [{
        "extraction_class": "quote", "extraction_text": "“Yes,”", "alignment_status": "match_exact",
        "char_interval": { "start_pos": number, "end_pos": fraction },
        "attributes": { "Speaker": { "name": "Bo Carver" } } }] });
    let cases = [
        (corenlp, "corenlp", r#"{"name":"Bo Carver"}"#, r#""Bo Carver""#),
        (citron, "citron", r#"{"text":"Bo Carver"}"#, r#"[{"text":"Bo Carver"}]"#),
        (langextract, "langextract", r#"{"name":"Bo Carver"}"#, r#""Bo Carver""#),
    ];
    each_backend(|backend| {
        for (document, format, fault, mended) in &cases {
            let place = Workplace::new(backend);
            let document = document.to_string().replace("\"quotes\"", "\"quot\\u0065s\"");
            place.file("a.json", &document);
            let (_, report, rejects) = import(&place, &["--format", format, "a.json"]);
            assert_eq!((rejects.len(), number_of(&report, "accepted")), (1, 0), "{report}");
            let mut row = rejects[0].clone();
            row["row"] = json!(super::text(&row, "/row").replace(fault, mended));
            place.file("mended.jsonl", row.to_string());
            let (code, report, _) = import(&place, &["mended.jsonl"]);
            assert_eq!((code, number_of(&report, "accepted")), (0, 1), "{format}: {report}");
            assert_eq!(kept(&place), ["DIRECT | Yes, | 26-30 | Bo Carver | -"], "{format}");
            place.file("a.json", document.replace(fault, mended));
            let (code, report, _) = import(&place, &["--format", format, "a.json"]);
            assert_eq!((code, number_of(&report, "known")), (0, 1), "{format}: {report}");
        }
    });
}

fn number_of(report: &Value, count: &str) -> u64 {
    number(report, &format!("/{count}"))
}

#[test]
fn attributes_of_other_names_are_told() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let quote = json!({ "extraction_class": "quote", "extraction_text": "Yes",
        "attributes": { "SPEAKER": "Ada Quill", "source": "Bo Carver", "tone": 3 } });
    place.file(
        "a.jsonl",
        json!({ "document_id": "a", "text": "Yes", "extractions": [quote, quote] }).to_string(),
    );
    let err = told(&place, &["a.jsonl"]);
    assert!(err.contains("not read: attributes of other names: 2 × source, 2 × tone"), "{err}");
    assert_eq!(kept(&place)[0], "DIRECT | Yes | - | Ada Quill | -");
}

#[test]
fn langextract_gives_places_where_it_aligned_exactly_and_tells_what_is_no_quote() {
    let text = "😀 Ada Quill and Bo Carver said: “We shall see.” Nobody moved.";
    let extraction = |class: &str, words: &str, span: Value, status: Value, attributes: Value| {
        json!({
            "extraction_class": class, "extraction_text": words, "char_interval": span,
            "alignment_status": status, "extraction_index": 1, "attributes": attributes,
        })
    };
    let at = |start: usize, end: usize| json!({ "start_pos": start, "end_pos": end });
    let line = json!({ "document_id": "d1", "text": text, "extractions": [
        extraction("quote", "We shall see.", at(33, 46), json!("match_exact"), json!({
            "speaker": ["Ada Quill", "Bo Carver"], "organisation": ["WHO", "UN"], "role": "spokeswoman",
        })),
        extraction("quote", "Nobody moves", at(48, 61), json!("match_fuzzy"), json!({ "speaker": "None" })),
        extraction("quote", "We shall see.", at(34, 47), json!("match_exact"), Value::Null),
        extraction("person", "Ada Quill", at(2, 11), json!("match_exact"), Value::Null),
        extraction("quote", "", Value::Null, Value::Null, Value::Null),
    ]});
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("all.jsonl", format!("{line}\n"));
        let done = place.dixit(&["import", "--json", "--rejects", "rejects.jsonl", "all.jsonl"]);
        for said in
            ["1 × person", "only the first is kept of organisation: WHO, not UN", "match_fuzzy"]
        {
            assert!(done.err.contains(said), "{said}: {}", done.err);
        }
        assert_eq!(done.err.matches("offset not usable").count(), 2, "{}", done.err);
        let report: Value = serde_json::from_str(&done.out).unwrap();
        assert_eq!((number(&report, "/accepted"), number(&report, "/rejected")), (3, 1));
        let rejected: Value = serde_json::from_str(&read(place.path("rejects.jsonl"))).unwrap();
        assert_eq!(text_of(&rejected), ("extractions[4]", "bad_text"));
        let all = kept(&place);
        assert!(
            all.contains(&"DIRECT | We shall see. | 33-46 | Ada Quill | -".to_owned()),
            "{all:?}"
        );
        assert!(all.contains(&"DIRECT | Nobody moves | - | - | -".to_owned()), "{all:?}");
    });
}

fn text_of(rejected: &Value) -> (&str, &str) {
    (text(rejected, "/place"), text(rejected, "/code"))
}

#[test]
fn a_document_without_quotes_is_told_and_counts_nothing_new() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let person = json!({ "extraction_class": "person", "extraction_text": "Ada Quill" });
    place.file(
        "a.jsonl",
        json!({ "document_id": "a", "text": "", "extractions": [person] }).to_string(),
    );
    let err = told(&place, &["a.jsonl"]);
    assert!(err.contains("since it is no quote: 1 × person"), "{err}");
    assert!(kept(&place).is_empty());
}

#[test]
fn a_verdict_on_a_claim_is_refused_by_its_name() {
    let place = Workplace::new(crate::support::Backend::Sqlite);
    let claim = json!({ "@type": "ClaimReview", "url": "https://check.example/1",
        "claimReviewed": "The harbour is open", "reviewRating": { "@type": "Rating" } });
    place.file("claim.json", serde_json::to_string_pretty(&claim).unwrap());
    let (code, report, _) = import(&place, &["claim.json"]);
    assert_eq!(code, 2);
    assert!(text(&report, "/failed/0").contains("is a ClaimReview"), "{report}");
}

#[test]
fn the_samples_have_as_many_quotes_as_they_say() {
    let sample = |name: &str| crate::support::repository(&format!("../shared/data/formats/{name}"));
    let samples = [
        ("corenlp/4641259a.html.txt.json", "corenlp", 8),
        ("corenlp/464472b.html.txt.json", "corenlp", 7),
        ("corenlp/4661029a.html.txt.json", "corenlp", 2),
        ("corenlp/bat-drinks-using-tongue-pump-trick-1.18434.txt.json", "corenlp", 1),
        (
            "corenlp/climatologists-to-physicists-your-planet-needs-you-1.17270.txt.json",
            "corenlp",
            8,
        ),
        ("corenlp/d41586-020-00166-6.txt.json", "corenlp", 10),
        ("citron_extract_output.json", "citron", 1),
        ("langextract.jsonl", "langextract", 3),
        ("booknlp.quotes", "booknlp", 2),
        ("ggt/text1.json", "gender-gap-tracker", 17),
        ("ggt/text2.json", "gender-gap-tracker", 5),
        ("ggt/text3.json", "gender-gap-tracker", 4),
        ("ggt/text4.json", "gender-gap-tracker", 17),
        ("ggt/text5.json", "gender-gap-tracker", 5),
        ("guardian_regex.jsonl", "journalismai-regex", 1),
        ("gdelt_gqg.jsonl", "gdelt-gqg", 1),
    ];
    each_backend(|backend| {
        let place = Workplace::new(backend);
        for (name, format, quotes) in samples {
            let path = sample(name);
            let (code, report, _) = import(&place, &[path.to_str().unwrap()]);
            assert_eq!((code, text(&report, "/sources/0/format")), (0, format), "{name}: {report}");
            assert_eq!(number(&report, "/quotes/accepted"), quotes, "{name}");
        }
        let claim = sample("claimreview_defacto.json");
        let (code, report, _) = import(&place, &[claim.to_str().unwrap()]);
        assert_eq!(code, 2);
        assert!(text(&report, "/failed/0").contains("ClaimReview"), "{report}");
        let statement =
            "SELECT printed_speaker AS value FROM quote WHERE text LIKE 'It''s very much%'";
        assert_eq!(place.direct().unwrap().column(statement), ["Mark Woolhouse"]);
    });
}
