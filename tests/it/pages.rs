//! Pages to cite, as browsers and programs get them.

mod beside;
mod golden;
mod hostile;
mod schema_org;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{
    Backend, Scrape, Server, Workplace, each_backend, files, header, native_row, repository, sample,
};

/// What the server is told of its address.
const BASE: &str = "https://quotes.example";

/// A server over the sample that knows its address.
fn served(backend: Backend) -> (Workplace, Server) {
    sample(backend, &[("DIXIT_PUBLIC_URL", BASE)])
}

fn accepting(server: &Server, path: &str, accept: &str) -> minreq::Response {
    server.request("GET", path, &[("Accept", accept)])
}

/// The headers of an answer that are not of this one alone, nor of its body.
fn lasting(answer: &minreq::Response) -> BTreeMap<String, String> {
    let passing = ["date", "x-request-id", "ratelimit", "content-type", "content-length"];
    let headers = answer.headers.iter().filter(|(name, _)| !passing.contains(&name.as_str()));
    headers.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The id that an answer has at `pointer`.
fn id(server: &Server, document: &str, pointer: &str) -> String {
    let answer = server.ask(document);
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// The id of the first quote that has these words.
fn quote(server: &Server, words: &str) -> String {
    let document = format!("{{ quotes(first: 1, search: {words:?}) {{ nodes {{ id }} }} }}");
    id(server, &document, "/data/quotes/nodes/0/id")
}

/// A path of each kind of page.
fn one_of_each(server: &Server) -> [String; 4] {
    let answer = server.ask(
        "{ quotes(first: 1, filter: { speakerKind: { eq: PERSON } }) {
             nodes { id statement { id } speaker { id } } }
           organisation(name: \"UN\") { id } }",
    );
    let node = &answer["data"]["quotes"]["nodes"][0];
    let part = |value: &Value| value.as_str().unwrap().to_owned();
    [
        format!("/quotes/{}", part(&node["id"])),
        format!("/statements/{}", part(&node["statement"]["id"])),
        format!("/speakers/{}", part(&node["speaker"]["id"])),
        format!("/organisations/{}", part(&answer["data"]["organisation"]["id"])),
    ]
}

#[test]
fn every_page_reads_without_scripts_and_loads_nothing_but_its_stylesheet() {
    each_backend(|backend| {
        let (_workplace, server) = served(backend);
        for path in one_of_each(&server) {
            let page = server.get(&path);
            assert_eq!(page.status_code, 200, "{path}: {}", page.as_str().unwrap());
            assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
            let policy = header(&page, "content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'; style-src 'self'; img-src"),
                "{policy}"
            );
            assert_eq!(header(&page, "vary"), "Accept, Authorization");
            let text = page.as_str().unwrap();
            assert_eq!(text.matches("<script").count(), 1, "{path}");
            assert!(text.contains("<script type=\"application/ld+json\">{"), "{path}");
            assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{BASE}{path}\">")));
            assert!(text.contains("<meta property=\"og:title\""), "{path}");
            assert!(!text.contains(" style=") && !text.contains("<style"), "{path}");

            let style = text.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
            let style = server.get(style.split('"').next().unwrap());
            assert_eq!(style.status_code, 200);
            assert_eq!(header(&style, "content-type"), "text/css; charset=utf-8");
            assert!(header(&style, "cache-control").contains("immutable"));

            let head = server.request("HEAD", &path, &[]);
            assert_eq!((head.status_code, head.as_bytes()), (200, &b""[..]));
            assert_eq!(header(&head, "etag"), header(&page, "etag"));
            assert_eq!(server.request("POST", &path, &[("Content-Length", "0")]).status_code, 405);
        }
    });
}

