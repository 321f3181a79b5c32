//! Rows that databases could disagree about: every field with and without a value, and values that
//! collations, case folding, clocks and number formats tell apart in different ways.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::import_properties::rows::fields;
use crate::support::SPEAKER_KINDS;

/// Names in many scripts; many are equal when folded, some of them only in one database's eyes.
pub const NAMES: [&str; 30] = [
    "Ada Quill",
    "ADA QUILL",
    "ada quill",
    "Ádá Quill",
    "President Ada Quill",
    "ada_quill Percy",
    "José Ñuñez",
    "JOSÉ ÑUÑEZ",
    "Jose\u{301} N\u{303}un\u{303}ez",
    "Jose Nunez",
    "Gregor Straße",
    "GREGOR STRASSE",
    "İbrahim Işık",
    "ibrahim ışık",
    "IBRAHIM ISIK",
    "Σωκράτης Παπάς",
    "ΣΩΚΡΆΤΗΣ ΠΑΠΆΣ",
    "Maeve O'Brien",
    "Maeve O’Brien",
    "Jean d'Artagnan",
    "李 小龙",
    "王 小明",
    "محمد العلي",
    "דוד לוי",
    "Zoë Ångström",
    "Zoe\u{308} A\u{30A}ngstro\u{308}m",
    "Ｆｕｌｌ Ｗｉｄｔｈ",
    "Wild %_ Card",
    "Łukasz Żak",
    "Æsop Øre",
];

/// A record of people of these names, with bounds of every sort.
pub fn record() -> String {
    let posts = [
        "Defence Secretary,UK Ministry of Defence,open,open,list",
        "UN spokesman,United Nations,2001,present,list",
        "acting chairman,Foo Council,2019-02-28,2021-08-13,",
        "former Minister,Afghan government,,2021-08,",
        "Mayor,,2021,,list",
    ];
    let named = NAMES.iter().zip(posts.iter().cycle());
    let mut rows: String = named.map(|(name, post)| format!("{name},,{post}\n")).collect();
    rows += "Ada Quill,Q42,Mayor,Foo Council,2001,2021,\n";
    format!("name,wikidata,role,organisation,from,until,source\n{rows}")
}

const ORGANISATIONS: [&str; 20] = [
    "UN",
    "United Nations",
    "UNHCR",
    "WHO",
    "Taliban",
    "Pentagon",
    "UK Ministry of Defence",
    "Afghan government",
    "Foo Council",
    "FOO COUNCIL",
    "Fóó Council",
    "foo_council",
    "100% Juice Company",
    "Straßenbau Verein",
    "STRASSENBAU VEREIN",
    "İstanbul Kulübü",
    "istanbul kulübü",
    "Οργανισμός Ειρήνης",
    "北京大学",
    "\\ Back Slash Union",
];

const TEXTS: [&str; 16] = [
    "We shall see.",
    "we shall see",
    "“WE SHALL SEE”",
    "Straße",
    "STRASSE",
    "Iğdır, I said; i said",
    "'; DROP TABLE quote; --",
    "It\\'s 100 % \\ _ \"quoted\"",
    "我们拭目以待。",
    "سوف نرى",
    "e\u{301}e\u{300}e\u{308}",
    "👩‍👩‍👧 🇦🇫 👍🏽",
    "?!",
    "NULL",
    "\\N",
    "0",
];

/// A text that no page of an index takes whole.
fn long() -> String {
    (0..700).map(|n| format!("word{n} ")).collect()
}

/// So many rows.
pub fn rows(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(row(), count)
}

fn row() -> impl Strategy<Value = String> {
    let text = prop_oneof![30 => select(TEXTS.to_vec()).prop_map(str::to_owned), 1 => Just(long())];
    let kind = select(vec!["direct", "direct", "indirect", "mixed"]);
    (text, kind, article(), attribution(), details()).prop_map(
        |(text, kind, article, mut row, details)| {
            row.extend(details);
            row.insert("text".to_owned(), json!(text));
            row.insert("kind".to_owned(), json!(kind));
            row.insert("article".to_owned(), Value::Object(article));
            Value::Object(row).to_string() + "\n"
        },
    )
}

