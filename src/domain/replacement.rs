//! Which quotes of an article a new reading of the whole article is about, so that a citation goes
//! on where the words are the same and merely stand in another place.

use std::collections::{HashMap, HashSet};

use super::id::{Id, Kind, digest};

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
    /// Whom this extractor gave them to, in each of its readings that names somebody.
    pub speakers: Vec<String>,
    /// Where they stood, in the reading order.
    pub place: i64,
}

impl Standing {
    /// One of which nothing matters but that its id is taken.
    pub fn made(id: Id) -> Self {
        Self { id, open: false, words: Vec::new(), speakers: Vec::new(), place: i64::MAX }
    }

    /// Whether this is somebody else's than what was found.
    fn contradicts(&self, one: &Found) -> bool {
        let is_other = |speaker| !self.speakers.is_empty() && !self.speakers.contains(speaker);
        one.speaker.as_ref().is_some_and(is_other)
    }

    /// Whether both are of the same speaker, or of none.
    fn is_of_the_speaker_of(&self, one: &Found) -> bool {
        match &one.speaker {
            Some(speaker) => self.speakers.contains(speaker),
            None => self.speakers.is_empty(),
        }
    }

    /// Whether what derives its id may be it, though somebody else says it: an attribution that was
    /// corrected, or another row about it. One that this reading found elsewhere is not there any more.
    fn may_be_corrected_by(&self, one: &Found) -> bool {
        self.open || self.speakers.is_empty() || self.place == one.place
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

impl Found {
    /// Which quote they are, unless it is somebody else's.
    fn known(&self) -> Id {
        self.moved.unwrap_or(self.derived)
    }

    /// An id of their own where that which they derive is another quote's.
    fn other_id(&self, is_free: impl Fn(Id) -> bool) -> Id {
        let mut id = self.derived;
        while !is_free(id) {
            id = Id::derive_within(Kind::Quote, self.derived, &[id.as_bytes()]);
        }
        id
    }
}

/// The quote that each of these is, by the id that it derives; each another one. First what is known:
/// its own id, then what was found before, unless that is somebody else's. Then the same words of the
/// same speaker, since a citation names a person before a place. Then what is known, though somebody
/// else says it now, and the same words of anybody; each in the order of their places. What is left is
/// new, and gets the id that it derives, or another one where that is a quote's.
pub fn assign(standing: &[Standing], found: &[Found]) -> HashMap<Id, Id> {
    let mut found: Vec<&Found> = found.iter().collect();
    found.sort_by_key(|one| (one.place, one.derived, &one.speaker));
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.derived));
    let mut standing: Vec<&Standing> = standing.iter().collect();
    standing.sort_by_key(|one| (one.place, one.id));

    let mut there: HashMap<Id, Vec<&Standing>> = HashMap::new();
    let mut open: HashMap<Words, Vec<&Standing>> = HashMap::new();
    for one in standing {
        there.entry(one.id).or_default().push(one);
        for words in one.words.iter().filter(|_| one.open) {
            open.entry(*words).or_default().push(one);
        }
    }
    let mut assigned = Assigned::default();
    let (own, moved): (Vec<&Found>, Vec<&Found>) =
        found.iter().partition(|one| one.known() == one.derived);
    for one in own.into_iter().chain(moved) {
        let id = one.known();
        let is_its = match there.get(&id) {
            Some(standing) => !standing.iter().any(|other| other.contradicts(one)),
            // What is not there yet is whose own it is.
            None => !seen.contains(&id),
        };
        if is_its {
            assigned.give(one, id);
        }
    }
    let same = |one: &Found, assigned: &Assigned, fits: fn(&Standing, &Found) -> bool| {
        let mut same = open.get(&one.words).into_iter().flatten();
        same.find(|other| assigned.is_free(other.id) && fits(other, one)).map(|other| other.id)
    };
    for one in &found {
        if let Some(id) = same(one, &assigned, Standing::is_of_the_speaker_of) {
            assigned.give(one, id);
        }
    }
    for one in &found {
        let corrected = there.get(&one.known()).into_iter();
        if corrected.flatten().any(|other| other.may_be_corrected_by(one)) {
            assigned.give(one, one.known());
        }
    }
    for one in &found {
        if let Some(id) = same(one, &assigned, |_, _| true) {
            assigned.give(one, id);
        }
    }
    for one in &found {
        let id = one.other_id(|id| assigned.is_free(id) && !there.contains_key(&id));
        assigned.give(one, id);
    }
    assigned.quotes
}

