//! Rows from a small pool, for properties of the importer.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::support::SPEAKER_KINDS;

/// Rows over a small pool, so that they often speak of one article, one quote, one speaker.
pub fn rows(at_most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(row(), 1..=at_most)
}

/// One of them.
pub fn row() -> impl Strategy<Value = String> {
    let texts = [
        "We shall see.",
        "we shall see",
        "“WE SHALL SEE”",
        "We\u{a0}shall — see…",
        "Nobody knows.",
        "Nobody knows!",
        "Das Café bleibt",
        "Das Cafe\u{301} bleibt",
        "?!",
    ];
    (select(texts.to_vec()), select(vec!["direct", "direct", "indirect"]), article(), details())
        .prop_map(|(text, kind, article, mut row)| {
            row.extend([
                ("text".to_owned(), json!(text)),
                ("kind".to_owned(), json!(kind)),
                ("article".to_owned(), Value::Object(article)),
            ]);
            Value::Object(row).to_string() + "\n"
        })
}

fn article() -> impl Strategy<Value = Map<String, Value>> {
    let identities = vec![
        json!({ "document_id": "1", "publisher": "The Gazette" }),
        json!({ "document_id": "1", "publisher": "the gazette" }),
        json!({ "document_id": "1" }),
        json!({ "url": "https://n.example/a" }),
        json!({ "url": "http://www.n.example/a/?utm_source=x" }),
        json!({ "url": "https://n.example/a#top", "publisher": "Gazette" }),
        json!({ "url": "https://n.example/a", "document_id": "9", "publisher": "UN" }),
        json!({ "url": "https://n.example/a", "document_id": "8", "publisher": "Reuters" }),
    ];
    let more = fields(vec![
        (0.3, "title", json!(["T", "Title", "t"])),
        (
            0.3,
            "published_at",
            json!([
                "2021",
                "2021-08",
                "2021-08-13",
                "2021-08-14",
                "2021-08-13T10:00:00Z",
                "2021-08-13T12:00:00+02:00"
            ]),
        ),
        (0.3, "authors", json!([["A"], ["A", "B"], []])),
        (0.3, "language", json!(["en", "EN", "de"])),
        (0.3, "licence", json!(["CC0", "MIT"])),
        (0.2, "archive_url", json!(["https://web.example/1", "https://web.example/2"])),
    ]);
    (select(identities), more).prop_map(|(identity, mut more)| {
        more.extend(identity.as_object().unwrap().clone());
        more
    })
}

fn details() -> impl Strategy<Value = Map<String, Value>> {
    fields(vec![
        (
            0.7,
            "speaker",
            json!([
                "Ada Quill",
                "ADA QUILL",
                "ada quill",
                "President Ada Quill",
                "Ádá Quill",
                "Bo Carver",
                "he",
                "None",
                "the UN",
                "A Taliban spokesman"
            ]),
        ),
        (
            0.4,
            "role",
            json!([
                "UN spokesman",
                "un spokesman",
                "UN Spokesman",
                "minister",
                "Defence Minister",
                "residents"
            ]),
        ),
        (
            0.4,
            "organisation",
            json!([
                "UN",
                "United Nations",
                "Foo Council",
                "foo council",
                "FOO COUNCIL",
                "the Foo Council",
                "Taliban",
                "Pentagon"
            ]),
        ),
        (0.3, "speaker_kind", json!(SPEAKER_KINDS)),
        (0.3, "cue", json!(["said", "claims"])),
        (0.2, "via", json!(["radio"])),
        (0.2, "medium", json!(["speech"])),
        (0.2, "attribution", json!(["x", "y"])),
        (0.2, "context_before", json!(["a", "b"])),
        (0.4, "said_at", json!(["2021", "2021-08", "2021-08-13", "2021-08-13T10:00:00Z"])),
        (0.3, "reported_at", json!(["2021-09", "2021-09-01"])),
        (0.2, "language", json!(["en", "fr", "pt-br", "pt-BR"])),
        (0.3, "confidence", json!([0, -0.0, 0.0, 0.25, 0.1, 1, 1.0])),
        (
            0.5,
            "extractor",
            json!([{ "name": "x" }, { "name": "x", "version": "1.9" },
            { "name": "x", "version": "1.10" }, { "name": "x", "version": "01.9" },
            { "name": "y", "version": "2" }]),
        ),
        (0.2, "wikidata", json!(["Q1", "Q2"])),
        (
            0.2,
            "further_speakers",
            json!([[{ "mode": "joint", "name": "Bo Carver" }],
            [{ "mode": "alternative", "name": "Cy Dun", "probability": 0.5 }],
            [{ "mode": "alternative", "probability": -0.0 }], []]),
        ),
        // What tells one quote from another stands in fewer rows, so that more of them collide.
        (0.15, "start", json!([5, 9])),
        (0.3, "end", json!([20, 21])),
        (0.15, "position", json!([1, 2])),
        (0.1, "external_id", json!(["e1", "e2"])),
    ])
}

/// Some of these fields, each with its likelihood and the values it may have.
pub fn fields(all: Vec<(f64, &'static str, Value)>) -> impl Strategy<Value = Map<String, Value>> {
    let field = |(likely, name, values): (f64, &'static str, Value)| {
        let values = values.as_array().unwrap().clone();
        prop::option::weighted(likely, select(values))
            .prop_map(move |value| value.map(|value| (name.to_owned(), value)))
    };
    let all: Vec<_> = all.into_iter().map(field).collect();
    all.prop_map(|fields| fields.into_iter().flatten().collect())
}
