//! Judgements by the API: who may, what is refused and how it is told, what a preview shows, what
//! sending again does.

mod candidates;
mod desk;

use dixit::domain::access::Scope;
use dixit::graphql::Caller;
use serde_json::{Value, json};

use crate::support::{Database, each_backend};
use desk::Desk;

/// Every judgement by its field, with the fields of its input but the reason.
const JUDGEMENTS: [&str; 15] = [
    "mergeSpeakers",
    "mergeOrganisations",
    "mergeRoles",
    "splitSpeaker",
    "splitOrganisation",
    "splitRole",
    "addAlias",
    "removeAlias",
    "reassignRole",
    "unmaskSource",
    "settleWikidata",
    "keepApart",
    "confirmRelation",
    "rejectRelation",
    "undoJudgement",
];

#[test]
fn nobody_judges_or_previews_without_a_token_that_may() {
    each_backend(|backend| {
        let desk = Desk::new(backend);
        let (ada, other) = (desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
        let before = desk.everything();
        let reader = desk.database.holder(&[Scope::Read, Scope::Import]);
        let unchanged = desk.everything();
        assert_ne!(before, unchanged, "the dump shows tokens");
        for (caller, code) in [(Caller::Anybody, "UNAUTHENTICATED"), (reader, "FORBIDDEN")] {
            for preview in [false, true] {
                let input =
                    json!({ "id": ada, "intoId": other, "reason": "r", "preview": preview });
                let answer = desk.answer(caller.clone(), "mergeSpeakers", &input);
                let extensions = &answer["errors"][0]["extensions"];
                assert_eq!(extensions, &json!({ "code": code, "scope": "WRITE" }), "{answer}");
                assert!(answer["data"]["mergeSpeakers"].is_null());
            }
        }
        assert_eq!(desk.everything(), unchanged);
    });
}

#[test]
fn a_preview_shows_what_is_done_and_does_nothing() {
    each_backend(|backend| {
        let desk = Desk::new(backend);
        let (ada, other) = (desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
        let (board, office) =
            (desk.organisation("Port Board"), desk.organisation("Harbour Office"));
        let (a, e) = (desk.quotes("a"), desk.quotes("e"));
        let role = desk.role("a");
        let inputs = [
            ("mergeSpeakers", json!({ "id": other, "intoId": ada })),
            ("mergeOrganisations", json!({ "id": board, "intoId": office })),
            ("splitSpeaker", json!({ "id": ada, "quoteIds": a, "name": "Ada Quill" })),
            ("splitOrganisation", json!({ "id": office, "quoteIds": a, "name": "Harbour Watch" })),
            ("splitRole", json!({ "id": role, "quoteIds": a, "title": "harbour master" })),
            ("addAlias", json!({ "id": ada, "name": "Adela Quillon" })),
            ("removeAlias", json!({ "id": ada, "name": "President Ada Quill" })),
            (
                "reassignRole",
                json!({ "quoteIds": a, "title": "minister", "organisationId": board }),
            ),
            ("unmaskSource", json!({ "quoteIds": e, "name": "Orla Fenn", "wikidataId": "Q7" })),
            ("settleWikidata", json!({ "id": ada, "wikidataId": "Q42" })),
            ("keepApart", json!({ "id": ada, "otherId": other })),
        ];
        for (field, input) in inputs {
            let before = desk.everything();
            let mut preview = input.clone();
            preview["preview"] = json!(true);
            let seen = desk.judge(field, preview);
            assert_eq!(desk.everything(), before, "{field}");
            assert_eq!(seen["judgement"], Value::Null);
            let content = desk.content();
            let done = desk.judge(field, input);
            assert_eq!(done["touched"], seen["touched"], "{field}: {done:#}");
            let touches = done["touched"]["quoteCount"].as_i64().unwrap();
            // Nothing prints the new name yet.
            let touches_none = ["keepApart", "addAlias"].contains(&field);
            assert_eq!(touches == 0, touches_none, "{field}: {done:#}");
            // Taking it back can be tried, too, and leaves no trace.
            let id = &done["judgement"]["id"];
            let before = desk.everything();
            let seen = desk.judge("undoJudgement", json!({ "id": id, "preview": true }));
            assert_eq!(desk.everything(), before, "{field}");
            assert_eq!(desk.undo(id)["touched"], seen["touched"], "{field}");
            assert_eq!(desk.content(), content, "{field}");
        }
    });
}

#[test]
fn what_was_judged_is_told_to_who_asks_again() {
    each_backend(|backend| {
        let desk = Desk::new(backend);
        let (ada, other) = (desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
        let (a, c, e) = (desk.quotes("a"), desk.quotes("c"), desk.quotes("e"));
        let (board, office) =
            (desk.organisation("Port Board"), desk.organisation("Harbour Office"));
        let twice = [&a[..], &a[..]].concat();
        let inputs = [
            ("removeAlias", json!({ "id": ada, "name": "President Ada Quill" })),
            ("splitSpeaker", json!({ "id": ada, "quoteIds": twice, "name": "Ada Quill" })),
            ("splitSpeaker", json!({ "id": ada, "quoteIds": c, "name": "Tobit Marsh" })),
            ("mergeSpeakers", json!({ "id": other, "intoId": ada })),
            ("mergeOrganisations", json!({ "id": board, "intoId": office })),
            ("reassignRole", json!({ "quoteIds": a, "title": "minister" })),
            ("unmaskSource", json!({ "quoteIds": e, "speakerId": ada })),
            ("settleWikidata", json!({ "id": ada, "wikidataId": "Q42" })),
            ("addAlias", json!({ "id": ada, "name": "Adela Quillon" })),
        ];
        for (field, input) in inputs {
            let once = desk.judge(field, input.clone());
            let before = desk.everything();
            let again = desk.judge(field, input);
            assert_eq!(again["judgement"], once["judgement"], "{field}: {once:#} {again:#}");
            let nothing =
                json!({ "quoteCount": 0, "statementCount": 0, "articleCount": 0, "quotes": [] });
            assert_eq!(again["touched"], nothing, "{field}");
            assert_eq!(desk.everything(), before, "{field}");
            assert!(once["judgement"]["id"].is_string(), "{once:#}");
        }
        // Taken back twice is taken back once.
        let merged = desk.made("mergeOrganisations", json!({ "id": board, "intoId": office }));
        let once = desk.undo(&merged);
        let again = desk.undo(&merged);
        assert_eq!(again["judgement"], once["judgement"]);
        assert_eq!(again["touched"]["quoteCount"], 0);
    });
}

#[test]
fn judgements_are_taken_back_in_any_order() {
    each_backend(|backend| {
        let desk = Desk::new(backend);
        let (ada, other) = (desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
        let (before, content) = (desk.said(), desk.content());
        let a = desk.quotes("a");
        let merge = desk.made("mergeSpeakers", json!({ "id": other, "intoId": ada }));
        let split =
            desk.made("splitSpeaker", json!({ "id": ada, "quoteIds": a, "name": "Tobit Marsh" }));
        let marsh = desk.speaker("Tobit Marsh");
        let name = desk.made("mergeSpeakers", json!({ "id": marsh, "intoId": ada }));
        let settle = desk.made("settleWikidata", json!({ "id": ada, "wikidataId": "Q42" }));
        // Everybody is Ada now: even whoever was split off goes by a name of hers.
        let names: Vec<_> = desk.said().into_iter().filter_map(|(_, name)| name).collect();
        assert_eq!(names, ["Ada Quill"; 5]);
        for judgement in [merge, name, settle, split] {
            desk.undo(&judgement);
        }
        assert_eq!(desk.said(), before);
        assert_eq!(desk.content(), content);
    });
}

#[test]
fn what_cannot_be_judged_is_refused_with_the_field_that_is_to_blame() {
    each_backend(|backend| {
        let desk = Desk::new(backend);
        let (ada, other) = (desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
        let office = desk.organisation("Harbour Office");
        let board = desk.organisation("Port Board");
        let (a, d) = (desk.quotes("a"), desk.quotes("d"));
        let (f, role) = (desk.quotes("f"), desk.role("a"));
        let nobody = "be0faa38-a493-8397-997a-0914984b4ea8";
        let no_quote = "be0faa38-a493-8197-997a-0914984b4ea8";
        let no_judgement = "be0faa38-a493-8a97-997a-0914984b4ea8";
        let many = vec![a[0].clone(); 101];
        let content = desk.content();
        let refused = [
            // Whom nobody knows, and what is something else.
            ("mergeSpeakers", json!({ "id": nobody, "intoId": ada }), "NOT_FOUND", "id"),
            ("mergeSpeakers", json!({ "id": ada, "intoId": nobody }), "NOT_FOUND", "intoId"),
            ("mergeSpeakers", json!({ "id": "Ada", "intoId": ada }), "INVALID", "id"),
            ("mergeSpeakers", json!({ "id": ada, "intoId": office }), "INVALID", "intoId"),
            ("mergeOrganisations", json!({ "id": ada, "intoId": other }), "INVALID", "id"),
            ("mergeRoles", json!({ "id": role, "intoId": ada }), "INVALID", "intoId"),
            ("mergeSpeakers", json!({ "id": ada, "intoId": ada }), "INVALID", "intoId"),
            ("keepApart", json!({ "id": ada, "otherId": office }), "INVALID", "otherId"),
            ("keepApart", json!({ "id": ada, "otherId": ada }), "INVALID", "otherId"),
            ("keepApart", json!({ "id": ada, "otherId": nobody }), "NOT_FOUND", "otherId"),
            ("undoJudgement", json!({ "id": no_judgement }), "NOT_FOUND", "id"),
            ("undoJudgement", json!({ "id": ada }), "INVALID", "id"),
            // Quotes.
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": d, "name": "X Y" }),
                "INVALID",
                "quoteIds",
            ),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": [], "name": "X Y" }),
                "INVALID",
                "quoteIds",
            ),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": many, "name": "X Y" }),
                "INVALID",
                "quoteIds",
            ),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": [no_quote], "name": "X Y" }),
                "INVALID",
                "quoteIds",
            ),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": [ada], "name": "X Y" }),
                "INVALID",
                "quoteIds",
            ),
            (
                "splitOrganisation",
                json!({ "id": office, "quoteIds": f, "intoId": board }),
                "INVALID",
                "quoteIds",
            ),
            ("unmaskSource", json!({ "quoteIds": a, "speakerId": ada }), "INVALID", "quoteIds"),
            // Whose they are.
            ("splitSpeaker", json!({ "id": ada, "quoteIds": a }), "INVALID", "intoId"),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": a, "intoId": ada }),
                "INVALID",
                "intoId",
            ),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": a, "intoId": nobody }),
                "NOT_FOUND",
                "intoId",
            ),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": a, "intoId": other, "name": "X Y" }),
                "INVALID",
                "intoId",
            ),
            (
                "splitSpeaker",
                json!({ "id": ada, "quoteIds": a, "intoId": other, "wikidataId": "Q1" }),
                "INVALID",
                "wikidataId",
            ),
            ("splitSpeaker", json!({ "id": ada, "quoteIds": a, "name": "..." }), "INVALID", "name"),
            (
                "splitOrganisation",
                json!({ "id": office, "quoteIds": a, "name": "?!" }),
                "INVALID",
                "name",
            ),
            ("splitRole", json!({ "id": role, "quoteIds": a, "title": "?!" }), "INVALID", "title"),
            (
                "splitRole",
                json!({ "id": role, "quoteIds": a, "title": "x", "organisationId": ada }),
                "INVALID",
                "organisationId",
            ),
            (
                "reassignRole",
                json!({ "quoteIds": a, "roleId": role, "organisationId": office }),
                "INVALID",
                "organisationId",
            ),
            ("reassignRole", json!({ "quoteIds": a }), "INVALID", "roleId"),
            (
                "unmaskSource",
                json!({ "quoteIds": f, "speakerId": nobody }),
                "NOT_FOUND",
                "speakerId",
            ),
            // Names and items.
            ("addAlias", json!({ "id": ada, "name": "\u{202e}Ada" }), "INVALID", "name"),
            ("addAlias", json!({ "id": ada, "name": " " }), "INVALID", "name"),
            ("addAlias", json!({ "id": ada, "name": "x".repeat(4_001) }), "INVALID", "name"),
            ("addAlias", json!({ "id": role, "name": "chief" }), "INVALID", "id"),
            ("addAlias", json!({ "id": ada, "name": "ada quill" }), "INVALID", "name"),
            ("removeAlias", json!({ "id": ada, "name": "Tobit Marsh" }), "INVALID", "name"),
            ("removeAlias", json!({ "id": ada, "name": "Ada Quill" }), "INVALID", "name"),
            ("settleWikidata", json!({ "id": ada, "wikidataId": "42" }), "INVALID", "wikidataId"),
            ("settleWikidata", json!({ "id": ada, "wikidataId": "" }), "INVALID", "wikidataId"),
            ("settleWikidata", json!({ "id": nobody, "wikidataId": "Q42" }), "NOT_FOUND", "id"),
        ];
        for (field, input, code, blamed) in refused {
            let (told, path, message) = desk.refusal(field, input.clone());
            let expected = (code.to_owned(), format!("input.{blamed}"));
            assert_eq!((told, path), expected, "{field} {input}: {message}");
        }
        for reason in ["", "  ", "\u{0}", "a\u{202e}b"] {
            let input = json!({ "id": ada, "intoId": other, "reason": reason });
            let errors = desk.exactly("mergeSpeakers", input)["userErrors"].clone();
            assert_eq!(errors[0]["field"], json!(["input", "reason"]), "{errors}");
        }
        assert_eq!(desk.content(), content);
        let judged = desk.database.ask("{ judgements { totalCount } }");
        assert_eq!(judged["data"]["judgements"]["totalCount"], 0);
    });
}

