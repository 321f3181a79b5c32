//! How a search is read: `"exact phrase"`, words, `-without`, `begin*`, `this OR that`, `( )`.
//!
//! No text is wrong. An operator that has nothing to work on counts for nothing, a mark that is not
//! closed ends with the text, and a search of operators alone is one of words.

use super::contraction;
use super::query::{Node, Notice, Query, Term};
use super::tokens::Tokens;

/// How many characters of a search are read.
pub const LONGEST: usize = 256;
/// How many words and phrases are taken.
pub const TERMS: usize = 12;
/// How many words are taken in all, those of phrases too: a character can be several words (`ﷺ`), and a
/// phrase of a thousand costs a database seconds.
const WORDS: usize = 64;
/// The shortest beginning of a word that is looked for.
const SHORTEST_PREFIX: usize = 2;
/// How deep parentheses nest; deeper ones count for nothing.
const DEEPEST: usize = 8;

/// A piece of a search.
enum Piece<'a> {
    Open,
    Close,
    Or,
    And,
    Not,
    /// What stands between blanks, or between quotation marks.
    Words(&'a str, Quoted, Star),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoted {
    Yes,
    No,
}

/// Whether a star stands at the end.
type Star = bool;

impl Query {
    /// Reads a search.
    pub fn read(text: &str) -> Self {
        let mut notices = Vec::new();
        let end = text.char_indices().nth(LONGEST).map(|(at, _)| at);
        if end.is_some() {
            notices.push(Notice::Cut);
        }
        let text = &text[..end.unwrap_or(text.len())];
        let mut reader =
            Reader { pieces: pieces(text), at: 0, terms: 0, words: 0, depth: 0, notices };
        let mut nodes = reader.all();
        if nodes.is_empty() {
            // `OR` alone is a word.
            let words: Vec<&str> = text.split_whitespace().collect();
            let word = |word: &&str| reader.term(word, Quoted::No, word.ends_with('*'));
            nodes = words.iter().filter_map(word).collect();
        }
        if nodes.is_empty() {
            reader.notices.push(Notice::NoWords);
        }
        let root = match <[Node; 1]>::try_from(nodes) {
            Ok([node @ (Node::Any(_) | Node::Term(_))]) => node,
            Ok([Node::All(nodes)]) => Node::All(nodes),
            Ok(nodes) => Node::All(nodes.into()),
            Err(nodes) => Node::All(nodes),
        };
        Self { typed: text.to_owned(), root, notices: reader.notices }
    }
}

struct Reader<'a> {
    pieces: Vec<Piece<'a>>,
    at: usize,
    terms: usize,
    words: usize,
    depth: usize,
    notices: Vec<Notice>,
}

impl Reader<'_> {
    /// What stands side by side: all of it.
    fn all(&mut self) -> Vec<Node> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut or = false;
        while let Some(piece) = self.pieces.get(self.at) {
            match piece {
                Piece::Close if self.depth > 0 => break,
                Piece::Close | Piece::And => self.at += 1,
                Piece::Or => {
                    self.at += 1;
                    or = !nodes.is_empty();
                }
                _ => {
                    let Some(node) = self.one() else { continue };
                    // OR joins its two neighbours, closer than a blank does.
                    match (or, nodes.pop()) {
                        (true, Some(Node::Any(mut any))) => {
                            any.push(node);
                            nodes.push(Node::Any(any));
                        }
                        (true, Some(before)) => nodes.push(Node::Any(vec![before, node])),
                        (_, before) => nodes.extend(before.into_iter().chain([node])),
                    }
                    or = false;
                }
            }
        }
        nodes
    }

    /// A word, a phrase, a pair of parentheses, or not that.
    fn one(&mut self) -> Option<Node> {
        let piece = self.pieces.get(self.at)?;
        self.at += 1;
        match *piece {
            Piece::Words(text, quoted, star) => self.term(text, quoted, star),
            Piece::Not => {
                let mut not = true;
                while matches!(self.pieces.get(self.at), Some(Piece::Not)) {
                    self.at += 1;
                    not = !not;
                }
                match self.pieces.get(self.at) {
                    Some(Piece::Words(..) | Piece::Open) => {}
                    _ => return None,
                }
                let node = self.one()?;
                Some(if not { Node::Not(Box::new(node)) } else { node })
            }
            Piece::Open => {
                self.depth += 1;
                let mut nodes = self.all();
                self.depth -= 1;
                // Its own end, if it has one.
                self.at += 1;
                match nodes.len() {
                    0 => None,
                    1 => nodes.pop(),
                    _ => Some(Node::All(nodes)),
                }
            }
            Piece::Close | Piece::Or | Piece::And => None,
        }
    }

    fn term(&mut self, text: &str, quoted: Quoted, star: Star) -> Option<Node> {
        let tokens = Tokens::of(text);
        if !tokens.is_empty() && self.terms == TERMS {
            self.notice(Notice::TooManyTerms);
            return None;
        }
        let room = WORDS - self.words;
        let wholes = tokens.wholes();
        let words: Vec<String> = wholes.iter().take(room).map(|word| (*word).to_owned()).collect();
        let is_all = words.len() == wholes.len();
        let star = star && is_all;
        if !is_all {
            self.notice(Notice::Cut);
        }
        let last = words.last()?;
        self.terms += 1;
        self.words += words.len();
        let prefix = star && last.chars().count() >= SHORTEST_PREFIX;
        if star && !prefix {
            self.notice(Notice::ShortPrefix);
        }
        // As it is typed, and as it may be typed without apostrophes.
        let typed = is_all.then(|| tokens.words().map(str::to_owned).collect());
        let mut cut: Vec<Vec<String>> =
            typed.into_iter().chain([contraction::cut(&words)]).collect();
        cut.dedup();
        cut.retain(|cut| *cut != words);
        let term = match (words.as_slice(), prefix, quoted) {
            ([word], false, Quoted::No) => Term::bare(word),
            _ => Term::phrase(words),
        };
        Some(Node::Term(Term { cut, prefix, ..term }))
    }

    fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }
}

