//! What a judgement must be to stand in its list.

use async_graphql::{ID, InputObject, Result};

use super::OneOf;
use crate::domain::judgement::JudgementAction;
use crate::graphql::error::bad_input;
use crate::store::judgement::JudgementCondition;

/// What a judgement must be. All fields must hold.
#[derive(InputObject, Debug, Clone, Default)]
pub struct JudgementFilter {
    /// About this speaker, organisation, role or statement, as subject or as object.
    about: Option<ID>,
    /// About this quote by itself.
    quote: Option<ID>,
    /// What it says.
    action: Option<OneOf<JudgementAction>>,
    /// In force, or taken back.
    in_force: Option<bool>,
}

impl JudgementFilter {
    /// The store's condition.
    pub fn condition(self) -> Result<JudgementCondition> {
        let id = |argument: &str, id: Option<ID>| {
            let read = id.map(|id| id.parse().map_err(|error| bad_input(argument, error)));
            read.transpose()
        };
        Ok(JudgementCondition {
            about: id("filter.about", self.about)?,
            quote: id("filter.quote", self.quote)?,
            action: match self.action {
                Some(action) => action.values("filter.action")?,
                None => None,
            },
            in_force: self.in_force,
        })
    }
}
