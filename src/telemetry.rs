//! Logs: to standard error, as text for people or JSON for programs.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// What is not logged unless the filter names it: actix calls each request that is no HTTP an
/// error, so that anybody could fill the log.
const QUIET: &str = "actix_http::h1::dispatcher=off";

/// Starts logging for this process. A second call changes nothing.
///
/// # Errors
/// A filter that does not parse, with what is wrong in it.
pub fn start(log: &Log) -> Result<(), String> {
    let filter = EnvFilter::try_new(format!("{QUIET},{}", log.filter))
        .map_err(|error| format!("DIXIT_LOG={}: {error}", log.filter))?;
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let start = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(color)
        .with_target(false);
    // An error means that a test, or the library's user, has set up logging already.
    let _ = if log.json { start.json().try_init() } else { start.try_init() };
    Ok(())
}