#[test]
fn judgements_that_contradict_each_other_are_refused() {
    each_backend(|backend| {
        let desk = Desk::new(backend);
        let (ada, other) = (desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
        let apart = desk.made("keepApart", json!({ "id": ada, "otherId": other }));
        for (field, input, blamed) in [
            ("mergeSpeakers", json!({ "id": ada, "intoId": other }), "intoId"),
            ("mergeSpeakers", json!({ "id": other, "intoId": ada }), "intoId"),
            ("addAlias", json!({ "id": ada, "name": "Adeline Quill" }), "name"),
        ] {
            let (code, path, message) = desk.refusal(field, input);
            assert_eq!((code.as_str(), path), ("INVALID", format!("input.{blamed}")));
            assert!(message.contains(apart.as_str().unwrap()), "it says what to undo: {message}");
        }
        desk.undo(&apart);
        let merged = desk.made("mergeSpeakers", json!({ "id": other, "intoId": ada }));
        // Merging back would be a circle; they are one already.
        for field in ["mergeSpeakers", "keepApart"] {
            let key = if field == "keepApart" { "otherId" } else { "intoId" };
            let (code, path, message) = desk.refusal(field, json!({ "id": ada, key: other }));
            assert_eq!((code.as_str(), path), ("INVALID", format!("input.{key}")), "{message}");
        }
        // A second name for who was merged is one of whom they are.
        desk.undo(&merged);
        assert_ne!(desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
    });
}

#[test]
fn a_reader_sees_why() {
    each_backend(|backend| {
        let desk = Desk::new(backend);
        let (ada, other) = (desk.speaker("Ada Quill"), desk.speaker("Adeline Quill"));
        let e = desk.quotes("e");
        desk.made("mergeSpeakers", json!({ "id": other, "intoId": ada }));
        let unmasked = desk.made("unmaskSource", json!({ "quoteIds": e, "speakerId": ada }));
        let why = "judgements { totalCount nodes { action reason actor inForce quoteIds
            subject { id ... on Speaker { name } } object { ... on Speaker { name } } } }";
        let document = format!(
            "{{ quote(id: {}) {{ {why} }} speaker(id: {ada}) {{ {why} }}
                judgement(id: {unmasked}) {{ actor undoneAt }}
                node(id: {unmasked}) {{ id ... on Judgement {{ number reason }} }}
                back: judgements(filter: {{ inForce: false }}) {{ totalCount }}
                merges: judgements(filter: {{ about: {other}, action: {{ in: [MERGE_SPEAKERS] }} }}) {{
                    nodes {{ subject {{ ... on Speaker {{ name }} }} object {{ ... on Speaker {{ name }} }} }} }}
                of: judgements(filter: {{ quote: {} }}) {{ nodes {{ action }} }} }}",
            e[0], e[0]
        );
        let answer = desk.database.ask(&document);
        let data = &answer["data"];
        let reason = "she says so herself";
        assert_eq!(
            data["quote"]["judgements"]["nodes"],
            json!([{
                "action": "UNMASK_SOURCE", "reason": reason, "actor": null, "inForce": true, "quoteIds": e,
                "subject": { "id": ada, "name": "Ada Quill" }, "object": { "name": "Ada Quill" },
            }])
        );
        assert_eq!(data["speaker"]["judgements"]["totalCount"], 2, "{answer:#}");
        assert_eq!(data["judgement"], json!({ "actor": null, "undoneAt": null }));
        assert_eq!(data["node"], json!({ "id": unmasked, "number": 2, "reason": reason }));
        assert_eq!(data["back"]["totalCount"], 0);
        assert_eq!(data["of"]["nodes"], json!([{ "action": "UNMASK_SOURCE" }]));
        // The one who was merged is shown as they are by themselves.
        let pair =
            json!([{ "subject": { "name": "Adeline Quill" }, "object": { "name": "Ada Quill" } }]);
        assert_eq!(data["merges"]["nodes"], pair);
        // Names of tokens are told to those who may judge themselves.
        let told = desk.database.answer_to(desk.holder.clone(), &document, None);
        assert!(told.contains("\"actor\":\"desk\""), "{told}");
    });
}

#[test]
fn every_judgement_needs_its_reason() {
    each_backend(|backend| {
        let database = Database::empty(backend);
        for field in JUDGEMENTS {
            let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
            let answer = database.ask(&format!(
                "{{ __type(name: \"{kind}\") {{ inputFields {{ name defaultValue type {{ kind }} }} }} }}"
            ));
            let fields = answer["data"]["__type"]["inputFields"].as_array().unwrap();
            let of = |name: &str| fields.iter().find(|field| field["name"] == name).unwrap();
            assert_eq!(of("reason")["type"]["kind"], "NON_NULL", "{field}");
            assert_eq!(of("preview")["defaultValue"], "false", "{field}");
        }
    });
}
