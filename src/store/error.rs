//! What can go wrong in the store, in terms that a caller can act on.

/// An error of the database. Users learn whether to try again; logs see the whole chain.
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
    /// There is no database there, and the caller did not ask to make one.
    #[error("the database {url} does not exist; `dixit migrate up` makes an empty one")]
    Missing {
        /// The URL, without any password.
        url: String,
    },
    /// The database lacks migrations, and the caller did not ask to run them.
    #[error("the database {url} is not up to date: run `dixit migrate up` (pending: {migrations})")]
    Behind {
        /// The URL, without any password.
        url: String,
        /// What is pending.
        migrations: String,
    },
    /// The database has migrations that this program does not know.
    #[error(
        "the database {url} was written by a newer dixit (migrations {migrations} are not known \
         here): use that version"
    )]
    Newer {
        /// The URL, without any password.
        url: String,
        /// What is not known.
        migrations: String,
    },
    /// No connection became free in time.
    #[error("the database is busy: no connection within {0:?}")]
    Busy(std::time::Duration),
    /// Another program holds the right to write for longer than a batch takes.
    #[error(
        "another program holds the right to write (a dry run or a copy, perhaps): try again when it \
         has ended"
    )]
    Locked(#[source] diesel::result::Error),
    /// Another process has taken up the import that this one was at.
    #[error("another process goes on with this import")]
    Overtaken,
    /// The server went away, or does not answer.
    #[error("the connection to the database was lost")]
    Lost(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Whoever asked for the write took it back.
    #[error("what was to be written was taken back")]
    Withdrawn,
    /// The disk of the database takes nothing more.
    #[error("the disk of the database is full: make room on it, then do the same again")]
    Full(#[source] diesel::result::Error),
    /// The database cannot be written by anybody, or not by this program.
    #[error(
        "the database cannot be written, only read: is its file or disk read-only, or its server a \
         replica or set to read only?"
    )]
    ReadOnly(#[source] diesel::result::Error),
    /// The disk of the database does not take or give what it should.
    #[error(
        "the disk of the database failed: has it a quota, is the size of files limited, or is it \
         broken? The system's log says more"
    )]
    Disk(#[source] diesel::result::Error),
    /// The operating system has no random bytes.
    #[error("the operating system gives no random bytes")]
    Random(#[source] std::io::Error),
    /// A statement failed.
    #[error("the database failed")]
    Query(#[source] diesel::result::Error),
}

/// What SQLite says of a database beside which it cannot write.
const CANNOT_OPEN: &str = "unable to open database file";

impl StoreError {
    /// True where trying again later can help.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy(_) | Self::Lost(_) | Self::Locked(_) => true,
            Self::Query(_) => self.is_conflict(),
            Self::Url { .. }
            | Self::Open { .. }
            | Self::Missing { .. }
            | Self::Behind { .. }
            | Self::Newer { .. }
            | Self::Overtaken
            | Self::Withdrawn
            | Self::Full(_)
            | Self::ReadOnly(_)
            | Self::Disk(_)
            | Self::Random(_) => false,
        }
    }

    /// True where nothing can be written until an operator has looked after the database; what is
    /// there can be read meanwhile.
    pub fn is_unwritable(&self) -> bool {
        matches!(self, Self::Full(_) | Self::ReadOnly(_) | Self::Disk(_))
    }

    /// True where the database broke a statement off because it took too long; the same one again
    /// would take as long. (In a server whose messages are not English this is not recognised, and
    /// answered as an internal error.)
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Query(cause) if cause.to_string().contains("due to statement timeout"))
    }

    /// True where a replica broke a query off to go on replaying; another attempt is sound.
    pub(super) fn is_conflict(&self) -> bool {
        use diesel::result::DatabaseErrorKind::SerializationFailure;
        use diesel::result::Error::DatabaseError;
        matches!(self, Self::Query(DatabaseError(SerializationFailure, _)))
    }

    /// What a migration could not do.
    pub(super) fn migration(cause: Box<dyn std::error::Error + Send + Sync>) -> Self {
        match cause.downcast() {
            Ok(cause) => Self::Query(*cause),
            Err(cause) => Self::Query(diesel::result::Error::QueryBuilderError(cause)),
        }
    }

    /// The same, of opening the database at `url`: which one failed is told.
    pub(super) fn at(self, url: &str) -> Self {
        match self {
            Self::Query(cause) if cause.to_string() == CANNOT_OPEN => {
                let why = format!(
                    "{cause}: SQLite keeps files beside it even to read, so its folder must be writable; \
                     is the file system read-only?"
                );
                super::dialect::failed(url, why)
            }
            Self::Query(cause) | Self::Locked(cause) => super::dialect::failed(url, cause),
            Self::Lost(cause) => super::dialect::failed(url, cause),
            other => other,
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
        use diesel::result::Error::{
            BrokenTransactionManager, DatabaseError, RollbackErrorOnCommit,
        };
        if let Some(kind) = unwritable(&error) {
            return kind(error);
        }
        match error {
            // SQLite has undone by itself what it could not commit; why it could not is what matters.
            RollbackErrorOnCommit { commit_error, .. } if unwritable(&commit_error).is_some() => {
                Self::from(*commit_error)
            }
            DatabaseError(ClosedConnection | UnableToSendCommand, _)
            | BrokenTransactionManager
            | RollbackErrorOnCommit { .. } => Self::Lost(Box::new(error)),
            // SQLite's words, and PostgreSQL's where its messages are English: diesel gives no code.
            DatabaseError(_, ref what)
                if what.message().contains("database is locked")
                    || what.message().contains("due to lock timeout") =>
            {
                Self::Locked(error)
            }
            other => Self::Query(other),
        }
    }
}

/// What makes an error of a database that cannot be written. By SQLite's words, and PostgreSQL's where
/// its messages are English: diesel gives no codes but one.
fn unwritable(error: &diesel::result::Error) -> Option<fn(diesel::result::Error) -> StoreError> {
    use diesel::result::{DatabaseErrorKind::ReadOnlyTransaction, Error::DatabaseError};
    let DatabaseError(kind, what) = error else { return None };
    let says = |words: &[&str]| words.iter().any(|words| what.message().contains(words));
    if says(&["database or disk is full", "No space left on device", "Disk quota exceeded"]) {
        Some(StoreError::Full)
    } else if matches!(kind, ReadOnlyTransaction)
        || says(&["readonly database", "in a read-only transaction", "during recovery"])
    {
        Some(StoreError::ReadOnly)
    } else if says(&["disk I/O error", "File too large", "Input/output error"]) {
        Some(StoreError::Disk)
    } else {
        None
    }
}

/// An error with everything behind it, for logs and operators.
pub fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(error.to_string(), |chain, cause| format!("{chain}: {cause}"))
}

/// What the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;
