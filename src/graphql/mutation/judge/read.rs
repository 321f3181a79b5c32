//! How the inputs of judgements are read, and what is wrong with them.

use std::borrow::Cow;

use async_graphql::ID;

use super::input::{
    AddAliasInput, ConfirmRelationInput, KeepApartInput, MergeOrganisationsInput, MergeRolesInput,
    MergeSpeakersInput, ReassignRoleInput, RejectRelationInput, RemoveAliasInput,
    SettleWikidataInput, SplitOrganisationInput, SplitRoleInput, SplitSpeakerInput,
    UndoJudgementInput, UnmaskSourceInput,
};
use crate::domain::field::{Fault, MAX_NAME, optional, required, wikidata};
use crate::domain::id::{Id, Kind};
use crate::domain::statement::StatementRelationKind;
use crate::store::write::judge::{Asked, Target};

/// How many quotes one judgement is about by themselves at most.
const MAX_QUOTES: usize = 100;

/// What is to be done.
pub enum Work {
    /// A judgement is made.
    Judge(Asked),
    /// A judgement is taken back.
    Undo(Id),
}

/// Work, and why it is done.
pub struct Reasoned {
    /// The work.
    pub work: Work,
    /// Why.
    pub reason: String,
    /// Whether nothing is to be written.
    pub preview: bool,
}

/// An input of a judgement.
pub trait Input {
    /// What it asks for.
    fn read(self) -> Result<Reasoned, Fault>;
}

macro_rules! read {
    ($($input:ident: $self:ident => $work:expr;)+) => { $(
        impl Input for $input {
            fn read($self) -> Result<Reasoned, Fault> {
                let reason = required("reason", &$self.reason, MAX_NAME)?;
                Ok(Reasoned { preview: $self.preview, work: $work, reason })
            }
        }
    )+ };
}

read! {
    MergeSpeakersInput: self => merge(Kind::Speaker, &self.id, &self.into_id)?;
    MergeOrganisationsInput: self => merge(Kind::Organisation, &self.id, &self.into_id)?;
    MergeRolesInput: self => merge(Kind::Role, &self.id, &self.into_id)?;
    SplitSpeakerInput: self => Work::Judge(Asked::Split {
        from: id("id", &self.id, &[Kind::Speaker])?,
        quotes: quotes(&self.quote_ids)?,
        into: speaker("intoId", self.into_id, self.name, self.wikidata_id)?,
    });
    SplitOrganisationInput: self => Work::Judge(Asked::Split {
        from: id("id", &self.id, &[Kind::Organisation])?,
        quotes: quotes(&self.quote_ids)?,
        into: match given("intoId", "name", Kind::Organisation, self.into_id, self.name)? {
            Given::Id(id) => Target::There(id),
            Given::Name(name) => Target::Organisation { name },
        },
    });
    SplitRoleInput: self => Work::Judge(Asked::Split {
        from: id("id", &self.id, &[Kind::Role])?,
        quotes: quotes(&self.quote_ids)?,
        into: role("intoId", self.into_id, self.title, self.organisation_id)?,
    });
    AddAliasInput: self => Work::Judge(Asked::AddAlias {
        to: id("id", &self.id, &[Kind::Speaker, Kind::Organisation])?,
        name: required("name", &self.name, MAX_NAME)?,
    });
    RemoveAliasInput: self => Work::Judge(Asked::RemoveAlias {
        of: id("id", &self.id, &[Kind::Speaker, Kind::Organisation])?,
        name: required("name", &self.name, MAX_NAME)?,
    });
    ReassignRoleInput: self => Work::Judge(Asked::Reassign {
        quotes: quotes(&self.quote_ids)?,
        role: role("roleId", self.role_id, self.title, self.organisation_id)?,
    });
    UnmaskSourceInput: self => Work::Judge(Asked::Unmask {
        quotes: quotes(&self.quote_ids)?,
        speaker: speaker("speakerId", self.speaker_id, self.name, self.wikidata_id)?,
    });
    SettleWikidataInput: self => Work::Judge(Asked::SettleWikidata {
        speaker: id("id", &self.id, &[Kind::Speaker])?,
        wikidata: wikidata("wikidataId", Some(Cow::Borrowed(&self.wikidata_id)))?
            .ok_or_else(|| Fault::value("wikidataId", "is empty: give an id such as Q42"))?,
    });
    KeepApartInput: self => {
        let kinds = [Kind::Speaker, Kind::Organisation, Kind::Role];
        Work::Judge(Asked::KeepApart {
            one: id("id", &self.id, &kinds)?,
            other: id("otherId", &self.other_id, &kinds)?,
        })
    };
    ConfirmRelationInput: self => relate(&self.id, &self.other_id, Some(self.kind))?;
    RejectRelationInput: self => relate(&self.id, &self.other_id, None)?;
    UndoJudgementInput: self => Work::Undo(id("id", &self.id, &[Kind::Judgement])?);
}

