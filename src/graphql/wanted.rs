//! Look-ahead: what a selection asks for, owned, so that it can travel to the store's thread.

use std::collections::BTreeMap;

use async_graphql::{Context, SelectionField};

/// The fields asked for below a field, by name; aliases and fragments are seen through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Wanted(BTreeMap<String, Wanted>);

impl Wanted {
    /// What is asked for below the field being resolved.
    pub fn of(context: &Context<'_>) -> Self {
        let mut wanted = Self::default();
        wanted.take(context.field());
        wanted
    }

    fn take(&mut self, field: SelectionField<'_>) {
        for below in field.selection_set() {
            self.0.entry(below.name().to_owned()).or_default().take(below);
        }
    }

    /// Whether a field is asked for.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What is asked for below a field; `None` where the field itself is not.
    pub fn below(&self, name: &str) -> Option<&Self> {
        self.0.get(name)
    }

    /// What is asked for of the nodes of a connection, by `nodes` and by `edges`.
    pub fn nodes(&self) -> Self {
        let mut nodes = self.0.get("nodes").cloned().unwrap_or_default();
        if let Some(node) = self.0.get("edges").and_then(|edges| edges.0.get("node")) {
            nodes.merge(node);
        }
        nodes
    }

    fn merge(&mut self, other: &Self) {
        for (name, below) in &other.0 {
            self.0.entry(name.clone()).or_default().merge(below);
        }
    }
}
