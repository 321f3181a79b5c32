//! From a head noun and what surrounds it to function, kind and domain.

use super::context::{Context, Joint, context};
use super::implied::{is_american, is_state_secretary};
use super::kind::kind;
use super::offices::{
    chair, chief, commissioner, director, is_city_state_senator, is_clergy, is_defence,
    is_german_chief, member, minister, officer, plain, president, rank, secretary, serves_press,
    vice_president,
};
use super::phrase::Phrase;
use super::status::{Modifiers, modifiers};
use super::words::Head;
use crate::domain::vocabulary::Function::{self, *};
use crate::domain::vocabulary::{Domain, OrganisationKind as Kind};

/// A head noun that is understood.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub head: usize,
    pub function: Function,
    pub modifiers: Modifiers,
    pub context: Context,
    /// The kind of organisation the function implies where none is printed.
    pub kind: Kind,
}

/// Understands one head noun of a title.
pub(crate) fn resolve(phrase: &Phrase<'_>, head: usize, depth: u8) -> Resolved {
    resolve_in(phrase, head, context(phrase, head, depth))
}

/// Understands a head noun whose surroundings are known.
pub(crate) fn resolve_in(phrase: &Phrase<'_>, head: usize, context: Context) -> Resolved {
    let modifiers = modifiers(phrase, head);
    let word = phrase.parts[head].head().unwrap_or(Head::Is(Unknown));
    let mut function = decide(word, phrase, head, &context);
    if modifiers.deputy {
        function = deputy(function);
    }
    if modifiers.senior && function == Official {
        function = SeniorOfficial;
    }
    if modifiers.shadow {
        // Shadow posts are held by members of parliament (convention 9).
        function = Legislator;
    }
    let kind = kind(word, function, &context, &modifiers);
    Resolved { head, function, modifiers, context, kind }
}

/// Deputies keep the class, except the deputy of a minister (convention 7).
fn deputy(function: Function) -> Function {
    match function {
        Minister => DeputyMinister,
        HeadOfGovernment | HeadOfState => Minister,
        other => other,
    }
}

