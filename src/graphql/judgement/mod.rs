//! `Judgement`: what somebody decided about who is who, and why.

mod below;
mod candidate;
mod query;

use std::collections::HashMap;

use async_graphql::{Context, ID, Object};

pub use below::{judgements_about, judgements_of};
pub use candidate::{CANDIDATES, MergeCandidate, candidates_of};
pub use query::JudgementQuery;

use super::caller::Caller;
use super::load;
use super::node::Node;
use super::wanted::Wanted;
use crate::domain::access::Scope;
use crate::domain::date::rfc3339;
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::JudgementAction;
use crate::store::Result;
use crate::store::dialect::Connection;
use crate::store::judgement::{self, JudgementRow, party};

/// A judgement with what the query asks for around it.
#[derive(Clone)]
pub struct Judgement {
    pub(super) row: JudgementRow,
    subject: Option<Box<Node>>,
    object: Option<Box<Node>>,
    quotes: Vec<ID>,
}

/// What somebody decided about who is who, and why. It changes nothing that was printed: quotes
/// mean what their article settles and what the judgements in force say, and one that is taken back
/// leaves no trace in them.
#[Object]
impl Judgement {
    /// The judgement's id.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Its place in the order in which judgements were made; of two about one thing the later
    /// counts.
    async fn number(&self) -> i64 {
        self.row.number
    }

    /// What it says of subject and object.
    async fn action(&self) -> JudgementAction {
        self.row.action
    }

    /// The id of the speaker, organisation, role or statement that it is about.
    async fn subject_id(&self) -> ID {
        ID(self.row.subject_id.to_string())
    }

    /// The speaker, organisation, role or statement that it is about, as it is by itself; null where nothing
    /// names it any more.
    async fn subject(&self) -> Option<&Node> {
        self.subject.as_deref()
    }

    /// The id of the speaker, organisation or role that the subject, or its quotes, stand for; of the
    /// statement that the subject is, or is not, related to.
    async fn object_id(&self) -> Option<ID> {
        self.row.object_id.map(|id| ID(id.to_string()))
    }

    /// The speaker, organisation or role that the subject, or its quotes, stand for; the statement
    /// that the subject is, or is not, related to; null where nothing names it any more.
    async fn object(&self) -> Option<&Node> {
        self.object.as_deref()
    }

    /// The alias that was added or removed; how the subject is related to the object
    /// (`StatementRelationKind`).
    async fn name(&self) -> Option<&str> {
        self.row.name.as_deref()
    }

    /// The quotes that it is about by themselves, at most 100; none where it is about all of its
    /// subject's.
    async fn quote_ids(&self) -> &[ID] {
        &self.quotes
    }

    /// Why, as whoever made it says.
    async fn reason(&self) -> &str {
        &self.row.reason
    }

    /// When it was made, RFC 3339 in UTC.
    async fn made_at(&self) -> String {
        rfc3339(self.row.made_at)
    }

    /// The name of the token that made it; null for whoever has no token with the scope `WRITE`.
    async fn actor(&self, context: &Context<'_>) -> Option<&str> {
        may_know(context).then_some(self.row.actor.as_str())
    }

    /// Whether it is in force: not taken back.
    async fn in_force(&self) -> bool {
        self.row.undone_at.is_none()
    }

    /// When it was taken back, RFC 3339 in UTC.
    async fn undone_at(&self) -> Option<String> {
        self.row.undone_at.map(rfc3339)
    }

    /// The name of the token that took it back; null for whoever has no token with the scope
    /// `WRITE`.
    async fn undone_by(&self, context: &Context<'_>) -> Option<&str> {
        self.row.undone_actor.as_deref().filter(|_| may_know(context))
    }

    /// Why it was taken back.
    async fn undone_reason(&self) -> Option<&str> {
        self.row.undone_reason.as_deref()
    }
}

/// Whether names of tokens are told: they may be people's, who did not choose to be known.
fn may_know(context: &Context<'_>) -> bool {
    Caller::acting(context, Scope::Write).is_ok()
}

/// Judgements, with what is wanted around them.
pub fn judgements(
    connection: &mut Connection,
    rows: Vec<JudgementRow>,
    wanted: &Wanted,
) -> Result<Vec<Judgement>> {
    let subjects = rows.iter().map(|row| row.subject_id).collect();
    let subjects = parties(connection, subjects, wanted.below("subject"))?;
    let objects = rows.iter().filter_map(|row| row.object_id).collect();
    let objects = parties(connection, objects, wanted.below("object"))?;
    let mut quotes: HashMap<Id, Vec<ID>> = HashMap::new();
    if wanted.has("quoteIds") && !rows.is_empty() {
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        for row in judgement::quotes(connection, &ids)? {
            quotes.entry(row.judgement_id).or_default().push(ID(row.quote_id.to_string()));
        }
    }
    let node = |row: JudgementRow| Judgement {
        subject: subjects.get(&row.subject_id).cloned().map(Box::new),
        object: row.object_id.and_then(|id| objects.get(&id)).cloned().map(Box::new),
        quotes: quotes.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(node).collect())
}

/// The judgement of this id.
pub fn one(connection: &mut Connection, id: Id, wanted: &Wanted) -> Result<Option<Judgement>> {
    let rows = judgement::by_id(connection, &[id])?;
    Ok(judgements(connection, rows, wanted)?.pop())
}

/// The speakers, organisations, roles and statements of exactly these ids, where they are asked for.
pub fn parties(
    connection: &mut Connection,
    ids: Vec<Id>,
    wanted: Option<&Wanted>,
) -> Result<HashMap<Id, Node>> {
    let mut nodes = HashMap::new();
    let Some(wanted) = wanted else { return Ok(nodes) };
    macro_rules! add {
        ($kind:ident, $rows:ident, $variant:ident) => {
            let mut ids: Vec<Id> =
                ids.iter().copied().filter(|id| id.kind() == Some(Kind::$kind)).collect();
            ids.sort_unstable();
            ids.dedup();
            if !ids.is_empty() {
                let rows = party::$rows(connection, &ids)?;
                let found = load::$rows(connection, rows, wanted)?;
                nodes.extend(found.into_iter().map(|node| (node.row.id, Node::$variant(node))));
            }
        };
    }
    add!(Speaker, speakers, Speaker);
    add!(Organisation, organisations, Organisation);
    add!(Role, roles, Role);
    add!(Statement, statements, Statement);
    Ok(nodes)
}
