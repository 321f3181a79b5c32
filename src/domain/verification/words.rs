//! A text cut into the words that are compared, each with its place in the print.

use std::ops::Range;

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};
use unicode_normalization::{IsNormalized, is_nfkc_quick};

use crate::domain::text::{is_apostrophe, is_zero_width};

/// The words of a text in their folded form, and where each stands.
///
/// The folded forms, joined, are [`crate::domain::text::words`] of the text. In scripts that set no
/// blanks (Han, kana, Thai, Lao, Khmer, Burmese) each character is a word of its own here, so that
/// a part of a sentence is found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    folded: String,
    list: Vec<Word>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// Its bytes in the folded text.
    fold: Range<usize>,
    /// Its bytes in the text as given.
    at: Range<usize>,
    /// Whether it begins inside a character whose other part is of the word before.
    torn: bool,
    /// What stands before it and is of the number that it is.
    sign: Sign,
    /// Whether it goes on the number that the word before begins.
    goes_on: bool,
}

/// What stands before digits and is no punctuation: "2.5" is not "2 5", and "-5" is not "5".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) enum Sign {
    /// Nothing of the sort, or what groups thousands ("1,200").
    #[default]
    None,
    /// A point, or what stands for one: "2.5", "2,5", "10:30", "3/4", "¾".
    Point,
    /// A minus sign.
    Minus,
}

impl Words {
    /// Cuts a text. A text without a single word character is one word, itself, so that "?!" is not
    /// equal to "…"; one of nothing but white space has none.
    pub fn of(text: &str) -> Self {
        let mut words = Self { folded: String::with_capacity(text.len()), list: Vec::new() };
        let folded = fold(text);
        // Whether the next letter begins a word, and whether that word begins behind a blank.
        let mut gap = true;
        let mut unspaced = false;
        for (at, (character, place)) in folded.iter().enumerate() {
            let mark = is_combining_mark(*character);
            if character.is_alphanumeric() || mark && !gap {
                let alone = is_unspaced(*character) && !mark;
                let begins = gap || !mark && (alone || unspaced);
                if gap && !words.folded.is_empty() {
                    words.folded.push(' ');
                }
                words.push(*character, place, begins);
                gap = false;
                unspaced = alone || mark && unspaced;
            } else if !(is_apostrophe(*character)
                && !gap
                && folded.get(at + 1).is_some_and(|(next, _)| next.is_alphanumeric()))
            {
                gap = true;
                unspaced = false;
            }
        }
        if words.list.is_empty() {
            words.folded = text.trim().nfc().collect();
            let start = text.len() - text.trim_start().len();
            let at = start..start + text.trim().len();
            if !words.folded.is_empty() {
                let (torn, sign, goes_on) = Default::default();
                words.list.push(Word { fold: 0..words.folded.len(), at, torn, sign, goes_on });
            }
        }
        words.sign(text);
        words
    }

    /// Finds the signs of numbers.
    fn sign(&mut self, text: &str) {
        // Where the word before ends, and whether with a digit.
        let (mut end, mut digit) = (0, false);
        for word in &mut self.list {
            let own = self.folded.get(word.fold.clone()).unwrap_or_default();
            let gap = text.get(end..word.at.start).unwrap_or_default();
            if own.starts_with(|c: char| c.is_ascii_digit()) {
                word.goes_on = digit && matches!(gap, "." | "," | "\u{a0}" | "\u{202f}");
                let opens = |c: char| c.is_whitespace() || matches!(c, '(' | '$');
                word.sign = match (gap, gap.strip_suffix(is_minus)) {
                    ("," | "\u{a0}" | "\u{202f}", _) if is_group(own) => Sign::None,
                    ("." | "," | ":" | "/" | "\u{2044}", _) if digit => Sign::Point,
                    // "¾" is "3/4".
                    _ if word.torn && digit => Sign::Point,
                    (_, Some("")) if end == 0 => Sign::Minus,
                    (_, Some(before)) if before.ends_with(opens) => Sign::Minus,
                    _ => Sign::None,
                };
            }
            digit = own.ends_with(|c: char| c.is_ascii_digit());
            end = word.at.end;
        }
    }

    /// What stands before a word and is of the number that it is.
    pub(super) fn sign_of(&self, word: usize) -> Sign {
        self.list.get(word).map_or(Sign::None, |word| word.sign)
    }

    /// Its letters and digits, without blanks, with the signs of numbers.
    pub(super) fn letters(&self, words: Range<usize>) -> String {
        let word = |at: usize| match self.sign_of(at) {
            Sign::None => self.fold(at).to_owned(),
            Sign::Point => format!(".{}", self.fold(at)),
            Sign::Minus => format!("-{}", self.fold(at)),
        };
        words.map(word).collect()
    }

    fn push(&mut self, character: char, place: &Range<usize>, begins: bool) {
        let from = self.folded.len();
        self.folded.push(character);
        match self.list.last_mut() {
            Some(word) if !begins => {
                word.fold.end = self.folded.len();
                word.at.end = word.at.end.max(place.end);
            }
            // Several words can come of one character ("½"): then the first one has its place.
            last => {
                let free = last.map_or(0, |word| word.at.end);
                let start = place.start.max(free);
                let at = start..place.end.max(start);
                let torn = place.start < free;
                let (sign, goes_on) = Default::default();
                self.list.push(Word { fold: from..self.folded.len(), at, torn, sign, goes_on });
            }
        }
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none: the text was white space.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The folded text: [`crate::domain::text::words`].
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The folded form of a word; nothing behind the last one.
    pub fn fold(&self, word: usize) -> &str {
        self.list.get(word).map_or("", |word| &self.folded[word.fold.clone()])
    }

    /// The folded forms in their order.
    pub fn folds(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|word| &self.folded[word.fold.clone()])
    }

