//! `RoleUnderstanding`: what a printed title means, whether or not anybody was quoted under it.

use async_graphql::SimpleObject;

use crate::domain::role::{Employer, Understanding};
use crate::domain::vocabulary::{Domain, Function, OrganisationKind, Status, Voice};

/// What a printed title, with the organisation printed beside it, means. Only the print counts:
/// nothing is known of persons. What is not understood is `UNKNOWN`, never a guess.
#[derive(SimpleObject)]
pub struct RoleUnderstanding {
    /// What the holder does.
    function: Function,
    /// The field of public policy of the post, else of its organisation; `UNKNOWN` where a post must
    /// have one and the print does not tell.
    domain: Domain,
    /// Whether the holder is in office.
    status: Status,
    /// For whom the holder speaks.
    voice: Voice,
    /// The organisation of the post; null where neither it nor its kind is printed or implied.
    organisation: Option<UnderstoodOrganisation>,
    /// The field whose official this is, in or acting in a government or an armed force; null where
    /// it is nobody's official: a former one, a member of parliament, an analyst.
    official_of: Option<Domain>,
    /// The words that decided, and the organisation that they led to.
    because: Vec<String>,
}

/// The organisation of a printed title, as far as the print tells it.
#[derive(SimpleObject)]
pub struct UnderstoodOrganisation {
    /// The official English name where dixit's vocabulary knows it, else as printed; null where only
    /// the kind is known (`minister of defence`) or where several go by what is printed.
    name: Option<String>,
    /// The kind of organisation that the post belongs to.
    kind: OrganisationKind,
    /// The names of the bodies that it is part of, nearest first.
    ancestors: Vec<String>,
    /// The names of those that go by what is printed, where that is several; else empty.
    candidates: Vec<String>,
}

impl From<Understanding> for RoleUnderstanding {
    fn from(found: Understanding) -> Self {
        Self {
            organisation: found.employer().map(UnderstoodOrganisation::from),
            function: found.function,
            domain: found.domain,
            status: found.status,
            voice: found.voice,
            official_of: found.official_of,
            because: found.because,
        }
    }
}

impl From<Employer> for UnderstoodOrganisation {
    fn from(employer: Employer) -> Self {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        Self {
            name: employer.name,
            kind: employer.kind,
            ancestors: owned(employer.ancestors),
            candidates: owned(employer.candidates),
        }
    }
}
