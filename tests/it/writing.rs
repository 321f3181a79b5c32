//! Writing by the API: who may, what stays, what an import finds of it afterwards.

use dixit::domain::access::Scope;
use dixit::graphql::Caller;
use serde_json::{Value, json};

use crate::support::{Backend, Database, each_backend, native_row, quotebank_row};

const CREATE: &str = "mutation($input: CreateQuoteInput!) { createQuote(input: $input) {
    quote { id version text speaker { name } } userErrors { code field } } }";
const UPDATE: &str = "mutation($input: UpdateQuoteInput!) { updateQuote(input: $input) {
    quote { id version text cue via speaker { name } otherReadings { text } }
    userErrors { code field } } }";
const DELETE: &str = "mutation($input: DeleteQuoteInput!) { deleteQuote(input: $input) {
    deletedQuoteId userErrors { code field } } }";
const TAKE_DOWN: &str = "mutation($input: TakeDownArticleInput!) { takeDownArticle(input: $input) {
    articleId removedQuoteCount userErrors { code field } } }";

/// A database with a desk that writes in it.
struct Desk {
    database: Database,
    holder: Caller,
}

impl Desk {
    fn of(backend: Backend, rows: &str) -> Self {
        let database = Database::of(backend, rows);
        let holder = database.holder(&[Scope::Write]);
        Self { database, holder }
    }

    /// The answer of a write, which must have no errors of other than its user's.
    fn write(&self, document: &str, input: Value) -> Value {
        let variables = Some(json!({ "input": input }));
        let answer = self.database.answer_to(self.holder.clone(), document, variables);
        let mut answer: Value = serde_json::from_str(&answer).unwrap();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let fields = answer["data"].as_object_mut().unwrap();
        fields.values_mut().next().unwrap().take()
    }

    /// The only quote there is, as `fields` ask for it.
    fn quote(&self, fields: &str) -> Value {
        let answer = self.database.ask(&format!("{{ quotes {{ nodes {{ {fields} }} }} }}"));
        let nodes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
        assert_eq!(nodes.len(), 1, "{nodes:#?}");
        nodes[0].clone()
    }

    /// How many of each there are: quotes, statements, speakers, articles.
    fn counts(&self) -> [i64; 4] {
        ["quotes", "statements", "speakers", "articles"].map(|list| {
            let answer = self.database.ask(&format!("{{ {list} {{ totalCount }} }}"));
            answer["data"][list]["totalCount"].as_i64().unwrap()
        })
    }
}

#[test]
fn nobody_writes_without_a_token_that_may() {
    each_backend(|backend| {
        let row = native_row("a", "We shall see.", json!({}));
        let desk = Desk::of(backend, &row);
        let quote = desk.quote("id version article { id }");
        let (id, version) = (&quote["id"], &quote["version"]);
        let writes = [
            (
                CREATE,
                json!({ "articleId": quote["article"]["id"], "kind": "DIRECT", "text": "No." }),
            ),
            (UPDATE, json!({ "id": id, "version": version, "cue": "said" })),
            (DELETE, json!({ "id": id, "version": version })),
            (TAKE_DOWN, json!({ "id": quote["article"]["id"] })),
            (
                "mutation($input: RestoreArticleInput!) {
                     restoreArticle(input: $input) { articleId } }",
                json!({ "id": quote["article"]["id"] }),
            ),
        ];
        let before = desk.counts();
        let reader = desk.database.holder(&[Scope::Read, Scope::Import]);
        for (caller, code) in [(Caller::Anybody, "UNAUTHENTICATED"), (reader, "FORBIDDEN")] {
            for (document, input) in &writes {
                let variables = Some(json!({ "input": input }));
                let answer = desk.database.answer_to(caller.clone(), document, variables);
                let answer: Value = serde_json::from_str(&answer).unwrap();
                let extensions = &answer["errors"][0]["extensions"];
                assert_eq!(extensions, &json!({ "code": code, "scope": "WRITE" }), "{answer}");
                let data = answer["data"].as_object().unwrap();
                assert!(data.values().all(Value::is_null), "{answer}");
            }
            let audit = "{ auditEntries { totalCount } }";
            let answer = desk.database.answer_to(caller, audit, None);
            assert!(answer.contains(code) && answer.contains("ADMIN"), "{answer}");
        }
        assert_eq!(desk.counts(), before);
    });
}

