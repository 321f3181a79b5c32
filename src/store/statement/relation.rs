//! How a statement is related to others: what the near index suggests, and what people judged.

use std::collections::{HashMap, HashSet};

use super::{StatementRow, by_id};
use crate::domain::id::Id;
use crate::domain::judgement::JudgementAction;
use crate::domain::statement::{
    Source, StatementRelationKind, StatementRelationState, is_same, relation,
};
use crate::domain::verification::Question;
use crate::store::dialect::Connection;
use crate::store::error::Result;
use crate::store::judgement::{self, JudgementRow};
use crate::store::near::{self, Preferred};
use crate::store::speaker;

/// Another statement and how this one stands to it.
#[derive(Debug, Clone)]
pub struct Related {
    /// The other.
    pub other: StatementRow,
    /// How this one stands to it.
    pub kind: StatementRelationKind,
    /// How much of the words is the same, from 0 to 1; none where they are not alike and only a
    /// person relates them.
    pub score: Option<f64>,
    /// Who says so.
    pub state: StatementRelationState,
    /// The judgement that confirms or rejects it.
    pub judgement: Option<Id>,
    /// Whether the two are the same words of sources that cannot both be right.
    pub contradicts: bool,
}

/// Which relations are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RelatedCondition {
    /// Of one of these kinds.
    pub kinds: Option<Vec<StatementRelationKind>>,
    /// In one of these states.
    pub states: Vec<StatementRelationState>,
    /// Those only whose sources contradict each other.
    pub contradicting: bool,
}

/// The statements that this one is related to: confirmed ones first, then by score.
pub fn related(
    connection: &mut Connection,
    id: Id,
    wanted: &RelatedCondition,
    first: usize,
) -> Result<Vec<Related>> {
    let Some(own) = by_id(connection, &[id])?.pop() else { return Ok(Vec::new()) };
    let judged: HashMap<Id, JudgementRow> = judgement::relations_of(connection, id)?
        .into_iter()
        .filter_map(|row| {
            let other = if row.subject_id == id { row.object_id? } else { row.subject_id };
            Some((other, row))
        })
        .collect();
    let mut others =
        near::candidates(connection, &Question::read(&own.text), &Preferred::default())?;
    others.retain(|other| other.id != id);
    let found: HashSet<Id> = others.iter().map(|other| other.id).collect();
    let missing: Vec<Id> = judged.keys().copied().filter(|id| !found.contains(id)).collect();
    if !missing.is_empty() {
        others.extend(by_id(connection, &missing)?);
    }
    let mut all: Vec<Related> = others
        .into_iter()
        .filter_map(|other| {
            let judgement = judged.get(&other.id);
            stands(&own, other, judgement)
        })
        .collect();
    contradictions(connection, &own, &mut all)?;
    all.retain(|one| {
        wanted.kinds.as_ref().is_none_or(|kinds| kinds.contains(&one.kind))
            && wanted.states.contains(&one.state)
            && (one.contradicts || !wanted.contradicting)
    });
    all.sort_by(|a, b| {
        let rank = |one: &Related| one.state != StatementRelationState::Confirmed;
        let score = |one: &Related| one.score.unwrap_or_default();
        rank(a)
            .cmp(&rank(b))
            .then_with(|| score(b).total_cmp(&score(a)))
            .then_with(|| a.other.id.cmp(&b.other.id))
    });
    all.truncate(first);
    Ok(all)
}

/// How a statement stands to another one, if it does.
fn stands(
    own: &StatementRow,
    other: StatementRow,
    judged: Option<&JudgementRow>,
) -> Option<Related> {
    let alike = relation(&own.text, &other.text);
    let judgement = judged.map(|row| row.id);
    let score = alike.map(|(_, score)| score);
    let (kind, state) = match judged {
        Some(row) if row.action == JudgementAction::ConfirmRelation => {
            let kind: StatementRelationKind = row.name.as_deref()?.parse().ok()?;
            let kind = if row.subject_id == own.id { kind } else { kind.inverse() };
            (kind, StatementRelationState::Confirmed)
        }
        Some(_) => {
            let kind = alike.map_or(StatementRelationKind::VariantOf, |(kind, _)| kind);
            (kind, StatementRelationState::Rejected)
        }
        None => (alike?.0, StatementRelationState::Suggested),
    };
    Some(Related { other, kind, score, state, judgement, contradicts: false })
}

/// Says which of these are the same words of sources that cannot both be right.
fn contradictions(
    connection: &mut Connection,
    own: &StatementRow,
    all: &mut [Related],
) -> Result<()> {
    let same = |one: &Related| one.score.is_some_and(|score| is_same(one.kind, score));
    let speakers = all.iter().filter(|one| same(one)).filter_map(|one| one.other.speaker_id);
    let speakers: Vec<Id> = speakers.chain(own.speaker_id).collect();
    let names: HashMap<Id, String> =
        speaker::by_id(connection, &speakers)?.into_iter().map(|row| (row.id, row.name)).collect();
    let source = |row: &StatementRow| Source {
        speaker: row.speaker_id.and_then(|id| Some((id, names.get(&id)?.as_str()))),
        organisation: row.organisation_id,
    };
    for one in all {
        one.contradicts = same(one) && source(own).contradicts(&source(&one.other));
    }
    Ok(())
}
