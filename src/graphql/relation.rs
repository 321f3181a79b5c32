//! `StatementRelation`: how one statement stands to another.

use std::collections::HashMap;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Error, ID, Result, SimpleObject};

use super::error::bad_input;
use super::load;
use super::loader::Lists;
use super::statement::Statement;
use super::wanted::Wanted;
use crate::domain::id::Id;
use crate::domain::statement::{StatementRelationKind, StatementRelationState};
use crate::store::statement::{self, RelatedCondition};

/// How many relations are answered where nobody asks, and at most.
const SHOWN: i32 = 10;
const MOST: i32 = 20;

/// How one statement stands to another. The words suggest it, and a person may have confirmed or
/// rejected it (`confirmRelation`, `rejectRelation`).
#[derive(SimpleObject, Clone)]
pub struct StatementRelation {
    /// The other statement.
    statement: Statement,
    /// How the statement that you ask stands to the other.
    kind: StatementRelationKind,
    /// How much of the words is the same, from 0 to 1: of two wordings the part of the longer one that
    /// need not be changed, of an excerpt the part of the excerpt. It orders suggestions; it is no
    /// probability. Null where the words are not alike, and only a person relates the two.
    score: Option<f64>,
    /// Who says so.
    state: StatementRelationState,
    /// The judgement that confirms or rejects it, for `undoJudgement`.
    judgement_id: Option<ID>,
    /// Whether the words are the same, or nearly, and their sources cannot both be right.
    contradicts: bool,
}

/// The relations of one statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RelatedTo {
    id: Id,
    condition: RelatedCondition,
    first: usize,
    wanted: Wanted,
}

impl Loader<RelatedTo> for Lists {
    type Value = Vec<StatementRelation>;
    type Error = Error;

    async fn load(&self, keys: &[RelatedTo]) -> Result<HashMap<RelatedTo, Vec<StatementRelation>>> {
        self.each(keys, |connection, key| {
            let related = statement::related(connection, key.id, &key.condition, key.first)?;
            let rows = related.iter().map(|one| one.other.clone()).collect();
            let nodes = load::statements(connection, rows, &key.wanted)?;
            let relation = |(one, statement): (statement::Related, Statement)| StatementRelation {
                statement,
                kind: one.kind,
                score: one.score,
                state: one.state,
                judgement_id: one.judgement.map(|id| ID(id.to_string())),
                contradicts: one.contradicts,
            };
            Ok(related.into_iter().zip(nodes).map(relation).collect())
        })
        .await
    }
}

/// The states of relations that stand.
pub fn standing() -> Vec<StatementRelationState> {
    vec![StatementRelationState::Suggested, StatementRelationState::Confirmed]
}

/// The relations of a statement that are wanted.
pub async fn related_to(
    context: &Context<'_>,
    id: Id,
    condition: RelatedCondition,
    first: Option<i32>,
) -> Result<Vec<StatementRelation>> {
    let first = first.unwrap_or(SHOWN);
    if !(1..=MOST).contains(&first) {
        return Err(bad_input("first", format!("{first} is not between 1 and {MOST}")));
    }
    let first = usize::try_from(first).unwrap_or(1);
    let wanted = Wanted::of(context).below("statement").cloned().unwrap_or_default();
    let key = RelatedTo { id, condition, first, wanted };
    let lists = context.data::<DataLoader<Lists>>()?;
    lists.load_one(key).await?.ok_or_else(|| Error::new("internal error"))
}

/// What relations cost: to find them is dearer than a row of a list.
pub fn related_cost(first: Option<i32>, child: usize) -> usize {
    let rows = usize::try_from(first.unwrap_or(SHOWN).clamp(1, MOST)).unwrap_or(1);
    FINDING + rows * child
}

/// What it costs to find them: half a hundred texts are compared word by word.
const FINDING: usize = 20;
