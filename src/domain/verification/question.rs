//! What is asked: a text with its words, the parts between its ellipses, and what an editor put in.

use std::ops::Range;

use super::alignment::Hunk;
use super::comparison::EXCERPT;
use super::narrative::quotations;
use super::runs::{Numbered, in_order};
use super::shingles::{pairs, tidy, whole, winnowed};
use super::stretch::Stretch;
use super::words::Words;

/// The fewest words that a quotation inside a narrative has: a single one in marks is rarely
/// somebody's.
pub(super) const QUOTED: usize = 2;

/// A text that somebody is said to have said, read for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    text: &'a str,
    words: Words,
    /// What stands between ellipses, as ranges of words; none is empty.
    parts: Vec<Range<usize>>,
    /// Of each word: whether it stands in square brackets.
    bracketed: Vec<bool>,
    /// Whether it is a quotation inside a narrative.
    quoted: bool,
    /// Of a narrative: its quotations, and the byte that each begins at.
    quotations: Vec<(usize, Question<'a>)>,
}

impl<'a> Question<'a> {
    /// Reads a text, best in Unicode form NFC: the differences told later are in its own
    /// characters.
    ///
    /// - An ellipsis is `…` or two and more dots of any script, with or without blanks between them
    ///   (`. . .`), three asterisks or bullets, `&hellip;` or `[snip]`, alone or in brackets of any kind. It parts
    ///   words; at either end it is decoration.
    /// - Words in square brackets are an editor's, unless all are.
    /// - A sentence that tells what somebody said (`he called it a "short-term basis"`) is a
    ///   narrative: its quotations are read on their own as well.
    pub fn read(text: &'a str) -> Self {
        let mut question = Self::alone(text);
        question.quotations = quotations(text)
            .into_iter()
            .map(|at| (at.start, Self { quoted: true, ..Self::alone(&text[at]) }))
            .collect();
        question
    }

    /// Reads a text without looking for quotations in it.
    fn alone(text: &'a str) -> Self {
        let mut words = Words::of(text);
        if (0..words.len()).any(|at| is_spelled_out(text, &words, at)) {
            words = words.without(|words, at| is_spelled_out(text, words, at));
        }
        let mut parts = Vec::new();
        let mut start = 0;
        for at in 1..words.len() {
            let gap = text.get(words.place(at - 1).end..words.place(at).start).unwrap_or_default();
            if is_ellipsis(gap) {
                parts.push(start..at);
                start = at;
            }
        }
        if start < words.len() {
            parts.push(start..words.len());
        }
        let bracketed = bracketed(text, &words);
        Self { text, words, parts, bracketed, quoted: false, quotations: Vec::new() }
    }

    /// The text as given.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// All its words, in order.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The parts between its ellipses, as ranges of words, at least one if there is a word.
    pub fn parts(&self) -> &[Range<usize>] {
        &self.parts
    }

    /// Whether it has fewer words than the shortest excerpt.
    pub fn is_short(&self) -> bool {
        self.words.len() < EXCERPT
    }

    /// Tells of texts whether they have the words as they are, in order but for what ellipses leave
    /// out, with the signs of their numbers.
    pub fn stands_in(&self) -> impl Fn(&str) -> bool {
        let numbered = Numbered::of(&self.words);
        move |text| {
            let stored = numbered.read(&Words::of(text));
            !self.words.is_empty() && in_order(&numbered.asked, &self.parts, &stored).is_some()
        }
    }

