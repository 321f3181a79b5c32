//! The numbers under which a text is found by others that share words with it.

use std::ops::Range;

use super::words::Words;

/// Words in a shingle.
const LENGTH: usize = 3;

/// Of so many neighbouring shingles the one with the smallest number is kept. With three, whatever
/// five words two texts share, they share a number: five words are the shortest excerpt there is.
const WINDOW: usize = 3;

/// Texts of up to so many words keep all their shingles: a changed word leaves them few.
const SHORT: usize = 16;

/// Texts of up to so many words have a number for each two neighbours as well: with one word
/// changed in the middle they may have no three left.
const PAIRED: usize = 10;

/// The shortest run of words that is sure to be found by the numbers.
pub const SURE: usize = LENGTH + WINDOW - 1;

/// The numbers of a text, below 2^63, in rising order, each once: shingles of three words,
/// winnowed, one of the whole text, by which a single word is found too, and in short texts pairs.
///
/// They are stored: a change here needs the index built anew.
pub fn shingles(words: &Words) -> Vec<u64> {
    let mut found = winnowed(words, 0..words.len());
    found.push(whole(words));
    tidy(found)
}

/// The number of a whole text.
pub(super) fn whole(words: &Words) -> u64 {
    finish(words.folds().fold(number(OFFSET, "="), number))
}

/// The shingles of some of the words, those of short stretches all.
pub(super) fn winnowed(words: &Words, part: Range<usize>) -> Vec<u64> {
    if part.len() > SHORT {
        return sure(words, part);
    }
    let mut all = of_rows(words, part.clone(), LENGTH);
    all.extend(pairs(words, part));
    all
}

/// The shingles that every text has which has these words in a row; none of fewer than [`SURE`].
pub(super) fn sure(words: &Words, part: Range<usize>) -> Vec<u64> {
    let least = |window: &[u64]| window.iter().copied().min();
    tidy(of_rows(words, part, LENGTH).windows(WINDOW).filter_map(least).collect())
}

/// The numbers of every two neighbours in short stretches.
pub(super) fn pairs(words: &Words, part: Range<usize>) -> Vec<u64> {
    if part.len() <= PAIRED { of_rows(words, part, 2) } else { Vec::new() }
}

/// The numbers of so many words in a row.
fn of_rows(words: &Words, part: Range<usize>, length: usize) -> Vec<u64> {
    let folds: Vec<&str> = part.map(|at| words.fold(at)).collect();
    let of =
        |shingle: &[&str]| finish(shingle.iter().fold(OFFSET, |state, word| number(state, word)));
    folds.windows(length).map(of).collect()
}

pub(super) fn tidy(mut numbers: Vec<u64>) -> Vec<u64> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// FNV-1a, 64 bits.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// The state after one more word. 0xff stands in no UTF-8 and ends it.
fn number(state: u64, word: &str) -> u64 {
    let step = |state: u64, byte: &u8| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    step(word.as_bytes().iter().fold(state, step), &0xff)
}

/// FNV's low bits are good and its high ones are not: mixed (as SplitMix64 ends), then cut to what
/// a signed column holds.
fn finish(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (state ^ (state >> 31)) >> 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_words_have_equal_numbers() {
        let of = |text: &str| shingles(&Words::of(text));
        assert_eq!(of("\u{201c}We don\u{2019}t know\u{201d}"), of("we dont know"));
        assert_ne!(of("we know"), of("know we"));
        assert_eq!(of("yes").len(), 1);
        assert_eq!(of(" ").len(), 1);
    }

    #[test]
    fn numbers_are_stored_and_stay() {
        assert_eq!(shingles(&Words::of("one two")), PAIR);
    }

    /// Of "one two": the pair and the whole.
    const PAIR: [u64; 2] = [2_769_627_477_681_260_699, 8_139_053_455_222_468_705];

    proptest! {
        #[test]
        fn five_shared_words_share_a_number(
            stored in prop::collection::vec("[a-e]{1,2}", 5..80), from in any::<prop::sample::Index>()
        ) {
            let from = from.index(stored.len() - SURE + 1);
            let asked = Words::of(&stored[from..from + SURE].join(" "));
            let stored = shingles(&Words::of(&stored.join(" ")));
            let asked = winnowed(&asked, 0..SURE);
            prop_assert!(asked.iter().any(|number| stored.binary_search(number).is_ok()));
        }

        #[test]
        fn a_signed_column_holds_them(text in any::<String>()) {
            prop_assert!(shingles(&Words::of(&text)).iter().all(|number| i64::try_from(*number).is_ok()));
        }
    }
}
