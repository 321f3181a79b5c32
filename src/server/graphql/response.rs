//! A GraphQL response as HTTP carries it: media type, status, size.

use std::io::Write;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};

use crate::graphql::{BUSY, INTERNAL, LIMIT, TIMEOUT, has_code};
use crate::limits::Limits;
use crate::server::RETRY_AFTER;
use crate::server::accept::accepted;

/// What the client reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status tells whether the request was executed.
    Response,
    /// `application/json`: the status is 200 for whatever was a GraphQL request.
    Json,
}

impl Media {
    const ALL: [Self; 2] = [Self::Json, Self::Response];

    fn as_str(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    fn name(self) -> &'static str {
        self.as_str().split(';').next().unwrap_or_default()
    }

    /// What the client likes best of what there is; `None` where it reads neither.
    pub fn accepted(headers: &HeaderMap) -> Option<Self> {
        let names = Self::ALL.map(Self::name);
        accepted(headers, &names).and_then(|at| Self::ALL.get(at).copied())
    }
}

/// The answer to a request that was executed, or refused as GraphQL.
pub fn answer(media: Media, response: &async_graphql::Response, limits: &Limits) -> HttpResponse {
    let body = match serialised(response, limits) {
        Ok(body) => body,
        Err(Unserialised::TooLarge(message)) => {
            let limit = Some(("responseBytes", limits.response_bytes));
            // As the specification has it, this is an answer to a request that was well-formed.
            let status = match media {
                Media::Json => StatusCode::OK,
                Media::Response => StatusCode::BAD_REQUEST,
            };
            return refuse_over(media, status, &message, limit);
        }
        Err(Unserialised::Fault) => {
            let fault = serde_json::json!({ "code": INTERNAL });
            return refuse_with(media, StatusCode::INTERNAL_SERVER_ERROR, "internal error", fault);
        }
    };
    let executed = executed(response);
    let status = match media {
        _ if has_code(response, BUSY) => StatusCode::SERVICE_UNAVAILABLE,
        Media::Json => StatusCode::OK,
        Media::Response if has_code(response, TIMEOUT) => StatusCode::GATEWAY_TIMEOUT,
        Media::Response if !executed => StatusCode::BAD_REQUEST,
        // A question that could not be answered at all, through no fault of its own.
        Media::Response
            if response.data == async_graphql::Value::Null && has_code(response, INTERNAL) =>
        {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        Media::Response => StatusCode::OK,
    };
    let mut builder = HttpResponse::build(status);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        builder.insert_header((header::RETRY_AFTER, RETRY_AFTER));
    }
    let body = if executed || status == StatusCode::SERVICE_UNAVAILABLE {
        body
    } else {
        without_data(response).unwrap_or(body)
    };
    for (name, value) in &response.http_headers {
        builder.insert_header((name.as_str(), value.as_bytes()));
    }
    builder
        .insert_header((header::VARY, "Accept, Authorization, Dixit-Position"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .content_type(media.as_str())
        .body(body)
}

/// Whether a response is one of execution. What went wrong there has a place in the answer; what was
/// not executed has none.
pub fn executed(response: &async_graphql::Response) -> bool {
    response.is_ok()
        || response.data != async_graphql::Value::Null
        || response.errors.iter().any(|error| !error.path.is_empty())
}

/// Why an answer is not sent.
pub enum Unserialised {
    /// It is over the limit `responseBytes`, as the message says.
    TooLarge(String),
    /// A fault of ours, which is in the log.
    Fault,
}

/// An answer as JSON, within the limit of its size.
pub fn serialised(
    answer: &impl serde::Serialize,
    limits: &Limits,
) -> Result<Vec<u8>, Unserialised> {
    let mut body = Bounded { bytes: Vec::new(), limit: limits.response_bytes, over: false };
    match serde_json::to_writer(&mut body, answer) {
        Ok(()) => Ok(body.bytes),
        Err(_) if body.over => {
            let limit = body.limit;
            let message = format!(
                "the answer is larger than {limit} bytes: ask for less (what a mutation wrote is \
                 written)"
            );
            Err(Unserialised::TooLarge(format!("responseBytes: {message}")))
        }
        Err(error) => {
            tracing::error!(%error, "an answer could not be serialised");
            Err(Unserialised::Fault)
        }
    }
}

/// The response to a request that was not executed: `errors` alone, no `data`.
fn without_data(response: &async_graphql::Response) -> Option<Vec<u8>> {
    #[derive(serde::Serialize)]
    struct Errors<'r> {
        errors: &'r [async_graphql::ServerError],
    }
    serde_json::to_vec(&Errors { errors: &response.errors }).ok()
}

/// A request that is not executed.
pub fn refuse(media: Media, status: StatusCode, message: &str) -> HttpResponse {
    refuse_over(media, status, message, None)
}

/// A request that is not executed because it is over a limit.
pub fn refuse_over(
    media: Media,
    status: StatusCode,
    message: &str,
    limit: Option<(&'static str, u64)>,
) -> HttpResponse {
    let extensions = match limit {
        Some((name, value)) => {
            serde_json::json!({ "code": LIMIT, "limit": name, "value": value })
        }
        None if status == StatusCode::SERVICE_UNAVAILABLE => serde_json::json!({ "code": BUSY }),
        None => serde_json::json!({ "code": "BAD_REQUEST" }),
    };
    refuse_with(media, status, message, extensions)
}

/// A request that is not executed, with what its error has in `extensions`.
pub fn refuse_with(
    media: Media,
    status: StatusCode,
    message: &str,
    extensions: serde_json::Value,
) -> HttpResponse {
    let error = serde_json::json!({ "message": message, "extensions": extensions });
    let mut builder = HttpResponse::build(status);
    if matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::PAYLOAD_TOO_LARGE) {
        // The rest of the body is not waited for.
        builder.force_close();
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        builder.insert_header((header::RETRY_AFTER, RETRY_AFTER));
    }
    let body = serde_json::json!({ "errors": [error] });
    builder.content_type(media.as_str()).body(body.to_string())
}

/// Bytes up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: u64,
    over: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if (self.bytes.len() + bytes.len()) as u64 > self.limit {
            self.over = true;
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{ACCEPT, HeaderValue};

    use super::*;

    #[test]
    fn the_client_gets_what_it_likes_best() {
        for (accept, media) in [
            ("", Some(Media::Json)),
            ("*/*", Some(Media::Json)),
            ("application/*;q=0.1", Some(Media::Json)),
            ("application/graphql-response+json", Some(Media::Response)),
            (
                "application/graphql-response+json; charset=utf-8, application/json;q=0.9",
                Some(Media::Response),
            ),
            ("application/graphql-response+json;q=0.5, application/json", Some(Media::Json)),
            ("application/graphql-response+json, */*;q=0.1", Some(Media::Response)),
            ("application/json;q=0, */*", Some(Media::Response)),
            ("text/html", None),
            ("application/json;q=0", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(Media::accepted(&headers), media, "{accept}");
        }
        assert_eq!(Media::accepted(&HeaderMap::new()), Some(Media::Json));
    }
}
