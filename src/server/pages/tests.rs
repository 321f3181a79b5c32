//! Whatever is printed, a page keeps its shape: read by a parser of HTML, it has the same elements with
//! the same attributes as one of harmless words.

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::data::{Organisation, Quote, Speaker, Statement};
use super::page::Page;
use super::site::Site;
use crate::domain::id::{Id, Kind};

fn id(kind: Kind) -> Value {
    json!(Id::derive(kind, &[b"one"]))
}

fn article(text: &str) -> Value {
    json!({
        "id": id(Kind::Article), "url": format!("https://news.example/{text}"), "site": text,
        "documentId": text, "title": text, "publisher": { "id": id(Kind::Organisation), "name": text },
        "printedPublisher": text, "authors": [text, text], "publishedAt": { "text": "2021-08" },
        "language": text, "licence": text, "archiveUrl": format!("http://archive.example/{text}"),
    })
}

fn printed(text: &str) -> Value {
    json!({ "speaker": text, "role": text, "organisation": text, "attribution": text })
}

fn relation(text: &str) -> Value {
    json!({
        "kind": "SAME_WORDS", "state": "SUGGESTED",
        "statement": {
            "id": id(Kind::Statement), "text": text, "speakerKind": "PERSON",
            "speaker": { "id": id(Kind::Speaker), "name": text }, "organisation": null,
        },
    })
}

fn named(kind: Kind, text: &str) -> Value {
    json!({ "id": id(kind), "name": text, "wikidataId": text })
}

/// A quote with this text wherever a text can stand.
fn quote(text: &str) -> Value {
    json!({
        "id": id(Kind::Quote), "version": text, "kind": "DIRECT", "text": text, "language": text,
        "contextBefore": text, "contextAfter": text, "cue": text, "medium": "SPEECH", "via": text,
        "printed": printed(text), "speakerKind": "PERSON", "speaker": named(Kind::Speaker, text),
        "role": { "title": text }, "organisation": named(Kind::Organisation, text),
        "capacity": "CONFLICT",
        "furtherSpeakers": [{ "mode": "JOINT", "name": text }, { "mode": "ALTERNATIVE", "name": text }],
        "saidAt": { "text": "2021-08-13T12:00:00Z" }, "reportedAt": { "text": "2021" },
        "confidence": 0.5, "extractor": { "name": text, "version": text }, "vanished": { "at": text },
        "otherReadings": [{
            "text": text, "kind": "INDIRECT", "printed": printed(text),
            "extractor": { "name": text, "version": text },
        }],
        "article": article(text),
        "statement": {
            "id": id(Kind::Statement), "quoteCount": 2, "articleCount": 2, "publisherCount": 1,
            "independentCount": 1, "contradictions": [relation(text)],
        },
    })
}

fn tenures(text: &str) -> Value {
    let held = |origin: &str, bound: &str| {
        json!({
            "origin": origin, "speaker": named(Kind::Speaker, text), "role": { "title": text },
            "organisation": named(Kind::Organisation, text), "status": "CURRENT",
            "begin": { "bound": bound, "date": { "text": "2021" } },
            "end": { "bound": bound, "date": { "text": "2022-03" } },
            "area": text, "onBehalfOf": text, "source": text, "quoteCount": 2,
            "evidence": [{ "id": id(Kind::Quote), "text": text, "language": text }],
        })
    };
    json!({ "totalCount": 9, "nodes": [held("RECORDED", "KNOWN"), held("SIGHTED", "SIGHTED")] })
}

fn statement(text: &str) -> Value {
    json!({
        "id": id(Kind::Statement), "text": text, "speakerKind": "PERSON",
        "speaker": named(Kind::Speaker, text), "role": { "title": text },
        "organisation": named(Kind::Organisation, text), "firstQuotePrecision": "UNKNOWN",
        "firstQuoteCandidateCount": 2, "firstQuote": { "id": id(Kind::Quote) }, "quoteCount": 9,
        "articleCount": 2, "publisherCount": 1, "independentCount": 1,
        "contradictions": [relation(text)], "related": [relation(text)],
        "quotes": { "nodes": [quote(text)] },
    })
}

fn speaker(text: &str) -> Value {
    json!({
        "id": id(Kind::Speaker), "name": text,
        "knownAs": [{ "name": text, "language": text, "source": text }], "wikidataId": null,
        "wikidataCandidates": [text], "quoteCount": 9, "statementCount": 2, "tenures": tenures(text),
        "quotes": { "nodes": [quote(text)] },
    })
}

