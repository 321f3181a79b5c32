//! How well a text answers a search: one formula for every database, of the text and the search alone.

use super::find::{Agreement, Found, Text};
use super::query::Query;

impl Query {
    /// How well a text answers the search, from 0 to 1000. Half of it is how well its words agree, on
    /// average over the words and phrases that were asked for: the same words 1, the same stem 0.8, the
    /// same beginning 0.6, not found 0. Three tenths are how near to each other they stand: 1 side by
    /// side. Two tenths are how much of the text they are, by its square root.
    pub fn score(&self, text: &Text<'_>) -> u16 {
        let wanted = self.wanted();
        let found: Vec<Vec<Found>> = wanted.iter().map(|term| text.places(term)).collect();
        let best = |places: &Vec<Found>| {
            places.iter().map(|place| place.how).max().map_or(0.0, |how| match how {
                Agreement::Equal => 1.0,
                Agreement::Stem => 0.8,
                Agreement::Begins => 0.6,
            })
        };
        if found.iter().all(Vec::is_empty) {
            return 0;
        }
        let agreement = found.iter().map(best).sum::<f64>() / count(found.len());
        let mut words = vec![false; text.len()];
        for place in found.iter().flatten() {
            words[place.words.clone()].fill(true);
        }
        let part = count(words.iter().filter(|word| **word).count()) / count(words.len());
        let score = 500.0 * agreement + 300.0 * nearness(&found) + 200.0 * part.sqrt();
        // It lies between 0 and 1000.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
        let score = score.round() as u16;
        score
    }
}

/// The words that were found of all terms, by the words of the shortest stretch with each of them.
fn nearness(found: &[Vec<Found>]) -> f64 {
    let found: Vec<&Vec<Found>> = found.iter().filter(|places| !places.is_empty()).collect();
    let own: usize = found.iter().filter_map(|places| places.first()).map(|p| p.words.len()).sum();
    let mut at = vec![0; found.len()];
    let mut shortest = usize::MAX;
    // Whichever begins first moves on, until one has no further place.
    loop {
        let places = found.iter().zip(&at).map(|(places, &at)| places.get(at));
        let Some(places) = places.collect::<Option<Vec<&Found>>>() else { break };
        let begin = places.iter().map(|place| place.words.start).min().unwrap_or_default();
        let end = places.iter().map(|place| place.words.end).max().unwrap_or_default();
        shortest = shortest.min(end - begin);
        let first = places.iter().position(|place| place.words.start == begin).unwrap_or_default();
        match at.get_mut(first) {
            Some(at) => *at += 1,
            None => break,
        }
    }
    (count(own) / count(shortest)).min(1.0)
}

fn count(number: usize) -> f64 {
    // Texts have fewer words than 2^32.
    f64::from(u32::try_from(number.max(1)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score(search: &str, text: &str) -> u16 {
        Query::read(search).score(&Text::of(text, Some("en")))
    }

    #[test]
    fn the_better_answer_has_the_higher_score() {
        let best_first = [
            "Peace talks",
            "The peace talks failed",
            "The peace talk failed",
            "There can be no talks about any peace at all",
            "The talks failed",
        ];
        assert_eq!(score("peace talks", best_first[0]), 1000);
        assert!(best_first.is_sorted_by_key(|text| std::cmp::Reverse(score("peace talks", text))));
        assert_eq!(score("war", "peace"), 0);
        assert_eq!(score("-war", "peace"), 0);
    }

    proptest! {
        #[test]
        fn a_score_is_a_part(search in "[a-c \"*()-]{0,20}", text in "[a-c ]{0,40}") {
            prop_assert!(score(&search, &text) <= 1000);
        }
    }
}
