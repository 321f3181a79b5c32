//! What a judgement answers: the judgement, and the quotes that mean something else by it.

use std::collections::{BTreeSet, HashMap};

use async_graphql::{ID, SimpleObject};

use super::super::payload::UserError;
use crate::domain::id::Id;
use crate::domain::quote::SpeakerKind;
use crate::graphql::judgement::Judgement;
use crate::store::write::Change;
use crate::store::write::judge::{Judged, SHOWN};

/// What a judgement touches: quotes that mean something else by it than before. One that was made,
/// or taken back, before touches nothing any more.
#[derive(SimpleObject)]
pub struct Touched {
    /// How many quotes.
    quote_count: i64,
    /// How many statements they were quotes of.
    statement_count: i64,
    /// How many articles they stand in.
    article_count: i64,
    /// The first twenty of them, by article.
    quotes: Vec<TouchedQuote>,
}

/// A quote that means something else by a judgement than before.
#[derive(SimpleObject)]
pub struct TouchedQuote {
    /// The quote's id.
    id: ID,
    /// The words.
    text: String,
    /// Whose words they were.
    before: TouchedSource,
    /// Whose they are by the judgement.
    after: TouchedSource,
}

/// Whose words a quote has.
#[derive(SimpleObject)]
pub struct TouchedSource {
    /// What sort of source.
    speaker_kind: SpeakerKind,
    /// The person.
    speaker: Option<TouchedName>,
    /// The role; its name is the title.
    role: Option<TouchedName>,
    /// The organisation.
    organisation: Option<TouchedName>,
}

/// Somebody or something by id and name. Whom a preview or a judgement names anew, or for the last
/// time, cannot be asked for by the id.
#[derive(SimpleObject)]
pub struct TouchedName {
    /// The id of the speaker, role or organisation.
    id: ID,
    /// The name, or a role's title.
    name: String,
}

impl From<Judged> for Touched {
    fn from(judged: Judged) -> Self {
        let Judged { changes, names, .. } = judged;
        let count = |of: fn(&Change) -> Id| {
            let ids: BTreeSet<Id> = changes.iter().map(of).collect();
            i64::try_from(ids.len()).unwrap_or(i64::MAX)
        };
        Self {
            quote_count: count(|change| change.after.id),
            statement_count: count(|change| change.before.statement_id),
            article_count: count(|change| change.after.article_id),
            quotes: changes.iter().take(SHOWN).map(|change| touched(change, &names)).collect(),
        }
    }
}

fn touched(change: &Change, names: &HashMap<Id, String>) -> TouchedQuote {
    let named = |id: Option<Id>| {
        let id = id?;
        let name = names.get(&id).cloned().unwrap_or_default();
        Some(TouchedName { id: ID(id.to_string()), name })
    };
    macro_rules! source {
        ($row:expr) => {
            TouchedSource {
                speaker_kind: $row.speaker_kind,
                speaker: named($row.speaker_id),
                role: named($row.role_id),
                organisation: named($row.organisation_id),
            }
        };
    }
    TouchedQuote {
        id: ID(change.after.id.to_string()),
        text: change.after.text.clone(),
        before: source!(change.before),
        after: source!(change.after),
    }
}

/// What every judgement answers.
#[derive(Default)]
pub struct Answer {
    /// The judgement.
    pub judgement: Option<Judgement>,
    /// What it touches.
    pub touched: Option<Touched>,
    /// What was wrong.
    pub user_errors: Vec<UserError>,
}

macro_rules! payloads {
    ($($payload:ident, $of:literal;)+) => { $(
        #[doc = concat!("What `", $of, "` answers.")]
        #[derive(SimpleObject)]
        pub struct $payload {
            /// The judgement; null in a preview, and where something was wrong.
            judgement: Option<Judgement>,
            /// What it touches; null where something was wrong.
            touched: Option<Touched>,
            /// What was wrong; empty where nothing was.
            user_errors: Vec<UserError>,
        }

        impl From<Answer> for $payload {
            fn from(answer: Answer) -> Self {
                let Answer { judgement, touched, user_errors } = answer;
                Self { judgement, touched, user_errors }
            }
        }
    )+ };
}

payloads! {
    MergeSpeakersPayload, "mergeSpeakers";
    MergeOrganisationsPayload, "mergeOrganisations";
    MergeRolesPayload, "mergeRoles";
    SplitSpeakerPayload, "splitSpeaker";
    SplitOrganisationPayload, "splitOrganisation";
    SplitRolePayload, "splitRole";
    AddAliasPayload, "addAlias";
    RemoveAliasPayload, "removeAlias";
    ReassignRolePayload, "reassignRole";
    UnmaskSourcePayload, "unmaskSource";
    SettleWikidataPayload, "settleWikidata";
    KeepApartPayload, "keepApart";
    ConfirmRelationPayload, "confirmRelation";
    RejectRelationPayload, "rejectRelation";
    UndoJudgementPayload, "undoJudgement";
}