#[test]
fn what_is_omitted_stays_and_null_takes_away() {
    each_backend(|backend| {
        let row = json!({ "speaker": "Ada Quill", "cue": "claims", "via": "the harbour office" });
        let desk = Desk::of(backend, &native_row("a", "We shall see.", row));
        let document = "mutation($id: ID!, $version: String!, $cue: String, $via: String) {
            updateQuote(input: { id: $id, version: $version, cue: $cue, via: $via }) {
                quote { cue via version } userErrors { code } } }";
        let seen = desk.quote("id version");
        let mut variables = json!({ "id": seen["id"], "version": seen["version"] });
        for (change, cue, via) in [
            (json!({}), json!("claims"), json!("the harbour office")),
            (json!({ "cue": "says" }), json!("says"), json!("the harbour office")),
            (json!({ "via": null }), json!("says"), Value::Null),
            (json!({ "cue": "" }), Value::Null, Value::Null),
        ] {
            let mut all = variables.clone();
            all.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let answer = desk.database.answer_to(desk.holder.clone(), document, Some(all));
            let answer: Value = serde_json::from_str(&answer).unwrap();
            let quote = &answer["data"]["updateQuote"]["quote"];
            assert_eq!((&quote["cue"], &quote["via"]), (&cue, &via), "{change}: {answer}");
            variables["version"] = quote["version"].clone();
        }
        let kind = json!({ "id": seen["id"], "version": variables["version"], "kind": null });
        let refused = json!([{ "code": "INVALID", "field": ["input", "kind"] }]);
        assert_eq!(desk.write(UPDATE, kind)["userErrors"], refused);
    });
}

#[test]
fn a_correction_stands_above_what_is_imported_before_and_after() {
    each_backend(|backend| {
        let found = |version: &str| {
            let extractor = json!({ "name": "x", "version": version });
            let row = json!({ "speaker": "Ada Quil", "extractor": extractor, "confidence": 1.0 });
            native_row("a", "We shall sea.", row)
        };
        let desk = Desk::of(backend, &found("1"));
        let seen = desk.quote("id version");
        let change = json!({ "id": seen["id"], "version": seen["version"],
            "text": "We shall see.", "printed": { "speaker": "Ada Quill" } });
        let quote = desk.write(UPDATE, change)["quote"].take();
        assert_eq!(quote["id"], seen["id"], "citations go on");
        let fields = "id version text speaker { name } otherReadings { text printed { speaker } }";
        let corrected = desk.quote(fields);
        assert_eq!(corrected["speaker"]["name"], "Ada Quill");
        let printed = json!([{ "text": "We shall sea.", "printed": { "speaker": "Ada Quil" } }]);
        assert_eq!(corrected["otherReadings"], printed);
        // The same again tells nothing new; a newer version of the extractor neither.
        assert_eq!(desk.database.import(&[&found("1")]).known, 1);
        assert_eq!(desk.database.import(&[&found("2")]).changed, 1);
        assert_eq!(desk.quote(fields), corrected);
        // Words that find the correction are those of the statement now.
        let statements = desk.database.ask("{ statements { nodes { text } } }");
        assert_eq!(statements["data"]["statements"]["nodes"], json!([{ "text": "We shall see." }]));
    });
}

