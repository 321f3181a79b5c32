//! The kind of organisation a post belongs to, also where none is printed (convention 12).

use super::context::{Context, Joint};
use super::status::Modifiers;
use super::words::Head;
use crate::domain::organisation::tables::tables;
use crate::domain::vocabulary::Function::{self, *};
use crate::domain::vocabulary::OrganisationKind as Kind;

/// The kind of organisation a post implies (convention 12).
pub(super) fn kind(
    word: Head,
    function: Function,
    context: &Context,
    modifiers: &Modifiers,
) -> Kind {
    if modifiers.shadow {
        return Kind::Legislature;
    }
    if word == Head::Outsider {
        return Kind::Unknown;
    }
    let printed = context.kind();
    let service =
        matches!(function, Spokesperson | Adviser | Official | SeniorOfficial | DeputyMinister);
    match function {
        // Legislators sit in a legislature whatever party or state is printed beside them.
        Legislator if printed != Kind::SubnationalGovernment && word != Head::Leader => {
            Kind::Legislature
        }
        Legislator => Kind::Legislature,
        Ambassador => Kind::DiplomaticMission,
        // "county judge": of a court, whatever level is printed.
        Judge if printed != Kind::Igo => Kind::Judiciary,
        Governor | Mayor if printed == Kind::Unknown => Kind::SubnationalGovernment,
        Prosecutor => prosecution(context),
        Relative | Resident | Witness | Victim => Kind::Unknown,
        // "contractor for the Pentagon": a supplier, not the ministry.
        Executive if word == Head::Contractor => Kind::Company,
        // A minister "of the armed forces" is of the ministry, not of the forces.
        Minister | DeputyMinister
            if matches!(
                printed,
                Kind::Military | Kind::Legislature | Kind::Judiciary | Kind::Party | Kind::Unknown
            ) =>
        {
            implied(word, function, context, modifiers)
        }
        // "gobernador del Banco de España": who heads a company is not called governor.
        SeniorOfficial if word == Head::Governor && printed == Kind::Company => {
            Kind::NationalGovernment
        }
        _ if printed != Kind::Unknown => printed,
        _ if service
            && context
                .principal
                .as_ref()
                .is_some_and(|principal| principal.function != Unknown) =>
        {
            context.principal.as_ref().map_or(Kind::Unknown, |principal| principal.kind)
        }
        _ => implied(word, function, context, modifiers),
    }
}

/// Law officers belong to their government, prosecutors to the judiciary (convention 5).
pub(super) fn prosecution(context: &Context) -> Kind {
    match context.kind() {
        Kind::NationalGovernment => Kind::NationalGovernment,
        Kind::SubnationalGovernment => Kind::SubnationalGovernment,
        _ if context.region.is_some() => Kind::SubnationalGovernment,
        _ => Kind::Judiciary,
    }
}

/// England has no government of its own: its offices are the United Kingdom's.
pub(super) fn is_subnational(context: &Context) -> bool {
    context.region.is_some_and(|region| tables().regions[region].slug != "gb-england")
}

/// Whether the post belongs to a proper name of which nothing is known.
fn of_unknown_body(context: &Context) -> bool {
    context.name.is_some()
        && !context.name_is_adjective
        && context.country.is_none()
        && context.region.is_none()
        && context.portfolio.is_none()
        && matches!(context.preposition, None | Some(Joint::Of | Joint::For))
}

fn implied(word: Head, function: Function, context: &Context, modifiers: &Modifiers) -> Kind {
    let subnational = modifiers.local || is_subnational(context);
    let government =
        if subnational { Kind::SubnationalGovernment } else { Kind::NationalGovernment };
    match function {
        HeadOfState => Kind::NationalGovernment,
        Minister if word == Head::Is(Legislator) => Kind::SubnationalGovernment,
        HeadOfGovernment | Minister | DeputyMinister => government,
        Judge => Kind::Judiciary,
        Legislator => Kind::Legislature,
        // "Northern Front commander": nobody knows whose front it is.
        MilitaryCommander | MilitaryOfficer if of_unknown_body(context) => Kind::Unknown,
        MilitaryCommander | MilitaryOfficer => Kind::Military,
        PartyLeader => Kind::Party,
        ReligiousLeader => Kind::Religious,
        Athlete | Coach => Kind::Sport,
        SeniorOfficial | Official | Adviser => {
            if context.name.is_some()
                && context.portfolio.is_none()
                && context.country.is_none()
                && !subnational
                && function != SeniorOfficial
            {
                Kind::Unknown
            } else {
                government
            }
        }
        Envoy => Kind::NationalGovernment,
        Spokesperson
            if context.portfolio.is_some_and(|portfolio| portfolio.small)
                && context.name.is_none() =>
        {
            government
        }
        Spokesperson if context.country.is_some() => Kind::NationalGovernment,
        Spokesperson if subnational => Kind::SubnationalGovernment,
        // "Kenya's police chief": a nation's police; a bare one is a town's.
        PoliceOfficer if context.country.is_some() && !subnational => Kind::NationalGovernment,
        PoliceOfficer => Kind::SubnationalGovernment,
        Executive
            if context.name.is_some()
                || word == Head::Contractor
                || word == Head::ChiefExecutive =>
        {
            Kind::Company
        }
        Lawyer if context.name.is_some() => Kind::Unknown,
        HeadOfOrganisation if word == Head::Union => Kind::Ngo,
        HeadOfOrganisation if word == Head::School => Kind::Academic,
        HeadOfOrganisation if word == Head::Chancellor => Kind::Academic,
        HeadOfOrganisation if context.name_has_article && context.mention.is_none() => Kind::Ngo,
        Journalist if context.name.is_some() => Kind::Media,
        Unknown if word == Head::Militant => Kind::ArmedGroup,
        _ => Kind::Unknown,
    }
}
