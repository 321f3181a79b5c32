//! The organisation of a post: printed, composed of country and field, or implied by the
//! office (conventions 1, 12 and 14).

use super::beside::Beside;
use super::context::{Context, Joint};
use super::phrase::Phrase;
use super::resolve::Resolved;
use super::words::Head;
use crate::domain::organisation::grammar::tidy;
use crate::domain::organisation::mention::{Mention, body_of, compose, ministry};
use crate::domain::organisation::tables::tables;
use crate::domain::organisation::{OpenBody, Organisation, Reading, by_key, ministry_slug};
use crate::domain::vocabulary::Function::*;
use crate::domain::vocabulary::OrganisationKind as Kind;

/// The organisation of a post, and its kind.
pub(crate) fn body(phrase: &Phrase<'_>, resolved: &Resolved, beside: Beside) -> (Reading, Kind) {
    if resolved.function == Mayor
        && let Some(city) = city(phrase, &resolved.context).or_else(|| beside.city())
    {
        return (city, Kind::SubnationalGovernment);
    }
    if is_about(phrase, resolved) {
        let kind = beside.kind();
        return (beside.reading, kind);
    }
    // "contractor for the Pentagon": a company, not the ministry.
    if phrase.parts[resolved.head].head() == Some(Head::Contractor) {
        return (beside.reading, resolved.kind);
    }
    // A proper name beside the title: nothing else may be implied without a printed country.
    let named = matches!(beside.reading, Reading::Unlisted { .. });
    let reading = printed(phrase, resolved, named)
        .map(|own| same_kind(own, &beside.reading))
        .or_else(|| implied(phrase, resolved, named).map(|own| with_rivals(own, resolved)))
        .unwrap_or(beside.reading);
    let kind = match reading {
        Reading::Unlisted { kind: Kind::Unknown, .. } if takes_kind(resolved) => Kind::Unknown,
        _ => resolved.kind,
    };
    (reading, kind)
}

/// "Congolese officials": of the one government or of the other.
fn with_rivals(own: Reading, resolved: &Resolved) -> Reading {
    let Reading::Known(first) = own else { return own };
    let others =
        resolved.context.rivals.iter().filter_map(|country| body_of(*country, first.body()?));
    let mut all = vec![first];
    all.extend(others);
    if all.len() == 1 { own } else { Reading::Ambiguous(all) }
}

/// Whether the body in the title is what the holder reports on or opposes: "Pentagon
/// correspondent", "UN critic", "contractor for the Pentagon".
fn is_about(phrase: &Phrase<'_>, resolved: &Resolved) -> bool {
    let critic =
        matches!(phrase.fold(resolved.head), "critic" | "critics" | "opponent" | "opponents");
    let subject = !matches!(
        resolved.context.kind(),
        Kind::Unknown | Kind::Media | Kind::Company | Kind::Academic | Kind::Ngo | Kind::Other
    );
    resolved.function == Journalist && subject || critic && resolved.context.kind() != Kind::Media
}

/// Of two names for a body of one kind that which stands by itself is better: a title inflects
/// names ("der Freien Küstenpartei").
fn same_kind(own: Reading, beside: &Reading) -> Reading {
    match (&own, beside) {
        (Reading::Unlisted { kind, .. }, Reading::Unlisted { kind: other, .. })
            if kind == other =>
        {
            beside.clone()
        }
        _ => own,
    }
}

/// Whether the kind of a post is that of the body it belongs to, so that a body of unknown kind
/// leaves it open: "Northern Front commander".
fn takes_kind(resolved: &Resolved) -> bool {
    resolved.context.kind() == Kind::Unknown
        && matches!(
            resolved.function,
            MilitaryCommander
                | MilitaryOfficer
                | SeniorOfficial
                | Official
                | Adviser
                | Spokesperson
        )
}

/// The body that the title or the column beside it prints.
fn printed(phrase: &Phrase<'_>, resolved: &Resolved, named: bool) -> Option<Reading> {
    let context = &resolved.context;
    if silent(phrase, resolved) {
        return None;
    }
    if resolved.function == Ambassador {
        return mission(context);
    }
    let mut mention = context.mention.clone()?;
    if !mention.is_proper() {
        let country = context.country.or_else(|| office_country(phrase, resolved, named));
        if let Some(country) = country {
            mention.settle(country);
        }
    }
    reading(&mention)
}

