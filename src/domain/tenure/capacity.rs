//! How a printed role stands to the record: held, sighted, in conflict, ambiguous.
//!
//! Only what is certain decides: a date that may lie on either side of a bound decides nothing, so
//! that a vaguer date never turns one certainty into the other.

use super::bound::Lies;
use super::office::{Fit, Words, fit};
use super::{Capacity, Tenure};
use crate::domain::date::FuzzyDate;
use crate::domain::id::Id;
use crate::domain::resolution::{Resolution, ResolvedOrganisation};
use crate::domain::vocabulary::{Domain, Function, Status};

/// What a quote says of its speaker: a role, at a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The role.
    pub role: Id,
    /// Its title, as printed.
    pub title: String,
    /// What its holder does.
    pub function: Function,
    /// Its field of policy.
    pub domain: Domain,
    /// How the speaker stands to it.
    pub status: Status,
    /// Its organisation and what that is part of, nearest first; empty where the print names none.
    pub organisation: Vec<Id>,
    /// That organisation's name; empty where there is none.
    pub organisation_name: String,
    /// Whether the print names a body that may be one of several: "MoD".
    pub open_organisation: bool,
    /// The best date known: said, else reported.
    pub date: Option<FuzzyDate>,
}

impl Claim {
    /// What a resolved attribution claims; `None` without a named speaker or a printed role.
    pub fn of(resolution: &Resolution, date: Option<FuzzyDate>) -> Option<Self> {
        resolution.speaker.as_ref()?;
        let role = resolution.role.as_ref()?;
        let organisation = resolution.organisation.as_ref();
        Some(Self {
            role: role.id,
            title: role.title.clone(),
            function: role.function,
            domain: role.domain,
            status: role.status,
            organisation: organisation.map(lineage).unwrap_or_default(),
            organisation_name: organisation.map(|one| one.name().to_owned()).unwrap_or_default(),
            open_organisation: resolution.open_body.is_some(),
            date,
        })
    }
}

/// An organisation and what it is part of, nearest first.
fn lineage(organisation: &ResolvedOrganisation) -> Vec<Id> {
    let mut ids = vec![organisation.id()];
    if let ResolvedOrganisation::Listed(known) = organisation {
        let above = known.ancestors().into_iter();
        ids.extend(above.map(|above| ResolvedOrganisation::Listed(above).id()));
    }
    ids
}

/// What the record has on a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// These tenures, or none.
    Tenures(Vec<Tenure>),
    /// Several people of the speaker's name, and nothing that tells which of them it is.
    Namesakes,
}

impl Default for Recorded {
    fn default() -> Self {
        Self::Tenures(Vec::new())
    }
}

/// How a claim stands to what is recorded of its speaker; no claim is made where no speaker is
/// named or no role is printed.
pub fn capacity(claim: Option<&Claim>, recorded: &Recorded) -> Capacity {
    let Some(claim) = claim else { return Capacity::Unknown };
    let tenures = match recorded {
        Recorded::Namesakes => return Capacity::Ambiguous,
        Recorded::Tenures(tenures) => tenures,
    };
    // A date that nobody knows may be any.
    let (earliest, latest) =
        claim.date.map_or((i64::MIN, i64::MAX), |date| (date.earliest, date.latest));
    let place = |tenure: &Tenure| tenure.places(earliest, latest);
    let of_fit = |wanted: Fit| tenures.iter().filter(move |one| fits(claim, one) == wanted);
    let same: Vec<&Tenure> = of_fit(Fit::Same).collect();
    if same.is_empty() {
        // What may be the office neither confirms the print nor contradicts it, unless another
        // office excludes it.
        let none = match of_fit(Fit::Possible).next() {
            Some(_) => Capacity::Ambiguous,
            None => Capacity::Sighted,
        };
        let others = tenures.iter().filter(|tenure| excludes(claim, tenure)).map(place);
        return others.fold(none, |found, lies| match (found, lies) {
            (_, Lies::Within) | (Capacity::Conflict, _) => Capacity::Conflict,
            (_, Lies::Unsure) => Capacity::Ambiguous,
            (found, _) => found,
        });
    }
    let stands = |tenure: &&Tenure| (expected(claim.status, tenure.status), place(tenure));
    let stands: Vec<(Lies, Lies)> = same.iter().map(stands).collect();
    let agrees = stands.iter().any(|(expected, lies)| expected == lies);
    match claim.status {
        // Whoever held it twice is in it at either time.
        Status::Current | Status::Acting | Status::Shadow if agrees => Capacity::Held,
        // Whoever is in it is neither a former nor a coming holder.
        _ if stands
            .iter()
            .any(|(expected, lies)| *expected != Lies::Within && *lies == Lies::Within) =>
        {
            Capacity::Conflict
        }
        _ if stands.iter().any(|(_, lies)| *lies == Lies::Unsure) => Capacity::Ambiguous,
        _ if agrees => Capacity::Held,
        // Another tenure, that may be of this role, may hold the date.
        _ if of_fit(Fit::Possible)
            .any(|tenure| place(tenure) != Lies::Before && place(tenure) != Lies::After) =>
        {
            Capacity::Ambiguous
        }
        _ => Capacity::Conflict,
    }
}

