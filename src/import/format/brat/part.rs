//! As what a span is part of a quote: by the role that an event gives it or the relation that leads to
//! it, else by its own label.
//!
//! Who is spoken to, mentioned or meant may well be labelled as a speaker elsewhere in the text: what
//! the role or the relation calls something else is no part of the quote.

use crate::domain::quote::QuoteKind;

/// What a span is part of a quote as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Its words, with what the label says of them.
    Content(Option<QuoteKind>),
    /// Who says them.
    Source,
    /// With what verb.
    Cue,
    /// Nothing that is known.
    Other,
}

/// How a quote is rendered, as words of labels.
const KINDS: [(&str, QuoteKind); 3] =
    [("direct", QuoteKind::Direct), ("indirect", QuoteKind::Indirect), ("mixed", QuoteKind::Mixed)];

/// What may stand beside those words in the label of a quote: "direct object" is none.
const QUOTES: [&str; 15] = [
    "quote",
    "quotes",
    "quoted",
    "quotation",
    "quotations",
    "speech",
    "discourse",
    "statement",
    "content",
    "citation",
    "utterance",
    "thought",
    "writing",
    "reported",
    "free",
];

/// Words of roles and relations that lead to something else than who speaks.
const ELSE: [&str; 27] = [
    "addressee",
    "addressees",
    "addressed",
    "addresses",
    "listener",
    "listeners",
    "hearer",
    "hearers",
    "recipient",
    "recipients",
    "receiver",
    "audience",
    "interlocutor",
    "target",
    "topic",
    "theme",
    "about",
    "mention",
    "mentions",
    "mentioned",
    "refers",
    "reference",
    "referent",
    "coref",
    "coreference",
    "antecedent",
    "object",
];

/// What makes "to" lead to a listener: "spoken to" does, "attributed to" does not.
const SPOKEN: [&str; 12] = [
    "said", "says", "say", "spoke", "spoken", "speaks", "speaking", "talks", "talking", "told",
    "tells", "directed",
];

impl Part {
    /// By its label, in whatever case and with whatever between the words of it.
    pub fn of(label: &str) -> Self {
        let words = words(label);
        match words.concat().as_str() {
            "source" | "speaker" => Self::Source,
            "cue" => Self::Cue,
            "content" | "quote" | "quotation" | "statement" => Self::Content(None),
            _ => kind(&words).map_or(Self::Other, |kind| Self::Content(Some(kind))),
        }
    }

    /// By the role that an event gives it; `None` where that takes no part in the quote.
    pub fn in_event(role: &str, label: &str) -> Option<Self> {
        let words = words(role);
        if is_else(&words) {
            return None;
        }
        Some(match Self::of(role) {
            Self::Other if is_speaker(&words) => Self::Source,
            Self::Other => Self::of(label),
            part => part,
        })
    }

    /// By the relation that leads to it from a quote or a cue; `None` where that takes no part in the
    /// quote.
    pub fn related(relation: &str, label: &str) -> Option<Self> {
        let words = words(relation);
        if is_else(&words) {
            return None;
        }
        let part = match (Self::of(label), Self::of(relation)) {
            (Self::Other, Self::Cue) => Self::Cue,
            (Self::Other, _) if is_speaker(&words) => Self::Source,
            (part, _) => part,
        };
        [Self::Source, Self::Cue].contains(&part).then_some(part)
    }
}

/// The words of a label, in lower case: "DirectSpeech", "direct_speech" and "DIRECT-SPEECH2" are
/// "direct" and "speech".
fn words(label: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for character in label.chars() {
        let begins = !last.is_alphabetic() || last.is_lowercase() && character.is_uppercase();
        if character.is_alphabetic() {
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        last = character;
    }
    words
}

/// What the words of a label say of how the quote is rendered, where it is a quote's.
fn kind(words: &[String]) -> Option<QuoteKind> {
    let is_quote = |word: &str| word.is_empty() || QUOTES.contains(&word);
    // "direct", and in one word "directquote".
    let of = |word: &String| {
        let mut kinds = KINDS.iter();
        let found = kinds.find(|(kind, _)| word.strip_prefix(kind).is_some_and(is_quote));
        found.map(|(_, kind)| *kind)
    };
    let mut kinds = words.iter().filter_map(of);
    let is_label = words.iter().all(|word| of(word).is_some() || is_quote(word));
    kinds.next().filter(|_| is_label)
}

/// Whether words end in who speaks: "has speaker" does, "speaker turn" does not.
fn is_speaker(words: &[String]) -> bool {
    words.last().is_some_and(|word| matches!(word.as_str(), "speaker" | "source"))
}

fn is_else(words: &[String]) -> bool {
    let is_one = |word: &String, of: &[&str]| of.contains(&word.as_str());
    let to = match words {
        [only] => only == "to",
        [.., verb, last] => last == "to" && is_one(verb, &SPOKEN),
        [] => false,
    };
    to || words.iter().any(|word| is_one(word, &ELSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_a_quote_by_whole_words() {
        use QuoteKind::{Direct, Indirect, Mixed};
        for (labels, kind) in [
            (
                &["direct", "Direct_Quote", "DIRECTQUOTE", "directSpeech", "quote-direct2"][..],
                Direct,
            ),
            (&["Indirect", "freeIndirect", "IndirectQuotation", "indirect_thought"], Indirect),
            (&["mixed", "MixedQuote"], Mixed),
        ] {
            for label in labels {
                assert_eq!(Part::of(label), Part::Content(Some(kind)), "{label}");
            }
        }
        for label in ["Quote", "quotation", "Statement", "CONTENT1"] {
            assert_eq!(Part::of(label), Part::Content(None), "{label}");
        }
        for label in
            ["Director", "Direct_Object", "Redirect", "Mixed_Media", "Speakers", "Entity", ""]
        {
            assert_eq!(Part::of(label), Part::Other, "{label}");
        }
        assert_eq!([Part::of("Speaker2"), Part::of("CUE")], [Part::Source, Part::Cue]);
    }

    #[test]
    fn a_role_stands_before_the_label() {
        use Part::{Content, Cue, Source};
        assert_eq!(Part::in_event("Source", "Person"), Some(Source));
        assert_eq!(Part::in_event("quote_speaker", "Entity"), Some(Source));
        assert_eq!(Part::in_event("Content", "Source"), Some(Content(None)));
        assert_eq!(Part::in_event("Who", "Speaker"), Some(Source));
        for role in ["Addressee", "addressee2", "Target", "To", "SaidTo", "Mention"] {
            assert_eq!(Part::in_event(role, "Source"), None, "{role}");
        }
        assert_eq!(Part::related("speaker", "Entity"), Some(Source));
        assert_eq!(Part::related("cue", "Verb"), Some(Cue));
        for (relation, label) in
            [("SaidBy", "Source"), ("attributed_to", "Speaker"), ("Source", "Speaker")]
        {
            assert_eq!(Part::related(relation, label), Some(Source), "{relation}");
        }
        assert_eq!(Part::related("SaidWith", "Cue"), Some(Cue));
        // What is labelled as words or as a verb says nothing.
        assert_eq!(Part::related("speaker", "Quote"), None);
        assert_eq!(Part::related("speaker", "Cue"), Some(Cue));
        for (relation, label) in [
            ("Addressee", "Speaker"),
            ("spoken_to", "Source"),
            ("mention", "Cue"),
            ("Knows", "Entity"),
        ] {
            assert_eq!(Part::related(relation, label), None, "{relation}");
        }
    }
}
