//! Tokens of a printed phrase: folded for look-up, with case, possessive and breaks remembered.

use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// How a token is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// All small letters.
    Lower,
    /// Begins with a capital letter or a digit.
    Capital,
    /// Two or more letters, all capital.
    Upper,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// White space, a hyphen, or nothing.
    None,
    /// A comma.
    Comma,
    /// A bracket, colon, semicolon or dash.
    Hard,
}

/// One word of a printed phrase.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    fold: Range<usize>,
    /// Where it is printed, in bytes.
    pub at: Range<usize>,
    pub case: Case,
    pub gap: Break,
    /// Ends in `'s` or `s'`.
    pub possessive: bool,
}

/// The tokens of one printed phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tokens<'a> {
    pub text: &'a str,
    folded: String,
    pub list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Splits a phrase into tokens.
    pub fn of(text: &'a str) -> Self {
        let mut reader = Reader {
            tokens: Tokens {
                text,
                folded: String::with_capacity(text.len() + 8),
                list: Vec::with_capacity(text.len() / 6 + 2),
            },
            gap: Break::None,
            open: None,
        };
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            reader.step(at, c, next);
        }
        reader.close(text.len());
        reader.tokens
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The folded spelling of a token.
    pub fn fold(&self, index: usize) -> &str {
        &self.folded[self.list[index].fold.clone()]
    }

    /// The print from one token to another (end exclusive), with the bracket that closes it.
    pub fn print(&self, start: usize, end: usize) -> &'a str {
        match (self.list.get(start), self.list.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) if end > start => {
                &self.text[first.at.start..self.closed(first.at.start, last.at.end)]
            }
            _ => "",
        }
    }

    /// "Ministry of Defence (Marenia": the bracket after the last word belongs to the name.
    fn closed(&self, start: usize, end: usize) -> usize {
        let print = &self.text[start..end];
        if print.matches('(').count() <= print.matches(')').count() {
            return end;
        }
        match self.text[end..].split_once(')') {
            Some((between, _)) if !between.contains(char::is_alphanumeric) => {
                end + between.len() + 1
            }
            _ => end,
        }
    }

    /// The same without a possessive ending.
    pub fn print_bare(&self, start: usize, end: usize) -> &'a str {
        let print = self.print(start, end);
        match self.list.get(end.wrapping_sub(1)) {
            Some(last) if last.possessive => {
                print.trim_end_matches(['s', 'S']).trim_end_matches(is_apostrophe)
            }
            _ => print,
        }
    }

    /// The print from the beginning of one token to the beginning of a later one.
    pub fn upto(&self, start: usize, later: usize) -> &'a str {
        &self.text[self.list[start].at.start..self.list[later].at.start]
    }

    /// Whether a token is written in a script without capitals.
    pub fn is_uncased(&self, index: usize) -> bool {
        let print = &self.text[self.list[index].at.clone()];
        !print.chars().any(|c| c.is_lowercase() || c.is_uppercase())
            && print.chars().any(char::is_alphabetic)
    }

    /// Whether nothing is printed in capitals, as in lower-cased feeds.
    pub fn is_all_lower(&self) -> bool {
        self.list.iter().all(|token| token.case == Case::Lower)
    }

    /// Replaces one token by the members of a compound, printed where it is printed.
    pub fn replace(&mut self, index: usize, parts: &[&str]) {
        let whole = self.list[index].clone();
        let mut members = Vec::with_capacity(parts.len());
        for (n, part) in parts.iter().enumerate() {
            let start = self.folded.len();
            self.folded.push_str(part);
            members.push(Token {
                fold: start..self.folded.len(),
                at: whole.at.clone(),
                case: whole.case,
                gap: if n == 0 { whole.gap } else { Break::None },
                possessive: whole.possessive && n + 1 == parts.len(),
            });
        }
        self.list.splice(index..=index, members);
    }
}

/// Whether this is one of the printed forms of an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{00b4}' | '`')
}

/// A token that is being read.
struct Open {
    at: usize,
    fold: usize,
    first_upper: bool,
    uppers: usize,
    lowers: usize,
    apostrophe: Option<usize>,
}

struct Reader<'a> {
    tokens: Tokens<'a>,
    gap: Break,
    open: Option<Open>,
}

