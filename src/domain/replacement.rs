//! Which quotes of an article a new reading of the whole article is about, so that a citation goes
//! on where the words are the same and merely stand in another place.

use std::collections::{HashMap, HashSet};

use super::id::{Id, digest};

/// A quote's folded words ([`text::words`](super::text::words)) in its article, as a digest.
pub type Words = [u8; 16];

/// The digest of these folded words in this article.
pub fn words_in(article: Id, words: &str) -> Words {
    digest(&[article.as_bytes(), words.as_bytes()])
}

/// A quote that the article has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its id.
    pub id: Id,
    /// Whether it may be another one's by its words: the same extractor found it, and this reading
    /// of the article did not find it yet.
    pub open: bool,
    /// Its words, as this extractor has them.
    pub words: Vec<Words>,
    /// Whom this extractor gave them to.
    pub speaker: Option<String>,
    /// Where they stood, in the reading order.
    pub place: i64,
}

impl Standing {
    /// One of which nothing matters but that its id is taken.
    pub fn made(id: Id) -> Self {
        Self { id, open: false, words: Vec::new(), speaker: None, place: i64::MAX }
    }
}

/// Words that an extractor finds in the article now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The id that they derive.
    pub derived: Id,
    /// Which quote what derives this id is, by what is known already.
    pub moved: Option<Id>,
    /// The words.
    pub words: Words,
    /// To whom they are given.
    pub speaker: Option<String>,
    /// Where they stand, in the reading order.
    pub place: i64,
}

