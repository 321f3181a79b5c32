//! What is kept of each request: an id in its answer and its log, a count, and how long it took.

use std::fmt::Write as _;
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

use crate::graphql::REQUEST_ID;

/// The header with a request's id, both ways.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// The longest id that a proxy in front may give.
const LONGEST: usize = 64;

/// The routes that are counted apart.
const ROUTES: [&str; 4] = ["/graphql", "/graphiql", "/probe", "other"];
/// The upper bounds of the histogram of times, in microseconds.
const BOUNDS: [u64; 9] =
    [1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 500_000, 2_500_000, 10_000_000];

/// Counts of one route.
struct Route {
    /// Answers by the first digit of their status, 1xx to 5xx.
    answers: [AtomicU64; 5],
    /// Answers within each bound and not within the one before; the last: beyond all.
    times: [AtomicU64; BOUNDS.len() + 1],
    /// The sum of all times, in microseconds.
    total: AtomicU64,
}

static COUNTS: [Route; ROUTES.len()] = [const { Route::new() }; ROUTES.len()];

impl Route {
    const fn new() -> Self {
        Self {
            answers: [const { AtomicU64::new(0) }; 5],
            times: [const { AtomicU64::new(0) }; BOUNDS.len() + 1],
            total: AtomicU64::new(0),
        }
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
    let span = tracing::error_span!("request", id);
    let answered = REQUEST_ID.scope(id.clone(), next.call(request)).instrument(span.clone()).await;
    let elapsed = started.elapsed();
    let mut response = answered?;
    let status = response.status();
    count(&path, status.as_u16(), elapsed);
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

fn count(path: &str, status: u16, elapsed: Duration) {
    let route = match path {
        "/graphql" => 0,
        "/healthz" | "/readyz" | "/metrics" => 2,
        path if path.starts_with("/graphiql") => 1,
        _ => 3,
    };
    let route = &COUNTS[route];
    let micros = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
    let class = usize::from(status / 100).clamp(1, 5) - 1;
    let bucket = BOUNDS.iter().position(|bound| micros <= *bound).unwrap_or(BOUNDS.len());
    route.answers[class].fetch_add(1, Relaxed);
    route.times[bucket].fetch_add(1, Relaxed);
    route.total.fetch_add(micros, Relaxed);
}

/// The counts in Prometheus' text format.
pub fn write(text: &mut String) {
    // Writing to a String cannot fail.
    let _ = text.write_str(
        "# HELP dixit_http_requests_total Requests that were answered, by route and status.\n\
         # TYPE dixit_http_requests_total counter\n",
    );
    for (route, counts) in ROUTES.iter().zip(&COUNTS) {
        for (class, answers) in counts.answers.iter().enumerate() {
            let (class, answers) = (class + 1, answers.load(Relaxed));
            let labels = format!("route=\"{route}\",status=\"{class}xx\"");
            let _ = writeln!(text, "dixit_http_requests_total{{{labels}}} {answers}");
        }
    }
    let _ = text.write_str(
        "# HELP dixit_http_request_seconds How long requests took, from their head to their answer.\n\
         # TYPE dixit_http_request_seconds histogram\n",
    );
    for (route, counts) in ROUTES.iter().zip(&COUNTS) {
        let mut so_far = 0;
        for (number, times) in counts.times.iter().enumerate() {
            so_far += times.load(Relaxed);
            let bound = match BOUNDS.get(number) {
                Some(micros) => (*micros as f64 / 1e6).to_string(),
                None => "+Inf".to_owned(),
            };
            let labels = format!("route=\"{route}\",le=\"{bound}\"");
            let _ = writeln!(text, "dixit_http_request_seconds_bucket{{{labels}}} {so_far}");
        }
        let total = counts.total.load(Relaxed) as f64 / 1e6;
        let _ = writeln!(text, "dixit_http_request_seconds_sum{{route=\"{route}\"}} {total}");
        let _ = writeln!(text, "dixit_http_request_seconds_count{{route=\"{route}\"}} {so_far}");
    }
}
