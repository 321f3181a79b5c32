//! Every setting but the limits of a request, in one table, and the `.env.example` that it makes.

use std::fmt::Write as _;

use crate::limits::{Limit, Limits, Unit};

/// One setting.
pub struct Setting {
    /// The variable.
    pub name: &'static str,
    /// Its value where nothing is said.
    pub default: &'static str,
    /// What it is for.
    pub manual: &'static str,
}

pub const DATABASE_URL: Setting = Setting {
    name: "DATABASE_URL",
    default: "sqlite://dixit.db",
    manual: "The database: sqlite://FILE, created on first use (a relative FILE is relative to the \
             working directory), or postgres://USER:PASSWORD@HOST:PORT/DATABASE, with \
             parameters of libpq behind it, such as ?sslmode=verify-full.",
};
pub const READERS: Setting = Setting {
    name: "DIXIT_READERS",
    default: "8",
    manual: "Reading connections to the database, and to each replica, from 1 to 256.",
};
pub const DATABASE_WAIT_MS: Setting = Setting {
    name: "DIXIT_DATABASE_WAIT_MS",
    default: "2000",
    manual: "How long a request waits for a database connection, in milliseconds, from 1 to 60000.",
};
pub const REPLICA_URLS: Setting = Setting {
    name: "DIXIT_REPLICA_URLS",
    default: "",
    manual: "Streaming replicas of the PostgreSQL server of DATABASE_URL, separated by commas: reads \
             go to them, writes to DATABASE_URL.",
};
pub const MAX_REPLICA_LAG_MS: Setting = Setting {
    name: "DIXIT_MAX_REPLICA_LAG_MS",
    default: "1000",
    manual: "How far behind a replica may be to be asked, in milliseconds, from 1 to 600000.",
};
pub const LISTEN: Setting = Setting {
    name: "DIXIT_LISTEN",
    default: "127.0.0.1:8080",
    manual: "Address and port to serve on. Port 0 takes a free one and prints it.",
};
pub const PUBLIC_URL: Setting = Setting {
    name: "DIXIT_PUBLIC_URL",
    default: "",
    manual: "The address under which people reach this server, such as https://quotes.example: pages \
             to cite and citations tell it. Without it they tell paths alone.",
};
pub const WORKERS: Setting = Setting {
    name: "DIXIT_WORKERS",
    default: "0",
    manual: "Serving threads, up to 256; 0 takes one a core.",
};
pub const SHUTDOWN_SECONDS: Setting = Setting {
    name: "DIXIT_SHUTDOWN_SECONDS",
    default: "10",
    manual: "How long a server may take to stop, running requests included, in seconds, from 0 to 600.",
};
pub const DRAIN_MS: Setting = Setting {
    name: "DIXIT_DRAIN_MS",
    default: "500",
    manual: "How long a stopping server still takes connections while /readyz answers 503, in \
             milliseconds, from 0 to 60000; a part of DIXIT_SHUTDOWN_SECONDS, and \
             less. Behind a balancer: \
             longer than it takes to notice.",
};
pub const CONNECTIONS: Setting = Setting {
    name: "DIXIT_CONNECTIONS",
    default: "1024",
    manual: "How many connections each serving thread takes at once, from 1 to 1000000; more wait \
             to be accepted.",
};
pub const SOCKETS: Setting = Setting {
    name: "DIXIT_SOCKETS",
    default: "256",
    manual: "How many WebSockets may be open at once, over all serving threads, from 1 to 1000000; \
             one address without a token may have a quarter of them (at least 4).",
};
pub const IMPORT_DIR: Setting = Setting {
    name: "DIXIT_IMPORT_DIR",
    default: "dixit-imports",
    manual: "The directory that keeps uploads to /import until they are imported; made when the first \
             comes. Each server has one of its own, and needs it again when it starts again.",
};
pub const MAX_UPLOAD_BYTES: Setting = Setting {
    name: "DIXIT_MAX_UPLOAD_BYTES",
    default: "1073741824",
    manual: "The largest body of a request to /import, as it is sent, in bytes, from 1024 to \
             1099511627776.",
};
pub const PROFILE: Setting = Setting {
    name: "DIXIT_PROFILE",
    default: "public",
    manual: "How open the API is: `public`, or `locked` (no introspection, no playground, no \
             GET).",
};
pub const PUBLIC_READS: Setting = Setting {
    name: "DIXIT_PUBLIC_READS",
    default: "on",
    manual: "Whether questions are answered without a token: `on`, or `off` (they want one with the \
             scope `read`). Writing always wants a token.",
};
pub const RATE_LIMIT: Setting = Setting {
    name: "DIXIT_RATE_LIMIT",
    default: "6000",
    manual: "Requests to the API a minute from one address (of IPv6: one /64) without a good token, \
             from 1 to 1000000, or `off`: nobody is limited, tokens neither.",
};
pub const TOKEN_RATE_LIMIT: Setting = Setting {
    name: "DIXIT_TOKEN_RATE_LIMIT",
    default: "60000",
    manual: "Requests to the API a minute with one token, from 1 to 1000000.",
};
pub const TRUSTED_PROXIES: Setting = Setting {
    name: "DIXIT_TRUSTED_PROXIES",
    default: "",
    manual: "Addresses or networks (10.0.0.0/8) of proxies in front, separated by commas. From these \
             alone X-Forwarded-For is believed.",
};
pub const LOG: Setting = Setting {
    name: "DIXIT_LOG",
    default: "info",
    manual: "What is logged to standard error: error, warn, info, debug or trace, or a filter such \
             as `warn,dixit=debug`.",
};
pub const LOG_FORMAT: Setting = Setting {
    name: "DIXIT_LOG_FORMAT",
    default: "text",
    manual: "How it is logged: `text` for people, `json` for programs.",
};

/// Every setting, in the order of `.env.example`; the limits of a request follow.
pub const SETTINGS: [&Setting; 21] = [
    &DATABASE_URL,
    &READERS,
    &DATABASE_WAIT_MS,
    &REPLICA_URLS,
    &MAX_REPLICA_LAG_MS,
    &LISTEN,
    &PUBLIC_URL,
    &WORKERS,
    &SHUTDOWN_SECONDS,
    &DRAIN_MS,
    &CONNECTIONS,
    &SOCKETS,
    &IMPORT_DIR,
    &MAX_UPLOAD_BYTES,
    &PROFILE,
    &PUBLIC_READS,
    &RATE_LIMIT,
    &TOKEN_RATE_LIMIT,
    &TRUSTED_PROXIES,
    &LOG,
    &LOG_FORMAT,
];

/// The text of `.env.example`: every setting with its manual and default.
pub fn example() -> String {
    let mut text = String::from(
        "# dixit's settings with their defaults; made by `dixit config --example`.\n\
         # Copy to .env and change what you need; the environment wins over the file.\n",
    );
    for Setting { name, default, manual } in SETTINGS {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n# {manual}\n{name}={default}\n");
    }
    text.push_str("\n# Limits of one request; `serviceConfig` tells them to clients.\n");
    for Limit { setting, manual, unit, least, most, default, .. } in Limits::ALL {
        let unit = match unit {
            Unit::Count => "",
            Unit::Bytes => " bytes",
            Unit::Milliseconds => " milliseconds",
        };
        let _ = write!(text, "\n#{manual} {least} to {most}{unit}.\n{setting}={default}\n");
    }
    text
}
