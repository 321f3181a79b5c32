//! Whom an attribution means among those on record.

use std::collections::{BTreeSet, HashMap};

use super::super::dialect::Connection;
use super::super::error::Result;
use super::super::near::Preferred;
use super::super::quote::OrganisationMatch;
use super::super::role::RoleRow;
use super::super::statement::StatementRow;
use super::super::{merged, organisation, speaker};
use crate::domain::claimant::Claimant;
use crate::domain::id::Id;
use crate::domain::organisation::Organisation;
use crate::domain::person::{Likeness, name_key};
use crate::domain::resolution::{ResolvedOrganisation, ResolvedRole, statement_of_speaker};
use crate::domain::verification::By;
use crate::domain::vocabulary::{Domain, Function};

/// An attribution beside what is on record. Its sets are in order: of whom the first statements are
/// compared must not change from one time to the next.
pub struct Attributed {
    claimant: Claimant,
    /// The speakers who go by the name, as what they were merged into.
    speakers: BTreeSet<Id>,
    /// The organisation and what lies below it.
    within: BTreeSet<Id>,
    /// What lies above it.
    above: BTreeSet<Id>,
}

/// The names of speakers by their ids.
pub type Names = HashMap<Id, Vec<String>>;

impl Attributed {
    /// Looks up whom it names.
    pub fn of(connection: &mut Connection, claimant: Claimant) -> Result<Self> {
        let speakers = match &claimant.name {
            Some(name) => speaker::ids_by_name(connection, name)?,
            None => Vec::new(),
        };
        let (mut within, mut above) = (Vec::new(), Vec::new());
        if let Some(body) = &claimant.organisation {
            let ids = Some(vec![body.id()]);
            let wanted = OrganisationMatch { ids, name: None, descendants: true };
            within = organisation::ids(connection, &wanted)?;
            if let ResolvedOrganisation::Listed(known) = body {
                let ids = known.ancestors().into_iter().map(listed_id).collect();
                above = merged::roots(connection, ids)?;
            }
        }
        Ok(Self {
            claimant,
            speakers: speakers.into_iter().collect(),
            within: within.into_iter().collect(),
            above: above.into_iter().collect(),
        })
    }

    /// Whose statements are compared first with these folded words.
    pub fn preferred(&self, words: &str) -> Preferred {
        let own = |speaker: &Id| statement_of_speaker(words, *speaker);
        Preferred {
            statements: self.speakers.iter().map(own).collect(),
            speakers: self.speakers.iter().copied().collect(),
            organisations: self.within.iter().copied().collect(),
        }
    }

    /// Whether names of speakers have to be known.
    pub fn asks_for_names(&self) -> bool {
        self.claimant.name.is_some()
    }

    /// Whether somebody of this name may be meant.
    pub fn is_named(&self, name: &str) -> bool {
        self.claimant.likeness(name) > Likeness::Another
    }

    /// Whether a role is asked for.
    pub fn asks_for_role(&self) -> bool {
        self.claimant.role.is_some()
    }

    /// How the source of a statement stands to whom is asked for.
    pub fn by(&self, row: &StatementRow, role: Option<&RoleRow>, names: &Names) -> By {
        match (&self.claimant.name, row.speaker_id) {
            (Some(_), Some(id)) => {
                if self.speakers.contains(&id) {
                    return By::Attributed;
                }
                let known = names.get(&id).into_iter().flatten();
                match known.map(|name| self.claimant.likeness(name)).max() {
                    Some(Likeness::Same) => By::Attributed,
                    // "President Quill" is the Quill on record as a president.
                    Some(Likeness::Perhaps) if self.is_same_office(role) => By::Attributed,
                    Some(Likeness::Perhaps) => By::Perhaps,
                    _ if self.is_of_body(row) => By::Attributed,
                    _ => By::Other,
                }
            }
            (Some(_), None) if self.is_of_body(row) => By::Attributed,
            // A name that the record was too careful to take for one stands there as a description.
            (Some(name), None)
                if role.is_some_and(|role| name_key(&role.title) == name_key(name)) =>
            {
                By::Attributed
            }
            // Words of the Taliban are none of a spokesman of the UN.
            (Some(_), None) if row.organisation_id.is_some_and(|at| self.is_elsewhere(at)) => {
                By::Other
            }
            (Some(_), None) => By::Unknown,
            (None, _) if self.claimant.is_nobody() => By::Perhaps,
            (None, speaker) => match self.by_office(row.organisation_id, role) {
                By::Unknown if speaker.is_some() => By::Perhaps,
                by => by,
            },
        }
    }

