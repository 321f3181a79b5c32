//! Offices whose class the organisation decides: president, chair, chief, secretary …
//! (conventions 3, 4, 5 and 8).

use super::context::{Context, Joint};
use super::phrase::{Part, Phrase};
use super::words::Head;
use crate::domain::organisation::tables::tables;
use crate::domain::organisation::tokens::Case;
use crate::domain::vocabulary::Function::{self, *};
use crate::domain::vocabulary::{Domain, OrganisationKind as Kind};

/// Communications posts by their tail: "head of the ministry's press service".
pub(super) fn serves_press(phrase: &Phrase<'_>, head: usize) -> bool {
    let (start, end) = (phrase.segment_start(head), phrase.segment_end(head));
    let first = phrase.parts[start].item.start;
    let last = phrase.parts[end - 1].item.end;
    (first..last).any(|at| {
        let next = (at + 1 < last).then(|| phrase.tokens.fold(at + 1));
        let small = phrase.tokens.list[at].case == Case::Lower;
        match phrase.tokens.fold(at) {
            "pressestelle" | "presse" | "pressestab" | "kommunikation" => true,
            "communications" => small || at + 1 == phrase.parts[head].item.start,
            "press" => {
                small
                    && matches!(
                        next,
                        Some("service" | "office" | "department" | "centre" | "center")
                    )
            }
            "public" => matches!(next, Some("affairs" | "relations")),
            "media" => small && next == Some("relations"),
            _ => false,
        }
    })
}

/// German "Chef", which is spelled like the English cook: "SPD-Chef", "Chef der Bundesbank".
pub(super) fn is_german_chief(phrase: &Phrase<'_>, head: usize, context: &Context) -> bool {
    phrase.fold(head) == "chef"
        && (context.preposition == Some(Joint::Of)
            || !matches!(context.kind(), Kind::Unknown | Kind::Company | Kind::Other))
}

/// A portfolio "Senator" of a German city-state (convention 9): "Innensenatorin".
pub(super) fn is_city_state_senator(phrase: &Phrase<'_>, head: usize, context: &Context) -> bool {
    let item = &phrase.parts[head].item;
    let compound = item.start > 0
        && phrase.tokens.list[item.start - 1].at == phrase.tokens.list[item.start].at;
    phrase.fold(head).starts_with("senator")
        && context.portfolio.is_some()
        && (compound
            || phrase
                .parts
                .get(head + 1)
                .is_some_and(|next| phrase.tokens.fold(next.item.start) == "fur"))
}

/// "Father Pedro Ruiz", "Sister Agnes": clergy, where relatives have a tail.
pub(super) fn is_clergy(phrase: &Phrase<'_>, head: usize) -> bool {
    head == 0
        && matches!(phrase.fold(head), "father" | "brother" | "sister" | "mother" | "fr")
        && is_address(phrase, head)
}

/// Heads that name their function, with the few readings that the tail changes.
pub(super) fn plain(
    function: Function,
    phrase: &Phrase<'_>,
    head: usize,
    context: &Context,
) -> Function {
    match function {
        HeadOfState if context.kind() == Kind::Company => Other,
        // "a military analyst" is an expert, "chief economist of the ministry" too.
        MilitaryCommander if context.body_slug() == "police" => PoliceOfficer,
        // Spanish "mayor" is a major too.
        Mayor if phrase.fold(head) == "mayor" && context.kind() == Kind::Military => {
            MilitaryOfficer
        }
        Official if phrase.parts[head].item.end == phrase.parts[head].item.start + 1 => {
            match context.kind() {
                // "union official", "Fed official": as printed; "club official" is management.
                Kind::Company | Kind::Sport => Executive,
                _ => Official,
            }
        }
        // "UN investigators" police nobody.
        PoliceOfficer if context.kind() == Kind::Igo => Official,
        // "a consultant at Great Ormond Street Hospital" is a physician.
        Expert if context.kind() == Kind::Other && phrase.fold(head) == "consultant" => {
            HealthProfessional
        }
        Coach if context.kind() == Kind::Company => Executive,
        other => other,
    }
}

