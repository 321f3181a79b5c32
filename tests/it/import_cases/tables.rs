//! Tables of anybody's: columns known by name or given to fields, and what is refused rather than
//! guessed.

use serde_json::{Value, json};

use super::{import, kept, told};
use crate::support::{Backend, Workplace, each_backend, native_row, number, text};

/// What the report says of the only input that failed.
fn failure(place: &Workplace, arguments: &[&str]) -> String {
    let (code, report, _) = import(place, arguments);
    assert_eq!((code, number(&report, "/lines")), (2, 0), "{report}");
    text(&report, "/failed/0").to_owned()
}

/// The articles that are kept, in the order of their addresses.
fn articles(place: &Workplace) -> Vec<String> {
    place.direct().unwrap().column(
        "SELECT COALESCE(url, '-') || ' | ' || COALESCE(document_id, '-') || ' | ' || \
         COALESCE(title, '-') AS value FROM article ORDER BY COALESCE(url, '-'), COALESCE(document_id, '-')",
    )
}

#[test]
fn columns_are_known_by_their_names_however_they_are_printed() {
    // A mark, line ends of Windows, a line end and a separator inside a cell, curly and back-tick marks.
    let table = "\u{feff}Quotation;Who;Link;Headline;Outlet;Published At;Mood\r\n\
        “We shall see,”;Ada Quill, a spokeswoman for the WHO;https://news.example/1;Ships;The Gazette;2021-08-13 09:30:00;calm\r\n\
        \"``The harbour\r\nis open; at last.''\";None;https://www.news.example/1/?utm_source=x;;;;\r\n\
        that \"nobody\" knows;Unknown;https://news.example/2;;;;\r\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let file = place.file("quotes.csv", table);
        let err = told(&place, &[&file]);
        assert_eq!(err.matches("not read: the columns `Mood`").count(), 1, "{err}");
        let expected = [
            "DIRECT | The harbour\r\nis open; at last. | - | - | -",
            "DIRECT | We shall see, | - | Ada Quill | Ada Quill, a spokeswoman for the WHO",
            "MIXED | that \"nobody\" knows | - | - | -",
        ];
        assert_eq!(kept(&place), expected);
        let expected = ["https://news.example/1 | - | Ships", "https://news.example/2 | - | -"];
        assert_eq!(articles(&place), expected);
    });
}

#[test]
fn what_a_name_does_not_decide_is_refused_until_it_is_mapped() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let file = place.file("a.tsv", "Text\tTitle\tSource\nWe shall see.\tMayor\tAda Quill\n");
        let why = failure(&place, &[&file]);
        assert!(why.contains("`Text` may hold `text`") && why.contains("--map text=Text"), "{why}");
        let why = failure(&place, &["--map", "quote=Text,speeker=Source", &file]);
        assert!(why.contains("`speeker`") && why.contains("`article.url`"), "{why}");
        let why = failure(&place, &["--map", "quote=Words, all", &file]);
        assert!(why.contains("`Words, all`") && why.contains("`Title`"), "{why}");
        let map = "quote=Text,speaker=Source,role=Title";
        told(&place, &["--map", map, &file]);
        assert_eq!(kept(&place), ["DIRECT | We shall see. | - | Ada Quill | -"]);
        // Nothing names the article: the whole table is about one, called as its file.
        assert_eq!(articles(&place), ["- | a | -"]);
    });
}

#[test]
fn a_map_makes_a_table_of_columns_that_nobody_knows_one_of_quotes() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let file = place.file("a.csv", "a,b,c\n\"We, too.\",Bo Carver,https://news.example/1\n");
        assert!(failure(&place, &[&file]).contains("--format"));
        told(&place, &["--map", "statement=a,speaker=b,url=c", &file]);
        assert_eq!(kept(&place), ["INDIRECT | We, too. | - | Bo Carver | -"]);
    });
}