fn decide(word: Head, phrase: &Phrase<'_>, head: usize, context: &Context) -> Function {
    let kind = context.kind();
    let manages = matches!(
        word,
        Head::Chief | Head::Director | Head::Manager | Head::VicePresident | Head::Officer
    );
    if manages && serves_press(phrase, head) {
        return Spokesperson;
    }
    match word {
        Head::Is(Worker) if is_german_chief(phrase, head, context) => {
            chief(Head::Chief, head, context)
        }
        Head::Is(DeputyMinister)
            if is_american(context) && is_state_secretary(&phrase.spelling(head)) =>
        {
            Minister
        }
        Head::Is(Legislator) if is_city_state_senator(phrase, head, context) => Minister,
        Head::Is(Relative) if is_clergy(phrase, head) => ReligiousLeader,
        Head::Is(function) => plain(function, phrase, head, context),
        // "president of the fan club".
        Head::President if context.mention.is_some() && kind == Kind::Unknown => HeadOfOrganisation,
        Head::President => president(phrase, head, context),
        Head::VicePresident => vice_president(context),
        Head::Chancellor => match kind {
            Kind::Academic => HeadOfOrganisation,
            _ if phrase.fold(head) == "vice" => HeadOfOrganisation,
            _ => HeadOfGovernment,
        },
        Head::Chair => chair(context),
        Head::Chief | Head::Leader => chief(word, head, context),
        Head::Director => director(phrase, head, context),
        Head::DirectorGeneral => match kind {
            Kind::Igo | Kind::Ngo | Kind::Academic | Kind::MilitaryAlliance | Kind::Sport => {
                HeadOfOrganisation
            }
            Kind::Company | Kind::Media => Executive,
            _ => SeniorOfficial,
        },
        Head::ChiefExecutive => match kind {
            // Hong Kong and Macau call their heads of government so.
            Kind::Unknown if context.region.is_some() => HeadOfGovernment,
            Kind::Ngo | Kind::Academic | Kind::Igo | Kind::Religious => HeadOfOrganisation,
            Kind::NationalGovernment | Kind::SubnationalGovernment => SeniorOfficial,
            _ if kind == Kind::Unknown && context.name_has_article => HeadOfOrganisation,
            _ => Executive,
        },
        Head::Minister => minister(context),
        Head::StateSecretary => DeputyMinister,
        Head::SecretaryOfState => Minister,
        Head::CabinetSecretary => match context.preposition {
            Some(Joint::For) => Minister,
            _ => SeniorOfficial,
        },
        Head::Secretary => secretary(phrase, head, context),
        Head::GeneralSecretary => match kind {
            Kind::Party => PartyLeader,
            Kind::Legislature | Kind::NationalGovernment => SeniorOfficial,
            _ if kind == Kind::Unknown && context.name.is_none() && context.country.is_none() => {
                Unknown
            }
            _ => HeadOfOrganisation,
        },
        Head::UnderSecretaryGeneral => SeniorOfficial,
        Head::Governor => match (kind, context.body_slug()) {
            (_, "central-bank") => SeniorOfficial,
            (Kind::NationalGovernment, _) if context.body_domain() == Some(Domain::Economy) => {
                SeniorOfficial
            }
            (Kind::Igo | Kind::Company, _) => SeniorOfficial,
            _ => Governor,
        },
        Head::GovernorGeneral => HeadOfState,
        Head::ChiefOfStaff => match kind {
            // "chief of staff to the defence secretary" runs an office.
            _ if context.principal.as_ref().is_some_and(|served| served.function == Minister) => {
                SeniorOfficial
            }
            Kind::Military | Kind::MilitaryAlliance | Kind::ArmedGroup => MilitaryCommander,
            _ if is_defence(context) => MilitaryCommander,
            _ => SeniorOfficial,
        },
        Head::Commissioner => commissioner(context),
        Head::FireChief => PoliceOfficer,
        Head::EuCommissioner => SeniorOfficial,
        Head::Rank | Head::RankOrOther => rank(word, phrase, head, context),
        Head::Justice => Judge,
        Head::Speaker if is_unnamed(phrase, head) => Unknown,
        Head::Speaker => match kind {
            Kind::Unknown
            | Kind::Legislature
            | Kind::NationalGovernment
            | Kind::SubnationalGovernment => Legislator,
            _ => Other,
        },
        Head::Member | Head::Delegate => member(context),
        Head::Representative => match kind {
            Kind::Legislature | Kind::Party => Legislator,
            Kind::Igo => SeniorOfficial,
            Kind::Unknown if context.preposition.is_none() => Legislator,
            Kind::Ngo | Kind::Company => Spokesperson,
            _ => Official,
        },
        Head::Deputy => match kind {
            Kind::SubnationalGovernment => PoliceOfficer,
            _ => Legislator,
        },
        Head::Manager => match kind {
            Kind::Sport => Coach,
            Kind::NationalGovernment | Kind::SubnationalGovernment | Kind::Igo => SeniorOfficial,
            Kind::Party => Adviser,
            // "England manager", "Leicester City manager": of a team, where no company is known.
            Kind::Unknown
                if context.preposition.is_none()
                    && (context.name.is_some_and(|(_, end)| end == head)
                        || context.country.is_some()) =>
            {
                Coach
            }
            _ => Executive,
        },
        Head::GeneralManager => match kind {
            Kind::NationalGovernment | Kind::SubnationalGovernment => SeniorOfficial,
            _ => Executive,
        },
        Head::School => match kind {
            Kind::Religious => ReligiousLeader,
            _ => HeadOfOrganisation,
        },
        Head::Union => HeadOfOrganisation,
        Head::Officer => officer(context),
        Head::Staff => Unknown,
        Head::Contractor => Executive,
        Head::Militant => Unknown,
        Head::Outsider => Other,
        Head::Source => match (kind, context.portfolio, context.country) {
            (Kind::Unknown, None, None) => Unknown,
            _ => Official,
        },
    }
}

/// "unknown speaker": who speaks, not who presides.
fn is_unnamed(phrase: &Phrase<'_>, head: usize) -> bool {
    head > 0
        && matches!(
            phrase.fold(head - 1),
            "unknown" | "unnamed" | "unidentified" | "anonymous" | "unattributed"
        )
}