/// The generic body of a post: that which is printed, else the ministry of its portfolio, of
/// which an unnamed country has one.
pub(crate) fn open(resolved: &Resolved) -> Option<OpenBody> {
    let context = &resolved.context;
    if let Some(mention) = &context.mention {
        return mention.open();
    }
    if let Some(principal) = &context.principal {
        return open(principal);
    }
    let portfolio = context.portfolio.filter(|_| {
        resolved.kind == Kind::NationalGovernment
            && matches!(resolved.function, Minister | DeputyMinister)
            && context.country.is_none()
    })?;
    let field = &tables().fields[portfolio.field];
    (!field.ministry.is_empty()).then(|| OpenBody { slug: ministry_slug(field.slug) })
}

/// An ambassador to the United Nations sits in the mission of the country, not in the United
/// Nations (convention 12); of other ambassadors the print names the host, not the mission.
fn mission(context: &Context) -> Option<Reading> {
    let mention = context.mention.as_ref()?;
    if mention.kind == Kind::DiplomaticMission {
        return reading(mention);
    }
    let united_nations = mention.organisation.is_some_and(|host| host.key == "un");
    let country = context.country.filter(|_| united_nations)?;
    let name =
        format!("Permanent Mission of {} to the United Nations", tables().countries[country].of);
    Some(Reading::Unlisted { name, kind: Kind::DiplomaticMission })
}

fn reading(mention: &Mention) -> Option<Reading> {
    match (mention.organisation, &mention.name) {
        (Some(organisation), _) if mention.rivals.is_empty() => Some(Reading::Known(organisation)),
        (Some(organisation), _) => {
            let mut all = vec![organisation];
            all.extend(&mention.rivals);
            Some(Reading::Ambiguous(all))
        }
        (None, Some(name)) => Some(Reading::Unlisted { name: name.clone(), kind: mention.kind }),
        (None, None) => None,
    }
}

/// Functions that speak for no organisation, whatever is printed beside them.
fn silent(phrase: &Phrase<'_>, resolved: &Resolved) -> bool {
    matches!(resolved.function, Relative | Witness | Resident | Victim)
        || phrase.parts[resolved.head].head() == Some(Head::Outsider)
}

/// The body that the office implies where none is printed.
fn implied(phrase: &Phrase<'_>, resolved: &Resolved, named: bool) -> Option<Reading> {
    let context = &resolved.context;
    let function = resolved.function;
    if function == ReligiousLeader
        && matches!(phrase.fold(resolved.head), "pope" | "pontiff" | "papst" | "pape" | "papa")
    {
        return by_key("catholic-church").map(Reading::Known);
    }
    if silent(phrase, resolved) || function == Mayor {
        return None;
    }
    if let Some(principal) = &context.principal
        && matches!(function, Spokesperson | Adviser | Official | SeniorOfficial)
    {
        return printed(phrase, principal, named).or_else(|| implied(phrase, principal, named));
    }
    let office = matches!(
        function,
        Minister | DeputyMinister | SeniorOfficial | Official | Adviser | Spokesperson
    );
    let country = context.country.or_else(|| office_country(phrase, resolved, named));
    if let (true, Some(country), Some(portfolio), Kind::NationalGovernment) =
        (office, country, context.portfolio, resolved.kind)
    {
        return ministry(country, portfolio.field).map(Reading::Known);
    }
    if context.region.is_some() && context.country.is_none() {
        return region(resolved);
    }
    if let (Some(country), None) = (country, context.portfolio) {
        return of_country(resolved, country).map(Reading::Known);
    }
    if named { None } else { unlisted(phrase, resolved) }
}

/// "mayor of Kyiv", "Kyiv mayor": City of Kyiv.
fn city(phrase: &Phrase<'_>, context: &Context) -> Option<Reading> {
    if context.mention.as_ref().is_some_and(|body| body.kind != Kind::NationalGovernment) {
        return None;
    }
    // A name after a bare "Mayor" is the person's: it stands behind no preposition.
    let capital = || phrase.parts.iter().position(|part| part.item.capital().is_some());
    let (start, end) = context.name.or_else(|| capital().map(|at| (at, at + 1)))?;
    let name =
        phrase.tokens.print_bare(phrase.parts[start].item.start, phrase.parts[end - 1].item.end);
    Some(city_of(name))
}

/// The government of a town.
pub(super) fn city_of(name: &str) -> Reading {
    Reading::Unlisted { name: format!("City of {}", tidy(name)), kind: Kind::SubnationalGovernment }
}

fn region(resolved: &Resolved) -> Option<Reading> {
    let region = &tables().regions[resolved.context.region?];
    let office = matches!(
        resolved.function,
        HeadOfGovernment
            | Minister
            | DeputyMinister
            | Governor
            | Official
            | SeniorOfficial
            | Spokesperson
            | Adviser
    );
    let key = format!("{}/government", region.slug);
    by_key(&key)
        .filter(|_| office && resolved.kind == Kind::SubnationalGovernment)
        .map(Reading::Known)
}