#[test]
fn a_faulty_row_is_rejected_alone_and_taken_once_it_is_mended() {
    let table = "quote,kind,speaker,url,start,confidence\n\
        We shall see.,direct,Ada Quill,https://news.example/1,4.0,0.5\n\
        We shall see.,shouted,Ada Quill,https://news.example/2,,\n\
        Not yet.,direct,Ada Quill,https://news.example/3,,high\n\
        Not yet.,direct,Ada Quill\n\
        We shall see.,direct,Ada Quill,,,\n\
        We shall see.,direct,Ada Quill,https://news.example/1,4.0,0.5\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let file = place.file("quotes.csv", table);
        let (_, report, rejects) = import(&place, &[&file]);
        assert_eq!((&report["accepted"], &report["known"]), (&json!(1), &json!(1)), "{report}");
        let found: Vec<(u64, &str, Option<&str>)> = rejects
            .iter()
            .map(|it| (number(it, "/line"), text(it, "/code"), it["field"].as_str()))
            .collect();
        let expected = [
            (3, "bad_value", Some("kind")),
            (4, "bad_value", Some("confidence")),
            (5, "bad_cells", None),
            (6, "no_article", None),
        ];
        assert_eq!(found, expected);
        let mend = |row: &str| {
            let row = row.replace("shouted", "direct").replace("high", "0.9");
            row.replace("Quill,,,", "Quill,https://news.example/6,,")
        };
        let mended: String = rejects
            .iter()
            .filter(|it| text(it, "/code") != "bad_cells")
            .map(|it| {
                let mut it: Value = it.clone();
                it["row"] = json!(mend(text(&it, "/row")));
                format!("{it}\n")
            })
            .collect();
        let file = place.file("mended.jsonl", mended);
        let (code, report, _) = import(&place, &[&file]);
        assert_eq!((code, &report["accepted"]), (0, &json!(3)), "{report}");
    });
}

#[test]
fn what_is_no_row_of_the_table_is_rejected_and_not_guessed() {
    let table = "quote,speaker,doc_id\n\
        \"He said \"\"no\"\" to it.\",Ada Quill,a\n\
        quote,speaker,doc_id\n\
        \"He said \"no\" to it.\",Ada Quill,a\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let (_, report, rejects) = import(&place, &[&place.file("joined.csv", table)]);
        assert_eq!((&report["accepted"], rejects.len()), (&json!(1), 2), "{report}");
        assert!(text(&rejects[0], "/reason").contains("the head of the table once more"));
        assert!(text(&rejects[1], "/reason").contains("in cell 1 a quotation mark closes"));
        assert_eq!(kept(&place), ["MIXED | He said \"no\" to it. | - | Ada Quill | -"]);
        // Sent back as they are, they are what they were.
        let again: String = rejects.iter().map(|row| format!("{row}\n")).collect();
        let (_, report, _) = import(&place, &[&place.file("again.jsonl", again)]);
        assert_eq!((&report["accepted"], &report["rejected"]), (&json!(0), &json!(2)), "{report}");
    });
}

#[test]
fn a_mark_that_is_not_closed_is_named_where_it_swallows_the_table() {
    let row = "We shall see.,Ada Quill,a\n";
    let table = format!("quote,speaker,doc_id\n{row}\"{}", row.repeat(60_000));
    let place = Workplace::new(Backend::Sqlite);
    let (_, report, rejects) = import(&place, &[&place.file("open.csv", table)]);
    assert_eq!((&report["accepted"], number(&rejects[0], "/line")), (&json!(1), 3));
    assert!(text(&rejects[0], "/reason").contains("is a quotation mark not closed?"));
}

/// The head of the second one is no quote, whatever stands before it.
#[test]
fn tables_put_behind_each_other_are_one() {
    let table =
        |words: &str| format!("\u{feff}quote,speaker,doc_id\r\n\"{words}\",Ada Quill,a\r\n");
    let place = Workplace::new(Backend::Sqlite);
    let file = place.file("both.csv", table("We shall see.") + &table("Not yet, no."));
    let (_, report, rejects) = import(&place, &[&file]);
    assert_eq!((number(&report, "/accepted"), text(&rejects[0], "/code")), (2, "bad_cells"));
    assert_eq!(number(&rejects[0], "/line"), 3, "{rejects:?}");
    let expected = ["Not yet, no.", "We shall see."];
    assert_eq!(
        place.direct().unwrap().column("SELECT text AS value FROM quote ORDER BY 1"),
        expected
    );
}

#[test]
fn a_map_that_contradicts_itself_or_has_nothing_to_map_is_refused() {
    let place = Workplace::new(Backend::Sqlite);
    let file = place.file("a.csv", "quote,speaker,doc_id\nWe shall see.,Ada Quill,a\n");
    let done = place.dixit(&["import", "--map", "quote=quote,quote=speaker", &file]);
    assert_eq!(done.code, 2, "{done:?}");
    assert!(done.err.contains("gives both `quote` and `speaker` to `quote`"), "{done:?}");
    let why = failure(&place, &["--map", "quote=quote,speaker=quote", &file]);
    assert!(why.contains("gives `quote` to `text` and to `speaker`"), "{why}");
    let native = place.file("a.jsonl", native_row("a", "We shall see.", json!({})));
    let why = failure(&place, &["--map", "quote=text", &native]);
    assert!(why.contains("leave --map out"), "{why}");
}

