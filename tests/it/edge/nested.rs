//! Nesting of all kinds at the largest settings: whatever a limit lets through, no worker's stack
//! overflows, which would end the process.

use dixit::limits::{Limits, Unit};
use serde_json::{Value, json};

use crate::support::{Server, Socket, each_backend, sample};

/// What a limit is at most.
fn most(name: &str) -> usize {
    let limit = Limits::ALL.iter().find(|limit| limit.name == name).unwrap();
    limit.most.try_into().unwrap()
}

fn around(open: &str, times: usize, inner: &str, close: &str) -> String {
    open.repeat(times) + inner + &close.repeat(times)
}

/// Filters in each other, as JSON.
fn filters(levels: usize) -> Value {
    (1..levels).fold(json!({}), |filter, _| json!({ "not": filter }))
}

/// Requests that nest as deep as the largest settings let them, and some deeper.
fn requests() -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    let mut document = |name, document: String| all.push((name, json!({ "query": document })));
    for nesting in [most("nesting"), most("nesting") + 60] {
        let nots = around("{not:", nesting - 3, "{}", "}");
        document("nots", format!("{{quotes(filter:{nots}){{totalCount}}}}"));
        let ors = around("{or:[", (nesting - 3) / 2, "", "]}");
        document("ors", format!("{{quotes(filter:{ors}){{totalCount}}}}"));
        document("lists", format!("{{quotes(first:{})}}", around("[", nesting - 2, "", "]")));
        let list = around("[", nesting - 2, "Int", "]");
        document("a type", format!("query($a:{list}){{__typename}}"));
        document("inline fragments", around("{...on Query", nesting - 1, "{__typename}", "}"));
    }
    for more in [0, 60] {
        let times = (most("dataDepth") + more) / 3 - 1;
        let quotes = around("{quotes(first:1){nodes{article", times, "{id}", "}}}");
        document("articles", quotes);
        // Each level a fragment of its own, so that brackets nest little.
        let chain: String = (1..=times)
            .map(|n| {
                format!(
                    "fragment f{n} on Quote {{ article {{ quotes(first: 1) {{ nodes {{ ...f{} }} }} }} }} ",
                    n + 1
                )
            })
            .collect();
        let nots = around("{not:", most("nesting") - 4, "{}", "}");
        document(
            "nots far down",
            format!(
                "{{ quotes(first: 1) {{ nodes {{ ...f1 }} }} }} {chain} fragment f{} on Quote {{ \
                 article {{ quotes(filter: {nots}) {{ totalCount }} }} }}",
                times + 1
            ),
        );
        let depth = most("schemaDepth") + more;
        let types = around("{ofType", depth - 3, "{name}", "}");
        document("introspection", format!("{{__schema{{types{types}}}}}"));
    }
    for fragments in [20, 30, 100, most("fragments"), most("fragments") + 1] {
        let chain: String =
            (1..fragments).map(|n| format!("fragment f{} on Query{{...f{n}}}", n - 1)).collect();
        document(
            "a chain of fragments",
            format!("{{...f0}}{chain} fragment f{} on Query{{__typename}}", fragments - 1),
        );
    }
    let mut variables = |name, query: String, levels| {
        let query = format!("query($f: QuoteFilter) {query}");
        all.push((name, json!({ "query": query, "variables": { "f": filters(levels) } })));
    };
    for levels in [most("jsonDepth") - 2, most("jsonDepth") + 60] {
        variables("nots in a variable", "{ quotes(filter: $f) { totalCount } }".into(), levels);
        let below = (most("dataDepth") - 2) / 3;
        variables(
            "nots in a variable, far down",
            around(
                "{quotes(first:1){nodes{article",
                below,
                "{quotes(filter:$f){totalCount}}",
                "}}}",
            ),
            levels,
        );
    }
    all
}

fn ask_in_every_way(server: &Server, name: &str, request: &Value) {
    let posted = server.post("application/json", request.to_string());
    assert!(posted.status_code < 500, "{name}: {}", posted.as_str().unwrap());
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("query", request["query"].as_str().unwrap());
    if !request["variables"].is_null() {
        query.append_pair("variables", &request["variables"].to_string());
    }
    let query = query.finish();
    if query.len() < 16 << 10 {
        let got = server.get(&format!("/graphql?{query}"));
        assert!(got.status_code < 500, "{name}: {}", got.as_str().unwrap());
    }
    let mut socket = Socket::ready(server);
    socket.say(&json!({ "id": "1", "type": "subscribe", "payload": request }));
    let heard = socket.hear();
    assert_eq!(server.ask("{ __typename }")["data"]["__typename"], "Query", "{name}: {heard:?}");
}

#[test]
fn no_nesting_that_a_setting_permits_overflows_a_stack() {
    let settings: Vec<(&str, String)> = Limits::ALL
        .iter()
        .filter(|limit| limit.unit == Unit::Count || limit.name == "documentBytes")
        .map(|limit| (limit.setting, limit.most.to_string()))
        .collect();
    let settings: Vec<(&str, &str)> =
        settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &settings);
        for (name, request) in &requests() {
            ask_in_every_way(&server, name, request);
        }
    });
}

#[test]
fn nesting_is_refused_by_name() {
    each_backend(|backend| {
        let (_workplace, server) = sample(backend, &[]);
        for (nesting, limit) in [
            (around("{not:", 120, "{}", "}"), "nesting"),
            (around("{or:[", 95, "", "]}"), "nesting"),
        ] {
            let answer = server.ask(&format!("{{quotes(filter:{nesting}){{totalCount}}}}"));
            assert_eq!(answer["errors"][0]["extensions"]["limit"], limit, "{answer}");
            assert_eq!(answer["errors"][0]["extensions"]["code"], "LIMIT", "{answer}");
        }
    });
}