#[test]
fn a_client_gets_the_form_that_it_reads() {
    each_backend(|backend| {
        let (_workplace, server) = served(backend);
        let path = format!("/quotes/{}", quote(&server, "luxury of waiting"));
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (accept, media, begins) in [
            ("", "text/html; charset=utf-8", "<!doctype html>"),
            (browser, "text/html; charset=utf-8", "<!doctype html>"),
            ("application/ld+json", "application/ld+json", "{\n  \"@context\""),
            ("application/json", "application/json; charset=utf-8", "{\n  \"@context\""),
            ("application/x-bibtex", "application/x-bibtex; charset=utf-8", "@misc{dixit-"),
            (
                "application/vnd.citationstyles.csl+json",
                "application/vnd.citationstyles.csl+json",
                "[\n  {",
            ),
            ("text/plain", "text/plain; charset=utf-8", ""),
        ] {
            let answer = accepting(&server, &path, accept);
            assert_eq!(answer.status_code, 200, "{accept}");
            assert_eq!(header(&answer, "content-type"), media, "{accept}");
            assert!(
                answer.as_str().unwrap().starts_with(begins),
                "{accept}: {:?}",
                answer.as_str()
            );
            let link = format!("<{BASE}{path}>; rel=\"cite-as\"");
            assert_eq!(header(&answer, "link"), link);
        }
        for (format, media) in [
            ("html", "text/html; charset=utf-8"),
            ("jsonld", "application/ld+json"),
            ("json", "application/json; charset=utf-8"),
            ("plain", "text/plain; charset=utf-8"),
            ("bibtex", "application/x-bibtex; charset=utf-8"),
            ("csl", "application/vnd.citationstyles.csl+json"),
            ("wikipedia", "text/plain; charset=utf-8"),
        ] {
            // What is named in the address is what a link was made for, whatever a browser likes.
            let answer = accepting(&server, &format!("{path}?format={format}"), browser);
            assert_eq!((answer.status_code, header(&answer, "content-type")), (200, media));
        }
        for (path, accept) in [
            (path.clone(), "image/png"),
            (format!("{path}?format=pdf"), "*/*"),
            (one_of_each(&server)[2].clone(), "application/x-bibtex"),
        ] {
            let refused = accepting(&server, &path, accept);
            assert_eq!(refused.status_code, 406, "{path} {accept}");
            assert!(refused.as_str().unwrap().contains("jsonld (application/ld+json)"));
        }
    });
}

#[test]
fn a_page_that_is_known_is_not_sent_again_until_something_in_it_changes() {
    each_backend(|backend| {
        let (workplace, server) = served(backend);
        let path = format!("/quotes/{}", quote(&server, "luxury of waiting"));
        let first = server.get(&path);
        let tag = header(&first, "etag").to_owned();
        let known = server.request("GET", &path, &[("If-None-Match", &tag)]);
        assert_eq!((known.status_code, known.as_bytes()), (304, &b""[..]));
        assert_eq!(header(&known, "etag"), tag);
        // A browser takes its headers for those of the copy that it has: all are what they were.
        for form in ["html", "jsonld", "bibtex", "csl"] {
            let path = format!("{path}?format={form}");
            let sent = server.get(&path);
            let known = server.request("GET", &path, &[("If-None-Match", header(&sent, "etag"))]);
            assert_eq!(known.status_code, 304);
            assert_eq!(lasting(&known), lasting(&sent), "{form}");
            assert!(lasting(&sent).len() > 10, "{:?}", sent.headers);
        }
        assert_ne!(header(&accepting(&server, &path, "application/ld+json"), "etag"), tag);

        // One more article prints the words: the quote itself is what it was.
        let words = "We don't have the luxury of waiting until the harbour is empty. Every hour \
                     without a corridor costs people who did nothing to earn this";
        let more = json!({ "speaker": "Anselm Okoro-Lindqvist" });
        let file = workplace.file("more.jsonl", native_row("another", words, more));
        assert_eq!(workplace.import(&[&file]).0, 0);
        let changed = server.request("GET", &path, &[("If-None-Match", &tag)]);
        assert_eq!(changed.status_code, 200);
        assert_ne!(header(&changed, "etag"), tag);
    });
}

