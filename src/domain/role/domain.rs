//! The domain of a post: its own portfolio, else the organisation's (convention 10).

use super::resolve::Resolved;
use super::words::Head;
use crate::domain::organisation::tables::tables;
use crate::domain::vocabulary::Function::{self, *};
use crate::domain::vocabulary::{Domain, OrganisationKind as Kind, Status};

/// The domain of an understood head noun.
pub(crate) fn domain(resolved: &Resolved, head: Option<Head>, kind: Kind, word: &str) -> Domain {
    let context = &resolved.context;
    let function = resolved.function;
    // A goodwill ambassador of a relief agency has its field, though no office there.
    if function == Other && word.ends_with("ambassador") && kind == Kind::Igo {
        return context.body_domain().unwrap_or(Domain::None);
    }
    if let Some(fixed) = fixed(function, word) {
        return fixed;
    }
    let portfolio =
        context.portfolio.map(|portfolio| us_interior(resolved, portfolio.field, portfolio.domain));
    let small = context.portfolio.filter(|portfolio| portfolio.small).and(portfolio);
    let body =
        context.body_domain().filter(|domain| *domain != Domain::None || kind != Kind::Unknown);
    let principal = context
        .principal
        .as_ref()
        .filter(|_| serves(function))
        .map(|principal| principal_domain(principal));
    if function == SeniorOfficial && head == Some(Head::Governor) {
        return Domain::Economy;
    }
    match kind {
        Kind::Party | Kind::ArmedGroup => match function {
            // The portfolio spokesperson of a party (convention 9).
            Spokesperson | Legislator if kind == Kind::Party => portfolio.unwrap_or(Domain::None),
            _ => Domain::None,
        },
        Kind::Religious | Kind::Sport => Domain::None,
        Kind::Media | Kind::Company | Kind::Ngo | Kind::Academic | Kind::Other => {
            outside(function, head, kind, small, body, word)
        }
        Kind::Unknown => {
            if let Some(principal) = principal {
                return principal;
            }
            unknown_kind(function, head, small, word, context.principal.is_some())
        }
        // "commander of the relief task force": what a force does is no portfolio.
        Kind::Military | Kind::MilitaryAlliance
            if matches!(function, MilitaryCommander | MilitaryOfficer) =>
        {
            body.filter(|domain| *domain != Domain::None).unwrap_or(Domain::Defence)
        }
        _ if matches!(function, Ambassador | Envoy) => portfolio.unwrap_or(Domain::ForeignAffairs),
        // "Minister of State (Security)" at the Home Office: the word alone is no field of its own.
        _ => portfolio
            .filter(|field| {
                *field != Domain::Unknown
                    || body.is_none_or(|body| body == Domain::None || body == Domain::General)
            })
            .or_else(|| head_word(function, word))
            .or(body.filter(|domain| *domain != Domain::None))
            .or(principal)
            .unwrap_or_else(|| government(resolved, kind, head)),
    }
}

/// Functions whose field is given by the function alone.
fn fixed(function: Function, word: &str) -> Option<Domain> {
    match function {
        Lawyer | ReligiousLeader | Artist | Athlete | Coach | PartyLeader | Witness | Resident
        | Victim | Relative => Some(Domain::None),
        Other => Some(Domain::None),
        HeadOfGovernment | HeadOfState | Mayor => Some(Domain::General),
        HealthProfessional => Some(Domain::Health),
        Judge | Prosecutor | PoliceOfficer => Some(Domain::PublicOrder),
        Expert
            if word.contains("econom") || word.contains("volkswirt") || word.contains("okonom") =>
        {
            None
        }
        _ => None,
    }
}

/// Functions that take their field from the office they serve.
fn serves(function: Function) -> bool {
    matches!(function, Spokesperson | Adviser | Official | SeniorOfficial | DeputyMinister)
}

fn principal_domain(principal: &Resolved) -> Domain {
    match principal.function {
        Minister | DeputyMinister
            if principal.context.portfolio.is_none() && principal.context.mention.is_none() =>
        {
            Domain::Unknown
        }
        _ => domain(principal, None, principal.kind, ""),
    }
}

