//! The corpus in memory, found by shingles as a store finds it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::Read as _;

use bzip2::read::MultiBzDecoder;
use dixit::domain::person::{Likeness, NamedSpeaker};
use dixit::domain::verification::{By, Question, Source, Verification, Words, shingles, verify};
use serde_json::Value;

use super::mutate::Stored;
use crate::support::repository;

/// How many quotes a shingle leads to at most.
const POSTINGS: usize = 400;

/// How many quotes a question is compared with.
const COMPARED: usize = 48;

struct Quote {
    id: String,
    text: String,
    /// Empty where Quotebank has nobody.
    speaker: String,
}

/// Quotes with an index of their shingles.
#[derive(Default)]
pub struct Corpus {
    quotes: Vec<Quote>,
    index: HashMap<u64, Vec<usize>>,
}

impl Corpus {
    /// The corpus of the cases.
    pub fn read() -> Self {
        let file = std::fs::File::open(repository("../shared/data/verify/corpus.jsonl.bz2"));
        let mut text = String::new();
        MultiBzDecoder::new(file.unwrap()).read_to_string(&mut text).unwrap();
        let mut corpus = Self::default();
        for line in text.lines() {
            let quote: Value = serde_json::from_str(line).unwrap();
            let word = |name: &str| quote[name].as_str().unwrap().to_owned();
            let speaker = Some(word("speaker")).filter(|name| name != "None").unwrap_or_default();
            corpus.add(Quote { id: word("quoteID"), text: word("quotation"), speaker });
        }
        corpus
    }

    /// A corpus of some quotes.
    pub fn of(stored: &[Stored<'_>]) -> Self {
        let mut corpus = Self::default();
        for quote in stored {
            let (id, text) = (quote.id.to_owned(), quote.text.to_owned());
            corpus.add(Quote { id, text, speaker: quote.speaker.to_owned() });
        }
        corpus
    }

    fn add(&mut self, quote: Quote) {
        for number in shingles(&Words::of(&quote.text)) {
            self.index.entry(number).or_default().push(self.quotes.len());
        }
        self.quotes.push(quote);
    }

    /// What it holds.
    pub fn quotes(&self) -> Vec<Stored<'_>> {
        self.quotes.iter().map(|Quote { id, text, speaker }| Stored { id, text, speaker }).collect()
    }

    /// The answer to a question, and the ids of its matches.
    pub fn verify(&self, text: &str, attributed_to: Option<&str>) -> (Verification, Vec<&str>) {
        let question = Question::read(text);
        let asked = attributed_to.map(NamedSpeaker::read);
        let sources: Vec<Source<'_>> = self
            .near(&question)
            .into_iter()
            .map(|at| {
                let quote = &self.quotes[at];
                let by = match &asked {
                    None => By::Unasked,
                    _ if quote.speaker.is_empty() => By::Unknown,
                    Some(asked) => match asked.likeness(&quote.speaker) {
                        Likeness::Same => By::Attributed,
                        Likeness::Perhaps => By::Perhaps,
                        Likeness::Another => By::Other,
                    },
                };
                Source { by, ..Source::of(at, &quote.text) }
            })
            .collect();
        let found = verify(&question, &sources, None);
        let ids = found.matches.iter().map(|found| self.quotes[found.source].id.as_str()).collect();
        (found, ids)
    }

    /// The quotes that share most with a question, a shingle that few have counting more.
    fn near(&self, question: &Question<'_>) -> Vec<usize> {
        let mut shares: HashMap<usize, u32> = HashMap::new();
        for found in question.shingles().iter().filter_map(|number| self.index.get(number)) {
            let rarity = 16 - found.len().min(POSTINGS).ilog2();
            for at in found.iter().take(POSTINGS) {
                *shares.entry(*at).or_default() += rarity;
            }
        }
        let mut near: Vec<usize> = shares.keys().copied().collect();
        near.sort_unstable_by_key(|at| (Reverse(shares[at]), *at));
        near.truncate(COMPARED);
        near
    }
}