#[test]
fn whatever_once_had_a_page_leads_to_what_it_became_or_says_what_happened() {
    each_backend(|backend| {
        let (workplace, server) = served(backend);
        let path = format!("/quotes/{}", quote(&server, "luxury of waiting"));
        let id = path.rsplit('/').next().unwrap();

        // One thing has one address, however the id is written, whatever it was asked as.
        for other in [id.to_uppercase(), id.replace('-', "")] {
            let answer = server.get(&format!("/quotes/{other}?format=csl"));
            assert_eq!(answer.status_code, 308);
            assert_eq!(header(&answer, "location"), format!("{path}?format=csl"));
        }
        assert_eq!(header(&server.get(&format!("/speakers/{id}")), "location"), path);
        let slashed = server.get(&format!("{path}/?format=csl"));
        assert_eq!(
            (slashed.status_code, header(&slashed, "location")),
            (308, &*format!("{path}?format=csl"))
        );

        let missing = id.replace(&id[24..], "000000000000");
        for path in ["/quotes/nonsense", "/quotes/%00", &format!("/quotes/{missing}")] {
            assert_eq!(server.get(path).status_code, 404, "{path}");
        }
        let plain = accepting(&server, "/quotes/nonsense", "application/ld+json");
        assert_eq!(header(&plain, "content-type"), "text/plain; charset=utf-8");

        let made = workplace.dixit(&["token", "create", "--name", "desk", "--scope", "admin"]);
        let authorization = format!("Bearer {}", made.out.trim());
        let write = |document: &str| {
            let answer = server.post_with(&[("Authorization", &authorization)], document);
            let answer: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
            assert!(answer.to_string().contains("\"userErrors\":[]"), "{answer}");
        };
        let speakers = server.ask("{ speakers(first: 2) { nodes { id } } }");
        let speaker = |at: usize| speakers["data"]["speakers"]["nodes"][at]["id"].as_str().unwrap();
        let (kept, merged) = (speaker(0), speaker(1));
        write(&format!(
            "mutation {{ mergeSpeakers(input: {{ intoId: \"{kept}\", id: \"{merged}\", \
             reason: \"a test\" }}) {{ userErrors {{ message }} }} }}"
        ));
        let moved = server.get(&format!("/speakers/{merged}"));
        assert_eq!(moved.status_code, 308);
        assert_eq!(header(&moved, "location"), format!("/speakers/{kept}"));
        // A merge can be undone.
        assert_eq!(header(&moved, "cache-control"), "no-cache");

        let version =
            server.ask(&format!("{{ quote(id: \"{id}\") {{ version article {{ id }} }} }}"));
        let quote = &version["data"]["quote"];
        let delete = |id: &str, version: &str| {
            write(&format!(
                "mutation {{ deleteQuote(input: {{ id: \"{id}\", version: {version} }}) \
                 {{ userErrors {{ message }} }} }}"
            ));
        };
        delete(id, &quote["version"].to_string());
        assert_eq!(server.get(&path).status_code, 410);
        let other = server.ask(&format!(
            "{{ article(id: {}) {{ quotes(first: 1) {{ nodes {{ id }} }} }} }}",
            quote["article"]["id"]
        ));
        let other = &other["data"]["article"]["quotes"]["nodes"][0]["id"];
        let other = format!("/quotes/{}", other.as_str().unwrap());
        assert_eq!(server.get(&other).status_code, 200);
        write(&format!(
            "mutation {{ takeDownArticle(input: {{ id: {}, reason: \"a test\" }}) \
             {{ userErrors {{ message }} }} }}",
            quote["article"]["id"]
        ));
        assert_eq!(server.get(&other).status_code, 410);
    });
}

