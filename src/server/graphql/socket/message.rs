//! The messages of graphql-transport-ws, and the codes with which it closes a connection.

use async_graphql::{Response, ServerError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::json::{Most, Over};
use super::super::request::Parameters;
use crate::limits::Limits;

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    /// The first message.
    ConnectionInit {
        /// What it wants the server to know.
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    /// Is the server there?
    Ping,
    /// The client is there.
    Pong,
    /// Starts an operation.
    Subscribe {
        /// What the client calls it.
        id: String,
        /// The request.
        payload: Parameters,
    },
    /// Ends an operation.
    Complete {
        /// Which one.
        id: String,
    },
}

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToClient<'m> {
    /// The client may ask.
    ConnectionAck,
    /// The server is there.
    Pong,
    /// A response of an operation.
    Next { id: &'m str, payload: &'m Response },
    /// An operation was not executed, or cannot be answered: nothing more comes of it.
    Error { id: &'m str, payload: &'m [ServerError] },
    /// An operation has ended.
    Complete { id: &'m str },
}

/// Why a connection is closed.
#[derive(Debug, PartialEq, Eq)]
pub enum Close {
    /// The server stops.
    GoingAway,
    /// The client does not keep to RFC 6455.
    Protocol(String),
    /// A message is larger than `bodyBytes`.
    TooLarge(u64),
    /// A fault of ours, which is in the log.
    Fault,
    /// The client does not answer a ping.
    Silent,
    /// What the client sent is no message of the protocol.
    Invalid(String),
    /// It asks before it was acknowledged.
    Unauthorized,
    /// It sends credentials where they are not looked at.
    Credentials,
    /// It did not initialise the connection in time.
    InitTimeout,
    /// An operation of this id is running.
    Duplicate(String),
    /// It initialises the connection twice.
    InitTwice,
}

impl Close {
    /// The code: below 3000 RFC 6455's, below 4000 IANA's, else the protocol's. That one's client
    /// does not connect again after a 4400, 4401, 4409 or 4429.
    pub fn code(&self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::Protocol(_) => 1002,
            Self::TooLarge(_) => 1009,
            Self::Fault => 1011,
            Self::Silent => 3008,
            Self::Invalid(_) => 4400,
            Self::Unauthorized => 4401,
            Self::Credentials => 4403,
            Self::InitTimeout => 4408,
            Self::Duplicate(_) => 4409,
            Self::InitTwice => 4429,
        }
    }

    /// The reason, for people.
    pub fn reason(&self) -> String {
        match self {
            Self::GoingAway => "The server stops: connect again".to_owned(),
            Self::Protocol(problem) => problem.clone(),
            Self::TooLarge(limit) => format!("bodyBytes: a message is larger than {limit} bytes"),
            Self::Fault => "Internal error".to_owned(),
            Self::Silent => "No answer to a ping".to_owned(),
            Self::Invalid(problem) => format!("Invalid message: {problem}"),
            Self::Unauthorized => "Unauthorized".to_owned(),
            Self::Credentials => {
                "Send credentials as the header Authorization: Bearer of the upgrade".to_owned()
            }
            Self::InitTimeout => "Connection initialisation timeout".to_owned(),
            Self::Duplicate(id) => format!("Subscriber for {id} already exists"),
            Self::InitTwice => "Too many initialisation requests".to_owned(),
        }
    }
}

/// Reads a message.
pub fn read(text: &[u8], limits: &Limits) -> Result<FromClient, Close> {
    // The request is one level down, beside the type and the identifier.
    let check = Most::of(limits).around(1, 3).check(text);
    check.map_err(|Over { name, problem, .. }| {
        Close::Invalid(format!("{name}: a request {problem}"))
    })?;
    serde_json::from_slice(text).map_err(|error| Close::Invalid(error.to_string()))
}

/// Whether the payload of an initialisation carries credentials. Clients of other servers put them
/// there; one that does so here would believe itself to be known.
pub fn has_credentials(payload: &Map<String, Value>) -> bool {
    const NAMES: [&str; 4] = ["authorization", "token", "authtoken", "accesstoken"];
    payload.iter().any(|(name, value)| {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        NAMES.contains(&name.to_ascii_lowercase().as_str())
            || value.as_object().is_some_and(has_credentials)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_found_under_all_their_names() {
        for (payload, has) in [
            (r#"{"Authorization": "Bearer x"}"#, true),
            (r#"{"headers": {"AUTHORIZATION": "Bearer x"}}"#, true),
            (r#"{"auth_token": "x"}"#, true),
            (r#"{"token": null}"#, true),
            (r#"{"client": "token", "locale": {"name": "en"}}"#, false),
            ("{}", false),
        ] {
            let payload = serde_json::from_str(payload).expect("JSON");
            assert_eq!(has_credentials(&payload), has, "{payload:?}");
        }
    }
}
