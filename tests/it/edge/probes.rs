//! What public scanners of GraphQL servers look for, and a few things more: a table of requests,
//! each with what would be a finding. Most names are those of `graphql-cop`.

use serde_json::{Value, json};

use crate::support::{Answer, Server, Wire, each_backend, sample};

/// One thing that a scanner looks for.
struct Probe {
    name: &'static str,
    /// What it sends; a finding in one answer is a finding.
    requests: Vec<Vec<u8>>,
    finding: fn(&Answer) -> bool,
    /// Why the public profile lets it be found; where nothing stands, it must not be.
    public: Option<&'static str>,
}

fn request(line: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let headers: String =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    format!(
        "{line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn posted_as(media: &str, body: &str) -> Vec<u8> {
    request("POST /graphql", &[("Content-Type", media)], body)
}

fn document(document: &str) -> Vec<u8> {
    posted_as("application/json", &json!({ "query": document }).to_string())
}

fn got(query: &str) -> Vec<u8> {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    request(&format!("GET /graphql?query={query}"), &[], "")
}

fn page(path: &str) -> Vec<u8> {
    request(&format!("GET {path}"), &[("Accept", "text/html,*/*")], "")
}

/// The answer as JSON; null where it is none.
fn json_of(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// Whether something was executed.
fn has_data(answer: &Answer) -> bool {
    let json = json_of(answer);
    json.is_array() || !json["data"].is_null()
}

fn not_405(answer: &Answer) -> bool {
    answer.status != 405
}

fn says(answer: &Answer, words: &[&str]) -> bool {
    let text = (answer.head.clone() + &String::from_utf8_lossy(&answer.body)).to_lowercase();
    words.iter().any(|word| text.contains(word))
}

const MUTATIONS: [&str; 6] = [
    "mutation { __typename }",
    "mutation { createQuote(input: {text: \"a\"}) { quote { id } } }",
    "mutation { updateQuote(input: {id: \"a\"}) { quote { id } } }",
    "mutation { deleteQuote(input: {id: \"a\"}) { id } }",
    "mutation m { takeDownArticle(input: {id: \"a\"}) { article { id } } }",
    "mutation { ...f } fragment f on Mutation { __typename }",
];

fn probes() -> Vec<Probe> {
    let probe = |name, requests, finding| Probe { name, requests, finding, public: None };
    let open = |name, why, requests, finding| Probe { name, requests, finding, public: Some(why) };
    let forms = |document: &str| {
        let form: String = url::form_urlencoded::byte_serialize(document.as_bytes()).collect();
        let json = json!({ "query": document }).to_string();
        vec![
            posted_as("application/x-www-form-urlencoded", &format!("query={form}")),
            posted_as("text/plain", &json),
            posted_as("text/plain;charset=UTF-8; x=application/json", &json),
            request("POST /graphql", &[], &json),
            posted_as(
                "multipart/form-data; boundary=b",
                &format!(
                    "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{json}\r\n--b\r\n\
                     Content-Disposition: form-data; name=\"map\"\r\n\r\n{{}}\r\n--b--\r\n"
                ),
            ),
        ]
    };
    let times =
        |count: usize, text: &dyn Fn(usize) -> String| (0..count).map(text).collect::<String>();
    vec![
        probe(
            "alias overload: one field under 101 names",
            vec![document(&format!("{{ {} }}", times(101, &|n| format!("a{n}: __typename "))))],
            has_data,
        ),
        probe(
            "array batching: ten requests in one",
            vec![posted_as(
                "application/json",
                &json!(vec![json!({"query": "{ __typename }"}); 10]).to_string(),
            )],
            has_data,
        ),
        probe(
            "directive overload: ten errors for ten unknown directives on a field",
            vec![
                document(&format!("{{ __typename {} }}", "@aa ".repeat(10))),
                document(&format!("{{ __typename {} }}", "@skip(if: false) ".repeat(100))),
            ],
            |answer| {
                has_data(answer)
                    || json_of(answer)["errors"].as_array().is_none_or(|e| e.len() >= 10)
            },
        ),
        probe(
            "field duplication: one field 500 times",
            vec![document(&format!("{{ {} }}", "__typename ".repeat(500)))],
            has_data,
        ),
        probe(
            "circular introspection",
            vec![document(&format!(
                "{{ __schema {{ types {{ {} name {} }} }} }}",
                "fields { type { ".repeat(4),
                "} } ".repeat(4)
            ))],
            has_data,
        ),
        probe(
            "circular fragments",
            vec![document("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }")],
            has_data,
        ),
        probe(
            "deep recursion through the data",
            vec![document(&format!(
                "{{ {} id {} }}",
                "quotes(first: 1) { nodes { article { ".repeat(6),
                "} } }".repeat(6)
            ))],
            has_data,
        ),
        probe(
            "pages without bounds",
            vec![
                document("{ quotes(first: 100000) { nodes { id } } }"),
                document("{ quotes(first: -1) { nodes { id } } }"),
                document(
                    "{ quotes(first: 100) { nodes { article { quotes(first: 100) { nodes { id text } } } } } }",
                ),
            ],
            |answer| !json_of(answer)["data"]["quotes"].is_null(),
        ),
        open(
            "introspection",
            "the schema is published: clients are written and generated from it, it holds no secret, \
             and what is asked with it is bounded by the limits of a request",
            vec![
                document("{ __schema { types { name } } }"),
                document("{ __type(name: \"Quote\") { fields { name } } }"),
                page("/schema.graphql"),
            ],
            |answer| answer.status == 200 && json_of(answer)["errors"].is_null(),
        ),
        open(
            "queries by GET",
            "a question changes nothing, so that a link may hold one and a cache may keep its answer; \
             nothing is told to a page of another site by cookies, since there are none",
            vec![got("{ __typename }"), got("query a { __typename }")],
            has_data,
        ),
        open(
            "a playground",
            "it is the API's manual for people, and does nothing that its visitor cannot do without it",
            // Not "/", which is the front end, whatever the profile.
            [
                "/graphiql",
                "/graphiql/",
                "/playground",
                "/console",
                "/altair",
                "/voyager",
                "/graphql",
                "/explorer",
            ]
            .map(page)
            .to_vec(),
            // That there is none is a page as well, for a browser: without a script.
            |answer| {
                matches!(answer.status, 200 | 300..400 | 503)
                    || says(answer, &["<script", "graphiql", "playground"])
            },
        ),
        probe("mutations by GET", MUTATIONS.map(got).to_vec(), not_405),
        probe(
            "a mutation by GET beside a query",
            vec![request(
                "GET /graphql?operationName=b&query=query+a%7B__typename%7Dmutation+b%7B__typename%7D",
                &[],
                "",
            )],
            not_405,
        ),
        probe(
            "a mutation by GET that calls itself a POST",
            vec![request(
                "GET /graphql?query=mutation%7B__typename%7D",
                &[("X-HTTP-Method-Override", "POST"), ("X-HTTP-Method", "POST")],
                "",
            )],
            not_405,
        ),
        probe(
            "other methods",
            ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS"]
                .map(|method| {
                    request(
                        &format!("{method} /graphql"),
                        &[("Content-Type", "application/json")],
                        "{\"query\":\"{__typename}\"}",
                    )
                })
                .to_vec(),
            not_405,
        ),
        probe("queries from a form of another site", forms("{ __typename }"), |answer| {
            answer.status != 415
        }),
        probe("mutations from a form of another site", forms(MUTATIONS[1]), |answer| {
            answer.status != 415
        }),
        probe(
            "answers that another site may read with the visitor's rights",
            vec![request(
                "POST /graphql",
                &[("Origin", "https://evil.example"), ("Content-Type", "application/json")],
                "{\"query\":\"{__typename}\"}",
            )],
            |answer| says(answer, &["access-control-allow-credentials"]),
        ),
        probe(
            "hints at names",
            [
                "{ quote { totalCount } }",
                "{ __schema { directive } }",
                "{ quotess { id } }",
                "{ quotes(frist: 1) { totalCount } }",
                "{ quotes { nodes { txt } } }",
            ]
            .map(document)
            .to_vec(),
            |answer| says(answer, &["did you mean"]),
        ),
        probe(
            "tracing",
            vec![
                document("{ __typename }"),
                posted_as(
                    "application/json",
                    "{\"query\":\"{__typename}\",\"extensions\":{\"tracing\":true,\"trace\":true}}",
                ),
                request(
                    "POST /graphql",
                    &[
                        ("Content-Type", "application/json"),
                        ("X-Apollo-Tracing", "1"),
                        ("Apollo-Federation-Include-Trace", "ftv1"),
                    ],
                    "{\"query\":\"{__typename}\"}",
                ),
            ],
            |answer| !json_of(answer)["extensions"].is_null(),
        ),
        probe(
            "errors that tell of the inside",
            vec![
                document("{ __typename("),
                document("{ quote(id: \"'; --\") { id } }"),
                document("{ quotes(after: \"\\u0000\") { totalCount } }"),
                document("{ node(id: \"../../etc/passwd\") { id } }"),
                posted_as("application/json", "{\"query\":"),
                posted_as(
                    "application/json",
                    "{\"query\":\"query($a:Int){quotes(first:$a){totalCount}}\",\"variables\":{\"a\":\"x\"}}",
                ),
                page("/graphql?query=%FF"),
                page("/nothing%00"),
            ],
            |answer| {
                let inside = [
                    "exception",
                    "stack",
                    "panicked",
                    "src/",
                    ".rs:",
                    "sqlite",
                    "postgres",
                    "diesel",
                    "select ",
                ];
                answer.status >= 500 || says(answer, &inside)
            },
        ),
        probe(
            "a banner with name and version of the server",
            vec![document("{ __typename }"), page("/nothing")],
            |answer| says(answer, &["\r\nserver:", "\r\nx-powered-by:"]),
        ),
    ]
}

/// The names of the probes that find something, each with the answer.
fn findings(server: &Server) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for Probe { name, requests, finding, .. } in probes() {
        for request in requests {
            let mut wire = Wire::connect(&server.address).unwrap();
            wire.send(&request).unwrap();
            let answer = wire.answer().unwrap_or_else(|error| panic!("{name}: {error}"));
            if finding(&answer) {
                let request = String::from_utf8_lossy(&request);
                let (line, text) =
                    (answer.head.lines().next(), String::from_utf8_lossy(&answer.body));
                found.push((name, format!("{request:.300} was answered {line:?} {text:.300}")));
                break;
            }
        }
    }
    found
}

#[test]
fn scanners_find_nothing_in_the_locked_profile_and_what_is_meant_in_the_public_one() {
    let (open, all) = (
        probes().into_iter().filter_map(|probe| Some((probe.name, probe.public?))),
        probes().len(),
    );
    let open: Vec<_> = open.collect();
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &[("DIXIT_PROFILE", "locked")]);
        let found = findings(&server);
        println!("{all} probes, locked: {} findings", found.len());
        assert!(found.is_empty(), "{found:#?}");

        let (_workplace, server) = sample(backend, &[]);
        let found = findings(&server);
        println!("{all} probes, public: {} findings", found.len());
        let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
        let meant: Vec<_> = open.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, meant, "{found:#?}");
        for (name, why) in &open {
            println!("  {name}: {why}");
        }
    });
}
