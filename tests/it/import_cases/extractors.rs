//! What other programs write of quotes: Quotebank in all its prints, Gender Gap Tracker, JournalismAI
//! and GDELT, with the traps that they are known for.

use serde_json::{Value, json};

use super::{import, kept, told};
use crate::support::{Backend, Workplace, each_backend, number, quotebank_row, text};

/// A row of Quotebank, and the same as pandas prints it.
const PANDAS: &str = "Unnamed: 0,quoteID,quotation,speaker,qids,date,numOccurrences,probas,urls,phase,year\r\n\
    0,q1,\"We shall see, she said.\",Bill O'Quill,\"['Q1', 'Q2']\",2020-01-02 10:00:00,3,\
    \"[[\"\"Bill O'Quill\"\", '0.7'], ('None', 0.3)]\",\"['http://n.example/a', 'https://www.n.example/a/', \
    'http://n.example/b']\",E,2020\r\n";

fn member(date: Value) -> String {
    quotebank_row(
        "q1",
        "We shall see, she said.",
        json!({
            "speaker": "Bill O'Quill", "qids": ["Q1", "Q2"], "date": date,
            "probas": [["Bill O'Quill", "0.7"], ["None", "0.3"]],
            "urls": ["http://n.example/a", "https://www.n.example/a/", "http://n.example/b"],
        }),
    )
}

#[test]
fn quotebank_says_the_same_however_it_is_printed() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let first = place.file("first.jsonl", member(json!("2020-01-02 10:00:00")));
        assert_eq!(import(&place, &[&first]).1["accepted"], json!(1));
        let millis = member(json!(1_577_959_200_000_u64));
        let mut printed: Value = serde_json::from_str(&millis).unwrap();
        printed["urls"] = json!("['http://n.example/a', 'http://n.example/b']");
        printed["date"] = json!("1577959200000");
        let others = [
            ("pandas.csv", PANDAS.to_owned()),
            (
                "again.csv",
                format!("\u{feff}{PANDAS}").replace("Bill O'Quill,\"", "Bill O'Quill,\""),
            ),
            ("millis.jsonl", millis.clone()),
            ("array.json", format!("[{},\n{printed}]", millis.trim())),
        ];
        for (name, content) in others {
            let (code, report, _) = import(&place, &[&place.file(name, content)]);
            let counts = ["/accepted", "/changed", "/rejected"].map(|name| number(&report, name));
            assert_eq!((code, counts), (0, [0, 0, 0]), "{name} {report}");
        }
    });
}

#[test]
fn a_list_that_is_none_costs_its_row_alone() {
    let rows = [
        ("urls", "['http://n.example/b'", "urls"),
        ("urls", "http://n.example/b", "urls"),
        ("probas", "[['None', '0.7'] ['x', '0.3']]", "probas"),
        ("qids", r"['\N{DASH}']", "qids"),
        ("date", "12.1.2020", "date"),
    ];
    let place = Workplace::new(Backend::Sqlite);
    for (column, cell, field) in rows {
        let mut row =
            ["q1", "We shall see.", "nan", "nan", "2020-01-02", "", "['http://n.example/a']"];
        let columns = ["quoteID", "quotation", "speaker", "qids", "date", "probas", "urls"];
        let good = row;
        row[columns.iter().position(|name| *name == column).unwrap()] = cell;
        let lines = [columns, row, good].map(|cells| cells.map(|it| format!("\"{it}\"")).join(","));
        let file = place.file("rows.csv", lines.join("\n"));
        let (code, report, rejects) = import(&place, &["--from-start", &file]);
        assert_eq!((code, rejects.len()), (1, 1), "{report}");
        assert_eq!(text(&rejects[0], "/field"), field, "{rejects:?}");
        let reason = text(&rejects[0], "/reason");
        assert!(!reason.contains("untagged"), "{reason}");
    }
}