fn relate(one: &ID, other: &ID, kind: Option<StatementRelationKind>) -> Result<Work, Fault> {
    let kinds = [Kind::Statement];
    let (one, other) = (id("id", one, &kinds)?, id("otherId", other, &kinds)?);
    Ok(Work::Judge(Asked::Relate { one, other, kind }))
}

fn merge(kind: Kind, from: &ID, into: &ID) -> Result<Work, Fault> {
    let (from, into) = (id("id", from, &[kind])?, id("intoId", into, &[kind])?);
    Ok(Work::Judge(Asked::Merge { from, into }))
}

/// An id of one of these kinds.
fn id(field: &str, given: &ID, kinds: &[Kind]) -> Result<Id, Fault> {
    let id: Id = given.parse().map_err(|error| Fault::value(field, error))?;
    match id.kind().is_some_and(|kind| kinds.contains(&kind)) {
        true => Ok(id),
        false => Err(Fault::value(field, format!("{id} is the id of something else"))),
    }
}

fn quotes(given: &[ID]) -> Result<Vec<Id>, Fault> {
    if !(1..=MAX_QUOTES).contains(&given.len()) {
        let problem = format!("{} quotes: give 1 to {MAX_QUOTES}", given.len());
        return Err(Fault::value("quoteIds", problem));
    }
    given.iter().map(|given| id("quoteIds", given, &[Kind::Quote])).collect()
}

/// Either an id or a name.
enum Given {
    Id(Id),
    Name(String),
}

fn given(
    id_field: &str,
    name_field: &str,
    kind: Kind,
    there: Option<ID>,
    name: Option<String>,
) -> Result<Given, Fault> {
    match (there, optional(name_field, name.map(Cow::Owned), MAX_NAME)?) {
        (Some(there), None) => Ok(Given::Id(id(id_field, &there, &[kind])?)),
        (None, Some(name)) => Ok(Given::Name(name)),
        _ => {
            let problem = format!("give either `{id_field}` or `{name_field}`");
            Err(Fault::value(id_field, problem))
        }
    }
}

fn speaker(
    field: &str,
    there: Option<ID>,
    name: Option<String>,
    item: Option<String>,
) -> Result<Target, Fault> {
    let wikidata = wikidata("wikidataId", item.map(Cow::Owned))?;
    match given(field, "name", Kind::Speaker, there, name)? {
        Given::Name(name) => Ok(Target::Speaker { name, wikidata }),
        Given::Id(_) if wikidata.is_some() => {
            Err(Fault::value("wikidataId", "stands beside `name` alone"))
        }
        Given::Id(id) => Ok(Target::There(id)),
    }
}

fn role(
    field: &str,
    there: Option<ID>,
    title: Option<String>,
    organisation: Option<ID>,
) -> Result<Target, Fault> {
    let organisation = organisation
        .map(|given| id("organisationId", &given, &[Kind::Organisation]))
        .transpose()?;
    match given(field, "title", Kind::Role, there, title)? {
        Given::Name(title) => Ok(Target::Role { title, organisation }),
        Given::Id(_) if organisation.is_some() => {
            Err(Fault::value("organisationId", "stands beside `title` alone"))
        }
        Given::Id(id) => Ok(Target::There(id)),
    }
}