/// The United States' Interior is public lands; elsewhere it is public order.
fn us_interior(resolved: &Resolved, field: usize, domain: Domain) -> Domain {
    let tables = tables();
    let american =
        resolved.context.country.is_some_and(|country| tables.countries[country].code == "US");
    if american && tables.fields[field].slug == "interior" && resolved.function == Minister {
        return Domain::Environment;
    }
    domain
}

/// Outside government only a field word in small letters counts.
fn outside(
    function: Function,
    head: Option<Head>,
    kind: Kind,
    small: Option<Domain>,
    body: Option<Domain>,
    word: &str,
) -> Domain {
    let body = body.unwrap_or(Domain::None);
    if body == Domain::Humanitarian {
        return Domain::Humanitarian;
    }
    match function {
        Expert | Journalist | Activist | Academic | Worker => {
            small.unwrap_or_else(|| expertise(word))
        }
        HeadOfOrganisation if kind == Kind::Academic || head == Some(Head::School) => {
            Domain::Education
        }
        _ if kind == Kind::Other => body,
        _ => Domain::None,
    }
}

/// Offices whose title is a field by itself.
fn head_word(function: Function, word: &str) -> Option<Domain> {
    let first = word.split(' ').next().unwrap_or_default();
    match (function, first) {
        (Official | SeniorOfficial, _) if word.contains("diplomat") => Some(Domain::ForeignAffairs),
        (SeniorOfficial, _) if first == "fed" || word.contains("bank") => Some(Domain::Economy),
        (SeniorOfficial, _) if word.contains("epidemiolog") => Some(Domain::Health),
        (SeniorOfficial, "surgeon") => Some(Domain::Health),
        // The United Kingdom's shadow chancellor and shadow law officers.
        (Legislator, "chancellor") => Some(Domain::Economy),
        (Legislator, "attorney" | "solicitor") => Some(Domain::PublicOrder),
        (Legislator, "wehrbeauftragte" | "wehrbeauftragter") => Some(Domain::Defence),
        (SeniorOfficial, "treasurer" | "comptroller" | "auditor" | "accountant") => {
            Some(Domain::Economy)
        }
        _ => None,
    }
}

fn expertise(word: &str) -> Domain {
    if word.contains("conom") || word.contains("volkswirt") || word.contains("konom") {
        Domain::Economy
    } else {
        Domain::None
    }
}

/// Nothing printed tells what kind of organisation it is.
fn unknown_kind(
    function: Function,
    head: Option<Head>,
    small: Option<Domain>,
    word: &str,
    served: bool,
) -> Domain {
    match function {
        Expert | Journalist | Activist | Academic => small.unwrap_or_else(|| expertise(word)),
        HeadOfOrganisation if head == Some(Head::School) => Domain::Education,
        Executive => small.filter(|_| head == Some(Head::Contractor)).unwrap_or(Domain::None),
        Spokesperson if served => Domain::Unknown,
        Spokesperson => small.unwrap_or(Domain::None),
        SeniorOfficial | Official | Adviser | Envoy | Ambassador => {
            small.or_else(|| head_word(function, word)).unwrap_or(Domain::None)
        }
        _ => Domain::None,
    }
}

/// Whether a member of a government must have a field: a minister, but no vice-president,
/// deputy prime minister or minister without portfolio.
fn needs_portfolio(resolved: &Resolved, head: Option<Head>) -> bool {
    resolved.modifiers.status != Status::Shadow
        && matches!(
            head,
            Some(
                Head::Minister
                    | Head::Secretary
                    | Head::SecretaryOfState
                    | Head::StateSecretary
                    | Head::Is(DeputyMinister)
            ) | None
        )
}

/// A government post without a printed field.
fn government(resolved: &Resolved, kind: Kind, head: Option<Head>) -> Domain {
    match resolved.function {
        Ambassador | Envoy => Domain::ForeignAffairs,
        MilitaryCommander | MilitaryOfficer => Domain::Defence,
        // A ministerial post must have a portfolio (convention 10).
        Minister | DeputyMinister if needs_portfolio(resolved, head) => match kind {
            Kind::NationalGovernment | Kind::SubnationalGovernment => Domain::Unknown,
            _ => Domain::General,
        },
        _ => match kind {
            Kind::Military | Kind::MilitaryAlliance => Domain::Defence,
            Kind::Judiciary => Domain::PublicOrder,
            Kind::DiplomaticMission => Domain::ForeignAffairs,
            _ => Domain::General,
        },
    }
}