#[test]
fn the_two_versions_of_quotebank_tell_of_one_quote() {
    let article = json!({
        "articleID": "2020-01-02-000007", "articleLength": 80, "phase": "E", "title": "Ships",
        "date": "2020-01-02 10:00:00", "url": "https://n.example/a?utm_source=feed",
        "names": [{ "name": "Bill O'Quill", "ids": "['Q1']", "offsets": [[3, 5]] }],
        "quotations": [
            { "quoteID": "q1", "quotation": "We shall see, she said.", "quotationOffset": 17,
              "leftContext": "Bill O'Quill said :", "rightContext": "He left .",
              "numOccurrences": 2, "globalTopSpeaker": "Bill O'Quill",
              "globalProbas": [{ "speaker": "Bill O'Quill", "proba": "0.7", "qids": ["Q1", "Q2"] },
                               { "speaker": "None", "proba": "0.3", "qids": [] }],
              "localTopSpeaker": "None", "localProbas": [] },
            { "quoteID": "q2", "quotation": " ", "globalTopSpeaker": "None" },
        ],
    });
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let rows = place.file("rows.jsonl", member(json!("2020-01-02 10:00:00")));
        import(&place, &[&rows]);
        let articles = place.file("articles.jsonl", format!("{article}\n"));
        let (_, report, rejects) = import(&place, &[&articles]);
        assert_eq!((number(&report, "/accepted"), number(&report, "/changed")), (0, 1), "{report}");
        assert_eq!(kept(&place).len(), 2, "one in each of two articles");
        assert_eq!(text(&rejects[0], "/place"), "quotations[1]");
        // Mended, it is one more.
        let mut mended = rejects[0].clone();
        mended["row"] = json!(text(&mended, "/row").replace("\" \"", "\"The ships are late.\""));
        let (code, report, _) = import(&place, &[&place.file("mended.jsonl", mended.to_string())]);
        assert_eq!((code, number(&report, "/accepted")), (0, 1), "{report}");
        let kept = kept(&place);
        assert!(
            kept.iter().all(|quote| quote.contains(" | - | ")),
            "tokens are no places: {kept:?}"
        );
    });
}

fn tracked(quote: &str, place: &str, speaker: [&str; 2], kind: &str) -> Value {
    json!({
        "speaker": speaker[0], "speaker_index": speaker[1], "quote": quote, "quote_index": place,
        "verb": "said", "verb_index": "(0,0)", "quote_token_count": 4, "quote_type": kind,
        "is_floating_quote": false,
    })
}

const STORY: &str =
    "“We shall see, é,” said Ada Quill of the WHO. She said that ships \"come\" late.";

fn tracker() -> Value {
    json!([
        tracked("We shall see, é,", "(1,17)", ["Ada Quill of the WHO", "(24,44)"], "QCQVS"),
        tracked("that ships \"come\" late", "(55, 77)", ["", "(0,0)"], "SVC"),
        tracked("\"We shall see, é,\"", "(500,520)", ["(0,0)", ""], "Heuristic"),
        { "quote": 4, "speaker": "x", "quote_index": "" },
        tracked("Not here at all", "(3;9)", ["Ada", "(0,3)"], "SVC"),
    ])
}

#[test]
fn gender_gap_tracker_prints_places_as_texts_and_nobody_as_nothing() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.txt", STORY);
        place.file("story.json", serde_json::to_string_pretty(&tracker()).unwrap());
        let (_, _, rejects) = import(&place, &["story.json"]);
        let found: Vec<_> =
            rejects.iter().map(|it| (text(it, "/place"), text(it, "/field"))).collect();
        assert_eq!(found, [("[3]", "quote"), ("[4]", "quote_index")]);
        let expected = [
            "DIRECT | We shall see, é, | - | - | -",
            "DIRECT | We shall see, é, | 1-17 | Ada Quill | Ada Quill of the WHO",
            "MIXED | that ships \"come\" late | 55-77 | - | -",
        ];
        assert_eq!(kept(&place), expected);
        let mut mended = rejects[1].clone();
        mended["row"] = json!(text(&mended, "/row").replace("(3;9)", "(0,0)"));
        let (code, report, _) = import(&place, &[&place.file("mended.jsonl", mended.to_string())]);
        assert_eq!((code, number(&report, "/accepted")), (0, 1), "{report}");
    });
}

