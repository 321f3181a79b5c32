//! `Role`: an office or capacity at an organisation.

use async_graphql::{ID, Object};

use super::organisation::Organisation;
use crate::domain::vocabulary::{Domain, Function, Status, Voice};
use crate::store::role::RoleRow;

/// A role with what the query asks for around it.
#[derive(Clone)]
pub struct Role {
    pub(super) row: RoleRow,
    pub(super) organisation: Option<Organisation>,
}

/// An office or capacity at an organisation, as printed and as understood. What is not understood
/// is `UNKNOWN`, never a guess.
#[Object]
impl Role {
    /// The id: the same after every rebuild from the same input.
    pub(super) async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// The title, in the best spelling that was printed.
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// What its holder does.
    async fn function(&self) -> Function {
        self.row.function
    }

    /// The field of public policy that it belongs to.
    async fn domain(&self) -> Domain {
        self.row.domain
    }

    /// Whether its holder was in office when speaking.
    async fn status(&self) -> Status {
        self.row.status
    }

    /// For whom its holder speaks.
    async fn voice(&self) -> Voice {
        self.row.voice
    }

    /// The organisation that it is a role at; null where the print does not decide which.
    async fn organisation(&self) -> Option<&Organisation> {
        self.organisation.as_ref()
    }
}
