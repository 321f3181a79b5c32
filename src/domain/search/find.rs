//! Which texts a search finds, and where in them.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::ops::Range;

use super::language::Language;
use super::query::{Node, Query, Term};
use super::tokens::Tokens;

/// A text that is searched.
#[derive(Debug)]
pub struct Text<'a> {
    text: &'a str,
    tag: Option<&'a str>,
    tokens: Tokens,
    language: OnceCell<Option<Language>>,
}

/// What was found in a text, in Unicode scalar values from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highlight {
    /// Where it begins.
    pub start: usize,
    /// Where it ends; the character there is outside.
    pub end: usize,
}

/// How well words of a text agree with a term, the better the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// They begin so.
    Begins,
    /// They have the same stem.
    Stem,
    /// They are the words.
    Equal,
}

/// Words of a text that agree with a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub words: Range<usize>,
    pub how: Agreement,
}

impl<'a> Text<'a> {
    /// A text with the tag of its language (BCP 47), where it has one.
    pub fn of(text: &'a str, tag: Option<&'a str>) -> Self {
        Self { text, tag, tokens: Tokens::of(text), language: OnceCell::new() }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    fn language(&self) -> Option<Language> {
        *self.language.get_or_init(|| Language::of(self.tag, &self.tokens))
    }

    /// Where a term is found, in the order of the text.
    pub(super) fn places(&self, term: &Term) -> Vec<Found> {
        let mut found: Vec<Found> = self.found(term).collect();
        found.sort_by_key(|found| (found.words.start, found.words.end, Reverse(found.how)));
        found.dedup_by(|next, before| next.words == before.words);
        found
    }

    /// Whether a term is found.
    fn has(&self, term: &Term) -> bool {
        self.found(term).next().is_some()
    }

    /// Where a term is found, in any order.
    fn found<'t>(&'t self, term: &'t Term) -> impl Iterator<Item = Found> + 't {
        let phrases = term.phrases().flat_map(move |phrase| {
            let length = phrase.len();
            let places = (self.tokens.len() + 1).saturating_sub(length);
            (0..places).filter_map(move |start| {
                let words = start..start + length;
                self.agrees(term, phrase, start).map(|how| Found { words, how })
            })
        });
        let joined = term.whole().into_iter().flat_map(move |whole| {
            self.tokens.joined().iter().filter_map(move |joined| {
                let how = match joined.whole.strip_prefix(whole)? {
                    "" => Agreement::Equal,
                    _ if term.prefix => Agreement::Begins,
                    _ => return None,
                };
                Some(Found { words: joined.words.clone(), how })
            })
        });
        phrases.chain(joined)
    }

    fn agrees(&self, term: &Term, phrase: &[String], start: usize) -> Option<Agreement> {
        let (last, before) = phrase.split_last()?;
        let before = before.iter().enumerate();
        if !before.clone().all(|(number, word)| self.tokens.word(start + number) == word) {
            return None;
        }
        let word = self.tokens.word(start + before.len());
        match word {
            _ if word == last => Some(Agreement::Equal),
            _ if term.prefix => word.starts_with(last.as_str()).then_some(Agreement::Begins),
            // Of words that are cut the last one is no word to have a stem.
            _ if phrase.len() > 1 => None,
            _ => self.has_stem(term, word).then_some(Agreement::Stem),
        }
    }

    fn has_stem(&self, term: &Term, word: &str) -> bool {
        if term.stems.is_empty() {
            return false;
        }
        let Some(language) = self.language() else { return false };
        let stem = term.stems.iter().find(|(own, _)| *own == language).map(|(_, stem)| stem);
        // A stem begins as its word does: the look at that spares most of the work.
        let may = |stem: &&String| !stem.is_empty() && stem.chars().next() == word.chars().next();
        stem.filter(may).is_some_and(|stem| language.stem(word) == *stem)
    }
}

impl Query {
    /// Whether a text is found.
    pub fn finds(&self, text: &Text<'_>) -> bool {
        self.root.finds(text)
    }
}

/// What searches found in a text, in its order; overlapping places are one.
pub fn highlights(queries: &[Query], text: &Text<'_>) -> Vec<Highlight> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for term in queries.iter().flat_map(Query::wanted) {
        for Found { words, .. } in text.places(term) {
            let last = words.end.saturating_sub(1);
            places.push(text.tokens.place(words.start).start..text.tokens.place(last).end);
        }
    }
    places.retain(|place| !place.is_empty());
    places.sort_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    let (mut bytes, mut characters) = (0, 0);
    let mut count = |to: usize| {
        characters += text.text.get(bytes..to).map_or(0, |between| between.chars().count());
        bytes = to;
        characters
    };
    let highlight =
        |place: Range<usize>| Highlight { start: count(place.start), end: count(place.end) };
    apart.into_iter().map(highlight).collect()
}

