//! Configuration: every setting in one table, read from the environment and `.env`.
//!
//! The table makes `.env.example` and refuses what it does not know: a mistyped variable is an
//! error, never a silent default.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use crate::limits::{Limit, Limits, Profile, Serving, Unit};

/// One setting.
struct Setting {
    name: &'static str,
    default: &'static str,
    manual: &'static str,
}

const DATABASE_URL: Setting = Setting {
    name: "DATABASE_URL",
    default: "sqlite://dixit.db",
    manual: "The database: sqlite://FILE, created on first use (a relative FILE is relative to the \
             working directory), or postgres://USER:PASSWORD@HOST:PORT/DATABASE, with \
             parameters of libpq behind it, such as ?sslmode=verify-full.",
};
const READERS: Setting = Setting {
    name: "DIXIT_READERS",
    default: "8",
    manual: "Reading connections to the database, and to each replica, from 1 to 256.",
};
const DATABASE_WAIT_MS: Setting = Setting {
    name: "DIXIT_DATABASE_WAIT_MS",
    default: "2000",
    manual: "How long a request waits for a database connection, in milliseconds, from 1 to 60000.",
};
const REPLICA_URLS: Setting = Setting {
    name: "DIXIT_REPLICA_URLS",
    default: "",
    manual: "Streaming replicas of the PostgreSQL server of DATABASE_URL, separated by commas: reads \
             go to them, writes to DATABASE_URL.",
};
const MAX_REPLICA_LAG_MS: Setting = Setting {
    name: "DIXIT_MAX_REPLICA_LAG_MS",
    default: "1000",
    manual: "How far behind a replica may be to be asked, in milliseconds, from 1 to 600000.",
};
const LISTEN: Setting = Setting {
    name: "DIXIT_LISTEN",
    default: "127.0.0.1:8080",
    manual: "Address and port to serve on. Port 0 takes a free one and prints it.",
};
const WORKERS: Setting = Setting {
    name: "DIXIT_WORKERS",
    default: "0",
    manual: "Serving threads, up to 256; 0 takes one a core.",
};
const SHUTDOWN_SECONDS: Setting = Setting {
    name: "DIXIT_SHUTDOWN_SECONDS",
    default: "10",
    manual: "How long a server may take to stop, running requests included, in seconds, from 0 to 600.",
};
const DRAIN_MS: Setting = Setting {
    name: "DIXIT_DRAIN_MS",
    default: "500",
    manual: "How long a stopping server still takes connections while /readyz answers 503, in \
             milliseconds, from 0 to 60000; part of DIXIT_SHUTDOWN_SECONDS. Behind a balancer: \
             longer than it takes to notice.",
};
const CONNECTIONS: Setting = Setting {
    name: "DIXIT_CONNECTIONS",
    default: "1024",
    manual: "How many connections each serving thread takes at once, from 1 to 1000000; more wait \
             to be accepted.",
};
const PROFILE: Setting = Setting {
    name: "DIXIT_PROFILE",
    default: "public",
    manual: "How open the API is: `public`, or `locked` (no introspection, no playground, no \
             GET).",
};
const LOG: Setting = Setting {
    name: "DIXIT_LOG",
    default: "info",
    manual: "What is logged to standard error: error, warn, info, debug or trace, or a filter such \
             as `warn,dixit=debug`.",
};
const LOG_FORMAT: Setting = Setting {
    name: "DIXIT_LOG_FORMAT",
    default: "text",
    manual: "How it is logged: `text` for people, `json` for programs.",
};

const SETTINGS: [&Setting; 13] = [
    &DATABASE_URL,
    &READERS,
    &DATABASE_WAIT_MS,
    &REPLICA_URLS,
    &MAX_REPLICA_LAG_MS,
    &LISTEN,
    &WORKERS,
    &SHUTDOWN_SECONDS,
    &DRAIN_MS,
    &CONNECTIONS,
    &PROFILE,
    &LOG,
    &LOG_FORMAT,
];

/// Where the data is.
#[derive(Debug, Clone)]
pub struct Database {
    /// `DATABASE_URL`.
    pub url: String,
    /// Reading connections.
    pub readers: u32,
    /// How long a caller waits for one.
    pub wait: Duration,
    /// How long a statement of a reader may take: as long as an answer.
    pub statement: Duration,
    /// Streaming replicas that reads go to.
    pub replicas: Vec<String>,
    /// How far behind one may be to be asked.
    pub max_replica_lag: Duration,
}

/// How it is served.
#[derive(Debug, Clone)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// Serving threads; 0 takes one a core.
    pub workers: usize,
    /// How many connections each thread takes at once; more wait to be accepted.
    pub connections: usize,
    /// How long a stop may take, running requests included, in seconds.
    pub shutdown_seconds: u64,
    /// How long connections are taken after the signal to stop.
    pub drain: Duration,
    /// What a request may cost, and how open the API is.
    pub serving: Serving,
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub struct Log {
    /// A filter as `tracing` understands it.
    pub filter: String,
    /// JSON instead of text.
    pub json: bool,
}

/// The whole configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the data is.
    pub database: Database,
    /// How it is served.
    pub server: Server,
    /// What is logged.
    pub log: Log,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A variable that begins like one of dixit's and is none.
    #[error("unknown setting {name}; known are {known}")]
    Unknown {
        /// The variable.
        name: String,
        /// Every name that is known.
        known: String,
    },
    /// A value that a setting cannot have.
    #[error("{name}={value}: {problem}. {manual}")]
    Value {
        /// The variable.
        name: &'static str,
        /// Its value.
        value: String,
        /// What is wrong.
        problem: String,
        /// What the setting is.
        manual: &'static str,
    },
    /// A value that is not UTF-8.
    #[error("{0} is not UTF-8")]
    NotText(String),
    /// A `.env` that cannot be read.
    #[error(".env: {0}")]
    File(String),
}

