//! Judgements about how two statements are related.

use super::super::edit::Decided;
use super::prepare::{Prepared, known, whole};
use super::{refuse, target};
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::JudgementAction;
use crate::domain::statement::StatementRelationKind;
use crate::store::dialect::Connection;
use crate::store::error::Result;
use crate::store::judgement::{self as stored, JudgementRow};
use crate::store::statement;

/// Looks at what is asked of two statements; without a kind they are not related.
pub fn relate(
    connection: &mut Connection,
    one: Id,
    other: Id,
    kind: Option<StatementRelationKind>,
) -> Result<Decided<Prepared>> {
    for (field, id) in [("id", one), ("otherId", other)] {
        let there =
            id.kind() == Some(Kind::Statement) && !statement::by_id(connection, &[id])?.is_empty();
        if !there {
            return Ok(Err(target::missing(field)));
        }
    }
    if one == other {
        return Ok(Err(refuse("otherId", "is the same: name two")));
    }
    let (action, name) = match kind {
        Some(kind) => (JudgementAction::ConfirmRelation, Some(kind.as_str().to_owned())),
        None => (JudgementAction::RejectRelation, None),
    };
    let between = |row: &JudgementRow| row.subject_id == other || row.object_id == Some(other);
    let before = stored::relations_of(connection, one)?.into_iter().find(between);
    if let Some(before) = before {
        let said = kind_from(&before, one);
        if before.action == action && said == kind {
            return Ok(Ok(known(before)));
        }
        let problem = format!("judgement {} says otherwise of the two: undo it first", before.id);
        return Ok(Err(refuse("otherId", problem)));
    }
    let name = name.map(|name| (name.clone(), name));
    Ok(Ok(Prepared { name, ..whole(action, one, other, Vec::new()) }))
}

/// How a judgement says that this statement stands to the other one.
fn kind_from(row: &JudgementRow, one: Id) -> Option<StatementRelationKind> {
    let kind: StatementRelationKind = row.name.as_deref()?.parse().ok()?;
    Some(if row.subject_id == one { kind } else { kind.inverse() })
}
