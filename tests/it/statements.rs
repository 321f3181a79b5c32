//! Statements: how certain the first quote is, who carries them independently, how they are related.

use std::fs::File;
use std::io::Read as _;

use bzip2::read::BzDecoder;
use dixit::domain::access::Scope;
use serde_json::{Value, json};

use crate::support::{Database, each_backend, native_row, quotebank_row, repository};

const WORDS: &str = "The harbour stays open all winter, and whoever says that it will be closed has \
                     not asked anybody who works there.";

/// The statements of a database by the words with which they begin, as `shown` of each.
fn statements(database: &Database, shown: &str) -> Vec<Value> {
    let answer =
        database.ask(&format!("{{ statements(first: 12) {{ nodes {{ text {shown} }} }} }}"));
    let mut nodes = answer["data"]["statements"]["nodes"].as_array().unwrap().clone();
    nodes.sort_by_key(|node| node["text"].as_str().unwrap().to_owned());
    nodes
}

fn only(database: &Database, shown: &str) -> Value {
    let mut all = statements(database, shown);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

#[test]
fn the_first_quote_is_as_certain_as_the_dates_are() {
    let cases: [(&[Option<&str>], &str, usize); 8] = [
        (&[Some("2021-08-13")], "EXACT", 1),
        (&[None], "UNKNOWN", 1),
        (&[Some("2021-08-13"), Some("2021-08-14")], "EXACT", 1),
        (&[Some("2021-08-13"), Some("2021-08-13")], "TIE_WITHIN_PRECISION", 2),
        (&[Some("2021-08-13"), Some("2021-08-13T22:00:00Z")], "TIE_WITHIN_PRECISION", 2),
        (&[Some("2021"), Some("2021-08-13"), Some("2022")], "TIE_WITHIN_PRECISION", 2),
        (&[Some("2021-08-13T10:00:00Z"), Some("2021-08-13T10:00:01Z")], "EXACT", 1),
        (&[Some("2021-08-13"), None, Some("2021-08-20")], "UNKNOWN", 2),
    ];
    each_backend(|backend| {
        for (dates, precision, candidates) in cases {
            let rows = dates.iter().enumerate().map(|(number, date)| {
                native_row(&format!("d{number}"), WORDS, json!({ "reported_at": date }))
            });
            let database = Database::of(backend, &rows.collect::<String>());
            let statement = only(
                &database,
                "firstQuote { id } firstQuotePrecision firstQuoteCandidateCount
                 firstQuoteCandidates { id reportedAt { text } }",
            );
            assert_eq!(statement["firstQuotePrecision"], precision, "{dates:?}: {statement:#}");
            assert_eq!(statement["firstQuoteCandidateCount"], candidates, "{dates:?}");
            let shown = statement["firstQuoteCandidates"].as_array().unwrap();
            assert_eq!(shown.len(), candidates, "{dates:?}: {statement:#}");
            assert_eq!(shown[0]["id"], statement["firstQuote"]["id"], "{dates:?}");
        }
    });
}

#[test]
fn a_copy_is_counted_apart_from_an_independent_source() {
    each_backend(|backend| {
        let print = |url: &str, title: &str, authors: &[&str]| {
            let article = json!({ "url": url, "title": title, "authors": authors });
            native_row("", WORDS, json!({ "speaker": "Ada Quill", "article": article }))
        };
        let rows = [
            // A wire story, under three titles, and the agency's credit.
            print("https://one.example/a", "Harbour open", &["The Associated Press"]),
            print("https://two.example/b", "Port to stay open", &["Ada Quill", "AP"]),
            // One house, and a reprint that keeps the title.
            print("https://news.three.example/c", "What the harbour master said", &[]),
            print("https://sport.three.example/d", "Not about boats", &[]),
            print("https://four.example/e", "What the harbour master said", &[]),
            // By itself.
            print("https://five.example/f", "Winter", &["Staff"]),
        ];
        let database = Database::of(backend, &rows.concat());
        let statement = only(&database, "quoteCount articleCount publisherCount independentCount");
        assert_eq!(statement["articleCount"], 6);
        assert_eq!(statement["publisherCount"], 6);
        assert_eq!(statement["independentCount"], 3);
    });
}

/// One row of Quotebank, of which four sites of one agency's customers, and two hosts of another,
/// printed the same story.
#[test]
fn the_sites_of_a_real_row_are_fewer_sources_than_publishers() {
    let urls = [
        "https://sg.news.yahoo.com/pacific-leaders-turn-heat-climate-change-042740006.html",
        "https://ca.news.yahoo.com/pacific-leaders-to-turn-up-heat-climate-change-042740800.html",
        "http://thesundaily.my/news/2017/09/04/pacific-leaders-turn-heat-climate-change",
        "http://dailymail.co.uk/wires/afp/article-4849864/Pacific-leaders-turn-heat-climate-change.html",
        "http://channelnewsasia.com/news/world/pacific-leaders-to-turn-up-heat-on-climate-change-9183232",
        "https://phys.org/news/2017-09-pacific-leaders-climate.html",
    ];
    each_backend(|backend| {
        let row = quotebank_row("2017-09-04-000001", WORDS, json!({ "urls": urls }));
        let database = Database::of(backend, &row);
        let statement = only(&database, "publisherCount independentCount");
        assert_eq!(statement["publisherCount"], 6, "{statement:#}");
        // The title of the last is cut to three words: nothing shows that it is a copy.
        assert_eq!(statement["independentCount"], 2, "{statement:#}");
    });
}

/// What Quotebank has twice, once by each of two people.
#[test]
fn contradicting_attributions_of_real_words_are_shown() {
    let wanted = ["2017-09-07-062372", "2017-09-07-062373"];
    let year = repository("../shared/data/quotebank/quotes-2017.json.bz2");
    let mut text = String::new();
    BzDecoder::new(File::open(&year).unwrap()).read_to_string(&mut text).unwrap();
    let rows: String = text
        .lines()
        .filter(|row| wanted.iter().any(|id| row.contains(id)))
        .map(|row| format!("{row}\n"))
        .collect();
    each_backend(|backend| {
        let database = Database::of(backend, &rows);
        for statement in statements(
            &database,
            "speaker { name } contradictions { kind contradicts statement { speaker { name } } }",
        ) {
            let others = statement["contradictions"].as_array().unwrap();
            assert_eq!(others.len(), 1, "{statement:#}");
            assert_eq!(others[0]["contradicts"], true);
            assert_ne!(others[0]["statement"]["speaker"], statement["speaker"], "{statement:#}");
        }
    });
}

fn by(document: &str, text: &str, speaker: &str) -> String {
    native_row(document, text, json!({ "speaker": speaker }))
}

#[test]
fn sources_that_cannot_both_be_right_contradict_each_other() {
    each_backend(|backend| {
        let rows = [
            by("a", "It's a well-kept secret, but most of the tide tables are wrong.", "Ada Quill"),
            by(
                "b",
                "It `s a well - kept secret, but most of the tide tables are wrong",
                "Tobit Marsh",
            ),
            by(
                "c",
                "It's a well-kept secret, but most of the tide tables are wrong.",
                "President Quill",
            ),
            native_row(
                "d",
                "It's a well-kept secret, but most of the tide tables are wrong.",
                json!({}),
            ),
            by("e", "Nobody has ever asked me about the harbour in winter.", "Tobit Marsh"),
        ];
        let database = Database::of(backend, &rows.concat());
        let all = statements(
            &database,
            "speaker { name } contradictions { kind score state statement { speaker { name } } }
             related { kind statement { speaker { name } } }",
        );
        let of = |name: &str, field: &str| -> Vec<String> {
            let own = all.iter().find(|one| one["speaker"]["name"] == name).unwrap();
            let others = own[field].as_array().unwrap().iter();
            let mut names: Vec<String> = others
                .map(|one| one["statement"]["speaker"]["name"].as_str().unwrap_or("nobody").into())
                .collect();
            names.sort();
            names
        };
        assert_eq!(of("Ada Quill", "contradictions"), ["Tobit Marsh"], "{all:#?}");
        assert!(of("Ada Quill", "related").contains(&"nobody".to_owned()), "{all:#?}");
        assert!(of("Tobit Marsh", "contradictions").contains(&"Ada Quill".to_owned()));
    });
}

#[test]
fn relations_are_suggested_confirmed_rejected_and_taken_back() {
    each_backend(|backend| {
        let other = WORDS.replace("stays", "will stay").replace("anybody", "a single person");
        let rows = [
            by("a", WORDS, "Ada Quill"),
            by("b", &other, "Ada Quill"),
            by("c", "whoever says that it will be closed has not asked anybody", "Ada Quill"),
            by("d", "Ships are slow.", "Ada Quill"),
        ];
        let database = Database::of(backend, &rows.concat());
        let all = statements(&database, "id");
        let id = |text: &str| all.iter().find(|one| one["text"] == text).unwrap()["id"].clone();
        let (whole, part, ships) = (
            id(WORDS),
            id("whoever says that it will be closed has not asked anybody"),
            id("Ships are slow."),
        );
        let related = |of: &Value, arguments: &str| -> Vec<(String, String, Value)> {
            let answer = database.ask(&format!(
                "{{ statement(id: {of}) {{ related{arguments} {{
                    kind state score judgementId statement {{ id }} }} }} }}"
            ));
            let found = answer["data"]["statement"]["related"].as_array().unwrap();
            let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
            found
                .iter()
                .map(|one| (text(one, "kind"), text(one, "state"), one["statement"]["id"].clone()))
                .collect()
        };
        let row =
            |kind: &str, state: &str, id: &Value| (kind.to_owned(), state.to_owned(), id.clone());
        let variant = id(&other);
        let suggested =
            [row("HAS_EXCERPT", "SUGGESTED", &part), row("VARIANT_OF", "SUGGESTED", &variant)];
        assert_eq!(related(&whole, ""), suggested);
        assert_eq!(related(&part, "(kind: [EXCERPT_OF], first: 1)").len(), 1);

        let holder = database.holder(&[Scope::Write]);
        let judge = |field: &str, input: Value| -> Value {
            let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
            let document = format!(
                "mutation($input: {kind}!) {{ {field}(input: $input) {{
                    judgement {{ id action name subject {{ ... on Statement {{ text }} }} }}
                    touched {{ quoteCount }} userErrors {{ field message }} }} }}"
            );
            let variables = Some(json!({ "input": input }));
            let answer = database.answer_to(holder.clone(), &document, variables);
            let answer: Value = serde_json::from_str(&answer).unwrap();
            assert!(answer.get("errors").is_none(), "{answer:#}");
            answer["data"][field].clone()
        };
        let reject = json!({ "id": whole, "otherId": variant, "reason": "another winter" });
        let rejected = judge("rejectRelation", reject.clone());
        assert_eq!(rejected["touched"]["quoteCount"], 0, "{rejected:#}");
        assert_eq!(rejected["judgement"]["subject"]["text"], WORDS, "{rejected:#}");
        assert_eq!(judge("rejectRelation", reject)["judgement"]["id"], rejected["judgement"]["id"]);
        assert_eq!(related(&whole, ""), suggested[..1], "not suggested any more");
        assert_eq!(
            related(&variant, "(state: [REJECTED])"),
            [row("VARIANT_OF", "REJECTED", &whole)]
        );
        let confirm = json!({
            "id": variant, "otherId": whole, "kind": "VARIANT_OF", "reason": "the same winter"
        });
        let refused = judge("confirmRelation", confirm);
        let problem = refused["userErrors"][0]["message"].as_str().unwrap();
        assert!(problem.contains("undo it first"), "{refused:#}");

        // What no index would find.
        let confirmed = judge(
            "confirmRelation",
            json!({ "id": ships, "otherId": whole, "kind": "EXCERPT_OF", "reason": "the recording" }),
        );
        assert_eq!(related(&ships, ""), [row("EXCERPT_OF", "CONFIRMED", &whole)]);
        let now = [row("HAS_EXCERPT", "CONFIRMED", &ships), suggested[0].clone()];
        assert_eq!(related(&whole, ""), now);

        for judgement in [&confirmed, &rejected] {
            let id = &judgement["judgement"]["id"];
            judge("undoJudgement", json!({ "id": id, "reason": "it was not" }));
        }
        assert_eq!(related(&whole, ""), suggested);
        assert_eq!(related(&ships, ""), []);
    });
}

#[test]
fn a_relation_needs_two_statements() {
    each_backend(|backend| {
        let database = Database::of(backend, &by("a", WORDS, "Ada Quill"));
        let id = only(&database, "id speaker { id }");
        let holder = database.holder(&[Scope::Write]);
        for (other, problem) in
            [(&id["id"], "is the same"), (&id["speaker"]["id"], "something else")]
        {
            let input = json!({ "id": id["id"], "otherId": other, "reason": "r" });
            let document = "mutation($input: RejectRelationInput!) {
                rejectRelation(input: $input) { judgement { id } userErrors { message } } }";
            let answer =
                database.answer_to(holder.clone(), document, Some(json!({ "input": input })));
            let answer: Value = serde_json::from_str(&answer).unwrap();
            let told = &answer["data"]["rejectRelation"]["userErrors"][0]["message"];
            assert!(told.as_str().unwrap().contains(problem), "{answer:#}");
        }
    });
}
