//! How likely two speakers, or two organisations, are one: what speaks for it, and how much.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::Id;

vocabulary! {
    /// What speaks for two being one.
    MergeEvidenceKind {
        /// Both have the same settled Wikidata id.
        SameWikidataId = "SAME_WIKIDATA_ID",
        /// The settled Wikidata id of one is among those that extractors think possible for the other.
        WikidataCandidate = "WIKIDATA_CANDIDATE",
        /// Extractors think the same Wikidata ids possible for both.
        SharedCandidate = "SHARED_CANDIDATE",
        /// Both have the same name, case and accents apart.
        SameName = "SAME_NAME",
        /// The one name leaves out words in the middle that the other has, or gives initials.
        NameVariant = "NAME_VARIANT",
        /// Both are printed under the same name, which is not the name of both.
        SameAlias = "SAME_ALIAS",
        /// Both spoke for the same organisation.
        SameOrganisation = "SAME_ORGANISATION",
    }
}

/// Something that speaks for two being one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeEvidence {
    /// What it is.
    pub kind: MergeEvidenceKind,
    /// What both have: Wikidata ids, folded names, names of organisations.
    pub values: Vec<String>,
}

/// A speaker or an organisation, as far as it can be compared with another.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// The folded name.
    pub name: String,
    /// The other folded names.
    pub aliases: BTreeSet<String>,
    /// The settled Wikidata id.
    pub wikidata: Option<String>,
    /// The Wikidata ids that extractors think possible.
    pub possible: BTreeSet<String>,
    /// The key in the vocabulary, of an organisation that it lists.
    pub listed: Option<String>,
    /// Those for whom the speaker spoke.
    pub organisations: BTreeMap<Id, String>,
}

/// Two that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// How likely, in hundredths from 0 to 100.
    pub score: u8,
    /// What speaks for it, the strongest first.
    pub evidence: Vec<MergeEvidence>,
}

/// The score that speaking for the same organisation adds at most, in hundredths of what is open.
pub const SAME_ORGANISATION: u8 = 50;

/// Compares two; `None` where nothing speaks for their being one, or where they are two for
/// certain: namesakes with a Wikidata id each, or two entries of the vocabulary.
///
/// Each evidence takes its part of the doubt that is left. A name of one word says less than a full
/// one; one of several possible Wikidata ids says less than the only one.
pub fn compare(one: &Profile, other: &Profile) -> Option<Likeness> {
    let mut found: Vec<(u8, MergeEvidence)> = Vec::new();
    let mut add = |weight: u8, kind: MergeEvidenceKind, values: Vec<String>| {
        if !values.is_empty() {
            found.push((weight, MergeEvidence { kind, values }));
        }
    };
    match (&one.wikidata, &other.wikidata) {
        (Some(mine), Some(theirs)) if mine != theirs => return None,
        (Some(item), Some(_)) => {
            add(95, MergeEvidenceKind::SameWikidataId, vec![item.clone()]);
        }
        (Some(item), None) => add_possible(item, other, &mut add),
        (None, Some(item)) => add_possible(item, one, &mut add),
        (None, None) => {
            if one.listed.is_some() && other.listed.is_some() {
                return None;
            }
            let both: Vec<String> = one.possible.intersection(&other.possible).cloned().collect();
            let most = one.possible.len().max(other.possible.len());
            add(part(70, most), MergeEvidenceKind::SharedCandidate, both);
        }
    }
    if one.name == other.name {
        let weight = if is_full(&one.name) { 60 } else { 25 };
        add(weight, MergeEvidenceKind::SameName, vec![one.name.clone()]);
    } else if is_variant(&one.name, &other.name) {
        add(40, MergeEvidenceKind::NameVariant, vec![one.name.clone(), other.name.clone()]);
    }
    let names = |of: &Profile| -> BTreeSet<String> {
        of.aliases.iter().chain([&of.name]).filter(|name| !name.is_empty()).cloned().collect()
    };
    let mut both: Vec<String> = names(one).intersection(&names(other)).cloned().collect();
    both.retain(|name| !(one.name == other.name && *name == one.name));
    let weight = if both.iter().any(|name| is_full(name)) { 50 } else { 20 };
    add(weight, MergeEvidenceKind::SameAlias, both);
    if found.is_empty() {
        return None;
    }
    let theirs = &other.organisations;
    let same = one.organisations.iter().filter(|(id, _)| theirs.contains_key(id));
    let same: Vec<String> = same.map(|(_, name)| name.clone()).collect();
    if !same.is_empty() {
        let evidence = MergeEvidence { kind: MergeEvidenceKind::SameOrganisation, values: same };
        found.push((SAME_ORGANISATION, evidence));
    }
    found.sort_by_key(|(weight, evidence)| (std::cmp::Reverse(*weight), evidence.kind));
    let doubt = found
        .iter()
        .fold(10_000_u32, |doubt, (weight, _)| doubt * (100 - u32::from(*weight)) / 100);
    Some(Likeness {
        score: 100 - u8::try_from(doubt.div_ceil(100)).unwrap_or(100),
        evidence: found.into_iter().map(|(_, evidence)| evidence).collect(),
    })
}

