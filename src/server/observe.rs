//! What is kept of each request: an id in its answer and its log, a count, and how long it took.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use tracing::Instrument as _;
use tracing::field::Empty;

use super::metrics::page::{Kind, Page};
use crate::graphql::REQUEST_ID;
use crate::histogram::Histogram;
use crate::telemetry;

/// The header with a request's id, both ways.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id that a proxy in front may give.
const LONGEST: usize = 64;

/// The routes that are counted apart.
const ROUTES: [&str; 5] = ["/graphql", "/graphiql", "/probe", "other", "/page"];
/// Where the pages to cite stand.
const PAGES: [&str; 4] = ["/quotes/", "/statements/", "/speakers/", "/organisations/"];
/// Statuses by their first digit.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// Counts of one route.
struct Route {
    /// Answers by class.
    answers: [AtomicU64; CLASSES.len()],
    times: Histogram,
}

static COUNTS: [Route; ROUTES.len()] = [const { Route::new() }; ROUTES.len()];

impl Route {
    const fn new() -> Self {
        Self { answers: [const { AtomicU64::new(0) }; CLASSES.len()], times: Histogram::new() }
    }
}

/// Gives a request its id, tells the log of it and counts it.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let id = given_id(&request).unwrap_or_else(new_id);
    // Without the query: it may hold what is nobody's business.
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let span = tracing::error_span!("request", id, otel.name = Empty, otel.kind = Empty);
    let route = route(&path);
    telemetry::asked(&span, method.as_str(), ROUTES[route], |name| {
        Some(request.headers().get(name)?.to_str().ok()?.to_owned())
    });
    let answered = REQUEST_ID.scope(id.clone(), next.call(request)).instrument(span.clone()).await;
    let elapsed = started.elapsed();
    let mut response = answered?;
    let status = response.status();
    count(route, status.as_u16(), elapsed);
    telemetry::answered(&span, status.as_u16());
    let _entered = span.enter();
    let ms = elapsed.as_secs_f64() * 1e3;
    if status.is_server_error() {
        tracing::warn!(%method, path, status = status.as_u16(), ms, "answered");
    } else {
        tracing::debug!(%method, path, status = status.as_u16(), ms, "answered");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    Ok(response)
}

/// The id that a proxy gave, if it is one.
fn given_id(request: &ServiceRequest) -> Option<String> {
    let id = request.headers().get(HEADER)?.to_str().ok()?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let sound = !id.is_empty() && id.len() <= LONGEST && id.bytes().all(fits);
    sound.then(|| id.to_owned())
}

/// An id that no other request of any process is likely to have.
fn new_id() -> String {
    static PROCESS: OnceLock<u64> = OnceLock::new();
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let process = *PROCESS.get_or_init(|| RandomState::new().hash_one(std::process::id()));
    format!("{process:016x}-{:x}", NEXT.fetch_add(1, Relaxed))
}

/// The place in [`ROUTES`] of a path.
fn route(path: &str) -> usize {
    match path {
        "/graphql" => 0,
        "/healthz" | "/readyz" | "/metrics" => 2,
        path if path.starts_with("/graphiql") => 1,
        path if PAGES.iter().any(|folder| path.starts_with(folder)) => 4,
        _ => 3,
    }
}

fn count(route: usize, status: u16, elapsed: Duration) {
    let route = &COUNTS[route];
    let class = usize::from(status / 100).clamp(1, CLASSES.len()) - 1;
    route.answers[class].fetch_add(1, Relaxed);
    route.times.add(elapsed);
}

/// Adds the counts to the page of metrics.
pub fn write(page: &mut Page) {
    let help = "Requests that were answered, by route and status.";
    let mut family = page.family("dixit_http_requests_total", Kind::Counter, help);
    for (route, counts) in ROUTES.iter().zip(&COUNTS) {
        for (class, answers) in CLASSES.iter().zip(&counts.answers) {
            family.sample(&[("route", route), ("status", class)], answers.load(Relaxed));
        }
    }
    let help = "How long requests took, from their head to their answer.";
    let mut family = page.family("dixit_http_request_seconds", Kind::Histogram, help);
    for (route, counts) in ROUTES.iter().zip(&COUNTS) {
        family.histogram(&[("route", route)], &counts.times.read());
    }
}
