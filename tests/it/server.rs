//! The real server over HTTP: what it answers and what it refuses. Its life is in `lifecycle`.

use serde_json::Value;

use crate::support::{Server, Workplace, each_backend, graphql_body, header, read, repository};

const JSON: &str = "application/json";

/// The media type of an answer; it is always in UTF-8.
fn media(response: &minreq::Response) -> &str {
    let given = header(response, "content-type");
    given.strip_suffix("; charset=utf-8").unwrap_or_else(|| panic!("{given} names no charset"))
}

fn post(server: &Server, headers: &[(&str, &str)], body: &str) -> minreq::Response {
    let mut request = minreq::post(server.url("/graphql")).with_timeout(20).with_body(body);
    for (name, value) in headers {
        request = request.with_header(*name, *value);
    }
    request.send().unwrap()
}

#[test]
fn a_running_server_is_healthy_and_ready_and_shows_its_schema() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let server = Server::start(&workplace);
        for path in ["/healthz", "/readyz"] {
            assert_eq!(server.get(path).status_code, 200, "{path}");
        }
        let schema = server.get("/schema.graphql");
        assert!(
            schema.as_str().unwrap() == read(repository("schema.graphql")),
            "run make generate"
        );
        assert_eq!(server.get("/nothing").status_code, 404);
    });
}

#[test]
fn what_is_no_graphql_request_is_refused_with_the_status_that_says_why() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let server = Server::start(&workplace);
        let good = graphql_body("{ __typename }");
        let largest = good.clone() + &" ".repeat((256 << 10) - good.len());
        for body in [&good, &largest] {
            let answer =
                post(&server, &[("Content-Type", "Application/JSON; charset=utf-8")], body);
            assert_eq!((answer.status_code, media(&answer)), (200, JSON));
            assert_eq!(answer.as_str().unwrap(), r#"{"data":{"__typename":"Query"}}"#);
        }
        let put = minreq::put(server.url("/graphql")).with_timeout(20).send().unwrap();
        assert_eq!((put.status_code, header(&put, "allow")), (405, "GET, POST"));
        assert_eq!(server.get("/graphql").status_code, 400);
        // Well-formed, and a mutation: which a link on any page could send.
        let mutation = server.get("/graphql?query=mutation%7Ba%7D");
        assert_eq!((mutation.status_code, header(&mutation, "allow")), (405, "POST"));
        let packed = [("Content-Type", JSON), ("Content-Encoding", "gzip")];
        for (headers, body, status) in [
            (&[("Content-Type", "text/plain")][..], good.as_str(), 415),
            (&[("Content-Type", "application/graphql")], &good, 415),
            (&[], &good, 415),
            (&packed, &good, 415),
            (&packed[..1], &format!("{largest} "), 413),
            (&packed[..1], &format!("[{good}]"), 400),
            (&packed[..1], "garbage", 400),
            (&packed[..1], "", 400),
            (&packed[..1], "{}", 400),
            (&packed[..1], r#"{"query": 1}"#, 400),
            (&packed[..1], r#"{"query": "{ __typename }", "variables": []}"#, 400),
        ] {
            let answer = post(&server, headers, body);
            assert_eq!(answer.status_code, status, "{headers:?} {body:.60}");
            let text: Value = serde_json::from_str(answer.as_str().unwrap()).unwrap();
            assert_ne!(
                text["errors"][0]["message"].as_str().unwrap(),
                "",
                "{headers:?} {body:.60}"
            );
        }
    });
}

#[test]
fn nesting_does_not_end_the_process() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let server = Server::start(&workplace);
        let nests =
            [("[", "]"), ("{", "}"), ("(", ")"), ("{ a ", "}"), ("{ a: ", "}"), ("{ ...", "}")];
        let befores = ["", "{ quotes(filter: ", "{ quotes { nodes ", "query ($a: "];
        for ((open, close), before) in nests.iter().flat_map(|nest| befores.map(|b| (nest, b))) {
            // Far above the limit of brackets, and as near below it as the words before allow.
            for depth in [4_096 / open.len(), 190] {
                for close in [close, ""] {
                    let document =
                        format!("{before}{}1{}", open.repeat(depth), close.repeat(depth));
                    let answer = server.post(JSON, graphql_body(&document));
                    let refused = answer.as_str().unwrap().starts_with(r#"{"errors":[{"message":"#);
                    assert_eq!((answer.status_code, refused), (200, true), "{document:.60}");
                    assert_eq!(server.ask("{ __typename }")["data"]["__typename"], "Query");
                }
            }
        }
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            for (depth, status) in [(4_096 / open.len(), 400), (30, 200)] {
                let (open, close) = (open.repeat(depth), close.repeat(depth));
                let query = "query ($a: [String]) { __typename quotes(filter: $a) { totalCount } }";
                let body =
                    format!(r#"{{"query": "{query}", "variables": {{"a": {open}1{close}}}}}"#);
                assert_eq!(server.post(JSON, body).status_code, status, "{depth} of {open:.20}");
                assert_eq!(server.ask("{ __typename }")["data"]["__typename"], "Query");
            }
        }
    });
}

#[test]
fn a_client_that_knows_graphqls_own_type_gets_it() {
    each_backend(|backend| {
        let workplace = Workplace::new(backend);
        let server = Server::start(&workplace);
        let own = "application/graphql-response+json";
        for (accept, document, status, expected) in [
            (own, "{ __typename }", 200, own),
            (own, "{ nothingLikeIt }", 400, own),
            (own, "{ __typename", 400, own),
            ("application/graphql-response+json, application/json;q=0.9", "{ x }", 400, own),
            (JSON, "{ nothingLikeIt }", 200, JSON),
            ("*/*", "{ nothingLikeIt }", 200, JSON),
        ] {
            let headers = [("Content-Type", JSON), ("Accept", accept)];
            let answer = post(&server, &headers, &graphql_body(document));
            let found = (answer.status_code, media(&answer));
            assert_eq!(found, (status, expected), "{accept} {document}");
        }
    });
}
