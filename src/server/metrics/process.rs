//! What the process itself costs, by the names that every exporter gives it.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use super::page::{Kind, Page};
use crate::server::descriptors;

/// Remembers when the server was made, which is when the process began, give or take opening its
/// database.
pub fn started() -> f64 {
    static STARTED: OnceLock<f64> = OnceLock::new();
    *STARTED.get_or_init(now)
}

/// Seconds since 1970.
pub fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

/// Adds the families; without `/proc` those alone that do not come from there. Reads files.
pub fn write(page: &mut Page) {
    let version = env!("CARGO_PKG_VERSION");
    page.family("dixit_build_info", Kind::Gauge, "1, with the version that is running.")
        .sample(&[("version", version)], 1);
    let help = "When the process started, in seconds since 1970.";
    page.family("process_start_time_seconds", Kind::Gauge, help).sample(&[], started());
    if let Some(bytes) = resident() {
        let help = "Memory that the process has in RAM.";
        page.family("process_resident_memory_bytes", Kind::Gauge, help).sample(&[], bytes);
    }
    if let Some(count) = open_files() {
        let help = "File descriptors that are open.";
        page.family("process_open_fds", Kind::Gauge, help).sample(&[], count);
    }
    if let Some(most) = descriptors::allowed().and_then(|allowed| allowed.now) {
        let help = "How many file descriptors may be open.";
        page.family("process_max_fds", Kind::Gauge, help).sample(&[], most);
    }
}

fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

fn open_files() -> Option<usize> {
    // One of them reads the directory.
    Some(std::fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1))
}