#[test]
fn what_a_person_removed_is_rejected_when_it_is_imported_again() {
    each_backend(|backend| {
        let rows = [
            native_row("a", "We shall see.", json!({ "speaker": "Ada Quill" })),
            native_row("a", "Or not.", json!({ "speaker": "Tobit Marsh" })),
            native_row("b", "We shall see.", json!({ "speaker": "Ada Quill" })),
        ];
        let desk = Desk::of(backend, &rows.concat());
        assert_eq!(desk.counts(), [3, 2, 2, 2]);
        let list = "{ quotes(orderBy: ARTICLE_POSITION) {
            nodes { id version text article { id documentId } } } }";
        let answer = desk.database.ask(list);
        let quotes = answer["data"]["quotes"]["nodes"].as_array().unwrap().clone();
        let of = |document: &str, text: &str| {
            let found = |quote: &&Value| {
                quote["article"]["documentId"] == document && quote["text"] == text
            };
            quotes.iter().find(found).unwrap()
        };
        let gone = of("a", "We shall see.");
        let input = json!({ "id": gone["id"], "version": gone["version"], "reason": "a hoax" });
        assert_eq!(desk.write(DELETE, input)["deletedQuoteId"], gone["id"]);
        // The statement goes on in the other article, and its speaker with it.
        assert_eq!(desk.counts(), [2, 2, 2, 2]);
        let again = |lines: u64, new: u64| {
            let file = tempfile::NamedTempFile::new().unwrap();
            std::fs::write(file.path(), rows.concat()).unwrap();
            let (report, told) = desk.database.try_import(&[file.path().into()], None);
            let counts = (report.lines, report.rejected, report.accepted, report.known);
            assert_eq!(counts, (3, lines, new, 3 - lines - new));
            assert_eq!(report.rejected_by["removed"], lines);
            told.concat()
        };
        let told = again(1, 0);
        assert!(told.contains("a hoax") && told.contains("line: 1"), "{told}");
        assert!(told.contains("was deleted") && told.contains("We shall see"), "{told}");
        assert_eq!(desk.counts(), [2, 2, 2, 2]);

        let article = &of("a", "Or not.")["article"]["id"];
        let input = json!({ "id": article, "reason": "by order" });
        assert_eq!(desk.write(TAKE_DOWN, input)["removedQuoteCount"], 1);
        assert_eq!(desk.counts(), [1, 1, 1, 1], "Tobit Marsh was named by nothing else");
        assert!(again(2, 0).contains("was taken down"));
        assert_eq!(desk.counts(), [1, 1, 1, 1]);

        // Whoever writes a deleted quote by hand means it, once the article may come back.
        let restore = "mutation($input: RestoreArticleInput!) {
            restoreArticle(input: $input) { articleId userErrors { code } } }";
        assert_eq!(&desk.write(restore, json!({ "id": article }))["articleId"], article);
        again(1, 1);
        assert_eq!(desk.counts(), [2, 2, 2, 2]);
        let input = json!({ "articleId": article, "kind": "DIRECT", "text": "We shall see." });
        let made = desk.write(CREATE, input)["quote"].take();
        assert_eq!(made["id"], gone["id"]);
        assert_eq!(desk.database.import(&[&rows.concat()]).rejected, 0);
        assert_eq!(desk.counts(), [3, 3, 2, 2]);
    });
}

#[test]
fn a_line_of_which_something_is_left_is_taken_and_what_is_left_out_is_told() {
    each_backend(|backend| {
        let urls = json!({ "urls": ["http://one.example/1", "http://two.example/2"] });
        let row = quotebank_row("2017-05-03-000001", "They said so themselves.", urls);
        let desk = Desk::of(backend, &row);
        let one = desk.database.ask("{ article(url: \"http://one.example/1\") { id } }");
        let input = json!({ "id": one["data"]["article"]["id"] });
        assert_eq!(desk.write(TAKE_DOWN, input)["removedQuoteCount"], 1);
        let report = desk.database.import(&[&row]);
        assert_eq!((report.known, report.rejected, report.quotes.removed), (1, 0, 1));
        assert_eq!(desk.counts(), [1, 1, 0, 1]);
    });
}

#[test]
fn a_write_that_gets_no_turn_is_not_done_later() {
    each_backend(|backend| {
        let desk = Desk::of(backend, &native_row("a", "We shall see.", json!({})));
        let mut other = desk.database.direct();
        // As an import does that writes a batch.
        other.run(match backend {
            Backend::Sqlite => "BEGIN IMMEDIATE",
            Backend::Postgres => "BEGIN; SELECT pg_advisory_xact_lock(7235446670660468737)",
        });
        let article = json!({ "documentId": "b" });
        let input = json!({ "article": article, "kind": "DIRECT", "text": "Now." });
        let answer =
            desk.database.answer_to(desk.holder.clone(), CREATE, Some(json!({ "input": input })));
        assert!(answer.contains("BUSY"), "{answer}");
        other.run("ROLLBACK");
        assert_eq!(desk.counts()[0], 1);
        assert_eq!(desk.write(CREATE, input)["userErrors"], json!([]));
        assert_eq!(desk.counts()[0], 2);
    });
}

