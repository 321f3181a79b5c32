//! `MergeCandidate`: two that may be one, with what speaks for it.

use std::collections::HashMap;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Enum, Error, Object, Result, SimpleObject};

use super::parties;
use crate::domain::id::{Id, Kind};
use crate::domain::judgement::candidates::{MergeEvidence as Evidence, MergeEvidenceKind};
use crate::graphql::connection::PageInfo;
use crate::graphql::cursor;
use crate::graphql::error::bad_input;
use crate::graphql::loader::Lists;
use crate::graphql::node::Node;
use crate::graphql::wanted::Wanted;
use crate::store;
use crate::store::dialect::Connection;
use crate::store::judgement::candidates::{self, Found};

/// How many candidates one speaker or organisation shows.
const SHOWN: usize = 20;

/// What a list of so many costs.
pub const CANDIDATES: usize = SHOWN;

/// What may be one.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeCandidateKind {
    /// Speakers.
    Speaker,
    /// Organisations.
    Organisation,
}

impl MergeCandidateKind {
    /// The kind of their ids.
    pub fn kind(self) -> Kind {
        match self {
            Self::Speaker => Kind::Speaker,
            Self::Organisation => Kind::Organisation,
        }
    }
}

/// Two speakers, or two organisations, that may be one. It is a proposal and nothing more: whether
/// they are, somebody judges by `mergeSpeakers`, `mergeOrganisations` or `keepApart`.
#[derive(SimpleObject, Clone)]
pub struct MergeCandidate {
    /// The one that would be merged.
    from: Option<Node>,
    /// The one that would stay: whoever has a Wikidata id or stands in the vocabulary, else the
    /// first by name.
    into: Option<Node>,
    /// How much speaks for it, from 0 to 1. It orders proposals; it is no probability.
    score: f64,
    /// What speaks for it, the strongest first.
    evidence: Vec<MergeEvidence>,
}

/// Something that speaks for two being one.
#[derive(SimpleObject, Clone)]
pub struct MergeEvidence {
    /// What it is.
    kind: MergeEvidenceKind,
    /// What the two have: Wikidata ids, folded names, or names of organisations.
    values: Vec<String>,
}

impl From<Evidence> for MergeEvidence {
    fn from(evidence: Evidence) -> Self {
        Self { kind: evidence.kind, values: evidence.values }
    }
}

/// A page of pairs that may be one, forwards only. It is by name, and by as many rows as one request
/// looks at: a page may be shorter than you asked for, even empty, and the list go on all the same
/// where `pageInfo.hasNextPage` says so.
pub struct MergeCandidateConnection {
    edges: Vec<MergeCandidateEdge>,
    page_info: PageInfo,
}

/// A pair that may be one, with its place in the list.
#[derive(SimpleObject, Clone)]
pub struct MergeCandidateEdge {
    /// The place in the list, for `after`. Opaque.
    cursor: String,
    /// The pair.
    node: MergeCandidate,
}

/// A page of pairs that may be one, forwards only. It is by name, and by as many rows as one request
/// looks at: a page may be shorter than you asked for, even empty, and the list go on all the same
/// where `pageInfo.hasNextPage` says so.
#[Object]
impl MergeCandidateConnection {
    /// What stands on the page, with cursors.
    async fn edges(&self) -> &[MergeCandidateEdge] {
        &self.edges
    }

    /// What stands on the page, without cursors.
    async fn nodes(&self) -> Vec<&MergeCandidate> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// What lies around the page.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }
}

impl MergeCandidateConnection {
    /// The connection of what was found, behind another page or not.
    pub fn of(
        connection: &mut Connection,
        found: Found,
        behind: bool,
        wanted: &Wanted,
    ) -> store::Result<Self> {
        let Found { pairs, next } = found;
        let start = pairs.first().map(|(place, _)| place.clone());
        let end = next.clone().or_else(|| pairs.last().map(|(place, _)| place.clone()));
        let page_info = PageInfo::forwards(start.as_ref(), end.as_ref(), behind, next.is_some());
        let (places, pairs): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let nodes = nodes(connection, pairs, &wanted.nodes())?;
        let edge = |(place, node)| MergeCandidateEdge { cursor: cursor::encode(&place), node };
        let edges = places.into_iter().zip(nodes).map(edge).collect();
        Ok(Self { edges, page_info })
    }
}

/// Pairs, with what is wanted around them.
fn nodes(
    connection: &mut Connection,
    pairs: Vec<candidates::MergeCandidate>,
    wanted: &Wanted,
) -> store::Result<Vec<MergeCandidate>> {
    let from = pairs.iter().map(|pair| pair.from).collect();
    let from = parties(connection, from, wanted.below("from"))?;
    let into = pairs.iter().map(|pair| pair.into).collect();
    let into = parties(connection, into, wanted.below("into"))?;
    let node = |pair: candidates::MergeCandidate| MergeCandidate {
        from: from.get(&pair.from).cloned(),
        into: into.get(&pair.into).cloned(),
        score: f64::from(pair.likeness.score) / 100.0,
        evidence: pair.likeness.evidence.into_iter().map(Into::into).collect(),
    };
    Ok(pairs.into_iter().map(node).collect())
}

/// With whom one speaker or organisation may be one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CandidatesOf {
    id: Id,
    min: u8,
    wanted: Wanted,
}

impl Loader<CandidatesOf> for Lists {
    type Value = Vec<MergeCandidate>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[CandidatesOf],
    ) -> Result<HashMap<CandidatesOf, Vec<MergeCandidate>>> {
        let keys = keys.to_vec();
        self.trip(move |connection| {
            let mut lists = HashMap::with_capacity(keys.len());
            for key in &keys {
                let pairs = candidates::of(connection, key.id, key.min, SHOWN)?;
                lists.insert(key.clone(), nodes(connection, pairs, &key.wanted)?);
            }
            Ok(lists)
        })
        .await
    }
}

/// With whom one speaker or organisation may be one, the likeliest first.
pub async fn candidates_of(
    context: &Context<'_>,
    id: Id,
    min_score: f64,
) -> Result<Vec<MergeCandidate>> {
    let key = CandidatesOf { id, min: hundredths(min_score)?, wanted: Wanted::of(context) };
    let lists = context.data::<DataLoader<Lists>>()?;
    lists.load_one(key).await?.ok_or_else(|| Error::new("internal error"))
}

/// A score that is asked for, in hundredths.
pub fn hundredths(score: f64) -> Result<u8> {
    if (0.0..=1.0).contains(&score) {
        // Hundredths have no exact double.
        Ok((0..=100).find(|&part| f64::from(part) / 100.0 >= score).unwrap_or(100))
    } else {
        Err(bad_input("minScore", format!("{score} is not between 0 and 1")))
    }
}
