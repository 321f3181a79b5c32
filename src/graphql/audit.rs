//! `AuditEntry`: one write, by whom, to what.

use async_graphql::{ID, Object};

use crate::domain::access::AuditAction;
use crate::domain::date::rfc3339;
use crate::store::audit::AuditRow;

/// One write.
#[derive(Clone)]
pub struct AuditEntry {
    pub(super) row: AuditRow,
}

/// One write: by whom, to what, and why. It stands in the same transaction as what was written, so
/// that neither is there without the other.
#[Object]
impl AuditEntry {
    /// The entry's own id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// When it was written, RFC 3339 in UTC.
    async fn written_at(&self) -> String {
        rfc3339(self.row.written_at)
    }

    /// What was done.
    async fn action(&self) -> AuditAction {
        self.row.action
    }

    /// The id of what was written: a quote, an article, an import or a token. It may be gone.
    async fn subject_id(&self) -> ID {
        ID(self.row.subject_id.to_string())
    }

    /// The name of the token that was shown, or `command line`.
    async fn actor(&self) -> &str {
        &self.row.actor
    }

    /// The token's id; null for the command line.
    async fn token_id(&self) -> Option<ID> {
        self.row.token_id.map(|id| ID(id.to_string()))
    }

    /// Why, as whoever did it says.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// The id of the request, as the server's log has it.
    async fn request_id(&self) -> Option<&str> {
        self.row.request.as_deref()
    }
}
