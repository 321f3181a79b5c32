//! What judgements are asked by.

use async_graphql::{ID, InputObject};

use crate::domain::statement::StatementRelationKind;

/// Inputs that also say why, and whether to try only.
macro_rules! inputs {
    ($(
        $(#[$manual:meta])*
        $input:ident { $( $(#[$doc:meta])* $field:ident: $type:ty, )+ }
    )+) => { $(
        $(#[$manual])*
        #[derive(InputObject, Debug)]
        pub struct $input {
            $( $(#[$doc])* pub(super) $field: $type, )+
            /// Why; it stands beside the judgement for everybody to read.
            pub(super) reason: String,
            /// Answer only what it would touch, and write nothing.
            #[graphql(default = false)]
            pub(super) preview: bool,
        }
    )+ };
}

inputs! {
    /// Which two speakers are one person.
    MergeSpeakersInput {
        /// The speaker who is somebody else.
        id: ID,
        /// Who that is; the two go by this one from then on.
        into_id: ID,
    }

    /// Which two organisations are one.
    MergeOrganisationsInput {
        /// The organisation that is another one.
        id: ID,
        /// Which that is; the two go by this one from then on.
        into_id: ID,
    }

    /// Which two roles are one.
    MergeRolesInput {
        /// The role that is another one.
        id: ID,
        /// Which that is; the two go by this one from then on.
        into_id: ID,
    }

    /// Which quotes of a speaker are somebody else's.
    SplitSpeakerInput {
        /// The speaker whose quotes they are now.
        id: ID,
        /// The quotes, 1 to 100.
        quote_ids: Vec<ID>,
        /// Whose they are. This or `name` is needed.
        into_id: Option<ID>,
        /// The name of whose they are: a namesake where it is the speaker's own.
        name: Option<String>,
        /// Beside `name`: the Wikidata id of whose they are, for example `Q42`.
        wikidata_id: Option<String>,
    }

    /// Which quotes of an organisation are another's.
    SplitOrganisationInput {
        /// The organisation whose quotes they are now.
        id: ID,
        /// The quotes, 1 to 100.
        quote_ids: Vec<ID>,
        /// Whose they are. This or `name` is needed.
        into_id: Option<ID>,
        /// The name of the organisation whose they are.
        name: Option<String>,
    }

    /// Which quotes in a role are in another.
    SplitRoleInput {
        /// The role in which they are now.
        id: ID,
        /// The quotes, 1 to 100.
        quote_ids: Vec<ID>,
        /// The role in which they are. This or `title` is needed.
        into_id: Option<ID>,
        /// The title of the role in which they are.
        title: Option<String>,
        /// Beside `title`: the organisation of that role.
        organisation_id: Option<ID>,
    }

    /// Which name means whom.
    AddAliasInput {
        /// The speaker or organisation.
        id: ID,
        /// The name.
        name: String,
    }

    /// Which name does not mean whom.
    RemoveAliasInput {
        /// The speaker or organisation.
        id: ID,
        /// The name.
        name: String,
    }

    /// In which role the source of some quotes spoke.
    ReassignRoleInput {
        /// The quotes, 1 to 100.
        quote_ids: Vec<ID>,
        /// The role. This or `title` is needed.
        role_id: Option<ID>,
        /// The title of the role.
        title: Option<String>,
        /// Beside `title`: the organisation of that role.
        organisation_id: Option<ID>,
    }

    /// Who the unnamed source of some quotes was.
    UnmaskSourceInput {
        /// The quotes, 1 to 100.
        quote_ids: Vec<ID>,
        /// Who it was. This or `name` is needed.
        speaker_id: Option<ID>,
        /// The name of who it was.
        name: Option<String>,
        /// Beside `name`: the Wikidata id of who it was, for example `Q42`.
        wikidata_id: Option<String>,
    }

    /// Which Wikidata id a speaker has.
    SettleWikidataInput {
        /// The speaker.
        id: ID,
        /// The Wikidata id, for example `Q42`.
        wikidata_id: String,
    }

    /// Which two are not the same.
    KeepApartInput {
        /// A speaker, an organisation or a role.
        id: ID,
        /// Another one of the same sort.
        other_id: ID,
    }

    /// Which two statements are related.
    ConfirmRelationInput {
        /// The statement.
        id: ID,
        /// Another one.
        other_id: ID,
        /// How the first stands to the other.
        kind: StatementRelationKind,
    }

    /// Which two statements are not related.
    RejectRelationInput {
        /// The statement.
        id: ID,
        /// Another one.
        other_id: ID,
    }

    /// Which judgement is taken back.
    UndoJudgementInput {
        /// The judgement's id.
        id: ID,
    }
}
