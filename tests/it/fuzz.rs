//! Generated questions to real servers: valid documents over the whole schema, with every kind of
//! argument, are answered or refused by name, and both databases answer the same bytes.
//!
//! `make fuzz-queries` asks 10,000. A failure tells the seed: `FUZZ_SEED=… cargo test --test it fuzz`.

mod pool;
mod question;
pub mod random;
mod schema;

use std::io::{BufRead as _, BufReader};
use std::time::UNIX_EPOCH;

use bzip2::read::BzDecoder;
use serde_json::{Value, json};

use crate::support::{Answer, Backend, Server, Wire, Workplace, posted, repository};
use pool::Pool;
use question::{Question, Writer};
use random::Random;

/// How many rows of Quotebank are asked about.
const ROWS: usize = 400;
/// What is asked first, so that later questions know what there is.
const FIRST: [&str; 5] = [
    "{ quotes(first: 100) { edges { cursor } pageInfo { endCursor } nodes { id externalId language
        cue speaker { id name wikidataId } role { id title } organisation { id name country }
        saidAt { text } } } }",
    "{ statements(first: 100) { edges { cursor } pageInfo { endCursor } nodes { id } } }",
    "{ speakers(first: 100) { edges { cursor } pageInfo { endCursor } nodes { id name aliases } } }",
    "{ organisations(first: 100) { edges { cursor } pageInfo { endCursor } nodes { id name country
        parent { id } } } }",
    "{ articles(first: 100) { edges { cursor } pageInfo { endCursor } nodes { id url documentId
        site language publisher { id name } publishedAt { text } } } }",
];

/// A number from the environment, or another.
fn setting(name: &str, otherwise: impl FnOnce() -> u64) -> u64 {
    std::env::var(name).map_or_else(|_| otherwise(), |value| value.parse().unwrap())
}

/// A server over the sample, the contract's article and the beginning of the Quotebank year.
fn serve(backend: Backend) -> (Workplace, Server) {
    let workplace = Workplace::new(backend);
    let year = repository("../shared/data/quotebank/quotes-2017.json.bz2");
    let year = BufReader::new(BzDecoder::new(std::fs::File::open(year).unwrap()));
    let rows: String = year.lines().take(ROWS).map(|line| line.unwrap() + "\n").collect();
    workplace.file("year.jsonl", rows);
    for file in ["sample/statements.jsonl", "../shared/data/kandahar/statements.jsonl"] {
        assert_eq!(workplace.import(&[&repository(file).to_string_lossy()]).0, 0);
    }
    assert_eq!(workplace.import(&["year.jsonl"]).0, 0);
    let server = Server::start(&workplace);
    (workplace, server)
}

/// What is wrong with an answer, by itself.
fn fault(answer: &Answer) -> Option<String> {
    if answer.status != 200 {
        return Some(format!("the status is {}", answer.status));
    }
    let Ok(json) = serde_json::from_slice::<Value>(&answer.body) else {
        return Some("it is no JSON".to_owned());
    };
    let errors = json["errors"].as_array().map_or(&[][..], Vec::as_slice);
    let fault = |error: &Value| {
        let Some(code) = error["extensions"]["code"].as_str() else {
            return Some("an error has no code");
        };
        // What the engine refuses it tells in words.
        let message = error["message"].as_str().unwrap_or_default();
        let names = error["extensions"]["argument"].is_string() || message.contains('"');
        match code {
            "BAD_USER_INPUT" if !names => Some("an error names no argument"),
            // Nobody in particular asks here: the audit is not theirs to read.
            "BAD_USER_INPUT" | "LIMIT" | "UNAUTHENTICATED" => None,
            _ => Some("an error is no fault of the question"),
        }
    };
    errors.iter().find_map(fault).map(str::to_owned)
}

/// Whether two answers to one question are alike: the same bytes. Where several things were wrong at
/// once, which of them is told depends on which was seen first; the data must be the same even so.
fn alike(one: &Answer, other: &Answer) -> bool {
    if one.body == other.body {
        return true;
    }
    let [one, other] = [one, other].map(|answer| serde_json::from_slice::<Value>(&answer.body));
    let (Ok(one), Ok(other)) = (one, other) else { return false };
    one["data"] == other["data"] && !one["errors"].is_null() && !other["errors"].is_null()
}

/// Whether something was found.
fn has_data(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| !name.starts_with("__typename"))
            .any(|(_, value)| has_data(value)),
        Value::Array(values) => values.iter().any(has_data),
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

#[test]
fn any_valid_question_is_answered_or_refused_by_name_and_alike() {
    let questions = setting("FUZZ_QUESTIONS", || 500);
    let seed = setting("FUZZ_SEED", || UNIX_EPOCH.elapsed().unwrap().as_secs());
    println!("FUZZ_SEED={seed}");
    let servers = Backend::ALL.map(serve);
    let [mut sqlite, mut postgres] =
        servers.each_ref().map(|(_, server)| Wire::connect(&server.address).unwrap());
    let mut ask = |question: &Question| {
        let Question { document, variables } = question;
        let body = json!({ "query": document, "variables": variables }).to_string();
        let request = posted(&body, "");
        // Twice, and both at once.
        let answers = [(); 2].map(|()| {
            sqlite.send(&request).unwrap();
            postgres.send(&request).unwrap();
            [&mut sqlite, &mut postgres].map(|wire| {
                wire.answer().unwrap_or_else(|error| panic!("{error}, asked {question:#?}"))
            })
        });
        let [[answer, _], _] = &answers;
        let all = answers.iter().flatten();
        let fault = fault(answer).or_else(|| {
            let same = all.clone().all(|other| alike(answer, other));
            (!same).then(|| "the answers differ".to_owned())
        });
        if let Some(fault) = fault {
            let all: Vec<_> = all.map(|answer| answer.text()).collect();
            panic!("FUZZ_SEED={seed}: {fault}\n{document}\n{variables}\n{all:#?}");
        }
        serde_json::from_slice::<Value>(&answer.body).unwrap()
    };

    let schema = schema::schema(&servers[0].1);
    let mut random = Random(seed);
    let mut pool = Pool::default();
    for document in FIRST {
        let question = Question { document: document.to_owned(), variables: json!({}) };
        pool.learn(&mut random, &ask(&question), "", "");
    }
    let (mut found, mut refused, mut over) = (0, 0, 0);
    for _ in 0..questions {
        let question = Writer::question(&schema, &pool, &mut random);
        let answer = ask(&question);
        pool.learn(&mut random, &answer["data"], "", "");
        found += u64::from(has_data(&answer["data"]));
        refused += u64::from(!answer["errors"].is_null());
        over += u64::from(answer["errors"][0]["extensions"]["code"] == "LIMIT");
    }
    println!(
        "{questions} questions, each twice to both databases: {found} found something, {refused} \
         had errors, {over} of them were over a limit"
    );
    // Searches and verifications of texts that nobody said find nothing.
    assert!(found * 5 > questions * 2, "only {found} of {questions} found something");
}