/// Where the date must lie for a printed status to agree with a tenure that is recorded so.
fn expected(printed: Status, recorded: Status) -> Lies {
    match (printed, recorded) {
        (printed, recorded) if printed == recorded => Lies::Within,
        (Status::Former, _) => Lies::After,
        (Status::Designate, _) => Lies::Before,
        _ => Lies::Within,
    }
}

/// How surely a tenure is of the role that is claimed. What the print leaves out is no doubt, for
/// the record has it; what the record leaves out is one.
fn fits(claim: &Claim, tenure: &Tenure) -> Fit {
    // "Former" and "designate" are said of the office itself; to shadow it is another one.
    let office = |status: Status| matches!(status, Status::Current | Status::Acting);
    let of_status =
        claim.status == tenure.status || office(tenure.status) && claim.status != Status::Shadow;
    if !of_status {
        return Fit::Other;
    }
    if tenure.role == Some(claim.role) {
        return Fit::Same;
    }
    let of_function = claim.function == tenure.function && claim.function != Function::Unknown;
    if !of_function || !agree(claim.domain, tenure.domain) {
        return Fit::Other;
    }
    let domain = match tenure.domain == Domain::Unknown && claim.domain != Domain::Unknown {
        true => Fit::Possible,
        false => Fit::Same,
    };
    let printed = Words { title: &claim.title, organisation: &claim.organisation_name };
    let recorded = Words { title: &tenure.title, organisation: &tenure.organisation_name };
    fit(claim.function, printed, recorded).min(domain).min(organisations(claim, tenure))
}

/// How surely a printed organisation is the recorded one.
fn organisations(claim: &Claim, tenure: &Tenure) -> Fit {
    let (printed, recorded) = (&claim.organisation, &tenure.organisation);
    match (printed.first(), recorded.first()) {
        (Some(one), Some(other)) if one == other => Fit::Same,
        // A government has one minister of a portfolio and one head, wherever they sit in it; of
        // the spokesmen of a part and of the whole there are several.
        (Some(one), Some(other)) if recorded.contains(one) || printed.contains(other) => {
            let one_holder = matches!(
                claim.function,
                Function::Minister | Function::HeadOfGovernment | Function::HeadOfState
            );
            if one_holder { Fit::Same } else { Fit::Possible }
        }
        (Some(_), Some(_)) => Fit::Other,
        // "Latvian defence minister" is not known to be the minister at "Ministry of Defence".
        (Some(_), None) => Fit::Possible,
        (None, _) if claim.open_organisation => Fit::Possible,
        (None, _) => Fit::Same,
    }
}

/// Domains that may be one: a minister without a printed portfolio may have any.
fn agree(one: Domain, other: Domain) -> bool {
    one == other || one == Domain::Unknown || other == Domain::Unknown
}

/// Whether a tenure of another office excludes the claimed one: a minister has one portfolio in a
/// government at a time.
fn excludes(claim: &Claim, tenure: &Tenure) -> bool {
    let in_office = |status: Status| matches!(status, Status::Current | Status::Acting);
    let portfolio = |domain| !matches!(domain, Domain::General | Domain::None | Domain::Unknown);
    let one_government = claim.organisation.is_empty()
        || tenure.organisation.is_empty()
        || claim.organisation.iter().any(|id| tenure.organisation.contains(id));
    claim.function == Function::Minister
        && tenure.function == Function::Minister
        && in_office(claim.status)
        && in_office(tenure.status)
        && portfolio(claim.domain)
        && portfolio(tenure.domain)
        && claim.domain != tenure.domain
        && one_government
}
