//! Phrases of the vocabulary files as a trie over folded tokens.

use super::tokens::{Break, Case, Token, Tokens};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How a phrase must be printed to count; taken from how the vocabulary spells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Any case: ordinary words.
    Any,
    /// A capital first letter: proper names.
    Capital,
    /// Capitals only: short acronyms that are words otherwise ("US", "UN").
    Upper,
}

/// The token that stands for a printed comma inside a phrase.
const COMMA: u32 = 0;
/// The token that stands for a printed bracket inside a phrase.
const BRACKET: u32 = u32::MAX - 1;
/// The token that no phrase has.
pub(crate) const STRANGE: u32 = u32::MAX;

/// A trie of phrases with what each may mean.
#[derive(Debug)]
pub(crate) struct Lexicon<T> {
    words: HashMap<Box<str>, u32, Build>,
    edges: HashMap<u64, u32, Build>,
    senses: Vec<Vec<(Need, T)>>,
}

impl<T: Copy + PartialEq> Lexicon<T> {
    /// An empty lexicon.
    pub fn new() -> Self {
        Lexicon {
            words: HashMap::with_capacity_and_hasher(8_192, Build::default()),
            edges: HashMap::with_capacity_and_hasher(16_384, Build::default()),
            senses: vec![Vec::new()],
        }
    }

    /// Adds one phrase, spelled with the case it needs.
    pub fn insert(&mut self, phrase: &str, sense: T) {
        let tokens = Tokens::of(phrase);
        self.insert_tokens(&tokens, false, sense);
        if tokens.list.iter().any(|token| token.gap == Break::Comma) {
            self.insert_tokens(&tokens, true, sense);
        }
    }

    fn insert_tokens(&mut self, tokens: &Tokens<'_>, commas: bool, sense: T) {
        let Some(first) = tokens.list.first() else {
            return;
        };
        let need = match first.case {
            Case::Upper if first.at.len() <= 4 && tokens.fold(0).len() <= 3 => Need::Upper,
            Case::Lower => Need::Any,
            _ => Need::Capital,
        };
        let mut node = 0;
        for (n, token) in tokens.list.iter().enumerate() {
            if commas && token.gap == Break::Comma {
                node = self.child(node, COMMA);
            } else if n > 0 && token.gap == Break::Hard {
                node = self.child(node, BRACKET);
            }
            let word = match self.words.get(tokens.fold(n)) {
                Some(word) => *word,
                None => {
                    let next = u32::try_from(self.words.len() + 1).unwrap_or(STRANGE);
                    self.words.insert(tokens.fold(n).into(), next);
                    next
                }
            };
            node = self.child(node, word);
        }
        let senses = &mut self.senses[node as usize];
        if !senses.contains(&(need, sense)) {
            senses.push((need, sense));
        }
    }

    fn child(&mut self, node: u32, word: u32) -> u32 {
        let next = u32::try_from(self.senses.len()).unwrap_or(STRANGE);
        let child = *self.edges.entry(edge(node, word)).or_insert(next);
        if child == next {
            self.senses.push(Vec::new());
        }
        child
    }

    /// The number of a folded word, or [`STRANGE`].
    pub fn word(&self, fold: &str) -> u32 {
        self.words.get(fold).copied().unwrap_or(STRANGE)
    }

    /// Whether any phrase has this folded word.
    pub fn knows(&self, fold: &str) -> bool {
        self.words.contains_key(fold)
    }

    /// The numbers of all tokens; inflected words get the number of their base.
    pub fn number(&self, tokens: &Tokens<'_>) -> Vec<u32> {
        (0..tokens.len())
            .map(|n| {
                let fold = tokens.fold(n);
                match self.word(fold) {
                    STRANGE => self.inflected(fold),
                    word => word,
                }
            })
            .collect()
    }

