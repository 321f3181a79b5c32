//! Traces by OpenTelemetry: the spans of requests and of their trips to the database, by OTLP over
//! HTTP to the collector that the standard variables name.
//!
//! Without an endpoint nothing is traced. HTTP without TLS: a collector stands beside its service.

use std::env::{VarError, var};
use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;
use std::time::Duration;

use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::{Status, TracerProvider as _};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::resource::{EnvResourceDetector, TelemetryResourceDetector};
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::{Layer, Registry};

/// Where spans go, once they go anywhere.
static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// How long the end of the process waits for the last spans to be sent.
const LAST: Duration = Duration::from_secs(3);

/// The layer that exports dixit's spans; `None` where the environment names no endpoint.
///
/// # Errors
/// A variable that cannot be used: what is wrong with it.
pub fn layer() -> Result<Option<impl Layer<Registry>>, String> {
    if !wanted()? {
        return Ok(None);
    }
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(Client { seconds: timeout()? })
        .build()
        .map_err(|error| format!("OTEL_EXPORTER_OTLP_ENDPOINT: {error}"))?;
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_resource(resource()?)
        .build();
    let tracer = PROVIDER.get_or_init(|| provider).tracer("dixit");
    // Of our own code: spans, whatever the logs leave out. What is logged is no part of a trace.
    let ours = filter_fn(|metadata| metadata.is_span() && metadata.target().starts_with("dixit"));
    let layer = tracing_opentelemetry::layer().with_tracer(tracer).with_location(false);
    Ok(Some(layer.with_threads(false).with_filter(ours)))
}

/// Names the span of a request, which must not have been entered yet. It belongs to the trace that
/// the client tells of by W3C's `traceparent`.
pub fn asked(span: &Span, method: &str, route: &str, header: impl Fn(&str) -> Option<String>) {
    if PROVIDER.get().is_none() {
        return;
    }
    span.record("otel.kind", "server");
    span.record("otel.name", format!("{method} {route}"));
    span.set_attribute("http.request.method", method.to_owned());
    span.set_attribute("http.route", route.to_owned());
    let headers = Headers(["traceparent", "tracestate"].map(|name| (name, header(name))));
    // An error means that this span is not sampled.
    let _ = span.set_parent(TraceContextPropagator::new().extract(&headers));
}

/// Tells how a request was answered.
pub fn answered(span: &Span, status: u16) {
    if PROVIDER.get().is_none() {
        return;
    }
    span.set_attribute("http.response.status_code", i64::from(status));
    if status >= 500 {
        span.set_status(Status::error(""));
    }
}

/// Sends what was not sent yet, and ends.
pub fn stop() {
    if let Some(Err(error)) = PROVIDER.get().map(|provider| provider.shutdown_with_timeout(LAST)) {
        tracing::warn!(%error, "the last traces were not sent");
    }
}

/// Whether there is an endpoint that this binary can talk to.
fn wanted() -> Result<bool, String> {
    if value("OTEL_SDK_DISABLED")?.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return Ok(false);
    }
    let (name, endpoint) = of_traces("ENDPOINT")?;
    if endpoint.as_ref().is_some_and(|endpoint| !endpoint.starts_with("http://")) {
        return Err(format!("{name}: traces go by http:// alone, to a collector beside dixit"));
    }
    let (name, protocol) = of_traces("PROTOCOL")?;
    match protocol {
        Some(other) if endpoint.is_some() && other != "http/protobuf" => {
            Err(format!("{name}={other}: traces go by http/protobuf alone"))
        }
        _ => Ok(endpoint.is_some()),
    }
}

/// How long one export may take, in whole seconds; the variable has milliseconds.
fn timeout() -> Result<u64, String> {
    match of_traces("TIMEOUT")? {
        (_, None) => Ok(10),
        (name, Some(text)) => {
            let milliseconds: u64 =
                text.parse().map_err(|_| format!("{name}={text}: is not a number"))?;
            Ok(milliseconds.div_ceil(1_000).max(1))
        }
    }
}

/// Who sends the spans.
fn resource() -> Result<Resource, String> {
    let resource = Resource::builder_empty()
        .with_service_name("dixit")
        .with_detector(Box::new(TelemetryResourceDetector))
        .with_detector(Box::new(EnvResourceDetector::new()));
    Ok(match value("OTEL_SERVICE_NAME")? {
        Some(name) => resource.with_service_name(name).build(),
        None => resource.build(),
    })
}

/// The variable for traces, or else that for everything, with its name.
fn of_traces(what: &str) -> Result<(String, Option<String>), String> {
    let name = format!("OTEL_EXPORTER_OTLP_TRACES_{what}");
    if let Some(found) = value(&name)? {
        return Ok((name, Some(found)));
    }
    let name = format!("OTEL_EXPORTER_OTLP_{what}");
    let found = value(&name)?;
    Ok((name, found))
}

/// A variable; an empty one is absent.
fn value(name: &str) -> Result<Option<String>, String> {
    match var(name) {
        Ok(value) => Ok(Some(value.trim().to_owned()).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
    }
}

/// The headers that tell of the client's trace.
struct Headers([(&'static str, Option<String>); 2]);

impl Extractor for Headers {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == key).and_then(|(_, value)| value.as_deref())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| *name).collect()
    }
}

/// Sends exports. It may block: they have a thread of their own.
#[derive(Debug)]
struct Client {
    seconds: u64,
}

impl HttpClient for Client {
    fn send_bytes<'s, 'f>(
        &'s self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(async move { self.send(request) })
    }
}

impl Client {
    fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let mut sent = minreq::post(request.uri().to_string()).with_timeout(self.seconds);
        for (name, value) in request.headers() {
            sent = sent.with_header(name.as_str(), value.to_str()?);
        }
        let answer = sent.with_body(request.into_body()).send()?;
        let status = answer.status_code;
        Ok(Response::builder().status(status).body(answer.into_bytes().into())?)
    }
}
