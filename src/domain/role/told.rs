//! An understanding as answers tell it, to a program in a pipe and over the API alike.

use super::Understanding;
use crate::domain::organisation::{Organisation, Reading};
use crate::domain::vocabulary::OrganisationKind;

/// The organisation of a post, as far as the print tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Employer {
    /// Its official English name, else as printed; `None` where only its kind is known ("minister
    /// of defence") or where several go by what is printed.
    pub name: Option<String>,
    /// The kind of organisation that the post belongs to.
    pub kind: OrganisationKind,
    /// The names of the bodies that it is part of, nearest first.
    pub ancestors: Vec<&'static str>,
    /// The names of the organisations that go by what is printed, where that is several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<&'static str>,
}

impl Understanding {
    /// The organisation of the post; `None` where neither it nor its kind is printed or implied.
    pub fn employer(&self) -> Option<Employer> {
        let names = |all: Vec<&'static Organisation>| all.iter().map(|one| one.name).collect();
        let kind = self.organisation_kind;
        let nameless = Employer { name: None, kind, ancestors: vec![], candidates: vec![] };
        match &self.organisation {
            Reading::Known(known) => Some(Employer {
                name: Some(known.name.to_owned()),
                ancestors: names(known.ancestors()),
                ..nameless
            }),
            Reading::Unlisted { name, .. } => {
                Some(Employer { name: Some(name.clone()), ..nameless })
            }
            Reading::Ambiguous(all) => {
                Some(Employer { candidates: names(all.clone()), ..nameless })
            }
            Reading::Nothing => Some(nameless).filter(|_| kind != OrganisationKind::Unknown),
        }
    }
}