fn article() -> impl Strategy<Value = Map<String, Value>> {
    let sites = ["news.example", "Zeitung.example", "xn--bcher-kva.example", "a.b.example"];
    let place = (0..12usize, 0..4usize, 0..3usize).prop_map(move |(number, site, how)| {
        let url = json!(format!("https://{}/Straße/{number}?q=ä", sites[site]));
        let mut article = Map::new();
        if how > 0 {
            article.insert("url".to_owned(), url);
        }
        if how != 1 {
            // Some are shared by articles, others are not.
            let number = if how == 0 { number + 12 * site } else { number };
            article.insert("document_id".to_owned(), json!(format!("Dok-{number}")));
        }
        article
    });
    let more = fields(vec![
        (0.6, "publisher", json!(ORGANISATIONS)),
        (0.6, "title", json!(TEXTS)),
        (0.6, "published_at", dates()),
        (0.5, "authors", json!([["Zoë"], ["a", "B", "Á"], [], ["O'Brien", "\"x\", \\y"]])),
        (0.6, "language", json!(["en", "EN", "de", "pt-br", "zh-hant"])),
        (0.3, "licence", json!(["CC0", "CC-BY-4.0"])),
        (0.3, "archive_url", json!(["https://web.example/1", "https://web.example/ä"])),
    ]);
    (place, more).prop_map(|(mut place, more)| {
        place.extend(more);
        place
    })
}

/// Every precision, the ends of the calendar, and moments that are equal or nearly so.
fn dates() -> Value {
    json!([
        "2021",
        "2021-08",
        "2021-08-13",
        "2021-08-13",
        "2021-08-13T00:00:00Z",
        "2021-08-13T09:30:00.123456Z",
        "2021-08-13T11:30:00.123456+02:00",
        "2021-08-13T09:30:00.123457Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01",
        "0001",
        "1582-10-10",
        "2020-02-29",
        "9998-12-31"
    ])
}

fn attribution() -> impl Strategy<Value = Map<String, Value>> {
    let speakers: Vec<&str> =
        [&NAMES[..], &["he", "None", "the UN", "A Taliban spokesman"]].concat();
    let roles = json!([
        "UN spokesman",
        "un spokesman",
        "UN Spokesman",
        "Defence Minister",
        "defence minister",
        "former president",
        "acting mayor",
        "shadow foreign secretary",
        "Président de la république",
        "Σύμβουλος",
        "police chief",
        "residents",
        "witness",
        "senior health ministry official",
        "100%_expert"
    ]);
    fields(vec![
        (0.7, "speaker", json!(speakers)),
        (0.6, "role", roles),
        (0.6, "organisation", json!(ORGANISATIONS)),
        (0.3, "speaker_kind", json!(SPEAKER_KINDS)),
        (0.4, "attribution", json!(TEXTS)),
        (0.3, "wikidata", json!(["Q1", "Q42", "Q7259"])),
        (
            0.3,
            "further_speakers",
            json!([
                [{ "mode": "joint", "name": "Zoë Ångström" }],
                [{ "mode": "alternative", "name": "李 小龙", "probability": 0.1 },
                 { "mode": "alternative", "probability": 5e-324 }],
                []
            ]),
        ),
    ])
}

fn details() -> impl Strategy<Value = Map<String, Value>> {
    fields(vec![
        (0.4, "cue", json!(["said", "claims", "sagt", "dedi"])),
        (0.3, "via", json!(["the radio", "Ünal's aide"])),
        (
            0.5,
            "medium",
            json!([
                "broadcast",
                "court",
                "interview",
                "other",
                "parliament",
                "press_briefing",
                "press_release",
                "publication",
                "social_post",
                "speech",
                "written_statement"
            ]),
        ),
        (0.3, "context_before", json!(TEXTS)),
        (0.3, "context_after", json!(TEXTS)),
        (0.6, "said_at", dates()),
        (0.4, "reported_at", dates()),
        (0.4, "language", json!(["en", "de", "pt-BR", "tr"])),
        (0.5, "confidence", json!([0, -0.0, 1, 0.1, 0.3, 0.30000000000000004, 1e-7, 5e-324])),
        (
            0.5,
            "extractor",
            json!([{ "name": "x" }, { "name": "x", "version": "1.9" },
                { "name": "x", "version": "1.10" }, { "name": "É", "version": "β" }]),
        ),
        (0.3, "start", json!([0, 5, 4_294_967_295u32])),
        (0.2, "end", json!([4_294_967_295u32])),
        (0.3, "position", json!([0, 1, 4_294_967_295u32])),
        (0.5, "external_id", json!(["e1", "E1", "é-2", "2017-01-01-000001", "a'b"])),
    ])
}