impl Config {
    /// Reads the environment and, where it is silent, `.env` of the working directory.
    pub fn from_environment() -> Result<Self, ConfigError> {
        let mut values = BTreeMap::new();
        match dotenvy::from_filename_iter(".env") {
            Ok(pairs) => {
                for pair in pairs {
                    let (name, value) =
                        pair.map_err(|error| ConfigError::File(error.to_string()))?;
                    values.insert(name, value);
                }
            }
            Err(error) if error.not_found() => {}
            Err(error) => return Err(ConfigError::File(error.to_string())),
        }
        for (name, value) in std::env::vars_os() {
            let Ok(name) = name.into_string() else { continue };
            if name == DATABASE_URL.name || name.starts_with("DIXIT_") {
                let value = value.into_string().map_err(|_| ConfigError::NotText(name.clone()))?;
                values.insert(name, value);
            }
        }
        Self::read(&values)
    }

    /// Reads these variables; an empty one is absent.
    pub fn read(values: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let names = || {
            let limits = Limits::ALL.iter().map(|limit| limit.setting);
            SETTINGS.iter().map(|setting| setting.name).chain(limits)
        };
        let known = |name: &str| names().any(|known| known == name);
        if let Some(name) = values.keys().find(|name| name.starts_with("DIXIT_") && !known(name)) {
            let known = names().collect::<Vec<_>>().join(", ");
            return Err(ConfigError::Unknown { name: name.clone(), known });
        }
        let text = |setting: &'static Setting| -> String {
            let given = values.get(setting.name).map(|value| value.trim());
            given.filter(|value| !value.is_empty()).unwrap_or(setting.default).to_owned()
        };
        let number = |setting: &'static Setting, from: u64, to: u64| -> Result<u64, ConfigError> {
            let value = text(setting);
            match value.parse() {
                Ok(number) if (from..=to).contains(&number) => Ok(number),
                _ => refuse(setting, value, format!("is not a number from {from} to {to}")),
            }
        };
        let profile = text(&PROFILE);
        let mut serving = Serving {
            profile: match profile.as_str() {
                "public" => Profile::Public,
                "locked" => Profile::Locked,
                _ => {
                    let problem = "is neither public nor locked".to_owned();
                    return refuse(&PROFILE, profile, problem);
                }
            },
            ..Serving::default()
        };
        for limit in Limits::ALL {
            let Some(value) = values.get(limit.setting).filter(|v| !v.trim().is_empty()) else {
                continue;
            };
            match value.trim().parse() {
                Ok(number) if (limit.least..=limit.most).contains(&number) => {
                    (limit.set)(&mut serving.limits, number);
                }
                _ => {
                    let problem = format!("is not a number from {} to {}", limit.least, limit.most);
                    return Err(ConfigError::Value {
                        name: limit.setting,
                        value: value.clone(),
                        problem,
                        manual: limit.manual.trim(),
                    });
                }
            }
        }
        let listen = text(&LISTEN);
        let format = text(&LOG_FORMAT);
        Ok(Self {
            database: Database {
                url: text(&DATABASE_URL),
                readers: number(&READERS, 1, 256)?.try_into().unwrap_or(256),
                wait: Duration::from_millis(number(&DATABASE_WAIT_MS, 1, 60_000)?),
                statement: Duration::from_millis(serving.limits.execution_ms),
                replicas: text(&REPLICA_URLS)
                    .split(',')
                    .map(|url| url.trim().to_owned())
                    .filter(|url| !url.is_empty())
                    .collect(),
                max_replica_lag: Duration::from_millis(number(&MAX_REPLICA_LAG_MS, 1, 600_000)?),
            },
            server: Server {
                listen: match listen.parse() {
                    Ok(address) => address,
                    Err(_) => return refuse(&LISTEN, listen, "is not ADDRESS:PORT".to_owned()),
                },
                workers: number(&WORKERS, 0, 256)?.try_into().unwrap_or(0),
                shutdown_seconds: number(&SHUTDOWN_SECONDS, 0, 600)?,
                drain: Duration::from_millis(number(&DRAIN_MS, 0, 60_000)?),
                connections: number(&CONNECTIONS, 1, 1_000_000)?.try_into().unwrap_or(1024),
                serving,
            },
            log: Log {
                filter: text(&LOG),
                json: match format.as_str() {
                    "text" => false,
                    "json" => true,
                    _ => return refuse(&LOG_FORMAT, format, "is neither text nor json".to_owned()),
                },
            },
        })
    }
}

fn refuse<T>(setting: &'static Setting, value: String, problem: String) -> Result<T, ConfigError> {
    let Setting { name, manual, .. } = *setting;
    Err(ConfigError::Value { name, value, problem, manual })
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(&pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn the_defaults_are_valid() {
        let config = read(&[]).expect("defaults");
        assert_eq!(config.database.url, "sqlite://dixit.db");
        assert_eq!(config.server.listen.port(), 8080);
    }

    #[test]
    fn a_mistyped_variable_is_an_error() {
        let error = read(&[("DIXIT_LISTN", "x")]).expect_err("unknown").to_string();
        assert!(error.contains("DIXIT_LISTN") && error.contains("DIXIT_LISTEN"), "{error}");
    }

    #[test]
    fn a_bad_value_names_its_setting_and_what_it_takes() {
        let error = read(&[("DIXIT_READERS", "0")]).expect_err("bounds").to_string();
        assert!(error.contains("DIXIT_READERS=0") && error.contains("1 to 256"), "{error}");
    }
}
