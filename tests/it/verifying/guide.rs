//! The 150 cases of the verification guide with their corpus, through the database and the command,
//! scored as the guide scores.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Workplace, each_backend, read, repository};

#[test]
fn the_cases_of_the_guide_are_answered_as_it_asks() {
    let folder = repository("../shared/data/verify");
    let cases = read(folder.join("cases.jsonl"));
    let corpus = folder.join("corpus.jsonl.bz2").display().to_string();
    each_backend(|backend| {
        let place = Workplace::new(backend);
        let done = place.dixit(&["import", &corpus]);
        assert_eq!(done.code, 0, "{done:?}");
        let done = place.dixit_reading(&["verify", "--json"], cases.as_bytes());
        assert_eq!((done.code, done.err.as_str()), (0, ""));
        score(&cases, &done.out);
    });
}

/// The rules of `score.py`.
fn score(cases: &str, answers: &str) {
    let lines = |text: &str| -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let (cases, answers) = (lines(cases), lines(answers));
    assert_eq!(cases.len(), answers.len());
    let mut classes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut right, mut sources, mut found, mut changed, mut noticed) = (0, 0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (case, answer) in cases.iter().zip(&answers) {
        assert_eq!(case["id"], answer["id"]);
        let expected = case["expected"].as_str().unwrap();
        let class = classes.entry(expected).or_default();
        class.1 += 1;
        if case["expected"] == answer["verdict"] {
            right += 1;
            class.0 += 1;
        } else {
            wrong.push(format!("{case} answered {answer}"));
        }
        let wanted = case["source_quote_ids"].as_array().unwrap();
        if !wanted.is_empty() {
            sources += 1;
            let matches = answer["matches"].as_array().unwrap();
            found += usize::from(matches.iter().any(|m| wanted.contains(&m["externalId"])));
        }
        let mutation = case["mutation"].as_str().unwrap();
        if mutation.contains("negation") || mutation.contains("number") {
            changed += 1;
            let findings = answer["findings"].as_array().unwrap().iter();
            let told = findings.filter_map(Value::as_str);
            noticed += usize::from(
                told.into_iter().any(|f| f.contains("NEGATION") || f.contains("NUMBER")),
            );
        }
    }
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    println!(
        "{right} of {} right, {found} of {sources} sources, {noticed} of {changed} changes; {wrong:#?}",
        cases.len()
    );
    assert!(share(right, cases.len()) >= 0.98, "{wrong:#?}");
    for (class, (right, of)) in classes {
        assert!(share(right, of) >= 0.92, "{class}: {right} of {of}; {wrong:#?}");
    }
    assert!(share(found, sources) >= 0.99, "{found} of {sources}");
    assert!(share(noticed, changed) >= 0.99, "{noticed} of {changed}");
}
