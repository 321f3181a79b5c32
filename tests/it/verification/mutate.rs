//! Questions made of real stored quotes, with the verdict that each must have: every kind of change
//! that the verification cases are made with, by a fixed seed.

use std::collections::{HashMap, HashSet};

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
    pub mutation: &'static str,
    pub meaning_bearing: Option<bool>,
}

/// Random numbers (SplitMix64) with the same sequence everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from `from` to `to`, both possible.
    pub fn within(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to + 1 - from.min(to))
    }

    /// The same, or nothing where there is none.
    pub fn between(&mut self, from: usize, to: usize) -> Option<usize> {
        (from <= to).then(|| self.within(from, to))
    }

    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

const ELLIPSES: &[&str] = &[" ... ", "... ", "…", " … ", " [...] ", " […] ", " (...) ", " . . . "];
const MODALS: &[&str] = &["will", "would", "can", "could", "may", "might", "must", "should"];
const NUMBERS: &[&str] = &[
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "hundred", "thousand", "million", "billion", "first", "second", "third",
];
const AUXILIARIES: &[&str] = &["is", "are", "was", "were", "will", "would", "can", "could", "should", "may", "might", "must"];
const NAMES: &[&str] = &["Victoria", "Hamilton", "Venezuela", "Vietnam", "Margaret", "Jackson", "Denmark", "Oslo"];

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
    crate::fold(text).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn digest(words: &[String]) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// At least so many questions of each class, in turn over its mutations.