/// Nationality and office without a portfolio: the government, the armed forces, parliament.
fn of_country(resolved: &Resolved, country: usize) -> Option<&'static Organisation> {
    let slug = match (resolved.function, resolved.kind) {
        (
            HeadOfState | HeadOfGovernment | Minister | Official | SeniorOfficial | Spokesperson
            | Adviser | DeputyMinister | Envoy,
            Kind::NationalGovernment,
        ) => "government",
        (MilitaryOfficer | MilitaryCommander, _) => "armed-forces",
        (Legislator, _) => "parliament",
        (PoliceOfficer, _) => "police",
        _ => return None,
    };
    let body = tables().bodies.iter().position(|body| body.slug == slug)?;
    compose(country, body, None)
}

/// A proper name that the vocabulary does not list: "chief executive of Addex Therapeutics".
fn unlisted(phrase: &Phrase<'_>, resolved: &Resolved) -> Option<Reading> {
    let context = &resolved.context;
    let (start, end) = context.name?;
    // "chief of the Marenian general staff": the name goes on in small letters.
    if phrase.mentions.iter().any(|mention| mention.start == end && !mention.is_proper()) {
        return None;
    }
    let leads = matches!(
        phrase.parts[resolved.head].head(),
        Some(
            Head::President
                | Head::VicePresident
                | Head::ChiefExecutive
                | Head::Chair
                | Head::Chief
                | Head::Director
                | Head::GeneralManager
                | Head::Manager
                | Head::Leader
                | Head::GeneralSecretary
        )
    );
    let employed = matches!(
        resolved.function,
        Executive
            | HeadOfOrganisation
            | Lawyer
            | Expert
            | Journalist
            | Activist
            | Coach
            | Athlete
            | PartyLeader
    );
    if !leads && !employed {
        return None;
    }
    // "lawyer for Ada Quill": a client is no employer.
    let at_firm = (resolved.head + 1..start).any(|at| matches!(phrase.fold(at), "at" | "with"));
    if resolved.function == Lawyer && resolved.kind == Kind::Unknown && !at_firm {
        return None;
    }
    let name = tidy(
        phrase.tokens.print_bare(phrase.parts[start].item.start, phrase.parts[end - 1].item.end),
    );
    Some(Reading::Unlisted { name, kind: resolved.kind })
}

/// The country whose offices are called so (convention 1 allows unique office words).
fn office_country(phrase: &Phrase<'_>, resolved: &Resolved, named: bool) -> Option<usize> {
    // "Defence Secretary of Marenia": an unknown country is no other one.
    let elsewhere = matches!(resolved.function, Minister | DeputyMinister)
        && (resolved.head + 1..phrase.segment_end(resolved.head))
            .any(|at| phrase.parts[at].is_name() && phrase.fold(at - 1) == "of");
    if named || elsewhere {
        return None;
    }
    let item = &phrase.parts[resolved.head].item;
    let first = phrase.tokens.fold(item.start);
    let second = (item.start + 1 < item.end).then(|| phrase.tokens.fold(item.start + 1));
    let of = resolved.context.preposition == Some(Joint::Of);
    let head = phrase.parts[resolved.head].head();
    let code = match (first, second) {
        ("parliamentary", _)
        | ("permanent", Some("secretary" | "under" | "undersecretary"))
        | ("second", Some("permanent")) => "GB",
        ("economic" | "financial" | "exchequer" | "commercial", Some("secretary"))
        | ("chancellor", Some("of")) => "GB",
        ("minister", Some("of")) | ("pps", _) => "GB",
        ("secretary", Some("of"))
            if head == Some(Head::Is(Minister))
                || resolved.context.preposition == Some(Joint::For) =>
        {
            "GB"
        }
        _ if head == Some(Head::Secretary)
            && resolved.context.portfolio.is_some_and(|portfolio| {
                portfolio.at < phrase.parts.len() && phrase.fold(portfolio.at) == "home"
            }) =>
        {
            "GB"
        }
        (
            "parlamentarischer" | "parlamentarische" | "parlamentarischen" | "bundesminister"
            | "bundesministerin",
            _,
        ) => "DE",
        ("under" | "assistant" | "deputy" | "undersecretary" | "secretary", _)
            if of && resolved.context.preposition == Some(Joint::Of) =>
        {
            "US"
        }
        _ if is_federal_german(phrase) => "DE",
        _ => return None,
    };
    tables().country(code)
}

/// "Bundesfinanzministerium", "Bundesverteidigungsminister": the federal level of Germany.
fn is_federal_german(phrase: &Phrase<'_>) -> bool {
    (0..phrase.tokens.len()).any(|at| phrase.tokens.fold(at) == "bundes")
}
