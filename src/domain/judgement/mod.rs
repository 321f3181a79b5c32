//! Judgements: what people decide about who is who, where the print does not.
//!
//! A judgement changes nothing that was printed. Those in force make [`Rules`], which the
//! resolution of a quote ends with; taking one back leaves no trace.

pub mod candidates;
mod rules;

pub use rules::{Assigned, Office, Rules};

vocabulary! {
    /// What a judgement says.
    JudgementAction {
        /// Two speakers are one person: the subject is the object.
        MergeSpeakers = "MERGE_SPEAKERS",
        /// Two organisations are one: the subject is the object.
        MergeOrganisations = "MERGE_ORGANISATIONS",
        /// Two roles are one: the subject is the object.
        MergeRoles = "MERGE_ROLES",
        /// Some quotes of a speaker are by somebody else: those quotes are the object's.
        SplitSpeaker = "SPLIT_SPEAKER",
        /// Some quotes of an organisation are of another: those quotes are the object's.
        SplitOrganisation = "SPLIT_ORGANISATION",
        /// Some quotes of a role are in another: those quotes are the object's.
        SplitRole = "SPLIT_ROLE",
        /// A name means the object, wherever it is printed.
        AddAlias = "ADD_ALIAS",
        /// A name does not mean the subject, wherever it is printed.
        RemoveAlias = "REMOVE_ALIAS",
        /// The source of some quotes spoke in the object's role.
        ReassignRole = "REASSIGN_ROLE",
        /// It became known who the unnamed source of some quotes was: the object.
        UnmaskSource = "UNMASK_SOURCE",
        /// A speaker is the person of this Wikidata id: the object.
        SettleWikidata = "SETTLE_WIKIDATA",
        /// Subject and object are not the same, however alike they look.
        KeepApart = "KEEP_APART",
        /// Two statements are related, in the way that the name says, seen from the subject.
        ConfirmRelation = "CONFIRM_RELATION",
        /// Two statements are not related, however alike their words are.
        RejectRelation = "REJECT_RELATION",
    }
}

impl JudgementAction {
    /// Those about statements: no quote means anything else by them.
    pub const RELATIONS: [Self; 2] = [Self::ConfirmRelation, Self::RejectRelation];

    /// Whether the subject is the object from then on.
    pub fn joins(self) -> bool {
        matches!(
            self,
            Self::MergeSpeakers
                | Self::MergeOrganisations
                | Self::MergeRoles
                | Self::AddAlias
                | Self::SettleWikidata
        )
    }
}