#[test]
fn people_who_write_at_once_overwrite_nothing_unseen() {
    each_backend(|backend| {
        let desk = Desk::of(backend, &native_row("a", "We shall see.", json!({})));
        let mut cues = Vec::new();
        for number in 0..5 {
            let seen = desk.quote("id version");
            let write = |cue: String| {
                let input = json!({ "id": seen["id"], "version": seen["version"], "cue": cue });
                desk.write(UPDATE, input)
            };
            let (first, second) = (write(format!("first {number}")), write("second".into()));
            assert_eq!(first["userErrors"], json!([]));
            let stale = json!([{ "code": "STALE", "field": ["input", "version"] }]);
            assert_eq!(second["userErrors"], stale);
            assert_eq!(second["quote"], first["quote"]);
            cues.push(first["quote"]["version"].clone());
        }
        cues.sort_by_key(ToString::to_string);
        cues.dedup();
        assert_eq!(cues.len(), 5, "no version comes back");
    });
}

#[test]
fn nobody_is_removed_whom_a_reading_below_still_names() {
    each_backend(|backend| {
        let found = |speaker: &str, by: (&str, &str), confidence: f64| {
            let extractor = json!({ "name": by.0, "version": by.1 });
            let row = json!({ "speaker": speaker, "role": format!("{speaker}'s deputy"),
                "extractor": extractor, "confidence": confidence });
            native_row("b", "We shall see.", row)
        };
        let rows = [
            found("Ada Quill", ("p", "1"), 0.9),
            found("Tobit Marsh", ("q", "1"), 0.5),
            native_row("a", "No.", json!({ "speaker": "Tobit Marsh" })),
        ];
        let desk = Desk::of(backend, &rows.concat());
        let list = "{ quotes { nodes { id version text speaker { name } } } }";
        let answer = desk.database.ask(list);
        let quotes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
        let no = quotes.iter().find(|quote| quote["text"] == "No.").unwrap();
        let input = json!({ "id": no["id"], "version": no["version"] });
        assert_eq!(desk.write(DELETE, input)["userErrors"], json!([]));
        // Its extractor is less sure now: the reading below rises, with whom it names.
        assert_eq!(desk.database.import(&[&found("Ada Quill", ("p", "2"), 0.1)]).changed, 1);
        assert_eq!(desk.quote("speaker { name }")["speaker"]["name"], "Tobit Marsh");
    });
}

#[test]
fn a_correction_leaves_nobody_behind_and_renames_nobody() {
    each_backend(|backend| {
        let settled = json!({ "speaker": "Zed Quill", "wikidata": "Q42" });
        let rows = ["a", "b"].map(|document| native_row(document, document, settled.clone()));
        let desk = Desk::of(backend, &rows.concat());
        let answer = desk.database.ask("{ quotes { nodes { id version text } } }");
        let quotes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
        let seen = quotes.iter().find(|quote| quote["text"] == "a").unwrap();
        let change = |version: &Value, speaker: &str| json!({ "id": seen["id"], "version": version, "printed": { "speaker": speaker } });
        // Another name is not the person who was settled for the first.
        let once = desk.write(UPDATE, change(&seen["version"], "Ada Bee"));
        let names = |answer: Value| -> Vec<String> {
            let nodes = answer["data"]["speakers"]["nodes"].as_array().unwrap().clone();
            nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
        };
        let list = "{ speakers { nodes { name wikidataId aliases } } }";
        assert_eq!(names(desk.database.ask(list)), ["Ada Bee", "Zed Quill"]);
        // A typing mistake of the desk's own is gone with its correction.
        let twice = desk.write(UPDATE, change(&once["quote"]["version"], "Ada Beech"));
        assert_eq!(names(desk.database.ask(list)), ["Ada Beech", "Zed Quill"]);
        // A wrong item that the desk gives renames its holder for as long as it stands.
        let wrong = json!({ "id": seen["id"], "version": twice["quote"]["version"],
            "wikidataId": "Q42" });
        let wrong = desk.write(UPDATE, wrong);
        assert_eq!(wrong["userErrors"], json!([]));
        let input = json!({ "id": seen["id"], "version": wrong["quote"]["version"] });
        assert_eq!(desk.write(DELETE, input)["userErrors"], json!([]));
        let left = desk.database.ask(list);
        assert_eq!(
            left["data"]["speakers"]["nodes"],
            json!([{ "name": "Zed Quill", "wikidataId": "Q42", "aliases": ["Zed Quill"] }])
        );
    });
}

