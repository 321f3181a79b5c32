//! What the process tells its operator: logs to standard error, as text for people or JSON for
//! programs, and with the feature `otel` traces of requests.

#[cfg_attr(not(feature = "otel"), path = "untraced.rs")]
mod traces;

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use anstream::{AutoStream, ColorChoice};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Registry};

use crate::config::Log;

pub use traces::{answered, asked, stop};

/// What is not logged unless the filter names it: actix calls each request that is no HTTP an
/// error, so that anybody could fill the log.
const QUIET: &str = "actix_http::h1::dispatcher=off";

/// Whether whatever reads standard error expects JSON.
static JSON: AtomicBool = AtomicBool::new(false);

/// Starts logs, and traces where the environment asks for them. A second call changes nothing.
///
/// # Errors
/// A filter that does not parse, or variables of OpenTelemetry that cannot be used: what is wrong.
pub fn start(log: &Log) -> Result<(), String> {
    let filter = EnvFilter::try_new(format!("{QUIET},{}", log.filter))
        .map_err(|error| format!("DIXIT_LOG={}: {error}", log.filter))?;
    let color = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = if log.json {
        // The innermost span is the last of `spans`: once is enough.
        lines.json().with_current_span(false).boxed()
    } else {
        lines.with_ansi(color).with_target(false).boxed()
    };
    let layers = Registry::default().with(traces::layer()?).with(lines.with_filter(filter));
    // An error means that a test, or the library's user, has set up logging already.
    if layers.try_init().is_ok() && log.json {
        JSON.store(true, Relaxed);
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string);
            tracing::error!(place, message = panic.payload_as_str().unwrap_or("a panic"));
        }));
    }
    Ok(())
}

/// Starts a log in JSON of errors alone, for a command that fails before [`start`] could: nothing
/// here can be configured wrongly.
pub fn start_bare() {
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = lines.json().with_current_span(false).with_filter(LevelFilter::ERROR);
    if Registry::default().with(lines).try_init().is_ok() {
        JSON.store(true, Relaxed);
    }
}

/// Tells why a command failed: as JSON where logs are JSON, so that no reader stumbles.
pub fn failed(why: &str) {
    if JSON.load(Relaxed) && tracing::enabled!(tracing::Level::ERROR) {
        tracing::error!("{why}");
    } else {
        eprintln!("dixit: {why}");
    }
}