#[test]
fn what_dixit_exports_is_a_table_that_it_reads() {
    let table = "id,text,kind,speaker,role,organisation,attribution,start,further_speakers,\
        article_id,article_url,article_authors,vanished_at,resolved_speaker,official_of\r\n\
        x,'=We shall see.,mixed,None,,,,4,\"[{\"\"mode\"\":\"\"joint\"\",\"\"name\"\":\"\"Bo Carver\"\"}]\",\
        y,https://news.example/1,\"[\"\"Quill, Ada\"\"]\",,,\r\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let err = told(&place, &[&place.file("quotes.csv", table)]);
        assert!(!err.contains("not read"), "{err}");
        assert_eq!(kept(&place), ["MIXED | =We shall see. | - | None | -"]);
        let gone = table.replace(
            "\"[\"\"Quill, Ada\"\"]\",,",
            "\"[\"\"Quill, Ada\"\"]\",2021-08-13T00:00:00Z,",
        );
        let (_, _, rejects) = import(&place, &[&place.file("gone.csv", gone)]);
        assert_eq!(text(&rejects[0], "/field"), "vanished_at");
    });
}

#[test]
fn a_cell_of_321_thousand_bytes_passes_where_it_is_not_the_quote() {
    let long = "word ".repeat(64_300);
    let table = format!(
        "quote,speaker,url,body\nWe shall see.,Ada Quill,https://news.example/1,\"{long}\"\n\
         \"{long}\",Ada Quill,https://news.example/2,\n"
    );
    let place = Workplace::new(Backend::Sqlite);
    let (_, report, rejects) = import(&place, &[&place.file("quotes.csv", table)]);
    assert_eq!(report["accepted"], json!(1));
    assert_eq!((text(&rejects[0], "/code"), text(&rejects[0], "/field")), ("bad_text", "text"));
}

/// A quotation mark that nobody meant as one, and another one two rows on.
#[test]
fn rows_that_two_stray_marks_hold_together_are_not_one_quote() {
    let head = "quote\tspeaker\turl\n";
    let url = "https://news.example/6";
    let table = format!(
        "{head}\"Open\tBob Stone\t{url}\nNext\tCyd Vale\t{url}\nLast\"\tDee Marsh\t{url}\n\
         \"First,\twe go.\nThen, now.\"\tAda Quill\t{url}\n"
    );
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let (_, report, rejects) = import(&place, &[&place.file("stray.tsv", &table)]);
        assert_eq!((&report["accepted"], rejects.len()), (&json!(1), 1), "{report}");
        assert_eq!(text(&rejects[0], "/code"), "bad_cells");
        assert!(text(&rejects[0], "/reason").contains("in cell 1 stand 3 lines"), "{rejects:?}");
        // Sent back as it is, it is what it was.
        let again = place.file("again.jsonl", rejects[0].to_string());
        let (_, report, rejects) = import(&place, &[&again]);
        assert_eq!((&report["accepted"], &report["rejected"]), (&json!(0), &json!(1)), "{report}");
        // Mended, it is three rows; what is wrong with one of them does not cost the others.
        let mut mended = rejects[0].clone();
        let row = text(&mended, "/row").replace("\"Open", "\"\"\"Open\"").replace(url, "");
        let row = row.replacen("Stone\t", &format!("Stone\t{url}"), 1);
        mended["row"] = json!(row.replace("Marsh\t", &format!("Marsh\t{url}")));
        let (_, report, rejects) =
            import(&place, &[&place.file("mended.jsonl", mended.to_string())]);
        assert_eq!((&report["accepted"], rejects.len()), (&json!(2), 1), "{report}");
        assert_eq!(text(&rejects[0], "/code"), "no_article");
        assert_eq!(text(&rejects[0], "/row"), "Next\tCyd Vale\t");
        let expected = [
            "DIRECT | First,\twe go.\nThen, now. | - | Ada Quill | -",
            "DIRECT | Last | - | Dee Marsh | -",
            "DIRECT | Open | - | Bob Stone | -",
        ];
        assert_eq!(kept(&place), expected);
    });
}

#[test]
fn what_programs_write_for_nothing_is_nothing() {
    let table = "quote,speaker,attribution,document_id,publisher,headline,via,url\n\
        We shall see.,Unknown,nan,nan,nan,None,<NA>,https://news.example/1\n\
        Not yet.,Ada Quill,null,nan,NaN,nan,nan,nan\n\
        None,Ada Quill,,a,,,,\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let (_, report, rejects) = import(&place, &[&place.file("quotes.csv", table)]);
        assert_eq!(&report["accepted"], &json!(2), "{report}");
        assert_eq!((number(&rejects[0], "/line"), text(&rejects[0], "/code")), (3, "no_article"));
        assert_eq!(
            kept(&place),
            ["DIRECT | None | - | Ada Quill | -", "DIRECT | We shall see. | - | - | -"]
        );
        assert_eq!(articles(&place), ["- | a | -", "https://news.example/1 | - | -"]);
        let organisations = "SELECT name AS value FROM organisation ORDER BY 1";
        assert_eq!(place.direct().unwrap().column(organisations), [""; 0]);
    });
}

