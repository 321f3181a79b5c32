//! Headers that tell browsers what they may do with answers: security, and pages of other sites.
//!
//! `Strict-Transport-Security` is not here: it belongs to the proxy that speaks TLS.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::{DefaultHeaders, Next};
use actix_web::{Error, HttpResponse, web};

use crate::limits::{Profile, Serving};

/// May not be loaded by pages of another site: what is for people, and for the inner network.
const SAME_ORIGIN: &str = "same-origin";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What a page of another site may send to the API, and read of its answers.
const METHODS: &str = "GET, POST";
const LOCKED_METHODS: &str = "POST";
const SENT: &str = "content-type, authorization, dixit-position, idempotency-key, x-request-id";
const EXPOSED: &str = "Dixit-Position, X-Request-Id, Retry-After, RateLimit, RateLimit-Policy";
/// How long a browser may remember that, in seconds: a day.
const REMEMBERED: &str = "86400";

/// On every answer that does not say otherwise: it is no page and may do nothing.
pub fn security() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"))
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add(("cross-origin-opener-policy", SAME_ORIGIN))
        .add((RESOURCE_POLICY, SAME_ORIGIN))
        .add((
            "permissions-policy",
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), \
             microphone=(), payment=(), usb=()",
        ))
}

/// Lets pages of every site ask the API and read its answers, without any credentials that a
/// browser would add by itself: a page knows no more than its author does.
pub async fn shared(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = request.headers();
    let asks_first = request.method() == Method::OPTIONS
        && asked.contains_key(header::ORIGIN)
        && asked.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let serving = request.app_data::<web::Data<Serving>>();
    let locked = serving.is_some_and(|serving| serving.profile == Profile::Locked);
    let methods = if locked { LOCKED_METHODS } else { METHODS };
    let mut response = if asks_first {
        let answer = HttpResponse::NoContent()
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, methods))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, SENT))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, REMEMBERED))
            .finish();
        request.into_response(answer)
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED),
        (RESOURCE_POLICY, "cross-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
