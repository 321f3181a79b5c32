//! Imports as the API has them: small batches by GraphQL, what became of their rows, how imports are
//! told, to whom.

use dixit::domain::access::Scope;
use dixit::graphql::Caller;
use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, native_row, strings};

const IMPORT: &str = "mutation($input: ImportQuotesInput!) { importQuotes(input: $input) {
    import { id source state lines accepted known changed rejected }
    quotes { outcome quote { id text } code field reason } userErrors { code field } } }";

/// The answer to a document, with errors if there are any.
fn asked(database: &Database, caller: &Caller, document: &str, variables: Value) -> Value {
    let answer = database.answer_to(caller.clone(), document, Some(variables));
    serde_json::from_str(&answer).unwrap()
}

/// What `importQuotes` answers to rows, which must not be an error.
fn import(database: &Database, caller: &Caller, quotes: Value) -> Value {
    let answer = asked(database, caller, IMPORT, json!({ "input": { "quotes": quotes } }));
    assert!(answer.get("errors").is_none(), "{answer:#}");
    answer["data"]["importQuotes"].clone()
}

/// A row with these words in this article.
fn row(document: &str, text: &str) -> Value {
    let article =
        json!({ "documentId": document, "url": format!("https://news.example/{document}") });
    json!({ "article": article, "kind": "DIRECT", "text": text })
}

fn counts(import: &Value) -> [i64; 5] {
    ["lines", "accepted", "known", "changed", "rejected"]
        .map(|count| import[count].as_i64().unwrap())
}

#[test]
fn a_batch_tells_what_became_of_each_row_and_may_be_sent_again() {
    each_backend(|backend| {
        let database = Database::empty(backend);
        let program = database.holder(&[Scope::Import]);
        let mut newer = row("a", "We shall see.");
        newer["extractor"] = json!({ "name": "x", "version": "2" });
        newer["confidence"] = json!(0.5);
        let batch = json!([
            row("a", "We shall see."),
            row("b", " "),
            row("a", "We shall see."),
            newer,
            row("b", "Or not."),
        ]);
        let first = import(&database, &program, batch.clone());
        let outcomes = |answer: &Value| strings(answer, "/quotes", "/outcome");
        let expected = ["ACCEPTED", "REJECTED", "KNOWN", "CHANGED", "ACCEPTED"];
        assert_eq!(outcomes(&first), expected, "{first:#}");
        assert_eq!(counts(&first["import"]), [5, 2, 1, 1, 1]);
        assert_eq!(first["import"]["source"], "importQuotes");
        let rejected = &first["quotes"][1];
        assert_eq!(
            (&rejected["code"], &rejected["field"]),
            (&json!("bad_text"), &json!("quotes.1.text"))
        );
        assert_eq!(rejected["quote"], Value::Null);
        assert_eq!(first["quotes"][0]["quote"]["id"], first["quotes"][2]["quote"]["id"]);
        let before = database.dump();
        let again = import(&database, &program, batch);
        assert_eq!(outcomes(&again), ["KNOWN", "REJECTED", "KNOWN", "KNOWN", "KNOWN"], "{again:#}");
        assert_ne!(again["import"]["id"], first["import"]["id"], "another run");
        assert_eq!(database.dump(), before);
    });
}

#[test]
fn a_row_by_graphql_is_the_same_row_of_a_file() {
    each_backend(|backend| {
        let more = json!({ "speaker": "Ada Quill", "role": "UN spokeswoman", "position": 4,
            "said_at": "2031-04", "confidence": 0.25, "external_id": "7", "language": "en",
            "extractor": { "name": "x", "version": "1.10" },
            "further_speakers": [{ "mode": "joint", "name": "Tobit Marsh", "probability": 0.5 }] });
        let database = Database::of(backend, &native_row("a", "We shall see.", more));
        let program = database.holder(&[Scope::Import]);
        let before = database.dump();
        let mut same = row("a", "We shall see.");
        same.as_object_mut().unwrap().extend(
            json!({ "printed": { "speaker": "Ada Quill", "role": "UN spokeswoman" }, "position": 4,
                "saidAt": "2031-04", "confidence": 0.25, "externalId": "7", "language": "en",
                "extractor": { "name": "x", "version": "1.10" },
                "furtherSpeakers": [{ "mode": "JOINT", "name": "Tobit Marsh", "probability": 0.5 }] })
            .as_object()
            .unwrap()
            .clone(),
        );
        let answer = import(&database, &program, json!([same]));
        assert_eq!(answer["quotes"][0]["outcome"], "KNOWN", "{answer:#}");
        assert_eq!(database.dump(), before);
    });
}

#[test]
fn a_batch_is_bounded_and_says_what_is_wrong_with_it_as_a_whole() {
    let database = Database::empty(Backend::Sqlite);
    let program = database.holder(&[Scope::Write]);
    let rows =
        |many: usize| -> Value { (0..many).map(|n| row("a", &format!("No {n}."))).collect() };
    assert_eq!(counts(&import(&database, &program, rows(50))["import"]), [50, 50, 0, 0, 0]);
    let over = asked(&database, &program, IMPORT, json!({ "input": { "quotes": rows(51) } }));
    let extensions = json!({ "code": "LIMIT", "limit": "importRows", "value": 50 });
    assert_eq!(over["errors"][0]["extensions"], extensions, "{over:#}");
    let nothing = import(&database, &program, json!([]));
    let refused = json!([{ "code": "INVALID", "field": ["input", "quotes"] }]);
    assert_eq!((&nothing["userErrors"], &nothing["import"]), (&refused, &Value::Null));
    let answer = database.ask("{ quotes { totalCount } }");
    assert_eq!(answer["data"]["quotes"]["totalCount"], 50);
}

