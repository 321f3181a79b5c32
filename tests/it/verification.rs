//! Verification beside its truth table (`shared/data/verify`) and beside thousands of questions made
//! of the same corpus with a known answer: verdicts, sources and findings, without a database.

mod corpus;
mod mutate;

use std::collections::BTreeMap;

use dixit::domain::verification::Finding;
use serde_json::Value;

use crate::support::{read, repository};
use corpus::Corpus;
use mutate::Mutant;

/// Right answers out of all.
#[derive(Default)]
struct Share(usize, usize);

impl Share {
    fn count(&mut self, right: bool) {
        self.0 += usize::from(right);
        self.1 += 1;
    }

    fn value(&self) -> f64 {
        self.0 as f64 / self.1.max(1) as f64
    }
}

/// How many questions were answered right, in all that is asked for.
#[derive(Default)]
struct Score {
    verdicts: Share,
    classes: BTreeMap<&'static str, Share>,
    mutations: BTreeMap<(&'static str, String), Share>,
    sources: Share,
    carried: Share,
    bearing: Share,
}

impl Score {
    fn of(corpus: &Corpus, questions: &[Mutant]) -> Self {
        let mut score = Self::default();
        for asked in questions {
            let (found, ids) = corpus.verify(&asked.text, asked.attributed_to.as_deref());
            let right = found.verdict.as_str() == asked.expected;
            score.verdicts.count(right);
            score.classes.entry(asked.expected).or_default().count(right);
            let mutation = (asked.expected, asked.mutation.clone());
            score.mutations.entry(mutation).or_default().count(right);
            if !asked.sources.is_empty() {
                let is_right = |id: &&str| asked.sources.iter().any(|source| source == id);
                score.sources.count(ids.iter().any(is_right));
            }
            if asked.mutation.contains("negation") || asked.mutation.contains("number") {
                let carries = |finding| {
                    matches!(finding, &Finding::NegationChanged | &Finding::NumberChanged)
                };
                score.carried.count(found.findings.iter().any(carries));
            }
            if let Some(bearing) = asked.meaning_bearing {
                let told = found.matches.first().is_some_and(|best| best.meaning_bearing);
                score.bearing.count(told == bearing);
            }
            if !right {
                println!(
                    "{}: {} and not {}\n  {}",
                    asked.mutation, found.verdict, asked.expected, asked.text
                );
            }
        }
        score
    }

    fn print(&self) {
        for ((class, mutation), share) in &self.mutations {
            println!("{class:14} {mutation:28} {}/{}", share.0, share.1);
        }
        for (class, share) in &self.classes {
            println!("{class:14} {:.3}", share.value());
        }
        println!(
            "verdicts {:.4}, sources {:.4}, negations and numbers {:.4}, meaning {:.4}",
            self.verdicts.value(),
            self.sources.value(),
            self.carried.value(),
            self.bearing.value()
        );
    }
}

#[test]
fn the_given_cases_are_judged_as_they_are_labelled() {
    let corpus = Corpus::read();
    let cases = read(repository("../shared/data/verify/cases.jsonl"));
    let cases: Vec<Mutant> = cases.lines().map(case).collect();
    let score = Score::of(&corpus, &cases);
    score.print();
    assert!(score.verdicts.value() >= 0.98);
    assert!(score.classes.values().all(|class| class.value() >= 0.92));
    assert!(score.sources.value() >= 0.99);
    assert!(score.carried.value() >= 0.99);
    assert!(score.bearing.value() >= 0.99);
}

#[test]
fn questions_made_of_the_corpus_are_judged_as_they_were_made() {
    let corpus = Corpus::read();
    let (held_out, stored): (Vec<_>, Vec<_>) =
        corpus.quotes().into_iter().enumerate().partition(|(at, _)| at % 12 == 7);
    let quotes =
        |list: Vec<(usize, _)>| list.into_iter().map(|(_, quote)| quote).collect::<Vec<_>>();
    let (held_out, stored) = (quotes(held_out), quotes(stored));
    let rest = Corpus::of(&stored);
    let score = Score::of(&rest, &mutate::cases(&stored, &held_out, 100, 7));
    score.print();
    assert!(score.verdicts.value() >= 0.98);
    assert!(score.classes.values().all(|class| class.value() >= 0.96));
    assert!(score.sources.value() >= 0.99);
    assert!(score.carried.value() >= 0.99);
}

/// A case of the truth table.
fn case(line: &str) -> Mutant {
    let case: Value = serde_json::from_str(line).unwrap();
    let word = |name: &str| case[name].as_str().map(str::to_owned);
    let class = word("expected").unwrap();
    let known = dixit::domain::verification::Verdict::ALL.iter().map(|verdict| verdict.as_str());
    let ids = case["source_quote_ids"].as_array().unwrap();
    Mutant {
        text: word("text").unwrap(),
        attributed_to: word("attributedTo"),
        expected: known.into_iter().find(|known| *known == class).unwrap(),
        sources: ids.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        mutation: word("mutation").unwrap(),
        meaning_bearing: case["meaning_bearing"].as_bool(),
    }
}
