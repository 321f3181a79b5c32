//! Questions made of real stored quotes, with the verdict that each must have: every kind of change
//! that the verification cases are made with, by a fixed seed.

mod altered;
mod honest;
mod kinds;
mod random;
mod spliced;
mod unknown;

use std::collections::{HashMap, HashSet};

use kinds::KINDS;
pub use random::Random;

/// A stored quote, as it is in the corpus.
#[derive(Clone, Copy)]
pub struct Stored<'a> {
    pub id: &'a str,
    pub text: &'a str,
    pub speaker: &'a str,
}

/// A question with what is expected of it.
pub struct Mutant {
    pub text: String,
    pub attributed_to: Option<String>,
    pub expected: &'static str,
    pub sources: Vec<String>,
    pub mutation: String,
    pub meaning_bearing: Option<bool>,
}

/// A maker of questions over one corpus.
struct Maker<'a> {
    random: Random,
    stored: &'a [Stored<'a>],
    held_out: &'a [Stored<'a>],
    /// Every run of six folded words, and five, to tell by chance on record.
    grams: HashMap<u64, u32>,
    whole: HashMap<String, Vec<usize>>,
    by_speaker: Vec<Vec<usize>>,
    chain: HashMap<(String, String), Vec<String>>,
    words: Vec<String>,
}

fn folds(text: &str) -> Vec<String> {
    dixit::domain::text::words(text)
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn digest(words: &[String]) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// At least so many questions of each class, in turn over its mutations.
pub fn cases(
    stored: &[Stored<'_>],
    held_out: &[Stored<'_>],
    each: usize,
    seed: u64,
) -> Vec<Mutant> {
    let mut maker = Maker::new(stored, held_out, seed);
    let mut out = Vec::new();
    for (expected, kinds) in KINDS {
        for (mutation, kind) in *kinds {
            let wanted = each.div_ceil(kinds.len());
            let mut made = 0;
            for _ in 0..wanted * 400 {
                let Some(mut mutant) = kind(&mut maker) else { continue };
                (mutant.mutation, mutant.expected) = ((*mutation).to_owned(), expected);
                if maker.is_fair(&mutant) {
                    maker.dress(&mut mutant);
                    out.push(mutant);
                    made += 1;
                }
                if made == wanted {
                    break;
                }
            }
        }
    }
    out
}

impl<'a> Maker<'a> {
    fn new(stored: &'a [Stored<'a>], held_out: &'a [Stored<'a>], seed: u64) -> Self {
        let mut grams = HashMap::new();
        let mut whole: HashMap<String, Vec<usize>> = HashMap::new();
        let mut speakers: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut chain: HashMap<(String, String), Vec<String>> = HashMap::new();
        let mut all = Vec::new();
        for (at, quote) in stored.iter().enumerate() {
            let words = folds(quote.text);
            let mut here = HashSet::new();
            for gram in words.windows(5).chain(words.windows(6)) {
                if here.insert(digest(gram)) {
                    *grams.entry(digest(gram)).or_insert(0) += 1;
                }
            }
            whole.entry(words.join(" ")).or_default().push(at);
            if !quote.speaker.is_empty() {
                speakers.entry(quote.speaker).or_default().push(at);
            }
            let print: Vec<&str> = quote.text.split_whitespace().collect();
            for three in print.windows(3) {
                chain
                    .entry((three[0].to_owned(), three[1].to_owned()))
                    .or_default()
                    .push(three[2].to_owned());
            }
            all.extend(words.into_iter().filter(|w| w.len() > 3).take(3));
        }
        let mut by_speaker: Vec<_> = speakers.into_values().collect();
        by_speaker.sort();
        Self { random: Random(seed), stored, held_out, grams, whole, by_speaker, chain, words: all }
    }

    fn any(&mut self) -> usize {
        self.random.below(self.stored.len())
    }

    fn word(&mut self) -> String {
        let at = self.random.below(self.words.len());
        self.words[at].clone()
    }

    fn mutant(&self, text: String, sources: &[usize]) -> Mutant {
        let same = |at: usize| {
            self.whole.get(&folds(self.stored[at].text).join(" ")).cloned().unwrap_or_default()
        };
        let sources = sources
            .iter()
            .flat_map(|at| same(*at))
            .map(|at| self.stored[at].id.to_owned())
            .collect();
        Mutant {
            text,
            attributed_to: None,
            expected: "",
            sources,
            mutation: String::new(),
            meaning_bearing: None,
        }
    }

    fn by(&mut self, mut mutant: Mutant, source: usize) -> Mutant {
        let speaker = self.stored[source].speaker;
        if !speaker.is_empty() && self.random.below(2) == 0 {
            mutant.attributed_to = Some(speaker.to_owned());
        }
        mutant
    }

    /// Whether the label is certain: what is altered or made up must not be on record by chance,
    /// and what is not on record must not come near it.
    fn is_fair(&self, mutant: &Mutant) -> bool {
        let words = folds(&mutant.text);
        if words.len() < 5 {
            return false;
        }
        let known = |gram: &[String]| self.grams.contains_key(&digest(gram));
        let covered = |length: usize| {
            let mut inside = vec![false; words.len()];
            for (at, gram) in words.windows(length).enumerate() {
                if known(gram) {
                    inside[at..at + length].iter_mut().for_each(|x| *x = true);
                }
            }
            inside.iter().filter(|x| **x).count()
        };
        match mutant.expected {
            // Some run of five words must be new, so that it is no excerpt and no splice.
            "ALTERED" => {
                words.windows(5).any(|gram| !known(gram)) && mutant.mutation != "clause_deleted"
                    || mutant.mutation == "clause_deleted"
                        && words.windows(6).any(|gram| !known(gram))
            }
            "SPLICED" => covered(6) == words.len() && words.windows(6).any(|gram| !known(gram)),
            "NOT_FOUND" => covered(6) == 0,
            // The words must be told by one text alone, or the sources are unknown.
            _ if mutant.mutation == "short_random" || mutant.mutation == "excerpt_random" => {
                words.windows(5).any(|gram| self.grams.get(&digest(gram)) == Some(&1))
            }
            _ => true,
        }
    }

    /// Puts some of the questions into quotation marks, or other white space between the words.
    fn dress(&mut self, mutant: &mut Mutant) {
        mutant.text = match self.random.below(8) {
            0 => format!("\"{}\"", mutant.text.trim_end_matches('.')),
            1 => format!("“{}”", mutant.text.replace('\'', "’")),
            2 => mutant.text.replace(' ', "\u{a0}"),
            _ => return,
        };
    }
}
