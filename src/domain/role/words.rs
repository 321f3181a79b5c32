//! The words of titles: heads ("spokesman", "minister") and modifiers ("former", "deputy").

use crate::domain::organisation::lexicon::Lexicon;
use crate::domain::organisation::tsv::rows;
use crate::domain::vocabulary::{Function, Status};
use std::sync::LazyLock;

/// What a head noun says before its neighbours are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// The word alone decides.
    Is(Function),
    President,
    VicePresident,
    Chancellor,
    Chair,
    Chief,
    Leader,
    Director,
    DirectorGeneral,
    ChiefExecutive,
    Minister,
    StateSecretary,
    SecretaryOfState,
    Secretary,
    GeneralSecretary,
    UnderSecretaryGeneral,
    CabinetSecretary,
    Governor,
    GovernorGeneral,
    ChiefOfStaff,
    Commissioner,
    FireChief,
    EuCommissioner,
    Rank,
    RankOrOther,
    Justice,
    Speaker,
    Member,
    Representative,
    Deputy,
    Manager,
    GeneralManager,
    School,
    Union,
    Officer,
    Delegate,
    Staff,
    Contractor,
    Militant,
    /// Near an office but not of it: "source close to …", "confidant of …".
    Outsider,
    /// "defence source": of the body that is printed; a bare source is nobody's.
    Source,
}

/// What a word of a title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    Head(Head),
    Status(Status),
    Deputy,
    Senior,
    Preposition,
    Article,
    And,
    Honorific,
    /// Words without bearing: "international", "chief", "longest-serving".
    Skip,
    /// The level below the state: "local", "provincial".
    Local,
    /// Who is helped by the body or country before it: "UN-backed".
    Backed,
    /// Words that deny the office: "would-be", "fake", "late", "not".
    False,
}

const HEADS: &str = include_str!("../data/heads.tsv");
/// Modifiers, honorifics and words for nobody; `person` reads it too.
pub(crate) const MODIFIERS: &str = include_str!("../data/modifiers.tsv");

static WORDS: LazyLock<Lexicon<Word>> = LazyLock::new(build);

/// The lexicon of title words, built on first use.
pub(crate) fn words() -> &'static Lexicon<Word> {
    &WORDS
}

fn build() -> Lexicon<Word> {
    let mut lexicon = Lexicon::new();
    for row in rows(HEADS) {
        if let Some(head) = head(row.column(0)) {
            for (_, text) in row.values(1) {
                lexicon.insert(text, Word::Head(head));
            }
        }
    }
    for row in rows(MODIFIERS) {
        if let Some(word) = modifier(row.column(0)) {
            for (_, text) in row.values(1) {
                lexicon.insert(text, word);
            }
        }
    }
    lexicon
}

fn modifier(class: &str) -> Option<Word> {
    Some(match class {
        "FORMER" => Word::Status(Status::Former),
        "ACTING" => Word::Status(Status::Acting),
        "DESIGNATE" => Word::Status(Status::Designate),
        "SHADOW" => Word::Status(Status::Shadow),
        "CURRENT" => Word::Status(Status::Current),
        "DEPUTY" => Word::Deputy,
        "SENIOR" => Word::Senior,
        "SKIP" => Word::Skip,
        "LOCAL" => Word::Local,
        "BACKED" => Word::Backed,
        "FALSE" => Word::False,
        "PREPOSITION" => Word::Preposition,
        "ARTICLE" | "QUANTITY" => Word::Article,
        "AND" => Word::And,
        "HONORIFIC" => Word::Honorific,
        _ => return None,
    })
}

fn head(class: &str) -> Option<Head> {
    if let Ok(function) = class.parse() {
        return Some(Head::Is(function));
    }
    Some(match class {
        "president" => Head::President,
        "vice-president" => Head::VicePresident,
        "chancellor" => Head::Chancellor,
        "chair" => Head::Chair,
        "head" => Head::Chief,
        "leader" => Head::Leader,
        "director" => Head::Director,
        "director-general" => Head::DirectorGeneral,
        "chief-executive" => Head::ChiefExecutive,
        "minister" => Head::Minister,
        "state-secretary" => Head::StateSecretary,
        "secretary-of-state" => Head::SecretaryOfState,
        "secretary" | "union-secretary" => Head::Secretary,
        "general-secretary" => Head::GeneralSecretary,
        "under-secretary-general" => Head::UnderSecretaryGeneral,
        "cabinet-secretary" => Head::CabinetSecretary,
        "governor" => Head::Governor,
        "governor-general" => Head::GovernorGeneral,
        "chief-of-staff" => Head::ChiefOfStaff,
        "police-body-head" => Head::Commissioner,
        "fire-chief" => Head::FireChief,
        "eu-commissioner" => Head::EuCommissioner,
        "rank" => Head::Rank,
        "rank-or-other" => Head::RankOrOther,
        "justice" => Head::Justice,
        "speaker" => Head::Speaker,
        "member" => Head::Member,
        "representative" => Head::Representative,
        "deputy" => Head::Deputy,
        "manager" => Head::Manager,
        "general-manager" => Head::GeneralManager,
        "school-head" => Head::School,
        "union-head" => Head::Union,
        "officer" => Head::Officer,
        "attache-other" => Head::Delegate,
        "STAFF" => Head::Staff,
        "CONTRACTOR" => Head::Contractor,
        "MILITANT" => Head::Militant,
        "OUTSIDER" => Head::Outsider,
        "SOURCE" => Head::Source,
        _ => return None,
    })
}

/// See [`is_surname`].
const SURNAMES: &[&str] = &[
    "king",
    "queen",
    "bishop",
    "pope",
    "prince",
    "judge",
    "major",
    "baker",
    "cook",
    "dean",
    "page",
    "abbott",
    "abbot",
    "chancellor",
    "marshal",
    "duke",
    "earl",
    "priest",
    "miner",
    "farmer",
    "butcher",
    "porter",
    "driver",
    "parson",
    "cardinal",
    "constable",
    "archer",
    "hunter",
    "justice",
    "rector",
    "singer",
    "painter",
    "friend",
    "winner",
    "monk",
    "deacon",
    "sargent",
    "fellow",
    "guide",
    "chambers",
    "cantor",
    "vicar",
    "ranger",
    "private",
    "rose",
    "noble",
    "forward",
    "butler",
    "gardener",
    "builder",
    "chef",
    "nun",
    "canon",
    "lama",
    "star",
    "elder",
    "brother",
    "sister",
    "father",
    "son",
    "fan",
    "catcher",
    "pitcher",
    "runner",
    "boxer",
    "sailor",
    "koch",
    "kaiser",
    "konig",
    "richter",
    "bauer",
    "maler",
    "pfarrer",
    "roi",
    "rey",
    "carpenter",
    "turner",
    "mason",
    "weaver",
    "potter",
    "shepherd",
    "conductor",
    "comic",
    "driver's",
    "deputy",
    "fisher",
    "law",
    "rep",
    "da",
    "pc",
];

/// Words that are surnames as often as titles: no role after a given name ("Gayle King").
pub(crate) fn is_surname(fold: &str) -> bool {
    SURNAMES.contains(&fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_files_is_known() {
        for row in rows(HEADS) {
            assert!(head(row.column(0)).is_some(), "{}", row.column(0));
        }
        for row in rows(MODIFIERS) {
            let class = row.column(0);
            let persons = matches!(class, "PRONOUN" | "NOBODY" | "SUFFIX");
            assert!(persons || modifier(class).is_some(), "{class}");
        }
    }
}