    /// Regular endings: English plurals, German genitives, feminines and adjectives.
    fn inflected(&self, fold: &str) -> u32 {
        const ENDINGS: [&str; 9] = ["s", "innen", "in", "es", "en", "er", "em", "e", "n"];
        if fold.len() < 5 {
            return STRANGE;
        }
        for ending in ENDINGS {
            if let Some(stem) = fold.strip_suffix(ending) {
                // Adjective endings only on "-isch": "letter" is no form of "lett".
                let adjective = matches!(ending, "er" | "em" | "e");
                if stem.len() >= 4 && (!adjective || stem.ends_with("isch") || stem == "deutsch") {
                    let word = self.word(stem);
                    if word != STRANGE {
                        return word;
                    }
                }
            }
        }
        STRANGE
    }

    /// The longest phrase that begins at a token: where it ends, and its possible senses.
    pub fn longest(
        &self,
        tokens: &[Token],
        words: &[u32],
        from: usize,
        lower: bool,
    ) -> Option<Match<'_, T>> {
        let mut node = 0;
        let mut best = None;
        for n in from..words.len() {
            let token = &tokens[n];
            if n > from {
                match token.gap {
                    Break::None => {}
                    Break::Comma => match self.edges.get(&edge(node, COMMA)) {
                        Some(next) => node = *next,
                        None => break,
                    },
                    Break::Hard => match self.edges.get(&edge(node, BRACKET)) {
                        Some(next) => node = *next,
                        None => break,
                    },
                }
            }
            if words[n] == STRANGE {
                break;
            }
            match self.edges.get(&edge(node, words[n])) {
                Some(next) => node = *next,
                None => break,
            }
            let senses = &self.senses[node as usize];
            let case = tokens[from].case;
            if senses.iter().any(|(need, _)| need.is_met(case, lower, tokens[from].at.len())) {
                best =
                    Some(Match { end: n + 1, senses, case, lower, length: tokens[from].at.len() });
            }
        }
        best
    }
}

impl Need {
    fn is_met(self, case: Case, lower: bool, length: usize) -> bool {
        match self {
            Need::Any => true,
            Need::Capital => case != Case::Lower || (lower && length >= 4),
            Need::Upper => case == Case::Upper,
        }
    }
}

/// A phrase that was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match<'l, T> {
    /// The token after the phrase.
    pub end: usize,
    senses: &'l [(Need, T)],
    case: Case,
    lower: bool,
    length: usize,
}

impl<T: Copy> Match<'_, T> {
    /// What the phrase may mean as it is printed.
    pub fn senses(&self) -> impl Iterator<Item = T> + '_ {
        self.senses
            .iter()
            .filter(|(need, _)| need.is_met(self.case, self.lower, self.length))
            .map(|(_, sense)| *sense)
    }
}

fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// Builds the hasher below.
pub(crate) type Build = BuildHasherDefault<Fx>;

/// The multiply-and-rotate hash of the Rust compiler: the keys are ours, so no one can flood it.
#[derive(Debug, Default)]
pub(crate) struct Fx(u64);

impl Fx {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Fx {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
        for byte in chunks.remainder() {
            self.add(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(lexicon: &Lexicon<u8>, text: &str) -> Option<(usize, Vec<u8>)> {
        let tokens = Tokens::of(text);
        let words = lexicon.number(&tokens);
        lexicon
            .longest(&tokens.list, &words, 0, tokens.is_all_lower())
            .map(|found| (found.end, found.senses().collect()))
    }

    #[test]
    fn the_longest_phrase_wins_and_case_counts() {
        let mut lexicon = Lexicon::new();
        lexicon.insert("secretary", 1);
        lexicon.insert("secretary of state", 2);
        lexicon.insert("US", 3);
        lexicon.insert("Culture, Media", 4);
        assert_eq!(find(&lexicon, "Secretary of State for"), Some((3, vec![2])));
        assert_eq!(find(&lexicon, "secretary of the"), Some((1, vec![1])));
        assert_eq!(find(&lexicon, "us"), None);
        assert_eq!(find(&lexicon, "U.S."), Some((1, vec![3])));
        assert_eq!(find(&lexicon, "Culture, Media"), Some((2, vec![4])));
        assert_eq!(find(&lexicon, "Culture Media"), Some((2, vec![4])));
    }
}
