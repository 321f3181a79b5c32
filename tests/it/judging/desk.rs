//! A desk that judges, and looks at what became of it.

use dixit::domain::access::Scope;
use dixit::graphql::Caller;
use serde_json::{Value, json};

use crate::support::{Backend, Database, native_row};

/// A desk that judges who is who in quotes by Ada Quill, Adeline Quill, and nobody who is named.
pub struct Desk {
    pub database: Database,
    pub holder: Caller,
}

impl Desk {
    /// One of its own.
    pub fn new(backend: Backend) -> Self {
        let by = |document: &str, text: &str, speaker: Value| {
            let more = json!({ "role": "spokeswoman", "organisation": "Harbour Office" });
            let mut more = more.as_object().unwrap().clone();
            more.insert("speaker".to_owned(), speaker);
            native_row(document, text, Value::Object(more))
        };
        let ada = || json!("Ada Quill");
        let rows = [
            by("a", "We shall see.", ada()),
            by("b", "We shall see.", ada()),
            by("c", "It will rain.", ada()),
            by("d", "The gate is shut.", json!("Adeline Quill")),
            by("e", "Nobody knows.", Value::Null),
            by("g", "Ships are slow.", json!("President Ada Quill")),
            native_row("f", "Tides are free.", json!({ "organisation": "Port Board" })),
        ];
        let database = Database::of(backend, &rows.concat());
        let holder = database.holder(&[Scope::Write]);
        Self { database, holder }
    }

    /// The answer of a judgement for a reason, which must have no errors of other than its user's.
    pub fn judge(&self, field: &str, input: Value) -> Value {
        let mut input = input;
        input["reason"] = json!("she says so herself");
        self.exactly(field, input)
    }

    /// The answer of a judgement as it stands.
    pub fn exactly(&self, field: &str, input: Value) -> Value {
        let answer = self.answer(self.holder.clone(), field, &input);
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"][field].clone()
    }

    /// The whole answer of a judgement to a caller.
    pub fn answer(&self, caller: Caller, field: &str, input: &Value) -> Value {
        let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ {field}(input: $input) {{
                judgement {{ id number action reason actor subjectId objectId name quoteIds }}
                touched {{ quoteCount statementCount articleCount quotes {{
                    text
                    before {{ speakerKind speaker {{ id name }} role {{ name }} organisation {{ name }} }}
                    after {{ speakerKind speaker {{ id name }} role {{ name }} organisation {{ name }} }} }} }}
                userErrors {{ code field message }} }} }}"
        );
        let variables = Some(json!({ "input": input }));
        serde_json::from_str(&self.database.answer_to(caller, &document, variables)).unwrap()
    }

    /// What is wrong with a judgement: code, field and message of its only error.
    pub fn refusal(&self, field: &str, input: Value) -> (String, String, String) {
        let answer = self.judge(field, input);
        let (judgement, touched) = (&answer["judgement"], &answer["touched"]);
        assert!(judgement.is_null() && touched.is_null(), "{answer:#}");
        let errors = answer["userErrors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{answer:#}");
        let path: Vec<&str> =
            errors[0]["field"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let text = |key: &str| errors[0][key].as_str().unwrap().to_owned();
        (text("code"), path.join("."), text("message"))
    }

    /// The id of the judgement that was made.
    pub fn made(&self, field: &str, input: Value) -> Value {
        let answer = self.judge(field, input);
        assert_eq!(answer["userErrors"], json!([]), "{answer:#}");
        answer["judgement"]["id"].clone()
    }

    /// The answer of taking a judgement back.
    pub fn undo(&self, judgement: &Value) -> Value {
        let answer = self.judge("undoJudgement", json!({ "id": judgement }));
        assert_eq!(answer["userErrors"], json!([]), "{answer:#}");
        answer
    }

    /// The ids of the quotes of an article.
    pub fn quotes(&self, document: &str) -> Vec<Value> {
        let answer = self.database.ask(&format!(
            "{{ article(documentId: \"{document}\") {{ quotes {{ nodes {{ id }} }} }} }}"
        ));
        let nodes = answer["data"]["article"]["quotes"]["nodes"].as_array().unwrap();
        nodes.iter().map(|node| node["id"].clone()).collect()
    }

    /// The id of the only speaker of a name.
    pub fn speaker(&self, name: &str) -> Value {
        self.database.ask(&format!("{{ speaker(name: \"{name}\") {{ id }} }}"))["data"]["speaker"]["id"].clone()
    }

    /// The id of the only organisation of a name.
    pub fn organisation(&self, name: &str) -> Value {
        self.database.ask(&format!("{{ organisation(name: \"{name}\") {{ id }} }}"))["data"]
            ["organisation"]["id"]
            .clone()
    }

    /// The role of the only quote of an article.
    pub fn role(&self, document: &str) -> Value {
        let id = &self.quotes(document)[0];
        self.database.ask(&format!("{{ quote(id: {id}) {{ role {{ id }} }} }}"))["data"]["quote"]
            ["role"]["id"]
            .clone()
    }

    /// Who says what, by the words.
    pub fn said(&self) -> Vec<(String, Option<String>)> {
        let answer = self.database.ask("{ quotes { nodes { text speaker { name } } } }");
        let nodes = answer["data"]["quotes"]["nodes"].as_array().unwrap();
        let pair = |node: &Value| {
            let name = node["speaker"]["name"].as_str().map(str::to_owned);
            (node["text"].as_str().unwrap().to_owned(), name)
        };
        let mut said: Vec<_> = nodes.iter().map(pair).collect();
        said.sort();
        said
    }

    /// Everything that was written but judgements themselves and the audit.
    pub fn content(&self) -> String {
        let mut direct = self.database.direct();
        let mut tables = direct.tables();
        tables.retain(|table| {
            !["import", "audit", "judgement", "judgement_quote"].contains(&table.as_str())
        });
        direct.dump_of(&tables)
    }

    /// Everything that was written, and how many writes there were.
    pub fn everything(&self) -> String {
        let audit = self.database.column("SELECT CAST(count(*) AS TEXT) AS value FROM audit");
        format!("{}{audit:?}", self.database.dump())
    }
}