fn organisation(text: &str) -> Value {
    json!({
        "id": id(Kind::Organisation), "name": text, "kind": "COMPANY", "country": text,
        "wikidataId": text, "parent": named(Kind::Organisation, text),
        "aliases": [{ "name": text, "kind": "ACRONYM", "language": text }], "quoteCount": 9,
        "statementCount": 2, "officeHolders": tenures(text), "quotes": { "nodes": [quote(text)] },
    })
}

/// A page as HTML.
fn page<P: Page>(name: &str, data: Value) -> String {
    let site = Site {
        base: Some("https://quotes.example".to_owned()),
        has_front_end: true,
        is_public: true,
    };
    let answer = serde_json::from_value(json!({ name: data })).expect("an answer");
    P::of(answer).expect("a page").html(&site).expect("HTML")
}

/// All four, with this text wherever one can stand.
fn pages(text: &str) -> [String; 4] {
    [
        page::<Quote>("quote", quote(text)),
        page::<Statement>("statement", statement(text)),
        page::<Speaker>("speaker", speaker(text)),
        page::<Organisation>("organisation", organisation(text)),
    ]
}

fn parsed(html: &str) -> RcDom {
    parse_document(RcDom::default(), ParseOpts::default()).one(html)
}

/// The elements of a document in order, each with its depth and the names of its attributes; comments.
fn skeleton(html: &str) -> Vec<String> {
    fn walk(node: &Handle, depth: usize, out: &mut Vec<String>) {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes: Vec<String> =
                    attrs.borrow().iter().map(|given| given.name.local.to_string()).collect();
                out.push(format!("{depth} {} {}", name.local, attributes.join(" ")));
            }
            NodeData::Comment { .. } => out.push(format!("{depth} a comment")),
            _ => {}
        }
        for child in node.children.borrow().iter() {
            walk(child, depth + 1, out);
        }
    }
    let mut out = Vec::new();
    walk(&parsed(html).document, 0, &mut out);
    out
}

/// The text inside the first element of this name.
fn text_in(html: &str, element: &str) -> String {
    fn text(node: &Handle, out: &mut String) {
        if let NodeData::Text { contents } = &node.data {
            out.push_str(&contents.borrow());
        }
        for child in node.children.borrow().iter() {
            text(child, out);
        }
    }
    fn find(node: &Handle, element: &str) -> Option<Handle> {
        if matches!(&node.data, NodeData::Element { name, .. } if &*name.local == element) {
            return Some(node.clone());
        }
        node.children.borrow().iter().find_map(|child| find(child, element))
    }
    let mut out = String::new();
    if let Some(found) = find(&parsed(html).document, element) {
        text(&found, &mut out);
    }
    out
}

#[test]
fn a_parser_sees_what_a_person_would() {
    let [quote, ..] = pages("words");
    let shape = skeleton(&quote);
    for element in ["html", "main", "blockquote", "cite", "time", "script", "pre"] {
        assert!(shape.iter().any(|line| line.split(' ').nth(1) == Some(element)), "{element}");
    }
    // It can tell: markup that is not escaped is another shape.
    let broken = quote.replace("<p>words</p>", "<p><b>words</b></p>");
    assert_ne!(skeleton(&broken), shape);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_printed_a_page_keeps_its_shape(
        text in prop_oneof![
            ".{1,60}",
            "[<>\"'&/=!\\-a-z \u{2028}\n`{}]{1,60}",
            "(</(script|title|pre|bdi|p|blockquote|body)>|<!--|-->|<script>|<img onerror=x>|\\]\\]>|&lt;){1,4}",
        ],
    ) {
        for (hostile, harmless) in pages(&text).iter().zip(pages("words")) {
            prop_assert_eq!(skeleton(hostile), skeleton(&harmless), "{}", hostile);
            let data: Value = serde_json::from_str(&text_in(hostile, "script")).expect("JSON");
            prop_assert_eq!(&data["@context"], "https://schema.org");
            let told = data["text"].as_str().or(data["name"].as_str());
            prop_assert_eq!(told, Some(text.as_str()));
        }
        // A parser of HTML brings line ends into one form, and takes no NUL.
        if !text.contains(['\r', '\0']) {
            let [quote, ..] = pages(&text);
            prop_assert_eq!(text_in(&quote, "blockquote"), text);
        }
    }
}
