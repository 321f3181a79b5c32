//! `/graphql`: GraphQL over HTTP, POST with JSON. The hardened edge grows here.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentType};
use actix_web::{HttpRequest, HttpResponse, Resource, web};
use serde::Deserialize;

use super::guard;
use crate::graphql::{Schema, execute, is_busy};
use crate::store::Position;

/// The media type of the GraphQL-over-HTTP specification.
const RESPONSE_TYPE: &str = "application/graphql-response+json";

/// A client that has just written sends what the answer to its writing had in this header, and is
/// answered from a server that has what it wrote.
const POSITION: &str = "Dixit-Position";
/// When a request that came while the database was away may be sent again, in seconds.
const RETRY_AFTER: &str = "1";

/// The resource.
pub fn resource() -> Resource {
    web::resource("/graphql").app_data(web::PayloadConfig::new(guard::MAX_BODY)).post(post).route(
        web::route().to(|| async {
            let message = "GraphQL is answered to POST with a JSON body";
            let mut response = refuse(StatusCode::METHOD_NOT_ALLOWED, message);
            response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
            response
        }),
    )
}

/// A request as the specification has it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: String,
    #[serde(default)]
    variables: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    operation_name: Option<String>,
    /// Taken, as the specification wants it, and of no use here.
    #[serde(default, rename = "extensions")]
    _extensions: Option<serde_json::Map<String, serde_json::Value>>,
}

async fn post(
    head: HttpRequest,
    body: Result<web::Bytes, actix_web::Error>,
    schema: web::Data<Schema>,
) -> HttpResponse {
    let is_json = head
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"));
    if !is_json {
        let message = "send Content-Type: application/json";
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, message);
    }
    if head.headers().contains_key(header::CONTENT_ENCODING) {
        let message = "send the body without Content-Encoding";
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, message);
    }
    let body = match body {
        Ok(body) => body,
        Err(error) if error.as_response_error().status_code() == StatusCode::PAYLOAD_TOO_LARGE => {
            let message = format!("the body is larger than {} bytes", guard::MAX_BODY);
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, &message);
        }
        Err(_) => return refuse(StatusCode::BAD_REQUEST, "the body could not be read to its end"),
    };
    let body = match parse(&body) {
        Ok(body) => body,
        Err(message) => return refuse(StatusCode::BAD_REQUEST, &message),
    };
    let since = match position(&head) {
        Ok(since) => since,
        Err(message) => return refuse(StatusCode::BAD_REQUEST, &message),
    };
    let mut query = async_graphql::Request::new(body.query);
    if let Some(variables) = body.variables {
        let variables = serde_json::Value::Object(variables);
        query = query.variables(async_graphql::Variables::from_json(variables));
    }
    if let Some(name) = body.operation_name {
        query = query.operation_name(name);
    }
    let response = execute(&schema, query, since).await;
    answer(&head, &response)
}

/// What the client has written, as it says.
fn position(head: &HttpRequest) -> Result<Option<Position>, String> {
    let Some(value) = head.headers().get(POSITION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| format!("the header {POSITION} is not text"))?;
    let position = text.trim().parse().map_err(|error| format!("the header {POSITION} {error}"))?;
    Ok(Some(position))
}

fn parse(body: &[u8]) -> Result<Body, String> {
    if guard::json_too_deep(body) {
        return Err(format!("the body nests deeper than {} levels", guard::MAX_JSON_DEPTH));
    }
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err("batches are not taken: send one request at a time".to_owned());
    }
    let body: Body = serde_json::from_slice(body)
        .map_err(|error| format!("the body is not a GraphQL request in JSON: {error}"))?;
    guard::document(&body.query).map_err(|refused| refused.to_string())?;
    Ok(body)
}

/// The answer to a request that was executed, or at least parsed.
fn answer(head: &HttpRequest, response: &async_graphql::Response) -> HttpResponse {
    let accepts = |media: &str| {
        let header = head.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
        header.is_some_and(|value| value.contains(media))
    };
    let body = match serde_json::to_vec(response) {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "an answer could not be serialised");
            return refuse(StatusCode::INTERNAL_SERVER_ERROR, "internal error");
        }
    };
    if is_busy(response) {
        let media = if accepts(RESPONSE_TYPE) { RESPONSE_TYPE } else { "application/json" };
        return HttpResponse::ServiceUnavailable()
            .insert_header((header::RETRY_AFTER, RETRY_AFTER))
            .content_type(media)
            .body(body);
    }
    if accepts(RESPONSE_TYPE) {
        // A request that was not executed at all has no data: the status may say so.
        let executed = response.is_ok() || response.data != async_graphql::Value::Null;
        let status = if executed { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        return HttpResponse::build(status).content_type(RESPONSE_TYPE).body(body);
    }
    HttpResponse::Ok().content_type(ContentType::json()).body(body)
}

/// A request that is not executed.
fn refuse(status: StatusCode, message: &str) -> HttpResponse {
    let body = serde_json::json!({ "errors": [{ "message": message }] });
    HttpResponse::build(status).content_type(ContentType::json()).body(body.to_string())
}