#[test]
fn the_type_says_that_words_stood_in_marks_whatever_marks_are_in_them() {
    let inner = tracked("We shall see, \"soon\"", "(1,21)", ["Ada Quill", "(0,0)"], "QCQVS");
    let place = Workplace::new(Backend::Sqlite);
    told(&place, &[&place.file("story.json", json!([inner]).to_string())]);
    assert_eq!(kept(&place), ["DIRECT | We shall see, \"soon\" | - | Ada Quill | -"]);
}

#[test]
fn a_row_of_a_table_that_names_no_document_is_of_none() {
    let table = "text_id,text_name,quote,speaker,quote_type,is_floating_quote\n\
        1.0,nan,One.,Ada Quill,SVC,False\n2.0,nan,Two.,Bob Stone,SVC,False\n\
        nan,None,Three.,Bob Stone,SVC,False\n";
    let place = Workplace::new(Backend::Sqlite);
    let file = place.file("quotes.csv", table);
    let (_, report, rejects) = import(&place, &[&file]);
    assert_eq!((number(&report, "/accepted"), text(&rejects[0], "/code")), (2, "no_article"));
    let statement = "SELECT document_id AS value FROM article ORDER BY document_id";
    assert_eq!(place.direct().unwrap().column(statement), ["1.0", "2.0"]);
    told(&place, &["--document-id", "story", &file]);
}

#[test]
fn the_table_of_atap_has_a_document_a_row_and_its_whole_text() {
    let long = "word ".repeat(64_300);
    let table = format!(
        "text_id,text_name,quote_id,quote,quote_index,quote_entities,speaker,speaker_index,\
         speaker_entities,verb,verb_index,quote_token_count,quote_type,is_floating_quote,text\n\
         h1,one,0,We shall see.,\"(4, 17)\",[],\"Ada Quill, mayor\",\"(24, 33)\",\"[('Ada', 'PERSON')]\",\
         said,\"(18, 22)\",4,QCQVS,False,\"{long}\"\n\
         h2,two,0,We shall see.,\"(4, 17)\",[],,\"(0, 0)\",[],,\"(0, 0)\",4,SVC,False,\"{long}\"\n"
    );
    each_backend(|backend| {
        let place = Workplace::new(backend);
        told(&place, &[&place.file("quotes.csv", &table)]);
        let expected = [
            "DIRECT | We shall see. | - | Ada Quill | Ada Quill, mayor",
            "INDIRECT | We shall see. | - | - | -",
        ];
        let mut found = kept(&place);
        found.sort();
        assert_eq!(found, expected);
        let documents = place.direct().unwrap();
        let mut documents = documents;
        let statement = "SELECT document_id AS value FROM article ORDER BY document_id";
        assert_eq!(documents.column(statement), ["one", "two"]);
    });
}