impl Node {
    fn finds(&self, text: &Text<'_>) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.finds(text)),
            Self::Any(nodes) => nodes.iter().any(|node| node.finds(text)),
            Self::Not(node) => !node.finds(text),
            Self::Term(term) => text.has(term),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(search: &str, text: &str) -> Option<Vec<String>> {
        let (query, text) = (Query::read(search), Text::of(text, None));
        let cut = |place: Highlight| {
            text.text.chars().skip(place.start).take(place.end - place.start).collect()
        };
        query
            .finds(&text)
            .then(|| highlights(std::slice::from_ref(&query), &text).into_iter().map(cut).collect())
    }

    #[test]
    fn what_is_found_is_shown_where_it_stands() {
        let text = "“We can’t wait until it’s too late”, he said of the négotiations";
        for (search, places) in [
            ("\"wait until it's too late\"", Some(vec!["wait until it’s too late"])),
            ("negotiate waiting", Some(vec!["wait", "négotiations"])),
            ("\"negotiation\"", None),
            ("nego*", Some(vec!["négotiations"])),
            ("\"too la*\" \"it's too\"", Some(vec!["it’s too late"])),
            ("late early", None),
            ("late OR early", Some(vec!["late"])),
            ("late -wait", None),
            ("-early", Some(vec![])),
            ("", Some(vec![])),
        ] {
            let places = places.map(|p| p.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(found(search, text), places, "{search}");
        }
    }

    #[test]
    fn an_apostrophe_hides_no_word() {
        let text = "L\u{2019}Union est l'avenir de l\u{2019}Europe, says Pat O'Brien of Trump's wall; it's ours";
        for (search, places) in [
            ("europe", vec!["Europe"]),
            ("l'europe", vec!["l\u{2019}Europe"]),
            ("\"union est l'avenir\"", vec!["Union est l'avenir"]),
            ("Brien", vec!["Brien"]),
            ("obrien", vec!["O'Brien"]),
            ("O\u{2019}Bri*", vec!["O'Brien"]),
            ("obri*", vec!["O'Brien"]),
            ("\"Pat O'Brien of Trump\"", vec!["Pat O'Brien of Trump"]),
            ("Trump", vec!["Trump"]),
            ("\"Trump\u{2019}s wall\"", vec!["Trump's wall"]),
            ("it`s", vec!["it's"]),
            ("\"it `s ours\"", vec!["it's ours"]),
            ("\"its ours\"", vec!["it's ours"]),
        ] {
            let places = places.into_iter().map(str::to_owned).collect();
            assert_eq!(found(search, text), Some(places), "{search}");
        }
        assert_eq!(found("don", "They don't know what Don knows"), Some(vec!["Don".to_owned()]));
        assert!(found("don", "They don't know").is_none());
        assert!(found("\"it's ours\"", "It `s ours").is_some());
        assert!(found("\"dont know\"", "They don't know").is_some());
        assert!(found("\"don't know\"", "They dont know").is_some());
    }

    #[test]
    fn stems_are_those_of_the_text_s_language() {
        assert!(found("dies", "Die Regierung hat das nicht gewusst, und wir sind es").is_none());
        assert!(
            found("dies", "He will die if we do not help him, and that is what they want")
                .is_some()
        );
        assert!(found("regierungen", "Die Regierung hat das nicht gewusst").is_some());
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_its_own_words(text in any::<String>()) {
            let own = Text::of(&text, None);
            let words: Vec<String> = own.tokens.words().map(str::to_owned).collect();
            if let Some(word) = words.first() {
                prop_assert!(Query::read(word).finds(&own) || word == "or" || word.len() > 200);
                let node = Node::Term(Term::phrase(words));
                prop_assert!(node.finds(&own));
            }
        }
    }
}