    /// The bytes of the text that are asked.
    pub(super) fn bytes(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// The shortest excerpt that is one, in words. Writers quote few words inside their sentences.
    pub(super) fn shortest(&self) -> usize {
        if self.quoted { QUOTED } else { EXCERPT }
    }

    /// The quotations of a narrative, each with the byte that it begins at.
    pub(super) fn quotations(&self) -> &[(usize, Question<'a>)] {
        &self.quotations
    }

    /// The words of a narrative that stand outside its quotations.
    pub(super) fn told(&self) -> Vec<usize> {
        let inside = |at: &usize| {
            let place = self.words.place(*at).start;
            self.quotations.iter().any(|(from, q)| (*from..from + q.text.len()).contains(&place))
        };
        (0..self.words.len()).filter(|at| !inside(at)).collect()
    }

    /// Whether words are left out where the question has an ellipsis.
    pub(super) fn is_cut(&self, hunk: &Hunk) -> bool {
        hunk.inserted.is_empty()
            && self.parts.iter().any(|part| part.start > 0 && part.start == hunk.inserted.start)
    }

    /// Whether a word stands in square brackets.
    pub(super) fn is_bracketed(&self, word: usize) -> bool {
        self.bracketed.get(word).is_some_and(|bracketed| *bracketed)
    }

    /// The numbers to look up among those that [`super::shingles`] gives for stored texts, in
    /// rising order: those of the whole, of each part and of each quotation.
    pub fn shingles(&self) -> Vec<u64> {
        let parts = self.parts.iter().flat_map(|part| winnowed(&self.words, part.clone()));
        let quotations = self.quotations.iter().flat_map(|(_, quotation)| quotation.shingles());
        tidy(parts.chain([whole(&self.words)]).chain(quotations).collect())
    }

    /// Those among them that stand for two words. Short texts alone are stored under such: that one
    /// has them tells less than that it has the three words around them.
    pub fn pairs(&self) -> Vec<u64> {
        let parts = self.parts.iter().flat_map(|part| pairs(&self.words, part.clone()));
        let quotations = self.quotations.iter().flat_map(|(_, quotation)| quotation.pairs());
        tidy(parts.chain(quotations).collect())
    }

    /// What a text may hold word for word: each part, and the parts of each quotation.
    pub fn stretches(&self) -> Vec<Stretch<'_>> {
        let parts = self.parts.iter().filter_map(|part| Stretch::of(&self.words, part.clone()));
        let quotations = self.quotations.iter().flat_map(|(_, quotation)| quotation.stretches());
        parts.chain(quotations).collect()
    }
}

/// What stands for an ellipsis in words, folded: the word, what stands before it and behind it.
const SPELLED_OUT: &[(&str, &str, &str)] = &[
    ("hellip", "&", ";"),
    ("mldr", "&", ";"),
    ("8230", "&#", ";"),
    ("x2026", "&#", ";"),
    ("snip", "[", "]"),
    ("cut", "[", "]"),
    ("omitted", "[", "]"),
];

/// Whether a word is an ellipsis that is spelled out.
fn is_spelled_out(text: &str, words: &Words, at: usize) -> bool {
    SPELLED_OUT.iter().filter(|(word, ..)| *word == words.fold(at)).any(|(_, before, behind)| {
        let place = words.place(at);
        text[..place.start].ends_with(before) && text[place.end..].starts_with(behind)
    })
}

/// Whether what stands between two words is an ellipsis.
fn is_ellipsis(gap: &str) -> bool {
    let dot = |c: char| if matches!(c, '\u{2024}' | '\u{ff0e}') { '.' } else { c };
    let dots: String = gap.chars().map(dot).collect();
    if dots.contains(['…', '⋯', '\u{2025}']) || dots.contains("..") {
        return true;
    }
    let tight: String = dots.chars().filter(|c| !c.is_whitespace()).collect();
    ["...", "***", "。。", "•••", "・・・", "···", "∙∙∙", "⋅⋅⋅"].iter().any(|mark| tight.contains(mark))
        // What was spelled out is no word.
        || tight.contains(|c: char| c.is_ascii_alphanumeric())
}

/// Of each word whether it stands in a pair of square brackets.
fn bracketed(text: &str, words: &Words) -> Vec<bool> {
    let mut pairs = Vec::new();
    let mut open = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, open) {
            (b'[', None) => open = Some(at),
            (b']', Some(from)) => {
                pairs.push(from..at);
                open = None;
            }
            _ => {}
        }
    }
    let mut pairs = pairs.into_iter().peekable();
    let mut inside = |at: usize| {
        while pairs.next_if(|pair| pair.end <= at).is_some() {}
        pairs.peek().is_some_and(|pair| pair.start < at)
    };
    let found: Vec<bool> = (0..words.len()).map(|word| inside(words.place(word).start)).collect();
    if found.iter().all(|bracketed| *bracketed) { vec![false; found.len()] } else { found }
}