#[test]
fn what_is_marked_in_a_text_belongs_to_the_nearest_source() {
    let text = "😀 “We shall see,” said Ada Quill.\nThe ships are late, he said.";
    let span = |label: &str, words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        json!({ "start": start, "end": start + words.chars().count(), "label": label, "token_start": 1 })
    };
    let spans = json!([
        span("Content", "“We shall see,”"),
        span("CUE", "said"),
        span("Source", "Ada Quill"),
        span("Content", "The ships are late"),
        span("Source", "he"),
        span("Place", "late"),
    ]);
    let line = |more: Value| {
        let mut line = json!({
            "text": text, "spans": spans, "tokens": [{ "text": "We", "start": 0, "end": 2, "id": 0 }],
            "meta": { "url": "https://news.example/1" }, "_input_hash": 17, "answer": "accept",
        });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        format!("{line}\n")
    };
    let wrong = json!([{ "start": 2, "end": 400, "label": "Content" }]);
    let lines = line(json!({}))
        + &line(json!({ "answer": "reject" }))
        + &line(json!({ "spans": wrong }))
        + &line(json!({ "spans": [{ "start": 0, "end": 1, "label": "Content", "text": "We" }] }));
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let (_, report, rejects) = import(&place, &[&place.file("marked.jsonl", &lines)]);
        let found: Vec<_> =
            rejects.iter().map(|it| (number(it, "/line"), super::text(it, "/field"))).collect();
        assert_eq!(found, [(3, "spans[0]"), (4, "spans[0]")]);
        // What was not accepted is one of the lines.
        assert_eq!(number(&report, "/lines"), 5, "{report}");
        let expected = [
            "INDIRECT | The ships are late | - | - | he",
            "DIRECT | We shall see, | - | Ada Quill | -",
        ];
        assert_eq!(kept(&place), expected);
        let err = told(&place, &[&place.file("no.jsonl", line(json!({ "answer": "reject" })))]);
        assert!(err.contains("no quote: 1 × answer reject"), "{err}");
    });
}

/// Two paragraphs that begin alike.
#[test]
fn places_in_a_task_are_none_in_its_article_unless_its_text_is_known() {
    let task = |hash: u32, speaker: &str, more: Value| {
        let end = 12 + speaker.len();
        let mut task = json!({
            "text": format!("“Yes,” said {speaker}."), "_input_hash": hash, "answer": "accept",
            "meta": { "url": "https://news.example/1" },
            "spans": [{ "start": 0, "end": 6, "label": "Content" },
                      { "start": "12", "end": end, "label": "Source" }],
        });
        task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        format!("{task}\n")
    };
    let both = |more: Value| task(11, "Ada Quill", more.clone()) + &task(12, "Bo Carver", more);
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let err = told(&place, &[&place.file("tasks.jsonl", both(json!({})))]);
        assert_eq!(err.matches("in which place of the article").count(), 2, "{err}");
        let [ada, bo] =
            ["Ada Quill", "Bo Carver"].map(|name| format!("DIRECT | Yes, | - | {name} | -"));
        let mut found = kept(&place);
        found.sort();
        assert_eq!(found, [ada, bo]);
        let ids = "SELECT external_id AS value FROM quote ORDER BY external_id";
        assert_eq!(place.direct().unwrap().column(ids), ["11:0-6", "12:0-6"]);

        // What has no name is told apart by its words.
        let place = Workplace::new(backend);
        let tasks = both(json!({ "_input_hash": null }));
        told(&place, &[&place.file("tasks.jsonl", tasks)]);
        assert_eq!(kept(&place).len(), 2);

        // With the article's text.
        let place = Workplace::new(backend);
        let text = "Ships.\n“Yes,” said Ada Quill.\n“Yes,” said Bo Carver.\n";
        let known = json!({ "document_id": "ships", "text": text });
        place.file("known.jsonl", known.to_string());
        let tasks = both(json!({ "meta": { "document_id": "ships" } }));
        told(&place, &["--articles", "known.jsonl", &place.file("tasks.jsonl", tasks)]);
        let expected =
            ["DIRECT | Yes, | 8-12 | Ada Quill | -", "DIRECT | Yes, | 31-35 | Bo Carver | -"];
        assert_eq!(kept(&place), expected);

        // A text that nothing but its hash names is its article.
        let place = Workplace::new(backend);
        told(&place, &[&place.file("tasks.jsonl", both(json!({ "meta": {} })))]);
        assert_eq!(kept(&place).iter().filter(|row| row.contains("1-5")).count(), 2);
        let documents = "SELECT document_id AS value FROM article ORDER BY document_id";
        assert_eq!(place.direct().unwrap().column(documents), ["tasks#11", "tasks#12"]);
    });
}

