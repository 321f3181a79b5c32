//! The root of judgements. Each is one write like every other, and can be tried beforehand.

mod input;
mod payload;
mod read;

use async_graphql::{Context, Object, Result};

use self::input::{
    AddAliasInput, ConfirmRelationInput, KeepApartInput, MergeOrganisationsInput, MergeRolesInput,
    MergeSpeakersInput, ReassignRoleInput, RejectRelationInput, RemoveAliasInput,
    SettleWikidataInput, SplitOrganisationInput, SplitRoleInput, SplitSpeakerInput,
    UndoJudgementInput, UnmaskSourceInput,
};
use self::payload::{
    AddAliasPayload, Answer, ConfirmRelationPayload, KeepApartPayload, MergeOrganisationsPayload,
    MergeRolesPayload, MergeSpeakersPayload, ReassignRolePayload, RejectRelationPayload,
    RemoveAliasPayload, SettleWikidataPayload, SplitOrganisationPayload, SplitRolePayload,
    SplitSpeakerPayload, UndoJudgementPayload, UnmaskSourcePayload,
};
use self::read::{Input, Reasoned, Work};
use super::payload::UserError;
use crate::domain::access::Scope;
use crate::graphql::caller::Caller;
use crate::graphql::error::nullable;
use crate::graphql::judgement::judgements;
use crate::graphql::trip;
use crate::graphql::wanted::Wanted;
use crate::store;
use crate::store::dialect::Connection;
use crate::store::write::edit::Deed;
use crate::store::write::judge::{judge, undo};

/// Judgements about who is who.
#[derive(Default)]
pub struct JudgementMutation;

/// Judgements about who is who.
#[Object]
impl JudgementMutation {
    /// Judges that two speakers are one person. Both ids lead to that one from then on.
    async fn merge_speakers(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: MergeSpeakersInput,
    ) -> Option<Result<MergeSpeakersPayload>> {
        judged(context, input).await
    }

    /// Judges that two organisations are one. Both ids lead to that one from then on.
    async fn merge_organisations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: MergeOrganisationsInput,
    ) -> Option<Result<MergeOrganisationsPayload>> {
        judged(context, input).await
    }

    /// Judges that two roles are one. Both ids lead to that one from then on.
    async fn merge_roles(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: MergeRolesInput,
    ) -> Option<Result<MergeRolesPayload>> {
        judged(context, input).await
    }

    /// Judges that some quotes of a speaker are somebody else's, who may be new here.
    async fn split_speaker(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quotes, whose they are, and why.")] input: SplitSpeakerInput,
    ) -> Option<Result<SplitSpeakerPayload>> {
        judged(context, input).await
    }

    /// Judges that some quotes of an organisation are another's, which may be new here.
    async fn split_organisation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quotes, whose they are, and why.")] input: SplitOrganisationInput,
    ) -> Option<Result<SplitOrganisationPayload>> {
        judged(context, input).await
    }

    /// Judges that some quotes in a role are in another, which may be new here.
    async fn split_role(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quotes, in which role they are, and why.")] input: SplitRoleInput,
    ) -> Option<Result<SplitRolePayload>> {
        judged(context, input).await
    }

    /// Judges that a name means a speaker or an organisation, wherever it is printed.
    async fn add_alias(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which name, whom it means, and why.")] input: AddAliasInput,
    ) -> Option<Result<AddAliasPayload>> {
        judged(context, input).await
    }

    /// Judges that a name does not mean a speaker or an organisation, wherever it is printed. Its quotes go to
    /// whoever goes by that name alone.
    async fn remove_alias(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which name, whom it does not mean, and why.")] input: RemoveAliasInput,
    ) -> Option<Result<RemoveAliasPayload>> {
        judged(context, input).await
    }

    /// Judges in which role the source of some quotes spoke. The organisation is the role's, where it
    /// has one.
    async fn reassign_role(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quotes, in which role, and why.")] input: ReassignRoleInput,
    ) -> Option<Result<ReassignRolePayload>> {
        judged(context, input).await
    }

    /// Judges who the unnamed source of some quotes was.
    async fn unmask_source(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which quotes, who it was, and why.")] input: UnmaskSourceInput,
    ) -> Option<Result<UnmaskSourcePayload>> {
        judged(context, input).await
    }

    /// Judges which person of Wikidata a speaker is.
    async fn settle_wikidata(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Who it is, and why.")] input: SettleWikidataInput,
    ) -> Option<Result<SettleWikidataPayload>> {
        judged(context, input).await
    }

    /// Judges that two that look alike are not the same: they are not proposed, and not merged.
    async fn keep_apart(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: KeepApartInput,
    ) -> Option<Result<KeepApartPayload>> {
        judged(context, input).await
    }

    /// Judges how two statements are related: one is an excerpt or a variant of the other. It stands in
    /// the `related` of both from then on, whatever their words suggest. They stay two statements.
    async fn confirm_relation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which two, how they are related, and why.")] input: ConfirmRelationInput,
    ) -> Option<Result<ConfirmRelationPayload>> {
        judged(context, input).await
    }

    /// Judges that two statements are not related: it is not suggested any more.
    async fn reject_relation(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which two, and why.")] input: RejectRelationInput,
    ) -> Option<Result<RejectRelationPayload>> {
        judged(context, input).await
    }

    /// Takes a judgement back. What it touched is as if it had never been made; it still stands in
    /// `judgements`, with both reasons. Judgements may be taken back in any order.
    async fn undo_judgement(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which judgement, and why.")] input: UndoJudgementInput,
    ) -> Option<Result<UndoJudgementPayload>> {
        judged(context, input).await
    }
}

/// Makes a judgement or takes one back; a preview does the same and undoes it, which takes its turn
/// among the writes and so needs the same token.
async fn judged<P: From<Answer>>(context: &Context<'_>, input: impl Input) -> Option<Result<P>> {
    nullable(async {
        let actor = Caller::acting(context, Scope::Write)?;
        let wanted = Wanted::of(context).below("judgement").cloned().unwrap_or_default();
        let Reasoned { work, reason, preview } = match input.read() {
            Ok(read) => read,
            Err(fault) => return Ok(Some(refused(UserError::of(fault)).into())),
        };
        let deed = Deed { actor, reason: Some(reason) };
        let answer = if preview {
            let work = move |connection: &mut Connection| answer(connection, &deed, work, None);
            trip::rehearse(context, work).await?
        } else {
            super::write(context, move |connection| answer(connection, &deed, work, Some(&wanted)))
                .await?
        };
        Ok(Some(answer.into()))
    })
    .await
}

/// Does the work; answers the judgement too, where it is wanted.
fn answer(
    connection: &mut Connection,
    deed: &Deed,
    work: Work,
    wanted: Option<&Wanted>,
) -> store::Result<Answer> {
    let done = match work {
        Work::Judge(asked) => judge(connection, deed, asked)?,
        Work::Undo(id) => undo(connection, deed, id)?,
    };
    let judged = match done {
        Ok(judged) => judged,
        Err(refusal) => return Ok(refused(UserError::refusal(refusal, &["input", "id"]))),
    };
    let judgement = match wanted {
        Some(wanted) => judgements(connection, vec![judged.row.clone()], wanted)?.pop(),
        None => None,
    };
    Ok(Answer { judgement, touched: Some(judged.into()), user_errors: Vec::new() })
}

fn refused(error: UserError) -> Answer {
    Answer { user_errors: vec![error], ..Answer::default() }
}