/// President by the class of the organisation; a bare one is of a country (convention 4).
pub(super) fn president(phrase: &Phrase<'_>, head: usize, context: &Context) -> Function {
    match context.kind() {
        // "city council president" presides over councillors; "presidente de la Junta" and
        // "Präsident der Region" govern.
        Kind::SubnationalGovernment if context.body_domain() == Some(Domain::General) => {
            match phrase.fold(head) {
                "president" if !phrase.is_foreign(head) => Legislator,
                _ => HeadOfGovernment,
            }
        }
        Kind::Unknown => match (context.name, context.country) {
            (_, Some(_)) => HeadOfState,
            (Some(_), None) if context.name_has_article => HeadOfOrganisation,
            (Some(_), None) => Executive,
            (None, None) if context.region.is_some() => HeadOfGovernment,
            (None, None) => HeadOfState,
        },
        Kind::NationalGovernment if matches!(context.body_slug(), "government" | "presidency") => {
            HeadOfState
        }
        kind => by_kind(kind, HeadOfOrganisation),
    }
}

pub(super) fn vice_president(context: &Context) -> Function {
    match context.kind() {
        Kind::Unknown
            if context.name.is_some() && context.country.is_none()
                || context.portfolio.is_some() =>
        {
            Executive
        }
        Kind::Unknown => Minister,
        Kind::NationalGovernment if matches!(context.body_slug(), "government" | "presidency") => {
            Minister
        }
        Kind::Igo => SeniorOfficial,
        kind => by_kind(kind, HeadOfOrganisation),
    }
}

pub(super) fn chair(context: &Context) -> Function {
    match context.kind() {
        Kind::Unknown => match context.name {
            Some(_) if context.name_has_article => HeadOfOrganisation,
            Some(_) => Executive,
            None => HeadOfOrganisation,
        },
        Kind::SubnationalGovernment => Legislator,
        kind => by_kind(kind, HeadOfOrganisation),
    }
}

pub(super) fn chief(word: Head, head: usize, context: &Context) -> Function {
    if context.body_slug() == "police" || is_police(context) {
        return PoliceOfficer;
    }
    match context.kind() {
        Kind::Unknown => match context.portfolio {
            Some(portfolio)
                if portfolio.domain == Domain::Defence
                    && portfolio.at.checked_add(1) == Some(head) =>
            {
                MilitaryCommander
            }
            Some(portfolio) if context.name.is_none() || portfolio.at < head => SeniorOfficial,
            _ if word == Head::Leader => leader(context),
            _ if context.name_has_article => HeadOfOrganisation,
            _ if context.name.is_some() => Executive,
            _ if context.country.is_some() => HeadOfState,
            _ => HeadOfOrganisation,
        },
        Kind::Igo if context.portfolio.is_some() => SeniorOfficial,
        Kind::Legislature | Kind::SubnationalGovernment if word == Head::Leader => Legislator,
        Kind::DiplomaticMission => Envoy,
        Kind::NationalGovernment if word == Head::Leader && context.body_slug() == "government" => {
            HeadOfGovernment
        }
        kind => by_kind(kind, HeadOfOrganisation),
    }
}

/// A bare leader: of a country with its name, else of a party.
pub(super) fn leader(context: &Context) -> Function {
    match (context.country, context.name) {
        (Some(_), _) => HeadOfState,
        (None, Some(_)) => HeadOfOrganisation,
        (None, None) => PartyLeader,
    }
}

pub(super) fn director(phrase: &Phrase<'_>, head: usize, context: &Context) -> Function {
    match context.kind() {
        Kind::Unknown => match (context.name, context.portfolio) {
            (Some(_), _) if context.name_has_article => HeadOfOrganisation,
            (None, Some(_)) => SeniorOfficial,
            (None, None) if context.country.is_some() => HeadOfOrganisation,
            _ => Executive,
        },
        // "UNICEF executive director": its head; other directors are below one.
        Kind::Igo if phrase.fold(head) == "executive" => HeadOfOrganisation,
        Kind::Igo => SeniorOfficial,
        Kind::Military => MilitaryCommander,
        Kind::Legislature => Official,
        kind => by_kind(kind, HeadOfOrganisation),
    }
}

/// Who heads a body, by its kind; a government body is never "an organisation" (convention 8).
pub(super) fn by_kind(kind: Kind, otherwise: Function) -> Function {
    match kind {
        Kind::NationalGovernment | Kind::SubnationalGovernment => SeniorOfficial,
        Kind::Legislature => Legislator,
        Kind::Judiciary => Judge,
        Kind::Military => MilitaryCommander,
        Kind::DiplomaticMission => Ambassador,
        Kind::Party => PartyLeader,
        Kind::Company | Kind::Media => Executive,
        Kind::Religious => ReligiousLeader,
        _ => otherwise,
    }
}

pub(super) fn minister(context: &Context) -> Function {
    match context.kind() {
        Kind::Religious => ReligiousLeader,
        _ => Minister,
    }
}