/// spaCy prints its spans in groups, and an empty list beside the one that has something.
#[test]
fn marks_are_found_wherever_spacy_prints_them() {
    let marks = json!([{ "start": 0, "end": 6, "label": "Content" },
                       { "start": 12.0, "end": 21, "label": "Source" }]);
    let text = "“Yes,” said Ada Quill.";
    for document in [
        json!({ "text": text, "spans": [], "ents": marks }),
        json!({ "text": text, "spans": { "sc": marks }, "ents": [] }),
        json!({ "text": text, "ents": [{ "start": 12, "end": 21, "label": "PERSON" }],
                "spans": { "other": [], "sc": marks }, "tokens": [] }),
    ] {
        let place = Workplace::new(Backend::Sqlite);
        told(&place, &[&place.file("a.json", document.to_string())]);
        assert_eq!(kept(&place), ["DIRECT | Yes, | 1-5 | Ada Quill | -"], "{document}");
    }
    let place = Workplace::new(Backend::Sqlite);
    let people = json!({ "text": text, "ents": [{ "start": 12, "end": 21, "label": "PERSON" }] });
    let err = told(&place, &[&place.file("a.json", people.to_string())]);
    assert!(err.contains("no quote: 1 × PERSON"), "{err}");
}

#[test]
fn what_journalismai_searches_has_its_article_and_names_pronouns() {
    let document = json!({
        "metadata": { "path": "ships/1", "publisher": "The Gazette", "title": "Ships",
                      "publish_date": "2021-11-04T00:00:01", "topic": ["A"] },
        "paragraphs": ["Ada Quill came.\n", "She said: \"We shall see.\n", "\"And soon.\"\n"],
        "entities": [
            { "index": 0, "span_text": "She", "span_coref": "Ada Quill", "span_label": "Source",
              "span_start": 0, "span_end": 2, "paragraph_start": 1, "paragraph_end": 1 },
            { "index": "1", "span_text": "said", "span_coref": "", "span_label": "Cue",
              "span_start": 4, "span_end": 7, "paragraph_start": 1, "paragraph_end": 1 },
            { "index": 2, "span_text": "\"We shall see.\n\"And soon.\"", "span_label": "Content",
              "span_start": 10, "span_end": 99, "paragraph_start": 1, "paragraph_end": 2 },
        ],
    });
    each_backend(|backend| {
        let place = Workplace::new(backend);
        told(&place, &[&place.file("1.json", serde_json::to_string_pretty(&document).unwrap())]);
        let found = kept(&place);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains("We shall see.\n\"And soon.")
                && found[0].ends_with("| Ada Quill | She"),
            "{found:?}"
        );
        // Rejected and mended it is the same.
        let again = Workplace::new(backend);
        let mut wrong = document.clone();
        wrong["entities"][2]["index"] = json!("two");
        let (_, _, rejects) = import(&again, &[&again.file("1.json", wrong.to_string())]);
        let mut mended = rejects[0].clone();
        mended["row"] = json!(text(&mended, "/row").replace("\"two\"", "2"));
        told(&again, &[&again.file("mended.jsonl", mended.to_string())]);
        assert_eq!(kept(&again), found);
        let (_, report, _) = import(&again, &[&again.file("1.json", document.to_string())]);
        assert_eq!(number(&report, "/known"), 1, "{report}");
    });
}

#[test]
fn the_regular_expressions_leave_quotation_marks_and_say_no_article() {
    let line = |quote: &str, second: Value, speaker: &str| {
        let line = json!({
            "quote_text": quote, "speaker": speaker, "QUOTE_TYPE": 1,
            "quote_text_optional_second_part": second,
        });
        format!("{line}\n")
    };
    let lines = line("“We shall see,”", json!("“The ships are late.”"), "Ada Quill")
        + &line("“Not yet!”", Value::Null, "Unknown")
        + &line("“Not yet!”", json!(""), "")
        + &line("", json!(""), "Ada Quill")
        + "{\"quote_text\": \"“a”\", \"quote_text\": \"“b”\", \"speaker\": \"x\"}\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let (_, report, rejects) = import(&place, &[&place.file("ships.jsonl", &lines)]);
        assert_eq!((number(&report, "/accepted"), number(&report, "/known")), (2, 1), "{report}");
        let codes: Vec<&str> = rejects.iter().map(|it| text(it, "/code")).collect();
        assert_eq!(codes, ["missing_field", "unknown_field"]);
        let expected = [
            "DIRECT | Not yet! | - | - | -",
            "DIRECT | We shall see, […] The ships are late. | - | Ada Quill | -",
        ];
        assert_eq!(kept(&place), expected);
    });
}

