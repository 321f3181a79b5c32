//! What a search means, as a tree.

use std::fmt::{self, Display as _};

use super::entry;
use super::language::Language;

/// A search that was read. Any text is one: what makes no sense is read as words.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Query {
    /// What was typed, as far as it was read: read again it is the same search.
    pub typed: String,
    /// What a text must have.
    pub root: Node,
    /// What was not taken as it was typed.
    pub notices: Vec<Notice>,
}

/// What a text must have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// All of these; of none: every text has that.
    All(Vec<Node>),
    /// Any of these.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// These words.
    Term(Term),
}

/// Words that stand one behind the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The words as search folds them, what an apostrophe joins as one; at least one.
    pub words: Vec<String>,
    /// The same cut where apostrophes are, or may have been left away.
    pub cut: Vec<Vec<String>>,
    /// Whether the last word is the beginning of one.
    pub prefix: bool,
    /// Of a word that was typed bare: its stem in each language. Words with the same stem are the
    /// same word then, in texts of that language.
    pub stems: Vec<(Language, String)>,
}

/// What was not taken as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Notice {
    /// There is no word in it: every text is found.
    NoWords,
    /// Only the beginning was read.
    Cut,
    /// Only the first words and phrases were taken.
    TooManyTerms,
    /// The beginning of a word was shorter than two characters, and is read as a word.
    ShortPrefix,
}

impl Term {
    /// A word with all words of its stem.
    pub fn bare(word: &str) -> Self {
        let stems = Language::all().map(|language| (language, language.stem(word)));
        Self { stems: stems.collect(), ..Self::phrase(vec![word.to_owned()]) }
    }

    /// These words and no others.
    pub fn phrase(words: Vec<String>) -> Self {
        Self { words, cut: Vec::new(), prefix: false, stems: Vec::new() }
    }

    /// Every way in which the words may stand in a text, but for what an apostrophe joins there.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &Vec<String>> {
        std::iter::once(&self.words).chain(&self.cut)
    }

    /// What an apostrophe would join, where it is one.
    pub(super) fn whole(&self) -> Option<&str> {
        match self.words.as_slice() {
            [whole] => Some(whole),
            _ => None,
        }
    }
}

impl Query {
    /// The words and phrases that a text may be found for, in the order in which they were typed.
    pub fn wanted(&self) -> Vec<&Term> {
        let mut wanted = Vec::new();
        self.root.wanted(&mut wanted);
        wanted
    }

    /// Whether it has beginnings of words, which many words may have.
    pub fn has_prefix(&self) -> bool {
        self.root.has_prefix()
    }

    /// Whether every text is found.
    pub fn is_everything(&self) -> bool {
        self.root == Node::All(Vec::new())
    }

    /// The search in the language of FTS5's MATCH.
    pub fn fts5(&self) -> String {
        self.root.fts5()
    }

    /// The search as PostgreSQL's `tsquery`, for texts in some languages, or in none for sure.
    pub fn tsquery(&self, languages: &impl Fn(Language) -> bool) -> String {
        self.root.tsquery(languages)
    }
}

