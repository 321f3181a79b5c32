//! Words and printed attributions.

use dixit::domain::attribution::split;
use dixit::domain::quotation_marks::take_off;
use dixit::domain::text::{Refused, mended, name_rank, spelling_rank, stored, words};

use super::outcome;

/// Folding twice is folding once; what is mended can be stored, and is stored as it then is.
pub fn text(text: &str) -> u64 {
    let folded = words(text);
    assert_eq!(words(&folded), folded, "folded twice");
    let whole = format!("a{text}");
    let kept = stored(&mended(&whole).0, usize::MAX).unwrap();
    assert_eq!(stored(&kept, usize::MAX).as_ref(), Ok(&kept), "stored twice");
    assert_eq!(words(&kept), words(&mended(&whole).0), "storing changes the words");
    assert!(spelling_rank(text).ends_with(text) && name_rank(text).ends_with(text));
    let refused = match stored(text, 100) {
        Ok(_) => 0,
        Err(Refused::Empty) => 1,
        Err(Refused::Control { .. }) => 2,
        Err(Refused::Bidirectional { .. }) => 3,
        Err(Refused::Tag { .. }) => 4,
        Err(Refused::TooLong { .. }) => 5,
    };
    outcome((refused, folded.is_empty(), folded == text, folded.len().min(40)))
}

/// What is taken apart says nothing that was not printed.
pub fn attribution(text: &str) -> u64 {
    let taken = take_off(text);
    let at = text.char_indices().nth(taken.before).map_or(text.len(), |(at, _)| at);
    assert!(text[at..].starts_with(taken.words), "{taken:?}");
    assert_eq!(take_off(taken.words).words, taken.words, "marks are left");
    let told = split(text);
    if let Some(whole) = &told.attribution {
        assert_eq!(whole, text.trim());
    }
    for part in [&told.speaker, &told.role, &told.organisation].into_iter().flatten() {
        assert!(!part.trim().is_empty(), "{told:?}");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        assert!(letters(part) <= letters(text), "{part:?} is more than was printed");
    }
    let parts = [&told.speaker, &told.role, &told.organisation, &told.attribution];
    let size = |part: &Option<String>| part.as_ref().map(|part| part.split(' ').count().min(4));
    outcome((parts.map(size), taken.kind.as_str(), taken.before))
}