    /// Whether the office that is named with a name is that on record.
    fn is_same_office(&self, role: Option<&RoleRow>) -> bool {
        let Some((asked, role)) = self.claimant.role.as_ref().zip(role) else { return false };
        asked.title_key == role.title_key
            || asked.function == role.function && asked.function != Function::Unknown
    }

    /// Whether the name may as well be that of a body, and the words are of it.
    fn is_of_body(&self, row: &StatementRow) -> bool {
        let office = self.claimant.role.is_some();
        !office && row.organisation_id.is_some_and(|at| self.within.contains(&at))
    }

    /// The same where nobody is named: by the organisation, else by the role.
    fn by_office(&self, at: Option<Id>, role: Option<&RoleRow>) -> By {
        match (&self.claimant.organisation, at) {
            (Some(_), Some(at)) if self.within.contains(&at) => By::Attributed,
            (Some(_), Some(at)) if self.above.contains(&at) => By::Unknown,
            (Some(_), Some(_)) => By::Other,
            (Some(_), None) => By::Unknown,
            (None, _) => match (&self.claimant.role, role) {
                (Some(asked), Some(role)) if asked.title_key == role.title_key => By::Attributed,
                (Some(asked), Some(role)) if is_another(asked, role) => By::Other,
                (Some(asked), Some(role))
                    if asked.function == role.function && asked.domain == role.domain =>
                {
                    By::Attributed
                }
                _ => By::Unknown,
            },
        }
    }

    /// Whether a role is asked for, and this is another one.
    pub fn is_other_role(&self, role: Option<&RoleRow>, at: Option<Id>) -> bool {
        let (Some(asked), Some(role)) = (&self.claimant.role, role) else { return false };
        is_another(asked, role) || at.is_some_and(|at| self.is_elsewhere(at))
    }

    /// Whether an organisation is named, and this is another one.
    fn is_elsewhere(&self, at: Id) -> bool {
        let named = self.claimant.organisation.is_some();
        named && !self.within.contains(&at) && !self.above.contains(&at)
    }
}

/// Whether it is known that two roles are two: by what their holders do, or in which field.
fn is_another(asked: &ResolvedRole, role: &RoleRow) -> bool {
    let functions = [asked.function, role.function];
    let domains = [asked.domain, role.domain];
    functions[0] != functions[1] && !functions.contains(&Function::Unknown)
        || domains[0] != domains[1]
            && !domains.iter().any(|domain| matches!(domain, Domain::Unknown | Domain::None))
}

fn listed_id(known: &'static Organisation) -> Id {
    ResolvedOrganisation::Listed(known).id()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Kind;

    #[test]
    fn namesakes_stand_in_the_same_order_every_time() {
        let namesakes = (0_u8..9).map(|at| Id::derive(Kind::Speaker, &[&[at]]));
        let attributed = Attributed {
            claimant: Claimant::read("Ada Quill"),
            speakers: namesakes.clone().rev().collect(),
            within: BTreeSet::new(),
            above: BTreeSet::new(),
        };
        let mut rising: Vec<Id> = namesakes.collect();
        rising.sort_unstable();
        assert_eq!(attributed.preferred("it is so").speakers, rising);
    }
}