/// Quotes with their positions, in the order of their texts.
fn positions(place: &Workplace, beside: &str) -> Vec<String> {
    place.direct().unwrap().column(&format!(
        "SELECT text || ' | ' || COALESCE({beside}, '-') || ' | ' || \
         COALESCE(CAST(position AS TEXT), '-') AS value FROM quote ORDER BY 1"
    ))
}

#[test]
fn the_same_words_in_another_place_of_what_gdelt_saw_are_another_quote() {
    let quote = |before: &str, more: Value| json!({ "pre": before, "quote": "Yes", "post": more });
    let line = json!({
        "date": "2021-08-13T18:45:00Z", "url": "https://news.example/1", "title": "Ships",
        "lang": "ENGLISH", "quotes": [
            quote("Ada Quill said ", json!("")),
            quote("Bob Stone replied ", json!("")),
            quote("Ada Quill said ", json!("")),
            quote("Cyd Vale said ", json!("left ".repeat(3_000))),
        ],
    });
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let file = place.file("gqg.jsonl", line.to_string());
        let (_, report, rejects) = import(&place, &[&file]);
        assert_eq!((number(&report, "/accepted"), number(&report, "/known")), (2, 1), "{report}");
        let mut mended = rejects[0].clone();
        mended["row"] = json!(text(&mended, "/row").replace(&"left ".repeat(2_999), ""));
        told(&place, &[&place.file("mended.jsonl", mended.to_string())]);
        let expected =
            ["Yes | Ada Quill said | -", "Yes | Bob Stone replied | 1", "Yes | Cyd Vale said | 3"];
        assert_eq!(positions(&place, "context_before"), expected);
    });
}

#[test]
fn gdelt_names_no_speaker_and_says_when_it_saw_the_article() {
    let quote =
        |words: Value| json!({ "pre": "Ada Quill said ", "quote": words, "post": " and left." });
    let line = |url: &str, quotes: Value| {
        let line = json!({
            "date": "2021-08-13T18:45:00Z", "url": url, "title": "Ships", "lang": "FRENCH",
            "quotes": quotes,
        });
        format!("{line}\n")
    };
    let lines =
        line("https://news.example/1", json!([quote(json!("We shall see")), quote(json!(4))]))
            + &line(
                "http://www.news.example/1?utm_medium=feed",
                json!([quote(json!("We shall see"))]),
            )
            + &line("mailto:a@news.example", json!([quote(json!("We shall see"))]))
            + &line("https://news.example/2", json!([])).replace("FRENCH", "KLINGON");
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let (_, report, rejects) = import(&place, &[&place.file("gqg.jsonl", &lines)]);
        assert_eq!((number(&report, "/accepted"), number(&report, "/known")), (1, 1), "{report}");
        let found: Vec<_> =
            rejects.iter().map(|it| (number(it, "/line"), text(it, "/field"))).collect();
        assert_eq!(found, [(1, "quote"), (3, "url")]);
        assert_eq!(text(&rejects[0], "/place"), "quotes[1]");
        assert_eq!(kept(&place), ["DIRECT | We shall see | - | - | -"]);
        let mut direct = place.direct().unwrap();
        let statement = "SELECT language || ' ' || COALESCE(CAST(published_earliest AS TEXT), 'unknown') \
                         AS value FROM article";
        assert_eq!(direct.column(statement), ["fr unknown"]);
    });
}
