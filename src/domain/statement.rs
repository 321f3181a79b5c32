//! Statements: how certain it is which quote was the first, and how two statements are related.

use super::id::Id;
use super::person::NamedSpeaker;
use super::text::words;
use super::verification::has_same_letters;

vocabulary! {
    /// How certain it is which of the quotes here was the first.
    FirstQuotePrecision {
        /// Every other quote is certainly later, as far as dates are known here; or there is none.
        Exact = "EXACT",
        /// Other quotes may have been as early: their dates overlap with that of the first, at the
        /// precision in which they are known.
        TieWithinPrecision = "TIE_WITHIN_PRECISION",
        /// Nobody can tell: the first has no date, or another quote has none.
        Unknown = "UNKNOWN",
    }
}

impl FirstQuotePrecision {
    /// Of a first quote that has a date or not, so many quotes that are not certainly later (itself
    /// among them), and so many of these without a date.
    pub fn of(is_dated: bool, candidates: i64, undated: i64) -> Self {
        match () {
            () if !is_dated || undated > 0 => Self::Unknown,
            () if candidates > 1 => Self::TieWithinPrecision,
            () => Self::Exact,
        }
    }
}

vocabulary! {
    /// How a statement stands to another one.
    StatementRelationKind {
        /// The same words, once blanks do not count either, given to another source. The marks in numbers
        /// count: "2.5" is not "25".
        SameWords = "SAME_WORDS",
        /// Nearly the same words from beginning to end: another wording, edit or translation of one
        /// utterance.
        VariantOf = "VARIANT_OF",
        /// A part of the other's words.
        ExcerptOf = "EXCERPT_OF",
        /// The other is a part of these words.
        HasExcerpt = "HAS_EXCERPT",
    }
}

impl StatementRelationKind {
    /// The same, seen from the other statement.
    pub fn inverse(self) -> Self {
        match self {
            Self::ExcerptOf => Self::HasExcerpt,
            Self::HasExcerpt => Self::ExcerptOf,
            same => same,
        }
    }
}

vocabulary! {
    /// Who says that two statements are related.
    StatementRelationState {
        /// The words alone suggest it.
        Suggested = "SUGGESTED",
        /// A person has confirmed it.
        Confirmed = "CONFIRMED",
        /// A person has rejected it.
        Rejected = "REJECTED",
    }
}

/// How few words may be an excerpt, unchanged and with changes.
const EXCERPT: usize = 5;
const CHANGED_EXCERPT: usize = 8;
/// How few words may be a variant of others.
const VARIANT: usize = 4;
/// The smallest part of the words that must be the same.
const ALIKE: f64 = 0.7;
const ALIKE_IN_PART: f64 = 0.8;
/// How alike words must be for two sources of them to contradict each other.
const SAME: f64 = 0.9;
/// How many pairs of words two texts may have to be compared word by word.
const PAIRS: usize = 250_000;

/// How the words of one text stand to another's, and how much of them is the same, from 0 to 1.
/// `None` where they are not alike.
pub fn relation(one: &str, other: &str) -> Option<(StatementRelationKind, f64)> {
    use StatementRelationKind::{ExcerptOf, HasExcerpt, SameWords, VariantOf};
    // Some extractors put blanks where none were printed: "It `s" for "It's".
    if has_same_letters(one, other) {
        return Some((SameWords, 1.0));
    }
    let (one, other) = (words(one), words(other));
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    let (short, long, excerpt) = match one.len() <= other.len() {
        true => (one, other, ExcerptOf),
        false => (other, one, HasExcerpt),
    };
    if short.len() >= EXCERPT && long.windows(short.len()).any(|part| part == short) {
        return Some((excerpt, 1.0));
    }
    if short.len().saturating_mul(long.len()) > PAIRS {
        return None;
    }
    let part = |changes: usize, of: usize| {
        // Texts have some thousand words at most.
        let (changes, of) = (u32::try_from(changes).ok()?, u32::try_from(of).ok()?);
        Some(1.0 - f64::from(changes) / f64::from(of.max(1)))
    };
    let whole = part(changes(&short, &long, false), long.len())?;
    if short.len() >= VARIANT && whole >= ALIKE {
        return Some((VariantOf, whole));
    }
    let within = part(changes(&short, &long, true), short.len())?;
    (short.len() >= CHANGED_EXCERPT && within >= ALIKE_IN_PART).then_some((excerpt, within))
}

/// How many words have to be changed, left out or put in to make one text of the other, or of that
/// part of it which is nearest.
fn changes(short: &[&str], long: &[&str], part: bool) -> usize {
    let mut before: Vec<usize> = (0..=long.len()).map(|at| if part { 0 } else { at }).collect();
    for (row, word) in short.iter().enumerate() {
        let mut now = Vec::with_capacity(before.len());
        now.push(row + 1);
        for ((other, diagonal), above) in long.iter().zip(&before).zip(before.iter().skip(1)) {
            let left = now.last().copied().unwrap_or(row + 1);
            let change = diagonal + usize::from(word != other);
            now.push(change.min(above + 1).min(left + 1));
        }
        before = now;
    }
    let least = if part { before.iter().min() } else { before.last() };
    least.copied().unwrap_or(short.len())
}

