//! What can go wrong in the store, in terms that a caller can act on.

/// An error of the database. Users see [`StoreError::advice`] alone; logs see the whole chain.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `DATABASE_URL` names no database that this program knows.
    #[error("DATABASE_URL is `{url}`: {problem}")]
    Url {
        /// The URL, without any password.
        url: String,
        /// What is wrong with it and what to do.
        problem: String,
    },
    /// The database could not be opened or brought up to date.
    #[error("cannot open the database {url}: {cause}")]
    Open {
        /// The URL, without any password.
        url: String,
        /// What the database said.
        cause: String,
    },
    /// No connection became free in time.
    #[error("the database is busy: no connection within {0:?}")]
    Busy(std::time::Duration),
    /// The server went away, or does not answer.
    #[error("the connection to the database was lost")]
    Lost(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A statement failed.
    #[error("the database failed")]
    Query(#[source] diesel::result::Error),
}

impl StoreError {
    /// True where trying again later can help.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy(_) | Self::Lost(_) => true,
            Self::Query(cause) => cause.to_string().contains("database is locked"),
            Self::Url { .. } | Self::Open { .. } => false,
        }
    }

    /// The same, of a connection that turned out not to answer any more.
    pub(super) fn of_a_lost_connection(self) -> Self {
        match self {
            Self::Query(cause) => Self::Lost(Box::new(cause)),
            other => other,
        }
    }
}

impl From<diesel::result::Error> for StoreError {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::DatabaseErrorKind::{ClosedConnection, UnableToSendCommand};
        use diesel::result::Error::{BrokenTransactionManager, DatabaseError};
        match error {
            DatabaseError(ClosedConnection | UnableToSendCommand, _) | BrokenTransactionManager => {
                Self::Lost(Box::new(error))
            }
            other => Self::Query(other),
        }
    }
}

/// What the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;
