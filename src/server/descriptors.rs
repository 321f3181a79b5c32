//! File descriptors: whether the process may have as many as the connections it takes.

use rustix::process::{Resource, Rlimit, setrlimit};

use crate::config;

/// Of each connection: actix's own, and the one that `connections` closes it by.
const EACH: u64 = 2;
/// For all else: the database's connections, the log, what each thread waits with.
const MARGIN: u64 = 512;

/// How many descriptors may be open, and how high the process may raise that itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// The soft limit; `None` where there is none.
    pub now: Option<u64>,
    most: Option<u64>,
}

/// What `/proc` says: the system call of the same purpose is refused to a service that may not set
/// limits. `None` where there is no `/proc`.
pub fn allowed() -> Option<Allowed> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let mut numbers = line.split_whitespace();
    let mut next = || numbers.next().map(|number| number.parse().ok());
    Some(Allowed { now: next()?, most: next()? })
}

/// Raises the soft limit where the connections of this server may want more, and warns where that
/// is not enough.
pub fn provide(config: &config::Server) {
    let threads = match config.workers {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let wanted = (threads as u64)
        .saturating_mul(config.connections as u64)
        .saturating_mul(EACH)
        .saturating_add(MARGIN);
    let suffices = |limit: Option<u64>| limit.is_none_or(|limit| limit >= wanted);
    let Some(Allowed { now, most }) = allowed() else { return };
    if suffices(now) {
        return;
    }
    // It may be forbidden: what is allowed afterwards counts.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: most, maximum: most });
    let now = allowed().and_then(|allowed| allowed.now);
    if !suffices(now) {
        tracing::warn!(
            wanted,
            allowed = now,
            "DIXIT_CONNECTIONS on every serving thread may want more file descriptors than are \
             allowed; connections beyond are closed at once: raise the limit (ulimit -n, \
             LimitNOFILE) or take fewer connections"
        );
    }
}
