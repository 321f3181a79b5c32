//! Errors as clients see them: what was wrong with which input; never an internal chain.

use async_graphql::{Error, ErrorExtensions as _, Result, ServerError};

use crate::store::{StoreError, chain};

/// The code of an input that cannot be used.
pub const BAD_USER_INPUT: &str = "BAD_USER_INPUT";

/// The code of what may go well in a second.
pub const BUSY: &str = "BUSY";

/// The code of what is over a limit; `limit` and `value` in the extensions say which.
pub const LIMIT: &str = "LIMIT";
/// The code of what takes too long.
pub const TIMEOUT: &str = "TIMEOUT";
/// The code of a fault of ours.
pub const INTERNAL: &str = "INTERNAL";
/// The code of a write that the database does not take until its operator has looked after it.
pub const NOT_WRITABLE: &str = "NOT_WRITABLE";
/// The code of what nobody may do without a token.
pub const UNAUTHENTICATED: &str = "UNAUTHENTICATED";
/// The code of what this client may not do here.
pub const FORBIDDEN: &str = "FORBIDDEN";

/// What a field that may be null has. Where it fails it is null, and nothing around it: that is what
/// an error inside the `Option` means to the engine.
pub async fn nullable<T>(found: impl Future<Output = Result<Option<T>>>) -> Option<Result<T>> {
    found.await.transpose()
}

/// An error with this code.
pub fn coded(code: &str, message: impl Into<String>) -> ServerError {
    with_code(ServerError::new(message, None), code)
}

/// An error with this code, whatever made it.
pub fn with_code(mut error: ServerError, code: &str) -> ServerError {
    error.extensions.get_or_insert_default().set("code", code);
    error
}

/// The error of a request that is over a limit, which it names.
pub fn over(name: &str, limit: u64, message: impl Into<String>) -> ServerError {
    let mut error = coded(LIMIT, message);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("limit", name);
    extensions.set("value", limit);
    error
}

/// The same, of a field.
pub fn field_over(name: &str, limit: u64, message: &str) -> Error {
    Error::new(format!("{name}: {message}")).extend_with(|_, extensions| {
        extensions.set("code", LIMIT);
        extensions.set("limit", name);
        extensions.set("value", limit);
    })
}

/// An input that cannot be used.
pub fn bad_input(argument: &str, problem: impl std::fmt::Display) -> Error {
    Error::new(format!("{argument}: {problem}")).extend_with(|_, extensions| {
        extensions.set("code", BAD_USER_INPUT);
        extensions.set("argument", argument);
    })
}

/// A failure of the store: the client learns whether to try again, the log learns why.
pub fn store_failed(error: &StoreError) -> Error {
    if error.is_passing() {
        tracing::warn!(error = chain(error), "the store is busy");
        return Error::new("the database is busy; try again in a second")
            .extend_with(|_, extensions| extensions.set("code", BUSY));
    }
    if error.is_timeout() {
        tracing::warn!(error = chain(error), "a statement took too long");
        return Error::new("this takes longer than the database may: ask for less, or filter more")
            .extend_with(|_, extensions| extensions.set("code", TIMEOUT));
    }
    if error.is_unwritable() {
        tracing::error!(error = chain(error), "the database cannot be written");
        let message = "the database takes nothing new at the moment, and this was not written: its \
                       operator has to look after it; what is there can be read";
        return Error::new(message)
            .extend_with(|_, extensions| extensions.set("code", NOT_WRITABLE));
    }
    internal(error)
}

/// The time of the request was over before this was written.
pub fn too_late() -> Error {
    Error::new("this was not written: the request has taken too long already; send it again")
        .extend_with(|_, extensions| extensions.set("code", TIMEOUT))
}

tokio::task_local! {
    /// The id of the request that is being answered: what a client tells the operator.
    pub static REQUEST_ID: String;
}

/// A fault of ours.
pub fn internal(error: &(dyn std::error::Error + 'static)) -> Error {
    tracing::error!(error = chain(error), "internal error");
    Error::new("internal error").extend_with(|_, extensions| {
        extensions.set("code", INTERNAL);
        if let Ok(id) = REQUEST_ID.try_with(Clone::clone) {
            extensions.set("requestId", id);
        }
    })
}
