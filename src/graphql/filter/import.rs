//! What an import must be to stand in its list.

use async_graphql::{InputObject, Result};

use super::OneOf;
use crate::domain::import::ImportState;
use crate::store::imports::ImportCondition;

/// What an import must be.
#[derive(InputObject, Debug, Clone, Default)]
pub struct ImportFilter {
    /// How it stands.
    state: Option<OneOf<ImportState>>,
}

impl ImportFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<ImportCondition> {
        Ok(ImportCondition {
            state: match self.state {
                Some(state) => state.values("filter.state")?,
                None => None,
            },
        })
    }
}
