//! What goes with the pages: files that browsers and robots ask for, and what speaks against a quote.

use serde_json::{Value, json};

use super::{BASE, accepting, id, one_of_each, served};
use crate::support::{Backend, Server, Workplace, each_backend, header, native_row};

#[test]
fn what_browsers_and_robots_ask_for_beside_the_pages_is_there() {
    let (_workplace, server) = served(Backend::Sqlite);
    let [path, ..] = one_of_each(&server);
    let page = server.get(&path);
    let page = page.as_str().unwrap();
    assert!(page.contains("<link rel=\"icon\" href=\"/favicon.ico\""), "{page}");
    let icon = server.get("/favicon.ico");
    assert_eq!((icon.status_code, header(&icon, "content-type")), (200, "image/x-icon"));
    let card = page.split("property=\"og:image\" content=\"").nth(1).unwrap();
    let card = card.split('"').next().unwrap().strip_prefix(BASE).expect("a whole address");
    let card = server.get(card);
    assert_eq!((card.status_code, header(&card, "content-type")), (200, "image/png"));
    assert_eq!(header(&card, "cross-origin-resource-policy"), "cross-origin");
    let robots = server.get("/robots.txt");
    assert_eq!(robots.as_str().unwrap(), "User-agent: *\nDisallow: /graphql\nDisallow: /?\n");
    for path in ["/quotes", "/quotes/", "/nonsense"] {
        let browser = accepting(&server, path, "text/html,*/*;q=0.8");
        assert_eq!(
            (browser.status_code, header(&browser, "content-type")),
            (404, "text/html; charset=utf-8")
        );
        assert_eq!(
            header(&accepting(&server, path, "*/*"), "content-type"),
            "text/plain; charset=utf-8"
        );
    }
}

#[test]
fn whatever_speaks_against_a_quote_goes_with_it() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let words = "We shall open the harbour tomorrow at seven";
        let row = |name: &str, speaker: &str, more: Value| {
            let mut given = json!({ "kind": "direct", "speaker": speaker });
            given.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            native_row(name, words, given)
        };
        let joint = json!({ "further_speakers": [{ "mode": "joint", "name": "Cy Dee" }] });
        let rows = row("one", "Ada Quill", joint) + &row("two", "Bo Carver", json!({}));
        let file = workplace.file("rows.jsonl", rows);
        let (code, report, rejects) = workplace.import(&[&file]);
        assert_eq!(code, 0, "{report:#} {rejects:#?}");
        let server = Server::start(&workplace);
        let document =
            "{ quotes(first: 1, filter: { speaker: { name: \"Ada Quill\" } }) { nodes { id } } }";
        let path = format!("/quotes/{}", id(&server, document, "/data/quotes/nodes/0/id"));
        let form =
            |form: &str| server.get(&format!("{path}?format={form}")).as_str().unwrap().to_owned();
        let elsewhere = "attributed to somebody else: Bo Carver.";
        for style in ["html", "jsonld", "plain", "bibtex", "csl", "wikipedia"] {
            let told = form(style).replace("&#58;", ":");
            assert!(told.contains(elsewhere), "{style}: {told}");
            assert!(told.contains("Cy Dee"), "{style}: {told}");
        }
        assert!(form("plain").contains("(attributed to: Ada Quill, together with Cy Dee)"));
        let data: Value = serde_json::from_str(&form("jsonld")).unwrap();
        assert!(data.get("creator").is_none(), "{data:#}");
        assert_eq!(data["spokenByCharacter"][0]["name"], "Ada Quill");
    });
}