/// Whose words a statement is said to be.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The speaker, by id and name.
    pub speaker: Option<(Id, &'a str)>,
    /// The organisation.
    pub organisation: Option<Id>,
}

impl Source<'_> {
    /// Whether not both can be right: two speakers who do not go by forms of one name; an
    /// organisation and somebody of another one. Who names nobody contradicts nobody, and an unnamed
    /// source may be whoever is named elsewhere, save of another organisation.
    pub fn contradicts(&self, other: &Self) -> bool {
        match (&self.speaker, &other.speaker) {
            (Some((one, name)), Some((two, known))) => {
                let form = |one: &str, other: &str| NamedSpeaker::read(one).is(other);
                one != two && !form(name, known) && !form(known, name)
            }
            _ => match (self.organisation, other.organisation) {
                (Some(one), Some(two)) => one != two,
                _ => false,
            },
        }
    }
}

/// Whether a relation is one of the same words, so that two sources of them contradict each other.
pub fn is_same(kind: StatementRelationKind, score: f64) -> bool {
    match kind {
        StatementRelationKind::SameWords => true,
        StatementRelationKind::VariantOf => score >= SAME,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::StatementRelationKind::{ExcerptOf, HasExcerpt, SameWords, VariantOf};
    use super::*;
    use crate::domain::id::Kind;
    use proptest::prelude::*;

    const WHOLE: &str = "The harbour stays open all winter, and whoever says that it will be closed \
                         has not asked anybody who works there.";

    fn kind(one: &str, other: &str) -> Option<StatementRelationKind> {
        let found = relation(one, other);
        let back = relation(other, one);
        assert_eq!(found.map(|(kind, score)| (kind.inverse(), score)), back, "{one} / {other}");
        found.map(|(kind, _)| kind)
    }

    #[test]
    fn blanks_in_words_do_not_make_others() {
        assert_eq!(kind("It's a well-kept secret.", "It `s a well - kept secret"), Some(SameWords));
        assert_ne!(kind("It's a secret", "It is a secret"), Some(SameWords));
        assert_ne!(kind("It rose by 2.5 metres", "It rose by 25 metres"), Some(SameWords));
        assert_ne!(kind("It is -5 degrees", "It is 5 degrees"), Some(SameWords));
    }

    #[test]
    fn a_part_is_an_excerpt() {
        assert_eq!(kind("The harbour stays open all winter", WHOLE), Some(ExcerptOf));
        assert_eq!(kind(WHOLE, "the harbour stays open all winter"), Some(HasExcerpt));
        // Few words are anybody's.
        assert_eq!(kind("all winter", WHOLE), None);
    }

    #[test]
    fn a_part_with_a_word_changed_is_one_too() {
        let changed = "whoever says that it shall be closed has not asked anybody";
        assert_eq!(kind(changed, WHOLE), Some(ExcerptOf));
        assert!(relation(changed, WHOLE).is_some_and(|(_, score)| score < 1.0));
    }

    #[test]
    fn another_wording_is_a_variant() {
        let other = WHOLE.replace("stays", "will stay").replace("anybody", "a single person");
        assert_eq!(kind(&other, WHOLE), Some(VariantOf));
        assert_eq!(kind("Nobody has ever asked me about the harbour in winter", WHOLE), None);
    }

    #[test]
    fn what_cannot_both_be_right_contradicts() {
        let id = |kind, name: &str| Id::derive(kind, &[name.as_bytes()]);
        let person = |name: &'static str| Source {
            speaker: Some((id(Kind::Speaker, name), name)),
            organisation: None,
        };
        let unnamed = |at: Option<&str>| Source {
            speaker: None,
            organisation: at.map(|name| id(Kind::Organisation, name)),
        };
        let both = |one: &Source<'_>, other: &Source<'_>| {
            assert_eq!(one.contradicts(other), other.contradicts(one));
            one.contradicts(other)
        };
        assert!(both(&person("Ada Quill"), &person("Tobit Marsh")));
        assert!(!both(&person("Ada Quill"), &person("President Ada Quill")));
        assert!(!both(&person("Ada Quill"), &unnamed(Some("office"))));
        assert!(both(&unnamed(Some("office")), &unnamed(Some("harbour"))));
        assert!(!both(&unnamed(None), &unnamed(Some("harbour"))));
    }

    #[test]
    fn the_first_is_told_as_surely_as_dates_are() {
        use FirstQuotePrecision as P;
        assert_eq!(P::of(true, 1, 0), P::Exact);
        assert_eq!(P::of(true, 2, 0), P::TieWithinPrecision);
        assert_eq!(P::of(true, 2, 1), P::Unknown);
        assert_eq!(P::of(false, 1, 1), P::Unknown);
    }

    proptest! {
        #[test]
        fn the_nearest_part_is_no_further_than_the_whole(
            one in prop::collection::vec("[abc]", 1..9), other in prop::collection::vec("[abc]", 1..9)
        ) {
            let one: Vec<&str> = one.iter().map(String::as_str).collect();
            let other: Vec<&str> = other.iter().map(String::as_str).collect();
            prop_assert!(changes(&one, &other, true) <= changes(&one, &other, false));
            prop_assert_eq!(changes(&one, &other, false), changes(&other, &one, false));
            prop_assert_eq!(changes(&one, &one, false), 0);
        }
    }
}