/// Cuts a search into pieces.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut depth = 0;
    let mut ignored = 0_usize;
    let mut rest = text;
    let mut behind_blank = true;
    while let Some(first) = rest.chars().next() {
        let behind = &rest[first.len_utf8()..];
        if first.is_whitespace() {
            (rest, behind_blank) = (behind, true);
        } else if is_quotation_mark(first) {
            let end = behind.find(is_quotation_mark).unwrap_or(behind.len());
            let (phrase, after) = behind.split_at(end);
            let after = after.strip_prefix(is_quotation_mark).unwrap_or(after);
            // `"begin of a phra"*` is `"begin of a phra*"`.
            let starless = after.strip_prefix('*');
            let star = starless.is_some() || phrase.trim_end().ends_with('*');
            pieces.push(Piece::Words(phrase, Quoted::Yes, star));
            rest = starless.unwrap_or(after);
            behind_blank = true;
        } else if first == '(' {
            if depth < DEEPEST {
                depth += 1;
                pieces.push(Piece::Open);
            } else {
                ignored += 1;
            }
            (rest, behind_blank) = (behind, true);
        } else if first == ')' {
            if ignored > 0 {
                ignored -= 1;
            } else if depth > 0 {
                depth -= 1;
                pieces.push(Piece::Close);
            }
            (rest, behind_blank) = (behind, true);
        } else if matches!(first, '-' | '\u{2212}') && behind_blank {
            if behind.starts_with(|c: char| !c.is_whitespace()) {
                pieces.push(Piece::Not);
            }
            rest = behind;
        } else {
            let ends =
                |c: char| c.is_whitespace() || is_quotation_mark(c) || matches!(c, '(' | ')');
            let end = rest.find(ends).unwrap_or(rest.len());
            let chunk = &rest[..end];
            pieces.push(match chunk {
                "OR" | "|" | "||" => Piece::Or,
                "AND" | "&" | "&&" | "+" => Piece::And,
                "NOT" => Piece::Not,
                _ => Piece::Words(chunk, Quoted::No, chunk.ends_with('*')),
            });
            (rest, behind_blank) = (&rest[end..], false);
        }
    }
    pieces
}

/// Marks around a phrase. Single ones are apostrophes.
fn is_quotation_mark(character: char) -> bool {
    matches!(
        character,
        '"' | '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{301d}'..='\u{301f}'
            | '\u{ff02}' | '\u{300c}'..='\u{300f}' | '\u{2039}' | '\u{203a}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_search_is_read_as_people_mean_it() {
        for (typed, read) in [
            ("Climate change", "climate change"),
            ("\u{201c}Wait until it\u{2019}s too late\u{201d}", "\"wait until its too late\""),
            ("war -\"cold war\" -peace*", "war -\"cold war\" -peace*"),
            ("tariff trade OR war", "tariff (trade OR war)"),
            ("(trade war) OR peace", "((trade war) OR peace)"),
            ("a OR b OR c", "(a OR b OR c)"),
            ("cats AND dogs NOT mice", "cats dogs -mice"),
            ("short-term", "\"short term\""),
            ("dont don't", "dont dont"),
            ("\"not closed", "\"not closed\""),
            ("\"begin of a phra\"*", "\"begin of a phra*\""),
            ("*any a*", "any a"),
            ("OR", "or"),
            ("OR war OR", "war"),
            ("NOT", "not"),
            ("- war", "war"),
            ("--war", "war"),
            ("(((", ""),
            ("()", ""),
            ("\"\"", ""),
            ("!?", ""),
            ("-war", "-war"),
            ("speaker:Quill", "\"speaker quill\""),
            ("我们", "\"我 们\""),
            ("NEAR(a b, 5)", "near (a b 5)"),
            ("a' OR 1=1; DROP TABLE quote", "(a OR \"1 1\") drop table quote"),
        ] {
            assert_eq!(Query::read(typed).to_string(), read, "{typed}");
        }
    }

    #[test]
    fn what_is_too_much_is_told() {
        let ors = "a OR ".repeat(3_000);
        let query = Query::read(&ors);
        assert_eq!(query.notices, [Notice::Cut, Notice::TooManyTerms]);
        assert_eq!(query.wanted().len(), TERMS);
        let long = Query::read(&"\u{fdfa}".repeat(200));
        assert_eq!(long.notices, [Notice::Cut]);
        assert_eq!(long.wanted().iter().map(|term| term.words.len()).sum::<usize>(), WORDS);
        assert_eq!(Query::read("w*").notices, [Notice::ShortPrefix]);
        assert_eq!(Query::read(" … ").notices, [Notice::NoWords]);
        assert!(Query::read("").is_everything());
        assert!(Query::read(&"(".repeat(300)).is_everything());
    }

    proptest! {
        #[test]
        fn any_text_is_a_search(text in any::<String>()) {
            let query = Query::read(&text);
            prop_assert!(query.wanted().len() <= TERMS);
            let again = Query::read(&query.to_string());
            prop_assert!(query.wanted().is_empty() || !again.wanted().is_empty());
        }
    }
}