fn add_possible(
    item: &str,
    open: &Profile,
    add: &mut impl FnMut(u8, MergeEvidenceKind, Vec<String>),
) {
    if open.possible.contains(item) {
        let weight = part(70, open.possible.len());
        add(weight, MergeEvidenceKind::WikidataCandidate, vec![item.to_owned()]);
    }
}

/// A weight shared among so many.
fn part(weight: u8, among: usize) -> u8 {
    weight / u8::try_from(among.max(1)).unwrap_or(u8::MAX)
}

/// Whether a folded name has more than one word.
fn is_full(name: &str) -> bool {
    name.contains(' ')
}

/// Whether two different folded names have the same first and last word, and in between one has the
/// words of the other, or their initials, in the same order.
fn is_variant(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let ([first, inner @ .., last], [full_first, full_inner @ .., full_last]) =
        (short.as_slice(), long.as_slice())
    else {
        return false;
    };
    let stands_for = |short: &str, long: &str| {
        short == long
            || (short.chars().count() == 1 && long.starts_with(short))
            || (long.chars().count() == 1 && short.starts_with(long))
    };
    let mut left = full_inner.iter();
    first == full_first
        && last == full_last
        && inner.iter().all(|word| left.any(|full| stands_for(word, full)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Kind;

    fn named(name: &str) -> Profile {
        Profile { name: name.to_owned(), ..Profile::default() }
    }

    fn kinds(one: &Profile, other: &Profile) -> Vec<MergeEvidenceKind> {
        assert_eq!(
            compare(one, other),
            compare(other, one).map(|mut likeness| {
                // Which of two names stands first is all that the order decides.
                likeness.evidence.iter_mut().for_each(|evidence| {
                    if evidence.kind == MergeEvidenceKind::NameVariant {
                        evidence.values.reverse();
                    }
                });
                likeness
            })
        );
        let evidence = compare(one, other).map(|likeness| likeness.evidence).unwrap_or_default();
        evidence.into_iter().map(|evidence| evidence.kind).collect()
    }

    #[test]
    fn namesakes_with_a_wikidata_id_each_are_two() {
        let settled =
            |item: &str| Profile { wikidata: Some(item.to_owned()), ..named("ada quill") };
        assert_eq!(compare(&settled("Q1"), &settled("Q2")), None);
        assert_eq!(
            kinds(&settled("Q1"), &settled("Q1")),
            [MergeEvidenceKind::SameWikidataId, MergeEvidenceKind::SameName]
        );
        assert_eq!(kinds(&settled("Q1"), &named("ada quill")), [MergeEvidenceKind::SameName]);
    }

    #[test]
    fn two_entries_of_the_vocabulary_are_two() {
        let listed = |key: &str| Profile { listed: Some(key.to_owned()), ..named("ministry") };
        assert_eq!(compare(&listed("gb"), &listed("fr")), None);
        assert!(compare(&listed("gb"), &named("ministry")).is_some());
    }

    #[test]
    fn more_evidence_is_never_less_sure() {
        let office = (Id::derive(Kind::Organisation, &[b"office"]), "Office".to_owned());
        let other = named("ada quill");
        let mut one = named("ada quill");
        let alone = compare(&one, &other).map(|likeness| likeness.score);
        one.organisations.extend([office.clone()]);
        assert_eq!(compare(&one, &other).map(|likeness| likeness.score), alone);
        let other = Profile { organisations: BTreeMap::from([office]), ..other };
        assert!(compare(&one, &other).map(|likeness| likeness.score) > alone);
        // An organisation alone makes nobody one.
        one.name = "tobit marsh".to_owned();
        assert_eq!(compare(&one, &other), None);
    }

    #[test]
    fn a_surname_says_less_than_a_name() {
        let score = |name: &str| compare(&named(name), &named(name)).map(|l| l.score);
        assert!(score("quill") < score("ada quill"));
    }

    #[test]
    fn one_of_many_possible_persons_says_less_than_the_only_one() {
        let settled = Profile { wikidata: Some("Q1".to_owned()), ..named("ada quill") };
        let possible = |items: &[&str]| Profile {
            possible: items.iter().map(|&item| item.to_owned()).collect(),
            ..named("a quill")
        };
        let score = |items| compare(&settled, &possible(items)).map(|l| l.score);
        assert!(score(&["Q1", "Q2", "Q3"]) < score(&["Q1"]));
        assert_eq!(score(&["Q2"]), None);
    }

    #[test]
    fn middle_names_may_be_left_out_or_be_initials() {
        let are = |one: &str, other: &str| is_variant(one, other) && is_variant(other, one);
        assert!(are("john kennedy", "john f kennedy"));
        assert!(are("john f kennedy", "john fitzgerald kennedy"));
        assert!(!are("john f kennedy", "john robert kennedy"));
        assert!(!are("john kennedy", "robert kennedy"));
        assert!(!are("kennedy", "john kennedy"));
    }
}