    /// Whether a word is one with the word before: the other part of a character ("½"), or of a number
    /// ("1,200").
    pub fn is_torn(&self, word: usize) -> bool {
        self.list.get(word).is_some_and(|word| word.torn || word.goes_on)
    }

    /// Without some of its words, which become what stands between the others.
    pub(super) fn without(&self, taken: impl Fn(&Self, usize) -> bool) -> Self {
        let mut words = Self { folded: String::with_capacity(self.folded.len()), list: Vec::new() };
        for (at, word) in self.list.iter().enumerate().filter(|(at, _)| !taken(self, *at)) {
            // Characters that are words of their own stand side by side.
            let is_apart = at.checked_sub(1).is_none_or(|before| {
                self.list.get(before).is_none_or(|before| before.fold.end < word.fold.start)
            });
            if is_apart && !words.folded.is_empty() {
                words.folded.push(' ');
            }
            let start = words.folded.len();
            words.folded.push_str(self.fold(at));
            words.list.push(Word { fold: start..words.folded.len(), ..word.clone() });
        }
        words
    }

    /// The bytes of a word in the text as given; nothing behind the last one. Places never overlap,
    /// and are empty for the second word that one character gives ("½").
    pub fn place(&self, word: usize) -> Range<usize> {
        self.list.get(word).map_or(0..0, |word| word.at.clone())
    }
}

/// Every folded character with the bytes that it comes of. The folding is that of
/// [`crate::domain::text::words`], done to the shortest stretches that can be folded apart.
fn fold(text: &str) -> Vec<(char, Range<usize>)> {
    let mut out = Vec::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = chars.next_if(|(_, next)| !begins_stretch(*next)) {
            end = at + next.len_utf8();
        }
        if first.is_ascii() && end == start + 1 {
            out.push((first.to_ascii_lowercase(), start..end));
            continue;
        }
        // NFKC would make the acute accent that stands for an apostrophe a space and a mark.
        let straightened = text[start..end].chars().map(|c| if c == '\u{b4}' { '\'' } else { c });
        let folded = straightened.nfkc().default_case_fold().nfkc();
        out.extend(folded.filter(|c| !is_zero_width(*c)).map(|c| (c, start..end)));
    }
    out
}

/// Three digits, as thousands are grouped.
fn is_group(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_minus(character: char) -> bool {
    // En dashes are the commonest minus signs in print.
    matches!(character, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

/// Whether nothing before a character can change what normalisation makes of it.
fn begins_stretch(character: char) -> bool {
    if character.is_ascii() {
        return true;
    }
    let mut first = None;
    decompose_compatible(character, |c| {
        first.get_or_insert(c);
    });
    let first = first.unwrap_or(character);
    canonical_combining_class(first) == 0
        && is_nfkc_quick(std::iter::once(first)) != IsNormalized::Maybe
}

/// Letters of scripts that set no blanks between words.
fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{0e00}'..='\u{0eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text;
    use proptest::prelude::*;

    fn cut(print: &str) -> Vec<(&str, String)> {
        let words = Words::of(print);
        (0..words.len()).map(|at| (&print[words.place(at)], words.fold(at).to_owned())).collect()
    }

    #[test]
    fn a_word_knows_its_place() {
        let found = cut("We DON\u{2019}T -- \u{201c}Stra\u{df}e\u{201d}");
        let expected = [("We", "we"), ("DON\u{2019}T", "dont"), ("Stra\u{df}e", "strasse")];
        assert_eq!(found, expected.map(|(print, fold)| (print, fold.to_owned())));
    }

    #[test]
    fn scripts_without_blanks_are_cut_by_character() {
        let words = Words::of("我们知道 ok ที่นี่");
        assert_eq!(words.folded(), text::words("我们知道 ok ที่นี่"));
        let folds: Vec<_> = words.folds().collect();
        assert_eq!(folds, ["我", "们", "知", "道", "ok", "ที่", "นี่"]);
    }

    #[test]
    fn nothing_has_no_words_and_marks_are_one() {
        assert!(Words::of(" \n").is_empty());
        assert_eq!(cut(" ?! … "), [("?! …", "?! …".to_owned())]);
    }

    #[test]
    fn signs_are_of_their_numbers_however_they_are_printed() {
        let signs = |print: &str| -> Vec<Sign> {
            let words = Words::of(print);
            (0..words.len()).map(|at| words.sign_of(at)).collect()
        };
        for minus in ["-5", "\u{2212}5", "\u{2013}5", "(\u{2013}5"] {
            assert_eq!(signs(minus), [Sign::Minus], "{minus}");
        }
        for none in ["5\u{2013}6", "5 \u{2013} 6", "a\u{2013}5"] {
            assert!(!signs(none).contains(&Sign::Minus), "{none}");
        }
        for print in ["3/4", "3\u{2044}4", "\u{be}"] {
            assert_eq!(signs(print), [Sign::None, Sign::Point], "{print}");
        }
    }

    proptest! {
        #[test]
        fn folded_forms_are_those_of_the_identity(print in any::<String>()) {
            let words = Words::of(&print);
            prop_assert_eq!(words.folded(), text::words(&print));
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&words.folds().collect::<String>()), letters(words.folded()));
        }

        #[test]
        fn places_are_in_order(print in "[a-zé½ﬁ中々ที゙่가각ͅᾳ '’\u{301}.…-]{0,40}") {
            let words = Words::of(&print);
            prop_assert_eq!(words.folded(), text::words(&print));
            let mut free = 0;
            for at in 0..words.len() {
                let place = words.place(at);
                prop_assert!(free <= place.start && place.start <= place.end);
                prop_assert!(print.get(place.clone()).is_some());
                free = place.end;
            }
        }
    }
}