#[test]
fn pages_are_charged_guarded_and_counted_as_the_api_is() {
    let (workplace, server) = sample(Backend::Sqlite, &[("DIXIT_RATE_LIMIT", "3")]);
    // The paths are looked up past the limit.
    let free = Server::start(&workplace);
    let [path, ..] = one_of_each(&free);
    let answers: Vec<_> = (0..4).map(|_| server.get(&path).status_code).collect();
    assert_eq!(answers, [200, 200, 200, 429]);
    let page = Scrape::of(server.get("/metrics").as_str().unwrap());
    let count = |status: &str| {
        page.value(&format!("dixit_http_requests_total{{route=\"/page\",status=\"{status}\"}}"))
    };
    assert_eq!((count("2xx"), count("4xx")), (3.0, 1.0));

    let mut private = workplace.command(&["serve"]);
    private.env("DIXIT_PUBLIC_READS", "off");
    let private = Server::of(private);
    // Who reads pages reads why there is none.
    for (answer, status) in [
        (accepting(&private, &path, "text/html"), 401),
        (accepting(&server, &path, "text/html"), 429),
    ] {
        assert_eq!(answer.status_code, status);
        assert_eq!(header(&answer, "content-type"), "text/html; charset=utf-8");
        assert!(header(&answer, "content-security-policy").contains("style-src 'self'"));
        assert_eq!(header(&answer, "cache-control"), "no-store");
        let told = if status == 401 { "www-authenticate" } else { "retry-after" };
        assert!(!header(&answer, told).is_empty(), "{:?}", answer.headers);
        assert!(answer.as_str().unwrap().starts_with("<!doctype html>"));
    }
    let program = accepting(&private, &path, "application/ld+json");
    assert_eq!(
        (program.status_code, header(&program, "content-type")),
        (401, "application/json; charset=utf-8")
    );
    assert!(private.get("/robots.txt").as_str().unwrap().ends_with("Disallow: /\n"));
    let made = workplace.dixit(&["token", "create", "--name", "reader", "--scope", "read"]);
    let authorization = format!("Bearer {}", made.out.trim());
    let shown = private.request("GET", &path, &[("Authorization", &authorization)]);
    assert_eq!((shown.status_code, header(&shown, "cache-control")), (200, "no-store"));

    // Nobody's limits of documents keep the pages from theirs; the front end is linked where it is.
    let mut locked = workplace.command(&["serve"]);
    locked.env("DIXIT_PROFILE", "locked").env("DIXIT_MAX_COMPLEXITY", "100");
    let page = Server::of(locked).get(&path);
    assert_eq!(page.status_code, 200);
    assert!(!page.as_str().unwrap().contains("Explore"));
    // Without its address the server makes none up.
    let text = free.get(&path);
    let text = text.as_str().unwrap();
    assert!(text.contains(&format!("<link rel=\"canonical\" href=\"{path}\">")), "{text}");
    assert!(!text.contains("og:url") && text.contains("Explore"), "{text}");
}

#[test]
fn what_a_page_does_not_know_it_says() {
    each_backend(|backend| {
        let (_workplace, server) = served(backend);
        for (words, said) in [
            ("without water", "The article names no source."),
            (
                "firing on the ferry terminal",
                "passed on by <bdi lang=\"en\">the United Nations</bdi>",
            ),
            ("food would last nine days", "The source is not named in the article."),
            (
                "shelling had stopped shortly before noon",
                "The sources are not named in the article.",
            ),
            ("did not ask which way was north", "Not known: the article does not say when."),
            ("did not ask which way was north", "What stands around the words is not known here."),
        ] {
            let page = server.get(&format!("/quotes/{}", quote(&server, words)));
            assert!(page.as_str().unwrap().contains(said), "{words}: {}", page.as_str().unwrap());
        }
    });
}

#[test]
fn around_a_quotation_an_article_is_shown_as_its_licence_lets() {
    let before = "one two three four five six seven eight nine ten ";
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let licences = [json!("CC-BY-4.0"), json!("All rights reserved"), json!(null)];
        let row = |(number, licence): (usize, &Value)| {
            let around = json!({
                "context_before": before,
                "context_after": " and so on and so on and so on and so on",
                "article": { "url": format!("https://news.example/{number}"), "licence": licence },
            });
            native_row("a", "The quay is open", around)
        };
        let file =
            workplace.file("rows.jsonl", licences.iter().enumerate().map(row).collect::<String>());
        assert_eq!(workplace.import(&[&file]).0, 0);
        let server = Server::start(&workplace);
        let answer = server.ask("{ quotes { nodes { id article { licence } } } }");
        for node in answer["data"]["quotes"]["nodes"].as_array().unwrap() {
            let page = server.get(&format!("/quotes/{}", node["id"].as_str().unwrap()));
            let page = page.as_str().unwrap();
            assert!(page.contains("<mark>The quay is open</mark>"), "{page}");
            let open = node["article"]["licence"] == "CC-BY-4.0";
            assert_eq!(page.contains(before), open, "{page}");
            assert_eq!(page.contains("…four five six seven eight nine ten "), !open, "{page}");
            let link = "<a rel=\"license\" href=\"https://creativecommons.org/licenses/by/4.0/\">";
            assert_eq!(page.contains(link), open);
            assert_eq!(page.contains("licence is not known"), node["article"]["licence"].is_null());
        }
    });
}