pub(super) fn secretary(phrase: &Phrase<'_>, head: usize, context: &Context) -> Function {
    let fold = phrase.tokens.fold(phrase.parts[head].item.start);
    if context.preposition == Some(Joint::To) {
        return Official;
    }
    match context.kind() {
        Kind::Legislature | Kind::Academic | Kind::Judiciary => Official,
        Kind::Party if context.portfolio.is_some() => Minister,
        Kind::Party => PartyLeader,
        Kind::Ngo | Kind::Sport | Kind::Igo => HeadOfOrganisation,
        Kind::Religious => ReligiousLeader,
        _ if is_civil_service(context) => SeniorOfficial,
        // In Spain a secretary of state ranks below the minister; a bare "secrétaire" is none.
        _ if fold == "secretaire" && context.portfolio.is_none() => Unknown,
        // "Secretary of the Navy": the civilian head of a service.
        Kind::SubnationalGovernment | Kind::NationalGovernment | Kind::Military => Minister,
        // "Secretary Quill" is how the heads of the United States' departments are addressed.
        Kind::Unknown if fold == "secretary" && is_address(phrase, head) => Minister,
        _ if context.portfolio.is_some()
            || context.country.is_some()
            || context.region.is_some() =>
        {
            Minister
        }
        _ => Unknown,
    }
}

/// Whether a title stands in capitals before the name of its holder: "Secretary Quill".
fn is_address(phrase: &Phrase<'_>, head: usize) -> bool {
    phrase.parts[head].item.case == Case::Capital
        && phrase.parts.get(head + 1).is_some_and(Part::is_name)
}

/// Foreign and defence secretaries of India, Pakistan and Bangladesh are civil servants
/// (convention 3).
pub(super) fn is_civil_service(context: &Context) -> bool {
    context
        .country
        .is_some_and(|country| matches!(tables().countries[country].code, "IN" | "PK" | "BD"))
}

pub(super) fn commissioner(context: &Context) -> Function {
    if context.body_slug() == "police" || is_police(context) {
        return PoliceOfficer;
    }
    match context.kind() {
        Kind::Sport | Kind::Ngo => HeadOfOrganisation,
        // Commissioners of the European Union are its senior officials (convention 8).
        _ => SeniorOfficial,
    }
}

pub(super) fn rank(word: Head, phrase: &Phrase<'_>, head: usize, context: &Context) -> Function {
    if is_police(context) || context.body_slug() == "police" {
        return PoliceOfficer;
    }
    let fold = phrase.fold(head);
    if matches!(fold, "captain" | "captains" | "capitan" | "capitaine")
        && matches!(context.kind(), Kind::Unknown | Kind::Sport)
    {
        // "England captain", "the captain of …" without a rank's company is a team's.
        let named = phrase.parts.get(head + 1).is_some_and(|next| next.is_name());
        if !named {
            return Athlete;
        }
    }
    if word == Head::RankOrOther && fold == "private" {
        return Unknown;
    }
    MilitaryOfficer
}

pub(super) fn member(context: &Context) -> Function {
    match context.kind() {
        Kind::Legislature | Kind::SubnationalGovernment => Legislator,
        Kind::NationalGovernment => SeniorOfficial,
        Kind::Military => MilitaryOfficer,
        Kind::Igo => SeniorOfficial,
        Kind::Academic => Academic,
        _ => Other,
    }
}

pub(super) fn officer(context: &Context) -> Function {
    if is_police(context) || context.body_slug() == "police" {
        return PoliceOfficer;
    }
    match context.kind() {
        Kind::Military | Kind::MilitaryAlliance => MilitaryOfficer,
        Kind::Company | Kind::Media => Executive,
        Kind::Unknown => match context.portfolio {
            Some(portfolio) if portfolio.domain == Domain::Intelligence => Official,
            Some(portfolio) if portfolio.domain == Domain::PublicOrder => PoliceOfficer,
            Some(_) => Official,
            None => PoliceOfficer,
        },
        _ => Official,
    }
}

pub(super) fn is_police(context: &Context) -> bool {
    context.mention.as_ref().is_some_and(|mention| {
        mention.domain == Domain::PublicOrder && mention.kind == Kind::SubnationalGovernment
            || mention.organisation.is_some_and(|organisation| organisation.name.contains("Police"))
    })
}

pub(super) fn is_defence(context: &Context) -> bool {
    context.portfolio.is_some_and(|portfolio| portfolio.domain == Domain::Defence)
}
