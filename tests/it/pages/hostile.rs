//! Forty texts that would run a script if anything in a page took them for markup, in every field of the
//! sample's kind, through the real server.

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use serde_json::{Value, json};

use crate::support::{Server, Workplace, each_backend, files, native_row, repository};

/// After the cheat sheets of OWASP and PortSwigger, and of our own for what we write.
const TEXTS: [&str; 40] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<style>@import'https://evil.example/a.css';</style>",
    "<form action=https://evil.example><input type=submit>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</pre><script>alert(1)</script>",
    "</blockquote></figure><script>alert(1)</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "]]><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "{% include \"/etc/passwd\" %}${alert(1)}",
    "`${alert(1)}`<x onclick=alert(1)>",
    "<x/onpointerrawupdate=alert(1)//",
];

/// Elements that a page may have; none of them loads or runs anything, save the stylesheet.
const ELEMENTS: [&str; 32] = [
    "html",
    "head",
    "meta",
    "title",
    "link",
    "script",
    "body",
    "header",
    "nav",
    "strong",
    "a",
    "main",
    "h1",
    "h2",
    "h3",
    "figure",
    "blockquote",
    "p",
    "figcaption",
    "b",
    "bdi",
    "cite",
    "time",
    "mark",
    "dl",
    "dt",
    "dd",
    "ul",
    "ol",
    "li",
    "pre",
    "code",
];

/// What is wrong with a page.
fn faults(html: &str) -> Vec<String> {
    fn walk(node: &Handle, faults: &mut Vec<String>) {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let name = &*name.local;
            if name != "footer" && !ELEMENTS.contains(&name) {
                faults.push(format!("an element {name}"));
            }
            for attribute in attrs.borrow().iter() {
                let (of, value) = (&*attribute.name.local, &*attribute.value);
                let is_link = matches!(of, "href" | "cite");
                let safe = ["https://", "http://", "/", "?format=", "#others"];
                if of.starts_with("on") || of == "style" || of == "src" {
                    faults.push(format!("an attribute {of}"));
                } else if is_link
                    && (value.starts_with("//")
                        || !safe.iter().any(|begin| value.starts_with(begin)))
                {
                    faults.push(format!("a link to {value}"));
                } else if of == "type" && name == "script" && value != "application/ld+json" {
                    faults.push(format!("a script of type {value}"));
                }
            }
            let texts: String = node
                .children
                .borrow()
                .iter()
                .filter_map(|child| match &child.data {
                    NodeData::Text { contents } => Some(contents.borrow().to_string()),
                    _ => None,
                })
                .collect();
            if name == "script" && serde_json::from_str::<Value>(&texts).is_err() {
                faults.push(format!("a script that is no JSON: {texts}"));
            }
        }
        if matches!(node.data, NodeData::Comment { .. }) {
            faults.push("a comment".to_owned());
        }
        for child in node.children.borrow().iter() {
            walk(child, faults);
        }
    }
    let document = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut found = Vec::new();
    walk(&document.document, &mut found);
    found
}

/// A row with a text in every field that takes one.
fn row(number: usize, text: &str) -> String {
    native_row(
        "a",
        text,
        json!({
            "speaker": format!("Ada {text} Quill"), "role": text, "organisation": text, "attribution": text, "cue": text, "via": text,
            "context_before": text, "context_after": text, "start": 10, "end": 20,
            "extractor": { "name": text, "version": text }, "external_id": text,
            "further_speakers": [{ "mode": "joint", "name": text }],
            "article": {
                "url": format!("https://news.example/{number}?a=%22%3E%3Cscript%3E'{{"),
                "document_id": text, "title": text, "publisher": text, "authors": [text, text],
                "licence": text, "published_at": "2021-08-13",
            },
        }),
    )
}

#[test]
fn no_text_in_any_field_runs_a_script() {
    assert_eq!(faults("<p onclick=x><b><img src=x><!-- x -->").len(), 4);
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let rows: String = TEXTS.iter().enumerate().map(|(at, text)| row(at, text)).collect();
        let file = workplace.file("hostile.jsonl", rows);
        let (code, report, rejects) = workplace.import(&[&file]);
        assert_eq!(code, 0, "{report:#} {rejects:#?}");
        let server = Server::start(&workplace);
        let lists = server.ask(
            "{ quotes(first: 100) { totalCount nodes { id } } statements(first: 100) { nodes { id } }
               speakers(first: 100) { nodes { id } } organisations(first: 100) { nodes { id } } }",
        );
        assert_eq!(lists["data"]["quotes"]["totalCount"], TEXTS.len());
        let mut looked = 0;
        for list in ["quotes", "statements", "speakers", "organisations"] {
            for node in lists["data"][list]["nodes"].as_array().unwrap() {
                let path = format!("/{list}/{}", node["id"].as_str().unwrap());
                let page = server.get(&path);
                assert_eq!(page.status_code, 200, "{path}");
                let faults = faults(page.as_str().unwrap());
                assert!(faults.is_empty(), "{path}: {faults:#?} in {}", page.as_str().unwrap());
                looked += 1;
            }
        }
        assert!(looked > 100, "only {looked} pages were looked at");
    });
}

#[test]
fn the_only_unescaped_text_of_a_template_is_what_was_made_to_be() {
    let templates = files(&repository("templates/pages"), ".html");
    for template in &templates {
        let text = crate::support::read(template);
        for way in ["|safe", "| safe", "|escape(\"none\")", "{% filter"] {
            assert!(!text.contains(way), "{} says {way}", template.display());
        }
    }
    assert!(templates.len() > 7);
}