/// The JSON-LD of quotes of every sort and of pages of every kind keeps to the vocabulary.
#[test]
fn linked_data_has_only_what_schema_org_has() {
    let schema_org = schema_org::SchemaOrg::installed();
    each_backend(|backend| {
        let (workplace, server) = served(backend);
        let joint = repository("tests/golden/extractors/native.jsonl");
        assert_eq!(workplace.import(&[&joint.to_string_lossy()]).0, 0);
        let check = |path: &str| -> Value {
            let answer = accepting(&server, path, "application/ld+json");
            assert_eq!(answer.status_code, 200, "{path}");
            let document = serde_json::from_str(answer.as_str().unwrap()).unwrap();
            let faults = schema_org.faults(&document);
            assert!(faults.is_empty(), "{path}: {faults:#?} in {document:#}");
            document
        };
        for (words, path, told) in [
            ("luxury of waiting", "/spokenByCharacter/@type", "Person"),
            ("luxury of waiting", "/spokenByCharacter/affiliation/@type", "OrganizationRole"),
            ("three reception centres", "/spokenByCharacter/@type", "Organization"),
            ("harbour road belongs to us", "/spokenByCharacter/@type", "OrganizationRole"),
            (
                "harbour road belongs to us",
                "/spokenByCharacter/spokenByCharacter/@type",
                "Organization",
            ),
            ("firing on the ferry terminal", "/creditText", "the Northern Front"),
            ("without water", "/isBasedOn/@type", "NewsArticle"),
            ("river forgives nobody", "/isBasedOn/publisher/@type", "Organization"),
            (
                "theatre with a map",
                "/isBasedOn/license",
                "https://creativecommons.org/publicdomain/zero/1.0/",
            ),
            ("journalists and empty of bread", "/dateCreated", "2021"),
            ("We saw it move", "/spokenByCharacter/1/name", "Bo Carver"),
        ] {
            let document = check(&format!("/quotes/{}", quote(&server, words)));
            let found = document.pointer(path).and_then(Value::as_str);
            assert_eq!(found, Some(told), "{words} at {path}: {document:#}");
        }
        // Nobody who is not named is a person, nor is anybody who was merely weighed.
        for words in ["without water", "food would last nine days", "harbour road belongs to us"] {
            let document = check(&format!("/quotes/{}", quote(&server, words)));
            assert!(!document.to_string().contains("\"Person\""), "{document:#}");
        }
        let weighed = check(&format!("/quotes/{}", quote(&server, "We saw it move")));
        assert!(!weighed["spokenByCharacter"].to_string().contains("Cleo Marsh"), "{weighed:#}");
        assert!(weighed.get("creator").is_none(), "{weighed:#}");
        let lists = server.ask(
            "{ quotes(first: 30) { nodes { id statement { id } } }
               speakers(first: 30) { nodes { id } } organisations(first: 30) { nodes { id } } }",
        );
        let mut paths = Vec::new();
        for node in lists["data"]["quotes"]["nodes"].as_array().unwrap() {
            paths.push(format!("/quotes/{}", node["id"].as_str().unwrap()));
            paths.push(format!("/statements/{}", node["statement"]["id"].as_str().unwrap()));
        }
        for list in ["speakers", "organisations"] {
            let nodes = lists["data"][list]["nodes"].as_array().unwrap();
            paths
                .extend(nodes.iter().map(|one| format!("/{list}/{}", one["id"].as_str().unwrap())));
        }
        paths.sort();
        paths.dedup();
        assert!(paths.len() > 100, "only {} pages", paths.len());
        for path in &paths {
            check(path);
        }
    });
}

#[test]
fn every_document_of_the_pages_says_what_it_is_for() {
    for document in files(&repository("src/server/pages/documents"), ".graphql") {
        let text = crate::support::read(&document);
        assert!(text.starts_with("# What"), "{}", document.display());
    }
}
