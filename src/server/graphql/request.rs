//! A GraphQL request as HTTP brings it, read within its limits.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, web};
use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request, Variables};
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::json::{Most, Over};
use crate::graphql::{POSITION, guard, kinds};
use crate::limits::Limits;
use crate::store::Position;

/// What a client asks.
pub struct Read {
    /// The request.
    pub request: Request,
    /// What the client has written, as it says.
    pub since: Option<Position>,
}

/// Why a request is not executed.
#[derive(Debug)]
pub struct Refused {
    /// The status that says so.
    pub status: StatusCode,
    /// What was wrong and what to do.
    pub message: String,
    /// The limit that it is over, with its value.
    pub limit: Option<(&'static str, u64)>,
}

impl Refused {
    fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), limit: None }
    }

    fn over(status: StatusCode, name: &'static str, limit: u64, message: String) -> Self {
        Self { status, message: format!("{name}: {message}"), limit: Some((name, limit)) }
    }
}

fn bad(message: impl Into<String>) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, message)
}

fn over_json(what: &str, Over { name, limit, problem }: Over) -> Refused {
    Refused::over(StatusCode::BAD_REQUEST, name, limit, format!("{what} {problem}"))
}

/// The parameters of a request, as the specification has them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    query: String,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    variables: Option<Map<String, Value>>,
    /// Taken, as the specification wants it, and of no use here.
    #[serde(default, rename = "extensions")]
    _extensions: Option<Map<String, Value>>,
}

impl Parameters {
    /// The request that they are.
    pub fn into_request(self) -> Request {
        let mut request = Request::new(self.query);
        if let Some(variables) = self.variables {
            request = request.variables(Variables::from_json(Value::Object(variables)));
        }
        if let Some(name) = self.operation_name {
            request = request.operation_name(name);
        }
        request
    }

    fn read(self, head: &HttpRequest) -> Result<Read, Refused> {
        Ok(Read { request: self.into_request(), since: position(head)? })
    }
}

/// A request by POST.
pub async fn posted(
    head: &HttpRequest,
    body: web::Payload,
    limits: &Limits,
) -> Result<Read, Refused> {
    let media = head.headers().get(header::CONTENT_TYPE).map(|value| value.to_str());
    let is_json = matches!(media, Some(Ok(value)) if is_json(value));
    if !is_json {
        // Anything else could be sent by a page of another site without asking.
        let message = "send Content-Type: application/json";
        return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    if head.headers().contains_key(header::CONTENT_ENCODING) {
        let message = "send the body without Content-Encoding";
        return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let time = Duration::from_millis(limits.body_ms);
    let body = match tokio::time::timeout(time, whole(head, body, limits.body_bytes)).await {
        Ok(body) => body?,
        Err(_) => {
            let message = format!("the body did not come within {} ms", limits.body_ms);
            let status = StatusCode::REQUEST_TIMEOUT;
            return Err(Refused::over(status, "bodyMs", limits.body_ms, message));
        }
    };
    Most::of(limits).check(&body).map_err(|over| over_json("the body", over))?;
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(bad("batches are not taken: send one request at a time"));
    }
    let parameters: Parameters = serde_json::from_slice(&body)
        .map_err(|error| bad(format!("the body is not a GraphQL request in JSON: {error}")))?;
    parameters.read(head)
}

/// `application/json`, in UTF-8 where it says in what.
fn is_json(media: &str) -> bool {
    let mut parts = media.split(';').map(str::trim);
    parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"))
        && parts.all(|part| match part.split_once('=') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
                let value = value.trim().trim_matches('"');
                value.eq_ignore_ascii_case("utf-8") || value.eq_ignore_ascii_case("utf8")
            }
            _ => true,
        })
}