impl Reader<'_> {
    fn step(&mut self, at: usize, c: char, next: Option<char>) {
        if c.is_alphanumeric() || is_combining_mark(c) {
            self.letter(at, c);
        } else if is_apostrophe(c) && self.open.is_some() {
            let elision = self.elides() && next.is_some_and(char::is_alphabetic);
            if elision {
                self.close(at);
            } else if let Some(open) = &mut self.open {
                open.apostrophe = Some(self.tokens.folded.len());
            }
        } else if c == '.' && self.open.is_some() {
            // "U.N.", "Gov.", "Amazon.com": the point is part of the word.
        } else if c == '&' {
            self.close(at);
            self.push_and(at);
        } else if is_zero_width(c) {
            // Dropped: it is not seen in print.
        } else {
            self.close(at);
            self.separate(c);
        }
    }

    fn letter(&mut self, at: usize, c: char) {
        let fold = self.tokens.folded.len();
        let open = self.open.get_or_insert_with(|| Open {
            at,
            fold,
            first_upper: c.is_uppercase() || c.is_numeric(),
            uppers: 0,
            lowers: 0,
            apostrophe: None,
        });
        if c.is_uppercase() {
            open.uppers += 1;
        } else if c.is_lowercase() {
            open.lowers += 1;
        }
        fold_char(c, &mut self.tokens.folded);
    }

    /// Whether the open token is an elided article or preposition: `d'`, `l'`, `qu'`.
    fn elides(&self) -> bool {
        self.open
            .as_ref()
            .is_some_and(|open| matches!(&self.tokens.folded[open.fold..], "d" | "l" | "qu"))
    }

    fn push_and(&mut self, at: usize) {
        let fold = self.tokens.folded.len();
        self.tokens.folded.push_str("and");
        self.tokens.list.push(Token {
            fold: fold..self.tokens.folded.len(),
            at: at..at + 1,
            case: Case::Lower,
            gap: std::mem::replace(&mut self.gap, Break::None),
            possessive: false,
        });
    }

    fn separate(&mut self, c: char) {
        match c {
            ',' if self.gap == Break::None => self.gap = Break::Comma,
            '(' | ')' | '[' | ']' | ';' | ':' | '|' | '\u{2014}' => self.gap = Break::Hard,
            _ => {}
        }
    }

    fn close(&mut self, end: usize) {
        let Some(open) = self.open.take() else { return };
        let mut possessive = false;
        if let Some(apostrophe) = open.apostrophe {
            let tail = &self.tokens.folded[apostrophe..];
            if tail == "s" && apostrophe > open.fold {
                self.tokens.folded.truncate(apostrophe);
                possessive = true;
            } else if tail.is_empty() {
                possessive = self.tokens.folded.ends_with('s');
            }
        }
        let case = if open.uppers >= 2 && open.lowers <= usize::from(possessive) {
            Case::Upper
        } else if open.first_upper {
            Case::Capital
        } else {
            Case::Lower
        };
        self.tokens.list.push(Token {
            fold: open.fold..self.tokens.folded.len(),
            at: open.at..end,
            case,
            gap: std::mem::replace(&mut self.gap, Break::None),
            possessive,
        });
    }
}

/// Whether a character leaves no mark in print.
pub(crate) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{00ad}')
}

/// Folds one character: small, without accents, ligatures opened.
pub(crate) fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for part in std::iter::once(c).nfkd() {
        match part {
            part if is_combining_mark(part) => {}
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ı' => out.push('i'),
            other => out.extend(other.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folds(text: &str) -> Vec<String> {
        let tokens = Tokens::of(text);
        (0..tokens.len()).map(|n| tokens.fold(n).to_owned()).collect()
    }

    #[test]
    fn points_hyphens_and_accents_fold() {
        assert_eq!(folds("U.N. Vice-Président"), ["un", "vice", "president"]);
        assert_eq!(
            folds("porte-parole du Quai d'Orsay"),
            ["porte", "parole", "du", "quai", "d", "orsay"]
        );
        assert_eq!(folds("Culture & Sport"), ["culture", "and", "sport"]);
    }

    #[test]
    fn possessives_and_breaks_are_remembered() {
        let tokens = Tokens::of("Uber\u{2019}s counsel, Ministry (Latvia)");
        assert!(tokens.list[0].possessive);
        assert_eq!(tokens.print_bare(0, 1), "Uber");
        assert_eq!(tokens.list[2].gap, Break::Comma);
        assert_eq!(tokens.list[3].gap, Break::Hard);
        assert_eq!(Tokens::of("UN").list[0].case, Case::Upper);
        assert_eq!(tokens.print(2, 4), "Ministry (Latvia)");
    }
}