/// The quotes by the ids that are derived, each given once.
#[derive(Default)]
struct Assigned {
    quotes: HashMap<Id, Id>,
    taken: HashSet<Id>,
}

impl Assigned {
    fn is_free(&self, id: Id) -> bool {
        !self.taken.contains(&id)
    }

    /// Gives an id that is free to whoever has none.
    fn give(&mut self, one: &Found, id: Id) {
        if !self.quotes.contains_key(&one.derived) && self.taken.insert(id) {
            self.quotes.insert(one.derived, id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        Standing {
            id: derived,
            open: true,
            words: vec![words],
            speakers: speaker.into_iter().collect(),
            place,
        }
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

    #[test]
    fn the_same_speaker_comes_before_the_derived_id() {
        let before = [standing("yes", "A", 10), standing("yes", "B", 50)];
        let now = [found("yes", "B", 10), found("yes", "A", 90)];
        let assigned = assign(&before, &now);
        assert_eq!(assigned[&now[0].derived], before[1].id);
        assert_eq!(assigned[&now[1].derived], before[0].id);
        // Where the place of A's words is B's now, A's id goes with A, and B gets one of its own.
        let assigned = assign(&before[..1], &now);
        assert_eq!(assigned[&now[1].derived], before[0].id);
        assert!(![before[0].id, now[1].derived].contains(&assigned[&now[0].derived]));
        assert_eq!(assigned[&now[0].derived].kind(), Some(Kind::Quote));
        // Where A does not say it any more, the attribution was corrected.
        let assigned = assign(&before[..1], &now[..1]);
        assert_eq!(assigned[&now[0].derived], before[0].id);
        // What this reading found elsewhere already is no correction.
        let elsewhere = Standing { open: false, place: 90, ..before[0].clone() };
        let assigned = assign(std::slice::from_ref(&elsewhere), &now[..1]);
        assert_ne!(assigned[&now[0].derived], before[0].id);
        let again = Standing { place: 10, ..elsewhere };
        assert_eq!(assign(&[again], &now[..1])[&now[0].derived], before[0].id);
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
            // Nobody loses an id to somebody else where there is one of theirs.
            let key = |words: &Words, speaker: &Option<String>| (*words, speaker.clone());
            let mut theirs: HashMap<_, [usize; 3]> = HashMap::new();
            for one in &before {
                theirs.entry(key(&one.words[0], &one.speakers.first().cloned())).or_default()[0] += 1;
            }
            for one in &now {
                let counts = theirs.entry(key(&one.words, &one.speaker)).or_default();
                counts[1] += 1;
                let is_same = |it: &&Standing| it.id == assigned[&one.derived] && it.is_of_the_speaker_of(one);
                counts[2] += usize::from(before.iter().any(|it| is_same(&it)));
            }
            for [stood, stand, kept] in theirs.into_values() {
                prop_assert_eq!(kept, stood.min(stand));
            }
            let mut after = before.clone();
            for one in &now {
                let id = assigned[&one.derived];
                match after.iter_mut().find(|other| other.id == id) {
                    Some(other) => {
                        prop_assert!(other.words.contains(&one.words));
                        other.place = one.place;
                        other.speakers = one.speaker.iter().cloned().collect();
                    }
                    // New words, or more of them than there were.
                    None => {
                        let taken = |o: &&Standing| o.words.contains(&one.words)
                            && !assigned.values().any(|id| *id == o.id);
                        prop_assert!(before.iter().find(taken).is_none());
                        after.push(Standing { id, open: true, words: vec![one.words],
                            speakers: one.speaker.iter().cloned().collect(), place: one.place });
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