/// The quote that each of these is, by the id that it derives; each another one. First whoever
/// derives a quote's own id, then what is known, then the same words: those of the same speaker
/// before others, each in the order of their places. What is left is new, and gets the id that it
/// derives.
pub fn assign(standing: &[Standing], found: &[Found]) -> HashMap<Id, Id> {
    let mut found: Vec<&Found> = found.iter().collect();
    found.sort_by_key(|one| (one.place, one.derived));
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.derived));
    let mut standing: Vec<&Standing> = standing.iter().collect();
    standing.sort_by_key(|one| (one.place, one.id));

    let ids: HashSet<Id> = standing.iter().map(|one| one.id).collect();
    let mut assigned: HashMap<Id, Id> = HashMap::new();
    let mut taken = HashSet::new();
    for one in found.iter().filter(|one| ids.contains(&one.derived)) {
        taken.insert(one.derived);
        assigned.insert(one.derived, one.derived);
    }
    for one in &found {
        let known =
            one.moved.filter(|id| !assigned.contains_key(&one.derived) && !seen.contains(id));
        if let Some(id) = known.filter(|&id| taken.insert(id)) {
            assigned.insert(one.derived, id);
        }
    }
    let mut open: HashMap<Words, Vec<&Standing>> = HashMap::new();
    for one in standing.into_iter().filter(|one| one.open) {
        for words in &one.words {
            open.entry(*words).or_default().push(one);
        }
    }
    for any_speaker in [false, true] {
        for one in &found {
            let Some(same) = open.get(&one.words) else { continue };
            if assigned.contains_key(&one.derived) {
                continue;
            }
            let fits = |other: &&&Standing| {
                !taken.contains(&other.id) && (any_speaker || other.speaker == one.speaker)
            };
            if let Some(id) = same.iter().find(fits).map(|other| other.id) {
                taken.insert(id);
                assigned.insert(one.derived, id);
            }
        }
    }
    for one in &found {
        assigned.entry(one.derived).or_insert(one.derived);
    }
    assigned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Kind;
    use proptest::prelude::*;
    use proptest::sample::{select, subsequence};

    fn article() -> Id {
        Id::derive(Kind::Article, &[b"a"])
    }

    fn id(words: &str, place: i64) -> Id {
        let place = place.to_le_bytes();
        Id::derive_within(Kind::Quote, article(), &[words.as_bytes(), &place])
    }

    fn found(words: &str, speaker: &str, place: i64) -> Found {
        Found {
            derived: id(words, place),
            moved: None,
            words: words_in(article(), words),
            speaker: Some(speaker.to_owned()),
            place,
        }
    }

    fn standing(words: &str, speaker: &str, place: i64) -> Standing {
        let Found { derived, words, speaker, place, .. } = found(words, speaker, place);
        Standing { id: derived, open: true, words: vec![words], speaker, place }
    }

    #[test]
    fn shifted_words_keep_their_ids_in_order() {
        let before = [standing("yes", "A", 10), standing("yes", "A", 20), standing("no", "A", 30)];
        let now = [found("yes", "A", 15), found("yes", "A", 25), found("maybe", "A", 35)];
        let assigned = assign(&before, &now);
        assert_eq!(assigned[&now[0].derived], before[0].id);
        assert_eq!(assigned[&now[1].derived], before[1].id);
        assert_eq!(assigned[&now[2].derived], now[2].derived);
    }

    #[test]
    fn the_same_speaker_comes_before_the_same_place_in_the_order() {
        let before = [standing("yes", "A", 10), standing("yes", "B", 20)];
        let now = [found("yes", "B", 15), found("yes", "A", 25)];
        let assigned = assign(&before, &now);
        assert_eq!(assigned[&now[0].derived], before[1].id);
        assert_eq!(assigned[&now[1].derived], before[0].id);
    }

    #[test]
    fn its_own_id_comes_before_anything_else() {
        let before = [standing("yes", "A", 10), standing("yes", "A", 20)];
        let now = [found("yes", "A", 20), found("yes", "A", 30)];
        let assigned = assign(&before, &now);
        assert_eq!(assigned[&now[0].derived], before[1].id);
        assert_eq!(assigned[&now[1].derived], before[0].id);
        // When the words are back where the first one stood, that is the first one again.
        let moved = Found { moved: Some(before[0].id), ..now[1].clone() };
        let assigned = assign(&before, &[found("yes", "A", 10), now[0].clone(), moved.clone()]);
        assert_eq!(assigned[&id("yes", 10)], before[0].id);
        assert_eq!(assigned[&moved.derived], moved.derived);
    }

    /// Some words, by some speakers, in places of their own.
    fn quotes() -> impl Strategy<Value = Vec<(&'static str, &'static str, i64)>> {
        let places: Vec<i64> = (0..12).collect();
        subsequence(places, 0..8).prop_flat_map(|places| {
            let one = |place| (select(vec!["yes", "no"]), select(vec!["A", "B"]), Just(place));
            places.into_iter().map(one).collect::<Vec<_>>()
        })
    }

    proptest! {
        #[test]
        fn each_is_one_quote_of_its_words_and_again_the_same(
            before in quotes(), now in quotes().prop_flat_map(|now| (Just(now.clone()), Just(now).prop_shuffle())),
        ) {
            let (now, shuffled) = now;
            let before: Vec<Standing> = before.into_iter().map(|(w, s, p)| standing(w, s, p)).collect();
            let of = |quotes: Vec<(&str, &str, i64)>| -> Vec<Found> {
                quotes.into_iter().map(|(w, s, p)| found(w, s, p)).collect()
            };
            let (now, shuffled) = (of(now), of(shuffled));
            let assigned = assign(&before, &now);
            prop_assert_eq!(&assigned, &assign(&before, &shuffled));
            prop_assert_eq!(assigned.len(), now.len());
            prop_assert_eq!(assigned.values().collect::<HashSet<_>>().len(), now.len());
            let mut after = before.clone();
            for one in &now {
                let id = assigned[&one.derived];
                match after.iter_mut().find(|other| other.id == id) {
                    Some(other) => {
                        prop_assert!(other.words.contains(&one.words));
                        other.place = one.place;
                    }
                    // New words, or more of them than there were.
                    None => {
                        let taken = |o: &&Standing| o.words.contains(&one.words)
                            && !assigned.values().any(|id| *id == o.id);
                        prop_assert!(before.iter().find(taken).is_none());
                        after.push(Standing { id, open: true, words: vec![one.words],
                            speaker: one.speaker.clone(), place: one.place });
                    }
                }
            }
            let again: Vec<Found> = now.iter().map(|one| {
                let moved = Some(assigned[&one.derived]).filter(|id| *id != one.derived);
                Found { moved, ..one.clone() }
            }).collect();
            prop_assert_eq!(assign(&after, &again), assigned);
        }
    }
}