pub fn cases(stored: &[Stored<'_>], held_out: &[Stored<'_>], each: usize, seed: u64) -> Vec<Mutant> {
    let mut maker = Maker::new(stored, held_out, seed);
    let mut out = Vec::new();
    for (expected, kinds) in KINDS {
        for (mutation, kind) in *kinds {
            let wanted = each.div_ceil(kinds.len());
            let mut made = 0;
            for _ in 0..wanted * 400 {
                let Some(mut mutant) = kind(&mut maker) else { continue };
                (mutant.mutation, mutant.expected) = (mutation, expected);
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

type Kind = fn(&mut Maker<'_>) -> Option<Mutant>;

const KINDS: &[(&str, &[(&str, Kind)])] = &[
    ("VERBATIM", &[
        ("identity", |m| m.verbatim(str::to_owned)),
        ("upper_case", |m| m.verbatim(str::to_uppercase)),
        ("lower_case", |m| m.verbatim(str::to_lowercase)),
        ("title_case", |m| m.verbatim(title)),
        ("curly_apostrophe", |m| m.verbatim(|t| t.replace('\'', "’").replace('`', "‘"))),
        ("line_wrap", |m| m.verbatim(|t| t.replace(' ', "\n"))),
        ("dash_style", |m| m.verbatim(|t| t.replace(" -- ", "—").replace('-', "\u{2011}"))),
        ("bracket_spacing", |m| m.verbatim(|t| t.replace("[ ", "[").replace(" ]", "]"))),
        ("inner_punctuation", |m| m.verbatim(|t| t.replace(", ", " - ").replace(". ", "; "))),
        ("trailing_punctuation", |m| m.verbatim(|t| format!("{}!", t.trim_end_matches(['.', ',', '!'])))),
        ("nested_quote_marks", |m| m.verbatim(|t| t.replace('`', "\"").replace("' ", "\" "))),
    ]),
    ("EXCERPT", &[
        ("prefix", |m| m.excerpt(1, |r, n, l| { let _ = (r, n); vec![(0, l)] }, 8)),
        ("suffix", |m| m.excerpt(1, |_, n, l| vec![(n - l, l)], 8)),
        ("middle", |m| m.excerpt(1, |r, n, l| vec![(r.below(n - l + 1), l)], 7)),
        ("short_5_7", |m| m.excerpt(0, |r, n, _| { let l = r.within(5, 7).min(n - 1); vec![(r.below(n - l + 1), l)] }, 5)),
        ("edge_ellipsis", |m| m.excerpt(2, |r, n, l| vec![(r.below(n - l + 1), l)], 8)),
        ("two_parts", |m| m.parts(2)),
        ("three_parts", |m| m.parts(3)),
    ]),
    ("ALTERED", &[
        ("word_substituted", |m| m.altered(1, |m, w| m.substitute(w))),
        ("word_substituted_in_excerpt", |m| m.altered(2, |m, w| m.substitute(w))),
        ("word_substituted_short", |m| m.altered(3, |m, w| m.substitute(w))),
        ("words_deleted", |m| m.altered(1, |m, w| { let n = m.random.within(1, 3); let at = m.random.between(3, w.len().checked_sub(n + 3)?)?; w.drain(at..at + n); Some(None) })),
        ("clause_deleted", |m| m.altered(1, |m, w| { let n = m.random.within(6, 12); let at = m.random.between(5, w.len().checked_sub(n + 5)?)?; w.drain(at..at + n); Some(None) })),
        ("words_inserted", |m| m.altered(1, |m, w| { let n = m.random.within(1, 3); let at = m.random.within(2, w.len() - 2); for _ in 0..n { let word = m.word(); w.insert(at, word); } Some(None) })),
        ("words_swapped", |m| m.altered(1, |m, w| { let at = m.random.within(1, w.len() - 3); w.swap(at, at + 1); Some(None) })),
        ("multiple_edits", |m| m.altered(1, |m, w| {
            if w.len() < 14 { return None; }
            let edits = m.random.within(2, 4);
            for _ in 0..edits {
                match m.random.below(3) {
                    0 => { m.substitute(w)?; }
                    1 => { let at = m.random.within(1, w.len() - 2); w.remove(at); }
                    _ => { let at = m.random.within(1, w.len() - 2); let word = m.word(); w.insert(at, word); }
                }
            }
            Some(None)
        })),
        ("plural_changed", |m| m.altered(1, |m, w| { let at = m.random.below(w.len()); (w[at].len() > 4 && w[at].chars().all(char::is_alphabetic)).then(|| w[at].push('s'))?; Some(None) })),
        ("negation_inserted", |m| m.altered(1, |_, w| { let at = w.iter().position(|x| AUXILIARIES.contains(&x.as_str()))?; w.insert(at + 1, "not".into()); Some(Some(true)) })),
        ("negation_removed", |m| m.altered(1, |_, w| {
            let at = w.iter().position(|x| x == "not" || x == "never" || (x.ends_with("n't") && x != "can't" && x != "won't"))?;
            if w[at].ends_with("n't") { w[at] = w[at].trim_end_matches("n't").to_owned(); } else { w.remove(at); }
            Some(Some(true))
        })),
        ("number_changed", |m| m.altered(1, |m, w| {
            let at = w.iter().position(|x| NUMBERS.contains(&x.as_str()) || x.chars().any(|c| c.is_ascii_digit()))?;
            w[at] = if w[at].chars().any(|c| c.is_ascii_digit()) {
                let plus = m.random.within(1, 8) as u8;
                w[at].chars().map(|c| if c.is_ascii_digit() { (b'1' + (c as u8 - b'0' + plus) % 9) as char } else { c }).collect()
            } else { let old = w[at].clone(); loop { let new = m.random.pick(NUMBERS); if new != old { break new.to_owned(); } } };
            Some(Some(true))
        })),
        ("modal_changed", |m| m.altered(1, |m, w| {
            let at = w.iter().position(|x| MODALS.contains(&x.as_str()))?;
            let old = w[at].clone();
            w[at] = loop { let new = m.random.pick(MODALS); if new != old { break new.to_owned(); } };
            Some(Some(true))
        })),
        ("name_swapped", |m| m.altered(1, |m, w| {
            let at = (1..w.len()).find(|at| w[*at].len() > 3 && w[*at].chars().all(char::is_alphabetic) && w[*at].starts_with(char::is_uppercase) && w[*at - 1].chars().all(char::is_alphabetic))?;
            w[at] = m.random.pick(NAMES).to_owned();
            Some(Some(true))
        })),
        ("editorial_insertion", |m| m.altered(1, |m, w| { let at = m.random.within(2, w.len() - 2); let word = m.word(); w.insert(at, format!("[{word}]")); Some(Some(false)) })),
        ("editorial_replacement", |m| m.altered(1, |m, w| { let at = m.random.within(2, w.len() - 2); w[at] = "[the team]".into(); Some(Some(false)) })),
    ]),
    ("SPLICED", &[
        ("diff_speakers", |m| m.spliced(&[8, 8], false, " ")),
        ("diff_speakers_ellipsis", |m| m.spliced(&[8, 8], false, "...")),
        ("same_speaker", |m| m.spliced(&[8, 8], true, " ")),
        ("same_speaker_ellipsis", |m| m.spliced(&[8, 8], true, "...")),
        ("three_same_speaker", |m| m.spliced(&[8, 8, 8], true, " ")),
        ("unbalanced", |m| m.spliced(&[6, 24], false, " ")),
        ("reversed", |m| m.reversed(" ")),
        ("reversed_ellipsis", |m| m.reversed("...")),
        ("sandwich", |m| m.sandwich()),
    ]),
    ("MISATTRIBUTED", &[
        ("verbatim_random", |m| m.verbatim(str::to_owned).and_then(|x| m.misattributed(x))),
        ("excerpt_random", |m| m.excerpt(1, |r, n, l| vec![(r.below(n - l + 1), l)], 7).and_then(|x| m.misattributed(x))),
        ("short_random", |m| m.excerpt(0, |r, n, _| { let l = r.within(5, 7).min(n - 1); vec![(r.below(n - l + 1), l)] }, 5).and_then(|x| m.misattributed(x))),
        ("ellipsis_random", |m| m.parts(2).and_then(|x| m.misattributed(x))),
    ]),
    ("NOT_FOUND", &[
        ("heldout_quote", |m| m.heldout()),
        ("markov", |m| m.markov()),
        ("paraphrase", |m| m.paraphrase()),
    ]),
];

fn title(text: &str) -> String {
    let mut begins = true;
    text.chars().flat_map(|c| {
        let upper = begins && c.is_alphabetic();
        begins = c.is_whitespace();
        if upper { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] }
    }).collect()
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
                if here.insert(digest(gram)) { *grams.entry(digest(gram)).or_insert(0) += 1; }
            }
            whole.entry(words.join(" ")).or_default().push(at);
            if quote.speaker != "None" { speakers.entry(quote.speaker).or_default().push(at); }
            let print: Vec<&str> = quote.text.split_whitespace().collect();
            for three in print.windows(3) {
                chain.entry((three[0].to_owned(), three[1].to_owned())).or_default().push(three[2].to_owned());
            }
            all.extend(words.into_iter().filter(|w| w.len() > 3).take(3));
        }
        let mut by_speaker: Vec<_> = speakers.into_values().collect();
        by_speaker.sort();
        Self { random: Random(seed), stored, held_out, grams, whole, by_speaker, chain, words: all }
    }

    fn any(&mut self) -> usize { self.random.below(self.stored.len()) }

    fn word(&mut self) -> String {
        let at = self.random.below(self.words.len());
        self.words[at].clone()
    }

    fn mutant(&self, text: String, sources: &[usize]) -> Mutant {
        let same = |at: usize| self.whole.get(&folds(self.stored[at].text).join(" ")).cloned().unwrap_or_default();
        let sources = sources.iter().flat_map(|at| same(*at)).map(|at| self.stored[at].id.to_owned()).collect();
        Mutant { text, attributed_to: None, expected: "", sources, mutation: "", meaning_bearing: None }
    }

    fn by(&mut self, mut mutant: Mutant, source: usize) -> Mutant {
        let speaker = self.stored[source].speaker;
        if speaker != "None" && self.random.below(2) == 0 { mutant.attributed_to = Some(speaker.to_owned()); }
        mutant
    }

    fn verbatim(&mut self, change: impl Fn(&str) -> String) -> Option<Mutant> {
        let at = self.any();
        let mutant = self.mutant(change(self.stored[at].text), &[at]);
        Some(self.by(mutant, at))
    }

    fn excerpt(&mut self, dress: u8, cut: impl Fn(&mut Random, usize, usize) -> Vec<(usize, usize)>, least: usize) -> Option<Mutant> {
        let at = self.any();
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        if words.len() < least + 3 { return None; }
        let length = self.random.within(least, words.len() - 2);
        let parts = cut(&mut self.random, words.len(), length);
        let mut text = words[parts[0].0..parts[0].0 + parts[0].1].join(" ");
        if dress == 2 { text = format!("...{text}..."); }
        if folds(&text).len() < 5 || folds(&text).len() + 1 > folds(self.stored[at].text).len() { return None; }
        let mutant = self.mutant(text, &[at]);
        Some(self.by(mutant, at))
    }

    fn parts(&mut self, count: usize) -> Option<Mutant> {
        let at = self.any();
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let mut text = String::new();
        let mut from = 0;
        for n in 0..count {
            let room = words.len().checked_sub(from + (count - n) * 10)?;
            let start = from + self.random.within(usize::from(n > 0) * 2, 2 + room.min(6));
            let length = self.random.within(6, 9);
            let part = words.get(start..start + length)?.join(" ");
            if folds(&part).len() < 5 { return None; }
            if n > 0 { text.push_str(self.random.pick(ELLIPSES)); }
            text.push_str(&part);
            from = start + length;
        }
        let mutant = self.mutant(text, &[at]);
        Some(self.by(mutant, at))
    }

    /// `how`: 1 the whole quote, 2 an excerpt, 3 a short quote.
    fn altered(&mut self, how: u8, change: impl Fn(&mut Self, &mut Vec<String>) -> Option<Option<bool>>) -> Option<Mutant> {
        let at = self.any();
        let mut words: Vec<String> = self.stored[at].text.split_whitespace().map(str::to_owned).collect();
        if how == 3 && !(6..=10).contains(&words.len()) || words.len() < 9 && how != 3 { return None; }
        if how == 2 {
            let length = self.random.within(9, words.len().max(10)).min(words.len());
            let from = self.random.below(words.len() - length + 1);
            words = words[from..from + length].to_vec();
        }
        let bearing = change(self, &mut words)?;
        let mut mutant = self.mutant(words.join(" "), &[at]);
        mutant.meaning_bearing = bearing;
        Some(self.by(mutant, at))
    }

    fn substitute(&mut self, words: &mut [String]) -> Option<Option<bool>> {
        let at = self.random.within(1, words.len() - 2);
        if !words[at].chars().all(char::is_alphabetic) { return None; }
        words[at] = self.word();
        Some(None)
    }

    fn piece(&mut self, at: usize, length: usize) -> Option<String> {
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let from = self.random.below(words.len().checked_sub(length)? + 1);
        let text = words[from..from + length].join(" ");
        (folds(&text).len() >= 6).then_some(text)
    }

    fn spliced(&mut self, lengths: &[usize], same: bool, between: &str) -> Option<Mutant> {
        let group = if same { let at = self.random.below(self.by_speaker.len()); self.by_speaker[at].clone() } else { Vec::new() };
        if same && group.len() < lengths.len() { return None; }
        let (mut sources, mut pieces) = (Vec::new(), Vec::new());
        for length in lengths {
            let at = if same { group[self.random.below(group.len())] } else { self.any() };
            if sources.contains(&at) { return None; }
            let length = length + self.random.below(6);
            pieces.push(self.piece(at, length)?);
            sources.push(at);
        }
        let between = if between == "..." { self.random.pick(ELLIPSES) } else { between };
        let mutant = self.mutant(pieces.join(between), &sources);
        Some(self.by(mutant, sources[0]))
    }

    fn reversed(&mut self, between: &str) -> Option<Mutant> {
        let at = self.any();
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let middle = self.random.between(8, words.len().checked_sub(8)?)?;
        let head = words[..middle].join(" ");
        let tail = words.get(middle + self.random.below(3)..)?.join(" ");
        if folds(&head).len() < 6 || folds(&tail).len() < 6 { return None; }
        let between = if between == "..." { self.random.pick(ELLIPSES) } else { between };
        let mutant = self.mutant(format!("{tail}{between}{head}"), &[at]);
        Some(self.by(mutant, at))
    }

    fn sandwich(&mut self) -> Option<Mutant> {
        let (at, other) = (self.any(), self.any());
        let words: Vec<&str> = self.stored[at].text.split_whitespace().collect();
        let middle = self.random.between(8, words.len().checked_sub(8)?)?;
        let (head, tail) = (words[..middle].join(" "), words.get(middle..)?.join(" "));
        if at == other || folds(&head).len() < 6 || folds(&tail).len() < 6 { return None; }
        let length = 8 + self.random.below(5);
        let inner = self.piece(other, length)?;
        let mutant = self.mutant(format!("{head} {inner} {tail}"), &[at, other]);
        Some(self.by(mutant, at))
    }

    fn misattributed(&mut self, mut mutant: Mutant) -> Option<Mutant> {
        let other = self.any();
        let speaker = self.stored[other].speaker;
        let source = self.stored.iter().find(|quote| mutant.sources.iter().any(|id| id == quote.id))?;
        if speaker == "None" || source.speaker == "None" { return None; }
        let shares = |word: &str| speaker.split(' ').any(|own| own.eq_ignore_ascii_case(word));
        if source.speaker.split(' ').next_back().is_some_and(shares) || speaker.split(' ').count() < 2 { return None; }
        mutant.attributed_to = Some(speaker.to_owned());
        Some(mutant)
    }

    fn heldout(&mut self) -> Option<Mutant> {
        let at = self.random.below(self.held_out.len());
        let quote = self.held_out[at];
        if self.whole.contains_key(&folds(quote.text).join(" ")) { return None; }
        let mut mutant = self.mutant(quote.text.to_owned(), &[]);
        mutant.attributed_to = (quote.speaker != "None" && self.random.below(2) == 0).then(|| quote.speaker.to_owned());
        Some(mutant)
    }

    fn markov(&mut self) -> Option<Mutant> {
        let at = self.any();
        let mut words: Vec<String> = self.stored[at].text.split_whitespace().take(2).map(str::to_owned).collect();
        let length = self.random.within(10, 28);
        while words.len() < length {
            let last = words.len().checked_sub(2)?;
            let Some(next) = self.chain.get(&(words[last].clone(), words[last + 1].clone())) else { break };
            let next = next[self.random.below(next.len())].clone();
            words.push(next);
        }
        (words.len() >= 9).then(|| self.mutant(words.join(" "), &[]))
    }

    /// Every other word replaced: beyond recognition.
    fn paraphrase(&mut self) -> Option<Mutant> {
        let at = self.any();
        let mut words: Vec<String> = self.stored[at].text.split_whitespace().map(str::to_owned).collect();
        if words.len() < 8 { return None; }
        for at in 0..words.len() {
            if self.random.below(100) < 60 { words[at] = self.word(); }
        }
        Some(self.mutant(words.join(" "), &[]))
    }

    /// Whether the label is certain: what is altered or made up must not be on record by chance, and
    /// what is not on record must not come near it.
    fn is_fair(&self, mutant: &Mutant) -> bool {
        let words = folds(&mutant.text);
        if words.len() < 5 { return false; }
        let known = |gram: &[String]| self.grams.contains_key(&digest(gram));
        let covered = |length: usize| {
            let mut inside = vec![false; words.len()];
            for (at, gram) in words.windows(length).enumerate() {
                if known(gram) { inside[at..at + length].iter_mut().for_each(|x| *x = true); }
            }
            inside.iter().filter(|x| **x).count()
        };
        match mutant.expected {
            // Some run of five words must be new, so that it is no excerpt and no splice.
            "ALTERED" => words.windows(5).any(|gram| !known(gram)) && mutant.mutation != "clause_deleted" || mutant.mutation == "clause_deleted" && words.windows(6).any(|gram| !known(gram)),
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