impl Node {
    fn wanted<'a>(&'a self, out: &mut Vec<&'a Term>) {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().for_each(|node| node.wanted(out)),
            Self::Not(_) => {}
            Self::Term(term) => out.push(term),
        }
    }

    fn has_prefix(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::has_prefix),
            Self::Not(node) => node.has_prefix(),
            Self::Term(term) => term.prefix,
        }
    }

    fn fts5(&self) -> String {
        let every = || format!("\"{}\"", entry::every());
        match self {
            Self::All(nodes) => {
                let (not, all): (Vec<_>, Vec<_>) =
                    nodes.iter().partition(|node| matches!(node, Self::Not(_)));
                let all: Vec<String> = all.into_iter().map(Self::fts5).collect();
                let all = if all.is_empty() { every() } else { all.join(" AND ") };
                let not = not.into_iter().filter_map(|node| match node {
                    Self::Not(node) => Some(node.fts5()),
                    _ => None,
                });
                let not: Vec<String> = not.collect();
                match not.is_empty() {
                    true => format!("({all})"),
                    false => format!("(({all}) NOT ({}))", not.join(" OR ")),
                }
            }
            Self::Any(nodes) => {
                let any: Vec<String> = nodes.iter().map(Self::fts5).collect();
                format!("({})", any.join(" OR "))
            }
            Self::Not(node) => format!("({} NOT {})", every(), node.fts5()),
            Self::Term(term) => {
                let star = if term.prefix { " *" } else { "" };
                let phrase = |words: &Vec<String>| format!("\"{}\"{star}", words.join(" "));
                let mut any: Vec<String> = term.phrases().map(phrase).collect();
                any.extend(term.whole().map(|it| format!("\"{}\"{star}", entry::whole(it))));
                for (language, stem, is_word) in term.by_stem() {
                    any.push(format!("\"{}\"", entry::stem(language, stem)));
                    if !is_word {
                        // The stem itself is a word like any other, in texts of that language.
                        any.push(format!("(\"{stem}\" AND \"{}\")", entry::in_language(language)));
                    }
                }
                format!("({})", any.join(" OR "))
            }
        }
    }

    fn tsquery(&self, languages: &impl Fn(Language) -> bool) -> String {
        let join = |nodes: &[Self], by: &str| {
            let parts: Vec<String> = nodes.iter().map(|node| node.tsquery(languages)).collect();
            format!("({})", parts.join(by))
        };
        match self {
            Self::All(nodes) if nodes.is_empty() => format!("'{}'", entry::every()),
            Self::All(nodes) => join(nodes, " & "),
            Self::Any(nodes) => join(nodes, " | "),
            Self::Not(node) => format!("!{}", node.tsquery(languages)),
            Self::Term(term) => {
                let star = if term.prefix { ":*" } else { "" };
                let phrase = |words: &Vec<String>| {
                    let words: Vec<String> = words.iter().map(|w| format!("'{w}'")).collect();
                    format!("({}{star})", words.join(" <-> "))
                };
                let mut any: Vec<String> = term.phrases().map(phrase).collect();
                any.extend(term.whole().map(|it| format!("'{}'{star}", entry::whole(it))));
                for (language, stem, is_word) in term.by_stem().filter(|own| languages(own.0)) {
                    any.push(format!("'{}'", entry::stem(language, stem)));
                    if !is_word {
                        any.push(format!("('{stem}' & '{}')", entry::in_language(language)));
                    }
                }
                format!("({})", any.join(" | "))
            }
        }
    }
}

impl Term {
    /// The stem in each language, and whether it is the word itself.
    fn by_stem(&self) -> impl Iterator<Item = (Language, &str, bool)> {
        let word = self.words.first().map_or("", String::as_str);
        // An empty stem is of words that are nothing but an ending.
        let stems = self.stems.iter().filter(|(_, stem)| !stem.is_empty());
        stems.map(move |(language, stem)| (*language, stem.as_str(), stem == word))
    }
}

/// The search as it was read, in its own language.
impl fmt::Display for Query {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.root {
            Node::All(nodes) => joined(nodes, " ", out),
            node => node.fmt(out),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(nodes) => {
                out.write_str("(")?;
                joined(nodes, " ", out)?;
                out.write_str(")")
            }
            Self::Any(nodes) => {
                out.write_str("(")?;
                joined(nodes, " OR ", out)?;
                out.write_str(")")
            }
            Self::Not(node) => write!(out, "-{node}"),
            Self::Term(term) => {
                let words = term.words.join(" ");
                match (term.prefix, term.stems.is_empty()) {
                    (true, _) if term.words.len() == 1 => write!(out, "{words}*"),
                    (true, _) => write!(out, "\"{words}*\""),
                    (false, true) => write!(out, "\"{words}\""),
                    (false, false) => out.write_str(&words),
                }
            }
        }
    }
}

fn joined(nodes: &[Node], by: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (number, node) in nodes.iter().enumerate() {
        if number > 0 {
            out.write_str(by)?;
        }
        node.fmt(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_looked_for_in_the_languages_that_there_are() {
        let asked = |tags: &[&str]| Query::read("talks").tsquery(&|own| tags.contains(&own.tag()));
        assert_eq!(asked(&[]), "(('talks') | '§§talks')");
        assert_eq!(asked(&["en"]), "(('talks') | '§§talks' | '§entalk' | ('talk' & '§en'))");
        assert_eq!(asked(&["ru"]), "(('talks') | '§§talks' | '§rutalks')");
    }
}
