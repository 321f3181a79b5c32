//! Whether a printed title names the office that a record has, as far as the words tell.
//!
//! Function, field and organisation are coarse: the armed forces minister is a minister of defence
//! at the Ministry of Defence, and not the Defence Secretary.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::domain::organisation::tsv::rows;
use crate::domain::text::words;
use crate::domain::vocabulary::Function;

/// How surely two things are one. The order is that of certainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// They are two.
    Other,
    /// They may be one.
    Possible,
    /// They are one, or what is printed is a vaguer word for what is recorded.
    Same,
}

/// A title, and the organisation in words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a> {
    pub title: &'a str,
    pub organisation: &'a str,
}

/// Ranks below or beside the head of a ministry whose function is a minister's too.
const RANKS: [&str; 12] = [
    "minister of state",
    "staatsminister",
    "staatsministerin",
    "délégué",
    "déléguée",
    "secrétaire d état",
    "chief secretary",
    "deputy",
    "vice",
    "junior",
    "assistant",
    "state minister",
];

/// Words in the names of fields that tell no field from another.
const COMMON: [&str; 14] = [
    "state",
    "department",
    "affairs",
    "and",
    "the",
    "of",
    "policy",
    "national",
    "nationale",
    "nacional",
    "y",
    "et",
    "de",
    "public",
];

/// The words that name fields of policy.
static FIELDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let names = rows(include_str!("../data/fields.tsv")).flat_map(|row| {
        let columns = (3..7).flat_map(|column| row.values(column).collect::<Vec<_>>());
        columns.map(|(_, name)| words(name)).collect::<Vec<_>>()
    });
    let each = names.flat_map(|name| name.split(' ').map(str::to_owned).collect::<Vec<_>>());
    each.filter(|word| !word.is_empty() && !COMMON.contains(&word.as_str())).collect()
});

/// How surely a printed title names the recorded office; function and organisation agree.
pub(super) fn fit(function: Function, printed: Words<'_>, recorded: Words<'_>) -> Fit {
    use Function::*;
    match function {
        Minister => portfolio(printed, recorded),
        Legislator => chambers(printed, recorded),
        // One at a time in an organisation, or all of them do the same.
        HeadOfState | HeadOfGovernment | Governor | Mayor | Ambassador | PartyLeader
        | Spokesperson => Fit::Same,
        _ if words(printed.title) == words(recorded.title) => Fit::Same,
        _ => Fit::Possible,
    }
}

/// "Defence Secretary" and "Secretary of State for Defence" are one office; a field or a rank in
/// one title that the other has not is of another one, as far as anybody can tell.
fn portfolio(printed: Words<'_>, recorded: Words<'_>) -> Fit {
    let (print, record) = (fields(printed.title), fields(recorded.title));
    let ministry = fields(recorded.organisation);
    // A bare "minister" says less than any record.
    let bare = print.is_empty() && words(printed.title).split(' ').count() == 1;
    let known = print.iter().all(|field| record.contains(field) || ministry.contains(field));
    let head = record.iter().all(|field| print.contains(field) || ministry.contains(field));
    let same_rank = ranks(printed.title) == ranks(recorded.title);
    if bare || known && (head || print.is_empty()) && same_rank { Fit::Same } else { Fit::Possible }
}

/// The fields that a text names, in one spelling.
fn fields(text: &str) -> HashSet<String> {
    let named = |word: &str| {
        // "Energieminister": the first member of a German compound.
        let compound = ["minister", "ministerin"].iter().find_map(|end| word.strip_suffix(end));
        match compound.filter(|first| !matches!(*first, "" | "bundes" | "landes" | "staats")) {
            Some("verteidigungs") => Some("defence".to_owned()),
            Some(first) => Some(first.to_owned()),
            None => FIELDS.contains(word).then(|| match word {
                "defense" | "défense" | "defensa" => "defence".to_owned(),
                "labor" => "labour".to_owned(),
                word => word.to_owned(),
            }),
        }
    };
    words(text).split(' ').filter_map(named).collect()
}

fn ranks(title: &str) -> Vec<&'static str> {
    let title = format!(" {} ", words(title));
    RANKS.iter().copied().filter(|rank| title.contains(&format!(" {rank} "))).collect()
}

/// A senator is no member of the other chamber.
fn chambers(printed: Words<'_>, recorded: Words<'_>) -> Fit {
    let of =
        |Words { title, organisation }: Words<'_>| chamber(title).or_else(|| chamber(organisation));
    match (of(printed), of(recorded)) {
        (Some(one), Some(other)) if one != other => Fit::Other,
        (Some(_), None) => Fit::Possible,
        _ => Fit::Same,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chamber {
    Upper,
    Lower,
    European,
    /// Of a town or county.
    Council,
}

/// The chamber that words name; "lawmaker" names none.
fn chamber(text: &str) -> Option<Chamber> {
    words(text).split(' ').find_map(|word| match word {
        "senator" | "senators" | "senate" | "sen" | "senatorin" | "sénateur" | "sénatrice"
        | "sénat" | "senador" | "senadora" | "senado" | "lords" | "peer" | "bundesrat" => {
            Some(Chamber::Upper)
        }
        "mp" | "mps" | "commons" | "congressman" | "congresswoman" | "congressperson"
        | "representative" | "representatives" | "bundestag" | "député" | "députée"
        | "diputado" | "diputada" | "diputados" => Some(Chamber::Lower),
        "mep" | "meps" | "european" => Some(Chamber::European),
        "councillor" | "councilor" | "councilman" | "councilwoman" | "council" | "alderman"
        | "cllr" => Some(Chamber::Council),
        _ => None,
    })
}