#[test]
fn what_was_done_is_told_to_who_asks_again() {
    each_backend(|backend| {
        let row = quotebank_row("2017-05-03-000001", "We shall sea.", json!({}));
        let desk = Desk::of(backend, &row);
        let seen = desk.quote("id version article { id }");
        let change =
            json!({ "id": seen["id"], "version": seen["version"], "text": "We shall see." });
        let once = desk.write(UPDATE, change.clone());
        assert_eq!(desk.write(UPDATE, change), once);
        // The words that it shows now are this quote.
        let article = &seen["article"]["id"];
        let input = json!({ "id": seen["id"], "version": once["quote"]["version"] });
        assert_eq!(desk.write(DELETE, input.clone())["deletedQuoteId"], seen["id"]);
        let deleted = json!([{ "code": "DELETED", "field": ["input", "id"] }]);
        assert_eq!(desk.write(DELETE, input)["userErrors"], deleted);
        // An id of the extractor's own is no bar to its return.
        let restore = "mutation($input: RestoreQuoteInput!) {
            restoreQuote(input: $input) { quoteId userErrors { code } } }";
        let restored = desk.write(restore, json!({ "id": seen["id"] }));
        assert_eq!(restored["quoteId"], seen["id"]);
        assert_eq!(desk.database.import(&[&row]).accepted, 1);
        let taken = desk.write(TAKE_DOWN, json!({ "id": article }));
        assert_eq!(taken["removedQuoteCount"], 1);
        let input = json!({ "articleId": article, "kind": "DIRECT", "text": "No." });
        let down = json!([{ "code": "TAKEN_DOWN", "field": ["input", "article"] }]);
        assert_eq!(desk.write(CREATE, input)["userErrors"], down);
        assert_eq!(desk.counts(), [0, 0, 0, 0]);
    });
}

#[test]
fn an_article_that_is_there_gives_its_date_and_keeps_its_title() {
    each_backend(|backend| {
        let article = json!({ "url": "https://news.example/a", "title": "Short",
            "published_at": "2021-08-13", "language": "de", "publisher": "The Gazette" });
        let row = native_row("a", "We shall sea.", json!({ "article": article }));
        let desk = Desk::of(backend, &row);
        let seen = desk.quote("id version");
        let change =
            json!({ "id": seen["id"], "version": seen["version"], "text": "We shall see." });
        desk.write(UPDATE, change);
        let described = json!({ "url": "https://www.news.example/a", "title": "A longer title",
            "publisher": "Another Gazette Limited" });
        let input = |text: &str| json!({ "article": described, "kind": "DIRECT", "text": text });
        // The same words again, as they stand now.
        let there = desk.write(CREATE, input("We shall see!"));
        assert_eq!(there["quote"]["id"], seen["id"], "{there}");
        assert_eq!(desk.write(CREATE, input("Or not."))["userErrors"], json!([]));
        let answer = desk.database.ask(
            "{ quotes { nodes { text language reportedAt { text } article { title publisher { name } } } } }",
        );
        for quote in answer["data"]["quotes"]["nodes"].as_array().unwrap() {
            assert_eq!(quote["language"], "de", "{quote}");
            assert_eq!(quote["reportedAt"]["text"], "2021-08-13", "{quote}");
            assert_eq!(quote["article"]["title"], "Short");
            assert_eq!(quote["article"]["publisher"]["name"], "The Gazette");
        }
    });
}

#[test]
fn one_write_that_fails_leaves_the_others_theirs() {
    each_backend(|backend| {
        let desk = Desk::of(backend, &native_row("a", "We shall see.", json!({})));
        let one = |name: &str, more: &str| {
            format!(
                "{name}: createQuote(input: {{ article: {{ documentId: \"{name}\" }}, kind: DIRECT, \
                 text: \"{name}\" {more} }}) {{ quote {{ text }} }} "
            )
        };
        let document = format!(
            "mutation {{ {} {} {} }}",
            one("first", ""),
            one("second", "saidAt: \"yesterday\""),
            one("third", "")
        );
        let answer = desk.database.answer_to(desk.holder.clone(), &document, None);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["data"]["first"]["quote"]["text"], "first", "{answer}");
        assert_eq!(answer["data"]["second"]["quote"], Value::Null);
        assert_eq!(answer["data"]["third"]["quote"]["text"], "third");
        assert_eq!(desk.counts()[0], 3);
    });
}