#[test]
fn what_a_person_removed_stays_away() {
    each_backend(|backend| {
        let database = Database::of(backend, &native_row("a", "We shall see.", json!({})));
        let desk = database.holder(&[Scope::Write]);
        let answer = database.ask("{ articles { nodes { id } } }");
        let id = &answer["data"]["articles"]["nodes"][0]["id"];
        let down =
            "mutation($id: ID!) { takeDownArticle(input: { id: $id, reason: \"by order\" }) {
            articleId } }";
        asked(&database, &desk, down, json!({ "id": id }));
        let batch = json!([row("a", "We shall see."), row("b", "We shall see.")]);
        let answer = import(&database, &desk, batch);
        let [gone, taken] = [&answer["quotes"][0], &answer["quotes"][1]];
        assert_eq!((&gone["code"], &gone["field"]), (&json!("removed"), &json!("quotes.0")));
        assert!(gone["reason"].as_str().unwrap().contains("by order"), "{gone}");
        assert_eq!(taken["outcome"], "ACCEPTED");
    });
}

#[test]
fn imports_are_told_to_importers_and_rejected_rows_to_whoever_sent_them() {
    each_backend(|backend| {
        let database = Database::of(backend, &native_row("a", "We shall see.", json!({})));
        let [reader, program, desk, operator] =
            [&[Scope::Read][..], &[Scope::Import], &[Scope::Write], &[Scope::Admin]]
                .map(|scopes| database.holder(scopes));
        let sent = import(&database, &program, json!([row("b", "\u{202e}"), row("b", "Or not.")]));
        let id = &sent["import"]["id"];
        let list = "{ imports { totalCount nodes { id source accepted } } }";
        let one = "query($id: ID!) { import(id: $id) { source rejected } }";
        let node = "query($id: ID!) { node(id: $id) { id ... on Import { source } } }";
        let rejected = "query($id: ID!) { import(id: $id) { source
            rejections { totalCount nodes { line field code row } } } }";
        for (caller, code) in [(&Caller::Anybody, "UNAUTHENTICATED"), (&reader, "FORBIDDEN")] {
            for document in [list, one, node] {
                let variables = if document == list { json!({}) } else { json!({ "id": id }) };
                let answer = asked(&database, caller, document, variables);
                let extensions = json!({ "code": code, "scope": "IMPORT" });
                assert_eq!(answer["errors"][0]["extensions"], extensions, "{document}: {answer}");
            }
        }
        for caller in [&program, &desk, &operator] {
            let answer = asked(&database, caller, list, json!({}));
            assert_eq!(answer["data"]["imports"]["totalCount"], 2, "{answer}");
            let newest = &answer["data"]["imports"]["nodes"][0];
            assert_eq!((&newest["id"], &newest["source"]), (id, &json!("importQuotes")));
            let answer = asked(&database, caller, node, json!({ "id": id }));
            assert_eq!(answer["data"]["node"]["id"], *id, "{answer}");
        }
        for caller in [&program, &operator] {
            let answer = asked(&database, caller, rejected, json!({ "id": id }));
            let rejections = &answer["data"]["import"]["rejections"];
            assert_eq!(rejections["totalCount"], 1, "{answer:#}");
            let row = &rejections["nodes"][0];
            assert_eq!((&row["line"], &row["field"]), (&json!(1), &json!("text")));
            // Mended, it can be sent again.
            let mut row: Value = serde_json::from_str(row["row"].as_str().unwrap()).unwrap();
            row["text"] = json!("Or not.");
            let again = import(&database, &program, json!([row]));
            assert_eq!(again["quotes"][0]["outcome"], "KNOWN", "{again:#}");
        }
        // Somebody else's rows are not told, and the import is.
        let answer = asked(&database, &desk, rejected, json!({ "id": id }));
        assert_eq!(answer["errors"][0]["extensions"]["scope"], "ADMIN", "{answer}");
        assert_eq!(answer["data"]["import"]["rejections"], Value::Null);
        assert_eq!(answer["data"]["import"]["source"], "importQuotes");
    });
}

#[test]
fn imports_and_rejected_rows_are_paged_without_a_gap() {
    each_backend(|backend| {
        let database = Database::empty(backend);
        let operator = database.holder(&[Scope::Admin]);
        for run in 0..5 {
            let rows: Value =
                (0..7).map(|n| row("a", if n == run { "Yes." } else { "" })).collect();
            import(&database, &operator, rows);
        }
        let page = |arguments: &str| {
            let document = format!(
                "{{ imports({arguments}) {{ edges {{ cursor node {{ id rejections(first: 4) {{
                    pageInfo {{ hasNextPage }} nodes {{ line }} }} }} }} }} }}"
            );
            let answer = asked(&database, &operator, &document, json!({}));
            assert!(answer.get("errors").is_none(), "{answer:#}");
            answer["data"]["imports"]["edges"].as_array().unwrap().clone()
        };
        let all = page("first: 100");
        assert_eq!(all.len(), 5);
        let mut walked = page("first: 2");
        loop {
            let cursor = walked.last().unwrap()["cursor"].as_str().unwrap().to_owned();
            let next = page(&format!("first: 2, after: \"{cursor}\""));
            if next.is_empty() {
                break;
            }
            walked.extend(next);
        }
        assert_eq!(walked, all);
        let rejections = &all[0]["node"]["rejections"];
        assert_eq!(rejections["nodes"].as_array().unwrap().len(), 4);
        assert_eq!(rejections["pageInfo"]["hasNextPage"], true);
        let none = "imports(filter: { state: { in: [RUNNING, WAITING] } }) { totalCount }";
        let answer = asked(&database, &operator, &format!("{{ {none} }}"), json!({}));
        assert_eq!(answer["data"]["imports"]["totalCount"], 0);
    });
}