/// The body, if it is within the limit. What is announced to be larger is not read at all.
async fn whole(
    head: &HttpRequest,
    mut body: web::Payload,
    limit: u64,
) -> Result<web::BytesMut, Refused> {
    let over = || {
        let message = format!("the body is larger than {limit} bytes");
        Refused::over(StatusCode::PAYLOAD_TOO_LARGE, "bodyBytes", limit, message)
    };
    let announced = head.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
    if announced.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > limit)
    {
        return Err(over());
    }
    let mut whole = web::BytesMut::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| bad("the body could not be read to its end"))?;
        if (whole.len() + part.len()) as u64 > limit {
            return Err(over());
        }
        whole.extend_from_slice(&part);
    }
    Ok(whole)
}

/// A question by GET. It can be sent by a link on any page: it only reads.
pub fn asked(head: &HttpRequest, limits: &Limits) -> Result<Read, Refused> {
    let mut parameters = Parameters {
        query: String::new(),
        operation_name: None,
        variables: None,
        _extensions: None,
    };
    for (name, value) in url::form_urlencoded::parse(head.query_string().as_bytes()) {
        match name.as_ref() {
            "query" => parameters.query = value.into_owned(),
            "operationName" => {
                parameters.operation_name =
                    Some(value.into_owned()).filter(|name| !name.is_empty());
            }
            "variables" => parameters.variables = object("variables", &value, limits)?,
            "extensions" => parameters._extensions = object("extensions", &value, limits)?,
            _ => {}
        }
    }
    if parameters.query.is_empty() {
        return Err(bad("the parameter `query` is missing"));
    }
    let mut read = parameters.read(head)?;
    // What does not parse is refused where it is executed.
    if guard::text(&read.request.query, limits).is_ok() {
        let name = read.request.operation_name.clone();
        if let Ok(document) = read.request.parsed_query()
            && !only_reads(document, name.as_deref())
        {
            let message = "a mutation comes by POST";
            return Err(Refused::new(StatusCode::METHOD_NOT_ALLOWED, message));
        }
    }
    Ok(read)
}

/// A parameter that is a JSON object, or absent.
fn object(name: &str, value: &str, limits: &Limits) -> Result<Option<Map<String, Value>>, Refused> {
    if value.is_empty() {
        return Ok(None);
    }
    let check = Most::of(limits).check(value.as_bytes());
    check.map_err(|over| over_json(&format!("`{name}`"), over))?;
    serde_json::from_str(value)
        .map_err(|error| bad(format!("the parameter `{name}` is not a JSON object: {error}")))
}

/// Whether nothing but questions can be executed of a document: all of it, where no name tells which
/// operation is meant.
fn only_reads(document: &ExecutableDocument, name: Option<&str>) -> bool {
    kinds(document, name).all(|kind| kind == OperationType::Query)
}

/// What the client has written, as it says.
pub fn position(head: &HttpRequest) -> Result<Option<Position>, Refused> {
    let Some(value) = head.headers().get(POSITION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| bad(format!("the header {POSITION} is not text")))?;
    let position = text.trim().parse();
    position.map(Some).map_err(|error| bad(format!("the header {POSITION} {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_reads_where_no_mutation_of_it_can_be_meant() {
        for (document, name, reads) in [
            ("{ a }", None, true),
            ("query q { a }", None, true),
            ("mutation { a }", None, false),
            // The engine executes the only operation without being told its name.
            ("mutation m { a }", None, false),
            ("mutation m { a }", Some("m"), false),
            ("mutation { a }", Some("m"), false),
            ("subscription s { a }", None, false),
            ("query q { a } mutation m { a }", Some("q"), true),
            ("query q { a } mutation m { a }", Some("m"), false),
            ("query q { a } mutation m { a }", None, false),
        ] {
            let parsed = async_graphql::parser::parse_query(document).expect("it parses");
            assert_eq!(only_reads(&parsed, name), reads, "{document} {name:?}");
        }
    }

    #[test]
    fn json_is_what_says_so_in_utf_8() {
        for media in ["application/json", "Application/JSON; charset=UTF-8", "application/json;"] {
            assert!(is_json(media), "{media}");
        }
        for media in ["text/plain", "application/jsonp", "application/json; charset=latin1", ""] {
            assert!(!is_json(media), "{media}");
        }
    }
}
