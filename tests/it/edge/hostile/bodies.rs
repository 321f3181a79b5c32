//! Documents and bodies that cost more than they look: nesting, fan-out, floods.

use serde_json::json;

use crate::support::graphql_body;

/// What a hostile client posts as `application/json`: a name, and the body.
pub fn bodies() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut document = |name: &str, document: String| {
        all.push((name.to_owned(), json!({ "query": document }).to_string()));
    };
    for n in [50, 190, 1_000, 30_000, 100_000] {
        document(&format!("{n} lists"), format!("{{ a(b: {}", "[".repeat(n)));
        let objects = "{a:".repeat(n);
        document(&format!("{n} objects"), format!("{{ a(b: {objects}"));
        let selections = "{ a ".repeat(n) + &"}".repeat(n);
        document(&format!("{n} selections"), selections);
        document(&format!("{n} list types"), format!("query($a: {}Int", "[".repeat(n)));
        document(&format!("{n} inline fragments"), "{ ... ".repeat(n) + "a" + &"}".repeat(n));
        let aliases: String = (0..n).map(|n| format!("a{n}: __typename ")).collect();
        document(&format!("{n} aliases"), format!("{{ {aliases} }}"));
        document(&format!("{n} names"), format!("{{ {} }}", "__typename ".repeat(n)));
        document(&format!("{n} unknown fields"), format!("{{ {} }}", "x ".repeat(n)));
        let unknown: String = (0..n).map(|n| format!("x{n}(a: {n}) ")).collect();
        document(&format!("{n} different unknown fields"), format!("{{ {unknown} }}"));
        document(
            &format!("{n} directives"),
            format!("{{ __typename {} }}", "@skip(if: false) ".repeat(n)),
        );
        document(
            &format!("{n} variables"),
            format!("query({}) {{ __typename }}", "$a: Int ".repeat(n)),
        );
        document(&format!("{n} operations"), "query { __typename } ".repeat(n));
        document(&format!("{n} commas"), ",".repeat(n) + "{ __typename }");
        document(&format!("{n} in a string"), format!("{{ a(b: \"{}\") }}", "\\u0041".repeat(n)));
        document(&format!("{n} in a comment"), format!("# {}\n{{ __typename }}", "{[(".repeat(n)));
    }
    for fragments in [10, 20, 30, 49, 60, 200] {
        let mut fan = String::from("{ ...f0 } ");
        for n in 0..fragments {
            let next = n + 1;
            fan += &format!("fragment f{n} on Query {{ ...f{next} ...f{next} }} ");
        }
        fan += &format!("fragment f{fragments} on Query {{ __typename }}");
        document(&format!("{fragments} fragments that double"), fan);
    }
    for (name, operation) in [("undefined", "{ ...f0 }"), ("unused", "{ __typename }")] {
        let mut fan = String::from(operation);
        for n in 0..29 {
            fan += &format!("fragment f{n} on Query{{...f{next} ...f{next}}}", next = n + 1);
        }
        document(&format!("fragments that double and end with one {name}"), fan);
    }
    let unused = "...f ".repeat(300);
    let chain: String =
        (0..48).map(|n| format!("fragment f{n} on Query{{...f{}}}", n + 1)).collect();
    document(
        "a chain of fragments many times",
        format!("{{ {} }}{chain}fragment f48 on Query{{__typename}}", unused.replace('f', "f0")),
    );
    let deep = "{ name ofType ".repeat(7) + "{ name }" + &"}".repeat(7);
    let lists = format!("{{ fields {{ name args {{ name type {deep} }} type {deep} }} }}");
    let roots: String =
        (0..20).map(|n| format!("a{n}: __schema {{ types {{ ...T }} }} ")).collect();
    document("twenty introspections", format!("{{ {roots} }} fragment T on __Type {lists}"));
    let types: String = (0..20).map(|n| format!("a{n}: types {{ ...T }} ")).collect();
    document(
        "one introspection with twenty lists",
        format!("{{ __schema {{ {types} }} }} fragment T on __Type {lists}"),
    );
    let names = "name ".repeat(600);
    document(
        "many names of types",
        format!("{{ __schema {{ types {{ fields {{ {names} }} }} }} }}"),
    );
    document(
        "a circle",
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }".into(),
    );
    let circular = "{ fields { type ".repeat(8) + "{ name }" + &"} }".repeat(8);
    document("circular introspection", format!("{{ __schema {{ types {circular} }} }}"));
    document("a mutation", "mutation { a }".into());
    document("a subscription", "subscription { a }".into());
    let fields = "a ".repeat(1_990);
    let many = "query { ...f } ".repeat(190);
    document(
        "operations that share a fragment",
        format!("{many} fragment f on Query {{ {fields} }}"),
    );
    document("nothing", String::new());
    document("control characters", "{ \u{0} \u{7} __typename }".into());
    document("a byte order mark", "\u{feff}{ __typename }".into());
    document(
        "a huge number",
        format!("{{ quotes(first: {}) {{ totalCount }} }}", "9".repeat(5_000)),
    );
    document(
        "a cursor",
        format!("{{ quotes(after: \"{}\") {{ totalCount }} }}", "A".repeat(9_000)),
    );
    let mut nots = String::from("{}");
    for _ in 0..60 {
        nots = format!("{{ not: {nots} }}");
    }
    document("nested filters", format!("{{ quotes(filter: {nots}) {{ totalCount }} }}"));
    let pages = "quotes(first: 100) { nodes { article { ".repeat(4) + "id" + &"} } }".repeat(4);
    document("pages of pages", format!("{{ {pages} }}"));
    let mut body = |name: &str, body: String| all.push((name.to_owned(), body));
    for n in [31, 33, 1_000, 100_000] {
        body(
            &format!("{n} deep variables"),
            format!(
                "{{\"query\":\"{{__typename}}\",\"variables\":{}1{}}}",
                "{\"a\":".repeat(n),
                "}".repeat(n)
            ),
        );
        body(&format!("{n} arrays"), "[".repeat(n));
    }
    let filter = |query: &str, count: usize| {
        let filters = vec![json!({}); count];
        json!({ "query": query, "variables": { "f": { "or": filters } } }).to_string()
    };
    let aliases: String =
        (0..20).map(|n| format!("a{n}: quotes(filter: $f) {{ totalCount }} ")).collect();
    let below = "query($f: QuoteFilter) { quotes(first: 100) { nodes { article { \
                 quotes(filter: $f, first: 1) { totalCount } } } } }";
    for count in [390, 80_000] {
        let aliases = format!("query($f: QuoteFilter) {{ {aliases} }}");
        body(&format!("twenty times a variable of {count} filters"), filter(&aliases, count));
        body(&format!("rows with a variable of {count} filters each"), filter(below, count));
    }
    let ids = vec!["x"; 380];
    let below = below.replace("$f,", "{article: {id: {in: $f}}},").replace("QuoteFilter", "[ID!]");
    body(
        "rows with a variable of many values",
        json!({ "query": below, "variables": { "f": ids } }).to_string(),
    );
    body("a batch", format!("[{}]", vec![graphql_body("{ __typename }"); 50].join(",")));
    body("twice the key", "{\"query\":\"{a}\",\"query\":\"{b}\"}".into());
    body("a number for a query", "{\"query\":1e999}".into());
    body("half a surrogate", "{\"query\":\"\\ud800\"}".into());
    body("no JSON", "\u{0}\u{1}".into());
    all
}
