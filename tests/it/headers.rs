//! What every answer tells a browser, and what a page of another site may do.

use crate::support::{Backend, Server, Workplace, graphql_body, header};

/// What every answer has, whatever it is.
const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), payment=(), usb=()",
    ),
];

#[test]
fn every_kind_of_answer_is_safe_in_a_browser() {
    let workplace = Workplace::new(Backend::Sqlite);
    let server = Server::start(&workplace);
    let mut limited = workplace.command(&["serve"]);
    limited.env("DIXIT_RATE_LIMIT", "1");
    let limited = Server::of(limited);
    let body = graphql_body("{ __typename }");
    let answers = [
        (200, "api", server.post("application/json", body.as_str())),
        (415, "api", server.post("text/plain", body.as_str())),
        (405, "api", server.request("PUT", "/graphql", &[])),
        (405, "api", server.request("OPTIONS", "/graphql", &[])),
        (401, "api", server.post_with(&[("Authorization", "Bearer x")], "{ __typename }")),
        (406, "api", server.request("GET", "/graphql", &[("Accept", "text/html")])),
        (200, "api", server.get("/schema.graphql")),
        (405, "api", server.request("POST", "/schema.graphql", &[("Content-Length", "0")])),
        (200, "api", limited.post("application/json", body.as_str())),
        (429, "api", limited.post("application/json", body.as_str())),
        (200, "inner", server.get("/healthz")),
        (200, "inner", server.get("/metrics")),
        (200, "inner", server.request("HEAD", "/readyz", &[])),
        (308, "inner", server.request("HEAD", "/graphiql", &[])),
        (200, "api", server.request("HEAD", "/schema.graphql", &[])),
        (308, "inner", server.get("/graphiql")),
        (404, "inner", server.get("/nothing")),
        (404, "inner", server.get("/%ff%00%zz")),
        (404, "inner", server.get(&format!("/{}", "a".repeat(20_000)))),
        (404, "inner", server.request("DELETE", "/nothing", &[])),
    ];
    for (status, kind, answer) in &answers {
        assert_eq!(answer.status_code, *status, "{}", answer.url);
        let policy = header(answer, "content-security-policy");
        assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'", "{}", answer.url);
        let resource = header(answer, "cross-origin-resource-policy");
        let shared = if *kind == "api" { ["cross-origin", "*"] } else { ["same-origin", ""] };
        let found = [resource, header(answer, "access-control-allow-origin")];
        assert_eq!(found, shared, "{} {status}", answer.url);
    }
    let page = server.get("/graphiql/");
    assert!(header(&page, "content-security-policy").contains("script-src 'self'"));
    assert_eq!(header(&page, "cross-origin-resource-policy"), "same-origin");
    for answer in answers.iter().map(|(_, _, answer)| answer).chain([&page]) {
        for (name, value) in ALWAYS {
            assert_eq!(header(answer, name), value, "{name} of {}", answer.url);
        }
        for name in ["server", "x-powered-by", "access-control-allow-credentials"] {
            assert_eq!(header(answer, name), "", "{name} of {}", answer.url);
        }
    }
}

/// actix answers these before any code of ours: without headers, and without a body that a browser
/// could take for something.
#[test]
fn what_is_no_http_is_answered_by_a_status_alone() {
    let workplace = Workplace::new(Backend::Sqlite);
    let server = Server::start(&workplace);
    for request in ["GARBAGE\r\n\r\n", "GET / HTTP/1.1\r\nA\r\n\r\n"] {
        let answer = server.raw(request);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
        assert_eq!(body, "");
        assert!(!head.to_lowercase().contains("\nserver:"), "{head}");
    }
}

#[test]
fn pages_of_other_sites_may_ask_the_api_and_nothing_else() {
    let workplace = Workplace::new(Backend::Sqlite);
    let mut command = workplace.command(&["serve"]);
    command.env("DIXIT_RATE_LIMIT", "1").env("DIXIT_PUBLIC_READS", "off");
    let server = Server::of(command);
    let asks = [
        ("Origin", "https://other.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "authorization,content-type"),
    ];
    // Browsers ask without a token, and are not charged for it.
    for path in ["/graphql", "/schema.graphql", "/graphql"] {
        let answer = server.request("OPTIONS", path, &asks);
        assert_eq!((answer.status_code, answer.as_bytes()), (204, &b""[..]));
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("access-control-allow-methods", "GET, POST"),
            ("access-control-max-age", "86400"),
            ("access-control-allow-credentials", ""),
            ("ratelimit", ""),
        ] {
            assert_eq!(header(&answer, name), value, "{name}");
        }
        let allowed = header(&answer, "access-control-allow-headers");
        let sent = "content-type, authorization, dixit-position, idempotency-key, x-request-id";
        assert_eq!(allowed, sent);
    }
    // The refusal can be read there too.
    let refused = server.post_with(&[("Origin", "https://other.example")], "{ __typename }");
    assert_eq!(refused.status_code, 401);
    assert_eq!(header(&refused, "access-control-allow-origin"), "*");
    let exposed = header(&refused, "access-control-expose-headers");
    for name in ["Dixit-Position", "X-Request-Id", "Retry-After", "RateLimit", "RateLimit-Policy"] {
        assert!(exposed.split(", ").any(|exposed| exposed == name), "{exposed}");
    }
    let mut locked = workplace.command(&["serve"]);
    locked.env("DIXIT_PROFILE", "locked");
    let preflight = Server::of(locked).request("OPTIONS", "/graphql", &asks);
    assert_eq!(header(&preflight, "access-control-allow-methods"), "POST");
    for path in ["/metrics", "/healthz", "/graphiql/", "/"] {
        let answer = server.request("GET", path, &asks[..1]);
        assert_eq!(header(&answer, "access-control-allow-origin"), "", "{path}");
        let preflight = server.request("OPTIONS", path, &asks);
        assert_eq!(header(&preflight, "access-control-allow-methods"), "", "{path}");
    }
}