#[test]
fn names_joined_in_one_cell_are_people_of_their_own() {
    let table = "quote;speaker;role;url\n\
        One.;Ada Quill/Bob Stone;;https://news.example/1\n\
        Two.;\"[\"\"Ada Quill\"\", \"\"Bob Stone\"\"]\";mayor;https://news.example/1\n\
        Three.;Ada Quill/Reuters;;https://news.example/1\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        told(&place, &[&place.file("quotes.csv", table)]);
        let mut expected = [
            "DIRECT | One. | - | Ada Quill | Ada Quill/Bob Stone",
            "DIRECT | Three. | - | - | Ada Quill/Reuters",
            "DIRECT | Two. | - | Ada Quill | [\"Ada Quill\", \"Bob Stone\"]",
        ];
        expected.sort();
        assert_eq!(kept(&place), expected);
        let names = "SELECT name AS value FROM speaker ORDER BY 1";
        assert!(!place.direct().unwrap().column(names).iter().any(|name| name.contains('/')));
        let lines = place.dixit(&["export", "--printed"]).out;
        let joint = "\"further_speakers\":[{\"mode\":\"JOINT\",\"name\":\"Bob Stone\"}]";
        assert_eq!(lines.matches(joint).count(), 2, "{lines}");
    });
}

#[test]
fn a_place_is_compared_with_the_text_where_that_is_at_hand() {
    let table = "quote,speaker,document_id,start,end\n\
        “We shall see”,Ada Quill,story,0,14\n\
        Not yet,Ada Quill,story,900,907\n\
        Not yet,Ada Quill,other,900,907\n";
    each_backend(|backend| {
        let place = Workplace::new(backend);
        place.file("story.txt", "“We shall see”, said Ada Quill.");
        let known = json!({ "document_id": "story", "text_file": "story.txt" });
        let known = place.file("articles.jsonl", known.to_string());
        let err = told(&place, &["--articles", &known, &place.file("quotes.csv", table)]);
        assert_eq!(err.matches("offset not usable").count(), 1, "{err}");
        let expected = [
            "DIRECT | Not yet | - | Ada Quill | -",
            "DIRECT | We shall see | 1-13 | Ada Quill | -",
            "DIRECT | Not yet | 900-907 | Ada Quill | -",
        ];
        assert_eq!(kept(&place), expected);
    });
}

#[test]
fn a_table_may_say_its_separator_or_have_one_column() {
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let table = "sep=;\r\nquote;speaker;url\r\n\"Yes; no.\";Ada Quill;https://news.example/1\r\n\
                     Yes, no, yes;Ada Quill\r\n";
        let (_, report, rejects) = import(&place, &[&place.file("excel.csv", table)]);
        assert_eq!((&report["accepted"], number(&rejects[0], "/line")), (&json!(1), 4), "{report}");
        let mut mended = rejects[0].clone();
        mended["row"] = json!(format!("{};https://news.example/1", text(&mended, "/row")));
        told(&place, &[&place.file("mended.jsonl", mended.to_string())]);
        let one = place.file("one.csv", "Wortlaut\nWir kommen.\n");
        let why = failure(&place, &["--map", "quote=Text", &one]);
        assert!(why.contains("no such column; it has `Wortlaut`"), "{why}");
        told(&place, &["--map", "quote=Wortlaut", &one]);
        let expected = [
            "DIRECT | Wir kommen. | - | - | -",
            "DIRECT | Yes, no, yes | - | Ada Quill | -",
            "DIRECT | Yes; no. | - | Ada Quill | -",
        ];
        assert_eq!(kept(&place), expected);
    });
}

#[test]
fn an_inch_is_no_quotation_mark() {
    let table = "quote,speaker,url\n\"The boat is 12\"\"\",Ada Quill,https://news.example/1\n\
                 It is rock 'n' roll,Ada Quill,https://news.example/1\n";
    let place = Workplace::new(Backend::Sqlite);
    told(&place, &[&place.file("quotes.csv", table)]);
    let expected = [
        "DIRECT | It is rock 'n' roll | - | Ada Quill | -",
        "DIRECT | The boat is 12\" | - | Ada Quill | -",
    ];
    assert_eq!(kept(&place), expected);
}
